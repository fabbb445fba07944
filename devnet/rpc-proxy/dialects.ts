/** The JSON-RPC dialects of the two chain families, as far as the fault proxy needs them. */
import { z } from 'zod';
import { findCount, toCount } from '../../src/core/integers.ts';
import { toFelt, toU256Felts, TRANSFER_SELECTOR } from '../starknet-sim/felt.ts';
import { nameParameters } from '../starknet-sim/rpc-methods.ts';

const EVM_TRANSFER_TOPIC = '0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef';

/** Asks the node behind the proxy. Gives the result. @throws RpcReplyError for its error objects. */
export type Ask = (method: string, params: unknown) => Promise<unknown>;

/** A JSON-RPC error that the proxy answers. */
export interface ProxyError {
  readonly code: number;
  readonly message: string;
  readonly data?: unknown;
}

export interface Transfer {
  readonly token: string;
  readonly from: string;
  readonly to: string;
  readonly amount: bigint;
  readonly txHash: string;
}

export interface Place {
  readonly blockNumber: number;
  readonly blockHash: string;
}

/** A log as the node wrote it. */
export type RawLog = Readonly<Record<string, unknown>>;

/** What a request for logs covers; both ends included. */
export interface AskedLogs {
  readonly from: number;
  readonly to: number;
  readonly tokens: readonly string[];
  /** Rows wanted on a page, where the request says so. */
  readonly chunkSize?: number | undefined;
}

export interface Dialect {
  readonly logsMethod: string;
  readonly receiptMethod: string;
  /** Head of the node. */
  head(ask: Ask): Promise<number>;
  /** Hash of a block of the node. */
  hashOf(ask: Ask, blockNumber: number): Promise<string>;
  asked(ask: Ask, params: unknown): Promise<AskedLogs | undefined>;
  /** Replaces the logs of an answer of logsMethod or receiptMethod by `change`, which also gets their transaction. */
  mapLogs(result: unknown, change: (logs: readonly RawLog[], txHash: string | undefined) => RawLog[]): unknown;
  heightOf(log: RawLog): number | undefined;
  txHashOf(log: RawLog): string | undefined;
  /** The log with other contents, if it is a Transfer. */
  alter(log: RawLog, change: Partial<Pick<Transfer, 'from' | 'to' | 'amount'>>): RawLog;
  /** An invented log, which is on no chain. */
  invent(transfer: Transfer, place: Place): RawLog;
  receiptOf(transfer: Transfer, place: Place): unknown;
  /** The transaction that a request for a receipt names. */
  askedReceipt(params: unknown): string | undefined;
  readonly tooManyResults: (max: number) => ProxyError;
  readonly tooManyBlocks: (from: number, to: number | undefined) => ProxyError;
}

const record = z.record(z.string(), z.unknown());
const list = z.array(record);
const texts = z.array(z.string());

const quantity = (number: number): string => `0x${number.toString(16)}`;
const word = (value: string | bigint): string => `0x${BigInt(value).toString(16).padStart(64, '0')}`;
const sameHex = (a: string, b: string): boolean => BigInt(a) === BigInt(b);

/** True for one transaction written in two ways. */
export function isSameHash(a: string | undefined, b: string | undefined): boolean {
  return a !== undefined && b !== undefined && sameHex(a, b);
}

const tooManyBlocks = (from: number, to: number | undefined): ProxyError => ({
  code: -32_005,
  message:
    to === undefined
      ? 'block range is too wide'
      : `block range is too wide; this block range should work: [${quantity(from)}, ${quantity(to)}]`,
  ...(to === undefined ? {} : { data: { from: quantity(from), to: quantity(to) } }),
});

const evmBlock = z.object({ number: z.string(), hash: z.string() });
const evmFilter = z.tuple([record]).rest(z.unknown());

