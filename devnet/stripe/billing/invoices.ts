/** Invoices of subscriptions: drawn up, finalized, charged; paid, failed or voided. */
import type Stripe from 'stripe';
import { BY_ITSELF, type Books, type Cause } from '../books.ts';
import { confirmIntent, createIntent } from '../intents.ts';
import { wrongState } from '../refusal.ts';

type Invoice = Stripe.Invoice;
type Line = Stripe.InvoiceLineItem;

/** A line to be drawn up. */
export interface NewLine {
  readonly price: string;
  readonly product: string;
  readonly amount: number;
  readonly quantity: number;
  readonly proration: boolean;
  readonly period: { readonly start: number; readonly end: number };
  readonly item: string;
}

export interface NewInvoice {
  readonly subscription: Stripe.Subscription;
  readonly reason: 'subscription_create' | 'subscription_cycle' | 'subscription_update';
  readonly lines: readonly NewLine[];
  /** Taken off every line, in percent. */
  readonly discountPercent: number;
}

/** What became of an attempt to pay an invoice. */
export type Attempted = 'paid' | 'failed' | 'processing';

/** Draws up a draft. */
export function createInvoice(books: Books, made: NewInvoice): Invoice {
  const { subscription, reason } = made;
  const id = books.newId('in');
  const lines = made.lines.map((line) => lineObject(books, made, { id, line }));
  const subtotal = lines.reduce((sum, { amount }) => sum + amount, 0);
  const discount = lines.reduce((sum, line) => sum + discountOf(line), 0);
  const tax = Math.round(((subtotal - discount) * books.settings.taxPercent) / 100);
  const total = subtotal - discount + tax;
  const invoice = books.add<Invoice>({
    id,
    object: 'invoice',
    ...FIXED,
    amount_due: Math.max(0, total),
    amount_remaining: Math.max(0, total),
    billing_reason: reason,
    created: books.now(),
    currency: subscription.currency,
    customer: subscription.customer,
    customer_email: 'payer@example.com',
    customer_name: 'Test Payer',
    default_payment_method: null,
    lines: { object: 'list', data: lines, has_more: false, url: `/v1/invoices/${id}/lines` },
    livemode: books.livemode,
    test_clock: subscription.test_clock,
    parent: {
      type: 'subscription_details',
      quote_details: null,
      subscription_details: { metadata: { ...subscription.metadata }, subscription: subscription.id },
    },
    period_end: books.now(),
    period_start: books.now(),
    status_transitions: { finalized_at: null, marked_uncollectible_at: null, paid_at: null, voided_at: null },
    subtotal,
    subtotal_excluding_tax: subtotal,
    total,
    total_discount_amounts: discount === 0 ? [] : [{ amount: discount, discount: 'di_fake' }],
    total_excluding_tax: total - tax,
    total_taxes: tax === 0 ? [] : [taxOf(tax, subtotal - discount)],
  });
  books.emit('invoice.created', invoice, BY_ITSELF);
  return invoice;
}

function taxOf(amount: number, taxable: number): Stripe.Invoice.TotalTax {
  return {
    amount,
    tax_behavior: 'exclusive',
    tax_rate_details: null,
    taxability_reason: 'standard_rated',
    taxable_amount: taxable,
    type: 'tax_rate_details',
  };
}

function discountOf({ discount_amounts: given }: Line): number {
  return (given ?? []).reduce((sum, { amount }) => sum + amount, 0);
}

