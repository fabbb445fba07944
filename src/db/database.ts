/** Connections to PostgreSQL, their transactions, and the rows that each may see. */
import type { Clock } from '../core/clock.ts';
import { callbackify } from 'node:util';
import knexFactory, { type Knex } from 'knex';
import { changeParameters } from '../core/database-url.ts';
import { WAITING_SESSIONS_MAX } from './admission.ts';
import { actSetting } from './audit-context.ts';
import { hostsOf } from './hosts.ts';
import { admitConnection, isUsable, type PooledConnection } from './pooled-connection.ts';
import { count, findRow, getRow, truth, type Queries } from './rows.ts';
import { isTracing, statementSpan, traced } from './tracing.ts';

/** Access to the database. Which orgs' rows it sees is fixed when it is made; see {@link openOrgDatabases}. */
export interface Database extends Queries {
  /** Commits when the work resolves, and rolls back when it rejects. */
  transaction<Result>(
    work: (trx: DatabaseTransaction) => Promise<Result>,
    options?: TransactionOptions,
  ): Promise<Result>;
}

/**
 * A connection within a transaction. A statement after the end of the transaction throws before anything is sent. Code
 * that holds one makes no other network call.
 */
export interface DatabaseTransaction extends Queries {
  isCompleted(): boolean;
}

/** Access to the database with connections of its own. */
export type DatabasePool = Knex;

interface TransactionOptions {
  readonly isolationLevel: 'repeatable read';
}

/** Longest time for one statement; the server then cancels it. */
const STATEMENT_TIMEOUT_MS = 10_000;
const ACQUIRE_TIMEOUT_MS = 2_000;
const CONNECT_TIMEOUT_MS = 5_000;
/**
 * A connection without traffic for this long is closed. The server ends every statement sooner, so such a connection is
 * idle, or its other end is gone without notice; a caller that waits for it then gets an error.
 */
const SILENCE_MS_MAX = STATEMENT_TIMEOUT_MS + 5_000;

const quiet = (): void => undefined;

/**
 * Rejects when the database does not answer, or takes no writes. It asks for a lock on no row: a server that is read-only
 * refuses that as it would refuse a write, so that the pool drops the connection.
 */
export async function pingDatabase(db: Database): Promise<void> {
  await db.raw("SELECT 1 FROM lease WHERE name = '' FOR SHARE");
}

/**
 * How far this process's clock is ahead of the database's, in milliseconds; negative when it is behind. The error is at
 * most the time that the query takes.
 */
export async function measureClockSkewMs(db: Database, clock: Clock): Promise<number> {
  const askedAtMs = clock.nowMs();
  const theirsMs = await getRow(
    db,
    (row) => count(row['now_ms']),
    'SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint AS now_ms',
  );
  const tripMs = clock.nowMs() - askedAtMs;
  return askedAtMs + tripMs / 2 - theirsMs;
}

/** True when the role of this connection owns the ledger, and so could remove its triggers and checks. */
export async function ownsLedger(db: Database): Promise<boolean> {
  const owns = await findRow(
    db,
    (row) => truth(row['owns']),
    `SELECT pg_has_role(current_user, relowner, 'USAGE') AS owns FROM pg_class WHERE oid = 'entry'::regclass`,
  );
  return owns === true;
}

/** The setting that row-level security reads: the id of one org, or {@link EVERY_ORG}. Without it no row is visible. */
const ORG_SETTING = 'coffer.org';
const EVERY_ORG = '*';

/** Sets the org and the audited action, both for this transaction only. */
const SERVES = "SELECT set_config(?, ?, true), set_config('coffer.act', ?, true)";

/** Startup option of a connection that sees the rows of every org. */
export const SEES_EVERY_ORG = `-c ${ORG_SETTING}=${EVERY_ORG}`;

/** What a pool is used for. */
export interface PoolUse {
  /** Nothing that has to be durable is written over it: its connections are opened however many commits wait. */
  readonly readsOnly?: boolean;
  /** A connection without traffic for this long is closed. */
  readonly silenceMsMax?: number;
}

/**
 * Opens a pool that sees the rows of every org: for the detector, jobs, operators and their commands. Connections are
 * made when first needed; call `destroy()` at the end.
 * @param poolMax most connections it may hold.
 */
export function openDatabase(url: string, poolMax = 8, use: PoolUse = {}): DatabasePool {
  return openPool(url, { ...use, poolMax, options: SEES_EVERY_ORG });
}

/** Access to the database for the requests of orgs. */
export interface OrgDatabases {
  /** Sees what belongs to no org, and the ledger's tables, which are queried by wallet; no row of any org. */
  readonly none: Database;
  /** Sees the rows of one org only, by its id, which is also that of its event log. Every statement runs in a transaction. */
  of(org: string): Database;
  destroy(): Promise<void>;
}

/**
 * Opens a pool whose connections see the rows of no org. `of(org)` sets the org in each transaction, for that transaction
 * only: a connection that returns to the pool has lost the setting, however the transaction ended.
 */
