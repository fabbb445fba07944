import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { judgeCheckIn, NO_CHECK_IN, weightOfRules, type CheckIn, type CheckInRules } from './check-in.ts';

const RULES: CheckInRules = { ...NO_CHECK_IN, enabled: true, streakBonus: 50n, streakDays: 3 };
const NONE: ReadonlySet<string> = new Set();
const at = (time: string): number => Date.parse(time);

function judged(rules: CheckInRules, time: string, last?: CheckIn, claims = NONE): ReturnType<typeof judgeCheckIn> {
  return judgeCheckIn(rules, { last, nowMs: at(time), trueClaims: claims });
}

describe('a check-in', () => {
  test.each([
    ['the first', undefined, { day: '2026-05-10', streak: 1, credits: 10n }],
    ['the day after', { day: '2026-05-09', streak: 1 }, { day: '2026-05-10', streak: 2, credits: 10n }],
    ['the day of the bonus', { day: '2026-05-09', streak: 2 }, { day: '2026-05-10', streak: 3, credits: 60n }],
    ['the second bonus', { day: '2026-05-09', streak: 5 }, { day: '2026-05-10', streak: 6, credits: 60n }],
    ['after a gap', { day: '2026-05-08', streak: 2 }, { day: '2026-05-10', streak: 1, credits: 10n }],
  ])('%s', (_name, last, expected) => {
    expect(judged(RULES, '2026-05-10T12:00:00Z', last)).toEqual(expected);
  });

  test('is refused twice on a date, while it is off, and without the claim', () => {
    const last = { day: '2026-05-10', streak: 1 };
    expect(() => judged(RULES, '2026-05-10T23:59:59Z', last)).toThrow(
      expect.objectContaining({ code: 'ALREADY_CHECKED_IN' }),
    );
    expect(judged(RULES, '2026-05-11T00:00:00Z', last).streak).toBe(2);
    expect(() => judged({ ...RULES, enabled: false }, '2026-05-11T00:00:00Z')).toThrow(
      expect.objectContaining({ code: 'CHECKIN_DISABLED' }),
    );
    const claimed = { ...RULES, requireClaim: 'email_verified' };
    expect(() => judged(claimed, '2026-05-11T00:00:00Z')).toThrow(expect.objectContaining({ code: 'FORBIDDEN' }));
    expect(judged(claimed, '2026-05-11T00:00:00Z', undefined, new Set(['email_verified'])).credits).toBe(10n);
  });

  test.each([
    // Berlin puts its clocks forward at 2026-03-29T01:00Z, and back at 2026-10-25T01:00Z.
    ['Europe/Berlin', '2026-03-28T22:59:59Z', '2026-03-28', '2026-03-28T23:00:00Z', '2026-03-29'],
    ['Europe/Berlin', '2026-03-29T21:59:59Z', '2026-03-29', '2026-03-29T22:00:00Z', '2026-03-30'],
    ['Europe/Berlin', '2026-10-25T22:59:59Z', '2026-10-25', '2026-10-25T23:00:00Z', '2026-10-26'],
    // Where midnight itself is skipped.
    ['America/Sao_Paulo', '2018-11-04T02:59:59Z', '2018-11-03', '2018-11-04T03:00:00Z', '2018-11-04'],
    ['Pacific/Kiritimati', '2026-05-10T09:59:59Z', '2026-05-10', '2026-05-10T10:00:00Z', '2026-05-11'],
  ])('ends at the midnight of %s, summer time or not', (timeZone, before, day, after, next) => {
    const rules = { ...RULES, timeZone };
    const first = judged(rules, before);
    expect(first.day).toBe(day);
    expect(judged(rules, after, first)).toMatchObject({ day: next, streak: 2 });
  });

  test('is not given twice for a date, whatever becomes of zone and clock', () => {
    const zones = fc.constantFrom('UTC', 'Pacific/Kiritimati', 'Pacific/Pago_Pago', 'Europe/Berlin', 'Asia/Kolkata');
    const tries = fc.array(fc.tuple(zones, fc.integer({ min: -48, max: 96 })), { maxLength: 40 });
    fc.assert(
      fc.property(tries, (all) => {
        let last: CheckIn | undefined;
        const days: string[] = [];
        for (const [timeZone, hours] of all) {
          try {
            const nowMs = at('2026-05-10T00:00:00Z') + hours * 3_600_000;
            last = judgeCheckIn({ ...RULES, timeZone }, { last, nowMs, trueClaims: NONE });
            days.push(last.day);
          } catch (error) {
            expect(error).toMatchObject({ code: 'ALREADY_CHECKED_IN' });
          }
        }
        expect(days).toEqual([...new Set(days)].toSorted());
      }),
    );
  });
});

test('a config counts as what it gives on a thousand days', () => {
  expect(weightOfRules(RULES, 1_000n)).toBe(60_000_000n);
});