function lineObject(
  books: Books,
  { subscription, discountPercent }: NewInvoice,
  { id, line }: { readonly id: string; readonly line: NewLine },
): Line {
  const discount = line.amount <= 0 ? 0 : Math.floor((line.amount * discountPercent) / 100);
  return {
    id: books.newId('il'),
    object: 'line_item',
    amount: line.amount,
    currency: subscription.currency,
    description: null,
    discount_amounts: discount === 0 ? [] : [{ amount: discount, discount: 'di_fake' }],
    discountable: true,
    discounts: [],
    invoice: id,
    livemode: books.livemode,
    metadata: { ...subscription.metadata },
    parent: {
      type: 'subscription_item_details',
      invoice_item_details: null,
      subscription_item_details: {
        invoice_item: null,
        proration: line.proration,
        proration_details: null,
        subscription: subscription.id,
        subscription_item: line.item,
      },
    },
    period: { ...line.period },
    pretax_credit_amounts: [],
    pricing: {
      type: 'price_details',
      price_details: { price: line.price, product: line.product },
      unit_amount_decimal: null,
    },
    quantity: line.quantity,
    quantity_decimal: null,
    subscription: null,
    subtotal: line.amount,
    taxes: [],
  };
}

/** Members of an invoice that differ later or never. */
const FIXED = {
  account_country: 'US',
  account_name: 'Test shop',
  account_tax_ids: null,
  amount_overpaid: 0,
  amount_paid: 0,
  amount_paid_off_stripe: 0,
  amount_shipping: 0,
  application: null,
  attempt_count: 0,
  attempted: false,
  auto_advance: true,
  automatic_tax: { disabled_reason: null, enabled: false, liability: null, provider: null, status: null },
  automatically_finalizes_at: null,
  collection_method: 'charge_automatically',
  custom_fields: null,
  customer_account: null,
  customer_address: null,
  customer_phone: null,
  customer_shipping: null,
  customer_tax_exempt: 'none',
  customer_tax_ids: [],
  default_source: null,
  default_tax_rates: [],
  description: null,
  discounts: [],
  due_date: null,
  effective_at: null,
  ending_balance: null,
  footer: null,
  from_invoice: null,
  hosted_invoice_url: null,
  invoice_pdf: null,
  issuer: { type: 'self' },
  last_finalization_error: null,
  latest_revision: null,
  metadata: {},
  next_payment_attempt: null,
  number: null,
  on_behalf_of: null,
  payment_settings: { default_mandate: null, payment_method_options: null, payment_method_types: null },
  post_payment_credit_notes_amount: 0,
  pre_payment_credit_notes_amount: 0,
  receipt_number: null,
  rendering: null,
  shipping_cost: null,
  shipping_details: null,
  starting_balance: 0,
  statement_descriptor: null,
  status: 'draft',
  total_pretax_credit_amounts: [],
  webhooks_delivered_at: null,
} satisfies Partial<Invoice>;

/** Makes a draft payable. What the customer has as a balance at the account pays first. */
export function finalizeInvoice(books: Books, invoice: Invoice): void {
  if (invoice.status !== 'draft') return;
  const customer = typeof invoice.customer === 'string' ? books.find(invoice.customer) : undefined;
  if (customer?.object === 'customer') {
    invoice.starting_balance = customer.balance;
    const used = Math.min(Math.max(0, invoice.total), -Math.min(0, customer.balance));
    // What an invoice below zero gives is credit for the next one.
    customer.balance += used + Math.min(0, invoice.total);
    invoice.ending_balance = customer.balance;
    invoice.amount_due = Math.max(0, invoice.total) - used;
    invoice.amount_remaining = invoice.amount_due;
  }
  invoice.status = 'open';
  invoice.number = `COFFER-${invoice.id.slice(-8)}`;
  invoice.effective_at = books.now();
  invoice.status_transitions.finalized_at = books.now();
  invoice.hosted_invoice_url = `https://invoice.stripe.com/i/${invoice.id}`;
  books.emit('invoice.finalized', invoice, BY_ITSELF);
}

