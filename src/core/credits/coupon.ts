/** Coupons: codes that give credits, within limits. */
import { Refusal } from '../errors.ts';
import type { Restriction } from '../lots/restriction.ts';

/** The terms of a coupon. */
export interface CouponTerms {
  readonly credits: bigint;
  /** How often it may be redeemed in all; null: without a limit. */
  readonly limitTotal: number | null;
  readonly limitPerUser: number;
  readonly expiresAtMs: number | null;
  /** Only active subscribers of one of these plans may redeem it; empty: everybody may. */
  readonly plans: readonly string[];
  /** What alone its credit may pay for; null: everything. */
  readonly restrictedTo: Restriction | null;
}

/** How often it was redeemed, and who asks. */
export interface CouponUse {
  readonly used: number;
  readonly usedByUser: number;
  /** Plans of which the user is an active subscriber. */
  readonly plans: readonly string[];
  readonly nowMs: number;
}

export const COUPON_REASONS = ['unknown', 'expired', 'used_up', 'used_by_you', 'not_for_this_plan'] as const;
export type CouponReason = (typeof COUPON_REASONS)[number];

/** Codes are the same whatever the case of their letters and the spaces around them. */
export function couponCode(written: string): string {
  return written.trim().toUpperCase();
}

/** Why a coupon cannot be redeemed; undefined where it can. */
export function findCouponProblem(terms: CouponTerms | undefined, use: CouponUse): CouponReason | undefined {
  if (terms === undefined) return 'unknown';
  const { limitTotal, limitPerUser, expiresAtMs, plans } = terms;
  if (expiresAtMs !== null && expiresAtMs <= use.nowMs) return 'expired';
  if (use.usedByUser >= limitPerUser) return 'used_by_you';
  if (limitTotal !== null && use.used >= limitTotal) return 'used_up';
  return plans.length === 0 || plans.some((plan) => use.plans.includes(plan)) ? undefined : 'not_for_this_plan';
}

const TEXTS: Readonly<Record<CouponReason, string>> = {
  unknown: 'there is no such coupon',
  expired: 'the coupon has expired',
  used_up: 'the coupon was redeemed as often as it may be',
  used_by_you: 'you have redeemed the coupon as often as one user may',
  not_for_this_plan: 'the coupon is for subscribers of another plan',
};

/** The refusal COUPON_UNUSABLE. */
export function couponUnusable(reason: CouponReason): Refusal {
  return new Refusal('COUPON_UNUSABLE', TEXTS[reason], { details: { reason } });
}

/** What all of a coupon's redemptions give, in micros; `unbounded` where nothing limits them. */
export function weightOfCoupon(
  { credits, limitTotal }: Pick<CouponTerms, 'credits' | 'limitTotal'>,
  creditMicros: bigint,
): bigint | 'unbounded' {
  return limitTotal === null ? 'unbounded' : credits * BigInt(limitTotal) * creditMicros;
}
