/** An approval as JSON: a booking or a change that waits for a second person, or did. */
import { approvalStateOf, type ApprovalState } from '../core/access/approvals.ts';
import { formatEntryId } from '../core/ids.ts';
import type { Metadata } from '../core/ledger/entry-text.ts';
import type { EntryType, ServiceType } from '../core/ledger/vocabulary.ts';
import { formatUsd } from '../core/money.ts';
import type { Approval } from '../db/approvals/approvals.ts';
import type { BookingApproval } from '../db/approvals/bookings.ts';
import type { ChangeApproval } from '../db/approvals/changes.ts';
import { describeRestriction, type Restriction } from '../core/lots/restriction.ts';
import { viewOfRestriction, type RestrictionView } from './lots/restricted.ts';

interface BookingView {
  readonly type: EntryType;
  /** Signed: positive when the wallet gains. */
  readonly amountUsd: string;
  readonly reason: string;
  readonly serviceType: ServiceType | null;
  /** When the credit expires. */
  readonly expiresAt: string | null;
  /** What alone the credit may pay for; null: everything. */
  readonly restrictedTo: RestrictionView | null;
  /** The first entry of the charge that is given back. */
  readonly refundOf: string | null;
  readonly reference: string | null;
  readonly metadata: Metadata | null;
}

interface ChangeView {
  readonly kind: string;
  /** How much credit counts against the limit; null: nothing bounds it. */
  readonly countsUsd: string | null;
}

export interface ApprovalView {
  readonly id: string;
  /** Null where it is about a user, or about the whole deployment. */
  readonly org: string | null;
  /** The user whose wallet it is about. */
  readonly user: string | null;
  readonly state: ApprovalState;
  /** What is done once it is approved, in words. */
  readonly what: string;
  /** The requested booking; null for a change. */
  readonly booking: BookingView | null;
  /** The requested change; null for a booking. */
  readonly change: ChangeView | null;
  readonly requestedBy: string;
  readonly requestedAt: string;
  /** Until when it may be decided. */
  readonly expiresAt: string;
  readonly decidedBy: string | null;
  readonly decidedAt: string | null;
  readonly decisionReason: string | null;
  /** The first of the entries that a booking wrote; null until then, and for a change. */
  readonly entryId: string | null;
  /** The code with which what was approved was refused at the last try; null where it was not. */
  readonly refusal: string | null;
  /** Why, in words; null where only the code is known. */
  readonly refusalDetail: string | null;
  readonly idempotencyKey: string;
}

/** The JSON of an approval; its state is that at the given time. */
export function viewOfApproval(approval: Approval, nowMs: number): ApprovalView {
  const shared = {
    id: approval.id,
    org: approval.org,
    state: approvalStateOf(approval, nowMs),
    requestedBy: approval.requestedBy,
    requestedAt: approval.requestedAt.toISOString(),
    expiresAt: approval.expiresAt.toISOString(),
    decidedBy: approval.decidedBy,
    decidedAt: approval.decidedAt?.toISOString() ?? null,
    decisionReason: approval.decisionReason,
    refusal: approval.refusal,
    idempotencyKey: approval.idempotencyKey,
  };
  return 'wallet' in approval ? { ...shared, ...bookingOf(approval) } : { ...shared, ...changeOf(approval) };
}

function bookingOf(
  approval: BookingApproval,
): Pick<ApprovalView, 'user' | 'what' | 'booking' | 'change' | 'entryId' | 'refusalDetail'> {
  const { type, reason, user, wallet, seq } = approval;
  const amountUsd = formatUsd(approval.amountMicros);
  const refundOf = typeof approval.refundOf === 'number' ? formatEntryId(wallet, BigInt(approval.refundOf)) : null;
  return {
    user,
    what: `book ${type} ${amountUsd} USD${forWhat(approval.restrictedTo)}${refundOf === null ? '' : ` of the charge ${refundOf}`}: ${reason}`,
    booking: {
      type,
      amountUsd,
      reason,
      serviceType: approval.service,
      expiresAt: approval.creditExpiresAt?.toISOString() ?? null,
      restrictedTo: approval.restrictedTo ? viewOfRestriction(approval.restrictedTo) : null,
      refundOf,
      reference: approval.reference,
      metadata: approval.metadata,
    },
    change: null,
    entryId: seq === null ? null : formatEntryId(wallet, BigInt(seq)),
    refusalDetail: null,
  };
}

function forWhat(restrictedTo: Restriction | null | undefined): string {
  return restrictedTo ? ` for ${describeRestriction(restrictedTo)} alone` : '';
}

function changeOf({ kind, weight, what, refusalDetail }: ChangeApproval): ReturnType<typeof bookingOf> {
  const countsUsd = weight === 'unbounded' ? null : formatUsd(weight);
  return { user: null, what, booking: null, change: { kind, countsUsd }, entryId: null, refusalDetail };
}
