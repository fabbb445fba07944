import { expect, test } from 'vitest';
import { depositIndexes, judgePool, poolPlaceOf, POOL_LOW_BELOW } from './deposit-address.ts';

// Frozen: another rule would give orgs other addresses after a restore, and seeds would be searched in vain.
test.each([
  ['00000000-0000-7000-8000-000000000000', 1_789_986_627],
  ['019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21', 1_379_672_024],
  ['00000000-0000-7000-8000-000000023504', 1_822_657_486],
  ['00000000-0000-7000-8000-000000026296', 1_822_657_486],
  ['00000000-0000-7000-8000-0000003eaaad', 2_147_483_143],
])('the org %s has its address at index %d, or at one of those behind it', (org, first) => {
  const indexes = [...depositIndexes(org)];
  expect(indexes.slice(0, 3)).toEqual([first, first + 1, first + 2]);
  expect(new Set(indexes).size).toBe(1_000);
});

test('behind the last index comes the first', () => {
  const indexes = [...depositIndexes('00000000-0000-7000-8000-0000003eaaad')];
  expect(indexes.slice(504, 506)).toEqual([2 ** 31 - 1, 0]);
});

test('of many orgs hardly any meet, and every index is one of a public child', () => {
  const firsts = Array.from({ length: 10_000 }, (_, org) => depositIndexes(`org ${org}`).next().value ?? -1);
  expect(new Set(firsts).size).toBeGreaterThan(9_995);
  expect(Math.min(...firsts)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...firsts)).toBeLessThan(2 ** 31);
  expect(firsts.filter((index) => index >= 2 ** 30).length).toBeGreaterThan(4_500);
});

// Frozen, too.
test.each([
  ['00000000-0000-7000-8000-000000000000', 'e5ecc5fa779ffc44264cca20105a98349acc7c9c6f68df7372bcf524a9b8a3e3'],
  ['019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21', 'efb3bbc4554d6391d99b4567313a08085edfa8998b6ea8dfec93f5634c1d2b09'],
])('the org %s looks for its address in the pool from %s on', (org, place) => {
  expect(poolPlaceOf(org).toString('hex')).toBe(place);
});

test.each([
  [0, 'empty'],
  [1, 'low'],
  [POOL_LOW_BELOW - 1, 'low'],
  [POOL_LOW_BELOW, 'ok'],
] as const)('a pool of %d is %s', (left, state) => {
  expect(judgePool(left)).toBe(state);
});
