/**
 * Turns Creem's objects into facts. Creem has no object for a refund or a dispute that could be read again: what went back is
 * part of the transaction, as a sum and a status. So each transaction has one refund, whose amount grows, and one dispute; both
 * have its id. Words that Creem may add later take nothing back that was counted, and count nothing that is not certain.
 */
import type {
  CheckoutFact,
  DisputeFact,
  PaymentFact,
  PaymentMode,
  PaymentState,
  RefundFact,
} from '../../core/billing/facts.ts';
import type { Reading, SeenPayment } from '../port.ts';
import { ORDER_KEY, type CreemCheckout, type CreemTransaction } from './shapes.ts';

/** Statuses of a transaction whose money came in, whatever became of it afterwards. */
const CAME_IN: ReadonlySet<string> = new Set(['paid', 'refunded', 'partialRefund', 'chargedBack']);
const CHARGED_BACK = 'chargedBack';
/** Statuses of a transaction without money. */
export const WITHOUT_MONEY: Readonly<Record<string, PaymentState>> = {
  pending: 'processing',
  declined: 'needs_method',
  uncollectible: 'cancelled',
  canceled: 'cancelled',
  void: 'cancelled',
};

/** The mode that an object names; that of the key where it names none, or one that is new: each mode has hosts of its own. */
export function modeOf(mode: string | null | undefined, reading: Reading): PaymentMode {
  if (mode === 'prod') return 'live';
  return mode === 'test' || mode === 'sandbox' ? 'test' : reading.mode;
}

/** The order that a checkout names. */
export function orderOf({ metadata, request_id: requestId }: CreemCheckout): string | null {
  const named = metadata?.[ORDER_KEY];
  return typeof named === 'string' ? named : (requestId ?? null);
}

/** What came in for a transaction, tax included. */
export function paidOf({ status, amount, amount_paid: paid }: CreemTransaction): bigint {
  if (CAME_IN.has(status)) return paid ?? amount;
  return status in WITHOUT_MONEY ? 0n : (paid ?? 0n);
}

/** What was refunded of a transaction in all, at most what came in. */
function refundedOf(transaction: CreemTransaction): bigint {
  const paid = paidOf(transaction);
  if (transaction.status === 'refunded') return paid;
  const refunded = transaction.refunded_amount ?? 0n;
  return refunded < paid ? refunded : paid;
}

/** What a dispute holds of a transaction; null under a status that is new. */
function withdrawnOf(transaction: CreemTransaction): bigint | null {
  const { status } = transaction;
  if (status === CHARGED_BACK) return paidOf(transaction) - refundedOf(transaction);
  return CAME_IN.has(status) || status in WITHOUT_MONEY ? 0n : null;
}

/** Whether money came in at a checkout, by the order and the transaction that it has. */
function paidStateOf(
  { status, order }: CreemCheckout,
  transaction: CreemTransaction | undefined,
): CheckoutFact['paid'] {
  if (!order) return status === 'completed' ? 'unknown' : 'unpaid';
  const isOver = transaction !== undefined && transaction.status in WITHOUT_MONEY;
  if (transaction !== undefined && CAME_IN.has(transaction.status)) {
    return paidOf(transaction) > 0n ? 'paid' : 'nothing_due';
  }
  if (order.status === 'paid') return isOver ? 'unknown' : order.amount === 0n ? 'nothing_due' : 'paid';
  return order.status === 'pending' || isOver ? 'unpaid' : 'unknown';
}

const PURPOSES: Readonly<Record<string, CheckoutFact['purpose']>> = { onetime: 'payment', recurring: 'subscription' };

/** @param transaction of the order of the checkout, where it has one */
export function factOfCheckout(
  checkout: CreemCheckout,
  transaction: CreemTransaction | undefined,
  reading: Reading,
): CheckoutFact {
  const { id, mode, order, product, units, customer } = checkout;
  const paid = paidStateOf(checkout, transaction);
  const priced = typeof product === 'object' && product !== null ? product : undefined;
  const listed = (priced?.price ?? 0n) * BigInt(units ?? 1);
  const tax = order?.tax_amount ?? 0n;
  const came = transaction === undefined ? 0n : paidOf(transaction);
  return {
    ...reading,
    kind: 'checkout',
    mode: modeOf(mode, reading),
    id,
    order: orderOf(checkout),
    state: stateOf(checkout, paid),
    paid,
    purpose: PURPOSES[order?.type ?? priced?.billing_type ?? ''] ?? 'unknown',
    currency: order?.currency ?? priced?.currency ?? '',
    subtotalMinor: order?.sub_total ?? (order ? order.amount - tax : listed),
    totalMinor: came > 0n ? came : (order?.amount_paid ?? order?.amount ?? listed),
    taxMinor: tax,
    discountMinor: order?.discount_amount ?? 0n,
    presentment: presentmentOf(order),
    payment: order?.transaction ?? null,
    paymentState: transaction === undefined ? null : paymentStateOf(transaction),
    customer: customer ?? null,
    subscription: checkout.subscription ?? null,
    expiresAtMs: null,
  };
}

