/** What a refund, as its provider reports it, means for the credit of its order. */
import type { RefundFact } from './facts.ts';

/**
 * Whether the payer has the money of a refund, or is about to get it. A state that we do not know counts: money may have
 * moved, and what is taken back too early comes back when the refund turns out to have failed.
 */
export function refundCounts(state: RefundFact['state']): boolean {
  return state !== 'failed' && state !== 'cancelled';
}

/** The step of a refund on its order's timeline; undefined when nothing changed for the payer. */
export function refundStep(
  before: RefundFact['state'] | undefined,
  after: RefundFact['state'],
): 'refunded' | 'refund_failed' | undefined {
  const counted = before !== undefined && refundCounts(before);
  if (refundCounts(after) === counted) return undefined;
  return counted ? 'refund_failed' : 'refunded';
}
