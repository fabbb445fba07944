/**
 * The build before this one beside this one, on one chain and one database, as in a rolling deployment: the older code is
 * taken from the repository's history and runs as a process of its own.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { EvmDevChain } from '../../devnet/evm-token.ts';
import { startWorld, type World } from '../../devnet/world.ts';
import { depositId, ledgerKey } from '../../src/core/ids.ts';
import { openDatabase, type DatabasePool } from '../../src/db/database.ts';
import { createTestDatabase } from '../support/process/database.ts';
import type { TestDatabase } from '../support/process/database-server.ts';
import { balanceOf, eventually, listAllDeposits, newOrg, verifyHashChains } from '../support/chains/bench.ts';
import { prepareDetectorChild, type DetectorChild } from '../support/chains/child.ts';
import { unpackOlderBuild, type OlderBuild } from '../support/process/older-build.ts';
import type { RunningProgram } from '../support/process/processes.ts';

const USD = 1_000_000n;
/** What is sent is above what counts as dust. */
const CENT = 10_000n;
let world: World;
let chain: EvmDevChain;
let database: TestDatabase;
let db: DatabasePool;
let older: OlderBuild;
let child: DetectorChild;
let running: RunningProgram[] = [];
let taken = 0;

beforeAll(async () => {
  older = unpackOlderBuild();
  database = await createTestDatabase();
  db = openDatabase(database.appUrl);
  world = await startWorld({ starknet: false, blockTimeSeconds: 0 });
  if (!world.evm) throw new Error('anvil did not start');
  chain = world.evm;
  child = prepareDetectorChild([chain], database.appUrl);
}, 60_000);
afterAll(async () => {
  await world.stop();
  await db.destroy();
  await database.drop();
  child.removeFiles();
  older.remove();
});

type Build = 'older' | 'newer';
const start = (build: Build): RunningProgram => {
  const program = child.start(build === 'older' ? { program: older.program } : {});
  running.push(program);
  return program;
};
async function stopAll(): Promise<void> {
  for (const { child: one } of running) one.kill('SIGTERM');
  await Promise.all(running.map(async ({ finished }) => finished));
  running = [];
}

/** A sender with money that is an org's, and the org. */
async function takeSender(): Promise<{ readonly sender: string; readonly org: string }> {
  const sender = chain.accounts[taken] ?? '';
  taken += 1;
  await chain.faucet(sender, 1_000n * USD);
  return { sender, org: await newOrg(db, chain.caip2, [sender]) };
}

const pay = async (sender: string, amountMicros: bigint): Promise<string> =>
  (await chain.send({ from: sender, to: chain.creditsAddress, amountMicros })).txHash;

async function reachesCredited(txHash: string): Promise<void> {
  await eventually(
    async () => {
      await chain.mine();
      return (await listAllDeposits(db, chain.caip2)).find((row) => row.tx_hash === txHash)?.state;
    },
    (state) => state === 'credited',
  );
}

/** The entries of a transaction's deposit, by the key that identity and revision give it. */
async function entriesOf(txHash: string): Promise<unknown[]> {
  const id = depositId({ chain: chain.caip2, token: chain.usdc, txHash, ordinal: 0 });
  const found: { rows: { deposit: string; key: string }[] } = await db.raw(
    'SELECT e.deposit, e.key FROM entry e WHERE e.reference = ? ORDER BY seq',
    [txHash],
  );
  return found.rows.map(({ deposit, key }) => [deposit === id, key === ledgerKey('deposit', `${id}:0`)]);
}

describe('F31 an older and the newer', () => {
  test.each<[Build, Build]>([
    ['older', 'newer'],
    ['newer', 'older'],
  ])(
    'the %s build dies between entry and status, and the %s build ends what it began',
    async (first, second) => {
      const { sender, org } = await takeSender();
      const txHash = await pay(sender, 5n * CENT);
      child.arm('detector.between-entry-and-status');
      const dying = start(first);
      const signal = await eventually(
        async () => {
          await chain.mine();
          return dying.child.signalCode;
        },
        (code) => code !== null,
      );
      expect(signal).toBe('SIGKILL');
      expect(await balanceOf(db, org)).toBe(5n * CENT);
      start(second);
      await reachesCredited(txHash);
      await stopAll();
      expect(await entriesOf(txHash)).toEqual([[true, true]]);
      expect(await balanceOf(db, org)).toBe(5n * CENT);
    },
    60_000,
  );

  test('one beside the other: leadership passes to and fro, and each deposit is credited once', async () => {
    const { sender, org } = await takeSender();
    const hashes: string[] = [];
    for (const builds of [
      ['older', 'newer'],
      ['newer', 'older'],
      ['older', 'newer'],
    ] as const) {
      const [leader] = builds.map(start);
      hashes.push(await pay(sender, 3n * CENT));
      await reachesCredited(hashes.at(-1) ?? '');
      // The other one is there already, and takes over within the lease's life.
      leader?.child.kill('SIGKILL');
      hashes.push(await pay(sender, 4n * CENT));
      await reachesCredited(hashes.at(-1) ?? '');
      await stopAll();
    }
    for (const txHash of hashes) expect(await entriesOf(txHash)).toEqual([[true, true]]);
    expect(await balanceOf(db, org)).toBe(21n * CENT);
    expect(await verifyHashChains(db)).toBeGreaterThanOrEqual(hashes.length);
  }, 120_000);
});
