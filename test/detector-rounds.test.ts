/** Rounds of scan and credit on a chain that a test rewrites by hand. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { buildContext, type ChainContext } from '../detector/context.ts';
import { creditDeposits, driveCredits } from '../detector/credit.ts';
import { reverseOrphans } from '../detector/reverse.ts';
import { ChainScan, NodeBehind } from '../detector/scan.ts';
import { systemClock } from '../src/core/clock.ts';
import { ORDER_OPEN_MS } from '../src/core/packs.ts';
import { uuidV7 } from '../src/core/ids.ts';
import { openDatabase, type Database } from '../src/db/database.ts';
import { acquireLease, LeaseLost, releaseLease, withLease, type Lease } from '../src/db/leases.ts';
import { openLedgerWriter, type LedgerWriter } from '../src/db/ledger-writer.ts';
import { openPackOrder } from '../src/db/pack-orders.ts';
import { createTestDatabase } from './support/database.ts';
import type { TestDatabase } from './support/database-server.ts';
import {
  balanceOf,
  bind,
  listAllDeposits,
  newOrg,
  verifyHashChains,
  type DepositRow,
} from './support/detector-bench.ts';
import { CREDITS, MemoryChain, TOKEN } from './support/memory-chain.ts';

const USD = 1_000_000n;
let database: TestDatabase;
let db: Database;
let ledger: LedgerWriter;
let chainNumber = 0;
let caip2: string;
let chain: MemoryChain;
let context: ChainContext;
let scan: ChainScan;
let lease: Lease;
let sender: string;

beforeAll(async () => {
  database = await createTestDatabase();
  db = openDatabase(database.appUrl);
  ledger = openLedgerWriter({ url: database.appUrl, clock: systemClock, deadlineMs: 10_000 });
});
afterAll(async () => {
  await ledger?.stop();
  await db?.destroy();
  await database?.drop();
});

/** Every test has a chain and a sender of its own. */
beforeEach(async () => {
  chainNumber += 1;
  caip2 = `eip155:${chainNumber}`;
  sender = `0x${chainNumber.toString(16).padStart(40, 'd')}`;
  chain = new MemoryChain();
  const quiet = () => undefined;
  context = buildContext(
    {
      caip2,
      rpcUrls: [],
      tokens: [{ address: TOKEN, decimals: 6 }],
      creditsAddress: CREDITS,
      startBlock: 0,
      finality: { kind: 'depth', blocks: 2 },
      caps: { perDepositUsd: 100n * USD, outstandingUsd: 150n * USD },
    },
    { senderPolicy: 'first_come', db, ledger, clock: systemClock, log: { info: quiet, warn: quiet, error: quiet } },
  );
  scan = new ChainScan(context);
  lease = await lead('one');
});
afterEach(async () => {
  await verifyHashChains(db);
});

async function lead(holder: string): Promise<Lease> {
  const taken = await acquireLease(db, { name: `chain:${caip2}`, holder, ttlMs: 60_000 });
  if (!taken) throw new Error('the lease is taken');
  return taken;
}

/** One round as the worker runs it. */
async function round(): Promise<void> {
  await driveCredits(context, lease, undefined);
  await reverseOrphans(context, lease);
  const reach = await scan.run(chain, lease, true);
  await creditDeposits(context, chain, lease, reach);
}

async function deposits(): Promise<Pick<DepositRow, 'tx_hash' | 'state' | 'amount' | 'revision' | 'reason'>[]> {
  const rows = await listAllDeposits(db, caip2);
  return rows.map(({ tx_hash, state, amount, revision, reason }) => ({ tx_hash, state, amount, revision, reason }));
}

