/** Reads every Transfer of a Starknet token in a range of blocks, in either layout. */
import { z } from 'zod';
import type { Clock } from '../../src/core/clock.ts';
import { BlockRange, type RangeMemory } from '../rpc/block-range.ts';
import type { CallClass } from '../rpc/call-budget.ts';
import type { TransferQuery } from '../rpc/source.ts';
import { FilterPlan } from '../rpc/filter-plan.ts';
import { parseResult, type JsonRpc } from '../rpc/json-rpc.ts';
import { RpcFault } from '../rpc/fault.ts';
import { feltSchema, isTransfer, layoutOf, toWire, TRANSFER_KEY, type Layout, type StarknetEvent } from './decode.ts';

/** Rows of a page at first: every node in use allows this many (pathfinder 1,024, madara 1,000). */
const CHUNK_SIZE_START = 1_000;
/** The specification's error for a page size above the node's limit. */
const PAGE_SIZE_TOO_BIG = 31;
/** Blocks of the first request to a node of which no range is known. */
const BLOCKS_START = 2_000;
/** Most pages of one read; a longer read fails, and the next one reads a smaller window. */
const PAGES_MAX = 2_000;
/** Recipients in one filter: at first (juno takes 1,024 keys in all), and after a node refused so many (madara: 100). */
const RECIPIENTS_MAX = 900;
const RECIPIENTS_FEW = 90;
/** The specification's error for a filter of more keys than the node takes. */
const TOO_MANY_KEYS = 34;
/** Blocks before the target whose transfers show a token's layout. */
const SAMPLE_BLOCKS = 50;
/** A layout is learned again after this, since a proxy can change its code under the same class. */
const LAYOUT_TRUST_MS = 10 * 60_000;

const rowSchema = z.object({
  from_address: feltSchema,
  keys: z.array(feltSchema),
  data: z.array(feltSchema),
  // Absent only for pre-confirmed events, which a read that ends at a block's hash does not return.
  block_hash: feltSchema,
  block_number: z.int().min(0),
  transaction_hash: feltSchema,
  // Since specification 0.10; position among the events of its transaction.
  event_index: z.int().min(0).optional(),
});
type Row = z.output<typeof rowSchema>;
const pageSchema = z.object({ events: z.array(rowSchema), continuation_token: z.string().nullish() });
const receiptSchema = z.object({
  events: z.array(z.object({ from_address: feltSchema, keys: z.array(feltSchema), data: z.array(feltSchema) })),
});

interface Learned {
  readonly classHash: string;
  readonly layout: Layout;
  readonly atMs: number;
}

/** The node takes fewer keys in a filter; a smaller range of blocks would not help. */
class TooManyKeys extends Error {}

interface Filter {
  readonly token: string;
  readonly fromBlock: number;
  readonly to: { readonly block_hash: string } | { readonly block_number: number };
  readonly callClass: CallClass | undefined;
  readonly keys: readonly (readonly string[])[];
}

/** Reads Transfer events from one node, and remembers its limits and the layouts of tokens. */
export class EventReader {
  readonly #rpc: JsonRpc;
  readonly #clock: Clock;
  readonly #range: BlockRange;
  readonly #learned = new Map<string, Learned>();
  readonly #plans = new Map<string, FilterPlan>();
  #recipientsMax = RECIPIENTS_MAX;
  #chunkSize = CHUNK_SIZE_START;

  constructor(rpc: JsonRpc, clock: Clock, memory?: RangeMemory) {
    this.#rpc = rpc;
    this.#clock = clock;
    this.#range = new BlockRange({ method: 'starknet_getEvents', blocksStart: BLOCKS_START, memory });
  }

