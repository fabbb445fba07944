/** Debits and holds that name a quantity of an action in place of an amount. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openContractApi, type ContractApi } from '../support/contract/api.ts';
import { listIn } from '../support/asserts.ts';
import type { Answer } from '../support/http/api.ts';

let api: ContractApi;
beforeAll(async () => {
  api = await openContractApi();
});
afterAll(async () => api.stop());

let actions = 0;
async function newAction(rateUsd: string, more: object = {}): Promise<{ action: string; priceId: string }> {
  const action = `action ${(actions += 1)}`;
  return { action, priceId: await addPrice(action, { rateUsd, ...more }) };
}

async function addPrice(action: string, fields: object): Promise<string> {
  const { status, json } = await api.call('POST', '/admin/prices', {
    key: api.adminKey,
    body: { action, unit: 'token', ...fields },
  });
  expect(status).toBe(200);
  return String(json['id']);
}

const post = async (
  key: string,
  name: string,
  body: object,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> => api.call('POST', `/treasury/${name}`, { key, body, headers });

test('POST /treasury/debit: a quantity of an action, whose price every entry shows', async () => {
  const { key } = await api.createCustomer(20n);
  const { action, priceId } = await newAction('0.0000025');
  const price = { priceId, rateUsd: '0.0000025', rounding: 'up' };
  const debited = await post(key, 'debit', { serviceType: 'AI_API', action, quantity: '1001.5', metadata: { a: 'b' } });
  const shown = { action, quantity: '1001.5', price };
  expect([debited.status, debited.json]).toMatchObject([
    200,
    { type: 'AI_API_CALL', amountUsd: '0.002504', availableUsd: '19.997496', ...shown, entries: [shown] },
  ]);
  const ledger = await api.call('GET', '/treasury/ledger?limit=2', { key });
  expect(listIn(ledger, 'entries')).toMatchObject([shown, { action: null, quantity: null, price: null }]);
  const csv = await api.call('GET', '/treasury/ledger?format=csv', { key });
  const [head, line] = csv.text.split('\r\n');
  expect(head).toContain(',action,quantity,price,');
  expect(line).toContain(`,${action},1001.5,"${JSON.stringify(price).replaceAll('"', '""')}",`);
});

test('POST /treasury/debit: a retry answers the first outcome whatever the price is by then', async () => {
  const { key } = await api.createCustomer(20n);
  const { action } = await newAction('1');
  const body = { serviceType: 'AI_API', action, quantity: '2' };
  const named = { 'idempotency-key': 'a priced call' };
  const first = await post(key, 'debit', body, named);
  await addPrice(action, { rateUsd: '3' });
  const again = await post(key, 'debit', { ...body, quantity: '2.0' }, named);
  expect([again.headers.get('idempotency-replayed'), again.json]).toEqual(['true', first.json]);
  const other = await post(key, 'debit', { ...body, quantity: '3' }, named);
  expect([other.status, other.json['code']]).toEqual([409, 'IDEMPOTENCY_CONFLICT']);
  expect((await post(key, 'debit', body)).json['amountUsd']).toBe('6.00');
});

test('POST /treasury/debit: the own price counts first, and the quantity of the one command picks the tier', async () => {
  const [own, other] = [await api.createCustomer(20n), await api.createCustomer(20n)];
  const { action } = await newAction('1');
  const tiers = [
    { upTo: '10', rateUsd: '0.5' },
    { upTo: null, rateUsd: '0.1' },
  ];
  await addPrice(action, { org: own.org, tiers });
  const costs = async (key: string, quantity: string): Promise<unknown> =>
    (await post(key, 'debit', { serviceType: 'FEATURE', action, quantity })).json['amountUsd'];
  expect(await costs(other.key, '11')).toBe('11.00');
  expect(await costs(own.key, '10')).toBe('5.00');
  expect(await costs(own.key, '11')).toBe('1.10');
});

test('POST /treasury/debit: what costs nothing writes no entry and uses no key', async () => {
  const { key } = await api.createCustomer(20n);
  const { action, priceId } = await newAction('0');
  const body = { serviceType: 'AI_API', action, quantity: '5', userId: 'u' };
  const named = { 'idempotency-key': 'a free call' };
  for (const headers of [named, named, { ...named, 'coffer-dry-run': 'true' }]) {
    const free = await post(key, 'debit', body, headers);
    expect([free.status, free.headers.get('idempotency-replayed'), free.json]).toMatchObject([
      200,
      null,
      {
        amountUsd: '0.00',
        quantity: '5',
        price: { priceId, rateUsd: '0' },
        userId: 'u',
        entries: [],
        availableUsd: '20.00',
      },
    ]);
  }
  expect(listIn(await api.call('GET', '/treasury/ledger', { key }), 'entries')).toHaveLength(1);
  await addPrice(action, { rateUsd: '1' });
  expect((await post(key, 'debit', body, named)).json['amountUsd']).toBe('5.00');
});

test('POST /treasury/hold: a quantity of an action is held at its price', async () => {
  const { key } = await api.createCustomer(20n);
  const { action, priceId } = await newAction('0.25');
  const held = await post(key, 'hold', { serviceType: 'AI_API', action, quantity: '10' });
  const shown = { action, quantity: '10', price: { priceId, rateUsd: '0.25', rounding: 'up' } };
  expect([held.status, held.json]).toMatchObject([200, { amountUsd: '2.50', heldUsd: '2.50', ...shown }]);
  const captured = await post(key, 'consume-hold', { holdId: held.json['holdId'], amountUsd: '1' });
  expect(captured.json).toMatchObject({ amountUsd: '1.00', releasedUsd: '1.50', entries: [{ price: null }] });
  const free = await newAction('0');
  const nothing = await post(key, 'hold', { serviceType: 'AI_API', action: free.action, quantity: '10' });
  expect([nothing.status, nothing.json['errors']]).toMatchObject([400, [{ path: 'quantity' }]]);
});

test('POST /treasury/batch: priced commands are judged alone, each at its own price', async () => {
  const { key } = await api.createCustomer(20n);
  const [cheap, dear] = [await newAction('1'), await newAction('4')];
  const of = (op: string, idempotencyKey: string, fields: object): object => ({
    op,
    idempotencyKey,
    serviceType: 'AI_API',
    ...fields,
  });
  const commands = [
    of('debit', 'a', { action: cheap.action, quantity: '2' }),
    of('debit', 'b', { action: 'unknown', quantity: '2' }),
    of('hold', 'c', { action: dear.action, quantity: '3' }),
    of('debit', 'd', { action: dear.action, quantity: '2' }),
    of('debit', 'e', { amountUsd: '1' }),
  ];
  const expected = [200, 400, 200, 402, 200];
  const dry = await post(key, 'batch', { commands }, { 'coffer-dry-run': 'true' });
  expect(listIn(dry, 'results').map(({ status }) => status)).toEqual(expected);
  const answer = await post(key, 'batch', { commands });
  expect(listIn(answer, 'results')).toMatchObject([
    { status: 200, result: { amountUsd: '2.00', action: cheap.action } },
    { status: 400, problem: { errors: [{ path: 'action' }] } },
    { status: 200, result: { amountUsd: '12.00', action: dear.action } },
    { status: 402 },
    { status: 200, result: { price: null } },
  ]);
});

test.each([
  ['both an amount and an action', { amountUsd: '1', action: 'a', quantity: '1' }, 'amountUsd'],
  ['neither', {}, 'amountUsd'],
  ['an action alone', { action: 'a' }, 'quantity'],
  ['a quantity alone', { quantity: '1' }, 'action'],
  ['a quantity of zero', { action: 'a', quantity: '0' }, 'quantity'],
  ['a quantity as a number', { action: 'a', quantity: 1 }, 'quantity'],
  ['7 places', { action: 'a', quantity: '0.0000001' }, 'quantity'],
  ['an action without a price', { action: 'nobody prices this', quantity: '1' }, 'action'],
  ['a card for an action', { action: 'a', quantity: '1', serviceType: 'GIFT_CARD', useGiftCard: true }, 'useGiftCard'],
])('a charge of %s is refused, and nothing moves', async (_title, fields, path) => {
  const { key } = await api.createCustomer(20n);
  for (const name of 'useGiftCard' in fields ? ['hold'] : ['debit', 'hold']) {
    for (const headers of [{}, { 'coffer-dry-run': 'true' }] as const) {
      const refused = await post(key, name, { serviceType: 'AI_API', ...fields }, headers);
      expect([refused.status, refused.json['errors']]).toMatchObject([400, [{ path }]]);
    }
  }
  expect(listIn(await api.call('GET', '/treasury/ledger', { key }), 'entries')).toHaveLength(1);
});
