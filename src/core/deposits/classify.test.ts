import { expect, test } from 'vitest';
import { AMOUNT_MICROS_MAX } from '../money.ts';
import { classify } from './classify.ts';

const [ours, theirs] = ['0xours', '0xtheirs'];
const transfer = { from: theirs, to: ours, amount: 1n, malformed: null };

test.each([
  ['a transfer', transfer, 'observed'],
  ['one unit up to the most that one command moves', { ...transfer, amount: AMOUNT_MICROS_MAX }, 'observed'],
  ['one unit more', { ...transfer, amount: AMOUNT_MICROS_MAX + 1n }, 'quarantined'],
  ['2^256 - 1', { ...transfer, amount: 2n ** 256n - 1n }, 'quarantined'],
  ['zero in somebody’s name', { ...transfer, amount: 0n }, 'ignored'],
  ['a transfer to oneself', { ...transfer, from: ours }, 'ignored'],
  ['a transfer of somebody else to oneself', { ...transfer, to: theirs }, 'ignored'],
  ['a transfer to somebody else', { ...transfer, from: '0xthird', to: theirs }, 'quarantined'],
  ['a sweep between own addresses', { ...transfer, from: '0xdeposit' }, 'ignored'],
  ['what cannot be read', { ...transfer, amount: 0n, malformed: 'short' }, 'quarantined'],
] as const)('%s', (_, given, state) => {
  expect(classify(given, new Set([ours, '0xdeposit'])).state).toBe(state);
});

test.each([
  ['a transfer', transfer],
  ['an impossible amount', { ...transfer, amount: 2n ** 256n - 1n }],
  ['what cannot be read', { ...transfer, amount: 0n, malformed: 'short' }],
])('%s of a token that is not credited is recorded as that, and no more', (_, given) => {
  for (const asset of ['wrong_asset', 'unlisted_chain'] as const) {
    expect(classify(given, new Set([ours]), asset)).toEqual({ state: 'ignored', reason: asset });
  }
  expect(classify({ ...transfer, amount: 0n }, new Set([ours]), 'wrong_asset')).toEqual({
    state: 'ignored',
    reason: 'zero_amount',
  });
});
