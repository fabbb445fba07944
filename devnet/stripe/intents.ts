/** Payment intents and their charges: money that is asked for, and what the test method does with it. */
import type Stripe from 'stripe';
import type { z } from 'zod';
import { BY_ITSELF, type Books, type Cause } from './books.ts';
import { addBalance } from './balance.ts';
import { findBehaviour, type Behaviour } from './cards.ts';
import { openDispute, warnOfFraud } from './disputes.ts';
import type { intentCreate } from './parameters.ts';
import { StripeRefusal, wrongState } from './refusal.ts';

type Intent = Stripe.PaymentIntent;
type IntentParameters = Pick<z.output<typeof intentCreate>, 'amount' | 'currency'> &
  Partial<Omit<z.output<typeof intentCreate>, 'amount' | 'currency'>>;

/** How the provider's fee for a charge is made up. */
const FEE_PERCENT = 2.9;
const FEE_FIXED = 30;

/** The outcome of a confirmation. */
export interface Confirmed {
  readonly outcome: 'succeeded' | 'processing' | 'declined' | 'needs_action';
  /** Calls back when delayed money has arrived, or will not. */
  readonly arrives?: (then: (paid: boolean) => void) => void;
}

export function createIntent(books: Books, given: IntentParameters, cause: Cause): Intent {
  const id = books.newId('pi');
  const intent = books.add<Intent>({
    id,
    object: 'payment_intent',
    ...FIXED,
    allowed_payment_method_types: given.allowed_payment_method_types ?? null,
    amount: given.amount,
    automatic_payment_methods: given.automatic_payment_methods
      ? {
          enabled: given.automatic_payment_methods.enabled,
          allow_redirects: given.automatic_payment_methods.allow_redirects ?? 'always',
        }
      : null,
    client_secret: `${id}_secret_${books.newId('s').slice(2)}`,
    created: books.now(),
    currency: given.currency,
    customer: given.customer ?? null,
    description: given.description ?? null,
    excluded_payment_method_types: given.excluded_payment_method_types ?? null,
    livemode: books.livemode,
    metadata: given.metadata ?? {},
    payment_method: given.payment_method ?? null,
    receipt_email: given.receipt_email ?? null,
    setup_future_usage: given.setup_future_usage ?? null,
    status: given.payment_method === undefined ? 'requires_payment_method' : 'requires_confirmation',
  });
  books.emit('payment_intent.created', intent, cause);
  return intent;
}

/** Members of an intent that differ later or never. */
const FIXED = {
  amount_details: {},
  amount_capturable: 0,
  amount_received: 0,
  application: null,
  application_fee_amount: null,
  canceled_at: null,
  cancellation_reason: null,
  capture_method: 'automatic_async',
  confirmation_method: 'automatic',
  customer_account: null,
  last_payment_error: null,
  latest_charge: null,
  managed_payments: null,
  next_action: null,
  on_behalf_of: null,
  payment_method_configuration_details: null,
  payment_method_options: {},
  payment_method_types: ['card'],
  payment_record: null,
  processing: null,
  review: null,
  shipping: null,
  source: null,
  statement_descriptor: null,
  statement_descriptor_suffix: null,
  transfer_data: null,
  transfer_group: null,
} satisfies Partial<Intent>;

interface Confirmation {
  /** Undefined: the intent's own. */
  readonly method: string | undefined;
  readonly offSession: boolean;
  /** Fails in place of waiting for the payer. */
  readonly onlyNow: boolean;
  readonly authenticated?: boolean;
}

