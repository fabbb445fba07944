/** Auto-refill on the platform's account, through the running service. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openContractApi, PATIENCE, type ContractApi } from '../support/contract/api.ts';
import { walletId } from '../../src/core/ids.ts';
import { openOrgShop } from '../support/contract/org-shop.ts';
import { listIn, pathsOfErrors } from '../support/asserts.ts';
import { queryRows } from '../support/process/query.ts';

let api: ContractApi;
beforeAll(async () => {
  api = await openContractApi();
});
afterAll(async () => api.stop());

const PATH = '/treasury/auto-refill';
const urls = { successUrl: 'https://shop.example/yes', cancelUrl: 'https://shop.example/no' };

/** An org that paid ten dollars at a checkout, and saved its method there if asked. */
async function customerWithMethod(savePaymentMethod: boolean): Promise<{ org: string; key: string }> {
  const { org, key } = await api.createCustomer();
  const body = { amountUsd: '10', ...urls, savePaymentMethod };
  const { json } = await api.call('POST', '/treasury/checkout', { key, body });
  api.stripe.pay(String(json['sessionId']));
  await expect.poll(async () => available(key), PATIENCE).toBe('10.00');
  return { org, key };
}

async function available(key: string): Promise<unknown> {
  return (await api.call('GET', '/treasury/balance', { key })).json['availableUsd'];
}

async function statusOf(key: string): Promise<unknown> {
  return (await api.call('GET', PATH, { key })).json['state'];
}

test('GET, PUT /treasury/auto-refill: off by default; turned on, it buys once when the balance falls below', async () => {
  const { key } = await customerWithMethod(true);
  expect(await statusOf(key)).toBe('off');
  const body = {
    enabled: true,
    thresholdUsd: '5',
    packId: 'growth',
    maxDayUsd: '100',
    maxMonthUsd: '300',
    maxDayCount: 3,
  };
  const put = await api.call('PUT', PATH, { key, body });
  expect([put.status, put.json]).toMatchObject([
    200,
    {
      enabled: true,
      thresholdUsd: '5.00',
      packId: 'growth',
      maxDayUsd: '100.00',
      maxMonthUsd: '300.00',
      maxDayCount: 3,
    },
  ]);
  expect(put.json['consent']).toMatchObject({ by: expect.stringMatching(/^key:/), maxDayUsd: '100.00' });
  await expect.poll(async () => statusOf(key), PATIENCE).toBe('on');
  const debits = Array.from({ length: 6 }, async () =>
    api.call('POST', '/treasury/debit', { key, body: { serviceType: 'AI_API', amountUsd: '1' } }),
  );
  for (const { status } of await Promise.all(debits)) expect(status).toBe(200);
  await expect.poll(async () => available(key), PATIENCE).toBe('29.00');
  const orders = listIn(await api.call('GET', '/treasury/orders', { key }), 'orders');
  expect(orders).toMatchObject([
    { channel: 'auto_refill', state: 'credited', packId: 'growth', amountUsd: '25.00' },
    { channel: 'card', state: 'credited' },
  ]);
  const types = async (): Promise<unknown[]> =>
    listIn(await api.call('GET', '/events?types=auto_refill.succeeded', { key }), 'events').map((one) => one['data']);
  await expect.poll(types, PATIENCE).toEqual([{ account: 'platform', orderId: orders[0]?.['id'], amountUsd: '25.00' }]);
});

test('PUT /treasury/auto-refill: without a saved method it is kept and waits; the terms have to fit each other', async () => {
  const { key } = await customerWithMethod(false);
  const on = { enabled: true, thresholdUsd: '20', targetUsd: '40' };
  expect((await api.call('PUT', PATH, { key, body: on })).json).toMatchObject({
    enabled: true,
    state: 'waiting_for_payment_method',
    targetUsd: '40.00',
  });
  for (const change of [{ targetUsd: '20' }, { packId: 'growth', targetUsd: '40' }, { maxDayUsd: '10' }]) {
    const refused = await api.call('PUT', PATH, { key, body: { ...on, ...change } });
    expect([refused.status, refused.json['code']]).toEqual([400, 'VALIDATION_FAILED']);
  }
  expect((await api.call('PUT', PATH, { key, body: { enabled: false } })).json).toMatchObject({ state: 'off' });
});

test("PUT /orgs/{org}/billing: auto-refill on an org's own account buys its product there, once, and nothing on the platform's", async () => {
  const { call, product, org, key, shop, balance } = await openOrgShop(api);
  const id = await product({ price_cents: 1_000, amount_micros: 10_000_000 });
  const terms = {
    auto_refill_enabled: true,
    auto_refill_threshold: 5_000_000,
    auto_refill_product_id: id,
    auto_refill_max_day_cents: 2_000,
    auto_refill_max_month_cents: 5_000,
    auto_refill_max_day_count: 3,
    auto_refill_consent_text_version: '2026-11',
  };
  const waiting = await call('PUT', '/billing', terms);
  expect([waiting.status, waiting.json['auto_refill_state']]).toEqual([200, 'waiting_for_payment_method']);
  const opened = await call('POST', '/checkout', {
    product_id: id,
    success_url: 'https://shop.example/yes',
    cancel_url: 'https://shop.example/no',
    save_payment_method: true,
  });
  api.stripe.pay(String(opened.json['session_id']));
  await expect.poll(balance, PATIENCE).toBe(10_000_000);
  await expect
    .poll(async () => (await call('GET', '/billing')).json, PATIENCE)
    .toMatchObject({ auto_refill_state: 'on', has_payment_method: true });
  const charged = (account: typeof shop): number => account.books().list('charge').length;
  const [ownBefore, platformBefore] = [charged(shop), charged(api.shop)];
  const charge = { operation: 'charge', amount_micros: 1_000_000, description: 'use' };
  const charges = await Promise.all(Array.from({ length: 6 }, async () => call('POST', '/wallet', charge)));
  for (const { status } of charges) expect(status).toBe(200);
  await expect.poll(balance, PATIENCE).toBe(14_000_000);
  const orders = listIn(await api.call('GET', '/treasury/orders', { key }), 'orders');
  expect(orders).toMatchObject([
    { channel: 'auto_refill', state: 'credited', amountUsd: '10.00' },
    { channel: 'card', state: 'credited' },
  ]);
  expect([charged(shop) - ownBefore, charged(api.shop) - platformBefore]).toEqual([1, 0]);
  const { rows } = await queryRows<{ contra: string }>(
    api.db,
    `SELECT contra FROM entry WHERE wallet = ? AND type = 'DEPOSIT'`,
    [walletId({ kind: 'org', id: org })],
  );
  expect(rows.map(({ contra }) => contra)).toEqual([`assets:stripe:${org}`, `assets:stripe:${org}`]);
  const off = await call('PUT', '/billing', { auto_refill_enabled: false });
  expect(off.json).toMatchObject({ auto_refill_state: 'off', auto_refill_consent: { text_version: '2026-11' } });
  const refused = await call('PUT', '/billing', { auto_refill_enabled: true, auto_refill_max_day_cents: 999 });
  expect(pathsOfErrors(refused)).toEqual(['auto_refill_max_day_cents']);
});
