/** Orders that deposits pay: which deposit pays which, and what a reversal takes back. */
import type { Mutant } from '../mutant.ts';

const UNIT = ['src/core/billing/chain-orders.test.ts'];
const ROUNDS = ['test/billing/chain-orders.test.ts'];

export const ORDER_MUTANTS: readonly Mutant[] = [
  {
    name: 'orders: an order is paid before it is opened',
    file: 'src/core/billing/chain-orders.ts',
    find: 'return openedAtMs <= atMs && atMs < expiresAtMs;',
    replace: 'return openedAtMs > 0 && atMs < expiresAtMs;',
    tests: UNIT,
  },
  {
    name: 'orders: an order that is not open any more is paid',
    file: 'src/core/billing/chain-orders.ts',
    find: 'return openedAtMs <= atMs && atMs < expiresAtMs;',
    replace: 'return openedAtMs <= atMs && expiresAtMs > 0;',
    tests: UNIT,
  },
  {
    name: 'orders: the cheapest order is paid',
    file: 'src/core/billing/chain-orders.ts',
    find: 'return a.priceMicros > b.priceMicros ? -1 : 1;',
    replace: 'return a.priceMicros < b.priceMicros ? -1 : 1;',
    tests: UNIT,
  },
  {
    name: 'orders: of equal orders the oldest is paid',
    file: 'src/core/billing/chain-orders.ts',
    find: 'return b.openedAtMs - a.openedAtMs ||',
    replace: 'return a.openedAtMs - b.openedAtMs ||',
    tests: UNIT,
  },
  {
    name: 'orders: an order is completed by two deposits',
    file: 'src/core/billing/chain-orders.ts',
    find: 'open.splice(open.indexOf(completion.order), 1);',
    replace: '',
    tests: UNIT,
  },
  {
    name: 'orders: a deposit that counts for one order counts for another',
    file: 'src/core/billing/chain-orders.ts',
    find: 'one.order === null && one.creditedAtMs >= order.openedAtMs',
    replace: 'one.creditedAtMs >= order.openedAtMs',
    tests: UNIT,
  },
  {
    name: 'orders: deposits from before an order count for it',
    file: 'src/core/billing/chain-orders.ts',
    find: 'one.order === null && one.creditedAtMs >= order.openedAtMs',
    replace: 'one.order === null',
    tests: UNIT,
  },
  {
    name: 'orders: an order is paid with the money of another org',
    file: 'src/core/billing/chain-orders.ts',
    find: 'counted.filter(({ id, org }) => org === deposit.org && id !== deposit.id)',
    replace: 'counted.filter(({ id }) => id !== deposit.id)',
    tests: UNIT,
  },
  {
    name: 'orders: a deposit that comes back grants all cards again',
    file: 'src/core/billing/chain-orders.ts',
    find: 'giftCards: order.freeGiftCards - order.cardsOut',
    replace: 'giftCards: order.freeGiftCards',
    tests: UNIT,
  },
  {
    name: 'orders: a deposit that comes back pays another order',
    file: 'src/core/billing/chain-orders.ts',
    find: 'bound === undefined ? isOpenFor(order, deposit, creditedAtMs) : order.id === bound',
    replace: 'isOpenFor(order, deposit, creditedAtMs) || order.id === bound',
    tests: UNIT,
  },
  {
    name: 'orders: a cancelled order is paid',
    file: 'src/db/billing/chain-orders.ts',
    find: `o.state IN ('awaiting_payment', 'expired')`,
    replace: `o.state IN ('awaiting_payment', 'expired', 'cancelled')`,
    tests: ROUNDS,
  },
  {
    name: 'orders: each reversed deposit of an order takes all its cards',
    file: 'src/db/billing/chain-orders.ts',
    find: 'if (reopened.has(order)) continue;',
    replace: '',
    tests: ROUNDS,
  },
  {
    name: 'orders: the reversal of a deposit that counts keeps its order paid',
    file: 'src/db/billing/chain-orders.ts',
    find: `o.state IN ('paid', 'credited') ORDER BY o.id, l.deposit`,
    replace: `o.state IN ('paid', 'credited') AND o.deposit = l.deposit ORDER BY o.id, l.deposit`,
    tests: ROUNDS,
  },
  {
    name: 'orders: a paid order is cancelled',
    file: 'src/db/billing/orders.ts',
    find: `counts || state === 'expired' ? undefined :`,
    replace: `state === 'expired' ? undefined :`,
    tests: ROUNDS,
  },
  {
    name: 'orders: deposits of other orders count',
    file: 'src/db/billing/chain-orders.ts',
    find: 'AND NOT EXISTS (SELECT FROM order_deposit l WHERE l.deposit = d.id)',
    replace: '',
    tests: ROUNDS,
  },
];
