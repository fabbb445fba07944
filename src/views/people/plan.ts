/** A plan as JSON. */
import { wholeCredits } from '../../core/credits/unit.ts';
import type { CreditEnd, PlanKind, PlanVersion } from '../../core/subscriptions/plan.ts';

const CENTS_DIGITS = 2;

/** A plan as customers see it. */
export interface OfferedPlanView {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  /** In dollars: a JSON number with exactly the price's digits. */
  readonly price_monthly: object | null;
  readonly price_yearly: object | null;
  /** Whole credits: a JSON number with exactly their digits. */
  readonly credits_included: object;
  readonly features: readonly string[];
  readonly kind: PlanKind;
}

/** A plan as operators see it. */
export interface PlanView extends OfferedPlanView {
  readonly version: number;
  readonly credits_expire: CreditEnd;
  readonly active: boolean;
  readonly stripe_price_id_monthly: string | null;
  readonly stripe_price_id_yearly: string | null;
  readonly creem_product_id: string | null;
  readonly updated_at: string;
}

/** The JSON of a plan for customers. @param creditMicros what one credit is worth */
export function viewOfOffer(version: PlanVersion, creditMicros: bigint): OfferedPlanView {
  return {
    id: version.plan,
    name: version.name,
    description: version.description,
    price_monthly: dollars(version.monthlyCents),
    price_yearly: dollars(version.yearlyCents),
    credits_included: JSON.rawJSON(String(wholeCredits(version.creditMicros, creditMicros))),
    features: version.features,
    kind: version.kind,
  };
}

/** The JSON of a plan for operators. */
export function viewOfPlan(version: PlanVersion, creditMicros: bigint): PlanView {
  return {
    ...viewOfOffer(version, creditMicros),
    version: version.version,
    credits_expire: version.creditEnd,
    active: version.isActive,
    stripe_price_id_monthly: version.stripeMonthly,
    stripe_price_id_yearly: version.stripeYearly,
    creem_product_id: version.creemProduct,
    updated_at: new Date(version.fromMs).toISOString(),
  };
}

function dollars(cents: bigint | null): object | null {
  return cents === null ? null : JSON.rawJSON(dollarsText(cents));
}

/** Dollars with two digits after the point. */
export function dollarsText(cents: bigint): string {
  const digits = String(cents).padStart(CENTS_DIGITS + 1, '0');
  return `${digits.slice(0, -CENTS_DIGITS)}.${digits.slice(-CENTS_DIGITS)}`;
}
