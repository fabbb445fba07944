/**
 * The open holds of a wallet, however many there are. A book is never changed: a change gives a new book that shares what
 * stayed the same, so that one more hold costs the same beside ten others as beside a hundred thousand. A book may lack holds
 * that end late: they are read when a command names them, or when their time comes.
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
/** A book that lacks holds is read again once it has so many, open and closed. */
const REMEMBERED_MAX = 20_000;
/** That share: one in so many of its holds. */
const CHANGES_PER_HOLD = 64;

const NO_CHANGES: ReadonlyMap<number, undefined> = new Map();

/** What a book lacks. */
interface Unread {
  /** The holds that were not read end at this time or later; Infinity: all were read. */
  readonly fromMs: number;
  /** The wallet's last entry when the book was read: holds that were opened later are in the book. */
  readonly untilSeq: number;
}

const ALL_READ: Unread = { fromMs: Infinity, untilSeq: 0 };

export class HoldBook<Hold extends Ending> {
  /** In a book that lacks holds, those that were closed since it was read are undefined here. */
  readonly #settled: Changes<Hold>;
  readonly #changes: Changes<Hold>;
  readonly #unread: Unread;
  /** The holds of `#settled` in the order in which they end; sorted when they are first asked for. */
  #byEnd: readonly Hold[] | undefined;

  private constructor(settled: Changes<Hold>, changes: Changes<Hold>, unread: Unread, byEnd?: readonly Hold[]) {
    this.#settled = settled;
    this.#changes = changes;
    this.#unread = unread;
    this.#byEnd = byEnd;
  }

  /** @param unread what the book lacks; left out: nothing. */
  static of<Hold extends Ending>(holds: Iterable<Hold>, unread: Unread = ALL_READ): HoldBook<Hold> {
    return new HoldBook(new Map(Array.from(holds, (hold) => [hold.hold, hold])), NO_CHANGES, unread);
  }

  /** True when a hold that ends at or before a time (ms since the epoch) may be missing. */
  mayLack(atMs: number): boolean {
    return this.#unread.fromMs <= atMs;
  }

  /** The same book once every hold that ends at or before a time (ms since the epoch) is in it. */
  readUntil(atMs: number): HoldBook<Hold> {
    return new HoldBook(this.#settled, this.#changes, { ...this.#unread, fromMs: atMs + 1 }, this.#byEnd);
  }

  /** True for a book that lacks holds and remembers so many others that it should be read again. */
  get isWorn(): boolean {
    return this.#unread.fromMs !== Infinity && this.#settled.size > REMEMBERED_MAX;
  }

  /** True for a hold of which the book cannot say whether it is open. */
  lacks(hold: number): boolean {
    if (this.#unread.fromMs === Infinity || hold > this.#unread.untilSeq) return false;
    return !this.#changes.has(hold) && !this.#settled.has(hold);
  }

  get(hold: number): Hold | undefined {
    return this.#changes.has(hold) ? this.#changes.get(hold) : this.#settled.get(hold);
  }

  /** Every open hold that was read. */
  *values(): Generator<Hold> {
    for (const hold of this.#settled.values()) if (hold && !this.#changes.has(hold.hold)) yield hold;
    for (const hold of this.#changes.values()) if (hold) yield hold;
  }

  /** The book after some changes. */
  with(changes: Changes<Hold>): HoldBook<Hold> {
    if (changes.size === 0) return this;
    const all = new Map(this.#changes);
    for (const [hold, open] of changes) all.set(hold, open);
    const next = new HoldBook(this.#settled, all, this.#unread, this.#byEnd);
    return all.size > CHANGES_KEPT + this.#settled.size / CHANGES_PER_HOLD ? next.#anew() : next;
  }

  /** The same book with its changes worked in. One that lacks holds keeps in mind which ones were closed. */
  #anew(): HoldBook<Hold> {
    if (this.#unread.fromMs === Infinity) return HoldBook.of(this.values());
    return new HoldBook(new Map([...this.#settled, ...this.#changes]), NO_CHANGES, this.#unread);
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
    let next = this.#unread.fromMs;
    for (const { expiresAtMs } of changed(this.#changes, over)) next = Math.min(next, expiresAtMs);
    for (const hold of this.#inOrder()) {
      if (!this.#changes.has(hold.hold) && !over.has(hold.hold)) return Math.min(next, hold.expiresAtMs);
    }
    return next;
  }

  #inOrder(): readonly Hold[] {
    return (this.#byEnd ??= [...this.#settled.values()].filter((hold) => hold !== undefined).sort(endsBefore));
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
