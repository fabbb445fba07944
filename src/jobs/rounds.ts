import type { Clock } from '../core/clock.ts';

/** Work that repeats until it is stopped. */
export interface Job {
  /** Resolves when the current round has ended; no other begins. */
  stop(): Promise<void>;
}

/**
 * Runs rounds, the first at once, with a pause of intervalMs between the end of one and the beginning of the next.
 * `work` must not throw, and should return soon once `stopped` gives true.
 */
export function startRounds(clock: Clock, intervalMs: number, work: (stopped: () => boolean) => Promise<void>): Job {
  let stopping = false;
  let cancel = (): void => undefined;
  let round = Promise.resolve();
  const run = async (): Promise<void> => {
    await work(() => stopping);
    if (!stopping) cancel = clock.after(intervalMs, next);
  };
  const next = (): void => {
    round = run();
  };
  next();
  return {
    stop: async () => {
      stopping = true;
      cancel();
      await round;
    },
  };
}
