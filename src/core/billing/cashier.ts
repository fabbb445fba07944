/** The port through which calls take card payments and give them back; src/payments implements it. */

import type { Provider } from './facts.ts';
import type { Interval } from './order.ts';

/** A checkout that an org asks for. */
export interface CheckoutRequest {
  /** The org that pays; where a user does, the id of the user's wallet. */
  readonly org: string;
  /** The user who pays; left out where an org does. */
  readonly user?: string | undefined;
  /** Whether the org's own account takes the money; else the platform's does. */
  readonly ownAccount: boolean;
  /** The provider of the platform's account; undefined: Stripe. */
  readonly provider?: Provider | undefined;
  /** The pack; null for a free amount, and for a product. */
  readonly pack: string | null;
  /** The org's product; null for what the platform sells. */
  readonly product: string | null;
  /** The plan that is bought; with an interval, a subscription to it begins. */
  readonly plan?: { readonly id: string; readonly interval: Interval | null } | undefined;
  /** What the payer reads. */
  readonly name: string;
  /** The provider's id of what is bought for `priceMicros`, where it has one: a price at Stripe, a product at Creem. */
  readonly item?: string | undefined;
  /** Whole cents. */
  readonly priceMicros: bigint;
  /** What becomes credit that was paid for; at most the price. */
  readonly creditMicros: bigint;
  /** Credit above the price. */
  readonly bonusMicros: bigint;
  readonly freeGiftCards: number;
  readonly successUrl: string;
  readonly cancelUrl: string;
  readonly metadata: Readonly<Record<string, string>>;
  /** Shown with the checkout at its provider, for people and programs that look there. */
  readonly tags?: Readonly<Record<string, string>> | undefined;
  /** Keeps the payment method for auto-refill. */
  readonly saveMethod: boolean;
  /** The caller's idempotency key, and a hash of what it asked for. */
  readonly key: string;
  readonly hash: string;
}

/** A checkout; `url` is null once it is closed. */
export interface OpenCheckout {
  readonly order: string;
  readonly session: string;
  readonly url: string | null;
  /** The same request had made it before. */
  readonly replayed: boolean;
}

/** A refund that an operator asks for. */
export interface RefundRequest {
  readonly order: string;
  /** In cents; undefined: all that is left. */
  readonly amountCents: bigint | undefined;
  readonly key: string;
}

/** Takes card payments on the platform's account and on those of orgs, and gives them back. */
export interface Cashier {
  /**
   * Opens a checkout, or answers the one that the same request opened before.
   * @throws Refusal PAYMENTS_NOT_CONFIGURED, RATE_LIMITED, IDEMPOTENCY_CONFLICT; CARD_DECLINED or PAYMENT_PROVIDER_FAILED;
   *   ORDER_NOT_OPEN when the order of that request was cancelled before it got a checkout
   */
  openCheckout(request: CheckoutRequest): Promise<OpenCheckout>;
  /**
   * Asks the provider what became of the checkout of an order, and settles that: the way to credit without a webhook.
   * @throws Refusal NOT_FOUND, PAYMENTS_NOT_CONFIGURED, PAYMENT_PROVIDER_FAILED
   */
  verify(order: string): Promise<void>;
  /**
   * Cancels an order whose checkout nobody has paid; the checkout is closed first, and where its provider cannot close it the order
   * stays open.
   * @throws Refusal ORDER_NOT_OPEN, PAYMENTS_NOT_CONFIGURED, PAYMENT_PROVIDER_FAILED
   */
  cancelOrder(order: string): Promise<void>;
  /**
   * Gives the payer back some or all of what an order cost; its credit is taken back by the same share.
   * @returns whether the same request had asked for it before
   * @throws Refusal NOT_FOUND, REFUND_NOT_POSSIBLE, PAYMENTS_NOT_CONFIGURED, PAYMENT_PROVIDER_FAILED
   */
  refund(request: RefundRequest): Promise<{ readonly replayed: boolean }>;
}
