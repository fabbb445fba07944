/** What an error of the database says: whether it cannot serve now, and by which SQLSTATE it refused a statement. */

/** SQLSTATE: another row has this key already. */
export const UNIQUE_VIOLATION = '23505';
/** SQLSTATE: another transaction changed what this one read. */
export const SERIALIZATION_FAILURE = '40001';
/** SQLSTATE: there is no such table. */
export const UNDEFINED_TABLE = '42P01';

/** SQLSTATE classes and codes that say "not now": connection lost, too many, shutting down, read-only, cancelled, no login. */
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
 * What pg, knex and its pool throw without any code when a connection ends or none can be had in time. Knex puts the
 * statement and a dash in front of what pg says.
 */
const UNAVAILABLE_MESSAGE =
  /(^| - )(Connection terminated|Client has encountered a connection error|Client was closed|timeout expired$|timeout exceeded when trying to connect|Unable to acquire a connection|Knex: Timeout acquiring a connection|aborted$)/;

/** Whether an error says that the database cannot be reached or cannot serve now, rather than that a query is wrong. */
export function isDatabaseUnavailable(error: unknown): boolean {
  if (error instanceof AggregateError) return error.errors.some(isDatabaseUnavailable);
  if (!(error instanceof Error)) return false;
  const code = sqlStateOf(error);
  return UNAVAILABLE_SQLSTATE.test(code) || NETWORK_CODES.has(code) || UNAVAILABLE_MESSAGE.test(error.message);
}

/** True for an error that carries this SQLSTATE. */
export function hasSqlState(error: unknown, state: string): boolean {
  return sqlStateOf(error) === state;
}

/** The SQLSTATE of an error, or the network's code (`ECONNRESET`) in its place; empty text where there is neither. */
export function sqlStateOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}
