/** What a payer takes back, and what comes back from there: written, verified, and the lots that it goes to. */
import type pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { systemClock } from '../../src/core/clock.ts';
import type { Command, DebitCommand } from '../../src/core/ledger/commands.ts';
import { DEPOSIT_TERMS, type LotTerms } from '../../src/core/ledger/head.ts';
import { openDatabase, type DatabasePool } from '../../src/db/database.ts';
import { verifyLedger } from '../../src/db/ledger/verify.ts';
import { openLedgerWriter, type LedgerWriter } from '../../src/db/ledger/writer.ts';
import { uuidV7 } from '../../src/core/ids.ts';
import { createTestDatabase } from '../support/process/database.ts';
import { codeOf, submissionOf } from '../support/ledger/submissions.ts';
import { addWallet, auditWallet, connect, debitOf } from '../support/ledger/wallets.ts';

const USD = 1_000_000n;
const CARD: LotTerms = { ...DEPOSIT_TERMS, source: 'card' };
const BONUS: LotTerms = { ...DEPOSIT_TERMS, source: 'grant', priority: 50, promotional: true, refundable: false };
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

async function write(wallet: string, command: Command): Promise<void> {
  await writer.submit(submissionOf(wallet, command, uuidV7(Date.now())));
}

const clawback = (usd: bigint, lotFirst: number): DebitCommand => ({
  op: 'debit',
  type: 'CLAWBACK',
  amountMicros: usd * USD,
  contra: 'assets:stripe',
  lotsFirst: [lotFirst],
  mayOwe: true,
});
const clawbackReversal = (usd: bigint, lot?: number): Command => ({
  op: 'credit',
  type: 'CLAWBACK_REVERSAL',
  amountMicros: usd * USD,
  contra: 'assets:stripe',
  terms: CARD,
  lot,
});
const grantReversal = (usd: bigint, giftCards: number): Command => ({
  op: 'debit',
  type: 'GRANT_REVERSAL',
  amountMicros: usd * USD,
  contra: 'expenses:promo',
  lotsFirst: [2],
  mayOwe: true,
  giftCards,
});
const grantReturn = (usd: bigint, giftCards: number): Command => ({
  op: 'credit',
  type: 'GRANT_REVERSAL',
  amountMicros: usd * USD,
  contra: 'expenses:promo',
  terms: BONUS,
  lot: 2,
  giftCards,
});

/** A wallet that bought 10 with a bonus of 4 and two gift cards: lots 1 and 2. */
async function buy(name: string): Promise<string> {
  const wallet = await addWallet(client, name);
  const [paid, given] = [10n * USD, 4n * USD];
  const rail = { op: 'credit', contra: 'assets:stripe', terms: CARD } as const;
  await write(wallet, { ...rail, type: 'DEPOSIT', amountMicros: paid });
  await write(wallet, {
    op: 'credit',
    type: 'GRANT',
    amountMicros: given,
    contra: 'expenses:promo',
    terms: BONUS,
    giftCards: 2,
  });
  return wallet;
}

async function faultsOf(wallet: string): Promise<readonly unknown[]> {
  return (await verifyLedger(db)).faults.filter((fault) => fault.wallet === wallet);
}

it('what a payer takes back after a claw-back by hand verifies, and nothing counts as deposited any more', async () => {
  const wallet = await addWallet(client, 'taken back twice');
  await write(wallet, { op: 'credit', type: 'DEPOSIT', amountMicros: 5n * USD, contra: 'assets:stripe', terms: CARD });
  await write(wallet, clawback(4n, 1));
  await write(wallet, { ...clawback(5n, 1), mustTake: true });
  expect((await auditWallet(client, wallet)).at(-1)).toMatchObject({ available: -4n * USD, deposited: 0n });
  expect((await verifyLedger(db)).faults.filter((fault) => fault.wallet === wallet)).toEqual([]);
});

