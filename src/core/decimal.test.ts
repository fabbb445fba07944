import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseDecimal } from './decimal.ts';

describe('a number is read from its text', () => {
  test.each([
    ['0', 0n],
    ['-0', 0n],
    ['0.000000000', 0n],
    ['0e999999999999', 0n],
    ['5e-05', 50n],
    ['5E-6', 5n],
    ['10.0', 10_000_000n],
    ['10.50000000000', 10_500_000n],
    ['1.5e1', 15_000_000n],
    ['1500e-2', 15_000_000n],
    ['-0.25', -250_000n],
    ['0.1', 100_000n],
    ['9007199254740991', 9_007_199_254_740_991_000_000n],
    ['9007199254740990.999999', 9_007_199_254_740_990_999_999n],
    ['9.007199254740991e15', 9_007_199_254_740_991_000_000n],
  ])('%s', (source, micros) => {
    expect(parseDecimal(source, 6)).toBe(micros);
  });

  test('as it is, whatever its digits, places and exponent', () => {
    const numbers = fc.record({ micros: fc.bigInt(0n, 10n ** 15n), shift: fc.integer({ min: -20, max: 20 }) });
    fc.assert(
      fc.property(numbers, ({ micros, shift }) => {
        const source = `${micros}e${-6 + shift}`;
        const moved = shift >= 0 ? micros * 10n ** BigInt(shift) : micros;
        if (shift < 0 && micros % 10n ** BigInt(-shift) !== 0n) {
          expect(() => parseDecimal(source, 6)).toThrow('at most 6 decimal places');
        } else if (moved > 9_007_199_254_740_991_000_000n) {
          expect(() => parseDecimal(source, 6)).toThrow('must be at most 9007199254740991');
        } else {
          expect(parseDecimal(source, 6)).toBe(shift >= 0 ? moved : micros / 10n ** BigInt(-shift));
        }
      }),
    );
  });
});

describe('what floating point would bend is refused', () => {
  test.each([
    ['0.0000001', 'must have at most 6 decimal places'],
    ['1e-7', 'must have at most 6 decimal places'],
    ['1e-99999999999', 'must have at most 6 decimal places'],
    ['9007199254740992', 'must be at most 9007199254740991'],
    ['9007199254740991.000001', 'must be at most 9007199254740991'],
    ['-9007199254740992', 'must be at most 9007199254740991'],
    ['1e16', 'must be at most 9007199254740991'],
    ['1e99999999999', 'must be at most 9007199254740991'],
    ['', 'must be a number'],
    ['01', 'must be a number'],
    ['NaN', 'must be a number'],
  ])('%s', (source, message) => {
    expect(() => parseDecimal(source, 6)).toThrow(message);
  });

  test('a fraction where whole numbers are wanted', () => {
    expect(parseDecimal('10.0', 0)).toBe(10n);
    expect(parseDecimal('1e3', 0)).toBe(1_000n);
    expect(() => parseDecimal('10.5', 0)).toThrow('must be a whole number');
  });

  test('a body full of zeros costs no more than its length', () => {
    const startedMs = performance.now();
    expect(() => parseDecimal(`1${'0'.repeat(60_000)}1`, 6)).toThrow('must be at most');
    expect(parseDecimal(`1.${'0'.repeat(60_000)}`, 6)).toBe(1_000_000n);
    expect(performance.now() - startedMs).toBeLessThan(1_000);
  });
});
