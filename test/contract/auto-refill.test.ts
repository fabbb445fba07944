/** Auto-refill on the platform's account, through the running service. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openContractApi, PATIENCE, type ContractApi } from '../support/contract/api.ts';
import { listIn } from '../support/asserts.ts';

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
