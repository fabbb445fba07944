/** How many calls a node gets: a bucket that fills with time, slowed down by every "too many requests". */
import { RpcFault } from './fault.ts';

/** Calls a second while the node says nothing against it: more than any node is asked for. */
const RATE_MAX = 5_000;
const RATE_MIN = 1;
/** Calls that may be made at once after a pause, in seconds' worth of the rate. */
const BURST_SECONDS = 2;
/** Share of the bucket that only calls at the head of the chain may use: catching up never starves them. */
const RESERVE = 0.5;
/** The rate is halved at most once within this: calls under way are told the same thing many times. */
const SLOW_AGAIN_MS = 1_000;
/** What every second without such an answer multiplies the rate by. */
const RECOVERY_PER_SECOND = 1.05;
/** Calls are counted over this to see how many a second the node was given. */
const COUNTED_MS = 1_000;
/** Longest wait of a call for its turn. */
const WAIT_MS_MAX = 5_000;

/** `backfill` is whatever does not lie at the head of the chain. */
export type Lane = 'head' | 'backfill';

export class CallBudget {
  readonly #nowMs: () => number;
  readonly #sleep: (ms: number) => Promise<void>;
  #rate = RATE_MAX;
  #tokens = RATE_MAX * BURST_SECONDS;
  #filledAtMs: number;
  #countedFromMs: number;
  #counted = 0;
  #slowedAtMs = -Infinity;
  #blockedUntilMs = -Infinity;

  constructor(time: { nowMs: () => number; sleep: (ms: number) => Promise<void> } = MONOTONIC) {
    this.#nowMs = time.nowMs;
    this.#sleep = time.sleep;
    this.#filledAtMs = time.nowMs();
    this.#countedFromMs = this.#filledAtMs;
  }

  /** Calls a second that the node gets at this moment. */
  get rate(): number {
    return this.#rate;
  }

  /** Waits for the turn of one call. @throws RpcFault spared when that is not within a few seconds. */
  async take(lane: Lane): Promise<void> {
    for (let waitedMs = 0; ;) {
      const waitMs = this.#waitMs(lane);
      if (waitMs === 0) {
        this.#tokens -= 1;
        this.#count();
        return;
      }
      if (waitedMs + waitMs > WAIT_MS_MAX) {
        throw new RpcFault('spared', 'the budget of calls is used up', { retryAfterMs: waitMs });
      }
      await this.#sleep(waitMs);
      waitedMs += waitMs;
    }
  }

  /** Notes that the node asks for fewer calls, and for how long none. */
  slowDown(retryAfterMs = 0): void {
    const nowMs = this.#nowMs();
    this.#fill(nowMs);
    this.#blockedUntilMs = Math.max(this.#blockedUntilMs, nowMs + retryAfterMs);
    if (nowMs - this.#slowedAtMs < SLOW_AGAIN_MS) return;
    this.#slowedAtMs = nowMs;
    // Half of what it was given, which may be far below what it might have been.
    this.#rate = Math.max(RATE_MIN, Math.min(this.#rate, this.#counted) / 2);
    this.#tokens = Math.min(this.#tokens, this.#rate);
  }

  #count(): void {
    if (this.#filledAtMs - this.#countedFromMs >= COUNTED_MS) {
      this.#countedFromMs = this.#filledAtMs;
      this.#counted = 0;
    }
    this.#counted += 1;
  }

  #waitMs(lane: Lane): number {
    const nowMs = this.#nowMs();
    this.#fill(nowMs);
    if (nowMs < this.#blockedUntilMs) return this.#blockedUntilMs - nowMs;
    const reserve = lane === 'head' ? 0 : this.#rate * BURST_SECONDS * RESERVE;
    const missing = reserve + 1 - this.#tokens;
    return missing <= 0 ? 0 : Math.ceil((missing / this.#rate) * 1_000);
  }

  #fill(nowMs: number): void {
    const seconds = (nowMs - this.#filledAtMs) / 1_000;
    this.#filledAtMs = nowMs;
    this.#rate = Math.min(RATE_MAX, this.#rate * RECOVERY_PER_SECOND ** seconds);
    this.#tokens = Math.min(this.#rate * BURST_SECONDS, this.#tokens + this.#rate * seconds);
  }
}

const MONOTONIC = {
  nowMs: () => performance.now(),
  sleep: async (ms: number) =>
    new Promise<void>((resolve) => {
      setTimeout(resolve, ms);
    }),
};
