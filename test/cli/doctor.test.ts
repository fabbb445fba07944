/** What `coffer doctor` says of a deployment, on a server of its own: the tests' usual one is not durable. */
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { judgeReplicas, judgeSettings } from '../../src/cli/durability.ts';
import { EXIT } from '../../src/config/exit-codes.ts';
import { uuidV7 } from '../../src/core/ids.ts';
import { writeWitness } from '../../src/db/recovery/witness-file.ts';
import { createKeyLine } from '../../src/core/access/vault.ts';
import { EVM, startTestApi, type TestApi } from '../support/http/api.ts';
import { createEmptyDatabase } from '../support/process/database.ts';
import { openPooler } from '../support/process/pooler.ts';
import { startNode, type Finished } from '../support/process/processes.ts';
import { openPostgresPair, type PostgresPair } from '../support/process/two-postgres.ts';

let pair: PostgresPair;
let api: TestApi;
let folder: string;
beforeAll(async () => {
  pair = await openPostgresPair({ synchronous: true });
  const { appUrl, ownerUrl } = pair.primary;
  const database = { appUrl, ownerUrl, appRole: 'coffer_app', drop: async () => Promise.resolve() };
  api = await startTestApi('first_come', [], {}, {}, { database, jobs: false });
  folder = mkdtempSync(join(tmpdir(), 'coffer-doctor-'));
  writeFileSync(join(folder, 'pepper'), 'a pepper that is used by tests and by nothing else', { mode: 0o600 });
  writeFileSync(join(folder, 'secrets'), createKeyLine(), { mode: 0o600 });
}, 120_000);
afterAll(async () => {
  await api.stop();
  await pair.close();
  rmSync(folder, { recursive: true, force: true });
});

async function doctor(env: NodeJS.ProcessEnv = {}, args: readonly string[] = ['--json']): Promise<Finished> {
  return startNode(['src/cli/main.ts', 'doctor', ...args], {
    DATABASE_URL: pair.primary.appUrl,
    DATABASE_OWNER_URL: pair.primary.ownerUrl,
    COFFER_KEY_PEPPER_FILE: join(folder, 'pepper'),
    COFFER_SECRETS_KEY_FILE: join(folder, 'secrets'),
    COFFER_CONFIG: '',
    ...env,
  }).finished;
}

async function findings(
  env: NodeJS.ProcessEnv = {},
): Promise<ReadonlyMap<string, { readonly state: string; readonly detail: string }>> {
  const told = JSON.parse((await doctor(env)).stdout) as {
    findings: { check: string; state: string; detail: string }[];
  };
  return new Map(told.findings.map(({ check, ...rest }) => [check, rest]));
}

describe('coffer doctor', () => {
  test('finds nothing where all is well', async () => {
    const { code, stdout } = await doctor({}, []);
    expect([code, stdout]).toEqual([0, expect.stringContaining('all')]);
    const found = await findings();
    const checks = ['migrations', 'recovery', 'version', 'durability', 'collations', 'pooler', 'role', 'isolation'];
    for (const check of [...checks.map((one) => `database: ${one}`), 'clock']) {
      expect([check, found.get(check)?.state]).toEqual([check, 'ok']);
    }
  }, 60_000);

  test('warns of a role that owns the ledger', async () => {
    const found = await findings({ DATABASE_URL: pair.primary.ownerUrl });
    expect(found.get('database: role')).toMatchObject({ state: 'warn' });
  });

  test('fails for a secret that others may read', async () => {
    const path = join(folder, 'open-pepper');
    writeFileSync(path, readFileSync(join(folder, 'pepper')));
    chmodSync(path, 0o644);
    const { code, stdout, stderr } = await doctor({ COFFER_KEY_PEPPER_FILE: path }, []);
    expect(code).toBe(EXIT.failed);
    expect(stdout).toContain('chmod 600');
    expect(stderr).toContain('1 of');
  });

  test('fails for a database that is behind, and for one that is away', async () => {
    const empty = await createEmptyDatabase();
    const behind = await findings({ DATABASE_URL: empty.appUrl, DATABASE_OWNER_URL: empty.ownerUrl });
    await empty.drop();
    expect(behind.get('database: migrations')).toMatchObject({ state: 'fail' });
    const away = { DATABASE_URL: 'postgres://u:p@127.0.0.1:1/x', DATABASE_OWNER_URL: '' };
    expect((await findings(away)).get('database')).toMatchObject({ state: 'fail' });
  });

  test('fails while recovery is required: a reported loss, a recovery under way, a count that went back', async () => {
    const { primary } = pair;
    const state = async (): Promise<unknown> => (await findings({ COFFER_DATA_DIR: folder })).get('database: recovery');
    const failed = (reason: string): unknown => ({
      state: 'fail',
      detail: expect.stringMatching(`recover.*${reason}`),
    });
    expect(await state()).toMatchObject({ state: 'ok' });
    const id = uuidV7(Date.now());
    await primary.sql(`INSERT INTO loss_report VALUES ('${id}', 'an entry is missing', 'a test', now())`);
    expect(await state()).toEqual(failed('an entry is missing'));
    await primary.sql(`INSERT INTO recovery (id, kind, begun_by, begun_at) VALUES ('${id}', 'restore', 'x', now())`);
    expect(await state()).toEqual(failed('not finished'));
    await primary.sql(`UPDATE loss_report SET ended_by = '${id}'`);
    await primary.sql('UPDATE recovery SET finished_at = now()');
    expect(await state()).toMatchObject({ state: 'ok' });
    const [identity] = await primary.sql('SELECT deployment FROM database_identity');
    const witness = { id, deployment: String(identity?.['deployment']), counter: 9, recoveries: [id] };
    writeWitness(folder, witness, Date.now());
    expect(await state()).toEqual(failed('count 0 was seen as 9'));
    rmSync(join(folder, 'witness'), { recursive: true });
  }, 90_000);

  test('fails for an RPC that is away', async () => {
    const path = join(folder, 'config.json');
    const chain = {
      caip2: EVM,
      rpcUrls: ['http://127.0.0.1:1'],
      tokens: [{ symbol: 'USDC', address: '0x00000000000000000000000000000000000005dc' }],
      creditsAddress: '0x00000000000000000000000000000000c0ffe2ee',
      startBlock: 0,
      devnet: true,
    };
    writeFileSync(path, JSON.stringify({ chains: [chain] }));
    const found = await findings({ COFFER_CONFIG: path });
    expect(found.get(`RPC: ${EVM} 127.0.0.1:1`)).toMatchObject({ state: 'fail' });
  });

  test('warns of a webhook whose host has no address', async () => {
    const { key } = await api.createCustomer();
    const body = { url: 'https://nobody.invalid/hook' };
    const made = await api.call('POST', '/webhook-endpoints', { key, body });
    expect(made.status).toBe(201);
    const found = await findings();
    expect(found.get(`webhook: ${String(made.json['id'])}`)).toMatchObject({ state: 'warn' });
  });
});

