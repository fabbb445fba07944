/** Subscriptions: begun on a checkout's page, renewed by time, changed by calls and by what people press. */
import type Stripe from 'stripe';
import { BY_ITSELF, type Books, type Cause, type WirePrice } from '../books.ts';
import { findBehaviour } from '../cards.ts';
import { saveMethod } from '../intents.ts';
import { StripeRefusal, wrongState } from '../refusal.ts';
import { nextEnd, type Interval } from './calendar.ts';
import { clockIdOf } from './clocks.ts';
import { createInvoice, finalizeInvoice, payInvoice, voidInvoice, type Attempted, type NewLine } from './invoices.ts';

type Subscription = Stripe.Subscription;

const DAY_SECONDS = 86_400;
/** A renewal's invoice stays a draft for an hour. */
const DRAFT_MS = 3_600_000;
/** Days after a failed attempt at which the next is made. */
const RETRY_DAYS = [3, 5, 7];

/** What of a subscription is not part of its object. */
interface Hidden {
  discountPercent: number;
  /** Cancels the planned end of its period. */
  cancelTurn: () => void;
  /** Invoices whose next attempt is planned. */
  readonly retries: Set<string>;
}

const HIDDEN = new WeakMap<Subscription, Hidden>();

/** What of a subscription is not part of its object. */
export function hiddenOf(subscription: Subscription): Hidden {
  const known = HIDDEN.get(subscription);
  if (known) return known;
  const made: Hidden = { discountPercent: 0, cancelTurn: () => undefined, retries: new Set() };
  HIDDEN.set(subscription, made);
  return made;
}

/** A subscription to begin. */
export interface NewSubscription {
  readonly customer: string;
  readonly price: WirePrice;
  readonly quantity: number;
  readonly metadata: Stripe.Metadata;
  readonly trialDays: number;
  readonly discountPercent: number;
}

/** Begins a subscription that nothing is paid for yet. */
export function createSubscription(books: Books, made: NewSubscription): Subscription {
  const { customer, price, trialDays } = made;
  const id = books.newId('sub');
  const start = books.now();
  const trialEnd = trialDays > 0 ? start + trialDays * DAY_SECONDS : null;
  const end = trialEnd ?? nextEnd(start, intervalOf(price), start);
  const item: Stripe.SubscriptionItem = {
    id: books.newId('si'),
    object: 'subscription_item',
    billing_thresholds: null,
    created: start,
    current_period_end: end,
    current_period_start: start,
    current_trial: null,
    discounts: [],
    metadata: {},
    plan: planOf(price),
    price: price as unknown as Stripe.Price,
    quantity: made.quantity,
    subscription: id,
    tax_rates: [],
  };
  const subscription = books.add<Subscription>({
    id,
    object: 'subscription',
    ...FIXED,
    billing_cycle_anchor: trialEnd ?? start,
    created: start,
    currency: price.currency,
    customer,
    items: { object: 'list', data: [item], has_more: false, url: `/v1/subscription_items?subscription=${id}` },
    livemode: books.livemode,
    metadata: made.metadata,
    start_date: start,
    status: 'incomplete',
    test_clock: clockIdOf(books, customer),
    trial_end: trialEnd,
    trial_start: trialEnd === null ? null : start,
  });
  hiddenOf(subscription).discountPercent = made.discountPercent;
  return subscription;
}

/** Members of a subscription that differ later or never. */
const FIXED = {
  application: null,
  application_fee_percent: null,
  automatic_tax: { disabled_reason: null, enabled: false, liability: null },
  billing_cycle_anchor_config: null,
  billing_mode: { flexible: null, type: 'flexible' },
  billing_schedules: [],
  billing_thresholds: null,
  cancel_at: null,
  cancel_at_period_end: false,
  canceled_at: null,
  cancellation_details: { comment: null, feedback: null, feedback_option: null, reason: null },
  collection_method: 'charge_automatically',
  customer_account: null,
  days_until_due: null,
  default_payment_method: null,
  default_source: null,
  default_tax_rates: [],
  description: null,
  discounts: [],
  ended_at: null,
  invoice_settings: {
    account_tax_ids: null,
    custom_fields: null,
    description: null,
    footer: null,
    issuer: { type: 'self' },
  },
  latest_invoice: null,
  managed_payments: null,
  next_pending_invoice_item_invoice: null,
  on_behalf_of: null,
  pause_collection: null,
  payment_settings: {
    payment_method_options: null,
    payment_method_types: null,
    save_default_payment_method: 'on_subscription',
  },
  pending_invoice_item_interval: null,
  pending_setup_intent: null,
  pending_update: null,
  schedule: null,
  transfer_data: null,
  trial_settings: null,
} satisfies Partial<Subscription>;

function planOf(price: WirePrice): Stripe.Plan {
  return { ...price, object: 'plan', amount: price.unit_amount } as unknown as Stripe.Plan;
}

