/**
 * A month's statement of a wallet with a million entries in that month, and the same entries as CSV: the time to the first byte
 * beside that of a page of the same ledger, and how far the service's memory grows.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { coffer, startService } from '../devnet/service.ts';
import { createKeyLine } from '../src/core/access/vault.ts';
import { uuidV7, walletId } from '../src/core/ids.ts';
import { toCount } from '../src/core/integers.ts';
import { openDatabase } from '../src/db/database.ts';
import { keepAllSums } from '../src/jobs/sums.ts';
import { debitOf, fundingOf, openLedgerWorld, type LedgerWorld } from './support/ledger-world.ts';
import { report, type Measure } from './support/rounds.ts';

const ENTRIES = 1_000_000;
const FILL_BATCH = 1_000;
const FILL_BATCHES_IN_FLIGHT = 4;
const ASKED = 40;
const MEMORY_LOOK_MS = 100;
const MEGABYTE = 1_000_000;
const SCOPES = 'treasury:read';

/** Entry point of `npm run bench -- statements [--entries 1000000]`. */
export async function run(options: readonly string[]): Promise<void> {
  const at = options.indexOf('--entries');
  const entries = at === -1 ? ENTRIES : toCount(options[at + 1] ?? '');
  const folder = mkdtempSync(join(tmpdir(), 'coffer-bench-statements-'));
  const world = await openLedgerWorld();
  const env = environment(folder, world);
  const service = await startService(env, { logFile: join(folder, 'service.log'), onLine: () => undefined });
  try {
    const { id } = await coffer(env, ['orgs', 'create', '--name', 'bench']);
    const { key } = await coffer(env, ['keys', 'create', '--org', String(id), '--scopes', SCOPES, '--name', 'bench']);
    await fill(world, walletId({ kind: 'org', id: String(id) }), entries);
    const month = new Date().toISOString().slice(0, 7);
    const get = async (path: string): Promise<Asked> => ask(new URL(path, service.url), String(key));
    const calls = {
      'Y1 page of the ledger': '/treasury/ledger?limit=100',
      'statement, JSON': `/treasury/statement?month=${month}`,
      'statement, CSV': `/treasury/statement?month=${month}&format=csv`,
    };
    const idleBytes = memoryOf(service.pid);
    const measures = await firstBytes(calls, get);
    const statements = { grewMegabytes: megabytes(memoryOf(service.pid) - idleBytes) };
    const ledgerCsv = await exported(service.pid, async () => get('/treasury/ledger?format=csv'));
    await audit(get, month, entries);
    const ratio = (name: string): number => middle(measures, name) / middle(measures, 'Y1 page of the ledger');
    report(measures, {
      entries,
      jsonFirstByte: ratio('statement, JSON'),
      csvFirstByte: ratio('statement, CSV'),
      statements,
      ledgerCsv,
    });
  } finally {
    await service.stop();
    await world.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function environment(folder: string, world: LedgerWorld): NodeJS.ProcessEnv {
  const [pepper, secrets] = [join(folder, 'pepper'), join(folder, 'secrets')];
  writeFileSync(pepper, uuidV7(Date.now()) + uuidV7(Date.now()));
  writeFileSync(secrets, createKeyLine());
  return {
    ...process.env,
    DATABASE_URL: world.url,
    DATABASE_OWNER_URL: world.ownerUrl,
    COFFER_KEY_PEPPER_FILE: pepper,
    COFFER_SECRETS_KEY_FILE: secrets,
    COFFER_ROLES: 'api,events',
    PORT: '0',
    COFFER_LOG_LEVEL: 'warn',
  };
}

/** Fills a wallet with one deposit and debits, as callers would, and keeps the sums as the job does. */
async function fill(world: LedgerWorld, wallet: string, entries: number): Promise<void> {
  await world.writer.submit(fundingOf(wallet));
  let left = entries - 1;
  const loop = async (): Promise<void> => {
    while (left > 0) {
      const size = Math.min(FILL_BATCH, left);
      left -= size;
      await Promise.all(Array.from({ length: size }, async () => world.writer.submit(debitOf(wallet))));
    }
  };
  await Promise.all(Array.from({ length: FILL_BATCHES_IN_FLIGHT }, loop));
  await world.client.query('ANALYZE');
  const db = openDatabase(world.url);
  await keepAllSums(db);
  await db.destroy();
}

interface Asked {
  readonly firstByteMs: number;
  readonly bytes: number;
  readonly text: string;
}

const TEXT_MAX = 1_000_000;

/** Asks and reads the whole answer, of which the beginning is kept. */
async function ask(url: URL, key: string): Promise<Asked> {
  const from = performance.now();
  const answer = await fetch(url, { headers: { Authorization: `Bearer ${key}` } });
  if (answer.status !== 200 || answer.body === null) throw new Error(`${url.pathname}: ${answer.status}`);
  let firstByteMs: number | undefined;
  let [bytes, text] = [0, ''];
  const decoder = new TextDecoder();
  for await (const chunk of answer.body) {
    firstByteMs ??= performance.now() - from;
    bytes += chunk.length;
    if (text.length < TEXT_MAX) text += decoder.decode(chunk, { stream: true });
  }
  return { firstByteMs: firstByteMs ?? performance.now() - from, bytes, text };
}

/** The calls in turns, so that whatever else the machine does meets all of them. */
async function firstBytes(
  calls: Readonly<Record<string, string>>,
  get: (path: string) => Promise<Asked>,
): Promise<Map<string, readonly Measure[]>> {
  const times = new Map<string, number[]>(Object.keys(calls).map((name) => [name, []]));
  for (let round = 0; round < ASKED; round += 1) {
    for (const [name, path] of Object.entries(calls)) times.get(name)?.push((await get(path)).firstByteMs);
  }
  return new Map(
    [...times].map(([name, all]) => {
      const sorted = all.toSorted((a, b) => a - b);
      const at = (share: number): number => sorted[Math.floor(share * (sorted.length - 1))] ?? 0;
      const mean = all.reduce((sum, one) => sum + one, 0) / all.length;
      return [name, [{ opsPerSecond: 1_000 / mean, p50Ms: at(0.5), p95Ms: at(0.95), p99Ms: at(0.99) }]];
    }),
  );
}

function middle(measures: ReadonlyMap<string, readonly Measure[]>, name: string): number {
  return measures.get(name)?.[0]?.p50Ms ?? NaN;
}

/** An export of the whole ledger: how long until its first byte, its size, and how far memory grew meanwhile. */
async function exported(pid: number, call: () => Promise<Asked>): Promise<Readonly<Record<string, number>>> {
  const before = memoryOf(pid);
  let most = before;
  const timer = setInterval(() => (most = Math.max(most, memoryOf(pid))), MEMORY_LOOK_MS);
  try {
    const { firstByteMs, bytes } = await call();
    return {
      firstByteMs: Math.round(firstByteMs),
      megabytes: megabytes(bytes),
      grewMegabytes: megabytes(most - before),
    };
  } finally {
    clearInterval(timer);
  }
}

/** Resident memory of a process in bytes. */
function memoryOf(pid: number): number {
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return 1_024 * toCount(kilobytes ?? '0');
}

const megabytes = (bytes: number): number => Math.round(bytes / MEGABYTE);

/** @throws Error unless the statement has every entry */
async function audit(get: (path: string) => Promise<Asked>, month: string, entries: number): Promise<void> {
  const { text } = await get(`/treasury/statement?month=${month}`);
  const counted = [...text.matchAll(/"entries":(\d+)/g)].reduce((sum, [, count]) => sum + toCount(count ?? ''), 0);
  if (counted !== entries) throw new Error(`the statement has ${counted} entries of ${entries}`);
}
