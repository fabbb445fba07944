/** Payments that were read from a provider without events: what we hold of them is compared with what it says now. */
import type { AccountName, PaymentMode } from '../../core/billing/facts.ts';
import { uuidV7 } from '../../core/ids.ts';
import type { Database, DatabaseTransaction } from '../database.ts';
import { changeRows, findRow, listRows, orNull, small, textOf, timeOf } from '../rows.ts';

/** An account, as far as its payments were read. */
export interface SeenTo {
  /** The page that is read next. */
  readonly page: number;
  /** When the reading of all pages began that is under way; null: it begins now. */
  readonly since: Date | null;
  /** What happened before is known; null until all pages were read once. */
  readonly to: Date | null;
  /** When a page was read last. */
  readonly at: Date | null;
}

/** How far the payments of an account were read. */
export async function findSeenTo(db: Database | DatabaseTransaction, name: AccountName): Promise<SeenTo> {
  const found = await findRow(
    db,
    (row) => ({
      page: orNull(row['seen_page'], small) ?? 1,
      since: orNull(row['seen_since'], timeOf),
      to: orNull(row['seen_to'], timeOf),
      at: orNull(row['seen_at'], timeOf),
    }),
    'SELECT seen_page, seen_since, seen_to, seen_at FROM payment_account WHERE name = ?',
    [name],
  );
  return found ?? { page: 1, since: null, to: null, at: null };
}

/** Notes how far the payments of the platform's account were read. */
export async function storeSeenTo(
  trx: DatabaseTransaction,
  name: AccountName,
  seen: SeenTo & { readonly at: Date },
): Promise<void> {
  await trx.raw(
    `INSERT INTO payment_account AS a (name, org, seen_page, seen_since, seen_to, seen_at, swept_at, updated_at)
     VALUES (:name, NULL, :page, :since, :to, :at, :at, :at)
     ON CONFLICT (name) DO UPDATE SET seen_page = excluded.seen_page, seen_since = excluded.seen_since,
       seen_to = excluded.seen_to, seen_at = excluded.seen_at, swept_at = excluded.swept_at`,
    { name, ...seen },
  );
}

/** A payment as its provider has it; see the port. Amounts in the minor unit of its currency. */
export interface PaymentNow {
  readonly payment: string;
  readonly currency: string;
  readonly paidMinor: bigint;
  readonly refundedMinor: bigint;
  readonly withdrawnMinor: bigint | null;
  readonly subscription: string | null;
  readonly atMs: number;
}

interface Reading {
  readonly name: AccountName;
  readonly mode: PaymentMode;
}

/** The payments that are given, with the orders of this account that they paid. */
const OURS = `
  given AS (
    SELECT * FROM jsonb_to_recordset(:rows::jsonb)
      AS g (payment text, currency text, paid bigint, refunded bigint, withdrawn bigint, subscription text,
        at timestamptz)
  ), ours AS (
    SELECT g.*, c.order_id FROM given g
    JOIN order_checkout c ON c.account = :account AND c.mode = :mode AND c.payment = g.payment
  )`;

function rowsOf(payments: readonly PaymentNow[]): string {
  return JSON.stringify(
    payments.map(({ payment, currency, paidMinor, refundedMinor, withdrawnMinor, subscription, atMs }) => ({
      payment,
      currency,
      paid: String(paidMinor),
      refunded: String(refundedMinor),
      withdrawn: withdrawnMinor === null ? null : String(withdrawnMinor),
      subscription,
      at: new Date(atMs).toISOString(),
    })),
  );
}

/**
 * Stores what moved at the provider since these payments were stored last, as movements on the account's balance: each is the
 * difference to those before it. Payments of no order of ours are the account's other business. What is withdrawn under a status
 * that is new stays as it was.
 */
export async function storeMoved(
  db: Database,
  { name: account, mode }: Reading,
  payments: readonly PaymentNow[],
  readAt: Date,
): Promise<void> {
  if (payments.length === 0) return;
  await db.raw(
    `WITH ${OURS}, target AS (
       SELECT o.*, k.kind, k.amount FROM ours o
       CROSS JOIN LATERAL (VALUES ('payment', o.paid), ('refund', -o.refunded), ('dispute', -o.withdrawn)) AS k (kind, amount)
       WHERE k.amount IS NOT NULL
     ), moved AS (
       SELECT t.*, m.n, t.amount - m.amount AS difference FROM target t
       CROSS JOIN LATERAL (SELECT count(*) AS n, coalesce(sum(amount_minor), 0) AS amount FROM provider_movement p
         WHERE p.account = :account AND p.charge = t.payment AND p.kind = t.kind) AS m
     )
     INSERT INTO provider_movement (account, id, order_id, kind, amount_minor, currency, source, charge, at, read_at)
     SELECT :account, payment || ':' || kind || ':' || (n + 1), order_id, kind, difference, currency, payment, payment,
       CASE WHEN kind = 'payment' THEN at ELSE :readAt END, :readAt
     FROM moved WHERE difference <> 0
     ON CONFLICT (account, id) DO NOTHING`,
    { rows: rowsOf(payments), account, mode, readAt },
  );
}

