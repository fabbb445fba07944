/** What a user has, by the sentences of the contract alone: what came in less what went out. */
import { dateBefore, dateIn } from './amounts.ts';

const HOUR_MS = 3_600_000;
/** What check-ins give in the model's world. */
export const CHECK_INS = { perDay: 10n, bonus: 25n, everyDays: 2, timeZone: 'Europe/Berlin' } as const;
export const CREDIT_MICROS = 1_000n;
const FAILED_PER_HOUR_MAX = 10;

export interface ModelCoupon {
  readonly code: string;
  readonly credits: bigint;
  readonly limitTotal: number | null;
  readonly limitPerUser: number;
  readonly endsMs: number | null;
  used: number;
}

/** The wallet of a user, but for what the provider's books say. */
export class ModelUser {
  giftedMicros = 0n;
  spentMicros = 0n;
  readonly days: string[] = [];
  readonly coupons: readonly ModelCoupon[];
  #streak = 0;
  #failures: number[] = [];

  constructor(coupons: readonly ModelCoupon[]) {
    this.coupons = coupons;
  }

  /** What a check-in gives now, in credits; undefined where the day had one. */
  checkIn(nowMs: number): { readonly credits: bigint; readonly streak: number } | undefined {
    const day = dateIn(CHECK_INS.timeZone, nowMs);
    const last = this.days.at(-1);
    if (last !== undefined && day <= last) return undefined;
    this.#streak = last === dateBefore(day) ? this.#streak + 1 : 1;
    this.days.push(day);
    const credits = CHECK_INS.perDay + (this.#streak % CHECK_INS.everyDays === 0 ? CHECK_INS.bonus : 0n);
    this.giftedMicros += credits * CREDIT_MICROS;
    return { credits, streak: this.#streak };
  }

  /** What a code gives now, in credits, or the status and reason of its refusal. */
  redeem(code: string, nowMs: number): bigint | string {
    this.#failures = this.#failures.filter((atMs) => atMs > nowMs - HOUR_MS);
    if (this.#failures.length >= FAILED_PER_HOUR_MAX) return 'redemptions';
    const coupon = this.coupons.find((one) => one.code === code);
    const problem = this.#problemOf(coupon, nowMs);
    if (problem !== undefined || coupon === undefined) {
      this.#failures.push(nowMs);
      return problem ?? 'unknown';
    }
    coupon.used += 1;
    this.giftedMicros += coupon.credits * CREDIT_MICROS;
    return coupon.credits;
  }

  /** All who redeem in the model's world are this user. */
  #problemOf(coupon: ModelCoupon | undefined, nowMs: number): string | undefined {
    if (coupon === undefined) return 'unknown';
    if (coupon.endsMs !== null && coupon.endsMs <= nowMs) return 'expired';
    if (coupon.used >= coupon.limitPerUser) return 'used_by_you';
    return coupon.limitTotal !== null && coupon.used >= coupon.limitTotal ? 'used_up' : undefined;
  }
}
