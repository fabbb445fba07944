/** What one command costs, and what one org's commands cost the others. */
import type pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { systemClock, type Clock } from '../../src/core/clock.ts';
import { uuidV7 } from '../../src/core/ids.ts';
import type { Command } from '../../src/core/ledger/commands.ts';
import { SETTLED_ENTRIES_MAX } from '../../src/core/ledger/decide.ts';
import { DEPOSIT_TERMS } from '../../src/core/ledger/head.ts';
import { DRAWN_LOTS_MAX } from '../../src/core/ledger/draws.ts';
import { EQUAL_LOTS_MAX } from '../../src/core/ledger/posting.ts';
import { openDatabase } from '../../src/db/database.ts';
import { PLANNING } from '../../src/db/ledger/beside/session.ts';
import { LedgerConnection } from '../../src/db/ledger/connection.ts';
import { selectHeads } from '../../src/db/ledger/heads.ts';
import { LedgerLane } from '../../src/db/ledger/lane.ts';
import { verifyLedger } from '../../src/db/ledger/verify.ts';
import { openLedgerWriter, type LedgerWriter } from '../../src/db/ledger/writer.ts';
import { createSteppedClock } from '../support/fake-clock.ts';
import { codeOf, submissionOf } from '../support/ledger/submissions.ts';
import { addWallet, auditWallet, connect, debitOf, depositOf } from '../support/ledger/wallets.ts';
import { createTestDatabase } from '../support/process/database.ts';
import { openTcpProxy } from '../support/process/tcp-proxy.ts';

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let client: pg.Client;
let wallets = 0;
const closing: (() => Promise<unknown>)[] = [];

async function newWallet(): Promise<string> {
  wallets += 1;
  return addWallet(client, `costly ${wallets}`);
}

function openWriter(url: string = database.appUrl): LedgerWriter {
  const writer = openLedgerWriter({ url, clock: systemClock, deadlineMs: 20_000, lanes: 1 });
  closing.push(async () => writer.stop());
  return writer;
}

/** Counts what a lane asks of the database. */
class CountingConnection extends LedgerConnection {
  /** How many entries each write had. */
  readonly writes: number[] = [];
  reads = 0;

  override async append(...args: Parameters<LedgerConnection['append']>): Promise<void> {
    this.writes.push(args[0].count);
    return super.append(...args);
  }

  override async loadWallets(asked: readonly string[]): ReturnType<LedgerConnection['loadWallets']> {
    this.reads += 1;
    return super.loadWallets(asked);
  }
}

function openLane(batchSizeMax: number, clock: Clock = systemClock): { lane: LedgerLane; asked: CountingConnection } {
  const asked = new CountingConnection(database.appUrl, clock);
  const limits = { batchSizeMax, queueLengthMax: 10_000, headsMax: 100 };
  const lane = new LedgerLane({ connection: asked, clock, deadlineMs: 60_000, limits, onTrouble: () => undefined });
  closing.push(async () => lane.stop());
  return { lane, asked };
}

const micros = (amountMicros: bigint): Command => ({ ...debitOf('', 1n).command, amountMicros }) as Command;
const deposit = (amountMicros: bigint): Command => ({ ...depositOf('', 1n).command, amountMicros }) as Command;
const hold = (amountMicros: bigint, durationMs: number): Command => ({
  op: 'hold',
  service: 'AI_API',
  amountMicros,
  gift: false,
  durationMs,
});
const newKey = (): string => uuidV7(Date.now());

