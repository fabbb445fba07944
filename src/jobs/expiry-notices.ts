/** Announces credit that will end. May run in every process: what one of them announces, no other does. */
import type { Logger } from 'pino';
import type { Clock } from '../core/clock.ts';
import type { Database } from '../db/database.ts';
import { announceEnding, listNoticeDays, type Announcing } from '../db/lots/expiry-notices.ts';
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

/**
 * Announces what came within each number of days; up to a bound, the next call goes on. `stopped` ends it between pages. A wallet
 * that cannot be read is reported to `onTrouble`.
 */
export async function announceExpiring(
  { db, clock }: Options,
  onTrouble: Announcing['onTrouble'],
  stopped: () => boolean = () => false,
): Promise<void> {
  const now = new Date(clock.nowMs());
  for (const days of await listNoticeDays(db, now)) {
    for (let page = 0; page < PAGES_MAX && !stopped(); page += 1) {
      if (!(await announceEnding(db, { noticeDays: days, now, onTrouble }))) break;
    }
  }
}

/** Does so at once and then every minute. */
export function startExpiryNotices(options: Options & { readonly log: Logger; readonly mayRun: MayRun }): Job {
  const { log, clock, mayRun } = options;
  const trouble = {
    job: 'expiry_notices',
    log,
    message: 'credit that will end cannot be announced; trying again',
  } as const;
  const work = async (stopped: () => boolean): Promise<void> =>
    announceExpiring(
      options,
      (wallet, error) => log.error({ err: error, wallet }, 'what ends in a wallet cannot be announced'),
      stopped,
    );
  return startRounds(clock, INTERVAL_MS, work, mayRun, trouble);
}
