import { describe, expect, test } from 'vitest';
import { greater, lesser, Usd } from './usd.ts';

describe('Usd', () => {
  test.each([
    ['0', 0n, '0.00'],
    ['10.5', 10_500_000n, '10.50'],
    ['0.000001', 1n, '0.000001'],
    ['-0.000001', -1n, '-0.000001'],
    ['0.0006', 600n, '0.0006'],
    ['1.100000', 1_100_000n, '1.10'],
    ['999999999999999.999999', 999_999_999_999_999_999_999n, '999999999999999.999999'],
  ])('reads %s exactly', (text, micros, written) => {
    expect([Usd.of(text).micros, Usd.of(text).toString()]).toEqual([micros, written]);
  });

  test.each(['', '.5', '5.', '1.0000001', '1e3', ' 1', '1,5', '+1', '--1', 'NaN', '0x10', '1000000000000000'])(
    'refuses %j',
    (text) => {
      expect(() => Usd.of(text)).toThrow(/not an amount/);
    },
  );

  test('refuses numbers, which are never exact', () => {
    const given: unknown = 0.1;
    expect(() => Usd.of(given as string)).toThrow(/as text/);
    expect(() => Usd.fromMicros(1 as unknown as bigint)).toThrow(/bigint/);
  });

  test('adds, takes away, multiplies and compares exactly', () => {
    const [one, two] = [Usd.of('0.10'), Usd.of('0.20')];
    expect([one.plus(two), two.minus('0.300001'), one.times(3n)].map(String)).toEqual(['0.30', '-0.100001', '0.30']);
    expect([one.compare(two), two.compare(one), one.compare('0.1')]).toEqual([-1, 1, 0]);
    expect([lesser(one, two), greater(one, two)]).toEqual([one, two]);
    expect(JSON.stringify({ amountUsd: one })).toBe('{"amountUsd":"0.10"}');
  });

  test.each([
    [1500n, '0.00002', '0.03'],
    [1n, '0.000000000001', '0.000001'],
    [1_000_000n, '0.000000000001', '0.000001'],
    [1_000_001n, '0.000000000001', '0.000002'],
    [0n, '3', '0.00'],
    [3n, '0.0000005', '0.000002'],
  ])('%s units at %s cost %s: rounded up', (quantity, rate, cost) => {
    expect(Usd.priceOf(quantity, rate).toString()).toBe(cost);
  });

  test('refuses what is no rate and no quantity', () => {
    expect(() => Usd.priceOf(1n, '0.0000000000001')).toThrow(/rate/);
    expect(() => Usd.priceOf(1n, '-1')).toThrow(/rate/);
    expect(() => Usd.priceOf(-1n, '1')).toThrow(/quantity/);
  });
});
