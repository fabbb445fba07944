/**
 * The open holds of a wallet, however many there are. A book is never changed: a change gives a new book that shares what
 * stayed the same, so that one more hold costs the same beside ten others as beside a hundred thousand.
 */

/** What a book has to know of a hold: its number, and when it ends (ms since the epoch). */
interface Ending {
  readonly hold: number;
  readonly expiresAtMs: number;
}

/** Holds that changed, by number: their new state, or undefined for those that were closed. */
type Changes<Hold> = ReadonlyMap<number, Hold | undefined>;

/** A book with more changes than this, and more than a share of its holds, is put together anew. */
const CHANGES_KEPT = 64;
/** That share: one in so many of its holds. */
const CHANGES_PER_HOLD = 64;

const NO_CHANGES: ReadonlyMap<number, undefined> = new Map();

export class HoldBook<Hold extends Ending> {
  readonly #settled: ReadonlyMap<number, Hold>;
  readonly #changes: Changes<Hold>;
  /** The holds of `#settled` in the order in which they end; sorted when they are first asked for. */
  #byEnd: readonly Hold[] | undefined;

  private constructor(settled: ReadonlyMap<number, Hold>, changes: Changes<Hold>, byEnd?: readonly Hold[]) {
    this.#settled = settled;
    this.#changes = changes;
    this.#byEnd = byEnd;
  }

  static of<Hold extends Ending>(holds: Iterable<Hold>): HoldBook<Hold> {
    return new HoldBook(new Map(Array.from(holds, (hold) => [hold.hold, hold])), NO_CHANGES);
  }

  get(hold: number): Hold | undefined {
    return this.#changes.has(hold) ? this.#changes.get(hold) : this.#settled.get(hold);
  }

  /** Every open hold. */
  *values(): Generator<Hold> {
    for (const hold of this.#settled.values()) if (!this.#changes.has(hold.hold)) yield hold;
    for (const hold of this.#changes.values()) if (hold) yield hold;
  }

  /** The book after some changes. */
  with(changes: Changes<Hold>): HoldBook<Hold> {
    if (changes.size === 0) return this;
    const all = new Map(this.#changes);
    for (const [hold, open] of changes) all.set(hold, open);
    const next = new HoldBook(this.#settled, all, this.#byEnd);
    return all.size > CHANGES_KEPT + this.#settled.size / CHANGES_PER_HOLD ? HoldBook.of(next.values()) : next;
  }

  /**
   * Holds that end at or before a time (ms since the epoch), in the order in which they end; up to `limit`.
   * @param over changes on top of this book.
   */
  overdue(atMs: number, over: Changes<Hold>, limit: number): Hold[] {
    const found = changed(this.#changes, over).filter(({ expiresAtMs }) => expiresAtMs <= atMs);
    let left = limit;
    for (const hold of this.#inOrder()) {
      if (hold.expiresAtMs > atMs || left === 0) break;
      if (this.#changes.has(hold.hold) || over.has(hold.hold)) continue;
      found.push(hold);
      left -= 1;
    }
    return found.sort(endsBefore).slice(0, limit);
  }

  /** When the first hold ends (ms since the epoch), Infinity without holds. @param over changes on top of this book. */
  nextEndMs(over: Changes<Hold> = NO_CHANGES): number {
    let next = Infinity;
    for (const { expiresAtMs } of changed(this.#changes, over)) next = Math.min(next, expiresAtMs);
    for (const hold of this.#inOrder()) {
      if (!this.#changes.has(hold.hold) && !over.has(hold.hold)) return Math.min(next, hold.expiresAtMs);
    }
    return next;
  }

  #inOrder(): readonly Hold[] {
    return (this.#byEnd ??= [...this.#settled.values()].sort(endsBefore));
  }
}

/** The holds that are open after both sets of changes and in one of them. */
function changed<Hold>(first: Changes<Hold>, over: Changes<Hold>): Hold[] {
  const open: Hold[] = [];
  for (const [hold, state] of first) if (state && !over.has(hold)) open.push(state);
  for (const state of over.values()) if (state) open.push(state);
  return open;
}

function endsBefore(a: Ending, b: Ending): number {
  return a.expiresAtMs - b.expiresAtMs || a.hold - b.hold;
}
