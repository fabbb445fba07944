/** Prices as the processes of a deployment know them, stamps in the database, and the version before beside this one. */
import type pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { sleep, systemClock } from '../../src/core/clock.ts';
import { uuidV7 } from '../../src/core/ids.ts';
import type { DebitCommand } from '../../src/core/ledger/commands.ts';
import { openDatabase, type DatabasePool } from '../../src/db/database.ts';
import { verifyLedger } from '../../src/db/ledger/verify.ts';
import { openLedgerWriter, type LedgerWriter } from '../../src/db/ledger/writer.ts';
import { PriceBook } from '../../src/db/pricing/book.ts';
import { addPrice } from '../../src/db/pricing/prices.ts';
import { createTestDatabase } from '../support/process/database.ts';
import { codeOf, submissionOf } from '../support/ledger/submissions.ts';
import { addWallet, auditWallet, connect, depositOf } from '../support/ledger/wallets.ts';

const UNIT = 1_000_000n;
const USD_A_UNIT = 10n ** 12n;
let database: Awaited<ReturnType<typeof createTestDatabase>>;
let client: pg.Client;
let db: DatabasePool;
const writers: LedgerWriter[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  client = await connect(database.ownerUrl);
  db = openDatabase(database.appUrl);
});

afterAll(async () => {
  await Promise.all(writers.map(async (writer) => writer.stop()));
  await db.destroy();
  await client.end();
  await database.drop();
});

/** A process: its own writer, and its own memory of the price book. */
function openProcess(): LedgerWriter {
  const prices = new PriceBook(db, () => systemClock.nowMs());
  const writer = openLedgerWriter({ url: database.appUrl, clock: systemClock, deadlineMs: 10_000, prices });
  writers.push(writer);
  return writer;
}

let actions = 0;
const newAction = (): string => `action ${(actions += 1)}`;

async function setPrice(action: string, usd: bigint | null, change: object = {}): Promise<void> {
  const atMs = Date.now();
  const tiers = usd === null ? null : [{ upTo: null, rate: usd * USD_A_UNIT }];
  const times = { fromMs: atMs, toMs: null, addedAtMs: atMs };
  await addPrice(db, {
    id: uuidV7(atMs),
    org: null,
    action,
    unit: 'token',
    tiers,
    ...times,
    addedBy: 'a test',
    ...change,
  });
}

const debitOf = (action: string, units = 1n): DebitCommand => ({
  op: 'debit',
  type: 'CHARGE',
  amountMicros: 0n,
  priced: { action, quantity: units * UNIT, org: null },
  contra: 'revenue:FEATURE',
  service: 'FEATURE',
});

/** What a debit took, in USD. */
async function spend(writer: LedgerWriter, wallet: string, action: string): Promise<bigint> {
  const { entries } = await writer.submit(submissionOf(wallet, debitOf(action), uuidV7(Date.now())));
  return -entries.reduce((sum, { availableDelta }) => sum + availableDelta, 0n) / UNIT;
}

async function fundedWallet(name: string, usd = 1_000n): Promise<string> {
  const wallet = await addWallet(client, name);
  await openProcess().submit(depositOf(wallet, usd));
  return wallet;
}

it('S08 a price counts at once in every process, also in one that knows the price before', async () => {
  const wallet = await fundedWallet('two processes');
  const [one, other] = [openProcess(), openProcess()];
  const action = newAction();
  await setPrice(action, 1n);
  expect([await spend(one, wallet, action), await spend(other, wallet, action)]).toEqual([1n, 1n]);
  for (const usd of [2n, 3n]) {
    await setPrice(action, usd);
    expect([await spend(one, wallet, action), await spend(other, wallet, action)]).toEqual([usd, usd]);
  }
  await setPrice(action, 9n, { fromMs: Date.now() + 60_000 });
  expect([await spend(one, wallet, action), await spend(other, wallet, action)]).toEqual([3n, 3n]);
});

