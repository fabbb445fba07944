/** Opens chain orders, and keeps track of which of them deposits pay. */
import {
  completeOrders,
  type Completion,
  type CreditedDeposit,
  type OpenOrder,
  type PayingDeposit,
} from '../../core/billing/chain-orders.ts';
import type { Database, DatabaseTransaction } from '../database.ts';
import { findRow, getRow, listRows, micros, orNull, small, textOf, timeMsOf, truth, type Row } from '../rows.ts';
import { checkOpenOrders, moveOrder, noteStep, ORDER_COLUMNS, orderOf, releaseKey } from './orders.ts';

/** Most of an org's newest deposits that can pay an order together. */
const TOGETHER_MAX = 1_000;
/** How long an order waits for its checkout. A checkout whose id was lost is over by then. */
const UNBOUND_MS = 25 * 3_600_000;
/** How long an order waits for news of its checkout, which can be paid for a day at most. */
const UNSEEN_MS = 48 * 3_600_000;
/** Most orders that one call marks as expired. */
export const EXPIRED_MAX = 500;

/** A pack that an org wants to buy with its next deposits; `id` is used only if a new order is opened. */
export interface NewPackOrder {
  readonly id: string;
  readonly org: string;
  readonly pack: string;
  readonly priceMicros: bigint;
  readonly freeGiftCards: number;
  readonly openedAt: Date;
  readonly expiresAt: Date;
}

/**
 * Opens an order, or finds the org's open order of the same pack: asking twice is one purchase.
 * @returns the order's id.
 * @throws Refusal RATE_LIMITED when the org has too many open orders.
 */
export async function openPackOrder(trx: DatabaseTransaction, order: NewPackOrder): Promise<string> {
  const { id, org, pack, priceMicros, freeGiftCards, openedAt, expiresAt } = order;
  // The lock makes concurrent registrations of different addresses one purchase too.
  await trx.raw('SELECT 1 FROM org WHERE id = ? FOR NO KEY UPDATE', [org]);
  const open = await findRow(
    trx,
    (row) => textOf(row['id']),
    `SELECT id FROM pack_order WHERE org = ? AND pack = ? AND channel = 'chain' AND state = 'awaiting_payment'
       AND expires_at > ? ORDER BY opened_at LIMIT 1`,
    [org, pack, openedAt],
  );
  if (open !== undefined) return open;
  await checkOpenOrders(trx, org, openedAt);
  const made = await getRow(
    trx,
    orderOf,
    `INSERT INTO pack_order (id, org, pack, price, free_gift_cards, opened_at, expires_at)
     VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING ${ORDER_COLUMNS}`,
    [id, org, pack, String(priceMicros), freeGiftCards, openedAt, expiresAt],
  );
  await noteStep(trx, made, { what: 'created', source: 'api', at: openedAt });
  return id;
}

/** Marks the orders that the deposits complete, and which deposits count for them. By deposit. */
export async function payOrders(
  trx: DatabaseTransaction,
  due: readonly PayingDeposit[],
  at: Date,
): Promise<ReadonlyMap<string, Completion>> {
  const boundTo = await findBindings(trx, due);
  const orders = await lockPayable(trx, due, [...boundTo.values()], at);
  if (orders.length === 0) return new Map();
  // Read under the locks of the orders: every decision about an org with such orders takes them first.
  const credited = await listCredited(trx, orders);
  const completions = completeOrders(due, orders, credited, boundTo, at.getTime());
  for (const [deposit, { order, deposits, giftCards }] of completions) {
    const paid = await getRow(
      trx,
      orderOf,
      `UPDATE pack_order SET state = 'paid', deposit = ?, cards_out = cards_out + ? WHERE id = ?
       RETURNING ${ORDER_COLUMNS}`,
      [deposit, giftCards, order.id],
    );
    await trx.raw(
      `INSERT INTO order_deposit (deposit, order_id) SELECT id, ?::uuid FROM unnest(?::uuid[]) AS paid (id)
       ON CONFLICT (deposit) DO NOTHING`,
      [order.id, [...deposits]],
    );
    await noteStep(trx, paid, { what: 'paid', source: 'chain', at });
  }
  return completions;
}

