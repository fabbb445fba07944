/** Work that repeats, round after round, until it is stopped. */
import type { Logger } from 'pino';
import type { Clock } from '../core/clock.ts';
import type { JobName, JobRounds } from '../core/desk/jobs.ts';

/** Work that repeats until it is stopped. */
export interface Job {
  /** Resolves when the current round has ended; no other begins. */
  stop(): Promise<void>;
  /** How the rounds of each of its parts are now. */
  rounds(): readonly JobRounds[];
}

/** Says whether periodic work may go on: false while the database may lack what it had. */
export type MayRun = () => boolean;

/** For work that is right on any database. */
export const ALWAYS: MayRun = () => true;

/** The name of the work, and what is logged of a round that throws. */
export interface Trouble {
  readonly job: JobName;
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
  const diary = new Diary(clock, trouble.job);
  const run = async (): Promise<void> => {
    diary.begin();
    try {
      if (mayRun()) await work(() => stopping || !mayRun());
      diary.end(intervalMs);
    } catch (error) {
      diary.end(intervalMs, error);
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
    rounds: () => [diary.rounds()],
  };
}

/** How the rounds of one job went. */
class Diary {
  readonly #clock: Clock;
  readonly #job: JobName;
  #beganMs = 0;
  #rounds: Omit<JobRounds, 'job'> = {
    startedAt: null,
    endedAt: null,
    durationMs: null,
    nextAt: null,
    failedAt: null,
    problem: null,
    failures: 0,
  };

  constructor(clock: Clock, job: JobName) {
    this.#clock = clock;
    this.#job = job;
  }

  begin(): void {
    this.#beganMs = this.#clock.elapsedMs();
    this.#rounds = { ...this.#rounds, startedAt: new Date(this.#clock.nowMs()), nextAt: null };
  }

  /** @param error what the round threw; left out: it succeeded */
  end(pauseMs: number, error?: unknown): void {
    const nowMs = this.#clock.nowMs();
    const endedAt = new Date(nowMs);
    const durationMs = Math.max(0, Math.round(this.#clock.elapsedMs() - this.#beganMs));
    const before = this.#rounds;
    const failed = { failedAt: endedAt, problem: messageOf(error), failures: before.failures + 1 };
    const outcome = error === undefined ? { failures: 0 } : failed;
    this.#rounds = { ...before, endedAt, durationMs, nextAt: new Date(nowMs + pauseMs), ...outcome };
  }

  rounds(): JobRounds {
    return { ...this.#rounds, job: this.#job };
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
