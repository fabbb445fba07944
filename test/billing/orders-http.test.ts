/** The calls about orders. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ORDER_OPEN_MS } from '../../src/core/billing/packs.ts';
import { startTestApi, type Answer, type TestApi } from '../support/http/api.ts';
import { listIn } from '../support/asserts.ts';

let api: TestApi;
let admin: string;
beforeAll(async () => {
  api = await startTestApi();
  admin = await api.createKey({ kind: 'admin' });
});
afterAll(async () => api.stop());

/** The projector gives events their places a little later. */
const PATIENCE = { timeout: 20_000 };
let addresses = 0;
const order = async (key: string, packId: string): Promise<string> => {
  addresses += 1;
  const address = `0x${addresses.toString(16).padStart(40, '7')}`;
  const { json } = await api.call('POST', '/treasury/register-sender', { key, body: { address, packId } });
  return String(json['orderId']);
};
const ask = async (key: string, method: string, path: string, body?: unknown): Promise<Answer> =>
  api.call(method, `/treasury/orders${path}`, { key, body });

test('an order is shown with its price, its credit and its timeline, to its org and to operators', async () => {
  const { org, key } = await api.createCustomer(1n);
  const id = await order(key, 'growth');
  const { status, json } = await ask(key, 'GET', `/${id}`);
  expect([status, json]).toEqual([
    200,
    {
      id,
      state: 'awaiting_payment',
      reason: null,
      channel: 'chain',
      packId: 'growth',
      productId: null,
      amountUsd: '25.00',
      priceCents: 2500,
      creditUsd: '25.00',
      giftCards: 10,
      refundedCents: 0,
      takenBackUsd: '0.00',
      dispute: null,
      receiptUrl: null,
      poNumber: null,
      metadata: {},
      createdAt: expect.any(String),
      expiresAt: expect.any(String),
      timeline: [{ at: json['createdAt'], what: 'created', source: 'api' }],
    },
  ]);
  expect((await api.call('GET', `/admin/orders/${id}`, { key: admin })).json).toEqual({
    orgId: org,
    userId: null,
    ...json,
  });
  const listed = await api.call('GET', `/admin/orders?org=${org}`, { key: admin });
  expect(listIn(listed, 'orders')).toEqual([{ orgId: org, userId: null, ...json }]);
});

test('orders are listed newest first, in pages, and by the state that they are in', async () => {
  const { key } = await api.createCustomer(1n);
  const [tester, starter, pro] = [await order(key, 'tester'), await order(key, 'starter'), await order(key, 'pro')];
  await ask(key, 'POST', `/${starter}/cancel`, {});
  const first = await ask(key, 'GET', '?limit=2');
  expect(listIn(first, 'orders').map(({ id }) => id)).toEqual([pro, starter]);
  const second = await ask(key, 'GET', `?limit=2&cursor=${String(first.json['nextCursor'])}`);
  expect([listIn(second, 'orders').map(({ id }) => id), second.json['nextCursor']]).toEqual([[tester], null]);
  const cancelled = await ask(key, 'GET', '?state=cancelled');
  expect(listIn(cancelled, 'orders').map(({ id }) => id)).toEqual([starter]);
  expect((await ask(key, 'GET', '?state=gone')).status).toBe(400);
});

test('an order whose time is over is expired at once, in lists as well, and cannot be cancelled', async () => {
  const { key } = await api.createCustomer(1n);
  const id = await order(key, 'tester');
  api.advance(ORDER_OPEN_MS);
  expect((await ask(key, 'GET', `/${id}`)).json['state']).toBe('expired');
  expect(listIn(await ask(key, 'GET', '?state=expired'), 'orders')).toHaveLength(1);
  expect(listIn(await ask(key, 'GET', '?state=awaiting_payment'), 'orders')).toHaveLength(0);
  const refused = await ask(key, 'POST', `/${id}/cancel`, {});
  expect([refused.status, refused.json]).toMatchObject([409, { code: 'ORDER_NOT_OPEN', state: 'expired' }]);
});

test('the notes of an order are changed field by field, and the bounds of metadata are kept', async () => {
  const { key } = await api.createCustomer(1n);
  const id = await order(key, 'tester');
  const change = async (body: unknown): Promise<unknown> => {
    const { status, json } = await ask(key, 'PATCH', `/${id}`, body);
    return status === 200 ? [json['poNumber'], json['metadata']] : [status, json['code']];
  };
  expect(await change({ poNumber: 'PO-7' })).toEqual(['PO-7', {}]);
  expect(await change({ metadata: { team: 'a' } })).toEqual(['PO-7', { team: 'a' }]);
  expect(await change({ poNumber: null, metadata: { cost: 'b' } })).toEqual([null, { cost: 'b' }]);
  const filtered = async (query: string): Promise<number> => listIn(await ask(key, 'GET', query), 'orders').length;
  expect([await filtered('?metadata[cost]=b'), await filtered('?metadata[cost]=a')]).toEqual([1, 0]);
  const pairs = (count: number): unknown => Object.fromEntries(Array.from({ length: count }, (_, n) => [`n${n}`, 'x']));
  for (const wrong of [
    { metadata: pairs(16) },
    { metadata: { ['k'.repeat(41)]: 'x' } },
    { metadata: { k: 'x'.repeat(501) } },
    { metadata: { k: 1 } },
    { poNumber: '' },
    { poNumber: 'x'.repeat(101) },
    { state: 'paid' },
  ]) {
    expect(await change(wrong)).toEqual([400, 'VALIDATION_FAILED']);
  }
  expect(await change({ metadata: pairs(15) })).toEqual([null, pairs(15)]);
});

test('the steps of an order are events', async () => {
  const { key } = await api.createCustomer(1n);
  const id = await order(key, 'starter');
  await ask(key, 'POST', `/${id}/cancel`, {});
  await expect
    .poll(async () => {
      const { json } = await api.call('GET', '/events?types=order.created,order.cancelled', { key });
      return (json['events'] as { readonly type: string; readonly data: unknown }[]).map(({ type, data }) => [
        type,
        data,
      ]);
    }, PATIENCE)
    .toEqual([
      ['order.created', expect.objectContaining({ orderId: id, state: 'awaiting_payment', giftCards: 2 })],
      ['order.cancelled', expect.objectContaining({ orderId: id, state: 'cancelled', amountUsd: '5.00' })],
    ]);
});
