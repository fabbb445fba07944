import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { uuidV7 } from '../../src/core/ids.ts';
import { startTestApi, type Answer, type TestApi } from '../support/http/api.ts';
import { auditWallet, connect, depositOf } from '../support/ledger/wallets.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(async () => api.stop());

const debit = { serviceType: 'AI_API', amountUsd: '1.00', reference: 'r' };

async function post(key: string, body: object, idempotencyKey?: string): Promise<Answer> {
  const headers = idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey };
  return api.call('POST', '/treasury/debit', { key, body, headers });
}

async function countEntries(wallet: string): Promise<number> {
  const client = await connect(api.database.ownerUrl);
  const entries = await auditWallet(client, wallet);
  await client.end();
  return entries.length;
}

describe('a key that the service made', () => {
  it('is told with a refusal too, so that an unknown outcome can be asked for', async () => {
    const { key } = await api.createCustomer(1n);
    const refused = await post(key, { ...debit, amountUsd: '2' });
    expect(refused.status).toBe(402);
    expect(refused.headers.get('idempotency-key')).toMatch(/^[0-9a-f-]{36}$/);
  });
});

describe('the same request under the same key', () => {
  it.each([
    ['a word', 'order-7'],
    ['a UUIDv7', uuidV7(Date.now())],
    ['255 characters', '~'.repeat(255)],
  ])('%s: is answered again byte for byte, and takes the money once', async (_name, named) => {
    const { key, wallet } = await api.createCustomer(5n);
    const first = await post(key, debit, named);
    await post(key, { ...debit, amountUsd: '2' });
    const again = await post(key, debit, named);
    expect([first.status, again.status]).toEqual([200, 200]);
    expect(again.text).toBe(first.text);
    expect(again.json['idempotencyKey']).toBe(named);
    expect([first, again].map(({ headers }) => headers.get('idempotency-replayed'))).toEqual([null, 'true']);
    expect([first, again].map(({ headers }) => headers.get('idempotency-key'))).toEqual([named, named]);
    expect(await countEntries(wallet)).toBe(3);
  });

  it('may name the key in the header or in the body, and write the amount another way', async () => {
    const { key, wallet } = await api.createCustomer(5n);
    const first = await post(key, debit, 'k');
    for (const again of [
      await post(key, { ...debit, idempotencyKey: 'k' }),
      await post(key, { ...debit, idempotency_key: 'k', amountUsd: '1' }),
      await post(key, { ...debit, idempotencyKey: 'k', amountUsd: '1.000000' }, 'k'),
    ]) {
      expect(again.text).toBe(first.text);
    }
    expect(await countEntries(wallet)).toBe(2);
  });

  it('is answered after a restart of the service', async () => {
    const { key, wallet } = await api.createCustomer(5n);
    const first = await post(key, debit, 'k');
    await api.restart();
    expect((await post(key, debit, 'k')).text).toBe(first.text);
    expect(await countEntries(wallet)).toBe(2);
  });

  it('A29 sent thirty times at the same instant makes one entry', async () => {
    const { key, wallet } = await api.createCustomer(5n);
    const answers = await Promise.all(Array.from({ length: 30 }, async () => post(key, debit, 'at-once')));
    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
    expect(answers.filter(({ headers }) => headers.get('idempotency-replayed') === null)).toHaveLength(1);
    expect(await countEntries(wallet)).toBe(2);
  });

  it('draws the same lots again in the answer, whatever was spent since', async () => {
    const { key, wallet } = await api.createCustomer(5n);
    const first = await post(key, { ...debit, amountUsd: '3' }, 'k');
    await post(key, { ...debit, amountUsd: '2' });
    expect((await post(key, { ...debit, amountUsd: '1' })).status).toBe(402);
    expect((await post(key, { ...debit, amountUsd: '3' }, 'k')).text).toBe(first.text);
    expect(await countEntries(wallet)).toBe(3);
  });
});

describe('A28 another request under the same key', () => {
  it.each([
    ['amount', { ...debit, amountUsd: '1.000001' }],
    ['service', { ...debit, serviceType: 'GAS_SUBSIDY' }],
    ['reference', { ...debit, reference: 'q' }],
    ['no reference', { serviceType: 'AI_API', amountUsd: '1.00' }],
    ['app', { ...debit, appId: 'app' }],
    ['description', { ...debit, description: 'd' }],
  ])('with another %s is 409, and moves nothing', async (_name, body) => {
    const { key, wallet } = await api.createCustomer(5n);
    await post(key, debit, 'k');
    const { status, json } = await post(key, body, 'k');
    expect([status, json['code']]).toEqual([409, 'IDEMPOTENCY_CONFLICT']);
    expect(await countEntries(wallet)).toBe(2);
  });
});

it('A28 A29 two different requests under one key at the same instant: one has its way, the other is 409', async () => {
  const { key, wallet } = await api.createCustomer(5n);
  const answers = await Promise.all(['1', '2'].map(async (amountUsd) => post(key, { ...debit, amountUsd }, 'k')));
  expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409]);
  expect(await countEntries(wallet)).toBe(2);
});

it('A28 the key belongs to the wallet: another org may use the same', async () => {
  const [one, two] = [await api.createCustomer(5n), await api.createCustomer(5n)];
  const answers = [await post(one.key, debit, 'k'), await post(two.key, debit, 'k')];
  expect(answers.map(({ status, headers }) => [status, headers.get('idempotency-replayed')])).toEqual([
    [200, null],
    [200, null],
  ]);
});

it('a refused request may be tried again under its key', async () => {
  const { key, wallet } = await api.createCustomer();
  expect((await post(key, debit, 'k')).status).toBe(402);
  const { key: rich } = await api.createCustomer(1n);
  expect((await post(rich, debit, 'k')).status).toBe(200);
  await api.writer.submit(depositOf(wallet, 5n));
  const { status, headers } = await post(key, debit, 'k');
  expect([status, headers.get('idempotency-replayed')]).toEqual([200, null]);
});

it('two headers must agree', async () => {
  const { key, wallet } = await api.createCustomer(5n);
  const status = await new Promise<number | undefined>((resolve, reject) => {
    const sent = request(`${api.url()}/treasury/debit`, { method: 'POST' }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    sent.on('error', reject);
    sent.setHeader('Authorization', `Bearer ${key}`);
    sent.setHeader('Content-Type', 'application/json');
    sent.setHeader('Idempotency-Key', ['a', 'b']);
    sent.end(JSON.stringify(debit));
  });
  expect(status).toBe(400);
  expect(await countEntries(wallet)).toBe(1);
});

it('A25 a hundred parallel debits of one on a balance of ten: ten go through', async () => {
  const { key, wallet } = await api.createCustomer(10n);
  const answers = await Promise.all(Array.from({ length: 100 }, async () => post(key, debit)));
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(10);
  expect(answers.filter(({ status }) => status === 402)).toHaveLength(90);
  expect(await countEntries(wallet)).toBe(11);
});
