/** Periods of subscriptions: whole months or years from an anchor, in seconds of UTC. */
import type Stripe from 'stripe';

/** The interval of a recurring price. */
export type Interval = Pick<Stripe.Price.Recurring, 'interval' | 'interval_count'>;

const DAY_SECONDS = 86_400;

/**
 * The time that lies `count` intervals after the anchor. Months keep the anchor's day; where a month lacks it, its last day
 * is taken, as Stripe does.
 */
export function periodAfter(anchor: number, { interval, interval_count: step }: Interval, count: number): number {
  const many = step * count;
  if (interval === 'day' || interval === 'week') return anchor + many * DAY_SECONDS * (interval === 'week' ? 7 : 1);
  const at = new Date(anchor * 1_000);
  const months = at.getUTCMonth() + many * (interval === 'year' ? 12 : 1);
  const last = new Date(Date.UTC(at.getUTCFullYear(), months + 1, 0)).getUTCDate();
  const day = Math.min(at.getUTCDate(), last);
  const time = at.getTime() - Date.UTC(at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate());
  return Math.floor((Date.UTC(at.getUTCFullYear(), months, day) + time) / 1_000);
}

/** The first period end after `after`. @throws Error when the anchor is too far away */
export function nextEnd(anchor: number, interval: Interval, after: number): number {
  for (let count = 1; count < PERIODS_MAX; count += 1) {
    const end = periodAfter(anchor, interval, count);
    if (end > after) return end;
  }
  throw new Error('the anchor is too far away');
}

const PERIODS_MAX = 10_000;
