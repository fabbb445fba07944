/** The shared counters of rate limits: how much of each all processes together have leased, window by window. */
import { firstShareOf, shareOf, type Limit } from '../../core/access/rate-limit.ts';
import { type ShareRequest } from '../../core/access/rate-limit.ts';
import type { Database } from '../database.ts';
import { count, getRow } from '../rows.ts';

/** The rule of shareOf in SQL, for the row `r`. */
const LEFT = 'greatest(0, :requests::bigint - r.taken - :unasked::bigint)';
const SHARE = `least(${LEFT}, greatest(:first::bigint, (${LEFT} + 1) / 2))`;

/**
 * Leases a share of what is left of a limit in a window, and counts what the process allowed without a lease. One
 * statement; concurrent calls take turns.
 * @param name of the limit: whom and what it limits.
 */
export async function leaseShare(
  db: Database,
  name: string,
  limit: Limit,
  lease: ShareRequest,
): Promise<{ readonly granted: number; readonly taken: number }> {
  const granted = shareOf(limit, lease.unasked);
  return getRow(
    db,
    (row) => ({ granted: count(row['granted']), taken: count(row['taken']) }),
    `INSERT INTO rate_share AS r (name, window_at, granted, taken)
     VALUES (:name, :windowAt, :granted::bigint, :granted::bigint + :unasked::bigint)
     ON CONFLICT (name) DO UPDATE SET window_at = greatest(r.window_at, excluded.window_at),
       granted = CASE WHEN r.window_at < excluded.window_at THEN excluded.granted ELSE ${SHARE} END,
       taken = CASE WHEN r.window_at < excluded.window_at THEN excluded.taken
         ELSE r.taken + :unasked::bigint + ${SHARE} END
     RETURNING granted, taken`,
    {
      name,
      windowAt: new Date(lease.windowAtMs),
      granted,
      unasked: lease.unasked,
      requests: limit.requests,
      first: firstShareOf(limit),
    },
  );
}

/** Deletes windows that began before `before`: they are over. */
export async function dropOldShares(db: Database, before: Date): Promise<void> {
  await db.raw('DELETE FROM rate_share WHERE window_at < ?', [before]);
}
