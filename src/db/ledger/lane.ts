/**
 * A lane: the queue of the commands of its wallets. It judges them in memory as they arrive and writes them in batches,
 * one batch at a time; while one is being written, the next is judged on top of it.
 */
import { sleep, type Clock } from '../../core/clock.ts';
import { Refusal } from '../../core/errors.ts';
import { hasSqlState, UNIQUE_VIOLATION } from '../errors.ts';
import { failpoint } from '../failpoint.ts';
import { Batch, type Judging } from './batch.ts';
import type { AsLast, LedgerConnection } from './connection.ts';
import { Deadlines, nobodyWaits } from './deadlines.ts';
import { FairQueue, type Choice } from './fair-queue.ts';
import { disown, GoesInTurn, isHopeless, isUnknown, takesTurn, wasSecond } from './failures.ts';
import { HeadCache, KeyMemory } from './head-cache.ts';
import { isSameIntent, settle, walletsOf, type Outcome, type Pending, type Submission } from './submission.ts';
import { Rivals, TURNS_MAX } from './turns.ts';

export interface LaneLimits {
  /** Most commands of one batch. Once it has as many entries, no further command is judged in it. */
  readonly batchSizeMax: number;
  /** Most commands that may wait for one wallet, and half of those that may wait in all; then callers are refused at once. */
  readonly queueLengthMax: number;
  /** How many wallets' heads, and how many recently used keys, the lane remembers. */
  readonly headsMax: number;
}

export interface LaneOptions extends Judging {
  readonly connection: LedgerConnection;
  readonly clock: Clock;
  /** How long after its arrival a command is answered at the latest. */
  readonly deadlineMs: number;
  readonly limits: LaneLimits;
  /** Reports trouble that an operator should know about; `passing` trouble is expected to end by itself. */
  readonly onTrouble: (message: string, error: unknown, passing?: boolean) => void;
}

/** How often a batch that failed is tried again without locks; every later try locks the wallets first. */
const OPTIMISTIC_TRIES = 1;
/** How often a batch is tried in all, with and without locks, before it is split in two. */
const TRIES_BEFORE_SPLIT = 7;
/**
 * When nothing is being written and at least this many commands wait, the first batch takes half of them. Callers that
 * are answered together send their next commands together: in one batch, this process and PostgreSQL would take turns.
 */
const HALVED_FROM = 32;
/** Pause before the second and each later try: this times the tries so far, up to RETRY_DELAY_MAX_MS. */
const RETRY_DELAY_MS = 5;
const RETRY_DELAY_MAX_MS = 100;
/** Pause after a failed connect; it doubles with each further failure, up to RECONNECT_DELAY_MAX_MS. */
const [RECONNECT_DELAY_MS, RECONNECT_DELAY_MAX_MS] = [100, 1_000];

/** A batch that is being written. */
interface Flight {
  readonly batch: Batch;
  readonly wallets: ReadonlySet<string>;
  /** Never rejects: resolves to undefined once the batch is committed, or to the error. */
  readonly done: Promise<{ readonly error: unknown } | undefined>;
}

const NONE: ReadonlySet<string> = new Set();

/**
 * Each command is in one of these states, and is answered exactly once:
 *
 * - waiting: in the queue, of at most `queueLengthMax`. It leaves when the batch that is being judged has room (at
 *   most `batchSizeMax` commands or entries, and a share of them for each wallet). A command whose key another one in
 *   progress has waits until that one is answered. If the ledger already holds its key, it is answered from there.
 * - judged: accepted or refused in memory, on heads that include the batch in flight. It leaves when that batch is
 *   committed. A refusal on a head that no write and no fresh read proves is judged again first; then a batch without
 *   entries is answered, and any other one is sent.
 * - in flight: its batch is being written, one batch at a time, within the statement timeout of the connection. The
 *   commit answers it.
 * - started over: judging or writing failed, or another writer was first, which the database refuses. The batch in
 *   flight and the one judged on top of it form this state together: their heads are forgotten, their keys looked up,
 *   and they are judged and written again in order, at most `batchSizeMax` at once, while new commands wait. A try
 *   that succeeds answers it; up to OPTIMISTIC_TRIES are made. Attempts to connect do not count as tries.
 * - locked: the same with the wallets locked in the database, TURNS_MAX of them at a time: writes of other processes
 *   to them wait (turns.ts). So it is from try OPTIMISTIC_TRIES + 1 to TRIES_BEFORE_SPLIT, at once if another writer
 *   was first at one of a few wallets, and without any other try where that happened again and again.
 * - split: after TRIES_BEFORE_SPLIT tries, or at once after an error that no retry can fix, the batch is cut in two
 *   and each half is started over, so that one command cannot hold up the others. A single command with such an error
 *   is refused; any other single command is tried, locked, until its deadline.
 * - answered: with its outcome, its refusal, or LEDGER_UNAVAILABLE when `deadlineMs` have passed since its arrival,
 *   which can happen in every state. In that case its entries may still be written: the outcome is unknown, and asking
 *   again with the same key gives it.
 */
