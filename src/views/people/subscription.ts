/** A subscription as JSON. */
import type { Interval } from '../../core/billing/order.ts';
import type { SubscriptionState } from '../../core/subscriptions/state.ts';
import type { OwnedSubscription, ShownSubscription } from '../../db/subscriptions/shown.ts';

export interface SubscriptionView {
  readonly id: string;
  readonly channel: 'stripe' | 'creem';
  readonly state: SubscriptionState;
  readonly plan_id: string | null;
  readonly interval: Interval | null;
  readonly period_start: string | null;
  readonly period_end: string | null;
  readonly next: { readonly plan_id: string | null; readonly interval: Interval | null } | null;
  readonly created_at: string;
}

/** The JSON of a subscription: the plan of the period that is paid, and what comes next. */
export function viewOfSubscription({ subscription, period, next }: ShownSubscription): SubscriptionView {
  const { id, account, state, createdAtMs } = subscription;
  return {
    id,
    channel: account.startsWith('creem') ? 'creem' : 'stripe',
    state,
    plan_id: period?.plan ?? null,
    interval: period?.interval ?? null,
    period_start: timeOf(period?.periodStartMs),
    period_end: timeOf(period?.periodEndMs),
    next: next && { plan_id: next.plan, interval: next.interval },
    created_at: new Date(createdAtMs).toISOString(),
  };
}

/** A subscription as operators see it: with its user. */
export interface OwnedSubscriptionView extends SubscriptionView {
  readonly user_id: string;
}

/** The JSON of a subscription for operators. */
export function viewOfOwned(owned: OwnedSubscription): OwnedSubscriptionView {
  return { ...viewOfSubscription(owned), user_id: owned.user };
}

function timeOf(ms: number | undefined): string | null {
  return ms === undefined ? null : new Date(ms).toISOString();
}
