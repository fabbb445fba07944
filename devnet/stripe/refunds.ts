/** Refunds, those that fail later included. */
import type Stripe from 'stripe';
import type { z } from 'zod';
import { BY_ITSELF, type Books, type Cause } from './books.ts';
import { addBalance } from './balance.ts';
import { endWarnings } from './disputes.ts';
import { behaviourOfCharge } from './intents.ts';
import type { refundCreate } from './parameters.ts';
import { StripeRefusal } from './refusal.ts';

const SETTLES_AFTER_MS = 24 * 3_600_000;

type Refund = Stripe.Refund;

/** Refunds a charge. @throws StripeRefusal 400 for more than is left, or when a dispute has taken the money */
export function createRefund(books: Books, given: z.output<typeof refundCreate>, cause: Cause): Refund {
  const charge = chargeOf(books, given);
  const left = charge.amount - charge.amount_refunded;
  if (charge.refunded || left === 0) {
    throw new StripeRefusal(400, `Charge ${charge.id} has already been refunded.`, { code: 'charge_already_refunded' });
  }
  const amount = given.amount ?? left;
  if (amount > left) {
    throw new StripeRefusal(400, `Refund amount (${amount}) is greater than unrefunded amount on charge (${left})`, {
      param: 'amount',
    });
  }
  const disputed = books
    .list('dispute')
    .some((one) => one.charge === charge.id && !one.is_charge_refundable && one.status !== 'won');
  if (disputed)
    throw new StripeRefusal(400, `Charge ${charge.id} has been charged back; cannot issue a refund.`, {
      code: 'charge_disputed',
    });
  const fate = behaviourOfCharge(charge)?.refund;
  const refund = books.add<Refund>({
    id: books.newId('re'),
    object: 'refund',
    amount,
    balance_transaction: null,
    charge: charge.id,
    created: books.now(),
    currency: charge.currency,
    customer: charge.customer,
    customer_account: null,
    destination_details: { type: 'card' },
    metadata: given.metadata ?? {},
    payment_intent: charge.payment_intent,
    payment_method: charge.payment_method,
    reason: given.reason ?? null,
    receipt_number: null,
    source_transfer_reversal: null,
    status: fate === 'pending' ? 'pending' : 'succeeded',
    transfer_reversal: null,
  });
  refund.balance_transaction = addBalance(books, {
    type: 'refund',
    amount: -amount,
    fee: 0,
    currency: refund.currency,
    source: refund.id,
  }).id;
  countRefunded(books, charge, amount);
  books.emit('refund.created', refund, cause);
  books.emit('charge.refunded', charge, cause);
  if (fate !== undefined) {
    books.schedule.after(SETTLES_AFTER_MS, () =>
      fate === 'fails' ? failRefund(books, refund) : succeedRefund(books, refund),
    );
  }
  return refund;
}

function chargeOf(books: Books, { payment_intent, charge }: z.output<typeof refundCreate>): Stripe.Charge {
  if (charge !== undefined) return books.get('charge', charge, 'charge');
  const intent = books.get('payment_intent', payment_intent ?? '', 'payment_intent');
  if (intent.status !== 'succeeded' || typeof intent.latest_charge !== 'string') {
    throw new StripeRefusal(400, `This PaymentIntent (${intent.id}) does not have a successful charge to refund.`, {
      param: 'payment_intent',
    });
  }
  return books.get('charge', intent.latest_charge);
}

function countRefunded(books: Books, charge: Stripe.Charge, amount: number): void {
  charge.amount_refunded += amount;
  charge.refunded = charge.amount_refunded >= charge.amount;
  if (charge.refunded) endWarnings(books, charge);
}

function succeedRefund(books: Books, refund: Refund): void {
  if (refund.status !== 'pending') return;
  refund.status = 'succeeded';
  books.emit('refund.updated', refund, BY_ITSELF);
}

/** The payer's bank sends a refund back: the money is the account's again. Also possible after it has succeeded. */
export function failRefund(books: Books, refund: Refund): void {
  if (refund.status === 'failed' || refund.status === 'canceled') return;
  refund.failure_reason = 'lost_or_stolen_card';
  giveBack(books, refund, 'failed');
  books.emit('refund.updated', refund, BY_ITSELF);
  books.emit('refund.failed', refund, BY_ITSELF);
}

/** Takes back a refund that is still pending. @throws StripeRefusal 400 when it is not */
export function cancelRefund(books: Books, refund: Refund, cause: Cause): Refund {
  if (refund.status !== 'pending' && refund.status !== 'requires_action') {
    throw new StripeRefusal(400, `A refund that is ${String(refund.status)} cannot be canceled.`);
  }
  giveBack(books, refund, 'canceled');
  books.emit('refund.updated', refund, cause);
  return refund;
}

function giveBack(books: Books, refund: Refund, status: 'failed' | 'canceled'): void {
  refund.status = status;
  refund.failure_balance_transaction = addBalance(books, {
    type: 'refund_failure',
    amount: refund.amount,
    fee: 0,
    currency: refund.currency,
    source: refund.id,
  }).id;
  const charge = typeof refund.charge === 'string' ? books.find(refund.charge) : undefined;
  if (charge?.object !== 'charge') return;
  charge.amount_refunded -= refund.amount;
  charge.refunded = false;
}
