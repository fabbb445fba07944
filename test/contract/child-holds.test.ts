/** Holds that draw from another hold: an envelope that its steps never exceed. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { verifyLedger } from '../../src/db/ledger/verify.ts';
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
const holdOf = (amountUsd: string, more: object = {}): object => ({ serviceType: 'AI_API', amountUsd, ...more });
const listHolds = async (key: string, query = ''): Promise<readonly Record<string, unknown>[]> =>
  listIn(await api.call('GET', `/treasury/holds${query}`, { key }), 'holds');
async function openHold(key: string, amountUsd: string, more: object = {}): Promise<string> {
  return String((await post(key, 'hold', holdOf(amountUsd, more))).json['holdId']);
}

test('POST /treasury/hold: with parentHoldId it draws from that hold, and gives back to it what it frees', async () => {
  const { key } = await api.createCustomer(20n);
  const parentHoldId = await openHold(key, '10', { userId: 'u', expiresInSeconds: 600 });
  const dry = await post(key, 'hold', holdOf('4', { parentHoldId }), { 'coffer-dry-run': 'true' });
  const opened = await post(key, 'hold', holdOf('4', { parentHoldId, reference: 'step 1', expiresInSeconds: 3_600 }));
  expect(dry.json).toMatchObject({ dryRun: true, amountUsd: '4.00', parentHoldId, availableUsd: '10.00' });
  const { holdId, expiresAt } = opened.json;
  expect(opened.json).toMatchObject({
    parentHoldId,
    amountUsd: '4.00',
    userId: 'u',
    reference: 'step 1',
    availableUsd: '10.00',
    heldUsd: '10.00',
    entries: [
      { holdId, parentHoldId, type: 'HOLD', amountUsd: '-4.00', heldDeltaUsd: '4.00', availableDeltaUsd: '0.00' },
      { holdId: parentHoldId, parentHoldId: null, type: 'HOLD_RELEASE', amountUsd: '4.00', heldDeltaUsd: '-4.00' },
    ],
  });
  const captured = await post(key, 'consume-hold', { holdId, amountUsd: '1.50' });
  expect(captured.json).toMatchObject({
    holdId,
    amountUsd: '1.50',
    overrunUsd: '0.00',
    releasedUsd: '0.00',
    returnedUsd: '2.50',
    remainingUsd: '0.00',
    parentRemainingUsd: '8.50',
    advice: 'continue',
    availableUsd: '10.00',
    heldUsd: '8.50',
  });
  expect(await listHolds(key)).toMatchObject([
    { holdId, parentHoldId, state: 'captured', amountUsd: '4.00', capturedUsd: '1.50', childrenUsd: '0.00', expiresAt },
    {
      holdId: parentHoldId,
      state: 'open',
      amountUsd: '10.00',
      leftUsd: '8.50',
      capturedUsd: '0.00',
      childrenUsd: '1.50',
      expiresAt,
    },
  ]);
});

test('POST /treasury/consume-hold: a repeated capture of a hold with a parent answers what the first did', async () => {
  const { key } = await api.createCustomer(20n);
  const parentHoldId = await openHold(key, '10');
  const holdId = await openHold(key, '4', { parentHoldId });
  const named = { 'idempotency-key': 'a step' };
  const body = { holdId, amountUsd: '5', final: false, allowOverrun: true };
  const first = await post(key, 'consume-hold', body, named);
  expect(first.json).toMatchObject({
    amountUsd: '5.00',
    overrunUsd: '1.00',
    remainingUsd: '0.00',
    parentRemainingUsd: '5.00',
  });
  expect(first.json).toMatchObject({ type: 'AI_API_CALL', advice: 'wind_down' });
  await openHold(key, '3', { parentHoldId });
  await post(key, 'grow-hold', { holdId: parentHoldId, byUsd: '2' });
  const again = await post(key, 'consume-hold', body, named);
  expect([again.headers.get('idempotency-replayed'), again.json]).toEqual(['true', first.json]);
});

test('POST /treasury/grow-hold: a hold with a parent grows out of that, and no further', async () => {
  const { key } = await api.createCustomer(20n);
  const parentHoldId = await openHold(key, '10');
  const holdId = await openHold(key, '4', { parentHoldId });
  const grown = await post(key, 'grow-hold', { holdId, toUsd: '6' });
  expect(grown.json).toMatchObject({
    addedUsd: '2.00',
    remainingUsd: '6.00',
    parentRemainingUsd: '4.00',
    availableUsd: '10.00',
  });
  const refused = await post(key, 'grow-hold', { holdId, byUsd: '4.01' });
  expect([refused.status, refused.json]).toMatchObject([409, { code: 'HOLD_EXCEEDED', parentLeftUsd: '4.00' }]);
  const released = await post(key, 'release-hold', { holdId });
  expect(released.json).toMatchObject({ holdId, releasedUsd: '0.00', returnedUsd: '6.00', availableUsd: '10.00' });
  expect((await post(key, 'release-hold', { holdId: parentHoldId })).json).toMatchObject({ releasedUsd: '10.00' });
});

test('POST /treasury/hold: refuses a parent that is none, has ended, belongs to others, or has less left', async () => {
  const [{ key }, other] = [await api.createCustomer(20n), await api.createCustomer(20n)];
  const parentHoldId = await openHold(key, '5', { teamId: 't' });
  const child = await openHold(key, '1', { parentHoldId });
  const foreign = await openHold(other.key, '5');
  const refused = async (body: object): Promise<unknown> => {
    const { status, json } = await post(key, 'hold', body);
    return [status, json['code']];
  };
  expect(await refused(holdOf('4.01', { parentHoldId }))).toEqual([409, 'HOLD_EXCEEDED']);
  expect(await refused(holdOf('1', { parentHoldId: foreign }))).toEqual([404, 'NOT_FOUND']);
  expect(await refused(holdOf('1', { parentHoldId: parentHoldId.replace(/_\d+$/, '_999') }))).toEqual([
    404,
    'NOT_FOUND',
  ]);
  expect(await refused(holdOf('1', { parentHoldId: child }))).toEqual([400, 'VALIDATION_FAILED']);
  expect(await refused(holdOf('1', { parentHoldId, serviceType: 'GAS_SUBSIDY' }))).toEqual([400, 'VALIDATION_FAILED']);
  expect(await refused(holdOf('1', { parentHoldId, teamId: 'other' }))).toEqual([400, 'VALIDATION_FAILED']);
  await post(key, 'release-hold', { holdId: parentHoldId });
  expect(await refused(holdOf('1', { parentHoldId }))).toEqual([409, 'HOLD_NOT_PENDING']);
  expect((await post(key, 'consume-hold', { holdId: child, amountUsd: '0.25' })).json).toMatchObject({
    releasedUsd: '0.75',
    returnedUsd: '0.00',
    parentRemainingUsd: '0.00',
    heldUsd: '0.00',
  });
});

test('POST /treasury/hold: a hold with a parent counts in the budgets of that, and once', async () => {
  const { key } = await api.createCustomer(50n);
  const budget = { subject: 'userId', value: 'u', period: 'none', limitUsd: '12.00', mode: 'hard' };
  expect((await api.call('POST', '/treasury/budgets', { key, body: budget })).status).toBe(201);
  const parentHoldId = await openHold(key, '10', { userId: 'u' });
  const left = ({ json }: Answer): unknown => json['budgets'];
  const opened = await post(key, 'hold', holdOf('6', { parentHoldId }));
  expect([opened.status, left(opened)]).toMatchObject([200, [{ leftUsd: '2.00' }]]);
  const { holdId } = opened.json;
  expect(left(await post(key, 'consume-hold', { holdId, amountUsd: '4' }))).toMatchObject([{ leftUsd: '2.00' }]);
  expect(left(await post(key, 'release-hold', { holdId: parentHoldId }))).toMatchObject([{ leftUsd: '8.00' }]);
});

test('POST /treasury/batch: holds of a hold are judged on the commands before them', async () => {
  const { key } = await api.createCustomer(10n);
  const parentHoldId = await openHold(key, '5');
  const steps = Array.from({ length: 3 }, (_, step) => ({
    op: 'hold',
    idempotencyKey: `step ${step}`,
    ...holdOf('2', { parentHoldId }),
  }));
  expect(listIn(await post(key, 'batch', { commands: steps }), 'results')).toMatchObject([
    { status: 200, result: { availableUsd: '5.00' } },
    { status: 200, result: { heldUsd: '5.00' } },
    { status: 409, problem: { code: 'HOLD_EXCEEDED', parentLeftUsd: '1.00' } },
  ]);
});

test('GET /treasury/holds: lists the holds of a parent, open or closed, and a parent that they used up', async () => {
  const { key } = await api.createCustomer(10n);
  const parentHoldId = await openHold(key, '5');
  const [one, two] = [await openHold(key, '2', { parentHoldId }), await openHold(key, '3', { parentHoldId })];
  await openHold(key, '1');
  await post(key, 'consume-hold', { holdId: one, amountUsd: '2' });
  const ids = async (query: string): Promise<unknown> => (await listHolds(key, query)).map(({ holdId }) => holdId);
  expect(await ids(`?parentHoldId=${parentHoldId}`)).toEqual([two, one]);
  expect(await ids(`?parentHoldId=${parentHoldId}&state=open`)).toEqual([two]);
  expect(await ids(`?parentHoldId=${one}`)).toEqual([]);
  await post(key, 'consume-hold', { holdId: two, amountUsd: '3' });
  expect(await listHolds(key, '?state=captured')).toMatchObject([
    { holdId: two },
    { holdId: one },
    { holdId: parentHoldId, childrenUsd: '5.00' },
  ]);
});

test('POST /treasury/hold: 100 holds of one parent, opened in two processes at once, never exceed it', async () => {
  const { key } = await api.createCustomer(100n);
  const other = await api.spawn();
  try {
    const parentHoldId = await openHold(key, '10');
    const opened = await Promise.all(
      Array.from({ length: 100 }, async (_, index) => {
        const process = index % 2 === 0 ? api : other;
        const { status, json } = await process.call('POST', '/treasury/hold', {
          key,
          body: holdOf('0.30', { parentHoldId }),
        });
        if (status !== 200) return json['code'];
        if (index % 3 === 0) return 'kept';
        const body = { holdId: json['holdId'], amountUsd: '0.25', final: true };
        return (await process.call('POST', '/treasury/consume-hold', { key, body })).status;
      }),
    );
    const count = (what: unknown): number => opened.filter((one) => one === what).length;
    expect(count('kept') + count(200) + count('HOLD_EXCEEDED')).toBe(100);
    const cents = 30 * count('kept') + 25 * count(200);
    const dollars = (amount: number): string => (amount / 100).toFixed(2);
    const [parent] = (await listHolds(key, '?state=open&limit=100')).filter(({ holdId }) => holdId === parentHoldId);
    expect(parent?.['leftUsd'] ?? '0.00').toBe(dollars(1_000 - cents));
    expect(cents).toBeLessThanOrEqual(1_000);
    // What captures give back may come after the last refusal.
    expect(cents).toBeGreaterThan(800);
    const { json } = await api.call('GET', '/treasury/balance', { key });
    expect(json).toMatchObject({ availableUsd: '90.00', heldUsd: dollars(1_000 - 25 * count(200)) });
    expect((await verifyLedger(api.db)).faults).toEqual([]);
  } finally {
    await other.stop();
  }
}, 120_000);
