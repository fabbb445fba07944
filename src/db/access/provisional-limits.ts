/** What orgs may have credited under the early policy, and what they have. */
import type { Database, DatabaseTransaction } from '../database.ts';

/**
 * What each org's provisional limit still allows on all chains together, in micros, and never below zero; a deposit
 * counts until its block is hard-final. `lock` makes decisions about one org queue.
 */
export async function listProvisionalRooms(
  db: Database | DatabaseTransaction,
  orgs: readonly string[],
  lock = false,
): Promise<Map<string, bigint>> {
  if (orgs.length === 0) return new Map();
  const limits: { rows: { org: string; provisional_limit: string }[] } = await db.raw(
    `SELECT org, provisional_limit FROM org_settings WHERE org = ANY(?::uuid[]) AND provisional_limit > 0
     ORDER BY org ${lock ? 'FOR UPDATE' : ''}`,
    [[...orgs]],
  );
  const used: { rows: { org: string; used: string }[] } = await db.raw(
    `SELECT org, sum(amount)::text AS used FROM deposit
     WHERE org = ANY(?::uuid[]) AND provisional AND hard_final_at IS NULL AND wallet IS NOT NULL
       AND state IN ('credited', 'confirming') GROUP BY org`,
    [limits.rows.map(({ org }) => org)],
  );
  const usedOf = new Map(used.rows.map((row) => [row.org, BigInt(row.used)]));
  return new Map(
    limits.rows.map((row) => {
      const room = BigInt(row.provisional_limit) - (usedOf.get(row.org) ?? 0n);
      return [row.org, room > 0n ? room : 0n];
    }),
  );
}

/** Sets how much an org may have credited under the early policy at a time; 0 takes it away. False: no such org. */
export async function setProvisionalLimit(
  db: Database | DatabaseTransaction,
  { org, limitMicros, at }: { readonly org: string; readonly limitMicros: bigint; readonly at: Date },
): Promise<boolean> {
  const result: { rows: unknown[] } = await db.raw(
    'UPDATE org_settings SET provisional_limit = ?::bigint, updated_at = ? WHERE org = ? RETURNING org',
    [String(limitMicros), at, org],
  );
  return result.rows.length > 0;
}
