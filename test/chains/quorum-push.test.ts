/** A detector whose nodes go away, and whose wake-ups stop, flap, flood and come back. */
import { describe, expect, test } from 'vitest';
import { systemClock } from '../../src/core/clock.ts';
import type { DetectorOptions } from '../../detector/service.ts';
import { configOf, eventually, runDetector, soon } from '../support/chains/bench.ts';
import { createSteppedClock } from '../support/fake-clock.ts';
import { LEGS, useQuorumBench, type QuorumBench } from '../support/chains/quorum-bench.ts';

const NEVER_MS = 600_000;

/** Works while a detector reads the chain through the first proxy, sockets included. */
async function detecting(
  { chain, databaseUrl, db, proxies }: QuorumBench,
  options: Partial<DetectorOptions>,
  work: (run: ReturnType<typeof runDetector>) => Promise<void>,
): Promise<void> {
  // The bench holds the lease for rounds of its own.
  await db.raw('DELETE FROM lease');
  const [{ rpcUrl, wsUrl }] = proxies;
  const config = configOf(chain, { rpcUrls: [rpcUrl], wsUrl, startBlock: await chain.head(), finality: DEPTH });
  const run = runDetector({ chains: [config], databaseUrl, ...options });
  try {
    await eventually(
      async () => Promise.resolve(run.detector.status()[0]?.state),
      (state) => state === 'running',
    );
    await work(run);
  } finally {
    await run.detector.stop();
  }
}

const DEPTH = { kind: 'depth', blocks: 2 } as const;

describe.each(LEGS)('wake-ups and outages on $name', (leg) => {
  const bench = useQuorumBench(leg);
  const isCredited = async (micros: bigint): Promise<void> => {
    await eventually(bench().balance, (balance) => balance === micros);
  };
  /** Mines until the subscription has woken the detector at least once. */
  const isPushed = async ({ detector }: ReturnType<typeof runDetector>): Promise<void> => {
    const { chain } = bench();
    const heard = async (): Promise<boolean> => {
      await chain.mine();
      return detector.status()[0]?.push === 'alive';
    };
    await eventually(heard, (isHeard) => isHeard);
  };

  const isCut = async ({ detector }: ReturnType<typeof runDetector>): Promise<void> => {
    const look = async (): Promise<unknown> => Promise.resolve(detector.status()[0]?.push);
    await eventually(look, (push) => push === 'silent');
  };

  test('F25 wake-ups that stop without a word, flap or flood delay nothing for long', async () => {
    const { pay, proxies } = bench();
    const timing = { pollMs: 300, pushedPollMs: 800 };
    await detecting(bench(), timing, async (run) => {
      const [proxy] = proxies;
      proxy.freeze({ sockets: true });
      await pay(5n);
      await isCredited(5n);
      proxy.freeze({ sockets: false });
      for (let count = 0; count < 3; count += 1) proxy.closeSockets();
      await pay(7n);
      await isCredited(12n);
      await isPushed(run);
      const before = proxy.calls();
      await proxy.flood(10_000);
      await pay(11n);
      await isCredited(23n);
      // Ten thousand heads are a few rounds, not as many.
      expect(proxy.calls() - before).toBeLessThan(1_000);
    });
  });

  test('F26 F27 a subscription that broke is made again, and what came in between is found', async () => {
    const { pay, proxies } = bench();
    // Nobody looks by itself: only a push can wake.
    await detecting(bench(), { pollMs: 300, pushedPollMs: NEVER_MS }, async (run) => {
      const [proxy] = proxies;
      await isPushed(run);
      proxy.closeSockets();
      await isCut(run);
      await pay(5n);
      await isCredited(5n);
      await isPushed(run);
      // As a server does that goes down in order, with its frames lost before.
      proxy.freeze({ sockets: true });
      await pay(7n);
      proxy.freeze({ sockets: false });
      proxy.closeSockets(1_012);
      await isCut(run);
      await isPushed(run);
      await isCredited(12n);
      await soon(() => {
        expect(run.detector.status()).toMatchObject([{ push: 'alive', rpcs: [{ state: 'ok' }] }]);
      });
    });
  });

  test('F23 A23 nodes that are away for half an hour are one alarm, and everything is found after it', async () => {
    const { pay, proxies } = bench();
    const clock = createSteppedClock(systemClock.nowMs());
    await detecting(bench(), { clock, pollMs: 200, pushedPollMs: 200 }, async ({ lines }) => {
      const linesOf = (event: string): number => lines.filter((line) => line.event === event).length;
      for (const proxy of proxies) proxy.addFault({ method: '*', effect: { kind: 'drop' } });
      await eventually(
        async () => Promise.resolve(linesOf('chain.round_failed')),
        (count) => count > 0,
      );
      await pay(5n);
      for (let minutes = 0; minutes < 30; minutes += 10) {
        const before = proxies[0].calls();
        clock.step(10 * 60_000);
        await eventually(
          async () => Promise.resolve(proxies[0].calls()),
          (calls) => calls > before,
        );
      }
      await eventually(
        async () => Promise.resolve(linesOf('chain.unreadable')),
        (count) => count === 1,
      );
      for (const proxy of proxies) proxy.clearFaults();
      clock.step(60_000);
      await isCredited(5n);
      await eventually(
        async () => Promise.resolve(linesOf('chain.recovered')),
        (count) => count === 1,
      );
      expect(linesOf('chain.unreadable')).toBe(1);
    });
  });

  test('F48 deposits at the head do not wait for fifty thousand old blocks', async () => {
    const { balance, chain, pay, poolOf, round } = bench();
    // Anvil mines some ten blocks a second on a busy machine: there everything is a hundredth of its size.
    const isSmall = leg.name === 'anvil';
    const sizes = { windowBlocksStart: 100, windowBlocksMax: 100, backlogBlocks: 100, backlogWindows: 3 };
    const { blockNumber } = await pay(5n);
    await chain.mine(isSmall ? 500 : 50_000);
    await pay(7n);
    const pool = poolOf(2);
    const first = await round(pool, {}, isSmall ? sizes : undefined);
    expect(first).toMatchObject({ behind: true });
    expect(first.nextBlock).toBeLessThan((await chain.head()) - 100);
    // What lies at the head is credited with the first part of the old blocks, in which the first deposit is.
    expect(first.nextBlock).toBeGreaterThan(blockNumber);
    expect(await balance()).toBe(12n);
    let last = first;
    for (let rounds = 0; rounds < 10 && last.behind; rounds += 1)
      last = await round(pool, {}, isSmall ? sizes : undefined);
    expect(last).toMatchObject({ behind: false, nextBlock: (await chain.head()) + 1 });
    expect(await balance()).toBe(12n);
  });
});
