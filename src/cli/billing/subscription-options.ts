/** Reads options of `coffer plans` and `coffer subscriptions`. Each throws InvalidArgumentError, which is shown as a usage error. */
import { InvalidArgumentError } from 'commander';
import { INTERVALS, type Interval } from '../../core/billing/order.ts';
import { isUuid } from '../../core/ids.ts';
import { SUBSCRIPTION_STATES, type SubscriptionState } from '../../core/subscriptions/state.ts';

const PROVIDER_ID = /^[A-Za-z0-9_]{1,255}$/;

/** The id of a plan. */
export function readPlanId(text: string): string {
  if (isUuid(text)) return text;
  throw new InvalidArgumentError('It must be an id, as `coffer plans list` shows it.');
}

/** An id of a provider's. */
export function readProviderId(text: string): string {
  if (PROVIDER_ID.test(text)) return text;
  throw new InvalidArgumentError('It must be an id of the provider: letters, digits and _.');
}

/** For how long a period is. */
export function readInterval(text: string): Interval {
  const interval = INTERVALS.find((one) => one === text);
  if (interval) return interval;
  throw new InvalidArgumentError(`It must be one of ${INTERVALS.join(', ')}.`);
}

/** A state of a subscription. */
export function readSubscriptionState(text: string): SubscriptionState {
  const state = SUBSCRIPTION_STATES.find((one) => one === text);
  if (state) return state;
  throw new InvalidArgumentError(`It must be one of ${SUBSCRIPTION_STATES.join(', ')}.`);
}
