/** The answers of a node that lags behind the one behind the proxy. */
import { z } from 'zod';
import { findCount } from '../../src/core/integers.ts';
import { heightOfBlockId, type Ask, type ProxyError } from './dialects.ts';
import { nameParameters } from '../starknet-sim/rpc-methods.ts';

/** The effect on a call: it is forwarded, perhaps with other parameters, or answered at once. */
export type StaleCall = { readonly params: unknown } | { readonly result: unknown } | { readonly error: ProxyError };

const record = z.record(z.string(), z.unknown());
const quantity = (number: number): string => `0x${number.toString(16)}`;

/** Where EVM methods that read a state or a block carry its tag. */
const EVM_TAG_AT: Readonly<Record<string, number>> = {
  eth_getBlockByNumber: 0,
  eth_getBlockReceipts: 0,
  eth_call: 1,
  eth_getBalance: 1,
  eth_getCode: 1,
  eth_getTransactionCount: 1,
  eth_getStorageAt: 2,
};
const UNKNOWN_BLOCK_EVM: ProxyError = { code: -32_000, message: 'unknown block' };
const UNKNOWN_BLOCK_STARKNET: ProxyError = { code: 24, message: 'Block not found' };

/** Treats a call as a node whose head is `head` does. */
export async function askStale(ask: Ask, head: number, method: string, params: unknown): Promise<StaleCall> {
  return method.startsWith('eth_')
    ? askStaleEvm(ask, head, method, params)
    : askStaleStarknet(ask, head, method, params);
}

/** Replaces an answer about a block above the head by that of a node without the block. */
export function cutStale(head: number, method: string, result: unknown): { result: unknown } | { error: ProxyError } {
  const answer = record.safeParse(result).data ?? {};
  const [evm, starknet] = [answer['number'] ?? answer['blockNumber'], answer['block_number']];
  const height = typeof evm === 'string' ? findCount(evm) : z.int().safeParse(starknet).data;
  if (height === undefined || height <= head) return { result };
  if (method.startsWith('eth_')) return { result: null };
  const isReceipt = method === 'starknet_getTransactionReceipt';
  return { error: isReceipt ? { code: 29, message: 'Transaction hash not found' } : UNKNOWN_BLOCK_STARKNET };
}

async function evmHeightOf(ask: Ask, tag: unknown): Promise<number | undefined> {
  const asObject = record.safeParse(tag).data;
  const hash = asObject?.['blockHash'];
  const number = asObject?.['blockNumber'] ?? tag;
  if (hash === undefined && typeof number === 'string' && findCount(number) !== undefined) return findCount(number);
  const block = await (hash === undefined
    ? ask('eth_getBlockByNumber', [tag ?? 'latest', false])
    : ask('eth_getBlockByHash', [hash, false]));
  const height = record.safeParse(block).data?.['number'];
  return typeof height === 'string' ? findCount(height) : undefined;
}

async function askStaleEvm(ask: Ask, head: number, method: string, params: unknown): Promise<StaleCall> {
  if (method === 'eth_blockNumber') return { result: quantity(head) };
  const given = z.array(z.unknown()).safeParse(params).data ?? [];
  if (method === 'eth_getLogs') return staleEvmLogs(ask, head, record.safeParse(given[0]).data ?? {});
  const at = EVM_TAG_AT[method];
  if (at === undefined) return { params };
  const tag = given[at] ?? 'latest';
  const height = await evmHeightOf(ask, tag);
  if (height === undefined || height <= head) return { params };
  if (typeof tag === 'string' && findCount(tag) === undefined) return { params: given.with(at, quantity(head)) };
  return method === 'eth_getBlockByNumber' ? { result: null } : { error: UNKNOWN_BLOCK_EVM };
}

/** A block named by hash does not exist; a range is cut at the head without an error, as nodes do. */
async function staleEvmLogs(ask: Ask, head: number, filter: Readonly<Record<string, unknown>>): Promise<StaleCall> {
  if (filter['blockHash'] !== undefined) {
    const height = await evmHeightOf(ask, { blockHash: filter['blockHash'] });
    return height !== undefined && height > head ? { error: UNKNOWN_BLOCK_EVM } : { params: [filter] };
  }
  const from = await evmHeightOf(ask, filter['fromBlock']);
  const to = await evmHeightOf(ask, filter['toBlock']);
  if (from !== undefined && from > head) return { result: [] };
  return { params: [to !== undefined && to > head ? { ...filter, toBlock: quantity(head) } : filter] };
}

async function askStaleStarknet(ask: Ask, head: number, method: string, params: unknown): Promise<StaleCall> {
  if (method === 'starknet_blockNumber') return { result: head };
  if (method === 'starknet_blockHashAndNumber') {
    const block = record.parse(await ask('starknet_getBlockWithTxHashes', { block_id: { block_number: head } }));
    return { result: { block_hash: block['block_hash'], block_number: head } };
  }
  const named = record.safeParse(nameParameters(method, params)).data;
  if (named === undefined) return { params };
  const filter = record.safeParse(named['filter']).data;
  if (method === 'starknet_getEvents' && filter !== undefined) return staleStarknetEvents(ask, head, filter);
  if (!('block_id' in named)) return { params };
  const height = await heightOfBlockId(ask, named['block_id']);
  if (height === undefined || height <= head) return { params };
  if (typeof named['block_id'] === 'string') return { params: { ...named, block_id: { block_number: head } } };
  return { error: UNKNOWN_BLOCK_STARKNET };
}

/** Numbers past the head are clamped, hashes are unknown: what pathfinder and juno do. */
async function staleStarknetEvents(
  ask: Ask,
  head: number,
  filter: Readonly<Record<string, unknown>>,
): Promise<StaleCall> {
  const { from_block: fromBlock, to_block: toBlock } = filter;
  const byHash = z.object({ block_hash: z.string() });
  const [from, to] = [
    await heightOfBlockId(ask, fromBlock ?? { block_number: 0 }),
    await heightOfBlockId(ask, toBlock),
  ];
  if (to !== undefined && to > head && byHash.safeParse(toBlock).success) return { error: UNKNOWN_BLOCK_STARKNET };
  if (from !== undefined && from > head) return { result: { events: [] } };
  const clamped = to !== undefined && to > head ? { to_block: { block_number: head } } : {};
  return { params: { filter: { ...filter, ...clamped } } };
}
