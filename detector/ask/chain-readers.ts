/** Opens the chains that the API asks, each with the reader of its family. */
import type { ChainReader } from '../../src/core/senders/chain-reader.ts';
import { quorumOf } from '../../src/core/chains/quorum.ts';
import type { ChainSettings } from '../chain/settings.ts';
import { openChainReader } from '../open-source.ts';

/** Readers by CAIP-2 name. Opening sends nothing. */
export function openChainReaders(
  chains: readonly (Pick<ChainSettings, 'caip2' | 'rpcUrls'> & { readonly quorum?: number | undefined })[],
): Map<string, ChainReader> {
  return new Map(
    chains.map((one) => {
      const { caip2: chain, rpcUrls } = one;
      return [chain, openChainReader({ chain, rpcUrls, quorum: quorumOf(one) })];
    }),
  );
}
