/** Schemas of the credits surface. Amounts are whole credits, prices cents. */
import { z } from 'zod';
import { ORDER_STATES } from '../../core/billing/order.ts';
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
import { keyFields } from '../money/schemas.ts';

const credits = z.int();
const OFFSET_MAX = 100_000;
const COUPON_USES_MAX = 1_000_000_000;
const STREAK_DAYS_MAX = 366;

/** How many rows are passed over, as published clients page. */
const offset = z
  .string()
  .regex(/^(0|[1-9][0-9]{0,5})$/, `must be a whole number up to ${OFFSET_MAX}`)
  .transform(toCount)
  .refine((value) => value <= OFFSET_MAX, `must be a whole number up to ${OFFSET_MAX}`)
  .default(0)
  .meta({ description: 'How many rows are passed over; a cursor costs less.' });

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

export const creditItem = z.strictObject({
  id: z.string(),
  type: z.enum(CREDIT_ENTRY_TYPES),
  /** What it did to the balance. */
  amount: credits,
  description: z.string().nullable(),
  created_at: time,
});
export const transactionsReply = creditsPage(creditItem);

export const deductBody = z.object({
  user_id: userId,
  type: z.enum(['ai_usage', 'usage'], 'must be ai_usage or usage').default('ai_usage'),
  amount: wholeAmount,
  description: text(1_000).optional(),
  ...keyFields,
});
const deducted = { balance: credits };
export const deductReply = z.strictObject({ ...deducted, transaction: creditItem });
export const deductPreview = z.strictObject({
  dryRun: z.literal(true),
  ...deducted,
  transaction: creditItem.omit({ id: true }),
});

export const orderView = z.strictObject({
  id: z.uuid(),
  channel: z.enum(['stripe', 'creem']),
  type: z.enum(['topup', 'subscription']),
  state: z.enum(ORDER_STATES),
  price_cents: z.int().min(0),
  currency: z.string(),
  credits,
  plan_id: z.string().nullable(),
  refunded_cents: z.int().min(0),
  created_at: time,
  paid_at: time.nullable(),
});
export const ordersReply = creditsPage(orderView);

export const sessionBody = z.object({
  channel: z.enum(['stripe', 'creem'], 'must be stripe or creem'),
  type: z.enum(['topup', 'subscription'], 'must be topup or subscription'),
  /** Of a subscription, or of a top-up in place of credits. */
  plan_id: z.string().min(1).max(100).optional(),
  interval: z.enum(['month', 'year'], 'must be month or year').default('month'),
  /** How many credits a top-up buys. */
  credits: wholeAmount.optional(),
  success_url: z.string(),
  cancel_url: z.string(),
  ...keyFields,
});
export const sessionReply = z.strictObject({
  /** Null once the checkout is closed. */
  url: z.string().nullable(),
  session_id: z.string(),
  order_id: z.uuid(),
});

export const checkInBody = z.object({ ...keyFields });
const given = { credits, balance: credits };
export const checkInReply = z.strictObject({
  dryRun: z.literal(true).optional(),
  ...given,
  /** The how-manieth day in a row it is. */
  streak: z.int().min(1),
});

export const redeemBody = z.object({ code: z.string().min(1).max(200), ...keyFields });
export const redeemReply = z.strictObject({ dryRun: z.literal(true).optional(), ...given });

const CODE = /^[A-Za-z0-9][A-Za-z0-9_-]{7,63}$/;
export const couponBody = z.strictObject({
  code: z.string().regex(CODE, 'must be 8 to 64 letters, digits, - and _; their case is ignored'),
  credits: wholeAmount,
  /** Left out: as often as anybody likes. */
  limit_total: wholeNumber(1, COUPON_USES_MAX).optional(),
  limit_per_user: wholeNumber(1, COUPON_USES_MAX).optional(),
  expires_at: moment.optional(),
  /** Only active subscribers of one of these plans may redeem it. */
  plans: z.array(z.string().min(1).max(100)).max(100).optional(),
  /** What alone its credit may pay for. */
  restricted_to: restrictedTo.optional(),
  ...keyFields,
});
export const couponView = z.strictObject({
  id: z.uuid(),
  code: z.string(),
  credits,
  limit_total: z.int().nullable(),
  limit_per_user: z.int(),
  expires_at: time.nullable(),
  plans: z.array(z.string()),
  restricted_to: restrictionShown.nullable(),
  used: z.int().min(0),
  created_at: time,
  created_by: z.string(),
});
export const couponsReply = creditsPage(couponView);

export const rulesBody = z.strictObject({
  enabled: z.boolean('must be true or false'),
  credits_per_day: wholeAmount,
  /** Comes on top on each `streak_days`-th day in a row. */
  streak_bonus: wholeAmountOrZero.optional(),
  streak_days: wholeNumber(2, STREAK_DAYS_MAX).optional(),
  time_zone: z.string().refine(isTimeZone, 'must be the name of a time zone, such as Europe/Berlin').optional(),
  /** A claim of the token that must be true, such as `email_verified`. */
  require_claim: nameText(100).nullable().optional(),
  /** The same as `require_claim`. */
  requireClaim: nameText(100).nullable().optional(),
  ...keyFields,
});
export const rulesView = z.strictObject({
  enabled: z.boolean(),
  credits_per_day: credits,
  streak_bonus: credits,
  streak_days: z.int(),
  time_zone: z.string(),
  require_claim: z.string().nullable(),
  /** The same. */
  requireClaim: z.string().nullable(),
});

export const manualBody = z.strictObject({
  user_id: userId,
  /** Above zero it is given, below zero taken: at most what there is. */
  amount: z
    .unknown()
    .meta({ type: 'integer' })
    .transform((written, context) => {
      const value = written instanceof ExactNumber ? signedNumber(written.source) : undefined;
      if (value !== undefined && value !== 0n) return value;
      context.addIssue({ code: 'custom', message: 'must be a whole number of credits other than zero' });
      return z.NEVER;
    }),
  reason: text(1_000),
  /** What alone the credits may pay for; only where they are given. */
  restricted_to: restrictedTo.optional(),
  ...keyFields,
});

function signedNumber(source: string): bigint | undefined {
  try {
    return parseDecimal(source, 0);
  } catch {
    return undefined;
  }
}

export const manualReply = z.strictObject({ ...deducted, transaction: creditItem });
export const manualPreview = deductPreview;

export const userTransactionsQuery = z.strictObject({ user_id: userId.optional(), limit, offset, cursor });
export const userTransactionsReply = creditsPage(z.strictObject({ user_id: z.string(), ...creditItem.shape }));
