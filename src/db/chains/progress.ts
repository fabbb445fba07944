/** Reads how far the detector has read the chains. */
import type { Database } from '../database.ts';
import { count, findRow, listRows, orNull, textOf, timeOf, truth, type Row } from '../rows.ts';

/** How many blocks below the head the pace of a chain is measured over. */
const PACE_BLOCKS = 1_000;

/** How far a chain has been read, as the detector last stored it. */
export interface ChainProgress {
  readonly headBlock: number;
  /** First block that is not read completely. */
  readonly nextBlock: number;
  /** When a range of blocks was last read and stored; null: never. */
  readonly scannedAt: Date | null;
  /** The highest block whose deposits up to the caps may be credited; null while there is none. */
  readonly creditBlock: number | null;
  /** The highest block that the chain reports as hard-final; null while it reports none. */
  readonly hardFinalBlock: number | null;
  /** Recent average time from one block to the next; null when it is not known. */
  readonly blockMs: number | null;
  /** Nothing is credited until an operator releases the chain. */
  readonly frozen: boolean;
}

/** Every chain that the detector has read, by CAIP-2 id. */
export async function listChainProgress(db: Database): Promise<Map<string, ChainProgress>> {
  // The cursor is opened before the first scan: until then its head is 0 and its next block is the start.
  const chains = await listRows(
    db,
    (row) => [textOf(row['chain']), progressOf(row)] as const,
    `SELECT c.chain, c.head_block, c.next_block, c.credit_block, c.hard_final_block, pace.block_ms,
       EXISTS (SELECT FROM chain_freeze f WHERE f.chain = c.chain AND f.released_at IS NULL) AS frozen,
       CASE WHEN c.head_block > 0 OR c.next_block > c.start_block THEN c.scanned_at END AS scanned_at
     FROM chain_cursor c CROSS JOIN LATERAL (
       SELECT nullif(round(extract(epoch FROM max(k.block_time) - min(k.block_time)) * 1000
           / nullif(max(k.number) - min(k.number), 0)), 0)::bigint AS block_ms
       FROM block_checkpoint k WHERE k.chain = c.chain AND k.number > c.head_block - ?) AS pace`,
    [PACE_BLOCKS],
  );
  return new Map(chains);
}

function progressOf(row: Row): ChainProgress {
  return {
    headBlock: count(row['head_block']),
    nextBlock: count(row['next_block']),
    scannedAt: orNull(row['scanned_at'], timeOf),
    creditBlock: orNull(row['credit_block'], count),
    hardFinalBlock: orNull(row['hard_final_block'], count),
    blockMs: orNull(row['block_ms'], count),
    frozen: truth(row['frozen']),
  };
}

/** How far a chain has been read, and who leads it. */
export interface ChainStand {
  readonly headBlock: number;
  readonly nextBlock: number;
  readonly creditBlock: number | null;
  readonly hardFinalBlock: number | null;
  readonly scannedAt: Date;
  /** Null when no process has ever led it; `live` by the database's clock. */
  readonly lease: { readonly holder: string; readonly fence: string; readonly live: boolean } | null;
}

/** Undefined for a chain that was never read. */
export async function findChainStand(db: Database, chain: string): Promise<ChainStand | undefined> {
  return findRow(
    db,
    chainStandOf,
    `SELECT c.head_block, c.next_block, c.credit_block, c.hard_final_block, c.scanned_at, l.holder, l.fence,
       l.expires_at > clock_timestamp() AS live
     FROM chain_cursor c LEFT JOIN lease l ON l.name = 'chain:' || c.chain WHERE c.chain = ?`,
    [chain],
  );
}

function chainStandOf(row: Row): ChainStand {
  const holder = orNull(row['holder'], textOf);
  return {
    headBlock: count(row['head_block']),
    nextBlock: count(row['next_block']),
    creditBlock: orNull(row['credit_block'], count),
    hardFinalBlock: orNull(row['hard_final_block'], count),
    scannedAt: timeOf(row['scanned_at']),
    lease: holder === null ? null : { holder, fence: textOf(row['fence']), live: truth(row['live']) },
  };
}