async function expectProof(): Promise<void> {
  const db = openDatabase(database.appUrl, 1);
  const { faults } = await verifyLedger(db);
  await db.destroy();
  expect(faults).toEqual([]);
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

describe('S01 an org with thousands of micro-deposits', () => {
  it('spends all of them with one cheap debit, before and after a restart', async () => {
    const wallet = await newWallet();
    const writer = openWriter();
    for (let round = 0; round < 4; round += 1) {
      const all = Array.from({ length: 5_000 }, async () => writer.submit(submissionOf(wallet, deposit(1n), newKey())));
      await Promise.all(all);
    }
    const open = await client.query('SELECT FROM lot_open WHERE wallet = $1', [wallet]);
    expect(open.rowCount).toBeLessThanOrEqual(EQUAL_LOTS_MAX);
    for (const asked of [writer, openWriter()]) {
      const { entries } = await asked.submit(submissionOf(wallet, micros(10_000n), newKey()));
      expect(entries.length).toBeLessThanOrEqual(DRAWN_LOTS_MAX);
    }
    expect((await auditWallet(client, wallet)).at(-1)?.available).toBe(0n);
    await expectProof();
  }, 120_000);
});

describe('S01 an org that asks for much', () => {
  it('does not keep another org out of the next batch', async () => {
    const [busy, other] = [await newWallet(), await newWallet()];
    const { lane } = openLane(20);
    for (const wallet of [busy, other]) await lane.submit(depositOf(wallet, 1_000n));
    const answered: string[] = [];
    const ask = async (wallet: string): Promise<void> => {
      await lane.submit(submissionOf(wallet, micros(1n), newKey()));
      answered.push(wallet);
    };
    await Promise.all([...Array.from({ length: 400 }, async () => ask(busy)), ask(other)]);
    expect(answered.indexOf(other)).toBeLessThan(100);
    expect(answered).toHaveLength(401);
  });

  it('fills no more than its share of a batch with costly commands while another org is in it', async () => {
    const [busy, other] = [await newWallet(), await newWallet()];
    const { lane, asked } = openLane(100);
    for (let n = 0; n < 400; n += 1) {
      const terms = { ...DEPOSIT_TERMS, priority: n };
      await lane.submit(submissionOf(busy, { ...deposit(2n), terms } as Command, newKey()));
    }
    await lane.submit(depositOf(other, 10n));
    asked.writes.length = 0;
    const answered: string[] = [];
    const ask = async (wallet: string, amount: bigint): Promise<void> => {
      await lane.submit(submissionOf(wallet, micros(amount), newKey()));
      answered.push(wallet);
    };
    await Promise.all([...Array.from({ length: 20 }, async () => ask(busy, 40n)), ask(other, 1n)]);
    // A debit of 40 draws on 20 lots; a quarter of 100 entries is reached with the second.
    expect(answered.indexOf(other)).toBeLessThan(8);
    expect(Math.max(...asked.writes)).toBeLessThan(120);
    await expectProof();
  });

  it('is refused without its lots and holds being read again, as long as nobody else wrote to it', async () => {
    const wallet = await newWallet();
    const { lane, asked } = openLane(10);
    await lane.submit(depositOf(wallet, 1n));
    const before = asked.reads;
    for (let n = 0; n < 5; n += 1) expect(await codeOf(lane.submit(debitOf(wallet, 2n)))).toBe('CREDIT_INSUFFICIENT');
    expect(asked.reads).toBe(before);
    await openWriter().submit(depositOf(wallet, 1n));
    expect(await codeOf(lane.submit(debitOf(wallet, 2n)))).toBe('accepted');
  });
});

describe('S01 thousands of holds that end at one instant', () => {
  it('are settled in steps, between which other orgs are served, before the next command is judged', async () => {
    const [busy, other] = [await newWallet(), await newWallet()];
    const clock = createSteppedClock();
    const { lane, asked } = openLane(400, clock);
    await lane.submit(submissionOf(busy, deposit(3_000n), newKey()));
    await lane.submit(depositOf(other, 10n));
    const all = Array.from({ length: 3_000 }, async () => lane.submit(submissionOf(busy, hold(1n, 60_000), newKey())));
    await Promise.all(all);
    clock.step(60_000);
    asked.writes.length = 0;
    const answered: string[] = [];
    const ask = async (wallet: string, amount: bigint): Promise<void> => {
      await lane.submit(submissionOf(wallet, micros(amount), newKey()));
      answered.push(wallet);
    };
    await Promise.all([ask(busy, 1_000n), ask(other, 1n), ask(busy, 2_000n)]);
    expect(answered).toEqual([other, busy, busy]);
    expect(Math.max(...asked.writes)).toBeLessThanOrEqual(2 * SETTLED_ENTRIES_MAX);
    expect((await auditWallet(client, busy)).at(-1)).toMatchObject({ available: 0n, held: 0n });
    const open = await client.query('SELECT FROM hold_open WHERE wallet = $1', [busy]);
    expect(open.rowCount).toBe(0);
    await expectProof();
  }, 60_000);
});

describe('S08b a batch whose answer is lost', () => {
  it('is answered as it was judged: what was refused is not judged behind what came after it', async () => {
    const [wallet, other] = [await newWallet(), await newWallet()];
    const proxy = await openTcpProxy(database.appUrl);
    closing.push(async () => proxy.close());
    const writer = openWriter(proxy.url);
    for (const one of [wallet, other]) await writer.submit(depositOf(one, 10n));
    proxy.setPlan({ cutAt: { direction: 'down', text: 'SELECT 1' } });
    const asked = [debitOf(wallet, 8n), debitOf(wallet, 5n), depositOf(wallet, 10n), debitOf(other, 1n)];
    const codes = await Promise.all(asked.map(async (one) => codeOf(writer.submit(one))));
    expect([proxy.cuts(), codes]).toEqual([1, ['accepted', 'CREDIT_INSUFFICIENT', 'accepted', 'accepted']]);
    expect((await auditWallet(client, wallet)).map(({ availableDelta }) => availableDelta / 1_000_000n)).toEqual([
      10n,
      -8n,
      10n,
    ]);
    expect(await auditWallet(client, other)).toHaveLength(2);
  });
});

describe('S08b a command whose caller is gone', () => {
  it('is dropped while it waits, and written where it is judged already', async () => {
    const wallet = await newWallet();
    const { lane } = openLane(1);
    await lane.submit(depositOf(wallet, 10n));
    let gone = false;
    const isGone = (): boolean => gone;
    const first = codeOf(lane.submit({ ...debitOf(wallet, 1n), isGone }));
    const waiting = Array.from({ length: 4 }, async () => codeOf(lane.submit({ ...debitOf(wallet, 2n), isGone })));
    const another = codeOf(lane.submit({ ...debitOf(wallet, 3n), isGone: () => false }));
    await new Promise((resolve) => setImmediate(resolve));
    gone = true;
    const codes = await Promise.all([first, ...waiting, another]);
    expect([codes[0], codes.at(-1)]).toEqual(['accepted', 'accepted']);
    const spent = (await auditWallet(client, wallet)).map(({ availableDelta }) => availableDelta / -1_000_000n);
    const dropped = codes.filter((code) => code === 'LEDGER_UNAVAILABLE').length;
    expect(dropped).toBeGreaterThan(0);
    expect(spent).toHaveLength(1 + codes.length - dropped);
    expect(spent.at(-1)).toBe(3n);
  });
});

describe('reading a head', () => {
  const ROUND = 400;

  it('costs as much after a longer life as after a shorter one, planned when the statistics knew hardly any rows', async () => {
    // Of its own, whose statistics are those of a minute after it was made.
    const young = await createTestDatabase();
    closing.push(async () => young.drop());
    const reader = await connect(young.ownerUrl);
    closing.push(async () => reader.end());
    const wallet = await addWallet(reader, 'young');
    for (const table of ['entry', 'lot', 'lot_open', 'hold_open'])
      await reader.query(`ALTER TABLE ${table} SET (autovacuum_enabled = false)`);
    await reader.query(PLANNING);
    await reader.query(`PREPARE heads (uuid[]) AS ${selectHeads('$1')}`);
    const writer = openWriter(young.appUrl);
    const submit = async (command: Command): Promise<number> => {
      const { entries } = await writer.submit(submissionOf(wallet, command, newKey()));
      return entries[0]?.seq ?? 0;
    };
    const live = async (): Promise<void> => {
      const all = Array.from({ length: ROUND }, async () => {
        await submit(deposit(10n));
        await submit(micros(1n));
        const opened = await submit(hold(1n, 60_000));
        await submit({ op: 'release', hold: opened });
      });
      await Promise.all(all);
    };
    await submit(deposit(1_000n));
    for (let open = 0; open < 10; open += 1) await submit(hold(1n, 3_600_000));
    await reader.query('ANALYZE');
    await rowsRead(reader, wallet);
    await live();
    const shorter = await rowsRead(reader, wallet);
    for (let more = 0; more < 3; more += 1) await live();
    expect(shorter).toBeGreaterThan(0);
    expect(await rowsRead(reader, wallet)).toBeLessThan(1.3 * shorter);
  }, 60_000);
});

interface PlanNode {
  readonly 'Actual Rows': number;
  readonly 'Actual Loops': number;
  readonly 'Rows Removed by Filter'?: number;
  readonly 'Rows Removed by Join Filter'?: number;
  readonly Plans?: readonly PlanNode[];
}

/** How many rows all steps of reading a head bring and throw away, whether they come from a table or from a step before. */
async function rowsRead(reader: pg.Client, wallet: string): Promise<number> {
  const { rows } = await reader.query<{ 'QUERY PLAN': { Plan: PlanNode }[] }>(
    `EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) EXECUTE heads('{${wallet}}')`,
  );
  const sum = (node: PlanNode): number => {
    const each = [node['Actual Rows'], node['Rows Removed by Filter'], node['Rows Removed by Join Filter']];
    const own = each.reduce<number>((total, count) => total + (count ?? 0), 0) * node['Actual Loops'];
    return (node.Plans ?? []).reduce((total, part) => total + sum(part), own);
  };
  return rows.reduce((total, row) => total + (row['QUERY PLAN'][0] ? sum(row['QUERY PLAN'][0].Plan) : 0), 0);
}
