/** Coupons and the rules of check-ins as JSON. Whole credits are numbers: a request names none above 2^53 - 1. */
import type { CheckInRules } from '../../core/credits/check-in.ts';
import { toCount } from '../../core/integers.ts';
import type { Coupon } from '../../db/credits/coupons.ts';
import { viewOfRestriction, type RestrictionView } from '../lots/restricted.ts';

export interface CouponView {
  readonly id: string;
  readonly code: string;
  readonly credits: number;
  readonly limit_total: number | null;
  readonly limit_per_user: number;
  readonly expires_at: string | null;
  readonly plans: string[];
  /** What alone its credit may pay for; null: everything. */
  readonly restricted_to: RestrictionView | null;
  readonly used: number;
  readonly created_at: string;
  readonly created_by: string;
}

/** The JSON of a coupon. */
export function viewOfCoupon(coupon: Coupon): CouponView {
  return {
    id: coupon.id,
    code: coupon.code,
    credits: toCount(String(coupon.credits)),
    limit_total: coupon.limitTotal,
    limit_per_user: coupon.limitPerUser,
    expires_at: coupon.expiresAtMs === null ? null : new Date(coupon.expiresAtMs).toISOString(),
    plans: [...coupon.plans],
    restricted_to: coupon.restrictedTo && viewOfRestriction(coupon.restrictedTo),
    used: coupon.used,
    created_at: new Date(coupon.createdAtMs).toISOString(),
    created_by: coupon.createdBy,
  };
}

export interface CheckInRulesView {
  readonly enabled: boolean;
  readonly credits_per_day: number;
  readonly streak_bonus: number;
  readonly streak_days: number;
  readonly time_zone: string;
  readonly require_claim: string | null;
  readonly requireClaim: string | null;
}

/** The JSON of the rules. */
export function viewOfRules(rules: CheckInRules): CheckInRulesView {
  return {
    enabled: rules.enabled,
    credits_per_day: toCount(String(rules.creditsPerDay)),
    streak_bonus: toCount(String(rules.streakBonus)),
    streak_days: rules.streakDays,
    time_zone: rules.timeZone,
    require_claim: rules.requireClaim,
    requireClaim: rules.requireClaim,
  };
}
