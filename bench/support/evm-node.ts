/**
 * An EVM node over HTTP that computes its blocks when they are requested, so that a million of them take no memory.
 * It runs as its own program, so that the detector is measured without it. It takes orders over IPC and prints its URL.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { encodeAbiParameters, toFunctionSelector } from 'viem';
import { WebSocketServer } from 'ws';
import { z } from 'zod';
import { TRANSFER_TOPIC } from '../../detector/evm/decode.ts';
import { toCount } from '../../src/core/integers.ts';
import { BENCH_CHAIN_ID, BENCH_CREDITS, BENCH_SENDERS, BENCH_TOKEN } from './evm-node-names.ts';

const START_SECONDS = Math.floor(Date.now() / 1000) - 10_000_000;
/** Deeper than any rewrite that is measured. */
const FINALITY_BLOCKS = 10_000;
const topic = (address: string): string => `0x${address.slice(2).padStart(64, '0')}`;
const quantity = (number: number): string => `0x${number.toString(16)}`;

/** The transfers of a block: from registered senders to us, and between others. */
interface Plan {
  deposits: number;
  foreign: number;
}

const orderSchema = z.object({
  id: z.number(),
  do: z.enum(['shape', 'mine', 'reorg', 'stats', 'push']),
  /** shape: a deposit comes every that many blocks, and each block has `foreign` transfers between others. */
  every: z.number().default(0),
  foreign: z.number().default(0),
  count: z.number().default(0),
  /** mine: how many deposits the last of the blocks has. */
  deposits: z.number().default(0),
  to: z.string().default(BENCH_CREDITS),
  on: z.boolean().default(true),
});
const callSchema = z.object({
  id: z.union([z.number(), z.string()]),
  method: z.string(),
  params: z.array(z.unknown()),
});
const filterSchema = z.object({
  topics: z.array(z.union([z.null(), z.string(), z.array(z.string())])),
  fromBlock: z.string().optional(),
  toBlock: z.string().optional(),
  blockHash: z.string().optional(),
});

let height = 0;
let shape = { every: 0, foreign: 0 };
let pushes = true;
/** Branches with the height from which each applies, oldest first. */
const branches: { from: number; id: number }[] = [{ from: 0, id: 0 }];
const extra = new Map<number, { count: number; to: string }>();
/** The amount that the credits address has received up to each block; no branch changes it. */
const received: number[] = [0];
const requests = new Map<string, number>();
const sockets = new Set<{ send(text: string): void }>();

const branchOf = (number: number): number => branches.findLast(({ from }) => from <= number)?.id ?? 0;
const hashOf = (number: number): string =>
  `0x${branchOf(number).toString(16).padStart(8, 'b')}${number.toString(16).padStart(56, '0')}`;
const numberOfHash = (hash: string): number => toCount(BigInt(`0x${hash.slice(10)}`));

function planOf(number: number): Plan {
  const regular = shape.every > 0 && number > 0 && number % shape.every === 0 ? 1 : 0;
  return { deposits: regular + (extra.get(number)?.count ?? 0), foreign: shape.foreign };
}

/** Senders take turns, within a block and from block to block. */
const senderAt = (number: number, position: number): string =>
  BENCH_SENDERS[(number * 7 + position) % BENCH_SENDERS.length] ?? '';
const amountAt = (number: number, position: number): number => 1 + ((number + position) % 1_000);

interface Log extends Place {
  readonly address: string;
  readonly topics: readonly string[];
  readonly data: string;
  readonly logIndex: string;
  readonly removed: boolean;
}
interface Place {
  readonly blockNumber: string;
  readonly blockHash: string;
  readonly transactionHash: string;
}

/**
 * A block's logs from a position on. Block, branch and position make up a transaction's hash; transactions that stay on
 * a branch keep theirs.
 */
function logsAt(number: number, first: number, count: number): Log[] {
  const { foreign } = planOf(number);
  const to = topic(extra.get(number)?.to ?? BENCH_CREDITS);
  const others = { from: topic(`0x${'e'.repeat(40)}`), to: topic(`0x${'f'.repeat(40)}`) };
  const [blockNumber, blockHash] = [quantity(number), hashOf(number)];
  const prefix = `0x${branchOf(number).toString(16).padStart(8, 'a')}${number.toString(16).padStart(40, '0')}`;
  return Array.from({ length: count }, (_, index): Log => {
    const position = first + index;
    const isForeign = position < foreign;
    const from = isForeign ? others.from : topic(senderAt(number, position));
    return {
      address: BENCH_TOKEN,
      topics: [TRANSFER_TOPIC, from, isForeign ? others.to : to],
      data: topic(quantity(amountAt(number, position))),
      blockNumber,
      blockHash,
      transactionHash: `${prefix}${position.toString(16).padStart(16, '0')}`,
      logIndex: quantity(position),
      removed: false,
    };
  });
}

function logsOf(number: number, wanted: ReadonlySet<string> | undefined): Log[] {
  const { deposits, foreign } = planOf(number);
  const isTo = wanted === undefined || wanted.has(topic(extra.get(number)?.to ?? BENCH_CREDITS));
  const first = wanted === undefined ? 0 : foreign;
  return logsAt(number, first, isTo ? foreign + deposits - first : 0);
}

function receiptOf(log: Log): object {
  const { blockNumber, blockHash, transactionHash } = log;
  return { status: '0x1', blockNumber, blockHash, transactionHash, logs: [log] };
}

