/** Asks every RPC of a chain, at this moment, whether it serves what is configured, and for its head. */
import type { Clock } from '../../src/core/clock.ts';
import { canonicalAddress, familyOf } from '../../src/core/chains/address.ts';
import { ChainRefused, checkNode } from '../rpc/chain-checks.ts';
import type { ChainSettings } from '../chain/settings.ts';
import { openSource } from '../open-source.ts';
import { RpcFault } from '../rpc/fault.ts';

/** What one RPC answered, or why it cannot be used. */
export type AskedNode =
  | { readonly rpc: string; readonly head: number; readonly headAgeMs: number }
  | { readonly rpc: string; readonly problem: string };

/** The answers of the chain's RPCs, in their order. An RPC that fails, or serves something else, gives its problem. */
export async function askNodes(
  config: Pick<ChainSettings, 'caip2' | 'rpcUrls' | 'tokens'>,
  clock: Clock,
): Promise<AskedNode[]> {
  const family = familyOf(config.caip2);
  const tokens = config.tokens.map(({ address }) => canonicalAddress(family, address));
  return Promise.all(
    config.rpcUrls.map(async (url): Promise<AskedNode> => {
      const source = openSource(config.caip2, { url, clock });
      try {
        await checkNode(source, config, tokens);
        const { number: head, timeMs } = await source.head();
        return { rpc: source.name, head, headAgeMs: clock.nowMs() - timeMs };
      } catch (error) {
        if (error instanceof ChainRefused) return { rpc: source.name, problem: error.message };
        if (error instanceof RpcFault) return { rpc: source.name, problem: `${error.kind}: ${error.message}` };
        throw error;
      } finally {
        source.close();
      }
    }),
  );
}
