/**
 * Writes what the free tier gives new orgs, where the process that created the org did not. May run in every process: each
 * entry has one key.
 */
import type { Logger } from 'pino';
import type { Clock } from '../core/clock.ts';
import { listUnwrittenFreeTiers, writeFreeTier, type FreeTierMeans } from '../db/billing/free-tier.ts';
import { startRounds, type Job, type MayRun } from './rounds.ts';

const INTERVAL_MS = 2_000;
/** Most orgs of one round. */
const ROUND_MAX = 100;

interface Options extends FreeTierMeans {
  readonly clock: Clock;
  readonly log: Logger;
  readonly mayRun: MayRun;
}

/** Looks for such orgs at once and then every two seconds. A failure delays no other org. */
export function startFreeTiers(options: Options): Job {
  const { db, log, clock, mayRun } = options;
  return startRounds(
    clock,
    INTERVAL_MS,
    async (stopped) => {
      for (const org of await listUnwrittenFreeTiers(db, ROUND_MAX)) {
        if (stopped()) return;
        await writeFreeTier(options, org).catch((error: unknown) => {
          log.error({ err: error, org }, 'the free tier of an org cannot be written');
        });
      }
    },
    mayRun,
    { log, message: 'the search for free tiers failed; trying again' },
  );
}
