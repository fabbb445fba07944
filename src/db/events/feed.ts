/** Tells those who wait for a log to grow. Positions come from this process's projector and, for all others, from the database. */
import type { Clock } from '../../core/clock.ts';
import type { Database } from '../database.ts';
import { findLogPositions } from './log.ts';

export type Wake = 'grown' | 'quiet' | 'closed';

interface Waiter {
  readonly after: number;
  readonly wake: (why: Wake) => void;
}

/** The waiters of this process, by the log they wait for. Each is woken once and then forgotten. */
export class EventFeed {
  private readonly db: Database;
  private readonly clock: Clock;
  private readonly waiters = new Map<string, Set<Waiter>>();
  private closed = false;

  constructor(db: Database, clock: Clock) {
    this.db = db;
    this.clock = clock;
  }

  /** Resolves when the log has grown past a position, when nothing came for timeoutMs, or when the feed closes. */
  async wait(log: string, after: number, timeoutMs: number): Promise<Wake> {
    if (this.closed) return 'closed';
    return new Promise<Wake>((resolve) => {
      const own = this.waiters.get(log) ?? new Set();
      this.waiters.set(log, own);
      const waiter: Waiter = {
        after,
        wake: (why) => {
          cancel();
          own.delete(waiter);
          if (own.size === 0 && this.waiters.get(log) === own) this.waiters.delete(log);
          resolve(why);
        },
      };
      const cancel = this.clock.after(timeoutMs, () => waiter.wake('quiet'));
      own.add(waiter);
    });
  }

  /** A log has come so far. */
  grown(log: string, position: number): void {
    for (const waiter of this.waiters.get(log) ?? []) if (position > waiter.after) waiter.wake('grown');
  }

  /** Asks the database, once for all logs that somebody waits for: other processes fill them too. */
  async poll(): Promise<void> {
    if (this.waiters.size === 0) return;
    for (const [log, position] of await findLogPositions(this.db, [...this.waiters.keys()])) this.grown(log, position);
  }

  /** Sends everybody home, now and from now on. */
  close(): void {
    this.closed = true;
    for (const waiters of this.waiters.values()) for (const waiter of waiters) waiter.wake('closed');
  }
}
