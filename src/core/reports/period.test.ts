import { describe, expect, it } from 'vitest';
import { Refusal } from '../errors.ts';
import { monthsOf, readPeriod, type AskedPeriod } from './period.ts';

const NOW_MS = Date.UTC(2026, 5, 15, 12);

function pathOf(asked: AskedPeriod): string {
  try {
    readPeriod(asked, NOW_MS);
    return 'accepted';
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return error.issues.map(({ path }) => path).join(' ');
  }
}

describe('a period', () => {
  it.each<[AskedPeriod, string, string]>([
    [{ month: '2026-05' }, '2026-05-01T00:00:00.000Z', '2026-06-01T00:00:00.000Z'],
    [{ month: '2026-06' }, '2026-06-01T00:00:00.000Z', '2026-07-01T00:00:00.000Z'],
    [{ month: '2026-03', timeZone: 'Europe/Berlin' }, '2026-02-28T23:00:00.000Z', '2026-03-31T22:00:00.000Z'],
    [
      { from: '2026-01-01', to: '2026-01-02', timeZone: 'Asia/Kolkata' },
      '2025-12-31T18:30:00.000Z',
      '2026-01-01T18:30:00.000Z',
    ],
    [{ from: '2026-01-01T10:00:00+02:00', to: '2027-01-01' }, '2026-01-01T08:00:00.000Z', '2027-01-01T00:00:00.000Z'],
  ])('%j', (asked, from, to) => {
    const { fromMs, toMs } = readPeriod(asked, NOW_MS);
    expect([fromMs, toMs].map((ms) => new Date(ms).toISOString())).toEqual([from, to]);
  });

  it.each<[AskedPeriod, string]>([
    [{}, 'month'],
    [{ from: '2026-01-01' }, 'to'],
    [{ to: '2026-01-01' }, 'from'],
    [{ month: '2026-01', from: '2026-01-01', to: '2026-02-01' }, 'month'],
    [{ month: '2026-13' }, 'month'],
    [{ month: '2026-07' }, 'month'],
    [{ from: '2026-02-01', to: '2026-02-01' }, 'to'],
    [{ from: '2026-02-02', to: '2026-02-01' }, 'to'],
    [{ from: '2026-07-01', to: '2026-08-01' }, 'from'],
    [{ from: 'yesterday', to: '2026-08-01' }, 'from'],
    [{ from: '2026-01-01', to: '2026-02-01T00:00:00' }, 'to'],
    [{ from: '2026-01-01', to: '2026-02-01T00:00:00 02:00' }, 'to'],
    [{ month: '2026-01', timeZone: 'Mars/Olympus' }, 'timeZone'],
  ])('%j is refused for %s', (asked, path) => {
    expect(pathOf(asked)).toBe(path);
  });
});

describe('the months of a period', () => {
  it('follow each other without a gap, parts of months included, and end with now', () => {
    const period = readPeriod({ from: '2026-03-15', to: '2027-01-01', timeZone: 'Europe/Berlin' }, NOW_MS);
    const months = monthsOf(period, NOW_MS);
    expect(months.map(({ month }) => month)).toEqual(['2026-03', '2026-04', '2026-05', '2026-06']);
    expect(months[0]?.fromMs).toBe(period.fromMs);
    months.slice(1).forEach(({ fromMs }, index) => expect(fromMs).toBe(months[index]?.toMs));
  });

  it('are bounded', () => {
    const period = readPeriod({ from: '2020-01-01', to: '2026-01-01' }, NOW_MS);
    expect(() => monthsOf(period, NOW_MS)).toThrow('at most 36 months');
  });
});
