import { expect, it } from 'vitest';
import { Refusal } from '../errors.ts';
import { beginOfDay, dayOf, endingNext, endingOn, leadDaysOf } from './ending.ts';

const lot = (left: bigint, expiresAtMs: number | null): Parameters<typeof endingNext>[0][number] => {
  return { left, terms: { expiresAtMs } };
};
const DAY = Date.parse('2026-03-10T00:00:00Z');
const HOUR_MS = 3_600_000;

it('what ends on one day ends together, and its first end is named', () => {
  const lots = [lot(5n, null), lot(3n, DAY + 5 * HOUR_MS), lot(2n, DAY + HOUR_MS), lot(7n, DAY + 24 * HOUR_MS)];
  expect(endingNext(lots)).toEqual({ left: 5n, firstMs: DAY + HOUR_MS });
  expect(endingOn(lots, dayOf(DAY) + 1)).toEqual({ left: 7n, firstMs: DAY + 24 * HOUR_MS });
  expect(endingOn(lots, dayOf(DAY), DAY + HOUR_MS)).toEqual({ left: 3n, firstMs: DAY + 5 * HOUR_MS });
  expect(endingOn(lots, dayOf(DAY), DAY + 5 * HOUR_MS)).toBeUndefined();
  expect([endingNext([]), endingNext([lot(1n, null)])]).toEqual([undefined, undefined]);
});

it('a day begins at midnight in UTC', () => {
  expect([dayOf(DAY - 1), dayOf(DAY), dayOf(DAY + 24 * HOUR_MS - 1)]).toEqual([dayOf(DAY) - 1, dayOf(DAY), dayOf(DAY)]);
  expect(beginOfDay(dayOf(DAY + 5))).toBe(DAY);
});

it('lead times are whole days, the longest first, each once', () => {
  expect(leadDaysOf([1, 30, 7, 30])).toEqual([30, 7, 1]);
  expect(leadDaysOf([])).toEqual([]);
  for (const days of [[0], [91], [1.5], [1, 2, 3, 4, 5, 6]]) expect(() => leadDaysOf(days)).toThrow(Refusal);
});
