/** Turns Stripe's objects into facts. Values that Stripe may add later become `unknown`, never the nearest one known. */
import type Stripe from 'stripe';
import type {
  CheckoutFact,
  DisputeFact,
  EarlyWarningFact,
  PaymentFact,
  PaymentMode,
  RefundFact,
} from '../../core/billing/facts.ts';
import type { Reading } from '../port.ts';
import { ORDER_KEY } from './events.ts';

type Linked = string | { readonly id: string } | null | undefined;

/** The id of an object that may be expanded. */
export function idOf(value: Linked): string | null {
  return typeof value === 'string' ? value : (value?.id ?? null);
}

/** The mode of an object. */
export function modeOf(livemode: boolean): PaymentMode {
  return livemode ? 'live' : 'test';
}

/** The order that an object names. */
export function orderOf(metadata: Stripe.Metadata | null | undefined): string | null {
  return metadata?.[ORDER_KEY] ?? null;
}

/** The order of an expanded payment. */
function orderOfPayment(payment: string | Stripe.PaymentIntent | null | undefined): string | null {
  return typeof payment === 'object' && payment !== null ? orderOf(payment.metadata) : null;
}

/** The word of ours for one of Stripe's; `unknown` for a new one. */
export function oneOf<Value extends string>(
  known: Readonly<Record<string, Value>>,
  value: string | null,
): Value | 'unknown' {
  return value !== null && Object.hasOwn(known, value) ? (known[value] ?? 'unknown') : 'unknown';
}

const SESSION_STATES = { open: 'open', complete: 'complete', expired: 'expired' } as const;
const PAID = { paid: 'paid', unpaid: 'unpaid', no_payment_required: 'nothing_due' } as const;
const PURPOSES = { payment: 'payment', subscription: 'subscription', setup: 'setup' } as const;

/** @param session with `payment_intent` expanded, for its state */
export function factOfSession(session: Stripe.Checkout.Session, reading: Reading): CheckoutFact {
  const { presentment_details: shown, total_details: details, payment_intent: payment } = session;
  return {
    ...reading,
    kind: 'checkout',
    mode: modeOf(session.livemode),
    id: session.id,
    order: orderOf(session.metadata),
    state: oneOf(SESSION_STATES, session.status),
    paid: oneOf(PAID, session.payment_status),
    purpose: oneOf(PURPOSES, session.mode),
    currency: session.currency ?? '',
    subtotalMinor: BigInt(session.amount_subtotal ?? 0),
    totalMinor: BigInt(session.amount_total ?? 0),
    taxMinor: BigInt(details?.amount_tax ?? 0),
    discountMinor: BigInt(details?.amount_discount ?? 0),
    presentment: shown ? { currency: shown.presentment_currency, amountMinor: BigInt(shown.presentment_amount) } : null,
    payment: idOf(session.payment_intent),
    paymentState: typeof payment === 'object' && payment !== null ? oneOf(PAYMENT_STATES, payment.status) : null,
    customer: idOf(session.customer),
    subscription: idOf(session.subscription),
    expiresAtMs: session.expires_at * 1_000,
    ...(session.metadata?.['type'] === TOPUP && { isTopup: true as const }),
  };
}

/** What the metadata of a checkout that tops up a wallet has as `type`. */
const TOPUP = 'wallet_topup';

const PAYMENT_STATES = {
  succeeded: 'succeeded',
  processing: 'processing',
  requires_payment_method: 'needs_method',
  requires_action: 'needs_action',
  requires_confirmation: 'needs_confirmation',
  canceled: 'cancelled',
} as const;

/** @param intent with `latest_charge` expanded, where it has one, for its receipt and its fee */
export function factOfPayment(intent: Stripe.PaymentIntent, reading: Reading): PaymentFact {
  const { last_payment_error: error, latest_charge: charge } = intent;
  const read = typeof charge === 'object' ? charge : null;
  const balance = typeof read?.balance_transaction === 'object' ? read.balance_transaction : null;
  return {
    ...reading,
    kind: 'payment',
    mode: modeOf(intent.livemode),
    id: intent.id,
    order: orderOf(intent.metadata),
    state: oneOf(PAYMENT_STATES, intent.status),
    currency: intent.currency,
    amountMinor: BigInt(intent.amount),
    receivedMinor: BigInt(intent.amount_received),
    charge: idOf(charge),
    customer: idOf(intent.customer),
    // Only a payment that succeeded attaches its method to the customer.
    savedMethod:
      intent.status === 'succeeded' && intent.setup_future_usage === 'off_session' ? idOf(intent.payment_method) : null,
    receiptUrl: read?.receipt_url ?? null,
    decline: error
      ? { code: error.code ?? error.type, declineCode: error.decline_code ?? null, advice: error.advice_code ?? null }
      : null,
    fee: balance ? { currency: balance.currency, amountMinor: BigInt(balance.fee) } : null,
  };
}

