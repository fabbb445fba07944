/** How to ask for transfers to many addresses: by filters that name them, or for all transfers of the token. */
import { slicesOf } from '../../src/core/bounded.ts';

/** Rows that cost about as much as one more request: a page of them. */
const ROWS_PER_REQUEST = 1_000;
/** Most rows of one read without a filter: what most nodes answer at once, and what fits into memory. */
const ROWS_MAX = 10_000;
/** Share of an earlier peak of rows a block that still counts after the next measurement. */
const PEAK_KEPT = 0.9;

/**
 * Filters take one request for each `addressesMax` addresses; all transfers take one for each thousand rows, estimated
 * from the rows a block seen before. The plan chooses what takes fewer requests. One filter that names all addresses is
 * always better, and more rows than fit into memory are never asked for.
 */
export class FilterPlan {
  readonly #addressesMax: number;
  #rowsPerBlock: number | undefined;

  /** @param addressesMax the most addresses that one filter of the chain's nodes may name. */
  constructor(addressesMax: number) {
    this.#addressesMax = addressesMax;
  }

  /** The addresses for each filter, or `all` where it is better to use none. @param blocks number of blocks to read. */
  choose(addresses: ReadonlySet<string>, blocks: number): readonly (readonly string[])[] | 'all' {
    const filters = Math.ceil(addresses.size / this.#addressesMax);
    if (filters > 1 && this.#rowsPerBlock !== undefined) {
      const rows = blocks * this.#rowsPerBlock;
      if (rows <= ROWS_MAX && Math.ceil(rows / ROWS_PER_REQUEST) < filters) return 'all';
    }
    return slicesOf([...addresses], this.#addressesMax);
  }

  /** True where reading one block without a filter, to measure its rows, is worth the request. */
  wantsLook(addresses: ReadonlySet<string>): boolean {
    return addresses.size > this.#addressesMax;
  }

  /** Learns how many transfers of the token so many blocks hold. */
  learn(blocks: number, rows: number): void {
    const seen = rows / Math.max(1, blocks);
    this.#rowsPerBlock = Math.max(seen, (this.#rowsPerBlock ?? 0) * PEAK_KEPT);
  }
}
