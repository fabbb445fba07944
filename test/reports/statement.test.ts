/** Statements against the ledger itself: random histories, random periods, random zones; and while others write. */
import fc from 'fast-check';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/core/clock.ts';
import { uuidV7 } from '../../src/core/ids.ts';
import { inputHash, type Entry } from '../../src/core/ledger/entry.ts';
import { readPeriod, type Period } from '../../src/core/reports/period.ts';
import { statementOf } from '../../src/core/reports/statement.ts';
import type { LotTerms } from '../../src/core/ledger/head.ts';
import { formatRestriction } from '../../src/core/lots/restriction.ts';
import { sumsOfEntry, SumTable } from '../../src/core/reports/sums.ts';
import { openDatabase, type DatabasePool } from '../../src/db/database.ts';
import { openLedgerWriter } from '../../src/db/ledger/writer.ts';
import { closePeriod, readStatement } from '../../src/db/reports/statement.ts';
import { KEPT_EVERY } from '../../src/db/ledger/beside/kinds.ts';
import { readRestricted } from '../../src/db/reports/restricted.ts';
import { keepSums, listBehind, readSums } from '../../src/db/reports/sums.ts';
import { keepAllSums } from '../../src/jobs/sums.ts';
import { createSteppedClock } from '../support/fake-clock.ts';
import { startTestApi, type TestApi } from '../support/http/api.ts';
import { addWallet, auditWallet, connect, debitOf, depositOf } from '../support/ledger/wallets.ts';
import { createTestDatabase } from '../support/process/database.ts';
import { expectBooksBalance } from '../support/reports/books.ts';
import { histories, playHistory, type Deed, type History } from '../support/reports/random-ledger.ts';

const START_MS = Date.UTC(2026, 0, 28);
const END_MS = Date.UTC(2027, 0, 1);
const ZONES = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'Asia/Kolkata',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'America/St_Johns',
  'Pacific/Chatham',
];
const PROPERTY_TIMEOUT_MS = 120_000;

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let client: pg.Client;
let db: DatabasePool;
beforeAll(async () => {
  database = await createTestDatabase();
  client = await connect(database.ownerUrl);
  db = openDatabase(database.appUrl, 2);
});
afterAll(async () => {
  await expectBooksBalance(db);
  await db.destroy();
  await client.end();
  await database.drop();
});

/** A wallet with a history, written by two writers in turn. */
async function write(deeds: readonly Deed[]): Promise<{ readonly wallet: string; readonly history: History }> {
  const wallet = await addWallet(client, uuidV7(Date.now()));
  const history = playHistory(wallet, deeds, START_MS);
  const clock = createSteppedClock(START_MS);
  const writers = [0, 1].map(() => openLedgerWriter({ url: database.appUrl, clock, deadlineMs: 10_000, lanes: 1 }));
  for (const [index, { command, key, atMs }] of history.played.entries()) {
    clock.step(atMs - clock.nowMs());
    await writers[index % 2]?.submit({ wallet, command, key, inputHash: inputHash(key) });
  }
  await Promise.all(writers.map(async (writer) => writer.stop()));
  return { wallet, history };
}

/** The statement as it follows from the entries one by one. */
function expected(
  history: History,
  entries: readonly Entry[],
  { fromMs, toMs }: Period,
): ReturnType<typeof statementOf> {
  const at = (ms: number): Parameters<typeof statementOf>[0] => {
    const before = entries.filter(({ atMs }) => atMs < ms);
    const lotOf = ({ lot }: Entry): LotTerms | null => (lot === null ? null : (history.lots.get(lot) ?? null));
    const restricted = new Map<string, bigint>();
    for (const one of before) {
      const to = lotOf(one)?.restrictedTo;
      if (to === undefined) continue;
      const { available, debt } = sumsOfEntry(one, lotOf(one));
      restricted.set(formatRestriction(to), (restricted.get(formatRestriction(to)) ?? 0n) + available + debt);
    }
    for (const [text, left] of restricted) if (left === 0n) restricted.delete(text);
    const sums = new SumTable().add(before.map((one) => sumsOfEntry(one, lotOf(one))));
    return { recorded: before.at(-1), sums, restricted };
  };
  return statementOf(at(fromMs), at(toMs));
}

