/** The one place that knows both families of chains: opens an RPC of a chain by the family that its name tells. */
import { familyOf } from '../src/core/chains/address.ts';
import type { ChainReader } from '../src/core/senders/chain-reader.ts';
import { openEvmChainReader } from './evm/chain-reader.ts';
import { openEvmSource } from './evm/source.ts';
import type { ReaderOptions } from './rpc/reader-quorum.ts';
import type { ChainSource, SourceOptions } from './rpc/source.ts';
import { openStarknetChainReader } from './starknet/chain-reader.ts';
import { openStarknetSource } from './starknet/source.ts';

/**
 * Opens one RPC for the detector. Nothing is sent before it is asked.
 * @param chain CAIP-2 name. @throws RangeError for a namespace that is neither eip155 nor starknet.
 */
export function openSource(chain: string, options: SourceOptions): ChainSource {
  return familyOf(chain) === 'starknet' ? openStarknetSource(options) : openEvmSource(options);
}

/**
 * Opens a chain for the API, on all its RPCs. Nothing is sent before it is asked.
 * @throws RangeError for a namespace that is neither eip155 nor starknet.
 */
export function openChainReader(options: ReaderOptions): ChainReader {
  return familyOf(options.chain) === 'starknet' ? openStarknetChainReader(options) : openEvmChainReader(options);
}
