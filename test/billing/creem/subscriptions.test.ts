/** Subscriptions through Creem: each paid period is granted once, whatever reports it, and what goes back is taken back. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { refund } from '../../../devnet/creem/life.ts';
import type { Transaction } from '../../../devnet/creem/objects.ts';
import { cancel, pause, switchProduct } from '../../../devnet/creem/subscriptions.ts';
import { openCreemSubscriptions, type CreemSubscriptions } from '../../support/billing/creem-subscriptions.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
let world: CreemSubscriptions;
let wallet: string;

beforeEach(async () => {
  world = await openCreemSubscriptions();
  wallet = await world.makeUser();
});
afterEach(async () => world.close());

const available = async (): Promise<bigint> => world.available(wallet);
const transaction = (id: string): Transaction => world.shop.books.get('transaction', id);

describe('a paid period', () => {
  test('is granted once, although a checkout and a payment report it', async () => {
    world.creem.weather.duplicate = 1;
    const { session, order } = await world.open(wallet, await world.makePlan());
    world.creem.act(session, 'pay');
    await world.work();
    await world.cashier.verify(order);
    expect(await available()).toBe(1_000n);
    expect(await world.orders(wallet)).toEqual([{ state: 'credited', reason: null, cents: 1_000 }]);
    expect(await world.state(wallet)).toBe('active');
  });

  test('is granted once for each renewal, with webhooks in any order and in either scheme of signatures', async () => {
    Object.assign(world.creem.weather, { hold: true, duplicate: 1 });
    const { session } = await world.open(wallet, await world.makePlan());
    world.creem.act(session, 'pay');
    for (const scheme of ['older', 'standard'] as const) {
      world.creem.weather.scheme = scheme;
      await world.pass(world.subscriptionOf(session));
      await world.creem.deliveries.release();
    }
    await world.work();
    expect(await available()).toBe(3_000n);
    expect(world.taken).not.toContain('unverified');
  });

  test('waits for its order before it touches the checkout of that, as what settles the checkout does', async () => {
    const { session, order } = await world.open(wallet, await world.makePlan());
    world.creem.act(session, 'pay');
    await world.creem.idle();
    let settling: Promise<unknown> | undefined;
    await world.db.transaction(async (trx) => {
      await trx.raw('SELECT FROM pack_order WHERE id = ? FOR NO KEY UPDATE', [order]);
      settling = world.work();
      // What settles the checkout, the subscription and its first invoice.
      const waiting = async (): Promise<unknown> =>
        (
          await trx.raw(`SELECT count(DISTINCT l.pid)::integer AS waiting FROM pg_locks l
            JOIN pg_stat_activity a ON a.pid = l.pid AND a.datname = current_database() WHERE NOT l.granted`)
        ).rows[0];
      await expect.poll(waiting, { timeout: 10_000 }).toEqual({ waiting: 3 });
      // Nobody else has it: two who took the two rows in another sequence would end each other.
      await trx.raw('SELECT FROM order_checkout WHERE order_id = ? FOR UPDATE NOWAIT', [order]);
    });
    await settling;
    expect(await available()).toBe(1_000n);
  });

  test('of a year brings twelve months', async () => {
    await world.subscribe(wallet, await world.makePlan({ yearly: 100, credit: 10 }));
    expect(await available()).toBe(12_000n);
  });

  test('that begins hours after its checkout was paid is that of the checkout, and so is its refund', async () => {
    world.shop.books.firstPeriodDelayMs = 5 * HOUR_MS;
    const { session } = await world.open(wallet, await world.makePlan());
    world.creem.act(session, 'pay');
    await world.work();
    expect(await world.orders(wallet)).toEqual([{ state: 'credited', reason: null, cents: 1_000 }]);
    world.creem.act(session, 'refund');
    await world.work();
    expect(await available()).toBe(0n);
  });

  test('whose subscription does not name our order is found by its checkout', async () => {
    world.shop.books.bareSubscriptions = true;
    const subscription = await world.subscribe(wallet, await world.makePlan());
    await world.renew(subscription);
    expect(await available()).toBe(2_000n);
  });

  test('is the first one after a trial, and pays the order of the checkout', async () => {
    const { session } = await world.open(wallet, await world.makePlan());
    world.creem.act(session, 'begin_trial');
    await world.work();
    expect([await available(), await world.state(wallet)]).toEqual([0n, 'trialing']);
    await world.renew(world.subscriptionOf(session));
    expect([await available(), await world.state(wallet)]).toEqual([1_000n, 'active']);
    expect(await world.orders(wallet)).toEqual([{ state: 'credited', reason: null, cents: 1_000 }]);
  });

  test('never comes of a trial that was cancelled, and another subscription may begin', async () => {
    const plan = await world.makePlan();
    const { session } = await world.open(wallet, plan);
    world.creem.act(session, 'begin_trial');
    await world.work();
    cancel(world.shop.books, world.subscriptionOf(session), 'immediate');
    await world.work();
    for (let round = 0; round < 3; round += 1) {
      world.creem.clock.advance(7 * HOUR_MS);
      await world.look();
    }
    expect(await world.orders(wallet)).toEqual([{ state: 'expired', reason: null, cents: 1_000 }]);
    await world.subscribe(wallet, plan);
    expect(await available()).toBe(1_000n);
  });

  test('that credit at Creem paid in part is parked', async () => {
    const subscription = await world.subscribe(wallet, await world.makePlan());
    world.creem.weather.hold = true;
    await world.pass(subscription);
    Object.assign(transaction(subscription.last_transaction_id), { amount_paid: 400 });
    await world.creem.deliveries.release();
    await world.work();
    expect(await available()).toBe(1_000n);
    expect((await world.orders(wallet)).at(-1)).toMatchObject({ state: 'parked', reason: 'paid_from_balance' });
  });

  test('is granted under a status that is new, once its money is known', async () => {
    const subscription = await world.subscribe(wallet, await world.makePlan());
    world.shop.books.words.set('active', 'thriving');
    await world.renew(subscription);
    expect([await available(), await world.state(wallet)]).toEqual([2_000n, 'active']);
  });
});

describe('without webhooks', () => {
  /** A round of looking, some time after the last one. */
  const look = async (afterMs = HOUR_MS): Promise<void> => {
    world.creem.clock.advance(afterMs);
    await world.look();
  };

  test('every period is found by reading all payments, also of a subscription that nobody knew of', async () => {
    world.creem.weather.drop = 1;
    const { session } = await world.open(wallet, await world.makePlan());
    world.creem.act(session, 'pay');
    for (let month = 0; month < 2; month += 1) await world.pass(world.subscriptionOf(session));
    for (let round = 0; round < 3; round += 1) await look(DAY_MS);
    expect(await available()).toBe(3_000n);
    expect(await world.compare()).toMatchObject({ due: 3_000n, got: 3_000n, frozen: false });
  });

  test('an end, a pause and a cancellation are found by reading the subscriptions', async () => {
    const plan = await world.makePlan();
    const subscription = await world.subscribe(wallet, plan);
    world.creem.weather.drop = 1;
    cancel(world.shop.books, subscription, 'scheduled');
    await look();
    expect(await world.state(wallet)).toBe('active');
    await look(6 * HOUR_MS);
    expect(await world.state(wallet)).toBe('cancelled_at_period_end');
    await world.pass(subscription);
    await world.look();
    expect(await world.state(wallet)).toBe('ended');
    world.creem.weather.drop = 0;
    const other = await world.makeUser();
    const second = await world.subscribe(other, plan);
    world.creem.weather.drop = 1;
    pause(world.shop.books, second);
    await look(7 * HOUR_MS);
    expect(await world.state(other)).toBe('paused');
  });

  test('a subscription of another business is read once, and not in every round', async () => {
    const { session } = await world.order();
    Object.assign(world.shop.books.get('checkout', session), {
      product: world.shop.addProduct({ price: 500, recurring: 'month' }).id,
      metadata: {},
      request_id: undefined,
    });
    world.creem.weather.drop = 1;
    world.creem.act(session, 'pay');
    const { id } = world.subscriptionOf(session);
    for (let round = 0; round < 4; round += 1) await look();
    const reads = world.creem.calls.filter(({ query }) => query === `subscription_id=${id}`);
    // Once as it is, and once as what its checkout leads to.
    expect(reads.length).toBeLessThanOrEqual(2);
    expect(await world.inbox()).toContainEqual(expect.objectContaining({ object: id, state: 'foreign' }));
  });
});

