/** How many blocks to ask for at once: learned from what the node accepts. */
import { RpcFault } from '../rpc-fault.ts';

const BLOCKS_START = 500;
const BLOCKS_MAX = 10_000;
/** Answers below this share of the smallest result cap let the range grow. */
const RESULTS_FEW = 300;
/** Result counts at which providers cut an answer without saying so. */
const SUSPICIOUS_COUNTS: ReadonlySet<number> = new Set([1_000, 10_000]);

export class LogRange {
  #blocks = BLOCKS_START;

  /** The size that the next request will have. */
  get blocks(): number {
    return this.#blocks;
  }

  /**
   * Reads [from, to] (both included) in requests of the learned size. A range of several blocks that fails, or comes
   * back with exactly a known result cap, is halved and asked again; the floor is one block, whose failure is final.
   */
  async read<Item>(
    from: number,
    to: number,
    request: (fromBlock: number, toBlock: number) => Promise<Item[]>,
  ): Promise<Item[]> {
    const items: Item[] = [];
    for (let next = from; next <= to;) {
      const end = Math.min(to, next + this.#blocks - 1);
      const page = await this.#ask(next, end, request);
      if (page === undefined) continue;
      // Not a spread: one request may answer more items than a call can take arguments.
      for (const item of page) items.push(item);
      next = end + 1;
      if (page.length < RESULTS_FEW) this.#blocks = Math.min(BLOCKS_MAX, Math.ceil(this.#blocks * 1.5));
    }
    return items;
  }

  async #ask<Item>(
    from: number,
    to: number,
    request: (fromBlock: number, toBlock: number) => Promise<Item[]>,
  ): Promise<Item[] | undefined> {
    const splits = to > from;
    try {
      const page = await request(from, to);
      if (!splits || !SUSPICIOUS_COUNTS.has(page.length)) return page;
    } catch (error) {
      // Asking for less does not help against a limit on requests or a broken line.
      if (!splits || !(error instanceof RpcFault) || ['rate_limited', 'network', 'moved'].includes(error.kind))
        throw error;
    }
    this.#blocks = Math.max(1, Math.floor((to - from + 1) / 2));
    return undefined;
  }
}
