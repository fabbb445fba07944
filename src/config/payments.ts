/** How payments by card are taken: the platform's account at the provider, and where payers may be sent back to. */
import { z } from 'zod';
import { OPEN_ORDERS_MAX } from '../core/billing/order.ts';
import { ConfigError } from './error.ts';
import { readFileAs, type Secret } from './secret.ts';

const WEBHOOK_SECRETS_MAX = 4;
const CHECKOUTS_PER_HOUR = 10;
const FAILED_PER_DAY = 5;
const DOLLARS_MAX = 100_000;

/** The platform's account at a provider. */
const accountSchema = z.strictObject({
  /** A file with the secret key, or a restricted one; a relative path starts at the folder of this file. */
  secretKeyFile: z.string().min(1),
  /** Files with the signing secrets of the webhook endpoint; several while it is rolled. */
  webhookSecretFiles: z.array(z.string().min(1)).max(WEBHOOK_SECRETS_MAX).default([]),
  /** Where the API is, for a fake of it. */
  apiUrl: z.url({ protocol: /^https?$/ }).optional(),
});

/** The part `payments` of the configuration file. */
export const paymentsSchema = z.strictObject({
  /** `test` for development: only a test key is used then, and what live accounts report credits nothing. */
  mode: z.enum(['live', 'test']).default('live'),
  /** Origins that payers may be sent back to. Empty: that of COFFER_PUBLIC_URL for people, any https for keys. */
  redirectOrigins: z
    .array(
      z.url({ protocol: /^https?$/ }).refine((url) => new URL(url).origin === url, 'must be an origin without a path'),
    )
    .max(100)
    .default([]),
  /** Most checkouts that a payer may open within an hour. */
  checkoutsPerHour: z.int().min(1).max(1_000_000).default(CHECKOUTS_PER_HOUR),
  /** Most orders that a payer may have open. */
  openOrders: z.int().min(1).max(1_000_000).default(OPEN_ORDERS_MAX),
  /** A payer whose payments failed so often within a day opens no further checkout. */
  failedPerDay: z.int().min(1).max(1_000_000).default(FAILED_PER_DAY),
  /** The platform's account at Stripe. */
  stripe: accountSchema.optional(),
  /** The platform's account at Creem. */
  creem: accountSchema.optional(),
});

/** The part `topup` of the configuration file: the smallest and the largest amount of a free top-up. */
export const topupSchema = z
  .strictObject({
    minDollars: z.int().min(1).max(DOLLARS_MAX).default(10),
    maxDollars: z.int().min(1).max(DOLLARS_MAX).default(DOLLARS_MAX),
  })
  .refine(({ minDollars, maxDollars }) => minDollars <= maxDollars, 'minDollars must not be above maxDollars');

/** What one payer may open. */
interface PayerLimits {
  readonly checkoutsPerHour: number;
  readonly openOrders: number;
  readonly failedPerDay: number;
}

export interface PaymentsConfig {
  readonly mode: 'live' | 'test';
  readonly redirectOrigins: readonly string[];
  readonly limits: PayerLimits;
  /** Undefined: no card payments are taken at Stripe. */
  readonly stripe: AccountConfig | undefined;
  /** Undefined: nothing is sold through Creem. */
  readonly creem: AccountConfig | undefined;
}

/** The platform's account at a provider. */
interface AccountConfig {
  readonly secretKey: Secret;
  readonly webhookSecrets: readonly Secret[];
  readonly apiUrl: string | undefined;
}

/** The platform's accounts with their secrets in the clear, for what talks to providers. */
export function platformAccounts({
  stripe,
  creem,
}: Pick<PaymentsConfig, 'stripe' | 'creem'>): Partial<Record<'stripe' | 'creem', RevealedAccount>> {
  return { ...(stripe && { stripe: revealed(stripe) }), ...(creem && { creem: revealed(creem) }) };
}

interface RevealedAccount {
  readonly secretKey: string;
  readonly webhookSecrets: readonly string[];
}

function revealed({ secretKey, webhookSecrets }: AccountConfig): RevealedAccount {
  return { secretKey: secretKey.reveal(), webhookSecrets: webhookSecrets.map((secret) => secret.reveal()) };
}

/** What secret keys look like, and how a refusal says it. */
const KEYS = {
  stripe: { pattern: /^(sk|rk)_(test|live)_/, are: 'a secret key (sk_...) or a restricted key (rk_...)' },
  creem: { pattern: /^creem_/, are: 'a secret key (creem_... or creem_test_...)' },
} as const;

/**
 * Reads the files that the settings name.
 * @param pathOf resolves a path of the configuration file.
 * @throws ConfigError when a file is unreadable or empty, or the key is not of the mode
 */
export function readPayments(
  { mode, redirectOrigins, stripe, creem, checkoutsPerHour, openOrders, failedPerDay }: z.output<typeof paymentsSchema>,
  pathOf: (path: string) => string,
): PaymentsConfig {
  return {
    mode,
    redirectOrigins,
    limits: { checkoutsPerHour, openOrders, failedPerDay },
    stripe: stripe && readAccount('stripe', stripe, pathOf),
    creem: creem && readAccount('creem', creem, pathOf),
  };
}

function readAccount(
  provider: keyof typeof KEYS,
  { secretKeyFile, webhookSecretFiles, apiUrl }: z.output<typeof accountSchema>,
  pathOf: (path: string) => string,
): AccountConfig {
  const setting = `payments.${provider}`;
  const secretKey = readFileAs(`${setting}.secretKeyFile`, pathOf(secretKeyFile));
  const { pattern, are } = KEYS[provider];
  if (!pattern.test(secretKey.reveal())) {
    throw new ConfigError(`${setting}.secretKeyFile: ${secretKeyFile} must have ${are}`);
  }
  const webhookSecrets = webhookSecretFiles.map((path) => readFileAs(`${setting}.webhookSecretFiles`, pathOf(path)));
  return { secretKey, webhookSecrets, apiUrl };
}
