/** Work that repeats, round after round, until it is stopped. */
import type { Logger } from 'pino';
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

/** What is logged of a round that throws. */
export interface Trouble {
  readonly log: Pick<Logger, 'warn'>;
  readonly message: string;
}

/**
 * Runs rounds, the first at once, with a pause of intervalMs between the end of one and the beginning of the next.
 * `work` should return soon once `stopped` gives true. A round is left out while `mayRun` gives false, and one that is under
 * way then is asked to stop. A round that throws is logged as `trouble`, and the next one comes all the same.
 */
export function startRounds(
  clock: Clock,
  intervalMs: number,
  work: (stopped: () => boolean) => Promise<void>,
  mayRun: MayRun,
  trouble: Trouble,
): Job {
  let stopping = false;
  let cancel = (): void => undefined;
  let round = Promise.resolve();
  const run = async (): Promise<void> => {
    try {
      if (mayRun()) await work(() => stopping || !mayRun());
    } catch (error) {
      trouble.log.warn({ err: error }, trouble.message);
    }
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
