/**
 * Rows as one array of a composite type in PostgreSQL's binary form (array_recv in arrayfuncs.c, record_recv in
 * rowtypes.c). One array of rows costs the server a fifth less than an array for each column, and a single row a
 * fraction of the preparation; text forms cost more than either.
 */

/**
 * OIDs of built-in element types (pg_type.dat). A type of our own has another OID in each database; since PostgreSQL 14
 * the server does not compare those, so that any number above the built-in range stands for "the type you expect".
 */
const OID = {
  bigint: 20,
  smallint: 21,
  integer: 23,
  text: 25,
  bytea: 17,
  uuid: 2950,
  timestamptz: 1184,
  own: 65_536,
} as const;

/** `own`: an enum of ours, sent as its label. */
export type ColumnType = keyof typeof OID;

/** A value as its column takes it: hex text for bytea, milliseconds for timestamptz, NULL for null. */
export type Value = string | number | bigint | null;

export interface RowColumn<Row> {
  readonly type: ColumnType;
  readonly value: (row: Row) => Value;
}

const ARRAY_HEADER_BYTES = 20;
/** Length and column count before a row's columns; type and length before each value. */
const HEADER_BYTES = 8;
const FIXED_VALUE_BYTES_MAX = 16;
const ROWS_AT_FIRST = 16;
/** Milliseconds between the epochs of 1970 and of PostgreSQL, 2000-01-01. */
const POSTGRES_EPOCH_MS = 946_684_800_000n;

/** Rows that become one binary parameter of type `composite[]`; they are written as they come. */
export class BinaryRows<Row> {
  private readonly columns: readonly RowColumn<Row>[];
  private readonly rowBytes: number;
  private buffer: Buffer;
  private at = ARRAY_HEADER_BYTES;
  private rows = 0;

  /** @param columns of the composite type, in its order. */
  constructor(columns: readonly RowColumn<Row>[]) {
    this.columns = columns;
    this.rowBytes = HEADER_BYTES + columns.length * (HEADER_BYTES + FIXED_VALUE_BYTES_MAX);
    this.buffer = Buffer.allocUnsafe(ARRAY_HEADER_BYTES + ROWS_AT_FIRST * this.rowBytes);
  }

  get count(): number {
    return this.rows;
  }

  add(row: Row): void {
    const start = this.at;
    let buffer = withRoom(this.buffer, start, this.rowBytes);
    let at = buffer.writeInt32BE(this.columns.length, start + 4);
    for (const { type, value: read } of this.columns) {
      const value = read(row);
      const valueBytesMax = typeof value === 'string' ? value.length * 3 : FIXED_VALUE_BYTES_MAX;
      buffer = withRoom(buffer, at, HEADER_BYTES + valueBytesMax);
      at = buffer.writeInt32BE(OID[type], at);
      const size = value === null ? -1 : WRITERS[type](buffer, at + 4, value);
      at = buffer.writeInt32BE(size, at) + Math.max(size, 0);
    }
    buffer.writeInt32BE(at - start - 4, start);
    this.buffer = buffer;
    this.at = at;
    this.rows += 1;
  }

  /** The parameter with every row so far. */
  toBuffer(): Buffer {
    this.buffer.writeInt32BE(this.rows > 0 ? 1 : 0, 0);
    this.buffer.writeInt32BE(0, 4);
    this.buffer.writeInt32BE(OID.own, 8);
    this.buffer.writeInt32BE(this.rows, 12);
    this.buffer.writeInt32BE(1, 16);
    // An empty array has no dimension, and so neither length nor lower bound.
    return this.buffer.subarray(0, this.rows > 0 ? this.at : 12);
  }
}

function withRoom(buffer: Buffer, at: number, bytes: number): Buffer {
  if (at + bytes <= buffer.length) return buffer;
  return Buffer.concat([buffer, Buffer.allocUnsafe(buffer.length + bytes)]);
}

/** Writes a value's bytes; answers how many. */
type Writer = (buffer: Buffer, at: number, value: string | number | bigint) => number;

const writeUtf8: Writer = (buffer, at, value) => buffer.write(textual(value), at, 'utf8');

const WRITERS: Readonly<Record<ColumnType, Writer>> = {
  bigint: (buffer, at, value) => buffer.writeBigInt64BE(BigInt(value), at) - at,
  timestamptz: (buffer, at, value) => buffer.writeBigInt64BE((BigInt(value) - POSTGRES_EPOCH_MS) * 1000n, at) - at,
  integer: (buffer, at, value) => buffer.writeInt32BE(numeric(value), at) - at,
  smallint: (buffer, at, value) => buffer.writeInt16BE(numeric(value), at) - at,
  uuid: (buffer, at, value) => buffer.write(textual(value).replaceAll('-', ''), at, 'hex'),
  bytea: (buffer, at, value) => buffer.write(textual(value), at, 'hex'),
  text: writeUtf8,
  own: writeUtf8,
};

function numeric(value: string | number | bigint): number {
  if (typeof value === 'number') return value;
  throw new TypeError(`a number is needed for this column, got ${typeof value}`);
}

function textual(value: string | number | bigint): string {
  if (typeof value === 'string') return value;
  throw new TypeError(`text is needed for this column, got ${typeof value}`);
}
