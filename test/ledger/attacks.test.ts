/** What is done to the ledger from outside: history played again, keys asked years later, rows edited, and a database that refuses. */
import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import { systemClock, type Clock } from '../../src/core/clock.ts';
import { ledgerKey, uuidV7 } from '../../src/core/ids.ts';
import type { Command } from '../../src/core/ledger/commands.ts';
import { inputHash, type Entry } from '../../src/core/ledger/entry.ts';
import { openDatabase } from '../../src/db/database.ts';
import { verifyLedger } from '../../src/db/ledger/verify.ts';
import type { Submission } from '../../src/db/ledger/submission.ts';
import { openLedgerWriter, type LedgerWriter } from '../../src/db/ledger/writer.ts';
import { asAdmin } from '../support/process/database-server.ts';
import { createTestDatabase } from '../support/process/database.ts';
import { createSteppedClock } from '../support/fake-clock.ts';
import { captureOf, codeOf, grantOf, holdOf, submissionOf } from '../support/ledger/submissions.ts';
import { addWallet, auditWallet, connect, debitOf, depositOf } from '../support/ledger/wallets.ts';

const DAY_MS = 86_400_000;
let database: Awaited<ReturnType<typeof createTestDatabase>>;
let client: pg.Client;
let wallets = 0;
const closing: (() => Promise<unknown>)[] = [];

async function newWallet(): Promise<string> {
  wallets += 1;
  return addWallet(client, `attacked ${wallets}`);
}

function openWriter(clock: Clock = systemClock, more: { readonly deadlineMs?: number } = {}): LedgerWriter {
  const writer = openLedgerWriter({ url: database.appUrl, clock, deadlineMs: 10_000, lanes: 1, ...more });
  closing.push(async () => writer.stop());
  return writer;
}

/** Everything that the ledger knows, as one number. */
async function stateHash(): Promise<string> {
  const hash = createHash('sha256');
  for (const table of ['wallet', 'entry', 'lot', 'lot_open', 'hold_open']) {
    const { rows } = await client.query<{ row: string }>(`SELECT t::text AS row FROM ${table} t ORDER BY 1`);
    hash.update(`${table} ${rows.length}\n`);
    for (const { row } of rows) hash.update(`${row}\n`);
  }
  return hash.digest('hex');
}

beforeAll(async () => {
  database = await createTestDatabase();
  client = await connect(database.ownerUrl);
});
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});
afterAll(async () => {
  await client.end();
  await database.drop();
});

describe('A26 a whole history played again', () => {
  const ROUNDS = 12;

  /** Deposits as the detector writes them, grants, debits, and holds in every way that they end. */
  async function live(writer: LedgerWriter, wallet: string): Promise<Submission[]> {
    const history: Submission[] = [];
    const play = async (command: Command, key = uuidV7(Date.now())): Promise<readonly Entry[]> => {
      const submission = submissionOf(wallet, command, key);
      history.push(submission);
      return (await writer.submit(submission)).entries;
    };
    for (let round = 1; round <= ROUNDS; round += 1) {
      const { command } = depositOf(wallet, 20n);
      await play(command, ledgerKey('deposit', `${wallet} ${round}:0`));
      await play(grantOf(2n, Date.now() + DAY_MS), ledgerKey('client', `${wallet} grant ${round}`));
      await play(debitOf(wallet, BigInt(round)).command);
      const holds: number[] = [];
      for (const usd of [1n, 2n, 3n, 1n]) holds.push((await play(holdOf(usd, DAY_MS)))[0]?.hold ?? 0);
      const [captured = 0, partly = 0, released = 0] = holds;
      await play(captureOf(captured, 1n));
      await play(captureOf(partly, 1n, false));
      await play({ op: 'release', hold: released });
    }
    return history;
  }

  it('twice, by writers that know nothing of it and in any order, leaves everything as it was', async () => {
    const first = openWriter();
    const three = [await newWallet(), await newWallet(), await newWallet()];
    const all = (await Promise.all(three.map(async (wallet) => live(first, wallet)))).flat();
    await first.stop();
    const before = await stateHash();
    const told = new Map<string, readonly Entry[]>();
    const orders = [all, all.toSorted((a, b) => (a.key < b.key ? 1 : -1))];
    for (const order of orders) {
      const again = openWriter();
      const answers = await Promise.all(order.map(async (one) => ({ key: one.key, ...(await again.submit(one)) })));
      expect(answers.filter(({ replayed }) => !replayed)).toEqual([]);
      for (const { key, entries } of answers) {
        expect(entries.length).toBeGreaterThan(0);
        expect(entries).toEqual(told.get(key) ?? entries);
        told.set(key, entries);
      }
      expect(await stateHash()).toBe(before);
    }
    expect(told.size).toBe(3 * ROUNDS * 10);
  });
});

