import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestDatabase } from '../support/process/database.ts';
import { writeHistory } from '../support/ledger/history.ts';
import { startNode, type Finished } from '../support/process/processes.ts';
import { addWallet, connect } from '../support/ledger/wallets.ts';

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let client: pg.Client;
let wallet: string;
let folder: string;

async function coffer(...args: string[]): Promise<Finished> {
  const env = { DATABASE_URL: database.appUrl, DATABASE_OWNER_URL: '', COFFER_CONFIG: '', COFFER_DATA_DIR: folder };
  return startNode(['src/cli/main.ts', 'ledger', ...args], env).finished;
}

const file = (name: string): string => join(folder, name);

beforeAll(async () => {
  database = await createTestDatabase();
  client = await connect(database.ownerUrl);
  folder = mkdtempSync(join(tmpdir(), 'coffer-anchor-'));
  wallet = await addWallet(client, 'anchored');
  await writeHistory(database.appUrl, wallet);
});

afterAll(async () => {
  await client.end();
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

it('makes a key, anchors, links anchors, verifies against them, and fails once the ledger was touched', async () => {
  expect((await coffer('anchor-key', '--out', file('key'))).code).toBe(0);
  expect(statSync(file('key')).mode & 0o777).toBe(0o600);
  const key = readFileSync(file('key'), 'utf8');
  expect((await coffer('anchor-key', '--out', file('key'))).code).not.toBe(0);
  expect(readFileSync(file('key'), 'utf8')).toBe(key);

  const first = await coffer('anchor', '--out', file('1'), '--key', file('key'), '--json');
  expect(JSON.parse(first.stdout)).toMatchObject({ wallets: 1, previous: null });
  const next = ['anchor', '--key', file('key'), '--previous', file('1'), '--json', '--out'];
  const second: unknown = JSON.parse((await coffer(...next, file('2'))).stdout);
  expect(second).toMatchObject({ previous: (JSON.parse(first.stdout) as { digest: string }).digest });

  const against = ['verify', '--anchor', file('2'), '--public-key', file('key.pub')];
  const sound = await coffer(...against, '--json');
  expect(sound.code).toBe(0);
  expect(JSON.parse(sound.stdout)).toMatchObject({
    wallets: 1,
    entries: 21,
    faults: [],
    contra: { 'revenue:AI_API': '21.00' },
    unproven: { entries: 0, wallets: [] },
  });
  const unanchored = await coffer('verify');
  expect(unanchored).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('outside any anchor: 21 entries') as string,
  });

  await client.query('ALTER TABLE entry DISABLE TRIGGER entry_append_only');
  await client.query(`UPDATE entry SET description = 'x' WHERE wallet = $1 AND seq = 21`, [wallet]);
  await client.query('ALTER TABLE entry ENABLE TRIGGER entry_append_only');
  const touched = await coffer(...against);
  expect(touched.code).toBe(1);
  expect(touched.stdout).toContain(`FAULT: ent_${wallet}_21: `);
  await client.query('ALTER TABLE entry DISABLE TRIGGER entry_append_only');
  await client.query(`UPDATE entry SET hash = sha256('x') WHERE wallet = $1 AND seq = 21`, [wallet]);
  const refused = await coffer(...next, file('3'));
  expect(refused.code).toBe(1);
  expect(refused.stderr).toContain('nothing was signed');
}, 60_000);

it('wants the anchor and its key together', async () => {
  expect((await coffer('verify', '--anchor', file('1'))).code).toBe(2);
});
