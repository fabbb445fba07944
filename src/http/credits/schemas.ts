/** Schemas of the credits surface. Amounts are whole credits, prices cents. */
import { z } from 'zod';
import { ORDER_STATES } from '../../core/billing/order.ts';
import { STREAK_DAYS_MAX, STREAK_DAYS_MIN } from '../../core/credits/check-in.ts';
import { findCount, toCount } from '../../core/integers.ts';
import { isTimeZone } from '../../core/zone.ts';
import { CREDIT_ENTRY_TYPES } from '../../views/people/movement.ts';
import { ExactNumber } from '../endpoint/json.ts';
import { parseDecimal } from '../../core/decimal.ts';
import { wholeAmount, wholeAmountOrZero } from '../endpoint/exact-fields.ts';
import { time } from '../endpoint/fields.ts';
import { creditsPage } from '../endpoint/forms.ts';
import { userId } from '../endpoint/people.ts';
import { cursor, limit, moment, nameText, text } from '../endpoint/validate.ts';
import { restrictedTo, restrictionShown } from '../money/restriction.ts';
import { snakeKeyFields } from '../money/schemas.ts';

const credits = z.int();
const OFFSET_MAX = 100_000;
const COUPON_USES_MAX = 1_000_000_000;

/** How many rows are passed over, as published clients page. */
const offset = z
  .string()
  .regex(/^(0|[1-9][0-9]{0,5})$/, `must be a whole number up to ${OFFSET_MAX}`)
  .transform(toCount)
  .refine((value) => value <= OFFSET_MAX, `must be a whole number up to ${OFFSET_MAX}`)
  .default(0)
  .meta({
    description: 'How many rows are passed over; a cursor costs less.',
    override: ({ jsonSchema }) => {
      delete jsonSchema.pattern;
      Object.assign(jsonSchema, { type: 'integer', minimum: 0, maximum: OFFSET_MAX, default: 0 });
    },
  });

/** A page by offset or by cursor. */
export const pageQuery = z.strictObject({ limit, offset, cursor });

/** A whole number from `least` to `most`, as a number of JSON. */
function wholeNumber(least: number, most: number): z.ZodType<number> {
  const message = `must be a whole number from ${least} to ${most}`;
  return z
    .unknown()
    .meta({ type: 'integer', minimum: least, maximum: most })
    .transform((written, context) => {
      const value = written instanceof ExactNumber ? numberOf(written.source) : undefined;
      if (value !== undefined && value >= least && value <= most) return value;
      context.addIssue({ code: 'custom', message });
      return z.NEVER;
    });
}

function numberOf(source: string): number | undefined {
  try {
    return findCount(parseDecimal(source, 0));
  } catch {
    return undefined;
  }
}

export const creditItem = z
  .strictObject({
    id: z
      .string()
      .meta({ description: 'The id of the transaction.', examples: ['ent_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_42'] }),
    type: z.enum(CREDIT_ENTRY_TYPES).describe('What kind of transaction it is.'),
    amount: credits.describe('What it did to the balance, in whole credits; signed.'),
    description: z
      .string()
      .nullable()
      .meta({ description: 'What it is for, in words; null without one.', examples: ['Chat of the support desk'] }),
    created_at: time.describe('When it was created.'),
  })
  .meta({ id: 'CreditsTransaction' });
export const transactionsReply = creditsPage(creditItem);

export const deductBody = z.object({
  user_id: userId.meta({ description: 'The user.', examples: ['user-17'] }),
  type: z.enum(['ai_usage', 'usage'], 'must be ai_usage or usage').default('ai_usage').describe('What is charged.'),
  amount: wholeAmount.describe('How many whole credits are charged.'),
  description: text(1_000)
    .optional()
    .meta({ description: 'What it is for, in words.', examples: ['Chat of the support desk'] }),
  ...snakeKeyFields,
});
const deducted = { balance: credits.describe('What can be spent, in whole credits.') };
export const deductReply = z
  .strictObject({ ...deducted, transaction: creditItem.describe('What was recorded.') })
  .meta({ id: 'CreditsMoved' });
export const deductPreview = z
  .strictObject({
    dryRun: z.literal(true).describe('Present in the answer to a dry run: nothing was written.'),
    ...deducted,
    transaction: creditItem
      .omit({ id: true })
      .meta({ id: 'CreditsTransactionPreview', description: 'What would be recorded.' }),
  })
  .meta({ id: 'CreditsMovedPreview' });

