/** Facts about invoices, in any order and repeated: each period once, nothing for what is not ours, and the rail agrees. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { InvoiceFact, ProviderFact, SubscriptionFact } from '../../src/core/billing/facts.ts';
import { dueOf } from '../../src/core/billing/rails.ts';
import type { PlanVersion } from '../../src/core/subscriptions/plan.ts';
import { acquireLease } from '../../src/db/leases.ts';
import { readDue, readGot } from '../../src/db/billing/rail-sums.ts';
import { checkRails } from '../../src/payments/solvency.ts';
import { insertCheckout, insertOrder } from '../support/billing/payment-world.ts';
import { openSubscriptionWorld, type SubscriptionWorld } from '../support/subscriptions/world.ts';

let world: SubscriptionWorld;
let plan: PlanVersion;
let payer: string;
let order: string;
let turn = 0;
beforeAll(async () => {
  world = await openSubscriptionWorld();
  plan = await world.makePlan();
});
beforeEach(async () => {
  turn += 1;
  payer = await world.makeUser();
  order = (await world.open(payer, plan)).order;
});
afterAll(async () => world.close());

const invoice = (n: number, change: Partial<InvoiceFact> = {}): InvoiceFact => ({
  kind: 'invoice',
  account: 'stripe',
  mode: 'test',
  id: `in_${turn}_${n}`,
  readAtMs: 1_000 + n,
  order,
  subscription: `sub_${turn}`,
  state: 'paid',
  isFirst: n === 1,
  currency: 'usd',
  totalMinor: 1_000n,
  taxMinor: 0n,
  paidMinor: 1_000n,
  paidAtMs: n * 1_000_000,
  payment: `pi_${turn}_${n}`,
  charge: `ch_${turn}_${n}`,
  customer: `cus_${turn}`,
  lines: [
    {
      price: plan.stripeMonthly,
      amountMinor: 1_000n,
      discountMinor: 0n,
      isProration: false,
      periodStartMs: n * 1_000_000,
      periodEndMs: (n + 1) * 1_000_000,
    },
  ],
  isWhole: true,
  ...change,
});

const reading = (readAtMs: number, status: string): SubscriptionFact => ({
  kind: 'subscription',
  account: 'stripe',
  mode: 'test',
  id: `sub_${turn}`,
  readAtMs,
  order,
  status,
  customer: `cus_${turn}`,
  invoice: null,
  price: plan.stripeMonthly,
  periodStartMs: 1,
  periodEndMs: 2,
  endsWithPeriod: false,
  endedAtMs: null,
  planned: null,
});

/** The same invoice as it was before it was paid. */
const open = (n: number): InvoiceFact =>
  invoice(n, { state: 'open', paidMinor: 0n, payment: null, charge: null, paidAtMs: null });

const states = async (): Promise<string[]> =>
  (await world.orders(payer)).map(({ state, reason }) => (reason === null ? state : `${state} ${reason}`));

describe('a period is granted once', () => {
  test('however often its invoice is read, and by every process at once', async () => {
    await world.answer(invoice(1));
    await Promise.all([1, 2, 3, 4].map(async () => world.answer(invoice(2))));
    await world.answer(invoice(2));
    expect([await states(), (await world.wallet(payer)).available]).toEqual([['credited', 'credited'], 2_000]);
  });

  test('and an invoice that is paid takes no other one, whatever is read of it afterwards', async () => {
    await world.answer(invoice(1));
    const other = invoice(1, { lines: invoice(2).lines });
    expect(await world.answer(other)).toMatchObject({ outcome: 'settled' });
    await world.answer(invoice(2));
    expect([await states(), (await world.wallet(payer)).available]).toEqual([['credited', 'credited'], 2_000]);
  });

  test('where another invoice names it too: that one is parked', async () => {
    await world.answer(invoice(1));
    const again = invoice(2, { lines: invoice(1).lines });
    expect(await world.answer(again)).toMatchObject({ outcome: 'parked', reason: 'granted_before' });
    expect([await states(), (await world.wallet(payer)).available]).toEqual([
      ['credited', 'parked granted_before'],
      1_000,
    ]);
  });

  test('where one invoice pays two, one of which was granted before', async () => {
    await world.answer(invoice(1));
    const lines = [...invoice(1).lines, ...invoice(2).lines];
    await world.answer(invoice(2, { lines, totalMinor: 2_000n, paidMinor: 2_000n }));
    expect((await world.wallet(payer)).available).toBe(2_000);
  });

  test('also where the first invoice was voided and made again', async () => {
    await world.answer(open(1));
    await world.answer(invoice(1, { state: 'void', paidMinor: 0n, payment: null }));
    await world.answer(invoice(2, { lines: invoice(1).lines, isFirst: true }));
    expect([await states(), (await world.wallet(payer)).available]).toEqual([['credited'], 1_000]);
  });
});

