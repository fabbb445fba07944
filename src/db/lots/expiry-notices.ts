/**
 * Announces credit that will end, a number of days ahead. For each number of days the database remembers the last lot that was
 * looked at, in the order in which lots end, so that a round reads only what came within that number of days since the last one.
 */
import { Refusal } from '../../core/errors.ts';
import { eventOfEnding, isNoticeWanted } from '../../core/events/expiring.ts';
import type { Addressed } from '../../core/events/deposits.ts';
import { beginOfDay, dayOf, endingOn, LEAD_DAYS } from '../../core/lots/ending.ts';
import type { Database, DatabaseTransaction } from '../database.ts';
import { recordEvents } from '../events/log.ts';
import { findStanding } from '../ledger/balance-now.ts';
import { LedgerCorruption } from '../ledger/heads.ts';
import {
  count,
  findRow,
  listOf,
  listRows,
  oneOf,
  orNull,
  small,
  textOf,
  timeMsOf,
  type Queries,
  type Row,
} from '../rows.ts';

/** Most lots that one transaction looks at. */
export const NOTICE_LOTS_MAX = 200;
const BEFORE_ALL_WALLETS = '00000000-0000-0000-0000-000000000000';
const OWNER_KINDS = ['org', 'user'] as const;

/** What is announced, and when. */
export interface Announcing {
  readonly noticeDays: number;
  readonly now: Date;
  readonly onTrouble: (wallet: string, error: unknown) => void;
}

/** A lot that will end, and whose it is. */
interface EndingLot {
  readonly wallet: string;
  readonly lot: number;
  readonly endsMs: number;
  readonly owner: { readonly kind: 'org' | 'user'; readonly id: string };
  /** What its org has set; null: nothing. */
  readonly own: readonly number[] | null;
}

/**
 * Begins to announce credit so many days ahead, where nobody asked for that before: from what ends on the day that is so far
 * ahead now. What ends earlier is not announced at that distance.
 */
export async function openNotices(db: Queries, days: readonly number[], at: Date): Promise<void> {
  if (days.length === 0) return;
  await db.raw(
    `INSERT INTO expiry_notice (days, ends_at, wallet, lot)
     SELECT days, ends_at, ?, 0 FROM unnest(?::smallint[], ?::timestamptz[]) AS n (days, ends_at)
     ON CONFLICT (days) DO NOTHING`,
    [BEFORE_ALL_WALLETS, [...days], days.map((one) => new Date(beginOfDay(dayOf(at.getTime()) + one)).toISOString())],
  );
}

/** The numbers of days ahead of which credit is announced, the ordinary ones among them. */
export async function listNoticeDays(db: Database, at: Date): Promise<number[]> {
  await openNotices(db, LEAD_DAYS, at);
  return listRows(db, (row) => small(row['days']), 'SELECT days FROM expiry_notice ORDER BY days DESC');
}

/**
 * Announces what ends on the day that is so many days ahead, or before, and was not looked at yet; up to
 * {@link NOTICE_LOTS_MAX} lots. Events and place are one commit, and one process at a time does it. A wallet whose balance
 * cannot be read is reported to `onTrouble` and passed over, so that it delays nobody else.
 * @returns whether there may be more; false also where another process is at it
 */
export async function announceEnding(db: Database, { noticeDays, now, onTrouble }: Announcing): Promise<boolean> {
  return db.transaction(async (trx) => {
    const after = await findRow(
      trx,
      (row) => ({ endsAt: textOf(row['ends_at']), wallet: textOf(row['wallet']), lot: count(row['lot']) }),
      'SELECT ends_at::text AS ends_at, wallet, lot FROM expiry_notice WHERE days = ? FOR UPDATE SKIP LOCKED',
      [noticeDays],
    );
    if (!after) return false;
    const until = new Date(beginOfDay(dayOf(now.getTime()) + noticeDays + 1));
    const ending = await listRows(
      trx,
      endingOf,
      `SELECT o.wallet, o.lot, o.expires_at, w.owner_kind, w.owner FROM lot_open o JOIN wallet w ON w.id = o.wallet
       WHERE o.expires_at < :until AND (o.expires_at, o.wallet, o.lot) > (:endsAt::timestamptz, :wallet::uuid, :lot::bigint)
       ORDER BY o.expires_at, o.wallet, o.lot LIMIT :limit`,
      { ...after, until, limit: NOTICE_LOTS_MAX },
    );
    const lots = await withSettings(trx, ending);
    await recordEvents(trx, await eventsOf(trx, lots, { noticeDays, now, onTrouble }));
    const last = lots.length < NOTICE_LOTS_MAX ? undefined : lots.at(-1);
    await trx.raw(
      `UPDATE expiry_notice SET ends_at = greatest(ends_at, ?::timestamptz), wallet = ?, lot = ? WHERE days = ?`,
      last ? [new Date(last.endsMs), last.wallet, last.lot, noticeDays] : [until, BEFORE_ALL_WALLETS, 0, noticeDays],
    );
    return last !== undefined;
  });
}

/** One event for each wallet and day; the same again if some of its lots are on the next page. */
async function eventsOf(
  trx: DatabaseTransaction,
  lots: readonly EndingLot[],
  { noticeDays, now, onTrouble }: Announcing,
): Promise<Addressed[]> {
  const events: Addressed[] = [];
  const wanted = lots.filter(({ own }) => isNoticeWanted(noticeDays, own));
  for (const [wallet, ofWallet] of Map.groupBy(wanted, (lot) => lot.wallet)) {
    const [first] = ofWallet;
    const standing = await findStanding(trx, wallet, now).catch((error: unknown) => {
      // Any other error is the database's, which has ended the transaction.
      if (!(error instanceof LedgerCorruption) && !(error instanceof Refusal)) throw error;
      onTrouble(wallet, error);
      return undefined;
    });
    if (!first || !standing) continue;
    for (const day of new Set(ofWallet.map(({ endsMs }) => dayOf(endsMs)))) {
      const ending = endingOn(standing.lots, day, now.getTime());
      const about = { wallet, owner: first.owner, day, noticeDays, atMs: now.getTime() };
      if (ending) events.push(eventOfEnding({ ...about, ending }));
    }
  }
  return events;
}

/** The lots with what their orgs have set. */
async function withSettings(trx: DatabaseTransaction, lots: readonly Omit<EndingLot, 'own'>[]): Promise<EndingLot[]> {
  const orgs = new Set(lots.flatMap(({ owner }) => (owner.kind === 'org' ? [owner.id] : [])));
  const set = await listRows(
    trx,
    (row) => [textOf(row['org']), orNull(row['expiry_notice_days'], (days) => listOf(days, small))] as const,
    'SELECT org, expiry_notice_days FROM org_settings WHERE org = ANY(?::uuid[])',
    [[...orgs]],
  );
  const byOrg = new Map(set);
  return lots.map((lot) => ({ ...lot, own: (lot.owner.kind === 'org' ? byOrg.get(lot.owner.id) : null) ?? null }));
}

function endingOf(row: Row): Omit<EndingLot, 'own'> {
  return {
    wallet: textOf(row['wallet']),
    lot: count(row['lot']),
    endsMs: timeMsOf(row['expires_at']),
    owner: { kind: oneOf(OWNER_KINDS, row['owner_kind']), id: textOf(row['owner']) },
  };
}
