/** Budgets in the ledger: several processes, changes while others spend, turns of the month, and counting again. */
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sleep, systemClock, type Clock } from '../../src/core/clock.ts';
import type { Budget } from '../../src/core/budgets/budget.ts';
import { Counting } from '../../src/core/budgets/counting.ts';
import { Refusal } from '../../src/core/errors.ts';
import { uuidV7, walletId } from '../../src/core/ids.ts';
import type { Command } from '../../src/core/ledger/commands.ts';
import { createOrg } from '../../src/db/access/orgs.ts';
import { addBudget, changeBudget, endBudget, type BudgetChange } from '../../src/db/budgets/budgets.ts';
import { findMiscounted, listMiscounted, recountBudgets } from '../../src/db/budgets/recount.ts';
import { openDatabase, type DatabasePool } from '../../src/db/database.ts';
import { findStanding } from '../../src/db/ledger/balance-now.ts';
import type { Outcome } from '../../src/db/ledger/submission.ts';
import { verifyLedger } from '../../src/db/ledger/verify.ts';
import { openLedgerWriter, type LedgerWriter } from '../../src/db/ledger/writer.ts';
import { reportRenewals } from '../../src/jobs/budgets.ts';
import { createTestDatabase } from '../support/process/database.ts';
import { captureOf, codeOf, holdOf, submissionOf } from '../support/ledger/submissions.ts';
import { connect, debitOf, depositOf } from '../support/ledger/wallets.ts';

const USD = 1_000_000n;
const MINUTE_MS = 60_000;
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
  const writer = openLedgerWriter({ url: database.appUrl, clock, deadlineMs: 10_000 });
  writers.push(writer);
  return writer;
}

interface Owner {
  readonly org: string;
  readonly wallet: string;
}

async function fundedOrg(usd = 1_000n): Promise<Owner> {
  const org = uuidV7(Date.now());
  await createOrg(db, { id: org, name: 'Acme', externalId: null, createdAt: new Date() });
  const wallet = walletId({ kind: 'org', id: org });
  await openProcess().submit(depositOf(wallet, usd));
  return { org, wallet };
}

async function add({ org, wallet }: Owner, change: Partial<Budget> = {}): Promise<string> {
  const id = uuidV7(Date.now());
  const about = { subject: 'userId', value: 'u1', period: 'month', name: null, warnPercent: 80 } as const;
  const budget = { ...about, limitMicros: 10n * USD, hard: true, createdAtMs: Date.now(), ...change, id, org, wallet };
  await db.transaction(async (trx) => addBudget(trx, budget));
  return id;
}

const change = async ({ org, wallet }: Owner, id: string, to: BudgetChange): Promise<boolean> =>
  db.transaction(async (trx) => changeBudget(trx, { org, wallet, id }, to));

const NOTES = { userId: 'u1' };
const debit = (usd: bigint, notes = NOTES): Command => ({ ...debitOf('', usd).command, notes }) as Command;
const hold = (usd: bigint, durationMs = 10 * MINUTE_MS): Command =>
  ({ ...holdOf(usd, durationMs), notes: NOTES }) as Command;
const submit = async (writer: LedgerWriter, { wallet }: Owner, command: Command): Promise<Outcome> =>
  writer.submit(submissionOf(wallet, command, uuidV7(Date.now())));

/** What became of a spend: what the budgets have left in USD, or the kind of its refusal. */
async function spend(writer: LedgerWriter, owner: Owner, usd: bigint): Promise<unknown> {
  try {
    const { budgets = [] } = await submit(writer, owner, debit(usd));
    return budgets.map(({ leftMicros }) => leftMicros / USD);
  } catch (error) {
    if (error instanceof Refusal) return error.details['kind'] ?? error.code;
    throw error;
  }
}

/** What a budget has counted by now, in USD. */
async function counted({ wallet }: Owner, id: string, now = new Date()): Promise<unknown> {
  const standing = await findStanding(db, wallet, now);
  const budget = standing?.budgets.find(id);
  if (!standing || !budget) return undefined;
  const { used, reserved } = new Counting(standing.budgets).at(budget, Math.max(now.getTime(), standing.atMs));
  return { used: used / USD, reserved: reserved / USD };
}

