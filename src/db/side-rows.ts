/** Rows of other tables that the ledger's statement writes with its entries: their columns, as arrays for unnest. */

/** Types whose arrays are sent in binary form, which costs either side less than text. */
export type BinarySideType = 'uuid' | 'bigint' | 'integer' | 'smallint' | 'timestamptz';

/** A value of such a type: milliseconds since the epoch for timestamptz. */
export type BinarySideValue = string | number | bigint | null;

/** A column: its name, its type, and its value in a row. */
export type SideColumn<Row> =
  | readonly [name: string, type: BinarySideType, read: (row: Row) => BinarySideValue]
  | readonly [name: string, type: 'text' | 'jsonb' | 'boolean' | 'bytea', read: (row: Row) => unknown];

/** One kind of side change: its rows, and the SQL that applies them. */
export interface Part<Row> {
  readonly rows: readonly Row[];
  readonly columns: readonly SideColumn<Row>[];
  /** @param rows a FROM item called t with the columns. */
  readonly sql: (rows: string) => string;
  /** False where it may write fewer rows than it has; left out: a missing row makes the write fail. */
  readonly isCounted?: boolean | undefined;
}
