/** Schemas of plans and subscriptions. Prices are dollars, credits whole, both as JSON numbers. */
import { z } from 'zod';
import { INTERVALS } from '../../core/billing/order.ts';
import { CREDIT_ENDS, PLAN_KINDS } from '../../core/subscriptions/plan.ts';
import { SUBSCRIPTION_STATES } from '../../core/subscriptions/state.ts';
import { usdNumber, wholeAmount } from '../endpoint/exact-fields.ts';
import { time } from '../endpoint/fields.ts';
import { nameText, text } from '../endpoint/validate.ts';
import { keyFields } from '../money/schemas.ts';

const MICROS_PER_CENT = 10_000n;
const FEATURES_MAX = 50;
const PROVIDER_ID = /^[A-Za-z0-9_]{1,255}$/;

/** A price in dollars; gives cents. */
const price = usdNumber
  .transform((micros, context) => {
    if (micros % MICROS_PER_CENT === 0n) return micros / MICROS_PER_CENT;
    context.addIssue({ code: 'custom', message: 'must be whole cents' });
    return z.NEVER;
  })
  .nullable();
const providerId = z.string().regex(PROVIDER_ID, 'must be an id of the provider').nullable();

const planFields = {
  name: nameText(200),
  description: text(2_000).or(z.literal('')).default(''),
  features: z.array(nameText(200)).max(FEATURES_MAX).default([]),
  kind: z.enum(PLAN_KINDS, `must be one of ${PLAN_KINDS.join(', ')}`).default('subscription'),
  /** In dollars; of a one-time plan, what it costs once. */
  price_monthly: price.default(null),
  price_yearly: price.default(null),
  /** For a month; a yearly period brings twelve times as much. */
  credits_included: wholeAmount,
  credits_expire: z.enum(CREDIT_ENDS, `must be one of ${CREDIT_ENDS.join(', ')}`).default('never'),
  active: z.boolean('must be true or false').default(true),
  stripe_price_id_monthly: providerId.default(null),
  stripe_price_id_yearly: providerId.default(null),
  creem_product_id: providerId.default(null),
  ...keyFields,
};

/** A plan as it is to be: what is left out has its default, also where a plan is changed. */
export const planBody = z.strictObject(planFields);

const shownPrice = z.number().nullable();

/** A plan as customers see it. */
export const offeredPlan = z.strictObject({
  id: z.uuid(),
  name: z.string(),
  description: z.string(),
  price_monthly: shownPrice,
  price_yearly: shownPrice,
  credits_included: z.int(),
  features: z.array(z.string()),
  kind: z.enum(PLAN_KINDS),
});
export const offeredPlans = z.array(offeredPlan);

/** A plan as operators see it. */
export const planView = z.strictObject({
  ...offeredPlan.shape,
  version: z.int().min(1),
  credits_expire: z.enum(CREDIT_ENDS),
  active: z.boolean(),
  stripe_price_id_monthly: z.string().nullable(),
  stripe_price_id_yearly: z.string().nullable(),
  creem_product_id: z.string().nullable(),
  updated_at: time,
});
export const planViews = z.array(planView);

export const changeBody = z.object({
  plan_id: z.uuid(),
  interval: z.enum(INTERVALS, `must be one of ${INTERVALS.join(', ')}`).optional(),
  ...keyFields,
});
export const actBody = z.object({ ...keyFields });
export const portalBody = z.object({ return_url: z.string() });
export const portalReply = z.strictObject({ url: z.string() });

const place = { plan_id: z.string().nullable(), interval: z.enum(INTERVALS).nullable() };

/** A subscription as its payer sees it. */
export const subscriptionView = z.strictObject({
  id: z.string(),
  channel: z.enum(['stripe', 'creem']),
  state: z.enum(SUBSCRIPTION_STATES),
  ...place,
  period_start: time.nullable(),
  period_end: time.nullable(),
  /** What comes with the next period; null where none comes. */
  next: z.strictObject(place).nullable(),
  created_at: time,
});
/** Null where the caller never had one. */
export const subscriptionReply = subscriptionView.nullable();
