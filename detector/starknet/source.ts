/** The ChainSource of a Starknet node (JSON-RPC specification 0.9 to 0.10). starknet.js does hashes and encodings. */
import { hash, shortString } from 'starknet';
import { z } from 'zod';
import { toCount } from '../../src/core/integers.ts';
import type { Block, TransferEvent } from '../../src/core/chains/transfer.ts';
import type { ChainSource, Receipt, SourceOptions, TransferQuery } from '../rpc/source.ts';
import type { RangeMemory } from '../rpc/block-range.ts';
import { openHeadPush } from '../rpc/head-push.ts';
import { openJsonRpc, parseResult, type JsonRpc } from '../rpc/json-rpc.ts';
import { isAboutPace, RpcFault } from '../rpc/fault.ts';
import { decodeTransfer, feltSchema, isTransfer, toWire, type StarknetEvent } from './decode.ts';
import { EventPages } from './event-pages.ts';
import { EventReader } from './events.ts';
import { readTokenCode, readTokenNotices } from './token-notices.ts';

/** The specification's errors for a block or transaction that the node does not have. */
const BLOCK_NOT_FOUND = 24;
const TXN_HASH_NOT_FOUND = 29;

const heightSchema = z.int().min(0);
const blockSchema = z
  .object({ block_number: heightSchema, block_hash: feltSchema, parent_hash: feltSchema, timestamp: heightSchema })
  .transform((raw): Block => {
    return {
      number: raw.block_number,
      hash: raw.block_hash,
      parentHash: raw.parent_hash,
      timeMs: raw.timestamp * 1000,
    };
  });
const receiptSchema = z.object({
  transaction_hash: feltSchema,
  execution_status: z.enum(['SUCCEEDED', 'REVERTED']),
  // Absent while the transaction is only pre-confirmed.
  block_hash: feltSchema.nullish(),
  block_number: heightSchema.nullish(),
  events: z.array(z.object({ from_address: feltSchema, keys: z.array(feltSchema), data: z.array(feltSchema) })),
});

const blockReceiptsSchema = z.object({
  block_hash: feltSchema,
  block_number: heightSchema,
  transactions: z.array(z.object({ receipt: receiptSchema })),
});

type BlockId = { block_hash: string } | { block_number: number } | 'latest' | 'l1_accepted';

/** Opens one Starknet node; wake-ups come from starknet_subscribeNewHeads on `wsUrl`. Opening sends nothing. */
export function openStarknetSource(options: SourceOptions): ChainSource {
  const rpc = openJsonRpc({ url: options.url, deadlineMs: options.deadlineMs });
  const { wsUrl, clock } = options;
  const reader = new StarknetReader(rpc, options.memory);
  return {
    name: rpc.name,
    chainId: async () => {
      const id = parseResult('starknet_chainId', feltSchema, await rpc.call('starknet_chainId', []));
      return `starknet:${shortString.decodeShortString(toWire(id))}`;
    },
    decimals: async (token) => toCount(BigInt((await reader.view(token, 'decimals', [], 'latest'))[0] ?? '')),
    symbol: async (token) => readSymbol(await reader.view(token, 'symbol', [], 'latest')),
    head: async () => {
      const head = await reader.findBlock('latest');
      if (!head) throw new RpcFault('bad_reply', 'the node names no latest block');
      return head;
    },
    hardFinal: async () => (await reader.findBlock('l1_accepted'))?.number,
    block: async (at) => reader.findBlock(typeof at === 'number' ? { block_number: at } : { block_hash: toWire(at) }),
    transfers: async (query) => reader.transfers(query),
    receipt: async (txHash, tokens) => reader.findReceipt(txHash, tokens),
    receiptsOfBlock: async (blockHash, tokens) => reader.findReceiptsOf(blockHash, tokens),
    balanceOf: async (token, address, blockHash) => {
      const at = { block_hash: toWire(blockHash) };
      const [low, high] = await reader.view(token, 'balance_of', [toWire(address)], at);
      return BigInt(low ?? '') + (BigInt(high ?? '0') << 128n);
    },
    tokenCode: async (token, blockHash) => readTokenCode(rpc, token, blockHash),
    tokenNotices: async (query) => readTokenNotices(reader.pages, query),
    onHead: (onWake) =>
      wsUrl === undefined
        ? undefined
        : openHeadPush({ url: wsUrl, subscribe: { method: 'starknet_subscribeNewHeads', params: {} }, clock, onWake }),
    close: () => rpc.close(),
  };
}

class StarknetReader {
  readonly #rpc: JsonRpc;
  readonly #events: EventReader;
  readonly pages: EventPages;

  constructor(rpc: JsonRpc, memory: RangeMemory | undefined) {
    this.#rpc = rpc;
    this.pages = new EventPages(rpc, memory);
    const hashAt = async (number: number): Promise<string | undefined> =>
      (await this.findBlock({ block_number: number }))?.hash;
    this.#events = new EventReader(rpc, this.pages, hashAt);
  }

