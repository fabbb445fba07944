/** Wallets with more open holds than a head is read with. */
import type pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { systemClock, type Clock } from '../../src/core/clock.ts';
import { uuidV7 } from '../../src/core/ids.ts';
import type { Command } from '../../src/core/ledger/commands.ts';
import { openDatabase, type DatabasePool } from '../../src/db/database.ts';
import { findStanding } from '../../src/db/ledger/balance-now.ts';
import { HOLDS_READ, readHead } from '../../src/db/ledger/heads.ts';
import { LedgerConnection } from '../../src/db/ledger/connection.ts';
import { LedgerLane } from '../../src/db/ledger/lane.ts';
import { openPreview } from '../../src/db/ledger/preview.ts';
import type { Outcome } from '../../src/db/ledger/submission.ts';
import { verifyLedger } from '../../src/db/ledger/verify.ts';
import { openLedgerWriter, type LedgerWriter } from '../../src/db/ledger/writer.ts';
import { settleOverdueWallets } from '../../src/jobs/expiry.ts';
import { createSteppedClock } from '../support/fake-clock.ts';
import { codeOf, submissionOf } from '../support/ledger/submissions.ts';
import { addWallet, auditWallet, connect, depositOf } from '../support/ledger/wallets.ts';
import { createTestDatabase } from '../support/process/database.ts';

const HOLDS = 4 * HOLDS_READ;
const HOUR_MS = 3_600_000;
let database: Awaited<ReturnType<typeof createTestDatabase>>;
let client: pg.Client;
let db: DatabasePool;
let wallets = 0;
const closing: (() => Promise<unknown>)[] = [];

function openWriter(clock: Clock): LedgerWriter {
  const writer = openLedgerWriter({ url: database.appUrl, clock, deadlineMs: 20_000, lanes: 1 });
  closing.push(async () => writer.stop());
  return writer;
}

const hold = (durationMs: number): Command => ({
  op: 'hold',
  service: 'AI_API',
  amountMicros: 1n,
  gift: false,
  durationMs,
});
const capture = (number: number): Command => ({
  op: 'capture',
  hold: number,
  amountMicros: 1n,
  final: true,
  allowOverrun: false,
  giftCardMaxMicros: 0n,
});
const release = (number: number): Command => ({ op: 'release', hold: number });
const debit = (amountMicros: bigint): Command => ({
  op: 'debit',
  type: 'AI_API_CALL',
  amountMicros,
  contra: 'revenue:AI_API',
  service: 'AI_API',
});

/** A wallet with so many micro-dollars, each in a hold of its own; holds 2 and following end one after the other. */
async function crowdedWallet(
  writer: LedgerWriter,
  durationOf: (index: number) => number,
): Promise<{ readonly wallet: string; readonly ask: (by: LedgerWriter, command: Command) => Promise<Outcome> }> {
  wallets += 1;
  const wallet = await addWallet(client, `crowded ${wallets}`);
  const ask = async (by: LedgerWriter, command: Command): Promise<Outcome> =>
    by.submit(submissionOf(wallet, command, uuidV7(Date.now())));
  const { command } = depositOf(wallet, 1n);
  await ask(writer, { ...command, amountMicros: BigInt(HOLDS) } as Command);
  await Promise.all(Array.from({ length: HOLDS }, async (_, index) => ask(writer, hold(durationOf(index)))));
  return { wallet, ask };
}

beforeAll(async () => {
  database = await createTestDatabase();
  client = await connect(database.ownerUrl);
  db = openDatabase(database.appUrl, 4);
});
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});
afterAll(async () => {
  await db.destroy();
  await client.end();
  await database.drop();
});

async function expectProof(): Promise<void> {
  expect((await verifyLedger(db)).faults).toEqual([]);
}

