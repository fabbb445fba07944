import { expect, test } from 'vitest';
import { assignOrders, type OpenOrder, type PayingDeposit } from './orders.ts';

const order = (id: string, priceMicros: bigint, openedAtMs: number, org = 'a'): OpenOrder => {
  return { id, org, priceMicros, freeGiftCards: 1, openedAtMs, expiresAtMs: openedAtMs + 1_000 };
};
const deposit = (id: string, amountMicros: bigint, blockTimeMs = 100, org = 'a') => ({
  id,
  org,
  amountMicros,
  blockTimeMs,
});
const paid = (deposits: readonly PayingDeposit[], orders: readonly OpenOrder[], atMs = 5_000): [string, string][] =>
  [...assignOrders(deposits, orders, atMs)].map(([one, { id }]) => [one, id]);

test.each([
  ['the exact price pays', [deposit('d', 5n)], [order('o', 5n, 50)], [['d', 'o']]],
  ['one unit less does not', [deposit('d', 4n)], [order('o', 5n, 50)], []],
  [
    'the oldest that it can pay, not the dearest',
    [deposit('d', 9n)],
    [order('new', 9n, 60), order('old', 2n, 50)],
    [['d', 'old']],
  ],
  [
    'the oldest it can pay, past a dearer older one',
    [deposit('d', 3n)],
    [order('dear', 9n, 50), order('o', 2n, 60)],
    [['d', 'o']],
  ],
  ['an order is paid once', [deposit('d', 5n), deposit('e', 5n)], [order('o', 5n, 50)], [['d', 'o']]],
  ['another org’s order is not paid', [deposit('d', 5n)], [order('o', 5n, 50, 'b')], []],
  ['an order that expired before the money moved is not paid', [deposit('d', 5n, 1_050)], [order('o', 5n, 50)], []],
  ['an order that expires just after is', [deposit('d', 5n, 1_049)], [order('o', 5n, 50)], [['d', 'o']]],
] as const)('%s', (_, deposits, orders, expected) => {
  expect(paid(deposits, orders)).toEqual(expected);
});

test.each([
  ['as it opens', 50, [['d', 'o']]],
  ['a moment before', 49, []],
  ['to its last moment', 1_049, [['d', 'o']]],
  ['not when it expires', 1_050, []],
])(
  'an order that was not open when the money moved is paid while it is open at the credit: %s',
  (_, atMs, expected) => {
    expect(paid([deposit('d', 5n, 20)], [order('o', 5n, 50)], atMs)).toEqual(expected);
  },
);
