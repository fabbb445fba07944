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

export const settingsBody = z
  .strictObject({
    stripe_secret_key: secretKey
      .nullable()
      .optional()
      .describe('The key of a Stripe account; null removes it. Never shown again.'),
    stripe_webhook_secret: webhookSecret
      .nullable()
      .optional()
      .describe('The secret that signs the webhooks of the account; null removes it. Never shown again.'),
    free_tier_amount: wholeAmountOrZero
      .optional()
      .describe('What every new org of the deployment is given, in micro-dollars.'),
    auto_refill_enabled: z
      .boolean('must be true or false')
      .optional()
      .describe('Whether auto-refill is on. Turning it on is the consent to be charged without being asked.'),
    auto_refill_threshold: wholeAmountOrZero
      .optional()
      .describe('Auto-refill buys when less than this can be spent, in micro-dollars.'),
    auto_refill_product_id: z
      .uuid('must be the id of a product')
      .optional()
      .describe('The product that auto-refill buys.'),
    auto_refill_target_micros: wholeAmount
      .optional()
      .describe('Auto-refill buys as much as brings the balance up to this, in place of a product.'),
    auto_refill_max_day_cents: wholeAmount
      .optional()
      .describe('What all purchases of a UTC day cost at most, in cents.'),
    auto_refill_max_month_cents: wholeAmount
      .optional()
      .describe('What all purchases of a UTC month cost at most, in cents.'),
    auto_refill_max_day_count: wholeAmount.optional().describe('How many purchases a UTC day has at most.'),
    auto_refill_consent_text_version: z
      .string()
      .regex(/^[\x21-\x7e]{1,100}$/, 'must be 1 to 100 printable ASCII characters without spaces')
      .optional()
      .meta({ description: 'Which version of the text of consent the person saw.', examples: ['2026-11'] }),
  })
  .meta({ examples: [{ auto_refill_enabled: false }] });

const refillTerms = z.strictObject({
  auto_refill_threshold: micros
    .nullable()
    .describe('Auto-refill buys when less than this can be spent, in micro-dollars.'),
  auto_refill_product_id: z.uuid().nullable().describe('The product that auto-refill buys.'),
  auto_refill_target_micros: micros
    .nullable()
    .describe('Auto-refill buys as much as brings the balance up to this, in place of a product.'),
  auto_refill_max_day_cents: micros.describe('What all purchases of a UTC day cost at most, in cents.'),
  auto_refill_max_month_cents: micros.describe('What all purchases of a UTC month cost at most, in cents.'),
  auto_refill_max_day_count: z.int().describe('How many purchases a UTC day has at most.'),
});

export const settingsReply = z
  .strictObject({
    org_id: z.uuid().describe('The id of the org.'),
    mode: z.enum(MODES).nullable().describe('The mode of the key, live or test; null while there is none.'),
    has_stripe_key: z.boolean().describe('Whether a key of a Stripe account is kept.'),
    stripe_key_last4: z
      .string()
      .nullable()
      .meta({ description: 'The last four characters of the key; null while there is none.', examples: ['4242'] }),
    has_webhook_secret: z.boolean().describe('Whether a webhook secret is kept.'),
    webhook_secret_last4: z
      .string()
      .nullable()
      .meta({
        description: 'The last four characters of the webhook secret; null while there is none.',
        examples: ['f3Qa'],
      }),
    webhook_url: z.url().describe('Where the account is to send its webhooks.'),
    missing_permissions: z
      .array(z.string())
      .describe('What calls to the account were refused for: `key`, or permissions that a restricted key lacks.'),
    free_tier_amount: micros.describe('What every new org of the deployment is given, in micro-dollars.'),
    has_payment_method: z.boolean().describe('Whether a payment method of the org is kept.'),
    auto_refill_enabled: z
      .boolean()
      .describe('Whether auto-refill is on. Turning it on is the consent to be charged without being asked.'),
    auto_refill_state: z.enum(REFILL_STATES).describe('What auto-refill does at present.'),
    ...refillTerms.shape,
    auto_refill_stopped: z
      .strictObject({ at: time.describe('When it happened.'), reason: z.enum(STOP_REASONS).describe('Why.') })
      .nullable()
      .describe('When and why the service turned it off; null when it did not.'),
    auto_refill_consent: z
      .strictObject({
        at: time.describe('When it happened.'),
        by: z.string().meta({ description: 'Who agreed.', examples: ['user:ada'] }),
        text_version: z
          .string()
          .nullable()
          .meta({
            description: 'Which version of the text of consent the person saw; null where they named none.',
            examples: ['2026-11'],
          }),
        ...refillTerms.shape,
      })
      .nullable()
      .describe('Who agreed to which terms, and when; null while it was never turned on.'),
  })
  .meta({ id: 'OrgBilling' });

