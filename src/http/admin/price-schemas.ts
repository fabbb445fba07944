/** Schemas of the calls about the price book. */
import { z } from 'zod';
import { findTierProblem, TIERS_MAX } from '../../core/pricing/price-book.ts';
import type { PriceView } from '../../views/spending/price.ts';
import { nextCursor, time } from '../endpoint/fields.ts';
import { cursor, limit, moment, nameText } from '../endpoint/validate.ts';
import { action, quantity, rate } from '../money/price-fields.ts';

const UNIT_CHARS_MAX = 40;

const tiers = z
  .array(
    z.strictObject({
      upTo: quantity.nullable().describe('The quantity up to which the rate counts; null in the last tier.'),
      rateUsd: rate.describe('USD a unit.'),
    }),
  )
  .max(TIERS_MAX)
  .transform((all) => all.map(({ upTo, rateUsd }) => ({ upTo, rate: rateUsd })))
  .superRefine((all, context) => {
    const message = findTierProblem(all);
    if (message !== undefined) context.addIssue({ code: 'custom', message });
  });

export const priceBody = z
  .strictObject({
    org: z
      .uuid()
      .optional()
      .describe("The org whose price it is; left out: the platform's price, for everybody that has none of its own."),
    action: action.meta({ description: 'The action that is priced.', examples: ['chat'] }),
    unit: nameText(UNIT_CHARS_MAX).meta({ description: 'What is counted, such as `token`.', examples: ['token'] }),
    rateUsd: rate.optional().describe('USD a unit.'),
    tiers: tiers.optional().describe('USD a unit by the quantity of one command, ascending.'),
    ended: z.literal(true).optional().describe('Ends the price of its owner, in place of a rate.'),
    from: moment.optional().describe('From when it counts; left out: from now on. Not in the past.'),
    to: moment.optional().describe('Until when it counts, that moment left out.'),
  })
  .refine(({ rateUsd, tiers: some, ended }) => [rateUsd, some, ended].filter((one) => one !== undefined).length === 1, {
    path: ['rateUsd'],
    message: 'or tiers or ended is needed, and only one of them',
  })
  .meta({ examples: [{ action: 'chat', unit: 'token', rateUsd: '0.00002' }] });

const view = z
  .strictObject({
    id: z.uuid().describe('The id of the row.'),
    org: z
      .uuid()
      .nullable()
      .describe("The org whose price it is; null: the platform's price, for everybody that has none of its own."),
    action: z.string().meta({ description: 'The action that is priced.', examples: ['chat'] }),
    unit: z.string().meta({ description: 'What is counted, such as `token`.', examples: ['token'] }),
    tiers: z
      .array(
        z.strictObject({
          upTo: z
            .string()
            .nullable()
            .meta({
              description: 'The quantity up to which the rate counts; null in the last tier.',
              examples: ['1000000'],
            }),
          rateUsd: z.string().meta({ description: 'USD a unit.', examples: ['0.00002'] }),
        }),
      )
      .nullable()
      .describe('USD a unit by the quantity of one command, ascending; null where any quantity has one rate.'),
    from: time.describe('From when it counts. Not in the past.'),
    to: time.nullable().describe('Until when it counts, that moment left out; null: without an end.'),
    addedAt: time.describe('When it was added.'),
    addedBy: z.string().meta({ description: 'Who added it.', examples: ['key:0aB3dE7z'] }),
  })
  .meta({ id: 'Price' }) satisfies z.ZodType<PriceView>;

export const priceReply = view;
export const pricesReply = z.strictObject({
  prices: z.array(view).describe('The rows, the one added last first.'),
  nextCursor,
});
export const pricesQuery = z.strictObject({
  org: z.uuid().optional().describe('Only prices of this org.'),
  action: action.optional().meta({ description: 'Only prices of this action.', examples: ['chat'] }),
  limit,
  cursor,
});
