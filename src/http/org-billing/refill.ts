/** Auto-refill on an org's own account, as its billing settings name it. */
import type { z } from 'zod';
import { readOwnRefill, type OwnRefillNames } from '../../db/billing/own-refill.ts';
import type { RefillRequest } from '../../db/billing/refill-settings.ts';
import type { Database } from '../../db/database.ts';
import type { settingsBody } from './schemas.ts';

const NAMES: OwnRefillNames = {
  enabled: 'auto_refill_enabled',
  threshold: 'auto_refill_threshold',
  what: 'auto_refill_product_id',
  target: 'auto_refill_target_micros',
  maxDay: 'auto_refill_max_day_cents',
  maxMonth: 'auto_refill_max_month_cents',
  maxDayCount: 'auto_refill_max_day_count',
};

/**
 * The change of auto-refill in a body, checked against what is stored; undefined when the body has none.
 * @throws Refusal VALIDATION_FAILED naming the field
 */
export async function readRefill(
  db: Database,
  org: string,
  body: z.output<typeof settingsBody>,
): Promise<Omit<RefillRequest, 'actor' | 'at'> | undefined> {
  const change = {
    enabled: body.auto_refill_enabled,
    thresholdMicros: body.auto_refill_threshold,
    product: body.auto_refill_product_id,
    targetMicros: body.auto_refill_target_micros,
    maxDayMinor: body.auto_refill_max_day_cents,
    maxMonthMinor: body.auto_refill_max_month_cents,
    maxDayCount: body.auto_refill_max_day_count,
    textVersion: body.auto_refill_consent_text_version,
  };
  return readOwnRefill(db, { org, change, names: NAMES });
}
