/** Usage that is reported after the fact: each event once, at the price of its own time. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addPrice } from '../../src/db/pricing/prices.ts';
import { uuidV7 } from '../../src/core/ids.ts';
import { openContractApi, type ContractApi } from '../support/contract/api.ts';
import { listIn } from '../support/asserts.ts';
import type { Answer } from '../support/http/api.ts';
import { depositOf } from '../support/ledger/wallets.ts';
import { queryRows } from '../support/process/query.ts';

const DAY_MS = 86_400_000;
const USD = 10n ** 12n;

let api: ContractApi;
beforeAll(async () => {
  api = await openContractApi();
});
afterAll(async () => api.stop());

let actions = 0;
/** An action with rates in USD that begin at times (ms before now). */
async function newAction(...rates: readonly (readonly [usd: bigint, agoMs: number])[]): Promise<string> {
  const action = `used ${(actions += 1)}`;
  for (const [usd, agoMs] of rates) await setPrice(action, usd, agoMs);
  return action;
}

async function setPrice(action: string, usd: bigint, agoMs = 0): Promise<void> {
  const fromMs = Date.now() - agoMs;
  const tiers = [{ upTo: null, rate: usd * USD }];
  const row = { id: uuidV7(Date.now()), org: null, action, unit: 'token', tiers, fromMs, toMs: null };
  await addPrice(api.db, { ...row, addedAtMs: fromMs, addedBy: 'a test' });
}

