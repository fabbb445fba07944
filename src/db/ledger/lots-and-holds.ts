/**
 * The tables beside the entries (lots, holds, texts): which of their rows a batch changes, and the one statement that
 * writes all of it.
 */
import { remainderLot, type Head, type LotTerms, type OpenLot } from '../../core/ledger/head.ts';
import type { Posting } from '../../core/ledger/posting.ts';
import { metadataPair, type EntryText } from '../../core/ledger/entry-text.ts';
import {
  collectBudgets,
  movePart,
  noBudgetChanges,
  noticePart,
  usePart,
  type BudgetChanges,
} from '../budgets/parts.ts';
import {
  budgetGround,
  ENTRY_PARAMETERS,
  INSERT_AFTER_ONE,
  INSERT_ENTRIES,
  lastRows,
  type BudgetGround,
  type LastRow,
} from './entry-columns.ts';
import type { Entry } from '../../core/ledger/entry.ts';
import type { Part, SideColumn } from '../side-rows.ts';
import { binaryColumn, type BinaryRows } from './binary-rows.ts';
import type { LoadedWallet } from './heads.ts';
import {
  collectHolds,
  familyRowPart,
  holdDeletePart,
  holdEndPart,
  holdRowPart,
  noHoldChanges,
  unreportedPart,
  WALLET,
  type HoldChanges,
} from './beside/hold-rows.ts';

/** Rows of the tables beside the entries that a batch inserts, changes and deletes. */
export interface SideChanges extends BudgetChanges, HoldChanges {
  readonly lots: { wallet: string; lot: number; amount: bigint; terms: LotTerms; openedAtMs: number }[];
  readonly lotRows: { wallet: string; lot: number; left: bigint | null; expiresAtMs: number | null }[];
  readonly lotDeletes: { wallet: string; lot: number }[];
  readonly texts: (EntryText & { wallet: string; repeats?: string | undefined })[];
  readonly metadata: { wallet: string; pair: string; seq: number }[];
  /** Events that were charged. */
  readonly usage: { wallet: string; id: string; content: string; seq: number }[];
  /** Metadata that a command has from its hold: written only while the hold's text is there. */
  readonly heldMetadata: { wallet: string; pair: string; seq: number; hash: string }[];
}

export function noSideChanges(): SideChanges {
  return {
    lots: [],
    lotRows: [],
    lotDeletes: [],
    ...noHoldChanges(),
    texts: [],
    metadata: [],
    usage: [],
    heldMetadata: [],
    ...noBudgetChanges(),
  };
}

/** True when a batch writes entries only. */
export function isEmpty(changes: SideChanges): boolean {
  return Object.values(changes).every((rows: readonly unknown[]) => rows.length === 0);
}

/**
 * Adds what one wallet's posting changes compared with what was loaded; returns the wallet as it is stored afterwards.
 * One lot is stored without its amount, so that drawing from it changes no row: see `remainderLot`.
 */
export function collectChanges(before: LoadedWallet, posting: Posting, changes: SideChanges): LoadedWallet {
  const head = posting.head();
  const { wallet } = head;
  for (const lot of posting.newLots) changes.lots.push({ wallet, ...lot });
  const lotRows = collectLots(before, head, posting.touchedLots, changes);
  collectHolds(before.head, head, posting, changes);
  for (const { seq, line } of posting.newUsage) changes.usage.push({ wallet, id: line.id, content: line.content, seq });
  for (const text of posting.newTexts) changes.texts.push({ wallet, ...text });
  for (const { seq, metadata, ofHold } of posting.newMetadata) {
    for (const [name, value] of Object.entries(metadata)) {
      const row = { wallet, pair: metadataPair(name, value), seq };
      if (ofHold === undefined) changes.metadata.push(row);
      else changes.heldMetadata.push({ ...row, hash: ofHold });
    }
  }
  collectBudgets(wallet, posting.counting, changes);
  return { head, lotRows, isRead: false };
}

function collectLots(
  before: LoadedWallet,
  head: Head,
  touched: ReadonlySet<number>,
  changes: SideChanges,
): ReadonlyMap<number, bigint | null> {
  const { wallet } = head;
  const remainder = remainderLot(head.lots)?.lot;
  const candidates = new Set(touched);
  for (const lot of [remainder, remainderLot(before.head.lots)?.lot]) if (lot !== undefined) candidates.add(lot);
  const openLots = new Map<number, OpenLot>();
  for (const open of head.lots) {
    if (candidates.has(open.lot)) openLots.set(open.lot, open);
    if (openLots.size === candidates.size) break;
  }
  let lotRows: Map<number, bigint | null> | undefined;
  for (const lot of candidates) {
    const open = openLots.get(lot);
    const left = lot === remainder ? null : open?.left;
    const stored = before.lotRows.get(lot);
    if (open && left !== undefined) {
      if (stored === left) continue;
      changes.lotRows.push({ wallet, lot, left, expiresAtMs: open.terms.expiresAtMs });
      (lotRows ??= new Map(before.lotRows)).set(lot, left);
    } else if (stored !== undefined) {
      changes.lotDeletes.push({ wallet, lot });
      (lotRows ??= new Map(before.lotRows)).delete(lot);
    }
  }
  return lotRows ?? before.lotRows;
}

