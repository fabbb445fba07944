/** Opens orders of packs, and marks those that deposits pay. */
import { assignOrders, type OpenOrder, type PayingDeposit } from '../../core/billing/orders.ts';
import type { DatabaseTransaction } from '../database.ts';
import { getRow, listRows, micros, small, textOf, timeMsOf, type Row } from '../rows.ts';

/** A pack that an org wants to buy with its next deposit; `id` is used only if a new order is opened. */
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
 */
export async function openPackOrder(trx: DatabaseTransaction, order: NewPackOrder): Promise<string> {
  const { id, org, pack, priceMicros, freeGiftCards, openedAt, expiresAt } = order;
  // The lock makes concurrent registrations of different addresses one purchase too.
  await trx.raw('SELECT 1 FROM org WHERE id = ? FOR NO KEY UPDATE', [org]);
  return getRow(
    trx,
    (row) => textOf(row['id']),
    `WITH open AS (
       SELECT id FROM pack_order WHERE org = :org AND pack = :pack AND deposit IS NULL AND expires_at > :openedAt
       ORDER BY opened_at LIMIT 1
     ), fresh AS (
       INSERT INTO pack_order (id, org, pack, price, free_gift_cards, opened_at, expires_at)
       SELECT :id::uuid, :org::uuid, :pack, :price::bigint, :freeGiftCards::integer, :openedAt::timestamptz,
         :expiresAt::timestamptz
       WHERE NOT EXISTS (SELECT FROM open) RETURNING id
     ) SELECT id FROM open UNION ALL SELECT id FROM fresh`,
    { id, org, pack, price: String(priceMicros), freeGiftCards, openedAt, expiresAt },
  );
}

/** Marks the orders that the deposits pay. A deposit pays one order over all its revisions. */
export async function payOrders(
  trx: DatabaseTransaction,
  due: readonly PayingDeposit[],
  at: Date,
): ReturnType<typeof findPaid> {
  const paid = await findPaid(trx, due, at);
  if (paid.size > 0) {
    await trx.raw(
      `UPDATE pack_order o SET deposit = paid.deposit FROM unnest(?::uuid[], ?::uuid[]) AS paid (id, deposit)
       WHERE o.id = paid.id`,
      [[...paid.values()].map(({ id }) => id), [...paid.keys()]],
    );
  }
  return paid;
}

async function findPaid(
  trx: DatabaseTransaction,
  due: readonly PayingDeposit[],
  at: Date,
): Promise<ReturnType<typeof assignOrders>> {
  const ids = due.map(({ id }) => id);
  const spent = await listRows(
    trx,
    (row) => textOf(row['deposit']),
    'SELECT deposit FROM pack_order WHERE deposit = ANY(?::uuid[])',
    [ids],
  );
  const paidBefore = new Set(spent);
  const orders = await listRows(
    trx,
    orderOf,
    `SELECT id, org, price, free_gift_cards, opened_at, expires_at FROM pack_order
     WHERE org = ANY(?::uuid[]) AND deposit IS NULL ORDER BY id FOR UPDATE`,
    [[...new Set(due.map(({ org }) => org))]],
  );
  return assignOrders(
    due.filter(({ id }) => !paidBefore.has(id)),
    orders,
    at.getTime(),
  );
}

function orderOf(row: Row): OpenOrder {
  return {
    id: textOf(row['id']),
    org: textOf(row['org']),
    priceMicros: micros(row['price']),
    freeGiftCards: small(row['free_gift_cards']),
    openedAtMs: timeMsOf(row['opened_at']),
    expiresAtMs: timeMsOf(row['expires_at']),
  };
}
