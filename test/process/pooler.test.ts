/** A pooler between the service and PostgreSQL that loses what row-level security needs. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { openDatabase, openOrgDatabases } from '../../src/db/database.ts';
import { isBehindPooler } from '../../src/db/durability.ts';
import { LedgerConnection } from '../../src/db/ledger/connection.ts';
import { migrationStatus } from '../../src/db/schema/migrate.ts';
import { systemClock } from '../../src/core/clock.ts';
import { startTestApi, type TestApi } from '../support/http/api.ts';
import { openPooler } from '../support/process/pooler.ts';
import { queryRows } from '../support/process/query.ts';
import { openTcpProxy } from '../support/process/tcp-proxy.ts';

const WAIT = { timeout: 15_000, interval: 100 };

let api: TestApi;
const closing: (() => Promise<unknown>)[] = [];
let url: string;

beforeAll(async () => {
  api = await startTestApi();
  const pooler = await openPooler(api.database.appUrl, { drops: ['options', 'statement_timeout'] });
  closing.push(async () => pooler.close());
  url = pooler.url;
});
afterAll(async () => {
  for (const close of closing.toReversed()) await close();
  await api.stop();
});

describe('S18 a pooler that drops start-up options', () => {
  it('is refused by every kind of connection', async () => {
    const every = openDatabase(url, 1);
    const orgs = openOrgDatabases(url, 1);
    closing.push(
      async () => every.destroy(),
      async () => orgs.destroy(),
    );
    const refusal = { reason: 'pooler', code: '08004' };
    await expect(every.raw('SELECT 1')).rejects.toMatchObject(refusal);
    await expect(orgs.none.raw('SELECT 1')).rejects.toMatchObject(refusal);
    await expect(orgs.of('any').raw('SELECT 1')).rejects.toMatchObject(refusal);
    await expect(new LedgerConnection(url, systemClock).open()).rejects.toMatchObject(refusal);
  });

  it('keeps a service from starting, and says why', async () => {
    await expect(api.spawn({ DATABASE_URL: url })).rejects.toThrow('a pooler in front of PostgreSQL drops them');
  });

  it('makes a service that runs not ready, with the reason, and answers no key with 401', async () => {
    const { key } = await api.createCustomer(1n);
    const address = await openTcpProxy(api.database.appUrl);
    const spawned = await api.spawn({ DATABASE_URL: address.url });
    closing.push(
      async () => address.close(),
      async () => spawned.stop(),
    );
    expect((await spawned.call('GET', '/treasury/balance', { key })).status).toBe(200);
    address.moveTo(url);
    const { status, json } = await vi.waitFor(async () => {
      const ready = await spawned.call('GET', '/readyz');
      expect(ready.json['checks']).toContainEqual({ name: 'ledger', ok: false, reason: 'pooler' });
      return ready;
    }, WAIT);
    expect(status).toBe(503);
    expect(json['checks']).toContainEqual({ name: 'database', ok: false, reason: 'pooler' });
    const other = await api.createCustomer(1n);
    expect((await spawned.call('GET', '/treasury/balance', { key: other.key })).status).toBe(503);
    address.moveTo(api.database.appUrl);
    await vi.waitFor(async () => expect((await spawned.call('GET', '/readyz')).status).toBe(200), WAIT);
  });
});

it('S18 a pooler that passes everything on is found by the number of its process', async () => {
  const pooler = await openPooler(api.database.appUrl, { ownProcessNumbers: true });
  closing.push(async () => pooler.close());
  expect(await isBehindPooler(pooler.url)).toBe(true);
  expect(await isBehindPooler(api.database.appUrl)).toBe(false);
});

it('S18 a PostgreSQL that is too old is named with the version that is needed', async () => {
  const { rows } = await queryRows<{ server_version_num: string }>(api.db, 'SHOW server_version_num');
  const inPlaceOf = rows[0]?.server_version_num ?? '';
  // The statement divides by 10,000 on the server, so that its answer is the two digits alone.
  const pooler = await openPooler(api.database.ownerUrl, {
    says: { inPlaceOf: `\0\0\0\u0002${inPlaceOf.slice(0, 2)}`, text: '\0\0\0\u000214' },
  });
  closing.push(async () => pooler.close());
  await expect(migrationStatus(pooler.url)).rejects.toThrow('PostgreSQL 15 or newer is needed, and this is 14');
});
