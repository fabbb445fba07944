/** What is due on a card rail against what its provider holds, at the fake Stripe. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { addBalance } from '../../devnet/stripe/balance.ts';
import { sumFees } from '../../src/db/billing/balance-movements.ts';
import { readDue } from '../../src/db/billing/rail-sums.ts';
import { walletId } from '../../src/core/ids.ts';
import { findOrder } from '../../src/db/billing/orders.ts';
import { releaseRail } from '../../src/db/billing/rails.ts';
import { findStanding } from '../../src/db/ledger/balance-now.ts';
import { LeaseLost } from '../../src/db/leases.ts';
import { openSettle } from '../../src/payments/settle.ts';
import { checkRails, finishOrders, GRACE_MS } from '../../src/payments/solvency.ts';
import { openRailWorld, type RailShown, type RailWorld } from '../support/billing/rail-world.ts';
import { sdkOf } from '../support/billing/stripe-sdk.ts';

let world: RailWorld;
beforeEach(async () => {
  world = await openRailWorld();
});
afterEach(async () => world.close());

const MINUTE_MS = 60_000;
const later = (ms: number): void => world.stripe.clock.advance(ms);
const rounds = async (count: number, holder?: string): Promise<RailShown> => {
  for (let round = 0; round < count; round += 1) {
    await world.round(holder);
    later(MINUTE_MS);
  }
  return world.rail();
};
const release = async (account = 'stripe'): Promise<unknown> =>
  releaseRail(world.db, { account, by: 'ada', reason: 'found', at: new Date(world.clock.nowMs()) });
const act = async (session: string, action: string): Promise<void> => {
  world.stripe.act(session, action);
  await world.work();
};
const agrees = (cents: bigint): object => ({ due: cents, got: cents, short: 0, surplus: 0, frozen: false });

describe('due is what the provider holds', () => {
  test('through tax, partial refunds, a refund that fails, and a dispute that is won, with every fee in its table', async () => {
    Object.assign(world.shop.books().settings, { taxPercent: 19 });
    const [first, second] = [await world.buy({ method: 'pm_card_refundFail' }), await world.buy()];
    expect(await rounds(1)).toMatchObject(agrees(5_950n));
    await act(first.session, 'refund_half');
    expect(await rounds(1)).toMatchObject(agrees(5_950n - 1_487n));
    await act(second.session, 'dispute');
    expect(await rounds(1)).toMatchObject(agrees(1_488n));
    await act(second.session, 'win');
    await act(first.session, 'refund_fails');
    expect(await rounds(1)).toMatchObject(agrees(5_950n));
    await act(first.session, 'refund');
    later(GRACE_MS);
    expect(await rounds(2)).toMatchObject(agrees(2_975n));
    const [due] = [...(await readDue(world.db)).values()];
    expect(due).toEqual({ creditedMicros: 25_000_000n, taxMicros: 4_750_000n, sellerMicros: 0n, parkedMicros: 0n });
    const fees = world.shop
      .books()
      .list('balance_transaction')
      .reduce((sum, { fee }) => sum + fee, 0);
    expect(fees).toBeGreaterThan(1_500);
    expect(await sumFees(world.db, ['stripe'])).toEqual([
      { account: 'stripe', currency: 'usd', amountMinor: BigInt(fees) },
    ]);
  });

  test('when a payment is refunded and disputed, whose loss is the seller of the credit', async () => {
    const { session } = await world.buy();
    await act(session, 'refund');
    await act(session, 'dispute');
    later(GRACE_MS);
    expect(await rounds(2)).toMatchObject(agrees(-2_500n));
    expect((await readDue(world.db)).get('stripe')).toMatchObject({ creditedMicros: 0n, sellerMicros: -25_000_000n });
  });

  test('when money is parked, as long as the payer did not get it back', async () => {
    const { session } = await world.buy({ work: false });
    const books = world.shop.books();
    Object.assign(books.get('checkout.session', session), { amount_subtotal: 2_400 });
    await world.work();
    expect(await rounds(1)).toMatchObject({ ...agrees(2_500n), parked: 2_500n });
    await act(session, 'refund_half');
    expect(await rounds(1)).toMatchObject({ ...agrees(1_250n), parked: 1_250n });
  });

  test('whatever else the account sells, in whichever currency its balance is', async () => {
    const stripe = sdkOf(world.stripe, world.shop.createKey());
    const intent = await stripe.paymentIntents.create({
      amount: 9_900,
      currency: 'usd',
      payment_method: 'pm_card_visa',
    });
    await stripe.paymentIntents.confirm(intent.id, { off_session: true, error_on_requires_action: true });
    const { session } = await world.buy();
    const books = world.shop.books();
    const [charge] = books.list('charge');
    addBalance(books, { type: 'stripe_fee', amount: -30, fee: 0, currency: 'usd', source: charge?.id ?? '' });
    for (const one of books.list('balance_transaction')) {
      Object.assign(one, { currency: 'eur', amount: Math.round(one.amount * 0.9), fee: 41 });
    }
    expect(await rounds(1)).toMatchObject(agrees(2_500n));
    await act(session, 'refund');
    later(GRACE_MS);
    expect(await rounds(1)).toMatchObject(agrees(0n));
    expect(await sumFees(world.db, ['stripe'])).toEqual([{ account: 'stripe', currency: 'eur', amountMinor: 41n }]);
  });

  test('and no account has what was paid on another, whichever order it names', async () => {
    const org = await world.createOrg();
    const other = world.stripe.addAccount();
    await world.accounts.store(org, { secretKey: other.createKey(), webhookSecrets: ['whsec_of_the_org'] });
    const { order } = await world.buy();
    const intent = await sdkOf(world.stripe, other.createKey()).paymentIntents.create({
      amount: 9_900,
      currency: 'usd',
      payment_method: 'pm_card_visa',
      metadata: { coffer_order: order },
      confirm: true,
      off_session: true,
      error_on_requires_action: true,
    });
    expect(intent.status).toBe('succeeded');
    expect(await rounds(1)).toMatchObject(agrees(2_500n));
    expect(await world.rail(`stripe:${org}`)).toMatchObject(agrees(0n));
  });

  test('and money that came in by hand is shown and compared with nothing', async () => {
    await world.forge('offline', 900n);
    await rounds(3);
    expect(await world.rail('offline')).toMatchObject({ due: 90_000n, got: 0n, short: 0, frozen: false });
  });
});

describe('A60 credit without money behind it', () => {
  test('freezes its rail with the second round; what comes in waits, what goes back is taken, a release credits it', async () => {
    const before = await world.buy();
    expect(await rounds(1)).toMatchObject(agrees(2_500n));
    await world.forge('stripe', 50n);
    expect(await rounds(1)).toMatchObject({ due: 7_500n, got: 2_500n, short: 1, frozen: false });
    expect(await rounds(1)).toMatchObject({ short: 2, frozen: true });
    expect(world.alarms).toEqual([{ event: 'rail.frozen', rail: 'assets:stripe', dueUsd: '75.00', gotUsd: '25.00' }]);
    const waiting = await world.buy();
    const bought = { state: 'paid', reason: 'rail_frozen' };
    expect(await findOrder(world.db, waiting.order)).toMatchObject(bought);
    const parked = (await world.inbox()).filter(({ reason }) => reason === 'rail_frozen');
    expect(parked.map(({ kind, state }) => [kind, state])).toEqual([
      ['payment', 'parked'],
      ['checkout', 'parked'],
    ]);
    await act(before.session, 'dispute');
    expect([await world.available(before.org), await world.available(waiting.org)]).toEqual(['0', '0']);
    await act(before.session, 'win');
    expect(await world.available(before.org)).toBe('0');
    expect(await rounds(2)).toMatchObject({ due: 10_000n, got: 5_000n, parked: 5_000n, frozen: true });

    expect(await release()).toMatchObject({ account: 'stripe', frozenBy: 'solvency' });
    await world.work();
    expect([await world.available(before.org), await world.available(waiting.org)]).toEqual(['25000000', '25000000']);
    expect(await findOrder(world.db, waiting.order)).toMatchObject({ state: 'credited', reason: null });
    expect((await world.events()).map(({ kind, data }) => [kind, data['rail'], data['reason']])).toEqual([
      ['rail.frozen', 'assets:stripe', expect.stringContaining('75.00 USD are due')],
      ['rail.released', 'assets:stripe', 'found'],
    ]);
    expect(await release()).toBeUndefined();
    // The shortage was accepted. More of it is not.
    later(GRACE_MS);
    expect(await rounds(3)).toMatchObject({ due: 10_000n, got: 5_000n, short: 0, frozen: false });
    await world.forge('stripe', 2n);
    expect(await rounds(2)).toMatchObject({ short: 2, frozen: true });
  });

  test('freezes a rail that has no account, and no other one', async () => {
    await world.buy();
    await world.forge('creem', 2n);
    await rounds(2);
    expect(await world.rail('creem')).toMatchObject({ due: 200n, got: 0n, frozen: true });
    expect(await world.rail()).toMatchObject(agrees(2_500n));
  });

  test('within the tolerance freezes nothing', async () => {
    await world.forge('stripe', 1n);
    expect(await rounds(3)).toMatchObject({ due: 100n, short: 0, frozen: false });
  });

  test('is noticed in a credit that is above its payment', async () => {
    const { order } = await world.buy();
    const owner = world.db;
    await owner.raw('UPDATE order_movement SET amount = amount * 3 WHERE order_id = ?', [order]);
    await world.forge('stripe', 50n);
    expect(await rounds(2)).toMatchObject({ due: 7_500n, frozen: true });
  });

  test('of an org on its own account freezes that alone, and is in its log too', async () => {
    const org = await world.createOrg();
    await world.buy();
    await world.forge(`stripe:${org}`, 5n);
    await rounds(2);
    expect(await world.rail(`stripe:${org}`)).toMatchObject({ frozen: true });
    expect(await world.rail()).toMatchObject({ frozen: false });
    for (const log of [org, undefined]) {
      expect((await world.events(log)).map(({ data }) => data['rail'])).toEqual([`assets:stripe:${org}`]);
    }
  });
});

test('a refund of which nobody was told freezes the rail, once it had time to be told', async () => {
  const { session } = await world.buy();
  await world.round();
  Object.assign(world.stripe.weather, { drop: 1 });
  await act(session, 'refund');
  expect(await rounds(2)).toMatchObject({ due: 2_500n, got: 0n, short: 0 });
  later(GRACE_MS);
  expect(await rounds(2)).toMatchObject({ short: 2, frozen: true });
});

test('a payment of which nobody was told raises one alarm, and freezes nothing', async () => {
  Object.assign(world.stripe.weather, { drop: 1 });
  await world.buy();
  expect(await rounds(2)).toMatchObject({ due: 0n, got: 2_500n, surplus: 0 });
  later(GRACE_MS);
  expect(await rounds(4)).toMatchObject({ surplus: 4, frozen: false });
  expect(world.alarms).toEqual([{ event: 'rail.surplus', rail: 'assets:stripe', dueUsd: '0.00', gotUsd: '25.00' }]);
});

describe('a crash', () => {
  /** Whoever settles from now on crashes at the next entry. */
  const failing = (how: 'before' | 'after'): void => {
    const { db, clock, writer } = world;
    world.answer = openSettle({
      db,
      clock,
      writer: {
        submit: async (submission) => {
          if (how === 'after') await writer.submit(submission);
          throw new Error('crashed');
        },
      },
    });
  };

  test('before or after the entry of a credit looks like no shortage, and is finished by the next rounds', async () => {
    for (const how of ['before', 'after'] as const) {
      failing(how);
      const { org, order } = await world.buy();
      expect(await findOrder(world.db, order)).toMatchObject({ state: 'paid' });
      expect(await rounds(3)).toMatchObject({ short: 0, surplus: 0, frozen: false });
      expect(await findOrder(world.db, order)).toMatchObject({ state: 'credited' });
      expect(await world.available(org)).toBe('25000000');
    }
    expect(await rounds(1)).toMatchObject(agrees(5_000n));
  });

  test('and then a freeze: a return that was decided is finished, so that all is taken back; a credit waits', async () => {
    const back = await world.buy({ method: 'pm_card_refundFail' });
    await act(back.session, 'refund_half');
    failing('before');
    await act(back.session, 'refund_fails');
    expect(await world.available(back.org)).toBe('12500000');
    const waiting = await world.buy();
    await world.db.raw(`INSERT INTO rail_freeze (id, account, reason, frozen_by, frozen_at)
      VALUES (gen_random_uuid(), 'stripe', 'a test', 'solvency', now())`);
    const { db, clock, writer } = world;
    world.answer = openSettle({ db, clock, writer });
    await act(back.session, 'refund');
    await rounds(1);
    expect([await world.available(back.org), await world.available(waiting.org)]).toEqual(['0', '0']);
    expect(await findOrder(world.db, waiting.order)).toMatchObject({ state: 'paid' });
    await release();
    await rounds(1);
    expect([await world.available(back.org), await world.available(waiting.org)]).toEqual(['0', '25000000']);
  });

  test('of a round leaves what it read, and the next process compares', async () => {
    await world.buy();
    const lease = await world.take('one');
    const { platform } = world;
    const dying = {
      ...world.options,
      accounts: {
        ...world.options.accounts,
        list: async () => world.accounts.list(),
        note: async () => Promise.resolve(),
        find: async () =>
          Promise.resolve({
            ...platform,
            listBalance: async (range: Parameters<typeof platform.listBalance>[0]) => {
              const page = await platform.listBalance(range);
              // Somebody takes over while the page is on its way.
              await world.drop(lease);
              await world.take('two');
              return page;
            },
          }),
      },
    };
    await expect(checkRails(dying, lease)).rejects.toBeInstanceOf(LeaseLost);
    expect(await world.rail()).toMatchObject({ due: 0n, got: 0n });
    expect(await rounds(1, 'two')).toMatchObject(agrees(2_500n));
  });
});