export class LedgerLane {
  private readonly options: LaneOptions;
  readonly heads: HeadCache;
  private readonly keys: KeyMemory;
  private readonly queue = new FairQueue<Pending>();
  readonly #rivals = new Rivals();
  private readonly deadlines: Deadlines;
  private running: Promise<void> | undefined;
  private wake: (() => void) | undefined;
  /** False from a failed connect until the next successful one. */
  reachable = true;
  /** Why the last attempt to connect failed; undefined while {@link reachable}. */
  problem: unknown;
  private reconnectDelayMs = RECONNECT_DELAY_MS;

  constructor(options: LaneOptions) {
    this.options = options;
    const { headsMax, batchSizeMax } = options.limits;
    this.heads = new HeadCache(headsMax, batchSizeMax);
    this.deadlines = new Deadlines(options.clock, options.deadlineMs);
    // Large enough that the keys of commands in progress (one batch judged, one in flight) are never forgotten.
    this.keys = new KeyMemory(Math.max(headsMax, 4 * batchSizeMax));
  }

  /** How many commands wait to be judged. */
  get queued(): number {
    return this.queue.length;
  }

  /** Resolves after COMMIT. @throws Refusal of the posting rule, or LEDGER_UNAVAILABLE (queue full, deadline passed). */
  async submit(submission: Submission): Promise<Outcome> {
    const { clock, limits } = this.options;
    const isFull = this.queue.length >= 2 * limits.queueLengthMax;
    if (isFull || this.queue.lengthOf(submission.wallet) >= limits.queueLengthMax)
      throw new Refusal('LEDGER_UNAVAILABLE', 'too many commands are waiting; try again with the same key');
    return new Promise<Outcome>((resolve, reject) => {
      const [atMs, arrivedMs] = [clock.nowMs(), clock.elapsedMs()];
      const pending: Pending = { submission, atMs, arrivedMs, resolve, reject, settled: false, usedLately: false };
      this.queue.push(pending);
      this.deadlines.add(pending);
      this.running ??= this.run();
      this.wake?.();
    });
  }

  /**
   * Connects unless connected, even with an empty queue: one whose connection was lost while idle must not look ready.
   */
  retry(): void {
    if (!this.options.connection.isOpen) this.running ??= this.run();
  }

  /** Resolves once every accepted command is answered and the connection is closed. */
  async stop(): Promise<void> {
    await this.running;
    this.deadlines.stop();
    await this.options.connection.close();
  }

  private async run(): Promise<void> {
    let flight: Flight | undefined;
    try {
      if (!this.reachable || this.queue.length === 0) await this.connect();
      let batch = this.newBatch();
      let proven = NONE;
      while (this.queue.length > 0 || flight || batch.size > 0) {
        const judged = await this.judgeArrivals(batch, flight);
        if (flight && !judged.failed && (await this.isFlying(flight, batch))) continue;
        const failure = judged.failed ?? (await flight?.done);
        if (failure) {
          const landed = await flight?.done;
          if (landed) disown(flight?.batch.pendings ?? [], landed.error);
          if (wasSecond(landed?.error)) this.#rivals.lost(flight?.wallets ?? NONE);
          // A chunk that failed half-way is partly in the batch: the set holds each command once.
          const open = new Set([...(flight?.batch.pendings ?? []), ...batch.pendings, ...judged.chunk]);
          await this.startOver([...open], landed && { batch: flight?.batch, error: landed.error });
          [flight, batch, proven] = [undefined, this.newBatch(), NONE];
          continue;
        }
        if (flight) {
          failpoint('ledger.after-commit');
          proven = flight.wallets;
          this.#rivals.won(proven);
        }
        // The next batch is sent before the committed one is answered, so that PostgreSQL works while the callers do.
        const next = this.takeOff(batch, proven);
        this.putBack(flight?.batch.answer() ?? []);
        flight = await next;
        [batch, proven] = [this.newBatch(), NONE];
        this.deadlines.tidy(this.queue.length + 2 * this.options.limits.batchSizeMax);
      }
    } finally {
      this.running = undefined;
    }
  }

