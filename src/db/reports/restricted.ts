/** Reads what the restricted lots of a wallet had left at a position: kept with the sums of entries, and added up from there. */
import type { RestrictedSums } from '../../core/reports/statement.ts';
import { DEBT_ADDED } from '../ledger/entry-columns.ts';
import { count, findRow, listRows, micros, namedTexts, textOf, type Queries } from '../rows.ts';

/** How many entries one statement reads at most. */
const SLICE_ENTRIES_MAX = 20_000;

/**
 * What restricted lots had left after the entry `seq`, by the text of their restriction; without those that have nothing. Lots
 * merge only where they are for the same, so what the entries of such lots add up to is what these lots have.
 */
export async function readRestricted(
  db: Queries,
  { wallet, seq }: { readonly wallet: string; readonly seq: number },
): Promise<RestrictedSums> {
  const first = await findFirst(db, wallet);
  if (first === undefined || first > seq) return new Map();
  const kept = await findKept(db, wallet, seq);
  const sums = new Map(kept?.sums);
  const from = Math.max(kept?.seq ?? 0, first - 1);
  for (let after = from; after < seq; after += SLICE_ENTRIES_MAX) {
    const slice = { wallet, after, upTo: Math.min(after + SLICE_ENTRIES_MAX, seq) };
    for (const [text, added] of await listAdded(db, slice)) sums.set(text, (sums.get(text) ?? 0n) + added);
  }
  return new Map([...sums].filter(([, left]) => left !== 0n).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** The number of the first restricted lot of a wallet: most wallets have none. */
async function findFirst(db: Queries, wallet: string): Promise<number | undefined> {
  return findRow(
    db,
    (row) => count(row['lot']),
    `SELECT l.lot FROM lot l JOIN entry o ON o.wallet = l.wallet AND o.seq = l.lot
     WHERE l.wallet = ? AND l.promotional AND o.restricted_to IS NOT NULL ORDER BY l.lot LIMIT 1`,
    [wallet],
  );
}

async function findKept(
  db: Queries,
  wallet: string,
  seq: number,
): Promise<{ readonly seq: number; readonly sums: RestrictedSums } | undefined> {
  return findRow(
    db,
    (row) => ({ seq: count(row['seq']), sums: new Map(Object.entries(namedTexts(row['restricted'])).map(readSum)) }),
    `SELECT seq, restricted FROM entry_sums WHERE wallet = ? AND seq <= ? AND restricted IS NOT NULL
     ORDER BY seq DESC LIMIT 1`,
    [wallet, seq],
  );
}

function readSum([text, left]: [string, string]): [string, bigint] {
  return [text, micros(left)];
}

/** What the entries of a slice add to their restricted lots: a change of available, less what it pays of a debt. */
async function listAdded(
  db: Queries,
  { wallet, after, upTo }: { readonly wallet: string; readonly after: number; readonly upTo: number },
): Promise<[string, bigint][]> {
  return listRows(
    db,
    (row) => [textOf(row['restricted_to']), micros(row['added'])],
    `SELECT o.restricted_to, sum(e.available_delta + ${DEBT_ADDED})::text AS added
     FROM entry e JOIN lot l ON l.wallet = e.wallet AND l.lot = e.lot AND l.promotional
       JOIN entry o ON o.wallet = l.wallet AND o.seq = l.lot AND o.restricted_to IS NOT NULL
     WHERE e.wallet = ? AND e.seq > ? AND e.seq <= ? GROUP BY o.restricted_to`,
    [wallet, after, upTo],
  );
}

/** The form in which {@link readRestricted}'s answer is kept. */
export function restrictedAsJson(sums: RestrictedSums): string {
  return JSON.stringify(Object.fromEntries([...sums].map(([text, left]) => [text, String(left)])));
}
