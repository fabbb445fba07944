/** Reads the observations of a transaction's transfers: every block in which each was read. */
import type { Database } from '../database.ts';
import { count, listRows, micros, orNull, small, textOf, timeOf, type Row } from '../rows.ts';

/** A Transfer event as it was read in a block. */
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
  /** When its block was found to have left the chain; null while it is part of it. */
  readonly orphanedAt: Date | null;
}

/** The observations of a transaction's transfers on a chain, oldest first; up to `limit`. */
export async function listObservations(
  db: Database,
  of: { readonly chain: string; readonly txHash: string; readonly limit: number },
): Promise<Observation[]> {
  return listRows(
    db,
    observationOf,
    `SELECT o.chain, o.token, o.ordinal, o.block_number, o.block_hash, o.from_address, o.to_address, o.amount,
       o.observed_at, o.orphaned_at
     FROM deposit d JOIN deposit_observation o
       ON o.chain = d.chain AND o.token = d.token AND o.tx_hash = d.tx_hash AND o.ordinal = d.ordinal
     WHERE d.tx_hash = :txHash AND d.chain = :chain
     ORDER BY o.observed_at, o.ordinal, o.block_number LIMIT :limit`,
    of,
  );
}

function observationOf(row: Row): Observation {
  return {
    chain: textOf(row['chain']),
    token: textOf(row['token']),
    ordinal: small(row['ordinal']),
    blockNumber: count(row['block_number']),
    blockHash: textOf(row['block_hash']),
    from: textOf(row['from_address']),
    to: textOf(row['to_address']),
    amount: micros(row['amount']),
    observedAt: timeOf(row['observed_at']),
    orphanedAt: orNull(row['orphaned_at'], timeOf),
  };
}
