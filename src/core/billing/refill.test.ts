import { expect, test } from 'vitest';
import { afterFailure, codeOfFailure, isFresh, judgeRefill, type RefillSituation } from './refill.ts';

const HOUR = 3_600_000;
const nowMs = Date.parse('2026-11-30T12:00:00.000Z');
const base: RefillSituation = {
  terms: {
    thresholdMicros: 5_000_000n,
    what: { kind: 'pack', pack: 'growth' },
    maxDayMinor: 10_000n,
    maxMonthMinor: 20_000n,
    maxDayCount: 5,
  },
  balance: { spendableMicros: 4_999_999n, seq: 7 },
  creditedSeq: 0,
  spent: { dayMinor: 0n, monthMinor: 0n, dayCount: 0 },
  priceMinor: 2_500n,
  nowMs,
};
const nextDayMs = Date.parse('2026-12-01T00:00:00.000Z');

test.each([
  ['below the threshold', {}, { verdict: 'buy' }],
  ['at the threshold', { balance: { spendableMicros: 5_000_000n, seq: 7 } }, { verdict: 'enough' }],
  ['at the credit of the last purchase', { creditedSeq: 7 }, { verdict: 'buy' }],
  ['read from before that credit', { creditedSeq: 8 }, { verdict: 'enough' }],
  ['in debt', { balance: { spendableMicros: -1n, seq: 7 } }, { verdict: 'buy' }],
  [
    'up to the ceiling of the day',
    { spent: { dayMinor: 7_500n, monthMinor: 7_500n, dayCount: 3 } },
    { verdict: 'buy' },
  ],
  [
    'a cent above it',
    { spent: { dayMinor: 7_501n, monthMinor: 7_501n, dayCount: 3 } },
    { verdict: 'wait', reason: 'max_day', untilMs: nextDayMs },
  ],
  ['up to the ceiling of the month', { spent: { dayMinor: 0n, monthMinor: 17_500n, dayCount: 0 } }, { verdict: 'buy' }],
  [
    'a cent above that',
    { spent: { dayMinor: 0n, monthMinor: 17_501n, dayCount: 0 } },
    { verdict: 'wait', reason: 'max_month', untilMs: nextDayMs },
  ],
  ['the last purchase of a day', { spent: { dayMinor: 4n, monthMinor: 4n, dayCount: 4 } }, { verdict: 'buy' }],
  [
    'one more than that',
    { spent: { dayMinor: 4n, monthMinor: 4n, dayCount: 5 } },
    { verdict: 'wait', reason: 'max_day_count', untilMs: nextDayMs },
  ],
] as const)('%s', (_, change, verdict) => {
  expect(judgeRefill({ ...base, ...change })).toEqual(verdict);
});

test('the ceiling of a month begins anew with the next one, in December too', () => {
  const spent = { dayMinor: 0n, monthMinor: 20_000n, dayCount: 0 };
  const at = Date.parse('2026-12-15T23:59:59.999Z');
  const untilMs = Date.parse('2027-01-01T00:00:00.000Z');
  expect(judgeRefill({ ...base, spent, nowMs: at })).toEqual({ verdict: 'wait', reason: 'max_month', untilMs });
});

test('a purchase is charged within minutes of its decision, and on the same day', () => {
  expect(isFresh(nowMs, nowMs + 10 * 60_000 - 1)).toBe(true);
  expect(isFresh(nowMs, nowMs + 10 * 60_000)).toBe(false);
  expect(isFresh(nextDayMs - 1, nextDayMs)).toBe(false);
});

const declined = (code: string, declineCode: string | null, advice: string | null) => ({
  decline: { code, declineCode, advice },
});

test.each([
  [
    'the first failure',
    declined('card_declined', 'insufficient_funds', 'try_again_later'),
    1,
    { retryAtMs: nowMs + HOUR },
  ],
  ['the second', declined('card_declined', 'generic_decline', null), 2, { retryAtMs: nowMs + 24 * HOUR }],
  ['the third', { code: 'refused_by_provider' }, 3, { retryAtMs: nowMs + 72 * HOUR }],
  ['the fourth', declined('card_declined', 'generic_decline', null), 4, { stop: 'repeated_failures' }],
  [
    'advice against it',
    declined('card_declined', 'generic_decline', 'do_not_try_again'),
    1,
    { stop: 'do_not_try_again' },
  ],
  ['a stolen card without advice', declined('card_declined', 'stolen_card', null), 1, { stop: 'do_not_try_again' }],
  [
    'a payer who has to confirm',
    declined('authentication_required', 'authentication_required', 'confirm_card_data'),
    1,
    { stop: 'authentication_required' },
  ],
  [
    'the same by the decline',
    declined('card_declined', 'authentication_required', null),
    1,
    { stop: 'authentication_required' },
  ],
] as const)('after %s', (_, failure, failures, then) => {
  expect(afterFailure(failure, failures, nowMs)).toEqual(then);
});

test('a failure is named as precisely as the provider does', () => {
  expect(codeOfFailure(declined('card_declined', 'insufficient_funds', null))).toBe('insufficient_funds');
  expect(codeOfFailure(declined('expired_card', null, null))).toBe('expired_card');
  expect(codeOfFailure({ code: 'refused_by_provider' })).toBe('refused_by_provider');
});
