import { describe, expect, test } from 'vitest';
import { AMOUNT_MICROS_MAX } from '../money.ts';
import { judgeAssignment, judgeIgnore, type ActedOn } from './acts.ts';

const unmatched: ActedOn = {
  state: 'unmatched',
  reason: 'unknown_sender',
  amount: 5n,
  tokenCredited: true,
  assignedOrg: null,
  committedOrg: null,
  setAside: false,
};
const refused = { refused: expect.any(String) };
const OPEN = ['observed', 'confirming', 'unmatched', 'screening', 'ignored', 'dust', 'quarantined'] as const;
const SETTLED = ['credited', 'orphaned', 'reversed'] as const;

describe('assigning', () => {
  test.each(OPEN)('what is %s goes to the org', (state) => {
    expect(judgeAssignment({ ...unmatched, state, setAside: state === 'ignored' }, 'a')).toBe('do');
  });

  test.each(SETTLED)('what is %s is refused', (state) => {
    expect(judgeAssignment({ ...unmatched, state }, 'a')).toEqual(refused);
  });

  test.each([
    ['of another token', { tokenCredited: false }],
    ['of nothing', { amount: 0n }],
    ['of more than a command moves', { amount: AMOUNT_MICROS_MAX + 1n }],
    ['of nothing, as it was recorded', { reason: 'zero_amount' }],
    ['between own addresses', { reason: 'own_transfer' }],
    ['that cannot be read', { reason: 'malformed: 4 topics instead of 3' }],
    ['to somebody else', { reason: 'foreign_recipient' }],
    ['that is credited to another org', { state: 'credited', committedOrg: 'b' }],
    ['that is about to be', { state: 'confirming', committedOrg: 'b' }],
    ['that another org was given', { state: 'confirming', assignedOrg: 'b' }],
  ] as const)('a transfer %s is refused', (_, change) => {
    expect(judgeAssignment({ ...unmatched, state: 'ignored', ...change }, 'a')).toEqual(refused);
  });

  test('the most that a command moves can be assigned', () => {
    expect(judgeAssignment({ ...unmatched, amount: AMOUNT_MICROS_MAX }, 'a')).toBe('do');
  });

  test('to the same org again changes nothing, before and after it is credited', () => {
    expect(judgeAssignment({ ...unmatched, state: 'confirming', assignedOrg: 'a' }, 'a')).toBe('repeat');
    expect(judgeAssignment({ ...unmatched, state: 'credited', committedOrg: 'a' }, 'a')).toBe('repeat');
  });

  test('what screening stopped after it was assigned is released to the same org, and to no other', () => {
    const stopped = { ...unmatched, state: 'screening', reason: 'screening_held', assignedOrg: 'a' } as const;
    expect(judgeAssignment(stopped, 'a')).toBe('do');
    expect(judgeAssignment(stopped, 'b')).toEqual(refused);
  });
});

describe('ignoring', () => {
  test.each(OPEN)('what is %s is set aside', (state) => {
    expect(judgeIgnore({ ...unmatched, state })).toBe('do');
  });

  test.each(SETTLED)('what is %s is refused', (state) => {
    expect(judgeIgnore({ ...unmatched, state })).toEqual(refused);
  });

  test('what is about to be credited is refused, and what is set aside stays', () => {
    expect(judgeIgnore({ ...unmatched, state: 'confirming', committedOrg: 'a' })).toEqual(refused);
    expect(judgeIgnore({ ...unmatched, state: 'ignored', setAside: true })).toBe('repeat');
  });
});
