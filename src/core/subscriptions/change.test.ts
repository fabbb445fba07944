import { describe, expect, test } from 'vitest';
import { Refusal } from '../errors.ts';
import { cancelsAtPeriodEnd, checkAct, whenToChange, type SubscriptionAct } from './change.ts';
import { SUBSCRIPTION_STATES } from './state.ts';

const present = { plan: 'a', interval: 'month', priceMinor: 1_000n } as const;

test.each([
  [{ plan: 'b', priceMinor: 2_000n }, false, 'now'],
  [{ plan: 'b', priceMinor: 2_000n }, true, 'now'],
  [{ plan: 'b', priceMinor: 500n }, false, 'at_period_end'],
  [{ plan: 'b', priceMinor: 1_000n }, false, 'at_period_end'],
  [{ interval: 'year', priceMinor: 9_000n }, false, 'at_period_end'],
  [{ plan: 'b', interval: 'year', priceMinor: 90_000n }, false, 'at_period_end'],
  [{}, false, 'none'],
  [{}, true, 'undo'],
] as const)('change %#', (change, planned, when) => {
  expect(whenToChange(present, { ...present, ...change }, planned)).toBe(when);
});

describe('what may be done in which state', () => {
  const allowed = (act: SubscriptionAct): string[] =>
    [undefined, ...SUBSCRIPTION_STATES].flatMap((state) => {
      try {
        checkAct(act, state);
        return [state ?? 'none'];
      } catch (error) {
        expect(error).toMatchObject({ code: 'SUBSCRIPTION_STATE', details: { state: state ?? 'none' } });
        expect(error).toBeInstanceOf(Refusal);
        return [];
      }
    });

  test.each([
    ['subscribe', ['none', 'ended']],
    ['change', ['active']],
    ['cancel', ['incomplete', 'trialing', 'active', 'past_due', 'unpaid', 'paused']],
    ['resume', ['paused', 'cancelled_at_period_end']],
  ] as const)('%s', (act, states) => {
    expect(allowed(act)).toEqual(states);
  });

  test('what is paid runs to its end, and what is not ends at once', () => {
    expect(SUBSCRIPTION_STATES.filter(cancelsAtPeriodEnd)).toEqual(['trialing', 'active']);
  });
});
