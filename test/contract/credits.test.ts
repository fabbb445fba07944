/** The credits surface: a user's wallet in whole credits. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listIn } from '../support/asserts.ts';
import { PATIENCE } from '../support/contract/api.ts';
import { dataOf, openPeopleApi, type PeopleApi } from '../support/contract/people.ts';

const TIME: unknown = expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
const ENTRY: unknown = expect.stringMatching(/^ent_[0-9a-f-]{36}_\d+$/);

let api: PeopleApi;
beforeAll(async () => {
  api = await openPeopleApi();
});
afterAll(async () => api.stop());

test('GET /credits/balance: people see their own, in an envelope; a stranger has none', async () => {
  const [rich, stranger] = [await api.person(5n), await api.person()];
  expect((await rich.call('GET', '/credits/balance')).text).toBe('{"success":true,"data":{"balance":5000}}');
  expect((await stranger.call('GET', '/credits/balance')).json).toEqual({ success: true, data: { balance: 0 } });
});

test('GET /credits/balance: keys have no balance of their own, and nobody else is let in', async () => {
  const bound = (await api.createCustomer()).key;
  for (const key of [api.serviceKey, api.adminKey, bound]) {
    const refused = await api.call('GET', '/credits/balance', { key });
    expect([refused.status, refused.json]).toMatchObject([403, { success: false, code: 'FORBIDDEN' }]);
  }
  const unknown = await api.call('GET', '/credits/balance');
  expect([unknown.status, unknown.json]).toMatchObject([401, { success: false, code: 'UNAUTHENTICATED' }]);
});

test('GET /credits/transactions: whole credits that sum to the balance, by offset and by cursor', async () => {
  const { user, call } = await api.person(5n);
  // 0.4 of a credit, twice: one movement shows nothing, or one, and the sum is right.
  for (const amount of [0.0004, 0.0008]) {
    await api.serve('POST', '/io/wallet/deduct', { user_id: user, feature: 'x', amount });
  }
  await api.serve('POST', '/credits/deduct', { user_id: user, amount: 10, description: 'a page' });
  await api.serve('POST', '/credits/deduct', { user_id: user, amount: 5, type: 'usage' });
  const all = await call('GET', '/credits/transactions');
  const items = listIn(all, 'data');
  expect(items.map(({ type, amount, description }) => [type, amount, description])).toEqual([
    ['usage', -5, null],
    ['ai_usage', -10, 'a page'],
    ['usage', -1, null],
    ['usage', -1, null],
    ['topup', 5_000, null],
  ]);
  expect(items[1]).toEqual({ id: ENTRY, type: 'ai_usage', amount: -10, description: 'a page', created_at: TIME });
  expect((await call('GET', '/credits/balance')).json['data']).toEqual({ balance: 4_983 });
  const [first, second] = [
    await call('GET', '/credits/transactions?limit=2'),
    await call('GET', '/credits/transactions?limit=2&offset=2'),
  ];
  expect([...listIn(first, 'data'), ...listIn(second, 'data')]).toEqual(items.slice(0, 4));
  const next = await call('GET', `/credits/transactions?limit=2&cursor=${String(first.json['next_cursor'])}`);
  expect(next.json).toEqual(second.json);
});

test('POST /credits/deduct: services spend whole credits; what is short is 402, in the envelope', async () => {
  const { user, call } = await api.person(1n);
  const body = { user_id: user, amount: 400, idempotency_key: 'a' };
  const done = await api.serve('POST', '/credits/deduct', { ...body, model: 'x' });
  const transaction = { id: ENTRY, type: 'ai_usage', amount: -400, description: null, created_at: TIME };
  expect([done.status, done.json]).toEqual([200, { success: true, data: { balance: 600, transaction } }]);
  expect(done.headers.get('coffer-ignored-fields')).toBe('model');
  const again = await api.serve('POST', '/credits/deduct', body);
  expect([again.json, again.headers.get('idempotency-replayed')]).toEqual([done.json, 'true']);
  const dry = await api.serve('POST', '/credits/deduct', { user_id: user, amount: 1 }, { 'coffer-dry-run': 'true' });
  expect(dry.json).toMatchObject({ data: { dryRun: true, balance: 599 } });
  const short = await api.serve('POST', '/credits/deduct', { user_id: user, amount: 601 });
  expect([short.status, short.json]).toMatchObject([402, { success: false, code: 'CREDIT_INSUFFICIENT' }]);
  expect((await api.serve('POST', '/credits/deduct', { user_id: user, amount: 1.5 })).status).toBe(400);
  expect((await call('POST', '/credits/deduct', { user_id: user, amount: 1 })).status).toBe(403);
});

/** A top-up of 20,000 credits that nobody has paid. */
const ORDER = {
  channel: 'stripe',
  type: 'topup',
  state: 'awaiting_payment',
  price_cents: 2_000,
  currency: 'usd',
  credits: 20_000,
  plan_id: null,
  refunded_cents: 0,
  created_at: TIME,
  paid_at: null,
};

