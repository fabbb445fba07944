/** What happens to subscriptions at the fake Stripe, and what its books say of them. */
import type Stripe from 'stripe';
import { paymentsOf } from '../../../devnet/stripe/billing/invoices.ts';
import * as billing from '../../../devnet/stripe/billing/subscriptions.ts';
import type { Books } from '../../../devnet/stripe/books.ts';
import { openDispute, stepDispute } from '../../../devnet/stripe/disputes.ts';
import { createRefund } from '../../../devnet/stripe/refunds.ts';

const NOBODY = { requestId: null, idempotencyKey: null };

/** A paid period: its price, what was paid for it and what of that went back, in cents. */
export interface PaidPeriod {
  readonly price: string;
  readonly paidMinor: bigint;
  readonly backMinor: bigint;
}

/** Invoices of a subscription that were paid, the newest first. */
function paidInvoices(books: Books, { id }: Stripe.Subscription): Stripe.Invoice[] {
  return books.list('invoice').filter((one) => billing.isOf(one, id) && one.status === 'paid' && one.amount_paid > 0);
}

function chargeOf(books: Books, invoice: Stripe.Invoice): Stripe.Charge | undefined {
  const intents = paymentsOf(books, invoice.id).map(({ payment }) => payment.payment_intent);
  return books.list('charge').find(({ payment_intent: intent, paid }) => paid && intents.some((one) => one === intent));
}

/** The charge that was made last for a subscription. */
function lastCharge(books: Books, subscription: Stripe.Subscription): Stripe.Charge | undefined {
  const [invoice] = paidInvoices(books, subscription);
  return invoice && chargeOf(books, invoice);
}

function backOf(books: Books, { id, amount }: Stripe.Charge): bigint {
  const refunds = books.list('refund').filter(({ charge, status }) => charge === id && status !== 'failed');
  const withdrawn = books
    .list('dispute')
    .filter(({ charge }) => charge === id)
    .flatMap(({ balance_transactions: moved }) => moved)
    .reduce((sum, one) => sum - BigInt(one.amount), 0n);
  const back = refunds.reduce((sum, one) => sum + BigInt(one.amount), withdrawn);
  return back > BigInt(amount) ? BigInt(amount) : back;
}

/** Every period of a subscription that was paid. */
export function periodsOf(books: Books, subscription: Stripe.Subscription): PaidPeriod[] {
  return paidInvoices(books, subscription).map((invoice) => {
    const charge = chargeOf(books, invoice);
    return {
      price: priceOf(invoice),
      paidMinor: BigInt(invoice.amount_paid),
      backMinor: charge === undefined ? 0n : backOf(books, charge),
    };
  });
}

/** The price of the line that an invoice is about. */
function priceOf({ id, lines }: Stripe.Invoice): string {
  const named = lines.data.flatMap(({ pricing }) => pricing?.price_details?.price ?? []);
  const [price] = named;
  if (price === undefined) throw new Error(`${id} has no line with a price`);
  return typeof price === 'string' ? price : price.id;
}

/** Gives back a part of what was paid last: all of it, or a half. */
export function giveBack(books: Books, subscription: Stripe.Subscription, share: 1 | 2): void {
  const charge = lastCharge(books, subscription);
  if (charge === undefined || charge.disputed) return;
  const amount = Math.floor((charge.amount - charge.amount_refunded) / share);
  if (amount > 0) createRefund(books, { charge: charge.id, amount }, NOBODY);
}

/** The payer's bank takes back what was paid last. */
export function dispute(books: Books, subscription: Stripe.Subscription): void {
  const charge = lastCharge(books, subscription);
  const isFresh = charge !== undefined && !charge.disputed && charge.amount_refunded === 0;
  if (isFresh) openDispute(books, charge, 'chargeback');
}

/** A dispute about what was paid last is won. */
export function win(books: Books, subscription: Stripe.Subscription): void {
  const charge = lastCharge(books, subscription);
  const found = books.list('dispute').find((one) => one.charge === charge?.id);
  if (found) stepDispute(books, found, 'win');
}
