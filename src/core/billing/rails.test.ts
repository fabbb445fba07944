import { describe, expect, test } from 'vitest';
import { dueOf, judgeRail, verdictOfRail, type RailDue, type RailGot, type RailHistory } from './rails.ts';

const TOLERANCE = 1_000_000n;
const NONE: RailHistory = { acceptedMicros: 0n, shortRounds: 0, surplusRounds: 0 };

function sums(dueMicros: bigint, mostMicros: bigint, leastMicros = mostMicros): RailDue & RailGot {
  const due = { creditedMicros: dueMicros, taxMicros: 0n, sellerMicros: 0n, parkedMicros: 0n };
  return { ...due, gotMicros: mostMicros, mostMicros, leastMicros };
}

test('what is due is the sum of its four parts', () => {
  expect(dueOf({ creditedMicros: 10n, taxMicros: 200n, sellerMicros: -3_000n, parkedMicros: 40_000n })).toBe(37_210n);
});

describe('a rail', () => {
  test('is frozen by the second shortage in a row above the tolerance, and by no single one', () => {
    const first = judgeRail(sums(5_000_001n, 4_000_000n), NONE, TOLERANCE);
    expect(first).toMatchObject({ shortRounds: 1, freezes: false });
    expect(judgeRail(sums(5_000_001n, 4_000_000n), first, TOLERANCE)).toMatchObject({ shortRounds: 2, freezes: true });
    expect(judgeRail(sums(5_000_000n, 4_000_000n), first, TOLERANCE)).toMatchObject({ shortRounds: 0, freezes: false });
  });

  test('raises one alarm when the provider holds more twice in a row, and is not frozen', () => {
    const first = judgeRail(sums(0n, 1_000_001n), NONE, TOLERANCE);
    const second = judgeRail(sums(0n, 1_000_001n), first, TOLERANCE);
    const third = judgeRail(sums(0n, 1_000_001n), second, TOLERANCE);
    expect([first, second, third].map(({ alarms }) => alarms)).toEqual([false, true, false]);
    expect(third).toMatchObject({ freezes: false, surplusRounds: 3 });
  });

  test('is judged by the most that the provider may hold for a shortage, by the least for a surplus', () => {
    expect(judgeRail(sums(9_000_000n, 9_000_000n, 2_000_000n), NONE, TOLERANCE)).toMatchObject(NONE);
    expect(judgeRail(sums(2_000_000n, 9_000_000n, 2_000_000n), NONE, TOLERANCE)).toMatchObject(NONE);
  });

  test('keeps an accepted shortage, but only as long as it is there', () => {
    const accepted = { ...NONE, acceptedMicros: 10_000_000n };
    expect(judgeRail(sums(10_000_000n, 0n), accepted, TOLERANCE)).toMatchObject({ shortRounds: 0 });
    expect(judgeRail(sums(11_000_001n, 0n), accepted, TOLERANCE)).toMatchObject({ shortRounds: 1 });
    const shrunk = judgeRail(sums(4_000_000n, 0n), accepted, TOLERANCE);
    expect(shrunk).toMatchObject({ acceptedMicros: 4_000_000n });
    expect(judgeRail(sums(10_000_000n, 0n), shrunk, TOLERANCE)).toMatchObject({ shortRounds: 1 });
    // What came in lately may be on its way to our orders: then nothing is certain.
    expect(judgeRail(sums(10_000_000n, 6_000_000n, 0n), accepted, TOLERANCE)).toMatchObject(accepted);
    expect(judgeRail(sums(0n, 5n), accepted, TOLERANCE)).toMatchObject({ acceptedMicros: 0n });
  });
});

test('a verdict goes by what was found last, how long ago, and whether the provider could be asked', () => {
  const nowMs = Date.now();
  const checked = { shortRounds: 0, surplusRounds: 0, checkedAt: new Date(nowMs), problem: null };
  expect(verdictOfRail(checked, nowMs)).toBe('OK');
  expect(verdictOfRail(checked, nowMs + 11 * 60_000)).toBe('UNKNOWN');
  expect(verdictOfRail({ ...checked, checkedAt: null }, nowMs)).toBe('UNKNOWN');
  expect(verdictOfRail({ ...checked, problem: 'no answer' }, nowMs)).toBe('UNKNOWN');
  expect(verdictOfRail({ ...checked, shortRounds: 1, problem: 'no answer' }, nowMs)).toBe('GAP');
  expect(verdictOfRail({ ...checked, surplusRounds: 1 }, nowMs)).toBe('GAP');
});
