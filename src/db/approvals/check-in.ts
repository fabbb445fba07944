/** The rules of check-ins; they count as what they give on a thousand days. */
import { weightOfRules, type CheckInRules } from '../../core/credits/check-in.ts';
import { setCheckInRules } from '../credits/check-ins.ts';
import { findCreditUnit } from '../credits/unit.ts';
import { micros, orNull, small, textOf, truth } from '../rows.ts';
import type { ChangeKind } from './change.ts';

export const checkInChange: ChangeKind<CheckInRules, CheckInRules> = {
  name: 'check_in',
  orgOf: () => null,
  describe: ({ enabled, creditsPerDay, streakBonus, streakDays, timeZone, requireClaim }) => {
    if (!enabled) return 'turn check-ins off';
    const bonus = streakBonus === 0n ? '' : `, ${streakBonus} more every ${streakDays} days in a row`;
    const claim = requireClaim === null ? '' : `, to people whose ${requireClaim} is true`;
    return `give ${creditsPerDay} credits for each day's check-in${bonus}, by the dates of ${timeZone}${claim}`;
  },
  weigh: async (trx, rules) => {
    if (!rules.enabled) return 0n;
    const unit = await findCreditUnit(trx);
    return unit === undefined ? 'unbounded' : weightOfRules(rules, unit);
  },
  write: ({ creditsPerDay, streakBonus, ...rest }) => ({
    ...rest,
    creditsPerDay: String(creditsPerDay),
    streakBonus: String(streakBonus),
  }),
  read: (input) => ({
    enabled: truth(input['enabled']),
    creditsPerDay: micros(input['creditsPerDay']),
    streakBonus: micros(input['streakBonus']),
    streakDays: small(input['streakDays']),
    timeZone: textOf(input['timeZone']),
    requireClaim: orNull(input['requireClaim'], textOf),
  }),
  carryOut: async (trx, rules, { at }) => {
    await setCheckInRules(trx, rules, at);
    return rules;
  },
};
