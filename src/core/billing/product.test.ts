import { expect, test } from 'vitest';
import { checkProductTerms, creditOf } from './product.ts';

test.each([
  ['a price of its credit', 999n, 9_990_000n, [9_990_000n, 9_990_000n, 0n]],
  ['more credit than its price', 999n, 10_000_000n, [9_990_000n, 9_990_000n, 10_000n]],
  ['less credit than its price', 999n, 9_989_999n, [9_990_000n, 9_989_999n, 0n]],
  ['credit of a fraction of a cent', 1n, 600n, [10_000n, 600n, 0n]],
] as const)('%s', (_, priceCents, amountMicros, [priceMicros, creditMicros, bonusMicros]) => {
  expect(creditOf({ priceCents, amountMicros })).toEqual({ priceMicros, creditMicros, bonusMicros });
});

test('only minters and trusted orgs make a product that credits more than it costs', () => {
  const above = { priceCents: 100n, amountMicros: 1_000_001n };
  const nobody = { isMinter: false, isTrusted: false };
  expect(() => checkProductTerms(above, nobody)).toThrow(
    expect.objectContaining({ code: 'FORBIDDEN', details: { field: 'amount_micros' } }),
  );
  expect(() => checkProductTerms({ ...above, amountMicros: 1_000_000n }, nobody)).not.toThrow();
  for (const who of [
    { isMinter: true, isTrusted: false },
    { isMinter: false, isTrusted: true },
  ]) {
    expect(() => checkProductTerms(above, who)).not.toThrow();
  }
});
