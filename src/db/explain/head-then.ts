/**
 * The head that a wallet had before an entry, put together from that entry's predecessors: the last one has the balances, and
 * what the lots had left is on the entries that named them last. Bounded: a long history is not read as a whole.
 */
import { emptyHead, nextLotExpiry, type Head, type OpenHold, type OpenLot } from '../../core/ledger/head.ts';
import { HoldBook, type OpenCount } from '../../core/ledger/hold-book.ts';
import { findHoldEnd, findParent } from '../../core/ledger/hold-note.ts';
import { WITHIN_HOLDS } from '../../core/ledger/vocabulary.ts';
import { lotsAfter, lotsThen, type LotLine, type LotsThen } from '../../core/explain/lots-then.ts';
import { readBudgetsThen } from '../budgets/then.ts';
import { findEntry } from '../ledger/entries.ts';
import { openHoldOfRow, readTerms, SELECT_HOLD_THEN } from '../ledger/heads.ts';
import { count, findRow, listRows, micros, orNull, textOf, truth, type Queries, type Row } from '../rows.ts';
import type { Database } from '../database.ts';

/** How many entries are read to find what lots had left: the first number, and where that does not do, the next one. */
const ENTRIES_READ = [256, 4_096, 20_000] as const;
/** Later than any hold ends, and yet a time: a book that lacks holds from then on has them all, and does not count them. */
const AFTER_ALL_MS = 2 ** 53 - 1;
/** Of how many lots that these entries do not name what they opened with is looked up. */
const UNTOUCHED_MAX = 1_000;

/** A head of earlier, and how it was found. */
export interface HeadThen {
  readonly head: Head;
  readonly frozen: ReadonlySet<number>;
  /** What lots had left adds up to what was available; else the missing part is one lot without a name. */
  readonly isComplete: boolean;
  readonly entriesRead: number;
}

/** Which head is wanted. */
export interface WhichHead {
  readonly wallet: string;
  /** The head before the entry with this number. */
  readonly beforeSeq: number;
  /** When the command was judged: lots that were frozen then are not spent from. Milliseconds. */
  readonly atMs: number;
  /** The holds that the command names. */
  readonly holds: readonly number[];
  /** How many holds were open, where that is known. */
  readonly openHolds?: number | undefined;
}

/** The head; undefined when the wallet has no entry with the number before that one. */
export async function readHeadThen(db: Database, which: WhichHead): Promise<HeadThen | undefined> {
  const { wallet, beforeSeq, atMs } = which;
  const last = beforeSeq > 1 ? await findEntry(db, wallet, beforeSeq - 1) : undefined;
  if (beforeSeq > 1 && !last) return undefined;
  const base = last ? { ...emptyHead(wallet), ...balancesOf(last) } : emptyHead(wallet);
  const { lots, isComplete, entriesRead } = await readLotsThen(db, wallet, beforeSeq, base.available);
  const holds = await readHoldsThen(db, which);
  const nextExpiryMs = Math.min(nextLotExpiry(lots), holds.nextEndMs());
  const frozen = await listFrozenThen(db, wallet, new Date(atMs));
  const budgets = await readBudgetsThen(db, which);
  return { head: { ...base, lots, holds, budgets, nextExpiryMs }, frozen, isComplete, entriesRead };
}

type Balances = Pick<Head, 'seq' | 'atMs' | 'hash' | 'available' | 'held' | 'deposited' | 'giftAvailable' | 'giftHeld'>;

function balancesOf({ seq, atMs, hash, available, held, deposited, giftAvailable, giftHeld }: Balances): Balances {
  return { seq, atMs, hash, available, held, deposited, giftAvailable, giftHeld };
}

async function readLotsThen(
  db: Queries,
  wallet: string,
  beforeSeq: number,
  available: bigint,
): Promise<LotsThen & { readonly entriesRead: number }> {
  let found: LotsThen = { lots: [], isComplete: available <= 0n };
  let entriesRead = 0;
  for (const limit of ENTRIES_READ) {
    if (found.isComplete || entriesRead >= beforeSeq - 1) break;
    const lines = await listLotLines(db, { wallet, beforeSeq, limit });
    entriesRead = lines.length;
    const terms = await readTerms(db, wallet, [...new Set(lines.flatMap(({ lot }) => lot ?? []))]);
    const spent = lines.findLast(({ lot, availableDelta }) => lot !== null && availableDelta < 0n)?.lot ?? undefined;
    const of = spent === undefined ? undefined : terms.get(spent);
    const inUse = spent === undefined || !of ? undefined : { lot: spent, left: 0n, terms: of };
    const fromSeq = lines[0]?.seq ?? beforeSeq;
    const untouched = await listUntouched(db, { wallet, beforeSeq: fromSeq, known: terms });
    found = lotsThen(available, lotsAfter(lines, terms), { inUse, untouched });
  }
  return { ...found, entriesRead };
}

/** What the last entries before a number say about their lots, in their order. */
async function listLotLines(
  db: Queries,
  { wallet, beforeSeq, limit }: { readonly wallet: string; readonly beforeSeq: number; readonly limit: number },
): Promise<LotLine[]> {
  const newestFirst = await listRows(
    db,
    lotLineOf,
    `SELECT seq, lot, lot_left, available, available_delta FROM entry WHERE wallet = ? AND seq < ?
     ORDER BY seq DESC LIMIT ?`,
    [wallet, beforeSeq, limit],
  );
  return newestFirst.toReversed();
}