describe('two processes', () => {
  it('200 spends at once at the edge of a budget never pass it', async () => {
    const owner = await fundedOrg();
    const id = await add(owner, { limitMicros: 50n * USD });
    const both = [openProcess(), openProcess()];
    const outcomes = await Promise.all(
      Array.from({ length: 200 }, async (_, index) => {
        const writer = both[index % 2];
        return writer && codeOf(submit(writer, owner, index % 4 < 2 ? debit(1n) : hold(1n)));
      }),
    );
    expect(outcomes.filter((code) => code === 'accepted')).toHaveLength(50);
    expect(outcomes.filter((code) => code === 'CREDIT_INSUFFICIENT')).toHaveLength(150);
    const { used, reserved } = (await counted(owner, id)) as { used: bigint; reserved: bigint };
    expect(used + reserved).toBe(50n);
    expect(await findMiscounted(db, owner.wallet)).toEqual([]);
  });

  it('a change by another process is seen by the next decision, whichever way it goes', async () => {
    const owner = await fundedOrg();
    const [one, other] = [openProcess(), openProcess()];
    const spends = async (usd: bigint): Promise<unknown[]> => [
      await spend(one, owner, usd),
      await spend(other, owner, usd),
    ];
    expect(await spends(1n)).toEqual([[], []]);
    const id = await add(owner);
    expect(await spends(1n)).toEqual([[9n], [8n]]);
    await change(owner, id, { limitMicros: 3n * USD });
    expect([await spend(one, owner, 2n), await spend(one, owner, 1n), await spend(other, owner, 1n)]).toEqual([
      'budget',
      [0n],
      'budget',
    ]);
    await change(owner, id, { limitMicros: 4n * USD });
    expect([await spend(other, owner, 1n), await spend(one, owner, 1n)]).toEqual([[0n], 'budget']);
    await change(owner, id, { hard: false });
    expect([await spend(one, owner, 1n), await spend(other, owner, 1n)]).toEqual([[-1n], [-2n]]);
    await db.transaction(async (trx) => endBudget(trx, { ...owner, id, at: new Date() }));
    expect(await spends(1n)).toEqual([[], []]);
    expect(await findMiscounted(db, owner.wallet)).toEqual([]);
  });

  it('a change is seen by a process that alone writes to the wallet, also where it wrote to others meanwhile', async () => {
    const [owner, neighbour] = [await fundedOrg(), await fundedOrg()];
    const writer = openProcess();
    expect([await spend(writer, owner, 1n), await spend(writer, neighbour, 1n)]).toEqual([[], []]);
    const id = await add(owner);
    expect(await spend(writer, owner, 1n)).toEqual([9n]);
    await change(owner, id, { limitMicros: 20n * USD });
    // The process looks for changes once a second, whatever it writes to.
    await sleep(systemClock, 1_200);
    expect(await spend(writer, neighbour, 1n)).toEqual([]);
    expect(await spend(writer, owner, 1n)).toEqual([18n]);
  });

  it('a change of another wallet disturbs nobody', async () => {
    const [owner, neighbour] = [await fundedOrg(), await fundedOrg()];
    const writer = openProcess();
    const id = await add(neighbour);
    expect(await spend(writer, owner, 1n)).toEqual([]);
    const { writes } = writer.status();
    await change(neighbour, id, { limitMicros: 5n * USD });
    expect(await spend(writer, owner, 1n)).toEqual([]);
    expect(writer.status().writes).toBe(writes + 1);
  });

  it('spends while the limit goes up and down stay within the highest limit', async () => {
    const owner = await fundedOrg();
    const id = await add(owner, { limitMicros: 20n * USD });
    const both = [openProcess(), openProcess()];
    const spending = Promise.all(
      Array.from({ length: 120 }, async (_, index) => {
        const writer = both[index % 2];
        return writer && codeOf(submit(writer, owner, debit(1n)));
      }),
    );
    for (const usd of [5n, 30n, 10n, 25n]) await change(owner, id, { limitMicros: usd * USD });
    const accepted = (await spending).filter((code) => code === 'accepted').length;
    expect(accepted).toBeLessThanOrEqual(30);
    expect(await counted(owner, id)).toEqual({ used: BigInt(accepted), reserved: 0n });
  });
});

