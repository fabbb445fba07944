/** Queries for the events of one Starknet contract: in ranges of blocks and pages of rows that the node accepts. */
import { z } from 'zod';
import type { Block } from '../../src/core/chains/transfer.ts';
import { BlockRange, type RangeMemory } from '../rpc/block-range.ts';
import type { CallClass } from '../rpc/call-budget.ts';
import { RpcFault } from '../rpc/fault.ts';
import { parseResult, type JsonRpc } from '../rpc/json-rpc.ts';
import { feltSchema, toWire } from './decode.ts';

/** Rows of a page at first: every node in use allows this many (pathfinder 1,024, madara 1,000). */
const CHUNK_SIZE_START = 1_000;
/** The specification's error for a page size above the node's limit. */
const PAGE_SIZE_TOO_BIG = 31;
/** The specification's error for a filter of more keys than the node takes. */
const TOO_MANY_KEYS = 34;
const BLOCK_NOT_FOUND = 24;
/** Blocks of the first request to a node of which no range is known. */
const BLOCKS_START = 2_000;
/** Most pages of one read; a longer read fails, and the next one reads a smaller window. */
const PAGES_MAX = 2_000;

const rowSchema = z.object({
  from_address: feltSchema,
  keys: z.array(feltSchema),
  data: z.array(feltSchema),
  // Absent only for pre-confirmed events, which a read that ends at a block's hash does not return.
  block_hash: feltSchema,
  block_number: z.int().min(0),
  transaction_hash: feltSchema,
  // Since specification 0.10; position among the events of its transaction.
  event_index: z.int().min(0).nullish(),
});
/** An event as a node lists it. */
export type EventRow = z.output<typeof rowSchema>;

const pageSchema = z.object({
  // Some nodes give null where there are none.
  events: z
    .array(rowSchema)
    .nullable()
    .transform((events) => events ?? []),
  continuation_token: z.string().nullish(),
});
type Page = z.output<typeof pageSchema>;

/** The node takes fewer keys in a filter; a smaller range of blocks would not help. */
export class TooManyKeys extends Error {}

/** Which events of which contract are asked for. */
export interface KeyFilter {
  readonly contract: string;
  /** For each position the keys that match there, in the form that nodes take; an empty list matches any. */
  readonly keys: readonly (readonly string[])[];
  /** What the node's filter is checked against: some nodes match events that are shorter than the filter. */
  readonly isWanted: (row: EventRow) => boolean;
}

/** Blocks fromBlock to toBlock, both included, on the chain of the target, which is at or above them. */
export interface EventRange {
  readonly fromBlock: number;
  readonly toBlock: number;
  readonly target: Block;
  readonly callClass?: CallClass | undefined;
}

type BlockId = { readonly block_hash: string } | { readonly block_number: number };

/** The only reader of events of one node; it remembers how many blocks and rows the node accepts. */
export class EventPages {
  readonly #rpc: JsonRpc;
  readonly #range: BlockRange;
  #chunkSize = CHUNK_SIZE_START;

  constructor(rpc: JsonRpc, memory?: RangeMemory) {
    this.#rpc = rpc;
    this.#range = new BlockRange({ method: 'starknet_getEvents', blocksStart: BLOCKS_START, memory });
  }

  /** The rows of a range, in the order of the chain. @throws RpcFault; TooManyKeys when the filter has to be smaller. */
  async rows(filter: KeyFilter, { fromBlock, toBlock, target, callClass }: EventRange): Promise<EventRow[]> {
    const rows = await this.#range.read(fromBlock, toBlock, async (from, end) => {
      // The end is named by its hash where that is known: a node that lacks the block then gives an error, while for a
      // number above its head it gives an empty page. A node that has the target has all blocks below it too.
      const to = end === target.number ? { block_hash: toWire(target.hash) } : { block_number: end };
      return this.#pages(filter, { block_number: from }, to, callClass);
    });
    if (rows.some((row) => row.block_number < fromBlock || row.block_number > toBlock)) {
      throw new RpcFault('bad_reply', 'starknet_getEvents: an event from outside the range');
    }
    return rows;
  }

  /** Every event of a block, of all contracts, in the order of the block. @throws RpcFault. */
  async ofBlock(blockHash: string, callClass?: CallClass): Promise<EventRow[]> {
    const block = { block_hash: toWire(blockHash) };
    return this.#pages(undefined, block, block, callClass);
  }

  async #pages(
    filter: KeyFilter | undefined,
    from: BlockId,
    to: BlockId,
    callClass: CallClass | undefined,
  ): Promise<EventRow[]> {
    const rows: EventRow[] = [];
    const seen = new Set<string>();
    const request = {
      from_block: from,
      to_block: to,
      ...(filter && { address: toWire(filter.contract), keys: filter.keys }),
    };
    for (let page = 0, token: string | undefined; page < PAGES_MAX; page += 1) {
      const { events, continuation_token: next } = await this.#page(request, callClass, token);
      for (const row of events) {
        if (filter === undefined || (row.from_address === filter.contract && filter.isWanted(row))) rows.push(row);
      }
      // An empty page with a token is not the end: nodes also end a page after a number of blocks.
      if (next === undefined || next === null || next === '') return rows;
      if (seen.has(next)) throw new RpcFault('bad_reply', `starknet_getEvents: the token ${next} came twice`);
      seen.add(next);
      token = next;
    }
    throw new RpcFault('bad_reply', `starknet_getEvents: more than ${PAGES_MAX} pages`);
  }

  async #page(request: object, callClass: CallClass | undefined, continuationToken: string | undefined): Promise<Page> {
    const method = 'starknet_getEvents';
    const filter = {
      ...request,
      chunk_size: this.#chunkSize,
      ...(continuationToken === undefined ? {} : { continuation_token: continuationToken }),
    };
    try {
      return parseResult(method, pageSchema, await this.#rpc.call(method, { filter }, callClass));
    } catch (error) {
      const code = error instanceof RpcFault ? error.code : undefined;
      if (code === PAGE_SIZE_TOO_BIG) this.#chunkSize = Math.max(1, Math.floor(this.#chunkSize / 2));
      if (code === TOO_MANY_KEYS) throw new TooManyKeys('the filter names too many addresses', { cause: error });
      const unknown = error instanceof RpcFault && code === BLOCK_NOT_FOUND;
      throw unknown ? new RpcFault('unknown_block', error.message, { code: error.code, cause: error }) : error;
    }
  }
}
