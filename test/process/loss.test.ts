/** A database that lacks what it had is noticed, by running processes and at a start, and nothing is served on it. */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { uuidV7 } from '../../src/core/ids.ts';
import { openDatabase, type DatabasePool } from '../../src/db/database.ts';
import { startTestApi, type Answer, type TestApi } from '../support/http/api.ts';
import { HOLD_DURATION_DEFAULT_MS as HOLD_MS } from '../../src/core/ledger/commands.ts';
import { debitOf } from '../support/ledger/wallets.ts';
import { queryRows } from '../support/process/query.ts';
import { startNode, type Finished } from '../support/process/processes.ts';

const NOTICED = { timeout: 15_000, interval: 100 };
/** Calls at once, each over a connection of its own. */
const CALLS_AT_FRONTS = 16;
const opened: { stop: () => Promise<void> }[] = [];
afterEach(async () => {
  for (const one of opened.splice(0).toReversed()) await one.stop();
});

interface Place {
  readonly api: TestApi;
  /** As the owner of the tables. */
  readonly owner: DatabasePool;
  readonly key: string;
  readonly org: string;
  readonly wallet: string;
}

async function open(witnessFolder?: string): Promise<Place> {
  const api = await startTestApi('first_come', [], {}, {}, { witnessFolder });
  opened.push(api);
  const owner = openDatabase(api.database.ownerUrl, 2);
  opened.push({ stop: async () => owner.destroy() });
  const place = { api, owner, ...(await api.createCustomer(10n)) };
  // The API's document, against which answers are checked, is read before nothing is served any more.
  expect((await api.call('GET', '/treasury/balance', { key: place.key })).status).toBe(200);
  return place;
}

/** The code of a problem, or `served`. Without a check against the API's document, which a closed process does not serve. */
async function codeAt(url: string, key: string): Promise<unknown> {
  const response = await fetch(`${url}/treasury/balance`, {
    headers: { authorization: `Bearer ${key}`, connection: 'close' },
  });
  return response.ok ? 'served' : z.object({ code: z.string() }).parse(await response.json()).code;
}

const codeOf = async ({ api, key }: Place): Promise<unknown> => codeAt(api.url(), key);

async function debit({ api, key }: Place): Promise<Answer> {
  return api.call('POST', '/treasury/debit', { key, body: { amountUsd: '1', serviceType: 'AI_API' } });
}

/** As a restore does, without what a restore costs. */
async function goBack({ owner }: Place): Promise<void> {
  await owner.raw('UPDATE database_witness SET counter = 1');
}

async function counted({ owner }: Place, above: number): Promise<void> {
  const read = async (): Promise<number[]> =>
    (await queryRows<{ counter: number }>(owner, 'SELECT counter::integer FROM database_witness')).rows.map(
      ({ counter }) => counter,
    );
  await expect.poll(async () => Math.max(...(await read())), NOTICED).toBeGreaterThan(above);
}

async function recover({ api }: Place, ...args: string[]): Promise<Finished> {
  const env = { DATABASE_URL: api.database.appUrl, DATABASE_OWNER_URL: api.database.ownerUrl, COFFER_CONFIG: '' };
  return startNode(['src/cli/main.ts', 'recover', ...args], env).finished;
}

async function refusedEverywhere({ api, key }: Place): Promise<void> {
  const calls = [
    await api.call('GET', '/treasury/balance', { key }),
    await api.call('GET', '/treasury/balance'),
    await api.call('GET', '/events', { key }),
    await api.call('GET', '/openapi.json'),
    await api.call('POST', '/treasury/debit', { key, body: {} }),
  ];
  for (const { status, json, headers } of calls) {
    expect([status, json['code'], headers.get('retry-after')]).toEqual([503, 'RECOVERY_REQUIRED', '60']);
  }
  expect((await api.call('GET', '/healthz')).status).toBe(200);
  const ready = await api.call('GET', '/readyz');
  expect([ready.status, ready.json]).toMatchObject([503, { status: 'not ready' }]);
  expect(ready.json['checks']).toContainEqual({ name: 'recovery', ok: false, reason: 'recovery-required' });
}

