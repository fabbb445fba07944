/** Rates and quantities of priced actions, as exact whole numbers, and what a quantity costs. */
import { AMOUNT_MICROS_MAX, MoneyError } from '../money.ts';

/** A rate in picodollars a unit: 1 USD = 10^12 picodollars, and one micro-dollar = 10^6 of them. */
export type Rate = bigint;

/** A quantity in millionths of its unit. */
export type Quantity = bigint;

const QUANTITY_PLACES = 6;
const RATE_PLACES = 12;
/** The product of a quantity and a rate is in 10^-12 micro-dollars. */
const PRODUCT_PER_MICRO = 10n ** 12n;
/** Ten billion units. */
export const QUANTITY_MAX: Quantity = 10n ** 16n;
/** A thousand million USD a unit: what one command may move. */
export const RATE_MAX: Rate = AMOUNT_MICROS_MAX * 10n ** 6n;

const DECIMAL = /^(0|[1-9][0-9]{0,10})(?:\.([0-9]{1,12}))?$/;

function parseDecimal(text: string, places: number, max: bigint, what: string): bigint {
  const [, whole, fraction = ''] = DECIMAL.exec(text) ?? [];
  if (whole === undefined || fraction.length > places) {
    throw new MoneyError(`must be ${what} as a decimal string without sign or exponent, with up to ${places} places`);
  }
  const value = BigInt(whole + fraction.padEnd(places, '0'));
  if (value > max) throw new MoneyError(`must be at most ${formatDecimal(max, places)}`);
  return value;
}

function formatDecimal(value: bigint, places: number): string {
  const digits = value.toString().padStart(places + 1, '0');
  const point = digits.length - places;
  let end = digits.length;
  while (end > point && digits[end - 1] === '0') end -= 1;
  const whole = digits.slice(0, point);
  return end === point ? whole : `${whole}.${digits.slice(point, end)}`;
}

/** Reads a rate in USD a unit, such as "0.0000025". @throws MoneyError when it has another form or is above {@link RATE_MAX} */
export function parseRate(text: string): Rate {
  return parseDecimal(text, RATE_PLACES, RATE_MAX, 'a rate in USD');
}

/** Writes a rate in USD a unit, without zeros at the end. */
export function formatRate(rate: Rate): string {
  return formatDecimal(rate, RATE_PLACES);
}

/** Reads a quantity such as "1500" or "0.25". @throws MoneyError when it has another form, is zero or above {@link QUANTITY_MAX} */
export function parseQuantity(text: string): Quantity {
  const quantity = parseDecimal(text, QUANTITY_PLACES, QUANTITY_MAX, 'a quantity');
  if (quantity === 0n) throw new MoneyError('must be more than zero');
  return quantity;
}

/** Writes a quantity, without zeros at the end. */
export function formatQuantity(quantity: Quantity): string {
  return formatDecimal(quantity, QUANTITY_PLACES);
}

/**
 * What a quantity costs at a rate: quantity x rate, rounded up to a whole micro-dollar, so that a split in n parts costs
 * at most n - 1 micro-dollars more and never less. Zero for a rate of zero.
 * @throws MoneyError when it is more than one command may move
 */
export function chargeOf(quantity: Quantity, rate: Rate): bigint {
  const micros = (quantity * rate + PRODUCT_PER_MICRO - 1n) / PRODUCT_PER_MICRO;
  if (micros > AMOUNT_MICROS_MAX) throw new MoneyError('costs more than one command may move');
  return micros;
}
