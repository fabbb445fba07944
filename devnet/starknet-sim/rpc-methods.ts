import { z } from 'zod';
import { findCount } from '../../src/core/integers.ts';
import type { ChainState, SimBlock, SimToken } from './chain-state.ts';
import { selectorOf, toFelt, toU256Felts } from './felt.ts';
import { listBlockEvents, viewBlock, viewPreConfirmed, viewReceipt, type EmittedEvent } from './views.ts';

const SPEC_VERSION = '0.10.2';
const CHUNK_SIZE_MAX = 1_024;
const KEY_POSITIONS_MAX = 16;

/** An error that the caller gets as a JSON-RPC error object. */
export class SimRpcError extends Error {
  readonly code: number;
  readonly data: unknown;
  constructor(code: number, message: string, data?: unknown) {
    super(message);
    this.name = 'SimRpcError';
    this.code = code;
    this.data = data;
  }
}

const ERRORS = {
  contractNotFound: () => new SimRpcError(20, 'Contract not found'),
  entrypointNotFound: () => new SimRpcError(21, 'Requested entrypoint does not exist in the contract'),
  blockNotFound: () => new SimRpcError(24, 'Block not found'),
  transactionNotFound: () => new SimRpcError(29, 'Transaction hash not found'),
  pageTooBig: () => new SimRpcError(31, 'Requested page size is too big'),
  invalidToken: () => new SimRpcError(33, 'The supplied continuation token is invalid or unknown'),
  tooManyKeys: () => new SimRpcError(34, 'Too many keys provided in a filter'),
};

/** Which blocks the node claims to have, and how it treats block numbers that it has not reached. */
export interface NodeView {
  chain: ChainState;
  chainId: string;
  /** How many blocks this node is behind the chain. */
  lagBlocks: number;
  /** `error`: as starknet-devnet does. `clamp`: as pathfinder and juno do in starknet_getEvents. */
  aboveHead: 'error' | 'clamp';
}

const feltSchema = z.string().regex(/^0x[0-9a-fA-F]{1,64}$/);
const blockIdSchema = z.union([
  z.enum(['latest', 'pre_confirmed', 'l1_accepted']),
  z.object({ block_hash: feltSchema }),
  z.object({ block_number: z.int().min(0) }),
]);
type BlockId = z.infer<typeof blockIdSchema>;

const filterSchema = z.object({
  from_block: blockIdSchema.optional(),
  to_block: blockIdSchema.optional(),
  address: z.union([feltSchema, z.array(feltSchema)]).optional(),
  keys: z.array(z.array(feltSchema)).optional(),
  chunk_size: z.int().min(1),
  continuation_token: z.string().optional(),
});

const blockParams = z.object({ block_id: blockIdSchema });
const atAddressParams = z.object({ block_id: blockIdSchema, contract_address: feltSchema });
const receiptParams = z.object({ transaction_hash: feltSchema });
const eventsParams = z.object({ filter: filterSchema });
const callParams = z.object({
  request: z.object({
    contract_address: feltSchema,
    entry_point_selector: feltSchema,
    calldata: z.array(feltSchema),
  }),
  block_id: blockIdSchema,
});

/** Positional parameters by name, in the order of the specification. */
const PARAMETER_NAMES: Record<string, readonly string[]> = {
  starknet_getBlockWithTxHashes: ['block_id'],
  starknet_getBlockWithTxs: ['block_id'],
  starknet_getBlockWithReceipts: ['block_id', 'response_flags'],
  starknet_getTransactionReceipt: ['transaction_hash'],
  starknet_getTransactionStatus: ['transaction_hash'],
  starknet_getEvents: ['filter'],
  starknet_call: ['request', 'block_id'],
  starknet_getClassHashAt: ['block_id', 'contract_address'],
  starknet_getNonce: ['block_id', 'contract_address'],
};

/** Turns positional parameters into an object; named ones are returned as they are. */
export function nameParameters(method: string, params: unknown): unknown {
  if (!Array.isArray(params)) return params ?? {};
  const names = PARAMETER_NAMES[method] ?? [];
  return Object.fromEntries(params.map((value: unknown, index) => [names[index] ?? `${index}`, value]));
}

