/** Orders that are paid at a provider's checkout: makes them, and binds each to its checkout. */
import { accountName, type AccountName, type PaymentMode } from '../../core/billing/facts.ts';
import { Refusal } from '../../core/errors.ts';
import type { Interval } from '../../core/billing/order.ts';
import type { Database, DatabaseTransaction } from '../database.ts';
import { findRow, getRow, listRows, micros, oneOf, orNull, textOf, timeMsOf, type Queries, type Row } from '../rows.ts';
import {
  checkOpenOrders,
  DECLINED,
  lockOrder,
  moveOrder,
  noteStep,
  ORDER_COLUMNS,
  orderOf,
  type Order,
} from './orders.ts';

const MODES: readonly PaymentMode[] = ['live', 'test'];
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** How much of checkouts one payer may have. */
export interface CheckoutLimits {
  readonly checkoutsPerHour: number;
  readonly openOrders: number;
  /** After so many failed payments within a day no further checkout is opened. */
  readonly failedPerDay: number;
}

/** An order to be paid at a checkout. */
export interface NewCardOrder {
  readonly id: string;
  /** As in an {@link Order}. */
  readonly org: string;
  readonly user?: string | undefined;
  readonly pack: string | null;
  /** The org's product. */
  readonly product: string | null;
  /** The plan that is bought; with an interval, a subscription to it begins. */
  readonly plan?: { readonly id: string; readonly interval: Interval | null } | undefined;
  readonly priceMicros: bigint;
  /** What of the price becomes credit. */
  readonly creditMicros: bigint;
  readonly bonusMicros: bigint;
  readonly freeGiftCards: number;
  readonly metadata: Readonly<Record<string, string>>;
  readonly openedAt: Date;
  readonly account: AccountName;
  readonly mode: PaymentMode;
  readonly currency: string;
  readonly priceMinor: bigint;
  /** The provider's id of what is sold, where it has one. */
  readonly item?: string | undefined;
  readonly successUrl: string;
  readonly cancelUrl: string;
  readonly request: { readonly key: string; readonly hash: string };
  readonly limits: CheckoutLimits;
}

/** The checkout of an order, as it is stored. Amounts in the minor unit of `currency`. */
export interface Checkout {
  readonly order: string;
  readonly account: AccountName;
  readonly mode: PaymentMode;
  readonly currency: string;
  readonly priceMinor: bigint;
  readonly successUrl: string;
  readonly cancelUrl: string;
  /** Null until the provider made it. */
  readonly session: string | null;
  /** Where it is paid; null until it is made and once it is closed. */
  readonly url: string | null;
  readonly payment: string | null;
  readonly charge: string | null;
  /** What was paid in all, tax included; null while nothing is. */
  readonly paidMinor: bigint | null;
  /** What was paid in all and does not fit the order, which is parked; null while nothing is. */
  readonly parkedMinor: bigint | null;
  readonly receiptUrl: string | null;
  readonly sessionReadAtMs: number;
  readonly paymentReadAtMs: number;
}

export const CHECKOUT_COLUMNS = `order_id, account, mode, currency, price_minor, success_url, cancel_url, session, url, payment,
  charge, paid_minor, parked_minor, receipt_url, session_read_at, payment_read_at`;

/** Reads a checkout from {@link CHECKOUT_COLUMNS}. */
export function checkoutOf(row: Row): Checkout {
  return {
    order: textOf(row['order_id']),
    account: textOf(row['account']),
    mode: oneOf(MODES, row['mode']),
    currency: textOf(row['currency']),
    priceMinor: micros(row['price_minor']),
    successUrl: textOf(row['success_url']),
    cancelUrl: textOf(row['cancel_url']),
    session: orNull(row['session'], textOf),
    url: orNull(row['url'], textOf),
    payment: orNull(row['payment'], textOf),
    charge: orNull(row['charge'], textOf),
    paidMinor: orNull(row['paid_minor'], micros),
    parkedMinor: orNull(row['parked_minor'], micros),
    receiptUrl: orNull(row['receipt_url'], textOf),
    sessionReadAtMs: orNull(row['session_read_at'], timeMsOf) ?? 0,
    paymentReadAtMs: orNull(row['payment_read_at'], timeMsOf) ?? 0,
  };
}

