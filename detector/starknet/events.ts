/** Reads every Transfer of a Starknet token in a range of blocks, in either layout. */
import { z } from 'zod';
import { mapBounded } from '../../src/core/bounded.ts';
import { FilterPlan } from '../rpc/filter-plan.ts';
import { RpcFault } from '../rpc/fault.ts';
import type { JsonRpc } from '../rpc/json-rpc.ts';
import type { TransferQuery } from '../rpc/source.ts';
import { feltSchema, isTransfer, layoutOf, toWire, TRANSFER_KEY, type StarknetEvent } from './decode.ts';
import { TooManyKeys, type EventPages, type EventRow } from './event-pages.ts';

/** Recipients in one filter: at first (juno takes 1,024 keys in all), and after a node refused so many (madara: 100). */
const RECIPIENTS_MAX = 900;
const RECIPIENTS_FEW = 90;
/** The newest blocks are read in full by every read, so that what a node indexes late is found in either layout. */
const FULL_BLOCKS = 20;
const RECEIPTS_IN_FLIGHT_MAX = 16;

const receiptSchema = z.object({
  transaction_hash: feltSchema.optional(),
  events: z.array(z.object({ from_address: feltSchema, keys: z.array(feltSchema), data: z.array(feltSchema) })),
});

/** Blocks fromBlock to toBlock, both included. */
interface Span {
  readonly fromBlock: number;
  readonly toBlock: number;
}

/** Blocks whose Transfers of a token were all read, and were all keyed; the hash is that of the last one. */
interface KeyedSpan extends Span {
  readonly toHash: string;
}

/**
 * Reads Transfer events from one node. A token may change the layout of its events at any block, under one class or with
 * a new one, and a filter by recipient finds no un-keyed event, without an error. So the node filters only in blocks
 * that were read in full before and held keyed events only, on the same chain: such a span is remembered for each token.
 */
export class EventReader {
  readonly #rpc: JsonRpc;
  readonly #pages: EventPages;
  /** The hash of the node's block at a height; undefined where it has none. */
  readonly #hashAt: (number: number) => Promise<string | undefined>;
  readonly #keyed = new Map<string, KeyedSpan>();
  readonly #plans = new Map<string, FilterPlan>();
  #recipientsMax = RECIPIENTS_MAX;

  constructor(rpc: JsonRpc, pages: EventPages, hashAt: (number: number) => Promise<string | undefined>) {
    this.#rpc = rpc;
    this.#pages = pages;
    this.#hashAt = hashAt;
  }

  /** Transfers of the token in [fromBlock, target] that name one of the addresses. @throws RpcFault. */
  async read(token: string, query: TransferQuery): Promise<StarknetEvent[]> {
    const keyed = await this.#keyedOnChain(token, query);
    try {
      return await this.#place(await this.#ours(token, query, keyed), query);
    } catch (error) {
      if (!(error instanceof TooManyKeys) || this.#recipientsMax === RECIPIENTS_FEW) throw error;
      this.#recipientsMax = RECIPIENTS_FEW;
      this.#plans.clear();
      return this.#place(await this.#ours(token, query, keyed), query);
    }
  }

  /** The keyed span of the token, as long as its last block is still in the chain of the target. */
  async #keyedOnChain(token: string, { target }: TransferQuery): Promise<KeyedSpan | undefined> {
    const known = this.#keyed.get(token);
    if (known === undefined) return undefined;
    const { toBlock, toHash } = known;
    const hash =
      toBlock === target.number
        ? target.hash
        : toBlock === target.number - 1
          ? target.parentHash
          : await this.#hashAt(toBlock);
    if (hash === toHash) return known;
    this.#keyed.delete(token);
    return undefined;
  }

