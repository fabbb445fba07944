/** What paid periods of subscriptions bring, from the checkout at the fake Stripe to the ledger. */
import type Stripe from 'stripe';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { payElsewhere } from '../../devnet/stripe/billing/invoices.ts';
import { idOf } from '../../devnet/stripe/checkout.ts';
import { changePrice, switchInPortal } from '../../devnet/stripe/billing/changes.ts';
import * as billing from '../../devnet/stripe/billing/subscriptions.ts';
import { verifyLedger } from '../../src/db/ledger/verify.ts';
import { endCredits } from '../../src/payments/subscriptions/credit-ends.ts';
import { sdkOf } from '../support/billing/stripe-sdk.ts';
import { openSubscriptionWorld, type SubscriptionWorld } from '../support/subscriptions/world.ts';

const DAY_MS = 86_400_000;

let world: SubscriptionWorld;
let payer: string;
beforeAll(async () => {
  world = await openSubscriptionWorld();
});
beforeEach(async () => {
  Object.assign(world.books.settings, { taxPercent: 0, discountPercent: 0, afterDunning: 'cancel' });
  payer = await world.makeUser();
});
afterAll(async () => world.close());

describe('a paid period', () => {
  test('brings the paid part of its price, and what exceeds the price as a grant', async () => {
    const plan = await world.makePlan({ monthly: 10, credit: 12 });
    await world.subscribe(payer, plan);
    expect(await world.entries(payer)).toEqual([
      { type: 'DEPOSIT', cents: 1_000, contra: 'assets:stripe' },
      { type: 'SUBSCRIPTION_GRANT', cents: 200, contra: 'expenses:promo' },
    ]);
    expect(await world.orders(payer)).toEqual([{ state: 'credited', reason: null, recurring: true, cents: 1_000 }]);
    expect(await world.state(payer)).toBe('active');
  });

  test('is granted again for the next period, with an order of its own', async () => {
    const subscription = await world.subscribe(payer, await world.makePlan());
    await world.renew(subscription);
    await world.renew(subscription);
    expect((await world.orders(payer)).map(({ state }) => state)).toEqual(['credited', 'credited', 'credited']);
    expect(await world.wallet(payer)).toEqual({ available: 3_000, deposited: 3_000 });
  });

  test('of a year brings twelve months at once', async () => {
    const plan = await world.makePlan({ monthly: 10, yearly: 100, credit: 10 });
    await world.subscribe(payer, plan, 'year');
    expect(await world.wallet(payer)).toEqual({ available: 12_000, deposited: 10_000 });
  });

  test('brings no credit for its tax', async () => {
    world.books.settings.taxPercent = 20;
    await world.subscribe(payer, await world.makePlan());
    expect(await world.wallet(payer)).toEqual({ available: 1_000, deposited: 1_000 });
  });

  test('brings nothing in a trial, and is granted when it is paid', async () => {
    const plan = await world.makePlan();
    const { order } = await world.open(payer, plan);
    const subscription = billing.createSubscription(world.books, {
      customer: world.books.list('customer')[0]?.id ?? '',
      price: world.books.get('price', plan.stripeMonthly ?? ''),
      quantity: 1,
      metadata: { coffer_order: order },
      trialDays: 7,
      discountPercent: 0,
    });
    billing.beginSubscription(world.books, subscription, 'pm_card_visa');
    await world.work();
    expect([await world.state(payer), await world.entries(payer)]).toEqual(['trialing', []]);
    await world.renew(subscription);
    expect([await world.state(payer), (await world.wallet(payer)).available]).toEqual(['active', 1_000]);
  });

  test('is worth what its plan was as it began, whatever the plan is when its invoice comes', async () => {
    const plan = await world.makePlan({ monthly: 10, credit: 10 });
    world.stripe.weather.hold = true;
    const { session } = await world.open(payer, plan);
    world.stripe.pay(session);
    world.stripe.clock.advance(DAY_MS);
    await world.changePlan(plan.plan, { creditMicros: 20_000_000n });
    await world.stripe.deliveries.release();
    world.stripe.weather.hold = false;
    await world.work();
    expect((await world.wallet(payer)).available).toBe(1_000);
    const { subscription } = world.books.get('checkout.session', session);
    await world.renew(world.books.get('subscription', idOf(subscription)));
    expect((await world.wallet(payer)).available).toBe(3_000);
  });

  describe('of a plan whose credit ends with it', () => {
    /** The job that ends credit, and what is left after it. */
    const left = async (): Promise<number> => {
      await endCredits(world);
      const settle = {
        wallet: payer,
        command: { op: 'settle' },
        key: crypto.randomUUID(),
        inputHash: 'a'.repeat(64),
      } as const;
      await world.writer.submit(settle);
      return (await world.wallet(payer)).available;
    };
    const subscribe = async (): Promise<Stripe.Subscription> =>
      world.subscribe(payer, await world.makePlan({ monthly: 10, credit: 12, ends: 'period_end' }));

    test('ends as it is over where the next one is paid', async () => {
      const subscription = await subscribe();
      expect(await left()).toBe(1_200);
      await world.renew(subscription);
      expect([(await world.wallet(payer)).available, await left(), await left()]).toEqual([2_400, 1_200, 1_200]);
      const ended = (await world.entries(payer)).filter(({ type }) => type === 'LOT_EXPIRY');
      expect(ended).toEqual([
        { type: 'LOT_EXPIRY', cents: -200, contra: 'expenses:promo' },
        { type: 'LOT_EXPIRY', cents: -1_000, contra: 'revenue:breakage' },
      ]);
      expect((await verifyLedger(world.db)).faults).toEqual([]);
    });

    test('lasts three days more while the renewal is past due, and ends with its payment', async () => {
      const subscription = await subscribe();
      billing.useMethod(world.books, subscription, 'pm_card_chargeDeclined');
      await world.renew(subscription);
      expect([await world.state(payer), await left()]).toEqual(['past_due', 1_200]);
      world.stripe.clock.advance(DAY_MS);
      expect(await left()).toBe(1_200);
      billing.payOpenInvoices(world.books, subscription, 'pm_card_visa');
      await world.work();
      expect([await world.state(payer), await left()]).toEqual(['active', 1_200]);
      const other = await world.makeUser();
      const late = await world.subscribe(other, await world.makePlan({ ends: 'period_end' }));
      billing.useMethod(world.books, late, 'pm_card_chargeDeclined');
      await world.renew(late);
      world.stripe.clock.advance(3 * DAY_MS);
      payer = other;
      expect(await left()).toBe(0);
    });

    test('ends with its period where nothing follows', async () => {
      const subscription = await subscribe();
      await world.desk.cancel({ payer, key: 'cancel' });
      expect(await left()).toBe(1_200);
      world.stripe.clock.advance(billing.untilRenewedMs(world.books, subscription) - 3_600_000);
      expect(await left()).toBe(0);
    });

    test('lasts until its own end after an upgrade', async () => {
      const subscription = await subscribe();
      const end = billing.untilRenewedMs(world.books, subscription) - 3_600_000;
      world.stripe.clock.advance(10 * DAY_MS);
      await world.desk.change({
        payer,
        key: 'up',
        plan: (await world.makePlan({ monthly: 30 })).plan,
        interval: undefined,
      });
      expect(await left()).toBe(4_200);
      world.stripe.clock.advance(end - 10 * DAY_MS);
      expect(await left()).toBe(3_000);
    });
  });
});

