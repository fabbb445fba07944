/** What customers change about their subscriptions: plans, cancellations, pauses, the portal; each of them once. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { pauseSubscription } from '../../devnet/stripe/billing/changes.ts';
import * as billing from '../../devnet/stripe/billing/subscriptions.ts';
import type { PlanVersion } from '../../src/core/subscriptions/plan.ts';
import { openSubscriptionWorld, type SubscriptionWorld } from '../support/subscriptions/world.ts';

const DAY_MS = 86_400_000;

let world: SubscriptionWorld;
let small: PlanVersion;
let large: PlanVersion;
let payer: string;
let turn = 0;
beforeAll(async () => {
  world = await openSubscriptionWorld();
  small = await world.makePlan({ monthly: 10, yearly: 100 });
  large = await world.makePlan({ monthly: 30 });
});
beforeEach(async () => {
  payer = await world.makeUser();
});
afterAll(async () => world.close());

const key = (): string => `key-${(turn += 1)}`;
const change = async (plan: PlanVersion, more: { interval?: 'month' | 'year'; key?: string } = {}): Promise<unknown> =>
  world.desk.change({ payer, key: more.key ?? key(), plan: plan.plan, interval: more.interval });
const available = async (): Promise<number> => (await world.wallet(payer)).available;

describe('an upgrade', () => {
  test('begins a new period at once at its full price; what the old plan brought stays', async () => {
    const subscription = await world.subscribe(payer, small);
    world.stripe.clock.advance(10 * DAY_MS);
    await change(large);
    expect(await available()).toBe(4_000);
    expect((await world.orders(payer)).map(({ cents, state }) => [cents, state])).toEqual([
      [1_000, 'credited'],
      [3_000, 'credited'],
    ]);
    await world.renew(subscription);
    expect(await available()).toBe(7_000);
  });

  test('that the card declines changes nothing, and may be asked for again under its key', async () => {
    const subscription = await world.subscribe(payer, small);
    billing.useMethod(world.books, subscription, 'pm_card_chargeDeclined');
    await expect(change(large, { key: 'declined' })).rejects.toMatchObject({ code: 'CARD_DECLINED' });
    expect([await available(), await world.state(payer)]).toEqual([1_000, 'active']);
    billing.useMethod(world.books, subscription, 'pm_card_visa');
    await change(large, { key: 'declined' });
    expect(await available()).toBe(4_000);
  });

  test('is charged once: repeated under its key, and after its answer was lost', async () => {
    await world.subscribe(payer, small);
    world.stripe.faults.add({ call: 'POST /v1/subscriptions', times: 3, effect: { kind: 'lose_answer' } });
    await expect(change(large, { key: 'lost' })).rejects.toMatchObject({ code: 'PAYMENT_PROVIDER_FAILED' });
    world.stripe.faults.clear();
    await change(large, { key: 'lost' });
    expect(await change(large, { key: 'lost' })).toEqual({ replayed: true });
    await world.work();
    expect(await available()).toBe(4_000);
    await expect(change(small, { key: 'lost' })).rejects.toMatchObject({ code: 'IDEMPOTENCY_CONFLICT' });
  });

  test('asked for twice at the same time is made once', async () => {
    await world.subscribe(payer, small);
    const asked = await Promise.allSettled([change(large), change(large), change(large)]);
    expect(asked.filter(({ status }) => status === 'fulfilled').length).toBeGreaterThan(0);
    await world.work();
    expect(await available()).toBe(4_000);
  });
});

describe('a downgrade, or another interval', () => {
  test('waits for the end of the period', async () => {
    const subscription = await world.subscribe(payer, large);
    await change(small);
    expect(await available()).toBe(3_000);
    await world.renew(subscription);
    expect(await available()).toBe(4_000);
    await world.renew(subscription);
    expect(await available()).toBe(5_000);
  });

  test('of a month to a year brings twelve months when it begins', async () => {
    const subscription = await world.subscribe(payer, small);
    await change(small, { interval: 'year' });
    expect(await available()).toBe(1_000);
    await world.renew(subscription);
    expect(await available()).toBe(13_000);
  });

  test('is dropped by asking for the present plan, and by another change', async () => {
    const subscription = await world.subscribe(payer, large);
    await change(small);
    await change(large);
    await world.renew(subscription);
    expect(await available()).toBe(6_000);
    await change(small);
    await change(small, { interval: 'year' });
    await world.renew(subscription);
    expect(await available()).toBe(18_000);
  });
});

describe('a cancellation', () => {
  test('ends it with its period, and drops a planned change; it can be taken back', async () => {
    const subscription = await world.subscribe(payer, large);
    await change(small);
    await world.desk.cancel({ payer, key: key() });
    expect(await world.state(payer)).toBe('cancelled_at_period_end');
    await world.desk.resume({ payer, key: key() });
    expect(await world.state(payer)).toBe('active');
    await world.desk.cancel({ payer, key: key() });
    await world.renew(subscription);
    expect([await world.state(payer), await available()]).toEqual(['ended', 3_000]);
    const kinds = (await world.events()).map(({ kind }) => kind);
    expect(kinds).toEqual(expect.arrayContaining(['subscription.cancelled', 'subscription.ended']));
  });

  test('ends one that is past due at once', async () => {
    const subscription = await world.subscribe(payer, small);
    billing.useMethod(world.books, subscription, 'pm_card_chargeDeclined');
    await world.renew(subscription);
    await world.desk.cancel({ payer, key: key() });
    expect(await world.state(payer)).toBe('ended');
  });
});

test('a paused subscription goes on with a new period that is paid, also in the second in which the last one began', async () => {
  const subscription = await world.subscribe(payer, small);
  pauseSubscription(world.books, subscription);
  await world.work();
  expect(await world.state(payer)).toBe('paused');
  await expect(change(large)).rejects.toMatchObject({ code: 'SUBSCRIPTION_STATE', details: { state: 'paused' } });
  await world.desk.resume({ payer, key: key() });
  expect([await world.state(payer), await available()]).toEqual(['active', 2_000]);
});

describe('one subscription for each payer', () => {
  test('no second one begins while one is live or awaits its payment', async () => {
    await world.open(payer, small);
    await expect(world.open(payer, small)).rejects.toMatchObject({ code: 'SUBSCRIPTION_STATE' });
    const other = await world.makeUser();
    await world.subscribe(other, small);
    await expect(world.open(other, large)).rejects.toMatchObject({ code: 'SUBSCRIPTION_STATE' });
  });

  test('of two that begin at the same time one is refused', async () => {
    const opened = await Promise.allSettled([world.open(payer, small), world.open(payer, large)]);
    expect(opened.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  });

  test('another one begins once the first has ended', async () => {
    await world.subscribe(payer, small);
    await world.desk.cancel({ payer, key: key() });
    const { rows } = await world.db.raw<{ rows: { id: string }[] }>('SELECT id FROM subscription WHERE org = ?', [
      payer,
    ]);
    billing.endSubscription(world.books, world.books.get('subscription', rows[0]?.id ?? ''), {
      requestId: null,
      idempotencyKey: null,
    });
    await world.work();
    await world.subscribe(payer, large);
    expect(await available()).toBe(4_000);
  });
});

test('without a subscription there is nothing to change, and no portal', async () => {
  const refused = { code: 'SUBSCRIPTION_STATE', details: { state: 'none' } };
  await expect(change(small)).rejects.toMatchObject(refused);
  await expect(world.desk.cancel({ payer, key: key() })).rejects.toMatchObject(refused);
  await expect(world.desk.openPortal({ payer, returnUrl: 'https://a.example' })).rejects.toMatchObject(refused);
});

test('the portal is set up once for an account, without a switch of plans', async () => {
  await world.subscribe(payer, small);
  for (const _ of [1, 2])
    expect(await world.desk.openPortal({ payer, returnUrl: 'https://a.example/back' })).toMatch(/^https:/);
  const configurations = world.books.list('billing_portal.configuration');
  expect(configurations).toHaveLength(1);
  expect(configurations[0]?.features.subscription_update.enabled).toBe(false);
});

test('a plan whose price at the provider is another one cannot be changed to, at once or later', async () => {
  const subscription = await world.subscribe(payer, small);
  for (const monthly of [90, 5]) {
    const wrong = await world.makePlan({ monthly });
    Object.assign(world.books.get('price', wrong.stripeMonthly ?? ''), { unit_amount: 100 });
    await expect(change(wrong)).rejects.toMatchObject({ details: { providerCode: 'price_mismatch' } });
  }
  await world.renew(subscription);
  expect(await available()).toBe(2_000);
});

test('a plan that is not sold, or not for that interval, cannot be changed to', async () => {
  await world.subscribe(payer, small);
  await expect(change(large, { interval: 'year' })).rejects.toMatchObject({ code: 'PLAN_NOT_SELLABLE' });
  const old = await world.makePlan({ monthly: 90 });
  await world.changePlan(old.plan, { isActive: false });
  await expect(change(old)).rejects.toMatchObject({ code: 'NOT_FOUND' });
});
