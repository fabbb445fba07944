/** Leadership over something, with a fencing token. Leases alone use the database's clock. */
import type { Database, DatabaseTransaction } from './database.ts';
import { changeRows, findRow, textOf } from './rows.ts';

export interface Lease {
  readonly name: string;
  readonly holder: string;
  /** Grows with every change of holder. Kept as text, as it came. */
  readonly fence: string;
}

/** More changes of a leader than there can have been between a backup and its restore. */
const FENCES_SKIPPED = 1_000_000_000;

/** Somebody else leads now: whatever was meant to be written is not. */
export class LeaseLost extends Error {
  override name = 'LeaseLost';
}

/**
 * Takes a lease that is free, expired or already this holder's, for ttlMs from now; undefined while another has it.
 * Calling it again is how a holder renews.
 */
export async function acquireLease(
  db: Database,
  lease: { readonly name: string; readonly holder: string; readonly ttlMs: number },
): Promise<Lease | undefined> {
  const { name, holder, ttlMs } = lease;
  const fence = await findRow(
    db,
    (row) => textOf(row['fence']),
    `INSERT INTO lease AS held (name, holder, fence, expires_at)
     VALUES (:name, :holder, 1, clock_timestamp() + :ttlMs * interval '1 millisecond')
     ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, expires_at = excluded.expires_at,
       fence = held.fence + CASE WHEN held.holder = excluded.holder THEN 0 ELSE 1 END
     WHERE held.holder = excluded.holder OR held.expires_at <= clock_timestamp()
     RETURNING fence`,
    { name, holder, ttlMs },
  );
  return fence === undefined ? undefined : { name, holder, fence };
}

/** Gives a lease up, so that the next leader need not wait for its end. Nothing happens when it is another's. */
export async function releaseLease(db: Database, lease: Lease): Promise<void> {
  await db.raw('UPDATE lease SET expires_at = clock_timestamp() WHERE name = ? AND holder = ? AND fence = ?', [
    lease.name,
    lease.holder,
    lease.fence,
  ]);
}

/**
 * Ends every lease for good. Fences move past all that may have been given before a restore, and the holder changes, so
 * that nothing which began under a lease of before can be written. A second call for the same holder changes nothing.
 * @returns how many leases ended.
 */
export async function endAllLeases(db: Database, holder: string): Promise<number> {
  return changeRows(
    db,
    `UPDATE lease SET holder = ?, fence = fence + ${FENCES_SKIPPED}, expires_at = clock_timestamp() WHERE holder <> ?`,
    [holder, holder],
  );
}

/**
 * How long a transaction under a lease may stand still before the database ends it. A leader that is paused in the middle
 * of one would else keep everybody from taking over for as long as it sleeps.
 */
export const FENCED_IDLE_MS_MAX = 3_000;

/**
 * Runs writes in one transaction that holds only while the lease does: nobody can take it over before the commit. The
 * setting `coffer.fence` names the lease within it.
 * The holder is asked for as well as the fence: after a restore to an earlier time a fence can be given a second time.
 * @throws LeaseLost when it has been taken over; nothing is written then.
 */
export async function withLease<Result>(
  db: Database,
  lease: Lease,
  work: (trx: DatabaseTransaction) => Promise<Result>,
): Promise<Result> {
  return db.transaction(async (trx) => {
    const held = await changeRows(
      trx,
      `SELECT set_config('idle_in_transaction_session_timeout', ?, true), set_config('coffer.fence', name, true)
       FROM lease WHERE name = ? AND holder = ? AND fence = ? FOR SHARE`,
      [String(FENCED_IDLE_MS_MAX), lease.name, lease.holder, lease.fence],
    );
    if (held === 0) throw new LeaseLost(`${lease.name} has another leader`);
    return work(trx);
  });
}
