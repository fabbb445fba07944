import { expect, test } from 'vitest';
import { isDust } from './dust.ts';

const small = { amountMicros: 9n, assigned: false, ripe: false };

test.each([
  ['below the minimum', small, 10n, true],
  ['at the minimum', { ...small, amountMicros: 10n }, 10n, false],
  ['where there is no minimum', { ...small, amountMicros: 1n }, 0n, false],
  ['assigned by hand', { ...small, assigned: true }, 10n, false],
  ['with enough others beside it', { ...small, ripe: true }, 10n, false],
])('a deposit %s', (_, deposit, minMicros, expected) => {
  expect(isDust(deposit, minMicros)).toBe(expected);
});
