/** The parameters that calls take. Whatever is not here is refused as unknown, as Stripe does. */
import { z } from 'zod';
import { toCount } from '../../src/core/integers.ts';
import { StripeRefusal } from './refusal.ts';

export const integer = z
  .string()
  .regex(/^\d{1,12}$/, 'Invalid integer')
  .transform((text) => toCount(text));
export const flag = z.enum(['true', 'false']).transform((text) => text === 'true');
export const text = z.string().max(5_000);
export const url = z
  .string()
  .max(5_000)
  .regex(/^https?:\/\//, 'Not a valid URL');
const currency = z
  .string()
  .regex(/^[a-zA-Z]{3}$/, 'Invalid currency')
  .transform((code) => code.toLowerCase());
export const metadata = z
  .record(z.string().min(1).max(40), z.string().max(500))
  .refine((pairs) => Object.keys(pairs).length <= 50);
export const expand = z.array(text).optional();
const range = z.union([
  integer,
  z.strictObject({ gt: integer.optional(), gte: integer.optional(), lt: integer.optional(), lte: integer.optional() }),
]);
export const page = {
  limit: integer.pipe(z.int().min(1).max(100)).default(10),
  starting_after: text.optional(),
  ending_before: text.optional(),
  created: range.optional(),
  expand,
};
const methodTypes = z.array(text);

const priceData = z.strictObject({
  currency,
  product: text.optional(),
  product_data: z
    .strictObject({
      name: text,
      description: text.optional(),
      metadata: metadata.optional(),
      tax_code: text.optional(),
    })
    .optional(),
  unit_amount: integer,
  tax_behavior: z.enum(['exclusive', 'inclusive', 'unspecified']).optional(),
});

export const checkoutCreate = z.strictObject({
  mode: z.enum(['payment', 'setup', 'subscription']),
  line_items: z
    .array(z.strictObject({ price: text.optional(), price_data: priceData.optional(), quantity: integer.default(1) }))
    .min(1),
  success_url: url,
  cancel_url: url.optional(),
  client_reference_id: z.string().max(200).optional(),
  customer: text.optional(),
  customer_email: text.optional(),
  customer_creation: z.enum(['always', 'if_required']).optional(),
  metadata: metadata.optional(),
  payment_intent_data: z
    .strictObject({
      metadata: metadata.optional(),
      description: text.optional(),
      setup_future_usage: z.enum(['off_session', 'on_session']).optional(),
      statement_descriptor_suffix: text.optional(),
    })
    .optional(),
  subscription_data: z
    .strictObject({
      metadata: metadata.optional(),
      description: text.optional(),
      trial_period_days: integer.optional(),
    })
    .optional(),
  expires_at: integer.optional(),
  automatic_tax: z.strictObject({ enabled: flag }).optional(),
  adaptive_pricing: z.strictObject({ enabled: flag }).optional(),
  allow_promotion_codes: flag.optional(),
  excluded_payment_method_types: methodTypes.optional(),
  allowed_payment_method_types: methodTypes.optional(),
  payment_method_configuration: text.optional(),
  locale: text.optional(),
  submit_type: text.optional(),
  ui_mode: z.enum(['hosted_page', 'embedded_page', 'elements', 'form']).default('hosted_page'),
  expand,
});

export const intentCreate = z.strictObject({
  amount: integer.pipe(z.int().min(1)),
  currency,
  customer: text.optional(),
  payment_method: text.optional(),
  confirm: flag.optional(),
  off_session: flag.optional(),
  error_on_requires_action: flag.optional(),
  metadata: metadata.optional(),
  description: text.optional(),
  receipt_email: text.optional(),
  setup_future_usage: z.enum(['off_session', 'on_session']).optional(),
  allowed_payment_method_types: methodTypes.optional(),
  excluded_payment_method_types: methodTypes.optional(),
  automatic_payment_methods: z
    .strictObject({ enabled: flag, allow_redirects: z.enum(['always', 'never']).optional() })
    .optional(),
  return_url: url.optional(),
  statement_descriptor_suffix: text.optional(),
  expand,
});

export const intentConfirm = z.strictObject({
  payment_method: text.optional(),
  off_session: flag.optional(),
  error_on_requires_action: flag.optional(),
  return_url: url.optional(),
  receipt_email: text.optional(),
  setup_future_usage: z.enum(['off_session', 'on_session']).optional(),
  expand,
});

export const intentUpdate = z.strictObject({
  amount: integer.optional(),
  customer: text.optional(),
  description: text.optional(),
  metadata: metadata.optional(),
  payment_method: text.optional(),
  expand,
});

export const refundCreate = z.strictObject({
  payment_intent: text.optional(),
  charge: text.optional(),
  amount: integer.pipe(z.int().min(1)).optional(),
  reason: z.enum(['duplicate', 'fraudulent', 'requested_by_customer']).optional(),
  metadata: metadata.optional(),
  expand,
});

export const disputeUpdate = z.strictObject({
  evidence: z
    .record(z.string(), z.string().max(20_000))
    .refine((texts) => Object.values(texts).join('').length <= 150_000, 'Evidence is too long')
    .optional(),
  metadata: metadata.optional(),
  submit: flag.optional(),
  expand,
});

export const customerCreate = z.strictObject({
  test_clock: text.optional(),
  name: text.optional(),
  email: text.optional(),
  description: text.optional(),
  metadata: metadata.optional(),
  expand,
});

export const productCreate = z.strictObject({
  name: text,
  active: flag.optional(),
  description: text.optional(),
  metadata: metadata.optional(),
  expand,
});

export const productUpdate = productCreate.partial();

export const priceCreate = z.strictObject({
  product: text,
  currency,
  unit_amount: integer,
  active: flag.optional(),
  nickname: text.optional(),
  lookup_key: text.optional(),
  metadata: metadata.optional(),
  tax_behavior: z.enum(['exclusive', 'inclusive', 'unspecified']).optional(),
  recurring: z
    .strictObject({ interval: z.enum(['day', 'week', 'month', 'year']), interval_count: integer.default(1) })
    .optional(),
  expand,
});

export const priceUpdate = z.strictObject({
  active: flag.optional(),
  nickname: text.optional(),
  lookup_key: text.optional(),
  metadata: metadata.optional(),
  expand,
});

export const onlyExpand = z.strictObject({ expand });
export const cancelIntent = z.strictObject({ cancellation_reason: text.optional(), expand });
export const attachMethod = z.strictObject({ customer: text, expand });

export const eventList = z.strictObject({
  ...page,
  type: text.optional(),
  types: z.array(text).max(20).optional(),
  delivery_success: flag.optional(),
});
export const aboutPaymentList = z.strictObject({ ...page, payment_intent: text.optional(), charge: text.optional() });
export const balanceList = z.strictObject({ ...page, type: text.optional(), source: text.optional() });
export const ofCustomerList = z.strictObject({ ...page, customer: text.optional(), type: text.optional() });
export const productList = z.strictObject({ ...page, active: flag.optional() });
export const priceList = z.strictObject({ ...page, active: flag.optional(), product: text.optional() });

export type Page = z.output<typeof eventList>;

/** Names of payment method types were removed from requests by the pinned version. */
const REMOVED = 'payment_method_types';

/** The parameters of a call, checked and read. @throws StripeRefusal 400 that names the first wrong one */
export function readParameters<Schema extends z.ZodType>(schema: Schema, given: unknown): z.output<Schema> {
  if (typeof given === 'object' && given !== null && REMOVED in given) {
    const message = `The parameter \`${REMOVED}\` is no longer supported in this API version.`;
    throw new StripeRefusal(400, message, { code: 'payment_method_types_no_longer_supported', param: REMOVED });
  }
  const read = schema.safeParse(given);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  if (issue === undefined) throw new StripeRefusal(400, 'Invalid request');
  const path = (more: readonly PropertyKey[] = []): string => {
    const [head, ...rest] = [...issue.path, ...more].map(String);
    return `${head ?? ''}${rest.map((part) => `[${part}]`).join('')}`;
  };
  if (issue.code === 'unrecognized_keys') {
    const param = path(issue.keys.slice(0, 1));
    throw new StripeRefusal(400, `Received unknown parameter: ${param}`, { code: 'parameter_unknown', param });
  }
  if (issue.code === 'invalid_type' && valueAt(given, issue.path) === undefined) {
    const param = path();
    throw new StripeRefusal(400, `Missing required param: ${param}.`, { code: 'parameter_missing', param });
  }
  throw new StripeRefusal(400, `${issue.message}: ${path()}`, { param: path() });
}

function valueAt(given: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>)[key] : undefined,
    given,
  );
}
