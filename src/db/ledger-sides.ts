/** Lots and holds beside the entries: which rows a batch changes, and the one statement that writes everything. */
import type { Head, LotTerms, OpenHold } from '../core/ledger/head.ts';
import type { Posting } from '../core/ledger/posting.ts';
import { ENTRY_PARAMETERS, INSERT_ENTRIES } from './ledger-columns.ts';
import type { LoadedWallet } from './ledger-head.ts';

/** Rows of lot, lot_open and hold_open that a batch inserts, changes and deletes. */
export interface SideChanges {
  readonly lots: { wallet: string; lot: number; amount: bigint; terms: LotTerms; openedAtMs: number }[];
  readonly lotRows: { wallet: string; lot: number; left: bigint | null; expiresAtMs: number | null }[];
  readonly lotDeletes: { wallet: string; lot: number }[];
  readonly holdRows: { wallet: string; hold: OpenHold }[];
  readonly holdDeletes: { wallet: string; hold: number }[];
}

export function noSideChanges(): SideChanges {
  return { lots: [], lotRows: [], lotDeletes: [], holdRows: [], holdDeletes: [] };
}

/** True when only entries are to be written. */
export function isEmpty(changes: SideChanges): boolean {
  return Object.values(changes).every((rows: readonly unknown[]) => rows.length === 0);
}

/**
 * Adds what one wallet's posting changes, compared with what was loaded; answers the wallet as it is stored afterwards.
 * The first lot in spending order is stored without its amount, so that drawing from it changes no row.
 */
export function collectChanges(before: LoadedWallet, posting: Posting, changes: SideChanges): LoadedWallet {
  const head = posting.head();
  const { wallet } = head;
  for (const lot of posting.newLots) changes.lots.push({ wallet, ...lot });
  const lotRows = collectLots(before, head, posting.touchedLots, changes);
  for (const id of posting.touchedHolds) {
    const hold = head.holds.get(id);
    if (hold) changes.holdRows.push({ wallet, hold });
    else if (before.head.holds.has(id)) changes.holdDeletes.push({ wallet, hold: id });
  }
  return { head, lotRows };
}