describe('A30 a key', () => {
  it('is known a day later, a year later and thirty years later, and still stands for one request alone', async () => {
    const wallet = await newWallet();
    const clock = createSteppedClock();
    const debits = [uuidV7(clock.nowMs()), ledgerKey('client', 'order-7')].map((key) => debitOf(wallet, 1n, key));
    const writer = openWriter(clock);
    await writer.submit(depositOf(wallet, 10n));
    const outcomes = await Promise.all(debits.map(async (debit) => writer.submit(debit)));
    for (const days of [1, 365, 30 * 365]) {
      clock.step(days * DAY_MS);
      for (const again of [writer, openWriter(clock)]) {
        for (const [index, debit] of debits.entries()) {
          expect(await again.submit(debit)).toEqual({ entries: outcomes[index]?.entries, replayed: true });
          const other = { ...debitOf(wallet, 2n, debit.key), inputHash: inputHash('another') };
          expect(await codeOf(again.submit(other))).toBe('IDEMPOTENCY_CONFLICT');
        }
      }
    }
    expect(await auditWallet(client, wallet)).toHaveLength(3);
  });
});

it('A56 the server’s superuser, whom no trigger stops, edits a row: verification names it', async () => {
  const wallet = await newWallet();
  const writer = openWriter();
  for (let count = 0; count < 5; count += 1) await writer.submit(depositOf(wallet, 1n));
  const admin = new URL(inject('databaseServer').adminUrl);
  admin.pathname = new URL(database.ownerUrl).pathname;
  const edit = async (by: string): Promise<void> =>
    asAdmin(admin.href, [
      'SET session_replication_role = replica',
      `UPDATE entry SET available_delta = available_delta ${by} WHERE wallet = '${wallet}' AND seq = 3`,
    ]);
  const db = openDatabase(database.appUrl, 1);
  await edit('+ 1');
  const { faults } = await verifyLedger(db);
  await edit('- 1');
  expect(faults.map(({ entry }) => entry)).toEqual([`ent_${wallet}_3`]);
  expect((await verifyLedger(db)).faults).toEqual([]);
  await db.destroy();
});

