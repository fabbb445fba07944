/**
 * Wakes callers that wait for a log to grow. New positions come from this process's projector and, for those of other
 * processes, from polling the database.
 */
import type { Clock } from '../../core/clock.ts';
import type { Database } from '../database.ts';
import { findLogPositions } from './log.ts';

export type Wake = 'grown' | 'quiet' | 'closed';

interface Waiter {
  readonly after: number;
  readonly wake: (why: Wake) => void;
}

/** The waiters of this process, by log. Each is woken once, by growth, its timeout or close(), and then removed. */
export class EventFeed {
  private readonly db: Database;
  private readonly clock: Clock;
  private readonly waiters = new Map<string, Set<Waiter>>();
  private closed = false;

  constructor(db: Database, clock: Clock) {
    this.db = db;
    this.clock = clock;
  }

  /**
   * Resolves when the log does not end at a position any more, after timeoutMs without that, or when the feed closes.
   * @param gone ends the wait as if the feed closed.
   */
  async wait(log: string, after: number, timeoutMs: number, gone?: AbortSignal): Promise<Wake> {
    if (this.closed || gone?.aborted === true) return 'closed';
    return new Promise<Wake>((resolve) => {
      const own = this.waiters.get(log) ?? new Set();
      this.waiters.set(log, own);
      const waiter: Waiter = {
        after,
        wake: (why) => {
          cancel();
          gone?.removeEventListener('abort', leave);
          own.delete(waiter);
          if (own.size === 0 && this.waiters.get(log) === own) this.waiters.delete(log);
          resolve(why);
        },
      };
      const cancel = this.clock.after(timeoutMs, () => waiter.wake('quiet'));
      const leave = (): void => waiter.wake('closed');
      gone?.addEventListener('abort', leave, { once: true });
      own.add(waiter);
    });
  }

  /** Wakes the waiters of a log whose newest position is now `position`. */
  grown(log: string, position: number): void {
    for (const waiter of this.waiters.get(log) ?? []) if (position > waiter.after) waiter.wake('grown');
  }

  /**
   * Asks the database, in one query, for the positions of all logs with waiters: other processes fill them too. A log
   * that ends before a waiter's position was restored to an earlier time; the waiter reads again, and finds that out.
   */
  async poll(): Promise<void> {
    if (this.waiters.size === 0) return;
    const positions = await findLogPositions(this.db, [...this.waiters.keys()]);
    for (const [log, own] of this.waiters) {
      const position = positions.get(log) ?? 0;
      for (const waiter of own) if (position !== waiter.after) waiter.wake('grown');
    }
  }

  /** Wakes every waiter with `closed`; later calls of wait() get it at once. */
  close(): void {
    this.closed = true;
    for (const waiters of this.waiters.values()) for (const waiter of waiters) waiter.wake('closed');
  }
}
