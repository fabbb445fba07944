/** What calls answer when a booking waits for a second person. */
import { z } from 'zod';
import { APPROVAL_STATES } from '../../core/access/approvals.ts';
import { ENTRY_TYPES } from '../../core/ledger/vocabulary.ts';
import type { ApprovalView } from '../../views/approval.ts';
import { amount, time } from '../endpoint/fields.ts';
import { serviceName } from './schemas.ts';

export const approvalReply = z.strictObject({
  id: z.uuid(),
  org: z.uuid(),
  state: z.enum(APPROVAL_STATES),
  /** The booking that is requested. */
  booking: z.strictObject({
    type: z.enum(ENTRY_TYPES),
    /** Signed: what the wallet gains by it. */
    amountUsd: amount,
    reason: z.string(),
    serviceType: serviceName.nullable(),
    /** When the credit expires. */
    expiresAt: time.nullable(),
    reference: z.string().nullable(),
    metadata: z.record(z.string(), z.string()).nullable(),
  }),
  requestedBy: z.string(),
  requestedAt: time,
  /** The time until which it may be decided. */
  expiresAt: time,
  decidedBy: z.string().nullable(),
  decidedAt: time.nullable(),
  decisionReason: z.string().nullable(),
  /** The first of its entries; null until they are written. */
  entryId: z.string().nullable(),
  /** The code of the ledger's last refusal to write the approved entry; approving again tries again. */
  refusal: z.string().nullable(),
  idempotencyKey: z.string(),
}) satisfies z.ZodType<ApprovalView>;
