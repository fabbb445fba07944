/** How many blocks to ask one node for in one request of a method: learned from what it accepts, and remembered. */
import { findCount } from '../../src/core/integers.ts';
import { RpcFault } from './fault.ts';

const BLOCKS_MAX = 10_000;
/** The range grows only after an answer with fewer results than this, well below the smallest known result cap ... */
const RESULTS_FEW = 300;
/** ... that came within this time. */
const QUICK_MS = 1_000;
const GROWTH = 1.5;
/** A limit that a node named is not passed for this long; after it, the provider's plan may be another. */
const CEILING_MS = 24 * 60 * 60_000;

/** A message with one of these is about the size of the answer, and not about the number of blocks. */
const RESULT_WORDS = /\bresults?\b|\blogs\b|\bsize\b/i;

/** The ranges that a node accepts, remembered across processes. */
export interface RangeMemory {
  /** Blocks that it answers in one request of this method; undefined while that is not known. */
  recall(method: string): number | undefined;
  learn(method: string, blocks: number): void;
}

export interface BlockRangeOptions {
  readonly method: string;
  readonly blocksStart: number;
  /** Result counts at which nodes silently cut an answer. */
  readonly suspiciousCounts?: ReadonlySet<number>;
  readonly memory?: RangeMemory | undefined;
}

/** The range of one method of one node: it shrinks where the node refuses, and grows slowly up to what the node names. */
export class BlockRange {
  readonly #options: BlockRangeOptions;
  #learned: number | undefined;
  /** The limit that the node named last, and when. */
  #ceiling: { readonly blocks: number; readonly atMs: number } | undefined;

  constructor(options: BlockRangeOptions) {
    this.#options = options;
  }

  /** The size that the next request will have. */
  get blocks(): number {
    this.#learned ??= this.#options.memory?.recall(this.#options.method);
    return this.#learned ?? this.#options.blocksStart;
  }

  /**
   * Reads [from, to] (both included) in requests of the learned size. A range of several blocks that fails because of its
   * size, or comes back with exactly a known result cap, is asked for again in the size that the node suggests, else in
   * half. The failure of a single block is final; the size was not its reason then, and what was learned before counts.
   */
  async read<Item>(
    from: number,
    to: number,
    request: (fromBlock: number, toBlock: number) => Promise<Item[]>,
  ): Promise<Item[]> {
    const items: Item[] = [];
    let before = this.blocks;
    for (let next = from; next <= to;) {
      const asked = this.blocks;
      const end = Math.min(to, next + asked - 1);
      const startedAtMs = performance.now();
      let page: Item[] | undefined;
      try {
        page = await this.#ask(next, end, request);
      } catch (error) {
        if (error instanceof RpcFault && next === end && error.kind !== 'timeout') this.#learn(before);
        throw error;
      }
      if (page === undefined) continue;
      before = this.blocks;
      // Not push(...page): an answer may have more items than a call can take arguments.
      for (const item of page) items.push(item);
      const wasFull = end - next + 1 === asked;
      next = end + 1;
      // A request that the end of the range shortened says nothing about longer ones.
      const isEasy = page.length < RESULTS_FEW && performance.now() - startedAtMs < QUICK_MS;
      if (wasFull && isEasy) this.#learn(Math.min(BLOCKS_MAX, this.#limit(), Math.ceil(asked * GROWTH)));
    }
    return items;
  }

  async #ask<Item>(
    from: number,
    to: number,
    request: (fromBlock: number, toBlock: number) => Promise<Item[]>,
  ): Promise<Item[] | undefined> {
    const asked = to - from + 1;
    let suggested: number | undefined;
    try {
      const page = await request(from, to);
      if (asked === 1 || this.#options.suspiciousCounts?.has(page.length) !== true) return page;
    } catch (error) {
      // A smaller range does not help against a limit on requests, a broken connection or a chain that moves on.
      const isSize = error instanceof RpcFault && ['rpc_error', 'timeout', 'server', 'bad_reply'].includes(error.kind);
      if (asked === 1 || !isSize) throw error;
      if (error.kind === 'rpc_error') suggested = suggestedBlocks(error.words, asked);
      // A size that only fits the results of these blocks says nothing about other blocks.
      if (suggested !== undefined && !RESULT_WORDS.test(error.words)) {
        this.#ceiling = { blocks: suggested, atMs: performance.now() };
      }
    }
    this.#learn(suggested ?? Math.floor(asked / 2));
    return undefined;
  }

  #limit(): number {
    const { blocks, atMs } = this.#ceiling ?? { blocks: BLOCKS_MAX, atMs: 0 };
    return performance.now() - atMs < CEILING_MS ? blocks : BLOCKS_MAX;
  }

  #learn(blocks: number): void {
    this.#learned = blocks;
    this.#options.memory?.learn(this.#options.method, blocks);
  }
}

/**
 * The number of blocks that a node's error suggests instead of `asked`: the range that "should work", or the limit that
 * it names. Undefined where it names no smaller number. The forms are those of Alchemy, Infura, reth, Morph and Tenderly
 * as quoted in public issues.
 * @param message what the node said, without its code.
 */
export function suggestedBlocks(message: string, asked: number): number | undefined {
  const range =
    /\[\s*(0x[0-9a-f]+)\s*,\s*(0x[0-9a-f]+)\s*\]/i.exec(message) ?? /\brange (\d+)\s*-\s*(\d+)/i.exec(message);
  const [first, last] = [findCount(range?.[1] ?? ''), findCount(range?.[2] ?? '')];
  const isSmaller = (blocks: number): boolean => blocks >= 1 && blocks < asked;
  if (first !== undefined && last !== undefined && isSmaller(last - first + 1)) return last - first + 1;
  if (range !== null || !/\brange\b|\bblocks\b/i.test(message)) return undefined;
  const numbers = [...message.matchAll(/\b(\d{1,3}(?:,\d{3})+|\d+)(k?)\b/gi)].flatMap(([, digits = '', kilo]) => {
    const number = findCount(digits.replaceAll(',', ''));
    return number === undefined ? [] : [kilo === '' ? number : number * 1_000];
  });
  const limits = numbers.filter(isSmaller);
  return limits.length === 0 ? undefined : Math.max(...limits);
}
