import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { getPriority, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { coffer } from '../../devnet/service.ts';
import { createKeyLine } from '../../src/core/access/vault.ts';
import { toCount } from '../../src/core/integers.ts';
import type { TestDatabase } from '../support/process/database-server.ts';
import { createEmptyDatabase, createTestDatabase } from '../support/process/database.ts';
import { startNode, type RunningProgram } from '../support/process/processes.ts';

let database: TestDatabase;
let folder: string;
const files = { pepper: '', secrets: '', devnet: '', mainnet: '' };

const chain = (devnet: boolean): object => ({
  caip2: 'eip155:31337',
  rpcUrls: ['http://127.0.0.1:1'],
  tokens: [{ symbol: 'USDC', address: '0x00000000000000000000000000000000000005dc' }],
  creditsAddress: '0x00000000000000000000000000000000c0ffe2ee',
  startBlock: 0,
  quorum: 1,
  devnet,
});

beforeAll(async () => {
  database = await createTestDatabase();
  folder = mkdtempSync(join(tmpdir(), 'coffer-service-'));
  for (const name of ['pepper', 'secrets', 'devnet', 'mainnet'] as const) files[name] = join(folder, name);
  writeFileSync(files.pepper, 'a pepper that is used by tests and by nothing else');
  writeFileSync(files.secrets, createKeyLine());
  writeFileSync(files.devnet, JSON.stringify({ chains: [chain(true)] }));
  writeFileSync(files.mainnet, JSON.stringify({ chains: [chain(false)] }));
});
afterAll(async () => {
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

function serviceEnv(): NodeJS.ProcessEnv {
  return {
    DATABASE_URL: database.appUrl,
    COFFER_KEY_PEPPER_FILE: files.pepper,
    COFFER_SECRETS_KEY_FILE: files.secrets,
    PORT: '0',
  };
}

function start(env: NodeJS.ProcessEnv, args: readonly string[] = []): RunningProgram {
  const program = startNode(['src/main.ts', ...args], { ...serviceEnv(), ...env });
  started.push(program);
  return program;
}

const started: RunningProgram[] = [];
// A test that fails leaves nothing running: children end with the one that started them.
afterEach(() => {
  for (const { child } of started.splice(0)) child.kill('SIGKILL');
});

/** The address that a started service printed; rejects when it ends first. */
async function urlOf(program: RunningProgram): Promise<string> {
  let printed = '';
  program.child.stdout?.on('data', (chunk: Buffer) => {
    printed += chunk.toString();
  });
  await program.waitFor('coffer listening on ');
  const url = /^coffer listening on (http:\/\/127\.0\.0\.1:\d+)\n/.exec(printed)?.[1];
  if (url === undefined) throw new Error(`printed: ${printed}`);
  return url;
}

/** Pids of children in the order in which they were started, from the log. */
function childPids(log: string, name: string): number[] {
  return [...log.matchAll(new RegExp(`"childPid":(\\d+),"msg":"${name} started"`, 'g'))].map(([, pid]) =>
    toCount(pid ?? ''),
  );
}
const detectorPids = (log: string): number[] => childPids(log, 'detector');

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

describe('the service', () => {
  it('prints where it listens, answers, and stops with 0 on a signal', async () => {
    const program = start({ COFFER_ROLES: 'api' });
    const url = await urlOf(program);
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
    program.child.kill('SIGTERM');
    expect(await program.finished).toMatchObject({ code: 0, stdout: `coffer listening on ${url}\n` });
  });

  it('runs the detector as a child, starts it anew when it is killed, and takes it along', async () => {
    const program = start({ COFFER_CONFIG: files.devnet });
    let log = '';
    program.child.stderr?.on('data', (chunk: Buffer) => {
      log += chunk.toString();
    });
    const url = await urlOf(program);
    await expect.poll(() => detectorPids(log), { timeout: 10_000 }).toHaveLength(1);
    const [first = 0] = detectorPids(log);
    process.kill(first, 'SIGKILL');
    await expect.poll(() => detectorPids(log), { timeout: 10_000 }).toHaveLength(2);
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    const second = detectorPids(log)[1] ?? 0;
    expect(isAlive(second)).toBe(true);
    program.child.kill('SIGTERM');
    expect((await program.finished).code).toBe(0);
    expect(isAlive(second)).toBe(false);
  });

  it('fills the logs of events in a child that gives way to the API, and that hears of entries from it', async () => {
    const program = start({});
    let log = '';
    program.child.stderr?.on('data', (chunk: Buffer) => {
      log += chunk.toString();
    });
    const url = await urlOf(program);
    await expect.poll(() => childPids(log, 'events'), { timeout: 10_000 }).toHaveLength(1);
    const [pid = 0] = childPids(log, 'events');
    await expect.poll(() => getPriority(pid), { timeout: 10_000 }).toBe(getPriority(program.child.pid) + 10);
    const env = { ...process.env, ...serviceEnv() };
    const { id } = await coffer(env, ['orgs', 'create', '--name', 'Acme']);
    const { key } = await coffer(env, ['keys', 'create', '--kind', 'admin', '--name', 'admin']);
    const headers = { authorization: `Bearer ${String(key)}`, 'content-type': 'application/json' };
    const grant = JSON.stringify({ type: 'GRANT', amountUsd: '1.00', reason: 'a start' });
    const granted = await fetch(`${url}/admin/orgs/${String(id)}/entries`, { method: 'POST', headers, body: grant });
    expect(granted.status).toBe(200);
    const logOf = async (): Promise<string> =>
      (await fetch(`${url}/events`, { headers: { ...headers, 'coffer-org': String(id) } })).text();
    await expect.poll(logOf, { timeout: 10_000 }).toContain('entry.created');
    program.child.kill('SIGTERM');
    expect((await program.finished).code).toBe(0);
    expect(isAlive(pid)).toBe(false);
  });

  it('leaves no detector behind when it is killed itself', async () => {
    const program = start({ COFFER_CONFIG: files.devnet });
    let log = '';
    program.child.stderr?.on('data', (chunk: Buffer) => {
      log += chunk.toString();
    });
    await urlOf(program);
    await expect.poll(() => detectorPids(log), { timeout: 10_000 }).toHaveLength(1);
    const [pid = 0] = detectorPids(log);
    program.child.kill('SIGKILL');
    await expect.poll(() => isAlive(pid), { timeout: 20_000 }).toBe(false);
  });

  it.each([
    ['a database that is behind', { DATABASE_URL: 'empty' }, 'bin/coffer.mjs migrate'],
    ['a database without a pepper', { COFFER_KEY_PEPPER_FILE: '' }, 'COFFER_KEY_PEPPER_FILE'],
    ['a database without keys for secrets', { COFFER_SECRETS_KEY_FILE: '' }, 'COFFER_SECRETS_KEY_FILE'],
    [
      'failpoints on a chain that is real',
      { COFFER_CONFIG: 'mainnet', COFFER_FAILPOINT_FILES: '/tmp' },
      'not a devnet',
    ],
    ['an unknown role', { COFFER_ROLES: 'api,cook' }, 'COFFER_ROLES'],
    ['a port that is none', { PORT: '70000' }, 'PORT'],
    ['a detector without chains', { COFFER_ROLES: 'detector' }, 'COFFER_CONFIG'],
  ])('does not start with %s, and says why', async (_name, env: NodeJS.ProcessEnv, reason) => {
    const empty = await createEmptyDatabase();
    const given = {
      ...env,
      ...(env['DATABASE_URL'] === 'empty' ? { DATABASE_URL: empty.appUrl } : {}),
      ...(env['COFFER_CONFIG'] === 'mainnet' ? { COFFER_CONFIG: files.mainnet } : {}),
    };
    const { code, stdout, stderr } = await start(given).finished;
    await empty.drop();
    // 3: it is the configuration; a database that is not migrated is not.
    expect([code, stdout]).toEqual([env['DATABASE_URL'] === 'empty' ? 1 : 3, '']);
    expect(stderr).toContain(`coffer: `);
    expect(stderr).toContain(reason);
  });
});
