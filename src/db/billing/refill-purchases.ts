/**
 * Purchases of auto-refill: each is decided, and its part of the ceilings reserved, in one transaction, under a lock that all
 * decisions about the org share. Whatever happens afterwards is stored before the next step, so that any process goes on.
 */
import type { AccountName } from '../../core/billing/facts.ts';
import {
  afterFailure,
  codeOfFailure,
  isFresh,
  PAUSE_AFTER_CANCEL_MS,
  type RefillFailure,
} from '../../core/billing/refill.ts';
import {
  eventOfActionRequired,
  eventOfFailedRefill,
  eventOfRefill,
  type RefillEnd,
} from '../../core/events/refills.ts';
import type { Database, DatabaseTransaction } from '../database.ts';
import { recordEvents } from '../events/log.ts';
import {
  changeRows,
  count,
  findRow,
  listRows,
  micros,
  oneOf,
  orNull,
  small,
  textOf,
  timeMsOf,
  type Queries,
  type Row,
} from '../rows.ts';
import { dropMethod } from './customers.ts';
import { lockOrder, moveOrder, type Order } from './orders.ts';
import { isRailFrozen } from './rails.ts';
import { lockRefills, stopRefill } from './refill-settings.ts';

const MICROS_PER_CENT = 10_000n;

/**
 * `decided`: no payment is known at the provider. `bound`: the id of its payment is stored, and it was never confirmed.
 * `confirming`: it may have been charged. `parked`: it was charged, and a person has to look. `released`: nothing is charged
 * for it and never will be.
 */
export const PURCHASE_STATES = ['decided', 'bound', 'confirming', 'succeeded', 'parked', 'released'] as const;
export type PurchaseState = (typeof PURCHASE_STATES)[number];

/** A purchase of auto-refill. */
export interface Purchase {
  readonly order: string;
  readonly org: string;
  readonly account: AccountName;
  readonly consent: string;
  readonly customer: string;
  readonly method: string;
  /** In cents. */
  readonly priceMinor: bigint;
  readonly state: PurchaseState;
  /** The provider's id of its payment; null while none is stored. */
  readonly payment: string | null;
  /** Attempts that came to no end. */
  readonly attempts: number;
  readonly decidedAtMs: number;
}

const COLUMNS = `p.order_id, p.org, p.account, p.consent, p.customer, p.method, p.price_minor, p.state, p.attempts, p.decided_at,
  (SELECT c.payment FROM order_checkout c WHERE c.order_id = p.order_id) AS payment`;

function purchaseOf(row: Row): Purchase {
  return {
    order: textOf(row['order_id']),
    org: textOf(row['org']),
    account: textOf(row['account']),
    consent: textOf(row['consent']),
    customer: textOf(row['customer']),
    method: textOf(row['method']),
    priceMinor: micros(row['price_minor']),
    state: oneOf(PURCHASE_STATES, row['state']),
    payment: orNull(row['payment'], textOf),
    attempts: small(row['attempts']),
    decidedAtMs: timeMsOf(row['decided_at']),
  };
}

/** The purchase of an order of auto-refill. @throws Error when there is none */
export async function getPurchase(db: Queries, order: string): Promise<Purchase> {
  const found = await findRow(db, purchaseOf, `SELECT ${COLUMNS} FROM auto_refill_purchase p WHERE p.order_id = ?`, [
    order,
  ]);
  if (!found) throw new Error(`the order ${order} is no purchase of auto-refill`);
  return found;
}

/** The order of the purchase that an org has under way on an account; undefined when there is none. */
export async function findOpenOrder(db: Queries, org: string, account: AccountName): Promise<string | undefined> {
  return findRow(
    db,
    (row) => textOf(row['order_id']),
    'SELECT order_id FROM auto_refill_purchase WHERE org = ? AND account = ? AND ended_at IS NULL',
    [org, account],
  );
}