  private newBatch(): Batch {
    const { connection, clock, frozenOf, prices } = this.options;
    const { batchSizeMax: entriesMax } = this.options.limits;
    const nowMs = (): number => clock.nowMs();
    return new Batch({ connection, heads: this.heads, nowMs, frozenOf, prices, entriesMax });
  }

  /** Commands that a later batch has to judge go before those that arrived after them. */
  private putBack(pendings: readonly Pending[]): void {
    for (const pending of pendings) pending.putBack = true;
    this.queue.putBack(pendings);
  }

  /** Judges what has arrived, as far as the batch has room. A command whose key is in progress stays in the queue. */
  private async judgeArrivals(
    batch: Batch,
    flight: Flight | undefined,
  ): Promise<{ chunk: Pending[]; failed?: { readonly error: unknown } }> {
    const chunk = this.takeChunk(batch, flight?.batch);
    if (chunk.length === 0) return { chunk };
    try {
      if (!this.options.connection.isOpen) throw new Error('not connected');
      this.putBack(await batch.add(chunk, false));
      return { chunk: [] };
    } catch (error) {
      return { chunk, failed: { error } };
    }
  }

  private takeChunk(batch: Batch, flying: Batch | undefined): Pending[] {
    const isFirst = !flying && batch.size === 0 && this.queue.length >= HALVED_FROM;
    const fair = isFirst ? Math.ceil(this.queue.length / 2) : Infinity;
    const room = Math.min(fair, this.options.limits.batchSizeMax - batch.size);
    const chosen: Pending[] = [];
    const choose = (pending: Pending): Choice => {
      const { submission } = pending;
      if (submission.isGone?.() === true) settle(pending, () => pending.reject(nobodyWaits()));
      if (pending.settled) return 'drop';
      if (!batch.hasRoomFor(submission.wallet) || flying?.mustLandFor(submission) === true) return 'enough';
      if (this.keys.has(submission.key)) {
        const isChosen = chosen.some((one) => isSameIntent(one.submission, submission));
        if (isChosen || batch.has(submission) || flying?.has(submission) === true) return 'leave';
        pending.usedLately = pending.putBack !== true;
      } else {
        this.keys.add(submission.key);
      }
      chosen.push(pending);
      return 'take';
    };
    return this.queue.take(room, choose);
  }

  /** Resolves to false when the flight has ended, or to true when a command has arrived that the batch has room for. */
  private async isFlying(flight: Flight, batch: Batch): Promise<boolean> {
    const landed = flight.done.then(() => false);
    if (batch.size >= this.options.limits.batchSizeMax || batch.isFull) return landed;
    const arrived = new Promise<boolean>((resolve) => {
      // All commands that arrive in this turn of the event loop are judged together.
      this.wake = () => {
        this.wake = undefined;
        setImmediate(resolve, true);
      };
    });
    const flying = await Promise.race([landed, arrived]);
    this.wake = undefined;
    return flying;
  }

  /** Sends a batch. One without entries is answered at once, and the result is undefined. */
  private async takeOff(batch: Batch, proven: ReadonlySet<string>): Promise<Flight | undefined> {
    if (batch.size === 0) return undefined;
    if (this.#rivals.comeFirst(batch.wallets)) {
      return { batch, wallets: NONE, done: Promise.resolve({ error: new GoesInTurn('it would be second') }) };
    }
    let sealed: ReturnType<Batch['seal']>;
    try {
      await batch.confirmRefusals(proven);
      sealed = batch.seal();
    } catch (error) {
      return { batch, wallets: NONE, done: Promise.resolve({ error }) };
    }
    if (!sealed) {
      this.putBack(batch.answer());
      return undefined;
    }
    const done = sealed.write().then(
      () => undefined,
      (error: unknown) => ({ error }),
    );
    return { batch, wallets: sealed.wallets, done };
  }

  /**
   * Judges and writes commands again that have no answer yet, in order, batch by batch.
   * @param landed the batch that was in flight, whose commands come first, and how it failed.
   */
  private async startOver(
    pendings: Pending[],
    landed: { readonly batch: Batch | undefined; readonly error: unknown } | undefined,
  ): Promise<void> {
    this.heads.forget(walletsOf(pendings));
    const { batchSizeMax } = this.options.limits;
    let unsure = landed?.batch && isUnknown(landed.error) ? [landed.batch] : [];
    for (let at = 0; at < pendings.length; at += batchSizeMax) {
      await this.process(pendings.slice(at, at + batchSizeMax), unsure, landed?.error);
      unsure = [];
    }
  }

