/** The daily check-in: what it gives, and when it may be repeated. */
import { Refusal } from '../errors.ts';
import { dayAt } from '../zone.ts';

const DAY_MS = 86_400_000;

/** What an operator sets. */
export interface CheckInRules {
  readonly enabled: boolean;
  readonly creditsPerDay: bigint;
  /** Comes on top on each `streakDays`-th day in a row. */
  readonly streakBonus: bigint;
  readonly streakDays: number;
  /** Whose midnight a day ends at. */
  readonly timeZone: string;
  /** A claim of the token that must be true; null: none. */
  readonly requireClaim: string | null;
}

/** After how many days in a row a bonus may come. */
export const STREAK_DAYS_MIN = 2;
export const STREAK_DAYS_MAX = 366;

/** The rules where neither the configuration nor an operator sets any. */
export const NO_CHECK_IN: CheckInRules = {
  enabled: false,
  creditsPerDay: 10n,
  streakBonus: 0n,
  streakDays: 7,
  timeZone: 'UTC',
  requireClaim: null,
};

/** A check-in: its date in the zone of that time, and the how-manieth in a row it was. */
export interface CheckIn {
  readonly day: string;
  readonly streak: number;
}

/**
 * Judges a check-in at a time. The date in the zone in force must be later than that of the last one, so that no change of the
 * zone gives a day twice; it continues the streak where it is the next date.
 * @param last undefined: it is the first
 * @throws Refusal CHECKIN_DISABLED, ALREADY_CHECKED_IN; FORBIDDEN without the claim
 */
export function judgeCheckIn(
  rules: CheckInRules,
  about: { readonly last: CheckIn | undefined; readonly nowMs: number; readonly trueClaims: ReadonlySet<string> },
): CheckIn & { readonly credits: bigint } {
  const { last, nowMs, trueClaims } = about;
  const { enabled, requireClaim, creditsPerDay, streakBonus, streakDays, timeZone } = rules;
  if (!enabled) throw new Refusal('CHECKIN_DISABLED', 'check-ins give nothing here now');
  if (requireClaim !== null && !trueClaims.has(requireClaim)) {
    throw new Refusal('FORBIDDEN', `a check-in needs a token whose claim ${requireClaim} is true`, {
      details: { field: requireClaim },
    });
  }
  const day = dayAt(nowMs, timeZone);
  if (last !== undefined && day <= last.day) {
    throw new Refusal('ALREADY_CHECKED_IN', `the check-in of ${last.day} is done; the next may be made on a later day`);
  }
  const streak = last?.day === dayBefore(day) ? last.streak + 1 : 1;
  return { day, streak, credits: creditsPerDay + (streak % streakDays === 0 ? streakBonus : 0n) };
}

function dayBefore(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) - DAY_MS).toISOString().slice(0, day.length);
}

/** A config counts as what a check-in gives at most on a thousand days, in micros: as much as a minter gives away by it. */
export function weightOfRules({ creditsPerDay, streakBonus }: CheckInRules, creditMicros: bigint): bigint {
  return (creditsPerDay + streakBonus) * COUNTED_DAYS * creditMicros;
}

const COUNTED_DAYS = 1_000n;
