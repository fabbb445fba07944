/** Schemas of the org billing surface. Amounts in answers are whole numbers of any size that a balance may have. */
import { z } from 'zod';
import { BILLING_MODELS } from '../../core/billing/product.ts';
import { ORDER_STATES } from '../../core/billing/order.ts';
import { STOP_REASONS } from '../../core/billing/refill.ts';
import { REFILL_STATES } from '../../views/auto-refill.ts';
import { TRANSACTION_TYPES } from '../../views/transaction.ts';
import { priceCents, wholeAmount, wholeAmountOrZero } from '../endpoint/exact-fields.ts';
import { nextCursor, time } from '../endpoint/fields.ts';
import { cursor, limit, nameText, text } from '../endpoint/validate.ts';
import { keyFields, metadata } from '../money/schemas.ts';

const MODES = ['live', 'test'] as const;
/** Micro-dollars in an answer. */
const micros = z.int();
const SECRET_CHARS_MAX = 255;

const secretKey = z
  .string()
  .max(SECRET_CHARS_MAX, `must be at most ${SECRET_CHARS_MAX} characters`)
  .meta({ writeOnly: true, description: 'A secret key (`sk_...`) or a restricted key (`rk_...`); never shown again.' });
const webhookSecret = z
  .string()
  .regex(/^whsec_[!-~]{8,249}$/, 'must be the signing secret of a webhook endpoint (whsec_...)')
  .meta({ writeOnly: true, description: 'The secret that signs the webhooks of the account; never shown again.' });

export const settingsBody = z.strictObject({
  /** null removes the key. */
  stripe_secret_key: secretKey.nullable().optional(),
  /** null removes the secret. */
  stripe_webhook_secret: webhookSecret.nullable().optional(),
  /** What every new org of the deployment is given, in micro-dollars; minters only. */
  free_tier_amount: wholeAmountOrZero.optional(),
  /** Turning it on is the consent to be charged without being asked. */
  auto_refill_enabled: z.boolean('must be true or false').optional(),
  /** Buys when less than this can be spent. */
  auto_refill_threshold: wholeAmountOrZero.optional(),
  auto_refill_product_id: z.uuid('must be the id of a product').optional(),
  /** Buys as much as brings the balance up to this, in place of a product. */
  auto_refill_target_micros: wholeAmount.optional(),
  /** What all purchases of a UTC day cost at most. */
  auto_refill_max_day_cents: wholeAmount.optional(),
  auto_refill_max_month_cents: wholeAmount.optional(),
  auto_refill_max_day_count: wholeAmount.optional(),
  /** Which version of the text of consent the person saw. */
  auto_refill_consent_text_version: z
    .string()
    .regex(/^[\x21-\x7e]{1,100}$/, 'must be 1 to 100 printable ASCII characters without spaces')
    .optional(),
});

const refillTerms = z.strictObject({
  auto_refill_threshold: micros.nullable(),
  auto_refill_product_id: z.uuid().nullable(),
  auto_refill_target_micros: micros.nullable(),
  auto_refill_max_day_cents: micros,
  auto_refill_max_month_cents: micros,
  auto_refill_max_day_count: z.int(),
});

export const settingsReply = z.strictObject({
  org_id: z.uuid(),
  /** Of the key; null while there is none. */
  mode: z.enum(MODES).nullable(),
  has_stripe_key: z.boolean(),
  stripe_key_last4: z.string().nullable(),
  has_webhook_secret: z.boolean(),
  webhook_secret_last4: z.string().nullable(),
  /** Where the account is to send its webhooks. */
  webhook_url: z.url(),
  /** What calls to the account were refused for: `key`, or permissions that a restricted key lacks. */
  missing_permissions: z.array(z.string()),
  /** Of the deployment. */
  free_tier_amount: micros,
  has_payment_method: z.boolean(),
  auto_refill_enabled: z.boolean(),
  auto_refill_state: z.enum(REFILL_STATES),
  ...refillTerms.shape,
  /** When and why the service turned it off; null when it did not. */
  auto_refill_stopped: z.strictObject({ at: time, reason: z.enum(STOP_REASONS) }).nullable(),
  /** Who agreed to which terms, and when; null while it was never turned on. */
  auto_refill_consent: z
    .strictObject({ at: time, by: z.string(), text_version: z.string().nullable(), ...refillTerms.shape })
    .nullable(),
});

