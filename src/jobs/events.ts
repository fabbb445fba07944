/** Keeps the event logs, their streams and their webhooks up to date. May run in every process. */
import { constants, getPriority, setPriority } from 'node:os';
import type { Logger } from 'pino';
import type { Clock } from '../core/clock.ts';
import type { JobName } from '../core/desk/jobs.ts';
import { startRounds, type Job, type MayRun } from './rounds.ts';

/** From the end of one round to the next, which is about the delay until an event is seen. */
const INTERVAL_MS = 500;
const MESSAGE = 'the work on events failed; trying again';

/** One thing to do in each round. */
export type EventWork = (stopped: () => boolean) => Promise<void>;

/** Begins at once; a part that fails is tried again in the next round and delays no other part. @param options.job its name */
export function startEvents(
  work: readonly EventWork[],
  options: { readonly job: JobName; readonly clock: Clock; readonly log: Logger; readonly mayRun: MayRun },
): Job {
  const { job, clock, log, mayRun } = options;
  return startRounds(
    clock,
    INTERVAL_MS,
    async (stopped) => {
      const failures: unknown[] = [];
      for (const part of work) {
        try {
          await part(stopped);
        } catch (error) {
          failures.push(error);
        }
      }
      const [first, ...others] = failures;
      for (const error of others) log.warn({ err: error }, MESSAGE);
      if (first !== undefined) throw first;
    },
    mayRun,
    { job, log, message: MESSAGE },
  );
}

/** Lowers the priority of this process below those that serve callers, whichever theirs is, where the system allows it. */
export function giveWay(log: Pick<Logger, 'debug'>): void {
  try {
    const { PRIORITY_BELOW_NORMAL, PRIORITY_LOW } = constants.priority;
    setPriority(Math.min(getPriority() + PRIORITY_BELOW_NORMAL, PRIORITY_LOW));
  } catch (error) {
    log.debug({ err: error }, 'the priority of this process cannot be lowered');
  }
}
