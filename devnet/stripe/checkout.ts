/** Checkout sessions: created by a call, paid by a person. */
import type Stripe from 'stripe';
import type { z } from 'zod';
import { BY_ITSELF, type Books, type Cause } from './books.ts';
import { booksOf } from './billing/clocks.ts';
import { beginSubscription, createSubscription } from './billing/subscriptions.ts';
import { findBehaviour } from './cards.ts';
import { createCustomer } from './catalog.ts';
import { createIntent, confirmIntent, type Confirmed } from './intents.ts';
import type { checkoutCreate } from './parameters.ts';
import { StripeRefusal, wrongState } from './refusal.ts';

const EXPIRES_SECONDS_MIN = 30 * 60;
const EXPIRES_SECONDS_MAX = 24 * 3_600;
/** Clocks of caller and provider may differ a little. */
const EXPIRES_SLACK_SECONDS = 60;

type CheckoutParameters = z.output<typeof checkoutCreate>;
type Session = Stripe.Checkout.Session;

/** What a person does on the page. */
export interface Paying {
  /** A test card's or bank account's number, or a ready-made method's name. */
  readonly with: string;
}

/** Creates an open session. @param pageUrl gives the URL of its page */
export function createSession(books: Books, parameters: CheckoutParameters, pageUrl: (id: string) => string): Session {
  checkMode(parameters);
  if (parameters.customer !== undefined) books.get('customer', parameters.customer, 'customer');
  const { currency, subtotal } = priceOf(books, parameters);
  const discount = Math.floor((subtotal * books.settings.discountPercent) / 100);
  const tax = Math.round(((subtotal - discount) * books.settings.taxPercent) / 100);
  const id = books.newId(books.livemode ? 'cs_live' : 'cs_test');
  const session = books.add(
    sessionObject(books, parameters, {
      id,
      url: pageUrl(id),
      currency,
      subtotal,
      discount,
      tax,
      expiresAt: expiryOf(books, parameters.expires_at),
    }),
  );
  INTENT_DATA.set(session, parameters.payment_intent_data ?? {});
  if (parameters.mode === 'subscription') SUBSCRIPTION_OF.set(session, parameters);
  books.schedule.after(session.expires_at * 1_000 - books.schedule.nowMs(), () => {
    if (session.status === 'open') expireSession(books, session, BY_ITSELF);
  });
  return session;
}

/** @throws StripeRefusal 400 for a mode that is not simulated, and for parameters of another mode */
function checkMode({ mode, payment_intent_data, subscription_data, customer_creation }: CheckoutParameters): void {
  if (mode === 'setup') throw new StripeRefusal(400, 'The mode setup is not simulated', { param: 'mode' });
  const isSubscription = mode === 'subscription';
  const misplaced = isSubscription ? { payment_intent_data, customer_creation } : { subscription_data };
  const [param] = Object.entries(misplaced).flatMap(([name, value]) => (value === undefined ? [] : [name]));
  if (param !== undefined) {
    throw new StripeRefusal(400, `You can not pass \`${param}\` in \`${mode}\` mode.`, { param });
  }
}

/** What the session's intent gets when somebody pays; not part of the session itself. */
const INTENT_DATA = new WeakMap<Session, NonNullable<CheckoutParameters['payment_intent_data']>>();

function expiryOf(books: Books, given: number | undefined): number {
  const at = given ?? books.now() + EXPIRES_SECONDS_MAX;
  const seconds = at - books.now();
  if (seconds < EXPIRES_SECONDS_MIN - EXPIRES_SLACK_SECONDS || seconds > EXPIRES_SECONDS_MAX + EXPIRES_SLACK_SECONDS) {
    throw new StripeRefusal(
      400,
      'The `expires_at` timestamp must be between 30 minutes and 24 hours from Checkout Session creation.',
      {
        param: 'expires_at',
      },
    );
  }
  return at;
}

function priceOf(books: Books, { line_items, mode }: CheckoutParameters): { currency: string; subtotal: number } {
  const lines = line_items.map(({ price, price_data, quantity }) => {
    if (price_data) return { currency: price_data.currency, amount: price_data.unit_amount * quantity };
    const stored = books.get('price', price ?? '', 'line_items[0][price]');
    if (!stored.active)
      throw new StripeRefusal(400, `The price specified is inactive.`, { param: 'line_items[0][price]' });
    if ((stored.recurring !== null) !== (mode === 'subscription')) {
      const wanted = mode === 'subscription' ? 'at least one recurring price' : 'one-time prices only';
      throw new StripeRefusal(400, `The mode ${mode} needs ${wanted}.`, { param: 'line_items[0][price]' });
    }
    return { currency: stored.currency, amount: (stored.unit_amount ?? 0) * quantity };
  });
  const [first] = lines;
  if (first === undefined || lines.some(({ currency }) => currency !== first.currency)) {
    throw new StripeRefusal(400, 'All prices must have the same currency.', { param: 'line_items' });
  }
  return { currency: first.currency, subtotal: lines.reduce((sum, { amount }) => sum + amount, 0) };
}

