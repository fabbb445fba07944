/** Credit bought through Creem, from the checkout to the ledger: each payment once, by webhook or without any. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { signedHeaders } from '../../../devnet/creem/deliveries.ts';
import { pay } from '../../../devnet/creem/life.ts';
import { cancelOrder } from '../../../src/db/billing/orders.ts';
import { sweepAccount } from '../../../src/payments/sweep.ts';
import { openCreemWorld, type CreemWorld } from '../../support/billing/creem-world.ts';
import { queryRows } from '../../support/process/query.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
let world: CreemWorld;

beforeEach(async () => {
  world = await openCreemWorld();
});
afterEach(async () => world.close());

const CREDITED = { state: 'credited', creditedMinor: 1_000n, takenMinor: 0n, availableMinor: 1_000n };

describe('a payment', () => {
  test('is credited once, whoever reports it and however often', async () => {
    world.creem.weather.duplicate = 1;
    const bought = await world.order();
    world.creem.act(bought.session, 'pay');
    await world.work();
    await world.cashier.verify(bought.order);
    await world.look();
    expect(await world.bought(bought)).toMatchObject(CREDITED);
    expect(world.taken).toEqual(['stored', 'stored']);
  });

  test('brings the credit of its order and not its tax', async () => {
    const bought = await world.order();
    world.creem.act(bought.session, 'pay_taxed');
    await world.work();
    expect(await world.bought(bought)).toMatchObject(CREDITED);
  });

  test('with a discount is parked, and credits nothing', async () => {
    const bought = await world.order();
    world.creem.act(bought.session, 'pay_discounted');
    await world.work();
    expect(await world.bought(bought)).toMatchObject({ state: 'parked', reason: 'discounted', creditedMinor: 0n });
  });

  test('of a product whose price was changed after its checkout was made is parked', async () => {
    const bought = await world.order();
    const checkout = world.shop.books.get('checkout', bought.session);
    world.shop.books.get('product', checkout.product).price = 10;
    world.creem.act(bought.session, 'pay');
    await world.work();
    expect(await world.bought(bought)).toMatchObject({ state: 'parked', reason: 'wrong_amount', creditedMinor: 0n });
  });

  test('that no webhook reports is found by looking at the checkout', async () => {
    world.creem.weather.drop = 1;
    const bought = await world.order();
    world.creem.act(bought.session, 'pay');
    await world.work();
    expect(await world.bought(bought)).toMatchObject({ state: 'awaiting_payment' });
    world.creem.clock.advance(3 * MINUTE_MS);
    await world.look();
    expect(await world.bought(bought)).toMatchObject(CREDITED);
  });

  test('counts after its order was cancelled; while it can be paid, the order is not', async () => {
    world.creem.weather.drop = 1;
    const bought = await world.order();
    await expect(world.cashier.cancelOrder(bought.order)).rejects.toMatchObject({ code: 'ORDER_NOT_OPEN' });
    expect(await world.bought(bought)).toMatchObject({ state: 'awaiting_payment' });
    // As programs did that cancelled orders at Creem.
    await cancelOrder(world.db, { id: bought.order, at: new Date(world.clock.nowMs()) });
    world.creem.act(bought.session, 'pay');
    world.creem.clock.advance(3 * MINUTE_MS);
    await world.look();
    expect(await world.bought(bought)).toMatchObject(CREDITED);
  });

  test('counts after its order expired: an unpaid checkout stops counting as open after a day', async () => {
    world.creem.weather.drop = 1;
    const bought = await world.order();
    world.creem.clock.advance(DAY_MS + MINUTE_MS);
    await world.look();
    expect(await world.bought(bought)).toMatchObject({ state: 'awaiting_payment' });
    await world.look();
    expect(await world.bought(bought)).toMatchObject({ state: 'expired' });
    world.creem.act(bought.session, 'pay');
    world.creem.clock.advance(DAY_MS);
    await world.look();
    expect(await world.bought(bought)).toMatchObject(CREDITED);
  });
});

describe('a webhook', () => {
  test('that nothing signed is refused, and nothing of it is stored', async () => {
    const body = JSON.stringify({
      id: 'evt_1',
      eventType: 'checkout.completed',
      created_at: 1,
      object: { id: 'ch_1' },
    });
    const post = async (headers: Record<string, string>): Promise<number> =>
      (await fetch(world.hookUrl, { method: 'POST', body, headers })).status;
    expect(await post({})).toBe(400);
    expect(await post(signedHeaders(body, { id: 'evt_1', secret: 'whsec_wrong', atMs: world.clock.nowMs() }))).toBe(
      400,
    );
    expect(await world.inbox()).toEqual([]);
    expect(await post(signedHeaders(body, { id: 'evt_1', secret: world.secret, atMs: world.clock.nowMs() }))).toBe(200);
    expect(await world.inbox()).toMatchObject([{ kind: 'checkout', object: 'ch_1' }]);
  });

  test('in the older scheme, which has no time, does nothing when it comes again after a year', async () => {
    world.creem.weather.scheme = 'older';
    const bought = await world.order();
    world.creem.act(bought.session, 'pay');
    await world.work();
    const object = { id: bought.session, mode: 'test' };
    const body = JSON.stringify({ id: 'evt_old', eventType: 'checkout.completed', created_at: 1, object });
    const headers = signedHeaders(body, { id: 'evt_old', secret: world.secret, atMs: 0 }, 'older');
    world.creem.clock.advance(365 * DAY_MS);
    for (let n = 0; n < 3; n += 1)
      expect((await fetch(world.hookUrl, { method: 'POST', body, headers })).status).toBe(200);
    await world.work();
    expect(await world.bought(bought)).toMatchObject(CREDITED);
  });

  test('of a kind that nobody knows is answered and not stored', async () => {
    world.creem.weather.unknownKind = 1;
    const bought = await world.order();
    world.creem.act(bought.session, 'pay');
    await world.work();
    expect(world.taken.toSorted()).toEqual(['ignored', 'stored']);
    expect(await world.bought(bought)).toMatchObject(CREDITED);
  });

  test('is sent again by Creem until it is taken, at most five times', async () => {
    const bought = await world.order();
    Object.assign(world.intake, { backlog: { isFull: async () => Promise.resolve(true) } });
    world.creem.act(bought.session, 'pay');
    await world.creem.idle();
    for (let hour = 0; hour < 5; hour += 1) {
      world.creem.clock.advance(60 * MINUTE_MS);
      await world.creem.idle();
    }
    expect(world.creem.attempts().map(({ status }) => status)).toEqual([429, 429, 429, 429, 429]);
  });
});

test('a subscription that nobody of ours bought credits nothing, whichever of its events comes', async () => {
  const bought = await world.order();
  const recurring = world.shop.addProduct({ price: 1_000, recurring: 'month' });
  Object.assign(world.shop.books.get('checkout', bought.session), { product: recurring.id });
  world.creem.act(bought.session, 'pay');
  await world.work();
  world.creem.clock.advance(32 * DAY_MS);
  await world.work();
  const sent = world.creem.attempts().map(({ type }) => type);
  expect(sent.toSorted()).toEqual([
    'checkout.completed',
    'subscription.active',
    'subscription.paid',
    'subscription.paid',
  ]);
  expect(await world.bought(bought)).toMatchObject({ state: 'parked', reason: 'wrong_purpose', creditedMinor: 0n });
});

describe('money that goes back', () => {
  test('through our refund is taken back at once, also while it is pending, and not twice when it shows', async () => {
    world.shop.books.pendingRefunds = true;
    const bought = await world.order();
    world.creem.act(bought.session, 'pay');
    await world.work();
    await world.cashier.refund({ order: bought.order, amountCents: undefined, key: 'k' });
    const taken = { takenMinor: 1_000n, availableMinor: 0n };
    expect(await world.bought(bought)).toMatchObject(taken);
    world.creem.clock.advance(10 * MINUTE_MS);
    await world.look();
    expect(await world.bought(bought)).toMatchObject(taken);
    world.creem.act(bought.session, 'settle_refunds');
    await world.look();
    expect(await world.bought(bought)).toMatchObject(taken);
    expect(await world.cashier.refund({ order: bought.order, amountCents: undefined, key: 'k' })).toEqual({
      replayed: true,
    });
  });

  test('does not become less when what shows of it is read', async () => {
    const bought = await world.order();
    world.creem.act(bought.session, 'pay');
    await world.work();
    world.creem.weather.hold = true;
    world.creem.act(bought.session, 'refund_half');
    world.shop.books.pendingRefunds = true;
    await world.cashier.refund({ order: bought.order, amountCents: undefined, key: 'k' });
    expect(await world.bought(bought)).toMatchObject({ takenMinor: 1_000n });
    await world.creem.deliveries.release();
    await world.work();
    expect(await world.bought(bought)).toMatchObject({ takenMinor: 1_000n, availableMinor: 0n });
  });

  test('in part is refused where it is asked for here, and taken back where it was made there', async () => {
    const bought = await world.order();
    world.creem.act(bought.session, 'pay');
    await world.work();
    await expect(world.cashier.refund({ order: bought.order, amountCents: 400n, key: 'k' })).rejects.toMatchObject({
      code: 'REFUND_NOT_POSSIBLE',
      details: { reason: 'whole_only' },
    });
    const { rows } = await queryRows<{ n: string }>(world.db, 'SELECT count(*) AS n FROM order_refund_request');
    expect(rows[0]?.n).toBe('0');
    world.creem.act(bought.session, 'refund_half');
    await world.work();
    expect(await world.bought(bought)).toMatchObject({ takenMinor: 500n, availableMinor: 500n });
    await world.cashier.refund({ order: bought.order, amountCents: undefined, key: 'k2' });
    expect(await world.bought(bought)).toMatchObject({ takenMinor: 1_000n, availableMinor: 0n });
  });

  test('without any webhook is found by reading all payments, page by page from a stored position', async () => {
    const orders = [];
    for (let n = 0; n < 3; n += 1) orders.push(await world.order());
    for (const { session } of orders) world.creem.act(session, 'pay');
    await world.work();
    world.creem.weather.drop = 1;
    const [first, second] = orders;
    if (!first || !second) throw new Error('no order');
    world.creem.act(first.session, 'refund_half');
    world.creem.act(second.session, 'dispute');
    await world.look();
    expect(await world.bought(first)).toMatchObject({ takenMinor: 500n });
    expect(await world.bought(second)).toMatchObject({ takenMinor: 1_000n });
    world.creem.act(second.session, 'win');
    await world.look();
    expect(await world.bought(second)).toMatchObject({ takenMinor: 0n, availableMinor: 1_000n });
  });

  test('by a dispute that is won before its event is read waits for a person, and takes nothing', async () => {
    const bought = await world.order();
    world.creem.act(bought.session, 'pay');
    await world.work();
    world.creem.weather.hold = true;
    world.creem.act(bought.session, 'dispute');
    world.creem.act(bought.session, 'win');
    await world.creem.deliveries.release();
    await world.work();
    expect(await world.inbox()).toMatchObject([
      { kind: 'checkout', state: 'settled' },
      { kind: 'dispute', state: 'waiting', reason: 'the provider does not show the dispute yet' },
    ]);
    expect(await world.bought(bought)).toMatchObject({ takenMinor: 0n });
    const { rows } = await queryRows<{ n: string }>(world.db, 'SELECT count(*) AS n FROM order_dispute');
    expect(rows[0]?.n).toBe('0');
  });

  test('by a dispute stays taken while the status is one that is new', async () => {
    const bought = await world.order();
    world.creem.act(bought.session, 'pay');
    world.creem.act(bought.session, 'dispute');
    await world.work();
    expect(await world.bought(bought)).toMatchObject({ takenMinor: 1_000n });
    world.shop.books.words.set('chargedBack', 'chargebackLost');
    await world.look();
    expect(await world.bought(bought)).toMatchObject({ takenMinor: 1_000n });
  });
});

describe('the rail', () => {
  const EVEN = { frozen: false, problem: null };

  test('holds what is due, with tax, refunds, disputes and what is parked', async () => {
    const actions = [
      ['pay_taxed'],
      ['pay', 'refund_half'],
      ['pay', 'dispute'],
      ['pay', 'dispute', 'win'],
      ['pay_discounted'],
    ];
    for (const steps of actions) {
      const { session } = await world.order();
      for (const step of steps) world.creem.act(session, step);
    }
    await world.work();
    await world.look();
    expect(await world.compare()).toEqual({ ...EVEN, due: 1_200n + 500n + 1_000n + 750n, got: 3_450n });
  });

  test('is read again where it differs, so that a payment is never due before it is known to be held', async () => {
    await world.look();
    for (let n = 0; n < 3; n += 1) {
      const { session } = await world.order();
      world.creem.act(session, 'pay');
      await world.work();
      // Nobody has looked since.
      expect(await world.compare()).toMatchObject({
        ...EVEN,
        due: BigInt(n + 1) * 1_000n,
        got: BigInt(n + 1) * 1_000n,
      });
    }
  });

  test('freezes when Creem gave money back that the orders do not know of, and credits go on after that is settled', async () => {
    const bought = await world.order();
    world.creem.act(bought.session, 'pay');
    await world.work();
    await world.look();
    // The inbox stands still: what the look finds is in the movements, and not in the order.
    world.creem.weather.drop = 1;
    world.creem.act(bought.session, 'refund');
    await sweepAccount(world.sweep, 'creem');
    world.creem.clock.advance(11 * MINUTE_MS);
    await sweepAccount(world.sweep, 'creem');
    expect(await world.compare()).toMatchObject({ due: 1_000n, got: 0n, frozen: false });
    expect(await world.compare()).toMatchObject({ due: 1_000n, got: 0n, frozen: true });
    await world.work();
    expect(await world.compare()).toMatchObject({ due: 0n, got: 0n });
  });

  test('is not compared before all payments were read once, nor while they cannot be read', async () => {
    expect(await world.compare()).toMatchObject({ problem: 'its earlier payments are being read' });
    await world.look();
    expect(await world.compare()).toMatchObject(EVEN);
    world.creem.clock.advance(11 * MINUTE_MS);
    expect(await world.compare()).toMatchObject({ problem: 'its payments could not be read lately' });
  });
});

test('reading all payments goes on from the stored page, also after a crash, and begins again at the end', async () => {
  world.creem.weather.drop = 1;
  const one = await world.order();
  const { books } = world.shop;
  const checkout = books.get('checkout', one.session);
  for (let n = 0; n < 251; n += 1) pay(books, books.add('checkout', { ...checkout, id: `ch_${n}` }));
  const pages = async (): Promise<string[]> => {
    const { length } = world.creem.calls;
    await sweepAccount({ ...world.sweep, pagesMax: 1 }, 'creem');
    const made = world.creem.calls.slice(length).filter(({ path }) => path === '/v1/transactions/search');
    return made.map(({ query }) => new URLSearchParams(query).get('page_number') ?? '');
  };
  expect([await pages(), await pages(), await pages(), await pages()]).toEqual([['1'], ['1', '2'], ['1', '3'], ['1']]);
  world.creem.faults.add({ call: 'GET /v1/transactions/search', times: 1, effect: { kind: 'server_error' } });
  await expect(pages()).rejects.toMatchObject({ code: 'PAYMENT_PROVIDER_FAILED' });
  expect(await pages()).toEqual(['1', '2']);
});