const REFUND_STATES = {
  pending: 'pending',
  requires_action: 'needs_action',
  succeeded: 'succeeded',
  failed: 'failed',
  canceled: 'cancelled',
} as const;

/** @param refund with `payment_intent` expanded, whose metadata names the order */
export function factOfRefund(refund: Stripe.Refund, reading: Reading): RefundFact {
  return {
    ...reading,
    kind: 'refund',
    id: refund.id,
    order: orderOfPayment(refund.payment_intent),
    state: oneOf(REFUND_STATES, refund.status),
    currency: refund.currency,
    amountMinor: BigInt(refund.amount),
    payment: idOf(refund.payment_intent),
    charge: idOf(refund.charge),
    reason: refund.reason ?? null,
    failureReason: refund.failure_reason ?? null,
  };
}

/** @param dispute with `payment_intent` expanded, whose metadata names the order */
export function factOfDispute(dispute: Stripe.Dispute, reading: Reading): DisputeFact {
  const moves = dispute.balance_transactions;
  const amountMinor = BigInt(dispute.amount);
  const [first] = moves;
  const fees = moves.reduce((sum, { fee }) => sum + BigInt(fee), 0n);
  return {
    ...reading,
    kind: 'dispute',
    mode: modeOf(dispute.livemode),
    id: dispute.id,
    order: orderOfPayment(dispute.payment_intent),
    status: dispute.status,
    currency: dispute.currency,
    amountMinor,
    withdrawnMinor: withdrawnOf(dispute),
    everWithdrawn: moves.some(({ amount }) => amount < 0),
    fee: first ? { currency: first.currency, amountMinor: fees } : null,
    payment: idOf(dispute.payment_intent),
    charge: idOf(dispute.charge),
    reason: dispute.reason,
    evidenceSubmitted: dispute.evidence_details.submission_count > 0,
    dueByMs: dispute.evidence_details.due_by === null ? null : dispute.evidence_details.due_by * 1_000,
  };
}

/** What a dispute holds of our money now, from nothing to all that is disputed. */
function withdrawnOf(dispute: Stripe.Dispute): bigint {
  const { amount, currency, balance_transactions: moves } = dispute;
  const disputed = BigInt(amount);
  const isOther = moves.some((move) => move.currency !== currency);
  const taken = isOther ? takenInOther(dispute) : -moves.reduce((sum, move) => sum + BigInt(move.amount), 0n);
  if (taken <= 0n) return 0n;
  return taken > disputed ? disputed : taken;
}

/** Digits after the point to which a rate is read. */
const RATE_DIGITS = 9;
/** A thousandth of what is disputed: rates are rounded, and so are the amounts that they give. */
const ROUNDED = 1_000n;

/**
 * The same where the account's balance is in another currency than the payment. A withdrawal takes all that is disputed, at the
 * rate of its day; what comes back is measured against that after both are brought to the payment's currency by their own
 * rates, since a dispute that is won brings back another amount than was taken. A dispute that is won holds nothing once any
 * of it came back, whatever rates say.
 */
function takenInOther({ amount, status, balance_transactions: moves }: Stripe.Dispute): bigint {
  const disputed = BigInt(amount);
  const parts = moves.map((move) => {
    const rate = BigInt((move.exchange_rate ?? 1).toFixed(RATE_DIGITS).replace('.', ''));
    return rate <= 0n ? 0n : (BigInt(move.amount) * 10n ** BigInt(3 * RATE_DIGITS)) / rate;
  });
  const whole = parts.find((part) => part < 0n);
  if (whole === undefined) return 0n;
  if (status === 'won' && parts.some((part) => part > 0n)) return 0n;
  const held = parts.reduce((sum, part) => sum + part, 0n);
  // Rounded to the nearest: both are below zero where something is held.
  const taken = (2n * disputed * held + whole) / (2n * whole);
  const isRounded = (difference: bigint): boolean =>
    difference * ROUNDED <= disputed && -difference * ROUNDED <= disputed;
  if (isRounded(taken)) return 0n;
  return isRounded(disputed - taken) ? disputed : taken;
}

/** @param warning with `payment_intent` expanded, whose metadata names the order */
export function factOfWarning(warning: Stripe.Radar.EarlyFraudWarning, reading: Reading): EarlyWarningFact {
  return {
    ...reading,
    kind: 'early_warning',
    mode: modeOf(warning.livemode),
    id: warning.id,
    order: orderOfPayment(warning.payment_intent),
    actionable: warning.actionable,
    fraudType: warning.fraud_type,
    payment: idOf(warning.payment_intent),
    charge: idOf(warning.charge),
  };
}
