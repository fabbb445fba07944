/** The fake Stripe's subscriptions, as the official SDK sees them: paid, renewed, failing, changed, paused, ended. */
import type Stripe from 'stripe';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { FakeAccount } from '../../devnet/stripe/account.ts';
import { payElsewhere, payInvoice } from '../../devnet/stripe/billing/invoices.ts';
import { pauseSubscription, switchInPortal } from '../../devnet/stripe/billing/changes.ts';
import * as billing from '../../devnet/stripe/billing/subscriptions.ts';
import { periodAfter } from '../../devnet/stripe/billing/calendar.ts';
import type { Books } from '../../devnet/stripe/books.ts';
import { idOf } from '../../devnet/stripe/checkout.ts';
import { startFakeStripe, type FakeStripe } from '../../devnet/stripe/fake.ts';
import { sdkOf } from '../support/billing/stripe-sdk.ts';

const DAY_MS = 86_400_000;

let fake: FakeStripe;
let shop: FakeAccount;
let sdk: Stripe;
let books: Books;
beforeEach(async () => {
  fake = await startFakeStripe();
  shop = fake.addAccount();
  sdk = sdkOf(fake, shop.createKey());
  books = shop.books();
});
afterEach(async () => fake.stop());

async function makePrice(cents: number, interval: 'month' | 'year' = 'month'): Promise<string> {
  const product = await sdk.products.create({ name: `Plan of ${cents}` });
  const { id } = await sdk.prices.create({
    product: product.id,
    currency: 'usd',
    unit_amount: cents,
    recurring: { interval },
  });
  return id;
}

async function openCheckout(price: string, more: Partial<Stripe.Checkout.SessionCreateParams> = {}): Promise<string> {
  const session = await sdk.checkout.sessions.create({
    mode: 'subscription',
    line_items: [{ price, quantity: 1 }],
    success_url: 'https://a.example/yes',
    cancel_url: 'https://a.example/no',
    metadata: { coffer_order: 'order-1' },
    subscription_data: { metadata: { coffer_order: 'order-1' } },
    ...more,
  });
  return session.id;
}

async function subscribe(cents = 1_000, more: Partial<Stripe.Checkout.SessionCreateParams> = {}): Promise<string> {
  const session = await openCheckout(await makePrice(cents), more);
  fake.pay(session);
  const { subscription } = await sdk.checkout.sessions.retrieve(session);
  if (typeof subscription !== 'string') throw new Error('no subscription');
  return subscription;
}

function types(): string[] {
  return books.events.map(({ type }) => type);
}

/** The invoices of the subscription, oldest first. */
async function invoices(subscription: string): Promise<Stripe.Invoice[]> {
  const { data } = await sdk.invoices.list({ subscription, limit: 100, expand: ['data.payments'] });
  return data.toReversed();
}

function renew(subscription: string): void {
  fake.clock.advance(billing.untilRenewedMs(books, books.get('subscription', subscription)));
}

describe('a subscription begins', () => {
  test('with a paid invoice that says in its line what it is for', async () => {
    const id = await subscribe(1_999);
    const found = await sdk.subscriptions.retrieve(id);
    const [invoice] = await invoices(id);
    const [line] = invoice?.lines.data ?? [];
    const [item] = found.items.data;
    expect([found.status, found.metadata]).toEqual(['active', { coffer_order: 'order-1' }]);
    expect([invoice?.status, invoice?.billing_reason, invoice?.amount_paid]).toEqual([
      'paid',
      'subscription_create',
      1_999,
    ]);
    expect(invoice?.parent?.subscription_details).toMatchObject({
      subscription: id,
      metadata: { coffer_order: 'order-1' },
    });
    expect(line?.pricing?.price_details?.price).toBe(item?.price.id);
    expect(line?.period).toEqual({ start: item?.current_period_start, end: item?.current_period_end });
    expect(line?.parent?.subscription_item_details?.proration).toBe(false);
    expect(invoice?.payments?.data[0]?.payment.payment_intent).toMatch(/^pi_/);
    for (const type of ['customer.subscription.created', 'invoice.paid', 'checkout.session.completed']) {
      expect(types()).toContain(type);
    }
  });

  test('has its fields only where the pinned version has them', async () => {
    const id = await subscribe();
    const [invoice] = await invoices(id);
    const found = await sdk.subscriptions.retrieve(id);
    for (const moved of ['current_period_start', 'current_period_end']) expect(found).not.toHaveProperty(moved);
    for (const moved of ['subscription', 'payment_intent', 'charge', 'paid', 'tax'])
      expect(invoice).not.toHaveProperty(moved);
  });

  test('not where the card is declined, or while its bank asks the payer', async () => {
    const session = await openCheckout(await makePrice(1_000));
    expect(fake.pay(session, 'pm_card_chargeDeclined')).toBe('declined');
    expect(fake.pay(session, 'pm_card_authenticationRequired')).toBe('needs_action');
    expect(books.list('subscription')).toEqual([]);
    expect((await sdk.checkout.sessions.retrieve(session)).status).toBe('open');
    expect(fake.confirm(session)).toBe('succeeded');
    expect(books.list('subscription')).toHaveLength(1);
  });

  test('free of charge in a trial, and is paid when that ends', async () => {
    const id = await subscribe(1_000, { subscription_data: { trial_period_days: 7 } });
    expect((await sdk.subscriptions.retrieve(id)).status).toBe('trialing');
    expect((await invoices(id)).map(({ total, status }) => [total, status])).toEqual([[0, 'paid']]);
    renew(id);
    expect((await invoices(id)).map(({ total, status }) => [total, status])).toEqual([
      [0, 'paid'],
      [1_000, 'paid'],
    ]);
  });

  test('with money that comes days later, or does not', async () => {
    const session = await openCheckout(await makePrice(1_000));
    expect(fake.pay(session, 'pm_usBankAccount_debitNotAuthorized')).toBe('processing');
    const [subscription] = books.list('subscription');
    expect([subscription?.status, books.list('invoice')[0]?.status]).toEqual(['active', 'open']);
    fake.clock.advance(5 * DAY_MS);
    expect([subscription?.status, books.list('invoice')[0]?.status]).toEqual(['past_due', 'open']);
  });

  test('only by a price that recurs, and no such price is sold once', async () => {
    const product = await sdk.products.create({ name: 'Once' });
    const once = await sdk.prices.create({ product: product.id, currency: 'usd', unit_amount: 500 });
    await expect(openCheckout(once.id)).rejects.toThrow('recurring');
    const recurring = await makePrice(500);
    await expect(openCheckout(recurring, { mode: 'payment', subscription_data: undefined } as never)).rejects.toThrow(
      'one-time',
    );
  });
});

