/** The parameters of the calls about subscriptions. Whatever is not here is refused as unknown, as Stripe does. */
import { z } from 'zod';
import { expand, flag, integer, metadata, page, text, url } from '../parameters.ts';

const item = z.strictObject({ id: text.optional(), price: text, quantity: integer.optional() });

export const subscriptionUpdate = z.strictObject({
  items: z.array(item).length(1).optional(),
  proration_behavior: z.enum(['none', 'create_prorations', 'always_invoice']).optional(),
  billing_cycle_anchor: z.strictObject({ type: z.enum(['now', 'unchanged']) }).optional(),
  payment_behavior: z
    .enum(['allow_incomplete', 'default_incomplete', 'error_if_incomplete', 'pending_if_incomplete'])
    .optional(),
  cancel_at_period_end: flag.optional(),
  off_session: flag.optional(),
  metadata: metadata.optional(),
  expand,
});

export const subscriptionCancel = z.strictObject({
  invoice_now: flag.optional(),
  prorate: flag.optional(),
  expand,
});

export const subscriptionResume = z.strictObject({
  billing_cycle_anchor: z.strictObject({ type: z.enum(['now', 'unchanged']) }).optional(),
  proration_behavior: z.enum(['none', 'create_prorations', 'always_invoice']).optional(),
  expand,
});

export const subscriptionList = z.strictObject({
  ...page,
  customer: text.optional(),
  status: text.optional(),
  price: text.optional(),
});

export const invoiceList = z.strictObject({
  ...page,
  customer: text.optional(),
  subscription: text.optional(),
  status: text.optional(),
});

export const invoicePaymentList = z.strictObject({
  ...page,
  invoice: text.optional(),
  payment: z.strictObject({ type: z.enum(['payment_intent', 'charge']), payment_intent: text.optional() }).optional(),
});

export const clockCreate = z.strictObject({ frozen_time: integer, name: text.optional(), expand });
export const clockAdvance = z.strictObject({ frozen_time: integer, expand });
export const clockList = z.strictObject(page);

export const scheduleCreate = z.strictObject({ from_subscription: text, expand });

export const scheduleUpdate = z.strictObject({
  end_behavior: z.enum(['release', 'cancel', 'none', 'renew']).optional(),
  proration_behavior: z.enum(['none', 'create_prorations', 'always_invoice']).optional(),
  metadata: metadata.optional(),
  phases: z
    .array(
      z.strictObject({
        items: z.array(z.strictObject({ price: text, quantity: integer.optional() })).length(1),
        start_date: integer.optional(),
        end_date: integer.optional(),
        duration: z
          .strictObject({ interval: z.enum(['day', 'week', 'month', 'year']), interval_count: integer.default(1) })
          .optional(),
        proration_behavior: z.enum(['none', 'create_prorations', 'always_invoice']).optional(),
        metadata: metadata.optional(),
      }),
    )
    .optional(),
  expand,
});

const feature = z.strictObject({ enabled: flag });

export const portalConfiguration = z.strictObject({
  features: z.strictObject({
    customer_update: z.strictObject({ enabled: flag, allowed_updates: z.array(text).optional() }).optional(),
    invoice_history: feature.optional(),
    payment_method_update: feature.optional(),
    subscription_cancel: z
      .strictObject({
        enabled: flag,
        mode: z.enum(['at_period_end', 'immediately']).optional(),
        proration_behavior: text.optional(),
      })
      .optional(),
    subscription_update: z
      .strictObject({
        enabled: flag,
        default_allowed_updates: z.array(text).optional(),
        products: z.array(z.strictObject({ product: text, prices: z.array(text) })).optional(),
        proration_behavior: text.optional(),
      })
      .optional(),
  }),
  metadata: metadata.optional(),
  name: text.optional(),
  default_return_url: url.optional(),
  expand,
});

export const portalSession = z.strictObject({
  customer: text,
  configuration: text.optional(),
  return_url: url.optional(),
  expand,
});