test('POST /payment/create-session: credits are bought at their worth and spendable as dollars; orders show it', async () => {
  const { user, call } = await api.person();
  const urls = { success_url: 'https://shop.example/yes', cancel_url: 'https://shop.example/no' };
  const body = { channel: 'stripe', type: 'topup', credits: 20_000, ...urls };
  const opened = await call('POST', '/payment/create-session', body);
  const { session_id: session, order_id: id } = dataOf(opened);
  expect([opened.status, opened.json]).toEqual([
    200,
    {
      success: true,
      data: {
        url: expect.stringMatching(/^http/),
        session_id: expect.stringMatching(/^cs_/),
        order_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      },
    },
  ]);
  api.stripe.pay(String(session));
  await expect.poll(async () => dataOf(await call('GET', `/orders/${String(id)}`))['state'], PATIENCE).toBe('credited');
  expect(dataOf(await call('GET', `/orders/${String(id)}`))).toEqual({
    ...ORDER,
    id,
    state: 'credited',
    paid_at: TIME,
  });
  const spent = await api.serve('POST', '/io/wallet/deduct', { user_id: user, feature: 'x', amount: 1.5 });
  expect(spent.json).toMatchObject({ allowed: true, balance: 18.5 });
  for (const [wrong, status] of [
    [{ credits: 9_999 }, 400],
    [{ credits: 20_001 }, 400],
    [{ plan_id: 'pro' }, 400],
    [{ credits: undefined }, 400],
    [{ channel: 'cash' }, 400],
    [{ cancel_url: undefined }, 400],
    [{ cancel_url: 'https://evil.example/' }, 400],
    [{ success_url: 'https://evil.example/' }, 400],
  ] as const) {
    expect([wrong, (await call('POST', '/payment/create-session', { ...body, ...wrong })).status]).toEqual([
      wrong,
      status,
    ]);
  }
  const elsewhere = await call('POST', '/payment/create-session', { ...body, channel: 'creem' });
  expect([elsewhere.status, elsewhere.json['code']]).toEqual([400, 'PLAN_NOT_SELLABLE']);
});

test('GET /orders: only their own', async () => {
  const [mine, theirs] = [await api.person(), await api.person()];
  const urls = { success_url: 'https://shop.example/yes', cancel_url: 'https://shop.example/no' };
  const body = { channel: 'stripe', type: 'topup', credits: 20_000, ...urls };
  const id = String(dataOf(await theirs.call('POST', '/payment/create-session', body))['order_id']);
  expect((await theirs.call('GET', '/orders')).json).toEqual({
    success: true,
    data: [{ ...ORDER, id }],
    next_cursor: null,
  });
  const next = String(dataOf(await theirs.call('POST', '/payment/create-session', body))['order_id']);
  const pages = [await theirs.call('GET', '/orders?limit=1'), await theirs.call('GET', '/orders?limit=1&offset=1')];
  expect(pages.map((page) => listIn(page, 'data').map((order) => order['id']))).toEqual([[next], [id]]);
  const second = await theirs.call('GET', `/orders?limit=1&cursor=${String(pages[0]?.json['next_cursor'])}`);
  expect(second.json).toEqual(pages[1]?.json);
  expect((await mine.call('GET', '/orders')).json).toMatchObject({ data: [] });
  const hidden = await mine.call('GET', `/orders/${id}`);
  const nowhere = await mine.call('GET', '/orders/00000000-0000-7000-8000-000000000000');
  expect([hidden.status, nowhere.status, hidden.json['detail']]).toEqual([404, 404, nowhere.json['detail']]);
});

test('GET /orders/{id}: one of their own, by its id; an id of another form is not there', async () => {
  const { call } = await api.person();
  const urls = { success_url: 'https://shop.example/yes', cancel_url: 'https://shop.example/no' };
  const body = { channel: 'stripe', type: 'topup', credits: 20_000, ...urls };
  const id = String(dataOf(await call('POST', '/payment/create-session', body))['order_id']);
  const shown = await call('GET', `/orders/${id}`);
  expect([shown.status, shown.json]).toEqual([200, { success: true, data: { ...ORDER, id } }]);
  const missing = await call('GET', '/orders/1');
  expect([missing.status, missing.json]).toMatchObject([404, { success: false, code: 'NOT_FOUND' }]);
});
