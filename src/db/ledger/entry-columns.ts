/** The columns of `entry`: how an Entry becomes arrays for unnest, and how a row becomes an Entry. */
import type { Entry } from '../../core/ledger/entry.ts';
import type { Balances } from '../../core/ledger/head.ts';
import type { EntryText } from '../../core/ledger/entry-text.ts';
import { ENTRY_TYPES, revenueAccount, type EntryType } from '../../core/ledger/vocabulary.ts';
import { count, micros, namedTexts, oneOf, orNull, rowOf, small, textOf, type Row } from '../rows.ts';
import { budgetsAsOf } from '../budgets/state.ts';
import { binaryArray, BinaryRows, type RowColumn } from './binary-rows.ts';
import { sharesTurns } from './turns.ts';

interface Column extends RowColumn<Entry> {
  readonly name: string;
}

/** In table order. */
const COLUMNS: readonly Column[] = [
  { name: 'wallet', type: 'uuid', value: (entry) => entry.wallet },
  { name: 'seq', type: 'bigint', value: (entry) => entry.seq },
  { name: 'at', type: 'timestamptz', value: (entry) => entry.atMs },
  { name: 'available_delta', type: 'bigint', value: (entry) => entry.availableDelta },
  { name: 'held_delta', type: 'bigint', value: (entry) => entry.heldDelta },
  { name: 'available', type: 'bigint', value: (entry) => entry.available },
  { name: 'held', type: 'bigint', value: (entry) => entry.held },
  { name: 'deposited', type: 'bigint', value: (entry) => entry.deposited },
  { name: 'lot', type: 'bigint', value: (entry) => entry.lot },
  { name: 'lot_left', type: 'bigint', value: (entry) => entry.lotLeft },
  { name: 'hold', type: 'bigint', value: (entry) => entry.hold },
  { name: 'key', type: 'uuid', value: (entry) => entry.key },
  { name: 'gift_delta', type: 'integer', value: (entry) => entry.giftDelta },
  { name: 'gift_available', type: 'integer', value: (entry) => entry.giftAvailable },
  { name: 'gift_held', type: 'integer', value: (entry) => entry.giftHeld },
  { name: 'type', type: 'own', value: (entry) => entry.type },
  { name: 'service', type: 'text', value: (entry) => entry.service },
  { name: 'part', type: 'smallint', value: (entry) => entry.part },
  { name: 'contra', type: 'text', value: (entry) => (entry.contra === impliedContra(entry) ? null : entry.contra) },
  { name: 'input_hash', type: 'bytea', value: (entry) => entry.inputHash },
  { name: 'deposit', type: 'uuid', value: (entry) => entry.deposit },
  { name: 'pack_order', type: 'uuid', value: (entry) => entry.packOrder },
  { name: 'reference', type: 'text', value: (entry) => entry.reference },
  { name: 'app_id', type: 'text', value: (entry) => entry.appId },
  { name: 'description', type: 'text', value: (entry) => entry.description },
  { name: 'hash', type: 'bytea', value: (entry) => entry.hash },
  { name: 'user_id', type: 'text', value: (entry) => entry.userId },
  { name: 'team_id', type: 'text', value: (entry) => entry.teamId },
  { name: 'idempotency_key', type: 'text', value: (entry) => entry.idempotencyKey },
  { name: 'text_hash', type: 'bytea', value: (entry) => entry.textHash },
  { name: 'card_paid', type: 'bigint', value: (entry) => entry.cardPaid },
  { name: 'action', type: 'text', value: (entry) => entry.action },
  { name: 'pricing', type: 'text', value: (entry) => entry.pricing },
  { name: 'restricted_to', type: 'text', value: (entry) => entry.restrictedTo },
  { name: 'refund_of', type: 'bigint', value: (entry) => entry.refundOf },
];
const BYTES: ReadonlySet<string> = new Set(COLUMNS.filter(({ type }) => type === 'bytea').map(({ name }) => name));

/** The revenue account that a charge's service implies. It is that of most entries, so the table leaves it out. */
function impliedContra({ service, availableDelta, heldDelta }: Entry): string | null {
  return service !== null && availableDelta + heldDelta < 0n ? revenueAccount(service) : null;
}

/** The contra account of an entry in a table or alias called `e`; implied where the table leaves it out. */
export const CONTRA = `coalesce(e.contra, CASE WHEN e.available_delta + e.held_delta < 0 THEN 'revenue:' || e.service END)`;

/** What an entry in a table or alias called `e` adds to the debt, which is what available is below zero. */
export const DEBT_ADDED = 'greatest(-e.available, 0) - greatest(e.available_delta - e.available, 0)';

const names = COLUMNS.map(({ name }) => name);

/** True when every row that {@link lastRows} names is there. */
const ALL_PRESENT = `(SELECT count(*) FROM unnest($2::uuid[], $3::bigint[], $4::bytea[]) AS l (wallet, seq, hash)
  JOIN entry e ON e.wallet = l.wallet AND e.seq = l.seq AND e.hash = l.hash) = cardinality($2::uuid[])`;

