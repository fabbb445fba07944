import { expect, test } from 'vitest';
import { disputeSteps, mayConcede, type DisputeBefore } from './dispute.ts';

const at = (status: string, withdrawnMinor = 0n): DisputeBefore => ({ status, withdrawnMinor });

test.each<[string, DisputeBefore | undefined, DisputeBefore, readonly string[]]>([
  ['an inquiry takes nothing', undefined, at('warning_needs_response'), ['opened']],
  ['an inquiry that ends takes nothing', at('warning_needs_response'), at('warning_closed'), ['closed']],
  ['a chargeback takes the money', undefined, at('needs_response', 5n), ['opened', 'funds_withdrawn']],
  ['a later word changes nothing', at('needs_response', 5n), at('under_review', 5n), []],
  ['a win gives it back', at('under_review', 5n), at('won', 0n), ['funds_reinstated', 'closed']],
  ['a loss moves nothing', at('under_review', 5n), at('lost', 5n), ['closed']],
  ['an appeal opens it again', at('lost', 5n), at('appeal_under_review', 5n), []],
  ['an appeal that is won', at('appeal_under_review', 5n), at('won', 0n), ['funds_reinstated', 'closed']],
  ['a part comes back without a win', at('under_review', 5n), at('under_review', 2n), ['funds_reinstated']],
  ['a status that nobody knows', undefined, at('brand_new', 3n), ['opened', 'funds_withdrawn']],
])('%s', (_, before, after, steps) => {
  expect(disputeSteps(before, after)).toEqual(steps);
});

test.each<[string, Partial<Parameters<typeof mayConcede>[0]>, bigint, boolean]>([
  ['a small one that waits for an answer', {}, 10_000_001n, true],
  ['one at the threshold', {}, 10_000_000n, false],
  ['none without a threshold', { amountMinor: 0n }, 0n, false],
  ['an inquiry', { status: 'warning_needs_response', withdrawnMinor: 0n }, 20_000_000n, false],
  ['one whose money is not gone', { withdrawnMinor: 0n }, 20_000_000n, false],
  ['one that is answered', { status: 'under_review' }, 20_000_000n, false],
  ['one in another currency', { currency: 'eur' }, 20_000_000n, false],
])('given up or not: %s', (_, change, belowMicros, expected) => {
  const dispute = { status: 'needs_response', currency: 'usd', amountMinor: 1_000n, withdrawnMinor: 1_000n, ...change };
  expect(mayConcede(dispute, belowMicros)).toBe(expected);
});
