/** Card checkouts, refunds and disputes through the API, at a provider in memory. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expireOrders } from '../../src/db/billing/chain-orders.ts';
import { bindCheckout } from '../../src/db/billing/checkouts.ts';
import { failOrder } from '../../src/db/billing/orders.ts';
import { openSettle } from '../../src/payments/settle.ts';
import { systemClock } from '../../src/core/clock.ts';
import { uuidV7 } from '../../src/core/ids.ts';
import { openMemoryAccount } from '../support/billing/account.ts';
import type { ProviderStep } from '../support/billing/provider.ts';
import { startTestApi, type Answer, type TestApi } from '../support/http/api.ts';
import { listIn } from '../support/asserts.ts';
import { queryRows } from '../support/process/query.ts';

const account = openMemoryAccount();
let api: TestApi;
let admin: string;
beforeAll(async () => {
  const listed = { payments: { redirectOrigins: ['https://shop.example'] } };
  api = await startTestApi('first_come', undefined, listed, {}, { account });
  admin = await api.createKey({ kind: 'admin' });
});
afterAll(async () => api.stop());

const urls = { successUrl: 'https://shop.example/yes?s={CHECKOUT_SESSION_ID}', cancelUrl: 'https://shop.example/no' };
const checkOut = async (key: string, change: object = { packId: 'growth' }, name?: string): Promise<Answer> =>
  api.call('POST', '/treasury/checkout', {
    key,
    body: { ...urls, ...change },
    ...(name === undefined ? {} : { headers: { 'idempotency-key': name } }),
  });
const settle = async (order: string, ...steps: readonly ProviderStep[]): Promise<void> => {
  const settleOne = openSettle({ db: api.db, writer: api.writer, clock: systemClock });
  for (const step of steps) for (const fact of account.of(order).take(step)) await settleOne(fact);
};
const orderOf = async (key: string, id: unknown): Promise<Record<string, unknown>> =>
  (await api.call('GET', `/treasury/orders/${String(id)}`, { key })).json;
const boughtBy = async (key: string): Promise<string> => {
  const { json } = await checkOut(key);
  const order = String(json['orderId']);
  await settle(order, 'pay');
  return order;
};

describe('POST /treasury/checkout', () => {
  test('stores the order before the checkout, and binds the checkout before its URL is handed out', async () => {
    const { key } = await api.createCustomer();
    const { status, json } = await checkOut(key, { packId: 'growth', metadata: { team: 'a' } });
    const order = String(json['orderId']);
    expect([status, json]).toEqual([
      200,
      {
        url: `https://pay.example/cs_${order}`,
        sessionId: `cs_${order}`,
        orderId: order,
        idempotencyKey: expect.any(String),
      },
    ]);
    const { createdAt, expiresAt } = await orderOf(key, order);
    // A minute less than a day.
    expect(Date.parse(String(expiresAt)) - Date.parse(String(createdAt))).toBe(86_340_000);
    expect(await orderOf(key, order)).toMatchObject({
      state: 'awaiting_payment',
      channel: 'card',
      packId: 'growth',
      priceCents: 2500,
      giftCards: 10,
      metadata: { team: 'a' },
      timeline: [
        { what: 'created', source: 'api' },
        { what: 'awaiting_payment', source: 'provider' },
      ],
    });
    await settle(order, 'pay');
    expect(await orderOf(key, order)).toMatchObject({ state: 'credited' });
    const balance = await api.call('GET', '/treasury/balance', { key });
    expect(balance.json).toMatchObject({ availableUsd: '25.00', totalUsd: '25.00', freeGiftCards: 10 });
  });

  test('an amount is credited as it is, without cards', async () => {
    const { key } = await api.createCustomer();
    const { json } = await checkOut(key, { amountUsd: '12.34' });
    await settle(String(json['orderId']), 'pay');
    expect((await api.call('GET', '/treasury/balance', { key })).json).toMatchObject({
      availableUsd: '12.34',
      freeGiftCards: 0,
    });
  });

  test('the same request under the same key is one order and one checkout', async () => {
    const { key } = await api.createCustomer();
    const [first, again] = [await checkOut(key, undefined, 'k'), await checkOut(key, undefined, 'k')];
    expect(again.json).toEqual(first.json);
    expect([first.headers.get('idempotency-replayed'), again.headers.get('idempotency-replayed')]).toEqual([
      null,
      'true',
    ]);
    const other = await checkOut(key, { packId: 'pro' }, 'k');
    expect([other.status, other.json['code']]).toEqual([409, 'IDEMPOTENCY_CONFLICT']);
    expect(account.calls.filter((call) => call === `create ${String(first.json['orderId'])}`)).toHaveLength(1);
    await settle(String(first.json['orderId']), 'expire');
    expect((await checkOut(key, undefined, 'k')).json['url']).toBeNull();
  });

  test('a lost answer is found again under its key, and nothing is made twice', async () => {
    const { key } = await api.createCustomer();
    account.failNext('lost');
    const lost = await checkOut(key, undefined, 'k');
    expect([lost.status, lost.json]).toMatchObject([502, { code: 'PAYMENT_PROVIDER_FAILED', outcome: 'unknown' }]);
    expect(lost.headers.get('idempotency-key')).toBe('k');
    expect(await orderOf(key, lost.json['orderId'])).toMatchObject({ state: 'created' });
    const found = await checkOut(key, undefined, 'k');
    expect([found.status, found.json['orderId']]).toEqual([200, lost.json['orderId']]);
  });

  test('a checkout that the provider refuses leaves a failed order, and its key is free', async () => {
    const { key } = await api.createCustomer();
    account.failNext('refused');
    const { status, json } = await checkOut(key, undefined, 'k');
    expect(status).toBe(502);
    expect(await orderOf(key, json['orderId'])).toMatchObject({ state: 'failed', reason: 'refused_by_provider' });
    const again = await checkOut(key, undefined, 'k');
    expect(again.status).toBe(200);
    expect(again.json['orderId']).not.toBe(json['orderId']);
  });

  test('a refused call leaves the order alone that another call for it has bound to a checkout', async () => {
    const { key } = await api.createCustomer();
    const { json } = await checkOut(key, undefined, 'k');
    const id = String(json['orderId']);
    await failOrder(api.db, { id, reason: 'refused_by_provider', at: new Date() });
    expect(await orderOf(key, id)).toMatchObject({ state: 'awaiting_payment' });
    expect((await checkOut(key, undefined, 'k')).json['orderId']).toBe(id);
    await settle(id, 'pay');
    expect(await orderOf(key, id)).toMatchObject({ state: 'credited' });
  });

  test('an order whose checkout was lost, and that nobody asked for again, is over after a day', async () => {
    const { key } = await api.createCustomer();
    account.failNext('lost');
    const { json } = await checkOut(key, undefined, 'k');
    expect(await expireOrders(api.db, new Date(Date.now() + 365 * 86_400_000))).toBeGreaterThan(0);
    expect(await orderOf(key, json['orderId'])).toMatchObject({ state: 'expired' });
    expect((await checkOut(key, undefined, 'k')).json['orderId']).not.toBe(json['orderId']);
  });

  test('after five failed payments of a day no further checkout is opened', async () => {
    const { key } = await api.createCustomer();
    for (let count = 0; count < 5; count += 1) {
      const made = await checkOut(key);
      expect(made.status).toBe(200);
      await settle(String(made.json['orderId']), 'pay later', 'late failure');
    }
    const refused = await checkOut(key);
    expect([refused.status, refused.json]).toMatchObject([429, { limit: 'failed_payments' }]);
    api.advance(25 * 3_600_000);
    expect((await checkOut(key)).status).toBe(200);
  });

  test('an order has one checkout', async () => {
    const { key } = await api.createCustomer();
    const { json } = await checkOut(key);
    const another = {
      order: String(json['orderId']),
      session: 'cs_other',
      url: 'https://pay.example/x',
      at: new Date(),
    };
    await expect(bindCheckout(api.db, another)).rejects.toThrow('has another checkout');
  });

  test.each([
    ['both', { packId: 'pro', amountUsd: '20' }],
    ['neither', {}],
    ['an unknown pack', { packId: 'huge' }],
    ['parts of a cent', { amountUsd: '20.001' }],
    ['less than the least', { amountUsd: '9.99' }],
    ['more than the most', { amountUsd: '100000.01' }],
    ['an origin that is not listed', { packId: 'pro', successUrl: 'https://elsewhere.example/' }],
    ['no way back', { packId: 'pro', cancelUrl: '/no' }],
    ['a number for money', { amountUsd: 20 }],
  ])('refuses %s', async (_, change) => {
    const { key } = await api.createCustomer();
    const { status, json } = await checkOut(key, change);
    expect([status, json['code']]).toEqual([400, 'VALIDATION_FAILED']);
  });

  test('ten checkouts an hour, then 429 with the time when there is room again', async () => {
    const { key } = await api.createCustomer();
    for (let count = 0; count < 10; count += 1) expect((await checkOut(key)).status).toBe(200);
    const refused = await checkOut(key);
    expect([refused.status, refused.json]).toMatchObject([429, { code: 'RATE_LIMITED', limit: 'checkouts' }]);
    expect(refused.headers.get('retry-after')).toMatch(/^3[56]\d\d$/);
    api.advance(3_600_000);
    expect((await checkOut(key)).status).toBe(200);
    api.advance(3_600_000);
    for (let count = 0; count < 9; count += 1) expect((await checkOut(key)).status).toBe(200);
    api.advance(3_600_000);
    const full = await checkOut(key);
    expect([full.status, full.json]).toMatchObject([429, { limit: 'open_orders' }]);
  });

  test('no deposit pays it', async () => {
    const { key } = await api.createCustomer();
    const { json } = await checkOut(key);
    const { rows } = await queryRows<object>(
      api.db,
      'SELECT expires_at <= opened_at AS over FROM pack_order WHERE id = ?',
      [String(json['orderId'])],
    );
    expect(rows).toEqual([{ over: true }]);
  });
});

describe('POST /treasury/orders/{id}/cancel of a checkout', () => {
  const cancel = async (key: string, order: string): Promise<Answer> =>
    api.call('POST', `/treasury/orders/${order}/cancel`, { key, body: {} });

  test('closes the checkout first', async () => {
    const { key } = await api.createCustomer();
    const order = String((await checkOut(key)).json['orderId']);
    const { status, json } = await cancel(key, order);
    expect([status, json['state']]).toEqual([200, 'cancelled']);
    expect(account.of(order).take('pay')).toEqual([]);
  });

  test('one that was paid a moment before is credited, and not cancelled', async () => {
    const { key } = await api.createCustomer();
    const order = String((await checkOut(key)).json['orderId']);
    account.of(order).take('pay');
    const { status, json } = await cancel(key, order);
    expect([status, json]).toMatchObject([409, { code: 'ORDER_NOT_OPEN', state: 'credited' }]);
    expect((await api.call('GET', '/treasury/balance', { key })).json).toMatchObject({ availableUsd: '25.00' });
  });

  test('one whose checkout was lost gets none afterwards, and nobody can pay it', async () => {
    const { key } = await api.createCustomer();
    account.failNext('lost');
    const order = String((await checkOut(key, undefined, 'k')).json['orderId']);
    expect((await cancel(key, order)).json).toMatchObject({ state: 'cancelled' });
    const again = await checkOut(key, undefined, 'k');
    expect([again.status, again.json]).toMatchObject([409, { code: 'ORDER_NOT_OPEN', state: 'cancelled' }]);
    expect(account.of(order).take('pay')).toEqual([]);
  });

  test('nothing is cancelled whose checkout is of another account than the configured one', async () => {
    const { key } = await api.createCustomer();
    const order = String((await checkOut(key)).json['orderId']);
    await api.db.raw("UPDATE order_checkout SET account = 'creem' WHERE order_id = ?", [order]);
    const { status, json } = await cancel(key, order);
    expect([status, json]).toMatchObject([409, { code: 'PAYMENTS_NOT_CONFIGURED', missing: 'payments.creem' }]);
    expect(await orderOf(key, order)).toMatchObject({ state: 'awaiting_payment' });
    expect(account.calls).not.toContain(`expire cs_${order}`);
  });

  test('nothing is cancelled while the provider does not answer', async () => {
    const { key } = await api.createCustomer();
    const order = String((await checkOut(key)).json['orderId']);
    account.failNext('refused');
    expect((await cancel(key, order)).status).toBe(502);
    expect(await orderOf(key, order)).toMatchObject({ state: 'awaiting_payment' });
  });
});

describe('POST /admin/orders/{id}/refunds', () => {
  const refund = async (order: string, body: object = {}, name = uuidV7(Date.now())): Promise<Answer> =>
    api.call('POST', `/admin/orders/${order}/refunds`, { key: admin, body, headers: { 'idempotency-key': name } });

  test('gives back a part and then the rest, and takes the credit by the same share', async () => {
    const { key } = await api.createCustomer();
    const order = await boughtBy(key);
    const part = await refund(order, { amountUsd: '5.00' });
    expect([part.status, part.json]).toMatchObject([200, { refundedCents: 500, takenBackUsd: '5.00' }]);
    expect(part.headers.get('idempotency-replayed')).toBeNull();
    const rest = await refund(order);
    expect(rest.json).toMatchObject({ refundedCents: 2500, takenBackUsd: '25.00', state: 'credited' });
    expect((await api.call('GET', '/treasury/balance', { key })).json).toMatchObject({
      availableUsd: '0.00',
      totalUsd: '0.00',
      freeGiftCards: 0,
    });
    const more = await refund(order);
    expect([more.status, more.json]).toMatchObject([409, { code: 'REFUND_NOT_POSSIBLE', reason: 'amount' }]);
  });

  test('the same key refunds once, also when the answer was lost, and for a day only', async () => {
    const { key } = await api.createCustomer();
    const order = await boughtBy(key);
    account.failNext('lost');
    expect((await refund(order, { amountUsd: '5.00' }, 'k')).status).toBe(502);
    const replayed = async (): Promise<unknown[]> => {
      const { json, headers } = await refund(order, { amountUsd: '5.00' }, 'k');
      return [json['refundedCents'], headers.get('idempotency-replayed'), headers.get('idempotency-key')];
    };
    expect(await replayed()).toEqual([500, 'true', 'k']);
    expect(await replayed()).toEqual([500, 'true', 'k']);
    const other = await refund(order, { amountUsd: '6.00' }, 'k');
    expect([other.status, other.json['code']]).toEqual([409, 'IDEMPOTENCY_CONFLICT']);
    account.failNext('lost');
    expect((await refund(order, { amountUsd: '1.00' }, 'late')).status).toBe(502);
    api.advance(24 * 3_600_000);
    const late = await refund(order, { amountUsd: '1.00' }, 'late');
    expect([late.status, late.json]).toMatchObject([409, { reason: 'outcome_unknown' }]);
  });

  test('an answer that was lost is found under its key, also when less than that is left', async () => {
    const { key } = await api.createCustomer();
    const order = await boughtBy(key);
    account.failNext('lost');
    expect((await refund(order, { amountUsd: '15.00' }, 'k')).status).toBe(502);
    await openSettle({ db: api.db, writer: api.writer, clock: systemClock })(account.of(order).refund());
    const found = await refund(order, { amountUsd: '15.00' }, 'k');
    expect([found.status, found.json]).toMatchObject([200, { refundedCents: 1500, takenBackUsd: '15.00' }]);
  });

  test('a refused refund uses up no key', async () => {
    const { key } = await api.createCustomer();
    const order = await boughtBy(key);
    expect((await refund(order, { amountUsd: '30.00' }, 'k')).json).toMatchObject({ reason: 'amount' });
    expect((await refund(order, { amountUsd: '20.00' }, 'k')).json).toMatchObject({ refundedCents: 2000 });
  });

  test('refuses what was not paid by card, not paid at all, disputed, or too much', async () => {
    const { key } = await api.createCustomer();
    const unpaid = String((await checkOut(key)).json['orderId']);
    expect((await refund(unpaid)).json).toMatchObject({ code: 'REFUND_NOT_POSSIBLE', reason: 'not_paid' });
    const address = `0x${'5'.repeat(40)}`;
    const chain = await api.call('POST', '/treasury/register-sender', { key, body: { address, packId: 'pro' } });
    expect((await refund(String(chain.json['orderId']))).json).toMatchObject({ reason: 'not_by_card' });
    const order = await boughtBy(key);
    expect((await refund(order, { amountUsd: '25.01' })).json).toMatchObject({ reason: 'amount' });
    await settle(order, 'dispute');
    expect((await refund(order)).json).toMatchObject({ reason: 'disputed' });
    expect((await refund(uuidV7(0))).status).toBe(404);
  });
});

describe('disputes', () => {
  test('are listed, shown on their order, and given up once', async () => {
    const { key } = await api.createCustomer();
    const order = await boughtBy(key);
    await settle(order, 'dispute');
    expect(await orderOf(key, order)).toMatchObject({
      dispute: { status: 'needs_response', dueBy: null },
      takenBackUsd: '25.00',
    });
    const listed = listIn(await api.call('GET', '/admin/disputes?limit=1', { key: admin }), 'disputes');
    expect(listed).toMatchObject([{ id: `dp_${order}`, orderId: order, withdrawnCents: 2500 }]);
    const accept = async (): Promise<Answer> =>
      api.call('POST', `/admin/disputes/dp_${order}/accept`, { key: admin, body: {} });
    expect((await accept()).json).toMatchObject({ status: 'lost', withdrawnCents: 2500 });
    const again = await accept();
    expect([again.status, again.json]).toMatchObject([409, { code: 'DISPUTE_NOT_OPEN', disputeStatus: 'lost' }]);
    const unknown = await api.call('POST', '/admin/disputes/dp_none/accept', { key: admin, body: {} });
    expect(unknown.status).toBe(404);
  });
});

test('without an account of the mode nothing is sold by card, and what is missing is named', async () => {
  for (const [parts, missing] of [
    [{}, 'payments.stripe'],
    [{ account: openMemoryAccount('test') }, 'a key of mode live'],
  ] as const) {
    const bare = await startTestApi('first_come', undefined, {}, {}, parts);
    try {
      const { key } = await bare.createCustomer();
      const { status, json } = await bare.call('POST', '/treasury/checkout', { key, body: { packId: 'pro', ...urls } });
      expect([status, json]).toMatchObject([409, { code: 'PAYMENTS_NOT_CONFIGURED', missing }]);
    } finally {
      await bare.stop();
    }
  }
});
