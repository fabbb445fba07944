/** A product that an org sells: what its price and its credit mean, and who may set them. */
import { Refusal } from '../errors.ts';

const MICROS_PER_CENT = 10_000n;

export const BILLING_MODELS = ['one_time'] as const;
export type BillingModel = (typeof BILLING_MODELS)[number];

/** What a product costs, and what it credits. Neither ever changes. */
export interface ProductTerms {
  readonly priceCents: bigint;
  /** In micros. */
  readonly amountMicros: bigint;
}

/** What a purchase brings, in micros. */
export interface ProductCredit {
  readonly priceMicros: bigint;
  /** What of the price becomes credit: the rest is the seller's. */
  readonly creditMicros: bigint;
  /** Credit above the price. */
  readonly bonusMicros: bigint;
}

/** What a purchase of a product brings: the price is the paid part, what is above it is given. */
export function creditOf({ priceCents, amountMicros }: ProductTerms): ProductCredit {
  const priceMicros = priceCents * MICROS_PER_CENT;
  const isAbove = amountMicros > priceMicros;
  return {
    priceMicros,
    creditMicros: isAbove ? priceMicros : amountMicros,
    bonusMicros: isAbove ? amountMicros - priceMicros : 0n,
  };
}

/**
 * Checks that a caller may make a product with these terms, or put it back on sale: one that credits more than it costs creates
 * credit without money.
 * @param field what the caller gave, for the refusal
 * @throws Refusal FORBIDDEN naming the field
 */
export function checkProductTerms(
  terms: ProductTerms,
  by: { readonly isMinter: boolean; readonly isTrusted: boolean },
  field: 'amount_micros' | 'active' = 'amount_micros',
): void {
  if (creditOf(terms).bonusMicros === 0n || by.isMinter || by.isTrusted) return;
  const sold =
    field === 'active'
      ? 'active puts a product on sale that credits more than it costs'
      : 'amount_micros above the price';
  const message = `${sold}: this creates credit, and is for admin keys, platform admins and platform keys`;
  throw new Refusal('FORBIDDEN', `${message} with treasury:admin, unless the org is trusted`, {
    details: { field },
  });
}
