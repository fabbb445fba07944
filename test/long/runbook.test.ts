/** Walks through docs/runbook.md: its commands as they are printed, in their order, on real servers. */
import { chmodSync, copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createKeyLine } from '../../src/core/access/vault.ts';
import { toCount } from '../../src/core/integers.ts';
import { migrate } from '../../src/db/schema/migrate.ts';
import { startTestApi, type Answer, type TestApi } from '../support/http/api.ts';
import type { Customer } from '../support/ledger/holds.ts';
import { startNode, type Finished } from '../support/process/processes.ts';
import { atPort, openTcpProxy, type TcpProxy } from '../support/process/tcp-proxy.ts';
import { copyTestPostgres, openTestPostgres, waitUntil, type TestPostgres } from '../support/process/two-postgres.ts';

const WAIT = { timeout: 60_000, interval: 200 };
const RUNBOOK = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'runbook.md'), 'utf8');

/** One block of commands of a step. `text` blocks name programs that the tests do not have, or what a person writes. */
interface Block {
  readonly step: number;
  readonly language: string;
  readonly lines: readonly string[];
}

/** What stands for the blocks that cannot be run here, and what a step asks for in words: by the step's number. */
type ByHand = Readonly<Record<number, () => Promise<void>>>;

let root: string;
let serverA: TestPostgres;
let serverB: TestPostgres;
let address: TcpProxy;
let api: TestApi;
let customer: Customer;
const servers: TestPostgres[] = [];

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'coffer-runbook-'));
  chmodSync(root, 0o755);
  serverA = await openTestPostgres(root, 'server_a');
  servers.push(serverA);
  await migrate(serverA.ownerUrl, { appRole: 'coffer_app' });
  for (const name of ['pepper', 'pepper-of-the-api']) {
    writeFileSync(join(root, name), 'a pepper that is used by tests and by nothing else', { mode: 0o600 });
  }
  address = await openTcpProxy(serverA.appUrl);
  const database = {
    appUrl: address.url,
    ownerUrl: serverA.ownerUrl,
    appRole: 'coffer_app',
    drop: async () => Promise.resolve(),
  };
  const settings = {
    COFFER_LEDGER_DEADLINE_MS: '2000',
    COFFER_KEY_PEPPER_FILE: join(root, 'pepper-of-the-api'),
  };
  api = await startTestApi('first_come', [], {}, settings, { database });
  customer = await api.createCustomer(1_000n);
  writeFileSync(join(root, 'secrets'), createKeyLine(), { mode: 0o600 });
});
afterAll(async () => {
  await api?.stop();
  await address?.close();
  for (const server of servers.toReversed()) await server.stop();
  rmSync(root, { recursive: true, force: true });
});

