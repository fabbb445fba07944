/** What a dispute, as its provider reports it, means for its order. Money counts, not the status: new statuses appear. */
import type { DisputeFact } from './facts.ts';

/** Statuses after which the provider decides nothing more, unless somebody appeals. */
const CLOSED: ReadonlySet<string> = new Set(['won', 'lost', 'warning_closed', 'prevented']);

/** Whether a dispute has come to an end; it may open again by an appeal. */
export function isClosed(status: string): boolean {
  return CLOSED.has(status);
}

const MICROS_PER_CENT = 10_000n;

/**
 * Whether a dispute is given up without a person: it waits for an answer, the money is gone already, and it is about less than
 * the deployment's threshold. An inquiry is not: it costs nothing yet.
 * @param belowMicros zero: none is
 */
export function mayConcede(
  {
    status,
    currency,
    amountMinor,
    withdrawnMinor,
  }: Pick<DisputeFact, 'status' | 'currency' | 'amountMinor' | 'withdrawnMinor'>,
  belowMicros: bigint,
): boolean {
  const isSmall = currency === 'usd' && amountMinor * MICROS_PER_CENT < belowMicros;
  return status === 'needs_response' && withdrawnMinor > 0n && isSmall;
}

/** A dispute as it was stored. */
export type DisputeBefore = Pick<DisputeFact, 'status' | 'withdrawnMinor'>;

export type DisputeStep = 'opened' | 'funds_withdrawn' | 'funds_reinstated' | 'closed';

/** What happened to a dispute between two readings, in this order; what came and went between them stays unseen. */
export function disputeSteps(before: DisputeBefore | undefined, after: DisputeBefore): DisputeStep[] {
  const withdrawn = before?.withdrawnMinor ?? 0n;
  const steps: DisputeStep[] = before === undefined ? ['opened'] : [];
  if (after.withdrawnMinor > withdrawn) steps.push('funds_withdrawn');
  if (after.withdrawnMinor < withdrawn) steps.push('funds_reinstated');
  if (isClosed(after.status) && after.status !== before?.status) steps.push('closed');
  return steps;
}
