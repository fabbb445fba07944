/** Whether a node serves what is configured. */
import type { ChainSource } from './source.ts';
import type { ChainSettings } from '../chain/settings.ts';

/** The node serves another chain or token than configured, or the configuration of the chain is invalid. */
export class ChainRefused extends Error {
  override name = 'ChainRefused';
}

/**
 * Asks a node for its chain, and for the decimals and the symbol of each token.
 * @param tokens canonical addresses of the configured tokens, in their order.
 * @throws ChainRefused when an answer is not what is configured; RpcFault when there is no answer.
 */
export async function checkNode(
  source: ChainSource,
  config: Pick<ChainSettings, 'caip2' | 'tokens'>,
  tokens: readonly string[],
): Promise<void> {
  const chain = await source.chainId();
  if (chain !== config.caip2) {
    throw new ChainRefused(`${source.name} serves ${chain}, not ${config.caip2}: correct rpcUrls`);
  }
  for (const [index, token] of config.tokens.entries()) {
    const address = tokens[index] ?? token.address;
    const decimals = await source.decimals(address);
    if (decimals !== token.decimals) {
      throw new ChainRefused(`${token.address} has ${decimals} decimals, not ${token.decimals}: is this USDC?`);
    }
    const symbol = await source.symbol(address);
    if (symbol !== token.symbol) {
      throw new ChainRefused(`${token.address} calls itself ${symbol}, not ${token.symbol}: correct symbol or address`);
    }
  }
}
