/**
 * Facts: what a payment provider says about one of its objects, in words that fit every provider. A fact is the object's
 * state at the moment when it was read, never a change: facts about an object may arrive late, twice and in any order,
 * and the one read last is right. Nothing in a fact is trusted to say who pays for what: `order` is only a hint from
 * the object's metadata, and what was paid is compared with our own order.
 */

/** The payment providers. */
export const PROVIDERS = ['stripe', 'creem'] as const;

export type Provider = (typeof PROVIDERS)[number];

/** The providers at which orgs have accounts of their own. */
export const PROVIDERS_OF_ORGS: readonly Provider[] = ['stripe'];

/** Money of a `live` account is real; that of a `test` account is not. They share no object. */
export type PaymentMode = 'live' | 'test';

/**
 * An account at a provider, as text: `stripe` and `creem` are the platform's, `stripe:<org id>` is an org's own.
 * `assets:` before it gives the contra account of its rail.
 */
export type AccountName = string;

/** What all facts say. Ids are the provider's; integers are in the minor unit of `currency` (lower-case ISO 4217). */
interface AnyFact {
  readonly account: AccountName;
  readonly mode: PaymentMode;
  /** The provider's id of the object. */
  readonly id: string;
  /** When it was read, just before the provider was asked: of two facts about one object the one read later is right. */
  readonly readAtMs: number;
  /** The order that the object or its payment names in its metadata; null when it names none of ours. A hint only. */
  readonly order: string | null;
}

/** A checkout session. */
export interface CheckoutFact extends AnyFact {
  readonly kind: 'checkout';
  readonly state: 'open' | 'complete' | 'expired' | 'unknown';
  /**
   * `paid`: the money is there. `unpaid`: nothing yet; while `state` is `complete` it may still arrive days later.
   * `nothing_due`: complete without a charge. `unknown`: the provider says something new.
   */
  readonly paid: 'paid' | 'unpaid' | 'nothing_due' | 'unknown';
  /** What it is for; only `payment` is a one-time purchase. */
  readonly purpose: 'payment' | 'subscription' | 'setup' | 'unknown';
  readonly currency: string;
  /** Before tax and discounts: what is compared with the order's price. */
  readonly subtotalMinor: bigint;
  /** What the payer pays in all, tax included, discounts deducted. */
  readonly totalMinor: bigint;
  readonly taxMinor: bigint;
  readonly discountMinor: bigint;
  /** What the payer sees, where it is another currency. */
  readonly presentment: { readonly currency: string; readonly amountMinor: bigint } | null;
  readonly payment: string | null;
  /**
   * The state of that payment, read with the checkout: a complete and unpaid checkout has failed when its payment needs
   * another method or is cancelled. Null without a payment.
   */
  readonly paymentState: PaymentState | null;
  readonly customer: string | null;
  /** The subscription that it began; null for any other purpose, and while it is open. */
  readonly subscription: string | null;
  /** Null where the provider does not say. */
  readonly expiresAtMs: number | null;
  /** It says that it tops up a wallet: one that no order of ours has is money without a home. */
  readonly isTopup?: true;
}

/**
 * The state of a payment. Only `succeeded` is money. `needs_method`: declined, or not tried yet. `needs_confirmation`:
 * created, and nothing asked for yet. `unknown`: the provider says something new.
 */
export type PaymentState =
  | 'succeeded'
  | 'processing'
  | 'needs_method'
  | 'needs_action'
  | 'needs_confirmation'
  | 'cancelled'
  | 'unknown';

/** A payment: an attempt to take money, with or without a checkout. */
export interface PaymentFact extends AnyFact {
  readonly kind: 'payment';
  readonly state: PaymentState;
  readonly currency: string;
  readonly amountMinor: bigint;
  readonly receivedMinor: bigint;
  readonly charge: string | null;
  readonly customer: string | null;
  /** The payment method that it saved for later payments of its customer; null when it saved none. */
  readonly savedMethod: string | null;
  readonly receiptUrl: string | null;
  /** Why the last attempt failed; null when it did not. */
  readonly decline: Decline | null;
  /** The provider's own fee, in the currency of the account's balance; null until it is known. */
  readonly fee: { readonly currency: string; readonly amountMinor: bigint } | null;
}

/** Why a card was declined, in the provider's words. */
export interface Decline {
  readonly code: string;
  readonly declineCode: string | null;
  /** What to do next, such as `do_not_try_again`. */
  readonly advice: string | null;
}

/** A refund. Money is back with the payer, or on its way, unless `state` is `failed` or `cancelled`. */
export interface RefundFact extends AnyFact {
  readonly kind: 'refund';
  /** It may become `failed` after it was `succeeded`. */
  readonly state: 'pending' | 'needs_action' | 'succeeded' | 'failed' | 'cancelled' | 'unknown';
  readonly currency: string;
  readonly amountMinor: bigint;
  readonly payment: string | null;
  readonly charge: string | null;
  readonly reason: string | null;
  readonly failureReason: string | null;
}

