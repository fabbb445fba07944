/** Stores how far the detector has read a chain, and checkpoints of blocks, which show where a reorg begins. */
import type { Block } from '../../core/chains/transfer.ts';
import type { Database, DatabaseTransaction } from '../database.ts';
import { withLease, type Lease } from '../leases.ts';
import { count, getRow, listRows, orNull, textOf, type Row } from '../rows.ts';
import { rewindAudit } from './audit-rewind.ts';

/** How far a chain has been read. */
export interface ChainCursor {
  readonly startBlock: number;
  /** First block that is not read completely. */
  readonly nextBlock: number;
  /** Highest head up to which the chain was ever scanned. */
  readonly headBlock: number;
  /** Number of the newest deposit address for which every block below nextBlock was read. */
  readonly watchedNumber: number;
  /** Highest block of the current branch that was ever reported as hard-final; undefined: none. */
  readonly hardFinalBlock: number | undefined;
}

/** A block that was read completely. */
export interface Checkpoint {
  readonly number: number;
  readonly hash: string;
}

/** The new position of a cursor. */
export interface CursorMove {
  readonly nextBlock: number;
  readonly headBlock: number;
  readonly creditBlock: number | undefined;
  readonly hardFinalBlock: number | undefined;
  /** Number of the newest deposit address that was read for; undefined keeps the stored one. */
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
 * Where to continue reading. The first call for a chain begins at startBlock. A start that is configured lower later moves
 * the cursor back; blocks are then read again, and nothing is credited twice.
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

/** The stored checkpoints of a chain, newest first. */
export async function listCheckpoints(db: Database, chain: string): Promise<Checkpoint[]> {
  return listRows(
    db,
    (row) => ({ number: count(row['number']), hash: textOf(row['hash']) }),
    'SELECT number, hash FROM block_checkpoint WHERE chain = ? ORDER BY number DESC',
    [chain],
  );
}

/** Moves the cursor. After a rewind the given hard-final block replaces the stored one; otherwise the higher one counts. */
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

/** Checkpoints to store, and which of the stored ones to remove. */
export interface NewCheckpoints {
  readonly chain: string;
  readonly blocks: readonly Block[];
  /** Newest block before a reorg: checkpoints above it are no longer on the chain. Undefined without a reorg. */
  readonly ancestor: number | undefined;
  /** Numbers of checkpoints that are no longer needed. */
  readonly thin: readonly number[];
}

/** Stores checkpoints, and removes those of a branch that is gone together with what audits read on it. */
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
