/** `coffer backup` and `coffer restore` on real databases, while others write. */
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { emptyDatabase, loadBackup } from '../../src/db/backup/load.ts';
import { connectOwner, queriesOf } from '../../src/db/backup/dump.ts';
import { listTables } from '../../src/db/backup/tables.ts';
import { startTestApi, type TestApi } from '../support/http/api.ts';
import type { Customer } from '../support/ledger/holds.ts';
import { createTestDatabase } from '../support/process/database.ts';
import type { TestDatabase } from '../support/process/database-server.ts';
import { startNode, type Finished } from '../support/process/processes.ts';

let root: string;
let source: TestDatabase;
let target: TestDatabase;
let api: TestApi;
let customer: Customer;
let backup: string;

const run = async (database: TestDatabase, ...args: readonly string[]): Promise<Finished> =>
  startNode(['src/cli/main.ts', ...args], {
    DATABASE_URL: database.appUrl,
    DATABASE_OWNER_URL: database.ownerUrl,
    COFFER_CONFIG: '',
  }).finished;

/** Every row of every table, as text. */
async function contentOf(url: string): Promise<Record<string, string[]>> {
  const client = await connectOwner(url);
  try {
    const content: Record<string, string[]> = {};
    for (const { name } of await listTables(queriesOf(client))) {
      const { rows } = await client.query<{ row: string }>(`SELECT t::text AS row FROM "${name}" t ORDER BY 1`);
      content[name] = rows.map(({ row }) => row);
    }
    return content;
  } finally {
    await client.end();
  }
}

async function sql(url: string, statement: string): Promise<Record<string, unknown>[]> {
  const client = await connectOwner(url);
  try {
    return (await client.query<Record<string, unknown>>(statement)).rows;
  } finally {
    await client.end();
  }
}

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'coffer-backup-'));
  backup = join(root, 'first');
  source = await createTestDatabase();
  target = await createTestDatabase();
  api = await startTestApi('first_come', [], {}, {}, { database: source });
  customer = await api.createCustomer(100n);
  const call = async (path: string, body: object): Promise<void> => {
    expect((await api.call('POST', path, { key: customer.key, body })).status).toBeLessThan(300);
  };
  await call('/treasury/hold', {
    serviceType: 'AI_API',
    amountUsd: '3.00',
    description: 'tab\there, line\nthere, \\ and é',
  });
  await call('/treasury/debit', { serviceType: 'AI_API', amountUsd: '1.00', metadata: { a: 'b' } });
  // What is done by hand is numbered by the database.
  const org = await run(source, 'orgs', 'create', '--name', 'before');
  if (org.code !== 0) throw new Error(`coffer orgs create ended with ${org.code}`);
});
afterAll(async () => {
  await api?.stop();
  await target?.drop();
  await source?.drop();
  rmSync(root, { recursive: true, force: true });
});

test('a backup beside writers is one moment, and restores to a ledger that verifies', async () => {
  const stopping = new AbortController();
  const writing = (async () => {
    for (let n = 0; !stopping.signal.aborted; n += 1) {
      await api.call('POST', '/treasury/debit', {
        key: customer.key,
        body: { serviceType: 'AI_API', amountUsd: '0.01' },
        headers: { 'idempotency-key': `beside-${n}` },
      });
    }
  })();
  const made = await run(source, 'backup', backup, '--json');
  stopping.abort();
  await writing;
  expect([made.code, made.stderr.includes('entry: ')]).toEqual([0, true]);
  const manifest = JSON.parse(made.stdout) as { entries: number; takenAt: string };
  expect(readdirSync(root)).toEqual(['first']);

  const tried = await run(target, 'restore', backup, '--check');
  expect([tried.code, tried.stdout]).toEqual([0, expect.stringContaining('the ledger verifies')]);
  expect(await sql(target.ownerUrl, 'SELECT 1 FROM entry')).toEqual([]);

  const restored = await run(target, 'restore', backup);
  expect([restored.code, restored.stdout]).toEqual([0, expect.stringContaining('coffer recover')]);
  const loaded = await contentOf(target.ownerUrl);
  expect(loaded['entry']).toHaveLength(manifest.entries);
  const now = await contentOf(source.ownerUrl);
  const were = new Set(now['entry']);
  expect(loaded['entry']?.filter((row) => !were.has(row))).toEqual([]);
  for (const name of ['org', 'api_key', 'wallet', 'entry_text']) {
    expect([name, new Set(loaded[name]).size]).toEqual([name, loaded[name]?.length]);
    expect(loaded[name]?.filter((row) => !now[name]?.includes(row))).toEqual([]);
  }
});

