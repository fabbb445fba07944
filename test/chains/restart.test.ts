/** Real nodes that are restarted under a detector which nothing but a push wakes. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { startAnvil, type Anvil } from '../../devnet/anvil.ts';
import type { DevChain } from '../../devnet/dev-chain.ts';
import { startEvmDevChain } from '../../devnet/evm-token.ts';
import { callRpc } from '../../devnet/json-rpc.ts';
import { findStarknetDevnet } from '../../devnet/starknet-binary.ts';
import { startStarknetDevnetChain } from '../../devnet/starknet-token.ts';
import { systemClock, type Clock } from '../../src/core/clock.ts';
import { toCount } from '../../src/core/integers.ts';
import { openDatabase, type DatabasePool } from '../../src/db/database.ts';
import { createTestDatabase } from '../support/process/database.ts';
import type { TestDatabase } from '../support/process/database-server.ts';
import {
  balanceOf,
  configOf,
  eventually,
  listAllDeposits,
  newOrg,
  runDetector,
  soon,
  type LogLine,
} from '../support/chains/bench.ts';

// The timetable would make good what a push missed.
vi.mock(import('../../detector/timetable.ts'), () => ({ startFloor: () => ({ stop: async () => Promise.resolve() }) }));

const NEVER_MS = 600_000_000;
/** Silence is noticed after half a minute of this clock. */
const TIMES_AS_FAST = 6;
const CREDITED_MS_MAX = 40_000;
const quickClock: Clock = {
  ...systemClock,
  after: (delayMs, callback) => systemClock.after(delayMs / TIMES_AS_FAST, callback),
};

let database: TestDatabase;
let db: DatabasePool;
beforeEach(async () => {
  database = await createTestDatabase();
  db = openDatabase(database.appUrl);
});
afterEach(async () => {
  await db.destroy();
  await database.drop();
});

/** Credits before and after the node was restarted, each by a push; nothing is lost, doubled or taken back. */
async function outlivesRestart(chain: DevChain, restart: () => Promise<void>): Promise<void> {
  const [sender = ''] = chain.accounts;
  await chain.faucet(sender, 1_000n);
  const org = await newOrg(db, chain.caip2, [sender]);
  // The first round reads what there is; what follows is told by pushes.
  const run = runDetector({
    chains: [configOf(chain, { finality: { kind: 'depth', blocks: 1 } })],
    databaseUrl: database.appUrl,
    clock: quickClock,
    pollMs: NEVER_MS,
    pushedPollMs: NEVER_MS,
  });
  const credits = async (amountMicros: bigint): Promise<void> => {
    const { txHash } = await chain.send({ from: sender, to: chain.creditsAddress, amountMicros });
    await eventually(
      async () => {
        await chain.mine();
        return (await listAllDeposits(db, chain.caip2)).find((row) => row.tx_hash === txHash)?.state;
      },
      (state) => state === 'credited',
      CREDITED_MS_MAX,
    );
  };
  const isPushed = async (): Promise<void> => {
    await eventually(
      async () => {
        await chain.mine();
        return run.detector.status();
      },
      ([status]) => status?.push === 'alive' && status.state === 'running',
    );
  };
  try {
    await credits(5n);
    await isPushed();
    await restart();
    await credits(7n);
    await isPushed();
    await credits(11n);
    expect(await balanceOf(db, org)).toBe(23n);
    const linesOf = (events: RegExp): LogLine[] => run.lines.filter(({ event }) => events.test(event));
    await soon(() => {
      expect(linesOf(/^deposit\.credited$/)).toHaveLength(3);
    });
    expect(linesOf(/reversed|frozen|orphaned/)).toEqual([]);
  } finally {
    await run.detector.stop();
  }
}

async function restartsAnvil(): Promise<void> {
  const chain = await startEvmDevChain({ blockTimeSeconds: 0 });
  let again: Anvil | undefined;
  try {
    await outlivesRestart(chain, async () => {
      const state = await callRpc(chain.rpcUrl, 'anvil_dumpState', []);
      await chain.stop();
      again = await startAnvil({ blockTimeSeconds: 0, port: toCount(new URL(chain.rpcUrl).port) });
      await callRpc(chain.rpcUrl, 'anvil_loadState', [state]);
    });
  } finally {
    await again?.stop();
    await chain.stop();
  }
}

async function restartsDevnet(path: string | undefined): Promise<void> {
  if (path === undefined) throw new Error('starknet-devnet was not found');
  const folder = mkdtempSync(join(tmpdir(), 'coffer-devnet-dump-'));
  const chain = await startStarknetDevnetChain({ path, blockTimeSeconds: 0, dumps: true });
  try {
    await outlivesRestart(chain, async () => {
      const dump = { path: join(folder, 'dump.json') };
      await callRpc(chain.rpcUrl, 'devnet_dump', dump);
      await callRpc(chain.rpcUrl, 'devnet_load', dump);
    });
  } finally {
    await chain.stop();
    rmSync(folder, { recursive: true });
  }
}

type Restart = readonly [string, () => Promise<void>];
const RESTARTS: Restart[] = [['anvil goes down and comes back with the chain that it had', restartsAnvil]];
const devnet = await findStarknetDevnet();
if (devnet !== undefined || process.env['COFFER_REQUIRE_STARKNET_DEVNET'] === '1') {
  RESTARTS.push([
    'starknet-devnet starts over and forgets it, on a connection that stays',
    async () => restartsDevnet(devnet),
  ]);
} else {
  console.log('detector-restart: no starknet-devnet binary here, so its leg is not in this run');
}

test.each(RESTARTS)('F27 a subscription is made again when %s', { timeout: 120_000 }, async (_, restarts) => {
  await expect(restarts()).resolves.toBeUndefined();
});
