/** Auto-refill with a real ledger and the fake Stripe: what it buys, how often, and what is never charged. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { decideRefill } from '../../src/db/billing/refill-decisions.ts';
import { setFrozen } from '../../src/db/ledger/frozen-lots.ts';
import { refillRound } from '../../src/payments/refill.ts';
import { uuidV7 } from '../../src/core/ids.ts';
import { debitOf } from '../support/ledger/wallets.ts';
import { queryRows } from '../support/process/query.ts';
import { openRefillWorld, type RefillOrg, type RefillWorld } from '../support/billing/refill-world.ts';

const USD = 1_000_000n;
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
let world: RefillWorld;
beforeAll(async () => {
  world = await openRefillWorld();
  noon();
});
afterAll(async () => world.stop());

/** Noon of a UTC day in the middle of the next month, so that days and months end where the test says. */
function noon(): void {
  const now = new Date(world.clock.nowMs());
  world.stripe.clock.advance(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 10, 12) - now.getTime());
}
const callsTo = (path: string): number =>
  world.stripe.calls.filter((call) => call.method === 'POST' && call.path === path).length;
/** Decides without carrying out. */
const decide = async (org: string): Promise<string> =>
  decideRefill(
    world.db,
    { org, account: 'stripe', mode: 'test' },
    { findProduct: world.means.findProduct, at: new Date(world.clock.nowMs()) },
  );
const purchasesOf = async (org: string): Promise<{ state: string; price_minor: string }[]> =>
  (
    await queryRows<{ state: string; price_minor: string }>(
      world.db,
      'SELECT state, price_minor FROM auto_refill_purchase WHERE org = ? ORDER BY order_id',
      [org],
    )
  ).rows;

