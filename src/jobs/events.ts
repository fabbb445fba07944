/** Keeps the event logs, their streams and their webhooks up to date. May run in every process. */
import { constants, setPriority } from 'node:os';
import type { Logger } from 'pino';
import type { Clock } from '../core/clock.ts';
import { startRounds, type Job, type MayRun } from './rounds.ts';

/** From the end of one round to the next, which is about the delay until an event is seen. */
const INTERVAL_MS = 500;

/** One thing to do in each round. */
export type EventWork = (stopped: () => boolean) => Promise<void>;

/** Begins at once; a part that fails is tried again in the next round and delays no other part. */
export function startEvents(
  work: readonly EventWork[],
  { clock, log, mayRun }: { readonly clock: Clock; readonly log: Logger; readonly mayRun: MayRun },
): Job {
  return startRounds(
    clock,
    INTERVAL_MS,
    async (stopped) => {
      for (const part of work) {
        try {
          await part(stopped);
        } catch (error) {
          log.warn({ err: error }, 'the work on events failed; trying again');
        }
      }
    },
    mayRun,
    { log, message: 'the work on events failed; trying again' },
  );
}

/** Lowers the priority of this process below those that serve callers, where the system allows it. */
export function giveWay(log: Logger): void {
  try {
    setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
  } catch (error) {
    log.debug({ err: error }, 'the priority of this process cannot be lowered');
  }
}