describe('what goes back', () => {
  test('by a refund of one period is taken back for that period, and for no other', async () => {
    const subscription = await world.subscribe(wallet, await world.makePlan());
    const first = transaction(subscription.last_transaction_id);
    await world.renew(subscription);
    refund(world.shop.books, transaction(subscription.last_transaction_id));
    await world.work();
    expect(await available()).toBe(1_000n);
    expect(first.status).toBe('paid');
    expect(await world.inbox()).not.toContainEqual(expect.objectContaining({ state: 'parked' }));
  });

  test('through our API is the whole of a period, and never a part', async () => {
    const { session, order } = await world.open(wallet, await world.makePlan());
    world.creem.act(session, 'pay');
    await world.work();
    const part = { order, amountCents: 400n, key: 'part' };
    await expect(world.cashier.refund(part)).rejects.toMatchObject({ details: { reason: 'whole_only' } });
    await world.cashier.refund({ order, amountCents: undefined, key: 'all' });
    expect(await available()).toBe(0n);
  });

  test('before its period was granted is taken back after it', async () => {
    const subscription = await world.subscribe(wallet, await world.makePlan());
    world.creem.weather.hold = true;
    await world.pass(subscription);
    refund(world.shop.books, transaction(subscription.last_transaction_id), 300);
    await world.creem.deliveries.release((all) => all.toReversed());
    await world.work();
    expect(await available()).toBe(1_700n);
  });
});