/** Has the objects of given rows worked on, except those that are waiting for it anyway; ids has one for each. */
const WAKE = `
  INSERT INTO payment_inbox AS i (id, account, mode, kind, object, state, next_attempt_at, created_at, updated_at)
  SELECT (:ids::uuid[])[row_number() OVER ()], :account, :mode, kind, object, 'pending', :at, :at, :at FROM due
  ON CONFLICT (account, mode, kind, object) DO UPDATE SET received = i.received + 1, state = 'pending', attempts = 0,
    reason = NULL, next_attempt_at = excluded.next_attempt_at, updated_at = excluded.updated_at
  WHERE i.next_attempt_at IS NULL`;

/** Ids for rows of the inbox, which are listed by the time in them. */
function idsOf(at: Date, count: number): string[] {
  return Array.from({ length: count }, () => uuidV7(at.getTime()));
}

/**
 * Has the refunds and disputes of these payments read where the provider says something else than is stored: more was refunded,
 * or a dispute took money, or gave it back. Payments of periods of our subscriptions that no order has yet are read as invoices.
 * A subscription that is not known is read, since it may name an order of ours; one that turned out to be nothing of ours is
 * not read again while the inbox remembers it. @returns how many
 */
export async function wakeChanged(
  db: Database,
  { name: account, mode }: Reading,
  payments: readonly PaymentNow[],
  at: Date,
): Promise<number> {
  if (payments.length === 0) return 0;
  return changeRows(
    db,
    `WITH ${OURS}, due AS (
       SELECT 'refund' AS kind, o.payment AS object FROM ours o WHERE o.refunded > coalesce(
         (SELECT r.amount_minor FROM order_refund r WHERE r.account = :account AND r.id = o.payment), 0)
       UNION ALL
       SELECT 'dispute', o.payment FROM ours o WHERE o.withdrawn <> coalesce(
         (SELECT d.withdrawn_minor FROM order_dispute d WHERE d.account = :account AND d.id = o.payment), 0)
       UNION ALL
       SELECT 'invoice', g.payment FROM given g JOIN subscription s ON s.account = :account AND s.id = g.subscription
       WHERE g.paid > 0 AND s.mode = :mode AND NOT EXISTS (SELECT FROM order_checkout c WHERE c.account = :account
         AND c.mode = :mode AND c.payment = g.payment AND coalesce(c.paid_minor, c.parked_minor) IS NOT NULL)
       UNION ALL
       SELECT DISTINCT 'subscription', g.subscription FROM given g WHERE g.paid > 0 AND g.subscription IS NOT NULL
         AND NOT EXISTS (SELECT FROM subscription s WHERE s.account = :account AND s.id = g.subscription)
         AND NOT EXISTS (SELECT FROM payment_inbox i WHERE i.account = :account AND i.mode = :mode
           AND i.kind = 'subscription' AND i.object = g.subscription)
     ) ${WAKE}`,
    { rows: rowsOf(payments), account, mode, at, ids: idsOf(at, 3 * payments.length) },
  );
}

