/** What calls answer when what they ask for waits for a second person. */
import { z } from 'zod';
import { APPROVAL_STATES } from '../../core/access/approvals.ts';
import { ENTRY_TYPES } from '../../core/ledger/vocabulary.ts';
import { amount, time } from '../endpoint/fields.ts';
import { restrictionShown } from './restriction.ts';
import { serviceName } from './schemas.ts';

export const approvalReply = z.strictObject({
  id: z.uuid(),
  /** Null where it is about a user, or about the whole deployment. */
  org: z.uuid().nullable(),
  /** The user whose wallet it is about. */
  user: z.string().nullable(),
  state: z.enum(APPROVAL_STATES),
  /** What is done once it is approved, in words. */
  what: z.string(),
  /** The booking that is requested; null for a change. */
  booking: z
    .strictObject({
      type: z.enum(ENTRY_TYPES),
      /** Signed: what the wallet gains by it. */
      amountUsd: amount,
      reason: z.string(),
      serviceType: serviceName.nullable(),
      /** When the credit expires. */
      expiresAt: time.nullable(),
      /** What alone the credit may pay for; null: everything. */
      restrictedTo: restrictionShown.nullable(),
      /** The first entry of the charge that is given back. */
      refundOf: z.string().nullable(),
      reference: z.string().nullable(),
      metadata: z.record(z.string(), z.string()).nullable(),
    })
    .nullable(),
  /** The change that is requested, such as a price; null for a booking. */
  change: z
    .strictObject({
      kind: z.string(),
      /** How much credit counts against the limit; null: nothing bounds it. */
      countsUsd: amount.nullable(),
    })
    .nullable(),
  requestedBy: z.string(),
  requestedAt: time,
  /** The time until which it may be decided. */
  expiresAt: time,
  decidedBy: z.string().nullable(),
  decidedAt: time.nullable(),
  decisionReason: z.string().nullable(),
  /** The first of the entries of a booking; null until they are written. */
  entryId: z.string().nullable(),
  /** The code with which what was approved was refused at the last try; approving a booking again tries again. */
  refusal: z.string().nullable(),
  /** Why, in words; null where only the code is known. */
  refusalDetail: z.string().nullable(),
  idempotencyKey: z.string(),
});
