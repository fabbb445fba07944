import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { systemClock, type Clock } from '../../src/core/clock.ts';
import { Refusal } from '../../src/core/errors.ts';
import { uuidV7 } from '../../src/core/ids.ts';
import { inputHash } from '../../src/core/ledger/entry.ts';
import { openDatabase } from '../../src/db/database.ts';
import { LedgerLane } from '../../src/db/ledger/lane.ts';
import { verifyLedger } from '../../src/db/ledger/verify.ts';
import type { Submission } from '../../src/db/ledger/submission.ts';
import { openLedgerWriter, type LedgerWriter } from '../../src/db/ledger/writer.ts';
import { ContendedConnection } from '../support/ledger/contended-connection.ts';
import { createTestDatabase } from '../support/process/database.ts';
import { createFakeClock } from '../support/fake-clock.ts';
import { startNode, type Finished } from '../support/process/processes.ts';
import { openTcpProxy, type Direction, type TcpProxy } from '../support/process/tcp-proxy.ts';
import { addWallet, auditWallet, connect, debitOf, depositOf } from '../support/ledger/wallets.ts';

const CHILD = 'test/support/ledger/child.ts';
let database: Awaited<ReturnType<typeof createTestDatabase>>;
let client: pg.Client;
let wallets = 0;
const closing: (() => Promise<unknown>)[] = [];

async function newWallet(): Promise<string> {
  wallets += 1;
  return addWallet(client, `fault ${wallets}`);
}

function openWriter(url: string, options: { clock?: Clock; deadlineMs?: number } = {}): LedgerWriter {
  const writer = openLedgerWriter({ url, clock: systemClock, deadlineMs: 20_000, lanes: 1, ...options });
  closing.push(async () => writer.stop());
  return writer;
}

async function openProxy(): Promise<TcpProxy> {
  const proxy = await openTcpProxy(database.appUrl);
  closing.push(async () => proxy.close());
  return proxy;
}

const codeOf = async (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'accepted',
    (error: unknown) => (error instanceof Refusal ? error.code : String(error)),
  );

const holdOf = (wallet: string): Submission => ({
  wallet,
  command: { op: 'hold', service: 'AI_API', amountMicros: 2_000_000n, gift: false, durationMs: 60_000 },
  key: uuidV7(Date.now()),
  inputHash: inputHash('hold'),
});

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

describe('A27 A62 an answer lost after COMMIT', () => {
  it.each([
    ['of entries alone', (wallet: string) => debitOf(wallet, 3n), 'INSERT 0'],
    ['of entries with a lot', (wallet: string) => depositOf(wallet, 3n), 'SELECT 1'],
    ['of entries with a hold', holdOf, 'SELECT 1'],
  ])('%s: the command is done once, and its retry tells the same', async (_name, ask, answer) => {
    const [wallet, proxy] = [await newWallet(), await openProxy()];
    const writer = openWriter(proxy.url);
    await writer.submit(depositOf(wallet, 10n));
    const asked = ask(wallet);
    proxy.setPlan({ cutAt: { direction: 'down', text: answer } });
    const outcome = await writer.submit(asked);
    expect(proxy.cuts()).toBe(1);
    expect(outcome.replayed).toBe(false);
    expect(await writer.submit(asked)).toEqual({ ...outcome, replayed: true });
    expect(await auditWallet(client, wallet)).toHaveLength(2);
  });

  it('in the locked form: the same', async () => {
    const [wallet, proxy] = [await newWallet(), await openProxy()];
    await openWriter(database.appUrl).submit(depositOf(wallet, 10n));
    const lane = new LedgerLane({
      connection: new ContendedConnection(proxy.url, systemClock),
      clock: systemClock,
      deadlineMs: 20_000,
      limits: { batchSizeMax: 10, queueLengthMax: 10, headsMax: 10 },
      onTrouble: () => undefined,
    });
    closing.push(async () => lane.stop());
    proxy.setPlan({ cutAt: { direction: 'down', text: 'COMMIT' } });
    const asked = debitOf(wallet, 3n);
    const outcome = await lane.submit(asked);
    expect([proxy.cuts(), outcome.replayed]).toEqual([1, false]);
    expect(await lane.submit(asked)).toEqual({ ...outcome, replayed: true });
    expect(await auditWallet(client, wallet)).toHaveLength(2);
  });

  it('past the deadline: LEDGER_UNAVAILABLE, and the retry tells what was done', async () => {
    const [wallet, proxy] = [await newWallet(), await openProxy()];
    const clock = createFakeClock();
    const writer = openWriter(proxy.url, { clock, deadlineMs: 2_000 });
    const funded = writer.submit(depositOf(wallet, 10n));
    await funded;
    const asked = debitOf(wallet, 3n, uuidV7(clock.nowMs()));
    proxy.setPlan({ frozen: true });
    const late = codeOf(writer.submit(asked));
    await expect.poll(() => clock.waiting()).toBeGreaterThan(1);
    clock.advance(1_999);
    clock.advance(1);
    expect(await late).toBe('LEDGER_UNAVAILABLE');
    // The statement passes after all, once nobody waits for it; the writer's own deadline then drops the connection.
    proxy.setPlan({});
    clock.advance(5_000);
    const again = openWriter(database.appUrl);
    const first = await again.submit(asked);
    expect(await again.submit(asked)).toEqual({ ...first, replayed: true });
    expect(await auditWallet(client, wallet)).toHaveLength(2);
  });
});

