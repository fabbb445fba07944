import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { uuidV7 } from '../../src/core/ids.ts';
import { runAct } from '../../src/db/audit-context.ts';
import {
  audited,
  openDatabase,
  openOrgDatabases,
  type Database,
  type DatabasePool,
  type DatabaseTransaction,
  type OrgDatabases,
} from '../../src/db/database.ts';
import { changeRows } from '../../src/db/rows.ts';
import { createTestDatabase } from '../support/process/database.ts';
import type { TestDatabase } from '../support/process/database-server.ts';

const ORG = '0198c0de-0000-7000-8000-000000000001';
const OVER = /Transaction query already complete/;
const WRITE = `INSERT INTO lease (name, holder, fence, expires_at) VALUES (?, 'late', 1, now())`;

let database: TestDatabase;
let pool: DatabasePool;
let orgs: OrgDatabases;

beforeAll(async () => {
  database = await createTestDatabase();
  // One connection each: what a handle wrote late would be in whatever transaction has the connection by then.
  pool = openDatabase(database.appUrl, 1);
  orgs = openOrgDatabases(database.appUrl, 1);
});
afterAll(async () => {
  await pool.destroy();
  await orgs.destroy();
  await database.drop();
});

const ways: readonly (readonly [name: string, open: () => Database])[] = [
  ['a pool', () => pool],
  ['an audited pool', () => audited(pool)],
  ['the pool of no org', () => orgs.none],
  ['the pool of one org', () => orgs.of(ORG)],
];

describe.each(ways)('a transaction of %s', (name, open) => {
  const act = { id: uuidV7(0), at: new Date(0), actor: 'cli:test', action: 'coffer test', requestId: null };
  const inAct = async <T>(work: () => Promise<T>): Promise<T> =>
    name.startsWith('audited') ? runAct(act, work) : work();

  async function leak(fails: boolean): Promise<DatabaseTransaction> {
    let leaked: DatabaseTransaction | undefined;
    const work = inAct(async () =>
      open().transaction(async (trx) => {
        leaked = trx;
        if (fails) throw new Error('rolled back');
        return trx.raw('SELECT 1');
      }),
    );
    if (fails) await expect(work).rejects.toThrow('rolled back');
    else await work;
    if (!leaked) throw new Error('no transaction was begun');
    return leaked;
  }

  const writtenLate = async (): Promise<number> => changeRows(pool, 'SELECT 1 FROM lease WHERE name = ?', [name]);

  test.each([
    ['committed', false],
    ['rolled back', true],
  ])('that was %s takes no statement', async (_, fails) => {
    const leaked = await leak(fails);
    expect(leaked.isCompleted()).toBe(true);
    await expect(leaked.raw(WRITE, [name])).rejects.toThrow(OVER);
    expect(await writtenLate()).toBe(0);
  });

  test('that is over writes nothing into the one that has its connection', async () => {
    const leaked = await leak(false);
    await open().transaction(async (trx) => {
      await expect(leaked.raw(WRITE, [name])).rejects.toThrow(OVER);
      await trx.raw('SELECT 1');
    });
    expect(await writtenLate()).toBe(0);
  });
});
