/** Schemas of the operator's calls about orgs and bookings. */
import { z } from 'zod';
import type { OrgDetailView, OrgView } from '../../views/org.ts';
import { cursor, limit, metadataOf, moment, nameText, signedUsd, text, usdOrZero } from '../endpoint/validate.ts';
import { amount, nextCursor, time } from '../endpoint/fields.ts';
import { restrictedTo } from '../money/restriction.ts';
import { entryType, keyFields, metadata as bookingMetadata, outcomeFields, serviceType } from '../money/schemas.ts';

const name = nameText(200);
const externalId = nameText(255);

const METADATA_NAMES_MAX = 50;
/** The operator's own notes. */
const metadata = metadataOf(METADATA_NAMES_MAX);

export const createOrgBody = z.strictObject({
  name: name.meta({ description: 'The name that people read.', examples: ['Acme'] }),
  externalId: externalId.optional().describe("The id in the operator's own system."),
  metadata: metadata
    .optional()
    .describe("The operator's own notes, as pairs of text; they replace all that there were."),
});

export const changeOrgBody = z
  .strictObject({
    name: name.optional().meta({ description: 'The name that people read.', examples: ['Acme'] }),
    externalId: externalId.nullable().optional().describe("The id in the operator's own system; null without one."),
    metadata: metadata
      .optional()
      .describe("The operator's own notes, as pairs of text; they replace all that there were."),
    suspended: z
      .boolean('must be true or false')
      .optional()
      .describe('true suspends the org by hand, false lifts the suspension.'),
    reason: text(1000)
      .optional()
      .meta({ description: 'Why, in words.', examples: ['agreed with the customer'] }),
    provisionalLimitUsd: usdOrZero
      .optional()
      .describe(
        "How much may be credited provisionally at a time, under a chain's early policy, in USD; 0 means nothing.",
      ),
    orgBilling: z
      .strictObject({
        trusted: z
          .boolean('must be true or false')
          .describe('Whether the org may set its own payment account up, and sell more credit than it is paid for.'),
      })
      .optional()
      .describe('What the org may do with a payment account of its own.'),
  })
  .refine(({ reason, suspended }) => reason === undefined || suspended !== undefined, {
    path: ['reason'],
    message: 'goes with suspended',
  })
  .meta({ examples: [{ suspended: true, reason: 'under investigation' }] });

export const orgReply = z
  .strictObject({
    id: z.uuid().describe('The id of the org.'),
    name: z.string().meta({ description: 'The name that people read.', examples: ['Acme'] }),
    externalId: z
      .string()
      .nullable()
      .meta({ description: "The id in the operator's own system; null without one.", examples: ['acme-1'] }),
    metadata: z
      .record(z.string(), z.string())
      .describe("The operator's own notes, as pairs of text; they replace all that there were."),
    walletId: z.uuid().describe('The id of the wallet.'),
    suspendedAt: time.nullable().describe('When it was suspended; null while it is not.'),
    suspendedReason: z
      .string()
      .nullable()
      .meta({ description: 'Why it was suspended; null without a reason.', examples: ['under investigation'] }),
    closedAt: time.nullable().describe('When it was closed; null while it is not.'),
    closedReason: z
      .string()
      .nullable()
      .meta({ description: 'Why it was closed; null while it is not.', examples: ['the contract ended'] }),
    provisionalLimitUsd: amount.describe(
      "How much may be credited provisionally at a time, under a chain's early policy, in USD; 0 means nothing.",
    ),
    orgBilling: z
      .strictObject({
        trusted: z
          .boolean()
          .describe('Whether the org may set its own payment account up, and sell more credit than it is paid for.'),
      })
      .describe('What the org may do with a payment account of its own.'),
    internal: z.boolean().describe("Whether it is the operator's own, such as the canary's: reports leave it out."),
    createdAt: time.describe('When it was created.'),
  })
  .meta({ id: 'Org' }) satisfies z.ZodType<OrgView>;

export const orgDetailReply = orgReply
  .extend({
    availableUsd: amount.describe('What can be spent, in USD; negative in debt.'),
    heldUsd: amount.describe('What open holds keep, in USD.'),
    suspensions: z
      .array(
        z.strictObject({
          begins: z.boolean().describe('True where a suspension began, false where it ended.'),
          reason: z
            .string()
            .nullable()
            .meta({ description: 'Why, in words; null without a reason.', examples: ['agreed with the customer'] }),
          actor: z
            .string()
            .meta({ description: 'Who did it: `key:<id>`, `user:<id>` or `cli:<name>`.', examples: ['key:0aB3dE7z'] }),
          at: time.describe('When it was done.'),
        }),
      )
      .describe('The latest suspensions by hand and their ends, newest first.'),
  })
  .meta({ id: 'OrgDetail' }) satisfies z.ZodType<OrgDetailView>;

export const orgsQuery = z.strictObject({ limit, cursor });
export const orgsReply = z.strictObject({ orgs: z.array(orgReply).describe('The orgs, newest first.'), nextCursor });

export const bookingBody = z
  .strictObject({
    type: entryType.describe('What kind of entry it is.'),
    amountUsd: signedUsd.describe(
      'The amount in USD: above zero, with the direction given by the type; only types that go both ways take a minus.',
    ),
    reason: text(1000).meta({ description: 'Why, in words.', examples: ['agreed with the customer'] }),
    /** The service that the amount is given back for. */
    serviceType: serviceType.optional(),
    expiresAt: moment.optional().describe('When the credit expires; left out: never.'),
    restrictedTo: restrictedTo.optional().describe('What alone the credit may pay for; grants only.'),
    refundOf: text(100)
      .optional()
      .meta({
        description: 'An entry of the charge that is given back; refunds only.',
        examples: ['ent_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_42'],
      }),
    reference: text(255)
      .optional()
      .meta({ description: "The caller's own reference.", examples: ['chat-8812'] }),
    metadata: bookingMetadata.optional().describe('The pairs of text that the caller notes.'),
    ...keyFields,
  })
  .meta({ examples: [{ type: 'GRANT', amountUsd: '25.00', reason: 'welcome' }] });

export const bookingReply = z
  .strictObject({
    entryId: z
      .string()
      .meta({ description: 'The first of the entries.', examples: ['ent_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_42'] }),
    type: entryType.describe('What kind of entry it is.'),
    amountUsd: amount.describe('What the wallet gained, in USD; signed.'),
    reason: z
      .string()
      .nullable()
      .meta({ description: 'Why, in words; null without a reason.', examples: ['agreed with the customer'] }),
    reference: z
      .string()
      .nullable()
      .meta({ description: "The caller's own reference.", examples: ['chat-8812'] }),
    metadata: z
      .record(z.string(), z.string())
      .nullable()
      .describe('The pairs of text that the caller noted; null where there are none.'),
    createdAt: time.describe('When it was recorded.'),
    ...outcomeFields,
  })
  .meta({ id: 'Booking' });
