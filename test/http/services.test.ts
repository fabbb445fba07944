/** Services of the deployment's own: charged, held, filtered, documented, retired. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { listIn, pathsOfErrors } from '../support/asserts.ts';
import { startTestApi, type Answer, type TestApi } from '../support/http/api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi('first_come', undefined, {
    services: [{ name: 'CHAT_V2' }, { name: 'FAX', retired: true }],
  });
});
afterAll(async () => api.stop());

async function post(key: string, name: string, body: object): Promise<Answer> {
  return api.call('POST', `/treasury/${name}`, { key, body });
}

it.each(['CHAT_V2', 'ORG_CHARGE', 'FEATURE'])('S08 %s is charged, held, captured and released', async (serviceType) => {
  const { key } = await api.createCustomer(20n);
  const debit = await post(key, 'debit', { serviceType, amountUsd: '1' });
  expect(debit.json).toMatchObject({ type: 'CHARGE', serviceType, amountUsd: '1.00' });
  const held = await post(key, 'hold', { serviceType, amountUsd: '5' });
  const { holdId } = held.json;
  const captured = await post(key, 'consume-hold', { holdId, amountUsd: '2', final: false });
  expect(captured.json).toMatchObject({ type: 'CHARGE', serviceType, amountUsd: '2.00', holdLeftUsd: '3.00' });
  const released = await post(key, 'release-hold', { holdId });
  expect(released.json).toMatchObject({ serviceType, availableUsd: '17.00' });
  const found = await api.call('GET', `/treasury/ledger?serviceType=${serviceType}`, { key });
  expect(listIn(found, 'entries').map(({ type }) => type)).toEqual(['HOLD_RELEASE', 'CHARGE', 'HOLD', 'CHARGE']);
  const holds = await api.call('GET', `/treasury/holds?serviceType=${serviceType}`, { key });
  expect(listIn(holds, 'holds')).toMatchObject([{ serviceType, capturedUsd: '2.00' }]);
});

it('S08 a refund lowers the revenue of a service of our own', async () => {
  const { org } = await api.createCustomer(5n);
  const admin = await api.createKey({ kind: 'admin' });
  const body = { type: 'REFUND', amountUsd: '1', reason: 'slow', serviceType: 'CHAT_V2' };
  const { status, json } = await api.call('POST', `/admin/orgs/${org}/entries`, { key: admin, body });
  expect([status, json['type']]).toEqual([200, 'REFUND']);
});

it.each(['X402', 'PAY_BUTTON', 'KYC_VERIFICATION', 'ADDRESS_SCREENING'])('S08 %s is reserved', async (serviceType) => {
  const { key } = await api.createCustomer(5n);
  for (const name of ['debit', 'hold']) {
    const { status, json } = await post(key, name, { serviceType, amountUsd: '1' });
    expect([status, json['code']]).toEqual([400, 'SERVICE_TYPE_RESERVED']);
  }
});

it.each(['FAX', 'chat_v2', 'NOBODY', '', 'toString'])('S08 %j cannot be charged', async (serviceType) => {
  const { key } = await api.createCustomer(5n);
  for (const name of ['debit', 'hold']) {
    expect(pathsOfErrors(await post(key, name, { serviceType, amountUsd: '1' }))).toEqual(['serviceType']);
  }
});

it('S08 a retired service can still be asked for, an unknown one cannot', async () => {
  const { key } = await api.createCustomer(5n);
  for (const path of ['ledger', 'holds']) {
    expect((await api.call('GET', `/treasury/${path}?serviceType=FAX`, { key })).status).toBe(200);
    const unknown = await api.call('GET', `/treasury/${path}?serviceType=NOBODY`, { key });
    expect(pathsOfErrors(unknown)).toEqual(['serviceType']);
  }
});

it('S08 the document lists what can be charged, and nothing reserved or retired', async () => {
  const { json } = await api.call('GET', '/openapi.json');
  const schemas: unknown = (json['components'] as Record<string, unknown>)['schemas'];
  expect(schemas).toMatchObject({
    ServiceType: {
      type: 'string',
      enum: ['SKU_PURCHASE', 'GIFT_CARD', 'AI_API', 'GAS_SUBSIDY', 'ORG_CHARGE', 'FEATURE', 'CHAT_V2'],
    },
  });
});

it('S08 a start without a service that entries name is refused, one without any other is not', async () => {
  const { key } = await api.createCustomer(5n);
  expect((await post(key, 'debit', { serviceType: 'CHAT_V2', amountUsd: '1' })).status).toBe(200);
  const folder = mkdtempSync(join(tmpdir(), 'coffer-services-'));
  const start = async (services: readonly object[]): Promise<void> => {
    const file = join(folder, 'config.json');
    writeFileSync(file, JSON.stringify({ services }));
    await (await api.spawn({ COFFER_CONFIG: file })).stop();
  };
  await start([{ name: 'CHAT_V2' }, { name: 'NEVER_USED' }]);
  await expect(start([{ name: 'FAX' }, { name: 'NEVER_USED' }])).rejects.toThrow(
    /services: entries name CHAT_V2: list what is no longer offered as {"name":"CHAT_V2","retired":true}/,
  );
  await start([{ name: 'CHAT_V2', retired: true }]);
  rmSync(folder, { recursive: true, force: true });
}, 60_000);