describe('a switch that is made at the provider without prorations', () => {
  const BY_HAND = { requestId: null, idempotencyKey: null };
  const switchTo = async (subscription: Stripe.Subscription, price: string | null): Promise<void> => {
    const change = { price: price ?? '', anchorNow: false, failsWhole: false };
    changePrice(world.books, subscription, change, BY_HAND);
    await world.work();
  };

  test('grants nothing by itself; the next period is that of the plan whose whole price was paid', async () => {
    const large = await world.makePlan({ monthly: 50, credit: 60 });
    const subscription = await world.subscribe(payer, await world.makePlan());
    world.stripe.clock.advance(10 * DAY_MS);
    await switchTo(subscription, large.stripeMonthly);
    expect([await world.wallet(payer), (await world.orders(payer)).length]).toEqual([
      { available: 1_000, deposited: 1_000 },
      1,
    ]);
    // An hour before the period ends there is still nothing, and the renewal grants once.
    world.stripe.clock.advance(billing.untilRenewedMs(world.books, subscription) - 2 * 3_600_000);
    await world.work();
    expect((await world.wallet(payer)).available).toBe(1_000);
    await world.renew(subscription);
    expect(await world.wallet(payer)).toEqual({ available: 7_000, deposited: 6_000 });
    expect((await world.orders(payer)).at(-1)).toMatchObject({ state: 'credited', cents: 5_000 });
    await world.work();
    expect((await world.wallet(payer)).available).toBe(7_000);
  });

  test('to another interval is charged in full at once, and brings that period at once, and once', async () => {
    const plan = await world.makePlan({ monthly: 10, yearly: 100, credit: 10 });
    const subscription = await world.subscribe(payer, plan);
    world.stripe.clock.advance(10 * DAY_MS);
    await switchTo(subscription, plan.stripeYearly);
    expect(await world.wallet(payer)).toEqual({ available: 13_000, deposited: 11_000 });
    expect(await world.orders(payer)).toMatchObject([
      { state: 'credited', cents: 1_000 },
      { state: 'credited', cents: 10_000 },
    ]);
    world.stripe.clock.advance(60 * DAY_MS);
    await world.work();
    expect((await world.wallet(payer)).available).toBe(13_000);
  });

  test('to a price that is no plan’s grants nothing: its next period is parked', async () => {
    const subscription = await world.subscribe(payer, await world.makePlan());
    const sdk = sdkOf(world.stripe, world.shop.createKey());
    const { id: product } = await sdk.products.create({ name: 'Elsewhere' });
    const made = { product, currency: 'usd', unit_amount: 7_000, recurring: { interval: 'month' as const } };
    await switchTo(subscription, (await sdk.prices.create(made)).id);
    await world.renew(subscription);
    expect((await world.orders(payer)).at(-1)).toMatchObject({ state: 'parked', reason: 'unknown_price' });
    expect((await world.wallet(payer)).available).toBe(1_000);
  });
});

