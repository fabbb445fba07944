/** A dispute, and the evidence against it, as JSON. */
import { toCount } from '../core/integers.ts';
import type { DisputeEvidence } from '../core/billing/dispute-desk.ts';
import type { Dispute } from '../db/billing/disputes.ts';

export interface DisputeView {
  /** The provider's id. */
  readonly id: string;
  readonly orderId: string;
  readonly account: string;
  /** The provider's word. */
  readonly status: string;
  readonly reason: string;
  readonly currency: string;
  readonly amountCents: number;
  /** What of it the provider has taken and not given back. */
  readonly withdrawnCents: number;
  /** Until when evidence may be sent. */
  readonly dueBy: string | null;
  readonly openedAt: string;
}

/** The JSON of a dispute. */
export function viewOfDispute(dispute: Dispute): DisputeView {
  const { id, order, account, status, reason, currency, amountMinor, withdrawnMinor, dueByMs, openedAtMs } = dispute;
  return {
    id,
    orderId: order,
    account,
    status,
    reason,
    currency,
    amountCents: toCount(String(amountMinor)),
    withdrawnCents: toCount(String(withdrawnMinor)),
    dueBy: dueByMs === null ? null : new Date(dueByMs).toISOString(),
    openedAt: new Date(openedAtMs).toISOString(),
  };
}

export interface EvidenceView {
  readonly disputeId: string;
  readonly orderId: string;
  readonly text: string;
  readonly hash: string;
  readonly madeAt: string;
  readonly submittedAt: string | null;
}

/** The JSON of evidence. */
export function viewOfEvidence({ dispute, order, text, hash, madeAtMs, submittedAtMs }: DisputeEvidence): EvidenceView {
  return {
    disputeId: dispute,
    orderId: order,
    text,
    hash,
    madeAt: new Date(madeAtMs).toISOString(),
    submittedAt: submittedAtMs === null ? null : new Date(submittedAtMs).toISOString(),
  };
}
