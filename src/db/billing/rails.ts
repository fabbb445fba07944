/** Card rails: how their comparisons went, and which of them are frozen: there nothing is credited until a release. */
import { cleanOrNull, cleanText } from '../../core/foreign-text.ts';
import { dueOf, railOf, type RailDue, type RailGot, type RailHistory } from '../../core/billing/rails.ts';
import type { AccountName } from '../../core/billing/facts.ts';
import { eventsOfRail } from '../../core/events/rails.ts';
import { uuidV7 } from '../../core/ids.ts';
import type { Database, DatabaseTransaction } from '../database.ts';
import { recordEvents } from '../events/log.ts';
import { sumFees, type ProviderFees } from './balance-movements.ts';
import {
  changeRows,
  findRow,
  getRow,
  listRows,
  micros,
  orNull,
  small,
  textOf,
  timeOf,
  truth,
  type Row,
} from '../rows.ts';

/** Longest reason that is stored. */
const REASON_LENGTH_MAX = 1_000;
/** Why an order that is paid waits for its credit. */
export const RAIL_FROZEN = 'rail_frozen';

/** The last comparison of a rail. */
export interface RailCheck extends RailDue, RailGot, RailHistory {
  readonly account: AccountName;
  /** Up to when its provider's movements were read; null: never. */
  readonly readTo: Date | null;
  /** Why the last comparison did not come about; null when it did. */
  readonly problem: string | null;
  readonly checkedAt: Date | null;
}

const CHECK_COLUMNS = `account, read_to, credited, tax, seller, parked, got, got_most, got_least, accepted, short_rounds,
  surplus_rounds, problem, checked_at`;

function checkOf(row: Row): RailCheck {
  return {
    account: textOf(row['account']),
    readTo: orNull(row['read_to'], timeOf),
    creditedMicros: micros(row['credited']),
    taxMicros: micros(row['tax']),
    sellerMicros: micros(row['seller']),
    parkedMicros: micros(row['parked']),
    gotMicros: micros(row['got']),
    mostMicros: micros(row['got_most']),
    leastMicros: micros(row['got_least']),
    acceptedMicros: micros(row['accepted']),
    shortRounds: small(row['short_rounds']),
    surplusRounds: small(row['surplus_rounds']),
    problem: orNull(row['problem'], textOf),
    checkedAt: orNull(row['checked_at'], timeOf),
  };
}

/**
 * Up to when the movements of an account were read. The first call sets it to the time of the account's first order, or to
 * now.
 */
export async function openRail(db: Database, account: AccountName, now: Date): Promise<Date> {
  const known = await findRow(
    db,
    (row) => timeOf(row['read_to']),
    'SELECT read_to FROM rail_check WHERE account = ? AND read_to IS NOT NULL',
    [account],
  );
  // The account's first order is looked for once, not in each round.
  if (known) return oldestUnseen(db, account, known);
  return getRow(
    db,
    (row) => timeOf(row['read_to']),
    `INSERT INTO rail_check AS r (account, read_to)
     SELECT :account, least(:now::timestamptz, (SELECT min(o.opened_at) FROM order_checkout c
       JOIN pack_order o ON o.id = c.order_id WHERE c.account = :account))
     ON CONFLICT (account) DO UPDATE SET read_to = coalesce(r.read_to, excluded.read_to) RETURNING read_to`,
    { account, now },
  );
}

/** How far back a payment whose movement is missing is looked for. */
const UNSEEN_DAYS_MAX = 30;

/**
 * The position, or the time of an older payment of an invoice whose movement is not stored: a renewal names no order of ours, so
 * that its movement was passed over if it was read before its order was here.
 */
async function oldestUnseen(db: Database, account: AccountName, readTo: Date): Promise<Date> {
  const unseen = await getRow(
    db,
    (row) => orNull(row['at'], timeOf),
    `SELECT min(c.paid_at) AS at FROM order_checkout c WHERE c.account = :account AND c.invoice IS NOT NULL
       AND c.payment IS NOT NULL AND c.paid_at < :readTo AND c.paid_at > :readTo::timestamptz - :days * interval '1 day'
       AND NOT EXISTS (SELECT FROM provider_movement m WHERE m.order_id = c.order_id)`,
    { account, readTo, days: UNSEEN_DAYS_MAX },
  );
  return unseen ?? readTo;
}

/** Moves the position forward, never back. */
export async function moveRail(trx: DatabaseTransaction, account: AccountName, to: Date): Promise<void> {
  await trx.raw('UPDATE rail_check SET read_to = greatest(read_to, ?) WHERE account = ?', [to, account]);
}

