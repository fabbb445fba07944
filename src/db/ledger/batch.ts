/**
 * One batch: commands judged in order of arrival on top of remembered heads, and the entries that they write. Judging
 * and writing are separate steps, so that a batch can be judged while the previous one is still being written.
 */
import { randomBytes } from 'node:crypto';
import { Refusal } from '../../core/errors.ts';
import { madeAround } from '../../core/ids.ts';
import { wordsOf } from '../../core/ledger/commands.ts';
import { decide, type Decision } from '../../core/ledger/decide.ts';
import type { Entry } from '../../core/ledger/entry.ts';
import type { OpenCount } from '../../core/ledger/hold-book.ts';
import { hasWords } from '../../core/ledger/entry-text.ts';
import { isWrittenFor } from '../../core/ledger/former-keys.ts';
import { Posting } from '../../core/ledger/posting.ts';
import type { PriceSource } from '../../core/pricing/stamp.ts';
import { failpoint } from '../failpoint.ts';
import { BatchPrices, ChargedUsage } from '../pricing/batch-prices.ts';
import { chargeNamedBy, NamedCharges } from '../refunds/named-charges.ts';
import { batchSpan, traced } from '../tracing.ts';
import { ARRIVED_WITHIN_MS } from './closed.ts';
import { entryRows, type LastRow } from './entry-columns.ts';
import type { LedgerConnection } from './connection.ts';
import { findMoved, type LoadedWallet } from './heads.ts';
import type { HeadCache } from './head-cache.ts';
import { collectChanges, noSideChanges } from './lots-and-holds.ts';
import {
  answerAgain,
  findBudgetsOf,
  findSettledOf,
  isSameIntent,
  keysOf,
  nameOf,
  refuseMoved,
  resolveWith,
  settle,
  walletsOf,
} from './submission.ts';
import type { Pending, Submission } from './submission.ts';
import { openMaxesOf, openMaxOf } from './hold-counts.ts';
import { readLacking } from './beside/named-holds.ts';

const SALT_BYTES = 16;
/** A version 7 key younger than this is assumed to be unused: it is not looked up, and its unique index refuses a reuse. */
const KEY_FRESH_MS = 30_000;

interface Judged {
  readonly pending: Pending;
  decision: Decision;
}

/** A wallet has this part of a batch's entries while other wallets are in the batch. */
const WALLETS_SHARE = 1 / 4;

/** What commands are judged by beside the heads of their wallets. */
export interface Judging {
  /** The lots of a wallet that nothing is spent from; left out: none. */
  readonly frozenOf?: ((wallet: string) => ReadonlySet<number>) | undefined;
  /** The price book; left out: no command may be priced. */
  readonly prices?: PriceSource | undefined;
}

export interface BatchOptions extends Judging {
  /** Once the batch has so many entries, it takes no further command. Left out: no bound. */
  readonly entriesMax?: number;
  readonly connection: LedgerConnection;
  readonly heads: HeadCache;
  readonly nowMs: () => number;
}

export class Batch {
  private readonly options: BatchOptions;
  /** Epoch of the connection. Heads read in another epoch may come from a server with other rows. */
  private readonly epoch: number;
  private judged: Judged[] = [];
  /** Answers from the ledger that are given with those of this batch. */
  private found: (() => void)[] = [];
  /** The wallets before this batch. A copy of its own, since the cache may forget any wallet at any time. */
  readonly before = new Map<string, LoadedWallet>();
  private readonly postings = new Map<string, Posting>();
  /** Wallets that this batch read from the database. */
  private readonly loaded = new Set<string>();
  /** Wallets with commands that wrote nothing: no unique key in the database proves the head that they were judged on. */
  private readonly unwritten = new Set<string>();
  /** All entries of the postings, encoded to be sent. */
  private readonly rows = entryRows();
  private readonly entriesMax: number;
  private readonly prices: BatchPrices;
  /** The version of all budgets that its commands are judged by. */
  budgets = 0;
  /** The events that its commands charge. */
  private readonly usage = new ChargedUsage();
  private readonly charges = new NamedCharges();
  /** The last entry of each wallet that the batch writes to; empty before it is sealed. */
  private last: LastRow[] = [];
  /** When its first command was judged, by `performance.now()`. */
  private judgedAtMs: number | undefined;

  constructor(options: BatchOptions) {
    this.options = options;
    this.entriesMax = options.entriesMax ?? Infinity;
    this.epoch = options.connection.epoch;
    this.prices = new BatchPrices(options.prices);
  }

  /** How many commands are judged. */
  get size(): number {
    return this.judged.length;
  }

