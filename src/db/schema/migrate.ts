/** Brings a database to the newest schema: forward only, by one process at a time, the same from any directory. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import knexFactory, { type Knex } from 'knex';
import { Client } from 'pg';

import { SEES_EVERY_ORG, withOptions } from '../database.ts';
import { CODE_SUFFIX } from '../../core/code-file.ts';
import { splitDatabaseUrl } from '../../core/database-url.ts';
import { POSTGRES_VERSION_MIN, readServerVersion } from '../durability.ts';
import { hasSqlState, UNDEFINED_TABLE } from '../errors.ts';
import { hostsOf } from '../hosts.ts';
import { listOf, rowsOf, textOf } from '../rows.ts';
import { grantStatements } from './grants.ts';
import {
  judgeMigrations,
  listMigrationNames,
  MIGRATIONS_DIR,
  MIGRATIONS_TABLE,
  type MigrationStatus,
} from './migrations.ts';

/** Any fixed number that no other program uses as an advisory lock on the same database. */
const MIGRATION_LOCK_KEY = '7209385412077315';
const LOCK_WAIT_TIMEOUT_MS = 600_000;
const CONNECT_TIMEOUT_MS = 10_000;

export interface MigrateOptions {
  /** The service's role, which gets its rights. Left out when the service connects as the owner. */
  readonly appRole?: string;
  readonly log?: (line: string) => void;
}

async function loadMigration(name: string): Promise<Knex.Migration> {
  const module: unknown = await import(pathToFileURL(join(MIGRATIONS_DIR, `${name}${CODE_SUFFIX}`)).href);
  if (typeof module !== 'object' || module === null || !('up' in module) || typeof module.up !== 'function') {
    throw new Error(`migrations/${name}${CODE_SUFFIX} exports no function up`);
  }
  const up = module.up as Knex.Migration['up'];
  const down = (): Promise<void> =>
    Promise.reject(new Error(`${name}: migrations only go forward; write a new one, or restore a backup`));
  return { up, down };
}

/** Names have no file extension, so that the stored names do not depend on how the program was started. */
const migrationSource: Knex.MigrationSource<string> = {
  getMigrations: () => Promise.resolve(listMigrationNames()),
  getMigrationName: (name) => name,
  getMigration: loadMigration,
};

/** Runs work on one connection to a database. */
export async function withOwner<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const connectionString = await hostsOf(url).choose();
  const client = new Client({ connectionString, connectionTimeoutMillis: CONNECT_TIMEOUT_MS });
  // A connection lost between statements makes the next one fail.
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** @throws Error when the server is older than {@link POSTGRES_VERSION_MIN} */
async function checkVersion(client: Client): Promise<void> {
  const major = await readServerVersion({ raw: async (sql) => client.query(sql) });
  if (major >= POSTGRES_VERSION_MIN) return;
  throw new Error(`PostgreSQL ${POSTGRES_VERSION_MIN} or newer is needed, and this is ${major}`);
}

async function runMigrator(ownerUrl: string): Promise<string[]> {
  const knex = knexFactory({
    client: 'pg',
    // Row-level security applies to the owner too, and a migration that changes rows has to see them.
    connection: {
      connectionString: withOptions(await hostsOf(ownerUrl).choose(), SEES_EVERY_ORG),
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    },
    pool: { min: 0, max: 2 },
    // What a newer version applied is judged by `migrate`; knex would refuse all of it.
    migrations: { migrationSource, tableName: MIGRATIONS_TABLE, disableMigrationsListValidation: true },
  });
  try {
    // A process that crashed may have left knex's own lock; while we hold the advisory lock, no other process runs here.
    await knex.migrate.forceFreeMigrationsLock();
    const [, applied] = listOf<unknown>(await knex.migrate.latest(), (part) => part);
    return listOf(applied, textOf);
  } finally {
    await knex.destroy();
  }
}

/** Gives the service's role its rights. @throws Error when there is no such role */
export async function grantTo(client: Client, appRole: string): Promise<void> {
  const { rowCount } = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [appRole]);
  if (rowCount === 0) {
    throw new Error(`the role ${appRole} of DATABASE_URL does not exist: create it with LOGIN and no other right`);
  }
  await client.query('BEGIN');
  for (const statement of grantStatements(appRole)) await client.query(statement);
  await client.query('COMMIT');
}

/**
 * Applies pending migrations, then grants the service's role its rights. Processes that do this at once take turns, and
 * all but the first find nothing to do.
 * @returns the names applied by this call
 * @throws Error when a migration fails (then none of this call's is applied), when a newer version took away what this
 * one needs, or the lock is not free within ten minutes
 */
export async function migrate(ownerUrl: string, options: MigrateOptions = {}): Promise<{ applied: string[] }> {
  return withOwner(ownerUrl, async (client) => {
    await checkVersion(client);
    await client.query(`SET lock_timeout = ${LOCK_WAIT_TIMEOUT_MS}`);
    await client.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK_KEY]);
    assertServed(await listStored(client));
    const applied = await runMigrator(ownerUrl);
    for (const name of applied) options.log?.(`migration ${name} applied`);
    if (options.appRole !== undefined) await grantTo(client, options.appRole);
    return { applied };
  });
}

async function listStored(client: Client): Promise<MigrationStatus> {
  try {
    const result: unknown = await client.query(`SELECT name FROM ${MIGRATIONS_TABLE} ORDER BY name`);
    return judgeMigrations(rowsOf(result).map((row) => textOf(row['name'])));
  } catch (error) {
    if (hasSqlState(error, UNDEFINED_TABLE)) return judgeMigrations([]);
    throw error;
  }
}

function assertServed({ barring }: MigrationStatus): void {
  if (barring.length === 0) return;
  throw new Error(
    `the database has ${barring.join(', ')}, after which this version cannot serve: start a newer version`,
  );
}

/** Compares the database's migrations with those of this version. Needs only the right to read the migrator's table. */
export async function migrationStatus(url: string): Promise<MigrationStatus> {
  return withOwner(url, async (client) => {
    await checkVersion(client);
    return listStored(client);
  });
}

/**
 * Checks at the start of a service that its database has this version's migrations. Those of a newer version are no
 * obstacle as long as they leave what this version needs.
 * @throws Error when the database or the program is too old for the other; the message says what to do
 */
export async function assertMigrated(url: string): Promise<void> {
  const status = await migrationStatus(url);
  if (status.pending.length > 0) {
    throw new Error(
      `the database lacks ${status.pending.join(', ')}: run \`bin/coffer.mjs migrate\`, then start again`,
    );
  }
  assertServed(status);
}

/** The role to grant rights to: the user of the service's URL, or undefined when it is the owner itself. */
export function appRoleOf(databaseUrl: string, ownerUrl: string): string | undefined {
  const [app, owner] = [databaseUrl, ownerUrl].map((text) =>
    decodeURIComponent(new URL(splitDatabaseUrl(text)[0] ?? text).username),
  );
  return app === '' || app === owner ? undefined : app;
}
