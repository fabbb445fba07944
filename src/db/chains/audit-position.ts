/** Stores how far the audit of a chain has read. */
import { cleanOrNull } from '../../core/foreign-text.ts';
import type { Database } from '../database.ts';
import { withLease, type Lease } from '../leases.ts';
import { changeRows, count, getRow, orNull, small, type Row } from '../rows.ts';

/** Where the audit of a chain continues: the first blocks whose outgoing transfers and token notices are not read yet. */
export interface AuditPosition {
  readonly outgoingNext: number;
  readonly noticesNext: number;
  readonly addressesKnown: number;
  readonly auditedBlock: number | undefined;
}

function positionOf(row: Row): AuditPosition {
  return {
    outgoingNext: count(row['outgoing_next']),
    noticesNext: count(row['notices_next']),
    addressesKnown: small(row['addresses_known']),
    auditedBlock: orNull(row['audited_block'], count) ?? undefined,
  };
}

/** Where the audit of a chain continues; the first call begins it at `startBlock`. */
export async function openAudit(
  db: Database,
  lease: Lease,
  start: { readonly chain: string; readonly startBlock: number; readonly noticesFrom: number },
): Promise<AuditPosition> {
  return withLease(db, lease, async (trx) =>
    getRow(
      trx,
      positionOf,
      `INSERT INTO chain_audit AS a (chain, outgoing_next, notices_next) VALUES (:chain, :startBlock, :noticesFrom)
       ON CONFLICT (chain) DO UPDATE SET outgoing_next = a.outgoing_next
       RETURNING outgoing_next, notices_next, addresses_known, audited_block`,
      start,
    ),
  );
}

/** Notes that an audit of the chain was completed at a block, or why it failed. */
export async function closeAudit(
  db: Database,
  lease: Lease,
  done: {
    readonly chain: string;
    readonly problem: string | undefined;
    readonly at: Date;
    /** Left out after a failed audit: the stored values remain. */
    readonly addressesKnown?: number;
    readonly block?: number;
  },
): Promise<void> {
  const { chain, problem, at, addressesKnown, block } = done;
  await withLease(db, lease, async (trx) => {
    await trx.raw(
      `UPDATE chain_audit SET addresses_known = coalesce(:addressesKnown, addresses_known),
         audited_block = coalesce(:block, audited_block), problem = :problem,
         audited_at = CASE WHEN :block::bigint IS NULL THEN audited_at ELSE :at END WHERE chain = :chain`,
      { chain, at, problem: cleanOrNull(problem), addressesKnown: addressesKnown ?? null, block: block ?? null },
    );
  });
}

/** Whether a deposit of the chain was credited at or after a time. */
export async function hasCreditedSince(db: Database, chain: string, since: Date): Promise<boolean> {
  const found = await changeRows(db, 'SELECT 1 FROM deposit WHERE chain = ? AND credited_at >= ? LIMIT 1', [
    chain,
    since,
  ]);
  return found > 0;
}
