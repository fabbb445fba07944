import { expect, test } from 'vitest';
import { priceOfPeriod, type ChosenPrice } from './chosen.ts';

const SMALL: ChosenPrice = { price: 'small', fromMs: 0 };
const LARGE: ChosenPrice = { price: 'large', fromMs: 1_000 };
const BACK: ChosenPrice = { price: 'small', fromMs: 2_000 };
const COSTS: Readonly<Record<string, bigint>> = { small: 10n, large: 30n, twin: 30n };

test.each([
  ['of the price of the checkout', [SMALL], 'small', 500, 10n, 'small'],
  ['that is older than its order', [{ ...SMALL, fromMs: 900 }], 'small', 500, 10n, 'small'],
  ['before a switch, read after it', [SMALL, LARGE], 'large', 500, 10n, 'small'],
  ['after a switch', [SMALL, LARGE], 'large', 1_000, 30n, 'large'],
  ['between two switches, read after both', [SMALL, LARGE, BACK], 'small', 1_500, 30n, 'large'],
  ['after a switch that did not take effect', [SMALL, LARGE], 'small', 1_500, 10n, 'small'],
  ['that was charged just before a switch took effect', [SMALL, LARGE], 'large', 1_000, 10n, 'small'],
  ['that was charged for a switch just before its time', [SMALL, LARGE], 'large', 999, 30n, 'large'],
  [
    'of two prices that cost the same, by its time',
    [LARGE, { price: 'twin', fromMs: 2_000 }],
    'twin',
    1_500,
    30n,
    'large',
  ],
  ['of another amount, which is then judged', [SMALL, LARGE], 'large', 1_500, 7n, 'large'],
  ['of a switch made elsewhere to a price that costs something else', [SMALL], 'other', 1_500, 7n, undefined],
  ['before a switch made elsewhere', [SMALL], 'other', 500, 10n, 'small'],
  ['of a subscription of which no choice is known', [], 'large', 500, 30n, 'large'],
] as const)('a period %s', (_name, chosen, presentPrice, periodStartMs, amount, expected) => {
  const fits = (price: string): boolean => COSTS[price] === amount;
  expect(priceOfPeriod(chosen, { presentPrice, periodStartMs, fits })).toBe(expected);
});
