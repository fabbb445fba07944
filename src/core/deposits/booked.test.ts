import { expect, it } from 'vitest';
import { compareBooked, type BookedDeposit, type BookedNet } from './booked.ts';

const WALLET = '0198c2a5-7b1e-7abc-8def-0123456789ab';
const deposit = (name: string, amountMicros: bigint, isCredited = true): BookedDeposit => {
  return { wallet: WALLET, account: 'assets:usdc:eip155:1', deposit: name, amountMicros, isCredited };
};
const net = (name: string | null, netMicros: bigint, account = 'assets:usdc:eip155:1'): BookedNet => {
  return { wallet: WALLET, account, deposit: name, netMicros };
};
const compare = (deposits: readonly BookedDeposit[], nets: readonly BookedNet[]): unknown[] =>
  compareBooked(deposits, nets).map((one) => [one.deposit, one.ledgerMicros, one.sourceMicros]);

it.each<[string, readonly BookedDeposit[], readonly BookedNet[], unknown[]]>([
  ['a credit and its deposit are equal', [deposit('a', 5n)], [net('a', 5n)], [['a', 5n, 5n]]],
  ['a credited deposit without a credit lacks it', [deposit('a', 5n)], [], [['a', 0n, 5n]]],
  ['a credit of another amount differs', [deposit('a', 5n)], [net('a', 6n)], [['a', 6n, 5n]]],
  ['a credit without a deposit is too much', [], [net('a', 5n)], [['a', 5n, 0n]]],
  [
    'a credit that names none is too much, and comes last',
    [deposit('z', 1n)],
    [net(null, 5n)],
    [
      ['z', 0n, 1n],
      [null, 5n, 0n],
    ],
  ],
  ['a deposit that waits is right without a credit', [deposit('a', 5n, false)], [], [['a', 0n, 0n]]],
  ['and with one that is being noted', [deposit('a', 5n, false)], [net('a', 5n)], [['a', 5n, 5n]]],
  ['but not with half of one', [deposit('a', 5n, false)], [net('a', 2n)], [['a', 2n, 5n]]],
  ['a credit that was reversed is none', [deposit('a', 5n, false)], [net('a', 0n)], [['a', 0n, 0n]]],
  [
    'a credit of the same deposit against another account is another',
    [deposit('a', 5n)],
    [net('a', 5n, 'assets:usdc:eip155:10')],
    [
      ['a', 0n, 5n],
      ['a', 5n, 0n],
    ],
  ],
])('%s', (_, deposits, nets, expected) => {
  expect(compare(deposits, nets)).toEqual(expected);
});
