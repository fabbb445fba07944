/** What calls answer when what they ask for waits for a second person. */
import { z } from 'zod';
import { APPROVAL_STATES } from '../../core/access/approvals.ts';
import { amount, time } from '../endpoint/fields.ts';
import { restrictionShown } from './restriction.ts';
import { entryType, serviceName } from './schemas.ts';

export const approvalReply = z
  .strictObject({
    id: z.uuid().describe('The id of the request.'),
    org: z
      .uuid()
      .nullable()
      .describe('The org that it is about; null where it is about a user, or about the whole deployment.'),
    user: z
      .string()
      .nullable()
      .meta({ description: 'The user whose wallet it is about; null where it is about none.', examples: ['user-17'] }),
    state: z.enum(APPROVAL_STATES).meta({ id: 'ApprovalState' }).describe('Whether it is open, or what became of it.'),
    what: z
      .string()
      .meta({ description: 'What is done once it is approved, in words.', examples: ['Grant of 150.00 USD'] }),
    booking: z
      .strictObject({
        type: entryType.describe('What kind of entry it would be.'),
        amountUsd: amount.describe('What the wallet gains by it, in USD; signed.'),
        reason: z.string().meta({ description: 'Why it is requested.', examples: ['agreed with the customer'] }),
        serviceType: serviceName
          .nullable()
          .meta({ description: 'The service that is charged; null where none is.', examples: ['AI_API'] }),
        expiresAt: time.nullable().describe('When the credit expires; null where it does not.'),
        restrictedTo: restrictionShown.nullable().describe('What alone the credit may pay for; null: everything.'),
        refundOf: z
          .string()
          .nullable()
          .meta({
            description: 'The first entry of the charge that is given back; null for other bookings.',
            examples: ['ent_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_42'],
          }),
        reference: z
          .string()
          .nullable()
          .meta({ description: "The caller's own reference.", examples: ['chat-8812'] }),
        metadata: z.record(z.string(), z.string()).nullable().describe('The pairs of text that the caller noted.'),
      })
      .nullable()
      .describe('The booking that is requested; null for a change.'),
    change: z
      .strictObject({
        kind: z.string().meta({ description: 'What is to be changed.', examples: ['price'] }),
        countsUsd: amount
          .nullable()
          .describe('How much credit counts against the limit, in USD; null: nothing bounds it.'),
      })
      .nullable()
      .describe('The change that is requested, such as a price; null for a booking.'),
    requestedBy: z.string().meta({ description: 'Who requested it.', examples: ['key:0aB3dE7z'] }),
    requestedAt: time.describe('When it was requested.'),
    expiresAt: time.describe(
      'The time until which it may be decided; of a booking, when the credit expires, null where it does not.',
    ),
    decidedBy: z
      .string()
      .nullable()
      .meta({ description: 'Who decided; null while nobody has.', examples: ['user:ada'] }),
    decidedAt: time.nullable().describe('When it was decided; null while it is open.'),
    decisionReason: z
      .string()
      .nullable()
      .meta({ description: 'Why it was decided so; null without a reason.', examples: ['checked'] }),
    entryId: z
      .string()
      .nullable()
      .meta({
        description: 'The first of the entries of a booking; null until they are written.',
        examples: ['ent_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_42'],
      }),
    refusal: z
      .string()
      .nullable()
      .meta({
        description:
          'The code with which what was approved was refused at the last try; null when it was not. Approving a booking again tries again.',
        examples: ['CREDIT_INSUFFICIENT'],
      }),
    refusalDetail: z
      .string()
      .nullable()
      .meta({
        description: 'Why, in words; null where only the code is known.',
        examples: ['10.00 USD needed, 3.00 USD available'],
      }),
    idempotencyKey: z
      .string()
      .meta({ description: 'The idempotency key of the command.', examples: ['order-8812-charge'] }),
  })
  .meta({ id: 'Approval' });
