/** What became of the payments of orders, for those who look at the orders. */
import { takenNow } from '../../core/billing/take-back.ts';
import type { Database } from '../database.ts';
import { listRows, orNull, textOf, timeMsOf } from '../rows.ts';
import type { OrderStep } from '../../core/billing/order.ts';
import { listMovements } from './movements.ts';
import { listSteps, type Order } from './orders.ts';
import { sumMoneyBack } from './provider-facts.ts';

/** The payment of an order. */
export interface PaymentSummary {
  /** What the payer got back by refunds, in the minor unit of the price's currency. */
  readonly refundedMinor: bigint;
  /** What of the credit is taken back. */
  readonly takenBackMicros: bigint;
  /** The newest dispute. */
  readonly dispute: { readonly status: string; readonly dueByMs: number | null } | null;
  readonly receiptUrl: string | null;
  /** The account that takes the payment, and its currency in lower case. */
  readonly account: string;
  readonly currency: string;
}

/** The payments of orders, by order; orders without a checkout are absent. */
async function listPayments(db: Database, orders: readonly string[]): Promise<Map<string, PaymentSummary>> {
  const checkouts = await listRows(
    db,
    (row) => ({
      order: textOf(row['order_id']),
      receiptUrl: orNull(row['receipt_url'], textOf),
      account: textOf(row['account']),
      currency: textOf(row['currency']),
      status: orNull(row['status'], textOf),
      dueByMs: orNull(row['due_by'], timeMsOf),
    }),
    `SELECT c.order_id, c.receipt_url, c.account, c.currency, d.status, d.due_by FROM order_checkout c
     LEFT JOIN LATERAL (SELECT status, due_by FROM order_dispute WHERE order_id = c.order_id
       ORDER BY opened_at DESC, id DESC LIMIT 1) d ON true
     WHERE c.order_id = ANY(?::uuid[])`,
    [[...orders]],
  );
  const ids = checkouts.map(({ order }) => order);
  const [back, movements] = [await sumMoneyBack(db, ids), await listMovements(db, ids)];
  return new Map(
    checkouts.map(({ order, receiptUrl, account, currency, status, dueByMs }) => [
      order,
      {
        refundedMinor: back.get(order)?.refundedMinor ?? 0n,
        takenBackMicros: takenNow((movements.get(order) ?? []).filter(({ entrySeq }) => entrySeq !== null)),
        dispute: status === null ? null : { status, dueByMs },
        receiptUrl,
        account,
        currency,
      },
    ]),
  );
}

/** Orders with their timelines and payments, in the given order. */
export async function listParts(
  db: Database,
  orders: readonly Order[],
): Promise<{ order: Order; steps: readonly OrderStep[]; payment: PaymentSummary | undefined }[]> {
  const ids = orders.map(({ id }) => id);
  const [steps, payments] = [await listSteps(db, ids), await listPayments(db, ids)];
  return orders.map((order) => ({ order, steps: steps.get(order.id) ?? [], payment: payments.get(order.id) }));
}
