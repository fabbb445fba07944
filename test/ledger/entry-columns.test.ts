/** Columns and texts that entries have since a later version: beside the version before, verified, and erased. */
import type pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { systemClock } from '../../src/core/clock.ts';
import { uuidV7 } from '../../src/core/ids.ts';
import type { Command } from '../../src/core/ledger/commands.ts';
import { decide } from '../../src/core/ledger/decide.ts';
import { inputHash, type Entry } from '../../src/core/ledger/entry.ts';
import { Posting } from '../../src/core/ledger/posting.ts';
import { openDatabase, type DatabasePool } from '../../src/db/database.ts';
import { readHead } from '../../src/db/ledger/heads.ts';
import { verifyLedger, type Verification } from '../../src/db/ledger/verify.ts';
import { openLedgerWriter, type LedgerWriter } from '../../src/db/ledger/writer.ts';
import { createTestDatabase } from '../support/process/database.ts';
import { captureOf, submissionOf } from '../support/ledger/submissions.ts';
import { addWallet, auditWallet, connect, debitOf, depositOf } from '../support/ledger/wallets.ts';

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let client: pg.Client;
let db: DatabasePool;
let writer: LedgerWriter;

beforeAll(async () => {
  database = await createTestDatabase();
  client = await connect(database.ownerUrl);
  db = openDatabase(database.appUrl);
  writer = openLedgerWriter({ url: database.appUrl, clock: systemClock, deadlineMs: 10_000 });
});

afterAll(async () => {
  await writer.stop();
  await db.destroy();
  await client.end();
  await database.drop();
});

const NOTES = { reference: 'r', userId: 'u', teamId: 't', appId: 'a', description: 'words', metadata: { k: 'v' } };
const noted = (wallet: string): Command => ({ ...debitOf(wallet, 1n).command, notes: NOTES }) as Command;

async function write(wallet: string, command: Command): Promise<readonly Entry[]> {
  return (await writer.submit(submissionOf(wallet, command, uuidV7(Date.now())))).entries;
}

async function faultsOf(wallet: string): Promise<Verification['faults']> {
  return (await verifyLedger(db)).faults.filter((fault) => fault.wallet === wallet);
}

/** The columns of the first version, in its order; what it sends and how is frozen here. */
const COLUMNS_BEFORE = `wallet, seq, at, available_delta, held_delta, available, held, deposited, lot, lot_left, hold, key,
  gift_delta, gift_available, gift_held, type, service, part, contra, input_hash, deposit, pack_order, reference, app_id,
  description, hash`;
const INSERT_BEFORE = `INSERT INTO entry (${COLUMNS_BEFORE})
  SELECT ${COLUMNS_BEFORE} FROM unnest(ARRAY[$1::entry_row]) ORDER BY wallet, seq`;

/** Writes a debit as the first version does: through its own row type, with no later column. */
async function debitBefore(wallet: string, usd: bigint): Promise<void> {
  const head = await readHead(db, wallet);
  if (!head) throw new Error('no such wallet');
  const posting = new Posting(head);
  const { command, key } = debitOf(wallet, usd);
  decide(posting, command, { key, inputHash: inputHash('before'), atMs: Date.now() });
  const [entry, ...more] = posting.entries;
  if (!entry || more.length > 0) throw new Error('one entry was expected');
  const cells = [
    entry.wallet,
    entry.seq,
    new Date(entry.atMs).toISOString(),
    entry.availableDelta,
    entry.heldDelta,
    entry.available,
    entry.held,
    entry.deposited,
    entry.lot,
    entry.lotLeft,
    null,
    entry.key,
    0,
    entry.giftAvailable,
    entry.giftHeld,
    entry.type,
    entry.service,
    0,
    null,
    `\\\\x${entry.inputHash}`,
    null,
    null,
    null,
    null,
    null,
    `\\\\x${entry.hash}`,
  ];
  await client.query(INSERT_BEFORE, [`(${cells.map((cell) => (cell === null ? '' : `"${String(cell)}"`)).join(',')})`]);
}