export const orderView = z
  .strictObject({
    id: z.uuid().describe('The id.'),
    channel: z.enum(['stripe', 'creem']).describe('The payment provider.'),
    type: z.enum(['topup', 'subscription']).describe('What is bought.'),
    state: z.enum(ORDER_STATES).describe('The state of the order.'),
    price_cents: z.int().min(0).describe('The price in cents.'),
    currency: z.string().meta({ description: 'The currency, as an ISO 4217 code in lower case.', examples: ['usd'] }),
    credits: credits.describe('The amount in whole credits.'),
    plan_id: z
      .string()
      .nullable()
      .meta({
        description: 'The plan of a subscription, or of a top-up in place of credits; null where it is about none.',
        examples: ['019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21'],
      }),
    refunded_cents: z.int().min(0).describe('What was given back to the payer, in cents.'),
    created_at: time.describe('When it was created.'),
    paid_at: time.nullable().describe('When it was paid; null while it is not.'),
  })
  .meta({ id: 'CreditsOrder' });
export const ordersReply = creditsPage(orderView);

export const sessionBody = z
  .object({
    channel: z.enum(['stripe', 'creem'], 'must be stripe or creem').describe('The payment provider.'),
    type: z.enum(['topup', 'subscription'], 'must be topup or subscription').describe('What is bought.'),
    plan_id: z
      .string()
      .min(1)
      .max(100)
      .optional()
      .meta({
        description: 'The plan of a subscription, or of a top-up in place of credits.',
        examples: ['019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21'],
      }),
    interval: z
      .enum(['month', 'year'], 'must be month or year')
      .default('month')
      .describe('How long a period of the subscription is.'),
    credits: wholeAmount.optional().describe('The amount in whole credits.'),
    success_url: z.string().meta({
      description: 'Where the payer goes after paying; `{CHECKOUT_SESSION_ID}` in it becomes the id of the checkout.',
      examples: ['https://shop.example/paid'],
    }),
    cancel_url: z
      .string()
      .optional()
      .meta({
        description: 'Where the payer goes without paying; required at Stripe, and of no use at Creem.',
        examples: ['https://shop.example/cart'],
      }),
    ...snakeKeyFields,
  })
  .meta({
    examples: [
      {
        channel: 'stripe',
        type: 'topup',
        credits: 1000,
        success_url: 'https://shop.example/paid',
        cancel_url: 'https://shop.example/cart',
      },
    ],
  });
export const sessionReply = z.strictObject({
  url: z
    .string()
    .nullable()
    .meta({
      description: 'Where the payer pays; null once the checkout is closed.',
      examples: ['https://checkout.example/c/cs_1'],
    }),
  session_id: z.string().meta({ description: 'The id of the checkout.', examples: ['cs_test_a1'] }),
  order_id: z.uuid().describe('The id of the order.'),
});

export const checkInBody = z.object({ ...snakeKeyFields });
const given = {
  credits: credits.describe('The amount in whole credits.'),
  balance: credits.describe('What can be spent, in whole credits.'),
};
export const checkInReply = z.strictObject({
  dryRun: z.literal(true).optional().describe('Present in the answer to a dry run: nothing was written.'),
  ...given,
  streak: z.int().min(1).describe('How many days in a row it is.'),
});

export const redeemBody = z.object({
  code: z
    .string()
    .min(1)
    .max(200)
    .meta({ description: 'The code that users type; their case is ignored.', examples: ['WELCOME-2026'] }),
  ...snakeKeyFields,
});
export const redeemReply = z.strictObject({
  dryRun: z.literal(true).optional().describe('Present in the answer to a dry run: nothing was written.'),
  ...given,
});