export const walletReply = z.strictObject({
  wallet_balance: micros,
  wallet_balance_usd: z.string().regex(/^-?\$(0|[1-9][0-9]*)\.[0-9]{2,6}$/),
});

export const transactionView = z.strictObject({
  transaction_id: z.string(),
  type: z.enum(TRANSACTION_TYPES),
  amount_micros: micros,
  balance_after: micros,
  description: z.string().nullable(),
  app_id: z.string().nullable(),
  created_at: time,
});

export const operationBody = z.strictObject({
  operation: z.enum(['deposit', 'charge'], 'must be deposit or charge'),
  amount_micros: wholeAmount,
  description: text(1_000),
  app_id: text(255).optional(),
  ...keyFields,
});

/** What a charge left of the budgets that it counts in; missing where it counts in none. */
const budgetsShown = {
  budgets: z.array(z.strictObject({ budget_id: z.uuid(), left_micros: micros, renews_at: time.nullable() })).optional(),
};
export const operationReply = z.strictObject({
  ...walletReply.shape,
  transaction: transactionView,
  ...budgetsShown,
});
/** The answer to a dry run: what is not written has no id. */
export const operationPreview = z.strictObject({
  dryRun: z.literal(true),
  ...walletReply.shape,
  transaction: transactionView.omit({ transaction_id: true }),
  ...budgetsShown,
});

export const transactionsQuery = z.strictObject({ app_id: text(255).optional(), limit, cursor });
export const transactionsReply = z.strictObject({ transactions: z.array(transactionView), next_cursor: nextCursor });

export const productView = z.strictObject({
  product_id: z.uuid(),
  name: z.string(),
  billing_model: z.enum(BILLING_MODELS),
  price_cents: z.int().min(1),
  amount_micros: z.int().min(1),
  currency: z.literal('usd'),
  active: z.boolean(),
  mode: z.enum(MODES),
  stripe_product_id: z.string().nullable(),
  stripe_price_id: z.string().nullable(),
  created_at: time,
});

const name = nameText(200);

export const productBody = z.strictObject({
  name,
  billing_model: z.enum(BILLING_MODELS, `must be one of ${BILLING_MODELS.join(', ')}`).default('one_time'),
  price_cents: priceCents,
  /** What a purchase credits; what is above the price is given. */
  amount_micros: wholeAmount,
  currency: z.literal('usd', 'must be usd').optional(),
  ...keyFields,
});

/** Fields that never change are read too, so that the refusal can say what to do. */
export const productChange = z.strictObject({
  name: name.optional(),
  active: z.boolean('must be true or false').optional(),
  price_cents: z.unknown().optional(),
  amount_micros: z.unknown().optional(),
});
export const productChangeShown = productChange.omit({ price_cents: true, amount_micros: true });

export const productsQuery = z.strictObject({
  /** `true`: those that are no longer sold too. */
  include_inactive: z.enum(['true', 'false'], 'must be true or false').default('false'),
  limit,
  cursor,
});
export const productsReply = z.strictObject({ products: z.array(productView), next_cursor: nextCursor });

export const checkoutBody = z.strictObject({
  product_id: z.uuid('must be the id of a product'),
  /** Where the payer goes after paying; `{CHECKOUT_SESSION_ID}` in it becomes the id of the checkout. */
  success_url: z.string(),
  cancel_url: z.string(),
  /** Keeps the payer's method for later purchases of the org. */
  save_payment_method: z.boolean('must be true or false').optional(),
  metadata: metadata.optional(),
  ...keyFields,
});
export const checkoutReply = z.strictObject({
  /** Null once the checkout is closed. */
  checkout_url: z.string().nullable(),
  session_id: z.string(),
  order_id: z.uuid(),
});

export const verifyReply = z.strictObject({
  session_id: z.string(),
  order_id: z.uuid(),
  state: z.enum(ORDER_STATES),
  /** Whether what was bought is in the wallet. */
  credited: z.boolean(),
  ...walletReply.shape,
});
