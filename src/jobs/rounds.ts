/** Work that repeats, round after round, until it is stopped. */
import type { Clock } from '../core/clock.ts';

/** Work that repeats until it is stopped. */
export interface Job {
  /** Resolves when the current round has ended; no other begins. */
  stop(): Promise<void>;
}

/** Says whether periodic work may go on: false while the database may lack what it had. */
export type MayRun = () => boolean;

/** For work that is right on any database. */
export const ALWAYS: MayRun = () => true;

/**
 * Runs rounds, the first at once, with a pause of intervalMs between the end of one and the beginning of the next.
 * `work` must not throw, and should return soon once `stopped` gives true. A round is left out while `mayRun` gives false,
 * and one that is under way then is asked to stop.
 */
export function startRounds(
  clock: Clock,
  intervalMs: number,
  work: (stopped: () => boolean) => Promise<void>,
  mayRun: MayRun,
): Job {
  let stopping = false;
  let cancel = (): void => undefined;
  let round = Promise.resolve();
  const run = async (): Promise<void> => {
    if (mayRun()) await work(() => stopping || !mayRun());
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
