/** Schemas of the universal wallet. Amounts in answers are numbers of dollars with up to six places. */
import { z } from 'zod';
import { WALLET_ENTRY_TYPES } from '../../views/people/movement.ts';
import { usdNumber } from '../endpoint/exact-fields.ts';
import { nextCursor, time } from '../endpoint/fields.ts';
import { userId } from '../endpoint/people.ts';
import { cursor, limit } from '../endpoint/validate.ts';
import { restrictionShown } from '../money/restriction.ts';
import { keyFields } from '../money/schemas.ts';

const credits = z.number();
const feature = z.string().min(1).max(100);

/** The user that a service asks about; people are asked about themselves whatever they name. */
export const userQuery = z.strictObject({ user_id: userId.optional() });
export const balanceReply = z.strictObject({
  /** What can be spent, in dollars. */
  credits,
  /** The same. */
  balance: credits,
  user_id: z.string(),
  /** What of it is for some things only; left out where nothing is. */
  restricted: z.array(z.strictObject({ ...restrictionShown.shape, credits })).optional(),
  /** What ends next, on one day (UTC), and when the first of it does; left out where nothing ends. */
  next_expiry: z.strictObject({ credits, expires_at: time }).optional(),
});

/** A field that a client may take for the amount or the count, and that would be ignored otherwise. */
const notTaken = z
  .never('is not a field of a deduct: an amount is `amount`, in dollars, and a number of units is `count`')
  .optional();

const deductFields = {
  user_id: userId,
  feature,
  /** How many units; 1 when left out. */
  count: z.unknown().optional().meta({ type: 'number', exclusiveMinimum: 0 }),
  /** The same as `count`. */
  units: z.unknown().optional().meta({ type: 'number', exclusiveMinimum: 0 }),
  /** The price of all, in place of the rate of the feature. */
  amount: usdNumber.optional(),
  ...keyFields,
};
export const deductBody = z.object({
  ...deductFields,
  quantity: notTaken,
  credits: notTaken,
  price: notTaken,
  cost: notTaken,
  amount_micros: notTaken,
  amount_cents: notTaken,
});
/** What the document shows of it. */
export const deductShown = z.object(deductFields);

export const deductReply = z.union([
  z.strictObject({
    allowed: z.literal(true),
    balanceBefore: credits,
    balanceAfter: credits,
    /** The same as `balanceAfter`. */
    balance: credits,
    deducted: credits,
  }),
  z.strictObject({ allowed: z.literal(false), balanceBefore: credits, required: credits }),
]);

const dollars = z.unknown().optional().meta({ type: 'integer', description: 'Whole dollars.' });
export const topupBody = z.object({
  user_id: userId,
  amountDollars: dollars,
  /** The same as `amountDollars`. */
  amount_dollars: dollars,
  /** The same as `amountDollars`. */
  amount: dollars,
  /** What it is bought for; kept with the order. */
  product: z.string().min(1).max(255).optional(),
  /** Where the payer goes afterwards, paid or not; the two below take its place for their outcome. */
  returnUrl: z.string().optional(),
  success_url: z.string().optional(),
  cancel_url: z.string().optional(),
  ...keyFields,
});
export const topupReply = z.strictObject({
  /** Null once the checkout is closed. */
  url: z.string().nullable(),
  sessionId: z.string(),
});

export const transactionsQuery = z.strictObject({ user_id: userId.optional(), limit, cursor });
export const transactionsReply = z.strictObject({
  items: z.array(
    z.strictObject({
      id: z.string(),
      type: z.enum(WALLET_ENTRY_TYPES),
      feature: z.string().optional(),
      /** What it did to the balance. */
      credits,
      balance_after: credits,
      stripe_session_id: z.string().optional(),
      created_at: time,
    }),
  ),
  nextCursor,
});

export const ratesReply = z.strictObject({
  rates: z.array(
    z.strictObject({
      feature: z.string(),
      label: z.string(),
      /** Dollars a unit. */
      credits: z.number(),
      unit: z.string(),
    }),
  ),
});