describe('a subscription goes on', () => {
  test('with an invoice for each period, charged an hour after it began', async () => {
    const id = await subscribe();
    const [item] = books.get('subscription', id).items.data;
    fake.clock.advance((item?.current_period_end ?? 0) * 1_000 - fake.clock.nowMs());
    expect((await invoices(id)).map(({ status }) => status)).toEqual(['paid', 'draft']);
    fake.clock.advance(3_600_000);
    const [first, second] = await invoices(id);
    expect([second?.status, second?.billing_reason]).toEqual(['paid', 'subscription_cycle']);
    expect(second?.lines.data[0]?.period.start).toBe(first?.lines.data[0]?.period.end);
  });

  test('past due while its card fails, until another card pays or the last attempt is over', async () => {
    const id = await subscribe();
    const subscription = books.get('subscription', id);
    billing.useMethod(books, subscription, 'pm_card_chargeDeclined');
    renew(id);
    expect([subscription.status, (await invoices(id)).at(-1)?.status]).toEqual(['past_due', 'open']);
    expect(types()).toContain('invoice.payment_failed');
    billing.payOpenInvoices(books, subscription, 'pm_card_visa');
    expect([subscription.status, (await invoices(id)).at(-1)?.status]).toEqual(['active', 'paid']);
    billing.useMethod(books, subscription, 'pm_card_chargeDeclined');
    renew(id);
    fake.clock.advance(16 * DAY_MS);
    expect(subscription.status).toBe('canceled');
    expect(types()).toContain('customer.subscription.deleted');
  });

  test('unpaid after the last attempt where the account is set up so', async () => {
    books.settings.afterDunning = 'unpaid';
    const id = await subscribe();
    billing.useMethod(books, books.get('subscription', id), 'pm_card_chargeDeclined');
    renew(id);
    fake.clock.advance(16 * DAY_MS);
    expect(books.get('subscription', id).status).toBe('unpaid');
  });

  test('with a discount or tax on its invoices, and paid from the balance of its customer', async () => {
    books.settings.taxPercent = 10;
    const id = await subscribe();
    const subscription = books.get('subscription', id);
    billing.giveDiscount(subscription, 50);
    renew(id);
    const customer = books.get('customer', idOf(subscription.customer));
    customer.balance = -2_000;
    renew(id);
    const [first, second, third] = await invoices(id);
    expect([first?.total, first?.total_taxes?.[0]?.amount]).toEqual([1_100, 100]);
    expect([second?.total, second?.lines.data[0]?.discount_amounts?.[0]?.amount]).toEqual([550, 500]);
    expect([third?.total, third?.amount_paid, third?.payments?.data, customer.balance]).toEqual([550, 0, [], -1_450]);
  });

  test('until the end of the period where it is cancelled, or at once', async () => {
    const id = await subscribe();
    await sdk.subscriptions.update(id, { cancel_at_period_end: true });
    renew(id);
    expect(books.get('subscription', id).status).toBe('canceled');
    const other = await subscribe();
    expect((await sdk.subscriptions.cancel(other)).status).toBe('canceled');
  });

  test('not while it is paused, and with a new period when it is resumed', async () => {
    const id = await subscribe();
    pauseSubscription(books, books.get('subscription', id));
    fake.clock.advance(60 * DAY_MS);
    expect(await invoices(id)).toHaveLength(1);
    const resumed = await sdk.subscriptions.resume(id, {});
    expect([resumed.status, (await invoices(id)).map(({ status }) => status)]).toEqual(['active', ['paid', 'paid']]);
  });
});

