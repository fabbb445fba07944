/** Finds orgs whose dust has become enough to be credited. */
import type { Database } from '../database.ts';
import { recordDepositEvents } from './events.ts';
import { withLease, type Lease } from '../leases.ts';
import { listRows, textOf } from '../rows.ts';

/**
 * Releases the dust of every org whose dust on this chain adds up to the minimum: each deposit is then credited under its
 * own key. Answers how many deposits were released.
 */
export async function ripenDust(
  db: Database,
  lease: Lease,
  due: { readonly chain: string; readonly minMicros: bigint; readonly at: Date },
): Promise<number> {
  return withLease(db, lease, async (trx) => {
    const ids = await listRows(
      trx,
      (row) => textOf(row['id']),
      `UPDATE deposit d SET state = 'confirming', reason = NULL, dust_ripe = true, updated_at = :at
       FROM (SELECT org FROM deposit WHERE chain = :chain AND state = 'dust' AND org IS NOT NULL
             GROUP BY org HAVING sum(amount) >= :minMicros::numeric) AS enough
       WHERE d.chain = :chain AND d.state = 'dust' AND d.org = enough.org RETURNING d.id`,
      { chain: due.chain, minMicros: String(due.minMicros), at: due.at },
    );
    await recordDepositEvents(trx, ids, due.at);
    return ids.length;
  });
}
