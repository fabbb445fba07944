/** A row of the price book as JSON. */
import { formatQuantity, formatRate } from '../../core/pricing/rate.ts';
import type { AddedPrice } from '../../db/pricing/prices.ts';

export interface PriceView {
  readonly id: string;
  /** Null: the price of everybody that has none of its own. */
  readonly org: string | null;
  readonly action: string;
  readonly unit: string;
  /** USD a unit by the quantity of one command; null where the row ends the price of its owner. */
  readonly tiers: { readonly upTo: string | null; readonly rateUsd: string }[] | null;
  readonly from: string;
  readonly to: string | null;
  readonly addedAt: string;
  readonly addedBy: string;
}

/** The JSON of a row. */
export function viewOfPrice(price: AddedPrice): PriceView {
  return {
    id: price.id,
    org: price.org,
    action: price.action,
    unit: price.unit,
    tiers:
      price.tiers?.map(({ upTo, rate }) => ({
        upTo: upTo === null ? null : formatQuantity(upTo),
        rateUsd: formatRate(rate),
      })) ?? null,
    from: new Date(price.fromMs).toISOString(),
    to: price.toMs === null ? null : new Date(price.toMs).toISOString(),
    addedAt: new Date(price.addedAtMs).toISOString(),
    addedBy: price.addedBy,
  };
}
