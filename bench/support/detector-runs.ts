/** Runs of the detector on a computed chain: how soon it posts, how it recovers, how fast it catches up. */
import { z } from 'zod';
import type { ChainSettings } from '../../detector/chain/settings.ts';
import { logSchema, TRANSFER_TOPIC } from '../../detector/evm/decode.ts';
import { openJsonRpc, parseResult } from '../../detector/rpc/json-rpc.ts';
import { startDetector, type Detector } from '../../detector/service.ts';
import { systemClock } from '../../src/core/clock.ts';
import { listeningLog, type DetectorWorld } from './detector-world.ts';
import { BENCH_TOKEN } from './evm-node-names.ts';
import { queryRows } from '../../test/support/process/query.ts';

const LOOK_MS = 20;
const SECONDS_PER_DAY = 86_400;
/** The pause between two blocks of an ordinary chain, as on Ethereum. */
const IDLE_BLOCK_MS = 12_000;
const IDLE_BLOCKS = 3;
const receiptSchema = z.object({ logs: z.array(logSchema) });

interface Run {
  readonly detector: Detector;
  /** How many events of that name were logged since the start. */
  readonly seen: (event: string) => number;
  /** Waits until that many were logged; returns the milliseconds it took from now on. */
  readonly until: (event: string, count: number, timeoutMs: number) => Promise<number>;
}

async function withDetector<Result>(
  { ledger }: DetectorWorld,
  chain: ChainSettings,
  work: (run: Run) => Promise<Result>,
): Promise<Result> {
  const counts = new Map<string, number>();
  const log = listeningLog((event) => counts.set(event, (counts.get(event) ?? 0) + 1));
  const shared = { senderPolicy: 'first_come', databaseUrl: ledger.url, clock: systemClock, log } as const;
  const detector = startDetector({ chains: [chain], ...shared });
  const seen = (event: string): number => counts.get(event) ?? 0;
  const until: Run['until'] = async (event, count, timeoutMs) => {
    const startedAtMs = performance.now();
    await waitFor(() => seen(event) >= count, timeoutMs, `${count} x ${event}`);
    return performance.now() - startedAtMs;
  };
  try {
    return await work({ detector, seen, until });
  } finally {
    await detector.stop();
  }
}

async function waitFor(holds: () => boolean, timeoutMs: number, what: string): Promise<void> {
  const endMs = performance.now() + timeoutMs;
  while (!holds()) {
    if (performance.now() > endMs) throw new Error(`not within ${timeoutMs} ms: ${what}`);
    await pause(LOOK_MS);
  }
}

async function pause(ms: number): Promise<void> {
  await new Promise<void>((resolve) => {
    setTimeout(resolve, ms);
  });
}

const headRead = (detector: Detector, height: number) => (): boolean => (detector.status()[0]?.nextBlock ?? 0) > height;

/** The milliseconds from the block that makes a deposit final to its entry, for each of that many deposits. */
export async function measurePosting(world: DetectorWorld, push: boolean, deposits: number): Promise<number[]> {
  const { node, chain } = world;
  await node.push(push);
  return withDetector(world, chain, async ({ seen, until, detector }) => {
    await node.mine(1);
    await waitFor(() => detector.status()[0]?.state === 'running', 60_000, 'the first round');
    const took: number[] = [];
    for (let nth = 0; nth < deposits; nth += 1) {
      await node.mine(1, 1);
      // Starts at a random moment of the poll's period.
      await pause(Math.random() * 3_000);
      const before = seen('deposit.credited');
      await node.mine(2);
      took.push(await until('deposit.credited', before + 1, 60_000));
    }
    return took;
  });
}

export interface Burst {
  /** Milliseconds from the block until each deposit is stored and visible to its org. */
  readonly notedMs: number;
  /** Milliseconds from the block that makes them final to the last entry. */
  readonly postedMs: number;
}

/** Puts that many deposits in one block, and measures until all are noted and then posted. */
export async function measureBurst(world: DetectorWorld, deposits: number): Promise<Burst> {
  const { node, chain, db } = world;
  const isNoted = async (): Promise<boolean> => {
    const sql = `SELECT count(*)::integer AS n FROM deposit WHERE org IS NOT NULL`;
    const result = await queryRows<{ n: number }>(db, sql);
    return result.rows[0]?.n === deposits;
  };
  await node.push(true);
  return withDetector(world, chain, async ({ until, detector }) => {
    await waitFor(() => detector.status()[0]?.state === 'running', 60_000, 'the first round');
    await node.mine(1, deposits);
    const minedAtMs = performance.now();
    await until('deposit.seen', deposits, 300_000);
    while (!(await isNoted())) await pause(10 * LOOK_MS);
    const notedMs = performance.now() - minedAtMs;
    await node.mine(2);
    return { notedMs, postedMs: await until('deposit.credited', deposits, 600_000) };
  });
}

