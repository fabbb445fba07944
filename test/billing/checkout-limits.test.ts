/** The limits of checkouts cost the same for an org with a long history. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { uuidV7 } from '../../src/core/ids.ts';
import { createOrg } from '../../src/db/access/orgs.ts';
import { makeCardOrder, type NewCardOrder } from '../../src/db/billing/checkouts.ts';
import { openDatabase, type Database, type DatabasePool } from '../../src/db/database.ts';
import { rowOf, rowsOf, type Bindings, type Row } from '../../src/db/rows.ts';
import { createTestDatabase } from '../support/process/database.ts';
import type { TestDatabase } from '../support/process/database-server.ts';

const HISTORY = 3_000;
/** Rows that a statement may look at: the newest of an org, up to its limits. */
const LOOKED_AT_MAX = 30;

let database: TestDatabase;
let db: DatabasePool;

beforeAll(async () => {
  database = await createTestDatabase();
  db = openDatabase(database.appUrl);
});
afterAll(async () => {
  await db.destroy();
  await database.drop();
});

/** Lets the planner know of the history, as autovacuum does sooner or later. */
async function analyze(): Promise<void> {
  const owner = openDatabase(database.ownerUrl, 1);
  await owner.raw('ANALYZE pack_order');
  await owner.destroy();
}

/** How many rows the parts of a plan read, those that a filter dropped included. */
function rowsRead(plan: Row): number {
  const parts = Array.isArray(plan['Plans']) ? plan['Plans'].map(rowOf) : [];
  const own = [plan['Actual Rows'], plan['Rows Removed by Filter'], plan['Rows Removed by Index Recheck']];
  const sum = own.reduce((total: number, value) => total + (typeof value === 'number' ? value : 0), 0);
  return parts.reduce((total, part) => total + rowsRead(part), sum);
}

/** The database; for each SELECT of orders that is run through it, `read` gets how many rows were read. */
function explaining(read: (sql: string, rows: number) => void): Database {
  const explain = async (
    on: { raw(sql: string, bindings?: Bindings): PromiseLike<unknown> },
    sql: string,
    bindings?: Bindings,
  ) => {
    if (!/^\s*(\/\/.*\n)?SELECT.*FROM pack_order/s.test(sql)) return;
    const [row] = rowsOf(await on.raw(`EXPLAIN (ANALYZE, FORMAT JSON) ${sql}`, bindings));
    const plans = row?.['QUERY PLAN'];
    const [first] = Array.isArray(plans) ? plans : [];
    read(sql, rowsRead(rowOf(rowOf(first)['Plan'])));
  };
  return {
    raw: (sql, bindings) => db.raw(sql, bindings as never),
    transaction: async (work) =>
      db.transaction(async (trx) =>
        work({
          isCompleted: () => trx.isCompleted(),
          raw: async (sql: string, bindings?: Bindings) => {
            await explain({ raw: (text, values) => trx.raw(text, values as never) }, sql, bindings);
            return trx.raw(sql, bindings as never);
          },
        }),
      ),
  };
}

const orderOf = (org: string): NewCardOrder => ({
  id: uuidV7(Date.now()),
  org,
  pack: null,
  product: null,
  priceMicros: 10_000_000n,
  creditMicros: 10_000_000n,
  bonusMicros: 0n,
  freeGiftCards: 0,
  metadata: {},
  openedAt: new Date(),
  account: 'stripe',
  mode: 'live',
  currency: 'usd',
  priceMinor: 1_000n,
  successUrl: 'https://shop.example/yes',
  cancelUrl: 'https://shop.example/no',
  request: { key: uuidV7(Date.now()), hash: 'asked' },
  limits: { checkoutsPerHour: 10, openOrders: 20, failedPerDay: 5 },
});

test('A54 the limits of checkouts read no more of an org with thousands of orders', async () => {
  const org = uuidV7(Date.now());
  await createOrg(db, { id: org, name: 'Old', externalId: null, createdAt: new Date() });
  await db.raw(
    `INSERT INTO pack_order (id, org, price, free_gift_cards, opened_at, expires_at, channel, state, failed_at)
     SELECT gen_random_uuid(), ?::uuid, 10000000, 0, t, t, 'card', CASE WHEN n % 2 = 0 THEN 'credited' ELSE 'failed' END,
       CASE WHEN n % 2 = 0 THEN NULL ELSE t END
     FROM generate_series(1, ?) AS n, LATERAL (SELECT now() - n * interval '1 day' - interval '1 day' AS t) AS at`,
    [org, HISTORY],
  );
  await analyze();
  const seen: [string, number][] = [];
  const watched = explaining((sql, rows) => seen.push([sql.replaceAll(/\s+/g, ' ').slice(0, 80), rows]));
  for (let count = 0; count < 3; count += 1) await makeCardOrder(watched, orderOf(org));
  expect(seen.length).toBeGreaterThanOrEqual(9);
  expect(seen.filter(([, rows]) => rows > LOOKED_AT_MAX)).toEqual([]);
});
