import { expect, test } from 'vitest';
import { tokenBook } from './token-book.ts';

const [usdc, usdt] = [`0x${'Ab'.repeat(20)}`, `0x${'01'.repeat(20)}`];
const tokens = [{ symbol: 'USDC', address: usdc }];
const book = tokenBook([
  { caip2: 'eip155:1', tokens, knownTokens: [{ symbol: 'USDT', address: usdt }] },
  { caip2: 'eip155:2', tokens, watchOnly: true },
]);

test.each([
  ['a token of the list', 'eip155:1', usdc.toLowerCase(), { symbol: 'USDC', credited: true }],
  ['a known token', 'eip155:1', usdt, { symbol: 'USDT', credited: false }],
  [
    'the same token on a chain that is only watched',
    'eip155:2',
    usdc.toLowerCase(),
    { symbol: 'USDC', credited: false },
  ],
  ['a token of another chain', 'eip155:2', usdt, undefined],
  ['a token of a chain that is not configured', 'eip155:3', usdc.toLowerCase(), undefined],
])('%s', (_, chain, token, name) => {
  expect(book(chain, token)).toEqual(name);
});
