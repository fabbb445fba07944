/** The part `checkin` of the configuration file: what a daily check-in gives until an operator sets something else. */
import { z } from 'zod';
import { NO_CHECK_IN, STREAK_DAYS_MAX, STREAK_DAYS_MIN, type CheckInRules } from '../core/credits/check-in.ts';
import { toCount } from '../core/integers.ts';
import { AMOUNT_MICROS_MAX } from '../core/money.ts';
import { isTimeZone } from '../core/zone.ts';

const CLAIM_CHARS_MAX = 100;

const credits = z
  .int()
  .min(0)
  .max(toCount(AMOUNT_MICROS_MAX))
  .transform((count) => BigInt(count));

/** What is left out is as it is without any rules. */
export const checkInSchema = z
  .strictObject({
    enabled: z.boolean(),
    /** Whole credits for a day. */
    creditsPerDay: credits.refine((count) => count > 0n, 'must be more than zero').default(NO_CHECK_IN.creditsPerDay),
    /** Whole credits on top on each `streakDays`-th day in a row. */
    streakBonus: credits.default(NO_CHECK_IN.streakBonus),
    streakDays: z.int().min(STREAK_DAYS_MIN).max(STREAK_DAYS_MAX).default(NO_CHECK_IN.streakDays),
    /** The dates of this time zone count. */
    timeZone: z
      .string()
      .refine(isTimeZone, 'must be the name of a time zone, such as Europe/Berlin')
      .default(NO_CHECK_IN.timeZone),
    /** A claim of the token that must be true; null: none. */
    requireClaim: z.string().min(1).max(CLAIM_CHARS_MAX).nullable().default(NO_CHECK_IN.requireClaim),
  })
  .transform((rules): CheckInRules => rules)
  .default(NO_CHECK_IN);