/** The last comparison of a rail, locked until the end of the transaction; undefined: never compared. */
export async function lockRailCheck(trx: DatabaseTransaction, account: AccountName): Promise<RailCheck | undefined> {
  return findRow(trx, checkOf, `SELECT ${CHECK_COLUMNS} FROM rail_check WHERE account = ? FOR UPDATE`, [account]);
}

/** Stores a comparison. */
export async function storeRailCheck(trx: DatabaseTransaction, check: Omit<RailCheck, 'readTo'>): Promise<void> {
  const { account, problem, checkedAt, shortRounds, surplusRounds, ...sums } = check;
  await trx.raw(
    `INSERT INTO rail_check (account, credited, tax, seller, parked, got, got_most, got_least, accepted, short_rounds,
       surplus_rounds, problem, checked_at)
     VALUES (:account, :credited, :tax, :seller, :parked, :got, :most, :least, :accepted, :short, :surplus, :problem, :at)
     ON CONFLICT (account) DO UPDATE SET credited = excluded.credited, tax = excluded.tax, seller = excluded.seller,
       parked = excluded.parked, got = excluded.got, got_most = excluded.got_most, got_least = excluded.got_least,
       accepted = excluded.accepted, short_rounds = excluded.short_rounds, surplus_rounds = excluded.surplus_rounds,
       problem = excluded.problem, checked_at = excluded.checked_at`,
    {
      account,
      credited: String(sums.creditedMicros),
      tax: String(sums.taxMicros),
      seller: String(sums.sellerMicros),
      parked: String(sums.parkedMicros),
      got: String(sums.gotMicros),
      most: String(sums.mostMicros),
      least: String(sums.leastMicros),
      accepted: String(sums.acceptedMicros),
      short: shortRounds,
      surplus: surplusRounds,
      problem: cleanOrNull(problem),
      at: checkedAt,
    },
  );
}

/** Notes why a comparison did not come about; what was found before stays. */
export async function noteRailProblem(trx: DatabaseTransaction, account: AccountName, problem: string): Promise<void> {
  await trx.raw(
    `INSERT INTO rail_check (account, problem) VALUES (:account, :problem)
     ON CONFLICT (account) DO UPDATE SET problem = excluded.problem`,
    { account, problem: cleanText(problem, REASON_LENGTH_MAX) },
  );
}

/** A freeze in force. */
export interface RailFreeze {
  readonly id: string;
  readonly account: AccountName;
  readonly reason: string;
  /** An operator's name, or `solvency`. */
  readonly frozenBy: string;
  readonly frozenAt: Date;
}

const FREEZE_COLUMNS = 'id, account, reason, frozen_by, frozen_at';

function freezeOf(row: Row): RailFreeze {
  return {
    id: textOf(row['id']),
    account: textOf(row['account']),
    reason: textOf(row['reason']),
    frozenBy: textOf(row['frozen_by']),
    frozenAt: timeOf(row['frozen_at']),
  };
}

/** Freezes in force, oldest first. */
export async function listRailFreezes(db: Database): Promise<RailFreeze[]> {
  return listRows(
    db,
    freezeOf,
    `SELECT ${FREEZE_COLUMNS} FROM rail_freeze WHERE released_at IS NULL ORDER BY frozen_at, id`,
  );
}

/** Whether nothing may be credited for payments on this account. */
export async function isRailFrozen(trx: DatabaseTransaction, account: AccountName): Promise<boolean> {
  return getRow(
    trx,
    (row) => truth(row['frozen']),
    'SELECT EXISTS (SELECT FROM rail_freeze WHERE account = ? AND released_at IS NULL) AS frozen',
    [account],
  );
}

/** Freezes a rail, with its event. @returns false when it is frozen already; the first freeze stays. */
export async function freezeRail(
  trx: DatabaseTransaction,
  freeze: {
    readonly check: RailDue & RailGot & { readonly account: AccountName };
    readonly reason: string;
    readonly at: Date;
  },
): Promise<boolean> {
  const { check, reason, at } = freeze;
  const { account } = check;
  const stored = await findRow(
    trx,
    freezeOf,
    `INSERT INTO rail_freeze (id, account, reason, frozen_by, frozen_at) VALUES (?, ?, ?, 'solvency', ?)
     ON CONFLICT (account) WHERE released_at IS NULL DO NOTHING RETURNING ${FREEZE_COLUMNS}`,
    [uuidV7(at.getTime()), account, cleanText(reason, REASON_LENGTH_MAX), at],
  );
  if (!stored) return false;
  const sums = { dueMicros: dueOf(check), gotMicros: check.gotMicros };
  await recordEvents(trx, eventsOfRail('rail.frozen', { id: stored.id, account, reason, atMs: at.getTime(), ...sums }));
  return true;
}

