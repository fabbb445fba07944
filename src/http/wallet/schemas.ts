/** Schemas of the universal wallet. Amounts in answers are numbers of dollars with up to six places. */
import { z } from 'zod';
import { WALLET_ENTRY_TYPES } from '../../views/people/movement.ts';
import { usdNumber } from '../endpoint/exact-fields.ts';
import { nextCursor, time } from '../endpoint/fields.ts';
import { userId } from '../endpoint/people.ts';
import { cursor, limit } from '../endpoint/validate.ts';
import { restrictionShown } from '../money/restriction.ts';
import { snakeKeyFields } from '../money/schemas.ts';

const credits = z.number();
const feature = z.string().min(1).max(100);

/** The user that a service asks about. People are asked about themselves, so that what they name is not even checked. */
const askedUser = z
  .string()
  .optional()
  .meta({
    description: 'The user, by 1 to 255 characters; people are asked about themselves whatever they name.',
    examples: ['user-17'],
  });
export const userQuery = z.strictObject({ user_id: askedUser });
export const balanceReply = z.strictObject({
  credits: credits.describe('What can be spent, in dollars.'),
  balance: credits.describe('The same as `credits`.'),
  user_id: z.string().meta({ description: 'The user.', examples: ['user-17'] }),
  restricted: z
    .array(z.strictObject({ ...restrictionShown.shape, credits: credits.describe('The amount in dollars.') }))
    .optional()
    .describe('What of it is for some things only; left out where nothing is.'),
  next_expiry: z
    .strictObject({
      credits: credits.describe('The amount in dollars.'),
      expires_at: time.describe('When it expires.'),
    })
    .optional()
    .describe('What ends next, on one day (UTC), and when the first of it does; left out where nothing ends.'),
});

/** A field that a client may take for the amount or the count, and that would be ignored otherwise. */
const notTaken = z
  .never('is not a field of a deduct: an amount is `amount`, in dollars, and a number of units is `count`')
  .optional();

/** Read by the surface: a number, from its digits. */
const units = z.unknown().optional().meta({ type: 'number', minimum: 0.000_001 });

const deductFields = {
  user_id: userId.meta({ description: 'The user who is charged.', examples: ['user-17'] }),
  feature: feature.meta({ description: 'The feature that is charged.', examples: ['chat'] }),
  count: units.describe('How many units; 1 when left out.'),
  units: units.describe('The same as `count`.'),
  amount: usdNumber.optional().describe('The amount in dollars; in place of the rate of the feature.'),
  ...snakeKeyFields,
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

export const deductReply = z.xor([
  z
    .strictObject({
      allowed: z.literal(true).describe('Always true: the user was charged.'),
      balanceBefore: credits.describe('What could be spent before, in dollars.'),
      balanceAfter: credits.describe('What can be spent now, in dollars.'),
      balance: credits.describe('The same as `credits`, or as `balanceAfter`.'),
      deducted: credits.describe('What was charged, in dollars.'),
    })
    .meta({ id: 'UserWalletDeducted' }),
  z
    .strictObject({
      allowed: z.literal(false).describe('Always false: the balance does not do, and the user was not charged.'),
      balanceBefore: credits.describe('What could be spent before, in dollars.'),
      required: credits.describe('What it would have cost, in dollars.'),
    })
    .meta({ id: 'UserWalletTooLow' }),
]);

const dollars = z
  .unknown()
  .optional()
  .meta({ type: 'integer', description: 'Whole dollars; `amount_dollars` is taken as well.' });
export const topupBody = z
  .object({
    user_id: userId.meta({ description: 'The user whose wallet is topped up.', examples: ['user-17'] }),
    amountDollars: dollars,
    /** The same. The document leaves this one out: in many languages clients would give it the name of the first. */
    amount_dollars: dollars.meta({ isHidden: true }),
    amount: dollars.describe('The same as `amountDollars`.'),
    product: z
      .string()
      .min(1)
      .max(255)
      .optional()
      .meta({ description: 'What it is bought for; kept with the order.', examples: ['credits'] }),
    returnUrl: z
      .string()
      .optional()
      .meta({
        description:
          'Where the payer goes afterwards, paid or not; `success_url` and `cancel_url` take its place for their outcome.',
        examples: ['https://shop.example/account'],
      }),
    success_url: z
      .string()
      .optional()
      .meta({
        description: 'Where the payer goes after paying; `{CHECKOUT_SESSION_ID}` in it becomes the id of the checkout.',
        examples: ['https://shop.example/paid'],
      }),
    cancel_url: z
      .string()
      .optional()
      .meta({ description: 'Where the payer goes without paying.', examples: ['https://shop.example/cart'] }),
    ...snakeKeyFields,
  })
  .meta({ examples: [{ user_id: 'user-17', amountDollars: 20, returnUrl: 'https://shop.example/account' }] });
export const topupReply = z.strictObject({
  url: z
    .string()
    .nullable()
    .meta({
      description: 'Where the payer pays; null once the checkout is closed.',
      examples: ['https://checkout.example/c/cs_1'],
    }),
  sessionId: z.string().meta({ description: 'The id of the checkout.', examples: ['cs_test_a1'] }),
});

export const transactionsQuery = z.strictObject({
  user_id: askedUser,
  limit,
  cursor,
});
export const transactionsReply = z.strictObject({
  items: z
    .array(
      z.strictObject({
        id: z.string().meta({
          description: 'The id of the transaction.',
          examples: ['ent_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_42'],
        }),
        type: z.enum(WALLET_ENTRY_TYPES).describe('What kind of transaction it is.'),
        feature: z
          .string()
          .optional()
          .meta({ description: 'The feature that is charged.', examples: ['chat'] }),
        credits: credits.describe('The amount in dollars.'),
        balance_after: credits.describe('What could be spent after it, in dollars.'),
        stripe_session_id: z
          .string()
          .optional()
          .meta({
            description: 'The id of the checkout at Stripe; left out where there is none.',
            examples: ['cs_test_a1'],
          }),
        created_at: time.describe('When it was created.'),
      }),
    )
    .describe('The transactions, newest first.'),
  nextCursor,
});

export const ratesReply = z.strictObject({
  rates: z
    .array(
      z.strictObject({
        feature: z.string().meta({ description: 'The feature that is charged.', examples: ['chat'] }),
        label: z.string().meta({ description: 'The name that people read.', examples: ['Chat'] }),
        credits: z.number().describe('What a unit costs, in dollars.'),
        unit: z.string().meta({ description: 'What is counted.', examples: ['token'] }),
      }),
    )
    .describe('The features and what they cost.'),
});
