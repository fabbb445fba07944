/** Prices at Stripe that operators made: each is read before anybody pays it, since what it says there is what is charged. */
import type { Stripe } from 'stripe';
import { ProviderFailed, type SoldItem } from '../port.ts';
import { callStripe } from './faults.ts';

/**
 * Reads a price, and compares it with what is to be sold.
 * @throws ProviderFailed when it costs another amount, or is charged in another currency or at another interval
 */
export async function checkPrice(
  stripe: Stripe,
  { item: id, priceMinor, currency, interval }: SoldItem,
): Promise<void> {
  const call = { name: 'read a price', reads: true, permission: 'plan_read' };
  const price = await callStripe(call, async () => stripe.prices.retrieve(id));
  const refuse = (why: string): never => {
    const fault = { outcome: 'refused', code: 'price_mismatch', requestId: null, lacks: null } as const;
    throw new ProviderFailed(`Stripe: the price ${id} ${why}`, fault);
  };
  const { recurring } = price;
  if (price.currency !== currency) refuse(`is charged in ${price.currency}, not in ${currency}`);
  if (price.unit_amount === null || BigInt(price.unit_amount) !== priceMinor) {
    refuse(`costs ${price.unit_amount ?? 'no fixed number of'} cents, not ${priceMinor}`);
  }
  const isOf =
    recurring === null ? undefined : recurring.interval_count === 1 ? recurring.interval : 'another interval';
  if (isOf !== interval) refuse(`is charged ${wordOf(isOf)}, not ${wordOf(interval)}`);
}

function wordOf(interval: string | undefined): string {
  return interval === undefined ? 'once' : `for each ${interval}`;
}
