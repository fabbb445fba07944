/** Auto-refill on an org's own account, as its billing settings name it. */
import type { z } from 'zod';
import { changeRefill, NO_REFILL, type RefillNames, type RefillWhat } from '../../core/billing/auto-refill.ts';
import { accountName } from '../../core/billing/facts.ts';
import { toCount } from '../../core/integers.ts';
import { findProduct } from '../../db/billing/products.ts';
import { findRefillSetting, type RefillRequest } from '../../db/billing/refill-settings.ts';
import type { Database } from '../../db/database.ts';
import { invalidInput } from '../endpoint/endpoint.ts';
import type { settingsBody } from './schemas.ts';

type Change = z.output<typeof settingsBody>;

const NAMES: RefillNames = {
  enabled: 'auto_refill_enabled',
  threshold: 'auto_refill_threshold',
  what: 'auto_refill_product_id',
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
  body: Change,
): Promise<Omit<RefillRequest, 'actor' | 'at'> | undefined> {
  if (!Object.keys(body).some((field) => field.startsWith('auto_refill_'))) return undefined;
  const account = accountName('stripe', org);
  const names = { ...NAMES, what: body.auto_refill_target_micros === undefined ? NAMES.what : TARGET };
  const change = {
    enabled: body.auto_refill_enabled,
    thresholdMicros: body.auto_refill_threshold,
    what: whatOf(body),
    maxDayMinor: body.auto_refill_max_day_cents,
    maxMonthMinor: body.auto_refill_max_month_cents,
    maxDayCount:
      body.auto_refill_max_day_count === undefined ? undefined : toCount(`${body.auto_refill_max_day_count}`),
  };
  const after = changeRefill((await findRefillSetting(db, org, account)) ?? NO_REFILL, change, names);
  if (after.enabled && after.what?.kind === 'product')
    await checkProduct(db, org, after.what.product, after.maxDayMinor);
  return { org, account, change, names, textVersion: body.auto_refill_consent_text_version };
}

const TARGET = 'auto_refill_target_micros';

function whatOf({ auto_refill_product_id: product, [TARGET]: targetMicros }: Change): RefillWhat | undefined {
  if (product !== undefined && targetMicros !== undefined) {
    throw invalidInput([{ path: TARGET, message: `goes in place of ${NAMES.what}: give one of them` }]);
  }
  if (product !== undefined) return { kind: 'product', product };
  return targetMicros === undefined ? undefined : { kind: 'target', targetMicros };
}

/** What is bought again and again must be sold, and one purchase must fit the ceiling of a day. */
async function checkProduct(db: Database, org: string, id: string, maxDayMinor: bigint): Promise<void> {
  const product = await findProduct(db, org, id);
  if (!product?.active) throw invalidInput([{ path: NAMES.what, message: 'must be the id of an active product' }]);
  if (product.priceCents <= maxDayMinor) return;
  const message = `must be at least ${product.priceCents}, what one purchase costs`;
  throw invalidInput([{ path: NAMES.maxDay, message }]);
}
