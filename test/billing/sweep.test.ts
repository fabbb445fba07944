/** The sweep of the provider's event list finds what no webhook brought. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { OVERLAP_MS, sweepAccount, type SweepOptions } from '../../src/payments/sweep.ts';
import { listAccounts } from '../../src/db/billing/accounts.ts';
import { viewOfAccounts } from '../../src/views/payment-account.ts';
import { queryRows } from '../support/process/query.ts';
import { openPaymentWorld, type PaymentWorld } from '../support/billing/payment-world.ts';

const DAY_MS = 24 * 3_600_000;
let world: PaymentWorld;

beforeEach(async () => {
  world = await openPaymentWorld();
});
afterEach(async () => world.close());

function options(holder = 'one'): SweepOptions {
  const { db, clock, accounts, backlog } = world;
  return { db, clock, accounts, backlog, holder, log: { warn: () => undefined, info: () => undefined } };
}

async function sweep(holder?: string): Promise<number | undefined> {
  return sweepAccount(options(holder), 'stripe');
}

async function position(): Promise<{ swept_to: Date; gap_from: Date | null }> {
  const { rows } = await queryRows<{ swept_to: Date; gap_from: Date | null }>(
    world.db,
    'SELECT swept_to, gap_from FROM payment_account',
  );
  const [row] = rows;
  if (row === undefined) throw new Error('no position');
  return row;
}

async function paid(): Promise<string> {
  const { session } = await world.checkout();
  world.stripe.pay(session);
  return session;
}

test('A50 what a dead endpoint never got is found and settled; what came is not taken twice', async () => {
  await paid();
  await world.stripe.idle();
  world.stripe.weather.drop = 1;
  const session = await paid();
  expect(await sweep()).toBe(2);
  expect(await sweep()).toBe(0);
  await world.work();
  expect(world.facts.findLast(({ id }) => id === session)).toMatchObject({ paid: 'paid' });
});

test('the position moves to where everything was read, and an event that appears late within the overlap is found', async () => {
  world.stripe.weather.drop = 1;
  await sweep();
  const before = await position();
  world.stripe.clock.advance(OVERLAP_MS / 2);
  await paid();
  const hidden = world.shop.books().events.splice(0);
  world.stripe.clock.advance(60_000);
  expect(await sweep()).toBe(0);
  expect((await position()).swept_to.getTime()).toBeGreaterThan(before.swept_to.getTime());
  world.shop.books().events.push(...hidden);
  expect(await sweep()).toBe(2);
});

test('several events of one second, before and after the position, are all found', async () => {
  world.stripe.weather.drop = 1;
  await sweep();
  await paid();
  expect(await sweep()).toBe(2);
  const first = world.shop.books().events.find(({ type }) => type === 'checkout.session.completed');
  if (first === undefined) throw new Error('no event');
  world.shop.books().events.push({ ...first, id: 'evt_same_second' });
  expect(await sweep()).toBe(1);
});

test('more events than one window of pages are read whole', async () => {
  world.stripe.weather.drop = 1;
  const session = await paid();
  const template = world.shop.books().events.find(({ type }) => type === 'checkout.session.completed');
  if (template === undefined) throw new Error('no event');
  await sweep();
  const now = world.stripe.clock.now();
  // 210 in one second and 40 around it: more than 2 pages of 100, in a window and in a second.
  const made = Array.from({ length: 250 }, (_, n) => ({
    ...template,
    id: `evt_many_${n}`,
    created: n < 210 ? now : now - 60 + (n % 50),
  }));
  world.shop.books().events.push(...made.toSorted((a, b) => a.created - b.created));
  const narrow = { ...options(), pagesMax: 2 };
  expect(await sweepAccount(narrow, 'stripe')).toBe(250);
  expect(await sweepAccount(narrow, 'stripe')).toBe(0);
  await world.work();
  expect(world.facts.filter(({ id }) => id === session)).toHaveLength(1);
});

test('of several processes one sweeps at a time, and the next goes on', async () => {
  world.stripe.weather.drop = 1;
  await paid();
  world.stripe.faults.add({ call: 'GET /v1/events', effect: { kind: 'slow', ms: 1_000 } });
  const found = await Promise.all(['one', 'two', 'three'].map(async (holder) => sweep(holder)));
  expect(found.filter((one) => one === undefined)).toHaveLength(2);
  world.stripe.faults.clear();
  expect(found.filter((one) => one !== undefined).reduce((sum, one) => sum + one, 0)).toBe(2);
  expect(await sweep('two')).toBe(0);
});

test('a sweep that fails half-way leaves the position, and the next finds everything', async () => {
  world.stripe.weather.drop = 1;
  await sweep();
  const before = await position();
  world.stripe.clock.advance(5_000);
  await paid();
  world.stripe.faults.add({ call: 'GET /v1/events', effect: { kind: 'rate_limit' } });
  await expect(sweep()).rejects.toMatchObject({ code: 'PAYMENT_PROVIDER_FAILED' });
  expect(await position()).toEqual(before);
  world.stripe.faults.clear();
  expect(await sweep()).toBe(2);
});

test('a key without the permission for events is a state of the account, which ends with the permission', async () => {
  const narrow = await openPaymentWorld({ platformKey: (shop) => shop.createKey('test', ['checkout_session_write']) });
  try {
    const { db, clock, accounts, backlog } = narrow;
    const log = { warn: () => undefined, info: () => undefined };
    await expect(sweepAccount({ db, clock, accounts, backlog, log, holder: 'one' }, 'stripe')).rejects.toMatchObject({
      fault: { lacks: 'event_read' },
    });
    const configured = { name: 'stripe', secretKey: 'rk_test_0000abcd', webhookSecrets: 1 };
    expect(viewOfAccounts(await listAccounts(db), [configured])).toEqual([
      {
        account: 'stripe',
        org: null,
        mode: 'test',
        keyLast4: 'abcd',
        webhookSecrets: 1,
        lacks: ['event_read'],
        sweptAt: null,
        gapFrom: null,
        eventsDropped: 0,
        leftBehind: [],
      },
    ]);
  } finally {
    await narrow.close();
  }
});

test('after more than thirty days what may be missing is said', async () => {
  await sweep();
  expect((await position()).gap_from).toBeNull();
  const { swept_to: stopped } = await position();
  world.stripe.clock.advance(31 * DAY_MS);
  await sweep();
  expect((await position()).gap_from).toEqual(stopped);
});

test('A54 an account with as much waiting as it may is swept once there is room again, and loses nothing', async () => {
  world.stripe.weather.drop = 1;
  const session = await paid();
  world.openMax = 0;
  await sweep();
  const { swept_to: before } = await position();
  world.stripe.clock.advance(60_000);
  expect(await sweep()).toBe(0);
  expect(await position()).toMatchObject({ swept_to: before });
  world.openMax = 100;
  world.stripe.clock.advance(2_000);
  expect(await sweep()).toBe(2);
  await world.work();
  expect(world.facts.findLast(({ id }) => id === session)).toMatchObject({ paid: 'paid' });
});

test('an account without a key is not swept', async () => {
  expect(await sweepAccount(options(), `stripe:${await world.createOrg()}`)).toBeUndefined();
});
