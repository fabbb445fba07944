/**
 * A lane: commands of its wallets queue up while a batch is out, and are the next batch. The rule decides in memory,
 * one INSERT writes, the database refuses what another writer did first; then heads are dropped and it is done again.
 */
import { sleep, type Clock } from '../core/clock.ts';
import { Refusal } from '../core/errors.ts';
import { decide, type Decision } from '../core/ledger/decide.ts';
import type { Entry } from '../core/ledger/entry.ts';
import { Posting } from '../core/ledger/posting.ts';
import { failpoint } from './failpoint.ts';
import type { LedgerConnection } from './ledger-connection.ts';
import type { LoadedWallet } from './ledger-head.ts';
import { collectChanges, noSideChanges } from './ledger-sides.ts';
import type { Outcome, Submission } from './ledger-writer.ts';

export interface LaneLimits {
  /** Most commands of one batch. */
  readonly batchSizeMax: number;
  /** Most commands that may wait; past it callers are refused at once. */
  readonly queueLengthMax: number;
  /** Most wallets whose heads, and most keys whose use, are remembered. */
  readonly headsMax: number;
}

export interface LaneOptions {
  readonly connection: LedgerConnection;
  readonly clock: Clock;
  readonly deadlineMs: number;
  readonly limits: LaneLimits;
  readonly onTrouble: (message: string, error: unknown) => void;
}

/** Tries without locks; from then on the wallets are locked first, and some more tries later a batch is cut in two. */
const OPTIMISTIC_TRIES = 4;
const TRIES_BEFORE_SPLIT = 7;
const RETRY_DELAY_MS = 5;
const RETRY_DELAY_MAX_MS = 100;
const RECONNECT_DELAY_MS = 100;
/** A version 7 key younger than this is taken for new: only its unique index is asked. */
const KEY_FRESH_MS = 30_000;

interface Pending {
  readonly submission: Submission;
  readonly atMs: number;
  readonly resolve: (outcome: Outcome) => void;
  readonly reject: (error: unknown) => void;
  /** Answered, or past its deadline: nobody waits any more. */
  settled: boolean;
  /** Hash of the first entry that we last tried to write for it: found again after a lost answer, it is ours. */
  triedHash?: string;
}

type Judged = { readonly pending: Pending; readonly decision: Decision };

export class LedgerLane {
  private readonly options: LaneOptions;
  private queue: Pending[] = [];
  private waiting: Pending[] = [];
  private running: Promise<void> | undefined;
  private cancelDeadline: (() => void) | undefined;
  private readonly heads = new Map<string, LoadedWallet>();
  private readonly usedKeys = new Set<string>();
  /** False from a failed connect until the next one that works. */
  reachable = true;

  constructor(options: LaneOptions) {
    this.options = options;
  }

  get queued(): number {
    return this.queue.length;
  }

  async submit(submission: Submission): Promise<Outcome> {
    const { clock, limits } = this.options;
    if (this.queue.length >= limits.queueLengthMax) {
      throw new Refusal('LEDGER_UNAVAILABLE', 'too many commands are waiting; try again with the same key');
    }
    return new Promise<Outcome>((resolve, reject) => {
      const pending: Pending = { submission, atMs: clock.nowMs(), resolve, reject, settled: false };
      this.queue.push(pending);
      this.waiting.push(pending);
      this.armDeadline();
      this.running ??= this.run();
    });
  }

  async stop(): Promise<void> {
    await this.running;
    this.cancelDeadline?.();
    await this.options.connection.close();
  }

  private async run(): Promise<void> {
    try {
      while (this.queue.length > 0) {
        const batch = this.takeBatch();
        if (batch.length > 0) await this.process(batch);
        if (this.waiting.length > 2 * (this.queue.length + this.options.limits.batchSizeMax)) {
          this.waiting = this.waiting.filter(({ settled }) => !settled);
        }
      }
    } finally {
      this.running = undefined;
    }
  }

  /** The next batch: in order of arrival, without those nobody waits for, a key at most once. */
  private takeBatch(): Pending[] {
    const batch: Pending[] = [];
    const later: Pending[] = [];
    const keys = new Set<string>();
    let taken = 0;
    for (const pending of this.queue) {
      if (batch.length >= this.options.limits.batchSizeMax) break;
      taken += 1;
      if (pending.settled) continue;
      const name = keyName(pending.submission);
      if (keys.has(name)) {
        later.push(pending);
      } else {
        keys.add(name);
        batch.push(pending);
      }
    }
    this.queue = [...later, ...this.queue.slice(taken)];
    return batch;
  }

