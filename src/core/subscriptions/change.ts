/** Changes that a customer asks for: which may be made in which state, and when they take effect. */
import { Refusal } from '../errors.ts';
import type { Interval } from '../billing/order.ts';
import type { PeriodTerms } from './plan.ts';
import type { SubscriptionState } from './state.ts';

/** `now`: the period begins anew at the full price. `at_period_end`: from the next period on. `undo`: a planned change is dropped. */
export type ChangeTime = 'now' | 'at_period_end' | 'undo' | 'none';

/** What a customer pays for a period, and how long it is. */
type Terms = Pick<PeriodTerms, 'plan' | 'interval' | 'priceMinor'>;

/**
 * When a change of plan takes effect. An upgrade costs more for the same interval and takes effect at once; a downgrade and a
 * change of interval wait for the end of the period that is paid.
 * @param planned whether a change is planned already, which another one takes the place of.
 */
export function whenToChange(present: Terms, wanted: Terms, planned: boolean): ChangeTime {
  if (present.plan === wanted.plan && present.interval === wanted.interval) return planned ? 'undo' : 'none';
  const isUpgrade = present.interval === wanted.interval && wanted.priceMinor > present.priceMinor;
  return isUpgrade ? 'now' : 'at_period_end';
}

/** What a customer asks for. */
export type SubscriptionAct = 'subscribe' | 'change' | 'cancel' | 'resume';

const ALLOWED: Readonly<Record<SubscriptionAct, readonly SubscriptionState[]>> = {
  subscribe: ['ended'],
  change: ['active'],
  cancel: ['incomplete', 'trialing', 'active', 'past_due', 'unpaid', 'paused'],
  resume: ['paused', 'cancelled_at_period_end'],
};

/** @throws Refusal SUBSCRIPTION_STATE, with the state, where the state does not allow the act; undefined: no subscription */
export function checkAct(act: SubscriptionAct, state: SubscriptionState | undefined): void {
  const isAllowed = state === undefined ? act === 'subscribe' : ALLOWED[act].includes(state);
  if (isAllowed) return;
  const found = state === undefined ? 'there is no subscription' : `the subscription is ${state.replaceAll('_', ' ')}`;
  throw new Refusal('SUBSCRIPTION_STATE', `${found}: it cannot be ${WORDS[act]}`, {
    details: { state: state ?? 'none' },
  });
}

const REACHED: Readonly<Partial<Record<SubscriptionAct, readonly SubscriptionState[]>>> = {
  cancel: ['cancelled_at_period_end', 'ended'],
  resume: ['trialing', 'active'],
};

/** Whether a state is what an act leads to: one whose answer was lost has then taken effect. */
export function isReached(act: SubscriptionAct, state: SubscriptionState): boolean {
  return REACHED[act]?.includes(state) === true;
}

const WORDS: Readonly<Record<SubscriptionAct, string>> = {
  subscribe: 'begun a second time',
  change: 'changed',
  cancel: 'cancelled',
  resume: 'resumed',
};

/** Whether cancelling takes effect at the end of what is paid; otherwise nothing is paid, and it ends at once. */
export function cancelsAtPeriodEnd(state: SubscriptionState): boolean {
  return state === 'active' || state === 'trialing';
}

/** The interval of a request. */
export function intervalOf(asked: Interval | undefined, present?: Interval): Interval {
  return asked ?? present ?? 'month';
}
