import { expect, test } from 'vitest';
import type { Entry } from '../ledger/entry.ts';
import { frozenAlong } from './derive.ts';

const entry = (lot: number | null, lotLeft: bigint | null, availableDelta: bigint): Entry =>
  ({ lot, lotLeft, availableDelta }) as Entry;

test('what is frozen is known before and after each entry, from what the lots have left in the end', () => {
  const entries = [
    entry(2, 70n, -30n),
    entry(1, 5n, 5n),
    entry(null, null, -1n),
    entry(2, 60n, -10n),
    entry(3, 4n, 4n),
  ];
  const left = new Map([
    [2, 60n],
    [3, 4n],
    [9, 7n],
  ]);
  expect(frozenAlong(entries, left)).toEqual({ before: 107n, after: [77n, 77n, 77n, 67n, 71n] });
  expect(frozenAlong([], left)).toEqual({ before: 71n, after: [] });
  expect(frozenAlong(entries, new Map())).toEqual({ before: 0n, after: [0n, 0n, 0n, 0n, 0n] });
});
