/** Exact decimals: numbers of JSON (RFC 8259), read from their text without floating point. */
import { MoneyError } from './money.ts';

/** 2^53 - 1: up to here every reader of JSON represents whole numbers exactly. */
const VALUE_MAX = 9_007_199_254_740_991n;
const VALUE_DIGITS_MAX = 16;
/** Most digits of an exponent; a longer one is beyond every bound here. */
const EXPONENT_DIGITS_MAX = 6;

const NUMBER = /^(-?)(0|[1-9][0-9]*)(?:\.([0-9]+))?(?:[eE]([+-]?[0-9]+))?$/;

/**
 * The value of a JSON number, times 10^places: with 6 places "5e-05" is 50 and "10.0" is 10,000,000. Exponents and
 * trailing zeros are read exactly.
 * @param source the number as it was written.
 * @throws MoneyError for more than that many decimal places, or a value outside -(2^53-1)..2^53-1. Its message is fit
 *   to be shown to the caller.
 */
export function parseDecimal(source: string, places: number): bigint {
  const [, sign, whole, fraction = '', exponent = '0'] = NUMBER.exec(source) ?? [];
  if (whole === undefined) throw new MoneyError('must be a number');
  const written = `${whole}${fraction}`.replace(/^0+/, '');
  if (written === '') return 0n;
  const digits = withoutZerosAtEnd(written);
  if (exponent.replace(/^[+-]?0*/, '').length > EXPONENT_DIGITS_MAX)
    throw outOfBounds(exponent.startsWith('-'), places);
  // The value is digits * 10^power.
  const power = BigInt(exponent) - BigInt(fraction.length) + BigInt(written.length - digits.length);
  const shift = power + BigInt(places);
  if (shift < 0n) throw outOfBounds(true, places);
  if (BigInt(digits.length) + power > BigInt(VALUE_DIGITS_MAX)) throw outOfBounds(false, places);
  const scaled = BigInt(digits) * 10n ** shift;
  if (scaled > VALUE_MAX * 10n ** BigInt(places)) throw outOfBounds(false, places);
  return sign === '-' ? -scaled : scaled;
}

/** Steps back from the end: a pattern for trailing zeros takes quadratic time on text with many other zeros. */
function withoutZerosAtEnd(digits: string): string {
  let end = digits.length;
  while (digits[end - 1] === '0') end -= 1;
  return digits.slice(0, end);
}

function outOfBounds(isTooFine: boolean, places: number): MoneyError {
  if (!isTooFine) return new MoneyError(`must be at most ${VALUE_MAX}`);
  return new MoneyError(places === 0 ? 'must be a whole number' : `must have at most ${places} decimal places`);
}
