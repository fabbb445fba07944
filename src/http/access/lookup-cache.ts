/** A bounded cache of lookups, so that most calls do not ask the database. */
import type { Clock } from '../../core/clock.ts';

/**
 * Keeps what was looked up for a short time, so that the hot path asks the database rarely. Bounded: past sizeMax the
 * oldest goes. Callers that ask for the same thing at once share one look-up; what was not found is not kept.
 */
export class LookupCache<T> {
  private readonly kept = new Map<string, { readonly value: Promise<T | undefined>; readonly untilMs: number }>();
  private readonly options: { readonly clock: Clock; readonly ttlMs: number; readonly sizeMax: number };

  constructor(options: { readonly clock: Clock; readonly ttlMs: number; readonly sizeMax: number }) {
    this.options = options;
  }

  /** Forgets what is kept under the name: it was changed here. */
  forget(name: string): void {
    this.kept.delete(name);
  }

  /** What is kept under the name and not too old, or will be once its look-up has ended. */
  peek(name: string): Promise<T | undefined> | undefined {
    const known = this.kept.get(name);
    return known !== undefined && known.untilMs > this.options.clock.nowMs() ? known.value : undefined;
  }

  /** What is kept under the name, else what `find` answers. */
  async find(name: string, find: () => Promise<T | undefined>): Promise<T | undefined> {
    const known = this.peek(name);
    if (known !== undefined) return known;
    const { clock, ttlMs, sizeMax } = this.options;
    const nowMs = clock.nowMs();
    this.kept.delete(name);
    const value = find();
    this.kept.set(name, { value, untilMs: nowMs + ttlMs });
    const [oldest] = this.kept.keys();
    if (this.kept.size > sizeMax && oldest !== undefined) this.kept.delete(oldest);
    const forget = (): void => {
      if (this.kept.get(name)?.value === value) this.kept.delete(name);
    };
    try {
      const found = await value;
      if (found === undefined) forget();
      return found;
    } catch (error) {
      forget();
      throw error;
    }
  }
}
