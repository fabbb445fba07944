import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { SubscriptionFact } from '../billing/facts.ts';
import { afterReading, stepsBetween, type Subscription, type SubscriptionState } from './state.ts';

const reading = (change: Partial<SubscriptionFact>): SubscriptionFact => ({
  kind: 'subscription',
  account: 'stripe',
  mode: 'live',
  id: 'sub_1',
  readAtMs: 1,
  order: null,
  status: 'active',
  customer: 'cus_1',
  invoice: 'in_1',
  price: 'price_m',
  periodStartMs: 1_000,
  periodEndMs: 2_000,
  endsWithPeriod: false,
  endedAtMs: null,
  planned: null,
  ...change,
});

describe('what a reading means', () => {
  test.each([
    ['incomplete', {}, 'incomplete'],
    ['incomplete_expired', {}, 'ended'],
    ['trialing', {}, 'trialing'],
    ['trialing', { endsWithPeriod: true }, 'cancelled_at_period_end'],
    ['active', {}, 'active'],
    ['active', { endsWithPeriod: true }, 'cancelled_at_period_end'],
    ['past_due', {}, 'past_due'],
    ['past_due', { endsWithPeriod: true }, 'past_due'],
    ['unpaid', {}, 'unpaid'],
    ['paused', {}, 'paused'],
    ['canceled', {}, 'ended'],
    ['active', { endedAtMs: 5 }, 'ended'],
    ['something_new', { endedAtMs: 5 }, 'ended'],
    ['something_new', {}, 'incomplete'],
    ['toString', {}, 'incomplete'],
  ] as const)('%s %j is %s', (status, change, state) => {
    expect(afterReading(undefined, reading({ status, ...change }))?.state).toBe(state);
  });

  test('a new word leaves the state as it was, and says all it can', () => {
    const before = afterReading(undefined, reading({}));
    const after = afterReading(before, reading({ status: 'new', readAtMs: 2, periodEndMs: 9_000, price: 'price_x' }));
    expect(after).toMatchObject({ state: 'active', periodEndMs: 9_000, price: 'price_x', readAtMs: 2 });
  });

  test('an older reading brings nothing, unless it says that the subscription has ended', () => {
    const before = afterReading(undefined, reading({ readAtMs: 5 }));
    expect(afterReading(before, reading({ status: 'past_due', readAtMs: 4 }))).toBeUndefined();
    expect(afterReading(before, reading({ status: 'canceled', readAtMs: 4 }))?.state).toBe('ended');
  });
});

const readings = fc.array(
  fc.record({
    status: fc.constantFrom('incomplete', 'trialing', 'active', 'past_due', 'unpaid', 'paused', 'canceled'),
    endsWithPeriod: fc.boolean(),
  }),
  { minLength: 1, maxLength: 6 },
);

test('the same readings, in any order and repeated, end in the same state', () => {
  const last = (facts: readonly SubscriptionFact[]): SubscriptionState | undefined =>
    facts.reduce<Subscription | undefined>((known, fact) => afterReading(known, fact) ?? known, undefined)?.state;
  fc.assert(
    fc.property(readings, fc.infiniteStream(fc.nat()), (some, weights) => {
      const facts = some.map((one, index) => reading({ ...one, readAtMs: index + 1 }));
      const shuffled = [...facts, ...facts]
        .map((fact) => ({ fact, at: weights.next().value }))
        .toSorted((a, b) => a.at - b.at)
        .map(({ fact }) => fact);
      // Nothing follows an end at a provider: readings after it are none.
      const end = facts.findIndex(({ status }) => status === 'canceled');
      const real = end < 0 ? facts : facts.slice(0, end + 1);
      expect(last(shuffled)).toBe(last(real));
    }),
  );
});

test.each([
  [undefined, 'active', ['activated']],
  [undefined, 'incomplete', []],
  ['incomplete', 'trialing', ['activated']],
  ['incomplete', 'cancelled_at_period_end', ['activated', 'cancelled']],
  ['active', 'active', []],
  ['active', 'past_due', ['past_due']],
  ['past_due', 'unpaid', []],
  ['past_due', 'active', []],
  ['active', 'cancelled_at_period_end', ['cancelled']],
  ['paused', 'active', []],
  ['incomplete', 'ended', ['ended']],
  ['past_due', 'ended', ['ended']],
] as const)('from %s to %s: %j', (before, after, steps) => {
  expect(stepsBetween(before, after)).toEqual(steps);
});
