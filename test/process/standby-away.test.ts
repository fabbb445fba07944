/** Commits that wait for a synchronous standby which is away: what the service says meanwhile, and what it believes afterwards. */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { systemClock } from '../../src/core/clock.ts';
import { openDatabase } from '../../src/db/database.ts';
import { openLedgerWriter, type LedgerWriter } from '../../src/db/ledger/writer.ts';
import { verifyLedger } from '../../src/db/ledger/verify.ts';
import { migrate } from '../../src/db/schema/migrate.ts';
import { startTestApi, type Answer, type TestApi } from '../support/http/api.ts';
import type { Customer } from '../support/ledger/holds.ts';
import { addWallet, connect, debitOf, depositOf } from '../support/ledger/wallets.ts';
import { openTestPostgres, type TestPostgres } from '../support/process/two-postgres.ts';

/** Longest time until an outage or its end shows: five seconds of waiting, and the pauses of what tries again. */
const NOTICED_MS_MAX = 30_000;
const WAITING = `SELECT count(*)::int AS n FROM pg_stat_activity WHERE wait_event = 'SyncRep'`;
/** The service's own witness waits as well, once a second comes: tests look at the sessions that they mean. */
const WRITERS = `application_name = 'coffer ledger writer'`;
const MESSAGES = `query LIKE '%pg_logical_emit_message(true, ''test''%'`;

let root: string;
let server: TestPostgres;
let api: TestApi;
let customer: Customer;
const closing: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'coffer-away-'));
  chmodSync(root, 0o755);
  server = await openTestPostgres(root, 'alone');
  await migrate(server.ownerUrl, { appRole: 'coffer_app' });
  const { appUrl, ownerUrl } = server;
  const database = { appUrl, ownerUrl, appRole: 'coffer_app', drop: async () => Promise.resolve() };
  api = await startTestApi('first_come', [], {}, { COFFER_LEDGER_DEADLINE_MS: '2000' }, { database, jobs: false });
  customer = await api.createCustomer(100n);
}, 120_000);

afterEach(async () => {
  await standby('back');
  for (const close of closing.splice(0).toReversed()) await close();
});

afterAll(async () => {
  await api.stop();
  await server.stop();
  rmSync(root, { recursive: true, force: true });
});

/** A name that nobody has: from then on no commit is answered, until the list is empty again. */
async function standby(state: 'away' | 'back'): Promise<void> {
  await server.configure('synchronous_standby_names', state === 'away' ? 'FIRST 1 (nobody)' : '');
}

const waiting = async (which: string): Promise<unknown> => (await server.sql(`${WAITING} AND ${which}`))[0]?.['n'];
/** Ends the wait of the sessions that wait, as a person may do who does not know better. */
const cancelWait = async (which: string): Promise<unknown> =>
  server.sql(`SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE wait_event = 'SyncRep' AND ${which}`);
const debit = async (key: string): Promise<Answer> =>
  api.call('POST', '/treasury/debit', {
    key: customer.key,
    body: { serviceType: 'AI_API', amountUsd: '1' },
    headers: { 'idempotency-key': key },
  });

async function readyState(): Promise<[number, unknown]> {
  const { status, json } = await api.call('GET', '/readyz');
  const checks = json['checks'] as { name: string; ok: boolean; reason?: string }[];
  return [status, checks.find(({ name }) => name === 'standby')?.reason];
}

async function becomesReady(): Promise<void> {
  await vi.waitFor(async () => expect((await readyState())[0]).toBe(200), { timeout: NOTICED_MS_MAX, interval: 200 });
}

function openWriter(deadlineMs: number): LedgerWriter {
  const writer = openLedgerWriter({ url: server.appUrl, clock: systemClock, deadlineMs });
  closing.push(async () => writer.stop());
  return writer;
}

async function expectVerified(): Promise<void> {
  const db = openDatabase(server.appUrl, 1);
  const { faults } = await verifyLedger(db);
  await db.destroy();
  expect(faults).toEqual([]);
}

