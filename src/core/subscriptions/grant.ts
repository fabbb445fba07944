/** What a paid invoice of a subscription grants: each period once, and only for the plan's whole price. */
import type { InvoiceFact, InvoiceLine } from '../billing/facts.ts';
import type { PeriodTerms } from './plan.ts';

const CURRENCY = 'usd';
const DAY_MS = 24 * 3_600_000;
/**
 * How long after its period the credit of a plan that ends can be spent at most: while the renewal is outstanding. A lot's end
 * is fixed as it opens, so that this is part of it; where nothing is outstanding, the lot is ended before.
 */
export const GRACE_MS = 3 * DAY_MS;

/** What identifies a paid period. Of two invoices with the same one, one grants. */
export interface PeriodKey {
  readonly subscription: string;
  readonly price: string;
  readonly periodStartMs: number;
  /**
   * `change`: a change began it, as when a paused subscription goes on. That may happen in the second in which the last period
   * began, at the same price; each of the two is paid.
   */
  readonly begun: 'turn' | 'change';
}

/** A period that an invoice pays. */
export interface PaidPeriod extends PeriodKey {
  readonly periodEndMs: number;
  readonly terms: PeriodTerms;
}

/** Why a paid invoice grants nothing until a person decides. */
export const INVOICE_PARK_REASONS = [
  'wrong_currency',
  'unread_lines',
  'unknown_price',
  'wrong_amount',
  'discounted',
  'switched_elsewhere',
  'paid_elsewhere',
  'paid_from_balance',
  'granted_before',
] as const;
export type InvoiceParkReason = (typeof INVOICE_PARK_REASONS)[number];

/**
 * `waiting`: not paid yet. `closed`: it will not be paid. `nothing`: paid, and nothing is due for it, as for a trial. `grants`: it
 * pays these periods. `parked`: it is paid, and what for is not clear.
 */
export type InvoiceVerdict =
  | { readonly verdict: 'waiting' | 'closed' | 'nothing' }
  | { readonly verdict: 'grants'; readonly periods: readonly PaidPeriod[] }
  | { readonly verdict: 'parked'; readonly reason: InvoiceParkReason };

/**
 * Judges an invoice by its lines, whatever its reason: each line that is no proration pays a period. A line that costs nothing
 * grants nothing. What is short of the plan's price, by a discount that we did not make, is parked, and so are prorations:
 * plans are switched without them.
 * @param termsOf what a price means for a period that begins at a time; undefined for one that is no plan's
 */
export function judgeInvoice(
  fact: InvoiceFact,
  termsOf: (price: string, periodStartMs: number) => PeriodTerms | undefined,
): InvoiceVerdict {
  if (fact.state === 'void' || fact.state === 'uncollectible') return { verdict: 'closed' };
  if (fact.state !== 'paid') return { verdict: 'waiting' };
  if (!fact.isWhole) return parked('unread_lines');
  if (fact.totalMinor <= 0n && fact.paidMinor === 0n && fact.lines.every(costsNothing)) return { verdict: 'nothing' };
  if (fact.currency !== CURRENCY) return parked('wrong_currency');
  const judged = fact.lines.filter((line) => !line.isProration && line.amountMinor !== 0n);
  const isSwitched = fact.lines.some(({ isProration, amountMinor }) => isProration && amountMinor !== 0n);
  if (isSwitched) return parked('switched_elsewhere');
  const periods: PaidPeriod[] = [];
  for (const line of judged) {
    const period = judgeLine(fact, line, termsOf);
    if (typeof period === 'string') return parked(period);
    periods.push(period);
  }
  if (periods.length === 0) return { verdict: 'nothing' };
  if (fact.payment === null) return parked(fact.paidMinor === 0n ? 'paid_from_balance' : 'paid_elsewhere');
  if (fact.paidMinor < fact.totalMinor) return parked('paid_from_balance');
  return { verdict: 'grants', periods };
}

function parked(reason: InvoiceParkReason): InvoiceVerdict {
  return { verdict: 'parked', reason };
}

function costsNothing({ amountMinor, isProration }: InvoiceLine): boolean {
  return amountMinor === 0n && !isProration;
}

function judgeLine(
  { subscription, isChange }: InvoiceFact,
  { price, amountMinor, discountMinor, periodStartMs, periodEndMs }: InvoiceLine,
  termsOf: (price: string, periodStartMs: number) => PeriodTerms | undefined,
): PaidPeriod | InvoiceParkReason {
  const terms = price === null ? undefined : termsOf(price, periodStartMs);
  if (subscription === null || price === null || terms === undefined) return 'unknown_price';
  if (discountMinor !== 0n) return 'discounted';
  if (amountMinor !== terms.priceMinor) return 'wrong_amount';
  const begun = isChange === true ? 'change' : 'turn';
  return { subscription, price, periodStartMs, begun, periodEndMs, terms };
}

/** What the periods of an order bring together. */
export interface OrderWorth {
  readonly paidMicros: bigint;
  readonly bonusMicros: bigint;
  /** When their credit ends; null: never. Of several periods the latest end. */
  readonly expiresAtMs: number | null;
}

/** Sums what periods bring. */
export function worthOf(periods: readonly PaidPeriod[]): OrderWorth {
  const ends = periods.map(({ terms, periodEndMs }) => (terms.creditEnd === 'never' ? null : periodEndMs + GRACE_MS));
  return {
    paidMicros: periods.reduce((sum, { terms }) => sum + terms.paidMicros, 0n),
    bonusMicros: periods.reduce((sum, { terms }) => sum + terms.bonusMicros, 0n),
    expiresAtMs: ends.reduce<number | null>(
      (latest, end) => (latest === null || end === null ? null : Math.max(latest, end)),
      ends.length === 0 ? null : 0,
    ),
  };
}
