/** The fields of Creem's objects that are used, read leniently: words may be new, and other fields are left unread. */
import { z } from 'zod';

/** The key under which our order's id is in the metadata of a checkout. */
export const ORDER_KEY = 'coffer_order';

/** An id of Creem's. */
export const creemId = z.string().regex(/^[A-Za-z0-9_-]{1,255}$/);

/** An object, or its id alone. */
const linked = z.union([creemId, z.looseObject({ id: creemId }).transform(({ id }) => id)]);
const word = z.string().min(1).max(100);
/** Cents; a number with a fraction is nothing that this code knows. */
const cents = z.int().transform(BigInt);
const centsAbove = z.int().min(0).transform(BigInt);
/** Upper case at Creem. */
const currency = word.transform((text) => text.toLowerCase());

export const orderShape = z.object({
  transaction: linked.nullish(),
  amount: cents,
  sub_total: cents.nullish(),
  tax_amount: centsAbove.nullish(),
  discount_amount: centsAbove.nullish(),
  amount_paid: centsAbove.nullish(),
  currency,
  fx_amount: cents.nullish(),
  fx_currency: currency.nullish(),
  status: word,
  type: word,
});

export const productShape = z.object({
  id: creemId,
  price: cents,
  currency,
  billing_type: word,
  billing_period: word.nullish(),
  status: word,
  tax_mode: word.nullish(),
});

export const checkoutShape = z.object({
  id: creemId,
  mode: word.nullish(),
  status: word,
  request_id: z.string().nullish(),
  product: z.union([productShape, creemId]).nullish(),
  units: z.int().min(1).nullish(),
  order: orderShape.nullish(),
  subscription: linked.nullish(),
  customer: linked.nullish(),
  checkout_url: z.string().nullish(),
  metadata: z.record(z.string(), z.unknown()).nullish(),
});

export const transactionShape = z.object({
  id: creemId,
  mode: word.nullish(),
  amount: cents,
  amount_paid: centsAbove.nullish(),
  refunded_amount: centsAbove.nullish(),
  currency,
  status: word,
  tax_amount: centsAbove.nullish(),
  discount_amount: centsAbove.nullish(),
  subscription: linked.nullish(),
  customer: linked.nullish(),
  /** Milliseconds, as the next two. */
  created_at: z.int().min(0),
  period_start: z.int().min(0).nullish(),
  period_end: z.int().min(0).nullish(),
});

export const subscriptionShape = z.object({
  id: creemId,
  mode: word.nullish(),
  product: linked,
  customer: linked.nullish(),
  status: word,
  last_transaction_id: creemId.nullish(),
  /** ISO text, as the next ones. */
  created_at: z.string(),
  current_period_start_date: z.string().nullish(),
  current_period_end_date: z.string().nullish(),
  canceled_at: z.string().nullish(),
  metadata: z.record(z.string(), z.unknown()).nullish(),
});

export const pageShape = z.object({
  items: z.array(z.unknown()),
  pagination: z.object({ next_page: z.int().min(1).nullish() }),
});

export const portalShape = z.object({ customer_portal_link: z.url() });

export const refundAnswerShape = z.object({ status: word });

export type CreemCheckout = z.output<typeof checkoutShape>;
export type CreemTransaction = z.output<typeof transactionShape>;
export type CreemSubscription = z.output<typeof subscriptionShape>;
export type CreemProduct = z.output<typeof productShape>;
