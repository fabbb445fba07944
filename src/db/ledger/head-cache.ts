/** What a lane remembers between batches: the heads of wallets and the keys used recently. */
import { mayHaveReported } from '../../core/ledger/heartbeat.ts';
import { KnownBudgets } from '../budgets/known.ts';
import type { ChangedBudgets } from '../budgets/state.ts';
import { HoldCounts } from './hold-counts.ts';
import type { LoadedWallet } from './heads.ts';
import type { LastRow } from './entry-columns.ts';

/** A head is read again when one of its holds would end within this time for lack of a report: more than judging takes. */
const REPORTS_READ_AHEAD_MS = 1_000;
/** Of so many holds that end next. If a report keeps a further one open, the write of its end fails, and is tried again. */
const REPORTS_LOOKED_AT_MAX = 100;
const NO_CHANGES: ReadonlyMap<number, undefined> = new Map();

/**
 * The heads of wallets, as a lane remembers them between batches. Only saves reads. A new epoch of the connection empties
 * it: the new connection may lead to a server that lacks rows which the previous one had.
 */
export class HeadCache {
  private readonly wallets = new Map<string, LoadedWallet>();
  readonly holdCounts: HoldCounts;
  readonly #budgets = new KnownBudgets();
  private readonly sizeMax: number;
  private readonly dropAtOnce: number;
  private epoch = 0;
  private written: LastRow | undefined;
  private proven: LastRow | undefined;

  /**
   * @param sizeMax how many wallets to remember, plus up to twice `dropAtOnce`.
   * @param dropAtOnce how many of the least recently used are dropped when it is full.
   */
  constructor(sizeMax: number, dropAtOnce: number) {
    this.sizeMax = sizeMax;
    this.holdCounts = new HoldCounts(sizeMax);
    this.dropAtOnce = dropAtOnce;
  }

  /** @param epoch of the connection that the caller uses. */
  get(wallet: string, epoch: number): LoadedWallet | undefined {
    this.enter(epoch);
    return this.wallets.get(wallet);
  }

  /**
   * Whether a wallet's remembered head has to be read again before a command is judged on it: it lacks holds that are overdue
   * by now, or remembers too many, or has one that is about to end for lack of a report, which may have come in. What is read
   * must be committed by then. A command is never judged at a time before the last entry, which another process with a clock
   * ahead may have written: so what was overdue then is overdue now.
   */
  mustBeRead(wallet: string, nowMs: number): boolean {
    const head = this.wallets.get(wallet)?.head;
    if (head === undefined) return false;
    const atMs = Math.max(nowMs, head.atMs);
    if (head.holds.isWorn || head.holds.mayLack(atMs)) return true;
    const soonMs = atMs + REPORTS_READ_AHEAD_MS;
    return (
      head.nextExpiryMs <= soonMs && mayHaveReported(head.holds.overdue(soonMs, NO_CHANGES, REPORTS_LOOKED_AT_MAX))
    );
  }

  /**
   * The version of all budgets up to which every remembered head is good. Where that is old, it is read, and the heads of
   * wallets whose budgets have changed since are forgotten.
   */
  async refreshBudgets(connection: {
    readonly epoch: number;
    findChangedBudgets(after: number | undefined): Promise<ChangedBudgets>;
  }): Promise<number> {
    this.enter(connection.epoch);
    const known = this.#budgets;
    if (!known.isDue(performance.now())) return known.version;
    const changed = await connection.findChangedBudgets(known.isRead ? known.version : undefined);
    this.forget(changed.wallets);
    known.take(changed, performance.now());
    return known.version;
  }

  /** A write was refused, perhaps because a budget was changed: that is read before the next batch. */
  doubtBudgets(): void {
    this.#budgets.doubt();
  }

  /** Stores a wallet as the most recently used one. @param epoch of the connection in which it was read or written. */
  remember(loaded: LoadedWallet, epoch: number): void {
    this.enter(epoch);
    const { wallet } = loaded.head;
    this.wallets.delete(wallet);
    this.wallets.set(wallet, loaded);
    // The oldest go first.
    if (this.wallets.size <= this.sizeMax + 2 * this.dropAtOnce) return;
    let left = this.dropAtOnce;
    for (const oldest of this.wallets.keys()) {
      if (left === 0) return;
      left -= 1;
      this.wallets.delete(oldest);
    }
  }

  /** An entry of the lane's last write in this epoch. @param epoch of the connection that the caller uses. */
  lastWritten(epoch: number): LastRow | undefined {
    this.enter(epoch);
    return this.written;
  }

  /** Stores an entry of the lane's last write. @param epoch of the connection that wrote it. */
  rememberWrite(row: LastRow, epoch: number): void {
    this.enter(epoch);
    this.written = row;
  }

  /** An entry of the lane's newest write whose commit was confirmed, in whatever epoch. */
  get confirmed(): LastRow | undefined {
    return this.proven;
  }

  /** Stores an entry whose commit was confirmed; undefined: nothing was written. */
  confirm(row: LastRow | undefined): void {
    this.proven = row ?? this.proven;
  }

  forget(wallets: Iterable<string>): void {
    for (const wallet of wallets) this.wallets.delete(wallet);
  }

  private enter(epoch: number): void {
    if (epoch === this.epoch) return;
    this.wallets.clear();
    this.holdCounts.forget();
    this.#budgets.forget();
    this.written = undefined;
    this.epoch = epoch;
  }
}

/** The keys used recently: at least the last `sizeMax`, at most twice as many. Only saves reads. */
export class KeyMemory {
  private readonly sizeMax: number;
  private young = new Set<string>();
  private old: ReadonlySet<string> = new Set();

  constructor(sizeMax: number) {
    this.sizeMax = sizeMax;
  }

  has(key: string): boolean {
    return this.young.has(key) || this.old.has(key);
  }

  add(key: string): void {
    if (this.young.size >= this.sizeMax) [this.old, this.young] = [this.young, new Set()];
    this.young.add(key);
  }
}