describe('S18 a synchronous standby that is away', () => {
  it('makes the service not ready, until it is back; few sessions wait, and nothing is lost', async () => {
    expect((await debit('before')).status).toBe(200);
    await standby('away');
    const answers = new Map<string, number>();
    const until = performance.now() + 8_000;
    const spend = async (): Promise<void> => {
      while (performance.now() < until) {
        const key = `away-${answers.size}`;
        answers.set(key, 0);
        answers.set(key, (await debit(key)).status);
        await sleep(100);
      }
    };
    const spending = Promise.all([spend(), spend(), spend(), spend()]);
    await vi.waitFor(async () => expect(await readyState()).toEqual([503, 'standby-away']), {
      timeout: NOTICED_MS_MAX,
      interval: 200,
    });
    await spending;
    expect(new Set(answers.values())).toEqual(new Set([503]));
    // It stays so without any traffic: the session that waits is seen in the database.
    await sleep(3_000);
    expect(await readyState()).toEqual([503, 'standby-away']);
    await standby('back');
    await becomesReady();
    for (const key of answers.keys()) expect((await debit(key)).status).toBe(200);
    await expectVerified();
  }, 120_000);

  it('answers every request that only reads, whatever waits: entries, other changes, uses of keys, jobs', async () => {
    const { appUrl, ownerUrl } = server;
    const database = { appUrl, ownerUrl, appRole: 'coffer_app', drop: async () => Promise.resolve() };
    const limits = { rateLimits: { perKey: { requests: 100_000 } } };
    const other = await startTestApi('first_come', [], limits, { COFFER_LEDGER_DEADLINE_MS: '2000' }, { database });
    closing.push(async () => other.stop());
    const { org, key: ownKey } = await other.createCustomer(100n);
    const keys: string[] = [];
    for (let n = 0; n < 30; n += 1) keys.push(await other.createKey({ org }));
    await standby('away');
    const statusOf = async (method: string, path: string, key: string, body?: object): Promise<number> =>
      (await other.call(method, path, { key, body, headers: { 'idempotency-key': `key ${key}` } })).status;
    // More of each than a pool has connections.
    const changes = keys.map(async (key, n) =>
      n % 2 === 0
        ? statusOf('POST', '/webhook-endpoints', key, { url: `https://example.com/${n}` })
        : statusOf('POST', '/treasury/debit', key, { serviceType: 'AI_API', amountUsd: '1' }),
    );
    const state = { done: false };
    const done = Promise.all(changes).finally(() => {
      state.done = true;
    });
    const reads = new Map<string, Set<number>>();
    const read = async (method: string, path: string, key: string, body?: object): Promise<void> => {
      const status = await statusOf(method, path, key, body);
      reads.set(path, (reads.get(path) ?? new Set()).add(status));
    };
    while (!state.done) {
      for (const key of [ownKey, ...keys]) {
        await Promise.all([
          read('GET', '/treasury/balance', key),
          read('GET', '/treasury/ledger', key),
          read('GET', '/events', key),
          read('POST', '/treasury/check-balance', key, { amountUsd: '1' }),
        ]);
      }
    }
    expect(new Set(await done)).toEqual(new Set([503]));
    expect([...reads.values()]).toEqual(Array.from({ length: 4 }, () => new Set([200])));
    // The uses of all keys are noted by now, though nothing else could be written.
    expect(await server.sql(`SELECT id FROM api_key WHERE org = '${org}' AND last_used_at IS NULL`)).toEqual([]);
    await standby('back');
    await vi.waitFor(
      async () =>
        expect(await statusOf('POST', '/treasury/debit', ownKey, { serviceType: 'AI_API', amountUsd: '1' })).toBe(200),
      {
        timeout: NOTICED_MS_MAX,
        interval: 500,
      },
    );
  }, 120_000);

  it('leaves one session of a lane waiting, however often and for however many wallets it is tried', async () => {
    const client = await connect(server.ownerUrl);
    const wallets: string[] = [];
    for (let n = 0; n < 60; n += 1) wallets.push(await addWallet(client, `waits ${n}`));
    await client.end();
    const writer = openWriter(2_000);
    await writer.submit(depositOf(customer.wallet, 1n));
    await standby('away');
    const asked = wallets.map(async (wallet, n) => {
      await sleep(200 * n);
      return writer.submit(depositOf(wallet, 1n)).catch((error: unknown) => error);
    });
    await Promise.all(asked);
    expect(await waiting(WRITERS)).toBe(1);
  }, 60_000);

  it('and a wait that somebody cancels: the answer is not a success, and a second one not before the standby is back', async () => {
    const writer = openWriter(4_000);
    const asked = debitOf(customer.wallet, 1n);
    await writer.submit(debitOf(customer.wallet, 1n));
    await standby('away');
    const first = writer.submit(asked).then(
      () => 'answered',
      (error: unknown) => (error as { code?: string }).code,
    );
    await vi.waitFor(async () => expect(await waiting(WRITERS)).toBe(1), { timeout: NOTICED_MS_MAX, interval: 50 });
    await cancelWait(WRITERS);
    expect(await first).toBe('LEDGER_UNAVAILABLE');
    await standby('back');
    const again = openWriter(20_000);
    // It is our own entry, whether the lane that wrote it knows or not.
    expect((await again.submit(asked)).entries).toHaveLength(1);
    await expectVerified();
  }, 60_000);

  it('and a crash of the server meanwhile: what its recovery shows is answered only once it is durable', async () => {
    await standby('away');
    expect((await debit('crashed')).status).toBe(503);
    await server.kill();
    await server.start();
    const shown = await server.sql(`SELECT count(*)::int AS n FROM entry WHERE wallet = '${customer.wallet}'`);
    expect(shown[0]?.['n']).toBeGreaterThan(0);
    // The entry is there, and it is on this server alone: its answer would be lost with the server.
    expect((await debit('crashed')).status).toBe(503);
    await standby('back');
    await becomesReady();
    const answered = await debit('crashed');
    expect([answered.status, answered.headers.get('idempotency-replayed')]).toEqual([200, 'true']);
    await expectVerified();
  }, 120_000);

  it('stops a pool from opening connections without end', async () => {
    const db = openDatabase(server.appUrl, 40);
    closing.push(async () => db.destroy());
    await standby('away');
    const stuck = Array.from({ length: 40 }, async (_, index) =>
      db.raw(`SELECT pg_logical_emit_message(true, 'test', '${index}')`).catch((error: unknown) => error),
    );
    await vi.waitFor(async () => expect(await waiting(MESSAGES)).toBeGreaterThan(16), {
      timeout: NOTICED_MS_MAX,
      interval: 100,
    });
    await sleep(4_000);
    const other = openDatabase(server.appUrl, 1);
    closing.push(async () => other.destroy());
    await expect(other.raw('SELECT 1')).rejects.toMatchObject({ reason: 'standby-away' });
    const reading = openDatabase(server.appUrl, 1, { readsOnly: true });
    closing.push(async () => reading.destroy());
    await reading.raw('SELECT 1');
    await standby('back');
    await Promise.all(stuck);
    await vi.waitFor(async () => other.raw('SELECT 1'), { timeout: NOTICED_MS_MAX, interval: 200 });
  }, 60_000);
});

describe('S18 a pool', () => {
  it('takes a commit whose wait was cancelled for unknown, not for done', async () => {
    const db = openDatabase(server.appUrl, 1);
    closing.push(async () => db.destroy());
    await db.raw('SELECT 1');
    await standby('away');
    const writing = db.raw(`SELECT pg_logical_emit_message(true, 'test', 'a')`).then(
      () => 'done',
      (error: unknown) => error,
    );
    await vi.waitFor(async () => expect(await waiting(MESSAGES)).toBe(1), { timeout: NOTICED_MS_MAX, interval: 50 });
    await cancelWait(MESSAGES);
    expect(await writing).toMatchObject({ code: '08007' });
  }, 60_000);
});
