/** The treasury's calls that spend: debits, holds and their life, batches. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openContractApi, type ContractApi } from '../support/contract/api.ts';
import { listIn } from '../support/asserts.ts';
import type { Answer } from '../support/http/api.ts';

let api: ContractApi;
beforeAll(async () => {
  api = await openContractApi();
});
afterAll(async () => api.stop());

const notes = {
  reference: 'chat-1',
  description: 'a chat',
  appId: 'app',
  userId: 'u1',
  teamId: 't1',
  metadata: { run: '7' },
};
const post = async (key: string, name: string, body: object): Promise<Answer> =>
  api.call('POST', `/treasury/${name}`, { key, body });
const balancesOf = async (key: string): Promise<unknown> => {
  const { json } = await api.call('GET', '/treasury/balance', { key });
  return [json['availableUsd'], json['heldUsd']];
};

test('POST /treasury/debit: a flat debit, whose ledger type follows the service', async () => {
  const { key } = await api.createCustomer(20n);
  const { status, json } = await post(key, 'debit', { serviceType: 'SKU_PURCHASE', amountUsd: '1.25', ...notes });
  expect([status, json]).toMatchObject([
    200,
    { type: 'SKU_MARGIN', serviceType: 'SKU_PURCHASE', amountUsd: '1.25', availableUsd: '18.75', ...notes },
  ]);
  for (const [body, code] of [
    [{ serviceType: 'AI_API', amountUsd: '18.76' }, [402, 'CREDIT_INSUFFICIENT']],
    [{ serviceType: 'X402', amountUsd: '1' }, [400, 'SERVICE_TYPE_RESERVED']],
    [{ serviceType: 'AI_API', amountUsd: '0' }, [400, 'VALIDATION_FAILED']],
  ] as const) {
    const refused = await post(key, 'debit', body);
    expect([refused.status, refused.json['code']]).toEqual(code);
  }
  expect(await balancesOf(key)).toEqual(['18.75', '0.00']);
});

test('POST /treasury/debit: a refusal says by its kind what is missing, and how much there is', async () => {
  const { org, key } = await api.createCustomer(2n);
  const refusal = async (name: string, body: object): Promise<unknown> => {
    const { status, json } = await post(key, name, body);
    return [status, json['code'], json['kind'], json['availableUsd'], json['requiredUsd'], json['debtUsd']];
  };
  const code = 'CREDIT_INSUFFICIENT';
  const debit = { serviceType: 'AI_API', amountUsd: '2.50' };
  expect(await refusal('debit', debit)).toEqual([402, code, 'balance', '2.00', '2.50', '0.00']);
  expect(await refusal('hold', debit)).toEqual([402, code, 'balance', '2.00', '2.50', '0.00']);
  const card = { serviceType: 'GIFT_CARD', useGiftCard: true };
  expect(await refusal('hold', card)).toEqual([402, code, 'balance', undefined, undefined, undefined]);
  const taken = { type: 'ADJUSTMENT', amountUsd: '-3', reason: 'fraud' };
  await api.call('POST', `/admin/orgs/${org}/entries`, { key: api.adminKey, body: taken });
  expect(await refusal('debit', debit)).toEqual([402, code, 'debt', '-1.00', '2.50', '1.00']);
});

test('POST /treasury/hold: reserves at once, and a free card in place of money', async () => {
  const { key } = await api.createCustomer(20n);
  const body = { serviceType: 'AI_API', amountUsd: '5', expiresInSeconds: 90, ...notes };
  const { status, json } = await post(key, 'hold', body);
  expect([status, json]).toMatchObject([
    200,
    { holdId: expect.any(String), amountUsd: '5.00', availableUsd: '15.00', heldUsd: '5.00', ...notes },
  ]);
  expect(Date.parse(String(json['expiresAt'])) - Date.parse(String(json['createdAt']))).toBe(90_000);
  const card = await post(key, 'hold', { serviceType: 'GIFT_CARD', amountUsd: '1', useGiftCard: true });
  expect([card.status, card.json['code']]).toEqual([402, 'CREDIT_INSUFFICIENT']);
});

test('POST /treasury/consume-hold: debits the cost and frees the rest; above the hold only if allowed', async () => {
  const { key } = await api.createCustomer(20n);
  const { json: held } = await post(key, 'hold', { serviceType: 'GIFT_CARD', amountUsd: '5' });
  const { holdId } = held;
  const part = await post(key, 'consume-hold', { holdId, amountUsd: '1', final: false });
  expect([part.status, part.json]).toMatchObject([
    200,
    { type: 'GIFT_REDEEM', amountUsd: '1.00', holdLeftUsd: '4.00', releasedUsd: '0.00' },
  ]);
  const above = await post(key, 'consume-hold', { holdId, amountUsd: '6' });
  expect([above.status, above.json['code']]).toEqual([409, 'HOLD_EXCEEDED']);
  const overrun = await post(key, 'consume-hold', { holdId, amountUsd: '6', allowOverrun: true });
  expect(overrun.json).toMatchObject({ amountUsd: '6.00', overrunUsd: '2.00', holdLeftUsd: '0.00' });
  const closed = await post(key, 'consume-hold', { holdId, amountUsd: '1' });
  expect([closed.status, closed.json['code']]).toEqual([409, 'HOLD_NOT_PENDING']);
  expect(await balancesOf(key)).toEqual(['13.00', '0.00']);
});

test('POST /treasury/release-hold: the whole hold comes back without a debit', async () => {
  const { key } = await api.createCustomer(20n);
  const { json } = await post(key, 'hold', { serviceType: 'AI_API', amountUsd: '5' });
  const released = await post(key, 'release-hold', { holdId: json['holdId'], reason: 'not needed' });
  expect([released.status, released.json]).toMatchObject([
    200,
    { holdId: json['holdId'], releasedUsd: '5.00', reason: 'not needed', availableUsd: '20.00', heldUsd: '0.00' },
  ]);
});

test('POST /treasury/extend-hold: prolongs, and never shortens', async () => {
  const { key } = await api.createCustomer(20n);
  const { json } = await post(key, 'hold', { serviceType: 'AI_API', amountUsd: '5', expiresInSeconds: 60 });
  const { holdId } = json;
  const longer = await post(key, 'extend-hold', { holdId, expiresInSeconds: 3_600 });
  expect(longer.status).toBe(200);
  expect(Date.parse(String(longer.json['expiresAt']))).toBeGreaterThan(Date.parse(String(json['expiresAt'])));
  const shorter = await post(key, 'extend-hold', { holdId, expiresInSeconds: 30 });
  expect([shorter.status, shorter.json]).toMatchObject([409, { code: 'HOLD_NOT_PENDING', reason: 'shorter' }]);
});

test('POST /treasury/batch: each command is judged alone', async () => {
  const { key } = await api.createCustomer(20n);
  const { json: held } = await post(key, 'hold', { serviceType: 'AI_API', amountUsd: '5' });
  const { holdId } = held;
  const commands = [
    { op: 'debit', idempotencyKey: 'a', serviceType: 'AI_API', amountUsd: '2' },
    { op: 'debit', idempotencyKey: 'b', serviceType: 'AI_API', amountUsd: '900' },
    { op: 'hold', idempotencyKey: 'c', serviceType: 'AI_API', amountUsd: '1' },
    { op: 'extend-hold', idempotencyKey: 'd', holdId, expiresInSeconds: 7_200 },
    { op: 'consume-hold', idempotencyKey: 'e', holdId, amountUsd: '4' },
    { op: 'release-hold', idempotencyKey: 'f', holdId },
  ];
  const answer = await post(key, 'batch', { commands });
  expect(answer.status).toBe(200);
  expect(listIn(answer, 'results').map(({ status, idempotencyKey }) => [idempotencyKey, status])).toEqual([
    ['a', 200],
    ['b', 402],
    ['c', 200],
    ['d', 200],
    ['e', 200],
    ['f', 409],
  ]);
  expect(await balancesOf(key)).toEqual(['13.00', '1.00']);
});

test('POST /treasury/check-balance: whether an amount could be spent now; nothing moves', async () => {
  const { key } = await api.createCustomer(20n);
  for (const [amountUsd, sufficient] of [
    ['20', true],
    ['20.000001', false],
  ] as const) {
    const { status, json } = await post(key, 'check-balance', { amountUsd });
    expect([status, json]).toEqual([200, { sufficient, availableUsd: '20.00', status: 'OK' }]);
  }
  expect(await balancesOf(key)).toEqual(['20.00', '0.00']);
});
