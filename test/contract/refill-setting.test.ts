/** The treasury's setting of auto-refill. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openContractApi, type ContractApi } from '../support/contract/api.ts';

let api: ContractApi;
beforeAll(async () => {
  api = await openContractApi();
});
afterAll(async () => api.stop());

const path = '/treasury/auto-refill';
const terms = { thresholdUsd: '5.00', packId: 'growth', maxDayUsd: '100.00', maxMonthUsd: '400.00', maxDayCount: 3 };

test('GET, PUT /treasury/auto-refill: off by default; turning it on is the consent, which nobody can write', async () => {
  const { key } = await api.createCustomer(1n);
  const first = await api.call('GET', path, { key });
  expect([first.status, first.json]).toMatchObject([200, { enabled: false, state: 'off', consent: null }]);
  const on = await api.call('PUT', path, { key, body: { enabled: true, ...terms } });
  expect([on.status, on.json]).toMatchObject([
    200,
    { enabled: true, state: 'waiting_for_payment_method', ...terms, consent: { by: expect.any(String), ...terms } },
  ]);
  expect((await api.call('GET', path, { key })).json).toEqual(on.json);
  const written = await api.call('PUT', path, { key, body: { enabled: true, consent: { by: 'somebody' } } });
  expect([written.status, written.json['code']]).toEqual([400, 'VALIDATION_FAILED']);
  const off = await api.call('PUT', path, { key, body: { enabled: false } });
  expect([off.status, off.json]).toMatchObject([200, { enabled: false, state: 'off' }]);
});
