/** A coupon that is added; it counts as all of its redemptions. */
import { couponCode, weightOfCoupon } from '../../core/credits/coupon.ts';
import { addCoupon, type Coupon } from '../credits/coupons.ts';
import { findCreditUnit } from '../credits/unit.ts';
import { listOf, micros, orNull, small, textOf } from '../rows.ts';
import type { ChangeKind } from './change.ts';

export type CouponInput = Pick<Coupon, 'code' | 'credits' | 'limitTotal' | 'limitPerUser' | 'expiresAtMs' | 'plans'>;

export const couponChange: ChangeKind<CouponInput, Coupon> = {
  name: 'coupon',
  orgOf: () => null,
  describe: ({ code, credits, limitTotal, limitPerUser, expiresAtMs, plans }) => {
    const often = limitTotal === null ? 'any number of times' : `${limitTotal} times in all`;
    const until = expiresAtMs === null ? '' : `, until ${new Date(expiresAtMs).toISOString()}`;
    const whom = plans.length === 0 ? '' : `, to subscribers of ${plans.join(', ')}`;
    return `let the coupon ${code} give ${credits} credits, ${often} and ${limitPerUser} times to one user${until}${whom}`;
  },
  weigh: async (trx, input) => {
    const unit = await findCreditUnit(trx);
    return unit === undefined ? 'unbounded' : weightOfCoupon(input, unit);
  },
  write: ({ credits, expiresAtMs, ...rest }) => ({
    ...rest,
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
  }),
  carryOut: async (trx, input, { id, actor, at }) =>
    addCoupon(trx, { ...input, code: couponCode(input.code), id, createdAtMs: at.getTime(), createdBy: actor }),
};