function lotPart(rows: SideChanges['lots']): Part<SideChanges['lots'][number]> {
  return {
    rows,
    columns: [
      WALLET,
      ['lot', 'bigint', ({ lot }) => lot],
      ['source', 'text', ({ terms }) => terms.source],
      ['amount', 'bigint', ({ amount }) => amount],
      ['priority', 'smallint', ({ terms }) => terms.priority],
      ['promotional', 'boolean', ({ terms }) => terms.promotional],
      ['refundable', 'boolean', ({ terms }) => terms.refundable],
      ['transferable', 'boolean', ({ terms }) => terms.transferable],
      ['expires_at', 'timestamptz', ({ terms }) => terms.expiresAtMs],
      ['opened_at', 'timestamptz', ({ openedAtMs }) => openedAtMs],
    ],
    sql: (
      t,
    ) => `INSERT INTO lot (wallet, lot, source, amount, priority, promotional, refundable, transferable, expires_at,
      opened_at) SELECT * FROM ${t} RETURNING 1`,
  };
}

function lotRowPart(rows: SideChanges['lotRows']): Part<SideChanges['lotRows'][number]> {
  return {
    rows,
    columns: [
      WALLET,
      ['lot', 'bigint', ({ lot }) => lot],
      ['amount_left', 'bigint', ({ left }) => left],
      ['expires_at', 'timestamptz', ({ expiresAtMs }) => expiresAtMs],
    ],
    sql: (t) => `INSERT INTO lot_open (wallet, lot, amount_left, expires_at) SELECT * FROM ${t}
      ON CONFLICT (wallet, lot) DO UPDATE SET amount_left = excluded.amount_left RETURNING 1`,
  };
}

function lotDeletePart(rows: SideChanges['lotDeletes']): Part<SideChanges['lotDeletes'][number]> {
  return {
    rows,
    columns: [WALLET, ['lot', 'bigint', ({ lot }) => lot]],
    sql: (t) => `DELETE FROM lot_open o USING ${t} WHERE o.wallet = t.wallet AND o.lot = t.lot RETURNING 1`,
  };
}

const bytes = (hex: string): string => `\\x${hex}`;

/** A text that repeats metadata of its hold's is refused once that was erased: a head in memory may have it still. */
function textPart(rows: SideChanges['texts']): Part<SideChanges['texts'][number]> {
  return {
    rows,
    columns: [
      WALLET,
      ['hash', 'bytea', ({ hash }) => bytes(hash)],
      ['salt', 'bytea', ({ salt }) => bytes(salt)],
      ['description', 'text', ({ description }) => description],
      ['metadata', 'jsonb', ({ metadata }) => metadata && JSON.stringify(metadata)],
      ['repeats', 'bytea', ({ repeats }) => (repeats === undefined ? null : bytes(repeats))],
    ],
    sql: (t) => `INSERT INTO entry_text (wallet, hash, salt, description, metadata)
      SELECT t.wallet, t.hash, t.salt, t.description, t.metadata FROM ${t} WHERE t.repeats IS NULL
        OR EXISTS (SELECT FROM entry_text x WHERE x.wallet = t.wallet AND x.hash = t.repeats) RETURNING 1`,
  };
}

function metadataPart(rows: SideChanges['metadata']): Part<SideChanges['metadata'][number]> {
  return {
    rows,
    columns: [WALLET, ['pair', 'bytea', ({ pair }) => bytes(pair)], ['seq', 'bigint', ({ seq }) => seq]],
    sql: (t) => `INSERT INTO entry_metadata (wallet, pair, seq) SELECT * FROM ${t} RETURNING 1`,
  };
}

function usagePart(rows: SideChanges['usage']): Part<SideChanges['usage'][number]> {
  return {
    rows,
    columns: [
      WALLET,
      ['id', 'bytea', ({ id }) => bytes(id)],
      ['content', 'bytea', ({ content }) => bytes(content)],
      ['seq', 'bigint', ({ seq }) => seq],
    ],
    sql: (t) => `INSERT INTO usage_event (wallet, id, content, seq) SELECT * FROM ${t} RETURNING 1`,
  };
}

/** A head in memory keeps a hold's text that was erased since: what is erased is not made findable again. */
function heldMetadataPart(rows: SideChanges['heldMetadata']): Part<SideChanges['heldMetadata'][number]> {
  return {
    rows,
    columns: [
      WALLET,
      ['pair', 'bytea', ({ pair }) => bytes(pair)],
      ['seq', 'bigint', ({ seq }) => seq],
      ['hash', 'bytea', ({ hash }) => bytes(hash)],
    ],
    sql: (t) => `INSERT INTO entry_metadata (wallet, pair, seq) SELECT t.wallet, t.pair, t.seq FROM ${t}
      WHERE EXISTS (SELECT FROM entry_text x WHERE x.wallet = t.wallet AND x.hash = t.hash)`,
    isCounted: false,
  };
}