export const EVM_DIALECT: Dialect = {
  logsMethod: 'eth_getLogs',
  receiptMethod: 'eth_getTransactionReceipt',
  head: async (ask) => toCount(z.string().parse(await ask('eth_blockNumber', []))),
  hashOf: async (ask, number) => evmBlock.parse(await ask('eth_getBlockByNumber', [quantity(number), false])).hash,
  asked: async (ask, params) => {
    const filter = evmFilter.safeParse(params).data?.[0];
    if (filter === undefined) return undefined;
    const tokens = [filter['address'] ?? []].flat().filter((one) => typeof one === 'string');
    const { blockHash } = filter;
    if (typeof blockHash === 'string') {
      const block = evmBlock.safeParse(await ask('eth_getBlockByHash', [blockHash, false])).data;
      const number = block === undefined ? undefined : toCount(block.number);
      return number === undefined ? undefined : { from: number, to: number, tokens };
    }
    const end = async (value: unknown): Promise<number> =>
      (typeof value === 'string' ? findCount(value) : undefined) ?? EVM_DIALECT.head(ask);
    return { from: await end(filter['fromBlock']), to: await end(filter['toBlock']), tokens };
  },
  mapLogs: (result, change) => {
    const logs = list.safeParse(result);
    if (logs.success) return change(logs.data, undefined);
    const receipt = record.safeParse(result).data;
    if (receipt === undefined) return result;
    const txHash = receipt['transactionHash'];
    return {
      ...receipt,
      logs: change(list.parse(receipt['logs']), typeof txHash === 'string' ? txHash : undefined),
    };
  },
  heightOf: (log) => (typeof log['blockNumber'] === 'string' ? findCount(log['blockNumber']) : undefined),
  txHashOf: (log) => (typeof log['transactionHash'] === 'string' ? log['transactionHash'] : undefined),
  alter: (log, { from, to, amount }) => {
    const topics = texts.safeParse(log['topics']).data;
    const [signature, fromTopic, toTopic] = topics ?? [];
    if (signature !== EVM_TRANSFER_TOPIC || fromTopic === undefined || toTopic === undefined) return log;
    const parties = [from === undefined ? fromTopic : word(from), to === undefined ? toTopic : word(to)];
    return { ...log, topics: [signature, ...parties], ...(amount === undefined ? {} : { data: word(amount) }) };
  },
  invent: ({ token, from, to, amount, txHash }, { blockNumber, blockHash }) => ({
    address: token,
    topics: [EVM_TRANSFER_TOPIC, word(from), word(to)],
    data: word(amount),
    blockNumber: quantity(blockNumber),
    blockHash,
    transactionHash: word(txHash),
    transactionIndex: '0x0',
    logIndex: '0x0',
    removed: false,
  }),
  receiptOf: (transfer, place) => ({
    status: '0x1',
    blockNumber: quantity(place.blockNumber),
    blockHash: place.blockHash,
    transactionHash: word(transfer.txHash),
    transactionIndex: '0x0',
    from: transfer.from,
    to: transfer.token,
    logs: [EVM_DIALECT.invent(transfer, place)],
  }),
  askedReceipt: (params) => texts.safeParse(params).data?.[0],
  tooManyResults: (max) => ({ code: -32_005, message: `query returned more than ${max} results` }),
  tooManyBlocks,
};

const starknetBlock = z.object({ block_number: z.int(), block_hash: z.string() });
const starknetFilter = z.object({
  filter: z.looseObject({
    from_block: z.unknown(),
    to_block: z.unknown(),
    address: z.union([z.string(), texts]).optional(),
    chunk_size: z.int().optional(),
  }),
});

/** Height that a Starknet block id names; undefined where the node has none. */
export async function heightOfBlockId(ask: Ask, id: unknown): Promise<number | undefined> {
  const numbered = z.object({ block_number: z.int() }).safeParse(id);
  if (numbered.success) return numbered.data.block_number;
  try {
    const block = await ask('starknet_getBlockWithTxHashes', { block_id: id ?? 'latest' });
    return starknetBlock.safeParse(block).data?.block_number;
  } catch {
    return undefined;
  }
}

