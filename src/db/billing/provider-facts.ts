/** What providers said of the objects that belong to orders: finds the order of a fact, and keeps the newest of each object. */
import type {
  CheckoutFact,
  DisputeFact,
  EarlyWarningFact,
  OrderFact,
  PaymentFact,
  RefundFact,
} from '../../core/billing/facts.ts';
import { disputeSteps } from '../../core/billing/dispute.ts';
import { eventOfDispute } from '../../core/events/orders.ts';
import { refundCounts, refundStep } from '../../core/billing/refund.ts';
import { isUuid } from '../../core/ids.ts';
import type { Database, DatabaseTransaction } from '../database.ts';
import { recordEvents } from '../events/log.ts';
import { changeRows, findRow, getRow, listRows, micros, oneOf, textOf, timeMsOf, truth, orNull } from '../rows.ts';
import { CHECKOUT_COLUMNS, checkoutOf, type Checkout } from './checkouts.ts';
import { DISPUTE_COLUMNS, disputeOf } from './disputes.ts';
import { DECLINED, noteStep, type Order } from './orders.ts';

const REFUND_STATES: readonly RefundFact['state'][] = [
  'pending',
  'needs_action',
  'succeeded',
  'failed',
  'cancelled',
  'unknown',
];

/**
 * The checkout that a fact is about: by the ids of the provider that we stored, else by the order that the object names.
 * `unknown_order`: it names an order that is not here, or not yet.
 */
export async function findCheckoutOf(
  trx: DatabaseTransaction,
  fact: OrderFact,
): Promise<Checkout | 'unknown_order' | undefined> {
  const session = fact.kind === 'checkout' ? fact.id : null;
  const payment = fact.kind === 'payment' ? fact.id : fact.payment;
  const charge = fact.kind === 'checkout' ? null : fact.charge;
  const known = await findRow(
    trx,
    checkoutOf,
    `SELECT ${CHECKOUT_COLUMNS} FROM order_checkout WHERE account = :account
       AND (session = :session OR payment = :payment OR charge = :charge) ORDER BY order_id LIMIT 1`,
    { account: fact.account, session, payment, charge },
  );
  if (known || fact.order === null || !isUuid(fact.order)) return known;
  const named = await findRow(trx, checkoutOf, `SELECT ${CHECKOUT_COLUMNS} FROM order_checkout WHERE order_id = ?`, [
    fact.order,
  ]);
  return named ?? 'unknown_order';
}

/**
 * Keeps what a provider says of a checkout, if it is newer than what is kept.
 * @param means.paid it pays the order. @param means.parked it was paid, and pays the order not
 * @returns whether it is newer
 */
export async function storeCheckoutFact(
  trx: DatabaseTransaction,
  order: string,
  fact: CheckoutFact,
  means: { readonly paid: boolean; readonly parked: boolean },
): Promise<boolean> {
  const stored = await findRow(
    trx,
    (row) => textOf(row['order_id']),
    `UPDATE order_checkout SET session_read_at = :readAt, payment = coalesce(payment, :payment),
       customer = coalesce(customer, :customer), url = CASE WHEN :open THEN url END,
       paid_minor = coalesce(paid_minor, :paidMinor), tax_minor = coalesce(tax_minor, :taxMinor),
       parked_minor = coalesce(:parkedMinor, parked_minor)
     WHERE order_id = :order AND (session_read_at IS NULL OR session_read_at <= :readAt) RETURNING order_id`,
    {
      order,
      readAt: new Date(fact.readAtMs),
      payment: fact.payment,
      customer: fact.customer,
      open: fact.state === 'open',
      paidMinor: means.paid ? String(fact.totalMinor) : null,
      taxMinor: means.paid ? String(fact.taxMinor) : null,
      parkedMinor: means.parked && fact.totalMinor > 0n ? String(fact.totalMinor) : null,
    },
  );
  return stored !== undefined;
}

/**
 * Keeps what a provider says of the payment of an order, if it is newer than what is kept. An attempt that was declined is a
 * step of the order's timeline, once for each charge. The caller holds the lock of the order.
 * @returns whether it is newer
 */
