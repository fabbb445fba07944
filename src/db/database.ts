import knexFactory, { type Knex } from 'knex';

/** The pool that everything but the ledger writer uses. */
export type Database = Knex;
/** A connection within a transaction; it must not outlive it, and no network call is made while one is open. */
export type DatabaseTransaction = Knex.Transaction;

/** Longest that one statement of a repository may take. */
const STATEMENT_TIMEOUT_MS = 10_000;
const ACQUIRE_TIMEOUT_MS = 2_000;

const quiet = (): void => undefined;

/** Asks the database for a sign of life; rejects when there is none. */
export async function pingDatabase(db: Database): Promise<void> {
  await db.raw('SELECT 1');
}

/**
 * Opens a pool on a PostgreSQL URL. Connections are made when first needed; call `destroy()` at the end.
 * @param poolMax most connections it may hold.
 */
export function openDatabase(url: string, poolMax = 8): Database {
  return knexFactory({
    client: 'pg',
    connection: {
      connectionString: url,
      statement_timeout: STATEMENT_TIMEOUT_MS,
      application_name: 'coffer',
    },
    pool: { min: 0, max: poolMax },
    // Whoever asked gets the error; stdout belongs to what scripts read.
    log: { debug: quiet, warn: quiet, error: quiet, deprecate: quiet },
    // Values stay out of error messages, and so out of logs.
    compileSqlOnError: false,
    acquireConnectionTimeout: ACQUIRE_TIMEOUT_MS,
  });
}