describe('S01 a wallet with many open holds', () => {
  it('is read with a bounded number of them, and every one can be captured, released and prolonged', async () => {
    const { wallet, ask } = await crowdedWallet(openWriter(systemClock), (index) => HOUR_MS + index * 1_000);
    expect([...((await readHead(db, wallet))?.holds.values() ?? [])]).toHaveLength(HOLDS_READ);
    const [one, other] = [openWriter(systemClock), openWriter(systemClock)];
    const last = HOLDS + 1;
    for (const [by, command] of [
      [one, capture(last)],
      [other, release(last - 1)],
      [one, { op: 'extend', hold: last - 2, durationMs: 10 * HOUR_MS }],
      [other, capture(last - 2)],
      [one, capture(2)],
    ] as const) {
      expect((await ask(by, command)).entries).toHaveLength(1);
    }
    // What is closed is closed for both, whether they had it read or not; what never was is no hold.
    for (const by of [one, other]) {
      for (const number of [last, last - 1, last - 2, 2, 1, 999_999]) {
        expect([number, await codeOf(ask(by, release(number)))]).toEqual([number, 'HOLD_NOT_PENDING']);
      }
    }
    const standing = await findStanding(db, wallet, new Date());
    expect([standing?.available, standing?.held]).toEqual([1n, BigInt(HOLDS - 4)]);
  }, 60_000);

  it('ends a hold once, whichever of two writers and of two commands of a batch comes first', async () => {
    const { wallet, ask } = await crowdedWallet(openWriter(systemClock), (index) => HOUR_MS + index * 1_000);
    const both = [openWriter(systemClock), openWriter(systemClock)];
    const targets = Array.from({ length: 60 }, (_, n) => HOLDS + 1 - n * 10);
    const codes = await Promise.all(
      both.flatMap((by) =>
        targets.flatMap((number) => [capture(number), release(number)].map(async (one) => codeOf(ask(by, one)))),
      ),
    );
    expect(codes.filter((code) => code === 'accepted')).toHaveLength(targets.length);
    expect(codes.filter((code) => code === 'HOLD_NOT_PENDING')).toHaveLength(3 * targets.length);
    const closed = (await auditWallet(client, wallet)).filter(({ heldDelta }) => heldDelta < 0n);
    expect(new Set(closed.map(({ hold: number }) => number))).toEqual(new Set(targets));
    expect(closed).toHaveLength(targets.length);
    await expectProof();
  }, 60_000);
});

describe('S18 a wallet that has nearly as many holds open as it may', () => {
  const OPEN_MAX = HOLDS + 10;
  const opening = (openMax = OPEN_MAX): Command => ({ ...hold(HOUR_MS), openMax }) as Command;

  /** Counts how often holds are counted. */
  class CountingConnection extends LedgerConnection {
    counted = 0;

    override async countHolds(...args: Parameters<LedgerConnection['countHolds']>): Promise<Map<string, number>> {
      this.counted += 1;
      return super.countHolds(...args);
    }
  }

  function openLane(clock: Clock): { readonly lane: LedgerLane; readonly connection: CountingConnection } {
    const connection = new CountingConnection(database.appUrl, clock);
    const limits = { batchSizeMax: 400, queueLengthMax: 1_000, headsMax: 1_000 };
    const lane = new LedgerLane({ connection, clock, deadlineMs: 20_000, limits, onTrouble: () => undefined });
    closing.push(async () => lane.stop());
    return { lane, connection };
  }

  it('opens no more, whichever writer asks, and they are counted once a second at most', async () => {
    const clock = createSteppedClock(Date.now());
    const { wallet, ask } = await crowdedWallet(openWriter(clock), () => HOUR_MS);
    await ask(openWriter(clock), { ...depositOf(wallet, 1n).command, amountMicros: 100n } as Command);
    const [one, other] = [openLane(clock), openLane(clock)];
    const open = async ({ lane }: typeof one, openMax?: number): Promise<string> =>
      codeOf(lane.submit(submissionOf(wallet, opening(openMax), uuidV7(clock.nowMs()))));
    for (const by of [one, other, one]) expect(await open(by)).toBe('accepted');
    // Both have counted by now, and know at most how many the other has opened since.
    for (let more = 0; more < 7; more += 1) expect(await open(one)).toBe('accepted');
    for (const by of [other, one, other]) expect(await open(by)).toBe('RATE_LIMITED');
    expect([one.connection.counted, other.connection.counted]).toEqual([1, 1]);
    const preview = await openPreview(db, wallet, clock.nowMs());
    await expect(preview.submit(submissionOf(wallet, opening(), uuidV7(clock.nowMs())))).rejects.toMatchObject({
      code: 'RATE_LIMITED',
      details: { limit: 'open_holds' },
    });
    // Another writer learns within a second that there is room again.
    await one.lane.submit(submissionOf(wallet, release(2), uuidV7(clock.nowMs())));
    clock.step(1_000);
    expect([await open(other), await open(one), await open(other)]).toEqual([
      'accepted',
      'RATE_LIMITED',
      'RATE_LIMITED',
    ]);
    expect((await client.query('SELECT FROM hold_open WHERE wallet = $1', [wallet])).rowCount).toBe(OPEN_MAX);
    await expectProof();
  }, 60_000);

  it('is not counted where few are open, or where so many may be that nobody has to know', async () => {
    const clock = createSteppedClock(Date.now());
    const { wallet } = await crowdedWallet(openWriter(clock), () => HOUR_MS);
    await openWriter(clock).submit(depositOf(wallet, 100n));
    const few = await addWallet(client, 'few holds');
    const [one, other] = [openLane(clock), openLane(clock)];
    await one.lane.submit(depositOf(few, 100n));
    for (let turn = 0; turn < 4; turn += 1) {
      for (const { lane } of [one, other]) {
        for (const into of [wallet, few]) {
          await lane.submit(submissionOf(into, opening(100_000), uuidV7(clock.nowMs())));
        }
        clock.step(5_000);
      }
    }
    // Each once, when it first read the wallet with many.
    expect([one.connection.counted, other.connection.counted]).toEqual([1, 1]);
  }, 60_000);
});