describe('an invoice that grants nothing', () => {
  test('is one with a discount that we did not make: it is parked', async () => {
    const subscription = await world.subscribe(payer, await world.makePlan());
    billing.giveDiscount(subscription, 10);
    await world.renew(subscription);
    expect((await world.orders(payer)).at(-1)).toMatchObject({ state: 'parked', reason: 'discounted' });
    expect((await world.wallet(payer)).available).toBe(1_000);
  });

  test('is one that settles a switch in the portal', async () => {
    const other = await world.makePlan({ monthly: 50 });
    const subscription = await world.subscribe(payer, await world.makePlan());
    world.stripe.clock.advance(10 * DAY_MS);
    switchInPortal(world.books, subscription, other.stripeMonthly ?? '');
    await world.work();
    expect((await world.orders(payer)).at(-1)).toMatchObject({ state: 'parked', reason: 'switched_elsewhere' });
    expect((await world.wallet(payer)).available).toBe(1_000);
  });

  test('is one that a balance at the provider paid, or that was settled elsewhere', async () => {
    const subscription = await world.subscribe(payer, await world.makePlan());
    world.books.get('customer', idOf(subscription.customer)).balance = -400;
    await world.renew(subscription);
    expect((await world.orders(payer)).at(-1)).toMatchObject({ state: 'parked', reason: 'paid_from_balance' });
    billing.useMethod(world.books, subscription, 'pm_card_chargeDeclined');
    await world.renew(subscription);
    const open = world.books.list('invoice').find(({ status }) => status === 'open');
    if (open === undefined) throw new Error('no open invoice');
    payElsewhere(world.books, open);
    await world.work();
    expect((await world.orders(payer)).at(-1)).toMatchObject({ state: 'parked', reason: 'paid_elsewhere' });
    expect((await world.wallet(payer)).available).toBe(1_000);
  });

  test('is one of a price that is no plan, until it is one', async () => {
    const plan = await world.makePlan();
    const subscription = await world.subscribe(payer, plan);
    const stranger = { ...(await world.makePlan({ monthly: 30 })), stripeMonthly: null };
    const price = world.books.add({
      ...world.books.get('price', plan.stripeMonthly ?? ''),
      id: world.books.newId('price'),
      unit_amount: 3_000,
    });
    changePrice(
      world.books,
      subscription,
      { price: price.id, anchorNow: true, failsWhole: true },
      {
        requestId: null,
        idempotencyKey: null,
      },
    );
    await world.work();
    expect((await world.orders(payer)).at(-1)).toMatchObject({ state: 'parked', reason: 'unknown_price' });
    await world.changePlan(stranger.plan, { stripeMonthly: price.id });
    await world.db.raw(
      `UPDATE payment_inbox SET state = 'pending', next_attempt_at = now() WHERE reason = 'unknown_price'`,
    );
    await world.work();
    expect((await world.orders(payer)).at(-1)).toMatchObject({ state: 'credited', cents: 3_000 });
    expect((await world.wallet(payer)).available).toBe(4_000);
  });
});