export async function storePaymentFact(trx: DatabaseTransaction, order: Order, fact: PaymentFact): Promise<boolean> {
  const before = await findRow(
    trx,
    (row) => ({ charge: orNull(row['charge'], textOf) }),
    'SELECT charge FROM order_checkout WHERE order_id = ?',
    [order.id],
  );
  const stored = await changeRows(
    trx,
    `UPDATE order_checkout SET payment_read_at = :readAt, charge = coalesce(:charge, charge),
       receipt_url = coalesce(:receiptUrl, receipt_url), fee_currency = coalesce(:feeCurrency, fee_currency),
       fee_minor = coalesce(:feeMinor, fee_minor)
     WHERE order_id = :order AND (payment_read_at IS NULL OR payment_read_at <= :readAt)`,
    {
      order: order.id,
      readAt: new Date(fact.readAtMs),
      charge: fact.charge,
      receiptUrl: fact.receiptUrl,
      feeCurrency: fact.fee?.currency ?? null,
      feeMinor: fact.fee === null ? null : String(fact.fee.amountMinor),
    },
  );
  if (stored > 0 && fact.decline !== null && fact.charge !== null && fact.charge !== before?.charge) {
    await noteStep(trx, order, { what: DECLINED, source: 'provider', at: new Date(fact.readAtMs) });
  }
  return stored > 0;
}

/** Stores what was paid for an order without a checkout, in the minor unit of its currency. What is stored stays. */
export async function storePaid(trx: DatabaseTransaction, order: string, receivedMinor: bigint): Promise<void> {
  await trx.raw(
    `UPDATE order_checkout SET paid_minor = coalesce(paid_minor, ?), tax_minor = coalesce(tax_minor, 0) WHERE order_id = ?`,
    [String(receivedMinor), order],
  );
}

/** Notes what was paid for an order that is parked: it is due to its payer until somebody decides. */
export async function storeParked(trx: DatabaseTransaction, order: string, minor: bigint): Promise<void> {
  await trx.raw('UPDATE order_checkout SET parked_minor = ? WHERE order_id = ?', [String(minor), order]);
}

/**
 * Keeps what a provider says of a refund, if it is newer than what is kept, with its step on the order's timeline. A refund
 * that failed or was cancelled stays so, and none becomes less: its provider may show later what it has accepted. @returns `refunded` when it counts and was not known to
 */
export async function storeRefundFact(
  trx: DatabaseTransaction,
  order: Order,
  fact: RefundFact,
): Promise<'outdated' | 'kept' | 'refunded'> {
  const before = await findRow(
    trx,
    (row) => ({
      state: oneOf(REFUND_STATES, row['state']),
      readAtMs: timeMsOf(row['read_at']),
      amountMinor: micros(row['amount_minor']),
    }),
    'SELECT state, read_at, amount_minor FROM order_refund WHERE account = ? AND id = ?',
    [fact.account, fact.id],
  );
  if (before && (!refundCounts(before.state) || fact.amountMinor < before.amountMinor)) return 'kept';
  if (before && before.readAtMs > fact.readAtMs) return 'outdated';
  await trx.raw(
    `INSERT INTO order_refund (account, id, order_id, amount_minor, state, reason, failure_reason, read_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (account, id) DO UPDATE SET amount_minor = excluded.amount_minor, state = excluded.state,
       reason = excluded.reason, failure_reason = excluded.failure_reason, read_at = excluded.read_at`,
    [
      fact.account,
      fact.id,
      order.id,
      String(fact.amountMinor),
      fact.state,
      fact.reason,
      fact.failureReason,
      new Date(fact.readAtMs),
    ],
  );
  const what = refundStep(before?.state, fact.state);
  if (what) await noteStep(trx, order, { what, source: 'provider', at: new Date(fact.readAtMs) });
  return what === 'refunded' ? 'refunded' : 'kept';
}

/** Whether anything is known of a dispute. */
export async function isDisputeKnown(
  trx: DatabaseTransaction,
  { account, id }: Pick<DisputeFact, 'account' | 'id'>,
): Promise<boolean> {
  return getRow(
    trx,
    (row) => truth(row['known']),
    'SELECT EXISTS (SELECT FROM order_dispute WHERE account = ? AND id = ?) AS known',
    [account, id],
  );
}

/**
 * Keeps what a provider says of a dispute, if it is newer than what is kept, with its steps and events.
 * @returns `opened` when nothing was known of it before, or when it takes money for the first time.
 */
