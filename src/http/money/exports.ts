/** How many exports, statements and reports are made at once: each reads many entries, beside the debits of everybody. */
import { Refusal } from '../../core/errors.ts';
import { FailedCall } from '../server/problem.ts';

/** At once in one process, and of them those about one org, or by operators about the place as a whole. */
const [PROCESS_MAX, OWNER_MAX] = [8, 4];
/** When to ask again. */
const RETRY_AFTER_SECONDS = 2;

export class Exports {
  readonly #running = new Map<string, number>();
  #total = 0;

  /**
   * Does one piece of such work.
   * @param owner the id of the org that it is about, or another name of those who share a bound.
   * @throws FailedCall with a Refusal RATE_LIMITED when too many are being made
   */
  async run<Result>(owner: string, work: () => Promise<Result>): Promise<Result> {
    const end = this.#begin(owner);
    try {
      return await work();
    } finally {
      end();
    }
  }

  /** The same for an answer that is sent piece by piece: it counts from the first piece asked for until the last. */
  async *pieces(owner: string, pieces: AsyncIterable<string>): AsyncGenerator<string> {
    const end = this.#begin(owner);
    try {
      yield* pieces;
    } finally {
      end();
    }
  }

  #begin(owner: string): () => void {
    const own = this.#running.get(owner) ?? 0;
    if (this.#total >= PROCESS_MAX || own >= OWNER_MAX) {
      const detail = `too many exports are being made: ${own < OWNER_MAX ? 'in all' : `of the same owner`}; ask again later`;
      throw new FailedCall(new Refusal('RATE_LIMITED', detail, { details: { limit: 'exports' } }), {
        'Retry-After': String(RETRY_AFTER_SECONDS),
      });
    }
    this.#total += 1;
    this.#running.set(owner, own + 1);
    return () => {
      this.#total -= 1;
      const left = (this.#running.get(owner) ?? 1) - 1;
      if (left === 0) this.#running.delete(owner);
      else this.#running.set(owner, left);
    };
  }
}
