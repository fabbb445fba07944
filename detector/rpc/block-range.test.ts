import { expect, test } from 'vitest';
import { RpcFault } from './fault.ts';
import { BlockRange, suggestedBlocks, type BlockRangeOptions } from './block-range.ts';

const rangeOf = (change: Partial<BlockRangeOptions> = {}): BlockRange =>
  new BlockRange({ method: 'eth_getLogs', blocksStart: 500, suspiciousCounts: new Set([1_000, 10_000]), ...change });

/** Blocks from..to, both included. */
const blocks = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index);

test('F20 A23 a node that refuses wide ranges is asked for narrower ones until everything is read once', async () => {
  const range = rangeOf();
  const read = await range.read(0, 1_234, async (from, to) => {
    if (to - from + 1 > 7) throw new RpcFault('rpc_error', 'block range too large', { code: -32_005 });
    return Promise.resolve(blocks(from, to));
  });
  expect(read).toEqual(blocks(0, 1_234));
});

test('F20 A23 an answer of exactly a known cap is not believed', async () => {
  const asked: number[] = [];
  const read = await rangeOf().read(0, 499, async (from, to) => {
    asked.push(to - from + 1);
    // Ten logs a block, cut at a thousand without a word.
    return Promise.resolve(
      blocks(from, to)
        .flatMap((block) => Array.from({ length: 10 }, () => block))
        .slice(0, 1_000),
    );
  });
  expect(read.length).toBe(5_000);
  expect(asked[0]).toBe(500);
});

test('the range grows while answers are small, and is remembered', async () => {
  const range = rangeOf();
  await range.read(0, 50_000, async () => Promise.resolve([]));
  expect(range.blocks).toBe(10_000);
});

test.each(['rate_limited', 'network', 'moved'] as const)('%s is not answered by asking more', async (kind) => {
  let calls = 0;
  const reading = rangeOf().read(0, 100, async () => {
    calls += 1;
    return Promise.reject(new RpcFault(kind, kind));
  });
  await expect(reading).rejects.toThrow(kind);
  expect(calls).toBe(1);
});

test('one block that cannot be read is an error, not an endless loop', async () => {
  const reading = rangeOf().read(0, 100, async () => Promise.reject(new RpcFault('timeout', 'slow')));
  await expect(reading).rejects.toThrow('slow');
});

test.each([
  ['up to a 500 block range. Based on your parameters, this block range should work: [0x123c9b2, 0x123cba5]', 500],
  ['Query returned more than 10000 results. Try with this block range [0x1, 0x64].', 100],
  ['query exceeds max results 20000, retry with the range 25766988-25767000', 13],
  ['range 1000000 exceeds limit of 1000', 1_000],
  ['block range is larger than max block range, block range = 5120, max block range = 2000', 2_000],
  ['eth_getLogs is limited to a 1,000 range', 1_000],
  ['up to a 2K block range', 2_000],
])('F20 what a node suggests is taken up: %s', (message, size) => {
  expect(suggestedBlocks(`eth_getLogs: error: ${message}`, 5_120)).toBe(size);
});

test.each([
  'query returned more than 10000 results',
  // Nothing smaller than what was asked.
  'query exceeds max results 20000, retry with the range 25766988-25775072',
  'block range too large',
])('what suggests nothing smaller is halved: %s', (message) => {
  expect(suggestedBlocks(`eth_getLogs: error: ${message}`, 5_120)).toBeUndefined();
});

test('F20 the suggested size is asked for next', async () => {
  const asked: number[] = [];
  await rangeOf().read(0, 999, async (from, to) => {
    asked.push(to - from + 1);
    if (to - from + 1 > 120) throw new RpcFault('rpc_error', 'range 500 exceeds limit of 120', { code: -32_602 });
    return Promise.resolve(blocks(from, to).flatMap((block) => [block, block, block]));
  });
  expect(asked.slice(0, 3)).toEqual([500, 120, 120]);
});

test('what was learned of a node is kept for the next process', async () => {
  const kept = new Map<string, number>();
  const memory = {
    recall: (method: string) => kept.get(method),
    learn: (method: string, size: number) => void kept.set(method, size),
  };
  const refusing = async (from: number, to: number): Promise<number[]> => {
    if (to - from + 1 > 7) throw new RpcFault('rpc_error', 'block range too large', { code: -32_005 });
    return Promise.resolve(blocks(from, to).flatMap((block) => Array.from({ length: 100 }, () => block)));
  };
  await rangeOf({ memory }).read(0, 50, refusing);
  expect(kept.get('eth_getLogs')).toBe(6);
  expect(rangeOf({ memory }).blocks).toBe(6);
});

test('S10 a limit that a node names is not grown past', async () => {
  const range = rangeOf();
  const refused: number[] = [];
  await range.read(0, 20_000, async (from, to) => {
    const asked = to - from + 1;
    if (asked <= 50) return Promise.resolve([]);
    refused.push(asked);
    throw new RpcFault('rpc_error', 'eth_getLogs is limited to a 50 blocks range', { code: -32_000 });
  });
  expect(refused).toEqual([500]);
  expect(range.blocks).toBe(50);
});

test('S10 a size that fits the results of some blocks is no limit for others', async () => {
  const range = rangeOf();
  const words = 'query returned more than 10000 results. Try with this block range [0x0, 0x63].';
  await range.read(0, 5_000, async (from, to) => {
    if (from < 500 && to - from + 1 > 100) throw new RpcFault('rpc_error', words, { code: -32_005 });
    return Promise.resolve([]);
  });
  expect(range.blocks).toBeGreaterThan(100);
});

test('S10 the code of an error is no size', async () => {
  const asked: number[] = [];
  await rangeOf().read(0, 499, async (from, to) => {
    asked.push(to - from + 1);
    if (asked.length > 1) return Promise.resolve([]);
    const message = 'eth_getLogs: error 35: the block range is too wide';
    throw new RpcFault('rpc_error', message, { code: 35, words: 'the block range is too wide' });
  });
  expect(asked[1]).toBe(250);
});

test.each(['server', 'rpc_error', 'bad_reply'] as const)(
  'S10 a node that answers nothing at all (%s) leaves the range as it was learned',
  async (kind) => {
    const range = rangeOf();
    const reading = range.read(0, 1_000, async () => Promise.reject(new RpcFault(kind, 'out of order')));
    await expect(reading).rejects.toThrow('out of order');
    expect(range.blocks).toBe(500);
  },
);