describe('what is bought', () => {
  test('nothing by default, and nothing while the balance is at the threshold', async () => {
    const before = callsTo('/v1/payment_intents');
    const never = await world.open({ usd: 0n, change: { enabled: false } });
    const at = await world.open();
    await world.spend(at, 5n);
    await world.rounds();
    expect(callsTo('/v1/payment_intents')).toBe(before);
    expect([await world.orders(never.org), await world.orders(at.org)]).toEqual([[], []]);
  });

  test('a pack, once, when the balance has fallen below the threshold', async () => {
    const org = await world.open();
    await world.spend(org, 6n);
    await world.rounds();
    await world.rounds();
    expect(world.charged(org)).toEqual([2_500]);
    expect(await world.available(org)).toBe(29n * USD);
    const [order, ...more] = await world.orders(org.org);
    expect(more).toEqual([]);
    expect(order).toMatchObject({
      channel: 'auto_refill',
      state: 'credited',
      pack: 'growth',
      priceMicros: 25n * USD,
      freeGiftCards: 10,
    });
    expect(await world.events(org.org, 'auto_refill.succeeded')).toEqual([
      { account: 'platform', orderId: order?.id, amountUsd: '25.00' },
    ]);
    expect(await purchasesOf(org.org)).toEqual([{ state: 'succeeded', price_minor: '2500' }]);
  });

  test('200 parallel debits across the threshold buy once, with two processes that look all the while', async () => {
    const org = await world.open({ usd: 220n, change: { thresholdMicros: 30n * USD } });
    const other = await world.process();
    const spent = new AbortController();
    const looking = [world.means, other.means].map(async (means) => {
      while (!spent.signal.aborted) await refillRound(means);
    });
    await Promise.all(Array.from({ length: 200 }, async () => world.writer.submit(debitOf(org.wallet, 1n))));
    spent.abort();
    await Promise.all(looking);
    await world.rounds();
    await other.stop();
    expect(world.charged(org)).toEqual([2_500]);
    expect(await world.available(org)).toBe(45n * USD);
  });

  test('turning it on below the threshold is a crossing, and still being below after a credit is another', async () => {
    const org = await world.open({ usd: 0n, change: { thresholdMicros: 60n * USD } });
    await world.rounds();
    expect(world.charged(org)).toEqual([2_500, 2_500, 2_500]);
    expect(await world.available(org)).toBe(75n * USD);
  });

  test('up to a target in one purchase, to the cent above', async () => {
    const change = { what: { kind: 'target', targetMicros: 40n * USD } } as const;
    const org = await world.open({ usd: 5n, change });
    await world.writer.submit({
      ...debitOf(org.wallet, 1n),
      command: { op: 'debit', type: 'AI_API_CALL', amountMicros: 3n, contra: 'revenue:AI_API', service: 'AI_API' },
      key: uuidV7(Date.now()),
    });
    await world.rounds();
    expect(world.charged(org)).toEqual([3_501]);
    expect(await world.available(org)).toBe(40n * USD + 9_997n);
  });

  test('a product: its price is paid, and what it credits above that comes as a bonus', async () => {
    const id = uuidV7(Date.now());
    const product = { name: 'Box', account: 'stripe', mode: 'test', active: true } as const;
    world.products.set(id, { ...product, priceMinor: 999n, amountMicros: 10n * USD });
    const org = await world.open({ usd: 1n, change: { what: { kind: 'product', product: id } } });
    await world.rounds();
    expect(world.charged(org)).toEqual([999]);
    expect(await world.available(org)).toBe(11n * USD);
    const { rows } = await queryRows<{ type: string }>(
      world.db,
      'SELECT type FROM entry WHERE wallet = ? ORDER BY seq DESC LIMIT 2',
      [org.wallet],
    );
    expect(rows.map(({ type }) => type)).toEqual(['GRANT', 'DEPOSIT']);
  });

  test('what is held does not count, and what is frozen does not either', async () => {
    const holding = await world.open();
    await world.writer.submit({
      ...debitOf(holding.wallet, 1n),
      command: {
        op: 'hold',
        amountMicros: 6n * USD,
        service: 'AI_API',
        gift: false,
        durationMs: HOUR_MS,
      },
    });
    const frozen = await world.open();
    const lots = await queryRows<{ lot: string }>(world.db, 'SELECT lot FROM lot_open WHERE wallet = ?', [
      frozen.wallet,
    ]);
    const [any] = await queryRows<{ id: string }>(world.db, 'SELECT id FROM pack_order WHERE org = ?', [
      frozen.org,
    ]).then(({ rows }) => rows);
    await world.db.transaction(async (trx) =>
      setFrozen(trx, {
        order: any?.id ?? '',
        wallet: frozen.wallet,
        lots: lots.rows.map(({ lot }) => +lot),
        frozen: true,
        at: new Date(world.clock.nowMs()),
      }),
    );
    await world.rounds();
    expect(world.charged(holding)).toEqual([2_500]);
    expect(world.charged(frozen)).toEqual([2_500]);
  });
});

