/** The API in several processes: callers are served by fronts, one further process writes the ledger. */
import { execFileSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { toCount } from '../../src/core/integers.ts';
import { startTestApi, type SpawnedApi, type TestApi } from '../support/http/api.ts';
import { auditWallet, connect } from '../support/ledger/wallets.ts';

const FRONTS = 2;
const CLIENTS = 8;
const TRIES_MAX = 100;

let api: TestApi;
const running: SpawnedApi[] = [];
beforeAll(async () => {
  api = await startTestApi();
});
afterEach(async () => {
  for (const one of running.splice(0)) await one.stop();
});
afterAll(async () => api.stop());

async function spawn(env: Readonly<Record<string, string>> = {}): Promise<SpawnedApi> {
  const spawned = await api.spawn({ COFFER_API_PROCESSES: String(FRONTS), ...env });
  running.push(spawned);
  return spawned;
}

/** The processes that another one has started. */
function childrenOf(parent: number): number[] {
  const all = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' }).trim().split('\n');
  const pairs = all.map((line) =>
    line
      .trim()
      .split(/\s+/)
      .map((part) => toCount(part)),
  );
  return pairs.flatMap(([pid = 0, ppid]) => (ppid === parent ? [pid] : []));
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

interface Told {
  /** Keys whose debits were acknowledged. */
  readonly keys: string[];
  readonly refused: string[];
  cut: number;
}

/** Debits under one key each until they are acknowledged, by several clients at once, until `over`. */
async function spendUntil(url: string, key: string, over: AbortSignal, told: Told): Promise<void> {
  const spend = async (name: string): Promise<void> => {
    const headers = { authorization: `Bearer ${key}`, 'idempotency-key': name, 'content-type': 'application/json' };
    const body = JSON.stringify({ serviceType: 'AI_API', amountUsd: '0.01', reference: name });
    for (let tries = 0; tries < TRIES_MAX; tries += 1) {
      try {
        const response = await fetch(`${url}/treasury/debit`, { method: 'POST', headers, body });
        const text = await response.text();
        if (response.status === 200) return void told.keys.push(name);
        told.refused.push(`${response.status} ${text}`);
      } catch {
        told.cut += 1;
      }
      await sleep(50);
    }
    throw new Error(`${name} was never acknowledged`);
  };
  const clients = Array.from({ length: CLIENTS }, async (_, client) => {
    for (let turn = 0; !over.aborted; turn += 1) await spend(`${key.slice(-6)}-${client}-${turn}`);
  });
  await Promise.all(clients);
}

async function referencesOf(wallet: string): Promise<string[]> {
  const client = await connect(api.database.ownerUrl);
  await auditWallet(client, wallet);
  const { rows } = await client.query<{ reference: string }>(
    'SELECT reference FROM entry WHERE wallet = $1 AND reference IS NOT NULL',
    [wallet],
  );
  await client.end();
  return rows.map(({ reference }) => reference).toSorted();
}

it('one hot wallet is spent from through all of them: none refused, none lost, none done twice', async () => {
  const { key, wallet } = await api.createCustomer(1_000n);
  const { url } = await spawn();
  const told: Told = { keys: [], refused: [], cut: 0 };
  const over = new AbortController();
  const spending = spendUntil(url, key, over.signal, told);
  await sleep(2_000);
  over.abort();
  await spending;
  expect([told.refused, told.cut]).toEqual([[], 0]);
  expect(told.keys.length).toBeGreaterThan(CLIENTS * 5);
  expect(await referencesOf(wallet)).toEqual(told.keys.toSorted());
}, 60_000);

it('one that is killed under load is started again; its callers ask again and lose nothing', async () => {
  const { key, wallet } = await api.createCustomer(1_000n);
  const { url, pid } = await spawn();
  const before = childrenOf(pid);
  expect(before).toHaveLength(FRONTS);
  const told: Told = { keys: [], refused: [], cut: 0 };
  const over = new AbortController();
  const spending = spendUntil(url, key, over.signal, told);
  await sleep(500);
  process.kill(before[0] ?? 0, 'SIGKILL');
  const isNew = (child: number): boolean => !before.includes(child);
  await expect.poll(() => childrenOf(pid).filter(isNew).length, { timeout: 30_000 }).toBe(1);
  await sleep(500);
  over.abort();
  await spending;
  expect(told.refused).toEqual([]);
  expect(await referencesOf(wallet)).toEqual(told.keys.toSorted());
  expect(childrenOf(pid)).toHaveLength(FRONTS);
}, 60_000);

it('a refusal, a replay and its explanation are the same as those of one process', async () => {
  const { key } = await api.createCustomer(1n);
  const served = await spawn();
  const refused = await served.call('POST', '/treasury/debit', {
    key,
    body: { serviceType: 'AI_API', amountUsd: '5' },
  });
  expect([refused.status, refused.json]).toMatchObject([402, { code: 'CREDIT_INSUFFICIENT', kind: 'balance' }]);
  const requestId = refused.headers.get('x-request-id') ?? '';
  const why = async (): Promise<unknown> =>
    (await served.call('GET', `/treasury/explain?requestId=${requestId}`, { key })).status;
  await expect.poll(why).toBe(200);
  const debit = { key, body: { serviceType: 'AI_API', amountUsd: '0.4' }, headers: { 'idempotency-key': 'once' } };
  const answers = [
    await served.call('POST', '/treasury/debit', debit),
    await served.call('POST', '/treasury/debit', debit),
  ];
  expect(answers.map(({ headers }) => headers.get('idempotency-replayed'))).toEqual([null, 'true']);
  expect(answers[1]?.text).toBe(answers[0]?.text);
  const held = await served.call('POST', '/treasury/hold', { key, body: { serviceType: 'AI_API', amountUsd: '0.5' } });
  const body = { holdId: held.json['holdId'], amountUsd: '0.2' };
  const captured = await served.call('POST', '/treasury/consume-hold', { key, body });
  expect(captured.json).toMatchObject({ availableUsd: '0.40' });
  expect((await served.call('GET', '/readyz')).status).toBe(200);
}, 60_000);

it('each of them and the writer have metrics of their own', async () => {
  const { key } = await api.createCustomer(1n);
  const port = 20_000 + (process.pid % 20_000);
  const served = await spawn({ COFFER_METRICS_PORT: String(port) });
  expect(
    (await served.call('POST', '/treasury/debit', { key, body: { serviceType: 'AI_API', amountUsd: '0.5' } })).status,
  ).toBe(200);
  const metricsAt = async (at: number): Promise<string> => (await fetch(`http://127.0.0.1:${at}/metrics`)).text();
  const [writer, ...fronts] = await Promise.all([port, port + 3, port + 4].map(metricsAt));
  expect(writer).toMatch(/^coffer_ledger_entries_total 1$/m);
  const counted = /^coffer_http_request_duration_seconds_count\{[^}]*route="\/treasury\/debit"[^}]*\} (\d+)$/m;
  expect(fronts.flatMap((text) => counted.exec(text)?.[1] ?? [])).toEqual(['1']);
}, 60_000);

it('ends as a whole: on a signal each answers what it has begun, and none survives its parent', async () => {
  const first = await spawn();
  const own = childrenOf(first.pid);
  expect(await first.stop()).toMatchObject({ code: 0, signal: null });
  expect(own.filter(isRunning)).toEqual([]);
  const second = await spawn();
  const orphans = childrenOf(second.pid);
  process.kill(second.pid, 'SIGKILL');
  await expect.poll(() => orphans.filter(isRunning), { timeout: 5_000 }).toEqual([]);
}, 120_000);
