/** What a quantity costs, against exact fractions of the decimals as they are written. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AMOUNT_MICROS_MAX } from '../money.ts';
import { priceBy, type PriceRow } from './price-book.ts';
import { chargeOf, parseQuantity, parseRate, QUANTITY_MAX, RATE_MAX, type Quantity, type Rate } from './rate.ts';

const QUANTITY_PLACES = 6;
const RATE_PLACES = 12;

/** A decimal as people write it: with zeros at the end or without, with places or without. */
function decimals(max: bigint, places: number): fc.Arbitrary<string> {
  const values = fc.oneof(
    fc.bigInt({ min: 1n, max }),
    // Most prices and quantities are small, and of few digits.
    fc.bigInt({ min: 1n, max: 10_000n }),
    fc
      .tuple(fc.bigInt({ min: 1n, max: 999n }), fc.nat({ max: places }))
      .map(([digits, zeros]) => digits * 10n ** BigInt(zeros)),
  );
  return fc.tuple(values, fc.boolean()).map(([value, short]) => {
    const digits = String(value > max ? max : value).padStart(places + 1, '0');
    const fraction = digits.slice(-places);
    const kept = short ? fraction.replace(/0+$/, '') : fraction;
    return `${digits.slice(0, -places)}${kept === '' ? '' : `.${kept}`}`;
  });
}

const quantities = decimals(QUANTITY_MAX, QUANTITY_PLACES);
const rates = decimals(RATE_MAX, RATE_PLACES);

/** A decimal as a fraction, in whole numbers. */
function fractionOf(text: string): readonly [bigint, bigint] {
  const [whole = '', places = ''] = text.split('.');
  return [BigInt(whole + places), 10n ** BigInt(places.length)];
}

/** Dollars times units, in micros and rounded up; computed from the texts alone. */
function exactCost(quantity: string, rate: string): bigint {
  const [[a, b], [c, d]] = [fractionOf(quantity), fractionOf(rate)];
  const [dividend, divisor] = [a * c * 1_000_000n, b * d];
  return dividend / divisor + (dividend % divisor === 0n ? 0n : 1n);
}

/** The charge, or undefined where one command may not move as much. */
function findCharge(quantity: Quantity, rate: Rate): bigint | undefined {
  try {
    return chargeOf(quantity, rate);
  } catch {
    return undefined;
  }
}

test("a command's charge is ceil(quantity x rate) in micros, whatever its decimals are", () => {
  fc.assert(
    fc.property(quantities, rates, (quantity, rate) => {
      const exact = exactCost(quantity, rate);
      const charged = findCharge(parseQuantity(quantity), parseRate(rate));
      expect(charged).toBe(exact > AMOUNT_MICROS_MAX ? undefined : exact);
    }),
    { numRuns: 2_000 },
  );
});

const row = (tiers: PriceRow['tiers']): PriceRow => ({
  id: 'a',
  org: null,
  action: 'chat',
  unit: 'token',
  tiers,
  fromMs: 0,
  toMs: null,
  addedAtMs: 0,
});

const parts = fc.array(fc.bigInt({ min: 1n, max: 10n ** 12n }), { minLength: 1, maxLength: 40 });
const someRate = fc.bigInt({ min: 0n, max: 10n ** 13n });
const sumOf = (all: readonly bigint[]): bigint => all.reduce((sum, one) => sum + one, 0n);

test('for a row without tiers a split in n parts costs 0 to n - 1 micros more, and never less', () => {
  fc.assert(
    fc.property(parts, someRate, (split, rate) => {
      const plain = row([{ upTo: null, rate }]);
      const whole = priceBy(plain, sumOf(split)).amountMicros;
      const more = sumOf(split.map((part) => priceBy(plain, part).amountMicros)) - whole;
      expect(more >= 0n && more <= BigInt(split.length - 1)).toBe(true);
    }),
  );
});

test('a split can cost n - 1 micros more, and no more', () => {
  const plain = row([{ upTo: null, rate: 1n }]);
  expect([priceBy(plain, 100n).amountMicros, priceBy(plain, 1n).amountMicros * 100n]).toEqual([1n, 100n]);
});

test('with tiers the tier is that of the command: all of its quantity has the rate of the tier in which it ends', () => {
  const tiers = fc
    .uniqueArray(fc.tuple(fc.bigInt({ min: 1n, max: 10n ** 9n }), someRate), {
      selector: ([upTo]) => upTo,
      minLength: 1,
      maxLength: 5,
    })
    .map((all) => all.toSorted(([a], [b]) => (a < b ? -1 : 1)));
  fc.assert(
    fc.property(tiers, someRate, fc.bigInt({ min: 1n, max: 2n * 10n ** 9n }), (bounded, last, quantity) => {
      const book = row([...bounded.map(([upTo, rate]) => ({ upTo, rate })), { upTo: null, rate: last }]);
      const [, rate] = bounded.find(([upTo]) => quantity <= upTo) ?? [0n, last];
      expect(priceBy(book, quantity)).toMatchObject({ rate, amountMicros: chargeOf(quantity, rate) });
    }),
  );
});
