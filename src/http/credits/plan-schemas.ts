/** Schemas of plans and subscriptions. Prices are dollars, credits whole, both as JSON numbers. */
import { z } from 'zod';
import { INTERVALS } from '../../core/billing/order.ts';
import { CREDIT_ENDS, PLAN_KINDS } from '../../core/subscriptions/plan.ts';
import { SUBSCRIPTION_STATES } from '../../core/subscriptions/state.ts';
import { usdNumber, wholeAmount } from '../endpoint/exact-fields.ts';
import { time } from '../endpoint/fields.ts';
import { isPlainText, nameText, NOT_PLAIN } from '../endpoint/validate.ts';
import { snakeKeyFields } from '../money/schemas.ts';

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
  name: nameText(200).meta({ description: 'The name that people read.', examples: ['Pro'] }),
  description: z
    .string()
    .max(2_000, 'must be at most 2000 characters')
    .refine(isPlainText, NOT_PLAIN)
    .default('')
    .meta({ description: 'What the plan is, in words.', examples: ['For teams'] }),
  features: z
    .array(nameText(200))
    .max(FEATURES_MAX)
    .default([])
    .describe('What the plan offers, line by line; left out: nothing.'),
  kind: z
    .enum(PLAN_KINDS, `must be one of ${PLAN_KINDS.join(', ')}`)
    .default('subscription')
    .describe('Whether it renews or is sold once.'),
  price_monthly: price
    .default(null)
    .describe('The price of a month in dollars; of a one-time plan, what it costs once. Null: not sold so.'),
  price_yearly: price.default(null).describe('The price of a year in dollars; null: not sold so.'),
  credits_included: wholeAmount.describe('The credits of a month; a yearly period brings twelve times as much.'),
  credits_expire: z
    .enum(CREDIT_ENDS, `must be one of ${CREDIT_ENDS.join(', ')}`)
    .default('never')
    .describe('When the credits of a period end.'),
  active: z.boolean('must be true or false').default(true).describe('Whether it is for sale.'),
  stripe_price_id_monthly: providerId
    .default(null)
    .describe('The id of the monthly price at Stripe; null without one.'),
  stripe_price_id_yearly: providerId.default(null).describe('The id of the yearly price at Stripe; null without one.'),
  creem_product_id: providerId.default(null).describe('The id of the product at Creem; null without one.'),
  ...snakeKeyFields,
};

/** A plan as it is to be: what is left out has its default, also where a plan is changed. */
export const planBody = z
  .strictObject(planFields)
  .meta({ examples: [{ name: 'Pro', price_monthly: 20, credits_included: 2000 }] });

const shownPrice = z.number().nullable();

/** A plan as customers see it. */
export const offeredPlan = z
  .strictObject({
    id: z.uuid().describe('The id.'),
    name: z.string().meta({ description: 'The name that people read.', examples: ['Pro'] }),
    description: z.string().meta({ description: 'What the plan is, in words.', examples: ['For teams'] }),
    price_monthly: shownPrice.describe(
      'The price of a month in dollars; of a one-time plan, what it costs once. Null: not sold so.',
    ),
    price_yearly: shownPrice.describe('The price of a year in dollars; null: not sold so.'),
    credits_included: z.int().describe('The credits of a month; a yearly period brings twelve times as much.'),
    features: z.array(z.string()).describe('What the plan offers, line by line.'),
    kind: z.enum(PLAN_KINDS).describe('Whether it renews or is sold once.'),
  })
  .meta({ id: 'OfferedPlan' });
export const offeredPlans = z.array(offeredPlan);

/** A plan as operators see it. */
export const planView = z
  .strictObject({
    ...offeredPlan.shape,
    version: z.int().min(1).describe('Counts the changes of the plan.'),
    credits_expire: z.enum(CREDIT_ENDS).describe('When the credits of a period end.'),
    active: z.boolean().describe('Whether it is for sale.'),
    stripe_price_id_monthly: z
      .string()
      .nullable()
      .meta({ description: 'The id of the monthly price at Stripe; null without one.', examples: ['price_1'] }),
    stripe_price_id_yearly: z
      .string()
      .nullable()
      .meta({ description: 'The id of the yearly price at Stripe; null without one.', examples: ['price_2'] }),
    creem_product_id: z
      .string()
      .nullable()
      .meta({ description: 'The id of the product at Creem; null without one.', examples: ['prod_2'] }),
    updated_at: time.describe('When it was last changed.'),
  })
  .meta({ id: 'Plan' });
export const planViews = z.array(planView);

export const changeBody = z.object({
  plan_id: z.uuid().describe('The id of the plan.'),
  interval: z
    .enum(INTERVALS, `must be one of ${INTERVALS.join(', ')}`)
    .optional()
    .describe('How long a period is.'),
  ...snakeKeyFields,
});
export const actBody = z.object({ ...snakeKeyFields });
export const portalBody = z.object({
  return_url: z
    .string()
    .meta({ description: 'Where the customer goes afterwards.', examples: ['https://shop.example/account'] }),
});
export const portalReply = z.strictObject({
  url: z.string().meta({ description: "The provider's page.", examples: ['https://billing.example/p/session'] }),
});

const place = {
  plan_id: z
    .string()
    .nullable()
    .meta({
      description: 'The id of the plan; null where it is about none.',
      examples: ['019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21'],
    }),
  interval: z.enum(INTERVALS).nullable().describe('How long a period is; null where there is none.'),
};

/** A subscription as its payer sees it. */
export const subscriptionView = z
  .strictObject({
    id: z.string().meta({ description: 'The id.', examples: ['sub_1'] }),
    channel: z.enum(['stripe', 'creem']).describe('The payment provider.'),
    state: z.enum(SUBSCRIPTION_STATES).describe('The state of the subscription.'),
    ...place,
    period_start: time.nullable().describe('When the present period began; null where there is none.'),
    period_end: time.nullable().describe('When the present period ends; null where there is none.'),
    next: z.strictObject(place).nullable().describe('What comes with the next period; null where none comes.'),
    created_at: time.describe('When it was created.'),
  })
  .meta({ id: 'Subscription' });
/** Null where the caller never had one. */
export const subscriptionReply = subscriptionView.nullable();
