/** What `coffer doctor` and readiness ask PostgreSQL about how safe a commit is, and whether there is room for one. */
import pg from 'pg';
import { hasSqlState } from './errors.ts';
import type { Database } from './database.ts';
import { hostsOf } from './hosts.ts';
import { count, getRow, listRows, orNull, small, textOf, type Queries } from './rows.ts';

/** The oldest version that the product is tried with: `coffer doctor` and every start ask for it. */
export const POSTGRES_VERSION_MIN = 15;

/** SQLSTATE: temporary files have reached the size that the configuration allows. */
const TEMP_FILE_LIMIT = '53400';
const CONNECT_TIMEOUT_MS = 5_000;
/** Keeps a megabyte of rows with less memory than that, so that the server writes them to its disk, and removes them at once. */
const SPILL = `WITH filled AS MATERIALIZED (SELECT repeat('x', 1000) AS filler FROM generate_series(1, 1000))
  SELECT max(length(filler)) AS longest FROM filled`;

/**
 * Rejects when the server's disk has no room for a megabyte, with SQLSTATE 53100. It leaves nothing behind: neither rows
 * nor log, unlike a write.
 */
export async function proveSpace(db: Database): Promise<void> {
  try {
    await db.transaction(async (trx) => {
      await trx.raw("SELECT set_config('work_mem', '64kB', true), set_config('temp_tablespaces', '', true)");
      await trx.raw(SPILL);
    });
  } catch (error) {
    // An operator forbids large temporary files: then this cannot be known.
    if (!hasSqlState(error, TEMP_FILE_LIMIT)) throw error;
  }
}

/** The server's major version. */
export async function readServerVersion(db: Queries): Promise<number> {
  return getRow(db, (row) => small(row['major']), "SELECT current_setting('server_version_num')::int / 10000 AS major");
}

/** How the server makes commits durable, and what is between it and this process. */
export interface DurabilitySettings {
  readonly fsync: string;
  readonly fullPageWrites: string;
  readonly synchronousCommit: string;
  readonly synchronousStandbyNames: string;
}

/** Reads the settings of the connection's server. */
export async function readDurability(db: Database): Promise<DurabilitySettings> {
  return getRow(
    db,
    (row) => ({
      fsync: textOf(row['fsync']),
      fullPageWrites: textOf(row['full_page_writes']),
      synchronousCommit: textOf(row['synchronous_commit']),
      synchronousStandbyNames: textOf(row['names']),
    }),
    `SELECT current_setting('fsync') AS fsync, current_setting('full_page_writes') AS full_page_writes,
       current_setting('synchronous_commit') AS synchronous_commit,
       current_setting('synchronous_standby_names') AS names`,
  );
}

/** A server that follows this one. What a role without pg_read_all_stats may not see is null. */
export interface Replica {
  readonly name: string | null;
  readonly state: string | null;
  /** `sync` and `quorum`: commits may wait for it. */
  readonly syncState: string | null;
  readonly lagBytes: number | null;
}

/** The servers that follow the connection's server now. */
export async function listReplicas(db: Database): Promise<Replica[]> {
  return listRows(
    db,
    (row) => ({
      name: orNull(row['application_name'], textOf),
      state: orNull(row['state'], textOf),
      syncState: orNull(row['sync_state'], textOf),
      lagBytes: orNull(row['lag_bytes'], count),
    }),
    `SELECT application_name, state, sync_state,
       greatest(pg_wal_lsn_diff(pg_current_wal_lsn(), replay_lsn), 0)::int8 AS lag_bytes
     FROM pg_stat_replication ORDER BY application_name NULLS LAST, pid`,
  );
}

/** The collations whose rules have changed since indexes were built with them: such an index can miss rows. */
export async function listStaleCollations(db: Database): Promise<string[]> {
  return listRows(
    db,
    (row) => textOf(row['name']),
    `SELECT 'the database''s own' AS name FROM pg_database
       WHERE datname = current_database() AND datcollversion <> pg_database_collation_actual_version(oid)
     UNION ALL SELECT collname FROM pg_collation WHERE collversion <> pg_collation_actual_version(oid)
     ORDER BY name`,
  );
}

/** Whether a pooler is in front of the server: then the process that serves is another one than the client was told. */
export async function isBehindPooler(url: string): Promise<boolean> {
  const client = new pg.Client({
    connectionString: await hostsOf(url).choose(),
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
  });
  client.on('error', () => undefined);
  await client.connect();
  try {
    const db = { raw: async (sql: string) => client.query(sql) };
    const pid = await getRow(db, (row) => small(row['pid']), 'SELECT pg_backend_pid() AS pid');
    return 'processID' in client && client.processID !== pid;
  } finally {
    await client.end();
  }
}
