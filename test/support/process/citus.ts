/**
 * Test databases on a Citus cluster: TEST_DATABASE_URL is a superuser's URL of the coordinator, and TEST_CITUS_WORKERS names the
 * further servers as host:port, separated by commas. Every database is made on all of them, migrated, and then spread.
 */
import { Client } from 'pg';
import { migrate } from '../../../src/db/schema/migrate.ts';
import { distributeLedger } from '../../../src/db/schema/distribute.ts';

const CONNECT_TIMEOUT_MS = 10_000;

/** The further servers; none where the tests run on one PostgreSQL. */
export function citusWorkers(): string[] {
  return (process.env['TEST_CITUS_WORKERS'] ?? '').split(',').filter((server) => server !== '');
}

/** Runs statements as the administrator in a database; without one, in the server's own. */
async function run(adminUrl: string, server: string, statements: readonly string[], database?: string): Promise<void> {
  const url = new URL(adminUrl);
  url.host = server;
  if (database !== undefined) url.pathname = `/${database}`;
  const client = new Client({ connectionString: url.href, connectionTimeoutMillis: CONNECT_TIMEOUT_MS });
  client.on('error', () => undefined);
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}

/** Runs statements on the coordinator and on every further server. */
export async function everywhere(adminUrl: string, statements: readonly string[], database?: string): Promise<void> {
  for (const server of [new URL(adminUrl).host, ...citusWorkers()]) await run(adminUrl, server, statements, database);
}

/** Creates a database on every server. */
export async function createCitusDatabase(adminUrl: string, name: string, owner: string): Promise<void> {
  await everywhere(adminUrl, [`CREATE DATABASE ${name} OWNER ${owner} TEMPLATE template0`]);
}

/** Migrates a database that {@link createCitusDatabase} made, and spreads its ledger. */
export async function spreadCitusDatabase(
  adminUrl: string,
  name: string,
  { ownerUrl, appRole }: { readonly ownerUrl: string; readonly appRole: string },
): Promise<void> {
  await migrate(ownerUrl, { appRole });
  await everywhere(adminUrl, ['CREATE EXTENSION citus'], name);
  const { host, hostname, port } = new URL(adminUrl);
  const added = citusWorkers().map((server) => {
    const [workerHost, workerPort] = server.split(':');
    return `SELECT citus_add_node('${workerHost}', ${workerPort})`;
  });
  // Tests break tables by triggers of their own.
  const lenient = `ALTER DATABASE ${name} SET citus.enable_unsafe_triggers = on`;
  await run(adminUrl, host, [`SELECT citus_set_coordinator_host('${hostname}', ${port})`, ...added, lenient], name);
  await distributeLedger(ownerUrl, appRole);
}
