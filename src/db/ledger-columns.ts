/** The columns of `entry`: how an Entry becomes arrays for unnest, and how a row becomes an Entry. */
import { toCount } from '../core/integers.ts';
import type { Entry } from '../core/ledger/entry.ts';
import { ENTRY_TYPES, SERVICE_TYPES, type EntryType, type ServiceType } from '../core/ledger/vocabulary.ts';

interface Column {
  readonly name: string;
  readonly type: string;
  /** The column's value as an element of an array literal; NULL for none. */
  readonly element: (entry: Entry) => string;
  /** SQL that turns the element into the column. */
  readonly expression?: (name: string) => string;
}

const NULL = 'NULL';
const plain = (value: string | number | bigint | null): string => (value === null ? NULL : String(value));
const quoted = (value: string | null): string => (value === null ? NULL : `"${value.replace(/[\\"]/g, '\\$&')}"`);
const fromHex = (name: string): string => `decode(${name}, 'hex')`;

/** Last time that was written out; entries of one batch mostly share it. */
let shownTime = { atMs: -1, text: '' };
function timeElement(atMs: number): string {
  if (shownTime.atMs !== atMs) shownTime = { atMs, text: `"${new Date(atMs).toISOString()}"` };
  return shownTime.text;
}

/** In table order. */
const COLUMNS: readonly Column[] = [
  { name: 'wallet', type: 'uuid', element: (entry) => entry.wallet },
  { name: 'seq', type: 'bigint', element: (entry) => String(entry.seq) },
  { name: 'at', type: 'timestamptz', element: (entry) => timeElement(entry.atMs) },
  { name: 'available_delta', type: 'bigint', element: (entry) => String(entry.availableDelta) },
  { name: 'held_delta', type: 'bigint', element: (entry) => String(entry.heldDelta) },
  { name: 'available', type: 'bigint', element: (entry) => String(entry.available) },
  { name: 'held', type: 'bigint', element: (entry) => String(entry.held) },
  { name: 'deposited', type: 'bigint', element: (entry) => String(entry.deposited) },
  { name: 'lot', type: 'bigint', element: (entry) => plain(entry.lot) },
  { name: 'lot_left', type: 'bigint', element: (entry) => plain(entry.lotLeft) },
  { name: 'hold', type: 'bigint', element: (entry) => plain(entry.hold) },
  { name: 'key', type: 'uuid', element: (entry) => entry.key },
  { name: 'gift_delta', type: 'integer', element: (entry) => String(entry.giftDelta) },
  { name: 'gift_available', type: 'integer', element: (entry) => String(entry.giftAvailable) },
  { name: 'gift_held', type: 'integer', element: (entry) => String(entry.giftHeld) },
  { name: 'type', type: 'entry_type', element: (entry) => entry.type },
  { name: 'service', type: 'service_type', element: (entry) => plain(entry.service) },
  { name: 'part', type: 'smallint', element: (entry) => String(entry.part) },
  { name: 'contra', type: 'text', element: (entry) => quoted(entry.contra) },
  { name: 'input_hash', type: 'text', element: (entry) => plain(entry.inputHash), expression: fromHex },
  { name: 'deposit', type: 'uuid', element: (entry) => plain(entry.deposit) },
  { name: 'pack_order', type: 'uuid', element: (entry) => plain(entry.packOrder) },
  { name: 'reference', type: 'text', element: (entry) => quoted(entry.reference) },
  { name: 'app_id', type: 'text', element: (entry) => quoted(entry.appId) },
  { name: 'description', type: 'text', element: (entry) => quoted(entry.description) },
  { name: 'hash', type: 'text', element: (entry) => entry.hash, expression: fromHex },
];

const names = COLUMNS.map(({ name }) => name);

/** Inserts entries given as one array per column ($1 onwards), in an order that keeps two writers from deadlock. */
export const INSERT_ENTRIES = `INSERT INTO entry (${names.join(', ')})
  SELECT ${COLUMNS.map(({ name, expression }) => expression?.(name) ?? name).join(', ')}
  FROM unnest(${COLUMNS.map(({ type }, index) => `$${index + 1}::${type}[]`).join(', ')}) AS t (${names.join(', ')})
  ORDER BY wallet, seq`;

/** How many parameters {@link INSERT_ENTRIES} takes. */
export const ENTRY_PARAMETERS = COLUMNS.length;

/** The parameters of {@link INSERT_ENTRIES}. A column without any value is an empty array, which unnest pads. */
export function entryParameters(entries: readonly Entry[]): string[] {
  return COLUMNS.map(({ element }) => {
    let text = '';
    let empty = true;
    for (const entry of entries) {
      const one = element(entry);
      empty &&= one === NULL;
      text += text === '' ? one : `,${one}`;
    }
    return empty ? '{}' : `{${text}}`;
  });
}

/** The select list that {@link entryOfRow} reads, of a table or alias called `e`. */
export const ENTRY_COLUMNS = COLUMNS.map(({ name }) =>
  name === 'at'
    ? `(extract(epoch FROM e.at) * 1000)::bigint AS at_ms`
    : name === 'hash' || name === 'input_hash'
      ? `encode(e.${name}, 'hex') AS ${name}`
      : `e.${name}`,
).join(', ');

/** A row as PostgreSQL's driver gives it: int8 as text. */
export type EntryRow = Readonly<Record<string, unknown>>;

/** The entry in a row selected with {@link ENTRY_COLUMNS}. */
export function entryOfRow(row: EntryRow): Entry {
  return {
    wallet: textOf(row['wallet']),
    seq: count(row['seq']),
    atMs: count(row['at_ms']),
    availableDelta: micros(row['available_delta']),
    heldDelta: micros(row['held_delta']),
    available: micros(row['available']),
    held: micros(row['held']),
    deposited: micros(row['deposited']),
    lot: orNull(row['lot'], count),
    lotLeft: orNull(row['lot_left'], micros),
    hold: orNull(row['hold'], count),
    key: textOf(row['key']),
    giftDelta: small(row['gift_delta']),
    giftAvailable: small(row['gift_available']),
    giftHeld: small(row['gift_held']),
    type: oneOf<EntryType>(ENTRY_TYPES, row['type']),
    service: orNull(row['service'], (value) => oneOf<ServiceType>(SERVICE_TYPES, value)),
    part: small(row['part']),
    contra: orNull(row['contra'], textOf),
    inputHash: orNull(row['input_hash'], textOf),
    deposit: orNull(row['deposit'], textOf),
    packOrder: orNull(row['pack_order'], textOf),
    reference: orNull(row['reference'], textOf),
    appId: orNull(row['app_id'], textOf),
    description: orNull(row['description'], textOf),
    hash: textOf(row['hash']),
  };
}

/** Text of a column that is never NULL. */
export function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  throw new TypeError(`text expected from the database, got ${typeof value}`);
}

/** Micros of an int8 column. */
export function micros(value: unknown): bigint {
  return BigInt(textOf(value));
}

/** A whole number of an int8 column that is a position or a time, never money. */
export function count(value: unknown): number {
  return toCount(textOf(value));
}

/** A value that may be NULL. */
export function orNull<T>(value: unknown, read: (value: unknown) => T): T | null {
  return value === null ? null : read(value);
}

function small(value: unknown): number {
  if (typeof value === 'number') return value;
  throw new TypeError(`integer expected from the database, got ${typeof value}`);
}

function oneOf<T extends string>(list: readonly T[], value: unknown): T {
  const found = list.find((one) => one === value);
  if (found === undefined) throw new TypeError(`the database holds an unknown word: ${String(value)}`);
  return found;
}