/** A prepared statement: its name, text and values. */
export interface Statement {
  readonly name: string;
  readonly text: string;
  readonly values: unknown[];
}

/** Statement texts by the kinds of change that they make: a kind that a batch does not need costs nothing. */
const texts = new Map<string, string>();

/** What a write rests on: the rows that must be there, the latest time at which it may reach the server, and its turns. */
export interface WriteGround {
  readonly last: readonly LastRow[];
  readonly until: Date;
  readonly turns: Buffer;
  readonly book: string | null;
  readonly budgets: BudgetGround;
}

/**
 * Inserts entries and makes their side changes in one statement. If any part affects another number of rows than
 * expected, the statement divides by zero and so fails as a whole, without a transaction around it. The entries come first,
 * and so do their turns: a statement that waits for its turn has changed nothing yet.
 */
export function insertWithSides(
  entries: BinaryRows<Entry>,
  { last, until, turns, book, budgets }: WriteGround,
  changes: SideChanges,
): Statement {
  const all = [
    erased(lotPart(changes.lots)),
    erased(lotRowPart(changes.lotRows)),
    erased(lotDeletePart(changes.lotDeletes)),
    erased(holdRowPart(changes.holdRows)),
    erased(familyRowPart(changes.familyRows)),
    erased(holdEndPart(changes.holdEnds)),
    erased(holdDeletePart(changes.holdDeletes)),
    erased(unreportedPart(changes.unreported)),
    erased(textPart(changes.texts)),
    erased(metadataPart(changes.metadata)),
    erased(usagePart(changes.usage)),
    erased(heldMetadataPart(changes.heldMetadata)),
    erased(movePart(changes.budgetMoves)),
    erased(usePart(changes.budgetUses)),
    erased(noticePart(changes.budgetNotices)),
  ];
  const parts = all.filter(({ count }) => count > 0);
  const [form, insert] = last.length === 1 ? ['append after one', INSERT_AFTER_ONE] : ['append', INSERT_ENTRIES];
  const name = `${form} ${all.map(({ count }) => (count > 0 ? 1 : 0)).join('')}`;
  const sides = parts.reduce((sum, { count, isCounted }) => (isCounted ? sum + count : sum), 0);
  const ground = [...lastRows(last), until, turns, book, ...budgetGround(budgets)];
  const values = [entries.toBuffer(), ...ground, entries.count, sides, ...parts.flatMap((part) => part.values)];
  let text = texts.get(name);
  if (text === undefined) texts.set(name, (text = textOf(insert, parts)));
  return { name, text, values };
}

interface ErasedPart {
  readonly count: number;
  readonly values: readonly unknown[];
  readonly types: readonly string[];
  readonly names: readonly string[];
  readonly sql: (rows: string) => string;
  readonly isCounted: boolean;
}

function erased<Row>({ rows, columns, sql, isCounted = true }: Part<Row>): ErasedPart {
  return {
    count: rows.length,
    values: rows.length === 0 ? [] : columns.map((column) => arrayOf(column, rows)),
    names: columns.map(([name]) => name),
    types: columns.map(([, type]) => type),
    sql,
    isCounted,
  };
}

/** The values of a column as one parameter. */
function arrayOf<Row>(column: SideColumn<Row>, rows: readonly Row[]): unknown {
  switch (column[1]) {
    case 'uuid':
    case 'bigint':
    case 'integer':
    case 'smallint':
    case 'timestamptz':
      return binaryColumn(column[1], rows.map(column[2]));
    case 'text':
    case 'jsonb':
    case 'boolean':
    case 'bytea':
      break;
  }
  return rows.map(column[2]);
}

function textOf(insert: string, parts: readonly ErasedPart[]): string {
  let next = ENTRY_PARAMETERS + 3;
  const steps = parts.map(({ names, types, sql }, index) => {
    const arrays = types.map((type) => `$${next++}::${type}[]`);
    return `part${index} AS (${sql(`unnest(${arrays.join(', ')}) AS t (${names.join(', ')})`)})`;
  });
  const counts = parts.flatMap(({ isCounted }, index) => (isCounted ? [`(SELECT count(*) FROM part${index})`] : []));
  return `WITH entries AS (${insert} RETURNING 1), ${steps.join(', ')}
    SELECT 1 / (CASE WHEN (SELECT count(*) FROM entries) = $${ENTRY_PARAMETERS + 1}::int
      AND ${['0', ...counts].join(' + ')} = $${ENTRY_PARAMETERS + 2}::int THEN 1 ELSE 0 END)`;
}
