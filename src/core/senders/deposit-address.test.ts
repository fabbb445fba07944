import { expect, test } from 'vitest';
import { depositIndexes, judgePool, pickFromPool, POOL_LOW_BELOW } from './deposit-address.ts';

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

const POOL = Array.from({ length: 50 }, (_, index) => `0x${String(index).padStart(64, '0')}`);

// Frozen, too.
test.each([
  ['00000000-0000-7000-8000-000000000000', 16],
  ['019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21', 15],
])('the org %s gets number %d of a pool', (org, number) => {
  expect(POOL.indexOf(pickFromPool(org, POOL) ?? '')).toBe(number);
});

test('what an org gets depends neither on the order of the pool nor on what others took or will take', () => {
  const [org, other] = ['019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21', '00000000-0000-7000-8000-000000000000'];
  const own = pickFromPool(org, POOL);
  expect(pickFromPool(org, POOL.toReversed())).toBe(own);
  const theirs = pickFromPool(other, POOL);
  expect(theirs).not.toBe(own);
  expect(
    pickFromPool(
      org,
      POOL.filter((address) => address !== theirs),
    ),
  ).toBe(own);
  const ofFirstHalf = pickFromPool(org, POOL.slice(0, 25)) ?? '';
  expect(pickFromPool(org, [ofFirstHalf, ...POOL.slice(25)])).toBe(own);
  expect(pickFromPool(org, [])).toBeUndefined();
});

test('orgs are spread over a pool', () => {
  const picks = Array.from({ length: 1_000 }, (_, org) => pickFromPool(`org ${org}`, POOL));
  expect(new Set(picks).size).toBe(POOL.length);
});

test.each([
  [0, 'empty'],
  [1, 'low'],
  [POOL_LOW_BELOW - 1, 'low'],
  [POOL_LOW_BELOW, 'ok'],
] as const)('a pool of %d is %s', (left, state) => {
  expect(judgePool(left)).toBe(state);
});
