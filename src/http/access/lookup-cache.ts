/** A bounded cache of lookups, so that most calls do not ask the database. */
import type { Clock } from '../../core/clock.ts';

/**
 * Keeps found values for ttlMs, so that the hot path rarely asks the database. Holds at most sizeMax values and drops
 * the oldest first. Concurrent callers with the same name share one look-up; misses and failures are not kept.
 */
export class LookupCache<T> {
  private readonly kept = new Map<string, { readonly value: Promise<T | undefined>; readonly untilMs: number }>();
  private readonly options: { readonly clock: Clock; readonly ttlMs: number; readonly sizeMax: number };

  constructor(options: { readonly clock: Clock; readonly ttlMs: number; readonly sizeMax: number }) {
    this.options = options;
  }

  /** Drops the value under a name, because it was changed. */
  forget(name: string): void {
    this.kept.delete(name);
  }

  /** The value under a name, or its look-up in progress; undefined when there is none or it is too old. */
  peek(name: string): Promise<T | undefined> | undefined {
    const known = this.kept.get(name);
    return known !== undefined && known.untilMs > this.options.clock.nowMs() ? known.value : undefined;
  }

  /** The kept value under a name, else what `find` gives. Rejects when `find` does. */
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