  /**
   * Answers every command of a batch; never throws. A batch that the database keeps refusing is cut in two, so that
   * no command can hold up the others; a single one is tried until it is answered or its caller's deadline passes.
   */
  private async process(batch: Pending[]): Promise<void> {
    for (let tries = 0; ;) {
      const open = batch.filter(({ settled }) => !settled);
      if (open.length === 0) return;
      if (!(await this.connect())) continue;
      try {
        const judged = await (tries < OPTIMISTIC_TRIES
          ? this.attempt(open, tries > 0)
          : this.options.connection.withLockedWallets(walletsOf(open), async () => this.attempt(open, true)));
        failpoint('ledger.after-commit');
        for (const { pending, decision } of judged) this.answer(pending, decision);
        return;
      } catch (error) {
        tries += 1;
        this.forget(open);
        if (tries >= TRIES_BEFORE_SPLIT || isCheckViolation(error)) {
          if (open.length > 1) return this.processHalves(open);
          if (tries === TRIES_BEFORE_SPLIT) this.options.onTrouble('a command cannot be written', error);
          if (isCheckViolation(error)) return this.refuse(open, error);
        }
        if (tries > 1) await sleep(this.options.clock, Math.min(RETRY_DELAY_MS * tries, RETRY_DELAY_MAX_MS));
      }
    }
  }

  private async processHalves(batch: Pending[]): Promise<void> {
    const middle = Math.ceil(batch.length / 2);
    await this.process(batch.slice(0, middle));
    await this.process(batch.slice(middle));
  }

  private refuse(batch: readonly Pending[], error: unknown): void {
    this.options.onTrouble('the database refuses a command that the rules accept', error);
    const refusal = new Refusal('LEDGER_UNAVAILABLE', 'the ledger cannot take this command');
    for (const pending of batch) this.settle(pending, () => pending.reject(refusal));
  }

  private async connect(): Promise<boolean> {
    try {
      await this.options.connection.open();
      this.reachable = true;
      return true;
    } catch (error) {
      if (this.reachable) this.options.onTrouble('the ledger database cannot be reached', error);
      this.reachable = false;
      await sleep(this.options.clock, RECONNECT_DELAY_MS);
      return false;
    }
  }

  /**
   * Judges and writes a batch once; what it gives back may be answered once it is committed.
   * Throws when the database refuses or the outcome is unknown.
   */
  private async attempt(batch: Pending[], lookUpAll: boolean): Promise<Judged[]> {
    const open = await this.answerUsedKeys(batch, lookUpAll);
    const fresh = await this.loadMissing(walletsOf(open));
    failpoint('ledger.after-read');
    const postings = new Map<string, Posting>();
    let judged = this.judge(open, postings);
    const stale = [...postings].filter(([wallet, { entries }]) => entries.length === 0 && !fresh.has(wallet));
    if (stale.length > 0) {
      // Only refusals: they stand on a remembered head, which another writer may have topped up since.
      const wallets = new Set(stale.map(([wallet]) => wallet));
      for (const wallet of wallets) {
        this.heads.delete(wallet);
        postings.delete(wallet);
      }
      await this.loadMissing([...wallets]);
      const again = open.filter(({ submission }) => wallets.has(submission.wallet));
      judged = [
        ...judged.filter(({ pending }) => !wallets.has(pending.submission.wallet)),
        ...this.judge(again, postings),
      ];
    }
    // A refusal is no answer for a key that was used already, perhaps while the heads were being read.
    const refused = judged.filter(({ decision }) => decision.refusal).map(({ pending }) => pending);
    const unused = await this.answerUsedKeys(refused, true);
    if (unused.length < refused.length) {
      return this.attempt(
        batch.filter(({ settled }) => !settled),
        lookUpAll,
      );
    }
    for (const { pending, decision } of judged) {
      const first = decision.entries?.[0];
      if (first) pending.triedHash = first.hash;
    }
    await this.write(postings);
    return judged;
  }

  private judge(batch: readonly Pending[], postings: Map<string, Posting>): Judged[] {
    return batch.map((pending) => {
      const { wallet, command, key, inputHash } = pending.submission;
      const loaded = this.heads.get(wallet);
      if (!loaded) return { pending, decision: { refusal: new Refusal('NOT_FOUND', 'no such wallet') } };
      const posting = postings.get(wallet) ?? new Posting(loaded.head);
      postings.set(wallet, posting);
      return { pending, decision: decide(posting, command, { key, inputHash, atMs: pending.atMs }) };
    });
  }

  private async write(postings: ReadonlyMap<string, Posting>): Promise<void> {
    const changes = noSideChanges();
    const entries: Entry[] = [];
    const after: LoadedWallet[] = [];
    for (const [wallet, posting] of postings) {
      const before = this.heads.get(wallet);
      if (!before || posting.entries.length === 0) continue;
      for (const entry of posting.entries) entries.push(entry);
      after.push(collectChanges(before, posting, changes));
    }
    if (entries.length === 0) return;
    await this.options.connection.append(entries, changes);
    for (const loaded of after) this.remember(loaded);
    for (const entry of entries) this.rememberKey(keyName(entry));
  }

