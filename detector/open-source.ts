/** Opens the RPCs of a chain by its family. The only place that knows both families. */
import { familyOf } from '../src/core/chains/address.ts';
import type { ChainReader } from '../src/core/senders/chain-reader.ts';
import { openEvmChainReader } from './evm/chain-reader.ts';
import { openEvmSource } from './evm/source.ts';
import type { ReaderOptions } from './rpc/reader-quorum.ts';
import type { ChainSource, SourceOptions } from './rpc/source.ts';
import { openStarknetChainReader } from './starknet/chain-reader.ts';
import { openStarknetSource } from './starknet/source.ts';

/**
 * Opens one RPC for the detector. Opening sends nothing.
 * @param chain CAIP-2 name. @throws RangeError for a namespace other than eip155 and starknet.
 */
export function openSource(chain: string, options: SourceOptions): ChainSource {
  return familyOf(chain) === 'starknet' ? openStarknetSource(options) : openEvmSource(options);
}

/**
 * Opens a chain for the API, on all its RPCs. Opening sends nothing.
 * @throws RangeError for a namespace other than eip155 and starknet.
 */
export function openChainReader(options: ReaderOptions): ChainReader {
  return familyOf(options.chain) === 'starknet' ? openStarknetChainReader(options) : openEvmChainReader(options);
}