/**
 * Makes an order, or finds the one that the same request made before.
 * @throws Refusal IDEMPOTENCY_CONFLICT when another request had the key; RATE_LIMITED when the org has too many open orders.
 */
export async function makeCardOrder(
  db: Database,
  asked: NewCardOrder,
): Promise<{ readonly order: Order; readonly isNew: boolean }> {
  return db.transaction(async (trx) => {
    await lockPayer(trx, asked);
    const before = await findRow(
      trx,
      (row) => ({ order: orderOf(row), hash: textOf(row['request_hash']) }),
      `SELECT ${ORDER_COLUMNS}, request_hash FROM pack_order WHERE org = ? AND request_key = ?`,
      [asked.org, asked.request.key],
    );
    if (before?.hash === asked.request.hash) return { order: before.order, isNew: false };
    if (before) {
      throw new Refusal('IDEMPOTENCY_CONFLICT', 'this idempotency key was used for another request; choose a new one');
    }
    if ((asked.plan?.interval ?? null) !== null) await checkNotSubscribing(trx, asked.org);
    await checkOpenOrders(trx, asked.org, asked.openedAt, asked.limits.openOrders);
    await checkPace(trx, asked);
    await checkFailures(trx, asked);
    return { order: await insertCardOrder(trx, asked), isNew: true };
  });
}

/** Makes other orders of the same payer wait for the end of this transaction. */
async function lockPayer(trx: DatabaseTransaction, { org, user }: NewCardOrder): Promise<void> {
  const payer = user === undefined ? 'org WHERE id' : 'wallet_user WHERE wallet';
  await trx.raw(`SELECT 1 FROM ${payer} = ? FOR NO KEY UPDATE`, [org]);
}

/** A payer has one subscription at a time. @throws Refusal SUBSCRIPTION_STATE while they have one, or begin one */
async function checkNotSubscribing(trx: DatabaseTransaction, org: string): Promise<void> {
  const found = await findRow(
    trx,
    (row) => textOf(row['state']),
    `SELECT state FROM subscription WHERE org = :org AND state <> 'ended'
     UNION ALL
     SELECT 'awaiting_payment' FROM pack_order WHERE org = :org AND recurring
       AND state IN ('created', 'awaiting_payment', 'processing') LIMIT 1`,
    { org },
  );
  if (found === undefined) return;
  const open = 'a checkout of a subscription awaits payment: pay it, or close it by cancelling the subscription';
  const message =
    found === 'awaiting_payment' ? open : `a subscription is ${found.replaceAll('_', ' ')}: another one cannot begin`;
  throw new Refusal('SUBSCRIPTION_STATE', message, {
    details: { state: found },
  });
}

/** @throws Refusal RATE_LIMITED when so many of the org's payments failed within a day that it has to wait. */
async function checkFailures(trx: DatabaseTransaction, { org, openedAt: at, limits }: NewCardOrder): Promise<void> {
  const failed = await listFailures(trx, { org, at, max: limits.failedPerDay });
  const oldest = failed.at(-1);
  if (oldest === undefined || failed.length < limits.failedPerDay) return;
  const retryAfterSeconds = Math.max(1, Math.ceil((oldest + DAY_MS - at.getTime()) / 1_000));
  throw new Refusal('RATE_LIMITED', `${limits.failedPerDay} payments failed within a day; try again later`, {
    details: { limit: 'failed_payments', retryAfterSeconds },
  });
}

/**
 * When payments of an org failed within the day before a time, newest first: each attempt that was declined, and each order
 * that failed without one. A checkout is open for a day at most, so that older orders have no newer attempts.
 */