describe('a chain that rewrites its blocks', () => {
  test('the same transaction in another block is the same money', async () => {
    const org = await newOrg(db, caip2, [sender]);
    chain.mineMany(3);
    chain.mine([{ txHash: '0x1', from: sender, amount: 5n }]);
    await round();
    chain.drop(1);
    chain.mine([], 'other');
    chain.mine([{ txHash: '0x1', from: sender, amount: 5n }], 'other');
    chain.mineMany(2, 'other');
    await round();
    expect(await deposits()).toMatchObject([{ state: 'credited', revision: 0 }]);
    expect(await balanceOf(db, org)).toBe(5n);
  });

  test('two blocks with one hash and different transfers are told apart', async () => {
    const org = await newOrg(db, caip2, [sender]);
    chain.mine([{ txHash: '0x1', from: sender, amount: 5n }]);
    await round();
    chain.drop(1);
    chain.mine([{ txHash: '0x2', from: sender, amount: 7n }]);
    chain.mineMany(2);
    await round();
    expect(await deposits()).toMatchObject([
      { tx_hash: '0x1', state: 'orphaned' },
      { tx_hash: '0x2', state: 'credited' },
    ]);
    expect(await balanceOf(db, org)).toBe(7n);
  });

  test('credited money that leaves is reversed, and credited anew under the next revision when it returns', async () => {
    const org = await newOrg(db, caip2, [sender]);
    const transfer = { txHash: '0x1', from: sender, amount: 5n };
    chain.mine([transfer]);
    chain.mineMany(2);
    await round();
    expect(await balanceOf(db, org)).toBe(5n);
    chain.drop(3);
    chain.mineMany(4, 'other');
    await round();
    await round();
    expect(await deposits()).toMatchObject([{ state: 'reversed', revision: 1 }]);
    expect(await balanceOf(db, org)).toBe(0n);
    chain.mine([transfer], 'other');
    chain.mineMany(2, 'other');
    await round();
    expect(await deposits()).toMatchObject([{ state: 'credited', revision: 1 }]);
    expect(await balanceOf(db, org)).toBe(5n);
  });

  test('credited money whose amount changes with the rewrite ends as what the chain says now', async () => {
    const org = await newOrg(db, caip2, [sender]);
    chain.mine([{ txHash: '0x1', from: sender, amount: 5n }]);
    chain.mineMany(2);
    await round();
    chain.drop(3);
    chain.mine([{ txHash: '0x1', from: sender, amount: 9n }], 'other');
    chain.mineMany(3, 'other');
    await round();
    await round();
    expect(await deposits()).toMatchObject([{ state: 'credited', amount: '9', revision: 1 }]);
    expect(await balanceOf(db, org)).toBe(9n);
  });

  test('a rewrite deeper than the overlap is read from the ancestor on', async () => {
    const org = await newOrg(db, caip2, [sender]);
    chain.mineMany(20);
    await round();
    chain.mine([{ txHash: '0x1', from: sender, amount: 5n }]);
    chain.mineMany(400);
    await round();
    chain.drop(401);
    chain.mineMany(100, 'other');
    chain.mine([{ txHash: '0x2', from: sender, amount: 7n }], 'other');
    chain.mineMany(350, 'other');
    await round();
    await round();
    expect(await deposits()).toMatchObject([
      { tx_hash: '0x1', state: 'reversed' },
      { tx_hash: '0x2', state: 'credited' },
    ]);
    expect(await balanceOf(db, org)).toBe(7n);
  });

  test('a lower head is a node behind, and nothing is concluded from it', async () => {
    await newOrg(db, caip2, [sender]);
    chain.mine([{ txHash: '0x1', from: sender, amount: 5n }]);
    chain.mineMany(1);
    await round();
    chain.drop(2);
    chain.mine([], 'other');
    await expect(round()).rejects.toThrow(NodeBehind);
    expect(await deposits()).toMatchObject([{ state: 'confirming' }]);
  });
});

