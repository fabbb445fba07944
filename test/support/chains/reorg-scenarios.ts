/** Reorgs in every form that is known, as scenarios for every chain. */
import { expect } from 'vitest';
import { startRpcProxy, type RpcProxy } from '../../../devnet/rpc-proxy.ts';
import type { Detector } from '../../../detector/service.ts';
import type { ChainConfig } from '../../../src/config/file.ts';
import { walletId } from '../../../src/core/ids.ts';
import type { Database } from '../../../src/db/database.ts';
import { USD, type Bench, type Scenario } from './chain-bench.ts';
import { balanceOf, eventually, newOrg, type runDetector, soon } from './bench.ts';
import { queryRows } from '../process/query.ts';

/** Tolerates a rewrite of any depth here, and makes nothing in a scenario final by itself. */
export const PATIENT: Partial<ChainConfig> = { finality: { kind: 'depth', blocks: 200 }, reorgBlocksMax: 100_000 };
export const EAGER: Partial<ChainConfig> = { finality: { kind: 'depth', blocks: 3 }, reorgBlocksMax: 100_000 };

/** No pushes: the detector polls every half second. */
export const POLLING: Partial<ChainConfig> = { ...EAGER, wsUrl: undefined };

export interface Party {
  readonly sender: string;
  readonly org: string;
}

/** A funded account, registered for an org of its own. */
export async function newParty({ chain, db, takeAccount }: Bench): Promise<Party> {
  const sender = takeAccount();
  return { sender, org: await newOrg(db, chain.caip2, [sender]) };
}

/** Types of the entries of an org, in order. */
export async function entryTypes(db: Database, org: string): Promise<string[]> {
  const result = await queryRows<{ type: string }>(db, 'SELECT type FROM entry WHERE wallet = ? ORDER BY seq', [
    walletId({ kind: 'org', id: org }),
  ]);
  return result.rows.map(({ type }) => type);
}

/** The stored block numbers of a transaction's deposits. */
async function blocksOf({ db, chain }: Bench, txHash: string): Promise<number[]> {
  const result = await queryRows<{ block_number: number }>(
    db,
    'SELECT block_number::int FROM deposit WHERE chain = ? AND tx_hash = ?',
    [chain.caip2, txHash],
  );
  return result.rows.map((row) => row.block_number);
}

/** A transfer to the credits address. */
export async function send({ chain }: Bench, from: string, amountMicros: bigint): ReturnType<Bench['chain']['send']> {
  return chain.send({ from, to: chain.creditsAddress, amountMicros });
}

/** Waits until the transaction has a deposit. */
export async function isSeen({ depositsOf }: Bench, txHash: string): Promise<void> {
  await eventually(
    async () => depositsOf(txHash),
    (rows) => rows.length > 0,
  );
}

async function depthOf({ chain }: Bench, blockNumber: number): Promise<number> {
  return (await chain.head()) - blockNumber + 1;
}

async function forgetsOrphan(bench: Bench): Promise<void> {
  const { chain, db, reaches, detecting } = bench;
  const { sender, org } = await newParty(bench);
  await detecting(async () => {
    const { txHash, blockNumber } = await send(bench, sender, 5n);
    await isSeen(bench, txHash);
    await chain.reorg(await depthOf(bench, blockNumber));
    await reaches(txHash, 'orphaned');
    await chain.mine(2);
  }, PATIENT);
  await detecting(async () => {
    const later = await send(bench, sender, 7n);
    await reaches(later.txHash, 'credited');
  }, EAGER);
  expect([await balanceOf(db, org), await entryTypes(db, org)]).toEqual([7n, ['DEPOSIT']]);
}

async function followsMove(bench: Bench): Promise<void> {
  const { chain, db, reaches, detecting } = bench;
  const { sender, org } = await newParty(bench);
  await detecting(async () => {
    const { txHash, blockNumber } = await send(bench, sender, 6n);
    await isSeen(bench, txHash);
    await chain.mine();
    await chain.reorg(2, [{ txHash, offset: 1 }]);
    await chain.mine();
    const moved = await eventually(
      async () => blocksOf(bench, txHash),
      ([block]) => block !== blockNumber,
    );
    expect(moved).toEqual([blockNumber + 1]);
    expect(await reaches(txHash, 'credited')).toMatchObject([{ revision: 0, amount: '6' }]);
  }, EAGER);
  expect([await balanceOf(db, org), await entryTypes(db, org)]).toEqual([6n, ['DEPOSIT']]);
}