/** The intent that pays an invoice, made when it is first asked for; undefined when nothing is due. */
export function intentOf(books: Books, invoice: Invoice): Stripe.PaymentIntent | undefined {
  const payment = paymentsOf(books, invoice.id).at(0);
  const intent = payment?.payment.payment_intent;
  if (typeof intent === 'string') return books.get('payment_intent', intent);
  if (invoice.amount_due === 0) return undefined;
  const made = createIntent(
    books.base,
    {
      amount: invoice.amount_due,
      currency: invoice.currency,
      setup_future_usage: 'off_session',
      ...(typeof invoice.customer === 'string' && { customer: invoice.customer }),
    },
    BY_ITSELF,
  );
  books.add<Stripe.InvoicePayment>({
    id: books.newId('inpay'),
    object: 'invoice_payment',
    amount_paid: null,
    amount_requested: invoice.amount_due,
    created: books.now(),
    currency: invoice.currency,
    invoice: invoice.id,
    is_default: true,
    livemode: books.livemode,
    payment: { type: 'payment_intent', payment_intent: made.id },
    status: 'open',
    status_transitions: { canceled_at: null, paid_at: null },
  });
  return made;
}

/** The payments of an invoice, oldest first. */
export function paymentsOf(books: Books, invoice: string): Stripe.InvoicePayment[] {
  return books
    .list('invoice_payment')
    .filter((one) => one.invoice === invoice)
    .toReversed();
}

/**
 * Tries to pay an open invoice.
 * @param how.later called when delayed money has arrived, or will not
 */
export function payInvoice(
  books: Books,
  invoice: Invoice,
  how: {
    readonly method: string;
    readonly offSession: boolean;
    readonly cause?: Cause;
    readonly later?: (paid: boolean) => void;
  },
): Attempted {
  const { method, offSession, cause = BY_ITSELF, later } = how;
  if (invoice.status !== 'open') throw wrongState(`Invoice is ${String(invoice.status)}`);
  const intent = intentOf(books, invoice);
  if (intent === undefined) {
    markPaid(books, invoice, cause);
    return 'paid';
  }
  invoice.attempted = true;
  invoice.attempt_count += 1;
  const { outcome, arrives } = confirmIntent(books.base, intent, { method, offSession, onlyNow: offSession }, cause);
  if (outcome === 'succeeded') {
    markPaid(books, invoice, cause);
    return 'paid';
  }
  if (outcome === 'processing') {
    arrives?.((paid) => {
      if (paid) markPaid(books, invoice, BY_ITSELF);
      else books.emit('invoice.payment_failed', invoice, BY_ITSELF);
      later?.(paid);
    });
    return 'processing';
  }
  books.emit('invoice.payment_failed', invoice, cause);
  return 'failed';
}

/** Notes that an invoice is paid: by its intent, by the customer's balance, or because nothing is due. */
export function markPaid(books: Books, invoice: Invoice, cause: Cause): void {
  invoice.status = 'paid';
  invoice.amount_paid = invoice.amount_due;
  invoice.amount_remaining = 0;
  invoice.next_payment_attempt = null;
  invoice.status_transitions.paid_at = books.now();
  for (const payment of paymentsOf(books, invoice.id)) {
    payment.status = 'paid';
    payment.amount_paid = invoice.amount_paid;
    payment.status_transitions.paid_at = books.now();
  }
  books.emit('invoice.paid', invoice, cause);
  books.emit('invoice.payment_succeeded', invoice, cause);
}

/** The account holder marks an open invoice as paid elsewhere: no payment of the account's has to do with it. */
export function payElsewhere(books: Books, invoice: Invoice): void {
  if (invoice.status !== 'open') throw wrongState(`Invoice is ${String(invoice.status)}`);
  invoice.status = 'paid';
  invoice.amount_paid_off_stripe = invoice.amount_due;
  invoice.amount_paid = invoice.amount_due;
  invoice.amount_remaining = 0;
  invoice.status_transitions.paid_at = books.now();
  for (const payment of paymentsOf(books, invoice.id)) payment.status = 'canceled';
  books.emit('invoice.paid', invoice, BY_ITSELF);
}

/** Gives an open invoice up. */
export function voidInvoice(books: Books, invoice: Invoice): void {
  if (invoice.status !== 'open' && invoice.status !== 'draft') return;
  invoice.status = 'void';
  invoice.status_transitions.voided_at = books.now();
  books.emit('invoice.voided', invoice, BY_ITSELF);
}
