import { expect, test } from 'vitest';
import { RpcFault } from '../rpc-fault.ts';
import { LogRange } from './log-range.ts';

/** Blocks from..to, both included. */
const blocks = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index);

test('a node that refuses wide ranges is asked for narrower ones until everything is read once', async () => {
  const range = new LogRange();
  const read = await range.read(0, 1_234, async (from, to) => {
    if (to - from + 1 > 7) throw new RpcFault('rpc_error', 'block range too large', { code: -32_005 });
    return Promise.resolve(blocks(from, to));
  });
  expect(read).toEqual(blocks(0, 1_234));
});

test('an answer of exactly a known cap is not believed', async () => {
  const asked: number[] = [];
  const read = await new LogRange().read(0, 499, async (from, to) => {
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
  const range = new LogRange();
  await range.read(0, 50_000, async () => Promise.resolve([]));
  expect(range.blocks).toBe(10_000);
});

test.each(['rate_limited', 'network', 'moved'] as const)('%s is not answered by asking more', async (kind) => {
  let calls = 0;
  const reading = new LogRange().read(0, 100, async () => {
    calls += 1;
    return Promise.reject(new RpcFault(kind, kind));
  });
  await expect(reading).rejects.toThrow(kind);
  expect(calls).toBe(1);
});

test('one block that cannot be read is an error, not an endless loop', async () => {
  const reading = new LogRange().read(0, 100, async () => Promise.reject(new RpcFault('timeout', 'slow')));
  await expect(reading).rejects.toThrow('slow');
});
