/** The tests' work as the server's superuser: roles, the template, clones of it. */
import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

import { Client } from 'pg';

import { SEES_EVERY_ORG, withOptions } from '../../../src/db/database.ts';
import { citusWorkers, createCitusDatabase, everywhere, spreadCitusDatabase } from './citus.ts';

const CLONE_ATTEMPTS_MAX = 200;
const CLONE_RETRY_DELAY_MS = 50;
const CONNECT_TIMEOUT_MS = 10_000;
const OBJECT_IN_USE = '55006';

/** Every name has a suffix of its own, so that several runs can share one server. */
export interface DatabaseServer {
  readonly adminUrl: string;
  readonly template: string;
  readonly templateOwnerUrl: string;
  readonly ownerRole: string;
  readonly appRole: string;
  readonly password: string;
}

function urlFor(adminUrl: string, role: string, password: string, database: string): string {
  const url = new URL(adminUrl);
  url.username = role;
  url.password = password;
  url.pathname = `/${database}`;
  return url.href;
}

/** Runs statements one after another on the server's own database. */
export async function asAdmin(adminUrl: string, statements: readonly string[]): Promise<void> {
  const client = new Client({ connectionString: adminUrl, connectionTimeoutMillis: CONNECT_TIMEOUT_MS });
  client.on('error', () => undefined);
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}

/** Creates roles and an empty template database. */
export async function prepareServer(adminUrl: string): Promise<DatabaseServer> {
  const suffix = randomBytes(4).toString('hex');
  const [ownerRole, appRole, template] = [`test_owner_${suffix}`, `test_app_${suffix}`, `test_template_${suffix}`];
  const password = randomBytes(12).toString('hex');
  await everywhere(adminUrl, [
    `CREATE ROLE ${ownerRole} LOGIN CREATEDB PASSWORD '${password}'`,
    `CREATE ROLE ${appRole} LOGIN PASSWORD '${password}'`,
    // The given user need not be a superuser: a member of a role may create databases for it.
    `GRANT ${ownerRole} TO CURRENT_USER`,
  ]);
  await asAdmin(adminUrl, [`CREATE DATABASE ${template} OWNER ${ownerRole}`]);
  const templateOwnerUrl = urlFor(adminUrl, ownerRole, password, template);
  return { adminUrl, template, templateOwnerUrl, ownerRole, appRole, password };
}

/** Removes what {@link prepareServer} created. */
export async function retireServer(server: DatabaseServer): Promise<void> {
  await everywhere(server.adminUrl, [
    `DROP DATABASE IF EXISTS ${server.template} WITH (FORCE)`,
    `DROP ROLE IF EXISTS ${server.ownerRole}`,
    `DROP ROLE IF EXISTS ${server.appRole}`,
  ]);
}

/** Drops every test database, and closes its connections, on a server that nothing else uses. */
export async function dropTestDatabases(adminUrl: string): Promise<void> {
  const client = new Client({ connectionString: adminUrl, connectionTimeoutMillis: CONNECT_TIMEOUT_MS });
  client.on('error', () => undefined);
  await client.connect();
  try {
    const { rows } = await client.query<{ datname: string }>(
      String.raw`SELECT datname FROM pg_database WHERE datname LIKE 'test\_%'`,
    );
    for (const { datname } of rows) await client.query(`DROP DATABASE IF EXISTS ${datname} WITH (FORCE)`);
  } finally {
    await client.end();
  }
}

async function create(server: DatabaseServer, statement: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await asAdmin(server.adminUrl, [statement]);
      return;
    } catch (error) {
      // Another clone is reading the template at this moment.
      const busy = error instanceof Error && 'code' in error && error.code === OBJECT_IN_USE;
      if (!busy || attempt >= CLONE_ATTEMPTS_MAX) throw error;
      await sleep(CLONE_RETRY_DELAY_MS);
    }
  }
}

/** A test's own database: its URLs, and how to drop it. */
export interface TestDatabase {
  /** The tables' owner, who sees the rows of every org. */
  readonly ownerUrl: string;
  /** The service's role, with the rights that migrations grant. */
  readonly appUrl: string;
  readonly appRole: string;
  drop(): Promise<void>;
}

/** Creates a database: a clone of the migrated template, or an empty one. */
export async function createDatabaseOn(server: DatabaseServer, content: 'migrated' | 'empty'): Promise<TestDatabase> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  if (citusWorkers().length > 0) return createSpread(server, name, content);
  const template = content === 'migrated' ? server.template : 'template0';
  await create(server, `CREATE DATABASE ${name} OWNER ${server.ownerRole} TEMPLATE ${template}`);
  return databaseNamed(server, name);
}

function databaseNamed(server: DatabaseServer, name: string): TestDatabase {
  return {
    ownerUrl: withOptions(urlFor(server.adminUrl, server.ownerRole, server.password, name), SEES_EVERY_ORG),
    appUrl: urlFor(server.adminUrl, server.appRole, server.password, name),
    appRole: server.appRole,
    drop: () => everywhere(server.adminUrl, [`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`]),
  };
}

/** No template: parts of tables lie on other servers, where a clone would have none. */
async function createSpread(
  server: DatabaseServer,
  name: string,
  content: 'migrated' | 'empty',
): Promise<TestDatabase> {
  await createCitusDatabase(server.adminUrl, name, server.ownerRole);
  const made = databaseNamed(server, name);
  if (content === 'migrated') await spreadCitusDatabase(server.adminUrl, name, made);
  return made;
}
