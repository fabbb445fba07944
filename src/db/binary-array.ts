/**
 * One-dimensional arrays in PostgreSQL's binary form (array_recv in src/backend/utils/adt/arrayfuncs.c): dimensions,
 * null flag, element type, length, lower bound, then length and bytes of each element. The server reads them at a
 * fraction of what array literals cost it, and so does building them cost us.
 */

/** Element types with their OIDs (pg_type.dat; fixed for built-in types). */
const OID = { bigint: 20, smallint: 21, integer: 23, text: 25, bytea: 17, uuid: 2950, timestamptz: 1184 } as const;
export type ElementType = keyof typeof OID;

/** A value as its element type takes it: hex text for bytea, milliseconds for timestamptz, NULL for null. */
export type Element = string | number | bigint | null;

const HEADER_BYTES = 20;
/** Milliseconds between the epochs of 1970 and of PostgreSQL, 2000-01-01. */
const POSTGRES_EPOCH_MS = 946_684_800_000n;

/** The empty array of a type. unnest over several arrays pads it with NULLs. */
export function emptyArray(type: ElementType): Buffer {
  const buffer = Buffer.alloc(12);
  buffer.writeInt32BE(OID[type], 8);
  return buffer;
}

/** An array of `count` elements, read one by one. */
export function binaryArray(type: ElementType, count: number, elementAt: (index: number) => Element): Buffer {
  let buffer = Buffer.allocUnsafe(HEADER_BYTES + count * 40);
  let at = HEADER_BYTES;
  let nulls = 0;
  for (let index = 0; index < count; index += 1) {
    const element = elementAt(index);
    const sizeMax = 4 + (typeof element === 'string' ? element.length * 3 : 8);
    if (at + sizeMax > buffer.length) buffer = Buffer.concat([buffer, Buffer.allocUnsafe(buffer.length + sizeMax)]);
    if (element === null) {
      nulls += 1;
      at = buffer.writeInt32BE(-1, at);
    } else {
      const size = writeElement(buffer, at + 4, type, element);
      buffer.writeInt32BE(size, at);
      at += 4 + size;
    }
  }
  if (nulls === count) return emptyArray(type);
  buffer.writeInt32BE(1, 0);
  buffer.writeInt32BE(nulls > 0 ? 1 : 0, 4);
  buffer.writeInt32BE(OID[type], 8);
  buffer.writeInt32BE(count, 12);
  buffer.writeInt32BE(1, 16);
  return buffer.subarray(0, at);
}

/** Writes one element's bytes; answers how many. */
function writeElement(buffer: Buffer, at: number, type: ElementType, element: string | number | bigint): number {
  switch (type) {
    case 'bigint':
      buffer.writeBigInt64BE(BigInt(element), at);
      return 8;
    case 'timestamptz':
      buffer.writeBigInt64BE((BigInt(element) - POSTGRES_EPOCH_MS) * 1000n, at);
      return 8;
    case 'integer':
      buffer.writeInt32BE(numeric(element), at);
      return 4;
    case 'smallint':
      buffer.writeInt16BE(numeric(element), at);
      return 2;
    case 'uuid':
      return buffer.write(textual(element).replaceAll('-', ''), at, 'hex');
    case 'bytea':
      return buffer.write(textual(element), at, 'hex');
    case 'text':
      return buffer.write(textual(element), at, 'utf8');
  }
}

function numeric(element: string | number | bigint): number {
  if (typeof element === 'number') return element;
  throw new TypeError(`a number is needed for this column, got ${typeof element}`);
}

function textual(element: string | number | bigint): string {
  if (typeof element === 'string') return element;
  throw new TypeError(`text is needed for this column, got ${typeof element}`);
}
