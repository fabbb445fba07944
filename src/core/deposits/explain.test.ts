import { describe, expect, test } from 'vitest';
import { explainDeposit, wordsOf, type Explained } from './explain.ts';
import { DEPOSIT_STATES } from './states.ts';

const seen: Explained = {
  state: 'confirming',
  reason: null,
  committed: false,
  entryId: null,
  confirmations: { n: 3, m: 4 },
};

test.each([
  ['observed', {}, 'waiting', '3 of 4 blocks, 1 left'],
  ['observed', { confirmations: undefined }, 'waiting', 'does not show yet'],
  ['confirming', { confirmations: { n: 4, m: 4 } }, 'waiting', 'will be judged soon'],
  ['confirming', { committed: true }, 'waiting', 'being credited'],
  ['confirming', { reason: 'above_deposit_cap' }, 'waiting', '1 left. It is large'],
  ['credited', { entryId: 'ent_w_7' }, 'credited', 'ent_w_7'],
  ['screening', { reason: 'screening_held' }, 'waiting', 'holds it'],
  ['unmatched', { reason: 'unknown_sender' }, 'not_credited', 'Claim it'],
  ['ignored', { reason: 'wrong_asset' }, 'not_credited', 'its token is not one that is credited'],
  ['ignored', { reason: 'zero_amount' }, 'not_credited', 'moved nothing'],
  ['dust', { reason: 'below_minimum' }, 'not_credited', 'add up'],
  ['quarantined', { reason: 'malformed: 4 topics instead of 3' }, 'not_credited', '4 topics instead of 3'],
  [
    'quarantined',
    { reason: 'unplaced: no receipt' },
    'not_credited',
    'its place in its transaction is unknown (no receipt)',
  ],
  ['confirming', { reason: 'receipt_missing' }, 'waiting', 'No RPC gives the receipt'],
  ['orphaned', {}, 'taken_back', 'no longer part of the chain'],
  ['reversed', {}, 'taken_back', 'taken back'],
] as const)('what is %s %j is %s', (state, change, outcome, words) => {
  const explained = explainDeposit({ ...seen, state, ...change });
  expect(explained.outcome).toBe(outcome);
  expect(explained.text).toContain(words);
});

describe('words', () => {
  test.each(DEPOSIT_STATES)('of what is %s without a reason are a sentence', (state) => {
    expect(explainDeposit({ ...seen, state }).text).toMatch(/^[A-Z].*\.$/);
  });

  test('of a reason that is new are the reason', () => {
    expect(wordsOf('something_new')).toBe('something_new');
  });
});
