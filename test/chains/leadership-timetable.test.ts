/** When chains are read: the floor of the timetable, and that a chain is read by one round at a time. */
import { createServer, type ServerResponse } from 'node:http';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { ChainWorker } from '../../detector/chain-worker.ts';
import { startFloor } from '../../detector/timetable.ts';
import { CREDITS, TOKEN } from '../support/chains/memory-chain.ts';
import { useRoundBench } from '../support/deposits/round-bench.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const bench = useRoundBench();

describe('F32 the floor', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  /** How often it wakes while time passes as `pass` lets it. */
  async function wakesDuring(start: string, pass: () => Promise<void>): Promise<number> {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'], now: new Date(start) });
    let wakes = 0;
    const floor = startFloor(() => {
      wakes += 1;
    });
    await pass();
    await floor.stop();
    return wakes;
  }

  test.each([
    ['on any day', '2026-06-01T10:00:30Z'],
    ['when summer time begins in New York', '2026-03-08T06:30:30Z'],
    ['when it ends', '2026-11-01T05:30:30Z'],
    ['when it begins in Berlin', '2026-03-29T00:30:30Z'],
  ])('wakes every two minutes %s', async (_, start) => {
    expect(await wakesDuring(start, async () => void (await vi.advanceTimersByTimeAsync(2 * HOUR_MS)))).toBe(60);
  });

  test('wakes at once for what was missed while the process stood still', async () => {
    const wakes = await wakesDuring('2026-06-01T10:00:30Z', async () => {
      await vi.advanceTimersByTimeAsync(MINUTE_MS);
      // The timer of 10:02 comes at 10:31:30.
      vi.setSystemTime(new Date('2026-06-01T10:31:00Z'));
      await vi.advanceTimersByTimeAsync(31_000);
    });
    expect(wakes).toBeGreaterThanOrEqual(1);
  });

  test('F32 A65 goes on when the clock was set forward', async () => {
    const wakes = await wakesDuring('2026-06-01T10:00:30Z', async () => {
      await vi.advanceTimersByTimeAsync(5 * MINUTE_MS);
      vi.setSystemTime(new Date('2026-06-01T13:00:30Z'));
      await vi.advanceTimersByTimeAsync(10 * MINUTE_MS);
    });
    expect(wakes).toBeGreaterThanOrEqual(2 + 5);
  });
});

test('F32 a chain is read by one round at a time, however often it is woken meanwhile', async () => {
  const { caip2, context } = bench();
  const waiting: ServerResponse[] = [];
  const node = createServer((_request, response) => waiting.push(response));
  await new Promise<void>((resolve) => node.listen(0, '127.0.0.1', resolve));
  const address = node.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const worker = new ChainWorker(
    {
      caip2,
      rpcUrls: [`http://127.0.0.1:${address.port}`],
      tokens: [{ symbol: 'USDC', address: TOKEN, decimals: 6 }],
      creditsAddress: CREDITS,
      startBlock: 0,
      devnet: true,
      caps: { perDepositMicros: 1n, outstandingMicros: 1n },
    },
    {
      shared: context,
      timing: { leaseTtlMs: 60_000, pollMs: 10, pushedPollMs: 10 },
      holder: 'one',
    },
  );
  worker.start();
  try {
    await expect.poll(() => waiting.length).toBeGreaterThan(0);
    const asked = waiting.length;
    for (let count = 0; count < 50; count += 1) worker.wake(true);
    await new Promise((resolve) => {
      setTimeout(resolve, 300);
    });
    expect(waiting).toHaveLength(asked);
  } finally {
    const stopping = worker.stop();
    node.closeAllConnections();
    await stopping;
    node.close();
  }
});