async function waitsWhileShorter(bench: Bench): Promise<void> {
  const { chain, db, depositsOf, reaches, detecting } = bench;
  const { sender, org } = await newParty(bench);
  await detecting(async ({ detector }) => {
    const { txHash } = await send(bench, sender, 9n);
    await isSeen(bench, txHash);
    await chain.mine(2);
    await eventually(
      async () => [detector.status()[0]?.headBlock, await chain.head()],
      ([read, head]) => read === head,
    );
    await chain.rollback(3);
    const [status] = await eventually(
      async () => Promise.resolve(detector.status()),
      ([one]) => one?.state === 'failing',
    );
    expect(status?.problem).toContain('was read before');
    expect(await depositsOf(txHash)).toMatchObject([{ entry_seq: null }]);
    expect((await depositsOf(txHash))[0]?.state).not.toBe('orphaned');
    // So far no other block replaced it. Once the chain is longer than before, its answers count again.
    await chain.mine(6);
    await reaches(txHash, 'orphaned');
    await isRunning(bench, detector);
  }, POLLING);
  expect([await balanceOf(db, org), await entryTypes(db, org)]).toEqual([0n, []]);
}

async function discardsTornRead(bench: Bench, name: { logs: string; pages: number }): Promise<void> {
  const { chain, db, depositsOf, reaches, detecting } = bench;
  const { sender, org } = await newParty(bench);
  const proxy = await startRpcProxy({ target: chain.rpcUrl, wsTarget: chain.wsUrl });
  try {
    await detecting(async (run) => {
      await hasCaughtUp(bench, run);
      const gate = proxy.gate(name.logs, name.pages);
      const lost = await send(bench, sender, 11n);
      await gate.reached;
      await chain.reorg(1);
      gate.open();
      const kept = await send(bench, sender, 13n);
      await reaches(kept.txHash, 'credited');
      expect(await depositsOf(lost.txHash)).toEqual([]);
    }, throughProxy(proxy));
  } finally {
    await proxy.stop();
  }
  expect([await balanceOf(db, org), await entryTypes(db, org)]).toEqual([13n, ['DEPOSIT']]);
}

/** The last read of the target still returns the old block; the next read corrects what is committed after it. */
async function healsAfterCommit(bench: Bench, name: { logs: string; blocks: string }): Promise<void> {
  const { chain, db, depositsOf, reaches, detecting } = bench;
  const { sender, org } = await newParty(bench);
  const proxy = await startRpcProxy({ target: chain.rpcUrl, wsTarget: chain.wsUrl });
  try {
    await detecting(async (run) => {
      await hasCaughtUp(bench, run);
      const reading = proxy.gate(name.logs);
      const lost = await send(bench, sender, 15n);
      await reading.reached;
      const looking = proxy.gate(name.blocks);
      reading.open();
      await looking.reached;
      await chain.reorg(1);
      looking.open();
      const kept = await send(bench, sender, 17n);
      await reaches(kept.txHash, 'credited');
      const gone = await depositsOf(lost.txHash);
      expect(gone.filter(({ state }) => state !== 'orphaned')).toEqual([]);
    }, throughProxy(proxy));
  } finally {
    await proxy.stop();
  }
  expect([await balanceOf(db, org), await entryTypes(db, org)]).toEqual([17n, ['DEPOSIT']]);
}

function throughProxy(proxy: RpcProxy): Partial<ChainConfig> {
  return { ...EAGER, rpcUrls: [proxy.rpcUrl], wsUrl: proxy.wsUrl };
}

/** Waits until a detector that reported trouble reads again. */
export async function isRunning({ chain }: Bench, { status }: Pick<Detector, 'status'>): Promise<void> {
  await eventually(
    async () => [status()[0]?.state, status()[0]?.headBlock, await chain.head()],
    ([state, read, head]) => state === 'running' && read === head,
  );
}

async function hasCaughtUp({ chain }: Bench, { detector }: ReturnType<typeof runDetector>): Promise<void> {
  await eventually(
    async () => [detector.status()[0]?.headBlock, await chain.head()],
    ([read, head]) => read === head,
  );
}

/** Reorgs happen faster than reads; in the end the books match the chain. */
async function convergesOnLoops(bench: Bench): Promise<void> {
  const { chain, db, reaches, detecting } = bench;
  const { sender, org } = await newParty(bench);
  const before = await chain.balanceOf(chain.creditsAddress);
  await detecting(async () => {
    const [first, second] = [await send(bench, sender, 100n), await send(bench, sender, 1_000n)];
    for (const offset of [1, 0, 1, 0]) {
      await chain.reorg(2, [{ txHash: first.txHash, offset }]);
      await chain.mine();
      await chain.reorg(3, [{ txHash: first.txHash, offset: 1 - offset }]);
      await chain.rollback(1);
    }
    expect((await chain.balanceOf(chain.creditsAddress)) - before).toBe(100n);
    await reaches(first.txHash, 'credited');
    const last = await send(bench, sender, 10_000n);
    await reaches(last.txHash, 'credited');
    const states = (await bench.depositsOf(second.txHash)).map(({ state }) => state);
    expect(states.filter((state) => state !== 'orphaned')).toEqual([]);
  }, EAGER);
  const [balance, types] = [await balanceOf(db, org), await entryTypes(db, org)];
  expect(balance).toBe((await chain.balanceOf(chain.creditsAddress)) - before);
  const [posted, reversed] = ['DEPOSIT', 'DEPOSIT_REVERSAL'].map((type) => types.filter((one) => one === type).length);
  expect((posted ?? 0) - (reversed ?? 0)).toBe(2);
}