export const STARKNET_DIALECT: Dialect = {
  logsMethod: 'starknet_getEvents',
  receiptMethod: 'starknet_getTransactionReceipt',
  head: async (ask) => z.int().parse(await ask('starknet_blockNumber', [])),
  hashOf: async (ask, number) =>
    starknetBlock.parse(await ask('starknet_getBlockWithTxHashes', { block_id: { block_number: number } })).block_hash,
  asked: async (ask, params) => {
    const filter = starknetFilter.safeParse(nameParameters('starknet_getEvents', params)).data?.filter;
    if (filter === undefined) return undefined;
    const from = await heightOfBlockId(ask, filter.from_block ?? { block_number: 0 });
    const to = await heightOfBlockId(ask, filter.to_block);
    if (from === undefined || to === undefined) return undefined;
    return { from, to, tokens: [filter.address ?? []].flat(), chunkSize: filter.chunk_size };
  },
  mapLogs: (result, change) => {
    const answer = record.safeParse(result).data;
    const events = list.safeParse(answer?.['events']).data;
    if (answer === undefined || events === undefined) return result;
    const txHash = answer['transaction_hash'];
    return { ...answer, events: change(events, typeof txHash === 'string' ? txHash : undefined) };
  },
  heightOf: (log) => z.int().safeParse(log['block_number']).data,
  txHashOf: (log) => (typeof log['transaction_hash'] === 'string' ? log['transaction_hash'] : undefined),
  alter: (log, { from, to, amount }) => {
    const [keys, data] = [texts.parse(log['keys']), texts.parse(log['data'])];
    const [selector, ...values] = [...keys, ...data];
    const [first, second, ...limbs] = values;
    const isTransfer = selector !== undefined && sameHex(selector, TRANSFER_SELECTOR) && limbs.length === 2;
    if (!isTransfer || first === undefined || second === undefined) return log;
    const parties = [from === undefined ? first : toFelt(from), to === undefined ? second : toFelt(to)];
    const changed = [selector, ...parties, ...(amount === undefined ? limbs : toU256Felts(amount))];
    return { ...log, keys: changed.slice(0, keys.length), data: changed.slice(keys.length) };
  },
  invent: ({ token, from, to, amount, txHash }, place) => ({
    transaction_hash: toFelt(txHash),
    transaction_index: 0,
    event_index: 0,
    block_hash: place.blockHash,
    block_number: place.blockNumber,
    from_address: toFelt(token),
    keys: [TRANSFER_SELECTOR, toFelt(from), toFelt(to)],
    data: toU256Felts(amount),
  }),
  receiptOf: (transfer, place) => {
    const { from_address, keys, data } = STARKNET_DIALECT.invent(transfer, place);
    return {
      type: 'INVOKE',
      transaction_hash: toFelt(transfer.txHash),
      actual_fee: { unit: 'FRI', amount: '0x0' },
      messages_sent: [],
      events: [{ from_address, keys, data }],
      execution_status: 'SUCCEEDED',
      finality_status: 'ACCEPTED_ON_L2',
      execution_resources: { l1_gas: 0, l1_data_gas: 0, l2_gas: 0 },
      block_hash: place.blockHash,
      block_number: place.blockNumber,
    };
  },
  askedReceipt: (params) =>
    z.object({ transaction_hash: z.string() }).safeParse(nameParameters('starknet_getTransactionReceipt', params)).data
      ?.transaction_hash,
  tooManyResults: () => ({ code: 31, message: 'Requested page size is too big' }),
  tooManyBlocks,
};

/** The dialect of a method; undefined when it belongs to neither family. */
export function dialectOf(method: string): Dialect | undefined {
  if (method.startsWith('eth_')) return EVM_DIALECT;
  return method.startsWith('starknet_') ? STARKNET_DIALECT : undefined;
}