/** The blocks of a section, in their order. */
function blocksOf(title: string): Block[] {
  const [, section] = RUNBOOK.split(`\n## ${title}\n`);
  if (section === undefined) throw new Error(`the runbook has no section "${title}"`);
  const blocks: Block[] = [];
  let step = 0;
  let open: { language: string; lines: string[] } | undefined;
  for (const line of (section.split('\n## ')[0] ?? '').split('\n')) {
    const fence = /^ {3}```(\w*)$/.exec(line);
    if (!open) step = toCount(/^(\d+)\. /.exec(line)?.[1] ?? step);
    if (fence && open) {
      blocks.push({ step, ...open });
      open = undefined;
    } else if (fence) open = { language: fence[1] ?? '', lines: [] };
    else open?.lines.push(line.trim());
  }
  return blocks;
}

async function coffer(args: readonly string[]): Promise<Finished> {
  return startNode(['src/cli/main.ts', ...args], {
    DATABASE_URL: address.url,
    DATABASE_OWNER_URL: atPort(serverA.ownerUrl, toCount(new URL(address.url).port)),
    COFFER_CONFIG: '',
    COFFER_KEY_PEPPER_FILE: join(root, 'pepper'),
    COFFER_SECRETS_KEY_FILE: join(root, 'secrets'),
  }).finished;
}

async function becomesReady(): Promise<void> {
  await vi.waitFor(async () => {
    const { status, json } = await api.call('GET', '/readyz');
    expect([status, json['checks']]).toEqual([200, expect.anything()]);
  }, WAIT);
}

const expectedCodes = new Map<string, number>();

async function runLine(line: string): Promise<void> {
  if (line === 'curl -fsS $COFFER_URL/readyz') return becomesReady();
  const [, command] = /^bin\/coffer\.mjs (.+)$/.exec(line) ?? [];
  if (command === undefined) throw new Error(`the test does not know how to run: ${line}`);
  const args = command
    .split(' ')
    .map((word) => (word.startsWith('anchor-') || word.endsWith('.json') ? join(root, word) : word));
  const { code, stdout, stderr } = await coffer(args);
  expect([line, code, stdout, stderr]).toEqual([line, expectedCodes.get(line) ?? 0, stdout, stderr]);
}

/** Runs the blocks of a section. @param byHand is called once for its step, after the step's blocks of SQL. */
async function walk(title: string, byHand: ByHand, steps?: readonly number[]): Promise<void> {
  const done = new Set<number>();
  for (const { step, language, lines } of blocksOf(title)) {
    if (steps && !steps.includes(step)) continue;
    if (language === 'sql') {
      const [where = '', ...statement] = lines;
      const server = where === '-- on server_a' ? serverA : where === '-- on server_b' ? serverB : undefined;
      if (!server) throw new Error(`no server is named in: ${lines.join('\n')}`);
      await server.sql(statement.join('\n'));
    } else if (language === 'sh') {
      for (const line of lines) await runLine(line);
      continue;
    }
    const act = byHand[step];
    if (language === 'text' && !act) throw new Error(`nothing stands for step ${step} of "${title}"`);
    if (act && !done.has(step)) {
      done.add(step);
      await act();
    }
  }
  const undone = Object.keys(byHand).filter((step) => !done.has(toCount(step)));
  expect(undone).toEqual([]);
}

async function debit(key: string): Promise<Answer> {
  return api.call('POST', '/treasury/debit', {
    key: customer.key,
    body: { serviceType: 'AI_API', amountUsd: '1' },
    headers: { 'idempotency-key': key },
  });
}

async function follows(primary: TestPostgres): Promise<void> {
  await waitUntil('a standby streams', async () => {
    const rows = await primary.sql("SELECT 1 FROM pg_stat_replication WHERE state = 'streaming'");
    return rows.length > 0;
  });
}

async function newStandby(name: string): Promise<void> {
  serverB = await copyTestPostgres(serverA, root, name);
  servers.push(serverB);
  serverB.follow(serverA);
  await serverB.start();
  await follows(serverA);
}

test('Set up replicas', async () => {
  await walk('Set up replicas', {
    1: async () => {
      const rules = readFileSync(join(serverA.clusterDir, 'pg_hba.conf'), 'utf8');
      expect(rules).toMatch(/^host replication all \S+ scram-sha-256$/m);
      return Promise.resolve();
    },
    2: async () => newStandby('server_b'),
    5: async () => becomesReady(),
  });
  const { findings } = JSON.parse((await coffer(['doctor', '--json'])).stdout) as {
    findings: { check: string; state: string }[];
  };
  for (const check of ['database: durability', 'database: replicas', 'replica: server_b']) {
    expect(findings).toContainEqual(expect.objectContaining({ check, state: 'ok' }));
  }
  expect((await debit('set up')).status).toBe(200);
});

test('Writes that hang', async () => {
  const hang = async (key: string): Promise<void> => {
    await serverB.stop();
    expect((await debit(key)).status).toBe(503);
    await vi.waitFor(async () => {
      const { json } = await api.call('GET', '/readyz');
      expect(json['checks']).toContainEqual({ name: 'standby', ok: false, reason: 'standby-away' });
    }, WAIT);
  };
  await hang('hangs');
  await walk('Writes that hang', {
    3: async () => {
      await serverB.start();
      await becomesReady();
      expect((await debit('hangs')).status).toBe(200);
      await hang('hangs again');
    },
  });
  expect((await debit('hangs again')).status).toBe(200);
  await serverB.start();
  await follows(serverA);
  await walk('Set up replicas', {}, [3]);
  expect((await debit('synchronous again')).status).toBe(200);
});

test('Fail over to a synchronous standby', async () => {
  await serverA.kill();
  await walk('Fail over to a synchronous standby', { 2: async () => Promise.resolve(address.moveTo(serverB.appUrl)) });
  for (const key of ['set up', 'hangs', 'hangs again', 'synchronous again']) {
    const again = await debit(key);
    expect([again.status, again.headers.get('idempotency-replayed')]).toEqual([200, 'true']);
  }
});

test('Fail over to a replica that lags', async () => {
  // The new primary gets a standby that does not keep commits waiting.
  serverA = serverB;
  await newStandby('server_c');
  expect((await debit('kept')).status).toBe(200);
  await waitUntil('the replica has it', async () => {
    const [row] = await serverA.sql('SELECT pg_current_wal_lsn()::text AS lsn');
    const [there] = await serverB.sql(`SELECT pg_last_wal_replay_lsn() >= '${String(row?.['lsn'])}' AS has`);
    return there?.['has'] === true;
  });
  await serverB.configure('primary_conninfo', '');
  await waitUntil(
    'the replica is cut off',
    async () => (await serverB.sql('SELECT 1 FROM pg_stat_wal_receiver')).length === 0,
  );
  expect((await debit('lost')).status).toBe(200);
  await coffer(['ledger', 'anchor-key', '--out', join(root, 'anchor-key')]);
  await coffer(['ledger', 'anchor', '--out', join(root, 'anchor.json'), '--key', join(root, 'anchor-key')]);
  await serverA.kill();
  // It names the wallet that lost an entry, and so does not end well.
  expectedCodes.set('bin/coffer.mjs ledger verify --anchor anchor.json --public-key anchor-key.pub', 1);
  await walk('Fail over to a replica that lags', { 3: async () => Promise.resolve(address.moveTo(serverB.appUrl)) });
  expect((await debit('kept')).headers.get('idempotency-replayed')).toBe('true');
  const done = await debit('lost');
  expect([done.status, done.headers.get('idempotency-replayed')]).toEqual([200, null]);
  expect((await coffer(['ledger', 'verify'])).code).toBe(0);
});

test('Restore', async () => {
  serverA = serverB;
  const post = async (call: string, body: unknown): Promise<Answer> =>
    api.call('POST', `/treasury/${call}`, { key: customer.key, body });
  const { json } = await post('hold', { serviceType: 'AI_API', amountUsd: '1' });
  const holdId = String(json['holdId']);
  const revoked = await api.createKey({ org: customer.org });
  const keyId = revoked.slice('ck_live_'.length, 'ck_live_'.length + 8);
  expect((await debit('before the backup')).status).toBe(200);
  const { json: page } = await api.call('GET', '/events', { key: customer.key });
  await api.call('GET', '/treasury/balance', { key: revoked });
  const backup = await copyTestPostgres(serverA, root, 'server_d');
  servers.push(backup);

  expect((await post('release-hold', { holdId })).status).toBe(200);
  expect((await coffer(['keys', 'revoke', keyId])).code).toBe(0);
  expect((await debit('after the backup')).status).toBe(200);
  for (const name of ['anchor.json', 'anchor-key', 'anchor-key.pub']) rmSync(join(root, name));
  await coffer(['ledger', 'anchor-key', '--out', join(root, 'anchor-key')]);
  await coffer(['ledger', 'anchor', '--out', join(root, 'anchor.json'), '--key', join(root, 'anchor-key')]);
  const newest = async (after: unknown): Promise<Answer> =>
    api.call('GET', `/events?after=${String(after)}`, { key: customer.key });
  const cursor = await vi.waitFor(async () => {
    const found = (await newest(page['cursor'])).json;
    expect(found['events']).not.toEqual([]);
    return found['cursor'];
  }, WAIT);
  expectedCodes.clear();
  await walk('Restore', {
    2: async () => {
      await serverA.stop();
      await backup.start();
      address.moveTo(backup.appUrl);
      serverB = backup;
    },
    4: async () => {
      await vi.waitFor(async () => {
        const refused = await newest(cursor);
        expect([refused.status, refused.json['code']]).toEqual([503, 'RECOVERY_REQUIRED']);
        const { json: state } = await api.call('GET', '/readyz');
        expect(state['checks']).toContainEqual({ name: 'recovery', ok: false, reason: 'recovery-required' });
      }, WAIT);
      writeFileSync(join(root, 'answers.json'), JSON.stringify({ endKeys: [keyId], endHolds: [holdId] }));
    },
    8: async () => {
      const { json: lost } = await newest(cursor);
      expect(lost).toMatchObject({ code: 'CURSOR_AHEAD' });
      expect(String(lost['readAgainAfter']) >= String(page['cursor'])).toBe(true);
      for (const known of [page['cursor'], lost['readAgainAfter']]) expect((await newest(known)).status).toBe(200);
      expect((await debit('before the backup')).headers.get('idempotency-replayed')).toBe('true');
      const again = await debit('after the backup');
      expect([again.status, again.headers.get('idempotency-replayed')]).toEqual([200, null]);
      expect((await api.call('GET', '/treasury/balance', { key: revoked })).status).toBe(401);
      expect((await post('consume-hold', { holdId, amountUsd: '1' })).json['code']).toBe('HOLD_NOT_PENDING');
    },
  });
});

test('The pepper is lost or has leaked', async () => {
  serverA = serverB;
  const copyToTheApi = (): void => copyFileSync(join(root, 'pepper'), join(root, 'pepper-of-the-api'));
  const restart = async (key: string): Promise<void> => {
    copyToTheApi();
    await api.restart();
    expect((await debit(key)).status).toBe(200);
  };
  type Listed = { peppers: { id: string; state: string; liveKeys: number }[] };
  const older = async (): Promise<Listed['peppers']> => {
    const { peppers } = JSON.parse((await coffer(['peppers', 'list', '--json'])).stdout) as Listed;
    return peppers.filter(({ state }) => state === 'older');
  };
  await walk('The pepper is lost or has leaked', {
    2: async () => {
      copyToTheApi();
      expect((await debit('the pepper is known')).status).toBe(200);
    },
    4: async () => restart('the pepper is used'),
    6: async () => {
      await vi.waitFor(async () => expect(await older()).toEqual([expect.objectContaining({ liveKeys: 0 })]), WAIT);
      const [leaked] = await older();
      expect((await coffer(['peppers', 'remove', String(leaked?.id)])).code).toBe(0);
      await restart('the pepper is gone');
    },
  });
  expect((await debit('after all of it')).status).toBe(200);
});

test('When a collation has changed', async () => {
  serverA = serverB;
  await walk('When a collation has changed', {});
  expect((await debit('after it')).status).toBe(200);
});
