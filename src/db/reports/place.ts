/**
 * Reads the books of all wallets, a page of wallets at a time in the order of their ids. Each page is a piece of work by itself:
 * a reader yields after it, so that others get their turn.
 */
import { LOT_SOURCES, type LotTerms } from '../../core/ledger/head.ts';
import { AGE_DAYS, splitIn, type Owing } from '../../core/reports/place.ts';
import { splitOf, sumsBetween, SumTable, type Split } from '../../core/reports/sums.ts';
import { listInternalWallets } from '../access/orgs.ts';
import type { Database } from '../database.ts';
import { count, listRows, micros, oneOf, small, textOf, truth, type Row } from '../rows.ts';
import { readSums, readSumsByWallet, type UpTo } from './sums.ts';

const WALLETS_PAGE = 200;
const BEFORE_ALL_WALLETS = '00000000-0000-0000-0000-000000000000';

/** A page of the work: nothing is written with it, it only gives others their turn. */
export type Piece = '';

/** Runs a reader to its end. */
export async function finish<Result>(reader: AsyncGenerator<Piece, Result>): Promise<Result> {
  for (;;) {
    const step = await reader.next();
    if (step.done === true) return step.value;
  }
}

/**
 * Seq of the last entry of a wallet before a time, 0 when there is none; bisects over the primary key.
 * @param wallet and `before`: expressions of SQL
 */
export const lastSeqBefore = (wallet: string, before: string): string => `(WITH RECURSIVE span (low, high) AS (
    SELECT 0::bigint, coalesce((SELECT e.seq FROM entry e WHERE e.wallet = ${wallet} ORDER BY e.seq DESC LIMIT 1), 0)
    UNION ALL
    SELECT CASE WHEN e.at < ${before} THEN e.seq ELSE s.low END, CASE WHEN e.at < ${before} THEN s.high ELSE e.seq - 1 END
    FROM span s JOIN entry e ON e.wallet = ${wallet} AND e.seq = (s.low + s.high + 1) / 2 WHERE s.low < s.high
  ) SELECT low FROM span WHERE low = high)`;

/** Where a wallet was before a time. */
interface WalletAt extends UpTo, Owing {
  /** Which of the times, from 1. */
  readonly time: number;
}

/** The wallets of the next page, each before each of the times. */
async function readPage(
  db: Database,
  { after, without }: { readonly after: string; readonly without: readonly string[] },
  timesMs: readonly number[],
): Promise<WalletAt[]> {
  return listRows(
    db,
    (row): WalletAt => ({
      wallet: textOf(row['id']),
      time: small(row['n']),
      seq: count(row['seq']),
      available: micros(row['available']),
      held: micros(row['held']),
      debt: micros(row['debt']),
    }),
    `SELECT w.id, t.n::int AS n, p.seq::text AS seq, coalesce(e.available, 0)::text AS available,
       coalesce(e.held, 0)::text AS held, greatest(-coalesce(e.available, 0), 0)::text AS debt
     FROM (SELECT id FROM wallet WHERE id > :after AND id <> ALL (:without::uuid[]) ORDER BY id LIMIT :limit) w
     CROSS JOIN unnest(:times::timestamptz[]) WITH ORDINALITY AS t (before, n)
     CROSS JOIN LATERAL (SELECT ${lastSeqBefore('w.id', 't.before')} AS seq) p
     LEFT JOIN entry e ON e.wallet = w.id AND e.seq = p.seq
     ORDER BY w.id, t.n`,
    { after, without: [...without], limit: WALLETS_PAGE, times: timesMs.map((ms) => new Date(ms).toISOString()) },
  );
}

/** Every wallet but those of internal orgs. */
async function* pagesOf(db: Database, timesMs: readonly number[]): AsyncGenerator<WalletAt[]> {
  const without = await listInternalWallets(db);
  for (let after: string | undefined = BEFORE_ALL_WALLETS; after !== undefined;) {
    const page: WalletAt[] = await readPage(db, { after, without }, timesMs);
    if (page.length > 0) yield page;
    after = page.at(-1)?.wallet;
  }
}

/** The books of all wallets at some times. */
export interface PlaceBooks {
  /** What the entries before the first time add up to; empty where it was not asked for. */
  readonly opening: SumTable;
  /** What the entries between one time and the next add up to. */
  readonly changes: readonly SumTable[];
  /** The balances before each time. */
  readonly owed: readonly Owing[];
}

/**
 * Reads the books at times, in milliseconds since the epoch, each later than the one before.
 * @param withOpening whether to sum what is before the first time, too.
 */
export async function* readPlace(
  db: Database,
  timesMs: readonly number[],
  { withOpening }: { readonly withOpening: boolean },
): AsyncGenerator<Piece, PlaceBooks> {
  const opening = new SumTable();
  const changes = timesMs.slice(1).map(() => new SumTable());
  const owed = timesMs.map((): Owing => ({ available: 0n, held: 0n, debt: 0n }));
  for await (const page of pagesOf(db, timesMs)) {
    const byTime = timesMs.map((_, index) => page.filter(({ time }) => time === index + 1));
    for (const [index, wallets] of byTime.entries()) {
      owed[index] = wallets.reduce(plusOwed, owed[index] ?? { available: 0n, held: 0n, debt: 0n });
    }
    if (withOpening) opening.add((await readSums(db, byTime[0] ?? [])).rows());
    for (const [index, table] of changes.entries()) {
      const [before = [], after = []] = [byTime[index], byTime[index + 1]];
      const moved = after.flatMap((wallet, at) => {
        const from = before[at];
        return from && from.seq < wallet.seq ? [{ from, to: wallet }] : [];
      });
      const [earlier, later] = [moved.map(({ from }) => from), moved.map(({ to }) => to)];
      table.add(sumsBetween(await readSums(db, earlier), await readSums(db, later)).rows());
    }
    yield '';
  }
  return { opening, changes, owed };
}

