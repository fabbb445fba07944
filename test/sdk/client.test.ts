/** What the client of the TypeScript SDK does beside the cases that all SDKs share. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { ApiError, Coffer, ConnectionError, type Attempt, type ClientOptions } from '../../sdk/typescript/src/index.ts';
import { startTestApi, type TestApi } from '../support/http/api.ts';
import { openFaultProxy, type FaultProxy } from '../support/sdk/fault-proxy.ts';

const DEBIT = { serviceType: 'AI_API', amountUsd: '1.00' } as const;

let api: TestApi;
let proxy: FaultProxy;
let key: string;
let org: string;
const made = (options: Partial<ClientOptions> = {}): Coffer => new Coffer({ baseUrl: proxy.url, key, ...options });
beforeAll(async () => {
  api = await startTestApi();
  proxy = await openFaultProxy(() => api.url());
});
beforeEach(async () => {
  ({ key, org } = await api.createCustomer(10n));
  proxy.setFaults([]);
});
afterAll(async () => {
  await proxy?.close();
  await api?.stop();
});

const paths = (): string[] => proxy.asked.map(({ method, path }) => `${method} ${path}`);

test('a call that makes something and has no key is sent once', async () => {
  proxy.setFaults([{ do: 'lose-answer' }, { do: 'answer', status: 502 }]);
  const body = { name: 'ours', scopes: ['treasury:read'] } as never;
  await expect(made().request('POST /treasury/keys', { body })).rejects.toBeInstanceOf(ConnectionError);
  await expect(made().request('POST /treasury/keys', { body })).rejects.toMatchObject({ status: 502 });
  expect(paths()).toEqual(['POST /treasury/keys', 'POST /treasury/keys']);
});

test('a call that only reads, or sets what it names, is sent again', async () => {
  proxy.setFaults([{ do: 'lose-answer' }, null, { do: 'lose-answer' }]);
  await made().request('GET /treasury/settings');
  const { budgets } = await made().request('GET /treasury/budgets');
  expect([budgets, paths().length]).toEqual([[], 4]);
});

test('any call that moves money is sent again under the key that it is given', async () => {
  proxy.setFaults([{ do: 'lose-answer' }]);
  const debit = await made().request('POST /treasury/debit', { body: DEBIT, idempotencyKey: 'mine' });
  expect([proxy.asked.map((one) => one.key), debit.availableUsd]).toEqual([['mine', 'mine'], '9.00']);
});

test('lines of a batch get keys, which retries keep', async () => {
  proxy.setFaults([{ do: 'lose-answer' }]);
  const { results } = await made().runBatch({
    commands: [
      { op: 'debit', ...DEBIT },
      { op: 'debit', ...DEBIT },
    ],
  });
  expect(results.map(({ status, replayed }) => [status, replayed])).toEqual([
    [200, true],
    [200, true],
  ]);
  expect(new Set(proxy.asked.map(({ body }) => body)).size).toBe(1);
  expect((await made().getBalance()).availableUsd).toBe('8.00');
});

test('an attempt without an answer is given up, and the next one is answered', async () => {
  const slow = async (...args: Parameters<typeof fetch>): Promise<Response> => {
    if (proxy.asked.length === 0) {
      await fetch(...args);
      return new Promise((_, reject) =>
        args[1]?.signal?.addEventListener('abort', () => reject(new Error('given up'))),
      );
    }
    return fetch(...args);
  };
  const debit = await made({ timeoutMs: 300, fetch: slow }).createDebit(DEBIT);
  expect([debit.availableUsd, proxy.asked.length]).toEqual(['9.00', 2]);
});

test('the caller can give up, while it waits as well', async () => {
  const stop = new AbortController();
  proxy.setFaults([
    { do: 'answer', status: 503, headers: { 'retry-after': '20' }, body: { code: 'LEDGER_UNAVAILABLE' } },
  ]);
  const onAttempt = (): void => stop.abort(new Error('enough'));
  const startedAt = performance.now();
  await expect(made({ onAttempt }).createDebit(DEBIT, { signal: stop.signal })).rejects.toThrow('enough');
  await expect(made().createDebit(DEBIT, { signal: stop.signal })).rejects.toThrow('enough');
  expect([performance.now() - startedAt < 5_000, proxy.asked.length]).toEqual([true, 1]);
});

test('every attempt is reported, without the key of the caller', async () => {
  const seen: Attempt[] = [];
  proxy.setFaults([
    { do: 'lose-answer' },
    {
      do: 'answer',
      status: 503,
      headers: { 'retry-after': '0', 'x-request-id': 'r-1' },
      body: { code: 'LEDGER_UNAVAILABLE' },
    },
  ]);
  await made({ onAttempt: (attempt) => seen.push(attempt) }).createDebit(DEBIT);
  expect(seen.map(({ number, status, requestId }) => [number, status, requestId])).toEqual([
    [1, undefined, undefined],
    [2, 503, 'r-1'],
    [3, 200, undefined],
  ]);
  expect(new Set(seen.map(({ idempotencyKey }) => idempotencyKey)).size).toBe(1);
  expect(seen.map(({ retryInMs }) => retryInMs === undefined)).toEqual([false, false, true]);
  expect(JSON.stringify(seen)).not.toContain(key);
});

test('names the org for keys that are not bound to one, and asks for the key each time', async () => {
  const platform = await api.createKey({});
  const keys = ['a key that was replaced', platform];
  const coffer = made({ key: async () => Promise.resolve(keys.shift() ?? platform), org });
  await expect(coffer.getBalance()).rejects.toMatchObject({ status: 401 });
  expect((await coffer.getBalance()).availableUsd).toBe('10.00');
  const other = await api.createCustomer(3n);
  expect((await coffer.getBalance({}, { org: other.org })).availableUsd).toBe('3.00');
});

test('writes paths, lists and pairs as the service reads them', async () => {
  const coffer = made();
  await coffer.createDebit({ ...DEBIT, metadata: { 'a b': 'c&d' } });
  const found = [];
  for await (const entry of coffer.listEntries({ metadata: { 'a b': 'c&d' } })) found.push(entry.metadata);
  expect(found).toEqual([{ 'a b': 'c&d' }]);
  await expect(coffer.request('GET /treasury/orders/{id}', { path: { id: '../balance' } })).rejects.toMatchObject({
    status: 404,
  });
  await expect(coffer.request('GET /treasury/orders/{id}')).rejects.toThrow(/path\.id/);
});

test('says what is missing, and why nothing answers', async () => {
  const unset = undefined as never;
  expect(() => new Coffer({ baseUrl: unset, key })).toThrow(/baseUrl.*undefined/);
  expect(() => new Coffer({ baseUrl: 'coffer.example.com', key })).toThrow(/baseUrl/);
  expect(() => new Coffer({ baseUrl: proxy.url, key: unset })).toThrow(/key/);
  const nobody = new Coffer({ baseUrl: 'http://127.0.0.1:1', key, deadlineMs: 100 });
  await expect(nobody.getBalance()).rejects.toThrow(/effect is unknown: .*: \S+/);
});

test('follows no redirect with the key in its hand', async () => {
  proxy.setFaults([{ do: 'answer', status: 307, headers: { location: 'http://127.0.0.1:1/treasury/balance' } }]);
  await expect(made().getBalance()).rejects.toBeInstanceOf(ApiError);
  expect(proxy.asked).toHaveLength(1);
});

test('a log that is followed from its end shows what happens then, and ends with its signal', async () => {
  const stop = new AbortController();
  const coffer = made();
  const following = (async () => {
    for await (const event of coffer.followEvents({ after: 'now' }, { signal: stop.signal })) return event.type;
    return 'nothing';
  })();
  // It is open once the service has answered.
  await expect.poll(() => proxy.asked.at(0)?.status).toBe(200);
  await coffer.createDebit(DEBIT);
  expect(await following).toBe('entry.created');
  stop.abort();
  const ended = [];
  for await (const event of coffer.followEvents({ after: 'now' }, { signal: stop.signal })) ended.push(event);
  expect(ended).toEqual([]);
  await expect(coffer.followEvents({ after: '0000000000009999' }).next()).rejects.toMatchObject({
    code: 'CURSOR_AHEAD',
  });
});
