/** The ports through which calls keep an org's products and its own payment account; src/payments implements them. */
import type { PaymentMode } from './facts.ts';
import type { BillingModel, ProductTerms } from './product.ts';

/** A product that an org wants to sell. */
export interface NewProduct extends ProductTerms {
  readonly org: string;
  readonly name: string;
  readonly billingModel: BillingModel;
  /** The caller's idempotency key, and a hash of what it asked for. */
  readonly key: string;
  readonly hash: string;
}

/** What may change of a product; undefined leaves it as it is. */
export interface ProductChange {
  readonly name?: string | undefined;
  readonly active?: boolean | undefined;
}

/** Keeps the products of orgs: ours, and what the provider shows of them in the org's own account. */
export interface Catalog {
  /**
   * Makes a product with its counterpart at the provider, or finds the one that the same request made before.
   * @throws Refusal PAYMENTS_NOT_CONFIGURED, IDEMPOTENCY_CONFLICT; PAYMENT_PROVIDER_FAILED: the same request again goes on
   */
  create(request: NewProduct): Promise<{ readonly id: string; readonly replayed: boolean }>;
  /**
   * Changes a product of an org. Ours changes first, so that what is not active is not sold, whatever the provider answers.
   * @throws Refusal NOT_FOUND, PAYMENTS_NOT_CONFIGURED; PAYMENT_PROVIDER_FAILED: the provider is brought up to date later
   */
  change(org: string, id: string, change: ProductChange): Promise<void>;
  /**
   * The provider's id of the price of a product, which it makes where it is missing.
   * @throws Refusal NOT_FOUND, PAYMENTS_NOT_CONFIGURED, PAYMENT_PROVIDER_FAILED
   */
  getPrice(org: string, id: string): Promise<string>;
}

/** An org's own account, as people may see it. */
export interface OrgAccount {
  /** Null while it has no key. */
  readonly mode: PaymentMode | null;
  readonly keyLast4: string | null;
  readonly webhookSecretLast4: string | null;
  /** What its calls are refused for: `key`, or permissions that a restricted key lacks. */
  readonly lacks: readonly string[];
}

/** New secrets of an org's account; undefined keeps the old one, null removes it. */
export interface OrgAccountChange {
  readonly secretKey?: string | null | undefined;
  readonly webhookSecret?: string | null | undefined;
}

/** Keeps the keys and secrets of orgs' own accounts. What is stored is never shown again. */
export interface OrgAccounts {
  describe(org: string): Promise<OrgAccount>;
  /** Checks new secrets without storing them. @throws Refusal VALIDATION_FAILED when the key is no secret key */
  check(change: OrgAccountChange): void;
  /** @throws Refusal VALIDATION_FAILED when the key is no secret key; nothing is changed then */
  change(org: string, change: OrgAccountChange): Promise<void>;
}
