/** How a command was priced, as JSON. */
import { formatQuantity, formatRate } from '../core/pricing/rate.ts';
import { parseStamp, type Stamp } from '../core/pricing/stamp.ts';

export interface PricingView {
  readonly action: string | null;
  readonly quantity: string | null;
  /** The row of the price book, its rate, and how their product was rounded; null where nothing was priced. */
  readonly price: { readonly priceId: string; readonly rateUsd: string; readonly rounding: 'up' } | null;
}

/** The JSON of a price. */
export function viewOfStamp(action: string, { row, quantity, rate }: Stamp): PricingView {
  const price = { priceId: row, rateUsd: formatRate(rate), rounding: 'up' } as const;
  return { action, quantity: formatQuantity(quantity), price };
}

/** How an entry was priced. */
export function viewOfPricing({
  action,
  pricing,
}: {
  readonly action: string | null;
  readonly pricing: string | null;
}): PricingView {
  if (action === null || pricing === null) return { action: null, quantity: null, price: null };
  return viewOfStamp(action, parseStamp(pricing));
}