const instants = fc.oneof(
  fc.integer({ min: START_MS, max: END_MS }).map((ms) => new Date(ms).toISOString()),
  fc.integer({ min: START_MS, max: END_MS }).map((ms) => new Date(ms).toISOString().slice(0, 10)),
);

describe('a statement', () => {
  it(
    'is the ledger to the micro-dollar, for every period in every zone, and statements that meet are one',
    async () => {
      await fc.assert(
        fc.asyncProperty(
          histories(30, 20 * 86_400_000),
          fc.array(fc.tuple(fc.uniqueArray(instants, { minLength: 3, maxLength: 3 }), fc.constantFrom(...ZONES)), {
            minLength: 4,
            maxLength: 4,
          }),
          fc.nat({ max: 9 }),
          async (deeds, asked, every) => {
            const { wallet, history } = await write(deeds);
            const entries = await auditWallet(client, wallet);
            // Some of the sums are kept, those of the other entries are made when they are asked for.
            const times = every === 0 ? 0 : Math.floor(entries.length / every);
            for (let time = 0; time < times; time += 1) await keepSums(db, { wallet, kept: time * every }, every);
            for (const [several, timeZone] of asked) {
              const spanOf = (from: string, to: string): Period => readPeriod({ from, to, timeZone }, 2 * END_MS);
              const startMs = (text: string): number => spanOf(text, '9000-01-01').fromMs;
              const [a = '', b = '', c = ''] = several.toSorted((x, y) => startMs(x) - startMs(y));
              if (startMs(a) === startMs(b) || startMs(b) === startMs(c)) continue;
              const read = async (from: string, to: string): ReturnType<typeof readStatement> =>
                readStatement(db, wallet, { period: spanOf(from, to), asOfMs: null });
              const [first, second, whole] = [await read(a, b), await read(b, c), await read(a, c)];
              for (const [statement, period] of [
                [first, spanOf(a, b)],
                [second, spanOf(b, c)],
                [whole, spanOf(a, c)],
              ] as const) {
                expect(statement).toEqual(expected(history, entries, period));
              }
              expect(first.closing).toEqual(second.opening);
              expect([first.opening, second.closing]).toEqual([whole.opening, whole.closing]);
            }
          },
        ),
        { numRuns: 25 },
      );
    },
    PROPERTY_TIMEOUT_MS,
  );
});

