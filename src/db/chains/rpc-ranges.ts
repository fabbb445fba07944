/** How many blocks each RPC answers at once, as learned by asking it. */
import type { Database } from '../database.ts';
import { listRows, small, textOf } from '../rows.ts';

/** What was learned of one method of one RPC. */
export interface LearnedRange {
  readonly rpc: string;
  readonly method: string;
  readonly blocks: number;
}

/** What was learned of the RPCs of a chain since then. */
export async function listRanges(db: Database, chain: string, since: Date): Promise<LearnedRange[]> {
  return listRows(
    db,
    (row) => ({ rpc: textOf(row['rpc']), method: textOf(row['method']), blocks: small(row['blocks']) }),
    'SELECT rpc, method, blocks FROM rpc_range WHERE chain = ? AND learned_at >= ?',
    [chain, since],
  );
}

/** Keeps what was learned, in the place of what was known of the same method. */
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