/** Charges an intent as its test method does. @throws StripeRefusal 400 when it cannot be confirmed any more */
export function confirmIntent(books: Books, intent: Intent, how: Confirmation, cause: Cause): Confirmed {
  if (!['requires_payment_method', 'requires_confirmation', 'requires_action'].includes(intent.status)) {
    throw wrongState(`This PaymentIntent's status is ${intent.status}.`, 'payment_intent_unexpected_state');
  }
  const behaviour = behaviourOf(books, intent, how.method);
  const { decline, authenticate, delayed } = behaviour;
  const asks = authenticate === 'always' || (authenticate === 'off_session' && how.offSession);
  if (asks && how.authenticated !== true) {
    if (how.offSession && how.onlyNow) return refuse(books, intent, behaviour, AUTHENTICATE, cause);
    intent.status = 'requires_action';
    intent.next_action = { type: 'use_stripe_sdk', use_stripe_sdk: { type: 'three_d_secure_redirect' } };
    books.emit('payment_intent.requires_action', intent, cause);
    return { outcome: 'needs_action' };
  }
  intent.next_action = null;
  if (decline) return refuse(books, intent, behaviour, decline, cause);
  if (delayed === undefined) {
    succeed(books, intent, behaviour, cause);
    return { outcome: 'succeeded' };
  }
  intent.status = 'processing';
  books.emit('payment_intent.processing', intent, cause);
  return { outcome: 'processing', arrives: (then) => arriveLater(books, intent, behaviour, then) };
}

const AUTHENTICATE = {
  code: 'authentication_required',
  declineCode: 'authentication_required',
  advice: 'confirm_card_data',
};

function arriveLater(books: Books, intent: Intent, behaviour: Behaviour, then: (paid: boolean) => void): void {
  books.schedule.after(books.settings.delayMs, () => {
    const paid = behaviour.delayed === 'succeeds';
    if (paid) succeed(books, intent, behaviour, BY_ITSELF);
    else
      refuse(
        books,
        intent,
        behaviour,
        {
          code: 'payment_intent_payment_attempt_failed',
          declineCode: 'debit_not_authorized',
          advice: 'do_not_try_again',
        },
        BY_ITSELF,
      );
    then(paid);
  });
}

/** Which behaviour the payment method of each intent has, and each stored payment method. */
const BEHAVIOUR_OF = new WeakMap<object, Behaviour>();

/** The behaviour of the method that a charge was made with. */
export function behaviourOfCharge(charge: Stripe.Charge): Behaviour | undefined {
  return BEHAVIOUR_OF.get(charge);
}

function behaviourOf(books: Books, intent: Intent, method: string | undefined): Behaviour {
  const named = method ?? (typeof intent.payment_method === 'string' ? intent.payment_method : undefined);
  if (named === undefined) {
    throw new StripeRefusal(400, 'You cannot confirm this PaymentIntent because it is missing a payment method.', {
      code: 'payment_intent_unexpected_state',
    });
  }
  const stored = books.find(named);
  const behaviour = stored ? BEHAVIOUR_OF.get(stored) : findBehaviour(named);
  if (behaviour === undefined)
    throw new StripeRefusal(404, `No such PaymentMethod: '${named}'`, {
      code: 'resource_missing',
      param: 'payment_method',
    });
  const saved = stored?.object === 'payment_method' ? stored : methodObject(books, intent, behaviour);
  intent.payment_method = saved.id;
  return behaviour;
}

/** A payment method with this behaviour, attached to a customer; for tests that pay off-session. */
export function saveMethod(books: Books, customer: string, behaviour: Behaviour): Stripe.PaymentMethod {
  const method = books.add<Stripe.PaymentMethod>({
    id: books.newId('pm'),
    object: 'payment_method',
    allow_redisplay: 'unspecified',
    billing_details: { address: null, email: null, name: null, phone: null, tax_id: null },
    created: books.now(),
    customer,
    customer_account: null,
    livemode: books.livemode,
    metadata: {},
    type: behaviour.type,
  });
  BEHAVIOUR_OF.set(method, behaviour);
  return method;
}

function methodObject(books: Books, intent: Intent, behaviour: Behaviour): Stripe.PaymentMethod {
  const method = saveMethod(books, '', behaviour);
  const keeps = intent.setup_future_usage === 'off_session';
  method.customer = keeps && typeof intent.customer === 'string' ? intent.customer : null;
  return method;
}

