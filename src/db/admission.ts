/** What is asked of a server over each new connection, before the connection is used. */
import { hasSqlState } from './errors.ts';
import { count, getRow, textOf, truth, type Queries } from './rows.ts';

/** A server, or the way to it, on which nothing may be done. Its SQLSTATE makes it an unavailable database to callers. */
export class ServerRefused extends Error {
  override name = 'ServerRefused';
  readonly code = '08004';
  /** One word for everyone who may ask whether the service is ready; the message has the details. */
  readonly reason: RefusalReason;

  constructor(reason: RefusalReason, message: string) {
    super(message);
    this.reason = reason;
  }
}

/** Why a server is not used, or why a service is not ready. */
export const REFUSAL_REASONS = [
  /** A pooler drops the start-up options of connections. */
  'pooler',
  /** It takes no writes. */
  'read-only',
  /** It is a primary that was replaced. */
  'older-timeline',
  /** Writes wait for a synchronous standby. */
  'standby-away',
  'disk-full',
  /** Its clock and this machine's differ. */
  'clock',
  /** It lacks what it had, or nobody knows whether it does. */
  'recovery-required',
] as const;
export type RefusalReason = (typeof REFUSAL_REASONS)[number];

/** What a server answers about itself and about the connection. */
export interface ServerState {
  /** Org whose rows the connection sees; empty text: of none. */
  readonly org: string;
  readonly statementTimeoutMs: number;
  readonly isWritable: boolean;
  /** Grows with every promotion; 0: unknown, as on a standby and on services that hide it. */
  readonly timeline: number;
  /** Sessions of this role that wait for a synchronous standby, and have for a while. */
  readonly waiting: number;
  /** How many of them are ledger writers. */
  readonly waitingWriters: number;
}

/** What a connection must be like. */
export interface Expected {
  readonly org: string;
  readonly statementTimeoutMs: number;
  /** Most sessions that may wait for a standby; the connection is refused when more do. */
  readonly waitingMax: number;
  /** The same for ledger writers. */
  readonly waitingWritersMax: number;
}

/** When the statement reached the server, by its clock, in milliseconds. */
export const SERVER_TIME = 'SELECT floor(extract(epoch FROM statement_timestamp()) * 1000)::int8 AS now_ms';

/** Every writer of the ledger connects under this name. */
export const WRITER_NAME = 'coffer ledger writer';
/**
 * Most sessions of the service's role that may wait for a standby before no further connection is opened: the server ends
 * none of them, not even after its client has gone, so they would fill its max_connections.
 */
export const WAITING_SESSIONS_MAX = 16;
/** A session that waits for a standby counts from here on; a healthy standby answers within milliseconds. */
const WAITING_FROM_SECONDS = 3;

/** SQLSTATEs of a service that hides what a function tells: not supported, no such function, no right. */
export const HIDDEN_STATES: readonly string[] = ['0A000', '42883', '42501'];
/** Also of a server in the wrong state, such as a standby. */
const NO_TIMELINE: readonly string[] = [...HIDDEN_STATES, '55000'];
/** The name of the current WAL file begins with the timeline; the control file would show it after a checkpoint only. */
const TIMELINE = `CASE WHEN pg_is_in_recovery() THEN 0
  ELSE ('x' || left(pg_walfile_name(pg_current_wal_lsn()), 8))::bit(32)::int8 END`;

/** The sessions of this role that wait for a synchronous standby, for at least so many seconds. */
const WAITING = (seconds: number): string => `pg_stat_activity WHERE usename = current_user AND state = 'active'
  AND wait_event = 'SyncRep' AND clock_timestamp() - query_start > interval '${seconds} seconds'`;

const ask = (timeline: string): string => `SELECT coalesce(current_setting('coffer.org', true), '') AS org,
  (extract(epoch FROM current_setting('statement_timeout')::interval) * 1000)::int8 AS timeout_ms,
  current_setting('transaction_read_only') = 'off' AS writable, ${timeline} AS timeline, waiting.*
  FROM (SELECT count(*) AS all, count(*) FILTER (WHERE application_name = '${WRITER_NAME}') AS writers
    FROM ${WAITING(WAITING_FROM_SECONDS)}) AS waiting`;

/** Asks a server about itself, over one connection. */
export async function askServer(connection: Queries): Promise<ServerState> {
  const read = async (timeline: string): Promise<ServerState> =>
    getRow(
      connection,
      (row) => ({
        org: textOf(row['org']),
        statementTimeoutMs: count(row['timeout_ms']),
        isWritable: truth(row['writable']),
        timeline: count(row['timeline']),
        waiting: count(row['all']),
        waitingWriters: count(row['writers']),
      }),
      ask(timeline),
    );
  try {
    return await read(TIMELINE);
  } catch (error) {
    if (!NO_TIMELINE.some((state) => hasSqlState(error, state))) throw error;
    return read('0::int8');
  }
}

/** Checks a connection by what its server says. @throws ServerRefused that says why it is not used */
export function checkServer(state: ServerState, expected: Expected): void {
  if (state.org !== expected.org || state.statementTimeoutMs !== expected.statementTimeoutMs) {
    throw new ServerRefused(
      'pooler',
      'the connection lost its start-up options (coffer.org, statement_timeout): a pooler in front of PostgreSQL drops them; connect to PostgreSQL itself',
    );
  }
  if (!state.isWritable)
    throw new ServerRefused('read-only', 'the server takes no writes: it is a standby or read-only');
  if (state.waiting > expected.waitingMax || state.waitingWriters > expected.waitingWritersMax) {
    throw new ServerRefused('standby-away', `${state.waiting} writes wait for a synchronous standby; none is added`);
  }
}

/** How many seconds the oldest statement of this role has waited for a synchronous standby; 0 when none does. */
export async function findOldestWaitSeconds(db: Queries): Promise<number> {
  return getRow(
    db,
    (row) => count(row['seconds']),
    `SELECT coalesce(floor(extract(epoch FROM max(clock_timestamp() - query_start))), 0)::int8 AS seconds
     FROM ${WAITING(0)}`,
  );
}
