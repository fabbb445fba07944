/**
 * A lane: commands of its wallets are judged in memory as they arrive, and written in batches, one at a time. While a
 * batch is being written the next one is judged on top of it; if the write fails, both are judged again. The database
 * refuses what another writer did first; then heads are dropped, keys looked up, and it is done again.
 */
import { sleep, type Clock } from '../../core/clock.ts';
import { Refusal } from '../../core/errors.ts';
import { hasSqlState, sqlStateOf, UNIQUE_VIOLATION } from '../errors.ts';
import { failpoint } from '../failpoint.ts';
import { Batch, isSameIntent, settle, type Pending } from './batch.ts';
import type { LedgerConnection } from './connection.ts';
import { LedgerCorruption } from './heads.ts';
import { HeadCache, KeyMemory } from './head-cache.ts';
import type { Outcome, Submission } from './submission.ts';

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
/**
 * From so many commands on, half of those that wait while nothing is being written go off first. Callers that were
 * answered together come back together: in one batch, this process and PostgreSQL would take turns.
 */
const HALVED_FROM = 32;
const RETRY_DELAY_MS = 5;
const RETRY_DELAY_MAX_MS = 100;
const RECONNECT_DELAY_MS = 100;

/** A batch that is being written. */
interface Flight {
  readonly batch: Batch;
  readonly wallets: ReadonlySet<string>;
  /** Never rejects: undefined once it is committed, else what went wrong. */
  readonly done: Promise<{ readonly error: unknown } | undefined>;
}

const NONE: ReadonlySet<string> = new Set();

export class LedgerLane {
  private readonly options: LaneOptions;
  private readonly heads: HeadCache;
  private readonly keys: KeyMemory;
  private queue: Pending[] = [];
  private waiting: Pending[] = [];
  private running: Promise<void> | undefined;
  private cancelDeadline: (() => void) | undefined;
  private wake: (() => void) | undefined;
  /** False from a failed connect until the next one that works. */
  reachable = true;

