import { expect, test } from 'vitest';
import { findFreeIndex, judgePool, POOL_LOW_BELOW } from './deposit-address.ts';

const derive = (index: number): string => `0x${index}`;

test('the next address that has no other purpose is given', () => {
  expect(findFreeIndex(3, derive, () => false)).toEqual({ index: 3, address: '0x3' });
  const taken = new Set(['0x3', '0x4', '0x6']);
  expect(findFreeIndex(3, derive, (address) => taken.has(address))).toEqual({ index: 5, address: '0x5' });
});

test('a search that meets nothing but taken addresses ends', () => {
  expect(() => findFreeIndex(0, derive, () => true)).toThrow(RangeError);
});

test.each([
  [0, 'empty'],
  [1, 'low'],
  [POOL_LOW_BELOW - 1, 'low'],
  [POOL_LOW_BELOW, 'ok'],
] as const)('a pool of %d is %s', (left, state) => {
  expect(judgePool(left)).toBe(state);
});
