import { expect, test } from 'vitest';
import { explainReceipt, type ReceiptContext } from './explain-receipt.ts';
import { tokenBook } from '../chains/token-book.ts';

const [usdc, usdt, other, ours, theirs, sender] = ['a1', 'a2', 'a3', 'c1', 'd1', 'e1'].map(
  (byte) => `0x${byte.repeat(20)}`,
) as [string, string, string, string, string, string];
const chain = 'eip155:1';
const book = tokenBook([
  { caip2: chain, tokens: [{ symbol: 'USDC', address: usdc }], knownTokens: [{ symbol: 'USDT', address: usdt }] },
]);
const context: ReceiptContext = { chain, book, watchOnly: false, own: new Set([ours]), startBlock: 10, nextBlock: 100 };
const transfer = {
  token: usdc,
  txHash: '0x1',
  ordinal: 0,
  blockNumber: 50,
  blockHash: '0xb',
  from: sender,
  to: ours,
  amount: 5n,
  malformed: null,
};
const receipt = { succeeded: true, blockNumber: 50, transfers: [transfer] };
const watched = tokenBook([{ caip2: chain, tokens: [{ symbol: 'USDC', address: usdc }], watchOnly: true }]);

test.each([
  ['no receipt', context, undefined, 'no block of this chain'],
  ['a reverted one', context, { ...receipt, succeeded: false }, 'reverted'],
  ['no transfer', context, { ...receipt, transfers: [] }, 'moves no token'],
  [
    'another recipient',
    context,
    { ...receipt, transfers: [{ ...transfer, to: theirs }] },
    `${theirs}, which is not an address of ours`,
  ],
  [
    'a known token',
    context,
    { ...receipt, transfers: [{ ...transfer, token: usdt }] },
    'its token is not one that is credited',
  ],
  ['an unknown token', context, { ...receipt, transfers: [{ ...transfer, token: other }] }, 'is not configured'],
  [
    'an unknown token to others',
    context,
    { ...receipt, transfers: [{ ...transfer, token: other, to: theirs }] },
    'none of them to an address of ours',
  ],
  ['nothing', context, { ...receipt, transfers: [{ ...transfer, amount: 0n }] }, 'moved nothing'],
  ['an early block', context, { ...receipt, transfers: [{ ...transfer, blockNumber: 9 }] }, 'before startBlock 10'],
  ['a late block', context, { ...receipt, transfers: [{ ...transfer, blockNumber: 100 }] }, 'read up to block 99'],
  ['a chain never read', { ...context, nextBlock: undefined }, receipt, 'read up to block 9'],
  ['what was missed', context, receipt, 'coffer chain rescan --chain eip155:1 --from 50 --to 50'],
  ['a chain that is only watched', { ...context, book: watched, watchOnly: true }, receipt, 'only watched'],
])('%s is explained', (_, given, seen, words) => {
  const [reason, ...more] = explainReceipt(given, seen);
  expect(reason).toContain(words);
  expect(more).toEqual([]);
});
