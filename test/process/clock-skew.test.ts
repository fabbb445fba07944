/** A service whose clock and database differ: who is told, and from when on it takes no traffic. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { createKeyLine } from '../../src/core/access/vault.ts';
import { openDatabase, withOptions } from '../../src/db/database.ts';
import { acquireLease } from '../../src/db/leases.ts';
import { startTestApi, type TestApi } from '../support/http/api.ts';
import { startNode } from '../support/process/processes.ts';
import { connect } from '../support/ledger/wallets.ts';

const doctorReply = z.looseObject({ findings: z.array(z.looseObject({ check: z.string(), state: z.string() })) });

let api: TestApi;
let folder: string;
beforeAll(async () => {
  api = await startTestApi();
  folder = mkdtempSync(join(tmpdir(), 'coffer-skew-'));
  writeFileSync(join(folder, 'pepper'), 'a pepper that is used by tests and by nothing else', { mode: 0o600 });
  writeFileSync(join(folder, 'secrets'), createKeyLine(), { mode: 0o600 });
});
afterAll(async () => {
  await api.stop();
  rmSync(folder, { recursive: true, force: true });
});

let made = 0;

/** The URL of a database whose clock is so far behind: what asks for the time finds another function of that name first. */
async function withClockBehind(byMs: number): Promise<string> {
  made += 1;
  const schema = `clock_${made}`;
  const owner = await connect(api.database.ownerUrl);
  await owner.query(`CREATE SCHEMA ${schema}; GRANT USAGE ON SCHEMA ${schema} TO PUBLIC;
    CREATE FUNCTION ${schema}.clock_timestamp() RETURNS timestamptz LANGUAGE sql VOLATILE
      AS $$ SELECT pg_catalog.clock_timestamp() - interval '${byMs} milliseconds' $$`);
  await owner.end();
  return withOptions(api.database.appUrl, `-c search_path=${schema},pg_catalog,public`);
}

async function clockAsDoctorSeesIt(databaseUrl: string): Promise<string | undefined> {
  const { stdout } = await startNode(['src/cli/main.ts', 'doctor', '--json'], {
    DATABASE_URL: databaseUrl,
    DATABASE_OWNER_URL: api.database.ownerUrl,
    COFFER_KEY_PEPPER_FILE: join(folder, 'pepper'),
    COFFER_SECRETS_KEY_FILE: join(folder, 'secrets'),
    COFFER_CONFIG: '',
  }).finished;
  return doctorReply.parse(JSON.parse(stdout)).findings.find(({ check }) => check === 'clock')?.state;
}

describe('A65 a clock that differs from the database’s', () => {
  test.each([
    [0, 'ok'],
    [3_000, 'warn'],
    [-3_000, 'warn'],
  ])('by %i ms: doctor says %s', async (byMs, state) => {
    expect(await clockAsDoctorSeesIt(await withClockBehind(byMs))).toBe(state);
  });

  test('by more than a second: the service is not ready', async () => {
    for (const [byMs, status] of [
      [0, 200],
      [5_000, 503],
      [-5_000, 503],
    ] as const) {
      const own = await api.spawn({ DATABASE_URL: await withClockBehind(byMs) });
      const ready = await own.call('GET', '/readyz');
      await own.stop();
      expect([byMs, ready.status]).toEqual([byMs, status]);
      expect(ready.json['checks']).toContainEqual(expect.objectContaining({ name: 'clock', ok: status === 200 }));
    }
  }, 60_000);

  test('changes nothing about who leads: leases go by the database’s clock alone', async () => {
    const db = openDatabase(api.database.appUrl, 1);
    const lease = { name: 'chain:eip155:1', ttlMs: 60_000 };
    const first = await acquireLease(db, { ...lease, holder: 'one' });
    const realNow = Date.now;
    try {
      // The process believes that it is tomorrow, and then that it was yesterday.
      for (const byMs of [86_400_000, -86_400_000]) {
        Date.now = () => realNow() + byMs;
        expect(await acquireLease(db, { ...lease, holder: 'two' })).toBeUndefined();
        expect(await acquireLease(db, { ...lease, holder: 'one' })).toEqual(first);
      }
    } finally {
      Date.now = realNow;
      await db.destroy();
    }
  });
});
