/** Schemas of the reports on the place as a whole. */
import { z } from 'zod';
import { LOT_SOURCES } from '../../core/ledger/head.ts';
import { ROLL_FORWARD_LINES } from '../../core/reports/place.ts';
import { amount, nextCursor, time } from '../endpoint/fields.ts';
import { cursor, limit } from '../endpoint/validate.ts';
import { byteOrderMark, momentFields, periodFields } from '../money/period.ts';
import { entryType } from '../money/schemas.ts';

const jsonOf = <Shape extends z.core.$ZodLooseShape>(shape: Shape) =>
  [
    z.strictObject({ ...shape, format: z.literal('json').optional().describe('The form of the answer.') }),
    z.strictObject({ ...shape, format: z.literal('csv').describe('The form of the answer.'), bom: byteOrderMark }),
  ] as const;
export const periodQuery = z.discriminatedUnion('format', jsonOf(periodFields));
export const momentQuery = z.discriminatedUnion('format', jsonOf(momentFields));
export const journalQuery = z.discriminatedUnion('format', [
  z.strictObject({
    ...periodFields,
    format: z.literal('json').optional().describe('The form of the answer.'),
    limit,
    cursor,
  }),
  z.strictObject({ ...periodFields, format: z.literal('csv').describe('The form of the answer.'), bom: byteOrderMark }),
]);

const periodReply = {
  from: time.describe('The beginning; what happens at this time belongs to it.'),
  to: time.describe('The end; what happens at this time no longer belongs to it.'),
  timeZone: z.string().meta({ description: 'The IANA time zone, such as Europe/Berlin.', examples: ['Europe/Berlin'] }),
  open: z.boolean().describe('Whether the period may still get entries.'),
  asOf: time.nullable().describe('When it was read; null for a period that is closed.'),
};
export const momentReply = {
  at: time.describe('The moment.'),
  open: z.boolean().describe('Whether the period may still get entries.'),
  asOf: time.nullable().describe('When it was read; null for a period that is closed.'),
};
export const journalReply = z.strictObject({
  ...periodReply,
  lines: z
    .array(
      z.strictObject({
        date: time.describe('When it was recorded.'),
        entryId: z
          .string()
          .meta({ description: 'The id of the entry.', examples: ['ent_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_42'] }),
        orgId: z
          .string()
          .nullable()
          .meta({
            description: 'The id of the org; null where it is about none.',
            examples: ['019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21'],
          }),
        debitAccount: z
          .string()
          .meta({ description: 'The account on the debit side.', examples: ['liability:customers'] }),
        creditAccount: z
          .string()
          .meta({ description: 'The account on the credit side.', examples: ['revenue:ai_api'] }),
        amountUsd: amount.describe('The amount in USD.'),
        type: entryType.describe('What kind of entry it is.'),
        serviceType: z
          .string()
          .nullable()
          .meta({ description: 'The service that is charged; null where none is.', examples: ['AI_API'] }),
        reference: z
          .string()
          .nullable()
          .meta({ description: "The caller's own reference; null without one.", examples: ['chat-8812'] }),
      }),
    )
    .describe('The lines.'),
  nextCursor,
});
export const trialBalanceReply = z.strictObject({
  ...momentReply,
  accounts: z
    .array(
      z.strictObject({
        account: z.string().meta({ description: 'The name of the account.', examples: ['liability:customers'] }),
        debitUsd: amount.describe('The sum of the debit side, in USD.'),
        creditUsd: amount.describe('The sum of the credit side, in USD.'),
      }),
    )
    .describe('Every account with its sums.'),
  debitUsd: amount.describe('The sum of the debit side, in USD.'),
  creditUsd: amount.describe('The sum of the credit side, in USD.'),
  differenceUsd: amount.describe('Debits less credits, in USD; zero when the books balance.'),
});
export const revenueReply = z.strictObject({
  ...periodReply,
  revenue: z
    .array(
      z.strictObject({
        month: z.string().meta({ description: 'The month, such as 2026-01.', examples: ['2026-01'] }),
        serviceType: z.string().meta({ description: 'The service that is charged.', examples: ['AI_API'] }),
        paidUsd: amount.describe('The part that was paid for, in USD.'),
        promotionalUsd: amount.describe('The part that was given, in USD.'),
        freeGiftCardsUsd: amount.describe('What free gift cards paid, in USD.'),
        refundedUsd: amount.describe('What was given back, in USD.'),
        revenueUsd: amount.describe('What was earned, in USD.'),
      }),
    )
    .describe('A line for each month and service.'),
});
export const breakageReply = z.strictObject({
  ...periodReply,
  breakage: z
    .array(
      z.strictObject({
        month: z.string().meta({ description: 'The month, such as 2026-01.', examples: ['2026-01'] }),
        lots: z.int().min(0).describe('How many lots ended.'),
        paidUsd: amount.describe('The part that was paid for, in USD.'),
        promotionalUsd: amount.describe('The part that was given, in USD.'),
      }),
    )
    .describe('A line for each month.'),
});
export const liabilityReply = z.strictObject({
  ...momentReply,
  ages: z
    .array(
      z.strictObject({
        source: z.enum(LOT_SOURCES).describe('What opened the lots.'),
        kind: z.enum(['paid', 'promotional']).describe('Whether it was paid for or given.'),
        fromDays: z.int().describe('From how many days of age on.'),
        toDays: z.int().nullable().describe('To how many days of age; null: without an end.'),
        amountUsd: amount.describe('The amount in USD.'),
      }),
    )
    .describe('What is owed, by source, kind and age.'),
  paidUsd: amount.describe('The part that was paid for, in USD.'),
  promotionalUsd: amount.describe('The part that was given, in USD.'),
  debtUsd: amount.describe('What is owed, in USD.'),
});
export const deferredReply = z.strictObject({
  ...periodReply,
  lines: z
    .array(
      z.strictObject({
        line: z.enum(['opening', ...ROLL_FORWARD_LINES, 'closing']).describe('Which line of the roll-forward it is.'),
        paidUsd: amount.describe('The part that was paid for, in USD.'),
        promotionalUsd: amount.describe('The part that was given, in USD.'),
        debtUsd: amount.describe('What is owed, in USD.'),
        totalUsd: amount.describe('All of it, in USD.'),
      }),
    )
    .describe('The lines.'),
});
