/**
 * The sums of a wallet's entries up to a position (core/reports/sums.ts). For every thousandth entry they are kept in the table
 * `entry_sums`, so that a sum is a kept one and the few entries after it. What is not kept yet is summed in slices.
 */
import { ENTRY_TYPES } from '../../core/ledger/vocabulary.ts';
import { LOT_SOURCES } from '../../core/ledger/head.ts';
import { SumTable, type Sums } from '../../core/reports/sums.ts';
import type { Database } from '../database.ts';
import { ofOneWallet, onlyOf } from '../ledger/beside/by-wallet.ts';
import { KEPT_EVERY } from '../ledger/beside/kinds.ts';
import { CONTRA, DEBT_ADDED } from '../ledger/entry-columns.ts';
import { changeRows, count, listRows, micros, oneOf, orNull, textOf, truth, type Bindings, type Row } from '../rows.ts';
import { readRestricted, restrictedAsJson } from './restricted.ts';

/** How many entries one statement reads at most. */
const SLICE_ENTRIES_MAX = 20_000;

/** The entries of a wallet from the first to `seq`. */
export interface UpTo {
  readonly wallet: string;
  readonly seq: number;
}

/** What one statement sums for a wallet: what is kept at `kept` (0: nothing), and the entries of (after, upTo]. */
interface Span {
  readonly wallet: string;
  readonly kept: number;
  readonly after: number;
  readonly upTo: number;
}

const GROUP = 'type, service, contra, source, promotional';
const COUNTED = ['entries', 'available', 'held', 'debt', 'card_paid', 'gift_cards'] as const;
const KEPT_COLUMNS = `type text, service text, contra text, source text, promotional boolean,
  ${COUNTED.map((name) => `${name} numeric`).join(', ')}`;
const SUMMED = COUNTED.map((name) => `sum(${name}) AS ${name}`).join(', ');

/** What an entry in `e`, whose lot is in `l`, adds to the sums of its group. */
export const ADDED = `e.type::text AS type, e.service, ${CONTRA} AS contra, l.source, l.promotional, 1::int8 AS entries,
  e.available_delta AS available, e.held_delta AS held,
  ${DEBT_ADDED} AS debt,
  coalesce(e.card_paid, 0) AS card_paid, e.gift_delta::int8 AS gift_cards`;

/** The kept sums of a span in `s`, and what its entries add. */
const PARTS = (spans: string): string => `
  SELECT s.wallet, k.* FROM ${spans} s JOIN entry_sums p ON p.wallet = s.wallet AND p.seq = s.kept
    CROSS JOIN LATERAL jsonb_to_recordset(p.sums) AS k (${KEPT_COLUMNS})
  UNION ALL
  SELECT s.wallet, ${ADDED} FROM ${spans} s
    JOIN entry e ON e.wallet = s.wallet AND e.seq > s.after AND e.seq <= s.up_to
    LEFT JOIN lot l ON l.wallet = e.wallet AND l.lot = e.lot`;

const SPANS = `(SELECT * FROM unnest(:wallets::uuid[], :kept::bigint[], :after::bigint[], :upTo::bigint[])
  AS t (wallet, kept, after, up_to))`;

/**
 * The sums of the entries of some wallets, each up to its position, all wallets together. Reads at most SLICE_ENTRIES_MAX
 * entries at a time.
 * @throws Error when entries are missing: a sum over a part of them would be wrong
 */
export async function readSums(db: Database, wallets: readonly UpTo[]): Promise<SumTable> {
  const table = new SumTable();
  for (const spans of await batchesFor(db, wallets)) {
    const select = `SELECT ${GROUP}, ${SUMMED} FROM (${PARTS(SPANS)}) AS part GROUP BY ${GROUP}`;
    table.add(await listRows(db, sumsOfRow, aboutThem(select, spans), bindingsOf(spans)));
  }
  checkCount(table.entries, wallets);
  return table;
}

/** The same for each wallet by itself. */
export async function readSumsByWallet(db: Database, wallets: readonly UpTo[]): Promise<ReadonlyMap<string, SumTable>> {
  const tables = new Map<string, SumTable>();
  for (const spans of await batchesFor(db, wallets)) {
    const select = `SELECT wallet, ${GROUP}, ${SUMMED} FROM (${PARTS(SPANS)}) AS part GROUP BY wallet, ${GROUP}`;
    const readRow = (row: Row): [string, Sums] => [textOf(row['wallet']), sumsOfRow(row)];
    for (const [wallet, sums] of await listRows(db, readRow, aboutThem(select, spans), bindingsOf(spans))) {
      tables.set(wallet, (tables.get(wallet) ?? new SumTable()).add([sums]));
    }
  }
  checkCount(
    tables.values().reduce((sum, { entries }) => sum + entries, 0n),
    wallets,
  );
  return tables;
}

/** A statement about `:wallets`; where these are one, in the form that a spread ledger answers. */
function aboutThem(select: string, asked: readonly { readonly wallet: string }[]): string {
  const isOne = new Set(asked.map(({ wallet }) => wallet)).size === 1;
  return isOne ? ofOneWallet(select, onlyOf(':wallets')) : select;
}

async function batchesFor(db: Database, wallets: readonly UpTo[]): Promise<Span[][]> {
  const asked = wallets.filter(({ seq }) => seq > 0);
  return asked.length === 0 ? [] : batchesOf((await findKept(db, asked)).flatMap(slicesOf));
}

