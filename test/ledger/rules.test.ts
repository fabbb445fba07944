/** What the ledger keeps to from the first day, so that one PostgreSQL can become many. */
import { SHARED_TABLES, SPREAD_TABLES } from '../../src/db/schema/ledger-tables.ts';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type pg from 'pg';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { systemClock } from '../../src/core/clock.ts';
import { Refusal } from '../../src/core/errors.ts';
import type { Entry } from '../../src/core/ledger/entry.ts';
import { decide } from '../../src/core/ledger/decide.ts';
import { ledgerKey } from '../../src/core/ids.ts';
import { emptyHead } from '../../src/core/ledger/head.ts';
import { Posting } from '../../src/core/ledger/posting.ts';
import { entryRows } from '../../src/db/ledger/entry-columns.ts';
import { LedgerConnection, type LockedWork } from '../../src/db/ledger/connection.ts';
import { LedgerLane } from '../../src/db/ledger/lane.ts';
import { noSideChanges } from '../../src/db/ledger/lots-and-holds.ts';
import type { Submission } from '../../src/db/ledger/submission.ts';
import { createTestDatabase } from '../support/process/database.ts';
import { addWallet, auditWallet, connect, debitOf, depositOf } from '../support/ledger/wallets.ts';

const SOURCE_FOLDER = join(import.meta.dirname, '..', '..', 'src');
const DB_FOLDER = join(SOURCE_FOLDER, 'db', 'ledger');
const WALLET_TABLES = ['entry', 'lot', 'lot_open', 'hold_open', 'entry_text', 'entry_metadata', 'entry_sums'];
const FILES = readdirSync(DB_FOLDER, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
const sources = FILES.map((file) => ({ file, text: readFileSync(join(DB_FOLDER, file), 'utf8') }));
const allSource = sources.map(({ text }) => text).join('\n');

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let client: pg.Client;
const lanes: LedgerLane[] = [];

function openLane(connection: LedgerConnection, deadlineMs = 20_000): LedgerLane {
  const limits = { batchSizeMax: 50, queueLengthMax: 1_000, headsMax: 100 };
  const lane = new LedgerLane({ connection, clock: systemClock, deadlineMs, limits, onTrouble: () => undefined });
  lanes.push(lane);
  return lane;
}

const codeOf = async (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'accepted',
    (error: unknown) => (error instanceof Refusal ? error.code : String(error)),
  );

beforeAll(async () => {
  database = await createTestDatabase();
  client = await connect(database.ownerUrl);
});

afterEach(async () => {
  await Promise.all(lanes.splice(0).map(async (lane) => lane.stop()));
});

afterAll(async () => {
  await client.end();
  await database.drop();
});

it('1: the wallet is part of every primary, unique and foreign key of its tables', async () => {
  const { rows } = await client.query<{ name: string; columns: string[] }>(
    `SELECT c.relname || ': ' || i.relname AS name,
       (SELECT array_agg(a.attname::text) FROM pg_attribute a WHERE a.attrelid = x.indrelid AND a.attnum = ANY(x.indkey)) AS columns
     FROM pg_index x JOIN pg_class c ON c.oid = x.indrelid JOIN pg_class i ON i.oid = x.indexrelid
     WHERE c.relname = ANY($1) AND x.indisunique
     UNION ALL
     SELECT c.relname || ': ' || k.conname,
       (SELECT array_agg(a.attname::text) FROM pg_attribute a WHERE a.attrelid = k.conrelid AND a.attnum = ANY(k.conkey))
     FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid WHERE c.relname = ANY($1) AND k.contype = 'f'`,
    [WALLET_TABLES],
  );
  expect(rows.length).toBeGreaterThanOrEqual(WALLET_TABLES.length + 1);
  expect(rows.filter(({ columns }) => !columns.includes('wallet'))).toEqual([]);
});

it('1: no order is read from an identity column, and no row makes up a value of its own', async () => {
  const { rows } = await client.query(
    `SELECT table_name, column_name FROM information_schema.columns
     WHERE table_name = ANY($1) AND (is_identity = 'YES' OR column_default IS NOT NULL)`,
    [WALLET_TABLES],
  );
  expect(rows).toEqual([]);
});

it('2: one function says which lane a wallet has, and lanes and connections are made in one place', () => {
  const production = readdirSync(SOURCE_FOLDER, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => ({ file, text: readFileSync(join(SOURCE_FOLDER, file), 'utf8') }));
  const count = (pattern: RegExp): string[] =>
    production.flatMap(({ file, text }) => Array.from(text.matchAll(pattern), () => file));
  const writer = join('db', 'ledger', 'writer.ts');
  expect(count(/\blanes\[/g)).toEqual([writer]);
  expect(count(/new LedgerLane\(/g)).toEqual([writer]);
  expect(count(/new LedgerConnection\(/g)).toEqual([writer]);
});

it('3: whatever failed is recovered where no error says what it was', async () => {
  const strip = async <T>(work: Promise<T>): Promise<T> =>
    work.catch(() => {
      throw new Error('XX000');
    });
  let failures = 0;
  class Mute extends LedgerConnection {
    override async append(...args: Parameters<LedgerConnection['append']>): Promise<void> {
      return strip(super.append(...args)).catch((error: unknown) => {
        failures += 1;
        throw error;
      });
    }
    override async withLockedWallets<T>(wallets: readonly string[], work: LockedWork<T>): Promise<T> {
      return strip(super.withLockedWallets(wallets, work));
    }
  }
  const wallet = await addWallet(client, 'mute');
  const [first, second] = [0, 1].map(() => openLane(new Mute(database.appUrl, systemClock)));
  if (!first || !second) throw new Error('no lanes');
  await first.submit(depositOf(wallet, 29n));
  await second.submit(depositOf(wallet, 1n));
  const asked = Array.from({ length: 60 }, () => debitOf(wallet, 1n));
  const ask = async (lane: LedgerLane, one: Submission): Promise<string> => {
    try {
      return String((await lane.submit(one)).entries[0]?.seq);
    } catch (error) {
      return error instanceof Refusal ? error.code : String(error);
    }
  };
  const answers = await Promise.all(
    [first, second].map(async (lane) => Promise.all(asked.map(async (one) => ask(lane, one)))),
  );
  expect(failures).toBeGreaterThan(0);
  const entries = await auditWallet(client, wallet);
  expect([entries.length, entries.at(-1)?.available]).toEqual([32, 0n]);
  for (const [index, one] of asked.entries()) {
    const stored = entries.find(({ key }) => key === one.key)?.seq;
    for (const lane of answers) {
      const answer = lane[index] ?? '';
      if (answer !== 'CREDIT_INSUFFICIENT') expect(answer).toBe(String(stored));
    }
    // Both may have refused it; nobody may have refused what is stored once it was.
    if (stored !== undefined) expect(await ask(first, one)).toBe(String(stored));
  }
});

it('4: advisory locks last for a transaction at most and are in one file; no LISTEN', () => {
  const locks = sources.flatMap(({ file, text }) =>
    [...text.matchAll(/pg_\w*advisory\w*/g)].map(([name]) => [file, name]),
  );
  expect(locks).toEqual([
    ['turns.ts', 'pg_advisory_xact_lock_shared'],
    ['turns.ts', 'pg_advisory_xact_lock'],
  ]);
  expect(allSource).not.toMatch(/\bLISTEN\b|\bNOTIFY\b/);
});

it('4: turns decide who waits, never what is written: without them the books are the same', async () => {
  /** Asks for no turn: neither as it writes, nor where it was second. */
  class Rude extends LedgerConnection {
    override async append(...[rows, changes, ground]: Parameters<LedgerConnection['append']>): Promise<void> {
      return super.append(rows, changes, { ...ground, wallets: [], book: null });
    }
    override async withLockedWallets<T>(_: readonly string[], work: LockedWork<T>): Promise<T> {
      return super.withLockedWallets([], work);
    }
  }
  const wallet = await addWallet(client, 'rude');
  const rude = [0, 1, 2].map(() => openLane(new Rude(database.appUrl, systemClock)));
  await rude[0]?.submit(depositOf(wallet, 50n));
  const asked = rude.flatMap((lane) =>
    Array.from({ length: 30 }, async () => codeOf(lane.submit(debitOf(wallet, 1n)))),
  );
  const codes = await Promise.all(asked);
  expect(codes.filter((code) => code === 'accepted')).toHaveLength(50);
  const entries = await auditWallet(client, wallet);
  expect([entries.length, entries.at(-1)?.available]).toEqual([51, 0n]);
});

it('4: two writers of the same wallets, in opposite orders, never wait for each other in a circle', async () => {
  const wallets: string[] = [];
  for (let n = 0; n < 1_500; n += 1) wallets.push(await addWallet(client, `circle ${n}`));
  const connections = [0, 1].map(() => new LedgerConnection(database.appUrl, systemClock));
  await Promise.all(connections.map(async (connection) => connection.open()));
  const firstEntries = (order: readonly string[]): Entry[] =>
    order.flatMap((wallet) => {
      const posting = new Posting(emptyHead(wallet));
      const { command, key, inputHash } = depositOf(wallet, 1n);
      decide(posting, command, { key, inputHash, atMs: systemClock.nowMs() });
      return posting.entries;
    });
  const write = async (connection: LedgerConnection, entries: readonly Entry[]): Promise<string> =>
    connection
      .append(entryRows(entries), noSideChanges(), {
        epoch: connection.epoch,
        judgedAtMs: performance.now(),
        last: [],
        wallets: [],
        book: null,
        budgets: 0,
      })
      .then(
        () => 'written',
        (error: unknown) => (error instanceof Error && 'code' in error ? String(error.code) : String(error)),
      );
  // The entries alone, without the lots that they open: this is about locks, not about money.
  const outcomes = new Set<string>();
  for (let round = 0; round < 6; round += 1) {
    const orders = [wallets, wallets.toReversed()].map(firstEntries);
    const both = connections.map(async (connection, index) => write(connection, orders[index] ?? []));
    for (const outcome of await Promise.all(both)) outcomes.add(outcome);
    await client.query('ALTER TABLE entry DISABLE TRIGGER USER');
    await client.query('DELETE FROM entry WHERE wallet = ANY($1)', [wallets]);
    await client.query('ALTER TABLE entry ENABLE TRIGGER USER');
  }
  await Promise.all(connections.map(async (connection) => connection.close()));
  expect(outcomes).toEqual(new Set(['written', '23505']));
});

it('5: time and ids are given to the statements that write, never made by them', () => {
  const volatile =
    /\b(now|clock_timestamp|statement_timestamp|timeofday|random|gen_random_uuid|uuidv[47]|nextval)\s*\(|\bcurrent_(timestamp|date|time)\b/i;
  expect(sources.length).toBeGreaterThan(5);
  // A write that comes too late is refused; its rows do not have that time.
  const withoutBound = (text: string): string =>
    text.replace('statement_timestamp() <= $5::timestamptz', '').replaceAll('performance.now()', '');
  expect(sources.filter(({ text }) => volatile.test(withoutBound(text))).map(({ file }) => file)).toEqual([]);
});

it.each([
  ['entries alone', (wallet: string) => debitOf(wallet, 1n)],
  ['entries with a lot', (wallet: string) => depositOf(wallet, 1n)],
])('6: another number of rows than was sent is a failure (%s)', async (name, ask) => {
  const wallet = await addWallet(client, `rows ${name}`);
  const lane = openLane(new LedgerConnection(database.appUrl, systemClock), 400);
  await lane.submit(depositOf(wallet, 10n));
  await client.query(`CREATE FUNCTION swallow() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
    CREATE TRIGGER swallow BEFORE INSERT ON entry FOR EACH ROW EXECUTE FUNCTION swallow()`);
  const asked = ask(wallet);
  const code = await codeOf(lane.submit(asked));
  const meanwhile = await auditWallet(client, wallet);
  await client.query('DROP TRIGGER swallow ON entry; DROP FUNCTION swallow()');
  expect([code, meanwhile.length]).toEqual(['LEDGER_UNAVAILABLE', 1]);
  // A last try may have been under way when nobody waited any more: the retry finds it or does it.
  await lane.submit(asked);
  expect(await auditWallet(client, wallet)).toHaveLength(2);
});

it('7: a credit is found again by its key, or written now: whoever stopped between entry and status runs again', async () => {
  const wallet = await addWallet(client, 'healed');
  const credit = { ...depositOf(wallet, 7n), key: ledgerKey('deposit', 'a deposit:1') };
  const [first, second] = [0, 1].map(() => openLane(new LedgerConnection(database.appUrl, systemClock)));
  const written = await first?.submit(credit);
  const again = await second?.submit(credit);
  expect([written?.replayed, again?.replayed, again?.entries]).toEqual([false, true, written?.entries]);
  expect(await auditWallet(client, wallet)).toHaveLength(1);
});

it('10: what spreads wallets over servers stands in guarded blocks that name each of their tables', async () => {
  const folder = join(import.meta.dirname, '..', '..', 'migrations');
  const spreading = readdirSync(folder).filter((file) =>
    readFileSync(join(folder, file), 'utf8').includes('create_distributed_table'),
  );
  expect(spreading).toEqual([
    '0012_scale_out.ts',
    '0025_what_entries_carry.ts',
    '0035_sums_of_entries.ts',
    '0049_usage.ts',
    '0062_budgets.ts',
  ]);
  const texts = spreading.map((file) => readFileSync(join(folder, file), 'utf8'));
  const named = texts.flatMap((text) =>
    [...text.matchAll(/create_distributed_table\('([a-z_]+)', '(id|wallet)'/g)].map(([, table]) => table),
  );
  const ofBudgets = ['budget', 'budget_period', 'budget_use', 'budget_notice'];
  expect(new Set(named)).toEqual(new Set([...WALLET_TABLES, ...ofBudgets, 'usage_event', 'wallet']));
  // Where migrations did not, since the extension came later, `coffer database distribute` spreads the same, and their notes.
  expect(new Set(Object.keys(SPREAD_TABLES))).toEqual(new Set([...named, 'rail_news_entry']));
  for (const text of texts) {
    expect(text.indexOf("extname = 'citus') THEN RETURN")).toBeLessThan(text.indexOf('create_distributed_table'));
  }
});

it('9: entries are guarded by grants, trigger and checks, none of the tables by row-level security', async () => {
  const { rows } = await client.query<{ relname: string }>(
    'SELECT relname FROM pg_class WHERE relname = ANY($1) AND relrowsecurity',
    [[...Object.keys(SPREAD_TABLES), ...SHARED_TABLES]],
  );
  expect(rows).toEqual([]);
});
