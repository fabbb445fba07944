/** The ChainSource of an EVM node. viem encodes and decodes; transport, ranges and checks are our own. */
import { decodeFunctionResult, encodeFunctionData, parseAbi, type Hex } from 'viem';
import { z } from 'zod';
import { toCount } from '../../src/core/integers.ts';
import { FilterPlan } from '../rpc/filter-plan.ts';
import type { Block, TransferEvent } from '../../src/core/chains/transfer.ts';
import type { ChainSource, SourceOptions, TransferQuery } from '../rpc/source.ts';
import type { RangeMemory } from '../rpc/block-range.ts';
import { openHeadPush } from '../rpc/head-push.ts';
import { openJsonRpc, parseResult, type JsonRpc } from '../rpc/json-rpc.ts';
import { RpcFault } from '../rpc/fault.ts';
import {
  addressOfTopic,
  hash32Schema,
  hexSchema,
  isTransfer,
  quantitySchema,
  TRANSFER_TOPIC,
  type EvmLog,
} from './decode.ts';
import { EvmLogs, toQuantity } from './logs.ts';
import { EvmReceipts } from './receipts.ts';
import { readTokenCode, readTokenNotices } from './token-notices.ts';

const ERC20 = parseAbi([
  'function decimals() view returns (uint8)',
  'function symbol() view returns (string)',
  'function balanceOf(address) view returns (uint256)',
]);

/** Addresses in one topic filter. */
const RECIPIENTS_MAX = 1_000;

const blockSchema = z
  .object({ number: quantitySchema, hash: hash32Schema, parentHash: hash32Schema, timestamp: quantitySchema })
  .transform(({ number, hash, parentHash, timestamp }): Block => {
    return { number: toCount(number), hash, parentHash, timeMs: toCount(timestamp) * 1000 };
  });

/** Opens one node of an EVM chain; wake-ups come from eth_subscribe on `wsUrl`. Opening sends nothing. */
export function openEvmSource(options: SourceOptions): ChainSource {
  const rpc = openJsonRpc({ url: options.url, deadlineMs: options.deadlineMs });
  const { wsUrl, clock } = options;
  const source = new EvmReader(rpc, options.memory);
  return {
    name: rpc.name,
    chainId: async () => {
      const id = parseResult('eth_chainId', quantitySchema, await rpc.call('eth_chainId', []));
      return `eip155:${toCount(id)}`;
    },
    decimals: async (token) => toCount(await source.read(token, 'decimals')),
    symbol: async (token) => String(await source.read(token, 'symbol')),
    head: async () => {
      const head = await source.findBlock('latest');
      if (!head) throw new RpcFault('bad_reply', 'the node names no latest block');
      return head;
    },
    hardFinal: async () => (await source.findFinalized())?.number,
    block: async (at) => source.findBlock(at),
    transfers: async (query) => source.transfers(query),
    receipt: async (txHash, tokens) => source.receipts.find(txHash, tokens),
    receiptsOfBlock: async (blockHash, tokens) => source.receipts.findOfBlock(blockHash, tokens),
    balanceOf: async (token, address, blockHash) => source.balanceOf(token, address, blockHash),
    tokenCode: async (token, blockHash) => readTokenCode(rpc, token, blockHash),
    tokenNotices: async (query) => readTokenNotices(source.logs, query),
    onHead: (onWake) =>
      wsUrl === undefined
        ? undefined
        : openHeadPush({ url: wsUrl, subscribe: { method: 'eth_subscribe', params: ['newHeads'] }, clock, onWake }),
    close: () => rpc.close(),
  };
}

class EvmReader {
  readonly #rpc: JsonRpc;
  readonly #plan = new FilterPlan(RECIPIENTS_MAX);
  readonly logs: EvmLogs;
  readonly receipts: EvmReceipts;

  constructor(rpc: JsonRpc, memory: RangeMemory | undefined) {
    this.#rpc = rpc;
    this.logs = new EvmLogs(rpc, memory);
    this.receipts = new EvmReceipts(rpc, { logs: this.logs, findBlock: async (number) => this.findBlock(number) });
  }

