import type { Clock } from '../../src/core/clock.ts';

/** A clock that moves only when a test moves it. */
export interface FakeClock extends Clock {
  /** Moves the time and runs the callbacks that became due, in order of time. Moving back runs none. */
  advance(byMs: number): void;
  /** How many callbacks wait. */
  waiting(): number;
}

/** A clock whose timers fire only when the test moves the time past them. */
export function createFakeClock(startMs = 1_790_000_000_000): FakeClock {
  let nowMs = startMs;
  let timers: { readonly atMs: number; readonly callback: () => void }[] = [];
  const takeDue = (untilMs: number): { readonly atMs: number; readonly callback: () => void } | undefined => {
    const [next] = timers.toSorted((a, b) => a.atMs - b.atMs);
    if (!next || next.atMs > untilMs) return undefined;
    timers = timers.filter((timer) => timer !== next);
    return next;
  };
  return {
    nowMs: () => nowMs,
    elapsedMs: () => nowMs,
    after: (delayMs, callback) => {
      const timer = { atMs: nowMs + delayMs, callback };
      timers.push(timer);
      return () => {
        timers = timers.filter((one) => one !== timer);
      };
    },
    advance: (byMs) => {
      const untilMs = nowMs + byMs;
      for (let due = takeDue(untilMs); due; due = takeDue(untilMs)) {
        nowMs = Math.max(nowMs, due.atMs);
        due.callback();
      }
      nowMs = untilMs;
    },
    waiting: () => timers.length,
  };
}

/** A clock whose time a test sets, while its timers run on the machine's: for work with a real database. */
export interface SteppedClock extends Clock {
  step(byMs: number): void;
}

/** A clock that changes only by the test's steps; deadlines and pauses pass in real time. */
export function createSteppedClock(startMs = 1_790_000_000_000): SteppedClock {
  let nowMs = startMs;
  return {
    nowMs: () => nowMs,
    elapsedMs: () => performance.now(),
    after: (delayMs, callback) => {
      const timer = setTimeout(callback, delayMs);
      return () => clearTimeout(timer);
    },
    step: (byMs) => {
      nowMs += byMs;
    },
  };
}
