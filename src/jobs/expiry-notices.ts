/** Announces credit that will end. May run in every process: what one of them announces, no other does. */
import type { Logger } from 'pino';
import type { Clock } from '../core/clock.ts';
import type { Database } from '../db/database.ts';
import { announceEnding, listNoticeDays } from '../db/lots/expiry-notices.ts';
import { startRounds, type Job, type MayRun } from './rounds.ts';

/** From the end of one round to the next. */
const INTERVAL_MS = 60_000;
/** Most pages of one round and number of days; the next round goes on. */
const PAGES_MAX = 50;

interface Options {
  /** Sees everybody's rows. */
  readonly db: Database;
  readonly clock: Clock;
}

/** Announces what came within each number of days; up to a bound, the next call goes on. `stopped` ends it between pages. */
export async function announceExpiring({ db, clock }: Options, stopped: () => boolean = () => false): Promise<void> {
  const now = new Date(clock.nowMs());
  for (const days of await listNoticeDays(db, now)) {
    for (let page = 0; page < PAGES_MAX && !stopped(); page += 1) {
      if (!(await announceEnding(db, days, now))) break;
    }
  }
}

/** Does so at once and then every minute. */
export function startExpiryNotices(options: Options & { readonly log: Logger; readonly mayRun: MayRun }): Job {
  const { log, clock, mayRun } = options;
  const trouble = { log, message: 'credit that will end cannot be announced; trying again' };
  return startRounds(clock, INTERVAL_MS, async (stopped) => announceExpiring(options, stopped), mayRun, trouble);
}