it('S08 the version before writes beside this one, and the ledger verifies', async () => {
  const wallet = await addWallet(client, 'beside');
  await writer.submit(depositOf(wallet, 20n));
  await debitBefore(wallet, 1n);
  await write(wallet, noted(wallet));
  await debitBefore(wallet, 2n);
  await write(wallet, debitOf(wallet, 1n).command);
  await write(wallet, noted(wallet));
  const entries = await auditWallet(client, wallet);
  expect(entries.map(({ userId, available }) => [userId, available / 1_000_000n])).toEqual([
    [null, 20n],
    [null, 19n],
    ['u', 18n],
    [null, 16n],
    [null, 15n],
    ['u', 14n],
  ]);
  expect(await faultsOf(wallet)).toEqual([]);
  // Its reads compare the service with the enum that it knows.
  const { rows } = await client.query(
    `SELECT seq FROM entry e WHERE wallet = $1 AND ($2::service_type IS NULL OR e.service = $2::service_type)`,
    [wallet, 'AI_API'],
  );
  expect(rows).toHaveLength(5);
});

it('S08 a hold hands its notes on to what captures and ends it, also after a restart', async () => {
  const wallet = await addWallet(client, 'inherits');
  await writer.submit(depositOf(wallet, 20n));
  const hold: Command = {
    op: 'hold',
    service: 'AI_API',
    amountMicros: 9_000_000n,
    gift: false,
    durationMs: 60_000,
    notes: { ...NOTES, remark: 'Hold for 60 s' },
  };
  await write(wallet, hold);
  await write(wallet, captureOf(2, 2n, false));
  const other = openLedgerWriter({ url: database.appUrl, clock: systemClock, deadlineMs: 10_000 });
  await other.submit(submissionOf(wallet, { op: 'extend', hold: 2, durationMs: 600_000 }, uuidV7(Date.now())));
  await other.submit(submissionOf(wallet, captureOf(2, 2n, false), uuidV7(Date.now())));
  await other.submit(submissionOf(wallet, { op: 'release', hold: 2, reason: 'why' }, uuidV7(Date.now())));
  await other.stop();
  const [, opened, ...later] = await auditWallet(client, wallet);
  const { description, metadata, ...ids } = NOTES;
  expect(opened).toMatchObject({ ...ids, description: 'Hold for 60 s', text: { description, metadata } });
  expect(later).toHaveLength(4);
  for (const entry of later) expect(entry).toMatchObject({ ...ids, text: { metadata } });
  expect(later.map(({ text }) => text?.description)).toEqual(['words', 'words', 'words', 'why']);
  expect(new Set([opened, ...later].map((entry) => entry?.textHash)).size).toBe(2);
  expect(await faultsOf(wallet)).toEqual([]);
  const { rows } = await client.query('SELECT seq FROM entry_metadata WHERE wallet = $1 ORDER BY seq', [wallet]);
  expect(rows.map(({ seq }: { readonly seq: string }) => seq)).toEqual(['2', '3', '4', '5', '6']);
});

