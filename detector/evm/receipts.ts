/** Reads receipts from an EVM node, and finds with them the position of a log within its transaction. */
import { z } from 'zod';
import { mapBounded } from '../../src/core/bounded.ts';
import type { TransferEvent } from '../../src/core/chains/transfer.ts';
import { toCount } from '../../src/core/integers.ts';
import type { CallClass } from '../rpc/call-budget.ts';
import { isAboutPace, RpcFault } from '../rpc/fault.ts';
import { parseResult, type JsonRpc } from '../rpc/json-rpc.ts';
import type { Receipt, TransferQuery } from '../rpc/source.ts';
import { decodeTransfer, hash32Schema, isTransfer, logSchema, quantitySchema, type EvmLog } from './decode.ts';

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

/** Asks one node for receipts, and remembers the position of the first log of each transaction. */
export class EvmReceipts {
  readonly #rpc: JsonRpc;
  readonly #firstIndex = new Map<string, number>();

  constructor(rpc: JsonRpc) {
    this.#rpc = rpc;
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
   * Decodes logs, each with its position within its transaction, counted from the transaction's first log.
   * @throws RpcFault; its kind is `moved` when a transaction has left its block.
   */
  async place(logs: readonly EvmLog[], query: TransferQuery): Promise<TransferEvent[]> {
    const nameOf = (one: Pick<EvmLog, 'blockHash' | 'transactionHash'>): string =>
      `${one.blockHash}:${one.transactionHash}`;
    const found = new Map<string, number>();
    const missing = new Map<string, EvmLog>();
    for (const log of logs) {
      const first = this.#firstIndex.get(nameOf(log));
      if (first === undefined) missing.set(log.transactionHash, log);
      else found.set(nameOf(log), first);
    }
    const keep = ({ blockHash, transactionHash, logs: [first] }: EvmReceipt): void => {
      const [name, index] = [nameOf({ blockHash, transactionHash }), toCount(first?.logIndex ?? '0x0')];
      found.set(name, index);
      // Kept at once, so that a call that fails does not lose what others have found.
      if (this.#firstIndex.size >= FIRST_INDEX_MAX) this.#firstIndex.clear();
      this.#firstIndex.set(name, index);
    };
    for (const [blockHash, inBlock] of Map.groupBy(missing.values(), (log) => log.blockHash)) {
      if (inBlock.length < RECEIPTS_TOGETHER_MIN) continue;
      for (const receipt of (await this.#blockReceipts(blockHash, query.callClass)) ?? []) {
        if (missing.delete(receipt.transactionHash)) keep(receipt);
      }
    }
    await mapBounded([...missing.keys()], RECEIPTS_IN_FLIGHT_MAX, async (txHash) =>
      keep(await this.#receiptInBlock(txHash, query.callClass)),
    );
    const events = logs.map((log) => {
      const first = found.get(nameOf(log));
      if (first === undefined) throw new RpcFault('moved', 'a transaction changed its block while it was read');
      return decodeTransfer(log, positionOf(log, first));
    });
    if (events.some((event) => event.blockNumber < query.fromBlock || event.blockNumber > query.target.number)) {
      throw new RpcFault('bad_reply', 'eth_getLogs: a log from outside the range');
    }
    return events;
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

  async #receiptInBlock(txHash: string, callClass: TransferQuery['callClass']): Promise<EvmReceipt> {
    const method = 'eth_getTransactionReceipt';
    const receipt = parseResult(method, receiptSchema.nullable(), await this.#rpc.call(method, [txHash], callClass));
    if (receipt === null || receipt.transactionHash !== txHash) {
      throw new RpcFault('moved', 'a transaction left its block while it was read');
    }
    return receipt;
  }
}

function receiptOf({ status, blockNumber, blockHash, logs }: EvmReceipt, tokens: readonly string[] | 'any'): Receipt {
  const first = toCount(logs[0]?.logIndex ?? '0x0');
  const asked = logs.filter((log) => (tokens === 'any' || tokens.includes(log.address)) && isTransfer(log));
  return {
    succeeded: status === '0x1',
    blockNumber: toCount(blockNumber),
    blockHash,
    transfers: asked.map((log) => decodeTransfer(log, positionOf(log, first))),
  };
}

function positionOf(log: EvmLog, firstIndex: number): { ordinal: number; blockNumber: number } {
  const ordinal = toCount(log.logIndex) - firstIndex;
  if (ordinal < 0) throw new RpcFault('bad_reply', 'a log comes before the first one of its transaction');
  return { ordinal, blockNumber: toCount(log.blockNumber) };
}
