/** How many calls a node gets: a token bucket that slows down with every "too many requests". */
import { RpcFault } from './fault.ts';

/** Calls a second until the node objects: more than any node is asked for. */
const RATE_MAX = 5_000;
const RATE_MIN = 1;
/** Size of the bucket, in seconds of the rate: the calls that may be made at once after a pause. */
const BURST_SECONDS = 2;
/** Share of the bucket that only calls at the head of the chain may use, so that catching up never starves them. */
const RESERVE = 0.5;
/** The rate is halved at most once within this time, since all calls in flight are refused for the same reason. */
const SLOW_AGAIN_MS = 1_000;
/** Factor by which the rate grows in every second without a refusal. */
const RECOVERY_PER_SECOND = 1.05;
/** Calls are counted over this time to see how many a second the node really got. */
const COUNTED_MS = 1_000;
/** Longest wait of a call for its turn. */
const WAIT_MS_MAX = 5_000;

/** The class of a call: `head` for reading the head of the chain, `backfill` for all other blocks. */
export type CallClass = 'head' | 'backfill';

/** The calls that one node may get. Time is in milliseconds of a monotonic clock. */
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

  /** Waits until one call may be made. @throws RpcFault spared when that would take longer than 5 s. */
  async take(callClass: CallClass): Promise<void> {
    for (let waitedMs = 0; ;) {
      const waitMs = this.#waitMs(callClass);
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

  /** Slows down because the node asked for it. @param retryAfterMs no call is made for so long. */
  slowDown(retryAfterMs = 0): void {
    const nowMs = this.#nowMs();
    this.#fill(nowMs);
    this.#blockedUntilMs = Math.max(this.#blockedUntilMs, nowMs + retryAfterMs);
    if (nowMs - this.#slowedAtMs < SLOW_AGAIN_MS) return;
    this.#slowedAtMs = nowMs;
    // Half of the calls that the node got, since these may be far fewer than the rate allowed.
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

  #waitMs(callClass: CallClass): number {
    const nowMs = this.#nowMs();
    this.#fill(nowMs);
    if (nowMs < this.#blockedUntilMs) return this.#blockedUntilMs - nowMs;
    const reserve = callClass === 'head' ? 0 : this.#rate * BURST_SECONDS * RESERVE;
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
