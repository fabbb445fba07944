/** Writers of one wallet take turns, however busy one of them is. */
import type pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/core/clock.ts';
import { openDatabase } from '../../src/db/database.ts';
import { verifyLedger } from '../../src/db/ledger/verify.ts';
import { LedgerConnection } from '../../src/db/ledger/connection.ts';
import { hasSqlState, UNIQUE_VIOLATION } from '../../src/db/errors.ts';
import { LedgerLane } from '../../src/db/ledger/lane.ts';
import { TURNS_MAX } from '../../src/db/ledger/turns.ts';
import { ContendedConnection } from '../support/ledger/contended-connection.ts';
import { addWallet, auditWallet, connect, debitOf, depositOf } from '../support/ledger/wallets.ts';
import { createTestDatabase } from '../support/process/database.ts';

const DEPOSITS = 20;
/** The write that finds out that another process was first. The next one is in turn. */
const LOST_MAX = 1;
/** After so many lost writes in a row, the next deposits begin with the turn. */
const LOST_IN_A_ROW = 2;
/** Debits take so long to commit, as with a synchronous standby or a slow disk. */
const COMMIT_MS = 40;
let database: Awaited<ReturnType<typeof createTestDatabase>>;
let client: pg.Client;
const closing: (() => Promise<unknown>)[] = [];
const troubles: string[] = [];

/** Counts the writes that another writer was before. */
class CountingConnection extends LedgerConnection {
  lost = 0;

  override async append(...args: Parameters<LedgerConnection['append']>): Promise<void> {
    try {
      await super.append(...args);
    } catch (error) {
      if (hasSqlState(error, UNIQUE_VIOLATION)) this.lost += 1;
      throw error;
    }
  }
}

interface Process {
  readonly lane: LedgerLane;
  readonly connection: CountingConnection;
}

/** The writer of one process. */
function openProcess(): Process {
  const connection = new CountingConnection(database.appUrl, systemClock);
  return { lane: openLane(connection), connection };
}

function openLane(connection: LedgerConnection): LedgerLane {
  const limits = { batchSizeMax: 400, queueLengthMax: 1_000, headsMax: 1_000 };
  const onTrouble = (message: string): number => troubles.push(message);
  const lane = new LedgerLane({ connection, clock: systemClock, deadlineMs: 20_000, limits, onTrouble });
  closing.push(async () => lane.stop());
  return lane;
}

beforeAll(async () => {
  database = await createTestDatabase();
  client = await connect(database.ownerUrl);
  await client.query(`
    CREATE FUNCTION slow_commit() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN PERFORM pg_sleep(${COMMIT_MS / 1_000}); RETURN NULL; END $$;
    CREATE CONSTRAINT TRIGGER slow_commit AFTER INSERT ON entry DEFERRABLE INITIALLY DEFERRED
      FOR EACH ROW WHEN (NEW.available_delta = -5000000) EXECUTE FUNCTION slow_commit()`);
});
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});
afterAll(async () => {
  await client.end();
  await database.drop();
});

async function expectVerified(): Promise<void> {
  const db = openDatabase(database.appUrl, 1);
  expect((await verifyLedger(db)).faults).toEqual([]);
  await db.destroy();
}