async function findBindings(trx: DatabaseTransaction, due: readonly PayingDeposit[]): Promise<Map<string, string>> {
  const bound = await listRows(
    trx,
    (row) => [textOf(row['deposit']), textOf(row['order_id'])] as const,
    'SELECT deposit, order_id FROM order_deposit WHERE deposit = ANY(?::uuid[])',
    [due.map(({ id }) => id)],
  );
  return new Map(bound);
}

/**
 * Locks the orders that these deposits may pay: open now or when the oldest of them was sent, and those that they count
 * for. None whose cards a reversal is about to take back: how many of them it takes is not known yet.
 */
async function lockPayable(
  trx: DatabaseTransaction,
  due: readonly PayingDeposit[],
  bound: readonly string[],
  at: Date,
): Promise<OpenOrder[]> {
  const oldestMs = Math.min(at.getTime(), ...due.map(({ blockTimeMs }) => blockTimeMs));
  return listRows(
    trx,
    openOrderOf,
    `SELECT o.id, o.org, o.price, o.free_gift_cards, o.cards_out, o.opened_at, o.expires_at FROM pack_order o
     WHERE o.org = ANY(?::uuid[]) AND o.channel = 'chain' AND o.state IN ('awaiting_payment', 'expired')
       AND (o.expires_at > ? OR o.id = ANY(?::uuid[]))
       AND NOT EXISTS (SELECT FROM order_deposit l JOIN deposit d ON d.id = l.deposit
         WHERE l.order_id = o.id AND d.state = 'reversed' AND d.wallet IS NOT NULL)
     ORDER BY o.id FOR UPDATE OF o`,
    [[...new Set(due.map(({ org }) => org))], new Date(oldestMs), [...bound]],
  );
}

/**
 * The deposits that can count for the orders: those that count for one already, and of each org the newest that were
 * credited since its oldest order was opened and count for none. Newest first.
 */
async function listCredited(trx: DatabaseTransaction, orders: readonly OpenOrder[]): Promise<CreditedDeposit[]> {
  const sinceMs = new Map<string, number>();
  for (const { org, openedAtMs } of orders) sinceMs.set(org, Math.min(openedAtMs, sinceMs.get(org) ?? Infinity));
  return listRows(
    trx,
    creditedOf,
    `SELECT d.id, d.org, d.amount, d.credited_at, l.order_id
     FROM order_deposit l JOIN deposit d ON d.id = l.deposit
     WHERE l.order_id = ANY(:orders::uuid[]) AND d.wallet IS NOT NULL AND d.state IN ('confirming', 'credited')
     UNION ALL
     SELECT f.* FROM unnest(:orgs::uuid[], :since::timestamptz[]) AS o (org, since) CROSS JOIN LATERAL (
       SELECT d.id, d.org, d.amount, d.credited_at, NULL::uuid AS order_id FROM deposit d
       WHERE d.org = o.org AND d.wallet IS NOT NULL AND d.state IN ('confirming', 'credited')
         AND coalesce(d.credited_at, 'infinity') >= o.since
         AND NOT EXISTS (SELECT FROM order_deposit l WHERE l.deposit = d.id)
       ORDER BY coalesce(d.credited_at, 'infinity') DESC LIMIT :limit) f
     ORDER BY credited_at DESC NULLS FIRST, id`,
    {
      orders: orders.map(({ id }) => id),
      orgs: [...sinceMs.keys()],
      since: [...sinceMs.values()].map((ms) => new Date(ms).toISOString()),
      limit: TOGETHER_MAX,
    },
  );
}

/** Notes that the entries are written of deposits that paid orders. */
export async function creditOrders(trx: DatabaseTransaction, deposits: readonly string[], at: Date): Promise<void> {
  const credited = await listRows(
    trx,
    orderOf,
    `UPDATE pack_order o SET state = 'credited' WHERE o.state = 'paid' AND o.id IN (
       SELECT d.pack_order FROM deposit d WHERE d.id = ANY(?::uuid[]) AND d.state = 'credited')
     RETURNING ${ORDER_COLUMNS}`,
    [[...deposits]],
  );
  for (const order of credited) await noteStep(trx, order, { what: 'credited', source: 'chain', at });
}

/**
 * Opens the orders again for which these deposits count: the chain took part of their payment back.
 * @returns by deposit, how many free gift cards its reversal takes back at most. One deposit takes all those of an order.
 */