function sessionObject(
  books: Books,
  given: CheckoutParameters,
  made: {
    readonly id: string;
    readonly url: string;
    readonly currency: string;
    readonly subtotal: number;
    readonly discount: number;
    readonly tax: number;
    readonly expiresAt: number;
  },
): Session {
  const total = made.subtotal - made.discount + made.tax;
  const shown = books.settings.presentment;
  return {
    id: made.id,
    object: 'checkout.session',
    ...FIXED,
    adaptive_pricing: { enabled: shown !== undefined },
    allow_promotion_codes: given.allow_promotion_codes ?? null,
    allowed_payment_method_types: given.allowed_payment_method_types ?? null,
    amount_subtotal: made.subtotal,
    amount_total: total,
    automatic_tax: { enabled: made.tax > 0, liability: null, provider: null, status: made.tax > 0 ? 'complete' : null },
    cancel_url: given.cancel_url ?? null,
    client_reference_id: given.client_reference_id ?? null,
    created: books.now(),
    currency: made.currency,
    customer: given.customer ?? null,
    customer_creation: given.customer === undefined ? (given.customer_creation ?? 'if_required') : null,
    customer_email: given.customer_email ?? null,
    discounts: [],
    excluded_payment_method_types: given.excluded_payment_method_types ?? [],
    expires_at: made.expiresAt,
    livemode: books.livemode,
    metadata: given.metadata ?? {},
    mode: given.mode,
    payment_intent: null,
    payment_method_types: ['card'],
    payment_status: 'unpaid',
    ...(shown && {
      presentment_details: { presentment_amount: Math.round(total * shown.rate), presentment_currency: shown.currency },
    }),
    status: 'open',
    success_url: given.success_url,
    total_details: { amount_discount: made.discount, amount_shipping: 0, amount_tax: made.tax },
    ui_mode: given.ui_mode,
    url: made.url,
  };
}

/** Members of a session that never differ here. */
const FIXED = {
  after_expiration: null,
  billing_address_collection: null,
  client_secret: null,
  collected_information: null,
  consent: null,
  consent_collection: null,
  currency_conversion: null,
  custom_fields: [],
  custom_text: { after_submit: null, shipping_address: null, submit: null, terms_of_service_acceptance: null },
  customer_account: null,
  customer_details: null,
  integration_identifier: null,
  invoice: null,
  invoice_creation: null,
  locale: null,
  managed_payments: null,
  origin_context: null,
  payment_link: null,
  payment_method_collection: 'if_required',
  payment_method_configuration_details: null,
  payment_method_options: {},
  permissions: null,
  phone_number_collection: { enabled: false },
  recovered_from: null,
  saved_payment_method_options: null,
  setup_intent: null,
  shipping_address_collection: null,
  shipping_cost: null,
  shipping_options: [],
  submit_type: null,
  subscription: null,
  wallet_options: null,
} as const satisfies Partial<Session> & { custom_fields: readonly []; shipping_options: readonly [] };

/** Closes an open session. @throws StripeRefusal 400 when it is not open */
export function expireSession(books: Books, session: Session, cause: Cause): Session {
  if (session.status !== 'open') {
    const message = `Only Checkout Sessions with a status in ["open"] can be expired. This Checkout Session has a status of ${session.status}.`;
    throw wrongState(message);
  }
  session.status = 'expired';
  session.url = null;
  books.emit('checkout.session.expired', session, cause);
  return session;
}

/**
 * A person pays an open session with a test method. Declined cards leave it open; a card that asks the payer waits for
 * {@link confirmOnPage}. @returns what became of the attempt
 */
export function payOnPage(books: Books, session: Session, { with: method }: Paying): Confirmed['outcome'] | 'free' {
  if (session.status !== 'open') throw wrongState('This Checkout Session is no longer open.');
  const subscribing = SUBSCRIPTION_OF.get(session);
  if (subscribing) {
    const clocked = booksOf(books, session.customer);
    return subscribeOnPage(clocked, session, subscribing, { method, authenticated: false });
  }
  const total = session.amount_total ?? 0;
  if (total === 0) {
    session.payment_status = 'no_payment_required';
    complete(books, session);
    return 'free';
  }
  const intent = openIntent(books, session, total);
  const confirmed = confirmIntent(books, intent, { method, offSession: false, onlyNow: false }, BY_ITSELF);
  return follow(books, session, confirmed);
}