describe('what is charged once', () => {
  const crossing = async (): Promise<RefillOrg> => {
    const org = await world.open();
    await world.spend(org, 6n);
    return org;
  };

  test.each([
    ['the answer to the confirmation is lost', '/confirm', 'lose_answer', 3],
    ['the answer to the confirmation is cut', '/confirm', 'cut_body', 3],
    ['the provider answers 500 after it took the confirmation, for ever', '/confirm', 'lose_answer', 30],
    ['the confirmation never arrives', '/confirm', 'close_before', 3],
    ['the answer to the creation is lost', '', 'lose_answer', 3],
    ['the creation never arrives', '', 'close_before', 3],
  ] as const)('%s', async (_, path, kind, times) => {
    const org = await crossing();
    if (path === '') world.stripe.faults.add({ call: 'POST /v1/payment_intents', times, effect: { kind } });
    else {
      // The id of the payment is known only once it is made.
      await decide(org.org);
      world.stripe.faults.add({ call: 'POST /v1/payment_intents/', times, effect: { kind } });
    }
    await refillRound(world.means);
    world.stripe.faults.clear();
    for (let pause = 0; pause < 3; pause += 1) {
      world.stripe.clock.advance(MINUTE_MS);
      await world.rounds();
    }
    expect(world.charged(org)).toEqual([2_500]);
    expect(await world.available(org)).toBe(29n * 1_000_000n);
  });

  test('what was charged is credited by the webhook alone, and the purchase ends with it', async () => {
    const org = await crossing();
    await decide(org.org);
    world.stripe.faults.add({ call: 'POST /v1/payment_intents/', effect: { kind: 'lose_answer' } });
    world.stripe.faults.add({ call: 'GET /v1/payment_intents/', effect: { kind: 'rate_limit' } });
    await refillRound(world.means);
    expect(await purchasesOf(org.org)).toMatchObject([{ state: 'confirming' }]);
    world.stripe.faults.clear();
    await world.work();
    expect(await world.available(org)).toBe(29n * 1_000_000n);
    await refillRound(world.means);
    world.stripe.clock.advance(MINUTE_MS);
    await world.rounds();
    expect(await purchasesOf(org.org)).toMatchObject([{ state: 'succeeded' }]);
    expect(world.charged(org)).toEqual([2_500]);
  });

  test('two processes that work on the same purchase, with the webhook, charge and credit it once', async () => {
    const org = await crossing();
    const others = [await world.process(), await world.process()];
    await decide(org.org);
    // Nothing rests on the claim.
    const grab = async (): Promise<unknown> =>
      world.db.raw('UPDATE auto_refill_purchase SET claim = NULL, claimed_until = NULL WHERE org = ?', [org.org]);
    await Promise.all(
      others.flatMap(({ means }) => [
        refillRound(means),
        grab().then(async () => refillRound(means)),
        grab().then(async () => refillRound(means)),
      ]),
    );
    await world.rounds();
    await Promise.all(others.map(async (one) => one.stop()));
    expect(world.charged(org)).toEqual([2_500]);
    expect(await world.available(org)).toBe(29n * 1_000_000n);
  });

  test('nothing, once its owner has turned it off after it was decided', async () => {
    const org = await crossing();
    expect(await decide(org.org)).toBe('bought');
    await world.set(org.org, { enabled: false });
    await world.rounds();
    expect(world.charged(org)).toEqual([]);
    expect(await purchasesOf(org.org)).toMatchObject([{ state: 'released' }]);
    expect(await world.orders(org.org)).toMatchObject([{ state: 'cancelled', reason: 'outdated' }]);
  });

  test('nothing under terms that were changed after it was decided', async () => {
    const org = await crossing();
    await decide(org.org);
    await world.set(org.org, { what: { kind: 'pack', pack: 'starter' } });
    await world.rounds();
    expect(world.charged(org)).toEqual([500]);
  });

  test('nothing by a decision that is minutes old; it is made anew, on the balance of then', async () => {
    const org = await crossing();
    await decide(org.org);
    world.stripe.clock.advance(10 * MINUTE_MS);
    await world.rounds();
    expect(world.charged(org)).toEqual([2_500]);
    expect(await purchasesOf(org.org)).toMatchObject([{ state: 'released' }, { state: 'succeeded' }]);
  });

  /** A purchase whose confirmation never arrived. */
  const confirming = async (): Promise<{ org: RefillOrg; order: string }> => {
    const org = await crossing();
    world.stripe.faults.add({ call: 'POST /v1/payment_intents/', times: 3, effect: { kind: 'close_before' } });
    await refillRound(world.means);
    world.stripe.faults.clear();
    expect(await purchasesOf(org.org)).toMatchObject([{ state: 'confirming' }]);
    return { org, order: (await world.orders(org.org))[0]?.id ?? '' };
  };
  const charged = async (org: RefillOrg): Promise<number[]> => {
    await world.set(org.org, { thresholdMicros: 0n });
    world.stripe.clock.advance(MINUTE_MS);
    await world.rounds();
    return world.charged(org);
  };

  test('nothing for an order that its org cancelled, before its payment is made or after', async () => {
    const early = await crossing();
    await decide(early.org);
    await world.cashier.cancelOrder((await world.orders(early.org))[0]?.id ?? '');
    const late = await confirming();
    await world.cashier.cancelOrder(late.order);
    for (const org of [early, late.org]) {
      world.stripe.clock.advance(MINUTE_MS);
      await world.rounds();
      expect(world.charged(org)).toEqual([]);
      expect(await purchasesOf(org.org)).toMatchObject([{ state: 'released' }]);
      expect(await world.orders(org.org)).toMatchObject([{ state: 'cancelled' }]);
    }
    world.stripe.clock.advance(HOUR_MS);
    await world.rounds();
    expect([world.charged(early), world.charged(late.org)]).toEqual([[2_500], [2_500]]);
  });

  test('an order that cannot be cancelled since it was charged is credited', async () => {
    const org = await crossing();
    world.stripe.faults.add({ call: 'POST /v1/payment_intents/', times: 3, effect: { kind: 'lose_answer' } });
    world.stripe.faults.add({ call: 'GET /v1/payment_intents/', times: 3, effect: { kind: 'rate_limit' } });
    await refillRound(world.means);
    world.stripe.faults.clear();
    const [order] = await world.orders(org.org);
    await expect(world.cashier.cancelOrder(order?.id ?? '')).rejects.toMatchObject({ code: 'ORDER_NOT_OPEN' });
    expect(await charged(org)).toEqual([2_500]);
    expect(await world.available(org)).toBe(29n * USD);
  });

  test('nothing for an order that is over while its payment is open', async () => {
    const { org, order } = await confirming();
    await world.db.raw(`UPDATE pack_order SET state = 'cancelled' WHERE id = ?`, [order]);
    world.stripe.clock.advance(MINUTE_MS);
    await world.rounds();
    expect(world.charged(org)).toEqual([]);
    expect(await purchasesOf(org.org)).toMatchObject([{ state: 'released' }]);
  });
});