/** The one item of a subscription. */
export function itemOf({ items }: Subscription): Stripe.SubscriptionItem {
  const [item] = items.data;
  if (item === undefined) throw new Error('a subscription without an item');
  return item;
}

/** The price that a subscription has now. */
export function priceOf(books: Books, subscription: Subscription): WirePrice {
  return books.get('price', itemOf(subscription).price.id);
}

/** @throws StripeRefusal 400 for a price that is charged once */
export function intervalOf({ id, recurring }: WirePrice): Interval {
  if (recurring !== null) return recurring;
  throw new StripeRefusal(400, `The price specified (${id}) is not recurring.`, { param: 'items[0][price]' });
}

/** The line that bills the present period. */
export function lineOf(books: Books, subscription: Subscription, more: Partial<NewLine> = {}): NewLine {
  const item = itemOf(subscription);
  const price = priceOf(books, subscription);
  const quantity = item.quantity ?? 1;
  return {
    price: price.id,
    product: typeof price.product === 'string' ? price.product : price.product.id,
    amount: subscription.status === 'trialing' ? 0 : (price.unit_amount ?? 0) * quantity,
    quantity,
    proration: false,
    period: { start: item.current_period_start, end: item.current_period_end },
    item: item.id,
    ...more,
  };
}

/** Draws the invoice of a period up. */
export function bill(
  books: Books,
  subscription: Subscription,
  reason: 'subscription_create' | 'subscription_cycle' | 'subscription_update',
  lines: readonly NewLine[] = [lineOf(books, subscription)],
): Stripe.Invoice {
  const { discountPercent } = hiddenOf(subscription);
  const invoice = createInvoice(books, { subscription, reason, lines, discountPercent });
  subscription.latest_invoice = invoice.id;
  return invoice;
}

/**
 * Bills the first period and tries to pay it with the payer present.
 * @returns the first invoice and what became of the attempt
 */
export function beginSubscription(
  books: Books,
  subscription: Subscription,
  method: string,
): { readonly invoice: Stripe.Invoice; readonly attempted: Attempted } {
  books.emit('customer.subscription.created', subscription, BY_ITSELF);
  if (subscription.trial_end !== null) subscription.status = 'trialing';
  const invoice = bill(books, subscription, 'subscription_create');
  finalizeInvoice(books, invoice);
  const attempted = payInvoice(books, invoice, {
    method,
    offSession: false,
    later: (paid) => setStatus(books, subscription, paid ? 'active' : 'past_due'),
  });
  const intent = invoice.amount_due === 0 ? undefined : books.list('payment_intent').at(0);
  const saved = typeof intent?.payment_method === 'string' ? intent.payment_method : method;
  subscription.default_payment_method = saved;
  // Delayed money is expected to come: the subscription runs meanwhile.
  if (subscription.status === 'incomplete' && attempted !== 'failed') subscription.status = 'active';
  books.emit('customer.subscription.updated', subscription, BY_ITSELF);
  planTurn(books, subscription);
  return { invoice, attempted };
}

/** Sets the status, with its event; one that has ended stays so. */
export function setStatus(books: Books, subscription: Subscription, status: Stripe.Subscription.Status): void {
  if (subscription.status === status || subscription.status === 'canceled') return;
  subscription.status = status;
  books.emit('customer.subscription.updated', subscription, BY_ITSELF);
}

/** Plans what happens at the end of the present period. */
export function planTurn(books: Books, subscription: Subscription): void {
  const hidden = hiddenOf(subscription);
  hidden.cancelTurn();
  const inMs = itemOf(subscription).current_period_end * 1_000 - books.schedule.nowMs();
  hidden.cancelTurn = books.schedule.after(Math.max(0, inMs), () => turn(books, subscription));
}

/** Called when a period ends, with the price of the phase that begins, if a schedule has one. */
export const PHASE_AT = new WeakMap<Subscription, (at: number) => string | undefined>();

/** The end of a period: the subscription ends, or the next period begins with an invoice. */
function turn(books: Books, subscription: Subscription): void {
  if (subscription.status === 'canceled' || subscription.status === 'paused') return;
  if (subscription.cancel_at_period_end) {
    endSubscription(books, subscription, BY_ITSELF);
    return;
  }
  const item = itemOf(subscription);
  const next = PHASE_AT.get(subscription)?.(item.current_period_end);
  if (next !== undefined) setPrice(books, subscription, next, item.current_period_end);
  if (subscription.status === 'trialing') subscription.status = 'active';
  item.current_period_start = item.current_period_end;
  item.current_period_end = nextEnd(
    subscription.billing_cycle_anchor,
    intervalOf(priceOf(books, subscription)),
    item.current_period_start,
  );
  const invoice = bill(books, subscription, 'subscription_cycle');
  books.emit('customer.subscription.updated', subscription, BY_ITSELF);
  planTurn(books, subscription);
  books.schedule.after(DRAFT_MS, () => {
    if (invoice.status !== 'draft') return;
    finalizeInvoice(books, invoice);
    tryAgain(books, subscription, invoice, 0);
  });
}

