/**
 * Writes to the ledger what was decided beforehand, where the process that decided it did not: the free tier of new orgs, and
 * what users were given. May run in every process: each entry has one key.
 */
import type { Logger } from 'pino';
import type { Clock } from '../core/clock.ts';
import type { JobName } from '../core/desk/jobs.ts';
import { listUnwrittenFreeTiers, writeFreeTier, type FreeTierMeans } from '../db/billing/free-tier.ts';
import { listUnwrittenGrants, writeGrant, type GrantMeans } from '../db/credits/grants.ts';
import { startRounds, type Job, type MayRun } from './rounds.ts';

const INTERVAL_MS = 2_000;
/** Most of one round. */
const ROUND_MAX = 100;

interface Options {
  readonly clock: Clock;
  readonly log: Logger;
  readonly mayRun: MayRun;
}

/** Looks for orgs without their free tier at once and then every two seconds. A failure delays no other org. */
export function startFreeTiers(options: Options & FreeTierMeans): Job {
  const { db } = options;
  return startWriting(
    options,
    { job: 'free_tiers', what: 'free tiers' },
    {
      list: async (limit) => listUnwrittenFreeTiers(db, limit),
      write: async (org) => writeFreeTier(options, org),
      about: (org) => ({ org }),
    },
  );
}

/** Looks for grants to users that are not written at once and then every two seconds. A failure delays no other grant. */
export function startGrants(options: Options & GrantMeans): Job {
  const { db } = options;
  return startWriting(
    options,
    { job: 'grants', what: 'grants to users' },
    {
      list: async (limit) => listUnwrittenGrants(db, limit),
      write: async (grant) => writeGrant(options, grant),
      about: ({ id }) => ({ grant: id }),
    },
  );
}

interface Unwritten<Item> {
  readonly list: (limit: number) => Promise<readonly Item[]>;
  readonly write: (item: Item) => Promise<unknown>;
  /** What the log names an item by. */
  readonly about: (item: Item) => Readonly<Record<string, string>>;
}

function startWriting<Item>(
  { clock, log, mayRun }: Options,
  { job, what }: { readonly job: JobName; readonly what: string },
  { list, write, about }: Unwritten<Item>,
): Job {
  return startRounds(
    clock,
    INTERVAL_MS,
    async (stopped) => {
      for (const item of await list(ROUND_MAX)) {
        if (stopped()) return;
        await write(item).catch((error: unknown) => {
          log.error({ err: error, ...about(item) }, `one of the ${what} cannot be written`);
        });
      }
    },
    mayRun,
    { job, log, message: `the search for ${what} failed; trying again` },
  );
}
