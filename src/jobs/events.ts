/** Keeps the event logs, those who watch them and those who are sent to up with what happened. May run in every process. */
import type { Logger } from 'pino';
import type { Clock } from '../core/clock.ts';
import { startRounds, type Job } from './rounds.ts';

/** From the end of one round to the next: about how long an event takes to be heard of. */
const INTERVAL_MS = 500;

export interface EventWork {
  /** Gives positions to what has none. */
  readonly project: (stopped: () => boolean) => Promise<void>;
  /** Wakes who waits for logs that others filled. */
  readonly watch: () => Promise<void>;
  /** Sees to what is to be sent; does not wait until it has arrived. */
  readonly deliver: () => Promise<void>;
}

/** Begins at once; a part that fails is tried again in the next round and holds up no other. */
export function startEvents(work: EventWork, { clock, log }: { readonly clock: Clock; readonly log: Logger }): Job {
  return startRounds(clock, INTERVAL_MS, async (stopped) => {
    for (const part of [work.project, work.watch, work.deliver]) {
      try {
        await part(stopped);
      } catch (error) {
        log.warn({ err: error }, 'events were not seen to; trying again');
      }
    }
  });
}