function addBlock(): void {
  height += 1;
  const { deposits, foreign } = planOf(height);
  const ours = (extra.get(height)?.to ?? BENCH_CREDITS) === BENCH_CREDITS ? deposits : 0;
  let sum = received[height - 1] ?? 0;
  for (let nth = 0; nth < ours; nth += 1) sum += amountAt(height, foreign + nth);
  received[height] = sum;
}

function getLogs(params: readonly unknown[]): object[] {
  const { topics, fromBlock, toBlock, blockHash } = filterSchema.parse(params[0]);
  const [signature, , to] = topics;
  if (signature !== TRANSFER_TOPIC) return [];
  const wanted = Array.isArray(to) ? new Set(to) : undefined;
  if (blockHash !== undefined) {
    const number = numberOfHash(blockHash);
    if (hashOf(number) !== blockHash || number > height) throw new Error('unknown block');
    return logsOf(number, wanted);
  }
  const [from, last] = [toCount(fromBlock ?? '0x0'), Math.min(height, toCount(toBlock ?? '0x0'))];
  const logs: object[] = [];
  for (let number = from; number <= last; number += 1) {
    for (const log of logsOf(number, wanted)) logs.push(log);
  }
  return logs;
}

function getBlock(at: unknown): object | null {
  const finalized = Math.max(0, height - FINALITY_BLOCKS);
  const named = at === 'latest' ? height : at === 'finalized' ? finalized : toCount(String(at));
  if (named > height) return null;
  return {
    number: quantity(named),
    hash: hashOf(named),
    parentHash: hashOf(Math.max(0, named - 1)),
    timestamp: quantity(START_SECONDS + named),
  };
}

function getReceipt(hash: string): object | null {
  const [number, position] = [toCount(BigInt(`0x${hash.slice(10, 50)}`)), toCount(BigInt(`0x${hash.slice(50)}`))];
  const { deposits, foreign } = planOf(number);
  if (number > height || position >= deposits + foreign) return null;
  const [log] = logsAt(number, position, 1);
  return log?.transactionHash === hash ? receiptOf(log) : null;
}

function getReceiptsOf(blockHash: string): object[] | null {
  const number = numberOfHash(blockHash);
  if (hashOf(number) !== blockHash || number > height) return null;
  return logsOf(number, undefined).map(receiptOf);
}

function call(params: readonly unknown[]): string {
  const { data } = z.object({ data: z.string() }).parse(params[0]);
  if (data.startsWith(toFunctionSelector('decimals()'))) return topic('0x6');
  if (data.startsWith(toFunctionSelector('symbol()'))) return encodeAbiParameters([{ type: 'string' }], ['USDC']);
  if (!data.endsWith(BENCH_CREDITS.slice(2))) return topic('0x0');
  const at = z.object({ blockHash: z.string() }).safeParse(params[1]);
  return topic(quantity(received[at.success ? numberOfHash(at.data.blockHash) : height] ?? 0));
}

const METHODS: Readonly<Record<string, (params: readonly unknown[]) => unknown>> = {
  eth_chainId: () => quantity(BENCH_CHAIN_ID),
  eth_getBlockByNumber: ([at]) => getBlock(at),
  eth_getBlockByHash: ([hash]) => {
    const number = numberOfHash(String(hash));
    return hashOf(number) === hash ? getBlock(number) : null;
  },
  eth_getLogs: getLogs,
  eth_getTransactionReceipt: ([hash]) => getReceipt(String(hash)),
  eth_getBlockReceipts: ([hash]) => getReceiptsOf(String(hash)),
  eth_call: call,
  eth_getCode: () => '0x01',
  eth_getStorageAt: () => topic('0x0'),
  eth_subscribe: () => '0x1',
};

function answer(body: string): string {
  const { id, method, params } = callSchema.parse(JSON.parse(body));
  requests.set(method, (requests.get(method) ?? 0) + 1);
  try {
    const result = METHODS[method]?.(params);
    return JSON.stringify({ jsonrpc: '2.0', id, result });
  } catch (error) {
    return JSON.stringify({ jsonrpc: '2.0', id, error: { code: -32_000, message: String(error) } });
  }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) if (Buffer.isBuffer(chunk)) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

function pushHead(): void {
  const params = { subscription: '0x1', result: getBlock('latest') };
  if (pushes) for (const socket of sockets) socket.send(JSON.stringify({ method: 'eth_subscription', params }));
}

function carryOut(order: z.infer<typeof orderSchema>): unknown {
  if (order.do === 'shape') shape = { every: order.every, foreign: order.foreign };
  else if (order.do === 'push') pushes = order.on;
  else if (order.do === 'stats') {
    const counted = Object.fromEntries(requests);
    requests.clear();
    return counted;
  } else if (order.do === 'reorg') {
    branches.push({ from: height - order.count + 1, id: branches.length });
    addBlock();
    pushHead();
  } else {
    if (order.deposits > 0) extra.set(height + order.count, { count: order.deposits, to: order.to });
    for (let mined = 0; mined < order.count; mined += 1) addBlock();
    pushHead();
  }
  return height;
}

async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const reply = answer(await bodyOf(request));
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(reply);
}

const server = createServer((request, response) => void respond(request, response));
new WebSocketServer({ server }).on('connection', (socket) => {
  sockets.add(socket);
  socket.on('close', () => sockets.delete(socket));
  socket.on('message', (data: Buffer) => socket.send(answer(data.toString())));
});
process.on('message', (message) => {
  const order = orderSchema.parse(message);
  process.send?.({ id: order.id, result: carryOut(order) });
});
process.once('disconnect', () => process.exit());
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (address !== null && typeof address === 'object') console.log(`listening on http://127.0.0.1:${address.port}`);
});
