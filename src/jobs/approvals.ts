/**
 * Writes the entries of approved bookings whose process died before it wrote them. May run in every process: each
 * entry has one idempotency key.
 */
import type { Logger } from 'pino';
import type { Clock } from '../core/clock.ts';
import { listUnwrittenApprovals, writeApproved } from '../db/approvals/bookings.ts';
import type { Database } from '../db/database.ts';
import type { LedgerWriter } from '../db/ledger/writer.ts';
import { startRounds, type Job, type MayRun } from './rounds.ts';

/** From the end of one round to the next. */
const INTERVAL_MS = 15_000;
/** Most bookings of one round. */
const ROUND_MAX = 100;

interface Means {
  readonly db: Database;
  readonly writer: Pick<LedgerWriter, 'submit'>;
  readonly clock: Clock;
}

/** Writes what is approved and unwritten, up to a bound. A failure is reported to `onTrouble` and delays no other. */
export async function writeApprovedBookings(
  means: Means,
  onTrouble: (approval: string, error: unknown) => void,
  stopped: () => boolean = () => false,
): Promise<void> {
  for (const approval of await listUnwrittenApprovals(means.db, ROUND_MAX)) {
    if (stopped()) return;
    try {
      await writeApproved(means, approval);
    } catch (error) {
      onTrouble(approval.id, error);
    }
  }
}

/** Looks for such bookings at once and then every 15 seconds. */
export function startApprovals(options: Means & { readonly log: Logger; readonly mayRun: MayRun }): Job {
  const { log, clock, mayRun } = options;
  return startRounds(
    clock,
    INTERVAL_MS,
    async (stopped) => {
      const onTrouble = (approval: string, error: unknown): void =>
        log.error({ err: error, approval }, 'an approved booking cannot be written');
      await writeApprovedBookings(options, onTrouble, stopped);
    },
    mayRun,
    { job: 'approvals', log, message: 'the search for approved bookings failed; trying again' },
  );
}
