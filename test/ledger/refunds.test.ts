/** Refunds of charges in the ledger: several processes at once, periods of budgets, decisions made again, and the audit. */
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock, type Clock } from '../../src/core/clock.ts';
import type { Budget } from '../../src/core/budgets/budget.ts';
import { uuidV7, walletId } from '../../src/core/ids.ts';
import { bookingCommand } from '../../src/core/ledger/bookings.ts';
import type { Command } from '../../src/core/ledger/commands.ts';
import { createOrg } from '../../src/db/access/orgs.ts';
import { addBudget } from '../../src/db/budgets/budgets.ts';
import { findMiscounted } from '../../src/db/budgets/recount.ts';
import { openDatabase, type DatabasePool } from '../../src/db/database.ts';
import { explainEntry } from '../../src/db/explain/explain.ts';
import type { Outcome } from '../../src/db/ledger/submission.ts';
import { verifyLedger } from '../../src/db/ledger/verify.ts';
import { openLedgerWriter, type LedgerWriter } from '../../src/db/ledger/writer.ts';
import { listOverRefunded } from '../../src/db/refunds/charges.ts';
import { captureOf, codeOf, grantOf, holdOf, submissionOf } from '../support/ledger/submissions.ts';
import { auditWallet, connect, debitOf, depositOf } from '../support/ledger/wallets.ts';
import { createTestDatabase } from '../support/process/database.ts';

const USD = 1_000_000n;
const DAY_MS = 86_400_000;
let database: Awaited<ReturnType<typeof createTestDatabase>>;
let client: pg.Client;
let db: DatabasePool;
const writers: LedgerWriter[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  client = await connect(database.ownerUrl);
  db = openDatabase(database.ownerUrl);
});

afterAll(async () => {
  await Promise.all(writers.map(async (writer) => writer.stop()));
  await db.destroy();
  await client.end();
  await database.drop();
});

/** A process: a writer with connections and a memory of its own. */
function openProcess(clock: Clock = systemClock): LedgerWriter {
  const writer = openLedgerWriter({ url: database.appUrl, clock, deadlineMs: 10_000, lanes: 1 });
  writers.push(writer);
  return writer;
}

interface Owner {
  readonly org: string;
  readonly wallet: string;
}

async function fundedOrg(writer: LedgerWriter): Promise<Owner> {
  const org = uuidV7(Date.now());
  await createOrg(db, { id: org, name: 'Acme', externalId: null, createdAt: new Date() });
  const wallet = walletId({ kind: 'org', id: org });
  await writer.submit(depositOf(wallet, 100n));
  return { org, wallet };
}

const submit = async (writer: LedgerWriter, { wallet }: Owner, command: Command): Promise<Outcome> =>
  writer.submit(submissionOf(wallet, command, uuidV7(Date.now())));
const debit = (usd: bigint, more: object = {}): Command => ({ ...debitOf('', usd).command, ...more });
const refund = (usd: bigint, refundOf: number): Command =>
  bookingCommand({ type: 'REFUND', amountMicros: usd * USD, reason: 'sorry', refundOf });
const firstOf = ({ entries }: Outcome): number => entries[0]?.seq ?? 0;