const ago = (ms: number): string => new Date(Date.now() - ms).toISOString();
const report = async (
  key: string,
  events: readonly unknown[],
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> => api.call('POST', '/treasury/usage', { key, body: { events }, headers });
const outcomes = (answer: Answer): unknown[] =>
  listIn(answer, 'results').map(({ id, status, seen, charge }) => [id, status, seen, charge]);
/** What each charge took, and for how many events; in order of the amounts. */
const amounts = (answer: Answer): string[] =>
  listIn(answer, 'charges')
    .map(({ amountUsd, events }) => `${String(amountUsd)} for ${String(events)}`)
    .toSorted();
const available = async (key: string): Promise<unknown> =>
  (await api.call('GET', '/treasury/balance', { key })).json['availableUsd'];

test('POST /treasury/usage: events that are alike are one command, and each is charged once', async () => {
  const { key } = await api.createCustomer(100n);
  const action = await newAction([2n, DAY_MS]);
  const at = ago(1_000);
  const events = [
    { id: 'a', action, quantity: '1', at, userId: 'u' },
    { id: 'b', action, quantity: '0.5', at, userId: 'u' },
    { id: 'c', action, quantity: '3', at, userId: 'other', metadata: { run: '7' } },
    { id: 'd', action, quantity: '1', at, serviceType: 'AI_API', userId: 'u' },
  ];
  const first = await report(key, events);
  expect(first.status).toBe(200);
  expect(outcomes(first)).toEqual([
    ['a', 200, false, expect.anything()],
    ['b', 200, false, expect.anything()],
    ['c', 200, false, expect.anything()],
    ['d', 200, false, expect.anything()],
  ]);
  expect(amounts(first)).toEqual(['2.00 for 1', '3.00 for 2', '6.00 for 1']);
  expect(await available(key)).toBe('89.00');
  const ledger = listIn(await api.call('GET', '/treasury/ledger?limit=3', { key }), 'entries');
  expect(ledger.map(({ type, quantity, userId }) => [type, quantity, userId].join(' ')).toSorted()).toEqual([
    'AI_API_CALL 1 u',
    'CHARGE 1.5 u',
    'CHARGE 3 other',
  ]);
  const again = await report(key, [...events, { id: 'e', action, quantity: '1', at, userId: 'u' }]);
  expect(outcomes(again)).toEqual([...events.map(({ id }) => [id, 200, true, null]), ['e', 200, false, 0]]);
  expect(amounts(again)).toEqual(['2.00 for 1']);
  expect(await available(key)).toBe('87.00');
});

test('POST /treasury/usage: a known id with other content is a conflict, also within a call', async () => {
  const { key } = await api.createCustomer(100n);
  const action = await newAction([1n, DAY_MS]);
  const at = ago(1_000);
  const event = { id: 'a', action, quantity: '1', at };
  await report(key, [event]);
  const answer = await report(key, [
    { ...event, quantity: '2' },
    { ...event, id: 'b' },
    { ...event, id: 'b', quantity: '1.0' },
    { ...event, id: 'b', appId: 'other' },
    event,
  ]);
  expect(outcomes(answer)).toEqual([
    ['a', 409, false, null],
    ['b', 200, false, 0],
    ['b', 200, true, null],
    ['b', 409, false, null],
    ['a', 200, true, null],
  ]);
  expect(listIn(answer, 'results')[0]?.['problem']).toMatchObject({ code: 'IDEMPOTENCY_CONFLICT' });
  expect(await available(key)).toBe('98.00');
});

test('POST /treasury/usage: late events have the price of their own time, and out of bounds they are refused', async () => {
  const { key } = await api.createCustomer(1_000n);
  const action = await newAction([1n, 40 * DAY_MS], [2n, 20 * DAY_MS], [4n, DAY_MS]);
  const of = (id: string, agoMs: number): object => ({ id, action, quantity: '10', at: ago(agoMs) });
  const events = [
    of('oldest', 34.9 * DAY_MS),
    of('old', 19 * DAY_MS),
    of('new', 1_000),
    of('ahead', -4 * 60_000),
    of('too old', 35.1 * DAY_MS),
    of('too far ahead', -6 * 60_000),
  ];
  const answer = await report(key, events);
  expect(listIn(answer, 'results').map(({ id, status }) => [id, status])).toEqual([
    ['oldest', 200],
    ['old', 200],
    ['new', 200],
    ['ahead', 200],
    ['too old', 400],
    ['too far ahead', 400],
  ]);
  expect(amounts(answer)).toEqual(['10.00 for 1', '20.00 for 1', '80.00 for 2']);
  await setPrice(action, 100n);
  expect(amounts(await report(key, [of('late', 2 * DAY_MS), of('later', 25 * DAY_MS)]))).toEqual([
    '10.00 for 1',
    '20.00 for 1',
  ]);
});

test('POST /treasury/usage: what costs nothing is kept as well, without an entry', async () => {
  const { key, wallet } = await api.createCustomer(10n);
  const action = await newAction([0n, DAY_MS]);
  const events = [{ id: 'a', action, quantity: '5', at: ago(1_000) }];
  const dry = await report(key, events, { 'coffer-dry-run': 'true' });
  expect([dry.json['dryRun'], outcomes(dry)]).toEqual([true, [['a', 200, false, 0]]]);
  const free = await report(key, events);
  expect([outcomes(free), amounts(free)]).toEqual([[['a', 200, false, 0]], ['0.00 for 1']]);
  await setPrice(action, 1n);
  expect(outcomes(await report(key, events))).toEqual([['a', 200, true, null]]);
  expect(await queryRows(api.db, `SELECT seq FROM usage_event WHERE wallet = '${wallet}'`)).toEqual({
    rows: [{ seq: null }],
  });
  expect(await available(key)).toBe('10.00');
});

test('POST /treasury/usage: each event is judged alone; a group that cannot be paid is kept by nobody', async () => {
  const { key, wallet } = await api.createCustomer(5n);
  const action = await newAction([1n, DAY_MS]);
  const at = ago(1_000);
  const events = [
    { id: 'a', action, quantity: '6', at, appId: 'dear' },
    { id: 'b', action, quantity: '2', at, appId: 'cheap' },
    { id: 'c', action: 'nobody prices this', quantity: '2', at },
    { id: 'd', action, quantity: 2, at },
    { id: 'e', action, quantity: '2', at, serviceType: 'X402' },
    { action, quantity: '2', at },
    'no event',
  ];
  const answer = await report(key, events);
  expect(listIn(answer, 'results').map(({ id, status }) => [id, status])).toEqual([
    ['a', 402],
    ['b', 200],
    ['c', 400],
    ['d', 400],
    ['e', 400],
    [null, 400],
    [null, 400],
  ]);
  await api.writer.submit(depositOf(wallet, 10n));
  expect(outcomes(await report(key, events.slice(0, 2)))).toEqual([
    ['a', 200, false, 0],
    ['b', 200, true, null],
  ]);
  for (const [body, headers] of [
    [{ events: [] }, {}],
    [{}, {}],
    [{ events: Array.from({ length: 1_001 }, () => 'x') }, {}],
    [{ events: [{}] }, { 'idempotency-key': 'k' }],
  ] as const) {
    expect((await api.call('POST', '/treasury/usage', { key, body, headers })).status).toBe(400);
  }
});

test('POST /treasury/usage: a dry run answers the same, and the event can still be charged', async () => {
  const { key } = await api.createCustomer(10n);
  const action = await newAction([1n, DAY_MS]);
  const events = [{ id: 'a', action, quantity: '3', at: ago(1_000) }];
  const dry = await report(key, events, { 'coffer-dry-run': 'true' });
  expect([outcomes(dry), amounts(dry)]).toEqual([[['a', 200, false, 0]], ['3.00 for 1']]);
  expect(await available(key)).toBe('10.00');
  expect(amounts(await report(key, events))).toEqual(['3.00 for 1']);
});

test('POST /treasury/usage: calls at once in two processes, with events in common, charge each once', async () => {
  const { key } = await api.createCustomer(1_000n);
  const other = await api.spawn();
  try {
    const action = await newAction([1n, DAY_MS]);
    const at = ago(1_000);
    const event = (number: number): object => ({ id: `event ${number}`, action, quantity: '1', at });
    const calls = Array.from({ length: 12 }, async (_, call) => {
      const events = Array.from({ length: 20 }, (_none, index) => event(((call % 4) * 10 + index) % 50));
      const url = call % 2 === 0 ? api.url() : other.url;
      const response = await fetch(`${url}/treasury/usage`, {
        method: 'POST',
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
        body: JSON.stringify({ events }),
      });
      return (await response.json()) as {
        readonly results: readonly { readonly status: number; readonly seen: boolean }[];
      };
    });
    const results = (await Promise.all(calls)).flatMap((answer) => answer.results);
    expect(results.filter(({ status }) => status !== 200)).toEqual([]);
    expect(results.filter(({ seen }) => !seen)).toHaveLength(50);
    expect(await available(key)).toBe('950.00');
  } finally {
    await other.stop();
  }
});
