/** Subscriptions for those who look at them: with the period that is paid, and what comes after it. */
import { INTERVALS, type Interval } from '../../core/billing/order.ts';
import { RUNNING_STATES, type SubscriptionState } from '../../core/subscriptions/state.ts';
import { findRow, listRows, oneOf, textOf, type Queries } from '../rows.ts';
import {
  findLastPeriod,
  findSubscriptionOf,
  listSubscriptions,
  type GrantedPeriod,
  type KnownSubscription,
  type SubscriptionPage,
} from './subscriptions.ts';

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

/** A subscription with its parts and the user who pays it, by their id in the sign-in. */
export interface OwnedSubscription extends ShownSubscription {
  readonly user: string;
}

/** Subscriptions of users with their parts, newest first. */
export async function listOwned(db: Queries, page: SubscriptionPage): Promise<OwnedSubscription[]> {
  const found = await listSubscriptions(db, page);
  const users = await listRows(
    db,
    (row) => ({ wallet: textOf(row['wallet']), id: textOf(row['id']) }),
    'SELECT wallet, id FROM wallet_user WHERE wallet = ANY(?::uuid[])',
    [found.map(({ org }) => org)],
  );
  const names = new Map(users.map(({ wallet, id }) => [wallet, id]));
  const shown: OwnedSubscription[] = [];
  for (const one of found) shown.push({ ...(await showSubscription(db, one)), user: names.get(one.org) ?? one.org });
  return shown;
}

/** The plans that a payer is an active subscriber of: in a trial too, and until the period of one that was cancelled is over. */
export async function listActivePlans(db: Queries, org: string): Promise<string[]> {
  const found = await findSubscriptionOf(db, org);
  if (found === undefined || !RUNNING_STATES.includes(found.state)) return [];
  const period = await findLastPeriod(db, found);
  const plan = period ?? (found.price === null ? undefined : await findPlanOfPrice(db, found.price));
  return plan === undefined ? [] : [plan.plan];
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
