import { expect, test } from 'vitest';
import { couponCode, findCouponProblem, weightOfCoupon, type CouponTerms, type CouponUse } from './coupon.ts';

const TERMS: CouponTerms = {
  credits: 100n,
  limitTotal: 2,
  limitPerUser: 1,
  expiresAtMs: 1_000,
  plans: [],
  restrictedTo: null,
};
const USE: CouponUse = { used: 0, usedByUser: 0, plans: [], nowMs: 999 };

test.each<[string, CouponTerms | undefined, Partial<CouponUse>, string | undefined]>([
  ['it is good', TERMS, {}, undefined],
  ['there is none', undefined, {}, 'unknown'],
  ['its time is over', TERMS, { nowMs: 1_000 }, 'expired'],
  ['it never ends', { ...TERMS, expiresAtMs: null }, { nowMs: 1e15 }, undefined],
  ['the last one', TERMS, { used: 1 }, undefined],
  ['all are redeemed', TERMS, { used: 2 }, 'used_up'],
  ['there is no limit', { ...TERMS, limitTotal: null }, { used: 1e9 }, undefined],
  ['this user has redeemed it', TERMS, { used: 2, usedByUser: 1 }, 'used_by_you'],
  ['for another plan', { ...TERMS, plans: ['pro'] }, { plans: ['basic'] }, 'not_for_this_plan'],
  ['for this plan', { ...TERMS, plans: ['pro', 'max'] }, { plans: ['max'] }, undefined],
])('where %s', (_name, terms, use, expected) => {
  expect(findCouponProblem(terms, { ...USE, ...use })).toBe(expected);
});

test('codes ignore case and spaces around them', () => {
  expect(couponCode(' welcome-2026 ')).toBe('WELCOME-2026');
});

test('a coupon counts as all of its redemptions, and without a limit as more than any', () => {
  expect(weightOfCoupon(TERMS, 1_000n)).toBe(200_000n);
  expect(weightOfCoupon({ ...TERMS, limitTotal: null }, 1_000n)).toBe('unbounded');
});