describe('S18 coffer doctor', () => {
  test('names each replica to a role that may see it, and its number to any other', async () => {
    expect((await findings()).get('database: replicas')).toEqual({
      state: 'warn',
      detail: '1 connected; which ones only a member of pg_monitor sees',
    });
    await pair.primary.sql('GRANT pg_monitor TO coffer_app');
    try {
      const found = await findings();
      expect(found.get('database: replicas')).toMatchObject({ state: 'ok' });
      expect(found.get('replica: server_b')?.detail).toMatch(/^streaming, sync, \d+ bytes behind$/);
    } finally {
      await pair.primary.sql('REVOKE pg_monitor FROM coffer_app');
    }
  });

  test('fails where no server that commits wait for is connected', async () => {
    await pair.standby.stop();
    try {
      const found = (await findings()).get('database: replicas');
      expect(found).toMatchObject({ state: 'fail', detail: expect.stringContaining('FIRST 1 (server_b)') as string });
    } finally {
      await pair.standby.start();
    }
  }, 60_000);

  test('says that a pooler drops the start-up options, and warns of one that does not', async () => {
    const strict = await openPooler(pair.primary.appUrl, { drops: ['options', 'statement_timeout'] });
    const mild = await openPooler(pair.primary.appUrl, { ownProcessNumbers: true });
    try {
      const dropped = (await findings({ DATABASE_URL: strict.url })).get('database');
      expect(dropped).toMatchObject({ state: 'fail', detail: expect.stringContaining('a pooler') as string });
      expect((await findings({ DATABASE_URL: mild.url })).get('database: pooler')).toMatchObject({ state: 'warn' });
    } finally {
      await strict.close();
      await mild.close();
    }
  });
});

describe('S18 what is said of the settings', () => {
  const safe = { fsync: 'on', fullPageWrites: 'on', synchronousCommit: 'on', synchronousStandbyNames: 'ANY 1 (a, b)' };
  const replica = { name: 'a', state: 'streaming', syncState: 'quorum', lagBytes: 10 };

  test.each([
    [{}, 'ok'],
    [{ fsync: 'off' }, 'fail'],
    [{ fullPageWrites: 'off' }, 'fail'],
    [{ synchronousCommit: 'off' }, 'fail'],
    [{ synchronousCommit: 'local' }, 'ok'],
  ])('of durability: %j is %s', (changed, state) => {
    expect(judgeSettings({ ...safe, ...changed }).state).toBe(state);
  });

  test.each([
    [{}, [replica], ['ok', 'ok']],
    [{}, [], ['fail']],
    [{}, [{ ...replica, syncState: 'async' }], ['fail', 'ok']],
    [{}, [{ ...replica, lagBytes: 100_000_000 }], ['ok', 'warn']],
    [{}, [{ ...replica, state: 'catchup' }], ['ok', 'warn']],
    [{ synchronousCommit: 'local' }, [replica], ['fail', 'ok']],
    [{ synchronousStandbyNames: '' }, [replica], ['warn', 'ok']],
    [{ synchronousStandbyNames: '' }, [], ['warn']],
  ])('of replicas: %j with %j is %j', (changed, replicas, states) => {
    expect(judgeReplicas({ ...safe, ...changed }, replicas).map(({ state }) => state)).toEqual(states);
  });
});
