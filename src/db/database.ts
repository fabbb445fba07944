import { knex, type Knex } from 'knex';

/** The pool that everything but the ledger writer uses. */
export type Database = Knex;
/** A connection within a transaction; it must not outlive it, and no network call is made while one is open. */
export type DatabaseTransaction = Knex.Transaction;

/** Longest that one statement of a repository may take. */
const STATEMENT_TIMEOUT_MS = 10_000;
const ACQUIRE_TIMEOUT_MS = 2_000;

/**
 * Opens a pool on a PostgreSQL URL. Connections are made when first needed; call `destroy()` at the end.
 * @param poolMax most connections it may hold.
 */
export function openDatabase(url: string, poolMax = 8): Database {
  return knex({
    client: 'pg',
    connection: {
      connectionString: url,
      statement_timeout: STATEMENT_TIMEOUT_MS,
      application_name: 'coffer',
    },
    pool: { min: 0, max: poolMax },
    acquireConnectionTimeout: ACQUIRE_TIMEOUT_MS,
  });
}
