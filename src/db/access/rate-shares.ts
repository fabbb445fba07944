/** The common count of rate limits: what all processes together have leased of each, window by window. */
import { firstShareOf, shareOf, type Limit } from '../../core/access/rate-limit.ts';
import { type ShareRequest } from '../../core/access/rate-limit.ts';
import type { Database } from '../database.ts';
import { count, getRow } from '../rows.ts';

/** As shareOf has it, of the row `r`. */
const LEFT = 'greatest(0, :requests::bigint - r.taken - :unasked::bigint)';
const SHARE = `least(${LEFT}, greatest(:first::bigint, (${LEFT} + 1) / 2))`;

/**
 * Leases a share of what is left of a limit in a window, and counts what was given out unasked. One statement; those who
 * ask at once take turns.
 * @param name of whom and what the limit is.
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

/** Forgets windows that are over: those that began before `before`. */
export async function dropOldShares(db: Database, before: Date): Promise<void> {
  await db.raw('DELETE FROM rate_share WHERE window_at < ?', [before]);
}