describe('a hold', () => {
  it('reserves, and settles what it cost; an overrun passes the limit', async () => {
    const owner = await fundedOrg();
    const id = await add(owner);
    const writer = openProcess();
    const { entries, budgets } = await submit(writer, owner, hold(8n));
    expect([budgets?.map(({ leftMicros }) => leftMicros / USD), await counted(owner, id)]).toEqual([
      [2n],
      { used: 0n, reserved: 8n },
    ]);
    expect(await spend(writer, owner, 3n)).toBe('budget');
    const number = entries[0]?.seq ?? 0;
    // Another process reads the hold with what it counts in.
    await submit(openProcess(), owner, captureOf(number, 3n, false));
    expect(await counted(owner, id)).toEqual({ used: 3n, reserved: 5n });
    const over = { ...captureOf(number, 9n), allowOverrun: true } as Command;
    const closed = await submit(writer, owner, over);
    expect([closed.budgets?.map(({ leftMicros }) => leftMicros / USD), await counted(owner, id)]).toEqual([
      [-2n],
      { used: 12n, reserved: 0n },
    ]);
    expect(await spend(writer, owner, 1n)).toBe('budget');
    expect(await findMiscounted(db, owner.wallet)).toEqual([]);
  });

  it('may grow as far as its budgets have something left, which then is reserved too', async () => {
    const owner = await fundedOrg();
    const id = await add(owner);
    const writer = openProcess();
    const { entries } = await submit(writer, owner, hold(4n));
    const grow = async (usd: bigint): Promise<Outcome> =>
      submit(openProcess(), owner, { op: 'grow', hold: entries[0]?.seq ?? 0, add: { byMicros: usd * USD } });
    expect((await grow(5n)).budgets?.map(({ leftMicros }) => leftMicros / USD)).toEqual([1n]);
    expect(await codeOf(grow(2n))).toBe('CREDIT_INSUFFICIENT');
    expect(await counted(owner, id)).toEqual({ used: 0n, reserved: 9n });
    expect(await findMiscounted(db, owner.wallet)).toEqual([]);
  });

  it('gives back what it reserved when it is released or expires, before its entry is written', async () => {
    const owner = await fundedOrg();
    const id = await add(owner);
    let nowMs = Date.now();
    const writer = openProcess({ ...systemClock, nowMs: () => nowMs });
    const { entries } = await submit(writer, owner, hold(4n));
    await submit(writer, owner, hold(5n, MINUTE_MS));
    await submit(writer, owner, { op: 'release', hold: entries[0]?.seq ?? 0 });
    expect(await counted(owner, id)).toEqual({ used: 0n, reserved: 5n });
    nowMs += 2 * MINUTE_MS;
    expect(await counted(owner, id, new Date(nowMs))).toEqual({ used: 0n, reserved: 0n });
    expect(await spend(writer, owner, 10n)).toEqual([0n]);
    expect(await findMiscounted(db, owner.wallet)).toEqual([]);
  });

  it('settles in the month in which it was opened, as its zone has it', async () => {
    const owner = await fundedOrg();
    await client.query(`UPDATE org_settings SET time_zone = 'Europe/Berlin' WHERE org = $1`, [owner.org]);
    const id = await add(owner);
    const year = new Date().getUTCFullYear() + 1;
    // The clocks of Berlin are two hours ahead: the month ends at 22:00.
    let nowMs = Date.parse(`${year}-07-31T21:58:00Z`);
    const writer = openProcess({ ...systemClock, nowMs: () => nowMs });
    const { entries } = await submit(writer, owner, hold(8n));
    expect(await spend(writer, owner, 3n)).toBe('budget');
    nowMs += 3 * MINUTE_MS;
    expect(await spend(writer, owner, 3n)).toEqual([7n]);
    const captured = await submit(writer, owner, captureOf(entries[0]?.seq ?? 0, 6n));
    expect(captured.budgets).toBeUndefined();
    const { rows } = await client.query(
      'SELECT starts_at, used, reserved FROM budget_period WHERE wallet = $1 AND budget = $2 ORDER BY 1',
      [owner.wallet, id],
    );
    expect(rows).toEqual([
      { starts_at: new Date(`${year}-06-30T22:00:00Z`), used: String(6n * USD), reserved: '0' },
      { starts_at: new Date(`${year}-07-31T22:00:00Z`), used: String(3n * USD), reserved: '0' },
    ]);
    expect(await findMiscounted(db, owner.wallet)).toEqual([]);
  });
});

