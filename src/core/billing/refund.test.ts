import { expect, test } from 'vitest';
import { refundStep } from './refund.ts';

test.each([
  [undefined, 'pending', 'refunded'],
  [undefined, 'unknown', 'refunded'],
  [undefined, 'failed', undefined],
  ['pending', 'succeeded', undefined],
  ['succeeded', 'failed', 'refund_failed'],
  ['pending', 'cancelled', 'refund_failed'],
  ['needs_action', 'succeeded', undefined],
] as const)('a refund that was %s and is %s: %s', (before, after, step) => {
  expect(refundStep(before, after)).toBe(step);
});
