/** Schemas of the calls about the price book. */
import { z } from 'zod';
import { findTierProblem, TIERS_MAX } from '../../core/pricing/price-book.ts';
import type { PriceView } from '../../views/spending/price.ts';
import { nextCursor, time } from '../endpoint/fields.ts';
import { cursor, limit, moment, nameText } from '../endpoint/validate.ts';
import { action, quantity, rate } from '../money/price-fields.ts';

const UNIT_CHARS_MAX = 40;

const tiers = z
  .array(z.strictObject({ upTo: quantity.nullable(), rateUsd: rate }))
  .max(TIERS_MAX)
  .transform((all) => all.map(({ upTo, rateUsd }) => ({ upTo, rate: rateUsd })))
  .superRefine((all, context) => {
    const message = findTierProblem(all);
    if (message !== undefined) context.addIssue({ code: 'custom', message });
  });

export const priceBody = z
  .strictObject({
    /** Left out: the platform's price, for everybody that has none of its own. */
    org: z.uuid().optional(),
    action,
    /** What is counted, such as `token`. */
    unit: nameText(UNIT_CHARS_MAX),
    /** USD a unit, for any quantity. */
    rateUsd: rate.optional(),
    /** USD a unit by the quantity of one command, ascending; the last one has no end. */
    tiers: tiers.optional(),
    /** Ends the price of its owner, in place of a rate. */
    ended: z.literal(true).optional(),
    /** From when it counts; left out: from now on. Not in the past. */
    from: moment.optional(),
    /** Until when it counts, that moment left out. */
    to: moment.optional(),
  })
  .refine(({ rateUsd, tiers: some, ended }) => [rateUsd, some, ended].filter((one) => one !== undefined).length === 1, {
    path: ['rateUsd'],
    message: 'or tiers or ended is needed, and only one of them',
  });

const view = z.strictObject({
  id: z.uuid(),
  org: z.uuid().nullable(),
  action: z.string(),
  unit: z.string(),
  tiers: z.array(z.strictObject({ upTo: z.string().nullable(), rateUsd: z.string() })).nullable(),
  from: time,
  to: time.nullable(),
  addedAt: time,
  addedBy: z.string(),
}) satisfies z.ZodType<PriceView>;

export const priceReply = view;
export const pricesReply = z.strictObject({ prices: z.array(view), nextCursor });
export const pricesQuery = z.strictObject({ org: z.uuid().optional(), action: action.optional(), limit, cursor });
