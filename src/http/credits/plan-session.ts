/** What a checkout of a plan asks for: a subscription to it, or a one-time plan. */
import type { CheckoutRequest } from '../../core/billing/cashier.ts';
import type { Provider } from '../../core/billing/facts.ts';
import type { Interval } from '../../core/billing/order.ts';
import { Refusal } from '../../core/errors.ts';
import { isUuid } from '../../core/ids.ts';
import { priceAt, termsOf } from '../../core/subscriptions/plan.ts';
import type { SurfaceDeps } from '../deps.ts';
import { findOffer } from './plans.ts';

/** The part of a request for a checkout that the plan decides. */
export type PlanPurchase = Pick<
  CheckoutRequest,
  'provider' | 'plan' | 'name' | 'item' | 'priceMicros' | 'creditMicros' | 'bonusMicros'
>;

const MICROS_PER_CENT = 10_000n;

/**
 * Reads what a plan costs and brings.
 * @throws Refusal PLAN_NOT_SELLABLE where it is not for sale, the channel has no price for it, or it is of the other kind
 */
export async function readPlanPurchase(
  deps: Pick<SurfaceDeps, 'db'>,
  asked: {
    readonly channel: Provider;
    readonly type: 'subscription' | 'topup';
    readonly plan: string;
    readonly interval: Interval;
  },
): Promise<PlanPurchase> {
  const { channel, type, interval } = asked;
  const plan = isUuid(asked.plan) ? await findOffer(deps, asked.plan) : undefined;
  if (plan === undefined) throw new Refusal('PLAN_NOT_SELLABLE', 'there is no such plan for sale');
  const isSubscription = type === 'subscription';
  if (isSubscription !== (plan.kind === 'subscription')) {
    const how = isSubscription ? 'is bought once' : 'is subscribed to';
    throw new Refusal('PLAN_NOT_SELLABLE', `the plan ${how}: ask for the other type`);
  }
  const terms = termsOf(plan, isSubscription ? interval : 'month');
  const price = priceAt(plan, isSubscription ? interval : 'month', channel);
  // Creem sells nothing but its products; Stripe's price of what is bought once is made with its checkout.
  if (terms === undefined || (price === null && (isSubscription || channel === 'creem'))) {
    const length = isSubscription ? ` for a ${interval}` : '';
    throw new Refusal('PLAN_NOT_SELLABLE', `the plan has no price${length} at ${channel}`);
  }
  return {
    provider: channel,
    plan: { id: plan.plan, interval: isSubscription ? interval : null },
    name: plan.name,
    ...(price !== null && { item: price }),
    priceMicros: terms.priceMinor * MICROS_PER_CENT,
    creditMicros: terms.paidMicros,
    bonusMicros: terms.bonusMicros,
  };
}
