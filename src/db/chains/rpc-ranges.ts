/** Stores how many blocks each RPC answers per request, as learned from its answers. */
import type { Database } from '../database.ts';
import { listRows, small, textOf } from '../rows.ts';

/** The learned block range of one method of one RPC. */
export interface LearnedRange {
  readonly rpc: string;
  readonly method: string;
  readonly blocks: number;
}

/** The block ranges of a chain's RPCs that were learned since a time. */
export async function listRanges(db: Database, chain: string, since: Date): Promise<LearnedRange[]> {
  return listRows(
    db,
    (row) => ({ rpc: textOf(row['rpc']), method: textOf(row['method']), blocks: small(row['blocks']) }),
    'SELECT rpc, method, blocks FROM rpc_range WHERE chain = ? AND learned_at >= ?',
    [chain, since],
  );
}

/** Stores learned block ranges; each replaces the one of the same method. */
export async function storeRanges(
  db: Database,
  chain: string,
  ranges: readonly LearnedRange[],
  at: Date,
): Promise<void> {
  if (ranges.length === 0) return;
  await db.raw(
    `INSERT INTO rpc_range (chain, rpc, method, blocks, learned_at)
     SELECT ?, rpc, method, blocks, ?::timestamptz FROM unnest(?::text[], ?::text[], ?::integer[])
       AS learned (rpc, method, blocks)
     ON CONFLICT (chain, rpc, method) DO UPDATE SET blocks = excluded.blocks, learned_at = excluded.learned_at`,
    [chain, at, ranges.map(({ rpc }) => rpc), ranges.map(({ method }) => method), ranges.map(({ blocks }) => blocks)],
  );
}
