/**
 * Runs statements and reads their rows with a check on each value: the driver gives int8 as text, int4 as a number, times
 * as Date. A column that is missing or of another type than its reader expects is a TypeError, never a wrong value.
 */
import type { Knex } from 'knex';
import { toCount } from '../core/integers.ts';

/** The values of a statement's placeholders: in order, or by name. */
export type Bindings = readonly Knex.RawBinding[] | Knex.ValueDict;

/** Runs statements: a pool, a transaction, or one org's access to the database. */
export interface Queries {
  /** Runs a statement; {@link listRows}, {@link findRow} and {@link getRow} read its rows. */
  raw(sql: string, bindings?: Bindings): PromiseLike<unknown>;
}

/** One row: unchecked values by column name. */
export type Row = Readonly<Record<string, unknown>>;

/** Reads and checks a row. @throws TypeError or RangeError for a value that does not fit its column */
export type RowReader<T> = (row: Row) => T;

/** Runs a statement and reads all its rows, in order. @throws TypeError for a row that cannot be read */
export async function listRows<T>(
  db: Queries,
  readRow: RowReader<T>,
  sql: string,
  bindings: Bindings = [],
): Promise<T[]> {
  return rowsOf(await db.raw(sql, bindings)).map((row) => readRow(row));
}

/** Like {@link listRows}, for a statement with one row or none. @throws Error for more than one */
export async function findRow<T>(
  db: Queries,
  readRow: RowReader<T>,
  sql: string,
  bindings: Bindings = [],
): Promise<T | undefined> {
  const [first, ...more] = await listRows(db, readRow, sql, bindings);
  if (more.length > 0) throw new Error(`one row expected from the database, got ${more.length + 1}`);
  return first;
}

/** Like {@link findRow}, for a statement that always has a row. @throws Error when there is none */
export async function getRow<T>(db: Queries, readRow: RowReader<T>, sql: string, bindings: Bindings = []): Promise<T> {
  const [row] = await listRows(db, (one) => ({ value: readRow(one) }), sql, bindings);
  if (row === undefined) throw new Error('a row was expected from the database, and there is none');
  return row.value;
}

/** Runs a statement; returns how many rows it changed (or found, for a SELECT). */
export async function changeRows(db: Queries, sql: string, bindings: Bindings = []): Promise<number> {
  const result = await db.raw(sql, bindings);
  const changed = typeof result === 'object' && result !== null && 'rowCount' in result ? result.rowCount : undefined;
  if (typeof changed !== 'number') throw new TypeError('the database did not say how many rows it changed');
  return changed;
}

/** The rows of a driver's result. @throws TypeError when it has no list of rows, as for several statements at once */
export function rowsOf(result: unknown): readonly Row[] {
  const rows = typeof result === 'object' && result !== null && 'rows' in result ? result.rows : undefined;
  if (!Array.isArray(rows) || !rows.every(isRow)) throw new TypeError('rows expected from the database');
  return rows;
}

/** True for an object with columns: a row, or an object within a json column. */
export function isRow(value: unknown): value is Row {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isObject && !(value instanceof Date) && !Buffer.isBuffer(value);
}

/** An object within a json column. */
export function rowOf(value: unknown): Row {
  if (isRow(value)) return value;
  throw new TypeError(`object expected from the database, got ${typeof value}`);
}

/** Text of a column that is never NULL: text, uuid, an enum, int8 or numeric as written. */
export function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  throw new TypeError(`text expected from the database, got ${typeof value}`);
}

const WHOLE_NUMBER = /^-?[0-9]+$/;

/** Micro-dollars of an int8 or whole numeric column, signed. */
export function micros(value: unknown): bigint {
  const text = textOf(value);
  // BigInt reads empty text as zero, and accepts 0x, 0b and blanks.
  if (!WHOLE_NUMBER.test(text)) throw new RangeError(`not a whole number of micro-dollars: ${text.slice(0, 40)}`);
  return BigInt(text);
}

/** A whole number of an int8 column that is a position, a height or a time in milliseconds, never money. */
export function count(value: unknown): number {
  return toCount(textOf(value));
}

/** A whole number of an int4 or int2 column, or of a json value. */
export function small(value: unknown): number {
  if (typeof value === 'number' && value % 1 === 0) return value;
  throw new TypeError(`integer expected from the database, got ${typeof value}`);
}

/** A boolean column. */
export function truth(value: unknown): boolean {
  if (typeof value === 'boolean') return value;
  throw new TypeError(`boolean expected from the database, got ${typeof value}`);
}

/** Bytes of a bytea column. */
export function bytesOf(value: unknown): Buffer {
  if (Buffer.isBuffer(value)) return value;
  throw new TypeError(`bytes expected from the database, got ${typeof value}`);
}

/** A json object whose values are all texts. */
export function namedTexts(value: unknown): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(rowOf(value)).map(([name, text]) => [name, textOf(text)]));
}

/** A time of a timestamptz column. */
export function timeOf(value: unknown): Date {
  if (value instanceof Date) return value;
  throw new TypeError(`time expected from the database, got ${typeof value}`);
}

/** Like {@link timeOf}, in milliseconds since the epoch. */
export function timeMsOf(value: unknown): number {
  return timeOf(value).getTime();
}

/** A number of a float8 column. */
export function float(value: unknown): number {
  if (typeof value === 'number') return value;
  throw new TypeError(`number expected from the database, got ${typeof value}`);
}

/** Values of an array column, or of a json array, each read by `read`. */
export function listOf<T>(value: unknown, read: (value: unknown) => T): T[] {
  if (Array.isArray(value)) return value.map((one: unknown) => read(one));
  throw new TypeError(`array expected from the database, got ${typeof value}`);
}

/** A column that holds one word of a closed list, such as an enum. */
export function oneOf<T extends string>(list: readonly T[], value: unknown): T {
  const found = list.find((one) => one === value);
  if (found === undefined) throw new TypeError(`the database holds an unknown word: ${String(value)}`);
  return found;
}

/** A value that may be NULL. */
export function orNull<T>(value: unknown, read: (value: unknown) => T): T | null {
  return value === null ? null : read(value);
}
