/** CSV (RFC 4180) that spreadsheets open, and in which no text of others is computed. */
import { stringify } from 'csv-stringify/sync';

export const CSV_TYPE = 'text/csv; charset=utf-8; header=present';
/** Tells Excel that a file is UTF-8. */
export const BYTE_ORDER_MARK = '\ufeff';

/**
 * How a cell begins that a spreadsheet may read as a formula: the signs, those of full width, and white space, which some
 * skip.
 */
const FORMULA_START = /^(?:[=+\-@\uff1d\uff0b\uff0d\uff20]|\s)/;
/** Columns of our own numbers, which are left as they are. */
const NUMBER_COLUMN = /Usd$|^giftCards/;

/** What a cell is made of; an object is written as JSON. */
type Cell = string | number | boolean | object | null;

/** A cell of a column. A text that a spreadsheet may compute gets an apostrophe in front. */
function cell(column: string, value: Cell): string {
  const text = value === null ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value);
  return FORMULA_START.test(text) && !NUMBER_COLUMN.test(column) ? `'${text}` : text;
}

/** The head line of a file with these columns. */
export function csvHead(columns: readonly string[]): string {
  return lines([columns]);
}

/** The lines of some rows; null cells stay empty. */
export function csvLines<Column extends string>(
  columns: readonly Column[],
  rows: readonly { readonly [Name in Column]: Cell }[],
): string {
  return lines(rows.map((row) => columns.map((column) => cell(column, row[column]))));
}

function lines(rows: readonly (readonly string[])[]): string {
  return rows.length === 0 ? '' : stringify([...rows], { record_delimiter: '\r\n' });
}
