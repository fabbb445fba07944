/** Lots: credit that is for some services or actions alone, and what the balance says of it and of what ends next. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listIn, pathsOfErrors } from '../support/asserts.ts';
import { dataOf, openPeopleApi, type PeopleApi } from '../support/contract/people.ts';
import type { Answer } from '../support/http/api.ts';

const DAY_MS = 86_400_000;
let api: PeopleApi;
beforeAll(async () => {
  api = await openPeopleApi({ adminEntryLimitUsd: '100' });
});
afterAll(async () => api.stop());

const AI = { services: ['AI_API'] };
const book = async (org: string, body: object): Promise<Answer> =>
  api.call('POST', `/admin/orgs/${org}/entries`, { key: api.adminKey, body: { reason: 'a gift', ...body } });
const grant = async (org: string, amountUsd: string, more: object = {}): Promise<Answer> =>
  book(org, { type: 'GRANT', amountUsd, ...more });
const post = async (key: string, name: string, body: object): Promise<Answer> =>
  api.call('POST', `/treasury/${name}`, { key, body });
const balanceOf = async (key: string): Promise<Answer['json']> =>
  (await api.call('GET', '/treasury/balance', { key })).json;
/** A second person approves what was asked for. */
async function approve({ json: { id } }: Answer): Promise<unknown> {
  const key = await api.createKey({ kind: 'admin' });
  return (await api.call('POST', `/admin/approvals/${String(id)}/approve`, { key, body: {} })).json['state'];
}

const inDays = (days: number): string => new Date(Date.now() + days * DAY_MS).toISOString();

test('restricted credit is part of what is available, is spent first, and on what it is for alone', async () => {
  const { org, key } = await api.createCustomer(10n);
  const granted = await grant(org, '5', { restrictedTo: { services: ['GAS_SUBSIDY', 'AI_API'] } });
  expect([granted.status, listIn(granted, 'entries')[0]?.['restrictedTo']]).toEqual([
    200,
    { services: ['AI_API', 'GAS_SUBSIDY'], actions: null },
  ]);
  await grant(org, '2', { restrictedTo: AI });
  await grant(org, '1', { restrictedTo: AI });
  expect(await balanceOf(key)).toMatchObject({
    availableUsd: '18.00',
    restricted: [
      { services: ['AI_API', 'GAS_SUBSIDY'], actions: null, availableUsd: '5.00' },
      { services: ['AI_API'], actions: null, availableUsd: '3.00' },
    ],
  });
  const refused = await post(key, 'debit', { serviceType: 'SKU_PURCHASE', amountUsd: '10.000001' });
  expect([refused.status, refused.json]).toMatchObject([
    402,
    {
      code: 'CREDIT_INSUFFICIENT',
      kind: 'restricted',
      availableUsd: '18.00',
      restrictedUsd: '8.00',
      spendableUsd: '10.00',
      requiredUsd: '10.000001',
    },
  ]);
  expect((await post(key, 'debit', { serviceType: 'SKU_PURCHASE', amountUsd: '10' })).status).toBe(200);
  expect((await post(key, 'debit', { serviceType: 'AI_API', amountUsd: '7' })).json['availableUsd']).toBe('1.00');
  expect((await balanceOf(key))['restricted']).toEqual([{ services: ['AI_API'], actions: null, availableUsd: '1.00' }]);
});

test('check-balance says what may be spent on a service', async () => {
  const { org, key } = await api.createCustomer(10n);
  await grant(org, '5', { restrictedTo: AI });
  const check = async (body: object): Promise<unknown> => {
    const { json } = await post(key, 'check-balance', { amountUsd: '12', ...body });
    return [json['sufficient'], json['availableUsd']];
  };
  expect(await check({ serviceType: 'AI_API' })).toEqual([true, '15.00']);
  expect(await check({ serviceType: 'SKU_PURCHASE' })).toEqual([false, '15.00']);
  expect(await check({})).toEqual([false, '15.00']);
  expect((await post(key, 'check-balance', { amountUsd: '1', serviceType: 'NOPE' })).status).toBe(400);
});

test('a hold keeps its lots: what is captured and given back stays what it was', async () => {
  const { org, key } = await api.createCustomer(1n);
  await grant(org, '5', { restrictedTo: AI });
  expect((await post(key, 'hold', { serviceType: 'SKU_PURCHASE', amountUsd: '2' })).json['kind']).toBe('restricted');
  const { json } = await post(key, 'hold', { serviceType: 'AI_API', amountUsd: '4' });
  const part = await post(key, 'consume-hold', { holdId: json['holdId'], amountUsd: '1' });
  expect([part.status, part.json['releasedUsd']]).toEqual([200, '3.00']);
  expect((await balanceOf(key))['restricted']).toEqual([{ services: ['AI_API'], actions: null, availableUsd: '4.00' }]);
  const batch = await post(key, 'batch', {
    commands: [
      { op: 'debit', idempotencyKey: 'a', serviceType: 'SKU_PURCHASE', amountUsd: '2' },
      { op: 'debit', idempotencyKey: 'b', serviceType: 'AI_API', amountUsd: '5' },
    ],
  });
  expect(listIn(batch, 'results').map(({ status }) => status)).toEqual([402, 200]);
});

