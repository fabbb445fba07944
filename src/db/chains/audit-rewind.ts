/** Removes what audits of a chain read on a branch that is gone, at any depth: an audit rereads only the newest blocks. */
import type { DatabaseTransaction } from '../database.ts';
import { listRows, textOf } from '../rows.ts';

/** A chain, and the newest block known to be still on it; if none is known, the block before the first one to be read. */
interface Rewind {
  readonly chain: string;
  readonly ancestor: number;
}

/**
 * Removes what audits read above the ancestor and the amounts that they computed from it, so that the next audit reads
 * these blocks again. Call it in the transaction that removes the checkpoints of the branch that is gone, after that.
 */
export async function rewindAudit(trx: DatabaseTransaction, { chain, ancestor }: Rewind): Promise<void> {
  await forgetNotices(trx, { chain, ancestor });
  // Outgoing transfers need no removal: reading blocks replaces what is stored of them, and amounts are computed after it.
  await trx.raw(
    `UPDATE chain_audit SET outgoing_next = least(outgoing_next, :next::bigint),
       notices_next = least(notices_next, :next::bigint),
       audited_block = CASE WHEN audited_block > :ancestor THEN nullif(:ancestor::bigint, -1) ELSE audited_block END
     WHERE chain = :chain`,
    { chain, ancestor, next: ancestor + 1 },
  );
  // A base has no block hash. Without any checkpoint, not even the block before the first is known to be on the chain, so
  // every base is dropped. A proven point has a hash, which is compared with the chain before it is used.
  await trx.raw(
    `UPDATE watched_balance SET base_block = NULL, base_amount = NULL WHERE chain = :chain AND base_block IS NOT NULL
       AND (base_block > :ancestor OR NOT EXISTS (SELECT 1 FROM block_checkpoint WHERE chain = :chain))`,
    { chain, ancestor },
  );
}

/** Resets tokens to the state that the remaining notices give. A removed notice is reported again if it is read again. */
async function forgetNotices(trx: DatabaseTransaction, { chain, ancestor }: Rewind): Promise<void> {
  const tokens = await listRows(
    trx,
    (row) => textOf(row['token']),
    'DELETE FROM token_notice WHERE chain = ? AND block_number > ? RETURNING token',
    [chain, ancestor],
  );
  if (tokens.length === 0) return;
  // At the start of its watch, every token counts as neither paused nor blocking anybody.
  await trx.raw(
    `UPDATE token_watch w SET
       paused = coalesce((SELECT n.kind = 'paused' FROM token_notice n
         WHERE n.chain = w.chain AND n.token = w.token AND n.kind IN ('paused', 'unpaused')
         ORDER BY n.block_number DESC, n.position DESC LIMIT 1), false),
       blocked = ARRAY(SELECT newest.about FROM (
         SELECT DISTINCT ON (n.about) n.about, n.kind FROM token_notice n
         WHERE n.chain = w.chain AND n.token = w.token AND n.kind IN ('blocked', 'unblocked')
         ORDER BY n.about, n.block_number DESC, n.position DESC) AS newest WHERE newest.kind = 'blocked')
     WHERE w.chain = :chain AND w.token = ANY(:tokens::text[])`,
    { chain, tokens },
  );
}
