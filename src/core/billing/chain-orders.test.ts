import { expect, test } from 'vitest';
import { completeOrders, type CreditedDeposit, type OpenOrder, type PayingDeposit } from './chain-orders.ts';

const order = (id: string, priceMicros: bigint, openedAtMs: number, change: Partial<OpenOrder> = {}): OpenOrder => {
  const expiresAtMs = openedAtMs + 1_000;
  return { id, org: 'a', priceMicros, freeGiftCards: 4, cardsOut: 0, openedAtMs, expiresAtMs, ...change };
};
const deposit = (id: string, amountMicros: bigint, blockTimeMs = 100, org = 'a'): PayingDeposit => {
  return { id, org, amountMicros, blockTimeMs };
};
const credited = (
  id: string,
  amountMicros: bigint,
  creditedAtMs: number,
  change: Partial<CreditedDeposit> = {},
): CreditedDeposit => ({ id, org: 'a', amountMicros, creditedAtMs, order: null, ...change });

interface Case {
  readonly deposits: readonly PayingDeposit[];
  readonly orders: readonly OpenOrder[];
  readonly before?: readonly CreditedDeposit[];
  readonly bound?: Readonly<Record<string, string>>;
  readonly atMs?: number;
  /** Deposit, the order that it completes, its cards, and the deposits that count for the order. */
  readonly paid: readonly (readonly [string, string, number, readonly string[]])[];
}

const CASES: Readonly<Record<string, Case>> = {
  'the exact price pays': {
    deposits: [deposit('d', 5n)],
    orders: [order('o', 5n, 50)],
    paid: [['d', 'o', 4, ['d']]],
  },
  'one unit less does not': { deposits: [deposit('d', 4n)], orders: [order('o', 5n, 50)], paid: [] },
  'the dearest that it covers, not the oldest': {
    deposits: [deposit('d', 9n)],
    orders: [order('old', 2n, 40), order('dear', 9n, 60), order('too dear', 10n, 50)],
    paid: [['d', 'dear', 4, ['d']]],
  },
  'of equals the newest': {
    deposits: [deposit('d', 5n)],
    orders: [order('old', 5n, 40), order('new', 5n, 60), order('middle', 5n, 50)],
    paid: [['d', 'new', 4, ['d']]],
  },
  'an order is paid once': {
    deposits: [deposit('d', 5n), deposit('e', 5n)],
    orders: [order('o', 5n, 50)],
    paid: [['d', 'o', 4, ['d']]],
  },
  'two of 50 pay an order of 100': {
    deposits: [deposit('d', 50n), deposit('e', 50n)],
    orders: [order('o', 100n, 50)],
    paid: [['e', 'o', 4, ['e', 'd']]],
  },
  'a deposit that covers an order alone leaves the earlier ones free': {
    deposits: [deposit('d', 100n)],
    orders: [order('o', 100n, 50)],
    before: [credited('c', 50n, 60)],
    paid: [['d', 'o', 4, ['d']]],
  },
  'only as many of the newest count as it takes': {
    deposits: [deposit('d', 40n)],
    orders: [order('o', 100n, 50)],
    before: [credited('c', 50n, 80), credited('b', 20n, 70), credited('a', 99n, 60)],
    paid: [['d', 'o', 4, ['d', 'c', 'b']]],
  },
  'a deposit that was credited before the order was opened does not count': {
    deposits: [deposit('d', 50n)],
    orders: [order('o', 100n, 50)],
    before: [credited('c', 50n, 49)],
    paid: [],
  },
  'one that was credited as it was opened does': {
    deposits: [deposit('d', 50n)],
    orders: [order('o', 100n, 50)],
    before: [credited('c', 50n, 50)],
    paid: [['d', 'o', 4, ['d', 'c']]],
  },
  'a deposit that counts for another order does not count again': {
    deposits: [deposit('d', 50n)],
    orders: [order('o', 100n, 50)],
    before: [credited('c', 50n, 60, { order: 'paid' })],
    paid: [],
  },
  'nor does one of another org': {
    deposits: [deposit('d', 50n)],
    orders: [order('o', 100n, 50)],
    before: [credited('c', 50n, 60, { org: 'b' })],
    paid: [],
  },
  'what completed one order in this round completes no other': {
    deposits: [deposit('d', 50n), deposit('e', 50n), deposit('f', 50n)],
    orders: [order('o', 100n, 50), order('p', 100n, 50)],
    paid: [['e', 'p', 4, ['e', 'd']]],
  },
  'another org’s order is not paid': {
    deposits: [deposit('d', 5n)],
    orders: [order('o', 5n, 50, { org: 'b' })],
    paid: [],
  },
  'an order that expired before the money moved is not paid': {
    deposits: [deposit('d', 5n, 1_050)],
    orders: [order('o', 5n, 50)],
    paid: [],
  },
  'an order that expires just after is': {
    deposits: [deposit('d', 5n, 1_049)],
    orders: [order('o', 5n, 50)],
    paid: [['d', 'o', 4, ['d']]],
  },
  'a deposit that comes back completes its own order though that is over, with the cards that are missing': {
    deposits: [deposit('d', 5n, 9_000)],
    orders: [order('o', 5n, 50, { cardsOut: 1 })],
    bound: { d: 'o' },
    paid: [['d', 'o', 3, ['d']]],
  },
  'it completes no other': {
    deposits: [deposit('d', 5n)],
    orders: [order('o', 5n, 50)],
    bound: { d: 'paid by another' },
    paid: [],
  },
  'one of two that comes back completes their order with the one that stayed': {
    deposits: [deposit('d', 50n)],
    orders: [order('o', 100n, 50)],
    before: [credited('c', 50n, 10, { order: 'o' })],
    bound: { d: 'o' },
    paid: [['d', 'o', 4, ['d']]],
  },
  'a new deposit completes an order beside the one that stayed': {
    deposits: [deposit('e', 50n)],
    orders: [order('o', 100n, 50)],
    before: [credited('c', 50n, 10, { order: 'o' })],
    paid: [['e', 'o', 4, ['e']]],
  },
  'one that comes back with less than the price does not complete it': {
    deposits: [deposit('d', 4n)],
    orders: [order('o', 5n, 50)],
    bound: { d: 'o' },
    paid: [],
  },
};

test.each(Object.entries(CASES))('S07 %s', (_, { deposits, orders, before = [], bound = {}, atMs = 5_000, paid }) => {
  const completions = completeOrders(deposits, orders, before, new Map(Object.entries(bound)), atMs);
  const found = [...completions].map(([id, one]) => [id, one.order.id, one.giftCards, one.deposits]);
  expect(found).toEqual(paid);
});

test.each([
  ['as it opens', 50, true],
  ['a moment before', 49, false],
  ['to its last moment', 1_049, true],
  ['not when it expires', 1_050, false],
])('an order that was not open when the money moved is paid while it is open at the credit: %s', (_, atMs, isPaid) => {
  const completions = completeOrders([deposit('d', 5n, 20)], [order('o', 5n, 50)], [], new Map(), atMs);
  expect(completions.has('d')).toBe(isPaid);
});