test('of two processes one compares at a time, and one freeze comes of it', async () => {
  await world.forge('stripe', 9n);
  const lease = await world.take('one');
  await expect(world.round('two')).rejects.toThrow('another process has the lease');
  await checkRails(world.options, lease);
  await world.drop(lease);
  await rounds(2, 'two');
  await expect(checkRails(world.options, lease)).rejects.toBeInstanceOf(LeaseLost);
  expect(await world.events()).toHaveLength(1);
  expect(world.alarms).toHaveLength(1);
});

test('a balance that cannot be read leaves the rail as it was, and says why', async () => {
  await world.buy();
  expect(await rounds(1)).toMatchObject(agrees(2_500n));
  world.stripe.faults.add({ call: 'GET /v1/balance_transactions', effect: { kind: 'server_error' } });
  await world.forge('stripe', 50n);
  const shown = await rounds(3);
  expect(shown).toMatchObject({ short: 0, frozen: false });
  expect(shown.problem).toContain('list balance transactions');
});

test('an account whose key cannot be opened holds up no other', async () => {
  const org = await world.createOrg();
  const { accounts } = world.options;
  const broken = {
    list: async () => [`stripe:${org}`, ...(await accounts.list())],
    note: accounts.note.bind(accounts),
    find: async (name: string) =>
      name === 'stripe' ? accounts.find(name) : Promise.reject(new Error('sealed under a key that is gone')),
  };
  await world.forge('stripe', 9n);
  const lease = await world.take('one');
  await checkRails({ ...world.options, accounts: broken }, lease);
  await checkRails({ ...world.options, accounts: broken }, lease);
  expect(await world.rail()).toMatchObject({ frozen: true });
  expect(await world.rail(`stripe:${org}`)).toMatchObject({ problem: 'its balance cannot be read', frozen: false });
});

