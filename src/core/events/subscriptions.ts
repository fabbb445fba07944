/** The events of subscriptions. Users have no log of their own: these are in the platform's. */
import type { PaidPeriod } from '../subscriptions/grant.ts';
import type { SubscriptionState, SubscriptionStep } from '../subscriptions/state.ts';
import { formatUsd } from '../money.ts';
import type { Addressed } from './deposits.ts';
import { eventId, PLATFORM_LOG } from './kinds.ts';

/** A subscription as its events show it. */
export interface SubscriptionFacts {
  readonly account: string;
  readonly id: string;
  readonly org: string;
  /** The user who pays; null where an org does. */
  readonly user: string | null;
  readonly state: SubscriptionState;
  readonly periodEndMs: number | null;
  readonly atMs: number;
}

const logOf = ({ org, user }: { readonly org: string; readonly user: string | null }): string =>
  user === null ? org : PLATFORM_LOG;

/**
 * The events of steps of a subscription. It begins and ends once; it may be past due and be cancelled in each of its periods,
 * once each.
 */
export function eventsOfState(steps: readonly SubscriptionStep[], facts: SubscriptionFacts): Addressed[] {
  const { account, id, user, state, periodEndMs, atMs } = facts;
  const periodEnd = periodEndMs === null ? null : new Date(periodEndMs).toISOString();
  return steps.map((step) => {
    const kind = `subscription.${step}` as const;
    const isOnce = step === 'activated' || step === 'ended';
    const data = { subscriptionId: id, userId: user, state, periodEnd };
    return {
      log: logOf(facts),
      event: { id: eventId(kind, account, id, isOnce ? '' : String(periodEnd)), kind, atMs, data },
    };
  });
}

/** The event of a further period that was paid. */
export function eventOfRenewal(
  { subscription, price, periodStartMs, periodEndMs, terms }: PaidPeriod,
  about: { readonly order: string; readonly user: string | null; readonly org: string; readonly atMs: number },
): Addressed {
  const kind = 'subscription.renewed';
  const data = {
    subscriptionId: subscription,
    userId: about.user,
    orderId: about.order,
    planId: terms.plan,
    interval: terms.interval,
    creditUsd: formatUsd(terms.paidMicros + terms.bonusMicros),
    periodStart: new Date(periodStartMs).toISOString(),
    periodEnd: new Date(periodEndMs).toISOString(),
  };
  const id = eventId(kind, subscription, price, periodStartMs);
  return { log: logOf(about), event: { id, kind, atMs: about.atMs, data } };
}
