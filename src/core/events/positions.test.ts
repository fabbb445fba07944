import { describe, expect, it } from 'vitest';
import { formatPosition, gapAfter, pageEnd, parsePosition, readAgainFrom } from './positions.ts';

const STEP = 2 ** 40;
const log = { position: STEP + 7, gaps: [{ before: 5, last: STEP }] };

describe('positions', () => {
  it('are text of one length', () => {
    expect(formatPosition(STEP)).toBe('0001099511627776');
    expect(parsePosition('0001099511627776')).toBe(STEP);
    expect(parsePosition('1099511627776')).toBeUndefined();
  });

  it.each([
    ['at the end', STEP + 7, undefined],
    ['ahead of the log', STEP + 8, STEP + 7],
    ['before the gap', 4, undefined],
    ['the last one before the gap', 5, undefined],
    ['the first of the gap', 6, 5],
    ['the last but one of the gap', STEP - 1, 5],
    ['the end of the gap', STEP, undefined],
    ['the first after it', STEP + 1, undefined],
  ])('a cursor %s is read again from where this log has come', (_name, cursor, from) => {
    expect(readAgainFrom(cursor, log)).toBe(from);
  });

  it.each([
    ['ends before the gap', 0, 4, 4],
    ['ends at the gap and goes on to its end', 0, 5, STEP],
    ['passes the gap', 3, 5, STEP + 3],
    ['begins at the gap', 5, 5, STEP + 5],
    ['begins in the gap', STEP - 10, 5, STEP + 5],
    ['begins at the end of the gap', STEP, 5, STEP + 5],
    ['ends with the log', STEP, 50, STEP + 7],
  ])('a page that %s counts no position of the gap', (_name, after, most, end) => {
    expect(pageEnd(after, log, most)).toBe(end);
  });

  it('a page passes two gaps that touch', () => {
    const twice = { position: 2 * STEP, gaps: [...log.gaps, { before: STEP, last: 2 * STEP }] };
    expect(pageEnd(5, twice, 10)).toBe(2 * STEP);
    expect(pageEnd(0, twice, 4)).toBe(4);
  });

  it('a gap begins at the end of the log and is longer than any log grows', () => {
    expect(gapAfter(0)).toEqual({ before: 0, last: STEP });
    expect(gapAfter(STEP - 1)).toEqual({ before: STEP - 1, last: STEP });
    expect(gapAfter(STEP)).toEqual({ before: STEP, last: 2 * STEP });
  });
});
