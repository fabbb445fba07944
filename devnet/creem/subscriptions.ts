/** Subscriptions at the fake Creem: they begin at a checkout, renew, are past due, are switched, paused and cancelled, and end. */
import { CreemRefusal, type Books } from './books.ts';
import type { Checkout, Product, Subscription, Transaction } from './objects.ts';
import { addTransaction, amountsOf } from './transactions.ts';

const DAY_MS = 24 * 3_600_000;
/** From one try to charge a period to the next. */
const RETRY_MS = 3 * DAY_MS;
/** Tries after which a subscription is expired, and after which it is over. */
const TRIES = { expired: 2, over: 3 } as const;

/** Begins a subscription; its first transaction is made by the caller. */
export function beginSubscription(
  books: Books,
  {
    product,
    customer,
    checkout,
  }: { readonly product: Product; readonly customer: string; readonly checkout: Checkout },
): Subscription {
  const nowMs = books.schedule.nowMs();
  const startMs = nowMs + books.firstPeriodDelayMs;
  const [start, until] = [books.iso(startMs), books.iso(periodEnd(product, startMs))];
  const made = books.add('subscription', {
    id: books.newId('subscription'),
    mode: books.mode,
    object: 'subscription',
    product: product.id,
    customer,
    collection_method: 'charge_automatically',
    status: 'active',
    last_transaction_id: '',
    last_transaction_date: start,
    next_transaction_date: until,
    current_period_start_date: start,
    current_period_end_date: until,
    canceled_at: null,
    created_at: books.iso(nowMs),
    updated_at: books.iso(nowMs),
    metadata: books.bareSubscriptions ? {} : checkout.metadata,
  });
  planRenewal(books, made);
  return made;
}

function periodEnd({ billing_period: period }: Product, startMs: number): number {
  const until = new Date(startMs);
  if (period === 'every-year') until.setUTCFullYear(until.getUTCFullYear() + 1);
  else until.setUTCMonth(until.getUTCMonth() + 1);
  return until.getTime();
}

/** How long it is until a subscription is charged again. */
export function untilRenewedMs({ schedule }: Books, { current_period_end_date: until }: Subscription): number {
  return Date.parse(until) - schedule.nowMs();
}

function planRenewal(books: Books, subscription: Subscription, tries = 0): void {
  books.schedule.after(tries === 0 ? untilRenewedMs(books, subscription) : RETRY_MS, () => {
    const { status } = subscription;
    if (status === 'scheduled_cancel') end(books, subscription);
    else if (status === 'canceled' || status === 'paused') return;
    else if (books.declining.has(subscription.id)) failRenewal(books, subscription, tries + 1);
    else renew(books, subscription);
  });
}

/** The card of a subscription is declined as its next period is charged. It is tried again, and over in the end. */
function failRenewal(books: Books, subscription: Subscription, tries: number): void {
  const { product, customer } = subscription;
  const bought = books.get('product', product);
  const amounts = amountsOf(bought, 1, {});
  addTransaction(books, { amounts, customer, order: null, product: bought, subscription, status: 'declined' });
  if (tries >= TRIES.over) end(books, subscription);
  else if (tries >= TRIES.expired) change(books, subscription, { status: 'expired', event: 'subscription.expired' });
  else change(books, subscription, { status: 'past_due', event: 'subscription.past_due' });
  if (tries < TRIES.over) planRenewal(books, subscription, tries);
}

/** The next period is paid, with tax on top. @returns its transaction */
export function renew(books: Books, subscription: Subscription, tax = 0): Transaction {
  const product = books.get('product', subscription.product);
  beginPeriod(books, subscription, Date.parse(subscription.current_period_end_date));
  const transaction = charge(books, subscription, { product, amounts: amountsOf(product, 1, { tax }) });
  planRenewal(books, subscription);
  return transaction;
}

