/** Subscriptions for those who look at them: with the period that is paid, and what comes after it. */
import { INTERVALS, type Interval } from '../../core/billing/order.ts';
import type { SubscriptionState } from '../../core/subscriptions/state.ts';
import { findRow, oneOf, textOf, type Queries } from '../rows.ts';
import { findLastPeriod, type GrantedPeriod, type KnownSubscription } from './subscriptions.ts';

export interface ShownSubscription {
  readonly subscription: KnownSubscription;
  readonly period: GrantedPeriod | undefined;
  /** The plan of the next period; null where none comes. */
  readonly next: { readonly plan: string; readonly interval: Interval } | null;
}

/** States after which no further period comes. */
const LAST: readonly SubscriptionState[] = ['cancelled_at_period_end', 'ended', 'incomplete', 'paused'];

/** A subscription with its parts. */
export async function showSubscription(db: Queries, subscription: KnownSubscription): Promise<ShownSubscription> {
  const { state, plannedPrice, price } = subscription;
  const period = await findLastPeriod(db, subscription);
  const coming = plannedPrice ?? price;
  const next = LAST.includes(state) || coming === null ? undefined : await findPlanOfPrice(db, coming);
  return { subscription, period, next: next ?? null };
}

async function findPlanOfPrice(
  db: Queries,
  price: string,
): Promise<{ readonly plan: string; readonly interval: Interval } | undefined> {
  return findRow(
    db,
    (row) => ({ plan: textOf(row['plan']), interval: oneOf(INTERVALS, row['plan_interval']) }),
    'SELECT plan, plan_interval FROM plan_price WHERE price = ?',
    [price],
  );
}