export async function reopenOrders(
  trx: DatabaseTransaction,
  gone: readonly string[],
  at: Date,
): Promise<ReadonlyMap<string, number>> {
  if (gone.length === 0) return new Map();
  const counting = await listRows(
    trx,
    (row) => ({ deposit: textOf(row['deposit']), order: textOf(row['id']), cards: small(row['cards_out']) }),
    `SELECT l.deposit, o.id, o.cards_out FROM order_deposit l JOIN pack_order o ON o.id = l.order_id
     WHERE l.deposit = ANY(?::uuid[]) AND o.state IN ('paid', 'credited') ORDER BY o.id, l.deposit FOR UPDATE OF o`,
    [[...gone]],
  );
  const cardsBack = new Map<string, number>();
  const reopened = new Set<string>();
  for (const { deposit, order, cards } of counting) {
    if (reopened.has(order)) continue;
    reopened.add(order);
    cardsBack.set(deposit, cards);
    await moveOrder(trx, { id: order, to: 'awaiting_payment', source: 'chain', at });
  }
  return cardsBack;
}

/** Notes how many free gift cards reversals took back; the deposits' rows are locked and still of that revision. */
export async function noteCardsTaken(
  trx: DatabaseTransaction,
  taken: readonly { readonly deposit: string; readonly cards: number }[],
): Promise<void> {
  const some = taken.filter(({ cards }) => cards > 0);
  if (some.length === 0) return;
  await trx.raw(
    `UPDATE pack_order o SET cards_out = o.cards_out - taken.cards,
       deposit = CASE WHEN o.cards_out = taken.cards THEN NULL ELSE o.deposit END
     FROM order_deposit l, unnest(?::uuid[], ?::integer[]) AS taken (deposit, cards)
     WHERE l.deposit = taken.deposit AND o.id = l.order_id`,
    [some.map(({ deposit }) => deposit), some.map(({ cards }) => cards)],
  );
}

/**
 * Marks orders whose time is over: chain orders; those that got no checkout, since the provider's answer was lost and nobody asked
 * again; and those whose checkout has ended although nobody said so, as when the account has another key by now. Money decides
 * all the same: one that was paid in spite of it is credited once that is known.
 * @returns how many; call again while it is EXPIRED_MAX.
 */
export async function expireOrders(db: Database, at: Date): Promise<number> {
  return db.transaction(async (trx) => {
    const overdue = await listRows(
      trx,
      (row) => ({ id: textOf(row['id']), isUnseen: truth(row['is_unseen']) }),
      `SELECT id, channel = 'card' AND state = 'awaiting_payment' AS is_unseen FROM pack_order
       WHERE (channel = 'chain' AND state = 'awaiting_payment' AND expires_at <= :at)
         OR (channel = 'card' AND state = 'created' AND opened_at <= :unboundSince)
         OR (channel = 'card' AND state = 'awaiting_payment' AND NOT auto_refill AND opened_at <= :unseenSince)
       ORDER BY id LIMIT ${EXPIRED_MAX} FOR UPDATE SKIP LOCKED`,
      { at, unboundSince: new Date(at.getTime() - UNBOUND_MS), unseenSince: new Date(at.getTime() - UNSEEN_MS) },
    );
    for (const { id, isUnseen } of overdue) {
      await moveOrder(trx, { id, to: 'expired', source: 'clock', at });
      // The request that made a checkout keeps its key: it is the same order for ever.
      if (!isUnseen) await releaseKey(trx, id);
    }
    return overdue.length;
  });
}

function openOrderOf(row: Row): OpenOrder {
  return {
    id: textOf(row['id']),
    org: textOf(row['org']),
    priceMicros: micros(row['price']),
    freeGiftCards: small(row['free_gift_cards']),
    cardsOut: small(row['cards_out']),
    openedAtMs: timeMsOf(row['opened_at']),
    expiresAtMs: timeMsOf(row['expires_at']),
  };
}

function creditedOf(row: Row): CreditedDeposit {
  return {
    id: textOf(row['id']),
    org: textOf(row['org']),
    amountMicros: micros(row['amount']),
    creditedAtMs: orNull(row['credited_at'], timeMsOf) ?? Infinity,
    order: orNull(row['order_id'], textOf),
  };
}
