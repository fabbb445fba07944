/** Work of which one piece at a time runs for each name: it would wait in the database otherwise, with a connection each. */
import { Refusal } from '../../core/errors.ts';

/** Most pieces that wait for one name. */
const WAITING_MAX = 1_000;

/** Runs pieces of work for a name in the order in which they came; those for other names at the same time. */
export class OneAtATime {
  readonly #lines = new Map<string, { last: Promise<unknown>; length: number }>();

  /** @throws Refusal LEDGER_UNAVAILABLE when too many wait for the name; what the work throws. */
  async run<Result>(name: string, work: () => Promise<Result>): Promise<Result> {
    const line = this.#lines.get(name) ?? { last: Promise.resolve(), length: 0 };
    if (line.length >= WAITING_MAX)
      throw new Refusal('LEDGER_UNAVAILABLE', 'too many ask for the same; try again later');
    this.#lines.set(name, line);
    line.length += 1;
    const mine = line.last.then(work, work);
    line.last = mine.catch(() => undefined);
    try {
      return await mine;
    } finally {
      line.length -= 1;
      if (line.length === 0) this.#lines.delete(name);
    }
  }
}
