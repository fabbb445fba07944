/** 200 transfers from 20 senders on each chain while the detector is killed at every failpoint and at random. */
import { randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DevChain } from '../../devnet/dev-chain.ts';
import { startWorld, type World } from '../../devnet/world.ts';
import { openDatabase, type DatabasePool } from '../../src/db/database.ts';
import { createTestDatabase } from '../support/process/database.ts';
import type { TestDatabase } from '../support/process/database-server.ts';
import { balanceOf, eventually, listAllDeposits, newOrg, verifyHashChains } from '../support/chains/bench.ts';
import { FAILPOINTS, prepareDetectorChild, type DetectorChild } from '../support/chains/child.ts';
import type { RunningProgram } from '../support/process/processes.ts';

const SENDERS = 20;
const TRANSFERS_PER_SENDER = 10;
const RANDOM_KILLS = 5;
const FUNDS_MICROS = 1_000_000_000n;

let world: World;
let database: TestDatabase;
let db: DatabasePool;
let child: DetectorChild;

beforeAll(async () => {
  database = await createTestDatabase();
  db = openDatabase(database.appUrl);
  world = await startWorld({ log: (line) => console.log(line) });
  child = prepareDetectorChild(world.chains, database.appUrl);
});
afterAll(async () => {
  await db?.destroy();
  await world?.stop();
  child?.removeFiles();
  await database?.drop();
});

/** Every sender sends its transfers one after the other; returns the sent amounts by transaction. */
async function sendAll(chain: DevChain, senders: readonly string[]): Promise<Map<string, bigint>> {
  const sent = new Map<string, bigint>();
  await Promise.all(
    senders.map(async (from, index) => {
      for (let round = 0; round < TRANSFERS_PER_SENDER; round += 1) {
        const amountMicros = BigInt(1 + round + index * 1_000);
        const { txHash } = await chain.send({ from, to: chain.creditsAddress, amountMicros });
        sent.set(txHash, amountMicros);
      }
    }),
  );
  return sent;
}

/** Kills the detector at each failpoint in turn and then at random; returns the last one, running. */
async function killRepeatedly(): Promise<RunningProgram> {
  for (const failpoint of FAILPOINTS) {
    child.arm(failpoint);
    const { finished } = child.start();
    expect((await finished).signal).toBe('SIGKILL');
    expect(child.isArmed(failpoint), `${failpoint} was hit`).toBe(false);
  }
  for (let kill = 0; kill < RANDOM_KILLS; kill += 1) {
    const running = child.start();
    await sleep(randomInt(1_000, 6_000));
    running.child.kill('SIGKILL');
    expect((await running.finished).signal).toBe('SIGKILL');
  }
  return child.start();
}

test('every transfer is credited exactly once, whenever the detector dies', async () => {
  const parties = await Promise.all(
    world.chains.map(async (chain) => {
      const senders = chain.accounts.slice(0, SENDERS);
      expect(senders.length).toBe(SENDERS);
      const before = await chain.balanceOf(chain.creditsAddress);
      for (const sender of senders) await chain.faucet(sender, FUNDS_MICROS);
      return { chain, senders, before, org: await newOrg(db, chain.caip2, senders) };
    }),
  );
  const sending = Promise.all(parties.map(async ({ chain, senders }) => sendAll(chain, senders)));
  const killing = killRepeatedly();
  const [sent, last] = await Promise.all([sending, killing]);
  try {
    for (const [index, { chain, org, before }] of parties.entries()) {
      const expected = sent[index] ?? new Map<string, bigint>();
      expect(expected.size).toBe(SENDERS * TRANSFERS_PER_SENDER);
      const deposits = await eventually(
        async () => listAllDeposits(db, chain.caip2),
        (rows) => rows.filter((row) => row.state === 'credited').length === expected.size,
        60_000,
      );
      expect(new Map(deposits.map((row) => [row.tx_hash, BigInt(row.amount)]))).toEqual(expected);
      const total = [...expected.values()].reduce((sum, amount) => sum + amount, 0n);
      expect((await chain.balanceOf(chain.creditsAddress)) - before).toBe(total);
      expect(await balanceOf(db, org)).toBe(total);
    }
  } finally {
    last.child.kill('SIGTERM');
    await last.finished;
  }
  const credits: { rows: { entries: string; deposits: string }[] } = await db.raw(
    "SELECT count(*) AS entries, count(DISTINCT deposit) AS deposits FROM entry WHERE type = 'DEPOSIT'",
  );
  const all = String(SENDERS * TRANSFERS_PER_SENDER * world.chains.length);
  expect(credits.rows).toEqual([{ entries: all, deposits: all }]);
  expect(await verifyHashChains(db)).toBe(SENDERS * TRANSFERS_PER_SENDER * world.chains.length);
});
