/** The settings that an org may change itself. */
import type { GiftCardMax } from '../../core/access/gift-card-max.ts';
import { checkThresholds, type Thresholds } from '../../core/ledger/status.ts';
import { leadDaysOf } from '../../core/lots/ending.ts';
import type { Database, DatabaseTransaction } from '../database.ts';
import { openNotices } from '../lots/expiry-notices.ts';
import { findRow, listOf, micros, orNull, small, textOf, type Row } from '../rows.ts';

export interface OrgSettings extends Thresholds {
  /** Whose days and months its budgets go by. */
  readonly timeZone: string;
  readonly giftCardMax: GiftCardMax;
  /** How many days before credit ends the org hears of it, the longest first; null: the ordinary ones. */
  readonly expiryNoticeDays: readonly number[] | null;
}

/** New values; one that is left out keeps its value, and null means no threshold. */
export type SettingsChange = { readonly [Name in keyof Thresholds]?: Thresholds[Name] | undefined } & {
  /** The new limit of free gift cards, given the one that is stored. */
  readonly giftCardMax?: ((before: GiftCardMax) => GiftCardMax) | undefined;
  readonly timeZone?: string | undefined;
  /** Null: the ordinary ones again. */
  readonly expiryNoticeDays?: readonly number[] | null | undefined;
};

/** The settings of an org; undefined when there is no such org. `lock` keeps others from changing them until commit. */
export async function findSettings(
  db: Database | DatabaseTransaction,
  org: string,
  lock = false,
): Promise<OrgSettings | undefined> {
  return findRow(
    db,
    settingsOf,
    `SELECT low_balance_threshold, critical_threshold, free_gift_card_max, free_gift_card_allowed, expiry_notice_days,
       coalesce(time_zone, 'UTC') AS time_zone
     FROM org_settings WHERE org = ?
     ${lock ? 'FOR UPDATE' : ''}`,
    [org],
  );
}

function settingsOf(row: Row): OrgSettings {
  return {
    lowMicros: orNull(row['low_balance_threshold'], micros),
    criticalMicros: orNull(row['critical_threshold'], micros),
    timeZone: textOf(row['time_zone']),
    giftCardMax: {
      setMicros: micros(row['free_gift_card_max']),
      allowedMicros: orNull(row['free_gift_card_allowed'], micros),
    },
    expiryNoticeDays: orNull(row['expiry_notice_days'], (days) => listOf(days, small)),
  };
}

/** The balance thresholds of an org; for an unknown org, none are set. */
export async function findThresholds(db: Database, org: string): Promise<Thresholds> {
  return (await findSettings(db, org)) ?? { lowMicros: null, criticalMicros: null };
}

/**
 * Changes settings. They are checked together with those that keep their value. Undefined when there is no such org.
 * @throws Refusal VALIDATION_FAILED when the critical threshold would be above the low one, or for odd numbers of days; what
 * `giftCardMax` throws.
 */
export async function changeSettings(
  trx: DatabaseTransaction,
  { org, at, change }: { readonly org: string; readonly at: Date; readonly change: SettingsChange },
): Promise<OrgSettings | undefined> {
  const before = await findSettings(trx, org, true);
  if (!before) return undefined;
  const { lowMicros = before.lowMicros, criticalMicros = before.criticalMicros } = change;
  const giftCardMax = change.giftCardMax?.(before.giftCardMax) ?? before.giftCardMax;
  const timeZone = change.timeZone ?? before.timeZone;
  checkThresholds(
    { lowMicros, criticalMicros },
    { low: change.lowMicros !== undefined, critical: change.criticalMicros !== undefined },
  );
  const { expiryNoticeDays: wanted } = change;
  const expiryNoticeDays = wanted === undefined ? before.expiryNoticeDays : wanted && leadDaysOf(wanted);
  await openNotices(trx, expiryNoticeDays ?? [], at);
  const text = (value: bigint | null): string | null => (value === null ? null : String(value));
  const moved = lowMicros !== before.lowMicros || criticalMicros !== before.criticalMicros;
  await trx.raw(
    `UPDATE org_settings SET low_balance_threshold = ?::bigint, critical_threshold = ?::bigint,
       free_gift_card_max = ?::bigint, free_gift_card_allowed = ?::bigint, thresholds_revision = thresholds_revision + ?::integer,
       expiry_notice_days = ?::smallint[], updated_at = ?, time_zone = ?
     WHERE org = ?`,
    [
      text(lowMicros),
      text(criticalMicros),
      text(giftCardMax.setMicros),
      text(giftCardMax.allowedMicros),
      moved ? 1 : 0,
      expiryNoticeDays && [...expiryNoticeDays],
      at,
      timeZone,
      org,
    ],
  );
  return { lowMicros, criticalMicros, giftCardMax, expiryNoticeDays, timeZone };
}