test('an order that cannot be credited holds up no other', async () => {
  const { db, clock, writer } = world;
  const failing = { submit: async () => Promise.reject(new Error('crashed')) };
  world.answer = openSettle({ db, clock, writer: failing });
  const first = await world.buy();
  const second = await world.buy();
  later(2 * MINUTE_MS);
  const barred = walletId({ kind: 'org', id: first.org });
  const submit: typeof writer.submit = async (submission) =>
    submission.wallet === barred ? Promise.reject(new Error('the wallet is full')) : writer.submit(submission);
  await finishOrders({ ...world.options, writer: { submit } });
  expect(await findOrder(db, first.order)).toMatchObject({ state: 'paid' });
  expect(await findOrder(db, second.order)).toMatchObject({ state: 'credited' });
});

test('credit that was warned of before it could be written is frozen with it', async () => {
  const { db, clock } = world;
  const failing = { submit: async () => Promise.reject(new Error('crashed')) };
  world.answer = openSettle({ db, clock, writer: failing });
  const { org, order, session } = await world.buy();
  await act(session, 'warn');
  later(2 * MINUTE_MS);
  await finishOrders(world.options);
  expect(await findOrder(db, order)).toMatchObject({ state: 'credited' });
  const standing = await findStanding(db, walletId({ kind: 'org', id: org }), new Date(clock.nowMs()));
  expect(standing).toMatchObject({ available: 25_000_000n, frozen: 25_000_000n });
});

test('a long list is read in windows that are halved, and each movement once', async () => {
  for (let bought = 0; bought < 3; bought += 1) {
    await world.buy();
    later(MINUTE_MS);
  }
  Object.assign(world.options, { pagesMax: 1 });
  const { platform } = world;
  let calls = 0;
  const small = {
    ...platform,
    listBalance: async (range: Parameters<typeof platform.listBalance>[0]) => {
      calls += 1;
      const { movements } = await platform.listBalance(range);
      const from = range.after === undefined ? 0 : movements.findIndex(({ id }) => id === range.after) + 1;
      const page = movements.slice(from, from + 1);
      return { movements: page, next: from + 1 < movements.length ? page[0]?.id : undefined };
    },
  };
  Object.assign(world.options.accounts, { find: async () => Promise.resolve(small) });
  expect(await rounds(3)).toMatchObject(agrees(7_500n));
  expect(calls).toBeGreaterThan(6);
});