describe('a running process', () => {
  test('refuses every call once the database went back, until the owner has recovered it', async () => {
    const place = await open();
    const { api, owner } = place;
    await counted(place, 2);
    expect(await codeOf(place)).toBe('served');
    await goBack(place);
    await expect.poll(async () => codeOf(place), NOTICED).toBe('RECOVERY_REQUIRED');
    await refusedEverywhere(place);
    // It has told the others: one that starts now, and has seen nothing, refuses too.
    const other = await api.spawn();
    opened.push({ stop: async () => void (await other.stop()) });
    expect(await codeAt(other.url, place.key)).toBe('RECOVERY_REQUIRED');

    const done = await recover(place, '--end-keys', 'none', '--end-holds', 'none');
    expect([done.code, done.stderr]).toEqual([0, '']);
    await expect.poll(async () => codeOf(place), NOTICED).toBe('served');
    await expect.poll(async () => codeAt(other.url, place.key), NOTICED).toBe('served');
    expect((await debit(place)).status).toBe(200);
    const { rows } = await queryRows(owner, 'SELECT kind FROM recovery WHERE finished_at IS NOT NULL');
    expect(rows).toEqual([{ kind: 'restore' }]);
  }, 90_000);

  test('of several: all of them refuse once the database went back, and serve once it is recovered', async () => {
    const place = await open();
    const fronts = await place.api.spawn({ COFFER_API_PROCESSES: '2' });
    const { url } = fronts;
    opened.push({ stop: async () => void (await fronts.stop()) });
    // A connection reaches either front: so many calls, each on its own, meet both.
    const codes = async (): Promise<unknown[]> => {
      const all = await Promise.all(Array.from({ length: CALLS_AT_FRONTS }, async () => codeAt(url, place.key)));
      return [...new Set(all)];
    };
    expect(await codes()).toEqual(['served']);
    await counted(place, 2);
    await goBack(place);
    await expect.poll(codes, NOTICED).toEqual(['RECOVERY_REQUIRED']);
    const before = await queryRows(place.owner, 'SELECT max(seq)::integer FROM entry');
    const body = JSON.stringify({ amountUsd: '1', serviceType: 'AI_API' });
    const headers = { authorization: `Bearer ${place.key}`, 'content-type': 'application/json', connection: 'close' };
    const spent = await Promise.all(
      Array.from({ length: CALLS_AT_FRONTS }, async () =>
        fetch(`${url}/treasury/debit`, { method: 'POST', headers, body }).then(({ status }) => status),
      ),
    );
    expect([...new Set(spent)]).toEqual([503]);
    expect((await queryRows(place.owner, 'SELECT max(seq)::integer FROM entry')).rows).toEqual(before.rows);
    const done = await recover(place, '--end-keys', 'none', '--end-holds', 'none');
    expect([done.code, done.stderr]).toEqual([0, '']);
    await expect.poll(codes, NOTICED).toEqual(['served']);
  }, 90_000);

  test('misses an entry whose commit it has answered', async () => {
    const place = await open();
    const { owner, wallet } = place;
    expect((await debit(place)).status).toBe(200);
    await owner.raw('ALTER TABLE entry DISABLE TRIGGER entry_append_only');
    await owner.raw('DELETE FROM entry WHERE wallet = ? AND seq = 2', [wallet]);
    await expect.poll(async () => codeOf(place), NOTICED).toBe('RECOVERY_REQUIRED');
    const { rows } = await queryRows(owner, 'SELECT reason FROM loss_report');
    expect(rows).toEqual([{ reason: `ent_${wallet}_2 was written and is missing` }]);
    const done = await recover(place, '--end-keys', 'none', '--end-holds', 'none');
    expect(done.code).toBe(0);
    // The entry is given up.
    await expect.poll(async () => codeOf(place), NOTICED).toBe('served');
    await counted(place, 3);
    expect(await codeOf(place)).toBe('served');
  }, 60_000);

  test('goes on after a fail-over in which nothing was lost', async () => {
    const place = await open();
    const { owner } = place;
    await counted(place, 1);
    await owner.raw('UPDATE database_identity SET timeline = 99');
    const timeline = async (): Promise<unknown> =>
      (await queryRows(owner, 'SELECT timeline = 99 AS old FROM database_identity')).rows;
    await expect.poll(timeline, NOTICED).toEqual([{ old: false }]);
    expect(await codeOf(place)).toBe('served');
  });

  test('does no work meanwhile: no hold expires, no event gets its position', async () => {
    const place = await open();
    const { api, owner, wallet, org, key } = place;
    const held = await api.call('POST', '/treasury/hold', { key, body: { amountUsd: '1', serviceType: 'AI_API' } });
    expect(held.status).toBe(200);
    await counted(place, 1);
    await goBack(place);
    await expect.poll(async () => codeOf(place), NOTICED).toBe('RECOVERY_REQUIRED');
    const state = async (): Promise<unknown> => {
      const position = '(SELECT position::text FROM event_log WHERE log = ?)';
      const entries = '(SELECT count(*)::integer FROM entry WHERE wallet = ?)';
      return (await queryRows(owner, `SELECT ${position} AS position, ${entries} AS entries`, [org, wallet])).rows[0];
    };
    await api.writer.submit(debitOf(wallet, 1n));
    const before = await state();
    api.advance(HOLD_MS + 1_000);
    // Longer than the pauses of these jobs.
    await new Promise((resolve) => setTimeout(resolve, 7_000));
    expect(await state()).toEqual(before);
    await recover(place, '--end-keys', 'none', '--end-holds', 'none');
    await expect.poll(state, NOTICED).toMatchObject({ entries: 4 });
  }, 60_000);

  test('ends an open stream', async () => {
    const place = await open();
    await counted(place, 1);
    const headers = { authorization: `Bearer ${place.key}` };
    const { body } = await fetch(`${place.api.url()}/events/stream`, { headers });
    const reader = body?.getReader();
    const ended = (async () => {
      for (let more = true; more;) more = (await reader?.read())?.done === false;
    })().catch(() => undefined);
    await goBack(place);
    await expect.poll(async () => codeOf(place), NOTICED).toBe('RECOVERY_REQUIRED');
    // At its next sign of life at the latest.
    await ended;
  });
});

