/** Deposits to an org that is closed: they are set aside with their reason, and credited once when it is reopened. */
import { expect, test } from 'vitest';
import { uuidV7 } from '../../src/core/ids.ts';
import { lockOrg } from '../../src/db/access/orgs.ts';
import type { Database } from '../../src/db/database.ts';
import { closeOrg, reopenOrg } from '../../src/db/closing/orgs.ts';
import { assignByHand } from '../../src/db/deposits/acts.ts';
import { queryRows } from '../support/process/query.ts';
import { newOrg } from '../support/chains/bench.ts';
import { useRoundBench } from '../support/deposits/round-bench.ts';
import { giveAddress } from '../support/senders/addresses.ts';

const bench = useRoundBench();
const STRANGER = `0x${'5'.repeat(40)}`;
const CLOSING = { actor: 'cli:test', reason: 'they left' };

async function close(org: string): Promise<void> {
  await closeOrg(bench().db, { id: org, at: new Date(), ...CLOSING });
}

async function idOf(db: Database, chain: string, txHash: string): Promise<string> {
  const sql = 'SELECT id FROM deposit WHERE chain = ? AND tx_hash = ?';
  return (await queryRows<{ id: string }>(db, sql, [chain, txHash])).rows[0]?.id ?? '';
}

test('from a sender of its own, to its own address or assigned to it: none is credited until it is reopened', async () => {
  const { balance, caip2, chain, db, deposits, newOwner, round, sender } = bench();
  const own = `0x${'c1'.repeat(20)}`;
  const org = await newOwner();
  await giveAddress(db, org, 'eip155', own);
  chain.mineMany(3);
  await round();
  // It was on its way when the org was closed: nobody had decided its credit yet.
  chain.mine([{ txHash: '0x1', from: sender, amount: 5n }]);
  await round();
  await close(org);
  chain.mine([
    { txHash: '0x2', from: sender, amount: 7n },
    { txHash: '0x3', from: STRANGER, to: own, amount: 11n },
    { txHash: '0x4', from: STRANGER, amount: 13n },
  ]);
  chain.mineMany(400);
  for (let time = 0; time < 2; time += 1) {
    await round();
    expect(await deposits()).toMatchObject([
      { tx_hash: '0x1', state: 'unmatched', reason: 'org_closed' },
      { tx_hash: '0x2', state: 'unmatched', reason: 'org_closed' },
      { tx_hash: '0x3', state: 'unmatched', reason: 'org_closed' },
      { tx_hash: '0x4', state: 'unmatched', reason: 'unknown_sender' },
    ]);
  }
  const act = { actor: 'cli:test', words: 'theirs', at: new Date() };
  const last = { id: uuidV7(Date.now()), deposit: await idOf(db, caip2, '0x4'), ...act };
  await expect(assignByHand(db, { ...last, org }, () => true)).rejects.toThrow('the org is closed');
  // What is parked can be given to another org.
  const other = await newOrg(db, caip2, []);
  const first = { id: uuidV7(Date.now()), deposit: await idOf(db, caip2, '0x1'), ...act };
  await assignByHand(db, { ...first, org: other }, () => true);
  await round();
  expect([await balance(org), await balance(other)]).toEqual([0n, 5n]);

  await reopenOrg(db, org);
  await round();
  await round();
  expect(await deposits()).toMatchObject([
    { tx_hash: '0x1', state: 'credited' },
    { tx_hash: '0x2', state: 'credited' },
    { tx_hash: '0x3', state: 'credited' },
    { tx_hash: '0x4', state: 'unmatched' },
  ]);
  expect([await balance(org), await balance(other)]).toEqual([18n, 5n]);
});

test('an org that is closed between the finding of a deposit’s owner and the decision gets nothing', async () => {
  const { balance, chain, db, deposits, newOwner, round, sender } = bench();
  const org = await newOwner();
  chain.mineMany(3);
  chain.mine([{ txHash: '0x1', from: sender, amount: 5n }]);
  chain.mineMany(400);
  let running: Promise<void> | undefined;
  await db.transaction(async (trx) => {
    await lockOrg(trx, org);
    await trx.raw("UPDATE org SET suspended_at = now(), closed_at = now(), closed_reason = 'r' WHERE id = ?", [org]);
    // It finds the org open, and waits for its lock.
    running = round();
    await waitForLock(db);
  });
  await running;
  expect(await balance(org)).toBe(0n);
  await round();
  expect(await deposits()).toMatchObject([{ state: 'unmatched', reason: 'org_closed' }]);
  expect(await balance(org)).toBe(0n);
});

/** Waits until somebody waits for the lock of a row. */
async function waitForLock(db: Database): Promise<void> {
  const sql = `SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()`;
  await expect.poll(async () => (await queryRows(db, sql)).rows.length, { timeout: 10_000 }).toBeGreaterThan(0);
}
