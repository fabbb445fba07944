/** Disputes and warnings of fraud: what a payer's bank does to a charge. */
import type Stripe from 'stripe';
import { BY_ITSELF, type Books, type Cause } from './books.ts';
import { addBalance } from './balance.ts';
import { wrongState } from './refusal.ts';

const DISPUTE_FEE = 1_500;
const DUE_SECONDS = 7 * 86_400;

type Dispute = Stripe.Dispute;

/** What happens to a dispute next. */
export const DISPUTE_STEPS = [
  'escalate',
  'review',
  'win',
  'lose',
  'close_inquiry',
  'prevent',
  'appeal',
  'win_appeal',
  'lose_appeal',
] as const;

export type DisputeStep = (typeof DISPUTE_STEPS)[number];

/** A payer disputes a charge. An inquiry takes no money; a chargeback takes it at once, with a fee. */
export function openDispute(
  books: Books,
  charge: Stripe.Charge,
  kind: 'inquiry' | 'chargeback',
  amount = charge.amount,
): Dispute {
  const isInquiry = kind === 'inquiry';
  const dispute = books.add<Dispute>({
    id: books.newId('du'),
    object: 'dispute',
    amount,
    balance_transactions: [],
    charge: charge.id,
    created: books.now(),
    currency: charge.currency,
    enhanced_eligibility_types: [],
    evidence: { ...NO_EVIDENCE, enhanced_evidence: {} },
    evidence_details: {
      due_by: books.now() + DUE_SECONDS,
      enhanced_eligibility: {},
      has_evidence: false,
      past_due: false,
      submission_count: 0,
      submission_method: 'not_submitted',
    },
    intended_submission_method: null,
    is_charge_refundable: isInquiry,
    livemode: books.livemode,
    metadata: {},
    payment_intent: charge.payment_intent,
    payment_method_details: {
      type: 'card',
      card: { brand: 'visa', case_type: kind, network: 'visa', network_reason_code: '10.4' },
    },
    reason: isInquiry ? 'general' : 'fraudulent',
    status: isInquiry ? 'warning_needs_response' : 'needs_response',
  });
  charge.disputed = true;
  books.emit('charge.dispute.created', dispute, BY_ITSELF);
  endWarnings(books, charge);
  if (!isInquiry) withdraw(books, dispute);
  return dispute;
}

const NO_EVIDENCE = {
  access_activity_log: null,
  billing_address: null,
  cancellation_policy: null,
  cancellation_policy_disclosure: null,
  cancellation_rebuttal: null,
  customer_communication: null,
  customer_email_address: null,
  customer_name: null,
  customer_purchase_ip: null,
  customer_signature: null,
  duplicate_charge_documentation: null,
  duplicate_charge_explanation: null,
  duplicate_charge_id: null,
  product_description: null,
  receipt: null,
  refund_policy: null,
  refund_policy_disclosure: null,
  refund_refusal_explanation: null,
  service_date: null,
  service_documentation: null,
  shipping_address: null,
  shipping_carrier: null,
  shipping_date: null,
  shipping_documentation: null,
  shipping_tracking_number: null,
  uncategorized_file: null,
  uncategorized_text: null,
} as const;

/** What each step starts from, ends in, and does with the money. */
const STEPS: Readonly<
  Record<
    DisputeStep,
    {
      readonly from: readonly string[];
      readonly to: Dispute['status'];
      readonly money?: 'taken' | 'back';
      readonly closes?: true;
    }
  >
> = {
  escalate: { from: ['warning_needs_response', 'warning_under_review'], to: 'needs_response', money: 'taken' },
  review: { from: ['needs_response'], to: 'under_review' },
  win: { from: ['needs_response', 'under_review'], to: 'won', money: 'back', closes: true },
  lose: { from: ['needs_response', 'under_review'], to: 'lost', closes: true },
  close_inquiry: { from: ['warning_needs_response', 'warning_under_review'], to: 'warning_closed', closes: true },
  prevent: { from: ['needs_response', 'warning_needs_response'], to: 'prevented', money: 'back' },
  appeal: { from: ['lost'], to: 'appeal_needs_response' },
  win_appeal: { from: ['appeal_needs_response', 'appeal_under_review'], to: 'won', money: 'back', closes: true },
  lose_appeal: { from: ['appeal_needs_response', 'appeal_under_review'], to: 'lost', closes: true },
};

/** Takes a dispute on. @throws StripeRefusal 400 when its state does not allow the step */
export function stepDispute(books: Books, dispute: Dispute, step: DisputeStep, cause: Cause = BY_ITSELF): Dispute {
  const { from, to, money, closes } = STEPS[step];
  if (!from.includes(dispute.status)) throw wrongState(`A dispute that is ${dispute.status} cannot be changed so.`);
  dispute.status = to;
  books.emit('charge.dispute.updated', dispute, cause);
  if (money === 'taken') withdraw(books, dispute);
  if (money === 'back') reinstate(books, dispute, takenOf(dispute));
  if (closes) books.emit('charge.dispute.closed', dispute, cause);
  return dispute;
}

/** The account holder gives a dispute up. */
export function acceptDispute(books: Books, dispute: Dispute, cause: Cause): Dispute {
  return stepDispute(books, dispute, dispute.status.startsWith('warning_') ? 'close_inquiry' : 'lose', cause);
}

/** Gives back part of what a dispute took, without a win: so it is when the payment had been refunded in part. */
export function reinstatePart(books: Books, dispute: Dispute, amount: number): void {
  reinstate(books, dispute, Math.min(amount, takenOf(dispute)));
}

function takenOf({ balance_transactions: moves }: Dispute): number {
  return -moves.reduce((sum, { amount }) => sum + amount, 0);
}

function withdraw(books: Books, dispute: Dispute): void {
  dispute.is_charge_refundable = false;
  const { currency, id: source, amount } = dispute;
  dispute.balance_transactions.push(
    addBalance(books, { type: 'adjustment', amount: -amount, fee: DISPUTE_FEE, currency, source }),
  );
  books.emit('charge.dispute.funds_withdrawn', dispute, BY_ITSELF);
}

function reinstate(books: Books, dispute: Dispute, amount: number): void {
  if (amount <= 0) return;
  const { currency, id: source } = dispute;
  dispute.balance_transactions.push(addBalance(books, { type: 'adjustment', amount, fee: 0, currency, source }));
  books.emit('charge.dispute.funds_reinstated', dispute, BY_ITSELF);
}

/** Warnings about a charge that is disputed, or refunded in full, ask for nothing any more. */
export function endWarnings(books: Books, charge: Stripe.Charge): void {
  for (const warning of books.list('radar.early_fraud_warning')) {
    if (warning.charge !== charge.id || !warning.actionable) continue;
    warning.actionable = false;
    books.emit('radar.early_fraud_warning.updated', warning, BY_ITSELF);
  }
}

/** A card network warns that a charge is probably fraud. */
export function warnOfFraud(books: Books, charge: Stripe.Charge): Stripe.Radar.EarlyFraudWarning {
  const warning = books.add<Stripe.Radar.EarlyFraudWarning>({
    id: books.newId('issfr'),
    object: 'radar.early_fraud_warning',
    actionable: !charge.disputed && !charge.refunded,
    charge: charge.id,
    created: books.now(),
    fraud_type: 'made_with_stolen_card',
    livemode: books.livemode,
    ...(typeof charge.payment_intent === 'string' && { payment_intent: charge.payment_intent }),
  });
  books.emit('radar.early_fraud_warning.created', warning, BY_ITSELF);
  return warning;
}
