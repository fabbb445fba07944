/** Holds that grow while a stream goes on. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openContractApi, type ContractApi } from '../support/contract/api.ts';
import { listIn } from '../support/asserts.ts';
import type { Answer } from '../support/http/api.ts';

let api: ContractApi;
beforeAll(async () => {
  api = await openContractApi();
});
afterAll(async () => api.stop());

const post = async (
  key: string,
  name: string,
  body: object,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> => api.call('POST', `/treasury/${name}`, { key, body, headers });

async function openHold(key: string, amountUsd: string): Promise<unknown> {
  return (await post(key, 'hold', { serviceType: 'AI_API', amountUsd, userId: 'u' })).json['holdId'];
}

test('POST /treasury/grow-hold: adds money to a hold, so much or until it has so much left', async () => {
  const { key } = await api.createCustomer(20n);
  const holdId = await openHold(key, '2');
  const grown = await post(key, 'grow-hold', { holdId, byUsd: '3' });
  expect([grown.status, grown.json]).toMatchObject([
    200,
    { holdId, addedUsd: '3.00', holdLeftUsd: '5.00', remainingUsd: '5.00', availableUsd: '15.00', heldUsd: '5.00' },
  ]);
  await post(key, 'consume-hold', { holdId, amountUsd: '4', final: false });
  const named = { 'idempotency-key': 'grow to six' };
  const filled = await post(key, 'grow-hold', { holdId, toUsd: '6' }, named);
  expect(filled.json).toMatchObject({ addedUsd: '5.00', holdLeftUsd: '6.00', entries: [{ userId: 'u' }] });
  await post(key, 'consume-hold', { holdId, amountUsd: '1', final: false });
  const again = await post(key, 'grow-hold', { holdId, toUsd: '6' }, named);
  expect([again.headers.get('idempotency-replayed'), again.json]).toEqual(['true', filled.json]);
  const [hold] = listIn(await api.call('GET', '/treasury/holds', { key }), 'holds');
  expect(hold).toMatchObject({ amountUsd: '10.00', capturedUsd: '5.00', leftUsd: '5.00' });
  expect((await post(key, 'release-hold', { holdId })).json).toMatchObject({ availableUsd: '15.00', heldUsd: '0.00' });
});

test('POST /treasury/grow-hold: refuses what is not available, what would not grow, and what is not open', async () => {
  const { key } = await api.createCustomer(5n);
  const holdId = await openHold(key, '2');
  const refused = async (body: object): Promise<unknown> => {
    const dry = await post(key, 'grow-hold', { holdId, ...body }, { 'coffer-dry-run': 'true' });
    const { status, json } = await post(key, 'grow-hold', { holdId, ...body });
    expect(dry.status).toBe(status);
    return [status, json['code']];
  };
  expect(await refused({ byUsd: '3.01' })).toEqual([402, 'CREDIT_INSUFFICIENT']);
  expect(await refused({ toUsd: '2' })).toEqual([409, 'HOLD_NOT_PENDING']);
  expect(await refused({})).toEqual([400, 'VALIDATION_FAILED']);
  expect(await refused({ byUsd: '1', toUsd: '4' })).toEqual([400, 'VALIDATION_FAILED']);
  await post(key, 'release-hold', { holdId });
  expect(await refused({ byUsd: '1' })).toEqual([409, 'HOLD_NOT_PENDING']);
});

test('POST /treasury/consume-hold: a capture of a part says what remains and whether to go on', async () => {
  const { key } = await api.createCustomer(10n);
  const holdId = await openHold(key, '4');
  const capture = async (amountUsd: string): Promise<unknown> => {
    const { json } = await post(key, 'consume-hold', { holdId, amountUsd, final: false });
    return [json['remainingUsd'], json['advice']];
  };
  expect(await capture('1')).toEqual(['3.00', 'continue']);
  expect(await capture('2.5')).toEqual(['0.50', 'wind_down']);
  await post(key, 'debit', { serviceType: 'AI_API', amountUsd: '6' });
  expect(await capture('0.4')).toEqual(['0.10', 'stop']);
});

test('POST /treasury/batch: a hold grows in a batch, judged on the commands before it', async () => {
  const { key } = await api.createCustomer(10n);
  const holdId = await openHold(key, '4');
  const commands = [
    { op: 'consume-hold', idempotencyKey: 'a', holdId, amountUsd: '3', final: false },
    { op: 'grow-hold', idempotencyKey: 'b', holdId, toUsd: '6' },
    { op: 'grow-hold', idempotencyKey: 'c', holdId, byUsd: '2' },
  ];
  expect(listIn(await post(key, 'batch', { commands }), 'results')).toMatchObject([
    { status: 200 },
    { status: 200, result: { addedUsd: '5.00', availableUsd: '1.00' } },
    { status: 402 },
  ]);
});

test('POST /treasury/grow-hold: calls at once in two processes never hold more than there is', async () => {
  const { key } = await api.createCustomer(50n);
  const other = await api.spawn();
  try {
    const holdId = await openHold(key, '1');
    const calls = Array.from({ length: 40 }, async (_, index) => {
      const process = index % 2 === 0 ? api : other;
      const name = index % 4 < 2 ? 'grow-hold' : 'consume-hold';
      const body = name === 'grow-hold' ? { holdId, byUsd: '3' } : { holdId, amountUsd: '2', final: false };
      const { status } = await process.call('POST', `/treasury/${name}`, { key, body });
      return [name, status] as const;
    });
    const done = await Promise.all(calls);
    const count = (name: string): bigint => BigInt(done.filter((one) => one[0] === name && one[1] === 200).length);
    const [hold] = listIn(await api.call('GET', '/treasury/holds', { key }), 'holds');
    const cents = (value: unknown): bigint => BigInt(String(value).replace('.', ''));
    expect(cents(hold?.['amountUsd'])).toBe(100n + 300n * count('grow-hold'));
    expect(cents(hold?.['capturedUsd'])).toBe(200n * count('consume-hold'));
    expect(cents(hold?.['amountUsd'])).toBeLessThanOrEqual(5_000n);
  } finally {
    await other.stop();
  }
});