const FACTS: readonly ((n: number) => ProviderFact)[] = [
  () => reading(1, 'incomplete'),
  () => open(1),
  () => invoice(1),
  () => reading(5, 'active'),
  () => invoice(2),
  () => reading(9, 'past_due'),
];

test.each([
  [0, 1, 2, 3, 4, 5],
  [5, 4, 3, 2, 1, 0],
  [4, 2, 0, 5, 1, 3],
  [2, 2, 5, 4, 4, 3],
  [3, 5, 4, 1, 2, 0],
  [4, 5, 2, 3, 1, 4],
])('facts in the order %i %i %i %i %i %i end in the same state', async (...order_) => {
  for (const at of order_) await world.answer((FACTS[at] ?? open)(1));
  for (const fact of FACTS) await world.answer(fact(1));
  expect([await world.state(payer), await states(), await world.wallet(payer)]).toEqual([
    'past_due',
    ['credited', 'credited'],
    { available: 2_000, deposited: 2_000 },
  ]);
});

test('a reading that is older by the clock of its process is made again, and none is made again after the end', async () => {
  await world.answer(reading(9, 'active'));
  expect(await world.answer(reading(5, 'past_due'))).toMatchObject({ outcome: 'wait' });
  expect(await world.state(payer)).toBe('active');
  await world.answer({ ...reading(9, 'canceled'), endedAtMs: 9 });
  expect(await world.answer(reading(5, 'past_due'))).toMatchObject({ outcome: 'settled' });
  expect(await world.state(payer)).toBe('ended');
});

describe('what is not ours', () => {
  test('a subscription without an order of ours is foreign, and one whose order is not here yet waits', async () => {
    expect(await world.answer(invoice(1, { order: null }))).toEqual({ outcome: 'foreign' });
    expect(await world.answer(invoice(1, { order: 'not-an-id' }))).toEqual({ outcome: 'foreign' });
    expect(await world.answer(invoice(1, { subscription: null }))).toEqual({ outcome: 'foreign' });
    const stranger = '01900000-0000-7000-8000-000000000000';
    expect(await world.answer(invoice(1, { order: stranger }))).toMatchObject({ outcome: 'wait' });
  });

  test('an account says nothing about orders of another, and a one-time order begins no subscription', async () => {
    const org = await world.createOrg();
    expect(await world.answer(invoice(1, { account: `stripe:${org}` }))).toMatchObject({
      outcome: 'parked',
      reason: 'other_account',
    });
    const once = await insertOrder(world.db, org);
    await insertCheckout(world.db, { order: once, account: 'stripe', session: `cs_once_${turn}` });
    expect(await world.answer(invoice(1, { order: once }))).toMatchObject({ reason: 'wrong_purpose' });
    expect(await world.wallet(payer)).toEqual({ available: 0, deposited: 0 });
  });

  test('what is of the other mode credits nothing', async () => {
    await world.answer(invoice(1));
    expect(await world.answer(invoice(2, { mode: 'live' }))).toMatchObject({ reason: 'wrong_mode' });
    expect((await world.wallet(payer)).available).toBe(1_000);
  });
});

test('the rail agrees, also where the provider’s balance was read before the order of a renewal was here', async () => {
  const other = await openSubscriptionWorld();
  const { db, clock, writer, accounts } = other;
  const user = await other.makeUser();
  const log = { error: () => undefined, warn: () => undefined };
  const options = { db, writer, clock, log, accounts, toleranceMicros: 0n };
  const round = async (): Promise<void> => {
    const lease = await acquireLease(db, { name: 'rails', holder: 'one', ttlMs: 120_000 });
    if (lease === undefined) throw new Error('no lease');
    await checkRails(options, lease);
  };
  const shown = async (): Promise<(bigint | undefined)[]> => {
    const due = (await readDue(db)).get('stripe');
    return [due && dueOf(due), (await readGot(db, new Date(clock.nowMs()))).get('stripe')?.gotMicros];
  };
  const subscription = await other.subscribe(user, await other.makePlan());
  await round();
  other.stripe.weather.hold = true;
  await other.renew(subscription);
  await round();
  other.stripe.clock.advance(3_600_000);
  await round();
  await other.stripe.deliveries.release();
  other.stripe.weather.hold = false;
  await other.work();
  await round();
  expect(await shown()).toEqual([20_000_000n, 20_000_000n]);
  await other.close();
});
