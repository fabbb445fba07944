/** Credit that ends with its period: which of it is over before its last day, and the lots that it is in. */
import { walletOfOrder } from '../../core/billing/order.ts';
import { RENEWING_STATES } from '../../core/subscriptions/state.ts';
import { ORDER_COLUMNS, orderOf } from '../billing/orders.ts';
import { changeRows, count, listRows, textOf, type Queries } from '../rows.ts';

/** Credit of an order to be ended now. */
export interface CreditToEnd {
  readonly order: string;
  readonly wallet: string;
  /** The lots that its entries opened. */
  readonly lots: readonly number[];
}

/**
 * Credit whose period is over and whose renewal is not outstanding: a later period is paid, or none comes. The oldest ends first.
 * @param at now
 */
export async function listCreditToEnd(
  db: Queries,
  { at, limit }: { readonly at: Date; readonly limit: number },
): Promise<CreditToEnd[]> {
  const orders = await listRows(
    db,
    orderOf,
    `SELECT ${ORDER_COLUMNS} FROM pack_order o
     WHERE o.credit_ends > :at AND o.credit_ended_at IS NULL
       AND EXISTS (SELECT FROM order_movement m WHERE m.order_id = o.id AND m.entry_seq IS NOT NULL)
       AND EXISTS (SELECT FROM subscription_period p WHERE p.order_id = o.id)
       AND NOT EXISTS (SELECT FROM subscription_period p JOIN subscription s ON s.account = p.account AND s.id = p.subscription
         WHERE p.order_id = o.id AND (p.period_end > :at OR (s.state = ANY(:renewing::text[])
           AND NOT EXISTS (SELECT FROM subscription_period later WHERE later.account = p.account
             AND later.subscription = p.subscription AND later.period_end > p.period_end))))
     ORDER BY o.credit_ends, o.id LIMIT :limit`,
    { at, renewing: [...RENEWING_STATES], limit },
  );
  const lots = await listRows(
    db,
    (row) => ({ order: textOf(row['order_id']), lot: count(row['entry_seq']) }),
    `SELECT order_id, entry_seq FROM order_movement
     WHERE order_id = ANY(?::uuid[]) AND kind IN ('credit_paid', 'credit_bonus') AND entry_seq IS NOT NULL ORDER BY n`,
    [orders.map(({ id }) => id)],
  );
  return orders.map((order) => ({
    order: order.id,
    wallet: walletOfOrder(order),
    lots: lots.filter((one) => one.order === order.id).map(({ lot }) => lot),
  }));
}

/** Notes that the credit of an order has been ended. */
export async function noteCreditEnded(
  db: Queries,
  { order, at }: { readonly order: string; readonly at: Date },
): Promise<void> {
  await changeRows(db, 'UPDATE pack_order SET credit_ended_at = ? WHERE id = ? AND credit_ended_at IS NULL', [
    at,
    order,
  ]);
}
