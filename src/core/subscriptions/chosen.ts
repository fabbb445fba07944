/** Which price a period is for, where its provider does not say: the price that the payer had chosen as the period began. */

/** A price that a payer chose: the first at the checkout, each later one by a change of plan. */
export interface ChosenPrice {
  /** The provider's id. */
  readonly price: string;
  /** Periods that begin at this time or later are for it; the first one is for all before it as well. */
  readonly fromMs: number;
}

/** A period as its payment shows it, with the price that its subscription has now. */
export interface UnnamedPeriod {
  readonly presentPrice: string;
  readonly periodStartMs: number;
  /** Whether what was paid is what a price costs for this period. */
  readonly fits: (price: string) => boolean;
}

/**
 * The price that a period is for. It does not depend on when the payment is read: a switch that was asked for and did not take
 * effect is passed over, and near the moment of a switch the amount decides between the two prices.
 * @param chosen oldest first
 * @returns undefined where the payment is for none of them: the subscription was switched elsewhere
 */
export function priceOfPeriod(chosen: readonly ChosenPrice[], period: UnnamedPeriod): string | undefined {
  const { presentPrice, periodStartMs, fits } = period;
  if (chosen.length === 0) return presentPrice;
  const present = chosen.findLastIndex(({ price }) => price === presentPrice);
  const known = present < 0 ? chosen : chosen.slice(0, present + 1);
  const inForce = known.findLast(({ fromMs }) => fromMs <= periodStartMs) ?? known.at(0);
  const others = known.toReversed().map(({ price }) => price);
  const candidates = [...(inForce === undefined ? [] : [inForce.price]), ...others];
  return candidates.find(fits) ?? (present < 0 ? undefined : inForce?.price);
}