/** Gives the item another price; periods are counted from `anchor`, if one is given. */
export function setPrice(books: Books, subscription: Subscription, id: string, anchor?: number): void {
  const item = itemOf(subscription);
  const price = books.get('price', id, 'items[0][price]');
  const isOther =
    price.recurring?.interval !== item.price.recurring?.interval ||
    price.recurring?.interval_count !== item.price.recurring?.interval_count;
  item.price = price as unknown as Stripe.Price;
  item.plan = planOf(price);
  if (anchor !== undefined && isOther) subscription.billing_cycle_anchor = anchor;
}

/** The method that renewals are charged to. */
export function methodOf(subscription: Subscription): string {
  const method = subscription.default_payment_method;
  return typeof method === 'string' ? method : (method?.id ?? '');
}

function tryAgain(books: Books, subscription: Subscription, invoice: Stripe.Invoice, attempt: number): void {
  hiddenOf(subscription).retries.delete(invoice.id);
  if (invoice.status !== 'open' || subscription.status === 'canceled') return;
  const days = RETRY_DAYS[attempt];
  invoice.next_payment_attempt = days === undefined ? null : books.now() + days * DAY_SECONDS;
  const attempted = payInvoice(books, invoice, {
    method: methodOf(subscription),
    offSession: true,
    later: (paid) => setStatus(books, subscription, paid ? 'active' : 'past_due'),
  });
  if (attempted === 'paid') setStatus(books, subscription, 'active');
  if (attempted !== 'failed') return;
  if (days === undefined) {
    giveUp(books, subscription);
    return;
  }
  setStatus(books, subscription, 'past_due');
  hiddenOf(subscription).retries.add(invoice.id);
  books.schedule.after(days * DAY_SECONDS * 1_000, () => tryAgain(books, subscription, invoice, attempt + 1));
}

/** What the account is set up to do when the last attempt failed. */
function giveUp(books: Books, subscription: Subscription): void {
  if (books.settings.afterDunning === 'unpaid') setStatus(books, subscription, 'unpaid');
  else endSubscription(books, subscription, BY_ITSELF);
}

/** The payer gives another method, with which all open invoices are tried at once. */
export function payOpenInvoices(books: Books, subscription: Subscription, method: string): Attempted[] {
  const open = books.list('invoice').filter((one) => one.status === 'open' && isOf(one, subscription.id));
  const attempts = open.toReversed().map((invoice) => payInvoice(books, invoice, { method, offSession: false }));
  subscription.default_payment_method = lastMethodOf(books) ?? method;
  if (attempts.length > 0 && attempts.every((one) => one === 'paid')) setStatus(books, subscription, 'active');
  return attempts;
}

/** The payer's method from now on, for renewals without the payer. */
export function useMethod(books: Books, subscription: Subscription, name: string): void {
  const behaviour = findBehaviour(name);
  if (behaviour === undefined) throw new Error(`there is no test method ${name}`);
  const customer = typeof subscription.customer === 'string' ? subscription.customer : subscription.customer.id;
  subscription.default_payment_method = saveMethod(books, customer, behaviour).id;
}

/** How long it takes until the invoice of the next period has been charged. */
export function untilRenewedMs(books: Books, subscription: Subscription): number {
  return itemOf(subscription).current_period_end * 1_000 - books.schedule.nowMs() + DRAFT_MS + 1_000;
}

function lastMethodOf(books: Books): string | undefined {
  return books.list('payment_method').at(0)?.id;
}

/** Whether an invoice is of this subscription. */
export function isOf({ parent }: Stripe.Invoice, subscription: string): boolean {
  return parent?.subscription_details?.subscription === subscription;
}

/** Ends a subscription now. */
export function endSubscription(books: Books, subscription: Subscription, cause: Cause): void {
  if (subscription.status === 'canceled') return;
  hiddenOf(subscription).cancelTurn();
  subscription.status = 'canceled';
  subscription.canceled_at ??= books.now();
  subscription.ended_at = books.now();
  for (const invoice of books.list('invoice')) {
    if (invoice.status === 'draft' && isOf(invoice, subscription.id)) voidInvoice(books, invoice);
  }
  books.emit('customer.subscription.deleted', subscription, cause);
}

/** Cancels at the end of the period, or takes that back. */
export function setCancelAtPeriodEnd(books: Books, subscription: Subscription, wanted: boolean, cause: Cause): void {
  if (subscription.status === 'canceled') throw wrongState('A canceled subscription can only update its metadata.');
  subscription.cancel_at_period_end = wanted;
  subscription.cancel_at = wanted ? itemOf(subscription).current_period_end : null;
  subscription.canceled_at = wanted ? books.now() : null;
  books.emit('customer.subscription.updated', subscription, cause);
}

/** Takes a share off every invoice from now on, as a coupon that the account holder gives. */
export function giveDiscount(subscription: Subscription, percent: number): void {
  hiddenOf(subscription).discountPercent = percent;
}