const CODE = /^[A-Za-z0-9][A-Za-z0-9_-]{7,63}$/;
export const couponBody = z.strictObject({
  code: z
    .string()
    .regex(CODE, 'must be 8 to 64 letters, digits, - and _; their case is ignored')
    .meta({ description: 'The code that users type; their case is ignored.', examples: ['WELCOME-2026'] }),
  credits: wholeAmount.describe('The amount in whole credits.'),
  limit_total: wholeNumber(1, COUPON_USES_MAX).optional().describe('How often it may be redeemed.'),
  limit_per_user: wholeNumber(1, COUPON_USES_MAX).optional().describe('How often one user may redeem it.'),
  expires_at: moment.optional().describe('When it expires.'),
  plans: z
    .array(z.string().min(1).max(100))
    .max(100)
    .optional()
    .describe('Only active subscribers of one of these plans may redeem it; empty: everybody.'),
  restricted_to: restrictedTo.optional().describe('What alone its credit may pay for.'),
  ...snakeKeyFields,
});
export const couponView = z
  .strictObject({
    id: z.uuid().describe('The id of the coupon.'),
    code: z
      .string()
      .meta({ description: 'The code that users type; their case is ignored.', examples: ['WELCOME-2026'] }),
    credits: credits.describe('The amount in whole credits.'),
    limit_total: z.int().nullable().describe('How often it may be redeemed; null: as often as anybody likes.'),
    limit_per_user: z.int().describe('How often one user may redeem it.'),
    expires_at: time.nullable().describe('When it expires; null where it does not.'),
    plans: z
      .array(z.string())
      .describe('Only active subscribers of one of these plans may redeem it; empty: everybody.'),
    restricted_to: restrictionShown.nullable().describe('What alone its credit may pay for; null: everything.'),
    used: z.int().min(0).describe('How often it was redeemed.'),
    created_at: time.describe('When it was created.'),
    created_by: z.string().meta({ description: 'Who created it.', examples: ['key:0aB3dE7z'] }),
  })
  .meta({ id: 'Coupon' });
export const couponsReply = creditsPage(couponView);

export const rulesBody = z.strictObject({
  enabled: z.boolean('must be true or false').describe('Whether check-ins are on.'),
  credits_per_day: wholeAmount.describe('The credits of a check-in.'),
  streak_bonus: wholeAmountOrZero.optional().describe('Comes on top on each `streak_days`-th day in a row.'),
  streak_days: wholeNumber(STREAK_DAYS_MIN, STREAK_DAYS_MAX)
    .optional()
    .describe('After how many days in a row the bonus comes.'),
  time_zone: z
    .string()
    .refine(isTimeZone, 'must be the name of a time zone, such as Europe/Berlin')
    .optional()
    .meta({ description: 'The IANA time zone, such as Europe/Berlin.', examples: ['Europe/Berlin'] }),
  requireClaim: nameText(100)
    .nullable()
    .optional()
    .meta({
      description: 'A claim of the token that must be true, such as `email_verified`; null: none.',
      examples: ['email_verified'],
    }),
  /** The same. The document leaves it out: in many languages clients would give both one name. */
  require_claim: nameText(100).nullable().optional().meta({ isHidden: true }),
  ...snakeKeyFields,
});
/** Answers also have `require_claim`, the same as `requireClaim`, which the document leaves out. */
export const rulesView = z
  .strictObject({
    enabled: z.boolean().describe('Whether check-ins are on.'),
    credits_per_day: credits.describe('The credits of a check-in.'),
    streak_bonus: credits.describe('Comes on top on each `streak_days`-th day in a row.'),
    streak_days: z.int().describe('After how many days in a row the bonus comes.'),
    time_zone: z
      .string()
      .meta({ description: 'The IANA time zone, such as Europe/Berlin.', examples: ['Europe/Berlin'] }),
    requireClaim: z
      .string()
      .nullable()
      .meta({
        description: 'A claim of the token that must be true, such as `email_verified`; null: none.',
        examples: ['email_verified'],
      }),
  })
  .meta({ id: 'CheckInConfig' });

export const manualBody = z.strictObject({
  user_id: userId.meta({ description: 'The user.', examples: ['user-17'] }),
  amount: z
    .unknown()
    .meta({ type: 'integer' })
    .transform((written, context) => {
      const value = written instanceof ExactNumber ? signedNumber(written.source) : undefined;
      if (value !== undefined && value !== 0n) return value;
      context.addIssue({ code: 'custom', message: 'must be a whole number of credits other than zero' });
      return z.NEVER;
    })
    .describe('The amount in whole credits; signed in what is recorded.'),
  reason: text(1_000).meta({ description: 'Why, in words.', examples: ['agreed with the customer'] }),
  restricted_to: restrictedTo.optional().describe('What alone its credit may pay for.'),
  ...snakeKeyFields,
});

function signedNumber(source: string): bigint | undefined {
  try {
    return parseDecimal(source, 0);
  } catch {
    return undefined;
  }
}

export const manualReply = z.strictObject({ ...deducted, transaction: creditItem.describe('What was recorded.') });
export const manualPreview = deductPreview;

export const userTransactionsQuery = z.strictObject({
  user_id: userId.optional().meta({ description: 'The user.', examples: ['user-17'] }),
  limit,
  offset,
  cursor,
});
export const userTransactionsReply = creditsPage(
  z.strictObject({
    user_id: z.string().meta({ description: 'The user.', examples: ['user-17'] }),
    ...creditItem.shape,
  }),
);