/** The payer confirms what the bank asked for. */
export function confirmOnPage(books: Books, session: Session): Confirmed['outcome'] | 'free' {
  const subscribing = SUBSCRIPTION_OF.get(session);
  if (subscribing) {
    const method = WAITS_FOR_PAYER.get(session);
    if (method === undefined) throw wrongState('Nothing waits for a confirmation.');
    return subscribeOnPage(booksOf(books, session.customer), session, subscribing, { method, authenticated: true });
  }
  const intent = books.get('payment_intent', idOf(session.payment_intent));
  if (intent.status !== 'requires_action') throw wrongState('Nothing waits for a confirmation.');
  const confirmed = confirmIntent(
    books,
    intent,
    { method: undefined, offSession: false, onlyNow: false, authenticated: true },
    BY_ITSELF,
  );
  return follow(books, session, confirmed);
}

/** What a session in the mode subscription was made with. */
const SUBSCRIPTION_OF = new WeakMap<Session, CheckoutParameters>();
/** The method whose bank asks the payer of such a session. */
const WAITS_FOR_PAYER = new WeakMap<Session, string>();

/**
 * A person begins a subscription. A method that is declined, or whose bank asks first, begins none: the session stays open, and
 * only an attempt is left behind.
 */
function subscribeOnPage(
  books: Books,
  session: Session,
  { line_items, subscription_data: data }: CheckoutParameters,
  { method, authenticated }: { readonly method: string; readonly authenticated: boolean },
): Confirmed['outcome'] | 'free' {
  const [line] = line_items;
  const price = books.get('price', line?.price ?? '', 'line_items[0][price]');
  session.customer ??= createCustomer(books, { email: 'payer@example.com' }, BY_ITSELF).id;
  const behaviour = findBehaviour(method);
  if (behaviour?.decline !== undefined || (behaviour?.authenticate === 'always' && !authenticated)) {
    const about = { amount: session.amount_total ?? 0, currency: price.currency, customer: idOf(session.customer) };
    const { outcome } = confirmIntent(
      books,
      createIntent(books, about, BY_ITSELF),
      { method, offSession: false, onlyNow: false },
      BY_ITSELF,
    );
    if (outcome === 'needs_action') WAITS_FOR_PAYER.set(session, method);
    return outcome;
  }
  const subscription = createSubscription(books, {
    customer: idOf(session.customer),
    price,
    quantity: line?.quantity ?? 1,
    metadata: data?.metadata ?? {},
    trialDays: data?.trial_period_days ?? 0,
    discountPercent: books.settings.discountPercent,
  });
  const { invoice, attempted } = beginSubscription(books, subscription, authenticated ? 'pm_card_visa' : method);
  session.subscription = subscription.id;
  session.invoice = invoice.id;
  const isFree = invoice.amount_due === 0;
  session.payment_status = isFree ? 'no_payment_required' : attempted === 'paid' ? 'paid' : 'unpaid';
  complete(books, session);
  if (isFree) return 'free';
  return attempted === 'processing' ? 'processing' : 'succeeded';
}

function openIntent(books: Books, session: Session, total: number): Stripe.PaymentIntent {
  const earlier = session.payment_intent === null ? undefined : books.find(idOf(session.payment_intent));
  if (earlier?.object === 'payment_intent') return earlier;
  const { metadata, description, setup_future_usage } = INTENT_DATA.get(session) ?? {};
  if (session.customer === null && session.customer_creation === 'always') session.customer = books.newId('cus');
  const intent = createIntent(
    books,
    {
      amount: total,
      currency: session.currency ?? 'usd',
      ...(metadata && { metadata }),
      ...(description !== undefined && { description }),
      ...(setup_future_usage && { setup_future_usage }),
      ...(session.customer !== null && { customer: idOf(session.customer) }),
    },
    BY_ITSELF,
  );
  if (session.presentment_details) intent.presentment_details = session.presentment_details;
  OF_SESSION.set(intent, session);
  session.payment_intent = intent.id;
  return intent;
}

const OF_SESSION = new WeakMap<Stripe.PaymentIntent, Session>();

/** Whether an intent belongs to a session: then only the session can end it. */
export function belongsToSession(intent: Stripe.PaymentIntent): boolean {
  return OF_SESSION.has(intent);
}

function follow(books: Books, session: Session, { outcome, arrives }: Confirmed): Confirmed['outcome'] {
  if (outcome === 'succeeded') {
    session.payment_status = 'paid';
    complete(books, session);
  }
  if (outcome === 'processing') {
    complete(books, session);
    arrives?.((paid) => {
      if (paid) session.payment_status = 'paid';
      books.emit(`checkout.session.async_payment_${paid ? 'succeeded' : 'failed'}`, session, BY_ITSELF);
    });
  }
  return outcome;
}

function complete(books: Books, session: Session): void {
  session.status = 'complete';
  session.url = null;
  session.customer_details = {
    address: null,
    business_name: null,
    email: 'payer@example.com',
    individual_name: null,
    name: 'Test Payer',
    phone: null,
    tax_exempt: 'none',
    tax_ids: [],
  };
  books.emit('checkout.session.completed', session, BY_ITSELF);
}

/** The id of an object that may be expanded. */
export function idOf(value: string | { readonly id: string } | null | undefined): string {
  return typeof value === 'string' ? value : (value?.id ?? '');
}
