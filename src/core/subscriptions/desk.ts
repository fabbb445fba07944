/** The port through which customers' subscriptions are changed; src/payments/subscriptions implements it. */
import type { Interval } from '../billing/order.ts';
import type { PlanFields } from './plan.ts';

/** Who asks, and under which idempotency key. */
export interface DeskRequest {
  /** The payer: the id of a user's wallet. */
  readonly payer: string;
  readonly key: string;
}

/** A change of plan that a customer asks for. */
export interface PlanChangeRequest extends DeskRequest {
  readonly plan: string;
  /** Undefined: the present one. */
  readonly interval: Interval | undefined;
}

/**
 * Changes subscriptions at their provider, and settles what comes of it before it returns. The same request under the same key
 * takes effect once. Every call throws Refusal SUBSCRIPTION_STATE where the state does not allow it, PAYMENTS_NOT_CONFIGURED,
 * PAYMENT_PROVIDER_FAILED, and IDEMPOTENCY_CONFLICT where the key was used for something else.
 */
export interface SubscriptionDesk {
  /**
   * Changes the plan: an upgrade now, at its full price; anything else from the next period on.
   * @throws Refusal NOT_FOUND, PLAN_NOT_SELLABLE, CARD_DECLINED (nothing is changed then)
   */
  change(request: PlanChangeRequest): Promise<{ readonly replayed: boolean }>;
  /**
   * Ends the subscription with its period, or at once where nothing is paid. Where there is none, it closes the checkout at which
   * one could begin.
   */
  cancel(request: DeskRequest): Promise<{ readonly replayed: boolean }>;
  /** Takes a cancellation back, or lets a paused subscription go on. */
  resume(request: DeskRequest): Promise<{ readonly replayed: boolean }>;
  /**
   * Reads what a plan names at providers, so that no plan is made that could not be sold. Nothing is read at a provider that is not
   * configured.
   * @throws Refusal VALIDATION_FAILED for what is charged in another currency than US dollars, costs another amount, has another
   *   interval, or does not exist; PAYMENT_PROVIDER_FAILED where it cannot be read
   */
  checkPlan(plan: PlanFields): Promise<void>;
  /** Opens the provider's portal. @returns its URL */
  openPortal(request: { readonly payer: string; readonly returnUrl: string }): Promise<string>;
}
