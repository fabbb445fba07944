/** What the free tier gives a new org: decided as the org is created, and written once. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemClock } from '../../src/core/clock.ts';
import { uuidV7, walletId } from '../../src/core/ids.ts';
import { createOrg } from '../../src/db/access/orgs.ts';
import { findFreeTier, listUnwrittenFreeTiers, setFreeTier, writeFreeTier } from '../../src/db/billing/free-tier.ts';
import { openDatabase, type DatabasePool } from '../../src/db/database.ts';
import { openLedgerWriter, type LedgerWriter } from '../../src/db/ledger/writer.ts';
import type { TestDatabase } from '../support/process/database-server.ts';
import { createTestDatabase } from '../support/process/database.ts';
import { queryRows } from '../support/process/query.ts';

let database: TestDatabase;
let db: DatabasePool;
let writer: LedgerWriter;
beforeAll(async () => {
  database = await createTestDatabase();
  db = openDatabase(database.appUrl);
  writer = openLedgerWriter({ url: database.appUrl, clock: systemClock, deadlineMs: 10_000 });
});
afterAll(async () => {
  await writer.stop();
  await db.destroy();
  await database.drop();
});

const newOrg = async (): Promise<string> => {
  const createdAt = new Date();
  return (await createOrg(db, { id: uuidV7(createdAt.getTime()), name: 'New', externalId: null, createdAt })).id;
};
const entriesOf = async (org: string): Promise<unknown[]> => {
  const wallet = walletId({ kind: 'org', id: org });
  const select = 'SELECT type, contra, available_delta, description FROM entry WHERE wallet = ? ORDER BY seq';
  return (await queryRows(db, select, [wallet])).rows;
};
const GRANT = { type: 'FREE_TIER_GRANT', contra: 'expenses:promo', description: 'Free tier grant' };

test('an org gets what the amount was as it was created, once, however often and by however many it is written', async () => {
  expect(await findFreeTier(db)).toBe(0n);
  const before = await newOrg();
  await setFreeTier(db, { amountMicros: 5_000_000n, at: new Date() });
  const org = await newOrg();
  await setFreeTier(db, { amountMicros: 7_000_000n, at: new Date() });
  expect(await listUnwrittenFreeTiers(db, 10)).toEqual([org]);
  await Promise.all([0, 1, 2].map(async () => writeFreeTier({ db, writer }, org)));
  // As after a crash between the entry and its note.
  await db.raw('UPDATE org_free_tier SET entry_seq = NULL WHERE org = ?', [org]);
  await writeFreeTier({ db, writer }, org);
  await writeFreeTier({ db, writer }, before);
  expect(await entriesOf(org)).toEqual([{ ...GRANT, available_delta: '5000000' }]);
  expect(await entriesOf(before)).toEqual([]);
  expect(await listUnwrittenFreeTiers(db, 10)).toEqual([]);
});
