import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { API_KEY_PATTERN, findOpener } from '../../src/core/access/api-key.ts';
import { pepperOf } from '../../src/core/access/peppers.ts';
import { walletId } from '../../src/core/ids.ts';
import { findApiKey } from '../../src/db/access/api-keys.ts';
import { openDatabase, type DatabasePool } from '../../src/db/database.ts';
import type { TestDatabase } from '../support/process/database-server.ts';
import { createEmptyDatabase, createTestDatabase } from '../support/process/database.ts';
import { startNode, type Finished } from '../support/process/processes.ts';

const PEPPER = 'a pepper that is used by tests and by nothing else';
let database: TestDatabase;
let db: DatabasePool;
let folder: string;
beforeAll(async () => {
  database = await createTestDatabase();
  db = openDatabase(database.appUrl);
  folder = mkdtempSync(join(tmpdir(), 'coffer-cli-'));
  writeFileSync(join(folder, 'pepper'), PEPPER);
});
afterAll(async () => {
  await db.destroy();
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

async function coffer(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Finished> {
  return startNode(['src/cli/main.ts', ...args], {
    DATABASE_URL: database.appUrl,
    DATABASE_OWNER_URL: database.ownerUrl,
    COFFER_KEY_PEPPER_FILE: join(folder, 'pepper'),
    COFFER_SECRETS_KEY_FILE: join(folder, 'secrets'),
    ...env,
  }).finished;
}

/** The JSON that a command printed, having succeeded. */
async function json(args: readonly string[]): Promise<Record<string, unknown>> {
  const { code, stdout, stderr } = await coffer([...args, '--json']);
  expect([code, stderr]).toEqual([0, '']);
  const parsed: unknown = JSON.parse(stdout);
  if (typeof parsed !== 'object' || parsed === null) throw new TypeError('an object was expected');
  return { ...parsed };
}

describe('coffer orgs', () => {
  it('creates an org with its settings and wallet, and lists it', async () => {
    const created = await json(['orgs', 'create', '--name', 'Acme & Söhne', '--external-id', 'acme-1']);
    const id = String(created['id']);
    expect(created).toMatchObject({
      name: 'Acme & Söhne',
      externalId: 'acme-1',
      walletId: walletId({ kind: 'org', id }),
    });
    const { rows }: { rows: unknown[] } = await db.raw(
      `SELECT w.owner_kind, w.owner, w.asset, s.free_gift_card_max FROM wallet w JOIN org_settings s ON s.org::text = w.owner
       WHERE w.id = ?`,
      [walletId({ kind: 'org', id })],
    );
    expect(rows).toEqual([{ owner_kind: 'org', owner: id, asset: 'USD', free_gift_card_max: '1000000' }]);
    expect((await json(['orgs', 'list']))['orgs']).toContainEqual(created);
    expect((await coffer(['orgs', 'list'])).stdout).toContain('Acme & Söhne');
  });

  it('refuses an external id that is taken', async () => {
    await json(['orgs', 'create', '--name', 'One', '--external-id', 'same']);
    const { code, stderr } = await coffer(['orgs', 'create', '--name', 'Two', '--external-id', 'same']);
    expect([code, stderr]).toEqual([1, 'coffer: an org with the external id same exists already\n']);
  });
});

describe('coffer keys', () => {
  it('creates a key that is shown once and stored hashed, lists it and revokes it', async () => {
    const org = String((await json(['orgs', 'create', '--name', 'Keys']))['id']);
    const created = await json([
      'keys',
      'create',
      '--org',
      org,
      '--scopes',
      'treasury:read,treasury:spend',
      '--expires',
      '90d',
    ]);
    const key = String(created['key']);
    const id = String(created['id']);
    expect(key).toMatch(API_KEY_PATTERN);
    expect(created).toMatchObject({ kind: 'org', org, scopes: ['treasury:read', 'treasury:spend'] });
    const stored = await findApiKey(db, id);
    if (!stored) throw new Error('the key was not stored');
    expect(findOpener(key, [pepperOf(PEPPER)], stored)?.id).toBe(stored.pepper);
    expect(stored.secretHash.toString('latin1')).not.toContain(key.slice(17, 49));
    const listed = await coffer(['keys', 'list', '--json']);
    expect(listed.stdout).toContain(id);
    expect(listed.stdout).not.toContain(key.slice(17));
    expect(listed.stdout).not.toContain('secretHash');
    await json(['keys', 'revoke', id]);
    expect((await json(['keys', 'list', '--org', org]))['keys']).toMatchObject([{ id, state: 'revoked' }]);
  });

  it('gives an admin key every scope unless told otherwise', async () => {
    expect(await json(['keys', 'create', '--kind', 'admin'])).toMatchObject({
      kind: 'admin',
      org: null,
      scopes: ['treasury:read', 'treasury:spend', 'treasury:admin'],
    });
  });

  it.each([
    [2, ['keys', 'create', '--scopes', 'treasury:read']],
    [2, ['keys', 'create', '--kind', 'platform']],
    [2, ['keys', 'create', '--kind', 'root', '--scopes', 'treasury:read']],
    [2, ['keys', 'create', '--org', 'x', '--scopes', 'treasury:read']],
    [2, ['keys', 'create', '--kind', 'platform', '--scopes', 'treasury:everything']],
    [2, ['keys', 'create', '--kind', 'platform', '--scopes', 'treasury:read', '--expires', 'tomorrow']],
    [2, ['keys', 'create', '--kind', 'platform', '--scopes', 'treasury:read', '--expires', '2001-01-01T00:00:00Z']],
    [2, ['orgs', 'create']],
    [2, ['orgs', 'create', '--name', '']],
    [2, ['nonsense']],
    [2, ['orgs', 'list', '--nonsense']],
    [4, ['keys', 'create', '--org', '00000000-0000-7000-8000-000000000000', '--scopes', 'treasury:read']],
    [4, ['keys', 'revoke', 'nokey']],
  ])('exits with %i after: %j', async (expected, args) => {
    const { code, stdout, stderr } = await coffer(args);
    expect([code, stdout]).toEqual([expected, '']);
    expect(stderr).not.toBe('');
  });

  it('exits with 3 where the configuration does not work, and with 1 where the database is away', async () => {
    const args = ['keys', 'create', '--kind', 'admin'];
    const unpeppered = await coffer(args, { COFFER_KEY_PEPPER_FILE: '' });
    expect([unpeppered.code, unpeppered.stderr]).toEqual([3, expect.stringContaining('COFFER_KEY_PEPPER_FILE')]);
    const away = await coffer(args, { DATABASE_URL: 'postgres://nobody:secret-word@127.0.0.1:1/x' });
    expect([away.code, away.stdout]).toEqual([1, '']);
    expect(away.stderr).not.toContain('secret-word');
  });
});

describe('coffer migrate', () => {
  it('brings an empty database to the newest schema with the rights of the service, and tells where it stands', async () => {
    const empty = await createEmptyDatabase();
    const env = { DATABASE_URL: empty.appUrl, DATABASE_OWNER_URL: empty.ownerUrl };
    try {
      const refused = await coffer(['orgs', 'list'], env);
      expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining('bin/coffer.mjs migrate')]);
      const before: unknown = JSON.parse((await coffer(['migrate', '--status', '--json'], env)).stdout);
      expect(before).toMatchObject({ applied: [], unknown: [] });
      expect((await coffer(['migrate'], env)).stdout).toContain('applied 0001_tenants');
      expect((await coffer(['migrate'], env)).stdout).toBe('nothing to do\n');
      expect((await coffer(['migrate', '--status'], env)).stdout).not.toContain('pending');
      expect((await coffer(['orgs', 'create', '--name', 'A'], env)).code).toBe(0);
      const client = new Client({ connectionString: empty.appUrl });
      await client.connect();
      await expect(client.query('DELETE FROM entry')).rejects.toThrow(/permission denied/);
      await client.end();
    } finally {
      await empty.drop();
    }
  });
});
