/** Reads what an org may see of a transaction: its own deposits, and no trace of any other. */
import type { Database } from '../database.ts';
import { listRows } from '../rows.ts';
import { DEPOSIT_COLUMNS, depositOf, type DepositView } from './views.ts';

/**
 * The deposits of a transaction, on all chains, that are this org's: those matched to it, and those without an org whose
 * sender is, or was at the block's time, registered to it, or that went to its own deposit address. A deposit of another
 * org is never among them, even if orgs share an address.
 */
export async function listTraced(
  db: Database,
  trace: { readonly org: string; readonly txHash: string; readonly limit: number },
): Promise<DepositView[]> {
  return listRows(
    db,
    depositOf,
    `SELECT ${DEPOSIT_COLUMNS} FROM deposit d
     WHERE d.tx_hash = :txHash AND (d.org = :org OR (d.org IS NULL AND (
       EXISTS (SELECT FROM sender s
         WHERE s.org = :org AND s.family = split_part(d.chain, ':', 1) AND s.address = d.from_address
           AND s.state = 'bound' AND (s.chain IS NULL OR s.chain = d.chain)
           AND (s.unbound_at IS NULL OR (s.bound_at <= d.block_time AND d.block_time < s.unbound_at)))
       OR EXISTS (SELECT FROM deposit_address a
         WHERE a.org = :org AND a.family = split_part(d.chain, ':', 1) AND a.address = d.to_address))))
     ORDER BY d.chain, d.ordinal, d.id LIMIT :limit`,
    trace,
  );
}