describe('ceilings', () => {
  const hungry = { thresholdMicros: 1_000n * USD };

  test('of a day in money: never passed by a cent, by two processes at once; free again with the next UTC day', async () => {
    noon();
    const org = await world.open({ usd: 0n, change: { ...hungry, maxDayMinor: 7_499n } });
    const other = await world.process();
    await Promise.all([world.means, other.means].map(async (means) => refillRound(means)));
    await world.rounds();
    await other.stop();
    expect(world.charged(org)).toEqual([2_500, 2_500]);
    expect((await world.setting(org.org)).nextAttemptAtMs).toBe(Date.parse(`${tomorrow()}T00:00:00.000Z`));
    expect(await world.events(org.org, 'auto_refill.failed')).toEqual([
      {
        account: 'platform',
        orderId: null,
        amountUsd: '25.00',
        reason: 'max_day',
        retryAt: `${tomorrow()}T00:00:00.000Z`,
      },
    ]);
    world.stripe.clock.advance(12 * HOUR_MS);
    await world.rounds();
    expect(world.charged(org)).toHaveLength(4);
  });

  const tomorrow = (): string => new Date(world.clock.nowMs() + 24 * HOUR_MS).toISOString().slice(0, 10);

  test('of a day in count, and of a month in money', async () => {
    noon();
    const counted = await world.open({ usd: 0n, change: { ...hungry, maxDayCount: 3 } });
    const monthly = await world.open({ usd: 0n, change: { ...hungry, maxMonthMinor: 4_999n } });
    await world.rounds();
    expect(world.charged(counted)).toHaveLength(3);
    expect(world.charged(monthly)).toHaveLength(1);
    world.stripe.clock.advance(24 * HOUR_MS);
    await world.rounds();
    expect(world.charged(counted)).toHaveLength(6);
    expect(world.charged(monthly)).toHaveLength(1);
    noon();
    await world.rounds();
    expect(world.charged(monthly)).toHaveLength(2);
  });

  test('turning it off and on again frees nothing', async () => {
    noon();
    const org = await world.open({ usd: 0n, change: { ...hungry, maxDayMinor: 2_500n } });
    await world.rounds();
    await world.set(org.org, { enabled: false });
    await world.set(org.org, { enabled: true });
    await world.rounds();
    expect(world.charged(org)).toEqual([2_500]);
  });

  test('what failed counts no more, and what may have been charged counts until that is known', async () => {
    noon();
    const org = await world.open({ usd: 0n, change: { ...hungry, maxDayMinor: 2_500n } });
    await decide(org.org);
    world.stripe.faults.add({ call: 'POST /v1/payment_intents', effect: { kind: 'close_before' } });
    await refillRound(world.means);
    await world.set(org.org, { enabled: true, maxDayCount: 4 });
    expect(await decide(org.org)).toBe('nothing');
    world.stripe.faults.clear();
    world.stripe.clock.advance(MINUTE_MS);
    await world.rounds();
    expect(world.charged(org)).toEqual([2_500]);
  });
});
