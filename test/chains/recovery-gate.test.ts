/** The detector while `coffer recover` is required: it reads and credits nothing, and then remembers nothing of before. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startEvmDevChain, type EvmDevChain } from '../../devnet/evm-token.ts';
import { openDatabase, type DatabasePool } from '../../src/db/database.ts';
import { endAllLeases } from '../../src/db/leases.ts';
import type { TestDatabase } from '../support/process/database-server.ts';
import { createTestDatabase } from '../support/process/database.ts';
import { queryRows } from '../support/process/query.ts';
import {
  balanceOf,
  configOf,
  eventually,
  listAllDeposits,
  newOrg,
  runDetector,
  soon,
} from '../support/chains/bench.ts';
import { giveAddress } from '../support/senders/addresses.ts';

const FUNDS = 1_000n;
/** Several rounds and renewals of the lease. */
const QUIET_MS = 4_000;

let chain: EvmDevChain;
let database: TestDatabase;
let db: DatabasePool;
let sender: string;
beforeAll(async () => {
  database = await createTestDatabase();
  db = openDatabase(database.ownerUrl, 2);
  chain = await startEvmDevChain();
  sender = chain.accounts[0] ?? '';
  await chain.faucet(sender, FUNDS);
}, 120_000);
afterAll(async () => {
  await db?.destroy();
  await chain?.stop();
  await database?.drop();
});

async function send(to: string, amountMicros: bigint): Promise<string> {
  return (await chain.send({ from: sender, to, amountMicros })).txHash;
}

async function credited(txHash: string): Promise<void> {
  await eventually(
    async () => {
      await chain.mine();
      return (await listAllDeposits(db, chain.caip2)).find((row) => row.tx_hash === txHash)?.state;
    },
    (state) => state === 'credited',
  );
}

const written = async (): Promise<unknown> =>
  (
    await queryRows(
      db,
      `SELECT (SELECT count(*)::integer FROM entry) AS entries, (SELECT count(*)::integer FROM deposit) AS deposits,
         (SELECT next_block::text FROM chain_cursor) AS next,
         (SELECT count(*)::integer FROM lease WHERE expires_at > clock_timestamp()) AS leases`,
    )
  ).rows[0];

test('it stops while recovery is required, and goes on after it', async () => {
  const org = await newOrg(db, chain.caip2, [sender]);
  let complete = true;
  const { detector } = runDetector({
    chains: [configOf(chain)],
    databaseUrl: database.appUrl,
    mayWork: () => complete,
  });
  try {
    await credited(await send(chain.creditsAddress, 1n));
    complete = false;
    await soon(() => {
      expect(detector.status()).toMatchObject([
        { state: 'standby', problem: 'the database has to be recovered first' },
      ]);
    });
    const late = await send(chain.creditsAddress, 2n);
    await chain.mine(5);
    // What was given up is not taken again: its lease ends by itself.
    await eventually(written, (state) => (state as { leases: number }).leases === 0);
    const before = await written();
    await new Promise((resolve) => setTimeout(resolve, QUIET_MS));
    expect(await written()).toEqual(before);
    complete = true;
    await credited(late);
    expect(await balanceOf(db, org)).toBe(3n);
  } finally {
    await detector.stop();
  }
}, 90_000);

test('an address with a number that was given before is watched, though it noticed nothing of the recovery', async () => {
  const { detector } = runDetector({ chains: [configOf(chain)], databaseUrl: database.appUrl });
  try {
    const lost = await newOrg(db, chain.caip2, []);
    const forgotten = `0x${'f1'.repeat(20)}`;
    await giveAddress(db, lost, 'eip155', forgotten);
    await credited(await send(forgotten, 1n));
    // As a restore and its recovery between two rounds: the address is gone, and its number is given again.
    await db.raw(`DELETE FROM deposit_address`);
    await db.raw(`UPDATE deposit_address_series SET last_number = 0`);
    await db.raw(`UPDATE chain_cursor SET watched_number = 0`);
    await endAllLeases(db, 'recovery:test');
    const org = await newOrg(db, chain.caip2, []);
    const address = `0x${'f2'.repeat(20)}`;
    await giveAddress(db, org, 'eip155', address);
    await credited(await send(address, 7n));
    expect(await balanceOf(db, org)).toBe(7n);
  } finally {
    await detector.stop();
  }
}, 90_000);
