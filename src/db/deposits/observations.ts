/** What is stored about a transaction beside its deposits: every sight of it, and how its chain stands. */
import type { Database } from '../database.ts';
import { count, orNull } from '../rows.ts';

/** A Transfer as it was read in a block. */
export interface Observation {
  readonly chain: string;
  readonly token: string;
  readonly ordinal: number;
  readonly blockNumber: number;
  readonly blockHash: string;
  readonly from: string;
  readonly to: string;
  /** Base units of the token. */
  readonly amount: bigint;
  readonly observedAt: Date;
  /** When its block was found to be no part of the chain any more; null while it is. */
  readonly orphanedAt: Date | null;
}

interface ObservationRow {
  chain: string;
  token: string;
  ordinal: number;
  block_number: string;
  block_hash: string;
  from_address: string;
  to_address: string;
  amount: string;
  observed_at: Date;
  orphaned_at: Date | null;
}

/** Every sight of the transfers of a transaction on a chain, oldest first; up to `limit`. */
export async function listObservations(
  db: Database,
  of: { readonly chain: string; readonly txHash: string; readonly limit: number },
): Promise<Observation[]> {
  const result: { rows: ObservationRow[] } = await db.raw(
    `SELECT o.chain, o.token, o.ordinal, o.block_number, o.block_hash, o.from_address, o.to_address, o.amount,
       o.observed_at, o.orphaned_at
     FROM deposit d JOIN deposit_observation o
       ON o.chain = d.chain AND o.token = d.token AND o.tx_hash = d.tx_hash AND o.ordinal = d.ordinal
     WHERE d.tx_hash = :txHash AND d.chain = :chain
     ORDER BY o.observed_at, o.ordinal, o.block_number LIMIT :limit`,
    of,
  );
  return result.rows.map((row) => ({
    chain: row.chain,
    token: row.token,
    ordinal: row.ordinal,
    blockNumber: count(row.block_number),
    blockHash: row.block_hash,
    from: row.from_address,
    to: row.to_address,
    amount: BigInt(row.amount),
    observedAt: row.observed_at,
    orphanedAt: row.orphaned_at,
  }));
}

/** How far a chain has been read, and who leads it. */
export interface ChainStand {
  readonly headBlock: number;
  readonly nextBlock: number;
  readonly creditBlock: number | null;
  readonly hardFinalBlock: number | null;
  readonly scannedAt: Date;
  /** Null where nobody has led it; `live` by the database's clock. */
  readonly lease: { readonly holder: string; readonly fence: string; readonly live: boolean } | null;
}

/** Undefined for a chain that was never read. */
export async function findChainStand(db: Database, chain: string): Promise<ChainStand | undefined> {
  interface StandRow {
    head_block: string;
    next_block: string;
    credit_block: string | null;
    hard_final_block: string | null;
    scanned_at: Date;
    holder: string | null;
    fence: string | null;
    live: boolean | null;
  }
  const result: { rows: StandRow[] } = await db.raw(
    `SELECT c.head_block, c.next_block, c.credit_block, c.hard_final_block, c.scanned_at, l.holder, l.fence,
       l.expires_at > clock_timestamp() AS live
     FROM chain_cursor c LEFT JOIN lease l ON l.name = 'chain:' || c.chain WHERE c.chain = ?`,
    [chain],
  );
  const [row] = result.rows;
  if (!row) return undefined;
  const { holder, fence } = row;
  return {
    headBlock: count(row.head_block),
    nextBlock: count(row.next_block),
    creditBlock: orNull(row.credit_block, count),
    hardFinalBlock: orNull(row.hard_final_block, count),
    scannedAt: row.scanned_at,
    lease: holder === null || fence === null ? null : { holder, fence, live: row.live === true },
  };
}