export async function storeDisputeFact(
  trx: DatabaseTransaction,
  order: Order,
  fact: DisputeFact,
): Promise<'outdated' | 'kept' | 'opened'> {
  const before = await findRow(
    trx,
    disputeOf,
    `SELECT ${DISPUTE_COLUMNS} FROM order_dispute WHERE account = ? AND id = ?`,
    [fact.account, fact.id],
  );
  const at = new Date(fact.readAtMs);
  if (before && before.readAtMs > fact.readAtMs) return 'outdated';
  const after = await getRow(
    trx,
    disputeOf,
    `INSERT INTO order_dispute (account, id, order_id, status, amount_minor, withdrawn_minor, reason, fee_currency, fee_minor,
       due_by, opened_at, read_at)
     VALUES (:account, :id, :order, :status, :amount, :withdrawn, :reason, :feeCurrency, :feeMinor, :dueBy, :at, :at)
     ON CONFLICT (account, id) DO UPDATE SET status = excluded.status, amount_minor = excluded.amount_minor,
       withdrawn_minor = excluded.withdrawn_minor, reason = excluded.reason, fee_currency = excluded.fee_currency,
       fee_minor = excluded.fee_minor, due_by = excluded.due_by, read_at = excluded.read_at
     RETURNING ${DISPUTE_COLUMNS}`,
    {
      account: fact.account,
      id: fact.id,
      order: order.id,
      status: fact.status,
      amount: String(fact.amountMinor),
      withdrawn: String(fact.withdrawnMinor),
      reason: fact.reason,
      feeCurrency: fact.fee?.currency ?? null,
      feeMinor: fact.fee === null ? null : String(fact.fee.amountMinor),
      dueBy: fact.dueByMs === null ? null : new Date(fact.dueByMs),
      at,
    },
  );
  const steps = disputeSteps(before, after);
  for (const step of steps) {
    await noteStep(trx, order, { what: `dispute_${step}`, source: 'provider', at });
    await recordEvents(trx, [eventOfDispute(order, after, step)]);
  }
  return steps.includes('opened') || steps.includes('funds_withdrawn') ? 'opened' : 'kept';
}

/** Keeps what a provider says of an early warning, if it is newer than what is kept. @returns `new` for one not known before. */
export async function storeWarningFact(
  trx: DatabaseTransaction,
  order: Order,
  fact: EarlyWarningFact,
): Promise<'outdated' | 'kept' | 'new'> {
  const at = new Date(fact.readAtMs);
  const isNew = await findRow(
    trx,
    (row) => truth(row['is_new']),
    `INSERT INTO order_warning AS kept (account, id, order_id, actionable, fraud_type, read_at) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (account, id) DO UPDATE SET actionable = excluded.actionable, fraud_type = excluded.fraud_type,
       read_at = excluded.read_at WHERE kept.read_at <= excluded.read_at
     RETURNING xmax = 0 AS is_new`,
    [fact.account, fact.id, order.id, fact.actionable, fact.fraudType, at],
  );
  if (isNew === true) await noteStep(trx, order, { what: 'early_warning', source: 'provider', at });
  if (isNew === undefined) return 'outdated';
  return isNew ? 'new' : 'kept';
}

/** Whether a warning about the payment of an order is open: neither refunded nor disputed. */
export async function isWarnedOf(trx: DatabaseTransaction, order: string): Promise<boolean> {
  return getRow(
    trx,
    (row) => truth(row['warned']),
    'SELECT EXISTS (SELECT FROM order_warning WHERE order_id = ? AND actionable) AS warned',
    [order],
  );
}

/** What went back to the payer of an order: refunds that count, and what disputes withdrew. */
export interface MoneyBack {
  readonly refundedMinor: bigint;
  readonly withdrawnMinor: bigint;
}

/** Sums what went back to the payers of orders, by order; an order without any is absent. */
export async function sumMoneyBack(
  db: Database | DatabaseTransaction,
  orders: readonly string[],
): Promise<Map<string, MoneyBack>> {
  const sums = await listRows(
    db,
    (row) =>
      [
        textOf(row['order_id']),
        { refundedMinor: micros(row['refunded']), withdrawnMinor: micros(row['withdrawn']) },
      ] as const,
    `SELECT order_id, sum(refunded)::text AS refunded, sum(withdrawn)::text AS withdrawn FROM (
       SELECT order_id, amount_minor AS refunded, 0 AS withdrawn FROM order_refund
       WHERE order_id = ANY(:orders::uuid[]) AND state NOT IN ('failed', 'cancelled')
       UNION ALL
       SELECT order_id, 0, withdrawn_minor FROM order_dispute WHERE order_id = ANY(:orders::uuid[])) AS back
     GROUP BY order_id`,
    { orders: [...orders] },
  );
  return new Map(sums);
}
