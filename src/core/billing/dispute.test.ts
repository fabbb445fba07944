import { expect, test } from 'vitest';
import { disputeSteps, type DisputeBefore } from './dispute.ts';

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