describe('A63 a database that says', () => {
  /** Makes so many writes of entries fail with that SQLSTATE; answers how many were tried, and mends it. */
  async function failWrites(code: string, count: number): Promise<() => Promise<number>> {
    await client.query(`CREATE SEQUENCE tried_writes; GRANT USAGE ON SEQUENCE tried_writes TO PUBLIC;
      CREATE FUNCTION fail_writes() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF nextval('tried_writes') <= ${count} THEN RAISE EXCEPTION 'not now' USING ERRCODE = '${code}'; END IF;
        RETURN NULL;
      END $$;
      CREATE TRIGGER fail_writes AFTER INSERT ON entry FOR EACH STATEMENT EXECUTE FUNCTION fail_writes()`);
    return async () => {
      const { rows } = await client.query<{ tried: number }>('SELECT last_value::int AS tried FROM tried_writes');
      await client.query('DROP TRIGGER fail_writes ON entry; DROP FUNCTION fail_writes; DROP SEQUENCE tried_writes');
      return rows[0]?.tried ?? 0;
    };
  }

  it.each([
    ['that it cannot be serialized', '40001'],
    ['that it is a deadlock', '40P01'],
  ])('%s five times over: the whole is tried again, done once, and only then told', async (_, code) => {
    const wallet = await newWallet();
    const writer = openWriter();
    await writer.submit(depositOf(wallet, 10n));
    const mend = await failWrites(code, 5);
    const asked = [
      debitOf(wallet, 1n),
      submissionOf(wallet, holdOf(2n, DAY_MS), uuidV7(Date.now())),
      depositOf(wallet, 3n),
    ];
    const outcomes = await Promise.all(asked.map(async (one) => writer.submit(one)));
    expect(await mend()).toBeGreaterThanOrEqual(6);
    expect(outcomes.map(({ replayed }) => replayed)).toEqual([false, false, false]);
    const entries = await auditWallet(client, wallet);
    expect(entries.map(({ type }) => type).toSorted()).toEqual(['AI_API_CALL', 'DEPOSIT', 'DEPOSIT', 'HOLD']);
    const db = openDatabase(database.appUrl, 1);
    expect((await verifyLedger(db)).faults).toEqual([]);
    await db.destroy();
  });

  it('so without end: it is tried with pauses, so many times at most, and refused at the deadline', async () => {
    const wallet = await newWallet();
    const writer = openWriter(systemClock, { deadlineMs: 1_500 });
    await writer.submit(depositOf(wallet, 10n));
    const mend = await failWrites('40001', 1_000_000);
    const asked = debitOf(wallet, 1n);
    const code = await codeOf(writer.submit(asked));
    // The try that was under way ends by itself.
    await sleep(500);
    const tried = await mend();
    expect(code).toBe('LEDGER_UNAVAILABLE');
    // Pauses grow to 100 ms: about twenty tries in this time, never hundreds.
    expect(tried).toBeGreaterThan(5);
    expect(tried).toBeLessThan(60);
    expect(await auditWallet(client, wallet)).toHaveLength(1);
    expect((await openWriter().submit(asked)).replayed).toBe(false);
  });

  it('so for a reason, a real circle of locks: one side is ended, and the command is done', async () => {
    const pair = [await newWallet(), await newWallet()].toSorted();
    const writer = openWriter();
    const other = await connect(database.ownerUrl);
    try {
      const [first = '', second = ''] = pair;
      const source = await newWallet();
      await writer.submit(depositOf(source, 5n));
      const take = `INSERT INTO entry SELECT (jsonb_populate_record(e, jsonb_build_object('wallet', $1::text,
        'key', gen_random_uuid()))).* FROM entry e WHERE wallet = $2`;
      await other.query('BEGIN');
      await other.query(take, [second, source]);
      // While one is written the two others become one batch: it writes the first wallet and waits for the second, whose
      // writer then wants the first.
      const asked = Promise.all([source, ...pair].map(async (wallet) => writer.submit(depositOf(wallet, 5n))));
      const { rows } = await other.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
      const waits = 'SELECT FROM pg_stat_activity WHERE $1 = ANY(pg_blocking_pids(pid))';
      await expect.poll(async () => (await client.query(waits, [rows[0]?.pid])).rowCount).toBe(1);
      const circle = await other.query(take, [first, source]).then(
        () => 'waited',
        (error: unknown) => (error instanceof pg.DatabaseError ? error.code : String(error)),
      );
      await other.query('ROLLBACK');
      // Whoever PostgreSQL ended: the two deposits are there once.
      expect(['waited', '40P01']).toContain(circle);
      expect((await asked).map(({ replayed }) => replayed)).toEqual([false, false, false]);
    } finally {
      await other.end();
    }
    for (const wallet of pair) expect(await auditWallet(client, wallet)).toHaveLength(1);
  }, 30_000);
});