async function listFailures(
  db: Queries,
  { org, at, max }: { readonly org: string; readonly at: Date; readonly max: number },
): Promise<number[]> {
  return listRows(
    db,
    (row) => timeMsOf(row['at']),
    `SELECT s.at FROM pack_order o JOIN order_step s ON s.order_id = o.id AND s.what = '${DECLINED}' AND s.at > :since
     WHERE o.org = :org AND o.channel = 'card' AND NOT o.auto_refill AND o.opened_at > :openedSince
     UNION ALL
     SELECT o.failed_at FROM pack_order o WHERE o.org = :org AND o.channel = 'card' AND NOT o.auto_refill
       AND o.failed_at > :since AND o.reason IS NULL
       AND NOT EXISTS (SELECT FROM order_step s WHERE s.order_id = o.id AND s.what = '${DECLINED}')
     ORDER BY at DESC LIMIT :max`,
    { org, max, since: new Date(at.getTime() - DAY_MS), openedSince: new Date(at.getTime() - 2 * DAY_MS) },
  );
}

/**
 * The checkout of an order whose org has had as many failed payments within a day as it may: somebody may be trying cards on
 * its page. Undefined while it has not.
 */
export async function findExhausted(
  db: Database,
  { order, at, failedPerDay }: { readonly order: string; readonly at: Date; readonly failedPerDay: number },
): Promise<string | undefined> {
  const found = await findRow(
    db,
    (row) => ({ org: textOf(row['org']), session: orNull(row['session'], textOf) }),
    `SELECT o.org, c.session FROM pack_order o JOIN order_checkout c ON c.order_id = o.id WHERE o.id = ?`,
    [order],
  );
  if (!found || found.session === null) return undefined;
  const failed = await listFailures(db, { org: found.org, at, max: failedPerDay });
  return failed.length < failedPerDay ? undefined : found.session;
}

/** @throws Refusal RATE_LIMITED when the org has opened as many checkouts within the hour as it may. */
async function checkPace(trx: DatabaseTransaction, { org, openedAt: at, limits }: NewCardOrder): Promise<void> {
  const max = limits.checkoutsPerHour;
  const since = new Date(at.getTime() - HOUR_MS);
  const recent = await listRows(
    trx,
    (row) => timeMsOf(row['opened_at']),
    `SELECT opened_at FROM pack_order WHERE org = ? AND channel = 'card' AND NOT auto_refill AND opened_at > ?
     ORDER BY opened_at DESC LIMIT ?`,
    [org, since, max],
  );
  const oldest = recent.at(-1);
  if (oldest === undefined || recent.length < max) return;
  const retryAfterSeconds = Math.max(1, Math.ceil((oldest + HOUR_MS - at.getTime()) / 1_000));
  throw new Refusal('RATE_LIMITED', `an org may open ${max} checkouts an hour; try again later`, {
    details: { limit: 'checkouts', retryAfterSeconds },
  });
}

async function insertCardOrder(trx: DatabaseTransaction, asked: NewCardOrder): Promise<Order> {
  const { id, org, user = null, pack, product, plan, priceMicros, creditMicros, openedAt, request } = asked;
  const order = await getRow(
    trx,
    orderOf,
    // No deposit may pay it: it expires, for deposits, as it opens.
    `INSERT INTO pack_order (id, org, user_id, channel, state, pack, product, recurring, plan, plan_interval, price, asked, bonus,
       free_gift_cards, metadata, opened_at, expires_at, request_key, request_hash)
     VALUES (:id, :org, :user, 'card', 'created', :pack, :product, :recurring, :plan, :interval, :credit, :asked, :bonus,
       :cards, :metadata, :openedAt, :openedAt, :key, :hash) RETURNING ${ORDER_COLUMNS}`,
    {
      id,
      org,
      user,
      pack,
      product,
      recurring: (plan?.interval ?? null) !== null,
      plan: plan?.id ?? null,
      interval: plan?.interval ?? null,
      credit: String(creditMicros),
      asked: creditMicros === priceMicros ? null : String(priceMicros),
      bonus: String(asked.bonusMicros),
      cards: asked.freeGiftCards,
      metadata: JSON.stringify(asked.metadata),
      openedAt,
      key: request.key,
      hash: request.hash,
    },
  );
  await trx.raw(
    `INSERT INTO order_checkout (order_id, account, mode, currency, price_minor, item, success_url, cancel_url)
     VALUES (:id, :account, :mode, :currency, :price, :item, :successUrl, :cancelUrl)`,
    {
      id,
      account: asked.account,
      mode: asked.mode,
      currency: asked.currency,
      price: String(asked.priceMinor),
      item: asked.item ?? null,
      successUrl: asked.successUrl,
      cancelUrl: asked.cancelUrl,
    },
  );
  await noteStep(trx, order, { what: 'created', source: 'api', at: openedAt });
  return order;
}