  /** The rows that name an address of ours; the others are dropped before any receipt is asked for. */
  async #ours(token: string, query: TransferQuery, keyed: KeyedSpan | undefined): Promise<EventRow[]> {
    const { fromBlock, target, recipients, direction, callClass } = query;
    const transfer = [toWire(TRANSFER_KEY)];
    const read = async (span: Span, keys: readonly (readonly string[])[]): Promise<EventRow[]> =>
      this.#pages.rows({ contract: token, keys, isWanted: isTransfer }, { ...span, target, callClass });
    const plan = this.#planOf(token);
    const filtered = spanBetween(
      Math.max(fromBlock, keyed?.fromBlock ?? target.number),
      Math.min(keyed?.toBlock ?? 0, target.number - FULL_BLOCKS),
    );
    const choice = filtered === undefined ? 'all' : plan.choose(recipients, lengthOf(filtered));
    const rows: EventRow[] = [];
    for (const span of choice === 'all' ? [{ fromBlock, toBlock: target.number }] : around(filtered, query)) {
      const page = await read(span, [transfer]);
      plan.learn(lengthOf(span), page.length);
      for (const row of page) rows.push(row);
    }
    this.#noteLayouts(token, query, { keyed, rows });
    for (const named of choice === 'all' ? [] : choice) {
      const ours = named.map(toWire);
      const keys = direction === 'out' ? [transfer, ours] : [transfer, [], ours];
      for (const row of filtered ? await read(filtered, keys) : []) rows.push(row);
    }
    return rows.filter((row) => [...row.keys.slice(1), ...row.data].some((felt) => recipients.has(felt)));
  }

  #planOf(token: string): FilterPlan {
    const plan = this.#plans.get(token) ?? new FilterPlan(this.#recipientsMax);
    this.#plans.set(token, plan);
    return plan;
  }

  /**
   * Remembers the span of keyed events after a read of all blocks of a query, of which `rows` are those read in full:
   * what lies above the last event that is not keyed, joined with the span that was known before.
   */
  #noteLayouts(
    token: string,
    { fromBlock, target }: TransferQuery,
    { keyed, rows }: { readonly keyed: KeyedSpan | undefined; readonly rows: readonly EventRow[] },
  ): void {
    let first = fromBlock;
    for (const row of rows) if (layoutOf(row) !== 'keyed') first = Math.max(first, row.block_number + 1);
    const higher = keyed !== undefined && keyed.toBlock > target.number ? keyed : undefined;
    if (higher && target.number < higher.fromBlock - 1) return;
    const joins = keyed !== undefined && first === fromBlock && fromBlock <= keyed.toBlock + 1;
    const start = joins ? Math.min(fromBlock, keyed.fromBlock) : first;
    const { toBlock, toHash } = higher ?? { toBlock: target.number, toHash: target.hash };
    if (start > toBlock) this.#keyed.delete(token);
    else this.#keyed.set(token, { fromBlock: start, toBlock, toHash });
  }

  /** Adds to rows their position in the transaction, where the node does not give it. @throws RpcFault. */
  async #place(rows: readonly EventRow[], { callClass }: TransferQuery): Promise<StarknetEvent[]> {
    const left = rows.filter((row) => isUnplaced(row));
    const positions = new Map<EventRow, number>();
    const take = (ofTransaction: readonly EventRow[], events: readonly Emitted[]): void => {
      const free = events.map((event): string | undefined => identityOf(event));
      for (const row of ofTransaction) {
        const ordinal = free.indexOf(identityOf(row));
        if (ordinal < 0) return;
        free[ordinal] = undefined;
        positions.set(row, ordinal);
      }
    };
    const byTransaction = [...Map.groupBy(left, (row) => row.transaction_hash)];
    await mapBounded(byTransaction, RECEIPTS_IN_FLIGHT_MAX, async ([txHash, ofIt]) =>
      take(ofIt, await this.#findReceiptEvents(txHash, callClass)),
    );
    // What no receipt places is placed by all events of its block.
    const still = left.filter((row) => !positions.has(row));
    for (const [blockHash, inBlock] of Map.groupBy(still, (row) => row.block_hash)) {
      const all = await this.#pages.ofBlock(blockHash, callClass);
      for (const [txHash, ofIt] of Map.groupBy(inBlock, (row) => row.transaction_hash)) {
        take(
          ofIt,
          all.filter((row) => row.transaction_hash === txHash),
        );
      }
    }
    return rows.map((row) => {
      const ordinal = row.event_index ?? positions.get(row);
      if (ordinal === undefined) {
        const { transaction_hash: txHash, block_hash: blockHash } = row;
        const problem = `an event of transaction ${txHash} is neither in its receipt nor in block ${blockHash}`;
        throw new RpcFault('bad_reply', problem);
      }
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

  /** The events of a transaction by its receipt; none where the node has no receipt that can be used. */
  async #findReceiptEvents(txHash: string, callClass: TransferQuery['callClass']): Promise<readonly Emitted[]> {
    const method = 'starknet_getTransactionReceipt';
    try {
      const answer = await this.#rpc.call(method, { transaction_hash: toWire(txHash) }, callClass);
      const receipt = receiptSchema.safeParse(answer).data;
      return receipt && (receipt.transaction_hash ?? txHash) === txHash ? receipt.events : [];
    } catch (error) {
      if (error instanceof RpcFault && error.kind === 'rpc_error') return [];
      throw error;
    }
  }
}

function isUnplaced({ event_index: index }: EventRow): boolean {
  return index === undefined || index === null;
}

function spanBetween(fromBlock: number, toBlock: number): Span | undefined {
  return fromBlock <= toBlock ? { fromBlock, toBlock } : undefined;
}

function lengthOf({ fromBlock, toBlock }: Span): number {
  return toBlock - fromBlock + 1;
}

/** The blocks of the query below and above a span of it; all of them where there is none. */
function around(inner: Span | undefined, { fromBlock, target }: TransferQuery): Span[] {
  if (inner === undefined) return [{ fromBlock, toBlock: target.number }];
  return [spanBetween(fromBlock, inner.fromBlock - 1), spanBetween(inner.toBlock + 1, target.number)].flatMap(
    (span) => span ?? [],
  );
}

type Emitted = Pick<EventRow, 'from_address' | 'keys' | 'data'>;

function identityOf(event: Emitted): string {
  return [event.from_address, event.keys.join(), event.data.join()].join('|');
}