/** Claims purchases that are due, longest due first, for leaseMs: until then no other process works on them. */
export async function claimPurchases(
  db: Database,
  due: { readonly claim: string; readonly now: Date; readonly leaseMs: number; readonly limit: number },
): Promise<Purchase[]> {
  return listRows(
    db,
    purchaseOf,
    `UPDATE auto_refill_purchase p SET claim = :claim, claimed_until = clock_timestamp() + :leaseMs * interval '1 millisecond'
     FROM (SELECT order_id AS due FROM auto_refill_purchase WHERE next_attempt_at <= :now
             AND (claimed_until IS NULL OR claimed_until <= clock_timestamp())
           ORDER BY next_attempt_at LIMIT :limit FOR UPDATE SKIP LOCKED) d
     WHERE p.order_id = d.due RETURNING ${COLUMNS}`,
    due,
  );
}

/** Gives a claim up; the purchase is due again at that time. Nothing happens if it has ended or another process has it. */
export async function postpone(
  db: Database,
  { order, claim, at }: { readonly order: string; readonly claim: string; readonly at: Date },
): Promise<void> {
  await db.raw(
    `UPDATE auto_refill_purchase SET attempts = attempts + 1, next_attempt_at = ?, claim = NULL, claimed_until = NULL
     WHERE order_id = ? AND claim = ? AND ended_at IS NULL`,
    [at, order, claim],
  );
}

/** An order and its purchase, locked until the end of the transaction; nobody else decides about the org meanwhile. */
interface Locked {
  readonly order: Order;
  readonly purchase: Purchase;
}

async function lockPurchase(trx: DatabaseTransaction, id: string): Promise<Locked> {
  const { org } = await getPurchase(trx, id);
  await lockRefills(trx, org);
  const order = await lockOrder(trx, id);
  if (!order) throw new Error(`there is no order ${id}`);
  return { order, purchase: await getPurchase(trx, id) };
}

async function setState(trx: DatabaseTransaction, order: string, state: PurchaseState): Promise<void> {
  await trx.raw('UPDATE auto_refill_purchase SET state = ? WHERE order_id = ?', [state, order]);
}

/**
 * Stores which payment the provider made for a purchase; only then it may be confirmed. Repeating it changes nothing.
 * @returns the purchase as it is then: `released` when it came to nothing meanwhile
 */
export async function bindPayment(
  db: Database,
  { order: id, payment, at }: { readonly order: string; readonly payment: string; readonly at: Date },
): Promise<Purchase> {
  return db.transaction(async (trx) => {
    const { order, purchase } = await lockPurchase(trx, id);
    if (purchase.state !== 'decided' || order.state !== 'created') return purchase;
    await trx.raw('UPDATE order_checkout SET payment = ?, customer = ? WHERE order_id = ?', [
      payment,
      purchase.customer,
      id,
    ]);
    await setState(trx, id, 'bound');
    await moveOrder(trx, { id, to: 'awaiting_payment', source: 'provider', at });
    return { ...purchase, state: 'bound', payment };
  });
}

/**
 * Decides whether a payment may be confirmed, at first or once more: only while the consent that it was decided under is in
 * force, its decision is fresh, its order is open, its org is not suspended by hand, and credit is given on its rail. From then
 * on it counts as possibly charged.
 */
export async function mayConfirm(db: Database, id: string, at: Date): Promise<boolean> {
  return db.transaction(async (trx) => {
    const { order, purchase } = await lockPurchase(trx, id);
    if (purchase.state !== 'bound' && purchase.state !== 'confirming') return false;
    const isOpen = order.state === 'awaiting_payment' || order.state === 'processing';
    if (!isOpen || !isFresh(purchase.decidedAtMs, at.getTime())) return false;
    if ((await findFailures(trx, purchase)) === undefined) return false;
    if (await isRailFrozen(trx, purchase.account)) return false;
    if (await isSuspended(trx, purchase.org)) return false;
    await setState(trx, id, 'confirming');
    return true;
  });
}

