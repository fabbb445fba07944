import type { DatabaseTransaction } from '../database.ts';

/** A pack that an org means to buy with its next deposit; `id` is used if it makes a new row. */
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
 * Opens an order, or finds the one that the org has open for the same pack already: asking twice is one purchase.
 * @returns the order's id.
 */
export async function openPackOrder(trx: DatabaseTransaction, order: NewPackOrder): Promise<string> {
  const { id, org, pack, priceMicros, freeGiftCards, openedAt, expiresAt } = order;
  // Two registrations at once, of different addresses, are one purchase as well.
  await trx.raw('SELECT 1 FROM org WHERE id = ? FOR NO KEY UPDATE', [org]);
  const result: { rows: { id: string }[] } = await trx.raw(
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
  const [row] = result.rows;
  if (!row) throw new Error('the order was not written');
  return row.id;
}
