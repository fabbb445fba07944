/** The limits on what orgs may have credited under the early policy, and how much of them is free. */
import type { Database, DatabaseTransaction } from '../database.ts';
import { changeRows, listRows, micros, textOf } from '../rows.ts';

/**
 * What each org's provisional limit still allows, over all chains, in micros and never below zero; orgs without a limit
 * are missing. A deposit counts until its block is hard-final. `lock` makes decisions about one org wait for each other.
 */
export async function listProvisionalRooms(
  db: Database | DatabaseTransaction,
  orgs: readonly string[],
  lock = false,
): Promise<Map<string, bigint>> {
  if (orgs.length === 0) return new Map();
  const limits = await listRows(
    db,
    (row) => ({ org: textOf(row['org']), limit: micros(row['provisional_limit']) }),
    `SELECT org, provisional_limit FROM org_settings WHERE org = ANY(?::uuid[]) AND provisional_limit > 0
     ORDER BY org ${lock ? 'FOR UPDATE' : ''}`,
    [[...orgs]],
  );
  const used = await listRows(
    db,
    (row) => [textOf(row['org']), micros(row['used'])] as const,
    `SELECT org, sum(amount)::text AS used FROM deposit
     WHERE org = ANY(?::uuid[]) AND provisional AND hard_final_at IS NULL AND wallet IS NOT NULL
       AND state IN ('credited', 'confirming') GROUP BY org`,
    [limits.map(({ org }) => org)],
  );
  const usedOf = new Map(used);
  return new Map(
    limits.map(({ org, limit }) => {
      const room = limit - (usedOf.get(org) ?? 0n);
      return [org, room > 0n ? room : 0n];
    }),
  );
}

/** Sets how much an org may have credited at one time under the early policy; 0 disables it. False: no such org. */
export async function setProvisionalLimit(
  db: Database | DatabaseTransaction,
  { org, limitMicros, at }: { readonly org: string; readonly limitMicros: bigint; readonly at: Date },
): Promise<boolean> {
  const change = 'UPDATE org_settings SET provisional_limit = ?::bigint, updated_at = ? WHERE org = ?';
  return (await changeRows(db, change, [String(limitMicros), at, org])) > 0;
}