function refuse(
  books: Books,
  intent: Intent,
  behaviour: Behaviour,
  decline: { readonly code: string; readonly declineCode: string; readonly advice: string },
  cause: Cause,
): Confirmed {
  const charge = chargeObject(books, intent, behaviour, { paid: false, failure: decline.code });
  books.add(charge);
  intent.latest_charge = charge.id;
  intent.status = 'requires_payment_method';
  intent.last_payment_error = {
    type: 'card_error',
    advice_code: decline.advice,
    charge: charge.id,
    code: decline.code,
    decline_code: decline.declineCode,
    message: 'Your card was declined.',
  };
  intent.payment_method = null;
  books.emit('charge.failed', charge, cause);
  books.emit('payment_intent.payment_failed', intent, cause);
  return { outcome: 'declined' };
}

/** The refusal of a confirmation that was declined. */
export function declineOf(intent: Intent): StripeRefusal {
  const {
    code,
    decline_code,
    advice_code,
    message = 'Your card was declined.',
    charge,
  } = intent.last_payment_error ?? {};
  const members = {
    ...(code !== undefined && { code }),
    ...(decline_code !== undefined && { decline_code }),
    ...(advice_code !== undefined && { advice_code }),
    ...(charge !== undefined && { charge }),
    payment_intent: intent,
  };
  return new StripeRefusal(402, message, members, 'card_error');
}

function succeed(books: Books, intent: Intent, behaviour: Behaviour, cause: Cause): void {
  const charge = books.add(chargeObject(books, intent, behaviour, { paid: true, failure: null }));
  BEHAVIOUR_OF.set(charge, behaviour);
  const fee = Math.round((intent.amount * FEE_PERCENT) / 100) + FEE_FIXED;
  charge.balance_transaction = addBalance(books, {
    type: 'charge',
    amount: intent.amount,
    fee,
    currency: intent.currency,
    source: charge.id,
  }).id;
  intent.latest_charge = charge.id;
  intent.status = 'succeeded';
  intent.amount_received = intent.amount;
  intent.last_payment_error = null;
  books.emit('charge.succeeded', charge, cause);
  books.emit('payment_intent.succeeded', intent, cause);
  const { follows } = behaviour;
  if (follows === 'early_warning') warnOfFraud(books, charge);
  else if (follows !== undefined) openDispute(books, charge, follows);
}

function chargeObject(
  books: Books,
  intent: Intent,
  behaviour: Behaviour,
  { paid, failure }: { readonly paid: boolean; readonly failure: string | null },
): Stripe.Charge {
  const id = books.newId('ch');
  return {
    id,
    object: 'charge',
    amount: intent.amount,
    amount_captured: paid ? intent.amount : 0,
    amount_refunded: 0,
    application: null,
    application_fee: null,
    application_fee_amount: null,
    balance_transaction: null,
    billing_details: { address: null, email: null, name: null, phone: null, tax_id: null },
    calculated_statement_descriptor: null,
    captured: paid,
    created: books.now(),
    currency: intent.currency,
    customer: intent.customer,
    description: intent.description,
    disputed: false,
    failure_balance_transaction: null,
    failure_code: failure,
    failure_message: failure === null ? null : 'Your card was declined.',
    fraud_details: {},
    livemode: books.livemode,
    metadata: { ...intent.metadata },
    on_behalf_of: null,
    outcome: null,
    paid,
    payment_intent: intent.id,
    payment_method: typeof intent.payment_method === 'string' ? intent.payment_method : null,
    payment_method_details: { type: behaviour.type },
    receipt_email: null,
    receipt_number: null,
    receipt_url: paid ? `https://pay.stripe.com/receipts/${id}` : null,
    refunded: false,
    review: null,
    shipping: null,
    source: null,
    source_transfer: null,
    statement_descriptor: null,
    statement_descriptor_suffix: null,
    status: paid ? 'succeeded' : 'failed',
    transfer_data: null,
    transfer_group: null,
  };
}