  /** True when it takes no further command. */
  get isFull(): boolean {
    return this.rows.count >= this.entriesMax;
  }

  /**
   * Whether a command of this wallet may be added: a command costs what it writes, so the entries of a batch are bounded,
   * and those of one wallet while others are there.
   */
  hasRoomFor(wallet: string): boolean {
    if (this.isFull) return false;
    const own = this.postings.get(wallet)?.entries.length ?? 0;
    return own < this.entriesMax * WALLETS_SHARE || this.before.size <= 1;
  }

  /** Every wallet that a command of this batch names. */
  get wallets(): string[] {
    return [...new Set(this.judged.map(({ pending }) => pending.submission.wallet))];
  }

  /** Whether this batch, which is in flight, must land before a command is judged: something of its wallet has to be read anew. */
  mustLandFor({ wallet, command }: Submission): boolean {
    if (!this.postings.has(wallet)) return false;
    return chargeNamedBy(command) !== undefined || this.mustBeRead(wallet, openMaxOf(command));
  }

  /** @param openMax how many holds may be open, where one is to be opened; else Infinity. */
  private mustBeRead(wallet: string, openMax: number): boolean {
    const { heads, nowMs } = this.options;
    const head = heads.get(wallet, this.epoch)?.head;
    return (
      heads.mustBeRead(wallet, nowMs()) || (head !== undefined && heads.holdCounts.mustCount(head, openMax, nowMs()))
    );
  }

  get pendings(): Pending[] {
    return this.judged.map(({ pending }) => pending);
  }

  /** True when this batch has a command with the same wallet and key: the later one must wait for its outcome. */
  has(submission: Submission): boolean {
    return this.judged.some(({ pending }) => isSameIntent(pending.submission, submission));
  }

  /**
   * Answers the commands whose keys were used before, and judges the others as long as there is room.
   * @param lookUpAll looks up every key in the database: needed when an outcome is unknown.
   * @returns the commands for which there was no room.
   */
  async add(chunk: readonly Pending[], lookUpAll: boolean): Promise<Pending[]> {
    const isFresh = madeAround(this.options.nowMs(), KEY_FRESH_MS);
    const isSuspect = ({ submission, usedLately, putBack }: Pending): boolean =>
      usedLately || (putBack !== true && !isFresh(submission.key));
    if (this.before.size === 0) this.budgets = await this.options.heads.refreshBudgets(this.options.connection);
    const suspects = chunk.filter((pending) => lookUpAll || isSuspect(pending));
    // Sent together, keys first: a key that is used after its look-up is refused by its unique index.
    const answered = this.answerUsed(chunk, suspects);
    const read = this.load(chunk);
    const prices = this.prices.load(chunk.map(({ submission }) => submission.command));
    const [unused] = await Promise.all([answered, read, prices]);
    failpoint('ledger.after-lookup');
    const fresh = await this.answerFormer(unused);
    if (lookUpAll) await refuseMoved(fresh, async (asked) => this.options.connection.findUsage(asked));
    failpoint('ledger.after-read');
    const left: Pending[] = [];
    for (const pending of fresh) {
      if (pending.settled) continue;
      if (this.hasRoomFor(pending.submission.wallet) && this.usage.takes(pending.submission))
        this.judged.push({ pending, decision: this.judge(pending) });
      else left.push(pending);
    }
    return left;
  }

  /**
   * Makes sure that no command is refused, or found to have nothing to do, on a head that another writer may have moved:
   * heads that were moved are read and their commands judged once more, and the key of each refused command is looked up.
   * @param proven wallets whose heads a write proved that was committed since.
   */
  async confirmRefusals(proven: ReadonlySet<string>): Promise<void> {
    if (this.unwritten.size === 0) return;
    // What is written is refused by the database if the book has changed; of what is not, nobody else would notice.
    if (this.rows.count === 0) await this.prices.confirm();
    const stale = [...this.unwritten].filter(
      (wallet) => this.postings.get(wallet)?.entries.length === 0 && !this.loaded.has(wallet) && !proven.has(wallet),
    );
    const { connection } = this.options;
    const again = new Set(stale.length > 0 ? await findMoved(connection, stale, this) : []);
    if (again.size > 0) {
      this.options.heads.forget(again);
      for (const wallet of again) {
        this.before.delete(wallet);
        this.postings.delete(wallet);
      }
      const isStale = ({ submission }: Pending): boolean => again.has(submission.wallet);
      await this.load(this.pendings.filter(isStale));
      const open = new Set(await this.answerFormer(this.pendings.filter(isStale)));
      this.judged = this.judged.filter(({ pending }) => !isStale(pending) || open.has(pending));
      for (const one of this.judged) if (isStale(one.pending)) one.decision = this.judge(one.pending);
    }
    const refused = this.judged.filter(({ decision }) => decision.refusal).map(({ pending }) => pending);
    await this.answerUsed(refused, refused);
  }

