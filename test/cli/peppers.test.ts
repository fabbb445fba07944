/** `coffer peppers`, and what `coffer doctor` and `coffer config check` say of the peppers. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { judgePeppers, showPeppers } from '../../src/cli/peppers/finding.ts';
import { EXIT } from '../../src/config/exit-codes.ts';
import { createApiKey, hashUnder } from '../../src/core/access/api-key.ts';
import { createPepper, parsePeppers, pepperOf } from '../../src/core/access/peppers.ts';
import { createKeyLine } from '../../src/core/access/vault.ts';
import { insertApiKey } from '../../src/db/access/api-keys.ts';
import { openDatabase, type DatabasePool } from '../../src/db/database.ts';
import type { TestDatabase } from '../support/process/database-server.ts';
import { createTestDatabase } from '../support/process/database.ts';
import { startNode, type Finished } from '../support/process/processes.ts';

const PLAIN = 'a pepper that is used by tests and by nothing else';
const first = pepperOf(PLAIN);
let database: TestDatabase;
let db: DatabasePool;
let folder: string;
let path: string;
beforeAll(async () => {
  database = await createTestDatabase();
  db = openDatabase(database.appUrl);
  folder = mkdtempSync(join(tmpdir(), 'coffer-cli-peppers-'));
  path = join(folder, 'pepper');
  writeFileSync(path, PLAIN, { mode: 0o600 });
  writeFileSync(join(folder, 'secrets'), createKeyLine(), { mode: 0o600 });
});
afterAll(async () => {
  await db.destroy();
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

async function coffer(...args: readonly string[]): Promise<Finished> {
  return startNode(['src/cli/main.ts', ...args], {
    DATABASE_URL: database.appUrl,
    DATABASE_OWNER_URL: database.ownerUrl,
    COFFER_KEY_PEPPER_FILE: path,
    COFFER_SECRETS_KEY_FILE: join(folder, 'secrets'),
    COFFER_CONFIG: '',
  }).finished;
}

async function json(...args: readonly string[]): Promise<Record<string, unknown>> {
  const { code, stdout, stderr } = await coffer(...args, '--json');
  expect([code, stderr]).toEqual([0, '']);
  return JSON.parse(stdout) as Record<string, unknown>;
}

async function finding(): Promise<unknown> {
  const { findings } = JSON.parse((await coffer('doctor', '--json')).stdout) as { findings: { check: string }[] };
  return findings.find(({ check }) => check === 'secrets: peppers');
}

it('replaces the pepper in steps, shows what still needs the old one, and does not remove it unasked', async () => {
  const kept = createApiKey();
  const terms = { kind: 'admin', org: null, name: 'kept', scopes: [], createdAt: new Date(), expiresAt: null } as const;
  await insertApiKey(db, { ...terms, id: kept.id, ...hashUnder(first, kept.key) });
  expect((await coffer('peppers', 'use')).code).toBe(EXIT.failed);
  expect(readFileSync(path, 'utf8')).toBe(PLAIN);

  const { id } = await json('peppers', 'add');
  expect(parsePeppers(readFileSync(path, 'utf8'))).toMatchObject({ next: { id }, current: first, older: [] });
  expect((await coffer('peppers', 'add')).code).toBe(EXIT.failed);
  expect(await finding()).toMatchObject({ state: 'warn', detail: expect.stringContaining(String(id)) as unknown });

  expect(await json('peppers', 'use')).toEqual({ id, file: path });
  await json('keys', 'create', '--kind', 'admin');
  expect(await json('peppers', 'list')).toEqual({
    peppers: [
      { id, state: 'current', liveKeys: 1 },
      { id: first.id, state: 'older', liveKeys: 1 },
    ],
  });
  expect(await finding()).toMatchObject({ state: 'warn', detail: expect.stringContaining('1 live keys') as unknown });
  const { keys } = await json('peppers', 'keys', first.id);
  expect(keys).toEqual([{ id: kept.id, name: 'kept', org: null, lastUsedAt: null }]);

  const unasked = await coffer('peppers', 'remove', first.id);
  expect([unasked.code, parsePeppers(readFileSync(path, 'utf8')).older]).toEqual([EXIT.usage, [first]]);
  expect((await coffer('peppers', 'remove', '00000000')).code).toBe(EXIT.notFound);
  expect((await coffer('peppers', 'remove', String(id), '--yes')).code).toBe(EXIT.failed);
  await json('peppers', 'remove', first.id, '--yes');
  expect(parsePeppers(readFileSync(path, 'utf8')).older).toEqual([]);
  expect(await finding()).toMatchObject({ state: 'fail', detail: expect.stringContaining(first.id) as unknown });

  await json('keys', 'revoke', kept.id);
  expect(await finding()).toMatchObject({ state: 'ok' });
}, 60_000);

it('never prints a secret, and refuses a damaged file', async () => {
  const printed = await coffer('peppers', 'list');
  const { current } = parsePeppers(readFileSync(path, 'utf8'));
  expect([printed.code, printed.stdout.includes(current.id)]).toEqual([0, true]);
  expect(printed.stdout + printed.stderr).not.toContain(current.secret);
  const before = readFileSync(path, 'utf8');
  writeFileSync(path, before.slice(0, -8));
  for (const args of [
    ['peppers', 'list'],
    ['peppers', 'add'],
    ['config', 'check'],
  ]) {
    const { code, stderr } = await coffer(...args);
    expect([args, code, stderr]).toEqual([args, EXIT.config, expect.stringContaining('COFFER_KEY_PEPPER_FILE')]);
  }
  expect(readFileSync(path, 'utf8')).toBe(before.slice(0, -8));
  writeFileSync(path, before);
});

it('counts keys of a version that named no pepper once there are several', () => {
  const older = createPepper();
  const uses = [{ pepper: null, liveKeys: 3 }];
  const file = { next: undefined, current: first, older: [] };
  expect(showPeppers(file, uses)).toEqual([
    { id: first.id, state: 'current', liveKeys: 0 },
    { id: null, state: 'unknown', liveKeys: 3 },
  ]);
  expect(judgePeppers(showPeppers(file, uses)).state).toBe('ok');
  expect(judgePeppers(showPeppers({ ...file, older: [older] }, uses))).toMatchObject({ state: 'warn' });
});