type Method = (view: NodeView, params: unknown) => unknown;

/** Every read method of the node. They throw `SimRpcError`, or a ZodError for parameters of the wrong shape. */
export const READ_METHODS: Readonly<Record<string, Method>> = {
  starknet_specVersion: () => SPEC_VERSION,
  starknet_chainId: (view) => toFelt(`0x${Buffer.from(view.chainId, 'ascii').toString('hex')}`),
  starknet_syncing: () => false,
  starknet_blockNumber: (view) => headOf(view),
  starknet_blockHashAndNumber: (view) => {
    const block = getBlock(view, 'latest');
    return { block_hash: block.hash, block_number: block.number };
  },
  starknet_getBlockWithTxHashes: (view, params) => readBlock(view, params, 'hashes'),
  starknet_getBlockWithTxs: (view, params) => readBlock(view, params, 'transactions'),
  starknet_getBlockWithReceipts: (view, params) => readBlock(view, params, 'receipts'),
  starknet_getTransactionReceipt: (view, params) => {
    const found = getTransaction(view, params);
    return viewReceipt(view.chain, found.block, found.executed);
  },
  starknet_getTransactionStatus: (view, params) => {
    const found = getTransaction(view, params);
    const receipt = viewReceipt(view.chain, found.block, found.executed);
    const reason = found.executed.revertReason ?? null;
    return {
      finality_status: receipt['finality_status'],
      execution_status: receipt['execution_status'],
      failure_reason: reason,
    };
  },
  starknet_getEvents: (view, params) => getEvents(view, eventsParams.parse(params).filter),
  starknet_call: (view, params) => call(view, params),
  starknet_getClassHashAt: (view, params) => {
    const p = atAddressParams.parse(params);
    getBlock(view, p.block_id);
    return getToken(view.chain, p.contract_address).classHash;
  },
  starknet_getNonce: (view, params) => {
    const p = atAddressParams.parse(params);
    getBlock(view, p.block_id);
    const address = toFelt(p.contract_address);
    if (!view.chain.accounts.has(address)) getToken(view.chain, address);
    return '0x0';
  },
};

function headOf(view: NodeView): number {
  return Math.max(0, view.chain.headNumber - view.lagBlocks);
}

function readBlock(view: NodeView, params: unknown, detail: 'hashes' | 'transactions' | 'receipts'): unknown {
  const { block_id: id } = blockParams.parse(params);
  if (id === 'pre_confirmed') return viewPreConfirmed(view.chain, headOf(view));
  return viewBlock(view.chain, getBlock(view, id), detail);
}

function getBlock(view: NodeView, id: BlockId): SimBlock {
  const block = view.chain.blocks[getBlockNumber(view, id)];
  if (block === undefined || block.number > headOf(view)) throw ERRORS.blockNotFound();
  return block;
}

/** The number of a block. A number may be above the head; a tag or hash always means a block that the node has. */
function getBlockNumber(view: NodeView, id: BlockId): number {
  if (id === 'latest' || id === 'pre_confirmed') return headOf(view);
  if (id === 'l1_accepted') {
    if (view.chain.l1AcceptedNumber < 0) throw ERRORS.blockNotFound();
    return Math.min(view.chain.l1AcceptedNumber, headOf(view));
  }
  if ('block_number' in id) return id.block_number;
  const wanted = toFelt(id.block_hash);
  const number = view.chain.blocks.findLastIndex((block) => block.hash === wanted);
  if (number < 0 || number > headOf(view)) throw ERRORS.blockNotFound();
  return number;
}

function getTransaction(view: NodeView, params: unknown): NonNullable<ReturnType<ChainState['findTransaction']>> {
  const found = view.chain.findTransaction(toFelt(receiptParams.parse(params).transaction_hash));
  if (found === undefined || found.block.number > headOf(view)) throw ERRORS.transactionNotFound();
  return found;
}