  /**
   * Answers the batch, of those whose answer was lost, that turns out to be written: as it was judged, since judging its
   * commands again would put a refused one behind those that came after it.
   */
  private async answerWritten(unsure: Batch[]): Promise<boolean> {
    for (const [index, batch] of unsure.entries()) {
      if (!(await batch.isWritten())) continue;
      unsure.splice(index, 1);
      batch.answer();
      return true;
    }
    return false;
  }

  /**
   * Answers every command of a batch; never throws. A batch that keeps failing is split in two, so that no command can
   * hold up the others; a single command is tried until it is answered, which its deadline does at the latest.
   * @param unsure batches with such commands whose answers were lost.
   * @param failure why the commands, or those before them, were not written.
   */
  private async process(pendings: Pending[], unsure: Batch[] = [], failure?: unknown): Promise<void> {
    // It was the try without locks, unless so many wallets are in it that few can be at fault.
    let tries = takesTurn(failure) && walletsOf(pendings).length <= TURNS_MAX ? OPTIMISTIC_TRIES : 0;
    // What was never sent needs its key looked up only if that may be in use, as when it came.
    let lookUpAll = !(failure instanceof GoesInTurn);
    for (;;) {
      const left = pendings.filter(({ settled }) => !settled);
      if (left.length === 0) return;
      if (!(await this.connect())) continue;
      const isLocked = tries >= OPTIMISTIC_TRIES;
      const wallets = walletsOf(left).slice(0, isLocked ? TURNS_MAX : Infinity);
      const named = new Set(wallets);
      const open = left.filter(({ submission }) => named.has(submission.wallet));
      let batch = this.newBatch();
      try {
        if (await this.answerWritten(unsure)) continue;
        await (isLocked
          ? this.options.connection.withLockedWallets(wallets, async (asLast) => {
              // Another writer was first since the last run: what is found under a key is its entry, not ours.
              for (const pending of batch.size > 0 ? open : []) pending.triedHash = undefined;
              lookUpAll ||= batch.size > 0;
              this.heads.forget(wallets);
              batch = this.newBatch();
              await this.attempt(batch, open, { lookUpAll, send: asLast });
            })
          : this.attempt(batch, open, { lookUpAll, send: async (write) => write() }));
        failpoint('ledger.after-commit');
        batch.answer();
        // What has no answer yet had no room in the batch, has to settle more first, or is of other wallets.
        tries = 0;
        continue;
      } catch (error) {
        tries += 1;
        lookUpAll = true;
        if (isUnknown(error)) unsure.push(batch);
        this.heads.forget(walletsOf(open));
        disown(open, error);
        const isPoison = isHopeless(error);
        if (tries >= TRIES_BEFORE_SPLIT || isPoison) {
          if (left.length > 1) return this.processHalves(left);
          if (tries === TRIES_BEFORE_SPLIT) {
            this.options.onTrouble('a command cannot be written', error, hasSqlState(error, UNIQUE_VIOLATION));
          }
          if (isPoison) return this.refuse(open, error);
        }
        if (tries > 1) await sleep(this.options.clock, Math.min(RETRY_DELAY_MS * tries, RETRY_DELAY_MAX_MS));
      }
    }
  }

  /** Judges, and writes once through `send`. The batch may be answered once the write is committed. */
  private async attempt(
    batch: Batch,
    pendings: readonly Pending[],
    { lookUpAll, send }: { readonly lookUpAll: boolean; readonly send: AsLast },
  ): Promise<void> {
    // What has no room is tried with the next batch.
    await batch.add(pendings, lookUpAll);
    await batch.confirmRefusals(NONE);
    const sealed = batch.seal();
    if (sealed) await send(sealed.write);
  }

  private async processHalves(pendings: Pending[]): Promise<void> {
    const middle = Math.ceil(pendings.length / 2);
    await this.process(pendings.slice(0, middle));
    await this.process(pendings.slice(middle));
  }

  private refuse(pendings: readonly Pending[], error: unknown): void {
    this.options.onTrouble('the database refuses a command that the rules accept', error);
    const refusal = new Refusal('LEDGER_UNAVAILABLE', 'the ledger cannot take this command');
    for (const pending of pendings) settle(pending, () => pending.reject(refusal));
  }

  private async connect(): Promise<boolean> {
    try {
      await this.options.connection.open();
      [this.reachable, this.problem, this.reconnectDelayMs] = [true, undefined, RECONNECT_DELAY_MS];
      return true;
    } catch (error) {
      if (this.reachable) this.options.onTrouble('the ledger database cannot be reached', error);
      [this.reachable, this.problem] = [false, error];
      await sleep(this.options.clock, this.reconnectDelayMs);
      this.reconnectDelayMs = Math.min(2 * this.reconnectDelayMs, RECONNECT_DELAY_MAX_MS);
      return false;
    }
  }
}
