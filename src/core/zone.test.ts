import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayAt, isTimeZone, monthAfter, monthAt, startOfDay, startOfMonth } from './zone.ts';

const ZONES = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'Asia/Kolkata',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'America/St_Johns',
  'Pacific/Chatham',
  'Pacific/Kiritimati',
  'Pacific/Apia',
  'Etc/GMT+12',
  'Africa/Cairo',
  'America/Sao_Paulo',
  'Asia/Beirut',
  '+05:45',
];
const days = fc.integer({ min: 0, max: 25_000 }).map((day) => new Date(day * 86_400_000).toISOString().slice(0, 10));

const at = (atMs: number | undefined): string => (atMs === undefined ? '' : new Date(atMs).toISOString());

describe('a day', () => {
  it.each([
    ['2026-01-31', 'UTC', '2026-01-31T00:00:00.000Z'],
    ['2026-03-29', 'Europe/Berlin', '2026-03-28T23:00:00.000Z'],
    ['2026-03-30', 'Europe/Berlin', '2026-03-29T22:00:00.000Z'],
    ['2026-10-26', 'Europe/Berlin', '2026-10-25T23:00:00.000Z'],
    ['2026-01-01', 'Asia/Kolkata', '2025-12-31T18:30:00.000Z'],
    ['2026-01-01', 'Asia/Kathmandu', '2025-12-31T18:15:00.000Z'],
    // Clocks there move by half an hour.
    ['2026-07-01', 'Australia/Lord_Howe', '2026-06-30T13:30:00.000Z'],
    ['2026-12-01', 'Australia/Lord_Howe', '2026-11-30T13:00:00.000Z'],
    // No midnight: clocks go from 23:59 to 01:00.
    ['2018-11-04', 'America/Sao_Paulo', '2018-11-04T03:00:00.000Z'],
    // No such day: the zone went over the date line.
    ['2011-12-30', 'Pacific/Apia', '2011-12-30T10:00:00.000Z'],
    ['2011-12-31', 'Pacific/Apia', '2011-12-30T10:00:00.000Z'],
  ])('%s in %s begins at %s', (day, zone, begins) => {
    expect(at(startOfDay(day, zone))).toBe(begins);
  });

  it('begins where the date changes to it, in every zone', () => {
    fc.assert(
      fc.property(days, fc.constantFrom(...ZONES), (day, zone) => {
        const startMs = startOfDay(day, zone) ?? 0;
        expect(dayAt(startMs, zone) >= day).toBe(true);
        expect(dayAt(startMs - 1, zone) < day).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it.each(['2026-02-30', '2026-13-01', '2026-1-1', '1969-12-31', '20260101', '', '2026-01-01T00:00:00Z'])(
    '%j is none',
    (text) => {
      expect(startOfDay(text, 'UTC')).toBeUndefined();
    },
  );
});

describe('a month', () => {
  it('ends where the next begins, and every moment belongs to one', () => {
    fc.assert(
      fc.property(fc.nat({ max: 4_000_000_000_000 }), fc.constantFrom(...ZONES), (atMs, zone) => {
        const month = monthAt(atMs, zone);
        const [fromMs = 0, toMs = 0] = [startOfMonth(month, zone), startOfMonth(monthAfter(month), zone)];
        expect(fromMs <= atMs || fromMs === 0).toBe(true);
        expect(atMs < toMs).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('of December is followed by January', () => {
    expect(monthAfter('2026-12')).toBe('2027-01');
    expect(startOfMonth('2026-00', 'UTC')).toBeUndefined();
    expect(startOfMonth('2026-01-01', 'UTC')).toBeUndefined();
  });
});

it.each([
  ['Europe/Berlin', true],
  ['europe/berlin', true],
  ['+05:30', true],
  ['Mars/Olympus', false],
  ['', false],
  ['x'.repeat(65), false],
])('%j is a time zone: %s', (name, is) => {
  expect(isTimeZone(name)).toBe(is);
});
