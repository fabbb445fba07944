/** Holds that look after themselves: kept alive while the work runs, and nothing stays held behind it. */
import type { HoldCaptured, HoldReleased } from './generated/api.ts';
import type { Body, CallOptions } from './calls.ts';
import type { Coffer } from './client.ts';
import { ApiError } from './errors.ts';
import { Usd, type Amount } from './usd.ts';

/** How soon a hold ends whose program died, unless the terms say otherwise. */
const HEARTBEAT_SECONDS = 30;
/** Reports within one interval of the heartbeat: two of them may be lost. */
const BEATS_PER_INTERVAL = 3;

/** What is held and for what, as `POST /treasury/hold` takes it. */
export type HoldTerms = Body<'POST /treasury/hold'>;

type Advice = HoldCaptured['advice'];
type CaptureKeys = Pick<CallOptions, 'idempotencyKey'>;

/**
 * An open hold that reports to the service while it is open. If the program dies, no report comes, and the hold ends by itself
 * after `heartbeatSeconds` (30 unless the terms say otherwise).
 */
export class OpenHold {
  readonly id: string;
  readonly #coffer: Coffer;
  readonly #options: CallOptions;
  readonly #gone = new AbortController();
  #left: Usd;
  #captured = Usd.ZERO;
  #advice: Advice = 'continue';
  #isOpen = true;
  #timer: ReturnType<typeof setTimeout> | undefined;

  private constructor(coffer: Coffer, id: string, left: Usd, options: CallOptions) {
    this.#coffer = coffer;
    this.id = id;
    this.#left = left;
    this.#options = options;
  }

  /**
   * Opens a hold. {@link withHold} also ends it.
   * @param options.idempotencyKey of the opening; under a key that was used before it is the same hold, if it is still open
   * @throws InsufficientCreditError, ConflictError `HOLD_NOT_PENDING` where the hold of that key has ended, ...
   */
  static async open(coffer: Coffer, terms: HoldTerms, options: CallOptions = {}): Promise<OpenHold> {
    const { idempotencyKey, ...own } = options;
    const heartbeatSeconds = terms.heartbeatSeconds ?? HEARTBEAT_SECONDS;
    const opened = await coffer.createHold({ ...terms, heartbeatSeconds }, options);
    // A repeated opening answers what the first one did, also where that hold has ended: work must not begin on it.
    if (idempotencyKey !== undefined) await coffer.heartbeatHold({ holdId: opened.holdId }, own);
    const hold = new OpenHold(coffer, opened.holdId, Usd.of(opened.amountUsd), own);
    hold.#beatAfter((heartbeatSeconds * 1_000) / BEATS_PER_INTERVAL);
    return hold;
  }

  /** What can still be captured. */
  get left(): Usd {
    return this.#left;
  }

  /** What was captured so far. */
  get captured(): Usd {
    return this.#captured;
  }

  /** What the last capture advised: `stop` when another one like it could not be paid. */
  get advice(): Advice {
    return this.#advice;
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** Aborted when the service says that the hold has ended: what is done from then on cannot be charged to it. */
  get signal(): AbortSignal {
    return this.#gone.signal;
  }

  /**
   * Takes a part of the cost and keeps the hold open.
   * @param keys.idempotencyKey of this capture; a second one under it, from another hold as well, is `IDEMPOTENCY_CONFLICT`
   * @throws ConflictError `HOLD_EXCEEDED` above what is left
   */
  async capture(amount: Amount, keys: CaptureKeys = {}): Promise<HoldCaptured> {
    return this.#take(amount, false, keys);
  }

  /** Takes the last part of the cost, and frees the rest. */
  async close(amount: Amount, keys: CaptureKeys = {}): Promise<HoldCaptured> {
    return this.#take(amount, true, keys);
  }

  /** Adds money. @throws InsufficientCreditError where there is not enough */
  async grow(by: Amount): Promise<void> {
    const grown = await this.#coffer.growHold({ holdId: this.id, byUsd: Usd.of(by) }, this.#options);
    this.#left = Usd.of(grown.holdLeftUsd);
  }

  /** Frees what is left, and ends the hold. Undefined where it has ended already. */
  async release(reason?: string): Promise<HoldReleased | undefined> {
    if (!this.#isOpen) return undefined;
    this.#end();
    try {
      const why = reason === undefined ? {} : { reason };
      // The signal of the work is left out: when the work was given up, this still has to happen.
      const { signal: _, ...options } = this.#options;
      return await this.#coffer.releaseHold({ holdId: this.id, ...why }, options);
    } catch (error) {
      if (isEnded(error)) return undefined;
      throw error;
    }
  }

  async #take(amount: Amount, final: boolean, keys: CaptureKeys): Promise<HoldCaptured> {
    const { signal: _, ...options } = this.#options;
    const taken = await this.#coffer.captureHold(
      { holdId: this.id, amountUsd: Usd.of(amount), final },
      { ...options, ...keys },
    );
    this.#left = Usd.of(taken.holdLeftUsd);
    this.#captured = this.#captured.plus(taken.amountUsd);
    this.#advice = taken.advice;
    // The service closes a hold that has nothing left.
    if (final || this.#left.compare(Usd.ZERO) === 0) this.#end();
    return taken;
  }

  #end(): void {
    this.#isOpen = false;
    clearTimeout(this.#timer);
  }

  #beatAfter(intervalMs: number): void {
    this.#timer = setTimeout(() => void this.#beat(intervalMs), intervalMs);
  }

  async #beat(intervalMs: number): Promise<void> {
    try {
      const { org } = this.#options;
      const own = { deadlineMs: intervalMs, ...(org === undefined ? {} : { org }) };
      await this.#coffer.heartbeatHold({ holdId: this.id }, own);
    } catch (error) {
      // What is lost is made up for by the next report; only the end of the hold is final.
      if (isEnded(error)) {
        this.#end();
        this.#gone.abort(error);
      }
    }
    if (this.#isOpen) this.#beatAfter(intervalMs);
  }
}

/**
 * Holds money while `work` runs. What `work` captures is charged; the rest is freed when it returns and when it throws. If the
 * program dies meanwhile, the hold ends by itself (see {@link OpenHold}).
 * @throws what `work` throws; InsufficientCreditError before `work` begins where the money is not there
 */
export async function withHold<Result>(
  coffer: Coffer,
  terms: HoldTerms,
  work: (hold: OpenHold) => Promise<Result>,
  options: CallOptions = {},
): Promise<Result> {
  const hold = await OpenHold.open(coffer, terms, options);
  try {
    return await work(hold);
  } finally {
    // Without an answer the hold ends by its heartbeat: that is no reason to lose what the work returned or threw.
    await hold.release().catch(() => undefined);
  }
}

function isEnded(error: unknown): boolean {
  return error instanceof ApiError && (error.code === 'HOLD_NOT_PENDING' || error.code === 'NOT_FOUND');
}