describe('what is credited, and when', () => {
  test('large deposits and those past the cap of the chain wait for hard finality', async () => {
    const org = await newOrg(db, caip2, [sender]);
    chain.mine([
      { txHash: '0x1', from: sender, amount: 101n * USD },
      { txHash: '0x2', from: sender, amount: 100n * USD },
      { txHash: '0x3', from: sender, amount: 100n * USD },
    ]);
    chain.mineMany(2);
    await round();
    const waiting = (await deposits()).filter(({ state }) => state === 'confirming').map(({ reason }) => reason);
    expect(new Set(waiting)).toEqual(new Set(['above_chain_cap', 'above_deposit_cap']));
    expect(await balanceOf(db, org)).toBe(100n * USD);
    chain.hardFinalHeight = 0;
    await round();
    expect((await deposits()).every(({ state }) => state === 'credited')).toBe(true);
    expect(await balanceOf(db, org)).toBe(301n * USD);
  });

  test('a receipt that says otherwise stops the credit', async () => {
    const org = await newOrg(db, caip2, [sender]);
    chain.mine([{ txHash: '0x1', from: sender, amount: 5n }]);
    chain.mineMany(2);
    chain.failing.add('0x1');
    await round();
    expect(await balanceOf(db, org)).toBe(0n);
    chain.failing.clear();
    await round();
    expect(await balanceOf(db, org)).toBe(5n);
  });

  test('the first deposit that is enough pays the oldest open order, once, and brings its gift cards', async () => {
    const org = await newOrg(db, caip2, [sender]);
    const openedAt = new Date(Date.now() - 2_000_000);
    const expiresAt = new Date(openedAt.getTime() + ORDER_OPEN_MS);
    const order = {
      id: uuidV7(Date.now()),
      org,
      pack: 'starter',
      priceMicros: 5n * USD,
      freeGiftCards: 2,
      openedAt,
      expiresAt,
    };
    await db.transaction(async (trx) => openPackOrder(trx, order));
    chain.mine([{ txHash: '0x1', from: sender, amount: 4n * USD }]);
    chain.mine([{ txHash: '0x2', from: sender, amount: 6n * USD }]);
    chain.mine([{ txHash: '0x3', from: sender, amount: 6n * USD }]);
    chain.mineMany(2);
    await round();
    const entries: { rows: { reference: string; gift_delta: number; pack_order: string | null }[] } = await db.raw(
      `SELECT reference, gift_delta, pack_order FROM entry WHERE type = 'DEPOSIT' AND pack_order IS NOT NULL`,
    );
    expect(entries.rows).toEqual([{ reference: '0x2', gift_delta: 2, pack_order: order.id }]);
    expect(await balanceOf(db, org)).toBe(16n * USD);
  });

  test('a sender that moved after the deposit leaves it with the owner of then', async () => {
    const org = await newOrg(db, caip2, []);
    await bind(db, org, caip2, sender);
    await db.raw("UPDATE sender SET bound_at = bound_at - interval '1 day', unbound_at = now() WHERE org = ?", [org]);
    const other = await newOrg(db, caip2, [sender]);
    chain.mine([{ txHash: '0x1', from: sender, amount: 5n }]);
    chain.mineMany(2);
    await round();
    expect([await balanceOf(db, org), await balanceOf(db, other)]).toEqual([5n, 0n]);
  });

  test('thousands of deposits take seconds', async () => {
    const org = await newOrg(db, caip2, [sender]);
    const count = 2_000;
    const transfers = Array.from({ length: count }, (_, index) => ({ txHash: `0x${index}`, from: sender, amount: 1n }));
    chain.mine(transfers);
    chain.mineMany(2);
    const startMs = Date.now();
    await round();
    expect(await balanceOf(db, org)).toBe(BigInt(count));
    expect(Date.now() - startMs).toBeLessThan(15_000);
  });
});

describe('leadership', () => {
  test('an ex-leader writes nothing, and the new one does', async () => {
    const org = await newOrg(db, caip2, [sender]);
    chain.mine([{ txHash: '0x1', from: sender, amount: 5n }]);
    chain.mineMany(2);
    await releaseLease(db, lease);
    const next = await lead('two');
    await expect(round()).rejects.toThrow(LeaseLost);
    expect(await deposits()).toEqual([]);
    lease = next;
    await round();
    expect(await balanceOf(db, org)).toBe(5n);
  });

  test('a lease cannot be taken while a write under it is open, nor while it is held', async () => {
    const holder = { name: `chain:${caip2}`, holder: 'two', ttlMs: 60_000 };
    expect(await acquireLease(db, holder)).toBeUndefined();
    await releaseLease(db, lease);
    let taken = false;
    const take = async (): Promise<void> => {
      await acquireLease(db, holder);
      taken = true;
    };
    const { taking } = await withLease(db, lease, async () => {
      const attempt = take();
      await new Promise((resolve) => {
        setTimeout(resolve, 300);
      });
      expect(taken).toBe(false);
      return { taking: attempt };
    });
    await taking;
    expect(taken).toBe(true);
  });

  test('renewing keeps the fence; a new holder gets a higher one', async () => {
    const again = await lead('one');
    expect(again.fence).toBe(lease.fence);
    await releaseLease(db, lease);
    expect(BigInt((await lead('two')).fence)).toBe(BigInt(lease.fence) + 1n);
  });
});