function beginPeriod(books: Books, subscription: Subscription, startMs: number): void {
  const product = books.get('product', subscription.product);
  subscription.current_period_start_date = books.iso(startMs);
  subscription.current_period_end_date = books.iso(periodEnd(product, startMs));
  subscription.next_transaction_date = subscription.current_period_end_date;
}

function charge(
  books: Books,
  subscription: Subscription,
  { product, amounts }: { readonly product: Product; readonly amounts: ReturnType<typeof amountsOf> },
): Transaction {
  const { customer } = subscription;
  const transaction = addTransaction(books, { amounts, customer, order: null, product, subscription });
  subscription.last_transaction_id = transaction.id;
  subscription.last_transaction_date = books.iso();
  change(books, subscription, { status: 'active', event: 'subscription.paid' });
  return transaction;
}

/** A subscription comes to a state, and its event is sent. */
function change(
  books: Books,
  subscription: Subscription,
  { status, event }: { readonly status: Subscription['status']; readonly event: string },
): void {
  subscription.status = status;
  subscription.updated_at = books.iso();
  books.emit(event, books.show('subscription', subscription.id));
}

/** Cancels at once, or at the end of the period. @throws CreemRefusal when it is canceled already */
export function cancel(books: Books, subscription: Subscription, mode: 'immediate' | 'scheduled'): void {
  refuseUnless(subscription, subscription.status !== 'canceled');
  if (mode === 'immediate') end(books, subscription);
  else change(books, subscription, { status: 'scheduled_cancel', event: 'subscription.scheduled_cancel' });
}

function end(books: Books, subscription: Subscription): void {
  subscription.canceled_at = books.iso();
  change(books, subscription, { status: 'canceled', event: 'subscription.canceled' });
}

/** @throws CreemRefusal when it is not active */
export function pause(books: Books, subscription: Subscription): void {
  refuseUnless(subscription, subscription.status === 'active');
  change(books, subscription, { status: 'paused', event: 'subscription.paused' });
}

/** Lets one go on that is paused, with a new period where the last one is over, or that was to end with its period. */
export function resume(books: Books, subscription: Subscription): void {
  const { status } = subscription;
  refuseUnless(subscription, status === 'paused' || status === 'scheduled_cancel');
  change(books, subscription, { status: 'active', event: 'subscription.update' });
  const nowMs = books.schedule.nowMs();
  if (status !== 'paused' || Date.parse(subscription.current_period_end_date) > nowMs) return;
  const product = books.get('product', subscription.product);
  beginPeriod(books, subscription, nowMs);
  charge(books, subscription, { product, amounts: amountsOf(product, 1, {}) });
  planRenewal(books, subscription);
}

/**
 * Puts a subscription on another product at once. The next period is billed at its price.
 * @param prorates charges the difference for the rest of the period now, where the other product costs more
 */
export function switchProduct(books: Books, subscription: Subscription, to: string, prorates: boolean): void {
  refuseUnless(subscription, subscription.status === 'active');
  const [before, after] = [books.get('product', subscription.product), books.get('product', to)];
  if (after.billing_type !== 'recurring') throw new CreemRefusal(400, 'the product is no subscription');
  subscription.product = after.id;
  const [startMs, endMs] = [subscription.current_period_start_date, subscription.current_period_end_date].map(
    Date.parse,
  );
  const left = untilRenewedMs(books, subscription) / ((endMs ?? 0) - (startMs ?? 0));
  const difference = Math.floor((after.price - before.price) * left);
  change(books, subscription, { status: 'active', event: 'subscription.update' });
  if (!prorates || difference <= 0) return;
  const amounts = { amount: difference, sub_total: difference, tax_amount: 0, discount_amount: 0 };
  charge(books, subscription, { product: after, amounts });
}

function refuseUnless({ status }: Subscription, allowed: boolean): void {
  if (!allowed) throw new CreemRefusal(400, `the subscription is ${status}`);
}