describe('refunds of a charge', () => {
  it('of two processes at once never give back more than it took', async () => {
    const [one, other] = [openProcess(), openProcess()];
    const owner = await fundedOrg(one);
    const charge = firstOf(await submit(one, owner, debit(20n)));
    const outcomes = await Promise.all(
      Array.from({ length: 60 }, async (_, index) =>
        codeOf(submit(index % 2 === 0 ? one : other, owner, refund(1n, charge))),
      ),
    );
    expect(outcomes.filter((code) => code === 'accepted')).toHaveLength(20);
    expect(outcomes.filter((code) => code === 'REFUND_NOT_POSSIBLE')).toHaveLength(40);
    const entries = await auditWallet(client, owner.wallet);
    expect(entries.filter(({ refundOf }) => refundOf === charge)).toHaveLength(20);
    expect([entries.at(-1)?.available, await listOverRefunded(db)]).toEqual([100n * USD, []]);
  });

  it('sees what the same process wrote a moment before, and writes each key once', async () => {
    const writer = openProcess();
    const owner = await fundedOrg(writer);
    const charge = firstOf(await submit(writer, owner, debit(3n)));
    const twice = submissionOf(owner.wallet, refund(2n, charge), uuidV7(Date.now()));
    const sent = [submit(writer, owner, debit(1n)), writer.submit(twice), submit(writer, owner, debit(1n))];
    const rest = [
      writer.submit(twice),
      submit(writer, owner, refund(2n, charge)),
      submit(writer, owner, refund(1n, charge)),
    ];
    expect(await Promise.all([...sent, ...rest].map(codeOf))).toEqual([
      'accepted',
      'accepted',
      'accepted',
      'accepted',
      'REFUND_NOT_POSSIBLE',
      'accepted',
    ]);
    const refunds = (await auditWallet(client, owner.wallet)).filter(({ type }) => type === 'REFUND');
    expect(refunds.map(({ availableDelta }) => availableDelta)).toEqual([2n * USD, USD]);
  });

  it('counts all lots of it, and each capture of a hold by itself', async () => {
    const writer = openProcess();
    const owner = await fundedOrg(writer);
    await submit(writer, owner, grantOf(5n, Date.now() + DAY_MS));
    const spent = await submit(writer, owner, debit(8n));
    expect(spent.entries).toHaveLength(2);
    expect(await codeOf(submit(writer, owner, refund(9n, firstOf(spent))))).toBe('REFUND_NOT_POSSIBLE');
    expect(await codeOf(submit(writer, owner, refund(1n, spent.entries[1]?.seq ?? 0)))).toBe('NOT_FOUND');
    expect(await codeOf(submit(writer, owner, refund(8n, firstOf(spent))))).toBe('accepted');
    const hold = firstOf(await submit(writer, owner, holdOf(10n, DAY_MS)));
    const part = firstOf(await submit(writer, owner, captureOf(hold, 4n, false)));
    const last = firstOf(await submit(writer, owner, captureOf(hold, 1n)));
    const give = async (usd: bigint, of: number): Promise<string> => codeOf(submit(writer, owner, refund(usd, of)));
    expect([await give(5n, part), await give(4n, part), await give(2n, last), await give(1n, last)]).toEqual([
      'REFUND_NOT_POSSIBLE',
      'accepted',
      'REFUND_NOT_POSSIBLE',
      'accepted',
    ]);
    expect([await give(1n, hold), await give(1n, 1), await give(1n, 9_999)]).toEqual([
      'VALIDATION_FAILED',
      'VALIDATION_FAILED',
      'NOT_FOUND',
    ]);
    expect((await verifyLedger(db)).faults).toEqual([]);
  });

  it('is free again in the period of the budget in which the charge counted', async () => {
    let nowMs = Date.parse('2026-03-10T10:00:00Z');
    const clock = { ...systemClock, nowMs: () => nowMs };
    const [one, other] = [openProcess(clock), openProcess(clock)];
    const owner = await fundedOrg(one);
    const id = uuidV7(nowMs);
    const about: Omit<Budget, 'id' | 'org' | 'zone'> = {
      subject: 'userId',
      value: 'u1',
      period: 'day',
      name: null,
      warnPercent: null,
      hard: true,
      limitMicros: 10n * USD,
      createdAtMs: nowMs,
    };
    await db.transaction(async (trx) => addBudget(trx, { ...about, ...owner, id }));
    const spend = debit(8n, { notes: { userId: 'u1' } });
    const charge = firstOf(await submit(one, owner, spend));
    expect(await codeOf(submit(other, owner, spend))).toBe('CREDIT_INSUFFICIENT');
    const given = await submit(other, owner, refund(6n, charge));
    expect(given.budgets?.map(({ leftMicros }) => leftMicros / USD)).toEqual([8n]);
    expect(await codeOf(submit(one, owner, spend))).toBe('accepted');
    nowMs += DAY_MS;
    await submit(one, owner, debit(9n, { notes: { userId: 'u1' } }));
    expect((await submit(other, owner, refund(2n, charge))).budgets).toBeUndefined();
    const { rows } = await client.query<{ used: string }>(
      'SELECT used FROM budget_period WHERE budget = $1 ORDER BY starts_at',
      [id],
    );
    expect(rows.map(({ used }) => BigInt(used) / USD)).toEqual([8n, 9n]);
    expect(await findMiscounted(db, owner.wallet)).toEqual([]);
  });

  it('is explained on what was left of the charge then', async () => {
    const writer = openProcess();
    const owner = await fundedOrg(writer);
    const charge = firstOf(await submit(writer, owner, debit(5n)));
    const [first, second] = [
      firstOf(await submit(writer, owner, refund(2n, charge))),
      firstOf(await submit(writer, owner, refund(3n, charge))),
    ];
    for (const [seq, more] of [
      [first, 3n],
      [second, 0n],
    ] as const) {
      const explained = await explainEntry(db, owner.wallet, seq);
      expect(explained?.isReproduced).toBe(true);
      expect(explained?.changes).toContainEqual({ of: 'amount', byMicros: more * USD + 1n });
    }
  });
});

it('verify reports a charge of which more was given back than it took, and a refund of what is no charge', async () => {
  const writer = openProcess();
  const owner = await fundedOrg(writer);
  const charge = firstOf(await submit(writer, owner, debit(5n)));
  const own = firstOf(await submit(writer, owner, refund(2n, charge)));
  const faults = async (): Promise<unknown> =>
    (await verifyLedger(db)).faults.filter(
      ({ wallet, what }) => wallet === owner.wallet && what.includes('given back'),
    );
  expect(await faults()).toEqual([]);
  // Nobody can change an entry while its triggers are there.
  await client.query('ALTER TABLE entry DISABLE TRIGGER USER');
  const change = async (column: string, value: bigint, seq: number): Promise<void> => {
    await client.query(`UPDATE entry SET ${column} = $1 WHERE wallet = $2 AND seq = $3`, [value, owner.wallet, seq]);
  };
  await change('available_delta', -1n * USD, charge);
  expect(await faults()).toMatchObject([
    { what: `2.00 were given back of ent_${owner.wallet}_${charge}, which took 1.00` },
  ]);
  await change('refund_of', 1n, own);
  expect(await faults()).toMatchObject([{ what: `2.00 were given back of ent_${owner.wallet}_1, which is no charge` }]);
  await expect(change('refund_of', BigInt(own), own)).rejects.toThrow('entry_refund_of');
  await client.query('ALTER TABLE entry ENABLE TRIGGER USER');
});
