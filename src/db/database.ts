/** Connections to PostgreSQL, their transactions, and which rows they may see. */
import type { Clock } from '../core/clock.ts';
import knexFactory, { type Knex } from 'knex';
import type { Socket } from 'node:net';
import { actSetting } from './audit-context.ts';
import { count, findRow, getRow, textOf, truth, type Queries } from './rows.ts';

/** A way to the database. Which orgs' rows it sees was settled when it was made; see {@link openOrgDatabases}. */
export interface Database extends Queries {
  /** Commits when the work resolves, and rolls back when it rejects. */
  transaction<Result>(
    work: (trx: DatabaseTransaction) => Promise<Result>,
    options?: TransactionOptions,
  ): Promise<Result>;
}

/**
 * A connection within a transaction. It ends with its transaction: a statement after that is an error before anything is
 * sent. No network call is made while one is open.
 */
export interface DatabaseTransaction extends Queries {
  isCompleted(): boolean;
}

/** A way to the database that has connections of its own. */
export type DatabasePool = Knex;

interface TransactionOptions {
  readonly isolationLevel: 'repeatable read';
}

/** Longest that one statement of a repository may take. */
const STATEMENT_TIMEOUT_MS = 10_000;
const ACQUIRE_TIMEOUT_MS = 2_000;
const CONNECT_TIMEOUT_MS = 5_000;
/**
 * A connection on which nothing came or went for this long is closed. The server ends every statement sooner: what is
 * silent longer is idle, or its other end is gone without a word, and then whoever waits is told.
 */
const SILENCE_MS_MAX = STATEMENT_TIMEOUT_MS + 5_000;

const quiet = (): void => undefined;

/** The part of a pg connection that its timeouts need. */
interface RawConnection {
  readonly connection: { readonly stream: Socket };
}

/** Asks the database whether it lives and can be written to; rejects when it does not, or cannot be. */
export async function pingDatabase(db: Database): Promise<void> {
  const readOnly = await getRow(db, (row) => textOf(row['transaction_read_only']), 'SHOW transaction_read_only');
  if (readOnly !== 'off') throw new Error('the database takes no writes');
}

/**
 * How far this process's clock is ahead of the database's, in milliseconds; negative when it is behind. Exact to the
 * time that the question takes.
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

/** True when the role of this connection owns the ledger, and so could take off what guards it. */
export async function ownsLedger(db: Database): Promise<boolean> {
  const owns = await findRow(
    db,
    (row) => truth(row['owns']),
    `SELECT pg_has_role(current_user, relowner, 'USAGE') AS owns FROM pg_class WHERE oid = 'entry'::regclass`,
  );
  return owns === true;
}

/** The setting that row-level security goes by: the id of one org, or {@link EVERY_ORG}. Without it no row is seen. */
const ORG_SETTING = 'coffer.org';
const EVERY_ORG = '*';

/** Both for this transaction alone. */
const SERVES = "SELECT set_config(?, ?, true), set_config('coffer.act', ?, true)";

/** What a connection begins with, so that it sees the rows of every org. */
export const SEES_EVERY_ORG = `-c ${ORG_SETTING}=${EVERY_ORG}`;

/**
 * Opens a pool that sees every org: for the detector, jobs, operators and their commands. Connections are made when
 * first needed; call `destroy()` at the end.
 * @param poolMax most connections it may hold.
 */
export function openDatabase(url: string, poolMax = 8, silenceMsMax = SILENCE_MS_MAX): DatabasePool {
  return openPool(url, { poolMax, silenceMsMax, options: SEES_EVERY_ORG });
}

/** Ways to the database for the requests of orgs. */
export interface OrgDatabases {
  /** Sees what belongs to no org, and the ledger's tables, which are asked by wallet; no row of any org. */
  readonly none: Database;
  /** Sees the rows of one org (its id, or the log of its events). Every statement of it is in a transaction. */
  of(org: string): Database;
  destroy(): Promise<void>;
}

/**
 * Opens a pool whose connections see no org. `of(org)` says in each transaction, and for that transaction alone, which
 * org's rows there are: what goes back to the pool has forgotten it, however the transaction ended.
 */
export function openOrgDatabases(url: string, poolMax = 8): OrgDatabases {
  const pool = openPool(url, { poolMax, silenceMsMax: SILENCE_MS_MAX, options: undefined });
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
 * The same way to the database for operators: while an act runs (audit-context.ts), each transaction names it, and a
 * statement outside of a transaction gets one.
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

/** True when the role of this connection is above row-level security: orgs are then held apart by the queries alone. */
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
    silenceMsMax,
    options,
  }: { readonly poolMax: number; readonly silenceMsMax: number; readonly options: string | undefined },
): DatabasePool {
  return knexFactory({
    client: 'pg',
    connection: {
      connectionString: options === undefined ? url : withOptions(url, options),
      statement_timeout: STATEMENT_TIMEOUT_MS,
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
      application_name: 'coffer',
    },
    pool: {
      min: 0,
      max: poolMax,
      afterCreate: (connection: RawConnection, done: (error: unknown, connection: RawConnection) => void): void => {
        const { stream } = connection.connection;
        stream.setTimeout(silenceMsMax, () => stream.destroy());
        done(undefined, connection);
      },
      // The pool hears of an end only a turn of the event loop later; until then it would hand the connection out.
      validate: ({ connection }: RawConnection): boolean => !connection.stream.destroyed,
    },
    // Whoever asked gets the error; stdout belongs to what scripts read.
    log: { debug: quiet, warn: quiet, error: quiet, deprecate: quiet },
    // Values stay out of error messages, and so out of logs.
    compileSqlOnError: false,
    acquireConnectionTimeout: ACQUIRE_TIMEOUT_MS,
  });
}

/**
 * A URL whose connections begin with these settings, beside those that it names itself. Given at the start of a
 * connection they are the connection's for its whole life, and a pooler in between that shares connections refuses them.
 */
export function withOptions(url: string, options: string): string {
  const changed = new URL(url);
  const own = changed.searchParams.get('options');
  changed.searchParams.set('options', own === null ? options : `${own} ${options}`);
  return changed.href.replace(/\+/g, '%20');
}
