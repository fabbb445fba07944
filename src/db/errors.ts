/** Reads errors of the database: whether it is unavailable now, and the SQLSTATE with which it refused a statement. */

/** SQLSTATE: another row has this key already. */
export const UNIQUE_VIOLATION = '23505';
/** SQLSTATE: another transaction changed what this one read. */
export const SERIALIZATION_FAILURE = '40001';
/** SQLSTATE: there is no such table. */
export const UNDEFINED_TABLE = '42P01';
/** SQLSTATE: there is no room left on the server's disk. */
export const DISK_FULL = '53100';
/** SQLSTATE: the server, or the transaction, takes no writes. */
export const READ_ONLY = '25006';

/**
 * SQLSTATE classes and codes of a database that is unavailable now: connection lost, too many connections, shutting
 * down, read-only, cancelled, no login.
 */
const UNAVAILABLE_SQLSTATE = /^(08...|28...|3D000|53...|57P0[1-5]|57014|55P03|25006|40...)$/;
const NETWORK_CODES: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ETIMEDOUT',
  'ENOENT',
  'EHOSTUNREACH',
]);
/**
 * Messages of errors without a code, which pg, knex and its pool throw when a connection ends or none is free in time.
 * Knex puts the statement and a dash before pg's message.
 */
const UNAVAILABLE_MESSAGE =
  /(^| - )(Connection terminated|Client has encountered a connection error|Client was closed|timeout expired$|timeout exceeded when trying to connect|Unable to acquire a connection|Knex: Timeout acquiring a connection|aborted$)/;

/** True when an error means that the database cannot be reached or is unavailable now, rather than a wrong query. */
export function isDatabaseUnavailable(error: unknown): boolean {
  if (error instanceof AggregateError) return error.errors.some(isDatabaseUnavailable);
  if (!(error instanceof Error)) return false;
  const code = sqlStateOf(error);
  return UNAVAILABLE_SQLSTATE.test(code) || NETWORK_CODES.has(code) || UNAVAILABLE_MESSAGE.test(error.message);
}

/** Classes of SQLSTATEs of a value that the database refuses: it cannot be stored, or breaks a constraint. */
const OF_VALUES = /^2[23]...$/;

/** True when the database refused a value: of several rows in one statement, others may be fine. */
export function isOfValues(error: unknown): boolean {
  return OF_VALUES.test(sqlStateOf(error));
}

/** True for an error that carries this SQLSTATE. */
export function hasSqlState(error: unknown, state: string): boolean {
  return sqlStateOf(error) === state;
}

/** The SQLSTATE of an error, or a network code such as `ECONNRESET`; empty text when it has neither. */
export function sqlStateOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

/** A statement succeeded, but what it committed may be on one server only, and be lost with it. */
export class UnknownOutcome extends Error {
  override name = 'UnknownOutcome';
  /** SQLSTATE: whether the transaction was resolved is unknown. */
  readonly code = '08007';

  constructor() {
    super('somebody cancelled the wait for a synchronous standby: the commit may be on one server only');
  }
}

/**
 * True for the notice that a commit did not wait for its synchronous standby, because a person or a shutdown cancelled the
 * wait. The server answers such a commit as a success.
 */
export function isWaitCancelled(notice: unknown): boolean {
  return typeof notice === 'object' && notice !== null && 'routine' in notice && notice.routine === 'SyncRepWaitForLSN';
}

/** True for a prepared statement whose result would have other types than when it was prepared, as after a migration. */
export function isPlanOutdated(error: unknown): boolean {
  return (
    hasSqlState(error, '0A000') &&
    error instanceof Error &&
    'routine' in error &&
    error.routine === 'RevalidateCachedQuery'
  );
}
