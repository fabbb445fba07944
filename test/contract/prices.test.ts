/** The price book: operators add rows, and everybody may ask what an action costs. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openContractApi, type ContractApi } from '../support/contract/api.ts';
import { openDatabase, openOrgDatabases } from '../../src/db/database.ts';
import { listPrices } from '../../src/db/pricing/prices.ts';
import { listIn } from '../support/asserts.ts';

let api: ContractApi;
beforeAll(async () => {
  api = await openContractApi();
});
afterAll(async () => api.stop());

const add = async (body: object): ReturnType<ContractApi['call']> =>
  api.call('POST', '/admin/prices', { key: api.adminKey, body });
const soon = (ms: number): string => new Date(Date.now() + ms).toISOString();

test('GET /treasury/quote: what a quantity costs, the own price before the one of everybody', async () => {
  const { key, org } = await api.createCustomer(1n);
  const other = await api.createCustomer(1n);
  await add({ action: 'chat', unit: 'token', rateUsd: '0.0000025' });
  const ask = async (query: string, caller = key): ReturnType<ContractApi['call']> =>
    api.call('GET', `/treasury/quote?${query}`, { key: caller });
  const quoted = await ask('action=chat&quantity=1001');
  expect([quoted.status, quoted.json]).toEqual([
    200,
    {
      action: 'chat',
      quantity: '1001',
      unit: 'token',
      rateUsd: '0.0000025',
      amountUsd: '0.002503',
      priceId: expect.any(String),
      at: expect.any(String),
    },
  ]);
  await add({ action: 'chat', unit: 'token', rateUsd: '0.000001', org });
  expect((await ask('action=chat&quantity=1000')).json).toMatchObject({ amountUsd: '0.001' });
  expect((await ask('action=chat&quantity=1000', other.key)).json).toMatchObject({ amountUsd: '0.0025' });
  expect((await ask(`action=chat&quantity=1000&at=${String(quoted.json['at'])}`)).json).toMatchObject({
    amountUsd: '0.0025',
  });
  await add({ action: 'chat', unit: 'token', ended: true, org });
  expect((await ask('action=chat&quantity=1000')).json).toMatchObject({ amountUsd: '0.0025' });
  for (const query of ['action=none&quantity=1', 'action=chat&quantity=0', 'action=chat&quantity=1e3', 'action=chat']) {
    expect([query, (await ask(query)).status]).toEqual([query, 400]);
  }
});

test('GET, POST /admin/prices: rows are added and listed, never changed', async () => {
  const tiers = [
    { upTo: '10', rateUsd: '1' },
    { upTo: null, rateUsd: '0.5' },
  ];
  const added = await add({ action: 'image', unit: 'image', tiers, from: soon(60_000), to: soon(120_000) });
  expect([added.status, added.json]).toMatchObject([200, { action: 'image', unit: 'image', tiers, org: null }]);
  const listed = await api.call('GET', '/admin/prices?action=image', { key: api.adminKey });
  expect(listIn(listed, 'prices')).toEqual([added.json]);
  const acts = await api.call('GET', `/admin/audit?subject=price&subjectId=${String(added.json['id'])}`, {
    key: api.adminKey,
  });
  expect(listIn(acts, 'acts')).toMatchObject([{ action: 'POST /admin/prices', before: null }]);
  const { key } = await api.createCustomer(1n);
  expect((await api.call('GET', '/admin/prices', { key })).status).toBe(403);
  const owner = openDatabase(api.database.ownerUrl);
  for (const statement of [`UPDATE price SET unit = 'x'`, 'DELETE FROM price']) {
    await expect(owner.raw(statement)).rejects.toThrow(/price/);
  }
  await owner.destroy();
});

test("GET /treasury/quote: an org's access to the database shows no price of another org", async () => {
  const [own, other] = [await api.createCustomer(), await api.createCustomer()];
  await add({ action: 'hidden', unit: 'token', rateUsd: '1', org: own.org });
  const databases = openOrgDatabases(api.database.appUrl);
  const seen = async (org: string): Promise<number> =>
    (await listPrices(databases.of(org), { action: 'hidden', limit: 10 })).length;
  try {
    expect([await seen(own.org), await seen(other.org)]).toEqual([1, 0]);
  } finally {
    await databases.destroy();
  }
});

test.each([
  ['no rate', {}],
  ['two kinds of rate', { rateUsd: '1', ended: true }],
  ['a rate as a number', { rateUsd: 1 }],
  ['13 places', { rateUsd: '0.0000000000001' }],
  ['a rate below zero', { rateUsd: '-1' }],
  ['tiers without a last one', { tiers: [{ upTo: '1', rateUsd: '1' }] }],
  [
    'descending tiers',
    {
      tiers: [
        { upTo: '2', rateUsd: '1' },
        { upTo: '1', rateUsd: '1' },
        { upTo: null, rateUsd: '1' },
      ],
    },
  ],
  ['a past begin', { rateUsd: '1', from: soon(-60_000) }],
  ['an end before its begin', { rateUsd: '1', from: soon(60_000), to: soon(50_000) }],
  ['another org than there is', { rateUsd: '1', org: '00000000-0000-4000-8000-000000000000' }],
  ['an unknown field', { rateUsd: '1', currency: 'eur' }],
])('POST /admin/prices: refuses %s and adds nothing', async (_title, fields) => {
  const refused = await add({ action: 'refused', unit: 'token', ...fields });
  expect([400, 404]).toContain(refused.status);
  const listed = await api.call('GET', '/admin/prices?action=refused', { key: api.adminKey });
  expect(listIn(listed, 'prices')).toEqual([]);
});

test('POST /admin/prices: a row is added once under its key', async () => {
  const body = { action: 'keyed', unit: 'token', rateUsd: '1' };
  const headers = { 'idempotency-key': 'price-1' };
  const send = async (more: object = {}): ReturnType<ContractApi['call']> =>
    api.call('POST', '/admin/prices', { key: api.adminKey, body: { ...body, ...more }, headers });
  const [first, again] = [await send(), await send()];
  expect([again.status, again.text, again.headers.get('idempotency-replayed')]).toEqual([200, first.text, 'true']);
  expect((await send({ rateUsd: '2' })).json['code']).toBe('IDEMPOTENCY_CONFLICT');
  const listed = await api.call('GET', '/admin/prices?action=keyed', { key: api.adminKey });
  expect(listIn(listed, 'prices')).toEqual([first.json]);
});

test('POST /admin/prices: waits for a second person while bookings above a limit do', async () => {
  const limited = await openContractApi({ adminEntryLimitUsd: '1000000.00' });
  try {
    const body = { action: 'chat', unit: 'token', rateUsd: '0.000001' };
    const asked = await limited.call('POST', '/admin/prices', { key: limited.adminKey, body });
    expect([asked.status, asked.json['change']]).toEqual([202, { kind: 'price', countsUsd: null }]);
    expect((await limited.call('GET', '/admin/prices', { key: limited.adminKey })).json['prices']).toEqual([]);
  } finally {
    await limited.stop();
  }
});