  /**
   * Whether a sealed batch is in the database, where the answer to its write was lost. Then every decision of it holds,
   * refusals too. No, if it was never sent, or is not committed yet. What is found is made durable, as with keys.
   */
  async isWritten(): Promise<boolean> {
    const { connection } = this.options;
    if (this.last.length === 0 || !(await connection.arePresent(this.last))) return false;
    await connection.makeDurable();
    return true;
  }

  /**
   * Closes the batch and remembers its heads as if they were written already. Answers how to write it, and the wallets
   * that get entries; undefined when there are no entries.
   * @throws when the connection was reopened since the batch was begun: its heads may not hold on the new one.
   */
  seal(): { write: () => Promise<void>; wallets: ReadonlySet<string> } | undefined {
    const { heads, connection } = this.options;
    // Also when there is nothing to write: a refusal would rest on heads of another epoch.
    if (connection.epoch !== this.epoch) throw new Error('the connection was reopened since this batch was judged');
    const changes = noSideChanges();
    // One entry of the last write proves all earlier ones: no server has a later commit without the earlier ones.
    const written = heads.lastWritten(this.epoch);
    const ground: LastRow[] = written ? [written] : [];
    let count = 0;
    const wallets = new Set<string>();
    for (const [wallet, posting] of this.postings) {
      const before = this.before.get(wallet);
      if (!before) throw new Error(`wallet ${wallet} was judged without a head`);
      if (posting.entries.length === 0) continue;
      count += posting.entries.length;
      // A head that was read may be newer than the last write, so that it has to be proven by itself.
      if (before.isRead && before.head.seq > 0) ground.push(before.head);
      const after = collectChanges(before, posting, changes);
      heads.remember(after, this.epoch);
      this.last.push(after.head);
      wallets.add(wallet);
    }
    for (const { pending, decision } of this.judged) {
      const first = decision.entries?.[0];
      if (first) pending.triedHash = first.hash;
    }
    if (count !== this.rows.count) throw new Error(`${this.rows.count} entries are encoded, but ${count} were judged`);
    if (count === 0) return undefined;
    const write = async (): Promise<void> => {
      failpoint('ledger.before-write');
      const { epoch, judgedAtMs = 0 } = this;
      const on = { epoch, judgedAtMs, last: ground, wallets, book: this.prices.book, budgets: this.budgets };
      await connection.append(this.rows, changes, on).catch((error) => {
        this.prices.forget();
        heads.doubtBudgets();
        throw error;
      });
      const own = this.last.at(-1);
      if (own) heads.rememberWrite(own, this.epoch);
    };
    const about = { entries: count, wallets: wallets.size };
    return { wallets, write: async () => traced(() => batchSpan(this.pendings, about), write) };
  }

  /**
   * Answers every command; to be called once the sealed write is committed.
   * @returns the commands that have to be judged again, since only a part of what is overdue is settled.
   */
  answer(): Pending[] {
    this.options.heads.confirm(this.last.at(-1));
    for (const give of this.found) give();
    const again: Pending[] = [];
    for (const { pending, decision } of this.judged) {
      if (decision.again) again.push(pending);
      else settle(pending, () => resolveWith(pending, decision));
    }
    return again.filter(({ settled }) => !settled);
  }

  private judge(pending: Pending): Decision {
    const { wallet, command, key, inputHash, idempotencyKey } = pending.submission;
    const loaded = this.before.get(wallet);
    if (!loaded) return { refusal: new Refusal('NOT_FOUND', 'no such wallet') };
    let posting = this.postings.get(wallet);
    if (!posting) this.postings.set(wallet, (posting = new Posting(loaded.head, this.options.frozenOf?.(wallet))));
    const written = posting.entries.length;
    if (hasWords(wordsOf(command))) pending.salt ??= randomBytes(SALT_BYTES).toString('hex');
    // Before the clock is read, so that a pause between the two makes the write late rather than its time early.
    this.judgedAtMs ??= performance.now();
    const atMs = Math.max(pending.atMs, this.options.nowMs() - ARRIVED_WITHIN_MS);
    const prices = this.prices.of(command);
    this.charges.teach(posting.refunds, pending.submission);
    const decision = decide(posting, command, { key, inputHash, atMs, idempotencyKey, salt: pending.salt, prices });
    for (let at = written; at < posting.entries.length; at += 1) {
      const entry = posting.entries[at];
      if (entry) this.rows.add(entry);
    }
    if (decision.refusal || decision.entries?.length === 0) this.unwritten.add(wallet);
    return decision;
  }