describe('A62 a connection cut at the n-th byte of a batch', () => {
  /** A debit, a hold and a deposit, asked at once. */
  async function playBatch(direction: Direction, bytes: number): Promise<{ passed: number; cuts: number }> {
    const [wallet, proxy] = [await newWallet(), await openProxy()];
    const writer = openWriter(proxy.url);
    await writer.submit(depositOf(wallet, 10n));
    proxy.setPlan(bytes === 0 ? {} : { cutAfter: { direction, bytes } });
    const asked = [debitOf(wallet, 3n), holdOf(wallet), depositOf(wallet, 1n)];
    const outcomes = await Promise.all(asked.map(async (one) => writer.submit(one)));
    const [passed, cuts] = [proxy.passed(direction), proxy.cuts()];
    expect(outcomes.map(({ replayed }) => replayed)).toEqual([false, false, false]);
    for (const [index, one] of asked.entries()) {
      expect(await writer.submit(one)).toEqual({ ...outcomes[index], replayed: true });
    }
    expect(await auditWallet(client, wallet)).toHaveLength(4);
    return { passed, cuts };
  }

  it.each(['up', 'down'] as const)(
    '%s: everything is done once, wherever it was cut',
    async (direction) => {
      const { passed } = await playBatch(direction, 0);
      expect(passed).toBeGreaterThan(100);
      const stepBytes = Math.ceil(passed / 40);
      let cuts = 0;
      for (let bytes = 1; bytes < passed; bytes += stepBytes) cuts += (await playBatch(direction, bytes)).cuts;
      expect(cuts).toBeGreaterThan(30);
      await expectProof();
    },
    120_000,
  );
});

describe('PostgreSQL that cannot be reached', () => {
  it('is told within the deadline, on the clock that was given, and service resumes by itself', async () => {
    const [wallet, proxy] = [await newWallet(), await openProxy()];
    const clock = createFakeClock();
    const writer = openWriter(proxy.url, { clock, deadlineMs: 2_000 });
    await writer.submit(depositOf(wallet, 10n));
    proxy.setPlan({ frozen: true });
    const asked = debitOf(wallet, 1n, uuidV7(clock.nowMs()));
    let answer = 'none';
    const asking = codeOf(writer.submit(asked)).then((code) => (answer = code));
    await expect.poll(() => clock.waiting()).toBeGreaterThan(1);
    clock.advance(1_999);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(answer).toBe('none');
    clock.advance(1);
    await asking;
    expect(answer).toBe('LEDGER_UNAVAILABLE');
    proxy.setPlan({});
    clock.advance(10_000);
    const resumed = writer.submit(debitOf(wallet, 1n, uuidV7(clock.nowMs())));
    // As fast as time itself: what PostgreSQL takes is real, and the deadline is two seconds of this clock.
    const ticking = setInterval(() => clock.advance(20), 20);
    closing.push(async () => Promise.resolve(clearInterval(ticking)));
    expect((await resumed).replayed).toBe(false);
    expect(writer.status().ready).toBe(true);
  });

  it('is told at once where the queue is full', async () => {
    const wallet = await newWallet();
    const clock = createFakeClock();
    const url = 'postgres://nobody@127.0.0.1:1/none';
    const writer = openLedgerWriter({ url, clock, lanes: 1, limits: { queueLengthMax: 2, batchSizeMax: 1 } });
    const codes = Array.from({ length: 6 }, async () => codeOf(writer.submit(debitOf(wallet, 1n))));
    expect(await Promise.race(codes)).toBe('LEDGER_UNAVAILABLE');
    const ticking = setInterval(() => clock.advance(500), 5);
    expect(new Set(await Promise.all(codes))).toEqual(new Set(['LEDGER_UNAVAILABLE']));
    await writer.stop();
    clearInterval(ticking);
  });
});

