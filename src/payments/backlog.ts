/**
 * Keeps what one account may have waiting in the inbox within a bound. An event above it is not stored, and its provider sends it
 * again later. What is counted is read once a second, so that each process may pass the bound by what it stores within that time.
 */
import { readAccountName, type AccountName } from '../core/billing/facts.ts';
import type { Clock } from '../core/clock.ts';
import { countOpen } from '../db/billing/inbox.ts';
import type { Database } from '../db/database.ts';

/** Most objects that an org's own account may have waiting. */
export const OPEN_OF_ORG_MAX = 10_000;
/** Most objects that the platform's account may have waiting: all orgs' purchases come in by it. */
export const OPEN_OF_PLATFORM_MAX = 100_000;
/** How long a count is used. */
const FRESH_MS = 1_000;
/** Most accounts whose counts are kept. */
const KEPT_MAX = 10_000;

/** Knows which accounts have as much waiting as they may. */
export class Backlog {
  readonly #db: Database;
  readonly #clock: Pick<Clock, 'nowMs'>;
  readonly #maxOf: (name: AccountName) => number;
  readonly #counts = new Map<AccountName, { readonly atMs: number; readonly isFull: boolean }>();

  constructor(db: Database, clock: Pick<Clock, 'nowMs'>, maxOf: (name: AccountName) => number = openMaxOf) {
    this.#db = db;
    this.#clock = clock;
    this.#maxOf = maxOf;
  }

  /** Whether an account has as many objects waiting as it may. */
  async isFull(name: AccountName): Promise<boolean> {
    const nowMs = this.#clock.nowMs();
    const known = this.#counts.get(name);
    if (known !== undefined && Math.abs(nowMs - known.atMs) < FRESH_MS) return known.isFull;
    // Noted before the database answers: a burst asks it once.
    this.#keep(name, { atMs: nowMs, isFull: known?.isFull ?? false });
    const max = this.#maxOf(name);
    const isFull = (await countOpen(this.#db, name, max)) >= max;
    this.#keep(name, { atMs: nowMs, isFull });
    return isFull;
  }

  #keep(name: AccountName, count: { readonly atMs: number; readonly isFull: boolean }): void {
    this.#counts.delete(name);
    this.#counts.set(name, count);
    const [oldest] = this.#counts.size > KEPT_MAX ? this.#counts.keys() : [];
    if (oldest !== undefined) this.#counts.delete(oldest);
  }
}

function openMaxOf(name: AccountName): number {
  return readAccountName(name)?.org === null ? OPEN_OF_PLATFORM_MAX : OPEN_OF_ORG_MAX;
}