  async findBlock(at: number | string): Promise<Block | undefined> {
    const byHash = typeof at === 'string' && at.length === 66;
    const method = byHash ? 'eth_getBlockByHash' : 'eth_getBlockByNumber';
    const name = typeof at === 'number' ? toQuantity(at) : at;
    const block = parseResult(method, blockSchema.nullable(), await this.#rpc.call(method, [name, false]));
    if (block && ((typeof at === 'number' && block.number !== at) || (byHash && block.hash !== at))) {
      throw new RpcFault('bad_reply', `${method}: asked for ${at}, got ${block.number}`);
    }
    return block ?? undefined;
  }

  /** Undefined for a chain without the tag, or before its first finalized block. */
  async findFinalized(): Promise<Block | undefined> {
    try {
      return await this.findBlock('finalized');
    } catch (error) {
      if (error instanceof RpcFault && error.kind === 'rpc_error') return undefined;
      throw error;
    }
  }

  async transfers(query: TransferQuery): Promise<TransferEvent[]> {
    const { target } = query;
    const events = await this.receipts.place(await this.#wanted(query), query);
    const again = await this.findBlock(target.number);
    if (again?.hash !== target.hash) throw new RpcFault('moved', `block ${target.number} changed while it was read`);
    // A malformed event has no known sender, so it cannot be an outgoing transfer.
    return query.direction === 'out' ? events.filter(({ malformed }) => malformed === null) : events;
  }

  /** The logs of the range that are ours; the others are dropped before any receipt is asked for. */
  async #wanted(query: TransferQuery): Promise<EvmLog[]> {
    const { fromBlock, target, tokens, recipients, callClass } = query;
    const logs: EvmLog[] = [];
    const party = query.direction === 'out' ? 1 : 2;
    const take = (page: readonly EvmLog[]): void => {
      for (const log of page) {
        // The node's filter is not trusted: everything is filtered again here.
        const isOurs = tokens.includes(log.address) && recipients.has(addressOfTopic(log.topics[party]));
        if (isOurs && isTransfer(log) && log.removed !== true) logs.push(log);
      }
    };
    const looks = this.#plan.wantsLook(recipients);
    for (const topics of this.#filters(query)) {
      const filter = { address: tokens, topics };
      const older = await this.logs.below(filter, query, callClass);
      if (topics.length === 1) this.#plan.learn(target.number - fromBlock, older.length);
      take(older);
      if (!looks) take(await this.logs.ofBlock(filter, target.hash, callClass));
    }
    if (!looks) return logs;
    const newest = await this.logs.ofBlock({ address: tokens, topics: [TRANSFER_TOPIC] }, target.hash, callClass);
    this.#plan.learn(1, newest.length);
    take(newest);
    return logs;
  }

  /** The topics of each request that finds our transfers below the target: by recipients, or one for all transfers. */
  #filters({ fromBlock, target, recipients, direction }: TransferQuery): (string | string[] | null)[][] {
    const choice = this.#plan.choose(recipients, target.number - fromBlock);
    if (choice === 'all') return [[TRANSFER_TOPIC]];
    return choice.map((named) => {
      const ours = named.map(toTopic);
      return direction === 'out' ? [TRANSFER_TOPIC, ours] : [TRANSFER_TOPIC, null, ours];
    });
  }

  /** Calls a view function of the token without arguments, at the head. */
  async read(token: string, functionName: 'decimals' | 'symbol'): Promise<number | string> {
    const data = encodeFunctionData({ abi: ERC20, functionName });
    return this.#decode(functionName, await this.#ethCall(token, data, 'latest'));
  }

  async balanceOf(token: string, address: string, blockHash: string): Promise<bigint> {
    const data = encodeFunctionData({ abi: ERC20, functionName: 'balanceOf', args: [toHex(address)] });
    const result = await this.#ethCall(token, data, { blockHash });
    return decodeOrFault(() => decodeFunctionResult({ abi: ERC20, functionName: 'balanceOf', data: result }));
  }

  #decode(functionName: 'decimals' | 'symbol', data: Hex): number | string {
    return decodeOrFault<number | string>(() => decodeFunctionResult({ abi: ERC20, functionName, data }));
  }

  async #ethCall(to: string, data: Hex, at: string | { blockHash: string }): Promise<Hex> {
    return parseResult('eth_call', hexSchema, await this.#rpc.call('eth_call', [{ to, data }, at]));
  }
}

function decodeOrFault<Value>(decode: () => Value): Value {
  try {
    return decode();
  } catch (error) {
    throw new RpcFault('bad_reply', 'eth_call: the answer cannot be decoded: is this a token?', { cause: error });
  }
}

function toTopic(address: string): string {
  return `0x${address.slice(2).padStart(64, '0')}`;
}

function toHex(address: string): Hex {
  return `0x${address.slice(2)}`;
}