test('after a restore guards hold again, and numbers go on', async () => {
  await expect(sql(target.ownerUrl, 'UPDATE entry SET seq = seq')).rejects.toThrow('append-only');
  await expect(sql(target.ownerUrl, 'TRUNCATE entry CASCADE')).rejects.toThrow('append-only');
  const forced = async (url: string): Promise<unknown> =>
    sql(url, 'SELECT relname FROM pg_class WHERE relforcerowsecurity ORDER BY 1');
  expect(await forced(target.ownerUrl)).toEqual(await forced(source.ownerUrl));
  const made = await run(target, 'orgs', 'create', '--name', 'after');
  expect([made.code, made.stderr]).toEqual([0, '']);
  const [audit] = await sql(target.ownerUrl, 'SELECT count(*) - count(DISTINCT position) AS twice FROM audit');
  expect(audit).toEqual({ twice: '0' });
});

test('a database that holds something, a changed file and a folder without a manifest are refused; nothing is loaded', async () => {
  const full = await run(target, 'restore', backup);
  expect([full.code, full.stderr]).toEqual([1, expect.stringContaining('not empty')]);
  await emptyDatabase(target.ownerUrl);

  const changed = join(root, 'changed');
  cpSync(backup, changed, { recursive: true });
  const file = join(changed, 'org.copy.gz');
  const text = gunzipSync(readFileSync(file)).toString('utf8');
  writeFileSync(file, gzipSync(text.replace(/\t[^\t]*\t/, '\tAnother\t')));
  const files = await run(target, 'restore', changed, '--check', '--files-only');
  expect([files.code, files.stderr]).toEqual([1, expect.stringContaining('org.copy.gz is not what the manifest says')]);
  expect((await run(target, 'restore', changed)).code).toBe(1);

  const cut = join(root, 'cut');
  cpSync(backup, cut, { recursive: true });
  const entries = readFileSync(join(cut, 'entry.copy.gz'));
  writeFileSync(join(cut, 'entry.copy.gz'), entries.subarray(0, entries.length - 20));
  await expect(loadBackup(target.ownerUrl, cut)).rejects.toThrow('entry.copy.gz cannot be read');

  const bare = join(root, 'bare');
  mkdirSync(bare);
  const nothing = await run(target, 'restore', bare);
  expect([nothing.code, nothing.stderr]).toEqual([1, expect.stringContaining('no whole backup')]);
  expect(await sql(target.ownerUrl, 'SELECT 1 FROM entry UNION ALL SELECT 1 FROM org')).toEqual([]);
});

test('a backup of another schema is refused', async () => {
  const older = join(root, 'older');
  cpSync(backup, older, { recursive: true });
  const path = join(older, 'manifest.json');
  const manifest = JSON.parse(readFileSync(path, 'utf8')) as { migrations: string[] };
  writeFileSync(path, JSON.stringify({ ...manifest, migrations: manifest.migrations.slice(0, -1) }));
  const told = await run(target, 'restore', older);
  expect([told.code, told.stderr]).toEqual([1, expect.stringContaining('restore it with that version')]);
});

test('a backup that fails leaves no folder, and never writes into one that is there', async () => {
  const there = await run(source, 'backup', backup);
  expect([there.code, there.stderr]).toEqual([1, expect.stringContaining('exists already')]);
  const lost = { ...source, ownerUrl: source.ownerUrl.replace(/:\d+\//, ':1/') };
  const folder = join(root, 'never');
  expect((await run(lost, 'backup', folder)).code).toBe(1);
  expect([existsSync(folder), existsSync(`${folder}.part`)]).toEqual([false, false]);
  // What an earlier run was cut off in does not get into the next one.
  mkdirSync(`${folder}.part`);
  writeFileSync(join(`${folder}.part`, 'left.copy.gz'), 'x');
  expect((await run(source, 'backup', folder)).code).toBe(0);
  expect(existsSync(join(folder, 'left.copy.gz'))).toBe(false);
  expect(execFileSync('stat', ['-c', '%a', folder], { encoding: 'utf8' }).trim()).toBe('700');
});
