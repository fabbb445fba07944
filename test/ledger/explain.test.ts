/** Decisions made again: whatever a wallet did, the rule says the same again on the head that its entries give. */
import fc from 'fast-check';
import type pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { uuidV7 } from '../../src/core/ids.ts';
import { inputHash } from '../../src/core/ledger/entry.ts';
import { openDatabase, type DatabasePool } from '../../src/db/database.ts';
import { explainEntry } from '../../src/db/explain/explain.ts';
import { readHeadThen } from '../../src/db/explain/head-then.ts';
import { openLedgerWriter } from '../../src/db/ledger/writer.ts';
import { createSteppedClock } from '../support/fake-clock.ts';
import { addWallet, auditWallet, connect, debitOf, depositOf } from '../support/ledger/wallets.ts';
import { createTestDatabase } from '../support/process/database.ts';
import { histories, playHistory, type Deed } from '../support/reports/random-ledger.ts';

const START_MS = Date.parse('2026-01-01T00:00:00Z');
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
  await db.destroy();
  await client.end();
  await database.drop();
});

/** A wallet with a history. */
async function write(deeds: readonly Deed[]): Promise<string> {
  const wallet = await addWallet(client, uuidV7(Date.now()));
  const clock = createSteppedClock(START_MS);
  const writer = openLedgerWriter({ url: database.appUrl, clock, deadlineMs: 10_000, lanes: 1 });
  for (const { command, key, atMs } of playHistory(wallet, deeds, START_MS).played) {
    clock.step(atMs - clock.nowMs());
    await writer.submit({ wallet, command, key, inputHash: inputHash(key) });
  }
  await writer.stop();
  return wallet;
}

test(
  'every command of a random history is explained: its head is found, and the rule writes the same entries on it',
  async () => {
    await fc.assert(
      fc.asyncProperty(histories(60), async (deeds) => {
        const wallet = await write(deeds);
        const entries = await auditWallet(client, wallet);
        for (const { seq, type } of entries.filter(({ part }) => part === 0)) {
          const { isReproduced, ground } = (await explainEntry(db, wallet, seq)) ?? {};
          expect([seq, type, isReproduced, ground?.isComplete]).toEqual([seq, type, true, true]);
        }
      }),
      { numRuns: 12, seed: 14 },
    );
  },
  PROPERTY_TIMEOUT_MS,
);

test('a long history is not read as a whole: deposits that nothing was spent from are known from their opening', async () => {
  const wallet = await addWallet(client, uuidV7(Date.now()));
  const writer = openLedgerWriter({ url: database.appUrl, clock: createSteppedClock(), deadlineMs: 10_000 });
  for (const usd of [2_000n, 300n, 40n]) await writer.submit(depositOf(wallet, usd));
  await Promise.all(Array.from({ length: 1_200 }, async () => writer.submit(debitOf(wallet, 1n))));
  await writer.stop();
  const explained = await explainEntry(db, wallet, 1_000);
  expect(explained).toMatchObject({ isReproduced: true, ground: { isComplete: true, entriesRead: 256 } });
  expect(explained?.ground?.head.lots.map(({ lot, left }) => [lot, left / 1_000_000n])).toEqual([
    [1, 1_004n],
    [2, 300n],
    [3, 40n],
  ]);
});

test('there is no head before an entry that is not there', async () => {
  const wallet = await addWallet(client, uuidV7(Date.now()));
  expect(await explainEntry(db, wallet, 1)).toBeUndefined();
  const which = { wallet, atMs: START_MS, holds: [] };
  expect(await readHeadThen(db, { ...which, beforeSeq: 5 })).toBeUndefined();
  expect((await readHeadThen(db, { ...which, beforeSeq: 1 }))?.head).toMatchObject({ seq: 0, available: 0n });
});
