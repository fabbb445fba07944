/**
 * Turns subscriptions and their invoices into facts. Since API version 2025-03-31 a period is the item's, the service period of
 * an invoice is its line's, and what a line is for is in its parent: everything is read from there alone.
 */
import type Stripe from 'stripe';
import type { InvoiceFact, InvoiceLine, SubscriptionFact } from '../../core/billing/facts.ts';
import type { Reading } from '../port.ts';
import { idOf, modeOf, oneOf, orderOf } from './facts.ts';

function ms(seconds: number | null | undefined): number | null {
  return typeof seconds === 'number' ? seconds * 1_000 : null;
}

/** @param subscription with `schedule` expanded, for its planned change */
export function factOfSubscription(subscription: Stripe.Subscription, reading: Reading): SubscriptionFact {
  const { id, status, items, metadata, schedule } = subscription;
  const [item] = items.data;
  return {
    ...reading,
    kind: 'subscription',
    mode: modeOf(subscription.livemode),
    id,
    order: orderOf(metadata),
    status,
    customer: idOf(subscription.customer),
    invoice: idOf(subscription.latest_invoice),
    price: item?.price.id ?? null,
    periodStartMs: ms(item?.current_period_start),
    periodEndMs: ms(item?.current_period_end),
    endsWithPeriod: subscription.cancel_at_period_end,
    endedAtMs: ms(subscription.ended_at),
    planned: plannedOf(schedule, item?.current_period_end ?? 0),
  };
}

/** The phase that begins as the present period ends, or later. */
function plannedOf(
  schedule: string | Stripe.SubscriptionSchedule | null,
  periodEnd: number,
): SubscriptionFact['planned'] {
  if (schedule === null) return null;
  if (typeof schedule === 'string') return { id: schedule, price: null };
  const next = schedule.phases.find(({ start_date: start }) => start >= periodEnd);
  return { id: schedule.id, price: idOf(next?.items[0]?.price) };
}

const INVOICE_STATES = {
  draft: 'draft',
  open: 'open',
  paid: 'paid',
  void: 'void',
  uncollectible: 'uncollectible',
} as const;

/** @param invoice with `payments.data.payment.payment_intent` expanded */
export function factOfInvoice(invoice: Stripe.Invoice, reading: Reading): InvoiceFact {
  const { parent, lines, payments } = invoice;
  const details = parent?.subscription_details;
  const paid = payments?.data.find(({ status }) => status === 'paid')?.payment.payment_intent;
  return {
    ...reading,
    kind: 'invoice',
    mode: modeOf(invoice.livemode),
    id: invoice.id,
    order: orderOf(details?.metadata),
    subscription: idOf(details?.subscription),
    state: oneOf(INVOICE_STATES, invoice.status),
    isFirst: invoice.billing_reason === 'subscription_create',
    isChange: invoice.billing_reason === 'subscription_update',
    currency: invoice.currency,
    totalMinor: BigInt(invoice.total),
    taxMinor: (invoice.total_taxes ?? []).reduce((sum, { amount }) => sum + BigInt(amount), 0n),
    paidMinor: BigInt(invoice.amount_paid),
    paidAtMs: ms(invoice.status_transitions.paid_at),
    payment: idOf(paid),
    charge: typeof paid === 'object' ? idOf(paid.latest_charge) : null,
    customer: idOf(invoice.customer),
    lines: lines.data.map(lineOf),
    isWhole: !lines.has_more,
  };
}

function lineOf(line: Stripe.InvoiceLineItem): InvoiceLine {
  const { parent, pricing, period, amount, discount_amounts: discounts } = line;
  const isProration = parent?.subscription_item_details?.proration ?? parent?.invoice_item_details?.proration ?? false;
  return {
    price: idOf(pricing?.price_details?.price),
    amountMinor: BigInt(amount),
    discountMinor: (discounts ?? []).reduce((sum, one) => sum + BigInt(one.amount), 0n),
    isProration,
    periodStartMs: period.start * 1_000,
    periodEndMs: period.end * 1_000,
  };
}