/**
 * Stores which checkout the provider made for an order. Only then may its URL be handed out. Repeating it changes nothing.
 * @throws Refusal ORDER_NOT_OPEN when the order was cancelled, failed or expired before it got a checkout.
 * @throws Error when the order has another checkout already.
 */
export async function bindCheckout(
  db: Database,
  bound: { readonly order: string; readonly session: string; readonly url: string; readonly at: Date },
): Promise<Checkout> {
  return db.transaction(async (trx) => {
    const order = await lockOrder(trx, bound.order);
    if (!order) throw new Error(`there is no order ${bound.order}`);
    const isBound = typeof (await findCheckout(trx, order.id))?.session === 'string';
    if (!isBound && order.state !== 'created') {
      throw new Refusal('ORDER_NOT_OPEN', `the order is ${order.state}`, { details: { state: order.state } });
    }
    const checkout = await findRow(
      trx,
      checkoutOf,
      `UPDATE order_checkout SET session = :session, url = CASE WHEN session IS NULL THEN :url ELSE url END
       WHERE order_id = :order AND coalesce(session, :session) = :session RETURNING ${CHECKOUT_COLUMNS}`,
      { order: bound.order, session: bound.session, url: bound.url },
    );
    if (!checkout) throw new Error(`the order ${bound.order} has another checkout`);
    if (order.state === 'created') {
      await moveOrder(trx, { id: order.id, to: 'awaiting_payment', source: 'provider', at: bound.at });
    }
    return checkout;
  });
}

/** Whether a request of an org has made an order under this idempotency key. */
export async function isRequestKnown(db: Database, org: string, key: string): Promise<boolean> {
  const found = await findRow(
    db,
    (row) => textOf(row['id']),
    'SELECT id FROM pack_order WHERE org = ? AND request_key = ?',
    [org, key],
  );
  return found !== undefined;
}

/** The checkout on an org's own account with that id of the provider; undefined when the org has no such checkout. */
export async function findSession(
  db: Database,
  { org, session }: { readonly org: string; readonly session: string },
): Promise<Checkout | undefined> {
  return findRow(
    db,
    checkoutOf,
    `SELECT ${CHECKOUT_COLUMNS} FROM order_checkout c
     WHERE account = ? AND session = ? AND EXISTS (SELECT FROM pack_order o WHERE o.id = c.order_id AND o.org = ?)`,
    [accountName('stripe', org), session, org],
  );
}

/** The checkout of an order; undefined for an order without one. */
export async function findCheckout(db: Database | DatabaseTransaction, order: string): Promise<Checkout | undefined> {
  return findRow(db, checkoutOf, `SELECT ${CHECKOUT_COLUMNS} FROM order_checkout WHERE order_id = ?`, [order]);
}

/** The provider's ids of the checkouts of orders, by order; an order without a checkout is absent. */
export async function listSessions(db: Database, orders: readonly string[]): Promise<Map<string, string>> {
  if (orders.length === 0) return new Map();
  const sessions = await listRows(
    db,
    (row) => [textOf(row['order_id']), textOf(row['session'])] as const,
    'SELECT order_id, session FROM order_checkout WHERE order_id = ANY(?::uuid[]) AND session IS NOT NULL',
    [[...orders]],
  );
  return new Map(sessions);
}
