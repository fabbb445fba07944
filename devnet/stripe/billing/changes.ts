/** Changes of running subscriptions: pauses, other prices, and switches in the portal of an account that allows them. */
import type Stripe from 'stripe';
import { BY_ITSELF, type Books, type Cause } from '../books.ts';
import { StripeRefusal, wrongState } from '../refusal.ts';
import { nextEnd } from './calendar.ts';
import { finalizeInvoice, payInvoice, voidInvoice } from './invoices.ts';
import {
  bill,
  hiddenOf,
  intervalOf,
  itemOf,
  lineOf,
  methodOf,
  planTurn,
  priceOf,
  setPrice,
  setStatus,
} from './subscriptions.ts';

type Subscription = Stripe.Subscription;

/** Pauses a subscription: no period begins and nothing is billed until it is resumed. */
export function pauseSubscription(books: Books, subscription: Subscription): void {
  if (subscription.status !== 'active')
    throw wrongState(`A subscription that is ${subscription.status} cannot be paused.`);
  hiddenOf(subscription).cancelTurn();
  subscription.status = 'paused';
  books.emit('customer.subscription.paused', subscription, BY_ITSELF);
}

/** Resumes a paused subscription: a new period begins, and its invoice has to be paid first. */
export function resumeSubscription(books: Books, subscription: Subscription, cause: Cause): void {
  if (subscription.status !== 'paused') throw wrongState('Only a paused subscription can be resumed.');
  beginPeriod(books, subscription);
  const invoice = bill(books, subscription, 'subscription_update');
  finalizeInvoice(books, invoice);
  if (payInvoice(books, invoice, { method: methodOf(subscription), offSession: true, cause }) !== 'paid') {
    voidInvoice(books, invoice);
    return;
  }
  subscription.status = 'active';
  books.emit('customer.subscription.resumed', subscription, cause);
  planTurn(books, subscription);
}

function beginPeriod(books: Books, subscription: Subscription): void {
  const item = itemOf(subscription);
  subscription.billing_cycle_anchor = books.now();
  item.current_period_start = books.now();
  item.current_period_end = nextEnd(books.now(), intervalOf(priceOf(books, subscription)), books.now());
}

/** A change of the price by a call. */
export interface PriceChange {
  readonly price: string;
  readonly anchorNow: boolean;
  /** A charge that fails leaves everything as it was. */
  readonly failsWhole: boolean;
}

/**
 * Changes the price without prorations: from now on at its full price, or from the next period on. Where periods become longer or
 * shorter a new one begins at once, whatever is asked for, as at Stripe. @throws StripeRefusal
 */
export function changePrice(books: Books, subscription: Subscription, change: PriceChange, cause: Cause): void {
  const item = itemOf(subscription);
  const before = {
    price: item.price.id,
    anchor: subscription.billing_cycle_anchor,
    start: item.current_period_start,
    end: item.current_period_end,
  };
  const length = lengthOf(books, subscription);
  setPrice(books, subscription, change.price);
  if (change.anchorNow || lengthOf(books, subscription) !== length) {
    beginPeriod(books, subscription);
    const invoice = bill(books, subscription, 'subscription_update');
    finalizeInvoice(books, invoice);
    const attempted = payInvoice(books, invoice, { method: methodOf(subscription), offSession: true, cause });
    if (attempted === 'failed' && change.failsWhole) {
      voidInvoice(books, invoice);
      setPrice(books, subscription, before.price);
      subscription.billing_cycle_anchor = before.anchor;
      item.current_period_start = before.start;
      item.current_period_end = before.end;
      throw new StripeRefusal(402, 'Your card was declined.', { code: 'card_declined' }, 'card_error');
    }
    if (attempted === 'failed') setStatus(books, subscription, 'past_due');
    planTurn(books, subscription);
  }
  books.emit('customer.subscription.updated', subscription, cause);
}

/** How long a period is, such as `1 month`. */
function lengthOf(books: Books, subscription: Subscription): string {
  const { interval, interval_count: count } = intervalOf(priceOf(books, subscription));
  return `${count} ${interval}`;
}

/** The payer switches the plan in the portal of an account that allows it: prorated, and billed at once. */
export function switchInPortal(books: Books, subscription: Subscription, price: string): Stripe.Invoice {
  const item = itemOf(subscription);
  const old = lineOf(books, subscription);
  const whole = item.current_period_end - item.current_period_start;
  const left = item.current_period_end - books.now();
  const share = (amount: number): number => Math.round((amount * left) / whole);
  const period = { start: books.now(), end: item.current_period_end };
  setPrice(books, subscription, price);
  const fresh = lineOf(books, subscription);
  const invoice = bill(books, subscription, 'subscription_update', [
    { ...old, amount: -share(old.amount), proration: true, period },
    { ...fresh, amount: share(fresh.amount), proration: true, period },
  ]);
  finalizeInvoice(books, invoice);
  if (invoice.status === 'open') payInvoice(books, invoice, { method: methodOf(subscription), offSession: true });
  books.emit('customer.subscription.updated', subscription, BY_ITSELF);
  return invoice;
}
