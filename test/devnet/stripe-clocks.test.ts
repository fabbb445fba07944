/** The fake Stripe's test clocks, as the official SDK sees them. */
import type Stripe from 'stripe';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { FakeAccount } from '../../devnet/stripe/account.ts';
import { startFakeStripe, type FakeStripe } from '../../devnet/stripe/fake.ts';
import { sdkOf } from '../support/billing/stripe-sdk.ts';

const DAY_SECONDS = 86_400;
/** 2027-01-31: not every month has such a day. */
const START = Date.UTC(2027, 0, 31) / 1_000;
const READY = { timeout: 5_000, interval: 10 };

let fake: FakeStripe;
let shop: FakeAccount;
let sdk: Stripe;
let clock: Stripe.TestHelpers.TestClock;
beforeEach(async () => {
  fake = await startFakeStripe();
  shop = fake.addAccount();
  sdk = sdkOf(fake, shop.createKey());
  clock = await sdk.testHelpers.testClocks.create({ frozen_time: START, name: 'January' });
});
afterEach(async () => fake.stop());

/** Somebody on the clock who pays ten dollars a month. */
async function subscribe(testClock: string | null = clock.id): Promise<string> {
  const product = await sdk.products.create({ name: 'Plan' });
  const recurring = { interval: 'month' } as const;
  const price = await sdk.prices.create({ product: product.id, currency: 'usd', unit_amount: 1_000, recurring });
  const customer = await sdk.customers.create({ ...(testClock !== null && { test_clock: testClock }) });
  const session = await sdk.checkout.sessions.create({
    mode: 'subscription',
    customer: customer.id,
    line_items: [{ price: price.id, quantity: 1 }],
    success_url: 'https://a.example/yes',
    cancel_url: 'https://a.example/no',
  });
  fake.pay(session.id);
  const { subscription } = await sdk.checkout.sessions.retrieve(session.id);
  return typeof subscription === 'string' ? subscription : '';
}

async function advanceTo(seconds: number): Promise<void> {
  const advancing = await sdk.testHelpers.testClocks.advance(clock.id, { frozen_time: seconds });
  expect([advancing.status, advancing.status_details.advancing?.target_frozen_time]).toEqual(['advancing', seconds]);
  const read = async (): Promise<unknown[]> => {
    const { status, frozen_time: at } = await sdk.testHelpers.testClocks.retrieve(clock.id);
    return [status, at];
  };
  await expect.poll(read, READY).toEqual(['ready', seconds]);
}

const day = (month: number, date: number): number => Date.UTC(2027, month, date) / 1_000;
const starts = async (subscription: string): Promise<(number | undefined)[]> => {
  const { data } = await sdk.invoices.list({ subscription, status: 'paid' });
  return data.map(({ lines }) => lines.data[0]?.period.start).toReversed();
};

test('a clock is made, read, listed and deleted, with the customers on it', async () => {
  expect(clock).toMatchObject({
    object: 'test_helpers.test_clock',
    name: 'January',
    status: 'ready',
    frozen_time: START,
  });
  expect((await sdk.testHelpers.testClocks.list()).data.map(({ id }) => id)).toEqual([clock.id]);
  const subscription = await subscribe();
  expect(await sdk.testHelpers.testClocks.del(clock.id)).toMatchObject({ id: clock.id, deleted: true });
  await expect(sdk.testHelpers.testClocks.retrieve(clock.id)).rejects.toMatchObject({ statusCode: 404 });
  await expect(sdk.subscriptions.retrieve(subscription)).rejects.toMatchObject({ statusCode: 404 });
});

test('what is on a clock has its time, and moves only as it is advanced', async () => {
  const [own, other] = [await subscribe(), await subscribe(null)];
  const found = await sdk.subscriptions.retrieve(own);
  expect([found.created, found.test_clock, found.items.data[0]?.current_period_end]).toEqual([
    START,
    clock.id,
    day(1, 28),
  ]);
  fake.clock.advance(20 * DAY_SECONDS * 1_000);
  expect(await starts(own)).toEqual([START]);
  await advanceTo(day(1, 28) + 2 * 3_600);
  expect(await starts(own)).toEqual([START, day(1, 28)]);
  await advanceTo(day(2, 31) + 2 * 3_600);
  expect(await starts(own)).toEqual([START, day(1, 28), day(2, 31)]);
  expect(await starts(other)).toHaveLength(1);
});

test('payments and events have the time of the account', async () => {
  await subscribe();
  await advanceTo(day(1, 28) + 2 * 3_600);
  const [charge] = (await sdk.charges.list()).data;
  const [event] = (await sdk.events.list({ type: 'invoice.paid' })).data;
  const now = fake.clock.now();
  for (const created of [charge?.created ?? 0, event?.created ?? 0]) expect(Math.abs(created - now)).toBeLessThan(60);
  const types = (await sdk.events.list({ limit: 100 })).data.map(({ type }) => type);
  expect(types).toEqual(
    expect.arrayContaining(['test_helpers.test_clock.advancing', 'test_helpers.test_clock.ready', 'invoice.paid']),
  );
});

test('a renewal that fails is tried again on the clock, and ends the subscription at last', async () => {
  const subscription = await subscribe();
  fake.act(shop.books().list('checkout.session')[0]?.id ?? '', 'fail_next');
  await advanceTo(day(1, 28) + 2 * 3_600);
  expect((await sdk.subscriptions.retrieve(subscription)).status).toBe('past_due');
  await advanceTo(day(2, 20));
  const ended = await sdk.subscriptions.retrieve(subscription);
  expect([ended.status, (ended.ended_at ?? 0) < day(2, 20)]).toEqual(['canceled', true]);
});

test('one that is cancelled at the end of its period ends there', async () => {
  const subscription = await subscribe();
  await sdk.subscriptions.update(subscription, { cancel_at_period_end: true });
  await advanceTo(day(2, 1));
  expect(await sdk.subscriptions.retrieve(subscription)).toMatchObject({ status: 'canceled', ended_at: day(1, 28) });
});

describe('a clock', () => {
  test.each([
    ['back', START - 1],
    ['nowhere', START],
    ['by more than two periods at once', day(3, 1)],
  ])('does not move %s', async (_name, seconds) => {
    await subscribe();
    const asked = sdk.testHelpers.testClocks.advance(clock.id, { frozen_time: seconds });
    await expect(asked).rejects.toMatchObject({ statusCode: 400, param: 'frozen_time' });
  });

  test('is for test mode, and customers name one that is there', async () => {
    const live = sdkOf(fake, shop.createKey('live'));
    await expect(live.testHelpers.testClocks.create({ frozen_time: START })).rejects.toMatchObject({ statusCode: 400 });
    await expect(sdk.customers.create({ test_clock: 'clock_none' })).rejects.toMatchObject({ param: 'test_clock' });
  });
});