  async findBlock(blockId: BlockId): Promise<Block | undefined> {
    const method = 'starknet_getBlockWithTxHashes';
    let result: unknown;
    try {
      result = await this.#rpc.call(method, { block_id: blockId });
    } catch (error) {
      // A node that does not know the tag l1_accepted refuses the parameter: it names no final height either.
      const isRefused = error instanceof RpcFault && error.kind === 'rpc_error';
      if (isRefused && (error.code === BLOCK_NOT_FOUND || blockId === 'l1_accepted')) return undefined;
      throw error;
    }
    const block = parseResult(method, blockSchema, result);
    if (typeof blockId === 'object' && 'block_number' in blockId && block.number !== blockId.block_number) {
      throw new RpcFault('bad_reply', `${method}: asked for ${blockId.block_number}, got ${block.number}`);
    }
    return block;
  }

  async transfers(query: TransferQuery): Promise<TransferEvent[]> {
    const { recipients } = query;
    const events: TransferEvent[] = [];
    for (const token of query.tokens) {
      for (const event of await this.#events.read(token, query)) {
        const transfer = decodeTransfer(event, recipients);
        if (recipients.has(query.direction === 'out' ? transfer.from : transfer.to)) events.push(transfer);
      }
    }
    const again = await this.findBlock({ block_number: query.target.number });
    if (again?.hash !== query.target.hash) {
      throw new RpcFault('moved', `block ${query.target.number} changed while it was read`);
    }
    return events;
  }

  async findReceipt(txHash: string, tokens: readonly string[] | 'any'): Promise<Receipt | undefined> {
    const method = 'starknet_getTransactionReceipt';
    let result: unknown;
    try {
      result = await this.#rpc.call(method, { transaction_hash: toWire(txHash) });
    } catch (error) {
      if (error instanceof RpcFault && error.code === TXN_HASH_NOT_FOUND) return undefined;
      throw error;
    }
    const receipt = parseResult(method, receiptSchema, result);
    if (receipt.transaction_hash !== txHash)
      throw new RpcFault('bad_reply', `${method}: another transaction's receipt`);
    const { block_hash: blockHash, block_number: blockNumber } = receipt;
    if (typeof blockHash !== 'string' || typeof blockNumber !== 'number') return undefined;
    return receiptOf(receipt, { blockHash, blockNumber }, tokens);
  }

  async findReceiptsOf(blockHash: string, tokens: readonly string[]): Promise<Map<string, Receipt> | undefined> {
    const method = 'starknet_getBlockWithReceipts';
    try {
      const result = await this.#rpc.call(method, { block_id: { block_hash: toWire(blockHash) } });
      const block = parseResult(method, blockReceiptsSchema, result);
      if (block.block_hash !== blockHash) throw new RpcFault('bad_reply', `${method}: another block`);
      const at = { blockHash, blockNumber: block.block_number };
      return new Map(
        block.transactions.map(({ receipt }) => [receipt.transaction_hash, receiptOf(receipt, at, tokens)]),
      );
    } catch (error) {
      if (error instanceof RpcFault && !isAboutPace(error)) return undefined;
      throw error;
    }
  }

  /** Calls a view function of a contract; arguments and results are felts. */
  async view(contract: string, name: string, calldata: readonly string[], blockId: BlockId): Promise<string[]> {
    const request = {
      contract_address: toWire(contract),
      entry_point_selector: hash.getSelectorFromName(name),
      calldata,
    };
    const result = await this.#rpc.call('starknet_call', { request, block_id: blockId });
    return parseResult('starknet_call', z.array(feltSchema).min(1), result);
  }
}

function receiptOf(
  { transaction_hash: txHash, execution_status: status, events }: z.output<typeof receiptSchema>,
  at: { readonly blockHash: string; readonly blockNumber: number },
  tokens: readonly string[] | 'any',
): Receipt {
  const placed = events.map(({ from_address: token, keys, data }, ordinal): StarknetEvent => {
    return { token, keys, data, txHash, ordinal, ...at };
  });
  const isAsked = (token: string): boolean => tokens === 'any' || tokens.includes(token);
  const transfers = placed.filter((event) => isAsked(event.token) && isTransfer(event));
  return {
    succeeded: status === 'SUCCEEDED',
    ...at,
    transfers: transfers.map((event) => decodeTransfer(event, new Set())),
  };
}

/** Decodes a symbol: a short string, or since Cairo 2 a ByteArray: [full words, ...words, last word, its length]. */
function readSymbol(felts: readonly string[]): string {
  const text = (felt: string | undefined): string => shortString.decodeShortString(toWire(felt ?? '0x0'));
  if (felts.length === 1) return text(felts[0]);
  return felts
    .slice(1, -1)
    .filter((felt) => BigInt(felt) !== 0n)
    .map(text)
    .join('');
}
