/** `coffer database` where the database is one PostgreSQL, as nearly everywhere. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openDatabase, type DatabasePool } from '../../src/db/database.ts';
import { listDistributed, listShards } from '../../src/db/engine.ts';
import { listUnguardedParts } from '../../src/db/ledger/beside/shard-guards.ts';
import { createEmptyDatabase, createTestDatabase } from '../support/process/database.ts';
import { startNode, type Finished } from '../support/process/processes.ts';
import { queryRows } from '../support/process/query.ts';

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let db: DatabasePool;

beforeAll(async () => {
  database = await createTestDatabase();
  db = openDatabase(database.ownerUrl, 1);
});
afterAll(async () => {
  await db.destroy();
  await database.drop();
});

async function distribute(of: Pick<typeof database, 'appUrl' | 'ownerUrl'>): Promise<Finished> {
  const env = { DATABASE_URL: of.appUrl, DATABASE_OWNER_URL: of.ownerUrl, COFFER_CONFIG: '' };
  return startNode(['src/cli/main.ts', 'database', 'distribute'], env).finished;
}

const settings = async (): Promise<unknown> =>
  (
    await queryRows(
      db,
      'SELECT setconfig FROM pg_db_role_setting s JOIN pg_database d ON d.oid = s.setdatabase WHERE datname = current_database()',
    )
  ).rows;

it('refuses to spread a plain PostgreSQL, says what it would need, and changes nothing', async () => {
  const before = await settings();
  const { code, stderr } = await distribute(database);
  expect([code, stderr]).toEqual([1, expect.stringContaining('CREATE EXTENSION citus')]);
  expect(await settings()).toEqual(before);
});

it('refuses a database without tables', async () => {
  const empty = await createEmptyDatabase();
  const { code, stderr } = await distribute(empty);
  await empty.drop();
  expect([code, stderr]).toEqual([1, expect.stringContaining('migrate')]);
});

it('has no parts there, and no guards of parts', async () => {
  expect([await listDistributed(db), await listShards(db), await listUnguardedParts(db)]).toEqual([new Set(), [], []]);
});