/** The least id that an order made at a time, or later, can have. */
function firstIdSince(timeMs: number): string {
  const hex = Math.max(0, timeMs).toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`;
}

/**
 * Has checkouts read that are not known to be paid, the longer after they were opened the more seldom: an eighth of their age
 * after they were read last. @returns how many
 */
export async function wakeUnpaid(
  db: Database,
  { name: account, mode }: Reading,
  {
    at,
    pauseMs,
    sinceMs,
    limit,
  }: {
    readonly at: Date;
    /** From one reading to the next at least, and at most. */
    readonly pauseMs: { readonly least: number; readonly most: number };
    /** Checkouts of older orders are read no more. */
    readonly sinceMs: number;
    readonly limit: number;
  },
): Promise<number> {
  return changeRows(
    db,
    `WITH due AS (
       SELECT 'checkout' AS kind, c.session AS object FROM order_checkout c JOIN pack_order o ON o.id = c.order_id
       WHERE c.account = :account AND c.mode = :mode AND c.order_id >= :first::uuid
         AND c.session IS NOT NULL AND c.paid_minor IS NULL AND c.parked_minor IS NULL
         AND coalesce(c.session_read_at, o.opened_at) + least(:most, greatest(:least,
           extract(epoch FROM :at::timestamptz - o.opened_at) * 125)) * interval '1 millisecond' <= :at::timestamptz
       ORDER BY coalesce(c.session_read_at, o.opened_at) LIMIT :limit
     ) ${WAKE}`,
    { account, mode, at, ...pauseMs, first: firstIdSince(sinceMs), limit, ids: idsOf(at, limit) },
  );
}

/**
 * Has subscriptions of ours read that were not read for a while, those first that were read longest ago: nothing else says that one
 * was paused, or ends. @returns how many
 */
export async function wakeSubscriptions(
  db: Database,
  { name: account, mode }: Reading,
  {
    at,
    pauseMs,
    limit,
  }: {
    readonly at: Date;
    /** From one reading to the next: while a period runs, and once it is over. */
    readonly pauseMs: { readonly running: number; readonly over: number };
    readonly limit: number;
  },
): Promise<number> {
  return changeRows(
    db,
    `WITH due AS (
       SELECT 'subscription' AS kind, s.id AS object FROM subscription s
       WHERE s.account = :account AND s.mode = :mode AND s.state <> 'ended'
         AND coalesce(s.read_at, s.created_at) + (CASE WHEN s.period_end > :at::timestamptz THEN :running::integer ELSE :over::integer END)
           * interval '1 millisecond' <= :at::timestamptz
       ORDER BY s.read_at NULLS FIRST LIMIT :limit
     ) ${WAKE}`,
    { account, mode, at, ...pauseMs, limit, ids: idsOf(at, limit) },
  );
}

/** Orders that wait for a checkout which was still unpaid when it was read, long enough after the order was opened. */
export async function listLapsed(
  db: Database,
  { name: account, mode }: Reading,
  { openMs, sinceMs, limit }: { readonly openMs: number; readonly sinceMs: number; readonly limit: number },
): Promise<string[]> {
  return listRows(
    db,
    (row) => textOf(row['order_id']),
    `SELECT c.order_id FROM order_checkout c JOIN pack_order o ON o.id = c.order_id
     WHERE c.account = :account AND c.mode = :mode AND c.order_id >= :first::uuid
       AND c.session IS NOT NULL AND c.paid_minor IS NULL AND c.parked_minor IS NULL
       AND o.state = 'awaiting_payment' AND c.session_read_at > o.opened_at + :openMs * interval '1 millisecond'
     ORDER BY c.order_id LIMIT :limit`,
    { account, mode, openMs, first: firstIdSince(sinceMs), limit },
  );
}

/**
 * Payments of orders of which the stored movements do not say what our orders say: what was paid at a checkout, what was refunded,
 * what a dispute holds. They are read again, whatever the turn of their page.
 */
export async function listUnmatched(db: Database, { name: account, mode }: Reading, limit: number): Promise<string[]> {
  return listRows(
    db,
    (row) => textOf(row['payment']),
    `WITH moved AS (
       SELECT charge, sum(amount_minor) FILTER (WHERE kind = 'payment') AS paid,
         -sum(amount_minor) FILTER (WHERE kind <> 'payment') AS back
       FROM provider_movement WHERE account = :account GROUP BY charge
     ), back AS (
       SELECT order_id, sum(minor) AS back FROM (
         SELECT order_id, amount_minor AS minor FROM order_refund
         WHERE account = :account AND state NOT IN ('failed', 'cancelled')
         UNION ALL SELECT order_id, withdrawn_minor FROM order_dispute WHERE account = :account) AS b GROUP BY order_id
     )
     SELECT c.payment FROM order_checkout c LEFT JOIN moved m ON m.charge = c.payment LEFT JOIN back b ON b.order_id = c.order_id
     WHERE c.account = :account AND c.mode = :mode AND c.payment IS NOT NULL
       AND coalesce(c.paid_minor, c.parked_minor) IS NOT NULL
       AND (coalesce(m.paid, 0) <> coalesce(c.paid_minor, c.parked_minor) OR coalesce(m.back, 0) <> coalesce(b.back, 0))
     ORDER BY random() LIMIT :limit`,
    { account, mode, limit },
  );
}
