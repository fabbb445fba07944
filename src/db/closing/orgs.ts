/** Closes orgs, and reopens them. What it moves is no money: what is left in the wallet is booked by hand. */
import { revokeKeysOf } from '../access/api-keys.ts';
import { findOrg, lockOrg, suspendOrg, type Org, type OrgTarget } from '../access/orgs.ts';
import { stopRefill } from '../billing/refill-settings.ts';
import type { Database } from '../database.ts';

/** An org after it was closed. */
export interface Closed {
  readonly org: Org;
  /** The ids of the keys that this call revoked. */
  readonly revokedKeys: readonly string[];
}

/**
 * Closes an org, all of it in one commit: it is suspended, so that nothing new is spent; the keys that are bound to it are revoked
 * for good; auto-refill is turned off; and deposits and payments that come from then on are set aside and not credited. A
 * closed org keeps the time and reason of its closing. Undefined when there is no such org.
 */
export async function closeOrg(
  db: Database,
  { reason, ...target }: OrgTarget & { readonly reason: string },
): Promise<Closed | undefined> {
  const { id, at } = target;
  return db.transaction(async (trx) => {
    const org = await lockOrg(trx, id);
    if (!org) return undefined;
    if (org.closedAt !== null) return { org, revokedKeys: [] };
    if (org.suspendedAt === null) await suspendOrg(trx, target, true, reason);
    await trx.raw('UPDATE org SET closed_at = ?, closed_reason = ? WHERE id = ?', [at, reason, id]);
    const revokedKeys = await revokeKeysOf(trx, id, at);
    await stopRefill(trx, id, { reason: 'org_closed', at });
    return { org: (await findOrg(trx, id)) ?? org, revokedKeys };
  });
}

/**
 * Ends the closing of an org. It stays suspended until an operator resumes it, has no keys, and auto-refill stays off. Deposits
 * that were set aside for its closing are credited in the next round. An org that is not closed stays as it is. Undefined when there
 * is no such org.
 */
export async function reopenOrg(db: Database, id: string): Promise<Org | undefined> {
  return db.transaction(async (trx) => {
    const org = await lockOrg(trx, id);
    if (!org || org.closedAt === null) return org;
    await trx.raw('UPDATE org SET closed_at = NULL, closed_reason = NULL WHERE id = ?', [id]);
    return findOrg(trx, id);
  });
}
