/** A stream that is paid for while it runs. */
import type { CallOptions } from './calls.ts';
import type { Coffer } from './client.ts';
import { InsufficientCreditError } from './errors.ts';
import { OpenHold, type HoldTerms } from './hold.ts';
import { greater, lesser, Usd, type Amount } from './usd.ts';

export interface MeterOptions<Chunk> extends CallOptions {
  /** What is held at first, and for what. */
  readonly terms: HoldTerms & { readonly amountUsd: Amount };
  /** What a chunk costs. */
  readonly price: (chunk: Chunk) => Amount;
  /** What is added when the hold is used up. Left out: as much as at first. */
  readonly growBy?: Amount;
  /** How much may be delivered before it is captured: what is lost at most if the program dies. Left out: a quarter of the first hold. */
  readonly captureEvery?: Amount;
}

/** Why a metered stream ended: with its source; no credit was left for the next chunk; the service advised it. */
export type MeterEnd = 'source' | 'credit' | 'advice';

/** The chunks of a stream, each delivered only once money is held for it. To be read once. */
export class Metered<Chunk> implements AsyncIterable<Chunk> {
  readonly #coffer: Coffer;
  readonly #source: AsyncIterable<Chunk>;
  readonly #options: MeterOptions<Chunk>;
  #hold: OpenHold | undefined;
  #due = Usd.ZERO;
  #ended: MeterEnd | undefined;

  constructor(coffer: Coffer, source: AsyncIterable<Chunk>, options: MeterOptions<Chunk>) {
    this.#coffer = coffer;
    this.#source = source;
    this.#options = options;
  }

  /** What was captured: the cost of what was delivered, once the stream is over. */
  get captured(): Usd {
    return this.#hold?.captured ?? Usd.ZERO;
  }

  /** The hold; undefined before the first chunk is asked for. */
  get holdId(): string | undefined {
    return this.#hold?.id;
  }

  /** Why the stream ended; undefined while it runs, and where its reader or its source broke it off. */
  get ended(): MeterEnd | undefined {
    return this.#ended;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Chunk, void> {
    if (this.#hold !== undefined) throw new Error('a metered stream is read once');
    const { terms, price, captureEvery, ...options } = this.#options;
    const hold = await OpenHold.open(this.#coffer, terms, options);
    this.#hold = hold;
    const part = captureEvery === undefined ? quarterOf(Usd.of(terms.amountUsd)) : Usd.of(captureEvery);
    let hasFailed = true;
    try {
      for await (const chunk of this.#source) {
        hold.signal.throwIfAborted();
        const due = this.#due.plus(price(chunk));
        // A hold that is used up is closed by the service, so it grows before the last of it is captured.
        if (due.compare(hold.left) >= 0) await this.#makeRoom(hold, due);
        if (due.compare(hold.left) > 0) {
          this.#ended = 'credit';
          break;
        }
        this.#due = due;
        if (due.compare(part) >= 0 && due.compare(hold.left) < 0) await this.#capture(hold);
        yield chunk;
        if (hold.advice === 'stop') {
          this.#ended = 'advice';
          break;
        }
      }
      this.#ended ??= 'source';
      hasFailed = false;
    } finally {
      // A failure of the source is what its reader needs to see, rather than one of the last capture.
      if (hasFailed) await this.#settle(hold).catch(() => undefined);
      else await this.#settle(hold);
    }
  }

  /** Grows the hold by a step above what is due; without credit for that, by what is missing; without credit at all, not. */
  async #makeRoom(hold: OpenHold, due: Usd): Promise<void> {
    const missing = due.minus(hold.left);
    const step = Usd.of(this.#options.growBy ?? this.#options.terms.amountUsd);
    for (const by of [missing.plus(step), missing]) {
      if (by.compare(Usd.ZERO) <= 0) return;
      try {
        await hold.grow(by);
        return;
      } catch (error) {
        if (!(error instanceof InsufficientCreditError)) throw error;
      }
    }
  }

  async #capture(hold: OpenHold): Promise<void> {
    const due = this.#due;
    if (due.compare(Usd.ZERO) <= 0) return;
    // Before it is known whether it was captured: what may have been charged is not charged again.
    this.#due = Usd.ZERO;
    await hold.capture(due);
  }

  async #settle(hold: OpenHold): Promise<void> {
    const due = lesser(this.#due, hold.left);
    if (due.compare(Usd.ZERO) > 0) await hold.close(due);
    else await hold.release();
  }
}

/**
 * Wraps a stream of chunks (an AI's tokens) so that it is paid for as it goes: the hold grows when it is used up, what was
 * delivered is captured in parts, and the stream ends when credit does. What was delivered is charged, whoever breaks the stream off.
 */
export function meter<Chunk>(
  coffer: Coffer,
  source: AsyncIterable<Chunk>,
  options: MeterOptions<Chunk>,
): Metered<Chunk> {
  return new Metered(coffer, source, options);
}

function quarterOf(amount: Usd): Usd {
  return Usd.fromMicros(greater(Usd.fromMicros(amount.micros / 4n), Usd.fromMicros(1n)).micros);
}