describe('S01 a wallet that other processes debit all the time, with commits that take long', () => {
  it.each([[1], [2]])(
    'is written to next by whoever lost once (%i others)',
    async (others) => {
      const wallet = await addWallet(client, `hot ${others}`);
      const detector = openProcess();
      const busy = Array.from({ length: others }, openProcess);
      await detector.lane.submit(depositOf(wallet, 1_000_000n));
      const state = { stopped: false, debits: 0 };
      const spend = async ({ lane }: Process): Promise<void> => {
        while (!state.stopped) {
          await lane.submit(debitOf(wallet, 5n));
          state.debits += 1;
        }
      };
      const spending = Promise.all(busy.flatMap((one) => [spend(one), spend(one)]));
      const lost: number[] = [];
      for (let deposits = 0; deposits < DEPOSITS; deposits += 1) {
        const before = detector.connection.lost;
        // At least one debit was written since the last deposit: a head that was remembered from then is outdated.
        const debits = state.debits;
        await expect.poll(() => state.debits, { interval: 1 }).toBeGreaterThan(debits);
        await detector.lane.submit(depositOf(wallet, 5n));
        lost.push(detector.connection.lost - before);
      }
      state.stopped = true;
      await spending;
      // It loses each of the first ones once, and then none: it takes the turn before it reads.
      expect(lost).toEqual(lost.map((_, nth) => (nth < LOST_IN_A_ROW ? LOST_MAX : 0)));
      // And the others lose to each other and to it once a write at most.
      for (const { connection } of busy) expect(connection.lost).toBeLessThanOrEqual(state.debits + DEPOSITS);
      expect(troubles).toEqual([]);
      expect(await auditWallet(client, wallet)).toHaveLength(1 + DEPOSITS + state.debits);
      await expectVerified();
    },
    60_000,
  );

  it('carries out once what two processes are asked for at once, one of which begins with the turn', async () => {
    const wallet = await addWallet(client, 'asked for twice');
    const [detector, busy] = [openProcess(), openProcess()];
    await busy.lane.submit(depositOf(wallet, 1_000n));
    for (let nth = 0; nth < DEPOSITS; nth += 1) {
      // What the detector remembers of the wallet is outdated, so that it is second and asks for the turn from then on.
      await busy.lane.submit(debitOf(wallet, 1n));
      const same = depositOf(wallet, 5n);
      const [one, other] = await Promise.all([busy, detector].map(async ({ lane }) => lane.submit(same)));
      expect(one?.entries).toEqual(other?.entries);
    }
    expect(detector.connection.lost).toBeGreaterThanOrEqual(LOST_IN_A_ROW);
    expect(await auditWallet(client, wallet)).toHaveLength(1 + 2 * DEPOSITS);
    await expectVerified();
  }, 60_000);

  it('and in batches of many wallets: whoever lost has the turn after some more of them', async () => {
    const wallets: string[] = [];
    for (let n = 0; n < 4 * TURNS_MAX; n += 1) wallets.push(await addWallet(client, `wide ${n}`));
    const [detector, busy] = [openProcess(), openProcess()];
    await Promise.all(wallets.map(async (wallet) => busy.lane.submit(depositOf(wallet, 1_000n))));
    const state = { stopped: false };
    const spending = wallets.map(async (wallet) => {
      while (!state.stopped) await busy.lane.submit(debitOf(wallet, 1n));
    });
    for (const wallet of wallets.slice(0, DEPOSITS / 2)) {
      const before = detector.connection.lost;
      await detector.lane.submit(depositOf(wallet, 5n));
      // Each batch asks for a quarter of the turns, the next one for another quarter.
      expect(detector.connection.lost - before).toBeLessThanOrEqual(LOST_MAX + 8);
    }
    state.stopped = true;
    await Promise.all(spending);
    await expectVerified();
  }, 60_000);
});

