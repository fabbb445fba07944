/** An approval as JSON: a booking that waits for a second person, or did. */
import { approvalStateOf, type ApprovalState } from '../core/access/approvals.ts';
import { formatEntryId } from '../core/ids.ts';
import type { Metadata } from '../core/ledger/entry-text.ts';
import type { EntryType, ServiceType } from '../core/ledger/vocabulary.ts';
import { formatUsd } from '../core/money.ts';
import type { Approval } from '../db/ledger/approvals.ts';

export interface ApprovalView {
  readonly id: string;
  readonly org: string;
  readonly state: ApprovalState;
  /** The requested booking. */
  readonly booking: {
    readonly type: EntryType;
    /** Signed: positive when the wallet gains. */
    readonly amountUsd: string;
    readonly reason: string;
    readonly serviceType: ServiceType | null;
    /** When the credit expires. */
    readonly expiresAt: string | null;
    readonly reference: string | null;
    readonly metadata: Metadata | null;
  };
  readonly requestedBy: string;
  readonly requestedAt: string;
  /** Until when it may be decided. */
  readonly expiresAt: string;
  readonly decidedBy: string | null;
  readonly decidedAt: string | null;
  readonly decisionReason: string | null;
  /** The first of the entries that it wrote; null until then. */
  readonly entryId: string | null;
  /** The code with which the ledger refused the entry at the last try; null where it did not. */
  readonly refusal: string | null;
  readonly idempotencyKey: string;
}

/** The JSON of an approval; its state is that at the given time. */
export function viewOfApproval(approval: Approval, nowMs: number): ApprovalView {
  return {
    id: approval.id,
    org: approval.org,
    state: approvalStateOf(approval, nowMs),
    booking: {
      type: approval.type,
      amountUsd: formatUsd(approval.amountMicros),
      reason: approval.reason,
      serviceType: approval.service,
      expiresAt: approval.creditExpiresAt?.toISOString() ?? null,
      reference: approval.reference,
      metadata: approval.metadata,
    },
    requestedBy: approval.requestedBy,
    requestedAt: approval.requestedAt.toISOString(),
    expiresAt: approval.expiresAt.toISOString(),
    decidedBy: approval.decidedBy,
    decidedAt: approval.decidedAt?.toISOString() ?? null,
    decisionReason: approval.decisionReason,
    entryId: approval.seq === null ? null : formatEntryId(approval.wallet, BigInt(approval.seq)),
    refusal: approval.refusal,
    idempotencyKey: approval.idempotencyKey,
  };
}