/** Rewrites that many blocks, every tenth with a deposit; measures until the old are reversed and the new credited. */
export async function measureReorg(world: DetectorWorld, depth: number): Promise<number> {
  const { node } = world;
  const chain = { ...world.chain, reorgBlocksMax: depth * 2 };
  await node.push(true);
  const spacing = Math.ceil(depth / 10);
  for (let nth = 0; nth < 10; nth += 1) await node.mine(spacing, 1);
  await node.mine(10);
  return withDetector(world, chain, async ({ seen, until }) => {
    await until('deposit.credited', 10, 120_000);
    const credited = seen('deposit.credited');
    await node.reorg(depth);
    const rewoundMs = await until('deposit.reversed', 9, 120_000);
    return rewoundMs + (await until('deposit.credited', credited + 9, 120_000));
  });
}

/** Requests a day while a block comes every twelve seconds and no deposits come. */
export async function measureIdle(world: DetectorWorld): Promise<number> {
  const { node, chain } = world;
  await node.push(true);
  return withDetector(world, chain, async ({ detector }) => {
    await waitFor(() => detector.status()[0]?.state === 'running', 60_000, 'the first round');
    await node.requests();
    for (let nth = 0; nth < IDLE_BLOCKS; nth += 1) {
      await node.mine(1);
      await pause(IDLE_BLOCK_MS);
    }
    const total = Object.values(await node.requests()).reduce((sum, one) => sum + one, 0);
    return Math.round((total * SECONDS_PER_DAY * 1_000) / (IDLE_BLOCKS * IDLE_BLOCK_MS));
  });
}

export interface CatchUp {
  readonly blocks: number;
  readonly deposits: number;
  readonly ms: number;
  /** Milliseconds to only fetch and parse as many pages, receipts and headers. */
  readonly yardstickMs: number;
  /** The yardstick's time divided by the detector's: 1 is equally fast. */
  readonly ratio: number;
  readonly rssMbMax: number;
  readonly requests: Readonly<Record<string, number>>;
}

/** Reads a chain of that many blocks from its start, with a deposit in every `every` blocks, and posts them all. */
export async function measureCatchUp(world: DetectorWorld, blocks: number, every: number): Promise<CatchUp> {
  const { node, chain } = world;
  await node.shape(every, 0);
  await node.push(true);
  await node.mine(blocks);
  await node.requests();
  const deposits = Math.floor((blocks - 2) / every);
  let rssMax = 0;
  const timer = setInterval(() => {
    rssMax = Math.max(rssMax, process.memoryUsage.rss());
  }, 200);
  const startedAtMs = performance.now();
  try {
    await withDetector(world, chain, async ({ until, detector }) => {
      await until('deposit.credited', deposits, 3_600_000);
      await waitFor(headRead(detector, blocks), 600_000, 'the head');
    });
  } finally {
    clearInterval(timer);
  }
  const ms = performance.now() - startedAtMs;
  const requests = await node.requests();
  const yardstickMs = await fetchOnly(node.url, { blocks, every, requests });
  const rssMbMax = Math.round(rssMax / 2 ** 20);
  return { blocks, deposits, ms, yardstickMs, ratio: yardstickMs / ms, rssMbMax, requests };
}

/** Fetches the same number of pages, receipts and headers through the same transport, parses them and drops them. */
async function fetchOnly(
  url: string,
  of: { readonly blocks: number; readonly every: number; readonly requests: Readonly<Record<string, number>> },
): Promise<number> {
  const rpc = openJsonRpc({ url });
  const hex = (number: number): string => `0x${number.toString(16)}`;
  const spread = (count: number): number[] =>
    Array.from({ length: count }, (_, index) => Math.floor((index * of.blocks) / Math.max(1, count)));
  const startedAtMs = performance.now();
  const pages = of.requests['eth_getLogs'] ?? 0;
  const size = Math.ceil(of.blocks / Math.max(1, pages));
  const hashes: string[] = [];
  for (const from of spread(pages)) {
    const [fromBlock, toBlock] = [hex(from), hex(from + size - 1)];
    const filter = { address: BENCH_TOKEN, topics: [TRANSFER_TOPIC], fromBlock, toBlock };
    const logs = parseResult('eth_getLogs', z.array(logSchema), await rpc.call('eth_getLogs', [filter]));
    for (const { transactionHash } of logs) hashes.push(transactionHash);
  }
  const wanted = of.requests['eth_getTransactionReceipt'] ?? 0;
  for (let got = 0; got < wanted && hashes.length > 0; got += hashes.length) {
    const batch = hashes.slice(0, wanted - got).map((hash) => [hash]);
    for (const receipt of await rpc.callAll('eth_getTransactionReceipt', batch)) {
      parseResult('eth_getTransactionReceipt', receiptSchema, receipt);
    }
  }
  const headers = spread(of.requests['eth_getBlockByNumber'] ?? 0).map((number) => [hex(number), false]);
  await rpc.callAll('eth_getBlockByNumber', headers);
  rpc.close();
  return performance.now() - startedAtMs;
}