describe('turns', () => {
  it('that a machine had which is gone are given to the next one', async () => {
    const wallet = await addWallet(client, 'gone');
    const { lane } = openProcess();
    await lane.submit(depositOf(wallet, 10n));
    const gone = new LedgerConnection(database.appUrl, systemClock);
    closing.push(async () => gone.close());
    await gone.open();
    let wakeUp = (): void => undefined;
    const hasTurn = new Promise<void>((resolve) => {
      wakeUp = resolve;
    });
    let end = (): void => undefined;
    const held = gone.withLockedWallets([wallet], async () => {
      // It is answered once the turn is there.
      await gone.findByKeys([]);
      wakeUp();
      await new Promise<void>((resolve) => {
        end = resolve;
      });
    });
    await hasTurn;
    // It is answered within the deadline of a command.
    expect((await lane.submit(debitOf(wallet, 1n))).entries).toHaveLength(1);
    end();
    await expect(held).rejects.toThrow('not connected');
    await expectVerified();
  }, 60_000);

  it('are kept by work that is run again, since a batch that does not ask for them was first', async () => {
    const wallet = await addWallet(client, 'again');
    const connection = new LedgerConnection(database.appUrl, systemClock);
    closing.push(async () => connection.close());
    await connection.open();
    const turns: unknown[] = [];
    await connection.withLockedWallets([wallet], async () => {
      // It is answered once the turn is there.
      await connection.findByKeys([]);
      const locks = await client.query(`SELECT virtualtransaction FROM pg_locks WHERE locktype = 'advisory'
        AND mode = 'ExclusiveLock' AND granted
        AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`);
      turns.push(locks.rows.map(({ virtualtransaction }) => virtualtransaction));
      if (turns.length < 4) throw Object.assign(new Error('another writer was first'), { code: UNIQUE_VIOLATION });
    });
    // The first transaction may have ended with its COMMIT. The second one lasts until the work is done.
    expect(turns).toHaveLength(4);
    for (const held of turns) expect(held).toHaveLength(1);
    expect(turns.slice(2)).toEqual([turns[1], turns[1]]);
    expect(turns[0]).not.toEqual(turns[1]);
  });

  it('are given up with the last write of the work, whose COMMIT is sent right behind it', async () => {
    const wallet = await addWallet(client, 'behind');
    const connection = new CountingConnection(database.appUrl, systemClock);
    closing.push(async () => connection.close());
    await connection.open();
    const written = connection.withLockedWallets([wallet], async (asLast) => {
      await asLast(async () => {
        await connection.findByKeys([]);
      });
      // The transaction has ended, though the work goes on.
      const open = await client.query(`SELECT FROM pg_locks WHERE locktype = 'advisory' AND granted
        AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`);
      return open.rowCount;
    });
    expect(await written).toBe(0);
    // Where that write fails, nothing is committed, and its own error is the one that is thrown.
    const failed = connection.withLockedWallets([wallet], async (asLast) =>
      asLast(async () => {
        await connection.findByKeys([{ key: 'no uuid', wallet }]);
      }),
    );
    await expect(failed).rejects.toMatchObject({ code: '22P02' });
    expect((await connection.loadWallets([wallet])).size).toBe(1);
  });

  it('end with an error where a statement failed, though nobody looked at its error', async () => {
    const wallet = await addWallet(client, 'failed unseen');
    const connection = new LedgerConnection(database.appUrl, systemClock);
    closing.push(async () => connection.close());
    await connection.open();
    const work = connection.withLockedWallets([wallet], async () => {
      await connection.findByKeys([{ key: 'no uuid', wallet }]).catch(() => undefined);
    });
    await expect(work).rejects.toThrow('nothing was committed');
    expect((await connection.loadWallets([wallet])).size).toBe(1);
  });

  it('are taken for so many wallets at once, and a batch of more is written in parts', async () => {
    const wallets: string[] = [];
    for (let n = 0; n < 2 * TURNS_MAX + 1; n += 1) wallets.push(await addWallet(client, `part ${n}`));
    const lane = openLane(new ContendedConnection(database.appUrl, systemClock));
    const outcomes = await Promise.all(wallets.map(async (wallet) => lane.submit(depositOf(wallet, 1n))));
    expect(outcomes.filter(({ replayed }) => replayed)).toEqual([]);
    const connection = new LedgerConnection(database.appUrl, systemClock);
    closing.push(async () => connection.close());
    await connection.open();
    await expect(connection.withLockedWallets(wallets, async () => Promise.resolve())).rejects.toThrow(RangeError);
    await expectVerified();
  }, 60_000);
});