  /**
   * Transfers of the token in [fromBlock, target]. The node filters them by recipient only when the token is known to be
   * keyed over the whole range: on an un-keyed token the same filter finds nothing, without an error.
   * @throws RpcFault.
   */
  async read(token: string, query: TransferQuery): Promise<StarknetEvent[]> {
    const isKeyed = await this.#isKeyed(token, query);
    try {
      return await this.#place(await this.#ours(token, query, isKeyed), query);
    } catch (error) {
      if (!(error instanceof TooManyKeys) || this.#recipientsMax === RECIPIENTS_FEW) throw error;
      this.#recipientsMax = RECIPIENTS_FEW;
      this.#plans.clear();
      return this.#place(await this.#ours(token, query, isKeyed), query);
    }
  }

  /** The rows that name an address of ours; the others are dropped before any receipt is asked for. */
  async #ours(token: string, query: TransferQuery, isKeyed: boolean): Promise<Row[]> {
    const { fromBlock, target, recipients, direction } = query;
    const transfer = [toWire(TRANSFER_KEY)];
    const blocks = target.number - fromBlock + 1;
    const choice = isKeyed ? this.#planOf(token).choose(recipients, blocks) : 'all';
    const filters =
      choice === 'all'
        ? [[transfer]]
        : choice.map((named) => {
            const ours = named.map(toWire);
            return direction === 'out' ? [transfer, ours] : [transfer, [], ours];
          });
    const found: Row[] = [];
    for (const keys of filters) {
      const rows = await this.#rows(token, query, keys);
      if (choice === 'all') this.#planOf(token).learn(blocks, rows.length);
      for (const row of rows) {
        if ([...row.keys.slice(1), ...row.data].some((felt) => recipients.has(felt))) found.push(row);
      }
    }
    return found;
  }

