/** What a reorg takes back of the audits of a chain, whatever its depth: they read anew only the newest blocks. */
import type { DatabaseTransaction } from '../database.ts';
import { listRows, textOf } from '../rows.ts';

/** A chain, and the newest block known to stand; where none is known, the block before the first that is read. */
interface Rewind {
  readonly chain: string;
  readonly ancestor: number;
}

/**
 * Takes back what audits read above the ancestor and what they reckon from there, so that the next one reads it anew.
 * Belongs into the transaction that removes the checkpoints of the branch that is gone, after that removal.
 */
export async function rewindAudit(trx: DatabaseTransaction, { chain, ancestor }: Rewind): Promise<void> {
  await forgetNotices(trx, { chain, ancestor });
  // Transfers out need no removal: a reading replaces what is stored of its blocks, and none is reckoned with before it.
  await trx.raw(
    `UPDATE chain_audit SET outgoing_next = least(outgoing_next, :next::bigint),
       notices_next = least(notices_next, :next::bigint),
       audited_block = CASE WHEN audited_block > :ancestor THEN nullif(:ancestor::bigint, -1) ELSE audited_block END
     WHERE chain = :chain`,
    { chain, ancestor, next: ancestor + 1 },
  );
  // A base says nothing of its block's hash. Where no checkpoint is left, not even the block before the first is known
  // to stand. A proven point is compared with the chain before it is used.
  await trx.raw(
    `UPDATE watched_balance SET base_block = NULL, base_amount = NULL WHERE chain = :chain AND base_block IS NOT NULL
       AND (base_block > :ancestor OR NOT EXISTS (SELECT 1 FROM block_checkpoint WHERE chain = :chain))`,
    { chain, ancestor },
  );
}

/** Tokens are again what the notices that are left make of them; one that is said again is told again. */
async function forgetNotices(trx: DatabaseTransaction, { chain, ancestor }: Rewind): Promise<void> {
  const tokens = await listRows(
    trx,
    (row) => textOf(row['token']),
    'DELETE FROM token_notice WHERE chain = ? AND block_number > ? RETURNING token',
    [chain, ancestor],
  );
  if (tokens.length === 0) return;
  // Every token was neither paused nor blocking when the watch over it began.
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
