/** Schemas of the operator's calls about bookings that a second person must approve. */
import { z } from 'zod';
import { APPROVAL_STATES } from '../../core/access/approvals.ts';
import { cursor, limit, text } from '../endpoint/validate.ts';
import { nextCursor } from '../endpoint/fields.ts';
import { approvalReply } from '../money/approval-schema.ts';

export const decisionBody = z.strictObject({
  reason: text(1000)
    .optional()
    .meta({ description: 'Why, in words.', examples: ['agreed with the customer'] }),
});

export const approvalsQuery = z.strictObject({
  state: z
    .enum(APPROVAL_STATES, `must be one of ${APPROVAL_STATES.join(', ')}`)
    .optional()
    .describe('Only requests in this state.'),
  org: z.uuid('must be the id of an org').optional().describe('Only requests about this org.'),
  limit,
  cursor,
});

export const approvalsReply = z.strictObject({
  approvals: z.array(approvalReply).describe('The requests, newest first.'),
  nextCursor,
});