it('S08 nothing is refused by a price that has been replaced', async () => {
  const wallet = await fundedWallet('refused', 5n);
  const writer = openProcess();
  const action = newAction();
  const ask = async (): Promise<string> => codeOf(spend(writer, wallet, action));
  expect(await ask()).toBe('VALIDATION_FAILED');
  await setPrice(action, 50n);
  expect(await ask()).toBe('CREDIT_INSUFFICIENT');
  await setPrice(action, 2n);
  expect(await ask()).toBe('accepted');
  await setPrice(action, null);
  expect(await ask()).toBe('VALIDATION_FAILED');
});

it('S08 what costs nothing uses no key, and costs what it costs once it has a price', async () => {
  const wallet = await fundedWallet('free');
  const writer = openProcess();
  const action = newAction();
  await setPrice(action, 0n);
  const submission = submissionOf(wallet, debitOf(action), uuidV7(Date.now()));
  expect(await writer.submit(submission)).toMatchObject({
    entries: [],
    replayed: false,
    free: { available: 1_000n * UNIT },
  });
  await setPrice(action, 4n);
  expect(await writer.submit(submission)).toMatchObject({ entries: [{ availableDelta: -4n * UNIT }], replayed: false });
  await setPrice(action, 0n);
  expect(await writer.submit(submission)).toMatchObject({ entries: [{ availableDelta: -4n * UNIT }], replayed: true });
});

it('S08 commands that arrive after a price was added are priced by it, while processes spend and prices change', async () => {
  const wallet = await fundedWallet('busy', 1_000_000n);
  const action = newAction();
  const added: { readonly usd: bigint; readonly atMs: number }[] = [];
  const change = async (usd: bigint): Promise<void> => {
    await setPrice(action, usd);
    added.push({ usd, atMs: Date.now() });
  };
  await change(1n);
  const workers = [openProcess(), openProcess()].map(async (writer) => {
    for (let done = 0; done < 60; done += 1) await spend(writer, wallet, action);
  });
  for (const usd of [2n, 3n, 4n]) {
    await sleep(systemClock, 30);
    await change(usd);
  }
  await Promise.all(workers);
  await spend(openProcess(), wallet, action);
  const spent = (await auditWallet(client, wallet)).filter((entry) => entry.pricing !== null);
  for (const { atMs, availableDelta } of spent) {
    const known = added.findLast((one) => one.atMs < atMs);
    expect(-availableDelta / UNIT).toBeGreaterThanOrEqual(known?.usd ?? 1n);
  }
  expect(spent.at(-1)?.availableDelta).toBe(-4n * UNIT);
  expect((await verifyLedger(db)).faults).toEqual([]);
});

it('A56 verification finds a stamp that was altered, or that says another amount than was taken', async () => {
  const wallet = await fundedWallet('altered');
  const action = newAction();
  await setPrice(action, 7n);
  await spend(openProcess(), wallet, action);
  const faults = async (): Promise<unknown> =>
    (await verifyLedger(db)).faults.filter((fault) => fault.wallet === wallet);
  expect(await faults()).toEqual([]);
  await client.query('ALTER TABLE entry DISABLE TRIGGER USER');
  for (const change of [
    "action = 'another'",
    "pricing = replace(pricing, ':1000000:', ':2000000:')",
    'action = NULL, pricing = NULL',
  ]) {
    await client.query(
      'CREATE TEMPORARY TABLE kept AS SELECT action, pricing FROM entry WHERE wallet = $1 AND seq = 2',
      [wallet],
    );
    await client.query(`UPDATE entry SET ${change} WHERE wallet = $1 AND seq = 2`, [wallet]);
    expect([change, await faults()]).toMatchObject([
      change,
      [{ entry: `ent_${wallet}_2`, what: expect.stringContaining('hash') }],
    ]);
    await client.query(
      'UPDATE entry e SET action = k.action, pricing = k.pricing FROM kept k WHERE wallet = $1 AND seq = 2',
      [wallet],
    );
    await client.query('DROP TABLE kept');
  }
  await client.query('ALTER TABLE entry ENABLE TRIGGER USER');
  expect(await faults()).toEqual([]);
});

it("S25 the service's role cannot say that the book is as it was", async () => {
  await expect(db.raw('UPDATE price_book SET last = gen_random_uuid()')).rejects.toThrow(/permission denied/);
});
