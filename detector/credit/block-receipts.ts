/** Receipts of whole blocks: where a block holds many deposits, an RPC is asked once instead of once for each. */
import type { ChainSource, Receipt } from '../rpc/source.ts';

/** From this many transactions of one block on, the receipts of the whole block are fetched. */
const TOGETHER_MIN = 16;
/** Most blocks whose receipts are kept; two are enough, since deposits come in the order of their blocks. */
const BLOCKS_KEPT_MAX = 2;

/** The block in which a transaction was read. */
interface Place {
  readonly txHash: string;
  readonly blockNumber: number;
  readonly blockHash: string;
}
type Together = Promise<ReadonlyMap<string, Receipt> | undefined>;

/** The receipts that one round of crediting has fetched. */
export class BlockReceipts {
  readonly #tokens: readonly string[];
  readonly #kept = new Map<string, Map<ChainSource, Together>>();

  constructor(tokens: readonly string[]) {
    this.#tokens = tokens;
  }

  /**
   * A function that gets the receipts of these transactions from an RPC. Receipts that were fetched as a block are used
   * only if the block is still in the chain, which each function returned here checks anew, once per RPC and block. Any
   * other receipt is asked for by itself.
   */
  asking(places: readonly Place[]): (source: ChainSource, txHash: string) => Promise<Receipt | undefined> {
    const placeOf = new Map(places.map((place) => [place.txHash, place]));
    const sizes = Map.groupBy(placeOf.values(), ({ blockHash }) => blockHash);
    const checked = new Map<string, Map<ChainSource, Together>>();
    return async (source, txHash) => {
      const place = placeOf.get(txHash);
      const isBig =
        place && (this.#kept.has(place.blockHash) || (sizes.get(place.blockHash)?.length ?? 0) >= TOGETHER_MIN);
      const together = isBig
        ? await once(checked, place.blockHash, source, async () => this.#findInChain(source, place))
        : undefined;
      return together?.get(txHash) ?? source.receipt(txHash, this.#tokens);
    };
  }

  async #findInChain(source: ChainSource, { blockHash, blockNumber }: Place): Together {
    const [oldest] = this.#kept.keys();
    if (!this.#kept.has(blockHash) && this.#kept.size >= BLOCKS_KEPT_MAX) this.#kept.delete(oldest ?? '');
    const receipts = await once(this.#kept, blockHash, source, async () =>
      source.receiptsOfBlock(blockHash, this.#tokens),
    );
    // A node may give the receipts of a block that is no longer in the chain.
    return receipts && (await source.block(blockNumber))?.hash === blockHash ? receipts : undefined;
  }
}

/** Makes one call per block and RPC and shares its result; a call that failed is made again on the next request. */
async function once(
  calls: Map<string, Map<ChainSource, Together>>,
  blockHash: string,
  source: ChainSource,
  work: () => Together,
): Together {
  const ofBlock = calls.get(blockHash) ?? new Map<ChainSource, Together>();
  calls.set(blockHash, ofBlock);
  let call = ofBlock.get(source);
  if (!call) {
    call = work();
    ofBlock.set(source, call);
    call.catch(() => ofBlock.delete(source));
  }
  return call;
}
