import type pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import { systemClock } from '../../src/core/clock.ts';
import type { Entry } from '../../src/core/ledger/entry.ts';
import { openDatabase } from '../../src/db/database.ts';
import { Batch } from '../../src/db/ledger/batch.ts';
import type { Pending } from '../../src/db/ledger/submission.ts';
import { LedgerConnection } from '../../src/db/ledger/connection.ts';
import { RowCountMismatch } from '../../src/db/ledger/failures.ts';
import { HeadCache } from '../../src/db/ledger/head-cache.ts';
import { LedgerLane } from '../../src/db/ledger/lane.ts';
import { verifyLedger } from '../../src/db/ledger/verify.ts';
import type { Outcome, Submission } from '../../src/db/ledger/submission.ts';
import { ContendedConnection } from '../support/ledger/contended-connection.ts';
import { asAdmin } from '../support/process/database-server.ts';
import { createTestDatabase } from '../support/process/database.ts';
import { addWallet, auditWallet, connect, debitOf, depositOf } from '../support/ledger/wallets.ts';

/** A fail-over to a replica that lags, as the writer sees it: rows that were committed and answered are gone. */

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let client: pg.Client;
let adminUrl: string;
let wallets = 0;
const closing: (() => Promise<unknown>)[] = [];

/** Notes why writes were refused. */
class WatchedConnection extends LedgerConnection {
  readonly refusals: unknown[] = [];

  override async append(...args: Parameters<LedgerConnection['append']>): Promise<void> {
    return super.append(...args).catch((error: unknown) => {
      this.refusals.push(error);
      throw error;
    });
  }
}

function openLane<T extends LedgerConnection>(connection: T, deadlineMs = 20_000): { lane: LedgerLane; connection: T } {
  const lane = new LedgerLane({
    connection,
    clock: systemClock,
    deadlineMs,
    limits: { batchSizeMax: 100, queueLengthMax: 1_000, headsMax: 100 },
    onTrouble: () => undefined,
  });
  closing.push(async () => lane.stop());
  return { lane, connection };
}

const openWatched = (): { lane: LedgerLane; connection: WatchedConnection } =>
  openLane(new WatchedConnection(database.appUrl, systemClock));

async function newWallet(): Promise<string> {
  wallets += 1;
  return addWallet(client, `failover ${wallets}`);
}

/** Ten dollars and five debits of one: seq 6. */
async function spend(lane: LedgerLane, wallet: string): Promise<void> {
  await lane.submit(depositOf(wallet, 10n));
  for (let n = 0; n < 5; n += 1) await lane.submit(debitOf(wallet, 1n));
}

/** What the replica never got: debits that left something in the lot they drew on, and so changed no other row. */
async function lose(wallet: string, afterSeq: number): Promise<void> {
  await asAdmin(adminUrl, [
    'SET session_replication_role = replica',
    `DELETE FROM entry WHERE wallet = '${wallet}' AND seq > ${afterSeq}`,
  ]);
}

