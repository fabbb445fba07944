/** The states of a subscription, and what follows from what its provider says of it. */
import type { SubscriptionFact } from '../billing/facts.ts';

export const SUBSCRIPTION_STATES = [
  'incomplete',
  'trialing',
  'active',
  'past_due',
  'unpaid',
  'paused',
  'cancelled_at_period_end',
  'ended',
] as const;
export type SubscriptionState = (typeof SUBSCRIPTION_STATES)[number];

/** States in which a customer has a subscription, or is about to: another one would be a second. */
export const LIVE_STATES: readonly SubscriptionState[] = SUBSCRIPTION_STATES.filter((state) => state !== 'ended');

/** What is known of a subscription. */
export interface Subscription {
  readonly state: SubscriptionState;
  /** When what is known was read. */
  readonly readAtMs: number;
  readonly price: string | null;
  readonly periodEndMs: number | null;
  /** The price from the next period on, where a change is planned. */
  readonly plannedPrice: string | null;
}

/** What happened to a subscription, for those who want to be told. */
export type SubscriptionStep = 'activated' | 'past_due' | 'cancelled' | 'ended';

const STATES: Readonly<Record<string, SubscriptionState>> = {
  incomplete: 'incomplete',
  incomplete_expired: 'ended',
  trialing: 'trialing',
  active: 'active',
  past_due: 'past_due',
  unpaid: 'unpaid',
  paused: 'paused',
  canceled: 'ended',
};

/**
 * The state that a provider's word means; undefined for a word that is new. What was paid is in invoices and is granted all the
 * same, so that no new word can lose it.
 */
function stateOf({ status, endsWithPeriod, endedAtMs }: SubscriptionFact): SubscriptionState | undefined {
  if (endedAtMs !== null) return 'ended';
  const state = Object.hasOwn(STATES, status) ? STATES[status] : undefined;
  const runs = state === 'active' || state === 'trialing';
  return runs && endsWithPeriod ? 'cancelled_at_period_end' : state;
}

/**
 * What is known after a reading: the newest reading counts, and an end is for good. A reading with a word that is new changes
 * what it can and leaves the state as it was.
 * @returns undefined when an older reading brings nothing
 */
export function afterReading(before: Subscription | undefined, fact: SubscriptionFact): Subscription | undefined {
  const said = stateOf(fact);
  if (before !== undefined && before.state === 'ended') return undefined;
  if (before !== undefined && before.readAtMs > fact.readAtMs && said !== 'ended') return undefined;
  return {
    state: said ?? before?.state ?? 'incomplete',
    readAtMs: Math.max(before?.readAtMs ?? 0, fact.readAtMs),
    price: fact.price ?? before?.price ?? null,
    periodEndMs: fact.periodEndMs ?? before?.periodEndMs ?? null,
    plannedPrice: fact.planned?.price ?? null,
  };
}

/** States in which a customer has what the plan gives. */
export const RUNNING_STATES: readonly SubscriptionState[] = ['trialing', 'active', 'cancelled_at_period_end'];
/** States in which a further period is to be paid as the present one ends. */
export const RENEWING_STATES: readonly SubscriptionState[] = ['incomplete', 'trialing', 'active', 'past_due', 'unpaid'];
const OWES: readonly SubscriptionState[] = ['past_due', 'unpaid'];

/** What happened between two states. */
export function stepsBetween(before: SubscriptionState | undefined, after: SubscriptionState): SubscriptionStep[] {
  const steps: SubscriptionStep[] = [];
  if (before === after) return steps;
  if ((before === undefined || before === 'incomplete') && RUNNING_STATES.includes(after)) steps.push('activated');
  if (OWES.includes(after) && (before === undefined || !OWES.includes(before))) steps.push('past_due');
  if (after === 'cancelled_at_period_end') steps.push('cancelled');
  if (after === 'ended') steps.push('ended');
  return steps;
}
