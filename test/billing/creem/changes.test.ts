/** What customers change about their subscriptions through Creem, which has no idempotency keys: each change once. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { pause } from '../../../devnet/creem/subscriptions.ts';
import type { PlanVersion } from '../../../src/core/subscriptions/plan.ts';
import { openCreemSubscriptions, type CreemSubscriptions } from '../../support/billing/creem-subscriptions.ts';

const DAY_MS = 24 * 3_600_000;
let world: CreemSubscriptions;
let small: PlanVersion;
let large: PlanVersion;
let payer: string;
let turn = 0;

beforeAll(async () => {
  world = await openCreemSubscriptions();
  small = await world.makePlan({ monthly: 10 });
  large = await world.makePlan({ monthly: 30 });
});
beforeEach(async () => {
  world.creem.faults.clear();
  payer = await world.makeUser();
});
afterAll(async () => world.close());

const key = (): string => `key-${(turn += 1)}`;
const change = async (plan: PlanVersion, under = key()): Promise<unknown> =>
  world.desk.change({ payer, key: under, plan: plan.plan, interval: undefined });
const callsOf = (path: string): number => world.creem.calls.filter((call) => call.path.endsWith(path)).length;
const available = async (): Promise<bigint> => world.available(payer);
const loseAnswer = (call: string): void => world.creem.faults.add({ call, times: 1, effect: { kind: 'lose_answer' } });

describe('a downgrade', () => {
  test('waits for the end of the period: nothing is charged, taken back or granted before', async () => {
    const subscription = await world.subscribe(payer, large);
    await change(small);
    await world.look();
    expect(await available()).toBe(3_000n);
    await world.renew(subscription);
    expect(await available()).toBe(4_000n);
    await world.renew(subscription);
    expect(await available()).toBe(5_000n);
  });

  test('leaves the period before it as it was, although that is read after it', async () => {
    const subscription = await world.subscribe(payer, large);
    world.creem.weather.drop = 1;
    await world.pass(subscription);
    await change(small);
    await world.pass(subscription);
    world.creem.weather.drop = 0;
    for (let round = 0; round < 2; round += 1) await world.look();
    expect(await available()).toBe(3_000n + 3_000n + 1_000n);
  });

  test('is dropped by asking for the present plan', async () => {
    const subscription = await world.subscribe(payer, large);
    await change(small);
    await change(large);
    await world.renew(subscription);
    expect(await available()).toBe(6_000n);
    // Neither switch was charged.
    expect(await world.orders(payer)).toHaveLength(2);
  });

  test('whose answer was lost is made once, under its key', async () => {
    const subscription = await world.subscribe(payer, large);
    const before = callsOf('/upgrade');
    loseAnswer(`POST /v1/subscriptions/${subscription.id}/upgrade`);
    await expect(change(small, 'lost')).rejects.toMatchObject({ code: 'PAYMENT_PROVIDER_FAILED' });
    await change(small, 'lost');
    expect(await change(small, 'lost')).toEqual({ replayed: true });
    expect(callsOf('/upgrade') - before).toBe(1);
    await world.renew(subscription);
    expect(await available()).toBe(4_000n);
  });

  test('that never arrived changes nothing of what is granted', async () => {
    const subscription = await world.subscribe(payer, large);
    const call = `POST /v1/subscriptions/${subscription.id}/upgrade`;
    world.creem.faults.add({ call, times: 1, effect: { kind: 'server_error' } });
    await expect(change(small)).rejects.toMatchObject({ code: 'PAYMENT_PROVIDER_FAILED' });
    await world.renew(subscription);
    expect(await available()).toBe(6_000n);
  });

  test('to a product that is billed at another interval than its plan says is refused before it is made', async () => {
    const subscription = await world.subscribe(payer, large);
    const wrong = await world.makePlan({ monthly: 20 });
    Object.assign(world.shop.books.get('product', wrong.creemProduct ?? ''), { billing_period: 'every-year' });
    await expect(change(wrong)).rejects.toMatchObject({ details: { providerCode: 'product_mismatch' } });
    await world.renew(subscription);
    expect(await available()).toBe(6_000n);
  });

  test('to a product that costs something else than its plan says is refused before it is made', async () => {
    const subscription = await world.subscribe(payer, large);
    const wrong = await world.makePlan({ monthly: 20 });
    world.shop.books.get('product', wrong.creemProduct ?? '').price = 100;
    await expect(change(wrong)).rejects.toMatchObject({ details: { providerCode: 'product_mismatch' } });
    await world.renew(subscription);
    expect(await available()).toBe(6_000n);
  });
});

test('an upgrade is refused: Creem begins no new period at the full price', async () => {
  const subscription = await world.subscribe(payer, small);
  await expect(change(large)).rejects.toMatchObject({ code: 'PLAN_NOT_SELLABLE' });
  await world.renew(subscription);
  expect(await available()).toBe(2_000n);
});

describe('a cancellation', () => {
  test('ends it with its period; it can be taken back', async () => {
    const subscription = await world.subscribe(payer, small);
    await world.desk.cancel({ payer, key: key() });
    expect(await world.state(payer)).toBe('cancelled_at_period_end');
    await world.desk.resume({ payer, key: key() });
    expect(await world.state(payer)).toBe('active');
    await world.renew(subscription);
    expect(await available()).toBe(2_000n);
    await world.desk.cancel({ payer, key: key() });
    await world.renew(subscription);
    expect([await world.state(payer), await available()]).toEqual(['ended', 2_000n]);
  });

  test('whose answer was lost, or cannot be read, has taken effect', async () => {
    const subscription = await world.subscribe(payer, small);
    loseAnswer(`POST /v1/subscriptions/${subscription.id}/cancel`);
    await expect(world.desk.cancel({ payer, key: 'lost-end' })).rejects.toMatchObject({
      code: 'PAYMENT_PROVIDER_FAILED',
    });
    expect(await world.desk.cancel({ payer, key: 'lost-end' })).toEqual({ replayed: false });
    expect(await world.desk.cancel({ payer, key: 'lost-end' })).toEqual({ replayed: true });
    await expect(world.desk.cancel({ payer, key: key() })).rejects.toMatchObject({ code: 'SUBSCRIPTION_STATE' });
    world.shop.books.words.set('active', 'thriving');
    await world.desk.resume({ payer, key: key() });
    world.shop.books.words.clear();
    expect(subscription.status).toBe('active');
  });

  test('of one that is past due ends it at once', async () => {
    const subscription = await world.subscribe(payer, small);
    world.shop.books.declining.add(subscription.id);
    await world.renew(subscription);
    await world.desk.cancel({ payer, key: key() });
    expect([await world.state(payer), subscription.status]).toEqual(['ended', 'canceled']);
  });
});

test('a pause stops the renewals, and going on begins a new period that is paid', async () => {
  const subscription = await world.subscribe(payer, small);
  pause(world.shop.books, subscription);
  await world.renew(subscription);
  expect([await world.state(payer), await available()]).toEqual(['paused', 1_000n]);
  world.creem.clock.advance(DAY_MS);
  await world.desk.resume({ payer, key: key() });
  await world.work();
  expect([await world.state(payer), await available()]).toEqual(['active', 2_000n]);
  await world.renew(subscription);
  expect(await available()).toBe(3_000n);
});

test('the portal is Creem’s, of the customer who pays', async () => {
  const subscription = await world.subscribe(payer, small);
  const url = await world.desk.openPortal({ payer, returnUrl: 'https://a.example' });
  expect(url).toContain(subscription.customer);
});
