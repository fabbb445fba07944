import { expect, test } from 'vitest';
import { MemoryChain, TOKEN } from '../../test/support/chains/memory-chain.ts';
import { checkNode } from './chain-checks.ts';

const usdc = { symbol: 'USDC', address: TOKEN, decimals: 6 };

test('a node is taken that serves the configured chain and tokens', async () => {
  const checking = checkNode(new MemoryChain(), { caip2: 'eip155:1', tokens: [usdc] }, [TOKEN]);
  await expect(checking).resolves.toBeUndefined();
});

test.each([
  ['another chain', { caip2: 'eip155:2', tokens: [usdc] }, 'serves eip155:1, not eip155:2'],
  ['a token of other decimals', { caip2: 'eip155:1', tokens: [usdc, { ...usdc, decimals: 18 }] }, '6 decimals, not 18'],
  ['a token of another name', { caip2: 'eip155:1', tokens: [{ ...usdc, symbol: 'USDC.e' }] }, 'USDC, not USDC.e'],
])('a node that serves %s is refused', async (_, config, reason) => {
  await expect(checkNode(new MemoryChain(), config, [TOKEN, TOKEN])).rejects.toThrow(reason);
});