export const walletReply = z
  .strictObject({
    wallet_balance: micros.describe('What can be spent, in micro-dollars.'),
    wallet_balance_usd: z
      .string()
      .regex(/^-?\$(0|[1-9][0-9]*)\.[0-9]{2,6}$/)
      .meta({ description: 'The same as text, in dollars.', examples: ['$10.00'] }),
  })
  .meta({ id: 'OrgWallet' });

export const transactionView = z
  .strictObject({
    transaction_id: z
      .string()
      .meta({ description: 'The id of the transaction.', examples: ['ent_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_42'] }),
    type: z.enum(TRANSACTION_TYPES).describe('What kind of transaction it is.'),
    amount_micros: micros.describe('What it did to the balance, in micro-dollars; signed.'),
    balance_after: micros.describe('What could be spent after it, in micro-dollars.'),
    description: z
      .string()
      .nullable()
      .meta({ description: 'What it is for, in words; null without one.', examples: ['Chat of the support desk'] }),
    app_id: z
      .string()
      .nullable()
      .meta({ description: 'The app that spends; null without one.', examples: ['desk'] }),
    created_at: time.describe('When it was created.'),
  })
  .meta({ id: 'OrgTransaction' });

export const operationBody = z.strictObject({
  operation: z
    .enum(['deposit', 'charge'], 'must be deposit or charge')
    .describe('`deposit` records money that came in by hand, `charge` takes it.'),
  amount_micros: wholeAmount.describe('The amount in micro-dollars.'),
  description: text(1_000).meta({ description: 'What it is for, in words.', examples: ['Chat of the support desk'] }),
  app_id: text(255)
    .optional()
    .meta({ description: 'The app that spends.', examples: ['desk'] }),
  ...keyFields,
});

/** What a charge left of the budgets that it counts in; missing where it counts in none. */
const budgetsShown = {
  budgets: z
    .array(
      z
        .strictObject({
          budget_id: z.uuid().describe('The id of the budget.'),
          left_micros: micros.describe('What is left, in micro-dollars.'),
          renews_at: time.nullable().describe('When the budget begins anew; null where it never does.'),
        })
        .meta({ id: 'OrgBudgetLeft' }),
    )
    .optional()
    .describe('What a spend left of the budgets that it counts in; left out where it counts in none.'),
};
export const operationReply = z
  .strictObject({
    ...walletReply.shape,
    transaction: transactionView.describe('What was recorded.'),
    ...budgetsShown,
  })
  .meta({ id: 'OrgTransactionDone' });
/** The answer to a dry run: what is not written has no id. */
export const operationPreview = z
  .strictObject({
    dryRun: z.literal(true).describe('Present in the answer to a dry run: nothing was written.'),
    ...walletReply.shape,
    transaction: transactionView
      .omit({ transaction_id: true })
      .meta({ id: 'OrgTransactionPreview', description: 'What would be recorded.' }),
    ...budgetsShown,
  })
  .meta({ id: 'OrgTransactionDonePreview' });

export const transactionsQuery = z.strictObject({
  app_id: text(255)
    .optional()
    .meta({ description: 'Only transactions of this app.', examples: ['desk'] }),
  limit,
  cursor,
});
export const transactionsReply = z.strictObject({
  transactions: z.array(transactionView).describe('The transactions, newest first.'),
  next_cursor: nextCursor,
});