describe('a subscription changes', () => {
  const upgrade = (price: string, item: string): Stripe.SubscriptionUpdateParams => ({
    items: [{ id: item, price }],
    proration_behavior: 'none',
    billing_cycle_anchor: { type: 'now' },
    payment_behavior: 'error_if_incomplete',
  });

  test('at once and at the full price, or not at all where the card is declined', async () => {
    const id = await subscribe();
    const price = await makePrice(3_000);
    const item = books.get('subscription', id).items.data[0]?.id ?? '';
    fake.clock.advance(10 * DAY_MS);
    billing.useMethod(books, books.get('subscription', id), 'pm_card_chargeDeclined');
    const before = structuredClone(books.get('subscription', id).items.data);
    await expect(sdk.subscriptions.update(id, upgrade(price, item))).rejects.toThrow('declined');
    expect(books.get('subscription', id).items.data).toEqual(before);
    billing.useMethod(books, books.get('subscription', id), 'pm_card_visa');
    await sdk.subscriptions.update(id, upgrade(price, item));
    const last = (await invoices(id)).at(-1);
    expect([last?.total, last?.billing_reason, last?.status]).toEqual([3_000, 'subscription_update', 'paid']);
    expect(last?.lines.data[0]?.period.start).toBe(books.get('subscription', id).billing_cycle_anchor);
  });

  test('at the end of its period by a schedule, which then lets it go', async () => {
    const id = await subscribe(3_000);
    const yearly = await makePrice(9_000, 'year');
    const schedule = await sdk.subscriptionSchedules.create({ from_subscription: id });
    const [phase] = schedule.phases;
    await sdk.subscriptionSchedules.update(schedule.id, {
      end_behavior: 'release',
      proration_behavior: 'none',
      phases: [
        {
          items: [{ price: idOf(phase?.items[0]?.price), quantity: 1 }],
          start_date: phase?.start_date ?? 0,
          end_date: phase?.end_date ?? 0,
        },
        { items: [{ price: yearly, quantity: 1 }], proration_behavior: 'none' },
      ],
    });
    await expect(sdk.subscriptions.update(id, { cancel_at_period_end: true })).rejects.toThrow('schedule');
    renew(id);
    const found = await sdk.subscriptions.retrieve(id);
    const [item] = found.items.data;
    expect([item?.price.id, found.schedule, (await invoices(id)).at(-1)?.total]).toEqual([yearly, null, 9_000]);
    const days = ((item?.current_period_end ?? 0) - (item?.current_period_start ?? 0)) / 86_400;
    expect(days).toBeGreaterThanOrEqual(365);
  });

  test('with prorations where the portal allows switching', async () => {
    const id = await subscribe();
    const price = await makePrice(5_000);
    fake.clock.advance(10 * DAY_MS);
    switchInPortal(books, books.get('subscription', id), price);
    const last = (await invoices(id)).at(-1);
    expect(last?.lines.data.map(({ parent }) => parent?.subscription_item_details?.proration)).toEqual([true, true]);
    expect([last?.status, last?.billing_reason]).toEqual(['paid', 'subscription_update']);
  });
});

test('an invoice can be settled outside the account, and no payment has to do with it', async () => {
  const id = await subscribe();
  billing.useMethod(books, books.get('subscription', id), 'pm_card_chargeDeclined');
  renew(id);
  const open = books.list('invoice')[0];
  if (open === undefined) throw new Error('no invoice');
  payElsewhere(books, open);
  expect((await sdk.invoices.retrieve(open.id)).status).toBe('paid');
  expect(() => payInvoice(books, open, { method: 'pm_card_visa', offSession: true })).toThrow('paid');
});

test('the portal needs a configuration', async () => {
  const { id: customer } = await sdk.customers.create({});
  await expect(sdk.billingPortal.sessions.create({ customer })).rejects.toThrow('configuration');
  const configuration = await sdk.billingPortal.configurations.create({
    features: { payment_method_update: { enabled: true }, subscription_update: { enabled: false } },
  });
  const { url } = await sdk.billingPortal.sessions.create({ customer, configuration: configuration.id });
  expect(url).toMatch(/^https:/);
});

test.each([
  ['2027-01-31T10:00:00Z', 1, '2027-02-28T10:00:00Z'],
  ['2027-01-31T10:00:00Z', 2, '2027-03-31T10:00:00Z'],
  ['2027-12-15T00:00:00Z', 1, '2028-01-15T00:00:00Z'],
])('%s and %i months is %s', (from, count, to) => {
  const month = { interval: 'month', interval_count: 1 } as const;
  expect(periodAfter(Date.parse(from) / 1_000, month, count) * 1_000).toBe(Date.parse(to));
});