async function killConnections(): Promise<void> {
  await asAdmin(adminUrl, [
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE application_name = 'coffer ledger writer' AND datname = current_database()`,
  ]);
}

/** The wallet's entries, in a ledger that verifies. */
async function proven(wallet: string): Promise<Entry[]> {
  const db = openDatabase(database.appUrl, 1);
  const { faults } = await verifyLedger(db);
  await db.destroy();
  expect(faults).toEqual([]);
  return auditWallet(client, wallet);
}

const seqsOf = (outcomes: readonly Outcome[]): (number | undefined)[] => outcomes.map(({ entries }) => entries[0]?.seq);

const holdOf = (wallet: string): Submission => ({
  ...debitOf(wallet, 1n),
  command: { op: 'hold', service: 'AI_API', amountMicros: 1_000_000n, gift: false, durationMs: 60_000 },
});

beforeAll(async () => {
  database = await createTestDatabase();
  client = await connect(database.ownerUrl);
  const admin = new URL(inject('databaseServer').adminUrl);
  admin.pathname = new URL(database.ownerUrl).pathname;
  adminUrl = admin.href;
});

afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

afterAll(async () => {
  await client.end();
  await database.drop();
});

describe('a fail-over that ends the connection', () => {
  it('is followed by the next number that is really there, for wallets that no command was under way for', async () => {
    const [lost, other] = [await newWallet(), await newWallet()];
    const { lane, connection } = openWatched();
    await spend(lane, lost);
    await lane.submit(depositOf(other, 10n));
    await lose(lost, 3);
    await killConnections();
    await expect.poll(() => connection.isOpen).toBe(false);
    // The other wallet's command finds the connection gone, and opens it anew.
    await lane.submit(debitOf(other, 1n));
    expect(seqsOf([await lane.submit(debitOf(lost, 1n))])).toEqual([4]);
    expect(await proven(lost)).toHaveLength(4);
    // The heads were read anew: no write had to be refused for them.
    expect(connection.refusals.filter((error) => error instanceof RowCountMismatch)).toEqual([]);
  });

  it('with many commands in flight: each is done once, without a gap', async () => {
    const both = [await newWallet(), await newWallet()];
    const { lane } = openWatched();
    for (const wallet of both) await lane.submit(depositOf(wallet, 200n));
    const asked = Array.from({ length: 120 }, (_, n) => debitOf(both[n % 2] ?? '', 1n));
    const asking = asked.map(async (one) => lane.submit(one));
    await Promise.race(asking);
    await killConnections();
    const [first = ''] = both;
    const before = await Promise.all(asking);
    await lose(first, 11);
    await killConnections();
    const again = await Promise.all(asked.map(async (one) => lane.submit(one)));
    expect(seqsOf(again).filter((seq) => seq === undefined)).toEqual([]);
    expect(again.filter(({ replayed }) => replayed)).toHaveLength(70);
    expect(before).toHaveLength(120);
    for (const wallet of both) {
      const entries = await proven(wallet);
      expect(entries).toHaveLength(61);
      expect(new Set(entries.map(({ key }) => key)).size).toBe(61);
    }
  });
});

describe('a fail-over that a pooler hides', () => {
  it.each([
    ['entries alone', (wallet: string) => debitOf(wallet, 1n)],
    ['entries with a lot', (wallet: string) => depositOf(wallet, 1n)],
    ['entries with a hold', holdOf],
  ])('is refused by the write itself, and done on what is there (%s)', async (_, ask) => {
    const [lost, other] = [await newWallet(), await newWallet()];
    const { lane, connection } = openWatched();
    await lane.submit(depositOf(other, 10n));
    await spend(lane, lost);
    await lose(lost, 3);
    const outcomes = await Promise.all([ask(other), ask(lost), debitOf(lost, 1n)].map(async (one) => lane.submit(one)));
    expect(seqsOf(outcomes)).toEqual([2, 4, 5]);
    expect(connection.refusals).toHaveLength(1);
    expect(connection.epoch).toBe(2);
    expect(await proven(lost)).toHaveLength(5);
    expect(await proven(other)).toHaveLength(2);
  });

  it('also where the first to be written is a wallet that lost nothing', async () => {
    const [lost, other] = [await newWallet(), await newWallet()];
    const { lane, connection } = openWatched();
    await lane.submit(depositOf(other, 10n));
    await spend(lane, lost);
    await lose(lost, 3);
    expect(seqsOf([await lane.submit(debitOf(other, 1n))])).toEqual([2]);
    expect(connection.refusals).toEqual([expect.any(RowCountMismatch)]);
    expect(seqsOf([await lane.submit(debitOf(lost, 1n))])).toEqual([4]);
    expect(connection.refusals).toHaveLength(1);
    expect(await proven(lost)).toHaveLength(4);
  });

  it.each([
    ['gone', 0, 4],
    ['another history', 3, 7],
  ])('also of a wallet that was read and never written: %s', async (_, others, next) => {
    const [lost, other] = [await newWallet(), await newWallet()];
    const { lane, connection } = openWatched();
    await lane.submit(depositOf(other, 10n));
    await spend(openWatched().lane, lost);
    await expect(lane.submit(debitOf(lost, 99n))).rejects.toMatchObject({ code: 'CREDIT_INSUFFICIENT' });
    await lose(lost, 3);
    const { lane: elsewhere } = openWatched();
    for (let n = 0; n < others; n += 1) await elsewhere.submit(debitOf(lost, 2n));
    expect(seqsOf([await lane.submit(debitOf(lost, 1n))])).toEqual([next]);
    expect(connection.refusals).toEqual([expect.any(RowCountMismatch)]);
    expect(await proven(lost)).toHaveLength(next);
  });

  it('where another history has been written meanwhile, of the same length', async () => {
    const lost = await newWallet();
    const { lane, connection } = openWatched();
    await spend(lane, lost);
    await lose(lost, 3);
    const { lane: elsewhere } = openWatched();
    for (let n = 0; n < 3; n += 1) await elsewhere.submit(debitOf(lost, 2n));
    const outcome = await lane.submit(debitOf(lost, 1n));
    expect([seqsOf([outcome]), outcome.entries[0]?.available]).toEqual([[7], 1_000_000n]);
    expect(connection.refusals).toEqual([expect.any(RowCountMismatch)]);
    expect(await proven(lost)).toHaveLength(7);
  });

  it('of a wallet that has no entry left', async () => {
    const [lost, other] = [await newWallet(), await newWallet()];
    const { lane } = openWatched();
    await lane.submit(depositOf(other, 1n));
    await lane.submit(depositOf(lost, 1n));
    await lose(lost, 0);
    await asAdmin(adminUrl, [
      'SET session_replication_role = replica',
      `DELETE FROM lot WHERE wallet = '${lost}'`,
      `DELETE FROM lot_open WHERE wallet = '${lost}'`,
    ]);
    expect(seqsOf([await lane.submit(depositOf(lost, 5n))])).toEqual([1]);
    expect(await proven(lost)).toHaveLength(1);
  });

  it('in the locked form: the same', async () => {
    const lost = await newWallet();
    await spend(openWatched().lane, lost);
    const { lane } = openLane(new ContendedConnection(database.appUrl, systemClock));
    expect(seqsOf([await lane.submit(debitOf(lost, 1n))])).toEqual([7]);
    await lose(lost, 3);
    expect(seqsOf([await lane.submit(debitOf(lost, 1n))])).toEqual([4]);
    expect(await proven(lost)).toHaveLength(4);
  });

  it('with many commands in flight: each is done once, without a gap', async () => {
    const lost = await newWallet();
    const { lane } = openWatched();
    await spend(lane, lost);
    const asking = Array.from({ length: 4 }, async () => lane.submit(debitOf(lost, 1n)));
    await Promise.race(asking);
    await lose(lost, 6);
    await Promise.allSettled(asking);
    const asked = Array.from({ length: 100 }, () => depositOf(lost, 1n));
    const outcomes = await Promise.all(asked.map(async (one) => lane.submit(one)));
    const entries = await proven(lost);
    expect(new Set(seqsOf(outcomes)).size).toBe(100);
    for (const [index, { entries: told }] of outcomes.entries()) {
      expect(entries.find(({ key }) => key === asked[index]?.key)?.hash).toBe(told[0]?.hash);
    }
  });
});

describe('what was judged on one connection', () => {
  const pendingOf = (submission: Submission): Pending => ({
    submission,
    atMs: Date.now(),
    arrivedMs: performance.now(),
    resolve: () => undefined,
    reject: () => undefined,
    settled: false,
    usedLately: false,
  });

  async function judged(wallet: string): Promise<{ connection: LedgerConnection; batch: Batch; heads: HeadCache }> {
    const connection = new LedgerConnection(database.appUrl, systemClock);
    closing.push(async () => connection.close());
    await connection.open();
    const heads = new HeadCache(10, 10);
    const batch = new Batch({ connection, heads, nowMs: () => Date.now() });
    await batch.add([pendingOf(debitOf(wallet, 1n))], false);
    return { connection, batch, heads };
  }

  async function reopen(connection: LedgerConnection): Promise<void> {
    connection.drop();
    await connection.open();
  }

  it('is never written on another, nor believed where there is nothing to write', async () => {
    const wallet = await newWallet();
    const { lane } = openWatched();
    const refused = await judged(wallet);
    await reopen(refused.connection);
    expect(() => refused.batch.seal()).toThrow('reopened');
    await lane.submit(depositOf(wallet, 10n));
    const sealed = await judged(wallet);
    const flight = sealed.batch.seal();
    await reopen(sealed.connection);
    await expect(flight?.write()).rejects.toThrow('reopened');
    expect(await proven(wallet)).toHaveLength(1);
  });

  it('S18 is answered only after the commit where it was found within a transaction', async () => {
    const wallet = await newWallet();
    const used = depositOf(wallet, 10n);
    await openWatched().lane.submit(used);
    const connection = new LedgerConnection(database.appUrl, systemClock);
    closing.push(async () => connection.close());
    await connection.open();
    const answers: Outcome[] = [];
    const pending = { ...pendingOf(used), resolve: (outcome: Outcome) => answers.push(outcome) };
    const batch = await connection.withLockedWallets([wallet], async () => {
      const judging = new Batch({ connection, heads: new HeadCache(10, 10), nowMs: () => Date.now() });
      await judging.add([pending], true);
      expect(answers).toEqual([]);
      return judging;
    });
    batch.answer();
    expect(answers).toMatchObject([{ replayed: true, entries: [{ seq: 1 }] }]);
  });

  it('is not remembered on another', async () => {
    const wallet = await newWallet();
    const { heads, connection } = await judged(wallet);
    expect(heads.get(wallet, connection.epoch)?.head.seq).toBe(0);
    expect(heads.get(wallet, connection.epoch + 1)).toBeUndefined();
    expect(heads.get(wallet, connection.epoch)).toBeUndefined();
  });

  it('is not taken for committed where the transaction was lost', async () => {
    const connection = new LedgerConnection(database.appUrl, systemClock);
    closing.push(async () => connection.close());
    await connection.open();
    const locked = connection.withLockedWallets([await newWallet()], async () => {
      // Answered within the transaction.
      await connection.findByKeys([]);
      await reopen(connection);
    });
    await expect(locked).rejects.toThrow('reopened');
  });
});

describe('a chain that stays broken', () => {
  it.each([
    ['entries alone', (wallet: string) => debitOf(wallet, 1n), 2],
    ['entries with a lot', (wallet: string) => depositOf(wallet, 1n), 1],
  ])('is tried with pauses, so many times at most, and refused (%s)', async (_, ask, triesMin) => {
    const wallet = await newWallet();
    await openWatched().lane.submit(depositOf(wallet, 10n));
    const { lane, connection } = openLane(new WatchedConnection(database.appUrl, systemClock), 2_000);
    // Heads that are read name an entry that a write does not find: reads and writes go to two servers.
    const load = connection.loadWallets.bind(connection);
    connection.loadWallets = async (asked) => {
      const loaded = await load(asked);
      for (const [id, one] of loaded) loaded.set(id, { ...one, head: { ...one.head, seq: one.head.seq + 3 } });
      return loaded;
    };
    await expect(lane.submit(ask(wallet))).rejects.toMatchObject({ code: 'LEDGER_UNAVAILABLE' });
    expect(connection.refusals.length).toBeGreaterThanOrEqual(triesMin);
    expect(connection.refusals.length).toBeLessThan(60);
    expect(await proven(wallet)).toHaveLength(1);
  });
});