async function readsPastOverlap(bench: Bench, depth: number): Promise<void> {
  const { chain, db, reaches, detecting } = bench;
  const [lost, kept] = [await newParty(bench), await newParty(bench)];
  const wide = { finality: { kind: 'depth', blocks: depth + 1_000 }, reorgBlocksMax: 100_000 } as const;
  await detecting(async ({ detector, lines }) => {
    const gone = await send(bench, lost.sender, 3n);
    const stays = await send(bench, kept.sender, 4n);
    await chain.mine(depth - 2);
    await hasCaughtUp(bench, { detector, lines });
    await chain.reorg(depth, [{ txHash: stays.txHash, offset: 7 }]);
    await reaches(gone.txHash, 'orphaned');
    expect(await blocksOf(bench, stays.txHash)).toEqual([gone.blockNumber + 7]);
    await soon(() => {
      const rewound = lines.findLast(({ event }) => event === 'chain.rewound');
      expect(rewound?.['toBlock']).toBeLessThan(gone.blockNumber);
      expect(rewound?.['toBlock']).toBeGreaterThan(0);
    });
  }, wide);
  await detecting(async () => {
    const stays = await eventually(
      async () => balanceOf(db, kept.org),
      (balance) => balance === 4n,
    );
    expect(stays).toBe(4n);
  }, EAGER);
  expect([await balanceOf(db, lost.org), await entryTypes(db, lost.org)]).toEqual([0n, []]);
  expect(await entryTypes(db, kept.org)).toEqual(['DEPOSIT']);
}

async function seesMints(bench: Bench): Promise<void> {
  const { chain, db, depositsOf, reaches, detecting } = bench;
  const { sender, org } = await newParty(bench);
  await detecting(async () => {
    const minted = await chain.faucet(chain.creditsAddress, 2n * USD);
    const burned = await chain.burn(chain.creditsAddress, USD);
    const real = await send(bench, sender, 3n);
    await reaches(real.txHash, 'credited');
    expect(await reaches(minted, 'unmatched')).toMatchObject([
      { reason: 'minted', amount: '2000000', entry_seq: null },
    ]);
    expect(await depositsOf(burned.txHash)).toEqual([]);
  }, EAGER);
  expect([await balanceOf(db, org), await entryTypes(db, org)]).toEqual([3n, ['DEPOSIT']]);
}

async function ignoresReverted(bench: Bench): Promise<void> {
  const { chain, db, depositsOf, reaches, detecting } = bench;
  const { sender, org } = await newParty(bench);
  await detecting(async () => {
    const reverted = await chain.sendReverted({ from: sender, to: chain.creditsAddress, amountMicros: USD });
    const real = await send(bench, sender, 2n);
    await reaches(real.txHash, 'credited');
    expect(await depositsOf(reverted.txHash)).toEqual([]);
  }, EAGER);
  expect([await balanceOf(db, org), await entryTypes(db, org)]).toEqual([2n, ['DEPOSIT']]);
}

/**
 * The scenarios for every chain.
 * @param names the chain's methods; `pages` is how many answers with logs one read takes.
 * @param deep the depth of the deepest rewrite, beyond the overlap of every read; leave it out where blocks do not name
 *   their parents.
 */
export function reorgScenarios(names: { logs: string; blocks: string; pages: number }, deep?: number): Scenario[] {
  const past: Scenario[] =
    deep === undefined
      ? []
      : [
          [
            'F04 a rewrite deeper than the overlap is read from its ancestor',
            async (bench) => readsPastOverlap(bench, deep),
          ],
        ];
  return [
    ['F01 A11 a transfer that leaves the chain before it is final posts nothing', forgetsOrphan],
    ['F02 A11 a transaction that comes back in another block is one deposit, credited once', followsMove],
    ...past,
    ['F06 a chain that is shorter than it was is waited for', waitsWhileShorter],
    ['F08 a reorg between two pages spoils the read', async (bench) => discardsTornRead(bench, names)],
    ['F09 a reorg between read and commit is healed', async (bench) => healsAfterCommit(bench, names)],
    ['F10 A11 reorgs in a row end at what the chain holds', convergesOnLoops],
    ['F36 a mint belongs to nobody, a burn is no deposit', seesMints],
    ['A01 a reverted transfer credits nothing, whatever else its receipt holds', ignoresReverted],
  ];
}
