import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  AMOUNT_MICROS_MAX,
  formatUsd,
  MoneyError,
  parseSignedUsd,
  parseUsd,
  parseUsdOrZero,
  readAmount,
} from './money.ts';

describe('decimal USD', () => {
  it('survives the way out and back for every amount that a command may move', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: AMOUNT_MICROS_MAX }), (micros) => {
        expect(parseUsd(formatUsd(micros))).toBe(micros);
        expect(parseSignedUsd(formatUsd(-micros))).toBe(-micros);
      }),
    );
  });

  it('shows two to six places', () => {
    expect(formatUsd(10_500_000n)).toBe('10.50');
    expect(formatUsd(600n)).toBe('0.0006');
    expect(formatUsd(-1n)).toBe('-0.000001');
    expect(formatUsd(0n)).toBe('0.00');
  });

  it.each([
    '',
    ' 1',
    '1 ',
    '+1',
    '-1',
    '1e18',
    '1E2',
    '01',
    '.5',
    '5.',
    '1.0000001',
    '0x10',
    'NaN',
    'Infinity',
    '1,000',
    '١٢',
    '１',
    '1_000',
    '1000000000.000001',
    '99999999999',
  ])('refuses %j', (text) => {
    expect(() => parseUsd(text)).toThrow(MoneyError);
  });

  it('refuses zero where money is moved and allows it for thresholds', () => {
    expect(() => parseUsd('0.000000')).toThrow(MoneyError);
    expect(parseUsdOrZero('0')).toBe(0n);
    expect(() => parseSignedUsd('-0')).toThrow(MoneyError);
    expect(() => parseSignedUsd('--1')).toThrow(MoneyError);
  });

  it('is read into micros or a reason, by the parser that is named; other errors are not hidden', () => {
    expect(readAmount(parseUsd, '10.50')).toEqual({ micros: 10_500_000n });
    expect(readAmount(parseUsd, '0')).toEqual({ problem: 'must be more than zero' });
    expect(readAmount(parseUsdOrZero, '0')).toEqual({ micros: 0n });
    const broken = (): bigint => {
      throw new RangeError('a bug');
    };
    expect(() => readAmount(broken, '1')).toThrow(RangeError);
  });
});
