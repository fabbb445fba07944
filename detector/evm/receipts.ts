/** Reads receipts from an EVM node, and finds with them the position of a log within its transaction. */
import { z } from 'zod';
import { mapBounded } from '../../src/core/bounded.ts';
import { unplaced, type Block, type TransferEvent } from '../../src/core/chains/transfer.ts';
import { toCount } from '../../src/core/integers.ts';
import type { CallClass } from '../rpc/call-budget.ts';
import { isAboutPace, RpcFault } from '../rpc/fault.ts';
import { parseResult, type JsonRpc } from '../rpc/json-rpc.ts';
import type { Receipt, TransferQuery } from '../rpc/source.ts';
import { decodeTransfer, hash32Schema, isTransfer, logSchema, quantitySchema, type EvmLog } from './decode.ts';
import type { EvmLogs } from './logs.ts';

/** Most transactions whose first log position is remembered. */
const FIRST_INDEX_MAX = 20_000;
const RECEIPTS_IN_FLIGHT_MAX = 16;
/** From this many transactions of one block on, one call gets the receipts of the whole block. */
const RECEIPTS_TOGETHER_MIN = 16;

const receiptSchema = z.object({
  status: z.enum(['0x0', '0x1']),
  blockNumber: quantitySchema,
  blockHash: hash32Schema,
  transactionHash: hash32Schema,
  logs: z.array(logSchema),
});
type EvmReceipt = z.output<typeof receiptSchema>;

/** What receipts are completed with where a node has none. */
interface Chain {
  readonly logs: EvmLogs;
  /** The block at a height; undefined where the node has none. */
  findBlock(number: number): Promise<Block | undefined>;
}

/** Asks one node for receipts, and remembers the position of the first log of each transaction. */
export class EvmReceipts {
  readonly #rpc: JsonRpc;
  readonly #chain: Chain;
  /** The index in its block that the first log of a transaction has, by block and transaction. */
  readonly #firstIndex = new Map<string, number>();

  constructor(rpc: JsonRpc, chain: Chain) {
    this.#rpc = rpc;
    this.#chain = chain;
  }

  /** The receipt of a transaction with its Transfers of the tokens; undefined while it is in no block. @throws RpcFault. */
  async find(txHash: string, tokens: readonly string[] | 'any'): Promise<Receipt | undefined> {
    const method = 'eth_getTransactionReceipt';
    const receipt = parseResult(method, receiptSchema.nullable(), await this.#rpc.call(method, [txHash]));
    if (!receipt) return undefined;
    if (receipt.transactionHash !== txHash) throw new RpcFault('bad_reply', `${method}: another transaction's receipt`);
    return receiptOf(receipt, tokens);
  }

  /**
   * The receipts of a whole block by transaction; undefined where the node does not offer the call, or not for this block.
   */
  async findOfBlock(blockHash: string, tokens: readonly string[]): Promise<Map<string, Receipt> | undefined> {
    const receipts = await this.#blockReceipts(blockHash);
    return receipts && new Map(receipts.map((receipt) => [receipt.transactionHash, receiptOf(receipt, tokens)]));
  }

  /**
   * Decodes logs, each with its position within its transaction: the place in the receipt's list of logs, since some
   * nodes count the index there within the transaction. A transaction without a usable receipt (some nodes have none for
   * the chain's own transactions) is placed by all logs of its block. Where the node does not give these either, its
   * events are marked unplaced, so that they stop no others.
   * @throws RpcFault; its kind is `moved` when a transaction has left its block.
   */
  async place(logs: readonly EvmLog[], query: TransferQuery): Promise<TransferEvent[]> {
    const missing = new Map<string, EvmLog>();
    const found = new Map<string, number>();
    for (const log of logs) {
      const name = nameOf(log);
      const first = this.#firstIndex.get(name);
      if (first !== undefined) found.set(name, first);
      else if (!missing.has(name) || isBefore(log, missing.get(name))) missing.set(name, log);
    }
    const take = (log: EvmLog, ofTransaction: readonly EvmLog[]): void => {
      const index = findFirstIndex(log, ofTransaction);
      if (index === undefined || !missing.delete(nameOf(log))) return;
      found.set(nameOf(log), index);
      // Kept at once, so that a call that fails does not lose what others have found.
      if (this.#firstIndex.size >= FIRST_INDEX_MAX) this.#firstIndex.clear();
      this.#firstIndex.set(nameOf(log), index);
    };
    await this.#takeReceipts(missing, take, query.callClass);
    await this.#takeBlocks(missing, take, query.callClass);
    const events = logs.map((log) => {
      const first = found.get(nameOf(log));
      if (first !== undefined) return decodeTransfer(log, positionOf(log, first));
      return unplaced(decodeTransfer(log, positionOf(log, 0)), 'the node has no receipt of its transaction');
    });
    if (events.some((event) => event.blockNumber < query.fromBlock || event.blockNumber > query.target.number)) {
      throw new RpcFault('bad_reply', 'eth_getLogs: a log from outside the range');
    }
    return events;
  }

  /** Asks for the receipts of the transactions that are missing, of a whole block at once where it has many of them. */
  async #takeReceipts(
    missing: ReadonlyMap<string, EvmLog>,
    take: (log: EvmLog, ofTransaction: readonly EvmLog[]) => void,
    callClass: CallClass | undefined,
  ): Promise<void> {
    for (const [blockHash, inBlock] of Map.groupBy([...missing.values()], (log) => log.blockHash)) {
      if (inBlock.length < RECEIPTS_TOGETHER_MIN) continue;
      for (const receipt of (await this.#blockReceipts(blockHash, callClass)) ?? []) {
        const log = missing.get(nameOf(receipt));
        if (log) take(log, receipt.logs);
      }
    }
    await mapBounded([...missing.values()], RECEIPTS_IN_FLIGHT_MAX, async (log) => {
      const receipt = await this.#findReceipt(log, callClass);
      if (receipt) take(log, receipt.logs);
    });
  }

  /** Places what receipts did not by all logs of its block. @throws RpcFault moved where the node's chain has another. */
  async #takeBlocks(
    missing: ReadonlyMap<string, EvmLog>,
    take: (log: EvmLog, ofTransaction: readonly EvmLog[]) => void,
    callClass: CallClass | undefined,
  ): Promise<void> {
    for (const [blockHash, inBlock] of Map.groupBy([...missing.values()], (log) => log.blockHash)) {
      const [first] = inBlock;
      if (first && (await this.#chain.findBlock(toCount(first.blockNumber)))?.hash !== blockHash) {
        throw new RpcFault(
          'moved',
          `transaction ${first.transactionHash} left its block ${blockHash} while it was read`,
        );
      }
      const all = await this.#findLogsOf(blockHash, callClass);
      for (const log of inBlock) {
        const own = all.filter((other) => other.transactionHash === log.transactionHash);
        take(
          log,
          own.toSorted((a, b) => toCount(a.logIndex) - toCount(b.logIndex)),
        );
      }
    }
  }

  /** All logs of a block; none where the node does not give them. */
  async #findLogsOf(blockHash: string, callClass: CallClass | undefined): Promise<readonly EvmLog[]> {
    try {
      return await this.#chain.logs.ofBlock({}, blockHash, callClass);
    } catch (error) {
      if (error instanceof RpcFault && (error.kind === 'unknown_block' || error.kind === 'bad_reply')) return [];
      throw error;
    }
  }

  /** Undefined where the node does not offer the call, or not for this block; the caller asks for single receipts then. */
  async #blockReceipts(blockHash: string, callClass?: CallClass): Promise<EvmReceipt[] | undefined> {
    const method = 'eth_getBlockReceipts';
    try {
      const result = await this.#rpc.call(method, [blockHash], callClass);
      const receipts = parseResult(method, z.array(receiptSchema).nullable(), result) ?? undefined;
      if (receipts?.some((receipt) => receipt.blockHash !== blockHash) !== true) return receipts;
      throw new RpcFault('bad_reply', `${method}: receipts of another block`);
    } catch (error) {
      if (error instanceof RpcFault && !isAboutPace(error)) return undefined;
      throw error;
    }
  }

