/** The table of events that were charged, which are kept for ever. */
import type { UsageLine } from '../../core/pricing/usage.ts';
import { changeRows, count, listRows, orNull, textOf, type Queries, type Row } from '../rows.ts';

/** Commits nothing but itself: once it is answered, what was read before it is as durable as can be. */
const BARRIER = "SELECT pg_logical_emit_message(true, 'coffer', '')";

/** An event that was charged before. */
export interface KnownUsage extends Pick<UsageLine, 'id' | 'content'> {
  readonly wallet: string;
  /** The first entry of the command that charged it; null where it cost nothing. */
  readonly seq: number | null;
}

/**
 * Selects those events that were charged.
 * @param wallet a parameter that is a uuid[]. @param id a parameter that is a text[], each id in hex.
 */
export const selectUsage = (wallet: string, id: string): string => `
  SELECT u.wallet, encode(u.id, 'hex') AS id, encode(u.content, 'hex') AS content, u.seq
  FROM unnest(${wallet}::uuid[], ${id}::text[]) AS x (wallet, id)
  JOIN usage_event u ON u.wallet = x.wallet AND u.id = decode(x.id, 'hex')`;

/** The event in a row of {@link selectUsage}. */
export function knownUsageOf(row: Row): KnownUsage {
  return {
    wallet: textOf(row['wallet']),
    id: textOf(row['id']),
    content: textOf(row['content']),
    seq: orNull(row['seq'], count),
  };
}

/** Those of a wallet's events that were charged, by their ids; what is found lasts. */
export async function findUsage(
  db: Queries,
  wallet: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, KnownUsage>> {
  const found = await listRows(db, knownUsageOf, selectUsage('?', '?'), [ids.map(() => wallet), [...ids]]);
  if (found.length > 0) await db.raw(BARRIER);
  return new Map(found.map((one) => [one.id, one]));
}

/**
 * Keeps events that cost nothing by the price book in a state.
 * @returns false when the book has another state by now; then nothing is kept
 * @throws a unique violation when one of them is known by now; then nothing is kept either
 */
export async function keepFreeUsage(
  db: Queries,
  about: { readonly wallet: string; readonly lines: readonly UsageLine[]; readonly book: string },
): Promise<boolean> {
  const { wallet, lines, book } = about;
  const kept = await changeRows(
    db,
    `INSERT INTO usage_event (wallet, id, content)
     SELECT :wallet::uuid, decode(t.id, 'hex'), decode(t.content, 'hex')
     FROM unnest(:ids::text[], :contents::text[]) AS t (id, content)
     WHERE EXISTS (SELECT FROM price_book WHERE last = :book::uuid)`,
    { wallet, book, ids: lines.map(({ id }) => id), contents: lines.map(({ content }) => content) },
  );
  return kept === lines.length;
}
