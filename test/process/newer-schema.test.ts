/** A program whose database was migrated by a newer version while it runs. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { getPriority, tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createKeyLine } from '../../src/core/access/vault.ts';
import { CHAINS, startTestApi, type Answer, type TestApi } from '../support/http/api.ts';
import { queryRows } from '../support/process/query.ts';
import { startNode, type RunningProgram } from '../support/process/processes.ts';

let api: TestApi;
let folder: string;
const workers: RunningProgram[] = [];
beforeAll(async () => {
  api = await startTestApi();
  folder = mkdtempSync(join(tmpdir(), 'coffer-newer-schema-'));
});
afterAll(async () => {
  for (const { child } of workers) child.kill('SIGKILL');
  await api.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function asOwner(sql: string): Promise<void> {
  const client = new Client({ connectionString: api.database.ownerUrl });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
const applied = (name: string): string =>
  `INSERT INTO knex_migrations (name, batch, migration_time) VALUES ('${name}', 9, now())`;

function startWorker(role: string): RunningProgram {
  const [config, secrets] = [join(folder, 'config.json'), join(folder, 'secrets')];
  writeFileSync(config, JSON.stringify({ chains: CHAINS }));
  writeFileSync(secrets, createKeyLine());
  const env = { DATABASE_URL: api.database.appUrl, COFFER_CONFIG: config, COFFER_SECRETS_KEY_FILE: secrets };
  const program = startNode(['src/main.ts', `--roles=${role}`], env);
  workers.push(program);
  return program;
}

/** Waits until both workers watch the schema: each of them does something that is seen from outside after it began to. */
async function bothWatch(detector: RunningProgram, events: RunningProgram): Promise<void> {
  const reported = async (): Promise<number> => {
    const holder = `%:${detector.child.pid}:%`;
    return (await queryRows(api.db, 'SELECT 1 FROM chain_status WHERE holder LIKE ?', [holder])).rows.length;
  };
  await expect.poll(reported, { timeout: 20_000 }).toBeGreaterThan(0);
  const gaveWay = (): boolean => getPriority(events.child.pid) > getPriority();
  await expect.poll(gaveWay, { timeout: 20_000 }).toBe(true);
}

const debit = async (key: string): Promise<Answer> =>
  api.call('POST', '/treasury/debit', { key, body: { amountUsd: '0.01', serviceType: 'AI_API' } });

it('S25 it serves after what only adds; after what takes away it answers 503 and never 401, and its workers end', async () => {
  const { key } = await api.createCustomer(1n);
  await asOwner(applied('9998_adds'));
  expect((await debit(key)).status).toBe(200);
  expect((await api.call('GET', '/readyz')).status).toBe(200);
  const detector = startWorker('detector');
  const events = startWorker('events');
  await bothWatch(detector, events);
  const known = await api.createCustomer(1n);
  expect((await debit(known.key)).status).toBe(200);
  const fresh = [await api.createCustomer(1n), await api.createCustomer(1n)];
  // What a newer version's row-level security does to a program that does not know it: every row of it is gone.
  await asOwner(`BEGIN; ${applied('9999_hides_needs_9998')};
    CREATE POLICY newer ON api_key AS RESTRICTIVE USING (false); CREATE POLICY newer ON org AS RESTRICTIVE USING (false);
    COMMIT`);
  const answers = await Promise.all(fresh.map(async (one) => debit(one.key)));
  expect(answers.map(({ status, json }) => [status, json['code']])).toEqual(
    fresh.map(() => [503, 'LEDGER_UNAVAILABLE']),
  );
  expect(answers[0]?.json['detail']).toMatch(/older than the schema of its database \(9999_hides_needs_9998\)/);
  expect(answers[0]?.headers.get('retry-after')).toBe('1');
  // The first unknown key tells the process, so that keys it still remembers are refused as well.
  expect((await debit(known.key)).status).toBe(503);
  expect((await api.call('GET', '/treasury/balance', { key: `ck_live_${'a'.repeat(60)}` })).status).toBe(503);
  const ready = await api.call('GET', '/readyz');
  expect([ready.status, ready.json]).toMatchObject([
    503,
    { status: 'not ready', checks: expect.arrayContaining([{ name: 'schema', ok: false }]) },
  ]);
  expect((await api.call('GET', '/healthz')).status).toBe(200);
  for (const { finished } of [detector, events]) {
    expect(await finished).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('older than the schema of its database'),
    });
  }
});

it('S25 a process that nobody calls notices by itself', async () => {
  await asOwner(
    "DELETE FROM knex_migrations WHERE name LIKE '999%'; DROP POLICY newer ON api_key; DROP POLICY newer ON org",
  );
  await api.restart();
  const { key } = await api.createCustomer(1n);
  expect((await debit(key)).status).toBe(200);
  await asOwner(applied('9999_drops_needs_9998'));
  await expect.poll(async () => (await debit(key)).status, { timeout: 10_000, interval: 100 }).toBe(503);
});