/** What the entries of each month add up to; months that follow each other, none where there are none. */
export async function* readMonths(
  db: Database,
  months: readonly { readonly fromMs: number; readonly toMs: number }[],
): AsyncGenerator<Piece, readonly SumTable[]> {
  const [first] = months;
  if (!first) return [];
  const times = [first.fromMs, ...months.map(({ toMs }) => toMs)];
  return (yield* readPlace(db, times, { withOpening: false })).changes;
}

function plusOwed(sum: Owing, { available, held, debt }: Owing): Owing {
  return { available: sum.available + available, held: sum.held + held, debt: sum.debt + debt };
}

/** Credit of one kind that is so old; micros. */
export interface AgedCredit {
  readonly source: LotTerms['source'];
  readonly promotional: boolean;
  /** Index into {@link AGE_DAYS}. */
  readonly age: number;
  readonly amount: bigint;
}

/** What all wallets are owed at a time, by kind and age. */
export interface Liability {
  readonly ages: readonly AgedCredit[];
  readonly split: Split;
}

/**
 * What is left of lots of a source and kind, by wallet, is attributed to the newest of them: within the same terms the oldest
 * is spent first.
 */
const SELECT_AGES = `
  SELECT source, promotional, age::int AS age, sum(amount)::text AS amount FROM (
    SELECT a.source, a.promotional,
      width_bucket(extract(epoch FROM :at::timestamptz - l.opened_at) / 86400, :days::numeric[]) - 1 AS age,
      greatest(0, least(l.amount, a.amount - (sum(l.amount) OVER newer - l.amount))) AS amount
    FROM unnest(:wallets::uuid[], :seqs::bigint[], :sources::text[], :promotional::boolean[], :amounts::numeric[])
      AS a (wallet, seq, source, promotional, amount)
    JOIN lot l ON l.wallet = a.wallet AND l.lot <= a.seq AND l.source = a.source AND l.promotional = a.promotional
    WINDOW newer AS (PARTITION BY a.wallet, a.source, a.promotional ORDER BY l.lot DESC)
  ) AS part WHERE amount > 0 GROUP BY source, promotional, age`;

/** Reads what is owed before a time, in milliseconds since the epoch, and how old it is. */
export async function* readLiability(db: Database, atMs: number): AsyncGenerator<Piece, Liability> {
  const ages = new Map<string, AgedCredit>();
  const all = new SumTable();
  let owed: Owing = { available: 0n, held: 0n, debt: 0n };
  for await (const page of pagesOf(db, [atMs])) {
    owed = page.reduce(plusOwed, owed);
    const tables = await readSumsByWallet(db, page);
    for (const table of tables.values()) all.add(table.rows());
    for (const one of await readAges(
      db,
      atMs,
      page.flatMap((wallet) => leftOf(wallet, tables.get(wallet.wallet))),
    )) {
      const key = `${one.source} ${one.promotional} ${one.age}`;
      ages.set(key, { ...one, amount: one.amount + (ages.get(key)?.amount ?? 0n) });
    }
    yield '';
  }
  const inOrder = [...ages.values()].sort(
    (a, b) =>
      (a.promotional ? 1 : 0) - (b.promotional ? 1 : 0) ||
      LOT_SOURCES.indexOf(a.source) - LOT_SOURCES.indexOf(b.source) ||
      a.age - b.age,
  );
  return { ages: inOrder, split: splitIn(all, owed) };
}

interface LeftInLots extends UpTo {
  readonly source: LotTerms['source'];
  readonly promotional: boolean;
  readonly amount: bigint;
}

/** What the lots of a wallet have left, by source and kind. */
function leftOf({ wallet, seq }: UpTo, table = new SumTable()): LeftInLots[] {
  const left = new Map<string, LeftInLots>();
  for (const row of table.rows()) {
    const { source, promotional } = row;
    if (source === null || promotional === null) continue;
    const split = splitOf(row);
    const key = `${source} ${promotional}`;
    const amount = (left.get(key)?.amount ?? 0n) + split.paid + split.promotional;
    left.set(key, { wallet, seq, source, promotional, amount });
  }
  return [...left.values()].filter(({ amount }) => amount > 0n);
}

async function readAges(db: Database, atMs: number, left: readonly LeftInLots[]): Promise<AgedCredit[]> {
  if (left.length === 0) return [];
  const readRow = (row: Row): AgedCredit => ({
    source: oneOf(LOT_SOURCES, row['source']),
    promotional: truth(row['promotional']),
    age: small(row['age']),
    amount: micros(row['amount']),
  });
  return listRows(db, readRow, SELECT_AGES, {
    at: new Date(atMs),
    days: AGE_DAYS.map(String),
    wallets: left.map(({ wallet }) => wallet),
    seqs: left.map(({ seq }) => seq),
    sources: left.map(({ source }) => source),
    promotional: left.map(({ promotional }) => promotional),
    amounts: left.map(({ amount }) => String(amount)),
  });
}