export function openOrgDatabases(url: string, poolMax = 8, use: PoolUse = {}): OrgDatabases {
  const pool = openPool(url, { ...use, poolMax, options: undefined });
  return {
    none: pool,
    of: (org) => {
      const transaction: Database['transaction'] = async (work, options) =>
        pool.transaction(async (trx) => {
          await trx.raw(SERVES, [ORG_SETTING, org, actSetting()]);
          return work(trx);
        }, options);
      return { transaction, raw: async (sql, bindings = []) => transaction(async (trx) => trx.raw(sql, bindings)) };
    },
    destroy: async () => pool.destroy(),
  };
}

/**
 * The same access for operators: while an audited action runs (audit-context.ts), each transaction names it to the
 * database, and a statement outside a transaction gets one of its own.
 */
export function audited(db: Database): Database {
  const transaction: Database['transaction'] = async (work, options) => {
    const setting = actSetting();
    if (setting === '') return db.transaction(work, options);
    return db.transaction(async (trx) => {
      await trx.raw("SELECT set_config('coffer.act', ?, true)", [setting]);
      return work(trx);
    }, options);
  };
  return {
    transaction,
    raw: async (sql, bindings = []) =>
      actSetting() === '' ? db.raw(sql, bindings) : transaction(async (trx) => trx.raw(sql, bindings)),
  };
}

/** True when the role of this connection bypasses row-level security: then only the queries keep orgs apart. */
export async function seesPastPolicies(db: Database): Promise<boolean> {
  const above = await findRow(
    db,
    (row) => truth(row['above']),
    'SELECT rolsuper OR rolbypassrls AS above FROM pg_roles WHERE rolname = current_user',
  );
  return above === true;
}

function openPool(
  url: string,
  {
    poolMax,
    options,
    readsOnly = false,
    silenceMsMax = SILENCE_MS_MAX,
  }: PoolUse & { readonly poolMax: number; readonly options: string | undefined },
): DatabasePool {
  const hosts = hostsOf(url);
  const connectionTo = (host: string): Knex.PgConnectionConfig => ({
    connectionString: options === undefined ? host : withOptions(host, options),
    statement_timeout: STATEMENT_TIMEOUT_MS,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    application_name: 'coffer',
  });
  const admission = {
    hosts,
    silenceMsMax,
    expected: {
      org: options === undefined ? '' : EVERY_ORG,
      statementTimeoutMs: STATEMENT_TIMEOUT_MS,
      waitingMax: readsOnly ? Infinity : WAITING_SESSIONS_MAX,
      waitingWritersMax: Infinity,
    },
  };
  const pool = knexFactory({
    client: 'pg',
    connection: hosts.areSeveral
      ? async () => ({ ...connectionTo(await hosts.choose()), expirationChecker: () => hosts.isUncertain })
      : connectionTo(url),
    pool: {
      min: 0,
      max: poolMax,
      afterCreate: callbackify(async (connection: PooledConnection) => admitConnection(connection, admission)),
      validate: (connection: PooledConnection): boolean => isUsable(connection, hosts),
    },
    // The caller gets the error; stdout is for output that scripts read.
    log: { debug: quiet, warn: quiet, error: quiet, deprecate: quiet },
    // Keeps values out of error messages, and so out of logs.
    compileSqlOnError: false,
    acquireConnectionTimeout: ACQUIRE_TIMEOUT_MS,
  });
  return isTracing() ? tracedDatabase(pool) : pool;
}

/** The same access with a span for each transaction, which says how many statements it had, and for each lone statement. */
function tracedDatabase<Pool extends Database>(pool: Pool): Pool {
  const raw: Database['raw'] = async (sql, bindings) =>
    traced(
      () => statementSpan(sql),
      async () => pool.raw(sql, bindings),
    );
  const transaction: Database['transaction'] = async (work, options) =>
    traced(
      () => ({ name: 'sql transaction', kind: 'client', attributes: { 'db.system.name': 'postgresql' } }),
      async (noteOfSpan) => {
        let statements = 0;
        const counting = (trx: DatabaseTransaction): DatabaseTransaction => ({
          isCompleted: () => trx.isCompleted(),
          raw: async (sql, bindings) => {
            statements += 1;
            return trx.raw(sql, bindings);
          },
        });
        try {
          return await pool.transaction(async (trx) => work(counting(trx)), options);
        } finally {
          noteOfSpan({ 'coffer.statements': statements });
        }
      },
    );
  return new Proxy(pool, {
    get: (target, name) => (name === 'raw' ? raw : name === 'transaction' ? transaction : Reflect.get(target, name)),
  });
}

/**
 * The URL of one host whose connections start with these settings, in addition to those in the URL. Startup settings hold
 * for the life of a connection. A pooler may drop them; each new connection is therefore asked for them.
 */
export function withOptions(url: string, options: string): string {
  return changeParameters(new URL(url), (parameters) => {
    const own = parameters.get('options');
    parameters.set('options', own === null ? options : `${own} ${options}`);
  });
}