  /** Answers the commands whose keys were used before; gives back the others. */
  private async answerUsedKeys(batch: Pending[], lookUpAll: boolean): Promise<Pending[]> {
    const now = this.options.clock.nowMs();
    const suspects = batch.filter(
      ({ submission }) => lookUpAll || !isFreshKey(submission.key, now) || this.usedKeys.has(keyName(submission)),
    );
    if (suspects.length === 0) return batch;
    const found = new Map<string, Entry[]>();
    for (const entry of await this.options.connection.findByKeys(suspects.map(({ submission }) => submission))) {
      const name = keyName(entry);
      found.set(name, [...(found.get(name) ?? []), entry]);
    }
    return batch.filter((pending) => {
      const entries = found.get(keyName(pending.submission));
      if (entries) this.answerAgain(pending, entries);
      return !entries;
    });
  }

  private answerAgain(pending: Pending, entries: readonly Entry[]): void {
    this.settle(pending, () => {
      const first = entries[0];
      const replayed = first?.hash !== pending.triedHash;
      if (first?.inputHash === pending.submission.inputHash) pending.resolve({ entries, replayed });
      else pending.reject(new Refusal('IDEMPOTENCY_CONFLICT', 'this idempotency key was used for another request'));
    });
  }

  private answer(pending: Pending, decision: Decision): void {
    this.settle(pending, () => {
      if (decision.refusal) pending.reject(decision.refusal);
      else pending.resolve({ entries: decision.entries, replayed: false });
    });
  }

  /** Loads heads that are not remembered; answers which wallets were read from the database just now. */
  private async loadMissing(wallets: readonly string[]): Promise<ReadonlySet<string>> {
    const missing = wallets.filter((wallet) => !this.heads.has(wallet));
    if (missing.length === 0) return new Set();
    const loaded = await this.options.connection.loadWallets(missing);
    for (const wallet of loaded.values()) this.remember(wallet);
    return new Set(missing);
  }

  private remember(loaded: LoadedWallet): void {
    const { wallet } = loaded.head;
    this.heads.delete(wallet);
    this.heads.set(wallet, loaded);
    // The batch at hand may need all of its own, so the bound is never below a batch.
    if (this.heads.size > this.options.limits.headsMax + this.options.limits.batchSizeMax) {
      for (const oldest of [...this.heads.keys()].slice(0, this.options.limits.batchSizeMax)) this.heads.delete(oldest);
    }
  }

  private rememberKey(name: string): void {
    this.usedKeys.add(name);
    if (this.usedKeys.size > this.options.limits.headsMax) {
      for (const oldest of this.usedKeys) {
        this.usedKeys.delete(oldest);
        break;
      }
    }
  }

  private forget(batch: readonly Pending[]): void {
    for (const wallet of walletsOf(batch)) this.heads.delete(wallet);
  }

  private settle(pending: Pending, answer: () => void): void {
    if (pending.settled) return;
    pending.settled = true;
    answer();
  }

  /** One timer for the oldest command that waits; all have the same deadline, so they pass in order of arrival. */
  private armDeadline(): void {
    if (this.cancelDeadline) return;
    this.waiting = this.waiting.filter(({ settled }) => !settled);
    const oldest = this.waiting[0];
    if (!oldest) return;
    const { clock, deadlineMs } = this.options;
    this.cancelDeadline = clock.after(Math.max(0, oldest.atMs + deadlineMs - clock.nowMs()), () => {
      this.cancelDeadline = undefined;
      const now = clock.nowMs();
      for (const pending of this.waiting) {
        if (pending.atMs + deadlineMs > now) break;
        const late = new Refusal(
          'LEDGER_UNAVAILABLE',
          'the ledger did not answer in time; ask again with the same key',
        );
        this.settle(pending, () => pending.reject(late));
      }
      this.armDeadline();
    });
  }
}

/** SQLSTATE 23514. Only saves time: trying again would end the same way. */
function isCheckViolation(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === '23514';
}

function keyName({ key, wallet }: { readonly key: string; readonly wallet: string }): string {
  return key + wallet;
}

function walletsOf(batch: readonly Pending[]): string[] {
  return [...new Set(batch.map(({ submission }) => submission.wallet))];
}

/** True for a version 7 key made within the last moments: nobody can have used it long ago. */
function isFreshKey(key: string, nowMs: number): boolean {
  if (key.charAt(14) !== '7') return false;
  const madeAtMs = Buffer.from(key.slice(0, 8) + key.slice(9, 13), 'hex').readUIntBE(0, 6);
  return Math.abs(nowMs - madeAtMs) < KEY_FRESH_MS;
}
