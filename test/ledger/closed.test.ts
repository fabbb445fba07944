/** Points in time: what is answered about one never changes, whoever writes beside it and however late. */
import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/core/clock.ts';
import { openDatabase, type DatabasePool } from '../../src/db/database.ts';
import { CLOSED_AFTER_MS, JUDGED_WITHIN_MS, waitUntilClosed } from '../../src/db/ledger/closed.ts';
import { LedgerConnection } from '../../src/db/ledger/connection.ts';
import { findEntry, findLastSeqBefore } from '../../src/db/ledger/entries.ts';
import { LedgerLane } from '../../src/db/ledger/lane.ts';
import { addWallet, auditWallet, connect, debitOf, depositOf } from '../support/ledger/wallets.ts';
import { createTestDatabase } from '../support/process/database.ts';
import { startNode } from '../support/process/processes.ts';
import { openTcpProxy, type TcpProxy } from '../support/process/tcp-proxy.ts';

const CHILD = 'test/support/ledger/child.ts';
let database: Awaited<ReturnType<typeof createTestDatabase>>;
let client: pg.Client;
let db: DatabasePool;
let wallets = 0;
const closing: (() => Promise<unknown>)[] = [];

async function newWallet(): Promise<string> {
  wallets += 1;
  return addWallet(client, `closed ${wallets}`);
}

function openLane(url: string, batchSizeMax = 100): LedgerLane {
  const lane = new LedgerLane({
    connection: new LedgerConnection(url, systemClock),
    clock: systemClock,
    deadlineMs: 20_000,
    limits: { batchSizeMax, queueLengthMax: 1_000, headsMax: 100 },
    onTrouble: () => undefined,
  });
  closing.push(async () => lane.stop());
  return lane;
}

async function openProxy(): Promise<TcpProxy> {
  const proxy = await openTcpProxy(database.appUrl);
  closing.push(async () => proxy.close());
  return proxy;
}

/** What the entries before a time add up to, once it is closed. */
async function availableBefore(wallet: string, atMs: number): Promise<bigint> {
  const before = new Date(atMs);
  await waitUntilClosed({ db, clock: systemClock }, wallet, before);
  return recordedBefore(wallet, before);
}

async function recordedBefore(wallet: string, before: Date): Promise<bigint> {
  return (await findEntry(db, wallet, await findLastSeqBefore(db, wallet, before)))?.available ?? 0n;
}

beforeAll(async () => {
  database = await createTestDatabase();
  client = await connect(database.ownerUrl);
  db = openDatabase(database.appUrl, 4);
});
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});
afterAll(async () => {
  await db.destroy();
  await client.end();
  await database.drop();
});

describe('S04 balance(T) + the entries of [T, U) = balance(U)', () => {
  it('while two processes write, for times that have just passed', async () => {
    const wallet = await newWallet();
    const children = [0, 1].map(() => startNode([CHILD, database.appUrl, wallet, 'load']));
    const answers: { atMs: number; available: bigint }[] = [];
    try {
      for (const child of children) await child.waitFor('done');
      for (let n = 0; n < 150; n += 1) {
        const atMs = Date.now() - (n % 4) * 3;
        answers.push({ atMs, available: await availableBefore(wallet, atMs) });
      }
    } finally {
      for (const { child, finished } of children) {
        child.kill('SIGKILL');
        await finished;
      }
    }
    const entries = await auditWallet(client, wallet);
    const sum = (fromMs: number, toMs: number): bigint =>
      entries.reduce(
        (all, { atMs, availableDelta }) => (atMs >= fromMs && atMs < toMs ? all + availableDelta : all),
        0n,
      );
    expect(new Set(answers.map(({ available }) => available)).size).toBeGreaterThan(20);
    let from = { atMs: 0, available: 0n };
    for (const to of answers) {
      expect([to.atMs, from.available + sum(from.atMs, to.atMs)]).toEqual([to.atMs, to.available]);
      from = to.atMs >= from.atMs ? to : from;
    }
  }, 60_000);
});

