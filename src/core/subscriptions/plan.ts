/** Plans: what a customer may subscribe to, or buy once, and what a paid period of each is worth. */
import { PROVIDERS, type Provider } from '../billing/facts.ts';
import { INTERVALS, type Interval } from '../billing/order.ts';

export const PLAN_KINDS = ['subscription', 'one_time'] as const;
export type PlanKind = (typeof PLAN_KINDS)[number];

export const CREDIT_ENDS = ['never', 'period_end'] as const;
/** Until when the credit of a period can be spent. */
export type CreditEnd = (typeof CREDIT_ENDS)[number];

const MICROS_PER_CENT = 10_000n;
/** `credits_included` is for a month. */
const MONTHS: Readonly<Record<Interval, bigint>> = { month: 1n, year: 12n };

/** A plan as it is from a time on, until a later version of it takes over. */
export interface PlanVersion {
  readonly plan: string;
  /** Counts from 1. */
  readonly version: number;
  readonly fromMs: number;
  readonly name: string;
  readonly description: string;
  readonly features: readonly string[];
  readonly kind: PlanKind;
  /** In cents; null where the plan is not sold for that interval. The monthly one of a one-time plan is its price. */
  readonly monthlyCents: bigint | null;
  readonly yearlyCents: bigint | null;
  /** What a month is worth, in micros. */
  readonly creditMicros: bigint;
  readonly creditEnd: CreditEnd;
  readonly isActive: boolean;
  readonly stripeMonthly: string | null;
  readonly stripeYearly: string | null;
  readonly creemProduct: string | null;
}

/** What a paid period of a plan brings. */
export interface PeriodTerms {
  readonly plan: string;
  readonly version: number;
  readonly interval: Interval;
  readonly priceMinor: bigint;
  /** What of the price becomes credit that was paid for. */
  readonly paidMicros: bigint;
  /** Credit above the price. */
  readonly bonusMicros: bigint;
  readonly creditEnd: CreditEnd;
}

/** What may be set of a plan. */
export type PlanFields = Omit<PlanVersion, 'plan' | 'version' | 'fromMs'>;

/** What fields say together that they may not, by the name that the field has for operators; undefined where they fit. */
export function findPlanProblem(fields: PlanFields): { readonly path: string; readonly message: string } | undefined {
  const { kind, monthlyCents: monthly, yearlyCents: yearly, creditEnd, stripeMonthly, stripeYearly } = fields;
  if (monthly === null && yearly === null) return { path: 'price_monthly', message: 'a plan needs a price' };
  if (kind === 'one_time' && (monthly === null || yearly !== null)) {
    return { path: 'price_monthly', message: 'a one-time plan has this price alone' };
  }
  if (kind === 'one_time' && creditEnd === 'period_end') {
    return { path: 'credits_expire', message: 'what is bought once has no period' };
  }
  if (yearly === null && stripeYearly !== null) {
    return { path: 'price_yearly', message: 'is required with a price at the provider' };
  }
  return monthly === null && stripeMonthly !== null
    ? { path: 'price_monthly', message: 'is required with a price at the provider' }
    : undefined;
}

/** The price of a plan for an interval, in cents; null where it is not sold so. */
export function priceOf(version: PlanFields, interval: Interval): bigint | null {
  return interval === 'month' ? version.monthlyCents : version.yearlyCents;
}

/** Stripe's price of a plan for an interval. */
export function stripePriceOf(version: PlanFields, interval: Interval): string | null {
  return interval === 'month' ? version.stripeMonthly : version.stripeYearly;
}

/** A provider's id of what a plan costs for an interval; null where the provider does not sell it so. */
export function priceAt(version: PlanFields, interval: Interval, provider: Provider): string | null {
  if (provider === 'stripe') return stripePriceOf(version, interval);
  return interval === creemInterval(version) ? version.creemProduct : null;
}

/** A plan's product at Creem has one interval: a month, where the plan is sold for it. */
function creemInterval({ monthlyCents }: PlanFields): Interval {
  return monthlyCents === null ? 'year' : 'month';
}

/** What a plan names at a provider. */
export interface PlanItem {
  readonly provider: Provider;
  /** The provider's id. */
  readonly item: string;
  readonly priceMinor: bigint;
  /** Undefined for what is bought once. */
  readonly interval: Interval | undefined;
  /** The name that its field has for operators. */
  readonly path: string;
}

/** Everything that a plan names at providers, with what it costs there. */
export function itemsOf(plan: PlanFields): PlanItem[] {
  return PROVIDERS.flatMap((provider) =>
    INTERVALS.flatMap((interval) => {
      const [item, priceMinor] = [priceAt(plan, interval, provider), priceOf(plan, interval)];
      if (item === null || priceMinor === null) return [];
      const path = provider === 'creem' ? 'creem_product_id' : `stripe_price_id_${interval}ly`;
      return [{ provider, item, priceMinor, interval: plan.kind === 'subscription' ? interval : undefined, path }];
    }),
  );
}

/** A provider's id of what a plan costs for an interval. */
interface ProviderPrice {
  readonly price: string;
  readonly interval: Interval;
}

/** All prices of a plan at providers. */
export function pricesOf(version: PlanFields): ProviderPrice[] {
  return PROVIDERS.flatMap((provider) =>
    INTERVALS.flatMap((interval) => {
      const price = priceAt(version, interval, provider);
      return price === null ? [] : [{ price, interval }];
    }),
  );
}

/** What a period of a plan brings; a year grants twelve months at once. Undefined where it has no price for that interval. */
export function termsOf(version: PlanVersion, interval: Interval): PeriodTerms | undefined {
  const priceMinor = priceOf(version, interval);
  if (priceMinor === null) return undefined;
  const creditMicros = version.creditMicros * MONTHS[interval];
  const priceMicros = priceMinor * MICROS_PER_CENT;
  const isAbove = creditMicros > priceMicros;
  return {
    plan: version.plan,
    version: version.version,
    interval,
    priceMinor,
    paidMicros: isAbove ? priceMicros : creditMicros,
    bonusMicros: isAbove ? creditMicros - priceMicros : 0n,
    creditEnd: version.creditEnd,
  };
}

/**
 * What a plan creates without money, in micros: the most that a period's credit exceeds its price. That is what the limit for
 * minting is compared with.
 */
export function mintedBy(version: PlanVersion): bigint {
  const bonuses = INTERVALS.map((interval) => termsOf(version, interval)?.bonusMicros ?? 0n);
  return bonuses.reduce((most, one) => (one > most ? one : most), 0n);
}

/**
 * What a provider's price meant for a period that began at a time: the newest version of its plan that was in force then, else
 * the oldest that names the price. It depends on nothing that came later, so that a late invoice is judged as an early one.
 * @param versions all versions that name the price; those of one plan only
 */
export function termsOfPrice(
  versions: readonly PlanVersion[],
  price: string,
  periodStartMs: number,
): PeriodTerms | undefined {
  const named = versions
    .filter((one) => pricesOf(one).some((known) => known.price === price))
    .toSorted((a, b) => a.fromMs - b.fromMs || a.version - b.version);
  const version = named.findLast(({ fromMs }) => fromMs <= periodStartMs) ?? named.at(0);
  const interval = version && pricesOf(version).find((known) => known.price === price)?.interval;
  return version && interval && termsOf(version, interval);
}