it('a change of the zone reaches every writer, and counts from the next period on', async () => {
  const owner = await fundedOrg();
  const id = await add(owner, { period: 'day' });
  const writer = openProcess();
  expect(await spend(writer, owner, 10n)).toEqual([0n]);
  await client.query(`UPDATE org_settings SET time_zone = 'Pacific/Kiritimati' WHERE org = $1`, [owner.org]);
  expect(await spend(writer, owner, 1n)).toBe('budget');
  const standing = await findStanding(db, owner.wallet, new Date());
  expect(standing?.budgets.find(id)?.zone).toBe('Pacific/Kiritimati');
});

it('counters that are wrong are found and counted again, and the next decision goes by that', async () => {
  const owner = await fundedOrg();
  const id = await add(owner);
  const writer = openProcess();
  expect(await spend(writer, owner, 4n)).toEqual([6n]);
  await submit(writer, owner, hold(1n));
  await client.query('UPDATE budget_period SET used = used + 6000000 WHERE wallet = $1', [owner.wallet]);
  expect(await listMiscounted(db)).toMatchObject([
    { wallet: owner.wallet, budget: id, used: 10n * USD, usedDue: 4n * USD, reserved: USD, reservedDue: USD },
  ]);
  expect(await recountBudgets(db, owner.wallet)).toBe(1);
  expect(await listMiscounted(db)).toEqual([]);
  expect([await spend(writer, owner, 6n), await spend(writer, owner, 5n)]).toEqual(['budget', [0n]]);
});

it('a budget that was reported begins anew with an event, once for each period, however many look', async () => {
  const owner = await fundedOrg();
  const kinds: Partial<Budget>[] = [{ period: 'day' }, { period: 'day', hard: false, limitMicros: 100n * USD }];
  const [id] = [await add(owner, kinds[0]), await add(owner, kinds[1]), await add(owner, { period: 'none' })];
  expect(await spend(openProcess(), owner, 8n)).toHaveLength(3);
  const tomorrowMs = Date.now() + 2 * 86_400_000;
  const taken = await Promise.all([reportRenewals(db, tomorrowMs), reportRenewals(db, tomorrowMs)]);
  const renewed = await client.query<{ n: number }>(
    'SELECT count(*)::int AS n FROM budget_period WHERE renewed_at IS NOT NULL',
  );
  expect(taken.reduce((sum, one) => sum + one, 0)).toBe(renewed.rows[0]?.n);
  expect(await reportRenewals(db, tomorrowMs)).toBe(0);
  const { rows } = await client.query<{ kind: string; data: object }>(
    'SELECT kind, data FROM event_pending WHERE log = $1',
    [owner.org],
  );
  expect(rows).toMatchObject([
    { kind: 'budget.renewed', data: { budgetId: id, limitUsd: '10.00', lastUsedUsd: '8.00', mode: 'hard' } },
  ]);
});

it('what is not a spend counts in no budget', async () => {
  const owner = await fundedOrg();
  const id = await add(owner);
  const writer = openProcess();
  const taken: Command = {
    op: 'debit',
    type: 'CLAWBACK',
    amountMicros: 20n * USD,
    contra: 'assets:clawbacks',
    mayOwe: true,
    notes: NOTES,
  };
  await submit(writer, owner, taken);
  expect(await counted(owner, id)).toEqual({ used: 0n, reserved: 0n });
  const { faults } = await verifyLedger(db);
  expect(faults).toEqual([]);
});