describe('S04 a write that reaches the database late', () => {
  it('gets another time, so that what was answered before stays true', async () => {
    const wallet = await newWallet();
    const proxy = await openProxy();
    const lane = openLane(proxy.url);
    await lane.submit(depositOf(wallet, 10n));
    const askedAtMs = Date.now();
    proxy.setPlan({ delayMs: CLOSED_AFTER_MS + 1_500 });
    const late = lane.submit(debitOf(wallet, 4n));
    await sleep(50);
    proxy.setPlan({});
    const answered = await availableBefore(wallet, askedAtMs + 500);
    expect(Date.now() - askedAtMs).toBeLessThan(CLOSED_AFTER_MS + 1_500);
    const { entries, replayed } = await late;
    expect([answered, replayed]).toEqual([10_000_000n, false]);
    expect(entries[0]?.atMs).toBeGreaterThan(askedAtMs + JUDGED_WITHIN_MS);
    expect(await recordedBefore(wallet, new Date(askedAtMs + 500))).toBe(answered);
    expect(await auditWallet(client, wallet)).toHaveLength(2);
  }, 30_000);

  it('or waits behind another one for long, is not written with the time of its arrival', async () => {
    const wallet = await newWallet();
    const proxy = await openProxy();
    const lane = openLane(proxy.url, 1);
    await lane.submit(depositOf(wallet, 10n));
    proxy.setPlan({ delayMs: 1_200 });
    const [first, second] = [lane.submit(debitOf(wallet, 1n)), lane.submit(debitOf(wallet, 2n))];
    await sleep(50);
    proxy.setPlan({});
    const [{ entries: early }, { entries: late }] = await Promise.all([first, second]);
    // One command is judged while the first is written, the other one after it.
    expect((late[0]?.atMs ?? 0) - (early[0]?.atMs ?? 0)).toBeLessThan(1_200);
    const third = lane.submit(debitOf(wallet, 3n));
    proxy.setPlan({ delayMs: 1_200 });
    const waiting = [lane.submit(debitOf(wallet, 1n)), lane.submit(debitOf(wallet, 1n))];
    const arrivedAtMs = Date.now();
    await sleep(50);
    proxy.setPlan({});
    await Promise.all([third, ...waiting]);
    const last = (await auditWallet(client, wallet)).at(-1);
    expect(last?.atMs).toBeGreaterThan(arrivedAtMs + 400);
  }, 30_000);
});

describe('S04 a quiet wallet', () => {
  it('is answered at once for times that are past, and after a bounded wait for the present', async () => {
    const wallet = await newWallet();
    const lane = openLane(database.appUrl);
    const { entries } = await lane.submit(depositOf(wallet, 10n));
    const atMs = entries[0]?.atMs ?? 0;
    const begun = Date.now();
    expect([await availableBefore(wallet, atMs), await availableBefore(wallet, atMs - 60_000)]).toEqual([0n, 0n]);
    expect(Date.now() - begun).toBeLessThan(1_000);
    expect(await availableBefore(wallet, atMs + 1)).toBe(10_000_000n);
    expect(Date.now() - atMs).toBeGreaterThanOrEqual(CLOSED_AFTER_MS);
    expect(Date.now() - atMs).toBeLessThan(CLOSED_AFTER_MS + 3_000);
  }, 20_000);

  it('is not closed while a transaction of a writer is open that began before', async () => {
    const wallet = await newWallet();
    const connection = new LedgerConnection(database.appUrl, systemClock);
    await connection.open();
    const atMs = Date.now() - 60_000;
    const state = { ended: false };
    const locked = connection.withLockedWallets([wallet], async () => {
      // Often enough that the server does not end it as idle.
      while (!state.ended) {
        await connection.findByKeys([]);
        await sleep(100);
      }
    });
    await expect
      .poll(async () => (await db.raw("SELECT FROM pg_stat_activity WHERE state = 'idle in transaction'")).rowCount)
      .toBeGreaterThan(0);
    let closed = false;
    const noteEnd = async (): Promise<void> => {
      await waitUntilClosed({ db, clock: systemClock }, wallet, new Date());
      closed = true;
    };
    const wait = noteEnd();
    // What began long after the time cannot bring an entry before it.
    await waitUntilClosed({ db, clock: systemClock }, wallet, new Date(atMs));
    await sleep(CLOSED_AFTER_MS + 1_000);
    expect(closed).toBe(false);
    state.ended = true;
    await Promise.all([locked, wait]);
    await connection.close();
  }, 30_000);
});
