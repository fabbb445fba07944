/** Subscriptions through Creem: each paid period is granted once, whatever reports it, and what goes back is taken back. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { cancel, refund } from '../../../devnet/creem/life.ts';
import type { Subscription } from '../../../devnet/creem/objects.ts';
import { uuidV7, walletId } from '../../../src/core/ids.ts';
import { openUserWallet } from '../../../src/db/access/users.ts';
import { storePlanVersion } from '../../../src/db/subscriptions/plans.ts';
import { openCreemWorld, type CreemWorld } from '../../support/billing/creem-world.ts';
import { queryRows } from '../../support/process/query.ts';

const DAY_MS = 24 * 3_600_000;
const CENTS = 1_000;
let world: CreemWorld;

beforeEach(async () => {
  world = await openCreemWorld();
});
afterEach(async () => world.close());

/** A user who has opened a checkout for a plan of ten dollars a month, which is worth as much. */
async function open(): Promise<{ wallet: string; session: string; order: string }> {
  const { db, clock, shop, cashier } = world;
  const nowMs = clock.nowMs();
  const { wallet } = await openUserWallet(db, { id: 'user-1', at: new Date(nowMs) });
  const item = shop.addProduct({ price: CENTS, recurring: 'month' }).id;
  const plan = uuidV7(nowMs);
  const about = { name: 'Plan', description: '', features: [], isActive: true } as const;
  const prices = { monthlyCents: BigInt(CENTS), yearlyCents: null, stripeMonthly: null, stripeYearly: null };
  await db.transaction(async (trx) =>
    storePlanVersion(trx, {
      ...about,
      ...prices,
      plan,
      version: 1,
      fromMs: nowMs,
      kind: 'subscription',
      creditMicros: 10_000_000n,
      creditEnd: 'never',
      creemProduct: item,
    }),
  );
  const { order, session } = await cashier.openCheckout({
    org: wallet,
    user: 'user-1',
    ownAccount: false,
    provider: 'creem',
    pack: null,
    product: null,
    plan: { id: plan, interval: 'month' },
    name: 'Plan',
    item,
    priceMicros: 10_000_000n,
    creditMicros: 10_000_000n,
    bonusMicros: 0n,
    freeGiftCards: 0,
    successUrl: 'https://example.com/yes',
    cancelUrl: 'https://example.com/no',
    metadata: {},
    saveMethod: false,
    key: uuidV7(nowMs),
    hash: 'asked',
  });
  return { wallet, session, order };
}

/** What can be spent, in cents. */
async function available(wallet: string): Promise<bigint> {
  const { rows } = await queryRows<{ available: string }>(
    world.db,
    'SELECT available FROM entry WHERE wallet = ? ORDER BY seq DESC LIMIT 1',
    [wallet],
  );
  return BigInt(rows[0]?.available ?? 0) / 10_000n;
}

function subscriptionOf(session: string): Subscription {
  const { books } = world.shop;
  return books.get('subscription', books.get('checkout', session).subscription ?? '');
}

/** The next period begins and is paid. */
async function renew(session: string): Promise<void> {
  const untilMs = Date.parse(subscriptionOf(session).current_period_end_date) - world.clock.nowMs();
  world.creem.clock.advance(untilMs + 1_000);
  await world.creem.idle();
}

test('the first period is granted once, although a checkout and a payment report it', async () => {
  world.creem.weather.duplicate = 1;
  const { wallet, session, order } = await open();
  world.creem.act(session, 'pay');
  await world.work();
  await world.cashier.verify(order);
  expect(await available(wallet)).toBe(1_000n);
  expect(wallet).toBe(walletId({ kind: 'user', id: 'user-1' }));
});

test('each renewal is granted once, with webhooks in any order', async () => {
  const { wallet, session } = await open();
  world.creem.weather.hold = true;
  world.creem.act(session, 'pay');
  for (let month = 0; month < 2; month += 1) await renew(session);
  await world.creem.deliveries.release();
  await world.work();
  expect(await available(wallet)).toBe(3_000n);
});

test('renewals that no webhook reported are found by reading all payments', async () => {
  world.creem.weather.drop = 1;
  const { wallet, session } = await open();
  world.creem.act(session, 'pay');
  for (let month = 0; month < 2; month += 1) await renew(session);
  for (let round = 0; round < 3; round += 1) {
    world.creem.clock.advance(DAY_MS);
    await world.look();
  }
  expect(await available(wallet)).toBe(3_000n);
  expect(await world.compare()).toMatchObject({ due: 3_000n, got: 3_000n, frozen: false });
});

test('a refund of one period takes that period back, and no other', async () => {
  const { wallet, session } = await open();
  world.creem.act(session, 'pay');
  await world.work();
  const first = world.creem.transactionOf(session);
  await renew(session);
  await world.work();
  const { books } = world.shop;
  refund(books, books.get('transaction', subscriptionOf(session).last_transaction_id));
  await world.work();
  expect(await available(wallet)).toBe(1_000n);
  expect(first.status).toBe('paid');
  expect(await world.inbox()).not.toContainEqual(expect.objectContaining({ state: 'parked' }));
});

test('one that is cancelled with its period is granted no further one', async () => {
  const { wallet, session } = await open();
  world.creem.act(session, 'pay');
  await world.work();
  const stateOf = async (): Promise<unknown> =>
    (await queryRows<{ state: string }>(world.db, 'SELECT state FROM subscription')).rows[0]?.state;
  expect(await stateOf()).toBe('active');
  cancel(world.shop.books, subscriptionOf(session), 'scheduled');
  await world.work();
  expect(await stateOf()).toBe('cancelled_at_period_end');
  await renew(session);
  await world.work();
  expect(await stateOf()).toBe('ended');
  expect(await available(wallet)).toBe(1_000n);
});