describe('A62 a process killed', () => {
  const lines = (finished: Finished, word: string): string[][] =>
    finished.stdout
      .split('\n')
      .map((line) => line.split(' '))
      .filter(([first]) => first === word);

  it.each([
    ['load', 'ledger.after-lookup'],
    ['load', 'ledger.after-read'],
    ['load', 'ledger.before-write'],
    ['load', 'ledger.after-commit'],
    ['locked', 'ledger.after-lock'],
    ['locked', 'ledger.before-commit'],
    ['load', 'at any moment'],
  ])(
    '(%s) %s leaves nothing half written, and all that it answered',
    async (mode, failpoint) => {
      const wallet = await newWallet();
      const folder = mkdtempSync(join(tmpdir(), 'coffer-failpoint-'));
      const child = startNode([CHILD, database.appUrl, wallet, mode], { COFFER_FAILPOINT_FILES: folder });
      await child.waitFor('done');
      if (failpoint === 'at any moment') child.child.kill('SIGKILL');
      else writeFileSync(join(folder, failpoint), '');
      const finished = await child.finished;
      rmSync(folder, { recursive: true, force: true });
      expect(finished.signal).toBe('SIGKILL');
      // The server may still be at work for the dead.
      await expect
        .poll(async () => {
          const text = `SELECT FROM pg_stat_activity WHERE datname = current_database() AND application_name = $1`;
          return (await client.query(text, ['coffer ledger writer'])).rowCount;
        })
        .toBe(0);
      const stored = new Map((await auditWallet(client, wallet)).map(({ key, seq }) => [key, String(seq)]));
      const done = lines(finished, 'done');
      expect(done.length).toBeGreaterThan(0);
      for (const [, key = '', seq] of done) expect(stored.get(key)).toBe(seq);
      await expectProof();
      // Whoever asked and got no answer asks again: what was done is told, what was not is done now.
      const writer = openWriter(database.appUrl);
      for (const [, key = '', usd = ''] of lines(finished, 'ask')) {
        const one = usd === '1' ? depositOf(wallet, 20n, key) : debitOf(wallet, BigInt(usd), key);
        const { replayed, entries } = await writer.submit(one);
        expect([replayed, String(entries[0]?.seq)]).toEqual([
          stored.has(key),
          stored.get(key) ?? String(entries[0]?.seq),
        ]);
      }
      await expectProof();
    },
    60_000,
  );

  it('A25 two processes with 50 debits of 1 each on a balance of 10: exactly 10 succeed', async () => {
    const wallet = await newWallet();
    await openWriter(database.appUrl).submit(depositOf(wallet, 10n));
    const folder = mkdtempSync(join(tmpdir(), 'coffer-race-'));
    const children = [1, 2].map(() => startNode([CHILD, database.appUrl, wallet, 'once', join(folder, 'go')]));
    await Promise.all(children.map(async (child) => child.waitFor('ready')));
    writeFileSync(join(folder, 'go'), '');
    const finished = await Promise.all(children.map(async (child) => child.finished));
    rmSync(folder, { recursive: true, force: true });
    expect(finished.flatMap((one) => lines(one, 'done'))).toHaveLength(10);
    const refusals = finished.flatMap((one) => lines(one, 'refused').map(([, , code]) => code));
    expect(refusals).toEqual(Array.from({ length: 90 }, () => 'CREDIT_INSUFFICIENT'));
    const entries = await auditWallet(client, wallet);
    expect([entries.length, entries.at(-1)?.available]).toEqual([11, 0n]);
  });
});
