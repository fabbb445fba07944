/** What a purchase of auto-refill buys, at which price. */
import { formatUsd } from '../money.ts';
import { PURCHASE_MIN_MICROS, type RefillWhat } from './auto-refill.ts';
import type { AccountName, PaymentMode } from './facts.ts';
import { findPack } from './packs.ts';
import type { StopReason } from './refill.ts';

const MICROS_PER_CENT = 10_000n;

/** A product of an org, as far as auto-refill has to know it. */
export interface OfferedProduct {
  readonly name: string;
  readonly account: AccountName;
  readonly mode: PaymentMode;
  readonly active: boolean;
  readonly priceMinor: bigint;
  /** What it credits, in micros. */
  readonly amountMicros: bigint;
}

/** What is bought. */
export interface RefillOffer {
  readonly pack: string | null;
  readonly product: string | null;
  /** What the payer reads. */
  readonly name: string;
  /** In cents. */
  readonly priceMinor: bigint;
  /** What of the price becomes credit, in micros. */
  readonly creditMicros: bigint;
  /** Credit above the price. */
  readonly bonusMicros: bigint;
  readonly freeGiftCards: number;
}

/**
 * What a setting buys now, or why it can buy nothing any more.
 * @param at.product the product that the setting names; undefined when there is none
 */
export function offerOf(
  what: RefillWhat,
  at: {
    readonly spendableMicros: bigint;
    readonly account: AccountName;
    readonly mode: PaymentMode;
    readonly product: OfferedProduct | undefined;
  },
): { readonly offer: RefillOffer } | { readonly stop: StopReason } {
  if (what.kind === 'product') return productOffer(what.product, at);
  if (what.kind === 'pack') {
    const pack = findPack(what.pack);
    if (!pack) return { stop: 'product_inactive' };
    const { id, name, amountMicros, freeGiftCards } = pack;
    const plain = plainOffer(`${name}: ${formatUsd(amountMicros)} USD of credit`, amountMicros / MICROS_PER_CENT);
    return { offer: { ...plain, pack: id, freeGiftCards } };
  }
  const gapMicros = what.targetMicros - at.spendableMicros;
  const priceMicros = gapMicros < PURCHASE_MIN_MICROS ? PURCHASE_MIN_MICROS : gapMicros;
  const priceMinor = (priceMicros + MICROS_PER_CENT - 1n) / MICROS_PER_CENT;
  return { offer: plainOffer(`${formatUsd(priceMinor * MICROS_PER_CENT)} USD of credit`, priceMinor) };
}

function plainOffer(name: string, priceMinor: bigint): RefillOffer {
  const creditMicros = priceMinor * MICROS_PER_CENT;
  return { pack: null, product: null, name, priceMinor, creditMicros, bonusMicros: 0n, freeGiftCards: 0 };
}

function productOffer(
  id: string,
  { account, mode, product }: Parameters<typeof offerOf>[1],
): { readonly offer: RefillOffer } | { readonly stop: StopReason } {
  if (product === undefined || !product.active || product.account !== account) return { stop: 'product_inactive' };
  if (product.mode !== mode) return { stop: 'wrong_mode' };
  const { name, priceMinor, amountMicros } = product;
  const paidMicros = priceMinor * MICROS_PER_CENT;
  const creditMicros = amountMicros < paidMicros ? amountMicros : paidMicros;
  const bonusMicros = amountMicros - creditMicros;
  return { offer: { pack: null, product: id, name, priceMinor, creditMicros, bonusMicros, freeGiftCards: 0 } };
}
