/** What a loss watch makes of machines with a wrong clock, and of a server that hides its position. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { systemClock } from '../../src/core/clock.ts';
import { uuidV7 } from '../../src/core/ids.ts';
import { openDatabase, type DatabasePool } from '../../src/db/database.ts';
import { startLossWatch, type LossWatch } from '../../src/jobs/loss-watch.ts';
import { createSteppedClock } from '../support/fake-clock.ts';
import { createTestDatabase } from '../support/process/database.ts';
import { queryRows } from '../support/process/query.ts';
import { connect } from '../support/ledger/wallets.ts';

const YEAR_MS = 365 * 86_400_000;
const quiet = { error: () => undefined, warn: () => undefined, info: () => undefined };
let database: Awaited<ReturnType<typeof createTestDatabase>>;
let db: DatabasePool;
const watches: LossWatch[] = [];

beforeEach(async () => {
  database = await createTestDatabase();
  db = openDatabase(database.appUrl, 2);
});
afterEach(async () => {
  await Promise.all(watches.splice(0).map(async (watch) => watch.stop()));
  await db.destroy();
  await database.drop();
});

async function start(clock = systemClock): Promise<LossWatch> {
  const started = await startLossWatch({ db, clock, log: quiet, folder: undefined });
  watches.push(started);
  return started;
}

test('a machine whose clock is a year off, either way, loses no witness', async () => {
  for (const offMs of [-YEAR_MS, YEAR_MS]) await start(createSteppedClock(Date.now() + offMs));
  expect((await start()).problem()).toBeUndefined();
  const { rows } = await queryRows(
    db,
    "SELECT seen_at > now() - interval '1 hour' AND seen_at <= now() AS now FROM database_witness",
  );
  expect(rows).toEqual([{ now: true }, { now: true }, { now: true }]);
});

test('a witness that has not counted for long is removed', async () => {
  await db.raw(`INSERT INTO database_witness VALUES (?, 7, now() - interval '91 days')`, [uuidV7(Date.now())]);
  await start();
  expect((await queryRows(db, 'SELECT counter::integer FROM database_witness')).rows).toEqual([{ counter: 1 }]);
});

test('a server that hides its position is served', async () => {
  const owner = await connect(database.ownerUrl);
  const name = new URL(database.ownerUrl).pathname.slice(1);
  await owner.query(`CREATE FUNCTION pg_current_wal_lsn() RETURNS pg_lsn LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'not supported here' USING ERRCODE = '0A000'; END $$`);
  await owner.query(`ALTER DATABASE ${name} SET search_path = public, pg_catalog`);
  await owner.end();
  expect((await start()).problem()).toBeUndefined();
  expect((await queryRows(db, 'SELECT timeline::integer FROM database_identity')).rows).toEqual([{ timeline: 0 }]);
});
