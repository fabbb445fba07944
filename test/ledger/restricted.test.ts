/** Restricted lots in the database: how they are stored and read again, and what several processes do with them at once. */
import type pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/core/clock.ts';
import { Refusal } from '../../src/core/errors.ts';
import { uuidV7 } from '../../src/core/ids.ts';
import { bookingCommand } from '../../src/core/ledger/bookings.ts';
import type { Command } from '../../src/core/ledger/commands.ts';
import { inputHash } from '../../src/core/ledger/entry.ts';
import type { Restriction } from '../../src/core/lots/restriction.ts';
import { openDatabase, type DatabasePool } from '../../src/db/database.ts';
import { readHead } from '../../src/db/ledger/heads.ts';
import { verifyLedger } from '../../src/db/ledger/verify.ts';
import { openLedgerWriter, type LedgerWriter } from '../../src/db/ledger/writer.ts';
import { createTestDatabase } from '../support/process/database.ts';
import { addWallet, connect, debitOf, depositOf } from '../support/ledger/wallets.ts';

const USD = 1_000_000n;
const AI: Restriction = { services: ['AI_API'] };

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let client: pg.Client;
let db: DatabasePool;
let writers: readonly LedgerWriter[];
let wallet: string;
let wallets = 0;

beforeAll(async () => {
  database = await createTestDatabase();
  client = await connect(database.ownerUrl);
  db = openDatabase(database.appUrl);
  writers = [1, 2].map(() =>
    openLedgerWriter({ url: database.appUrl, clock: systemClock, deadlineMs: 10_000, lanes: 1 }),
  );
});

afterAll(async () => {
  await Promise.all(writers.map(async (writer) => writer.stop()));
  await db.destroy();
  await client.end();
  await database.drop();
});

beforeEach(async () => {
  wallets += 1;
  wallet = await addWallet(client, `wallet ${wallets}`);
});

async function submit(
  command: Command,
  writer = 0,
): Promise<readonly (readonly [lot: number | null, delta: bigint])[]> {
  const asked = { wallet, key: uuidV7(Date.now()), inputHash: inputHash('asked'), command };
  const submitted = await writers[writer]?.submit(asked);
  return submitted?.entries.map(({ lot, availableDelta }) => [lot, availableDelta]) ?? [];
}

const grant = (usd: bigint, restrictedTo?: Restriction): Command =>
  bookingCommand({ type: 'GRANT', amountMicros: usd * USD, reason: 'a gift', restrictedTo });
const spend = (service: 'AI_API' | 'GAS_SUBSIDY', usd: bigint): Command => ({
  op: 'debit',
  type: service === 'AI_API' ? 'AI_API_CALL' : 'GAS_SUBSIDY',
  amountMicros: usd * USD,
  contra: `revenue:${service}`,
  service,
});

async function openRows(): Promise<readonly (readonly [string, string | null])[]> {
  const { rows } = await client.query<{ lot: string; left: string | null }>(
    'SELECT lot, amount_left AS left FROM lot_open WHERE wallet = $1 ORDER BY lot',
    [wallet],
  );
  return rows.map(({ lot, left }) => [lot, left]);
}

async function faults(): Promise<unknown> {
  return (await verifyLedger(db)).faults.filter((fault) => fault.wallet === wallet);
}

describe('a wallet with restricted lots', () => {
  it('stores the amount of every lot but of the first that may pay for everything', async () => {
    await submit(depositOf(wallet, 10n).command);
    expect(await openRows()).toEqual([['1', null]]);
    await submit(grant(5n, AI));
    expect(await openRows()).toEqual([
      ['1', null],
      ['2', String(5n * USD)],
    ]);
    await submit(spend('GAS_SUBSIDY', 4n));
    expect(await openRows()).toEqual([
      ['1', null],
      ['2', String(5n * USD)],
    ]);
    expect(await submit(spend('AI_API', 3n))).toEqual([[2, -3n * USD]]);
    await submit(spend('GAS_SUBSIDY', 6n));
    expect(await openRows()).toEqual([['2', null]]);
    const head = await readHead(db, wallet);
    expect(head?.lots).toMatchObject([{ lot: 2, left: 2n * USD, terms: { restrictedTo: AI } }]);
    await expect(submit(spend('GAS_SUBSIDY', 1n), 1)).rejects.toMatchObject({ details: { kind: 'restricted' } });
    expect(await submit(spend('AI_API', 2n), 1)).toEqual([[2, -2n * USD]]);
    expect([await openRows(), await faults()]).toEqual([[], []]);
  });

  it('keeps the restriction of what lies in a hold, whoever ends it', async () => {
    await submit(grant(5n, AI));
    const open = { op: 'hold', service: 'AI_API', amountMicros: 5n * USD, gift: false, durationMs: 60_000 } as const;
    await submit(open);
    expect(await submit({ op: 'release', hold: 2 }, 1)).toEqual([[1, 5n * USD]]);
    await expect(submit(spend('GAS_SUBSIDY', 1n), 1)).rejects.toThrow(Refusal);
    await expect(submit(spend('GAS_SUBSIDY', 1n))).rejects.toThrow(Refusal);
    expect(await submit(spend('AI_API', 5n))).toEqual([[1, -5n * USD]]);
    expect(await faults()).toEqual([]);
  });

  it('is never overdrawn for a service by two processes at once', async () => {
    await submit(grant(30n, AI));
    await submit(grant(10n, { services: ['GAS_SUBSIDY'] }));
    await submit(depositOf(wallet, 20n).command);
    const asked = Array.from({ length: 100 }, (_one, index) => spend(index % 2 === 0 ? 'AI_API' : 'GAS_SUBSIDY', 1n));
    const outcomes = await Promise.allSettled(asked.map(async (command, index) => submit(command, (index >> 1) % 2)));
    const carriedOut = outcomes.flatMap(({ status }, index) => (status === 'fulfilled' ? [index % 2] : []));
    const [ai, gas] = [0, 1].map((which) => carriedOut.filter((one) => one === which).length);
    // 60 are there: 30 for the one service alone, 10 for the other, 20 for both.
    expect((ai ?? 0) + (gas ?? 0)).toBe(60);
    expect(Math.min((ai ?? 0) - 30, (gas ?? 0) - 10)).toBeGreaterThanOrEqual(0);
    for (const outcome of outcomes) {
      if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ code: 'CREDIT_INSUFFICIENT' });
    }
    expect([(await readHead(db, wallet))?.available, await faults()]).toEqual([0n, []]);
  });

  it('has a row that says what a lot is for, which nobody can change unnoticed', async () => {
    await submit(grant(5n, AI));
    await submit(debitOf(wallet, 1n).command);
    expect(await faults()).toEqual([]);
    await client.query('ALTER TABLE entry DISABLE TRIGGER USER');
    await client.query(`UPDATE entry SET restricted_to = NULL WHERE wallet = $1 AND seq = 1`, [wallet]);
    await client.query('ALTER TABLE entry ENABLE TRIGGER USER');
    expect(await faults()).toMatchObject([{ what: 'its hash does not follow from its columns and the row before it' }]);
  });
});
