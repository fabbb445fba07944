/** How transfers to many addresses are asked for: by filters that name them, or all of the token's, sorted here. */
import { slicesOf } from '../../src/core/bounded.ts';

/** Rows that cost about as much as one more request: a page of them. */
const ROWS_PER_REQUEST = 1_000;
/** Rows of one read that are taken in to find ours among them: what most nodes answer at once, and what fits into memory. */
const ROWS_MAX = 10_000;
/** How much of an earlier peak is still reckoned with after the next look. */
const PEAK_KEPT = 0.9;

/**
 * The rule: filters take one request for each `addressesMax` addresses, all transfers take one for each thousand rows.
 * Whichever takes fewer is used, going by the rows a block that were last seen; one filter that names everybody is
 * always better, and rows that would not fit are never asked for.
 */
export class FilterPlan {
  readonly #addressesMax: number;
  #rowsPerBlock: number | undefined;

  /** @param addressesMax the most addresses that one filter of the chain's nodes may name. */
  constructor(addressesMax: number) {
    this.#addressesMax = addressesMax;
  }

  /** Addresses for each filter, or `all` where no filter is better. @param blocks of the range that is to be read. */
  choose(addresses: ReadonlySet<string>, blocks: number): readonly (readonly string[])[] | 'all' {
    const filters = Math.ceil(addresses.size / this.#addressesMax);
    if (filters > 1 && this.#rowsPerBlock !== undefined) {
      const rows = blocks * this.#rowsPerBlock;
      if (rows <= ROWS_MAX && Math.ceil(rows / ROWS_PER_REQUEST) < filters) return 'all';
    }
    return slicesOf([...addresses], this.#addressesMax);
  }

  /** True where one look at a few blocks without a filter is worth its request. */
  wantsLook(addresses: ReadonlySet<string>): boolean {
    return addresses.size > this.#addressesMax;
  }

  /** Takes note of how many transfers of the token lie in so many blocks. */
  learn(blocks: number, rows: number): void {
    const seen = rows / Math.max(1, blocks);
    this.#rowsPerBlock = Math.max(seen, (this.#rowsPerBlock ?? 0) * PEAK_KEPT);
  }
}
