/** Deletes refused commands whose time is over. May run in every process. */
import type { Logger } from 'pino';
import type { Clock } from '../core/clock.ts';
import type { Database } from '../db/database.ts';
import { dropOldRefusals } from '../db/explain/refusals.ts';
import { startRounds, type Job, type MayRun } from './rounds.ts';

/** From the end of one round to the next. */
const INTERVAL_MS = 10 * 60_000;

/** Deletes them at once and then every ten minutes. */
export function startRefusals({
  db,
  clock,
  log,
  mayRun,
}: {
  readonly db: Database;
  readonly clock: Clock;
  readonly log: Pick<Logger, 'warn'>;
  readonly mayRun: MayRun;
}): Job {
  return startRounds(
    clock,
    INTERVAL_MS,
    async (stopped) => {
      while (!stopped() && (await dropOldRefusals(db, clock.nowMs())) > 0);
    },
    mayRun,
    { job: 'refusals', log, message: 'old refused commands cannot be deleted; trying again' },
  );
}
