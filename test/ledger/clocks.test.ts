/** What time does to lots and holds: local times that come twice or never, and clocks that jump. */
import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Clock } from '../../src/core/clock.ts';
import { uuidV7 } from '../../src/core/ids.ts';
import type { Command } from '../../src/core/ledger/commands.ts';
import type { Entry } from '../../src/core/ledger/entry.ts';
import { openLedgerWriter, type LedgerWriter } from '../../src/db/ledger/writer.ts';
import { createTestDatabase } from '../support/process/database.ts';
import { createSteppedClock, type SteppedClock } from '../support/fake-clock.ts';
import { captureOf, codeOf, grantOf, holdOf, submissionOf } from '../support/ledger/submissions.ts';
import { addWallet, auditWallet, connect, debitOf, depositOf } from '../support/ledger/wallets.ts';

const USD = 1_000_000n;
const DAY_MS = 86_400_000;
let database: Awaited<ReturnType<typeof createTestDatabase>>;
let client: pg.Client;
let wallets = 0;
const closing: (() => Promise<unknown>)[] = [];

async function newWallet(): Promise<string> {
  wallets += 1;
  return addWallet(client, `timed ${wallets}`);
}

function openWriter(clock: Clock): LedgerWriter {
  const writer = openLedgerWriter({ url: database.appUrl, clock, deadlineMs: 10_000, lanes: 1 });
  closing.push(async () => writer.stop());
  return writer;
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

describe('A41 a lot', () => {
  afterEach(() => {
    delete process.env['TZ'];
  });

  /** A service and a database that each believe in a local time of their own, and an hour that comes twice or never. */
  it.each([
    [
      'in the hour that New York has twice',
      'America/New_York',
      'Asia/Kathmandu',
      ['2026-11-01T01:30:00-04:00', '2026-11-01T01:30:00-05:00'],
    ],
    [
      'in the hour that New York never has',
      'America/New_York',
      'America/New_York',
      ['2026-03-08T01:59:59.999-05:00', '2026-03-08T03:00:00-04:00'],
    ],
    [
      'where half an hour comes twice',
      'Australia/Lord_Howe',
      'Australia/Lord_Howe',
      ['2026-04-05T01:45:00+11:00', '2026-04-05T01:45:00+10:30'],
    ],
    [
      'at the midnight that ends a year',
      'Pacific/Kiritimati',
      'Pacific/Pago_Pago',
      ['2026-12-31T23:59:59.999Z', '2027-01-01T00:00:00Z'],
    ],
  ])('%s ends at its instant, and what ends first is spent first', async (_, ours, databases, ends) => {
    process.env['TZ'] = ours;
    const [earlyMs = 0, lateMs = 0] = ends.map((end) => Date.parse(end));
    const wallet = await newWallet();
    const clock = createSteppedClock(earlyMs - DAY_MS);
    const moveTo = (atMs: number): void => clock.step(atMs - clock.nowMs());
    // Each asked by a writer that has read the instants from the database.
    const ask = async (command: Command): Promise<readonly Entry[]> => {
      const url = new URL(database.appUrl);
      url.searchParams.set('options', `-c TimeZone=${databases}`);
      const writer = openLedgerWriter({ url: url.href.replace(/\+/g, '%20'), clock, deadlineMs: 10_000, lanes: 1 });
      try {
        return (await writer.submit(submissionOf(wallet, command, uuidV7(Date.now())))).entries;
      } finally {
        await writer.stop();
      }
    };
    const spend = async (usd: bigint): Promise<(number | null)[]> =>
      (await ask(debitOf(wallet, usd).command)).map(({ lot }) => lot);
    expect(await ask(grantOf(4n, lateMs))).toMatchObject([{ lot: 1 }]);
    expect(await ask(grantOf(4n, earlyMs))).toMatchObject([{ lot: 2 }]);
    expect(await ask(depositOf(wallet, 4n).command)).toMatchObject([{ lot: 3 }]);
    moveTo(earlyMs - 1);
    expect(await spend(1n)).toEqual([2]);
    moveTo(earlyMs);
    expect(await spend(1n)).toEqual([1]);
    moveTo(lateMs - 1);
    expect(await spend(1n)).toEqual([1]);
    moveTo(lateMs);
    expect(await spend(1n)).toEqual([3]);
    const expiries = (await auditWallet(client, wallet)).filter(({ type }) => type === 'LOT_EXPIRY');
    expect(expiries.map(({ lot, availableDelta, atMs }) => [lot, availableDelta, atMs])).toEqual([
      [2, -3n * USD, earlyMs],
      [1, -2n * USD, lateMs],
    ]);
  });

  it('that has ended is not brought back by a clock that is set back', async () => {
    const wallet = await newWallet();
    const clock = createSteppedClock();
    const writer = openWriter(clock);
    await writer.submit(submissionOf(wallet, grantOf(4n, clock.nowMs() + 1_000), uuidV7(clock.nowMs())));
    clock.step(1_000);
    expect(await codeOf(writer.submit(debitOf(wallet, 1n)))).toBe('CREDIT_INSUFFICIENT');
    clock.step(-DAY_MS);
    for (const asked of [writer, openWriter(clock)]) {
      expect(await codeOf(asked.submit(debitOf(wallet, 1n)))).toBe('CREDIT_INSUFFICIENT');
    }
  });
});

describe('A65 a clock that jumps', () => {
  it.each([
    ['back', -3_600_000],
    ['forward', 3_600_000],
  ])('%s: a command that waits is answered at its deadline, neither later nor at once', async (_, byMs) => {
    const wallet = await newWallet();
    const clock = createSteppedClock();
    const writer = openLedgerWriter({ url: database.appUrl, clock, deadlineMs: 1_000, lanes: 1 });
    closing.push(async () => writer.stop());
    await writer.submit(depositOf(wallet, 10n));
    await client.query('BEGIN');
    await client.query('LOCK TABLE entry IN SHARE MODE');
    const codes = [codeOf(writer.submit(debitOf(wallet, 1n)))];
    clock.step(byMs);
    codes.push(codeOf(writer.submit(debitOf(wallet, 2n))));
    const early = await Promise.race([...codes, sleep(500).then(() => 'none yet')]);
    const late = await Promise.race([Promise.all(codes), sleep(5_000).then(() => 'none')]);
    await client.query('ROLLBACK');
    expect([early, late]).toEqual(['none yet', ['LEDGER_UNAVAILABLE', 'LEDGER_UNAVAILABLE']]);
  });

  const endOf = async (clock: SteppedClock, writer: LedgerWriter, wallet: string, byMs: number): Promise<number> => {
    const hold = (await writer.submit(submissionOf(wallet, holdOf(1n, 60_000), uuidV7(Date.now())))).entries[0]?.hold;
    clock.step(byMs);
    return hold ?? 0;
  };

  it('back: times never run backwards, and what has ended stays so', async () => {
    const wallet = await newWallet();
    const clock = createSteppedClock();
    const writer = openWriter(clock);
    await writer.submit(depositOf(wallet, 10n));
    const ended = await endOf(clock, writer, wallet, 60_000);
    expect(await codeOf(writer.submit(submissionOf(wallet, captureOf(ended, 1n), uuidV7(Date.now()))))).toBe(
      'HOLD_NOT_PENDING',
    );
    clock.step(-3_600_000);
    expect(await codeOf(writer.submit(submissionOf(wallet, captureOf(ended, 1n), uuidV7(Date.now()))))).toBe(
      'HOLD_NOT_PENDING',
    );
    const open = await endOf(clock, writer, wallet, 0);
    await writer.submit(submissionOf(wallet, captureOf(open, 1n), uuidV7(Date.now())));
    const entries = await auditWallet(client, wallet);
    expect(entries.map(({ type }) => type)).toEqual(['DEPOSIT', 'HOLD', 'HOLD_RELEASE', 'HOLD', 'AI_API_CALL']);
    expect(entries.map(({ atMs }) => atMs)).toEqual(entries.map(({ atMs }) => atMs).toSorted((a, b) => a - b));
  });

  it('forward, and back again: what ended meanwhile is settled once, and the wallet goes on', async () => {
    const wallet = await newWallet();
    const clock = createSteppedClock();
    const writer = openWriter(clock);
    await writer.submit(depositOf(wallet, 10n));
    await endOf(clock, writer, wallet, 400 * DAY_MS);
    await writer.submit(debitOf(wallet, 1n));
    clock.step(-400 * DAY_MS);
    await Promise.all([writer, openWriter(clock)].map(async (one) => one.submit(debitOf(wallet, 1n))));
    const entries = await auditWallet(client, wallet);
    expect(entries.filter(({ type }) => type === 'HOLD_RELEASE')).toHaveLength(1);
    expect([entries.length, entries.at(-1)?.available, entries.at(-1)?.held]).toEqual([6, 7n * USD, 0n]);
  });
});
