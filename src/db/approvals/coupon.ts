/** A coupon that is added; it counts as all of its redemptions. */
import { couponCode, weightOfCoupon } from '../../core/credits/coupon.ts';
import { describeRestriction, formatRestriction, parseRestriction } from '../../core/lots/restriction.ts';
import { addCoupon, type Coupon } from '../credits/coupons.ts';
import { findCreditUnit } from '../credits/unit.ts';
import { listOf, micros, orNull, small, textOf } from '../rows.ts';
import type { ChangeKind } from './change.ts';

export type CouponInput = Pick<
  Coupon,
  'code' | 'credits' | 'limitTotal' | 'limitPerUser' | 'expiresAtMs' | 'plans' | 'restrictedTo'
>;

export const couponChange: ChangeKind<CouponInput, Coupon> = {
  name: 'coupon',
  orgOf: () => null,
  describe: ({ code, credits, limitTotal, limitPerUser, expiresAtMs, plans, restrictedTo }) => {
    const often = limitTotal === null ? 'any number of times' : `${limitTotal} times in all`;
    const until = expiresAtMs === null ? '' : `, until ${new Date(expiresAtMs).toISOString()}`;
    const whom = plans.length === 0 ? '' : `, to subscribers of ${plans.join(', ')}`;
    const forWhat = restrictedTo === null ? '' : ` for ${describeRestriction(restrictedTo)} alone`;
    return `let the coupon ${code} give ${credits} credits${forWhat}, ${often} and ${limitPerUser} times to one user${until}${whom}`;
  },
  weigh: async (trx, input) => {
    const unit = await findCreditUnit(trx);
    return unit === undefined ? 'unbounded' : weightOfCoupon(input, unit);
  },
  // What is not restricted is written as it was before coupons could be: it is compared under its idempotency key.
  write: ({ credits, expiresAtMs, restrictedTo, ...rest }) => ({
    ...rest,
    ...(restrictedTo === null ? {} : { restrictedTo: formatRestriction(restrictedTo) }),
    code: couponCode(rest.code),
    credits: String(credits),
    expiresAt: expiresAtMs === null ? null : new Date(expiresAtMs).toISOString(),
  }),
  read: (input) => ({
    code: textOf(input['code']),
    credits: micros(input['credits']),
    limitTotal: orNull(input['limitTotal'], small),
    limitPerUser: small(input['limitPerUser']),
    expiresAtMs: orNull(input['expiresAt'], (text) => Date.parse(textOf(text))),
    plans: listOf(input['plans'], textOf),
    restrictedTo: orNull(input['restrictedTo'] ?? null, (text) => parseRestriction(textOf(text))),
  }),
  carryOut: async (trx, input, { id, actor, at }) =>
    addCoupon(trx, { ...input, code: couponCode(input.code), id, createdAtMs: at.getTime(), createdBy: actor }),
};
