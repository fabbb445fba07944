import { describe, expect, test } from 'vitest';
import { AMOUNT_MICROS_MAX } from '../money.ts';
import { judgeAssignment, judgeIgnore, type ActedOn } from './acts.ts';

const unmatched: ActedOn = {
  state: 'unmatched',
  reason: 'unknown_sender',
  amount: 5n,
  tokenCredited: true,
  org: null,
  assignedOrg: null,
  committedOrg: null,
  setAside: false,
};
const refused = expect.objectContaining({ refused: expect.any(String) });
const OPEN = ['observed', 'confirming', 'unmatched', 'screening', 'ignored', 'dust', 'quarantined'] as const;
const SETTLED = ['credited', 'orphaned', 'reversed'] as const;

describe('assigning', () => {
  test.each(OPEN)('what is %s goes to the org', (state) => {
    expect(judgeAssignment({ ...unmatched, state, setAside: state === 'ignored' }, 'a', 'admin')).toBe('do');
  });

  test.each(SETTLED)('what is %s is refused', (state) => {
    expect(judgeAssignment({ ...unmatched, state }, 'a', 'admin')).toEqual(refused);
  });

  test.each([
    ['of another token', { tokenCredited: false }],
    ['of nothing', { amount: 0n }],
    ['of more than a command moves', { amount: AMOUNT_MICROS_MAX + 1n }],
    ['of nothing, as it was recorded', { reason: 'zero_amount' }],
    ['between own addresses', { reason: 'own_transfer' }],
    ['that cannot be read', { reason: 'malformed: 4 topics instead of 3' }],
    ['to somebody else', { reason: 'foreign_recipient' }],
    ['S09 whose place is unknown', { reason: 'unplaced: no receipt' }],
    ['that is credited to another org', { state: 'credited', committedOrg: 'b' }],
    ['that is about to be', { state: 'confirming', committedOrg: 'b' }],
    ['that another org was given', { state: 'confirming', assignedOrg: 'b' }],
  ] as const)('a transfer %s is refused', (_, change) => {
    expect(judgeAssignment({ ...unmatched, state: 'ignored', ...change }, 'a', 'admin')).toEqual(refused);
  });

  test('what belongs to a closed org goes to the org that an operator names', () => {
    expect(judgeAssignment({ ...unmatched, reason: 'org_closed' }, 'a', 'admin')).toBe('do');
  });

  test('what came to a burnt address goes to the org that an operator names', () => {
    expect(judgeAssignment({ ...unmatched, reason: 'burnt_address' }, 'a', 'admin')).toBe('do');
  });

  test('the most that a command moves can be assigned', () => {
    expect(judgeAssignment({ ...unmatched, amount: AMOUNT_MICROS_MAX }, 'a', 'admin')).toBe('do');
  });

  test('to the same org again changes nothing, before and after it is credited', () => {
    expect(judgeAssignment({ ...unmatched, state: 'confirming', assignedOrg: 'a' }, 'a', 'admin')).toBe('repeat');
    expect(judgeAssignment({ ...unmatched, state: 'credited', committedOrg: 'a' }, 'a', 'admin')).toBe('repeat');
  });

  test('what screening stopped after it was assigned is released to the same org, and to no other', () => {
    const stopped = { ...unmatched, state: 'screening', reason: 'screening_held', assignedOrg: 'a' } as const;
    expect(judgeAssignment(stopped, 'a', 'admin')).toBe('do');
    expect(judgeAssignment(stopped, 'b', 'admin')).toEqual(refused);
  });
});

describe('claiming', () => {
  test.each([
    ['what found nobody', {}, 'do'],
    ['what was given to it before', { state: 'confirming', assignedOrg: 'a' }, 'repeat'],
    ['what was found for it', { state: 'confirming', org: 'a' }, 'repeat'],
    ['what is credited to it', { state: 'credited', org: 'a', committedOrg: 'a' }, 'repeat'],
    ['what screening stopped, and is its own', { state: 'screening', assignedOrg: 'a' }, 'repeat'],
    ['what was found for another org', { state: 'confirming', org: 'b' }, 'taken'],
    ['what was given to another org', { assignedOrg: 'b' }, 'taken'],
    ['what is credited to another org', { state: 'credited', org: 'b', committedOrg: 'b' }, 'taken'],
    ['what is not final yet', { state: 'observed' }, 'not_open'],
    ['what screening stopped', { state: 'screening' }, 'not_open'],
    ['what was set aside', { state: 'ignored', setAside: true }, 'not_open'],
    ['dust of nobody', { state: 'dust' }, 'not_open'],
    ['what is gone', { state: 'orphaned' }, 'not_open'],
    ['what came to a burnt address', { reason: 'burnt_address' }, 'not_open'],
    ['what belongs to a closed org', { reason: 'org_closed' }, 'not_open'],
  ] as const)('%s: %o', (_, change, expected) => {
    const verdict = judgeAssignment({ ...unmatched, ...change }, 'a', 'claim');
    expect(typeof verdict === 'string' ? verdict : verdict.kind).toBe(expected);
  });

  test('what an operator may take from the org that it was found for, a claim may not', () => {
    const found = { ...unmatched, state: 'confirming', org: 'b' } as const;
    expect(judgeAssignment(found, 'a', 'admin')).toBe('do');
    expect(judgeAssignment(found, 'a', 'claim')).toMatchObject({ kind: 'taken' });
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
