/** Has chains read again after a restore, from a block before everything that the restore may have lost. */
import type { Database } from '../database.ts';
import { count, listRows, textOf } from '../rows.ts';

/** Blocks of this long before the restored time are read again as well. */
const MARGIN = `interval '1 hour'`;

/** From which block a chain is read again. */
export interface Replay {
  readonly chain: string;
  readonly fromBlock: number;
}

/** Every chain that was ever read. */
export async function listReadChains(db: Database): Promise<string[]> {
  return listRows(db, (row) => textOf(row['chain']), 'SELECT chain FROM chain_cursor ORDER BY chain');
}

/**
 * Moves the cursor of every chain back to its newest checkpoint from an hour before the restored time, or to its start.
 * Deposits are credited once, however often their blocks are read. A second call for the same time changes nothing.
 * @param restore.to the restored time; null: that of the chain's newest checkpoint.
 * @param restore.at when the recovery began: orgs of before then may have had deposit addresses that are lost.
 */
export async function replayChains(
  db: Database,
  restore: { readonly to: Date | null; readonly at: Date },
): Promise<Replay[]> {
  return listRows(
    db,
    (row) => ({ chain: textOf(row['chain']), fromBlock: count(row['next_block']) }),
    `UPDATE chain_cursor c SET next_block = least(c.next_block, safe.block), restored_at = :at,
       restored_block = least(c.restored_block, c.next_block, safe.block)
     FROM (SELECT chain, coalesce((SELECT max(number) FROM block_checkpoint b WHERE b.chain = k.chain AND b.block_time <=
         coalesce(:to, (SELECT max(block_time) FROM block_checkpoint n WHERE n.chain = k.chain)) - ${MARGIN}),
         k.start_block) AS block FROM chain_cursor k) safe
     WHERE safe.chain = c.chain RETURNING c.chain, c.next_block`,
    { to: restore.to, at: restore.at },
  );
}
