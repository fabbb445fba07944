/** Several views of one chain in memory: nodes that agree except where a test changes an answer of one. */
import type { ChainSource } from '../../../detector/rpc/source.ts';
import { RpcPool, type RpcPoolOptions } from '../../../detector/rpc/pool.ts';
import { createFakeClock } from '../fake-clock.ts';
import { TOKEN, type MemoryChain } from './memory-chain.ts';

const log = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** A view of the chain with methods of its own in place of some of the chain's. */
export function nodeOf(chain: MemoryChain, name: string, own: Partial<ChainSource> = {}): ChainSource {
  return {
    name,
    chainId: async () => chain.chainId(),
    decimals: async () => chain.decimals(),
    symbol: async () => chain.symbol(),
    head: async () => chain.head(),
    hardFinal: async () => chain.hardFinal(),
    block: async (at) => chain.block(at),
    transfers: async (query) => chain.transfers(query),
    tokenCode: async () => chain.tokenCode(),
    tokenNotices: async (query) => chain.tokenNotices(query),
    receipt: async (txHash) => chain.receipt(txHash),
    // No read of whole blocks, so that a view's own `receipt` decides about every receipt.
    receiptsOfBlock: async () => Promise.resolve(undefined),
    balanceOf: async (token, address, blockHash) => chain.balanceOf(token, address, blockHash),
    onHead: () => undefined,
    close: () => undefined,
    ...own,
  };
}

/** A pool of these nodes on a clock of its own; two of them must agree. */
export function memoryPool(sources: readonly ChainSource[], change: Partial<RpcPoolOptions> = {}): RpcPool {
  const config = { caip2: 'eip155:1', devnet: true, tokens: [{ symbol: 'USDC', address: TOKEN, decimals: 6 }] };
  const clock = createFakeClock();
  return new RpcPool({ sources, quorum: 2, config, tokens: [TOKEN], clock, log, random: () => 0, ...change });
}
