import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { Client } from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';

import { toCount } from '../../src/core/integers.ts';
import { openLocalPostgres } from '../../src/db/schema/local-postgres.ts';
import { startNode } from '../support/process/processes.ts';

const POLL_INTERVAL_MS = 50;
const DEATH_TIMEOUT_MS = 20_000;

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'coffer-pg-'));
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

const pidFile = (): string => join(dataDir, 'cluster', 'postmaster.pid');
const postmasterPid = (): number => toCount(readFileSync(pidFile(), 'utf8').split('\n')[0] ?? '');

async function show(url: string, setting: string): Promise<unknown> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(`SHOW ${setting}`)).rows[0]?.[setting];
  } finally {
    await client.end();
  }
}

async function expectDeath(pid: number): Promise<void> {
  const deadline = Date.now() + DEATH_TIMEOUT_MS;
  while (Date.now() < deadline) {
    try {
      process.kill(pid, 0);
    } catch {
      return;
    }
    await sleep(POLL_INTERVAL_MS);
  }
  throw new Error(`PostgreSQL ${pid} outlived its owner`);
}

test('three logins, the durable defaults, only this machine, and it is gone after stop', async () => {
  const postgres = await openLocalPostgres({ dataDir, settings: { work_mem: '7MB' } });
  const pid = postmasterPid();
  for (const url of [postgres.ownerUrl, postgres.appUrl, postgres.adminUrl]) {
    expect(await show(url, 'fsync')).toBe('on');
  }
  expect(await show(postgres.appUrl, 'synchronous_commit')).toBe('on');
  expect(await show(postgres.appUrl, 'listen_addresses')).toBe('127.0.0.1');
  expect(await show(postgres.appUrl, 'server_encoding')).toBe('UTF8');
  expect(await show(postgres.appUrl, 'work_mem')).toBe('7MB');
  expect(statSync(join(dataDir, 'coffer.json')).mode % 0o1000).toBe(0o600);
  const wrongPassword = new URL(postgres.adminUrl);
  wrongPassword.password = 'guessed';
  await expect(show(wrongPassword.href, 'fsync')).rejects.toThrow(/password authentication failed/);
  await postgres.stop();
  await expectDeath(pid);
});

test('a second opening attaches; its stop leaves the server to the first; data and URL outlive a restart', async () => {
  const first = await openLocalPostgres({ dataDir });
  const second = await openLocalPostgres({ dataDir });
  expect(second.ownerUrl).toBe(first.ownerUrl);
  await second.stop();
  expect(await show(first.ownerUrl, 'port')).toBe(new URL(first.ownerUrl).port);
  await first.stop();
  const again = await openLocalPostgres({ dataDir });
  expect(again.appUrl).toBe(first.appUrl);
  await again.stop();
});

test.each(['SIGINT', 'SIGTERM', 'SIGKILL'] as const)('%s to its owner ends the server too', async (signal) => {
  const owner = startNode(['test/support/process/hold-postgres.ts', dataDir]);
  await owner.waitFor('holding');
  const pid = postmasterPid();
  owner.child.kill(signal);
  await owner.finished;
  await expectDeath(pid);
  const next = await openLocalPostgres({ dataDir });
  expect(await show(next.ownerUrl, 'fsync')).toBe('on');
  await next.stop();
});

test('four processes open a new folder at once: one server, the same URL for all', async () => {
  const programs = Array.from({ length: 4 }, () => startNode(['test/support/process/hold-postgres.ts', dataDir]));
  await Promise.all(programs.map((program) => program.waitFor('holding')));
  for (const program of programs) program.child.kill('SIGTERM');
  const results = await Promise.all(programs.map((program) => program.finished));
  const urls = results.map((result) => /holding (.*)/.exec(result.stdout)?.[1]);
  expect(urls).toEqual(urls.map(() => urls[0]));
  expect(results.filter((result) => result.stdout.includes('started on'))).toHaveLength(1);
}, 60_000);

test('a pid file from before a crash, whose number another program has by now, does not stop the start', async () => {
  await (await openLocalPostgres({ dataDir })).stop();
  // The other program runs as the same user as PostgreSQL: of anybody else's PostgreSQL sees by itself that it is not one.
  const { uid, gid } = statSync(join(dataDir, 'cluster'));
  const other = spawn('sleep', ['60'], process.getuid?.() === 0 ? { uid, gid } : {});
  try {
    writeFileSync(pidFile(), `${other.pid}\n${join(dataDir, 'cluster')}\n1\n1\n\n127.0.0.1\n\nready\n`);
    const postgres = await openLocalPostgres({ dataDir });
    expect(postmasterPid()).not.toBe(other.pid);
    await postgres.stop();
  } finally {
    other.kill();
  }
});

test('S18 a server that dies is started again on its port, and stays down once it is stopped', async () => {
  const lines: string[] = [];
  const postgres = await openLocalPostgres({ dataDir, keepRunning: true, log: (line) => lines.push(line) });
  const pid = postmasterPid();
  process.kill(pid, 'SIGKILL');
  await expectDeath(pid);
  await expect.poll(async () => show(postgres.appUrl, 'fsync').catch(() => 'away'), { timeout: 30_000 }).toBe('on');
  expect(postmasterPid()).not.toBe(pid);
  expect(lines.join('\n')).toContain('PostgreSQL has ended by itself; it is started again');
  const second = postmasterPid();
  await postgres.stop();
  await expectDeath(second);
  await sleep(1_500);
  expect(existsSync(pidFile())).toBe(false);
}, 60_000);
