/**
 * Fail-overs with two real PostgreSQL servers, under load and with every process running through them. Each ends with a
 * ledger that verifies, and with every command that was answered in it, or named by the anchor as lost.
 */
import { execFileSync } from 'node:child_process';
import { appendFileSync, chmodSync, mkdirSync, mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { toCount } from '../../src/core/integers.ts';
import { PROBE_INTERVAL_MS } from '../../src/db/hosts.ts';
import { migrate } from '../../src/db/schema/migrate.ts';
import { startTestApi, type Answer, type SpawnedApi, type TestApi } from '../support/http/api.ts';
import type { Customer } from '../support/ledger/holds.ts';
import { startNode, type Finished } from '../support/process/processes.ts';
import {
  openPostgresPair,
  openTestPostgres,
  waitUntil,
  type PostgresPair,
  type TestPostgres,
} from '../support/process/two-postgres.ts';

/** Longest time for a change to show: the waits of the service, on a busy machine. */
const WAIT = { timeout: 60_000, interval: 100 };

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

/** Calls the API of one process; several may serve the same database. */
type Process = Pick<SpawnedApi, 'call'>;

/** What callers were answered, by their idempotency keys: the entry's id, or undefined while no answer was 200. */
type Answers = Map<string, string | undefined>;

/** Two processes on one database: one in the test, with its jobs and event logs, and one of its own. */
async function startService(
  server: TestPostgres,
  appUrl: string,
): Promise<{ readonly api: TestApi; readonly processes: readonly Process[]; readonly customers: readonly Customer[] }> {
  const database = { appUrl, ownerUrl: server.ownerUrl, appRole: 'coffer_app', drop: async () => Promise.resolve() };
  const api = await startTestApi('first_come', [], {}, { COFFER_LEDGER_DEADLINE_MS: '2000' }, { database });
  closing.push(async () => api.stop());
  const spawned = await api.spawn({ COFFER_LEDGER_DEADLINE_MS: '2000' });
  closing.push(async () => spawned.stop());
  const customers = [await api.createCustomer(1_000_000n), await api.createCustomer(1_000_000n)];
  return { api, processes: [api, spawned], customers };
}

async function debit(process: Process, customer: Customer | undefined, key: string): Promise<Answer> {
  return process.call('POST', '/treasury/debit', {
    key: customer?.key,
    body: { serviceType: 'AI_API', amountUsd: '0.01' },
    headers: { 'idempotency-key': key },
  });
}

function first(processes: readonly Process[]): Process {
  const [one] = processes;
  if (!one) throw new Error('no process');
  return one;
}

/** Debits from four callers, two for each process, until told to stop. Calls that fail are noted as not answered. */
function spend(processes: readonly Process[], customers: readonly Customer[], name: string): () => Promise<Answers> {
  const answers: Answers = new Map();
  const stopping = new AbortController();
  const caller = async (index: number): Promise<void> => {
    const process = processes[index % processes.length] ?? first(processes);
    for (let n = 0; !stopping.signal.aborted; n += 1) {
      const key = `${name}-${index}-${n}`;
      answers.set(key, undefined);
      const told = await debit(process, customers[index % 2], key).catch(() => undefined);
      if (told?.status === 200) answers.set(key, String(told.json['entryId']));
      else await sleep(50);
    }
  };
  const callers = Promise.all([0, 1, 2, 3].map(caller));
  return async () => {
    stopping.abort();
    await callers;
    return answers;
  };
}

/** Asks every key again: what was answered before is answered with the same entry, and the rest is done. */
async function askAgain(
  process: Process,
  customers: readonly Customer[],
  answers: Answers,
): Promise<{ readonly lost: string[]; readonly changed: string[] }> {
  const [lost, changed]: [string[], string[]] = [[], []];
  for (const [key, entry] of answers) {
    const index = toCount(key.split('-')[1] ?? '');
    const told = await debit(process, customers[index % 2], key);
    expect([key, told.status]).toEqual([key, 200]);
    if (entry === undefined) continue;
    if (told.headers.get('idempotency-replayed') !== 'true') lost.push(key);
    else if (told.json['entryId'] !== entry) changed.push(key);
  }
  return { lost, changed };
}

const answered = (answers: Answers): number => [...answers.values()].filter((entry) => entry !== undefined).length;

async function ready(process: Process): Promise<[number, readonly unknown[]]> {
  const { status, json } = await process.call('GET', '/readyz');
  const checks = json['checks'] as { readonly ok: boolean; readonly reason?: string }[];
  return [status, checks.flatMap(({ ok, reason }) => (ok ? [] : [reason]))];
}

async function becomeReady(processes: readonly Process[]): Promise<void> {
  for (const process of processes) {
    await vi.waitFor(async () => expect(await ready(process)).toEqual([200, []]), WAIT);
  }
}

async function coffer(server: TestPostgres, args: readonly string[]): Promise<Finished> {
  return startNode(['src/cli/main.ts', ...args], {
    DATABASE_URL: server.appUrl,
    DATABASE_OWNER_URL: server.ownerUrl,
    COFFER_CONFIG: '',
  }).finished;
}

async function expectVerified(server: TestPostgres): Promise<void> {
  const { code, stdout, stderr } = await coffer(server, ['ledger', 'verify']);
  expect([code, stderr, stdout]).toEqual([0, expect.any(String), expect.stringContaining('the ledger verifies')]);
}

async function openPair(options: Parameters<typeof openPostgresPair>[0]): Promise<PostgresPair> {
  const pair = await openPostgresPair(options);
  closing.push(async () => pair.close());
  return pair;
}

/** The service's URL with both servers as its hosts. */
function bothHosts({ primary, standby }: PostgresPair): string {
  const { username, password, pathname } = new URL(primary.appUrl);
  const hosts = [primary, standby].map(({ port }) => `127.0.0.1:${port}`).join(',');
  return `postgres://${username}:${password}@${hosts}${pathname}?target_session_attrs=read-write`;
}

describe('a synchronous fail-over under load', () => {
  test.each([
    ['behind one address that moves', (pair: PostgresPair) => pair.appUrl],
    ['with both hosts in the URL', bothHosts],
  ])('%s loses nothing that was answered, and needs no restart', async (_, urlOf) => {
    const pair = await openPair({ synchronous: true });
    const { primary, standby } = pair;
    const { processes, customers } = await startService(primary, urlOf(pair));
    const stop = spend(processes, customers, 'sync');
    await sleep(5_000);
    await primary.kill();
    await sleep(1_000);
    await standby.promote();
    const promotedAt = performance.now();
    pair.moveTo(standby);
    const one = first(processes);
    await vi.waitFor(async () => expect((await debit(one, customers[0], 'first')).status).toBe(200), WAIT);
    const backMs = performance.now() - promotedAt;
    await becomeReady(processes);
    await sleep(3_000);
    const answers = await stop();
    console.log(`${answered(answers)} of ${answers.size} answered; back ${Math.round(backMs)} ms after the promotion`);
    expect(answered(answers)).toBeGreaterThan(50);
    expect(await askAgain(one, customers, answers)).toEqual({ lost: [], changed: [] });
    expect(backMs).toBeLessThan(3 * PROBE_INTERVAL_MS);
    await expectVerified(standby);

    // The old primary is started again, and takes writes; the address leads to it by mistake.
    await primary.start();
    pair.moveTo(primary);
    if (urlOf(pair) === pair.appUrl) {
      for (const process of processes) {
        await vi.waitFor(async () => expect((await ready(process))[1]).toContain('older-timeline'), WAIT);
      }
      expect((await debit(one, customers[0], 'to the old one')).status).toBe(503);
      pair.moveTo(standby);
    }
    await becomeReady(processes);
    expect((await debit(one, customers[0], 'to the old one')).status).toBe(200);
    expect(await primary.sql(`SELECT 1 FROM entry WHERE "at" > now() - interval '1 second'`)).toEqual([]);
    await expectVerified(standby);
  });
});

test('a fail-over to a replica that lags, with every process running through it: no gap, and the anchor names the loss', async () => {
  const pair = await openPair({ synchronous: false });
  const { primary, standby } = pair;
  const { api, processes, customers } = await startService(primary, pair.appUrl);
  const folder = mkdtempSync(join(tmpdir(), 'coffer-anchor-'));
  closing.push(async () => Promise.resolve(rmSync(folder, { recursive: true, force: true })));
  const stopEarly = spend(processes, customers, 'early');
  await sleep(2_000);
  const early = await stopEarly();
  const spared = await api.createCustomer(1n);
  await pair.catchUp();
  await standby.configure('primary_conninfo', '');
  await waitUntil('the standby is cut off', async () => {
    const rows = await standby.sql('SELECT 1 FROM pg_stat_wal_receiver');
    return rows.length === 0;
  });
  const stopLate = spend(processes, customers, 'late');
  await sleep(2_000);
  const late = await stopLate();
  const key = join(folder, 'key');
  expect(await coffer(primary, ['ledger', 'anchor-key', '--out', key])).toMatchObject({ code: 0 });
  const anchor = join(folder, 'anchor.json');
  expect(await coffer(primary, ['ledger', 'anchor', '--out', anchor, '--key', key])).toMatchObject({ code: 0 });

  const stopDuring = spend(processes, customers, 'during');
  await primary.kill();
  await standby.promote();
  pair.moveTo(standby);
  // What was answered is missing: nothing is answered until the owner has recovered the database.
  for (const process of processes) {
    await vi.waitFor(async () => expect((await ready(process))[1]).toContain('recovery-required'), WAIT);
  }
  const recovered = await coffer(standby, ['recover', '--end-keys', 'none', '--end-holds', 'none']);
  expect([recovered.code, recovered.stderr]).toEqual([0, '']);
  await becomeReady(processes);
  await sleep(2_000);
  const during = await stopDuring();
  expect(answered(during)).toBeGreaterThan(0);
  await expectVerified(standby);

  const one = first(processes);
  expect((await askAgain(one, customers, early)).lost).toEqual([]);
  const compared = await coffer(standby, ['ledger', 'verify', '--anchor', anchor, '--public-key', `${key}.pub`]);
  expect(compared.code).not.toBe(0);
  const told = compared.stdout + compared.stderr;
  for (const { wallet } of customers) expect(told).toContain(wallet);
  // What the replica had in full is not named.
  expect(told).not.toContain(spared.wallet);
  // The lost commands are done again under their keys, once.
  const redone = await askAgain(one, customers, late);
  expect(redone.lost.length).toBe(answered(late));
  expect((await askAgain(one, customers, late)).lost).toEqual([]);
  await expectVerified(standby);
});

test('S18 a synchronous standby that is away for a minute: not ready meanwhile, back by itself, nothing lost', async () => {
  const pair = await openPair({ synchronous: true });
  const { primary, standby } = pair;
  const { processes, customers } = await startService(primary, pair.appUrl);
  const stop = spend(processes, customers, 'away');
  await sleep(3_000);
  await standby.stop();
  const awayAt = performance.now();
  for (const process of processes) {
    await vi.waitFor(async () => expect((await ready(process))[1]).toContain('standby-away'), WAIT);
  }
  while (performance.now() - awayAt < 60_000) {
    for (const process of processes) expect((await ready(process))[0]).toBe(503);
    await sleep(2_000);
  }
  const [sessions] = await primary.sql(`SELECT count(*)::int AS all,
    count(*) FILTER (WHERE application_name = 'coffer ledger writer')::int AS writers
    FROM pg_stat_activity WHERE wait_event = 'SyncRep'`);
  console.log('sessions that wait after a minute', sessions);
  // One for each lane of the three writers; 16 and what each of the pools had open already.
  expect(sessions?.['writers']).toBeLessThanOrEqual(3);
  expect(sessions?.['all']).toBeLessThanOrEqual(16 + 5 * 8);
  await standby.start();
  await becomeReady(processes);
  await sleep(2_000);
  const answers = await stop();
  const one = first(processes);
  expect(answered(answers)).toBeGreaterThan(50);
  expect(await askAgain(one, customers, answers)).toEqual({ lost: [], changed: [] });
  await expectVerified(primary);
});

/** What is left on a full disk. */
const LEFT_BYTES = 200_000;

const isRoot = process.getuid?.() === 0;
/** Only root mounts: another user needs sudo without a password for this test, and is told so by its failure. */
function asRoot(program: string, args: readonly string[]): void {
  if (isRoot) execFileSync(program, args);
  else execFileSync('sudo', ['-n', program, ...args]);
}

/** A folder on a file system of its own of so many megabytes. */
function mountSmall(path: string, megabytes: number): void {
  mkdirSync(path, { recursive: true });
  const options = `size=${megabytes}m,mode=0755,uid=${process.getuid?.() ?? 0}`;
  asRoot('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', path]);
}