/** The same for one row, which is what nearly every statement needs, at half the cost. */
const ONE_PRESENT = `EXISTS (SELECT FROM entry WHERE wallet = ($2::uuid[])[1] AND seq = ($3::bigint[])[1]
  AND hash = ($4::bytea[])[1])`;

/** True when the statement reached the server in time: see `closed.ts`. */
const IN_TIME = 'statement_timestamp() <= $5::timestamptz';

/** True unless a command was priced by another state of the price book than the present one. */
const PRICED_BY_NOW = '($7::uuid IS NULL OR EXISTS (SELECT FROM price_book WHERE last = $7::uuid))';

/**
 * Inserts the entries in $1, an array of entry_row_5, in an order that keeps two writers from a deadlock; none of them if a
 * row in $2 to $4 is missing or has another hash, since nothing else would refuse a gap, or if the statement reaches the
 * server after $5, or if the price book is not in the state $7 by which its commands were priced; it fails if a budget of a
 * wallet in $9 was changed after the version $8 by which they were judged. It shares the turns in $6 before it inserts anything. The condition is on the array: a condition on its
 * rows would make the server copy each of them once more.
 * @param present is true where the rows in $2 to $4 are there.
 */
export const insertWhere = (present: string): string => `INSERT INTO entry (${names.join(', ')})
  SELECT ${names.join(', ')}
  FROM unnest(CASE WHEN ${IN_TIME} AND ${sharesTurns('$6')} AND ${present}
    AND ${PRICED_BY_NOW} AND ${budgetsAsOf('$8', '$9')} THEN $1::entry_row_5[] END)
  ORDER BY wallet, seq`;

/** Takes any number of {@link lastRows}, then the latest time at which it may reach the server, its turns, its price book. */
export const INSERT_ENTRIES = insertWhere(ALL_PRESENT);

/** The same with one of {@link lastRows}. */
export const INSERT_AFTER_ONE = insertWhere(ONE_PRESENT);

/** How many parameters {@link INSERT_ENTRIES} takes. */
export const ENTRY_PARAMETERS = 9;

/** What a batch was judged on. If that has changed, nothing of the batch is written. */
export interface Ground {
  /** Epoch of the connection in which the heads were read. */
  readonly epoch: number;
  /** When the first of its commands was judged, by `performance.now()`. */
  readonly judgedAtMs: number;
  /** Entries whose presence proves that every head that the batch was judged on is in the database. */
  readonly last: readonly LastRow[];
  /** Every wallet that the batch writes to. */
  readonly wallets: Iterable<string>;
  /** The state of the price book that commands were priced by; null: none was. */
  readonly book: string | null;
  /** The version of all budgets that they were judged by. */
  readonly budgets: number;
}

/** By which version of all budgets the commands of some wallets were judged. */
export interface BudgetGround {
  readonly version: number;
  readonly wallets: Iterable<string>;
}

/** The parameters $8 and $9 of {@link INSERT_ENTRIES}. */
export function budgetGround({ version, wallets }: BudgetGround): readonly unknown[] {
  return [version, binaryArray('uuid', [...wallets])];
}

/** An entry that must be in the table for others to be inserted, identified by wallet, number and hash. */
export type LastRow = Pick<Entry, 'wallet' | 'seq' | 'hash'>;

/** How many of {@link lastRows} are there. */
export const SELECT_PRESENT = `SELECT count(*) AS present
  FROM unnest($1::uuid[], $2::bigint[], $3::bytea[]) AS l (wallet, seq, hash)
  JOIN entry e ON e.wallet = l.wallet AND e.seq = l.seq AND e.hash = l.hash`;

/** The last entry of each wallet in $1, as {@link lastRowOf} reads it. */
export const SELECT_LAST = `SELECT x.id AS wallet, e.seq, encode(e.hash, 'hex') AS hash FROM unnest($1::uuid[]) AS x (id)
  CROSS JOIN LATERAL (SELECT seq, hash FROM entry WHERE wallet = x.id ORDER BY seq DESC LIMIT 1) e`;

/** The entry in a row with these three columns. */
export function lastRowOf(row: Row): LastRow {
  return { wallet: textOf(row['wallet']), seq: count(row['seq']), hash: textOf(row['hash']) };
}

/** The parameters of a statement that takes entries by their wallets and numbers. */
export function placesOf(entries: readonly Pick<Entry, 'wallet' | 'seq'>[]): unknown[][] {
  return [entries.map(({ wallet }) => wallet), entries.map(({ seq }) => seq)];
}

/** The parameters $2 to $4 of {@link INSERT_ENTRIES}; each row costs one look-up in the primary key. */
export function lastRows(rows: readonly LastRow[]): readonly Buffer[] {
  return [
    binaryArray(
      'uuid',
      rows.map(({ wallet }) => wallet),
    ),
    binaryArray(
      'bigint',
      rows.map(({ seq }) => seq),
    ),
    binaryArray(
      'bytea',
      rows.map(({ hash }) => hash),
    ),
  ];
}

