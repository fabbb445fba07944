/** What the operator's calls about bookings that need a second person take and answer. */
import { z } from 'zod';
import { APPROVAL_STATES } from '../../core/access/approvals.ts';
import { ENTRY_TYPES, SERVICE_TYPES } from '../../core/ledger/vocabulary.ts';
import type { ApprovalView } from '../../views/approval.ts';
import { cursor, limit, text } from '../endpoint/validate.ts';
import { amount, nextCursor, time } from '../endpoint/fields.ts';

export const decisionBody = z.strictObject({ reason: text(1000).optional() });

export const approvalsQuery = z.strictObject({
  state: z.enum(APPROVAL_STATES, `must be one of ${APPROVAL_STATES.join(', ')}`).optional(),
  org: z.uuid('must be the id of an org').optional(),
  limit,
  cursor,
});

export const approvalReply = z.strictObject({
  id: z.uuid(),
  org: z.uuid(),
  state: z.enum(APPROVAL_STATES),
  /** What is asked for. */
  booking: z.strictObject({
    type: z.enum(ENTRY_TYPES),
    /** Signed: what the wallet is to gain. */
    amountUsd: amount,
    reason: z.string(),
    serviceType: z.enum(SERVICE_TYPES).nullable(),
    /** When the credit expires. */
    expiresAt: time.nullable(),
    reference: z.string().nullable(),
  }),
  requestedBy: z.string(),
  requestedAt: time,
  /** Until when it may be decided. */
  expiresAt: time,
  decidedBy: z.string().nullable(),
  decidedAt: time.nullable(),
  decisionReason: z.string().nullable(),
  /** The first of the entries that it became; null until they are written. */
  entryId: z.string().nullable(),
  /** The code with which the ledger refused the entry when it was tried last; approving again tries again. */
  refusal: z.string().nullable(),
  idempotencyKey: z.string(),
}) satisfies z.ZodType<ApprovalView>;

export const approvalsReply = z.strictObject({ approvals: z.array(approvalReply), nextCursor });
