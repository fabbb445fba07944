/**
 * Who may use the thread for long: pages, exports and batches take turns, so that calls that move money, which share the
 * thread, are not kept waiting by them. While such a call is in progress or was a moment ago, one piece of that work runs at a
 * time, and the thread rests as long after it as it took. Callers with work to do take turns, too, whatever each has.
 */
import type { Clock } from '../../core/clock.ts';
import { Refusal } from '../../core/errors.ts';
import { FailedCall } from '../server/problem.ts';

/** Pieces of work that are in progress at once while no call that moves money is. */
const AT_ONCE_MAX = 8;
/** After a call that moves money the next one is expected for so long: who makes many is between two of them most of the time. */
const EXPECTED_MS = 20;
/** What anybody may download is sent in pieces with so much time between them, whoever asks: 16 MB a second with pieces of 64 kB. */
const DOWNLOAD_PAUSE_MS = 4;
/** Most pieces of one caller, an org or an operator, that wait before further work of it is refused. */
const WAITING_MAX = 200;
/** The longest rest after one piece. */
const REST_MS_MAX = 50;
/** Most exports that are open at once: of one caller, and of all. */
const EXPORTS_MAX = 2;
const EXPORTS_IN_ALL_MAX = 12;
const RETRY_SECONDS = 2;

export class Turns {
  readonly #clock: Clock;
  /** Calls in progress that move money. */
  #urgent = 0;
  #running = 0;
  #urgentUntilMs = -Infinity;
  /** Resolves when the next piece of a download may be sent, and how many wait for that. */
  #download = Promise.resolve();
  #downloads = 0;
  /** What waits, by caller; the caller whose turn is next comes first. */
  readonly #waiting = new Map<string, (() => void)[]>();
  readonly #exports = new Map<string, number>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Does work that comes before everything else. */
  async urgent<Result>(work: () => Promise<Result>): Promise<Result> {
    this.#urgent += 1;
    try {
      return await work();
    } finally {
      this.#urgent -= 1;
      this.#urgentUntilMs = this.#clock.elapsedMs() + EXPECTED_MS;
    }
  }

  /**
   * Does a piece of work when it is the caller's turn. A piece takes the thread for a millisecond or a few.
   * @throws FailedCall with a Refusal RATE_LIMITED when too much of the caller's work waits; what the work throws.
   */
  async run<Result>(caller: string, work: () => Promise<Result>): Promise<Result> {
    if ((this.#waiting.get(caller)?.length ?? 0) >= WAITING_MAX) {
      throw tooMuch('turns', 'too many of your requests wait; send fewer at once');
    }
    return this.resume(caller, work);
  }

  /** The same for a further piece of work that has begun, and is not refused any more. */
  async resume<Result>(caller: string, work: () => Promise<Result>): Promise<Result> {
    await this.#enter(caller);
    const begunAtMs = performance.now();
    try {
      return await work();
    } finally {
      // What comes of the work is written as JSON and sent before anything else runs: that belongs to the turn.
      setImmediate(() => this.#leave(performance.now() - begunAtMs));
    }
  }

  /**
   * Gives a piece of a download when it may be sent. Downloads are for everybody, so all of them share one bounded rate.
   * @throws FailedCall with a Refusal RATE_LIMITED when too many pieces wait.
   */
  async download<Result>(piece: () => Promise<Result>): Promise<Result> {
    if (this.#downloads >= WAITING_MAX) throw tooMuch('downloads', 'too many downloads wait');
    this.#downloads += 1;
    const mine = this.#download;
    this.#download = mine.then(async () => this.#pause(DOWNLOAD_PAUSE_MS));
    await mine;
    this.#downloads -= 1;
    return piece();
  }

  async #pause(ms: number): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#clock.after(ms, resolve);
    });
  }

  /**
   * The pieces of an export, each made in a turn of its own.
   * @throws FailedCall with a Refusal RATE_LIMITED, before the first piece, when too many exports are open.
   */
  async *pieces(caller: string, pieces: AsyncGenerator<string>): AsyncGenerator<string> {
    const open = this.#exports.get(caller) ?? 0;
    const inAll = this.#exports.values().reduce((sum, of) => sum + of, 0);
    if (open >= EXPORTS_MAX || inAll >= EXPORTS_IN_ALL_MAX) {
      const whose = open >= EXPORTS_MAX ? `${EXPORTS_MAX} exports of yours` : `${EXPORTS_IN_ALL_MAX} exports`;
      throw tooMuch('exports', `${whose} are being written; try again when one is done`);
    }
    this.#exports.set(caller, open + 1);
    try {
      for (;;) {
        const next = await this.resume(caller, async () => pieces.next());
        if (next.done === true) return;
        yield next.value;
      }
    } finally {
      const left = (this.#exports.get(caller) ?? 1) - 1;
      if (left > 0) this.#exports.set(caller, left);
      else this.#exports.delete(caller);
      await pieces.return(undefined);
    }
  }

  get #isUrgent(): boolean {
    return this.#urgent > 0 || this.#clock.elapsedMs() < this.#urgentUntilMs;
  }

  get #atOnce(): number {
    return this.#isUrgent ? 1 : AT_ONCE_MAX;
  }

  async #enter(caller: string): Promise<void> {
    if (this.#waiting.size === 0 && this.#running < this.#atOnce) {
      this.#running += 1;
      return;
    }
    const waiting = this.#waiting.get(caller) ?? [];
    await new Promise<void>((resolve) => {
      waiting.push(resolve);
      this.#waiting.set(caller, waiting);
    });
  }

  #leave(tookMs: number): void {
    const over = (): void => {
      this.#running -= 1;
      this.#next();
    };
    if (!this.#isUrgent) over();
    else this.#clock.after(Math.min(Math.ceil(tookMs), REST_MS_MAX), over);
  }

  /** Lets in who waits, as far as there is room. */
  #next(): void {
    for (const [caller, waiting] of this.#waiting) {
      if (this.#running >= this.#atOnce) return;
      const begin = waiting.shift();
      this.#waiting.delete(caller);
      // What the caller has left comes after the others.
      if (waiting.length > 0) this.#waiting.set(caller, waiting);
      this.#running += 1;
      begin?.();
    }
  }
}

/** Resolves after what else has arrived was looked after. */
export async function nextTurn(): Promise<void> {
  await new Promise<void>((resolve) => {
    setImmediate(resolve);
  });
}

function tooMuch(limit: string, detail: string): FailedCall {
  const refusal = new Refusal('RATE_LIMITED', detail, { details: { limit } });
  return new FailedCall(refusal, { 'Retry-After': String(RETRY_SECONDS) });
}
