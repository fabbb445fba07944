/** Amounts in the web app stay what the service wrote, to the last place and at any size. */
import { expect, it } from 'vitest';
import { readTyped, show, toMicros, toPixels, toUsd } from '../../dashboard/src/lib/money.ts';

const LARGE = '9007199254740993.000001';

it('reads and writes an amount without losing a place', () => {
  for (const usd of ['0.00', '0.000001', '-12.345678', '0.10', LARGE, `-${LARGE}`])
    expect(toUsd(toMicros(usd))).toBe(usd);
  expect(toMicros('0.1') + toMicros('0.2')).toBe(toMicros('0.3'));
  for (const bad of ['', '1e3', '1.0000001', 'NaN', '0x10']) expect(() => toMicros(bad)).toThrow(RangeError);
});

it('shows an amount whole', () => {
  expect(show(LARGE)).toBe('$9,007,199,254,740,993.000001');
  expect(show('-1234.5')).toBe('−$1,234.50');
  expect(show('0.000001', true)).toBe('+$0.000001');
  expect(show('0.00', true)).toBe('$0.00');
});

it('takes dollars and cents from a person, and nothing else', () => {
  expect([' $1,250.5 ', '99.50', '7'].map(readTyped)).toEqual(['1250.5', '99.50', '7']);
  expect(['1.005', '-3', '0', '0.00', '1e3', '١٢', '', '1.'].map(readTyped)).toEqual(Array.from({ length: 8 }));
  expect(toPixels('12.5')).toBe(12.5);
});
