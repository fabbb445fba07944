import { toCount } from '../core/integers.ts';
import type { Clock } from '../core/clock.ts';
import knexFactory, { type Knex } from 'knex';
import type { Socket } from 'node:net';

/** The pool that everything but the ledger writer uses. */
export type Database = Knex;
/** A connection within a transaction; it must not outlive it, and no network call is made while one is open. */
export type DatabaseTransaction = Knex.Transaction;

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

/** Asks the database for a sign of life; rejects when there is none. */
export async function pingDatabase(db: Database): Promise<void> {
  await db.raw('SELECT 1');
}

/**
 * How far this process's clock is ahead of the database's, in milliseconds; negative when it is behind. Exact to the
 * time that the question takes.
 */
export async function measureClockSkewMs(db: Database, clock: Clock): Promise<number> {
  const askedAtMs = clock.nowMs();
  const result: { rows: { now_ms: string }[] } = await db.raw(
    'SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint AS now_ms',
  );
  const [row] = result.rows;
  if (!row) throw new Error('the database told no time');
  const tripMs = clock.nowMs() - askedAtMs;
  return askedAtMs + tripMs / 2 - toCount(row.now_ms);
}

/** True when the role of this connection owns the ledger, and so could take off what guards it. */
export async function ownsLedger(db: Database): Promise<boolean> {
  const result: { rows: { owns: boolean }[] } = await db.raw(
    `SELECT pg_has_role(current_user, relowner, 'USAGE') AS owns FROM pg_class WHERE oid = 'entry'::regclass`,
  );
  return result.rows[0]?.owns === true;
}

/**
 * Opens a pool on a PostgreSQL URL. Connections are made when first needed; call `destroy()` at the end.
 * @param poolMax most connections it may hold.
 */
export function openDatabase(url: string, poolMax = 8, silenceMsMax = SILENCE_MS_MAX): Database {
  return knexFactory({
    client: 'pg',
    connection: {
      connectionString: url,
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