function collectLots(
  before: LoadedWallet,
  head: Head,
  touched: ReadonlySet<number>,
  changes: SideChanges,
): ReadonlyMap<number, bigint | null> {
  const { wallet } = head;
  const first = head.lots[0]?.lot;
  const candidates = new Set(touched);
  for (const lot of [first, before.head.lots[0]?.lot]) if (lot !== undefined) candidates.add(lot);
  let lotRows: Map<number, bigint | null> | undefined;
  for (const lot of candidates) {
    const open = head.lots.find((one) => one.lot === lot);
    const left = lot === first ? null : open?.left;
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

const parameter = (offset: number): string => `$${ENTRY_PARAMETERS + offset}`;
const unnest = (first: number, columns: readonly (readonly [string, string])[]): string =>
  `unnest(${columns.map(([, type], index) => `${parameter(first + index)}::${type}[]`).join(', ')})
     AS t (${columns.map(([name]) => name).join(', ')})`;

const LOT = [
  ['wallet', 'uuid'],
  ['lot', 'bigint'],
  ['source', 'text'],
  ['amount', 'bigint'],
  ['priority', 'smallint'],
  ['promotional', 'boolean'],
  ['refundable', 'boolean'],
  ['transferable', 'boolean'],
  ['expires_at', 'timestamptz'],
  ['opened_at', 'timestamptz'],
] as const;
const LOT_ROW = [
  ['wallet', 'uuid'],
  ['lot', 'bigint'],
  ['amount_left', 'bigint'],
  ['expires_at', 'timestamptz'],
] as const;
const LOT_DELETE = [
  ['wallet', 'uuid'],
  ['lot', 'bigint'],
] as const;
const HOLD_ROW = [
  ['wallet', 'uuid'],
  ['hold', 'bigint'],
  ['service', 'service_type'],
  ['gift', 'boolean'],
  ['amount', 'bigint'],
  ['draw_lots', 'text'],
  ['draw_left', 'text'],
  ['reference', 'text'],
  ['opened_at', 'timestamptz'],
  ['expires_at', 'timestamptz'],
] as const;
const HOLD_DELETE = [
  ['wallet', 'uuid'],
  ['hold', 'bigint'],
] as const;
const OFFSETS = { lot: 1, lotRow: 11, lotDelete: 15, holdRow: 17, holdDelete: 27 };

/**
 * Inserts entries and makes the side changes with them. Another number of rows than expected divides by zero, so that
 * the one statement fails as a whole, without a transaction around it.
 */
export const INSERT_WITH_SIDES = `WITH
  entries AS (${INSERT_ENTRIES} RETURNING 1),
  lots AS (INSERT INTO lot (${LOT.map(([name]) => name).join(', ')})
    SELECT * FROM ${unnest(OFFSETS.lot, LOT)} RETURNING 1),
  lot_rows AS (INSERT INTO lot_open (wallet, lot, amount_left, expires_at)
    SELECT * FROM ${unnest(OFFSETS.lotRow, LOT_ROW)}
    ON CONFLICT (wallet, lot) DO UPDATE SET amount_left = excluded.amount_left RETURNING 1),
  lot_deletes AS (DELETE FROM lot_open o USING ${unnest(OFFSETS.lotDelete, LOT_DELETE)}
    WHERE o.wallet = t.wallet AND o.lot = t.lot RETURNING 1),
  hold_rows AS (INSERT INTO hold_open (${HOLD_ROW.map(([name]) => name).join(', ')})
    SELECT wallet, hold, service, gift, amount, draw_lots::bigint[], draw_left::bigint[], reference, opened_at, expires_at
    FROM ${unnest(OFFSETS.holdRow, HOLD_ROW)}
    ON CONFLICT (wallet, hold) DO UPDATE SET draw_lots = excluded.draw_lots, draw_left = excluded.draw_left,
      expires_at = excluded.expires_at RETURNING 1),
  hold_deletes AS (DELETE FROM hold_open h USING ${unnest(OFFSETS.holdDelete, HOLD_DELETE)}
    WHERE h.wallet = t.wallet AND h.hold = t.hold RETURNING 1)
  SELECT 1 / (CASE WHEN (SELECT count(*) FROM entries) = ${parameter(29)}::int
    AND (SELECT count(*) FROM lots) + (SELECT count(*) FROM lot_rows) + (SELECT count(*) FROM lot_deletes)
      + (SELECT count(*) FROM hold_rows) + (SELECT count(*) FROM hold_deletes) = ${parameter(30)}::int
    THEN 1 ELSE 0 END)`;

const time = (atMs: number | null): string | null => (atMs === null ? null : new Date(atMs).toISOString());

/** The parameters of {@link INSERT_WITH_SIDES} that follow those of the entries. */
export function sideParameters(entryCount: number, changes: SideChanges): unknown[] {
  const { lots, lotRows, lotDeletes, holdRows, holdDeletes } = changes;
  const sideCount = lots.length + lotRows.length + lotDeletes.length + holdRows.length + holdDeletes.length;
  return [
    lots.map(({ wallet }) => wallet),
    lots.map(({ lot }) => lot),
    lots.map(({ terms }) => terms.source),
    lots.map(({ amount }) => String(amount)),
    lots.map(({ terms }) => terms.priority),
    lots.map(({ terms }) => terms.promotional),
    lots.map(({ terms }) => terms.refundable),
    lots.map(({ terms }) => terms.transferable),
    lots.map(({ terms }) => time(terms.expiresAtMs)),
    lots.map(({ openedAtMs }) => time(openedAtMs)),
    lotRows.map(({ wallet }) => wallet),
    lotRows.map(({ lot }) => lot),
    lotRows.map(({ left }) => (left === null ? null : String(left))),
    lotRows.map(({ expiresAtMs }) => time(expiresAtMs)),
    lotDeletes.map(({ wallet }) => wallet),
    lotDeletes.map(({ lot }) => lot),
    holdRows.map(({ wallet }) => wallet),
    holdRows.map(({ hold }) => hold.hold),
    holdRows.map(({ hold }) => hold.service),
    holdRows.map(({ hold }) => hold.gift),
    holdRows.map(({ hold }) => String(hold.amount)),
    holdRows.map(({ hold }) => `{${hold.draws.map(({ lot }) => lot).join(',')}}`),
    holdRows.map(({ hold }) => `{${hold.draws.map(({ left }) => left).join(',')}}`),
    holdRows.map(({ hold }) => hold.reference),
    holdRows.map(({ hold }) => time(hold.openedAtMs)),
    holdRows.map(({ hold }) => time(hold.expiresAtMs)),
    holdDeletes.map(({ wallet }) => wallet),
    holdDeletes.map(({ hold }) => hold),
    entryCount,
    sideCount,
  ];
}
