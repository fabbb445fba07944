/** Opens the chains that the API asks, each with the reader of its family. */
import type { ChainReader } from '../../src/core/senders/chain-reader.ts';
import { quorumOf } from '../../src/core/chains/quorum.ts';
import type { ChainSettings } from '../chain/settings.ts';
import type { ReaderOptions } from '../rpc/reader-quorum.ts';

/** Readers by CAIP-2 name. Opening sends nothing, and loads nothing: see {@link ReaderOnDemand}. */
export function openChainReaders(
  chains: readonly (Pick<ChainSettings, 'caip2' | 'rpcUrls'> & { readonly quorum?: number | undefined })[],
): Map<string, ChainReader> {
  return new Map(
    chains.map((one) => {
      const { caip2: chain, rpcUrls } = one;
      return [chain, new ReaderOnDemand({ chain, rpcUrls, quorum: quorumOf(one) })];
    }),
  );
}

/** A reader whose code is loaded with its first call: the libraries of the chains would be a third of the API's start. */
class ReaderOnDemand implements ChainReader {
  readonly chain: string;
  readonly #options: ReaderOptions;
  #opened: Promise<ChainReader> | undefined;
  #closed = false;

  constructor(options: ReaderOptions) {
    this.chain = options.chain;
    this.#options = options;
  }

  verifyProof: ChainReader['verifyProof'] = async (...args) => (await this.#open()).verifyProof(...args);
  isDeployed: ChainReader['isDeployed'] = async (...args) => (await this.#open()).isDeployed(...args);
  balanceOf: ChainReader['balanceOf'] = async (...args) => (await this.#open()).balanceOf(...args);

  close(): void {
    this.#closed = true;
    // A failure to load was reported to whoever called.
    this.#opened?.then((reader) => reader.close()).catch(() => undefined);
  }

  async #open(): Promise<ChainReader> {
    this.#opened ??= this.#load();
    return this.#opened;
  }

  async #load(): Promise<ChainReader> {
    const { openChainReader } = await import('../open-source.ts');
    const reader = openChainReader(this.#options);
    if (this.#closed) reader.close();
    return reader;
  }
}
