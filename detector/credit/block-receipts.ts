/** Receipts of whole blocks: where many deposits lie in one block, each RPC is asked once instead of once for each. */
import type { ChainSource, Receipt } from '../rpc/source.ts';

/** From so many transactions of one block on. */
const TOGETHER_MIN = 16;
/** Blocks whose receipts are kept: deposits come in the order of their blocks. */
const BLOCKS_KEPT_MAX = 2;

/** Where a transaction was read. */
interface Place {
  readonly txHash: string;
  readonly blockNumber: number;
  readonly blockHash: string;
}
type Together = Promise<ReadonlyMap<string, Receipt> | undefined>;

/** Kept for one round of crediting. */
export class BlockReceipts {
  readonly #tokens: readonly string[];
  readonly #kept = new Map<string, Map<ChainSource, Together>>();

  constructor(tokens: readonly string[]) {
    this.#tokens = tokens;
  }

  /**
   * How the receipts of these transactions are asked for, here and now: receipts that were fetched together count only
   * if their block is still the chain's, which is asked for again by each call of this. What is not among them is asked
   * for by itself.
   */
  asking(places: readonly Place[]): (source: ChainSource, txHash: string) => Promise<Receipt | undefined> {
    const placeOf = new Map(places.map((place) => [place.txHash, place]));
    const sizes = Map.groupBy(placeOf.values(), ({ blockHash }) => blockHash);
    const standing = new Map<string, Map<ChainSource, Together>>();
    return async (source, txHash) => {
      const place = placeOf.get(txHash);
      const isBig =
        place && (this.#kept.has(place.blockHash) || (sizes.get(place.blockHash)?.length ?? 0) >= TOGETHER_MIN);
      const together = isBig
        ? await once(standing, place.blockHash, source, async () => this.#findStanding(source, place))
        : undefined;
      return together?.get(txHash) ?? source.receipt(txHash, this.#tokens);
    };
  }

  async #findStanding(source: ChainSource, { blockHash, blockNumber }: Place): Together {
    const [oldest] = this.#kept.keys();
    if (!this.#kept.has(blockHash) && this.#kept.size >= BLOCKS_KEPT_MAX) this.#kept.delete(oldest ?? '');
    const receipts = await once(this.#kept, blockHash, source, async () =>
      source.receiptsOfBlock(blockHash, this.#tokens),
    );
    // A node may give the receipts of a block that is none of the chain any more.
    return receipts && (await source.block(blockNumber))?.hash === blockHash ? receipts : undefined;
  }
}

/** One call for each block and RPC; one that fails is made again when it is asked for again. */
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