describe('S01 many holds that end at one instant', () => {
  it('count as ended in the balance, in a dry run and in the next debit of a writer that starts then', async () => {
    const clock = createSteppedClock(Date.now());
    const { wallet, ask } = await crowdedWallet(openWriter(clock), () => HOUR_MS);
    expect(await codeOf(ask(openWriter(clock), debit(1n)))).toBe('CREDIT_INSUFFICIENT');
    clock.step(HOUR_MS);
    const standing = await findStanding(db, wallet, new Date(clock.nowMs()));
    expect([standing?.available, standing?.held]).toEqual([BigInt(HOLDS), 0n]);
    const preview = await openPreview(db, wallet, clock.nowMs());
    const asked = submissionOf(wallet, debit(BigInt(HOLDS)), uuidV7(Date.now()));
    expect((await preview.submit(asked)).entries).toMatchObject([{ available: 0n }]);
    const fresh = openWriter(clock);
    expect((await ask(fresh, debit(BigInt(HOLDS)))).entries.at(-1)?.available).toBe(0n);
    expect((await auditWallet(client, wallet)).at(-1)).toMatchObject({ available: 0n, held: 0n });
    expect((await client.query('SELECT FROM hold_open WHERE wallet = $1', [wallet])).rowCount).toBe(0);
  }, 60_000);

  it('are over for all once an entry is, also by a clock that is behind it', async () => {
    const [ahead, behind] = [createSteppedClock(Date.now()), createSteppedClock(Date.now())];
    const { wallet, ask } = await crowdedWallet(openWriter(ahead), () => HOUR_MS);
    ahead.step(HOUR_MS);
    behind.step(HOUR_MS - 500);
    // Ends a part of them.
    await ask(openWriter(ahead), { op: 'settle' });
    const standing = await findStanding(db, wallet, new Date(behind.nowMs()));
    expect([standing?.available, standing?.held]).toEqual([BigInt(HOLDS), 0n]);
    const debited = await ask(openWriter(behind), debit(BigInt(HOLDS)));
    expect(debited.entries.at(-1)?.available).toBe(0n);
    await expectProof();
  }, 60_000);

  it('are written by the job in steps, for a writer that has read a part of them', async () => {
    const clock = createSteppedClock(Date.now());
    const { wallet, ask } = await crowdedWallet(openWriter(clock), (index) => HOUR_MS + index);
    const fresh = openWriter(clock);
    await ask(fresh, capture(HOLDS));
    clock.step(2 * HOUR_MS);
    for (let round = 0; round < HOLDS / 100; round += 1) await ask(fresh, { op: 'settle' });
    expect((await client.query('SELECT FROM hold_open WHERE wallet = $1', [wallet])).rowCount).toBe(0);
    expect((await auditWallet(client, wallet)).at(-1)).toMatchObject({ available: BigInt(HOLDS - 1), held: 0n });
    await expectProof();
  }, 60_000);

  it('keep no other wallet waiting in the job, whether they can be settled or not', async () => {
    const clock = createSteppedClock(Date.now());
    const writer = openWriter(clock);
    const { wallet } = await crowdedWallet(writer, () => HOUR_MS);
    const other = await addWallet(client, 'beside the crowded');
    await writer.submit(depositOf(other, 1n));
    const holdBeside = async (durationMs: number): Promise<Outcome> =>
      writer.submit(submissionOf(other, hold(durationMs), uuidV7(Date.now())));
    const asked: string[] = [];
    const settle = async (isBroken: boolean): Promise<string[]> => {
      const troubles: string[] = [];
      const submit: LedgerWriter['submit'] = async (submission) => {
        asked.push(submission.wallet);
        if (isBroken && submission.wallet === wallet) throw new Error('its tables contradict each other');
        return writer.submit(submission);
      };
      await settleOverdueWallets({ db, writer: { submit }, clock }, (one) => troubles.push(one));
      return troubles;
    };
    const openIn = async (one: string): Promise<number | null> =>
      (await client.query('SELECT FROM hold_open WHERE wallet = $1', [one])).rowCount;
    // What is beside the crowd ends after it, so that a page is full of the crowd.
    await holdBeside(HOUR_MS + 1);
    clock.step(2 * HOUR_MS);
    expect(await settle(true)).toEqual([wallet]);
    expect([await openIn(wallet), await openIn(other)]).toEqual([HOLDS, 0]);
    await holdBeside(1);
    clock.step(1);
    asked.length = 0;
    expect(await settle(false)).toEqual([]);
    expect([await openIn(wallet), await openIn(other)]).toEqual([0, 0]);
    expect(asked.slice(0, 2)).toEqual([wallet, other]);
    await expectProof();
  }, 60_000);
});