test('an action takes its own credit: by price, and not by amount', async () => {
  const { org, key } = await api.createCustomer(1n);
  const price = { action: `chat-${org}`, unit: 'token', rateUsd: '1', org };
  const asked = await api.call('POST', '/admin/prices', { key: api.adminKey, body: price });
  expect(await approve(asked)).toBe('approved');
  await grant(org, '5', { restrictedTo: { actions: [price.action] } });
  const priced = { serviceType: 'AI_API', action: price.action, quantity: '4' };
  expect((await post(key, 'check-balance', { amountUsd: '4', serviceType: 'AI_API' })).json['sufficient']).toBe(false);
  expect(
    (await post(key, 'check-balance', { amountUsd: '4', serviceType: 'AI_API', action: price.action })).json,
  ).toMatchObject({ sufficient: true });
  expect((await post(key, 'debit', { serviceType: 'AI_API', amountUsd: '4' })).json['kind']).toBe('restricted');
  expect((await post(key, 'debit', priced)).status).toBe(200);
  const held = await post(key, 'hold', { ...priced, quantity: '0.5' });
  // What is beyond the hold needs the rest of the action's own credit too.
  const beyond = { holdId: held.json['holdId'], amountUsd: '1.8', allowOverrun: true };
  expect((await post(key, 'consume-hold', beyond)).json).toMatchObject({ overrunUsd: '1.30', availableUsd: '0.20' });
});

test('what cannot be restricted is refused, and books nothing', async () => {
  const { org, key } = await api.createCustomer(1n);
  const cases: readonly (readonly [object, readonly string[]])[] = [
    [{ type: 'GRANT', restrictedTo: {} }, ['restrictedTo']],
    [{ type: 'GRANT', restrictedTo: { services: [] } }, ['restrictedTo.services']],
    [{ type: 'GRANT', restrictedTo: { services: ['NOPE'] } }, ['serviceType']],
    [{ type: 'GRANT', restrictedTo: { services: ['AI_API'], more: 1 } }, ['restrictedTo.more']],
    [{ type: 'ADJUSTMENT', restrictedTo: AI }, ['restrictedTo']],
    [{ type: 'REFUND', restrictedTo: AI }, ['restrictedTo']],
  ];
  for (const [body, paths] of cases) {
    const answer = await book(org, { amountUsd: '1', ...body });
    expect([answer.status, pathsOfErrors(answer)]).toEqual([400, paths]);
  }
  expect((await balanceOf(key))['availableUsd']).toBe('1.00');
});

test('a second person approves the restriction with the credit, and the same key with another is a conflict', async () => {
  const { org, key } = await api.createCustomer(0n);
  const named = { restrictedTo: AI, idempotencyKey: 'big' };
  const asked = await grant(org, '200', named);
  expect([asked.status, asked.json]).toMatchObject([
    202,
    {
      what: 'book GRANT 200.00 USD for AI_API alone: a gift',
      booking: { restrictedTo: { services: ['AI_API'], actions: null } },
    },
  ]);
  expect((await grant(org, '200', { idempotencyKey: 'big' })).json['code']).toBe('IDEMPOTENCY_CONFLICT');
  expect(await approve(asked)).toBe('approved');
  expect((await balanceOf(key))['restricted']).toEqual([
    { services: ['AI_API'], actions: null, availableUsd: '200.00' },
  ]);
});

test('users: credits by hand and by coupon may be for something, and their balances say so', async () => {
  const { user, call } = await api.person(1n);
  expect((await call('GET', '/credits/balance')).json['data']).toEqual({ balance: 1_000 });
  const manual = { user_id: user, amount: 500, reason: 'sorry', restricted_to: AI };
  expect((await api.call('POST', '/admin/credits/manual', { key: api.adminKey, body: manual })).status).toBe(200);
  const taken = { ...manual, amount: -1 };
  expect((await api.call('POST', '/admin/credits/manual', { key: api.adminKey, body: taken })).status).toBe(400);
  const coupon = {
    code: 'ONLY-FOR-FEATURES',
    credits: 200,
    limit_total: 1,
    restricted_to: { services: ['FEATURE', 'AI_API'] },
  };
  const added = await api.call('POST', '/admin/billing/coupons', { key: api.adminKey, body: coupon });
  expect(dataOf(added)['restricted_to']).toEqual({ services: ['AI_API', 'FEATURE'], actions: null });
  expect((await call('POST', '/credits/redeem', { code: coupon.code })).status).toBe(200);
  expect((await call('GET', '/credits/balance')).json['data']).toEqual({
    balance: 1_700,
    restricted: [
      { services: ['AI_API'], actions: null, balance: 500 },
      { services: ['AI_API', 'FEATURE'], actions: null, balance: 200 },
    ],
  });
  const wallet = await api.serve('GET', `/io/wallet/balance?user_id=${encodeURIComponent(user)}`);
  expect(wallet.json).toMatchObject({ credits: 1.7, restricted: [{ credits: 0.5 }, { credits: 0.2 }] });
  const deduct = async (amount: number): Promise<unknown> =>
    (await api.serve('POST', '/io/wallet/deduct', { user_id: user, feature: 'x', amount })).json;
  expect(await deduct(1.3)).toEqual({ allowed: false, balanceBefore: 1.7, required: 1.3 });
  expect(await deduct(1.2)).toMatchObject({ allowed: true, balanceAfter: 0.5 });
  const ai = await api.serve('POST', '/credits/deduct', { user_id: user, amount: 500 });
  expect([ai.status, dataOf(ai)['balance']]).toEqual([200, 0]);
});

test('the balance shows what ends next: everything that ends on that day, and when the first of it does', async () => {
  const { org, key } = await api.createCustomer(10n);
  expect((await balanceOf(key))['nextExpiry']).toBeNull();
  const day = inDays(40).slice(0, 10);
  await grant(org, '3', { expiresAt: `${day}T18:00:00Z` });
  await grant(org, '2', { expiresAt: `${day}T06:00:00Z`, restrictedTo: AI });
  await grant(org, '4', { expiresAt: inDays(50) });
  expect(await balanceOf(key)).toMatchObject({
    nextExpiry: { amountUsd: '5.00', expiresAt: `${day}T06:00:00.000Z` },
    restricted: [{ availableUsd: '2.00' }],
  });
});