describe('kept sums', () => {
  it('are kept for every thousandth entry by whichever process is first, and cannot be changed', async () => {
    const wallet = await addWallet(client, uuidV7(Date.now()));
    const writer = openLedgerWriter({ url: database.appUrl, clock: createSteppedClock(), deadlineMs: 10_000 });
    await writer.submit(depositOf(wallet, 10_000n));
    await Promise.all(Array.from({ length: 2 * KEPT_EVERY + 5 }, async () => writer.submit(debitOf(wallet, 1n))));
    await writer.stop();
    const before = await readSums(db, [{ wallet, seq: 2_003 }]);
    await Promise.all([keepAllSums(db), keepAllSums(db)]);
    const { rows } = await client.query('SELECT seq::int FROM entry_sums WHERE wallet = $1 ORDER BY seq', [wallet]);
    expect(rows).toEqual([{ seq: 1_000 }, { seq: 2_000 }]);
    expect((await readSums(db, [{ wallet, seq: 2_003 }])).rows()).toEqual(before.rows());
    const { behind } = await listBehind(db, { after: '00000000-0000-0000-0000-000000000000', limit: 500 });
    expect(behind).toEqual([]);
    await expect(client.query('UPDATE entry_sums SET seq = seq')).rejects.toThrow('append-only');
    await expect(client.query('DELETE FROM entry_sums')).rejects.toThrow('append-only');
  });

  it('of a version that knows no restricted credit say nothing about it', async () => {
    const grant = { kind: 'grant', amount: 5n, afterMs: 0 } as const;
    const { wallet } = await write([
      { ...grant, pick: 0 },
      { ...grant, pick: 1 },
      { ...grant, pick: 0 },
    ]);
    const sums = [JSON.stringify([]), wallet];
    await client.query('INSERT INTO entry_sums (wallet, seq, sums) VALUES ($2, 2, $1)', sums);
    const left = new Map([
      ['{"services":["AI_API"]}', 10n],
      ['{"services":["AI_API","SKU_PURCHASE"]}', 5n],
    ]);
    expect(await readRestricted(db, { wallet, seq: 3 })).toEqual(left);
    await client.query('ALTER TABLE entry_sums DISABLE TRIGGER entry_sums_append_only');
    await client.query('DELETE FROM entry_sums WHERE wallet = $1', [wallet]);
    await client.query('ALTER TABLE entry_sums ENABLE TRIGGER entry_sums_append_only');
  });

  it('have of restricted credit what it did not pay of a debt', async () => {
    const { wallet } = await write([
      { kind: 'deposit', amount: 5n, pick: 0, afterMs: 0 },
      { kind: 'claw back', amount: 8n, pick: 0, afterMs: 0 },
      { kind: 'grant', amount: 5n, pick: 0, afterMs: 0 },
    ]);
    const [last] = (await auditWallet(client, wallet)).toReversed();
    expect(last).toMatchObject({ type: 'GRANT', available: 2n });
    expect(await readRestricted(db, { wallet, seq: last?.seq ?? 0 })).toEqual(
      new Map([['{"services":["AI_API"]}', 2n]]),
    );
  });

  it('over missing entries are neither kept nor given', async () => {
    const { wallet } = await write([{ kind: 'deposit', amount: 5n, pick: 0, afterMs: 0 }]);
    expect(await keepSums(db, { wallet, kept: 0 }, 2)).toBe(false);
    await expect(readSums(db, [{ wallet, seq: 2 }])).rejects.toThrow('1 of 2 entries were found');
    expect((await readSums(db, [{ wallet, seq: 1 }])).entries).toBe(1n);
  });
});

it('of a period that has just ended waits until no entry of it can come', async () => {
  const wallet = await addWallet(client, uuidV7(Date.now()));
  const writer = openLedgerWriter({ url: database.appUrl, clock: systemClock, deadlineMs: 10_000 });
  await writer.submit(depositOf(wallet, 1n));
  const period = { fromMs: 0, toMs: Date.now(), timeZone: 'UTC' };
  let isClosed = false;
  const closing = closePeriod({ db, clock: systemClock }, wallet, period).then((asOfMs) => {
    isClosed = true;
    return asOfMs;
  });
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(isClosed).toBe(false);
  // An entry after its end: none before it can come any more.
  await writer.submit(depositOf(wallet, 1n));
  expect(await closing).toBeNull();
  await writer.stop();
});

describe('while two processes write', () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startTestApi();
  });
  afterAll(async () => api.stop());

  it(
    'a closed period is the same from both, again and again; an open one says so',
    async () => {
      const { key } = await api.createCustomer(10_000n);
      const other = await api.spawn();
      const load = { stopped: false };
      const spend = async ({ call }: Pick<TestApi, 'call'>): Promise<void> => {
        while (!load.stopped)
          await call('POST', '/treasury/debit', { key, body: { serviceType: 'AI_API', amountUsd: '0.01' } });
      };
      try {
        const callers = [spend(api), spend(other), spend(other)];
        const from = new Date(Date.now() - 60_000).toISOString();
        for (let round = 0; round < 3; round += 1) {
          const to = new Date(Date.now() - 5).toISOString();
          const path = `/treasury/statement?from=${from}&to=${to}`;
          const texts: string[] = [];
          for (const side of [api, other, api, other]) {
            const { status, text, json } = await side.call('GET', path, { key });
            expect([status, json['open'], json['asOf']]).toEqual([200, false, null]);
            texts.push(text);
          }
          expect(new Set(texts).size).toBe(1);
          const open = await other.call('GET', `/treasury/statement?from=${from}&to=9000-01-01`, { key });
          expect([open.json['open'], typeof open.json['asOf']]).toEqual([true, 'string']);
        }
        load.stopped = true;
        await Promise.all(callers);
      } finally {
        load.stopped = true;
        await other.stop();
      }
    },
    PROPERTY_TIMEOUT_MS,
  );
});