describe('webhooks that are lost, late or repeated', () => {
  test('bring each period once: repeated, twinned and shuffled', async () => {
    Object.assign(world.stripe.weather, { duplicate: 1, twin: 1 });
    const subscription = await world.subscribe(payer, await world.makePlan());
    world.stripe.weather.hold = true;
    await world.renew(subscription);
    await world.stripe.deliveries.release();
    Object.assign(world.stripe.weather, { duplicate: 0, twin: 0, hold: false });
    await world.work();
    expect(await world.wallet(payer)).toEqual({ available: 2_000, deposited: 2_000 });
    expect(await world.orders(payer)).toHaveLength(2);
  });

  test('a refund and a dispute that came before the order of their payment are taken back all the same', async () => {
    const subscription = await world.subscribe(payer, await world.makePlan());
    const types = ['invoice.paid', 'customer.subscription.updated'];
    const endpoint = world.stripe.weather;
    endpoint.hold = true;
    await world.renew(subscription);
    world.stripe.act(world.books.list('checkout.session')[0]?.id ?? '', 'refund_half');
    const isOfInvoice = (type: string): boolean => types.includes(type);
    expect(world.stripe.deliveries.held().some(isOfInvoice)).toBe(true);
    // The refund is delivered first, when nothing of ours has its payment.
    await world.stripe.deliveries.release((all) => all.toReversed());
    endpoint.hold = false;
    await world.work();
    expect((await world.wallet(payer)).available).toBe(1_500);
  });

  test('the subscription alone leads to its newest invoice', async () => {
    const subscription = await world.subscribe(payer, await world.makePlan());
    world.stripe.weather.drop = 1;
    await world.renew(subscription);
    world.stripe.weather.drop = 0;
    expect((await world.wallet(payer)).available).toBe(1_000);
    billing.setCancelAtPeriodEnd(world.books, subscription, true, { requestId: null, idempotencyKey: null });
    await world.work();
    expect([await world.state(payer), (await world.wallet(payer)).available]).toEqual([
      'cancelled_at_period_end',
      2_000,
    ]);
  });
});

describe('the money of a period that goes back', () => {
  test('is taken back by its share, and only from its own order', async () => {
    const plan = await world.makePlan({ monthly: 10, credit: 12 });
    const subscription = await world.subscribe(payer, plan);
    await world.renew(subscription);
    world.stripe.act(world.books.list('checkout.session')[0]?.id ?? '', 'refund_half');
    await world.work();
    expect(await world.wallet(payer)).toEqual({ available: 1_800, deposited: 1_500 });
    world.stripe.act(world.books.list('checkout.session')[0]?.id ?? '', 'dispute');
    await world.work();
    expect(await world.wallet(payer)).toEqual({ available: 1_200, deposited: 1_000 });
  });
});
