/**
 * Time as an argument. Rules take it as a number; the shell takes a Clock, so that every deadline, back-off and
 * expiry can be tested without waiting.
 */
export interface Clock {
  /** Milliseconds since the epoch. */
  nowMs(): number;
  /** Milliseconds since a moment that is the same for the whole process: for durations, since nobody sets it. */
  elapsedMs(): number;
  /** Calls back once after delayMs; the returned function cancels it. */
  after(delayMs: number, callback: () => void): () => void;
}

/** The machine's clock and timers. */
export const systemClock: Clock = {
  nowMs: () => Date.now(),
  elapsedMs: () => performance.now(),
  after: (delayMs, callback) => {
    const timer = setTimeout(callback, delayMs);
    return () => clearTimeout(timer);
  },
};

/**
 * The result of the work if it arrives within timeoutMs. The work itself is not stopped; a later result is dropped.
 * @param deadline.late makes the error when the time is over; called at most once.
 * @throws what the work rejects with, and the error of `late`.
 */
export async function withDeadline<Result>(
  work: Promise<Result>,
  deadline: { readonly clock: Clock; readonly timeoutMs: number; readonly late?: () => Error },
): Promise<Result> {
  const { clock, timeoutMs, late = () => new Error(`no answer within ${timeoutMs} ms`) } = deadline;
  let cancel = (): void => undefined;
  const over = new Promise<never>((_, reject) => {
    cancel = clock.after(timeoutMs, () => reject(late()));
  });
  try {
    return await Promise.race([work, over]);
  } finally {
    cancel();
  }
}

/** Resolves after delayMs on the given clock. */
export async function sleep(clock: Clock, delayMs: number): Promise<void> {
  await new Promise<void>((resolve) => {
    clock.after(delayMs, resolve);
  });
}