/** A dispute. Its status says nothing about money; `withdrawnMinor` does. */
export interface DisputeFact extends AnyFact {
  readonly kind: 'dispute';
  /** The provider's word, such as `warning_needs_response`, `needs_response` or `won`; new ones appear. */
  readonly status: string;
  /**
   * True where the provider has no object of its own for a dispute, and shows none on the payment now: it ends a dispute that
   * is known, and is too early to say anything of another.
   */
  readonly endsOnly?: boolean;
  readonly currency: string;
  /** What is disputed. */
  readonly amountMinor: bigint;
  /**
   * What of it the provider has taken from us and not given back, from 0 to `amountMinor`: 0 for an inquiry and after a
   * win, all of it while a chargeback is open or lost.
   */
  readonly withdrawnMinor: bigint;
  /** Whether money was ever taken; then `withdrawnMinor` below `amountMinor` means that it came back. */
  readonly everWithdrawn: boolean;
  /** The provider's fees for it, in the currency of the account's balance, less what it gave back. */
  readonly fee: { readonly currency: string; readonly amountMinor: bigint } | null;
  readonly payment: string | null;
  readonly charge: string | null;
  readonly reason: string;
  readonly dueByMs: number | null;
  /** Whether the provider has evidence of ours that was submitted. */
  readonly evidenceSubmitted: boolean;
}

/** A warning that a payment is probably fraud: the last moment at which a refund avoids a dispute. */
export interface EarlyWarningFact extends AnyFact {
  readonly kind: 'early_warning';
  /** Whether the payment is neither disputed nor fully refunded yet. */
  readonly actionable: boolean;
  readonly fraudType: string;
  readonly payment: string | null;
  readonly charge: string | null;
}

/** A subscription. Money and periods are in its invoices; this says what is to be expected. */
export interface SubscriptionFact extends AnyFact {
  readonly kind: 'subscription';
  /** The provider's word, such as `active` or `past_due`; new ones appear. */
  readonly status: string;
  readonly customer: string | null;
  /** The provider's id of its newest invoice. */
  readonly invoice: string | null;
  /** The provider's id of the price that the next period is billed at, unless a planned change says otherwise. */
  readonly price: string | null;
  readonly periodStartMs: number | null;
  readonly periodEndMs: number | null;
  /** It ends with its period. */
  readonly endsWithPeriod: boolean;
  readonly endedAtMs: number | null;
  /** The provider's id of a planned change, and the price from then on; null without one. */
  readonly planned: { readonly id: string; readonly price: string | null } | null;
}

/** A line of an invoice. Amounts without tax. */
export interface InvoiceLine {
  /** The provider's id of the price; null for a line without one. */
  readonly price: string | null;
  /** Before discounts; below zero for a credit. */
  readonly amountMinor: bigint;
  readonly discountMinor: bigint;
  /** It settles the rest of a period that was changed. */
  readonly isProration: boolean;
  readonly periodStartMs: number;
  readonly periodEndMs: number;
}

/** An invoice of a subscription. */
export interface InvoiceFact extends AnyFact {
  readonly kind: 'invoice';
  /** The provider's id of the subscription; null for an invoice of none. */
  readonly subscription: string | null;
  readonly state: 'draft' | 'open' | 'paid' | 'void' | 'uncollectible' | 'unknown';
  /** Whether it is the one with which the subscription begins. */
  readonly isFirst: boolean;
  /** It pays a period that a change began, and not one that followed another by itself. */
  readonly isChange?: boolean;
  readonly currency: string;
  /** What is to be paid in all: tax included, discounts deducted. */
  readonly totalMinor: bigint;
  readonly taxMinor: bigint;
  /** What a payment brought. Less than the total where a balance of the customer's at the provider paid the rest. */
  readonly paidMinor: bigint;
  /** When it was paid; null while it is not. */
  readonly paidAtMs: number | null;
  /** The payment that paid it; null where none did, as when it was settled outside the provider. */
  readonly payment: string | null;
  readonly charge: string | null;
  readonly customer: string | null;
  readonly lines: readonly InvoiceLine[];
  /** Whether these are all its lines. */
  readonly isWhole: boolean;
  /** The provider does not say which price its lines are for: they have the one that the subscription has now. */
  readonly hasPresentPrice?: true;
}

export type ProviderFact =
  | CheckoutFact
  | PaymentFact
  | RefundFact
  | DisputeFact
  | EarlyWarningFact
  | SubscriptionFact
  | InvoiceFact;

/** Facts about a payment and what follows from it, or about its checkout. */
export type OrderFact = Exclude<ProviderFact, SubscriptionFact | InvoiceFact>;

export type FactKind = ProviderFact['kind'];

/** A movement on an account's balance because of a payment. Amounts in the minor unit of their currency. */
export interface BalanceMovement {
  /** The provider's id. */
  readonly id: string;
  readonly kind: 'payment' | 'refund' | 'dispute';
  /** Above zero: taken from the payer; below: given back. Without fees, in the currency of the payment. */
  readonly amountMinor: bigint;
  readonly currency: string;
  /** What the provider kept for itself, in the currency of the account's balance; null: nothing. */
  readonly fee: { readonly currency: string; readonly amountMinor: bigint } | null;
  readonly atMs: number;
  /** The charge, refund or dispute that it is about. */
  readonly source: string;
  readonly payment: string | null;
  readonly charge: string | null;
  /** The order that it names; a hint only. */
  readonly order: string | null;
}

/** The name of a provider's account. @param org the org whose own account it is; null for the platform's. */
export function accountName(provider: Provider, org: string | null): AccountName {
  return org === null ? provider : `${provider}:${org}`;
}

/** The provider and the org of an account; undefined for a text that names no account. */
export function readAccountName(name: AccountName): { provider: Provider; org: string | null } | undefined {
  const [first, org = null, ...more] = name.split(':');
  const provider = PROVIDERS.find((one) => one === first);
  return provider === undefined || more.length > 0 || org === '' ? undefined : { provider, org };
}

/** Whether objects of a kind can be about us in an account: subscriptions are sold in the platform's alone. */
export function concerns(account: AccountName, kind: FactKind): boolean {
  return (kind !== 'subscription' && kind !== 'invoice') || readAccountName(account)?.org === null;
}
