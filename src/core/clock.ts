/**
 * Time as an argument. Rules take it as a number; the shell takes a Clock, so that every deadline, back-off and
 * expiry can be tested without waiting.
 */
export interface Clock {
  /** Milliseconds since the epoch. */
  nowMs(): number;
  /** Calls back once after delayMs; the answer cancels it. */
  after(delayMs: number, callback: () => void): () => void;
}

/** The machine's clock and timers. */
export const systemClock: Clock = {
  nowMs: () => Date.now(),
  after: (delayMs, callback) => {
    const timer = setTimeout(callback, delayMs);
    return () => clearTimeout(timer);
  },
};

/** Resolves after delayMs on the given clock. */
export async function sleep(clock: Clock, delayMs: number): Promise<void> {
  await new Promise<void>((resolve) => {
    clock.after(delayMs, resolve);
  });
}