  /** The receipt of the log's transaction in the log's block; undefined where the node has none that can be used. */
  async #findReceipt(log: EvmLog, callClass: CallClass | undefined): Promise<EvmReceipt | undefined> {
    const method = 'eth_getTransactionReceipt';
    const result = await this.#rpc.call(method, [log.transactionHash], callClass);
    const receipt = receiptSchema.nullable().safeParse(result).data;
    return receipt && nameOf(receipt) === nameOf(log) ? receipt : undefined;
  }
}

function nameOf(one: Pick<EvmLog, 'blockHash' | 'transactionHash'>): string {
  return `${one.blockHash}:${one.transactionHash}`;
}

function isBefore(log: EvmLog, other: EvmLog | undefined): boolean {
  return other !== undefined && toCount(log.logIndex) < toCount(other.logIndex);
}

/**
 * The index that the first log of a transaction has in the block, from the logs of the transaction in their order. Logs
 * with the same content are told apart by their order, so `log` has to be the transaction's first among those that are
 * placed: the filter that found it finds all others with its content.
 */
function findFirstIndex(log: EvmLog, ofTransaction: readonly EvmLog[]): number | undefined {
  const content = contentOf(log);
  const place = ofTransaction.findIndex((other) => contentOf(other) === content);
  return place < 0 ? undefined : toCount(log.logIndex) - place;
}

function contentOf({ address, topics, data }: EvmLog): string {
  return [address, ...topics, data].join();
}

function receiptOf({ status, blockNumber, blockHash, logs }: EvmReceipt, tokens: readonly string[] | 'any'): Receipt {
  const isAsked = (log: EvmLog): boolean => (tokens === 'any' || tokens.includes(log.address)) && isTransfer(log);
  return {
    succeeded: status === '0x1',
    blockNumber: toCount(blockNumber),
    blockHash,
    transfers: logs.flatMap((log, ordinal) =>
      isAsked(log) ? [decodeTransfer(log, { ordinal, blockNumber: toCount(log.blockNumber) })] : [],
    ),
  };
}

function positionOf(log: EvmLog, firstIndex: number): { ordinal: number; blockNumber: number } {
  const ordinal = toCount(log.logIndex) - firstIndex;
  if (ordinal < 0) throw new RpcFault('bad_reply', 'a log comes before the first one of its transaction');
  return { ordinal, blockNumber: toCount(log.blockNumber) };
}
