/** The deadline of the commands in a lane: whoever waits for longer is answered that the outcome is unknown. */
import type { Clock } from '../../core/clock.ts';
import { Refusal } from '../../core/errors.ts';
import { settle, type Pending } from './submission.ts';

export class Deadlines {
  readonly #clock: Clock;
  readonly #deadlineMs: number;
  /** Commands that may still be unanswered, in order of arrival: the deadline goes by it. */
  #waiting: Pending[] = [];
  #cancel: (() => void) | undefined;

  /** @param deadlineMs how long after its arrival a command is answered at the latest. */
  constructor(clock: Clock, deadlineMs: number) {
    this.#clock = clock;
    this.#deadlineMs = deadlineMs;
  }

  add(pending: Pending): void {
    this.#waiting.push(pending);
    this.#arm();
  }

  /** Forgets what was answered, if more is remembered than may be unanswered. */
  tidy(unansweredMax: number): void {
    if (this.#waiting.length > 2 * unansweredMax) this.#waiting = this.#waiting.filter(({ settled }) => !settled);
  }

  stop(): void {
    this.#cancel?.();
  }

  /** One timer, for the oldest unanswered command: all have the same deadline, so they expire in order of arrival. */
  #arm(): void {
    if (this.#cancel) return;
    this.#waiting = this.#waiting.filter(({ settled }) => !settled);
    const oldest = this.#waiting[0];
    if (!oldest) return;
    const leftMs = Math.max(0, oldest.arrivedMs + this.#deadlineMs - this.#clock.elapsedMs());
    this.#cancel = this.#clock.after(leftMs, () => {
      this.#cancel = undefined;
      this.#expire();
      this.#arm();
    });
  }

  #expire(): void {
    const now = this.#clock.elapsedMs();
    for (const pending of this.#waiting) {
      if (pending.arrivedMs + this.#deadlineMs > now) break;
      const late = new Refusal('LEDGER_UNAVAILABLE', 'the ledger did not answer in time; ask again with the same key');
      settle(pending, () => pending.reject(late));
    }
  }
}

/** Nobody waits for the answer any more, and nothing was done. */
export function nobodyWaits(): Refusal {
  return new Refusal('LEDGER_UNAVAILABLE', 'the caller was gone before the command was judged: nothing was done');
}