function bindingsOf(spans: readonly Span[]): Bindings {
  return {
    wallets: spans.map(({ wallet }) => wallet),
    kept: spans.map(({ kept }) => kept),
    after: spans.map(({ after }) => after),
    upTo: spans.map(({ upTo }) => upTo),
  };
}

/** Positions have no gaps, so the number of entries is known. */
function checkCount(found: bigint, wallets: readonly UpTo[]): void {
  const wanted = wallets.reduce((sum, { seq }) => sum + BigInt(seq), 0n);
  if (found !== wanted) throw new Error(`${found} of ${wanted} entries were found: no sums are given`);
}

/** The span of each wallet from its last kept sums on. */
async function findKept(db: Database, asked: readonly UpTo[]): Promise<Span[]> {
  return listRows(
    db,
    (row) => {
      const kept = count(row['kept']);
      return { wallet: textOf(row['wallet']), kept, after: kept, upTo: count(row['seq']) };
    },
    aboutThem(
      `SELECT a.wallet, a.seq, coalesce(k.seq, 0)::text AS kept FROM unnest(:wallets::uuid[], :seqs::bigint[]) AS a (wallet, seq)
       LEFT JOIN LATERAL (SELECT p.seq FROM entry_sums p WHERE p.wallet = a.wallet AND p.seq <= a.seq
         ORDER BY p.seq DESC LIMIT 1) k ON true`,
      asked,
    ),
    { wallets: asked.map(({ wallet }) => wallet), seqs: asked.map(({ seq }) => seq) },
  );
}

function slicesOf(span: Span): Span[] {
  const slices: Span[] = [];
  let { kept, after } = span;
  do {
    const upTo = Math.min(after + SLICE_ENTRIES_MAX, span.upTo);
    slices.push({ wallet: span.wallet, kept, after, upTo });
    [kept, after] = [0, upTo];
  } while (after < span.upTo);
  return slices;
}

/** Spans that one statement reads together. */
function batchesOf(spans: readonly Span[]): Span[][] {
  const batches: Span[][] = [];
  let room = 0;
  for (const span of spans) {
    const cost = span.upTo - span.after + 1;
    if (cost > room || batches.length === 0) {
      batches.push([]);
      room = SLICE_ENTRIES_MAX + 1;
    }
    room -= cost;
    batches.at(-1)?.push(span);
  }
  return batches;
}

/** The sums in a row with the columns of {@link ADDED}. */
export function sumsOfRow(row: Row): Sums {
  return {
    type: oneOf(ENTRY_TYPES, row['type']),
    service: orNull(row['service'], textOf),
    contra: orNull(row['contra'], textOf),
    source: orNull(row['source'], (source) => oneOf(LOT_SOURCES, source)),
    promotional: orNull(row['promotional'], truth),
    entries: micros(row['entries']),
    available: micros(row['available']),
    held: micros(row['held']),
    debt: micros(row['debt']),
    cardPaid: micros(row['card_paid']),
    giftCards: micros(row['gift_cards']),
  };
}

/** Wallets whose sums are to be kept at further positions. */
interface Behind {
  readonly wallet: string;
  /** The last position at which they are kept; 0: none. */
  readonly kept: number;
  readonly seq: number;
}

/** The wallets of the next page, in id order, and those of them whose sums are not kept as far as they could be. */
export async function listBehind(
  db: Database,
  page: { readonly after: string; readonly limit: number },
): Promise<{ readonly last: string | undefined; readonly behind: readonly Behind[] }> {
  const rows = await listRows(
    db,
    (row) => ({ wallet: textOf(row['id']), kept: count(row['kept']), seq: count(row['seq']) }),
    `SELECT w.id, coalesce(h.seq, 0)::text AS seq, coalesce(k.seq, 0)::text AS kept
     FROM wallet w
     LEFT JOIN LATERAL (SELECT e.seq FROM entry e WHERE e.wallet = w.id ORDER BY e.seq DESC LIMIT 1) h ON true
     LEFT JOIN LATERAL (SELECT p.seq FROM entry_sums p WHERE p.wallet = w.id ORDER BY p.seq DESC LIMIT 1) k ON true
     WHERE w.id > :after ORDER BY w.id LIMIT :limit`,
    { ...page },
  );
  return { last: rows.at(-1)?.wallet, behind: rows.filter(({ kept, seq }) => seq - kept >= KEPT_EVERY) };
}

/**
 * Keeps the sums of a wallet at the next position after `kept`; false when they are kept there already. Writes nothing when
 * entries are missing. Two processes may do it at once: what they write is the same.
 */
export async function keepSums(
  db: Database,
  { wallet, kept }: Omit<Behind, 'seq'>,
  every = KEPT_EVERY,
): Promise<boolean> {
  const restricted = await readRestricted(db, { wallet, seq: kept + every });
  const inserted = await changeRows(
    db,
    `INSERT INTO entry_sums (wallet, seq, sums, restricted)
     SELECT :wallet::uuid, :seq::bigint, jsonb_agg(jsonb_build_object(
       ${[...GROUP.split(', '), ...COUNTED].map((name) => `'${name}', ${name}`).join(', ')})), :restricted::jsonb
     FROM (SELECT ${GROUP}, ${SUMMED} FROM (${PARTS(SPANS)}) AS part GROUP BY ${GROUP}) AS summed
     HAVING sum(entries) = :seq::bigint
     ON CONFLICT DO NOTHING`,
    {
      wallet,
      seq: kept + every,
      restricted: restrictedAsJson(restricted),
      wallets: [wallet],
      kept: [kept],
      after: [kept],
      upTo: [kept + every],
    },
  );
  return inserted > 0;
}