describe('a switch that was made at Creem', () => {
  test('grants nothing for what it costs, and what the next period brings waits for a person', async () => {
    const subscription = await world.subscribe(wallet, await world.makePlan({ monthly: 10 }));
    const large = await world.makePlan({ monthly: 30 });
    world.creem.clock.advance(10 * DAY_MS);
    switchProduct(world.shop.books, subscription, large.creemProduct ?? '', true);
    await world.work();
    await world.renew(subscription);
    expect(await available()).toBe(1_000n);
    expect((await world.orders(wallet)).slice(1)).toMatchObject([
      { state: 'parked', reason: 'switched_elsewhere' },
      { state: 'parked', reason: 'switched_elsewhere' },
    ]);
  });

  test('changes nothing of the period before it, although that is read after it', async () => {
    world.creem.weather.hold = true;
    const { session } = await world.open(wallet, await world.makePlan({ monthly: 10 }));
    world.creem.act(session, 'pay');
    const large = await world.makePlan({ monthly: 30 });
    switchProduct(world.shop.books, world.subscriptionOf(session), large.creemProduct ?? '', false);
    await world.creem.deliveries.release();
    await world.work();
    expect(await available()).toBe(1_000n);
  });
});

describe('a renewal whose card is declined', () => {
  test('is granted when a later try is paid, and the subscription is not over meanwhile', async () => {
    const subscription = await world.subscribe(wallet, await world.makePlan());
    world.shop.books.declining.add(subscription.id);
    await world.renew(subscription);
    expect([await available(), await world.state(wallet)]).toEqual([1_000n, 'past_due']);
    world.creem.clock.advance(3 * DAY_MS);
    await world.work();
    expect(await world.state(wallet)).toBe('unpaid');
    world.shop.books.declining.clear();
    world.creem.clock.advance(3 * DAY_MS);
    await world.work();
    expect([await available(), await world.state(wallet)]).toEqual([2_000n, 'active']);
  });

  test('ends it in the end, and another one may begin', async () => {
    const plan = await world.makePlan();
    const subscription = await world.subscribe(wallet, plan);
    world.shop.books.declining.add(subscription.id);
    await world.renew(subscription);
    world.creem.clock.advance(7 * DAY_MS);
    await world.work();
    expect(await world.state(wallet)).toBe('ended');
    await world.subscribe(wallet, plan);
    expect(await available()).toBe(2_000n);
  });
});
