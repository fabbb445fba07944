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

/** How many holds of a wallet are open: so many, or so many at most. */
export interface OpenCount {
  readonly atMost: number;
  readonly isExact: boolean;
}

/** Nothing is known of the number. */
export const NOT_COUNTED: OpenCount = { atMost: Infinity, isExact: false };

/** What a book is made of. */
interface Parts<Hold> {
  readonly settled: Changes<Hold>;
  readonly changes: Changes<Hold>;
  readonly unread: Unread;
  readonly open: OpenCount;
  readonly byEnd?: readonly Hold[] | undefined;
}

export class HoldBook<Hold extends Ending> {
  /** In a book that lacks holds, those that were closed since it was read are undefined here. */
  readonly #settled: Changes<Hold>;
  readonly #changes: Changes<Hold>;
  readonly #unread: Unread;
  /** How many are open, with those that the book lacks. */
  readonly open: OpenCount;
  /** The holds of `#settled` in the order in which they end; sorted when they are first asked for. */
  #byEnd: readonly Hold[] | undefined;

  private constructor(book: Parts<Hold>) {
    this.#settled = book.settled;
    this.#changes = book.changes;
    this.#unread = book.unread;
    this.open = book.open;
    this.#byEnd = book.byEnd;
  }

  /** @param unread what the book lacks; left out: nothing. A book that lacks holds is not counted at first. */
  static of<Hold extends Ending>(holds: Iterable<Hold>, unread: Unread = ALL_READ): HoldBook<Hold> {
    const settled = new Map(Array.from(holds, (hold) => [hold.hold, hold]));
    const open = unread.fromMs === Infinity ? { atMost: settled.size, isExact: true } : NOT_COUNTED;
    return new HoldBook({ settled, changes: NO_CHANGES, unread, open });
  }

  /** The same book once its open holds are counted. */
  counted(open: OpenCount): HoldBook<Hold> {
    return this.open.isExact ? this : new HoldBook({ ...this.#parts(), open });
  }

  #parts(): Parts<Hold> {
    const [settled, changes, unread, byEnd] = [this.#settled, this.#changes, this.#unread, this.#byEnd];
    return { settled, changes, unread, open: this.open, byEnd };
  }

  /** True when a hold that ends at or before a time (ms since the epoch) may be missing. */
  mayLack(atMs: number): boolean {
    return this.#unread.fromMs <= atMs;
  }

  /** The same book once every hold that ends at or before a time (ms since the epoch) is in it. */
  readUntil(atMs: number): HoldBook<Hold> {
    return new HoldBook({ ...this.#parts(), unread: { ...this.#unread, fromMs: atMs + 1 } });
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

  /** The book after some changes, of holds that it does not lack. */
  with(changes: Changes<Hold>): HoldBook<Hold> {
    let { atMost } = this.open;
    for (const [hold, state] of changes) {
      const wasOpen = this.get(hold) !== undefined;
      if (state && !wasOpen) atMost += 1;
      if (!state && wasOpen) atMost -= 1;
    }
    return this.#plus(changes, { ...this.open, atMost });
  }

  /** The same book once it has those of some holds that it lacked: undefined for those that are not open. */
  learning(holds: Changes<Hold>): HoldBook<Hold> {
    return this.#plus(new Map([...holds].filter(([hold]) => this.lacks(hold))), this.open);
  }

  #plus(changes: Changes<Hold>, open: OpenCount): HoldBook<Hold> {
    if (changes.size === 0) return this;
    const all = new Map(this.#changes);
    for (const [hold, state] of changes) all.set(hold, state);
    const next = new HoldBook({ ...this.#parts(), changes: all, open });
    return all.size > CHANGES_KEPT + this.#settled.size / CHANGES_PER_HOLD ? next.#anew() : next;
  }

  /** The same book with its changes worked in. One that lacks holds keeps in mind which ones were closed. */
  #anew(): HoldBook<Hold> {
    if (this.#unread.fromMs === Infinity) return HoldBook.of(this.values());
    const settled = new Map([...this.#settled, ...this.#changes]);
    return new HoldBook({ settled, changes: NO_CHANGES, unread: this.#unread, open: this.open });
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
