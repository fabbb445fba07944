/**
 * Walks through docs/first-service.md: its blocks as they are printed, in one shell, on the real programs. Only the first block,
 * which says where everything lies, is written anew for this machine. PostgreSQL comes from npm; `.ci/deploy.sh tools` gets
 * caddy and prometheus.
 */
import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { homedir, tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { Client } from 'pg';
import { expect, test } from 'vitest';
import { openLocalPostgres } from '../../src/db/schema/local-postgres.ts';

const PROJECT = join(import.meta.dirname, '..', '..');
const PORTS = [8080, 8081, 8443, 9090, 9464, 9465, 9466];
const MINUTES_MAX = 20;
const TOOLS = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'coffer', 'deploy');

/** The blocks of the document, without their indent. */
function blocks(): string[] {
  const text = readFileSync(join(PROJECT, 'docs', 'first-service.md'), 'utf8');
  return [...text.matchAll(/^ {3}```sh\n(.*?)^ {3}```$/gms)].map(([, block = '']) => block.replaceAll(/^ {3}/gm, ''));
}

async function requireFree(port: number): Promise<void> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', () => reject(new Error(`port ${port} is taken: the walk needs ${PORTS.join(', ')}`)));
    server.listen(port, '127.0.0.1', resolve);
  });
  await new Promise((resolve) => void server.close(resolve));
}

function isInPath(name: string): boolean {
  return (process.env['PATH'] ?? '').split(delimiter).some((folder) => existsSync(join(folder, name)));
}

/** Where there is no psql, a program of that name that runs a file the same way. */
function psqlIn(folder: string): void {
  const script = `#!${process.execPath}
const { readFileSync } = require('node:fs');
const { Client } = require(${JSON.stringify(join(PROJECT, 'node_modules', 'pg'))});
const file = process.argv.find((one) => one.startsWith('--file=')).slice('--file='.length);
const client = new Client({ connectionString: process.argv.at(-1) });
(async () => {
  await client.connect();
  for (const statement of readFileSync(file, 'utf8').split(/;?\\n/).filter(Boolean)) await client.query(statement);
  await client.end();
})().catch((error) => { console.error('psql: ' + error.message); process.exit(1); });
`;
  writeFileSync(join(folder, 'psql'), script);
  chmodSync(join(folder, 'psql'), 0o755);
}

/** Takes away the roles and the database that npm's PostgreSQL begins with here: the document makes them. */
async function empty(url: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  for (const what of ['DATABASE coffer', 'ROLE coffer_owner', 'ROLE coffer_app']) await client.query(`DROP ${what}`);
  await client.end();
}

test('what the first walk prints leads from an empty machine to a service that is seen, guarded and backed up', async () => {
  execFileSync(join(PROJECT, '.ci', 'deploy.sh'), ['tools'], { stdio: ['ignore', 'inherit', 'inherit'] });
  for (const port of PORTS) await requireFree(port);
  const root = mkdtempSync(join(tmpdir(), 'coffer-newcomer-'));
  chmodSync(root, 0o755);
  const postgres = await openLocalPostgres({ dataDir: join(root, 'postgres') });
  try {
    await empty(postgres.adminUrl);
    if (!isInPath('psql')) psqlIn(root);
    // As a newcomer has it: what is committed, and nothing else.
    execFileSync('git', ['clone', '--quiet', PROJECT, join(root, 'checkout')]);
    const { host } = new URL(postgres.adminUrl);
    const where = `export COFFER=${root}/coffer DATABASE=${host}/coffer POSTGRES='${postgres.adminUrl}'\n`;
    const [, ...rest] = blocks();
    const steps = rest.map((block, index) => `echo "== block ${index + 2}"\n${block}`);
    writeFileSync(
      join(root, 'walk.sh'),
      `set -eu\ntrap 'kill $(jobs -p) 2>/dev/null || true' EXIT\n${[where, ...steps].join('\n')}\necho "== walked"\n`,
    );
    expect(await walk(root)).toBe(0);
  } finally {
    await postgres.stop();
    rmSync(root, { recursive: true, force: true });
  }
});

/** The exit code of the shell that runs the blocks. */
async function walk(root: string): Promise<unknown> {
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(COFFER|DATABASE|TEST_|VITEST|NODE_ENV|npm_)/.test(name)),
  );
  const shell = spawn('bash', [join(root, 'walk.sh')], {
    cwd: join(root, 'checkout'),
    detached: true,
    env: { ...env, PATH: [process.env['PATH'], TOOLS, root].join(delimiter) },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  // The shell and all that it started are one group of processes.
  const end = (): void => void (shell.pid !== undefined && process.kill(-shell.pid, 'SIGTERM'));
  const late = setTimeout(end, MINUTES_MAX * 60_000);
  process.once('SIGINT', end).once('SIGTERM', end);
  const code = await new Promise((resolve) => void shell.once('exit', resolve));
  clearTimeout(late);
  return code;
}
