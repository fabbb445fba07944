/** Several hosts in one URL: which of them is used, before and after a promotion. */
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { uuidV7 } from '../../src/core/ids.ts';
import { systemClock } from '../../src/core/clock.ts';
import { openDatabase, openOrgDatabases, pingDatabase } from '../../src/db/database.ts';
import { DatabaseHosts, hostsOf, PROBE_INTERVAL_MS } from '../../src/db/hosts.ts';
import { openLedgerWriter } from '../../src/db/ledger/writer.ts';
import { addWallet, connect, debitOf, depositOf } from '../support/ledger/wallets.ts';
import type { Queries } from '../../src/db/rows.ts';
import { queryRows } from '../support/process/query.ts';
import { openPostgresPair, type PostgresPair, type TestPostgres } from '../support/process/two-postgres.ts';

let pair: PostgresPair;
const closing: (() => Promise<unknown>)[] = [];

/** The service's URL with these servers as its hosts, and a parameter that makes it one of its own. */
function urlOf(servers: readonly TestPostgres[], own: string): string {
  const url = new URL(pair.primary.appUrl);
  const hosts = servers.map(({ port }) => `127.0.0.1:${port}`).join(',');
  return `postgres://${url.username}:${url.password}@${hosts}${url.pathname}?target_session_attrs=read-write&fallback_application_name=${own}`;
}

beforeAll(async () => {
  pair = await openPostgresPair();
}, 120_000);
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});
afterAll(async () => {
  await pair.close();
});

const portOf = async (db: Queries): Promise<string | undefined> =>
  (await queryRows<{ port: string }>(db, 'SHOW port')).rows[0]?.port;
const pidOf = async (db: Queries): Promise<number | undefined> =>
  (await queryRows<{ pid: number }>(db, 'SELECT pg_backend_pid() AS pid')).rows[0]?.pid;
/** The session of the only writer that is open. */
const writerPid = async (): Promise<unknown> =>
  (await pair.primary.sql(`SELECT pid FROM pg_stat_activity WHERE application_name = 'coffer ledger writer'`))[0]?.[
    'pid'
  ];

it('S18 of several hosts the one that takes writes is used, by pools and by the writer', async () => {
  const url = urlOf([pair.standby, pair.primary], 'named');
  const db = openDatabase(url, 2);
  const orgs = openOrgDatabases(url, 2);
  closing.push(
    async () => db.destroy(),
    async () => orgs.destroy(),
  );
  expect(await portOf(db)).toBe(String(pair.primary.port));
  expect(await portOf(orgs.none)).toBe(String(pair.primary.port));
  await pingDatabase(db);
});

it('S18 a standby alone is refused: it takes no writes', async () => {
  const db = openDatabase(pair.standby.appUrl, 1);
  closing.push(async () => db.destroy());
  await expect(db.raw('SELECT 1')).rejects.toMatchObject({ reason: 'read-only' });
});

it('S18 a connection that was opened while writes were taken is dropped in every pool once they are not', async () => {
  const url = `${pair.primary.appUrl}?fallback_application_name=turned`;
  const [one, two] = [openDatabase(url, 2), openDatabase(url, 2)];
  closing.push(
    async () => one.destroy(),
    async () => two.destroy(),
  );
  // Under a URL of its own, so that it has to notice by itself.
  const own = `${pair.primary.appUrl}?fallback_application_name=turned_writer`;
  const writer = openLedgerWriter({ url: own, clock: systemClock, deadlineMs: 2_000 });
  closing.push(async () => writer.stop());
  const client = await connect(pair.primary.ownerUrl);
  const wallet = await addWallet(client, uuidV7(Date.now()));
  await client.end();
  await writer.submit(depositOf(wallet, 10n));
  const before = [await pidOf(one), await pidOf(two), await writerPid()];
  try {
    await pair.primary.configure('default_transaction_read_only', 'on');
    await vi.waitFor(async () => expect(pingDatabase(one)).rejects.toBeDefined(), { timeout: 10_000, interval: 100 });
    await expect(writer.submit(debitOf(wallet, 1n))).rejects.toMatchObject({ code: 'LEDGER_UNAVAILABLE' });
  } finally {
    await pair.primary.configure('default_transaction_read_only', 'off');
  }
  await vi.waitFor(async () => pingDatabase(one), { timeout: 10_000, interval: 100 });
  await pingDatabase(two);
  await writer.submit(debitOf(wallet, 1n));
  const after = [await pidOf(one), await pidOf(two), await writerPid()];
  for (const pid of before) expect(after).not.toContain(pid);
});

it("S18 what one connection learns of the server ends those of the others, the writer's too", async () => {
  const url = `${pair.primary.appUrl}?fallback_application_name=learned`;
  const db = openDatabase(url, 1);
  const writer = openLedgerWriter({ url, clock: systemClock, deadlineMs: 5_000 });
  closing.push(
    async () => db.destroy(),
    async () => writer.stop(),
  );
  const client = await connect(pair.primary.ownerUrl);
  const wallet = await addWallet(client, uuidV7(Date.now()));
  await client.end();
  await writer.submit(depositOf(wallet, 10n));
  const before = [await pidOf(db), await writerPid()];
  hostsOf(url).suspect();
  await writer.submit(debitOf(wallet, 1n));
  const after = [await pidOf(db), await writerPid()];
  for (const pid of before) expect(after).not.toContain(pid);
});

it('S18 a promotion is followed within three probe intervals, without a restart; a replaced primary is not gone back to', async () => {
  const { primary, standby } = pair;
  const url = urlOf([primary, standby], 'promoted');
  const db = openDatabase(url, 2);
  const writer = openLedgerWriter({ url, clock: systemClock, deadlineMs: 10_000 });
  closing.push(
    async () => db.destroy(),
    async () => writer.stop(),
  );
  const client = await connect(primary.ownerUrl);
  const wallet = await addWallet(client, uuidV7(Date.now()));
  await client.end();
  await writer.submit(depositOf(wallet, 10n));
  await pingDatabase(db);
  await pair.catchUp();

  await primary.kill();
  // Both notice that nobody is there, and search.
  await expect(pingDatabase(db)).rejects.toBeDefined();
  const asked = writer.submit(debitOf(wallet, 1n));
  await standby.promote();
  const promotedAt = performance.now();
  await vi.waitFor(async () => pingDatabase(db), { timeout: 10_000, interval: 20 });
  const tookMs = performance.now() - promotedAt;
  expect((await asked).entries[0]?.seq).toBe(2);
  expect(tookMs).toBeLessThan(3 * PROBE_INTERVAL_MS);

  await primary.start();
  expect(await portOf(db)).toBe(String(standby.port));
  // A process that starts now asks both. The old primary takes writes as well, and is named first.
  const fresh = new DatabaseHosts([primary.appUrl, standby.appUrl]);
  expect(await fresh.choose()).toBe(standby.appUrl);
  await standby.kill();
  fresh.doubt();
  await expect(fresh.choose()).rejects.toMatchObject({ reason: 'older-timeline' });
  await expect(pingDatabase(db)).rejects.toBeDefined();
  await expect(hostsOf(url).choose()).rejects.toMatchObject({ reason: 'older-timeline' });
  await standby.start();
  await vi.waitFor(async () => pingDatabase(db), { timeout: 10_000, interval: 100 });
  expect((await writer.submit(debitOf(wallet, 1n))).entries[0]?.seq).toBe(3);
}, 60_000);