/** Entries for {@link INSERT_ENTRIES}, encoded as they are added rather than when they are sent. */
export function entryRows(entries: readonly Entry[] = []): BinaryRows<Entry> {
  const rows = new BinaryRows(COLUMNS);
  for (const entry of entries) rows.add(entry);
  return rows;
}

/** The text of the entry in an alias, as json; NULL where it has none or where it was erased. */
export const textIn = (alias: string): string => `CASE WHEN ${alias}.text_hash IS NOT NULL THEN (
  SELECT json_build_object('hash', encode(t.hash, 'hex'), 'salt', encode(t.salt, 'hex'), 'description', t.description,
    'metadata', t.metadata) FROM entry_text t WHERE t.wallet = ${alias}.wallet AND t.hash = ${alias}.text_hash) END`;

/** The select list that {@link entryOfRow} reads, of a table or alias called `e`. */
export const ENTRY_COLUMNS = [
  ...COLUMNS.map(({ name }) =>
    name === 'at'
      ? `(extract(epoch FROM e.at) * 1000)::bigint AS at_ms`
      : BYTES.has(name)
        ? `encode(e.${name}, 'hex') AS ${name}`
        : name === 'contra'
          ? `${CONTRA} AS contra`
          : `e.${name}`,
  ),
  `${textIn('e')} AS text`,
].join(', ');

/** The entries under the keys in $1 of the wallets in $2, as {@link entryOfRow} reads them. */
export const SELECT_BY_KEY = `SELECT ${ENTRY_COLUMNS}
  FROM unnest($1::uuid[], $2::uuid[]) AS k (key, wallet) JOIN entry e ON e.key = k.key AND e.wallet = k.wallet
  ORDER BY e.wallet, e.seq`;

/** The entry in a row selected with {@link ENTRY_COLUMNS}. */
export function entryOfRow(row: Row): Entry {
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
    service: orNull(row['service'], textOf),
    part: small(row['part']),
    contra: orNull(row['contra'], textOf),
    inputHash: orNull(row['input_hash'], textOf),
    deposit: orNull(row['deposit'], textOf),
    packOrder: orNull(row['pack_order'], textOf),
    reference: orNull(row['reference'], textOf),
    appId: orNull(row['app_id'], textOf),
    description: orNull(row['description'], textOf),
    hash: textOf(row['hash']),
    userId: orNull(row['user_id'], textOf),
    teamId: orNull(row['team_id'], textOf),
    idempotencyKey: orNull(row['idempotency_key'], textOf),
    textHash: orNull(row['text_hash'], textOf),
    cardPaid: orNull(row['card_paid'], micros),
    action: orNull(row['action'], textOf),
    pricing: orNull(row['pricing'], textOf),
    restrictedTo: orNull(row['restricted_to'], textOf),
    refundOf: orNull(row['refund_of'], count),
    text: orNull(row['text'], entryTextOf),
  };
}

/** A text as {@link textIn} selects it. */
export function entryTextOf(json: unknown): EntryText {
  const { hash, salt, description, metadata } = rowOf(json);
  return {
    hash: textOf(hash),
    salt: textOf(salt),
    description: orNull(description, textOf),
    metadata: orNull(metadata, namedTexts),
  };
}

/**
 * Selects the balances after what a command made overdue was settled, where it made anything so, by the last entry of the
 * command. What was settled with it are the expiries of lots right after that entry, at its time: whatever is overdue at
 * that time is settled before any later command.
 * @param wallet a parameter that is a uuid[].
 * @param seq a parameter that is a bigint[].
 */
export const selectSettled = (wallet: string, seq: string): string => `
  SELECT x.wallet, x.seq, e.available, e.held FROM unnest(${wallet}::uuid[], ${seq}::bigint[]) AS x (wallet, seq)
  JOIN entry l ON l.wallet = x.wallet AND l.seq = x.seq
  CROSS JOIN LATERAL (SELECT coalesce(
    (SELECT n.seq - 1 FROM entry n WHERE n.wallet = x.wallet AND n.seq > x.seq AND (n.type <> 'LOT_EXPIRY' OR n.at <> l.at)
      ORDER BY n.seq LIMIT 1),
    (SELECT m.seq FROM entry m WHERE m.wallet = x.wallet ORDER BY m.seq DESC LIMIT 1)) AS seq) AS s
  JOIN entry e ON e.wallet = x.wallet AND e.seq = s.seq
  WHERE s.seq > x.seq`;

/** A row of {@link selectSettled}: whose balances they are, and the balances. */
export function settledOfRow(row: Row): Balances & { readonly wallet: string; readonly seq: number } {
  return {
    wallet: textOf(row['wallet']),
    seq: count(row['seq']),
    available: micros(row['available']),
    held: micros(row['held']),
  };
}
