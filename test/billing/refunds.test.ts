/** Refunds through the API that are refused, or whose money is parked, at a provider in memory. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemClock } from '../../src/core/clock.ts';
import { uuidV7 } from '../../src/core/ids.ts';
import {
  bindRefund,
  dropRefundRequest,
  findRefundRequest,
  storeRefundRequest,
} from '../../src/db/billing/refund-requests.ts';
import { openSettle } from '../../src/payments/settle.ts';
import { openMemoryAccount } from '../support/billing/account.ts';
import { startTestApi, type Answer, type TestApi } from '../support/http/api.ts';

const account = openMemoryAccount();
let api: TestApi;
let admin: string;
beforeAll(async () => {
  const listed = { payments: { redirectOrigins: ['https://shop.example'] } };
  api = await startTestApi('first_come', undefined, listed, {}, { account });
  admin = await api.createKey({ kind: 'admin' });
});
afterAll(async () => api.stop());

/** Opens a checkout of 25 dollars, which its payer pays. @param discountMinor what the provider says that it took off */
async function bought(discountMinor = 0n): Promise<{ key: string; order: string }> {
  const { key } = await api.createCustomer();
  const body = { packId: 'growth', successUrl: 'https://shop.example/yes', cancelUrl: 'https://shop.example/no' };
  const { json } = await api.call('POST', '/treasury/checkout', { key, body });
  const order = String(json['orderId']);
  account.of(order).take('pay');
  const settle = openSettle({ db: api.db, writer: api.writer, clock: systemClock });
  await settle(account.of(order).checkout({ discountMinor }));
  return { key, order };
}

async function refund(order: string, body: object = {}, name = uuidV7(Date.now())): Promise<Answer> {
  return api.call('POST', `/admin/orders/${order}/refunds`, { key: admin, body, headers: { 'idempotency-key': name } });
}

test('one that the provider refuses uses up no key, unless an earlier answer under it was lost', async () => {
  const { order } = await bought();
  account.failNext('refused');
  expect((await refund(order, { amountUsd: '20.00' }, 'k')).status).toBe(502);
  for (const how of ['lost', 'refused'] as const) {
    account.failNext(how);
    expect((await refund(order, { amountUsd: '1.00' }, 'lost')).status).toBe(502);
  }
  api.advance(24 * 3_600_000);
  const again = await refund(order, { amountUsd: '20.00' }, 'k');
  expect([again.status, again.headers.get('idempotency-replayed')]).toEqual([200, null]);
  expect((await refund(order, { amountUsd: '1.00' }, 'lost')).json).toMatchObject({ reason: 'outcome_unknown' });
});

test('a refund is found under its key although another call for it was refused', async () => {
  const { order } = await bought();
  const asked = { order, key: 'twice', amountMinor: 100n };
  await storeRefundRequest(api.db, asked, new Date());
  await dropRefundRequest(api.db, asked);
  await bindRefund(api.db, asked, 're_1', new Date());
  await dropRefundRequest(api.db, asked);
  expect(await findRefundRequest(api.db, asked)).toMatchObject({ refund: 're_1' });
});

test('money that is parked is given back, once, and nothing is credited or taken by it', async () => {
  const { key, order } = await bought(1n);
  expect((await refund(order, { amountUsd: '25.01' })).json).toMatchObject({ reason: 'amount' });
  const back = await refund(order);
  expect([back.status, back.json]).toMatchObject([200, { state: 'parked', refundedCents: 2500, takenBackUsd: '0.00' }]);
  expect((await refund(order)).json).toMatchObject({ reason: 'amount' });
  expect((await api.call('GET', '/treasury/balance', { key })).json).toMatchObject({ availableUsd: '0.00' });
});