describe('a process that starts', () => {
  test('refuses a database that went back since the last one stopped', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'coffer-witness-'));
    opened.push({ stop: async () => Promise.resolve(rmSync(folder, { recursive: true })) });
    const place = await open(folder);
    await counted(place, 2);
    await place.api.restart();
    expect(await codeOf(place)).toBe('served');
    const folders = readdirSync(join(folder, 'witness'));
    expect(folders).toHaveLength(1);
    await place.api.restart();
    await goBack(place);
    await place.api.restart();
    expect(await codeOf(place)).toBe('RECOVERY_REQUIRED');
  }, 60_000);

  test('knows nothing of another deployment in the same folder', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'coffer-witness-'));
    opened.push({ stop: async () => Promise.resolve(rmSync(folder, { recursive: true })) });
    const one = await open(folder);
    await counted(one, 2);
    const other = await open(folder);
    expect([await codeOf(one), await codeOf(other)]).toEqual(['served', 'served']);
  });

  test('on a new timeline refuses while nobody vouches for it, and serves once the owner does', async () => {
    const place = await open();
    const { api, owner } = place;
    await counted(place, 1);
    // Another process saw the database for longer, so that this one cannot know what came after it.
    await owner.raw(`INSERT INTO database_witness VALUES (?, 7, now() + interval '1 minute')`, [uuidV7(Date.now())]);
    await owner.raw('UPDATE database_identity SET timeline = 99');
    await expect.poll(async () => codeOf(place), NOTICED).toBe('RECOVERY_REQUIRED');
    const fresh = await api.spawn();
    opened.push({ stop: async () => void (await fresh.stop()) });
    expect(await codeAt(fresh.url, place.key)).toBe('RECOVERY_REQUIRED');
    const { rows } = await queryRows(owner, 'SELECT FROM loss_report');
    expect(rows).toEqual([]);
    const done = await recover(place, '--nothing-lost');
    expect([done.code, done.stdout]).toMatchObject([0, expect.stringContaining('nothing was lost')]);
    await expect.poll(async () => codeAt(fresh.url, place.key), NOTICED).toBe('served');
  }, 60_000);
});

test("the service's role cannot end a loss or a recovery", async () => {
  const place = await open();
  const app = openDatabase(place.api.database.appUrl, 1);
  opened.push({ stop: async () => app.destroy() });
  const id = uuidV7(Date.now());
  const insert = `INSERT INTO loss_report (id, reason, found_by, found_at) VALUES (?, 'a test', 'me', now())`;
  await app.raw(insert, [id]);
  await expect.poll(async () => codeOf(place), NOTICED).toBe('RECOVERY_REQUIRED');
  const forbidden = [
    'DELETE FROM loss_report',
    'UPDATE loss_report SET ended_by = id',
    `INSERT INTO recovery (id, kind, begun_by, begun_at, finished_at) VALUES ('${id}', 'restore', 'me', now(), now())`,
  ];
  for (const sql of forbidden) await expect(app.raw(sql)).rejects.toMatchObject({ code: '42501' });
  const refused = await recover(place, '--nothing-lost');
  expect([refused.code, refused.stderr]).toMatchObject([1, expect.stringContaining('something is missing')]);
});