  /**
   * Answers the commands that an earlier version carried out under a former key; returns the others. To be called once
   * their heads are read: no unique key refuses an entry that another process writes under a former key later on, but it
   * takes the number that this batch needs, which the database then refuses.
   */
  private async answerFormer(pendings: readonly Pending[]): Promise<readonly Pending[]> {
    const former = pendings.filter(({ submission }) => (submission.formerKeys ?? []).length > 0);
    return this.answerUsed(pendings, former);
  }

  /**
   * Answers the suspects whose keys are in the ledger; returns the rest of `all`. What was found is made durable first: it
   * may have been committed by a server that then lost its standby, and an answer must not be lost with that server.
   */
  private async answerUsed(all: readonly Pending[], suspects: readonly Pending[]): Promise<readonly Pending[]> {
    if (suspects.length === 0) return all;
    const found = new Map<string, Entry[]>();
    for (const entry of await this.options.connection.findByKeys(suspects.flatMap(keysOf))) {
      const name = nameOf(entry);
      const entries = found.get(name);
      if (entries) entries.push(entry);
      else found.set(name, [entry]);
    }
    const { connection } = this.options;
    if (found.size > 0) await connection.makeDurable();
    const commands = [...found.values()];
    const asked = [findSettledOf(connection, commands), findBudgetsOf(connection, commands)] as const;
    const [settled, left] = await Promise.all(asked);
    return all.filter((pending) => {
      const entries = keysOf(pending).map((key) => found.get(nameOf(key)) ?? []);
      const own = entries.find(([first]) => first && isWrittenFor(first, pending.submission));
      if (!own) return true;
      const name = nameOf(own[0] ?? pending.submission);
      const [balances, budgets] = [settled.get(name), left.get(name)?.map((one) => one.left)];
      const outcome = { entries: own, ...(balances ? { settled: balances } : {}), ...(budgets ? { budgets } : {}) };
      // Within a transaction nothing is durable before its COMMIT, after which the batch is answered.
      if (connection.isInTransaction) this.found.push(() => answerAgain(pending, outcome));
      else answerAgain(pending, outcome);
      return false;
    });
  }

  private async load(pendings: readonly Pending[]): Promise<void> {
    const { heads, connection } = this.options;
    const missing = new Set<string>();
    const openMaxes = openMaxesOf(pendings);
    for (const wallet of walletsOf(pendings)) {
      if (this.before.has(wallet)) continue;
      const remembered = heads.get(wallet, this.epoch);
      const isGood = remembered && !this.mustBeRead(wallet, openMaxes.get(wallet) ?? Infinity);
      if (isGood) this.before.set(wallet, remembered);
      else missing.add(wallet);
    }
    if (missing.size > 0) {
      const loaded = await connection.loadWallets([...missing]);
      for (const [wallet, at] of loaded) {
        const remembered = heads.get(wallet, this.epoch)?.head;
        const isSame = remembered?.seq === at.head.seq && remembered.hash === at.head.hash;
        this.setHoldCount(at, isSame ? remembered.holds.open : heads.holdCounts.boundOf(at.head));
      }
      for (const wallet of missing) this.loaded.add(wallet);
      const read = [...loaded.keys()].flatMap((wallet) => this.before.get(wallet) ?? []);
      const counts = await heads.holdCounts.take(connection, read, { openMaxes, nowMs: this.options.nowMs() });
      for (const at of read) this.setHoldCount(at, counts.get(at.head.wallet) ?? at.head.holds.open);
    }
    await this.loadHolds(pendings);
    await this.charges.load(connection, pendings);
  }

  private setHoldCount({ head, ...rest }: LoadedWallet, open: OpenCount): void {
    const at = { ...rest, head: { ...head, holds: head.holds.counted(open) } };
    this.before.set(head.wallet, at);
    this.options.heads.remember(at, this.epoch);
  }

  /** Reads the holds that commands name and that their heads lack. */
  private async loadHolds(pendings: readonly Pending[]): Promise<void> {
    const { connection, heads } = this.options;
    for (const [wallet, learnt] of await readLacking(connection, pendings, this.before)) {
      const before = this.before.get(wallet);
      if (!before) continue;
      const { head } = before;
      const after = { ...before, head: { ...head, holds: head.holds.learning(learnt) } };
      this.before.set(wallet, after);
      this.postings.get(wallet)?.learn(learnt);
      heads.remember(after, this.epoch);
    }
  }
}