it('S08 what was taken back returns to the lot that it came from, even one that was empty', async () => {
  const wallet = await buy('returns');
  await write(wallet, clawback(10n, 1));
  await write(wallet, grantReversal(4n, 2));
  expect((await auditWallet(client, wallet)).at(-1)).toMatchObject({ available: 0n, deposited: 0n, giftAvailable: 0 });
  await write(wallet, clawbackReversal(6n, 1));
  await write(wallet, grantReturn(4n, 2));
  const entries = await auditWallet(client, wallet);
  expect(entries.map(({ type, lot, lotLeft }) => [type, lot, lotLeft]).slice(-2)).toEqual([
    ['CLAWBACK_REVERSAL', 1, 6n * USD],
    ['GRANT_REVERSAL', 2, 4n * USD],
  ]);
  expect(entries.at(-1)).toMatchObject({ available: 10n * USD, deposited: 6n * USD, giftAvailable: 2 });
  await write(wallet, debitOf(wallet, 5n).command);
  const spent = await auditWallet(client, wallet);
  expect(spent.slice(-2).map(({ lot, lotLeft }) => [lot, lotLeft])).toEqual([
    [2, 0n],
    [1, 5n * USD],
  ]);
  expect(await faultsOf(wallet)).toEqual([]);
});

it('S08 what was spent before it was taken back is owed, and what returns pays that first', async () => {
  const wallet = await buy('owes');
  await write(wallet, debitOf(wallet, 13n).command);
  await write(wallet, grantReversal(4n, 2));
  await write(wallet, clawback(10n, 1));
  expect((await auditWallet(client, wallet)).at(-1)).toMatchObject({ available: -13n * USD, deposited: 0n });
  await write(wallet, clawbackReversal(10n, 1));
  await write(wallet, grantReturn(4n, 1));
  const last = (await auditWallet(client, wallet)).at(-1);
  expect(last).toMatchObject({ available: USD, deposited: 10n * USD, lot: 2, lotLeft: USD, giftAvailable: 1 });
  expect(await faultsOf(wallet)).toEqual([]);
});

it('S08 gift cards that came alone are taken back alone, as far as they are there, and return', async () => {
  const wallet = await buy('cards');
  const card: Command = { op: 'hold', service: 'GIFT_CARD', amountMicros: 0n, gift: true, durationMs: 600_000 };
  await write(wallet, card);
  await write(wallet, grantReversal(0n, 2));
  await write(wallet, grantReversal(0n, 2));
  await write(wallet, grantReturn(0n, 1));
  const entries = await auditWallet(client, wallet);
  const effects = entries.slice(-3).map(({ giftDelta, availableDelta, contra }) => [giftDelta, availableDelta, contra]);
  expect(effects).toEqual([
    [-1, 0n, null],
    [0, 0n, null],
    [1, 0n, null],
  ]);
  expect(await faultsOf(wallet)).toEqual([]);
});

it('S08 a claw-back that ends without a lot to return to opens one', async () => {
  const wallet = await buy('by hand');
  await write(wallet, clawback(3n, 1));
  await write(wallet, clawbackReversal(3n));
  expect((await auditWallet(client, wallet)).at(-1)).toMatchObject({ lot: 4, lotLeft: 3n * USD, deposited: 10n * USD });
  expect(await faultsOf(wallet)).toEqual([]);
});

it('S08 money returns to no lot that does not exist yet, and to none by an entry of another type', async () => {
  const wallet = await buy('nowhere');
  const refused = [clawbackReversal(3n, 3), { ...clawbackReversal(3n, 1), type: 'DEPOSIT' } as Command];
  for (const command of [...refused, { ...grantReversal(0n, 2), type: 'CLAWBACK' } as Command]) {
    expect(await codeOf(write(wallet, command))).toBe('VALIDATION_FAILED');
  }
  expect(await auditWallet(client, wallet)).toHaveLength(2);
});

it('S08 verification sees a lot that an entry of this kind did not open', async () => {
  const wallet = await buy('stray');
  await write(wallet, clawback(10n, 1));
  await write(wallet, clawbackReversal(10n, 1));
  expect(await faultsOf(wallet)).toEqual([]);
  await client.query(
    `INSERT INTO lot SELECT wallet, 4, source, amount, priority, promotional, refundable, transferable, expires_at, opened_at
     FROM lot WHERE wallet = $1 AND lot = 1`,
    [wallet],
  );
  expect(await faultsOf(wallet)).toMatchObject([{ entry: `ent_${wallet}_4` }]);
});
