import { readdirSync } from 'node:fs';
import { join } from 'node:path';

import { Client } from 'pg';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { appRoleOf, assertMigrated, migrate, migrationStatus } from '../../src/db/schema/migrate.ts';
import type { TestDatabase } from '../support/process/database-server.ts';
import { createEmptyDatabase, createTestDatabase } from '../support/process/database.ts';
import { startNode } from '../support/process/processes.ts';

const PROCESSES = 20;
const names = readdirSync(join(import.meta.dirname, '..', '..', 'migrations'))
  .filter((file) => file.endsWith('.ts'))
  .map((file) => file.replace(/\.ts$/, ''))
  .toSorted();

async function query(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

describe('an empty database', () => {
  let database: TestDatabase;
  beforeEach(async () => {
    database = await createEmptyDatabase();
  });
  afterEach(() => database.drop());

  test('twenty processes migrate it at once: all succeed, each migration is applied once', async () => {
    const programs = Array.from({ length: PROCESSES }, () =>
      startNode(['test/support/process/migrate-once.ts', database.ownerUrl, database.appRole]),
    );
    const results = await Promise.all(programs.map((program) => program.finished));
    expect(results.map((result) => [result.code, result.stderr])).toEqual(results.map(() => [0, '']));
    const applied = results.flatMap((result) => JSON.parse(result.stdout) as string[]);
    expect(applied.toSorted()).toEqual(names);
    const stored = await query(database.ownerUrl, 'SELECT name FROM knex_migrations ORDER BY id');
    expect(stored).toEqual(names.map((name) => ({ name })));
  }, 120_000);

  test('twenty calls in one process take turns too', async () => {
    const results = await Promise.all(Array.from({ length: PROCESSES }, () => migrate(database.ownerUrl)));
    expect(results.flatMap((result) => result.applied).toSorted()).toEqual(names);
  }, 60_000);

  test('a service refuses to start on it, and says what to run', async () => {
    await expect(assertMigrated(database.ownerUrl)).rejects.toThrow('bin/coffer.mjs migrate');
    expect(await migrationStatus(database.ownerUrl)).toEqual({ applied: [], pending: names, unknown: [], barring: [] });
  });

  test('a role that does not exist is named', async () => {
    await expect(migrate(database.ownerUrl, { appRole: 'nobody_here' })).rejects.toThrow('nobody_here');
  });
});

describe('a migrated database', () => {
  let database: TestDatabase;
  beforeEach(async () => {
    database = await createTestDatabase();
  });
  afterEach(() => database.drop());

  test('the lock that a crashed migrator left is no obstacle', async () => {
    await query(database.ownerUrl, 'DROP SCHEMA public CASCADE');
    await query(database.ownerUrl, 'CREATE SCHEMA public');
    await query(database.ownerUrl, 'CREATE TABLE knex_migrations_lock (index serial PRIMARY KEY, is_locked int)');
    await query(database.ownerUrl, 'INSERT INTO knex_migrations_lock (is_locked) VALUES (1)');
    expect((await migrate(database.ownerUrl)).applied).toEqual(names);
    expect(await query(database.ownerUrl, 'SELECT is_locked FROM knex_migrations_lock')).toEqual([{ is_locked: 0 }]);
  });

  test('a second run does nothing', async () => {
    expect((await migrate(database.ownerUrl, { appRole: database.appRole })).applied).toEqual([]);
  });

  test('the service sees with its own role that all is applied', async () => {
    await assertMigrated(database.appUrl);
    expect(await migrationStatus(database.appUrl)).toEqual({ applied: names, pending: [], unknown: [], barring: [] });
  });

  test('S25 an older program serves after a newer migration that only adds, and refuses one that takes away', async () => {
    const insert = (name: string): string =>
      `INSERT INTO knex_migrations (name, batch, migration_time) VALUES ('${name}', 9, now())`;
    await query(database.ownerUrl, insert('9998_adds'));
    await assertMigrated(database.appUrl);
    expect((await migrate(database.ownerUrl)).applied).toEqual([]);
    await query(database.ownerUrl, insert('9999_drops_needs_9998'));
    await expect(assertMigrated(database.appUrl)).rejects.toThrow(/9999_drops_needs_9998.*start a newer version/);
    await expect(migrate(database.ownerUrl)).rejects.toThrow('9999_drops_needs_9998');
    expect(await migrationStatus(database.appUrl)).toMatchObject({
      unknown: ['9998_adds', '9999_drops_needs_9998'],
      barring: ['9999_drops_needs_9998'],
    });
  });

  test('the service may add entries and read them, but neither change nor remove them, nor touch the schema', async () => {
    const rights = await query(
      database.ownerUrl,
      `SELECT privilege_type AS name FROM information_schema.role_table_grants
       WHERE grantee = '${database.appRole}' AND table_name = 'entry' ORDER BY 1`,
    );
    expect(rights).toEqual([{ name: 'INSERT' }, { name: 'SELECT' }]);
    for (const sql of [
      'UPDATE entry SET seq = 1',
      'DELETE FROM entry',
      'TRUNCATE entry',
      'CREATE TABLE mine (id int)',
    ]) {
      await expect(query(database.appUrl, sql)).rejects.toThrow(/permission denied/);
    }
    await expect(query(database.appUrl, 'DELETE FROM knex_migrations')).rejects.toThrow(/permission denied/);
    expect(await query(database.appUrl, 'SELECT count(*)::int AS n FROM org')).toEqual([{ n: 0 }]);
  });
});

test('rights are granted to the user of the service URL, unless it is the owner', () => {
  const owner = 'postgres://own%20er:x@h/db';
  expect(appRoleOf('postgres://app:y@h/db', owner)).toBe('app');
  expect(appRoleOf(owner, owner)).toBeUndefined();
});
