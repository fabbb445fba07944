/**
 * Spreads the tables of the ledger over the servers of a Citus cluster, by wallet. Everything else stays on the coordinator, the
 * server that the service connects to.
 */
import type { Client } from 'pg';
import { hasCitus, listDistributed } from '../engine.ts';
import { listRows, rowsOf, small, textOf, truth, type Queries } from '../rows.ts';
import { SHARED_TABLES, SPREAD_TABLES } from './ledger-tables.ts';
import { assertMigrated, grantTo, withOwner } from './migrate.ts';

/** The table whose column the others are spread like. */
const FIRST_TABLE = 'wallet';
/** Functions that the ledger's own statements call. */
const CALLED_FUNCTIONS = ['refuse_stale_budgets()'];
/** A lock that is not to be had for this long is given up; the service goes on meanwhile, with its writes behind ours. */
const LOCK_WAIT_MS = 60_000;

/** What a call did. */
export interface Distributed {
  /** The servers that have parts of the ledger. */
  readonly servers: readonly string[];
  /** The tables that this call spread or copied to every server; empty when all were before. */
  readonly tables: readonly string[];
}

/** The database, or the cluster, is not ready; the message says what is missing and who has to do it. */
export class NotDistributable extends Error {
  override readonly name = 'NotDistributable';
}

/**
 * Spreads the tables that are not spread yet, copies the shared ones to every server, and sets what statements need there. All
 * tables in one transaction; writes wait for it. May run again at any time, and after a server was added.
 * @throws NotDistributable before anything is changed, with what is missing
 */
export async function distributeLedger(ownerUrl: string, appRole: string | undefined): Promise<Distributed> {
  await assertMigrated(ownerUrl);
  return withOwner(ownerUrl, async (client) => {
    const db: Queries = { raw: async (sql) => client.query(sql) };
    const servers = await checkCluster(db);
    await checkRoles(db, appRole);
    const tables = await spread(client, await listDistributed(db));
    await copyRowTypes(client);
    // A join of a table of one kind with a table of the other would end the server instead of the statement.
    const [row] = rowsOf(await client.query('SELECT quote_ident(current_database()) AS name'));
    await client.query(`ALTER DATABASE ${textOf(row?.['name'])} SET citus.local_table_join_policy = 'never'`);
    if (appRole !== undefined) await grantTo(client, appRole);
    return { servers, tables };
  });
}

/** @returns the servers that can have parts of the ledger */
async function checkCluster(db: Queries): Promise<string[]> {
  if (!(await hasCitus(db))) {
    throw new NotDistributable(
      'this database is a plain PostgreSQL and stays one server: for more, a superuser runs `CREATE EXTENSION citus` in it and in a database of the same name on each further server (docs/scale.md)',
    );
  }
  const nodes = await listRows(
    db,
    (row) => ({ server: textOf(row['server']), group: small(row['groupid']), takesParts: truth(row['takes_parts']) }),
    `SELECT nodename || ':' || nodeport AS server, groupid, isactive AND shouldhaveshards AS takes_parts
     FROM pg_dist_node WHERE noderole = 'primary' ORDER BY nodeid`,
  );
  if (!nodes.some(({ group }) => group === 0)) {
    throw new NotDistributable(
      'the cluster does not know its coordinator: a superuser runs SELECT citus_set_coordinator_host(<host>, <port>) here, with an address that every server reaches',
    );
  }
  const servers = nodes.filter(({ takesParts }) => takesParts).map(({ server }) => server);
  if (servers.length > 0) return servers;
  throw new NotDistributable(
    'the cluster has no further server: a superuser runs SELECT citus_add_node(<host>, <port>) here for each of them',
  );
}

/** The service's role has to be there before tables are: its rights go with them. */
async function checkRoles(db: Queries, appRole: string | undefined): Promise<void> {
  if (appRole === undefined) return;
  const literal = `'${appRole.replaceAll("'", "''")}'`;
  const lacking = await listRows(
    db,
    (row) => textOf(row['server']),
    `SELECT nodename || ':' || nodeport AS server FROM run_command_on_workers(
       'SELECT count(*) FROM pg_roles WHERE rolname = ' || quote_literal(${literal})) WHERE NOT success OR result <> '1'`,
  );
  if (lacking.length === 0) return;
  throw new NotDistributable(`the role ${appRole} does not exist on ${lacking.join(', ')}: create it there with LOGIN`);
}

/**
 * Copies the types of rows to every server. Statements name them and no table does, so that the cluster does not know that they are
 * needed: it copies a function with all that the function takes, to servers that are added later too.
 */
async function copyRowTypes(client: Client): Promise<void> {
  const types = rowsOf(await client.query(ROW_TYPES)).map((row) => textOf(row['name']));
  for (const type of types) {
    await client.query(`CREATE OR REPLACE FUNCTION takes_row(${type}[]) RETURNS boolean LANGUAGE sql AS 'SELECT true'`);
    await client.query(`SELECT create_distributed_function('takes_row(${type}[])')`);
  }
}

const ROW_TYPES = `SELECT typname AS name FROM pg_type
  WHERE typname ~ '^entry_row(_[0-9]+)?$' AND typtype = 'c' ORDER BY typname`;

async function spread(client: Client, known: ReadonlySet<string>): Promise<string[]> {
  const statements = [
    ...SHARED_TABLES.map((table) => ({ table, sql: `SELECT create_reference_table('${table}')` })),
    ...Object.entries(SPREAD_TABLES).map(([table, column]) => ({ table, sql: spreading(table, column) })),
  ].filter(({ table }) => !known.has(table));
  if (statements.length === 0) return [];
  await client.query('BEGIN');
  await client.query(`SET LOCAL lock_timeout = ${LOCK_WAIT_MS}`);
  // Triggers refuse changes on each server by themselves, and note entries of rails beside them.
  await client.query('SET LOCAL citus.enable_unsafe_triggers = on');
  // Types that were made by hand travel on one connection.
  await client.query("SET LOCAL citus.multi_shard_modify_mode = 'sequential'");
  for (const { sql } of statements) await client.query(sql);
  // What statements call on the servers; the functions of triggers go with their tables.
  for (const name of CALLED_FUNCTIONS) await client.query(`SELECT create_distributed_function('${name}')`);
  await client.query('COMMIT');
  return statements.map(({ table }) => table);
}

function spreading(table: string, column: string): string {
  if (table === FIRST_TABLE) return `SELECT create_distributed_table('${table}', '${column}', colocate_with => 'none')`;
  return `SELECT create_distributed_table('${table}', '${column}', colocate_with => '${FIRST_TABLE}')`;
}