function presentmentOf(order: CreemCheckout['order']): CheckoutFact['presentment'] {
  const { fx_currency: currency, fx_amount: amountMinor } = order ?? {};
  return currency && typeof amountMinor === 'bigint' ? { currency, amountMinor } : null;
}

/** Money decides: what is paid is complete, whatever the checkout's own status says. */
function stateOf({ status }: CreemCheckout, paid: CheckoutFact['paid']): CheckoutFact['state'] {
  if (paid === 'paid' || status === 'completed') return 'complete';
  if (status === 'expired') return 'expired';
  return status === 'pending' || status === 'processing' ? 'open' : 'unknown';
}

function paymentStateOf({ status }: CreemTransaction): PaymentState {
  return CAME_IN.has(status) ? 'succeeded' : (WITHOUT_MONEY[status] ?? 'unknown');
}

export function factOfPayment(transaction: CreemTransaction, order: string | null, reading: Reading): PaymentFact {
  return {
    ...reading,
    kind: 'payment',
    mode: modeOf(transaction.mode, reading),
    id: transaction.id,
    order,
    state: paymentStateOf(transaction),
    currency: transaction.currency,
    amountMinor: transaction.amount,
    receivedMinor: paidOf(transaction),
    charge: null,
    customer: transaction.customer ?? null,
    savedMethod: null,
    receiptUrl: null,
    decline: null,
    fee: null,
  };
}

/** The refund of a transaction: all that was refunded of it. Undefined while it shows none. */
export function factOfRefund(
  transaction: CreemTransaction,
  order: string | null,
  reading: Reading,
): RefundFact | undefined {
  const amountMinor = refundedOf(transaction);
  if (amountMinor === 0n) return undefined;
  return refundOf(transaction, { order, amountMinor, state: 'succeeded' }, reading);
}

const REFUND_STATES: Readonly<Record<string, RefundFact['state']>> = {
  pending: 'pending',
  requiresAction: 'needs_action',
  succeeded: 'succeeded',
  failed: 'failed',
  canceled: 'cancelled',
};

/** The refund that was just asked for: all of the transaction, which may show it later. @param status the answer's */
export function factOfAsked(
  transaction: CreemTransaction,
  { order, status }: { readonly order: string; readonly status: string },
  reading: Reading,
): RefundFact {
  const state = REFUND_STATES[status] ?? 'unknown';
  return refundOf(transaction, { order, amountMinor: paidOf(transaction), state }, reading);
}

function refundOf(
  { id, mode, currency }: CreemTransaction,
  about: Pick<RefundFact, 'order' | 'amountMinor' | 'state'>,
  reading: Reading,
): RefundFact {
  const rest = { currency, payment: id, charge: null, reason: null, failureReason: null };
  return { ...reading, ...about, ...rest, kind: 'refund', mode: modeOf(mode, reading), id };
}

/** The dispute of a transaction. Undefined under a status that is new: nobody knows what that means for its money. */
export function factOfDispute(
  transaction: CreemTransaction,
  order: string | null,
  reading: Reading,
): DisputeFact | undefined {
  const withdrawnMinor = withdrawnOf(transaction);
  if (withdrawnMinor === null) return undefined;
  const isHeld = transaction.status === CHARGED_BACK;
  return {
    ...reading,
    kind: 'dispute',
    mode: modeOf(transaction.mode, reading),
    id: transaction.id,
    order,
    status: isHeld ? 'charged_back' : 'won',
    ...(!isHeld && { endsOnly: true }),
    currency: transaction.currency,
    amountMinor: paidOf(transaction),
    withdrawnMinor,
    everWithdrawn: isHeld,
    fee: null,
    payment: transaction.id,
    charge: null,
    reason: 'unknown',
    dueByMs: null,
    evidenceSubmitted: false,
  };
}

/** A transaction with what of it went back. */
export function seenOf(transaction: CreemTransaction): SeenPayment {
  return {
    payment: transaction.id,
    currency: transaction.currency,
    paidMinor: paidOf(transaction),
    refundedMinor: refundedOf(transaction),
    withdrawnMinor: withdrawnOf(transaction),
    subscription: transaction.subscription ?? null,
    atMs: transaction.created_at,
  };
}

/** What is left of a transaction to be refunded. */
export function leftOf(transaction: CreemTransaction): bigint {
  return paidOf(transaction) - refundedOf(transaction) - (withdrawnOf(transaction) ?? 0n);
}
