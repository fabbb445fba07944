import { expect, it } from 'vitest';
import type { Counter } from './budget.ts';
import { counterAt, periodAt } from './period.ts';

const at = (text: string): number => Date.parse(text);
const shown = ({ startsAtMs, endsAtMs }: { startsAtMs: number; endsAtMs: number | null }): (string | null)[] =>
  [startsAtMs, endsAtMs].map((ms) => (ms === null ? null : new Date(ms).toISOString()));
const counterOf = (from: string, to: string | null): Counter => ({
  startsAtMs: at(from),
  endsAtMs: to === null ? null : at(to),
  used: 5n,
  reserved: 2n,
  warnedAtLimit: 10n,
  exhaustedAtLimit: null,
});

it.each([
  ['day', 'UTC', '2026-03-29T12:00:00Z', '2026-03-29T00:00:00.000Z', '2026-03-30T00:00:00.000Z'],
  // 23 hours: the clocks go forward.
  ['day', 'Europe/Berlin', '2026-03-29T12:00:00Z', '2026-03-28T23:00:00.000Z', '2026-03-29T22:00:00.000Z'],
  // 25 hours: they go back.
  ['day', 'Europe/Berlin', '2026-10-25T12:00:00Z', '2026-10-24T22:00:00.000Z', '2026-10-25T23:00:00.000Z'],
  // Clocks skip midnight.
  ['day', 'America/Santiago', '2026-09-06T12:00:00Z', '2026-09-06T04:00:00.000Z', '2026-09-07T03:00:00.000Z'],
  ['month', 'Europe/Berlin', '2026-03-31T21:59:59.999Z', '2026-02-28T23:00:00.000Z', '2026-03-31T22:00:00.000Z'],
  ['month', 'Europe/Berlin', '2026-03-31T22:00:00Z', '2026-03-31T22:00:00.000Z', '2026-04-30T22:00:00.000Z'],
  ['month', 'America/New_York', '2026-12-31T23:00:00Z', '2026-12-01T05:00:00.000Z', '2027-01-01T05:00:00.000Z'],
] as const)('a %s in %s at %s', (period, zone, time, from, to) => {
  expect(shown(periodAt({ period, zone }, at(time)))).toEqual([from, to]);
});

it('a budget without periods has one that never ends', () => {
  expect(shown(periodAt({ period: 'none', zone: 'UTC' }, at('2026-03-29T12:00:00Z')))).toEqual([
    '1970-01-01T00:00:00.000Z',
    null,
  ]);
});

it('a period lasts up to its end, and the next one begins with nothing', () => {
  const budget = { period: 'day', zone: 'UTC' } as const;
  const counter = counterOf('2026-03-29T00:00:00Z', '2026-03-30T00:00:00Z');
  expect(counterAt(budget, counter, at('2026-03-29T23:59:59.999Z'))).toBe(counter);
  expect(counterAt(budget, counter, at('2026-03-30T00:00:00Z'))).toEqual({
    startsAtMs: at('2026-03-30T00:00:00Z'),
    endsAtMs: at('2026-03-31T00:00:00Z'),
    used: 0n,
    reserved: 0n,
    warnedAtLimit: null,
    exhaustedAtLimit: null,
  });
});

it('another zone counts from the next period on, which does not begin before the last one ended', () => {
  const counter = counterOf('2026-03-29T00:00:00Z', '2026-03-30T00:00:00Z');
  const moved = { period: 'day', zone: 'Asia/Tokyo' } as const;
  expect(counterAt(moved, counter, at('2026-03-29T20:00:00Z'))).toBe(counter);
  expect(shown(counterAt(moved, counter, at('2026-03-30T01:00:00Z')))).toEqual([
    '2026-03-30T00:00:00.000Z',
    '2026-03-30T15:00:00.000Z',
  ]);
});
