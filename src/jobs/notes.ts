/** Notes in the database how the jobs of this process are, for operators. */
import { hostname } from 'node:os';
import type { Logger } from 'pino';
import { withDeadline, type Clock } from '../core/clock.ts';
import type { JobRole } from '../core/desk/jobs.ts';
import { uuidV7 } from '../core/ids.ts';
import type { Database } from '../db/database.ts';
import { dropJobs, saveJobs } from '../db/desk/jobs.ts';
import { startRounds, type Job, type MayRun } from './rounds.ts';

/** From one note to the next: one statement for all jobs of a process. */
const INTERVAL_MS = 10_000;
/** How long a process that ends waits for its notes to be removed. */
const DROP_MS_MAX = 2_000;
/** Longest part of a process's name that is the machine's. */
const HOST_CHARS_MAX = 100;
/** Characters of the part that differs between two processes with one number, as in containers. */
const SUFFIX_CHARS = 8;

/** Notes them at once and then every ten seconds, and removes the notes when it is stopped. */
export function startJobNotes(
  jobs: readonly Job[],
  {
    role,
    db,
    clock,
    log,
    mayRun,
  }: {
    readonly role: JobRole;
    readonly db: Database;
    readonly clock: Clock;
    readonly log: Pick<Logger, 'warn'>;
    readonly mayRun: MayRun;
  },
): Job {
  const suffix = uuidV7(clock.nowMs()).slice(-SUFFIX_CHARS);
  const name = `${role}:${hostname().slice(0, HOST_CHARS_MAX)}:${process.pid}:${suffix}`;
  const job = startRounds(
    clock,
    INTERVAL_MS,
    async () => {
      const rounds = jobs.flatMap((one) => one.rounds());
      await saveJobs(db, { process: name, role, rounds, at: new Date(clock.nowMs()) });
    },
    mayRun,
    { job: 'job_notes', log, message: 'how the jobs are cannot be noted; trying again' },
  );
  return {
    ...job,
    stop: async () => {
      await job.stop();
      const dropped = withDeadline(dropJobs(db, name), { clock, timeoutMs: DROP_MS_MAX });
      await dropped.catch((error: unknown) => log.warn({ err: error }, 'the notes on jobs stay for a day'));
    },
  };
}
