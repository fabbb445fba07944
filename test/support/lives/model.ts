/** What a user and an org have, by the sentences of the contract alone: what came in less what went out. */
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

export interface ModelHold {
  readonly id: string;
  /** All that was ever put into it. */
  heldMicros: bigint;
  /** What was taken out of it for captures. */
  capturedMicros: bigint;
  readonly endsMs: number;
  /** Whether it counts in the budget: it was opened while there was one. */
  budgeted: boolean;
}

/** A hard budget on all that an org spends, which never begins anew. */
export interface ModelBudget {
  readonly id: string;
  limitMicros: bigint;
  usedMicros: bigint;
}

/** The wallet of an org. */
export class ModelOrg {
  depositedMicros = 0n;
  spentMicros = 0n;
  readonly holds = new Map<string, ModelHold>();
  /** Usage that was charged, as it was reported, by its id. */
  readonly usage = new Map<string, string>();
  budget: ModelBudget | undefined;

  leftIn({ heldMicros, capturedMicros }: ModelHold): bigint {
    return heldMicros - capturedMicros;
  }

  /** What lies in open holds at a time; those that have ended gave back what they had left. */
  heldAt(nowMs: number): bigint {
    for (const [id, { endsMs }] of this.holds) if (endsMs <= nowMs) this.holds.delete(id);
    return [...this.holds.values()].reduce((sum, hold) => sum + this.leftIn(hold), 0n);
  }

  /** Whether so much may be spent or held at a time: by what is available, and by the budget. */
  mayTake(micros: bigint, nowMs: number): boolean {
    if (micros > this.availableAt(nowMs)) return false;
    if (this.budget === undefined) return true;
    const reserved = [...this.holds.values()].reduce((sum, one) => (one.budgeted ? sum + this.leftIn(one) : sum), 0n);
    return micros <= this.budget.limitMicros - this.budget.usedMicros - reserved;
  }

  /** Notes what was spent; `budgeted` unless it came out of a hold from before the budget. */
  noteSpent(micros: bigint, budgeted = true): void {
    this.spentMicros += micros;
    if (this.budget !== undefined && budgeted) this.budget.usedMicros += micros;
  }

  availableAt(nowMs: number): bigint {
    return this.depositedMicros - this.spentMicros - this.heldAt(nowMs);
  }
}
