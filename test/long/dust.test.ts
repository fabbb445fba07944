import { expect, test } from 'vitest';
import { floodWithDust } from '../support/deposits/dust-flood.ts';
import { useRoundBench } from '../support/deposits/round-bench.ts';

const bench = useRoundBench();
/** The heap that a flood's events may use beyond what a process needs anyway. */
const HEAP_BYTES_MAX = 400 * 1024 * 1024;

test('A06 100,000 transfers of nothing and of next to nothing credit nothing and stop nobody, in bounded memory', async () => {
  const { balance } = bench();
  const before = process.memoryUsage().heapUsed;
  const { org, counts } = await floodWithDust(bench(), 100_000);
  expect(process.memoryUsage().heapUsed - before).toBeLessThan(HEAP_BYTES_MAX);
  expect(counts).toEqual([
    { state: 'credited', reason: null, deposits: 2 },
    { state: 'dust', reason: 'unknown_sender', deposits: 50_000 },
    { state: 'ignored', reason: 'zero_amount', deposits: 50_000 },
  ]);
  expect(await balance(org)).toBe(3_000_000n);
});