/**
 * Releases a rail. The shortage that was found last is accepted: only what comes above it freezes again. What waited is
 * settled again at once.
 * @returns the freeze that ended; undefined when the rail was not frozen
 */
export async function releaseRail(
  db: Database,
  release: { readonly account: AccountName; readonly by: string; readonly reason: string | null; readonly at: Date },
): Promise<RailFreeze | undefined> {
  const { account, by, reason, at } = release;
  return db.transaction(async (trx) => {
    const check = await lockRailCheck(trx, account);
    const ended = await findRow(
      trx,
      freezeOf,
      `UPDATE rail_freeze SET released_by = :by, released_at = :at, release_reason = :reason
       WHERE account = :account AND released_at IS NULL RETURNING ${FREEZE_COLUMNS}`,
      { account, by, at, reason },
    );
    if (!ended) return undefined;
    await trx.raw(
      `UPDATE rail_check SET accepted = greatest(credited + tax + seller + parked - got, 0), short_rounds = 0
       WHERE account = ?`,
      [account],
    );
    await trx.raw(
      `UPDATE payment_inbox SET state = 'pending', reason = NULL, attempts = 0, received = received + 1,
         next_attempt_at = :at, updated_at = :at WHERE state = 'parked' AND account = :account AND reason = :reason`,
      { account, at, reason: RAIL_FROZEN },
    );
    const sums = { dueMicros: check ? dueOf(check) : 0n, gotMicros: check?.gotMicros ?? 0n };
    const about = { id: ended.id, account, reason: reason ?? ended.reason, atMs: at.getTime(), ...sums };
    await recordEvents(trx, eventsOfRail('rail.released', about));
    return ended;
  });
}

/** The name of a rail's account, if anything is known of it. */
export async function findRailAccount(db: Database, rail: string): Promise<AccountName | undefined> {
  const known = await listRows(
    db,
    (row) => textOf(row['account']),
    'SELECT account FROM rail_check UNION SELECT account FROM rail_freeze',
  );
  return known.find((account) => railOf(account) === rail);
}

/** Notes on an order that it waits for the release of its rail. */
export async function noteHeld(trx: DatabaseTransaction, order: string): Promise<void> {
  await changeRows(trx, `UPDATE pack_order SET reason = ? WHERE id = ? AND state = 'paid' AND reason IS NULL`, [
    RAIL_FROZEN,
    order,
  ]);
}

/** Orders that were paid before a time and are not credited, though their rail is not frozen; up to the limit. */
export async function listUncredited(
  db: Database,
  { before, limit }: { readonly before: Date; readonly limit: number },
): Promise<string[]> {
  return listRows(
    db,
    (row) => textOf(row['id']),
    `SELECT o.id FROM pack_order o JOIN order_checkout c ON c.order_id = o.id
     WHERE o.channel = 'card' AND o.state = 'paid' AND c.paid_minor IS NOT NULL AND c.session_read_at < :before
       AND NOT EXISTS (SELECT FROM rail_freeze f WHERE f.account = c.account AND f.released_at IS NULL)
     ORDER BY o.id LIMIT :limit`,
    { before, limit },
  );
}

/** A rail: its last comparison, its freeze while it has one, and what its provider kept for itself. */
export interface Rail {
  readonly check: RailCheck;
  readonly freeze: RailFreeze | undefined;
  readonly fees: readonly ProviderFees[];
}

/** Most rails that are shown at once: those that are frozen or differ first. */
export const RAILS_SHOWN_MAX = 200;

/** The rails that have something to show, up to {@link RAILS_SHOWN_MAX}; those that are frozen or differ come first. */
export async function readRails(db: Database): Promise<Rail[]> {
  const [checks, freezes] = await Promise.all([
    listRows(
      db,
      checkOf,
      `SELECT ${CHECK_COLUMNS} FROM rail_check r ORDER BY
         (EXISTS (SELECT FROM rail_freeze f WHERE f.account = r.account AND f.released_at IS NULL)) DESC,
         (short_rounds + surplus_rounds > 0) DESC, length(account), account LIMIT ?`,
      [RAILS_SHOWN_MAX],
    ),
    listRailFreezes(db),
  ]);
  const fees = await sumFees(
    db,
    checks.map(({ account }) => account),
  );
  return checks.map((check) => ({
    check,
    freeze: freezes.find(({ account }) => account === check.account),
    fees: fees.filter(({ account }) => account === check.account),
  }));
}