  constructor(options: LaneOptions) {
    this.options = options;
    const { headsMax, batchSizeMax } = options.limits;
    this.heads = new HeadCache(headsMax, batchSizeMax);
    // What is under way is never forgotten: it is in the batch that is judged, or in the one that is written.
    this.keys = new KeyMemory(Math.max(headsMax, 4 * batchSizeMax));
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
      const atMs = clock.nowMs();
      const pending: Pending = { submission, atMs, resolve, reject, settled: false, usedLately: false };
      this.queue.push(pending);
      this.waiting.push(pending);
      this.armDeadline();
      this.running ??= this.run();
      this.wake?.();
    });
  }

  /** Connects anew where that failed last, though nobody waits: whoever is not ready is sent no commands either. */
  retry(): void {
    if (!this.reachable) this.running ??= this.run();
  }

  async stop(): Promise<void> {
    await this.running;
    this.cancelDeadline?.();
    await this.options.connection.close();
  }

  private async run(): Promise<void> {
    let flight: Flight | undefined;
    try {
      if (!this.reachable) await this.connect();
      let batch = this.newBatch();
      let proven = NONE;
      while (this.queue.length > 0 || flight || batch.size > 0) {
        const judged = await this.judgeArrivals(batch, flight);
        if (flight && !judged.failed && (await this.isFlying(flight, batch))) continue;
        const failure = judged.failed ?? (await flight?.done);
        if (failure) {
          const landed = await flight?.done;
          if (landed) disown(flight?.batch.pendings ?? [], landed.error);
          // A chunk that failed half-way is in the batch in part: each command once.
          const open = new Set([...(flight?.batch.pendings ?? []), ...batch.pendings, ...judged.chunk]);
          await this.startOver([...open]);
          [flight, batch, proven] = [undefined, this.newBatch(), NONE];
          continue;
        }
        if (flight) {
          failpoint('ledger.after-commit');
          proven = flight.wallets;
        }
        // What is next goes off before those who wait are answered: PostgreSQL works while their callers do.
        const next = this.takeOff(batch, proven);
        flight?.batch.answer();
        flight = await next;
        [batch, proven] = [this.newBatch(), NONE];
        this.forgetAnswered();
      }
    } finally {
      this.running = undefined;
    }
  }

  private newBatch(): Batch {
    const { connection, clock } = this.options;
    return new Batch({ connection, heads: this.heads, nowMs: () => clock.nowMs() });
  }

  /** Judges what has arrived, as far as the batch has room. A key that is under way waits for its outcome. */
  private async judgeArrivals(
    batch: Batch,
    flight: Flight | undefined,
  ): Promise<{ chunk: Pending[]; failed?: { readonly error: unknown } }> {
    const chunk = this.takeChunk(batch, flight?.batch);
    if (chunk.length === 0) return { chunk };
    try {
      if (!this.options.connection.isOpen) throw new Error('not connected');
      await batch.add(chunk, false);
      return { chunk: [] };
    } catch (error) {
      return { chunk, failed: { error } };
    }
  }

  private takeChunk(batch: Batch, flying: Batch | undefined): Pending[] {
    const isFirst = !flying && batch.size === 0 && this.queue.length >= HALVED_FROM;
    const fair = isFirst ? Math.ceil(this.queue.length / 2) : Infinity;
    const room = Math.min(fair, this.options.limits.batchSizeMax - batch.size);
    const chunk: Pending[] = [];
    const later: Pending[] = [];
    let taken = 0;
    for (const pending of this.queue) {
      if (chunk.length >= room) break;
      taken += 1;
      if (pending.settled) continue;
      const { submission } = pending;
      if (this.keys.has(submission.key)) {
        const isInChunk = chunk.some((one) => isSameIntent(one.submission, submission));
        if (isInChunk || batch.has(submission) || flying?.has(submission) === true) {
          later.push(pending);
          continue;
        }
        pending.usedLately = true;
      } else {
        this.keys.add(submission.key);
      }
      chunk.push(pending);
    }
    this.queue = [...later, ...this.queue.slice(taken)];
    return chunk;
  }

  /** Waits until the flight has landed (false) or something arrived that the next batch has room for (true). */
  private async isFlying(flight: Flight, batch: Batch): Promise<boolean> {
    const landed = flight.done.then(() => false);
    if (batch.size >= this.options.limits.batchSizeMax) return landed;
    const arrived = new Promise<boolean>((resolve) => {
      // Once the callers that are ready in this turn of the event loop have come, they are judged together.
      this.wake = () => {
        this.wake = undefined;
        setImmediate(resolve, true);
      };
    });
    const flying = await Promise.race([landed, arrived]);
    this.wake = undefined;
    return flying;
  }

  /** Sends a batch off. What there is to answer without a write is answered at once. */
  private async takeOff(batch: Batch, proven: ReadonlySet<string>): Promise<Flight | undefined> {
    if (batch.size === 0) return undefined;
    let sealed: ReturnType<Batch['seal']>;
    try {
      await batch.confirmRefusals(proven);
      sealed = batch.seal();
    } catch (error) {
      return { batch, wallets: NONE, done: Promise.resolve({ error }) };
    }
    if (!sealed) {
      batch.answer();
      return undefined;
    }
    const done = sealed.write().then(
      () => undefined,
      (error: unknown) => ({ error }),
    );
    return { batch, wallets: sealed.wallets, done };
  }

  /** Judges and writes commands again whose outcome is unknown, in order, batch by batch. */
  private async startOver(pendings: Pending[]): Promise<void> {
    this.heads.forget(walletsOf(pendings));
    const { batchSizeMax } = this.options.limits;
    for (let at = 0; at < pendings.length; at += batchSizeMax)
      await this.process(pendings.slice(at, at + batchSizeMax));
  }

  /**
   * Answers every command of a batch; never throws. A batch that the database keeps refusing is cut in two, so that
   * no command can hold up the others; a single one is tried until it is answered or its caller's deadline passes.
   */
  private async process(pendings: Pending[]): Promise<void> {
    for (let tries = 0; ;) {
      const open = pendings.filter(({ settled }) => !settled);
      if (open.length === 0) return;
      if (!(await this.connect())) continue;
      try {
        const batch = await (tries < OPTIMISTIC_TRIES
          ? this.attempt(open)
          : this.options.connection.withLockedWallets(walletsOf(open), async () => this.attemptLocked(open)));
        failpoint('ledger.after-commit');
        batch.answer();
        return;
      } catch (error) {
        tries += 1;
        this.heads.forget(walletsOf(open));
        disown(open, error);
        const isPoison = isHopeless(error);
        if (tries >= TRIES_BEFORE_SPLIT || isPoison) {
          if (open.length > 1) return this.processHalves(open);
          if (tries === TRIES_BEFORE_SPLIT) this.options.onTrouble('a command cannot be written', error);
          if (isPoison) return this.refuse(open, error);
        }
        if (tries > 1) await sleep(this.options.clock, Math.min(RETRY_DELAY_MS * tries, RETRY_DELAY_MAX_MS));
      }
    }
  }

  /** Judges and writes once; what it gives back may be answered once it is committed. */
  private async attempt(pendings: readonly Pending[]): Promise<Batch> {
    const batch = this.newBatch();
    await batch.add(pendings, true);
    await batch.confirmRefusals(NONE);
    await batch.seal()?.write();
    return batch;
  }

  private async attemptLocked(pendings: readonly Pending[]): Promise<Batch> {
    failpoint('ledger.after-lock');
    const batch = await this.attempt(pendings);
    failpoint('ledger.before-commit');
    return batch;
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
      this.reachable = true;
      return true;
    } catch (error) {
      if (this.reachable) this.options.onTrouble('the ledger database cannot be reached', error);
      this.reachable = false;
      await sleep(this.options.clock, RECONNECT_DELAY_MS);
      return false;
    }
  }

  private forgetAnswered(): void {
    if (this.waiting.length <= 2 * (this.queue.length + 2 * this.options.limits.batchSizeMax)) return;
    this.waiting = this.waiting.filter(({ settled }) => !settled);
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
        settle(pending, () => pending.reject(late));
      }
      this.armDeadline();
    });
  }
}

function walletsOf(pendings: readonly Pending[]): string[] {
  return [...new Set(pendings.map(({ submission }) => submission.wallet))];
}

/** Where somebody else was first, what is found under a key is theirs, though it may look as ours would have. */
function disown(pendings: readonly Pending[], error: unknown): void {
  if (hasSqlState(error, UNIQUE_VIOLATION)) for (const pending of pendings) pending.triedHash = undefined;
}

/**
 * True for what trying again cannot mend: tables that contradict each other, and data that the database refuses for
 * what it is (SQLSTATE classes 22 and 23, unique keys aside). Knowing it only saves the time of the commands behind it:
 * without it, trying again would end the same way.
 */
function isHopeless(error: unknown): boolean {
  return (
    error instanceof LedgerCorruption || (/^2[23]/.test(sqlStateOf(error)) && !hasSqlState(error, UNIQUE_VIOLATION))
  );
}
