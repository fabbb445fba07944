import { expect, test } from 'vitest';
import { changeRefill, NO_REFILL, sameTerms, termsOf, type RefillChange, type RefillNames } from './auto-refill.ts';

const names: RefillNames = {
  enabled: 'enabled',
  threshold: 'threshold',
  what: 'what',
  maxDay: 'maxDay',
  maxMonth: 'maxMonth',
  maxDayCount: 'maxDayCount',
};
const whole = {
  enabled: true,
  thresholdMicros: 5_000_000n,
  what: { kind: 'pack', pack: 'growth' },
} as const satisfies RefillChange;

test('a setting is off, without terms, until somebody makes one', () => {
  expect(changeRefill(NO_REFILL, {}, names)).toEqual(NO_REFILL);
  expect(NO_REFILL).toMatchObject({ enabled: false, maxDayMinor: 50_000n, maxMonthMinor: 200_000n, maxDayCount: 5 });
  expect(termsOf(NO_REFILL)).toBeUndefined();
});

test('what is left out keeps its value', () => {
  const on = changeRefill(NO_REFILL, whole, names);
  expect(changeRefill(on, { maxDayCount: 2 }, names)).toEqual({ ...on, maxDayCount: 2 });
  expect(termsOf(on)).toEqual({
    thresholdMicros: 5_000_000n,
    what: whole.what,
    maxDayMinor: 50_000n,
    maxMonthMinor: 200_000n,
    maxDayCount: 5,
  });
});

test.each([
  ['threshold', { enabled: true, what: whole.what }],
  ['what', { enabled: true, thresholdMicros: 1n }],
  ['what', { ...whole, what: { kind: 'pack', pack: 'huge' } }],
  ['what', { ...whole, what: { kind: 'target', targetMicros: 5_499_999n } }],
  ['maxDay', { ...whole, maxDayMinor: 2_499n }],
  ['maxDay', { ...whole, what: { kind: 'target', targetMicros: 505_000_001n } }],
  ['maxDay', { ...whole, maxDayMinor: 0n }],
  ['maxDay', { ...whole, maxDayMinor: 100_000_001n }],
  ['maxMonth', { ...whole, maxMonthMinor: -1n }],
  ['maxDayCount', { ...whole, maxDayCount: 0 }],
  ['maxDayCount', { ...whole, maxDayCount: 101 }],
] as const)('refuses, naming %s', (path, change) => {
  expect(() => changeRefill(NO_REFILL, change, names)).toThrow(
    expect.objectContaining({ code: 'VALIDATION_FAILED', issues: [expect.objectContaining({ path })] }),
  );
});

test.each([
  [{ ...whole, what: { kind: 'target', targetMicros: 5_500_000n } }],
  [{ ...whole, maxDayMinor: 2_500n }],
  [{ ...whole, maxDayMinor: 100_000_000n, maxDayCount: 100 }],
] as const)('accepts the values at the bounds', (change) => {
  expect(changeRefill(NO_REFILL, change, names)).toMatchObject(change);
});

test('terms are the same only if all of them are', () => {
  const on = changeRefill(NO_REFILL, whole, names);
  expect(sameTerms(on, { ...on, enabled: false })).toBe(true);
  const product = { kind: 'product', product: 'growth' } as const;
  const others: readonly RefillChange[] = [
    { thresholdMicros: 1n },
    { what: product },
    { what: { kind: 'target', targetMicros: 100_000_000n } },
    { what: { kind: 'pack', pack: 'pro' } },
    { maxDayMinor: 40_000n },
    { maxMonthMinor: 40_000n },
    { maxDayCount: 4 },
  ];
  for (const other of others) expect(sameTerms(on, changeRefill(on, other, names))).toBe(false);
});