export const productView = z
  .strictObject({
    product_id: z.uuid().describe('The id of the product.'),
    name: z.string().meta({ description: 'The name that buyers read.', examples: ['Credits for 10 dollars'] }),
    billing_model: z.enum(BILLING_MODELS).describe('How the product is billed.'),
    price_cents: z.int().min(1).describe('The price in cents.'),
    amount_micros: z.int().min(1).describe('What a purchase credits, in micro-dollars.'),
    currency: z.literal('usd').describe('The currency; always usd.'),
    active: z.boolean().describe('Whether it is for sale.'),
    mode: z.enum(MODES).describe('The mode that it is sold in, live or test.'),
    stripe_product_id: z
      .string()
      .nullable()
      .meta({ description: 'The id of the product at Stripe; null while it has none.', examples: ['prod_1'] }),
    stripe_price_id: z
      .string()
      .nullable()
      .meta({ description: 'The id of the price at Stripe; null while it has none.', examples: ['price_1'] }),
    created_at: time.describe('When it was created.'),
  })
  .meta({ id: 'Product' });

const name = nameText(200);

export const productBody = z.strictObject({
  name: name.meta({ description: 'The name that buyers read.', examples: ['Credits for 10 dollars'] }),
  billing_model: z
    .enum(BILLING_MODELS, `must be one of ${BILLING_MODELS.join(', ')}`)
    .default('one_time')
    .describe('How the product is billed.'),
  price_cents: priceCents.describe('The price in cents.'),
  amount_micros: wholeAmount.describe('What a purchase credits, in micro-dollars; what is above the price is given.'),
  currency: z.literal('usd', 'must be usd').optional().describe('The currency; always usd.'),
  ...keyFields,
});

/** Fields that never change are read too, so that the refusal can say what to do. */
export const productChange = z.strictObject({
  name: name.optional().meta({ description: 'The name that buyers read.', examples: ['Credits for 10 dollars'] }),
  active: z.boolean('must be true or false').optional().describe('Whether it is for sale.'),
  price_cents: z.unknown().optional().describe('The price in cents.'),
  amount_micros: z.unknown().optional().describe('The amount in micro-dollars; of a product, what a purchase credits.'),
});
export const productChangeShown = productChange
  .omit({ price_cents: true, amount_micros: true })
  .meta({ examples: [{ active: false }] });

export const productsQuery = z.strictObject({
  include_inactive: z
    .enum(['true', 'false'], 'must be true or false')
    .default('false')
    .describe('`true`: those that are no longer sold too.'),
  limit,
  cursor,
});
export const productsReply = z.strictObject({
  products: z.array(productView).describe('The products, newest first.'),
  next_cursor: nextCursor,
});

export const checkoutBody = z.strictObject({
  product_id: z.uuid('must be the id of a product').describe('The id of the product.'),
  success_url: z.string().meta({
    description: 'Where the payer goes after paying; `{CHECKOUT_SESSION_ID}` in it becomes the id of the checkout.',
    examples: ['https://shop.example/paid'],
  }),
  cancel_url: z
    .string()
    .meta({ description: 'Where the payer goes without paying.', examples: ['https://shop.example/cart'] }),
  save_payment_method: z
    .boolean('must be true or false')
    .optional()
    .describe("Keeps the payer's method for later purchases of the org."),
  metadata: metadata.optional().describe("The caller's own pairs of text, kept with the order."),
  ...keyFields,
});
export const checkoutReply = z.strictObject({
  checkout_url: z
    .string()
    .nullable()
    .meta({
      description: 'Where the payer pays; null once the checkout is closed.',
      examples: ['https://checkout.example/c/cs_1'],
    }),
  session_id: z.string().meta({ description: 'The id of the checkout.', examples: ['cs_test_a1'] }),
  order_id: z.uuid().describe('The id of the order.'),
});

export const verifyReply = z.strictObject({
  session_id: z.string().meta({ description: 'The id of the checkout.', examples: ['cs_test_a1'] }),
  order_id: z.uuid().describe('The id of the order.'),
  state: z.enum(ORDER_STATES).describe('The state of the order.'),
  credited: z.boolean().describe('Whether what was bought is in the wallet.'),
  ...walletReply.shape,
});