test('S18 a full disk: not ready, nothing half done, and back by itself once there is room', async () => {
  const root = mkdtempSync(join(tmpdir(), 'coffer-full-'));
  chmodSync(root, 0o755);
  const disk = join(root, 'disk');
  mountSmall(disk, 200);
  closing.push(async () => {
    asRoot('umount', [disk]);
    return Promise.resolve(rmSync(root, { recursive: true, force: true }));
  });
  // The log of writes is a few files that are used again and again, so that the disk is filled by rows. Where the server
  // needs one more such file it ends itself, and its service manager starts it again: until there is room that fails too.
  const server = await openTestPostgres(
    disk,
    'small',
    { max_wal_size: '48MB', min_wal_size: '32MB', wal_keep_size: '0' },
    { keepRunning: true },
  );
  closing.push(async () => server.stop());
  await migrate(server.ownerUrl, { appRole: 'coffer_app' });
  const { processes, customers } = await startService(server, server.appUrl);
  const one = first(processes);
  const stop = spend(processes, customers, 'full');
  await sleep(2_000);
  const ballast = join(disk, 'ballast');
  // Again and again, since PostgreSQL removes files of its log meanwhile.
  const fill = (): void => {
    const { bavail, bsize } = statfsSync(disk);
    appendFileSync(ballast, Buffer.alloc(Math.max(0, bavail * bsize - LEFT_BYTES), 1));
  };
  for (const process of processes) {
    await vi.waitFor(async () => {
      fill();
      expect((await ready(process))[1]).toContain('disk-full');
    }, WAIT);
  }
  for (let second = 0; second < 5; second += 1) {
    fill();
    await sleep(1_000);
  }
  rmSync(ballast);
  await becomeReady(processes);
  await sleep(1_000);
  const answers = await stop();
  expect(answered(answers)).toBeGreaterThan(20);
  expect(await askAgain(one, customers, answers)).toEqual({ lost: [], changed: [] });
  await expectVerified(server);
});
