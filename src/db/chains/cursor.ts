/** How far the detector has read a chain, and the blocks that it passed, to find where a reorg begins. */
import type { Block } from '../../core/chains/transfer.ts';
import type { Database, DatabaseTransaction } from '../database.ts';
import { withLease, type Lease } from '../leases.ts';
import { count, getRow, listRows, orNull, textOf, type Row } from '../rows.ts';
import { rewindAudit } from './audit-rewind.ts';

/** How far a chain has been read. */
export interface ChainCursor {
  readonly startBlock: number;
  /** First block that has not been read to the end. */
  readonly nextBlock: number;
  /** Newest head that was ever scanned to. */
  readonly headBlock: number;
  /** Newest deposit address with which every block below nextBlock was read. */
  readonly watchedNumber: number;
  /** Highest block that the chain was ever said not to take back, on the branch that it holds; undefined: none. */
  readonly hardFinalBlock: number | undefined;
}

/** A block that was read to the end. */
export interface Checkpoint {
  readonly number: number;
  readonly hash: string;
}

/** Where a cursor goes. */
export interface CursorMove {
  readonly nextBlock: number;
  readonly headBlock: number;
  readonly creditBlock: number | undefined;
  readonly hardFinalBlock: number | undefined;
  /** Newest deposit address that was read for; undefined leaves it as it was. */
  readonly watchedNumber?: number | undefined;
}

function cursorOf(row: Row): ChainCursor {
  return {
    startBlock: count(row['start_block']),
    nextBlock: count(row['next_block']),
    headBlock: count(row['head_block']),
    watchedNumber: count(row['watched_number']),
    hardFinalBlock: orNull(row['hard_final_block'], count) ?? undefined,
  };
}

/**
 * Where to read on. The first call for a chain begins at startBlock; a start that was configured lower since moves
 * the cursor back, which reads blocks again and credits nothing twice.
 */
export async function openCursor(
  db: Database,
  lease: Lease,
  start: { readonly chain: string; readonly startBlock: number; readonly at: Date },
): Promise<ChainCursor> {
  return withLease(db, lease, async (trx) =>
    getRow(
      trx,
      cursorOf,
      `INSERT INTO chain_cursor AS c (chain, start_block, next_block, head_block, scanned_at)
       VALUES (:chain, :start, :start, 0, :at)
       ON CONFLICT (chain) DO UPDATE SET start_block = least(c.start_block, excluded.start_block),
         next_block = CASE WHEN excluded.start_block < c.start_block THEN excluded.start_block ELSE c.next_block END
       RETURNING start_block, next_block, head_block, watched_number, hard_final_block`,
      { chain: start.chain, start: start.startBlock, at: start.at },
    ),
  );
}

/** Blocks that were read to the end, newest first. */
export async function listCheckpoints(db: Database, chain: string): Promise<Checkpoint[]> {
  return listRows(
    db,
    (row) => ({ number: count(row['number']), hash: textOf(row['hash']) }),
    'SELECT number, hash FROM block_checkpoint WHERE chain = ? ORDER BY number DESC',
    [chain],
  );
}

/** Writes how far the chain has been read. After a rewind the final height is what is named now, else the highest one. */
export async function moveCursor(
  trx: DatabaseTransaction,
  { chain, at, ancestor }: { readonly chain: string; readonly at: Date; readonly ancestor: number | undefined },
  to: CursorMove,
): Promise<void> {
  const { nextBlock, headBlock, creditBlock, hardFinalBlock, watchedNumber } = to;
  await trx.raw(
    `UPDATE chain_cursor SET next_block = ?, head_block = greatest(head_block, ?), credit_block = ?,
       hard_final_block = CASE WHEN ? THEN ? ELSE greatest(hard_final_block, ?::bigint) END, watched_number = coalesce(?, watched_number), scanned_at = ? WHERE chain = ?`,
    [
      nextBlock,
      headBlock,
      creditBlock ?? null,
      ancestor !== undefined,
      hardFinalBlock ?? null,
      hardFinalBlock ?? null,
      watchedNumber ?? null,
      at,
      chain,
    ],
  );
}

/** Blocks whose headers are kept, and what happens to those that were kept before. */
export interface NewCheckpoints {
  readonly chain: string;
  readonly blocks: readonly Block[];
  /** Checkpoints above this lie on a branch that is gone; undefined when there was no reorg. */
  readonly ancestor: number | undefined;
  /** Numbers of checkpoints that are not needed any more. */
  readonly thin: readonly number[];
}

/** Keeps checkpoints, and takes back those of a branch that is gone with what audits read on it. */
export async function storeCheckpoints(trx: DatabaseTransaction, checkpoints: NewCheckpoints): Promise<void> {
  const { chain, blocks, ancestor, thin } = checkpoints;
  if (ancestor !== undefined) {
    await trx.raw('DELETE FROM block_checkpoint WHERE chain = ? AND number > ?', [chain, ancestor]);
    await rewindAudit(trx, { chain, ancestor });
  }
  if (thin.length > 0) {
    await trx.raw('DELETE FROM block_checkpoint WHERE chain = ? AND number = ANY(?::bigint[])', [chain, [...thin]]);
  }
  const unique = [...new Map(blocks.map((block) => [block.number, block])).values()];
  await trx.raw(
    `INSERT INTO block_checkpoint (chain, number, hash, parent_hash, block_time)
     SELECT ?, * FROM unnest(?::bigint[], ?::text[], ?::text[], ?::timestamptz[])
     ON CONFLICT (chain, number) DO UPDATE SET hash = excluded.hash, parent_hash = excluded.parent_hash,
       block_time = excluded.block_time`,
    [
      chain,
      unique.map((block) => block.number),
      unique.map((block) => block.hash),
      unique.map((block) => block.parentHash),
      unique.map((block) => new Date(block.timeMs).toISOString()),
    ],
  );
}