async function isSuspended(trx: DatabaseTransaction, org: string): Promise<boolean> {
  const found = await findRow(
    trx,
    (row) => textOf(row['id']),
    'SELECT id FROM org WHERE id = ? AND suspended_at IS NOT NULL',
    [org],
  );
  return found !== undefined;
}

/** The failures of the setting that a purchase was decided under; undefined when that is not in force any more. */
async function findFailures(
  trx: DatabaseTransaction,
  { org, account, consent }: Purchase,
): Promise<number | undefined> {
  return findRow(
    trx,
    (row) => small(row['failures']),
    'SELECT failures FROM auto_refill WHERE org = ? AND account = ? AND consent = ? AND enabled FOR UPDATE',
    [org, account, consent],
  );
}

/**
 * Ends a purchase whose order is credited or parked.
 * @returns false when its order is neither
 */
export async function endPaid(db: Database, id: string, at: Date): Promise<boolean> {
  return db.transaction(async (trx) => {
    const { order, purchase } = await lockPurchase(trx, id);
    if (isEnded(purchase)) return true;
    if (order.state === 'parked') {
      await endPurchase(trx, id, { state: 'parked', creditedSeq: null, at });
      await stopRefill(trx, order.org, { reason: 'parked', at });
      return true;
    }
    const creditedSeq = await findRow(
      trx,
      (row) => count(row['entry_seq']),
      `SELECT entry_seq FROM order_movement WHERE order_id = ? AND kind = 'credit_paid' AND entry_seq IS NOT NULL`,
      [id],
    );
    if (creditedSeq === undefined) return false;
    await endPurchase(trx, id, { state: 'succeeded', creditedSeq, at });
    await trx.raw(
      `UPDATE auto_refill SET failures = 0, next_attempt_at = NULL WHERE org = ? AND account = ? AND consent = ?`,
      [purchase.org, purchase.account, purchase.consent],
    );
    await recordEvents(trx, [eventOfRefill(endOf(purchase, at))]);
    return true;
  });
}

/** Ends a purchase that nothing was charged for, without counting it as a failure: nobody wants it any more. */
export async function release(db: Database, id: string, at: Date): Promise<void> {
  await db.transaction(async (trx) => releaseLocked(trx, await lockPurchase(trx, id), at));
}

/**
 * Ends a purchase that was never confirmed and never will be, since its decision is too old. The provider is not asked, so that
 * this works without its key.
 * @returns false when it may have been charged, or may still be
 */
export async function releaseUnconfirmed(db: Database, id: string, at: Date): Promise<boolean> {
  return db.transaction(async (trx) => {
    const locked = await lockPurchase(trx, id);
    const { state, decidedAtMs } = locked.purchase;
    if (state === 'confirming' || isFresh(decidedAtMs, at.getTime())) return false;
    await releaseLocked(trx, locked, at);
    return true;
  });
}

/**
 * Ends a purchase that may have been charged at an account that nobody has a key of any more, so that its org can buy again. Its
 * order is parked, and is credited all the same if its payment is found; what it costs counts for the ceilings.
 * @returns false while its decision is fresh: the key of its account may come back
 */
export async function parkElsewhere(db: Database, id: string, at: Date): Promise<boolean> {
  return db.transaction(async (trx) => {
    const { order, purchase } = await lockPurchase(trx, id);
    if (isEnded(purchase)) return true;
    if (isFresh(purchase.decidedAtMs, at.getTime())) return false;
    await endPurchase(trx, id, { state: 'parked', creditedSeq: null, at });
    await moveOrder(trx, { id, to: 'parked', source: 'clock', at, reason: 'other_account' });
    await stopRefill(trx, order.org, { reason: 'other_account', at });
    return true;
  });
}

