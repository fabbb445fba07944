import { pino } from 'pino';
import { expect, test } from 'vitest';
import type { Clock } from '../core/clock.ts';
import { ALWAYS, startRounds } from './rounds.ts';

const START_MS = 1_700_000_000_000;
const PAUSE_MS = 5_000;

/** A clock that stands until `pass` moves it, and then calls back what is due. */
function handClock(): Clock & { pass(ms: number): void } {
  let nowMs = START_MS;
  const due: { atMs: number; callback: () => void }[] = [];
  return {
    nowMs: () => nowMs,
    elapsedMs: () => nowMs,
    after: (delayMs, callback) => {
      const one = { atMs: nowMs + delayMs, callback };
      due.push(one);
      return () => void due.splice(due.indexOf(one), due.includes(one) ? 1 : 0);
    },
    pass: (ms) => {
      nowMs += ms;
      for (const one of due.filter(({ atMs }) => atMs <= nowMs)) {
        due.splice(due.indexOf(one), 1);
        one.callback();
      }
    },
  };
}

const settle = async (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test('the rounds of a job are known: when, how long, what failed and when, and when the next is due', async () => {
  const clock = handClock();
  const outcomes: ('fine' | 'bad')[] = ['fine', 'bad', 'bad', 'fine'];
  const finish: (() => void)[] = [];
  const logged: string[] = [];
  const job = startRounds(
    clock,
    PAUSE_MS,
    async () => {
      await new Promise<void>((resolve) => finish.push(resolve));
      if (outcomes.shift() === 'bad') throw new RangeError('no luck');
    },
    ALWAYS,
    { job: 'expiry', log: pino({}, { write: (line) => void logged.push(line) }), message: 'again' },
  );
  const at = (ms: number): Date => new Date(START_MS + ms);
  const nothing = { endedAt: null, durationMs: null, nextAt: null, failedAt: null, problem: null, failures: 0 };
  expect(job.rounds()).toEqual([{ job: 'expiry', startedAt: at(0), ...nothing }]);

  const endAfter = async (ms: number): Promise<void> => {
    clock.pass(ms);
    finish.shift()?.();
    await settle();
  };
  await endAfter(40);
  expect(job.rounds()).toEqual([
    { job: 'expiry', ...nothing, startedAt: at(0), endedAt: at(40), durationMs: 40, nextAt: at(40 + PAUSE_MS) },
  ]);

  clock.pass(PAUSE_MS);
  expect(job.rounds()).toMatchObject([{ startedAt: at(40 + PAUSE_MS), endedAt: at(40), nextAt: null }]);
  await endAfter(10);
  clock.pass(PAUSE_MS);
  await endAfter(10);
  const failedAt = at(60 + 2 * PAUSE_MS);
  expect(job.rounds()).toMatchObject([{ failures: 2, failedAt, endedAt: failedAt, problem: 'RangeError: no luck' }]);
  expect(logged.map((line) => line.includes('no luck'))).toEqual([true, true]);

  clock.pass(PAUSE_MS);
  await endAfter(10);
  // What went wrong last stays known.
  expect(job.rounds()).toMatchObject([{ failures: 0, failedAt, problem: 'RangeError: no luck', durationMs: 10 }]);
  await job.stop();
});
