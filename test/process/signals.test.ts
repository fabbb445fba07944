/** A signal to whatever started the service ends the service: no launcher leaves it behind as an orphan that answers. */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { createKeyLine } from '../../src/core/access/vault.ts';
import type { TestDatabase } from '../support/process/database-server.ts';
import { createTestDatabase } from '../support/process/database.ts';

const PROJECT = join(import.meta.dirname, '..', '..');
let database: TestDatabase;
let folder: string;
const started: ChildProcess[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  folder = mkdtempSync(join(tmpdir(), 'coffer-signals-'));
  writeFileSync(join(folder, 'pepper'), 'a pepper that is used by tests and by nothing else');
  writeFileSync(join(folder, 'secrets'), createKeyLine());
  const chain = {
    caip2: 'eip155:31337',
    rpcUrls: ['http://127.0.0.1:1'],
    tokens: [{ symbol: 'USDC', address: '0x00000000000000000000000000000000000005dc' }],
    creditsAddress: '0x00000000000000000000000000000000c0ffe2ee',
    startBlock: 0,
    quorum: 1,
    devnet: true,
  };
  writeFileSync(join(folder, 'config.json'), JSON.stringify({ chains: [chain] }));
});
afterEach(() => {
  // The whole group, with whatever a launcher may have left behind.
  for (const { pid } of started.splice(0)) {
    try {
      if (pid !== undefined) process.kill(-pid, 'SIGKILL');
    } catch {
      // It is gone, as it should be.
    }
  }
});
afterAll(async () => {
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

/** Whether something answers at the URL, in any way. */
const answers = async (url: string): Promise<boolean> =>
  fetch(url).then(
    () => true,
    () => false,
  );

it.each([
  ['npm start', ['npm', 'start'], '/healthz'],
  ['npm run detector', ['npm', 'run', 'detector'], '/metrics'],
  ['npx coffer serve', ['npx', 'coffer', 'serve'], '/healthz'],
  ['bin/coffer.mjs serve', ['bin/coffer.mjs', 'serve'], '/healthz'],
])('S21 SIGTERM to `%s` leaves no orphan', async (_name, [command = '', ...args], path) => {
  const [port, metrics] = [await freePort(), await freePort()];
  const launcher = spawn(command, args, {
    cwd: PROJECT,
    detached: true,
    stdio: 'ignore',
    env: {
      ...process.env,
      DATABASE_URL: database.appUrl,
      COFFER_KEY_PEPPER_FILE: join(folder, 'pepper'),
      COFFER_SECRETS_KEY_FILE: join(folder, 'secrets'),
      COFFER_CONFIG: join(folder, 'config.json'),
      PORT: String(port),
      COFFER_METRICS_PORT: String(metrics),
    },
  });
  started.push(launcher);
  const ended = new Promise((resolve) => launcher.once('exit', resolve));
  const url = `http://127.0.0.1:${path === '/metrics' ? metrics : port}${path}`;
  await expect.poll(async () => answers(url), { timeout: 60_000, interval: 200 }).toBe(true);
  launcher.kill('SIGTERM');
  await ended;
  await expect.poll(async () => answers(url), { timeout: 20_000, interval: 200 }).toBe(false);
});

it.each(['start', 'detector', 'devnet', 'demo'])('S21 the script %s is replaced by its program', (name) => {
  const text: string = readFileSync(join(PROJECT, 'package.json'), 'utf8');
  const { scripts }: { scripts: Record<string, string> } = JSON.parse(text);
  expect(scripts[name]).toMatch(/^exec node /);
});

it('S24 the name of the package is a scoped one, and its command is that of the checkout', () => {
  const { name, bin }: { name: string; bin: unknown } = JSON.parse(readFileSync(join(PROJECT, 'package.json'), 'utf8'));
  expect(name).toMatch(/^@[a-z-]+\/coffer$/);
  expect(bin).toEqual({ coffer: 'bin/coffer.mjs' });
  for (const file of ['README.md', 'CONTRIBUTING.md', 'docs/runbook.md', 'docs/access.md', 'docs/cli.md']) {
    expect(readFileSync(join(PROJECT, file), 'utf8')).not.toMatch(/npx coffer/);
  }
});