it('S08 an erased text is reported as erased, a changed one as a fault', async () => {
  const wallet = await addWallet(client, 'erased');
  await writer.submit(depositOf(wallet, 20n));
  await write(wallet, noted(wallet));
  await write(wallet, noted(wallet));
  const before = await verifyLedger(db);
  const app = await connect(database.appUrl);
  const [, second, third] = await auditWallet(client, wallet);
  expect(second?.textHash).not.toBe(third?.textHash);
  await app.query(`DELETE FROM entry_text WHERE wallet = $1 AND hash = decode($2, 'hex')`, [wallet, second?.textHash]);
  const after = await verifyLedger(db);
  expect(after.faults.filter((fault) => fault.wallet === wallet)).toEqual([]);
  expect(after.erased - before.erased).toBe(1);
  expect((await auditWallet(client, wallet))[1]).toMatchObject({ text: null, userId: 'u' });
  await expect(app.query(`UPDATE entry_text SET description = 'x'`)).rejects.toThrow(/append-only/);
  await app.end();
  await client.query('ALTER TABLE entry_text DISABLE TRIGGER USER');
  await client.query(`UPDATE entry_text SET description = 'other words' WHERE wallet = $1`, [wallet]);
  await client.query('ALTER TABLE entry_text ENABLE TRIGGER USER');
  expect(await faultsOf(wallet)).toMatchObject([
    { entry: `ent_${wallet}_3`, what: 'its description or metadata was changed' },
  ]);
});

it('S08 a command over several lots has one text, and each part names it', async () => {
  const wallet = await addWallet(client, 'parts');
  for (const usd of [1n, 1n, 1n]) await writer.submit(depositOf(wallet, usd));
  const entries = await write(wallet, { ...debitOf(wallet, 3n).command, notes: NOTES } as Command);
  expect(entries.map(({ part, textHash }) => [part, textHash === entries[0]?.textHash])).toEqual([
    [0, true],
    [1, true],
    [2, true],
  ]);
  const { rows } = await client.query('SELECT hash FROM entry_text WHERE wallet = $1', [wallet]);
  expect(rows).toHaveLength(1);
});

it.each(['ai_api', 'A b', '', '1A', 'A'.repeat(41), 'Ä'])('S08 the table refuses %j as a service', async (service) => {
  const wallet = await addWallet(client, `service ${service}`);
  await writer.submit(depositOf(wallet, 2n));
  const charge = client.query(
    `INSERT INTO entry SELECT wallet, seq + 1, at, -1000000, 0, 1000000, 0, deposited, 1, 1000000, NULL, gen_random_uuid(),
       0, 0, 0, 'CHARGE', $2, 0, 'revenue:X', input_hash, NULL, NULL, NULL, NULL, NULL, hash
     FROM entry WHERE wallet = $1`,
    [wallet, service],
  );
  await expect(charge).rejects.toThrow(/entry_service/);
});

it("S08 verification sees a charge that went to another service's account", async () => {
  const wallet = await addWallet(client, 'accounts');
  await writer.submit(depositOf(wallet, 2n));
  const charge = { op: 'debit', type: 'CHARGE', amountMicros: 1_000_000n, service: 'CHAT' } as const;
  await write(wallet, { ...charge, contra: 'revenue:CHAT' });
  expect(await faultsOf(wallet)).toEqual([]);
  await write(wallet, { ...charge, contra: 'revenue:VIDEO' });
  expect(await faultsOf(wallet)).toMatchObject([{ entry: `ent_${wallet}_3` }]);
});

it('S02 what a free gift card pays for is booked as given away', async () => {
  const wallet = await addWallet(client, 'card');
  const before = (await verifyLedger(db)).contra;
  await write(wallet, { ...depositOf(wallet, 2n).command, giftCards: 1 } as Command);
  await write(wallet, { op: 'hold', service: 'GIFT_CARD', amountMicros: 0n, gift: true, durationMs: 60_000 });
  const [used] = await write(wallet, { ...captureOf(2, 1n), amountMicros: 700_000n } as Command);
  expect(used).toMatchObject({
    type: 'GIFT_REDEEM',
    contra: 'expenses:promo',
    cardPaid: 700_000n,
    available: 2_000_000n,
  });
  const { contra, faults } = await verifyLedger(db);
  expect(faults.filter((fault) => fault.wallet === wallet)).toEqual([]);
  const change = (account: string): bigint => (contra.get(account) ?? 0n) - (before.get(account) ?? 0n);
  expect([change('expenses:promo'), change('revenue:GIFT_CARD')]).toEqual([-700_000n, 700_000n]);
});