function getToken(chain: ChainState, address: string): SimToken {
  const token = chain.tokens.get(toFelt(address));
  if (token === undefined) throw ERRORS.contractNotFound();
  return token;
}

/** One page of events. The token is the number of matching events that earlier pages returned. */
function getEvents(view: NodeView, filter: z.infer<typeof filterSchema>): unknown {
  if (filter.chunk_size > CHUNK_SIZE_MAX) throw ERRORS.pageTooBig();
  if ((filter.keys?.length ?? 0) > KEY_POSITIONS_MAX) throw ERRORS.tooManyKeys();
  const token = filter.continuation_token ?? '0';
  const skip = /^[0-9]+$/.test(token) ? findCount(token) : undefined;
  if (skip === undefined) throw ERRORS.invalidToken();
  const from = getRangeEnd(view, filter.from_block ?? { block_number: 0 });
  const to = Math.min(getRangeEnd(view, filter.to_block ?? 'latest'), headOf(view));
  if (filter.from_block === 'pre_confirmed') return { events: [] };
  const matches = makeMatcher(filter);
  const events: EmittedEvent[] = [];
  let seen = 0;
  for (let number = from; number <= to; number += 1) {
    const block = view.chain.blocks[number];
    for (const event of block === undefined ? [] : listBlockEvents(block)) {
      if (!matches(event)) continue;
      seen += 1;
      if (seen <= skip) continue;
      if (events.length === filter.chunk_size) return { events, continuation_token: `${skip + events.length}` };
      events.push(event);
    }
  }
  return { events };
}

function getRangeEnd(view: NodeView, id: BlockId): number {
  const number = getBlockNumber(view, id);
  if (number > headOf(view) && view.aboveHead === 'error' && view.lagBlocks === 0) throw ERRORS.blockNotFound();
  return number;
}

/** Position-wise OR, as in full nodes: an event with fewer keys than the filter has positions does not match. */
function makeMatcher(filter: z.infer<typeof filterSchema>): (event: EmittedEvent) => boolean {
  const list = filter.address === undefined ? [] : [filter.address].flat();
  const addresses = new Set(list.map(toFelt));
  const keys = (filter.keys ?? []).map((accepted) => new Set(accepted.map(toFelt)));
  const positions = keys.findLastIndex((accepted) => accepted.size > 0) + 1;
  return (event) =>
    (addresses.size === 0 || addresses.has(event.from_address)) &&
    event.keys.length >= positions &&
    keys.every((accepted, index) => accepted.size === 0 || accepted.has(event.keys[index] ?? ''));
}

const SELECTORS = {
  balanceOf: new Set([selectorOf('balance_of'), selectorOf('balanceOf')]),
  decimals: selectorOf('decimals'),
  symbol: selectorOf('symbol'),
  name: selectorOf('name'),
};

function call(view: NodeView, params: unknown): string[] {
  const { request, block_id: id } = callParams.parse(params);
  const block = getBlock(view, id);
  const token = getToken(view.chain, request.contract_address);
  const selector = toFelt(request.entry_point_selector);
  if (SELECTORS.balanceOf.has(selector)) {
    const holder = request.calldata[0];
    if (holder === undefined) throw new SimRpcError(40, 'Contract error', { revert_error: 'no account given' });
    return toU256Felts(view.chain.balanceAt(token.address, toFelt(holder), block.number));
  }
  if (selector === SELECTORS.decimals) return [toFelt(BigInt(token.decimals))];
  if (selector === SELECTORS.symbol) return toByteArray(token.symbol);
  if (selector === SELECTORS.name) return toByteArray(token.name);
  throw ERRORS.entrypointNotFound();
}

/** A Cairo ByteArray of at most 30 characters: no full words, the rest, its length. */
function toByteArray(text: string): string[] {
  return [
    '0x0',
    text === '' ? '0x0' : toFelt(`0x${Buffer.from(text, 'ascii').toString('hex')}`),
    toFelt(BigInt(text.length)),
  ];
}