async function releaseLocked(trx: DatabaseTransaction, { order, purchase }: Locked, at: Date): Promise<void> {
  if (isEnded(purchase)) return;
  await endPurchase(trx, order.id, { state: 'released', creditedSeq: null, at });
  if (order.state === 'cancelled') {
    // Its org cancelled it: the same is not bought again at once.
    await trx.raw('UPDATE auto_refill SET next_attempt_at = ? WHERE org = ? AND account = ? AND consent = ?', [
      new Date(at.getTime() + PAUSE_AFTER_CANCEL_MS),
      purchase.org,
      purchase.account,
      purchase.consent,
    ]);
  }
  await moveOrder(trx, { id: order.id, to: 'cancelled', source: 'clock', at, reason: 'outdated' });
}

/** How a purchase failed. */
export interface PurchaseFailure {
  readonly failure: RefillFailure;
  /** Whether the provider does not take the saved method any more. */
  readonly methodUnusable: boolean;
  /** Where the payer can pay instead, where only they can confirm it; null when no checkout could be opened. */
  readonly url: string | null;
}

/**
 * Ends a purchase that failed and that nothing can be charged for any more: its part of the ceilings is free again. The
 * setting waits before it tries again, or is turned off.
 */
export async function failPurchase(db: Database, id: string, failed: PurchaseFailure, at: Date): Promise<void> {
  const { failure, methodUnusable, url } = failed;
  await db.transaction(async (trx) => {
    const { order, purchase } = await lockPurchase(trx, id);
    if (isEnded(purchase)) return;
    const reason = codeOfFailure(failure);
    await moveOrder(trx, { id, to: 'failed', source: 'provider', at, reason });
    await endPurchase(trx, id, { state: 'released', creditedSeq: null, at });
    if (methodUnusable) await dropMethodOf(trx, purchase);
    const failures = await findFailures(trx, purchase);
    const then = failures === undefined ? undefined : afterFailure(failure, failures + 1, at.getTime());
    const stop = methodUnusable ? 'payment_method_unusable' : then && 'stop' in then ? then.stop : undefined;
    const retryAtMs = then && 'retryAtMs' in then && stop === undefined ? then.retryAtMs : null;
    const end = endOf(purchase, at);
    await recordEvents(trx, [eventOfFailedRefill({ ...end, reason, retryAtMs })]);
    if (then && 'stop' in then && then.stop === 'authentication_required') {
      await recordEvents(trx, [eventOfActionRequired({ ...end, url })]);
    }
    if (failures === undefined) return;
    await trx.raw(
      'UPDATE auto_refill SET failures = ?, next_attempt_at = ?, updated_at = ? WHERE org = ? AND account = ?',
      [failures + 1, retryAtMs === null ? null : new Date(retryAtMs), at, purchase.org, purchase.account],
    );
    if (stop !== undefined) await stopRefill(trx, order.org, { reason: stop, at });
  });
}

async function dropMethodOf(trx: DatabaseTransaction, { org, account, order, method }: Purchase): Promise<void> {
  const mode = await findRow(
    trx,
    (row) => oneOf(['live', 'test'] as const, row['mode']),
    'SELECT mode FROM order_checkout WHERE order_id = ?',
    [order],
  );
  if (mode !== undefined) await dropMethod(trx, { org, account, mode }, method);
}

function isEnded({ state }: Purchase): boolean {
  return state === 'succeeded' || state === 'parked' || state === 'released';
}

function endOf({ org, account, order, priceMinor }: Purchase, at: Date): RefillEnd {
  return { org, account, order, priceMicros: priceMinor * MICROS_PER_CENT, atMs: at.getTime() };
}

async function endPurchase(
  trx: DatabaseTransaction,
  id: string,
  end: { readonly state: PurchaseState; readonly creditedSeq: number | null; readonly at: Date },
): Promise<void> {
  const ended = await changeRows(
    trx,
    `UPDATE auto_refill_purchase SET state = ?, credited_seq = ?, ended_at = ?, next_attempt_at = NULL, claim = NULL,
       claimed_until = NULL WHERE order_id = ? AND ended_at IS NULL`,
    [end.state, end.creditedSeq, end.at, id],
  );
  if (ended !== 1) throw new Error(`the purchase ${id} has ended already`);
}