function lotLineOf(row: Row): LotLine {
  return {
    seq: count(row['seq']),
    lot: orNull(row['lot'], count),
    lotLeft: orNull(row['lot_left'], micros),
    available: micros(row['available']),
    availableDelta: micros(row['available_delta']),
  };
}

/** The newest lots that opened before a number and are not known yet, with what they had left when they opened. */
async function listUntouched(
  db: Queries,
  {
    wallet,
    beforeSeq,
    known,
  }: { readonly wallet: string; readonly beforeSeq: number; readonly known: ReadonlyMap<number, unknown> },
): Promise<OpenLot[]> {
  const opened = await listRows(
    db,
    (row) => ({ lot: count(row['lot']), left: micros(row['lot_left']) }),
    `SELECT l.lot, e.lot_left FROM (SELECT wallet, lot FROM lot WHERE wallet = ? AND lot < ? ORDER BY lot DESC LIMIT ?) l
     JOIN entry e ON e.wallet = l.wallet AND e.seq = l.lot WHERE e.lot = e.seq`,
    [wallet, beforeSeq, UNTOUCHED_MAX],
  );
  const others = opened.filter(({ lot }) => !known.has(lot));
  const terms = await readTerms(
    db,
    wallet,
    others.map(({ lot }) => lot),
  );
  return others.flatMap((one) => {
    const of = terms.get(one.lot);
    return of ? [{ ...one, terms: of }] : [];
  });
}

/** No hold that is not in the book was open; where the number of open holds is known, it counts. */
async function readHoldsThen(db: Queries, which: WhichHead): Promise<HoldBook<OpenHold>> {
  const named = await Promise.all(which.holds.map(async (hold) => findHoldThen(db, which, hold)));
  const parents = named.flatMap((hold) => hold?.parent ?? []).filter((parent) => !which.holds.includes(parent));
  const more = await Promise.all(parents.map(async (hold) => findHoldThen(db, which, hold)));
  const open = [...named, ...more].filter((hold) => hold !== undefined);
  if (which.openHolds === undefined) return HoldBook.of(open);
  const counted: OpenCount = { atMost: which.openHolds, isExact: true };
  return HoldBook.of(open, { fromMs: AFTER_ALL_MS, untilSeq: 0 }).counted(counted);
}

async function findHoldThen(
  db: Queries,
  { wallet, beforeSeq: before }: WhichHead,
  hold: number,
): Promise<OpenHold | undefined> {
  const noted = await findRow(
    db,
    (row) => ({
      atMs: count(row['at_ms']),
      description: orNull(row['description'], textOf),
      isUsed: truth(row['is_used']),
      isParent: truth(row['is_parent']),
    }),
    `SELECT (extract(epoch FROM n.at) * 1000)::bigint AS at_ms, n.description, EXISTS (SELECT FROM entry c
        WHERE c.wallet = b.wallet AND c.hold = b.hold AND c.seq < :before AND c.type <> b.type) AS is_used,
       EXISTS (SELECT FROM entry m WHERE m.wallet = b.wallet AND m.hold = b.hold AND m.seq < :before
         AND m.contra = '${WITHIN_HOLDS}' AND m.held_delta < 0 AND b.available_delta < 0)
       AND NOT EXISTS (SELECT FROM entry z WHERE z.wallet = b.wallet AND z.hold = b.hold AND z.seq < :before
         AND z.type <> b.type AND z.available_delta = 0 AND z.held_delta = 0) AS is_parent
     FROM entry b CROSS JOIN LATERAL (SELECT e.at, e.description FROM entry e
       WHERE e.wallet = b.wallet AND e.hold = b.hold AND e.seq < :before AND e.type = b.type
         AND (e.seq = b.seq OR (e.available_delta = 0 AND e.held_delta = 0)) ORDER BY e.seq DESC LIMIT 1) n
     WHERE b.wallet = :wallet AND b.seq = :hold AND b.hold = b.seq AND b.seq < :before`,
    { wallet, hold, before },
  );
  if (!noted) return undefined;
  const end = new Date(findHoldEnd(noted) ?? noted.atMs);
  const parent = findParent(noted.description) ?? null;
  const opened = await findRow(db, openHoldOfRow, SELECT_HOLD_THEN, { wallet, hold, before, end, parent });
  if (!opened) return undefined;
  // A held card is used or returned as a whole; of a hold of money something is left as long as it is open, or its children have it.
  const isOpen = opened.hold.gift ? !noted.isUsed : opened.hold.draws.length > 0 || noted.isParent;
  return isOpen ? opened.hold : undefined;
}

/** The lots of a wallet that were frozen at a time. */
async function listFrozenThen(db: Queries, wallet: string, at: Date): Promise<ReadonlySet<number>> {
  const lots = await listRows(
    db,
    (row) => count(row['lot']),
    'SELECT lot FROM lot_frozen WHERE wallet = :wallet AND frozen_at <= :at AND (ended_at IS NULL OR ended_at > :at)',
    { wallet, at },
  );
  return new Set(lots);
}
