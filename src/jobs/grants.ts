/**
 * Writes what users were given, where the process that decided it did not. May run in every process: each grant has one key in
 * the ledger.
 */
import type { Logger } from 'pino';
import type { Clock } from '../core/clock.ts';
import { listUnwrittenGrants, writeGrant, type GrantMeans } from '../db/credits/grants.ts';
import { startRounds, type Job, type MayRun } from './rounds.ts';

const INTERVAL_MS = 2_000;
/** Most grants of one round. */
const ROUND_MAX = 100;

interface Options extends GrantMeans {
  readonly clock: Clock;
  readonly log: Logger;
  readonly mayRun: MayRun;
}

/** Looks for such grants at once and then every two seconds. A failure delays no other grant. */
export function startGrants(options: Options): Job {
  const { db, log, clock, mayRun } = options;
  return startRounds(
    clock,
    INTERVAL_MS,
    async (stopped) => {
      for (const grant of await listUnwrittenGrants(db, ROUND_MAX)) {
        if (stopped()) return;
        await writeGrant(options, grant).catch((error: unknown) => {
          log.error({ err: error, grant: grant.id }, 'a grant to a user cannot be written');
        });
      }
    },
    mayRun,
    { log, message: 'the search for grants to users failed; trying again' },
  );
}