  #planOf(token: string): FilterPlan {
    const plan = this.#plans.get(token) ?? new FilterPlan(this.#recipientsMax);
    this.#plans.set(token, plan);
    return plan;
  }

  /** Rows of the whole range, in requests of the size that the node accepts. */
  async #rows(
    token: string,
    { fromBlock, target, callClass }: TransferQuery,
    keys: readonly (readonly string[])[],
  ): Promise<Row[]> {
    return this.#range.read(fromBlock, target.number, async (from, end) => {
      // The end is named by its hash where that is known: a node that lacks the block then gives an error, while for a
      // number above its head it gives an empty page. A node that has the target has all blocks below it too.
      const to = end === target.number ? { block_hash: toWire(target.hash) } : { block_number: end };
      return this.#pages({ token, fromBlock: from, to, callClass, keys });
    });
  }

  /** True when both ends of the range run the same class, and only keyed Transfers of that class have been seen. */
  async #isKeyed(token: string, query: TransferQuery): Promise<boolean> {
    const classHash = await this.#findClass(token, { block_hash: toWire(query.target.hash) });
    if (classHash === undefined) return false;
    if ((await this.#findClass(token, { block_number: query.fromBlock })) !== classHash) return false;
    const known = this.#learned.get(token);
    if (known?.classHash === classHash && this.#clock.nowMs() - known.atMs < LAYOUT_TRUST_MS) {
      return known.layout === 'keyed';
    }
    const sample = await this.#sample(token, query);
    if (sample === undefined) return false;
    const { events, continuation_token: more } = sample;
    const [first, last] = [events[0]?.block_number ?? 0, events.at(-1)?.block_number ?? 0];
    const isWhole = more === undefined || more === null || more === '';
    this.#planOf(token).learn(isWhole ? SAMPLE_BLOCKS : last - first + 1, events.length);
    const layouts = new Set(events.filter((row) => isTransfer(row)).map((row) => layoutOf(row)));
    if (layouts.size === 0) return false;
    const layout = layouts.size === 1 && layouts.has('keyed') ? 'keyed' : 'unkeyed';
    this.#learned.set(token, { classHash, layout, atMs: this.#clock.nowMs() });
    return layout === 'keyed';
  }

  /** The newest transfers of the token; undefined where the node refuses so many blocks or rows in one request. */
  async #sample(
    token: string,
    { fromBlock, target, callClass }: TransferQuery,
  ): Promise<z.output<typeof pageSchema> | undefined> {
    const from = Math.max(fromBlock, target.number - SAMPLE_BLOCKS);
    const to = { block_hash: toWire(target.hash) };
    try {
      return await this.#page({ token, fromBlock: from, to, callClass, keys: [[toWire(TRANSFER_KEY)]] });
    } catch (error) {
      if (error instanceof RpcFault && error.kind === 'rpc_error') return undefined;
      throw error;
    }
  }

  /** Class of the token at a block; undefined before its deployment or where the node does not know it. */
  async #findClass(
    token: string,
    blockId: { block_hash: string } | { block_number: number },
  ): Promise<string | undefined> {
    const method = 'starknet_getClassHashAt';
    try {
      const params = { block_id: blockId, contract_address: toWire(token) };
      return parseResult(method, feltSchema, await this.#rpc.call(method, params));
    } catch (error) {
      if (error instanceof RpcFault && error.kind === 'rpc_error') return undefined;
      throw error;
    }
  }

  async #pages(filter: Filter): Promise<Row[]> {
    const rows: Row[] = [];
    const seen = new Set<string>();
    for (let page = 0, token: string | undefined; page < PAGES_MAX; page += 1) {
      const { events, continuation_token: next } = await this.#page(filter, token);
      for (const row of events) {
        // The node's filter is not trusted: some nodes match events that are shorter than the filter.
        if (row.from_address === filter.token && isTransfer(row)) rows.push(row);
      }
      // An empty page with a token is not the end: nodes also end a page after a number of blocks.
      if (next === undefined || next === null || next === '') return rows;
      if (seen.has(next)) throw new RpcFault('bad_reply', `starknet_getEvents: the token ${next} came twice`);
      seen.add(next);
      token = next;
    }
    throw new RpcFault('bad_reply', `starknet_getEvents: more than ${PAGES_MAX} pages`);
  }

  async #page(filter: Filter, continuationToken?: string): Promise<z.output<typeof pageSchema>> {
    const method = 'starknet_getEvents';
    const request = {
      from_block: { block_number: filter.fromBlock },
      to_block: filter.to,
      address: toWire(filter.token),
      keys: filter.keys,
      chunk_size: this.#chunkSize,
      ...(continuationToken === undefined ? {} : { continuation_token: continuationToken }),
    };
    try {
      return parseResult(method, pageSchema, await this.#rpc.call(method, { filter: request }, filter.callClass));
    } catch (error) {
      const code = error instanceof RpcFault ? error.code : undefined;
      if (code === PAGE_SIZE_TOO_BIG) this.#chunkSize = Math.max(1, Math.floor(this.#chunkSize / 2));
      if (code === TOO_MANY_KEYS) throw new TooManyKeys('the filter names too many addresses', { cause: error });
      const unknown = error instanceof RpcFault && code === 24;
      throw unknown ? new RpcFault('unknown_block', error.message, { code: error.code, cause: error }) : error;
    }
  }

  /** Adds to rows their position in the transaction, taken from the receipt where the node does not give it. */
  async #place(rows: readonly Row[], { callClass }: TransferQuery): Promise<StarknetEvent[]> {
    const unplaced = rows.filter((row) => row.event_index === undefined);
    const hashes = [...new Set(unplaced.map((row) => row.transaction_hash))];
    const answers = await this.#rpc.callAll(
      'starknet_getTransactionReceipt',
      hashes.map((txHash) => ({ transaction_hash: toWire(txHash) })),
      callClass,
    );
    const receipts = new Map(
      answers.map((answer, index) => [
        hashes[index],
        parseResult('starknet_getTransactionReceipt', receiptSchema, answer).events.map((event) => identityOf(event)),
      ]),
    );
    return rows.map((row) => {
      const ordinal = row.event_index ?? takeOrdinal(receipts.get(row.transaction_hash), identityOf(row));
      return {
        token: row.from_address,
        keys: row.keys,
        data: row.data,
        txHash: row.transaction_hash,
        ordinal,
        blockNumber: row.block_number,
        blockHash: row.block_hash,
      };
    });
  }
}

type Emitted = Pick<Row, 'from_address' | 'keys' | 'data'>;

function identityOf(event: Emitted): string {
  return [event.from_address, event.keys.join(), event.data.join()].join('|');
}

/** Position of the next event of that identity; equal events of a transaction get their positions in order. */
function takeOrdinal(events: (string | undefined)[] | undefined, identity: string): number {
  const ordinal = events?.indexOf(identity) ?? -1;
  if (events === undefined || ordinal < 0) throw new RpcFault('moved', 'an event is not in its receipt');
  events[ordinal] = undefined;
  return ordinal;
}
