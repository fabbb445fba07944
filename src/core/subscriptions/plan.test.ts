import { expect, test } from 'vitest';
import { mintedBy, termsOf, termsOfPrice, type PlanVersion } from './plan.ts';

const plan: PlanVersion = {
  plan: 'p',
  version: 1,
  fromMs: 1_000,
  name: 'Plan',
  description: '',
  features: [],
  kind: 'subscription',
  monthlyCents: 1_000n,
  yearlyCents: 10_000n,
  creditMicros: 10_000_000n,
  creditEnd: 'never',
  isActive: true,
  stripeMonthly: 'price_m',
  stripeYearly: 'price_y',
  creemProduct: null,
};

test.each([
  ['as much as it costs', 'month', {}, 10_000_000n, 0n],
  ['more than it costs', 'month', { creditMicros: 12_000_000n }, 10_000_000n, 2_000_000n],
  ['less than it costs: the rest is the seller’s', 'month', { creditMicros: 3n }, 3n, 0n],
  ['twelve months for a year', 'year', {}, 100_000_000n, 20_000_000n],
] as const)('a period is worth %s', (_name, interval, change, paidMicros, bonusMicros) => {
  expect(termsOf({ ...plan, ...change }, interval)).toMatchObject({ paidMicros, bonusMicros, interval });
});

test('a plan without a price for an interval is not sold for it', () => {
  expect(termsOf({ ...plan, yearlyCents: null }, 'year')).toBeUndefined();
});

test('a plan creates the most that a period exceeds its price', () => {
  expect([mintedBy(plan), mintedBy({ ...plan, yearlyCents: null })]).toEqual([20_000_000n, 0n]);
});

test.each([
  [500, 10_000_000n],
  [1_000, 10_000_000n],
  [1_999, 10_000_000n],
  [2_000, 11_000_000n],
  [9_000, 11_000_000n],
])('a period from %i on is worth what the version of then says', (startMs, creditMicros) => {
  const later = { ...plan, version: 2, fromMs: 2_000, creditMicros: 11_000_000n };
  for (const versions of [
    [plan, later],
    [later, plan],
  ]) {
    const terms = termsOfPrice(versions, 'price_m', startMs);
    expect((terms?.paidMicros ?? 0n) + (terms?.bonusMicros ?? 0n)).toBe(creditMicros);
  }
});

test('a price that no version names means nothing, and one that was replaced keeps its meaning', () => {
  const later = { ...plan, version: 2, fromMs: 2_000, stripeMonthly: 'price_new', monthlyCents: 2_000n };
  expect(termsOfPrice([plan, later], 'price_other', 5_000)).toBeUndefined();
  expect(termsOfPrice([plan, later], 'price_m', 5_000)?.priceMinor).toBe(1_000n);
  expect(termsOfPrice([plan, later], 'price_new', 5_000)?.priceMinor).toBe(2_000n);
});
