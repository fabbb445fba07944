/** The chains that the API may ask, each by its family's reader. */
import { familyOf } from '../../src/core/chains/address.ts';
import type { ChainReader } from '../../src/core/senders/chain-reader.ts';
import { quorumOf } from '../../src/core/chains/quorum.ts';
import type { ChainSettings } from '../chain/context.ts';
import { openEvmChainReader } from '../evm/chain-reader.ts';
import { openStarknetChainReader } from '../starknet/chain-reader.ts';

/** Readers by CAIP-2 name. Nothing is sent before one is asked. */
export function openChainReaders(
  chains: readonly (Pick<ChainSettings, 'caip2' | 'rpcUrls'> & { readonly quorum?: number | undefined })[],
): Map<string, ChainReader> {
  return new Map(
    chains.map((one) => {
      const { caip2: chain, rpcUrls } = one;
      const open = familyOf(chain) === 'starknet' ? openStarknetChainReader : openEvmChainReader;
      return [chain, open({ chain, rpcUrls, quorum: quorumOf(one) })];
    }),
  );
}
