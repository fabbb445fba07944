/** What a newcomer and their tools meet first: ports, logs, the root path, and what operators must not do by mistake. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import project from '../../package.json' with { type: 'json' };
import { creditRulesOf } from '../../src/core/chains/finality.ts';
import type { DepositView } from '../../src/db/deposits/views.ts';
import { viewOf } from '../../src/http/treasury/deposits.ts';
import { listIn } from '../support/asserts.ts';
import { startTestApi, type TestApi } from '../support/http/api.ts';
import { startNode } from '../support/process/processes.ts';

let api: TestApi;
let admin: string;
beforeAll(async () => {
  api = await startTestApi('first_come', undefined, {
    rateLimits: { failedSignIns: { requests: 3, seconds: 3_600 } },
  });
  admin = await api.createKey({ kind: 'admin' });
});
afterAll(async () => api.stop());

describe('S23 the API', () => {
  it('leads from its root to the reference, which opens with what a newcomer has to know', async () => {
    const root = await fetch(`${api.url()}/`, { redirect: 'manual' });
    expect([root.status, root.headers.get('location')]).toEqual([307, 'docs']);
    const page = await fetch(`${api.url()}/`);
    expect([page.status, page.url]).toEqual([200, `${api.url()}/docs`]);
    const { json } = await api.call('GET', '/openapi.json');
    const { description } = json['info'] as { description: string };
    for (const word of [
      'org',
      'wallet',
      'key',
      'sender',
      'deposit',
      'entry',
      'hold',
      'CRITICAL',
      'Authorization',
      '401',
    ]) {
      expect(description.slice(0, 2_500)).toContain(word);
    }
  });

  it('S26 puts the headers on an answer that matter to JSON, and no others', async () => {
    const names = [...(await api.call('GET', '/healthz')).headers.keys()];
    expect(names).toEqual(
      expect.arrayContaining(['x-content-type-options', 'strict-transport-security', 'cache-control']),
    );
    expect(
      names.filter((name) => /^x-(xss|dns|download|permitted|frame)|^content-security|^origin-agent/.test(name)),
    ).toEqual([]);
  });

  it('says no time for a deposit while its chain is frozen', () => {
    const when = new Date(0);
    const about = { state: 'confirming', blockNumber: 10, amountMicros: 1n, reason: null } as const;
    const rest = { wallet: null, entrySeq: null, blockTime: when, observedAt: when, creditedAt: null };
    // What the estimate does not look at is left out.
    const deposit = { ...about, ...rest } as unknown as DepositView;
    const heights = { headBlock: 11, nextBlock: 12, creditBlock: 9, hardFinalBlock: 0 };
    const rules = creditRulesOf('eip155', {
      finality: { kind: 'depth', blocks: 4 },
      caps: { perDepositMicros: 100n, outstandingMicros: 100n },
    });
    const estimate = (frozen: boolean): number | null =>
      viewOf(deposit, { ...heights, scannedAt: when, blockMs: 1_000, frozen }, rules).estimatedSeconds;
    expect([estimate(false), estimate(true)]).toEqual([expect.anything(), null]);
  });
});

describe('S23 the process', () => {
  it('says that its port is taken, and what to do, before it makes a database', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    const folder = mkdtempSync(join(tmpdir(), 'coffer-port-'));
    const port = String(address.port);
    const env = { DATABASE_URL: '', PORT: port, COFFER_DATA_DIR: folder };
    const { code, stdout, stderr } = await startNode(['src/main.ts', '--roles=api'], env).finished;
    server.close();
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain(
      `port ${port} of 127.0.0.1 is taken: end what listens there, or name another port with PORT`,
    );
    expect(existsSync(join(folder, 'postgres'))).toBe(false);
    rmSync(folder, { recursive: true, force: true });
  });

  it('says on each line of its log which process wrote it, and where it listens', async () => {
    const other = await api.spawn();
    const { stderr } = await other.stop();
    const lines: Record<string, unknown>[] = stderr
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line): Record<string, unknown> => JSON.parse(line));
    expect(lines.length).toBeGreaterThan(1);
    for (const line of lines) {
      expect(line).toMatchObject({ version: project.version, pid: expect.anything(), role: expect.any(String) });
    }
    expect(lines).toContainEqual(expect.objectContaining({ event: 'service.listening', url: other.url, role: 'api' }));
  });

  it('says at the command line that no chain is configured', async () => {
    const { code, stdout } = await startNode(['src/cli/main.ts', 'chain', 'status'], {
      DATABASE_URL: api.database.appUrl,
      COFFER_CONFIG: '',
    }).finished;
    expect([code, stdout]).toEqual([0, 'no chain is configured: name a file with chains in COFFER_CONFIG\n']);
  });
});

describe('S26 an operator', () => {
  const idOf = (key: string): string => key.slice(8, 16);

  it('ends no admin key with itself', async () => {
    const own = `/admin/keys/${idOf(admin)}`;
    const ended = await api.call('DELETE', own, { key: admin });
    expect([ended.status, ended.json['detail']]).toEqual([400, expect.stringContaining('is the key of this call')]);
    const swapped = await api.call('POST', `${own}/rotate`, { key: admin, body: { overlapSeconds: 0 } });
    expect([swapped.status, swapped.json['detail']]).toEqual([400, expect.stringContaining('name overlapSeconds')]);
    const other = await api.createKey({ kind: 'admin' });
    expect((await api.call('DELETE', `/admin/keys/${idOf(other)}`, { key: admin })).status).toBe(204);
  });

  it('finds a request that was refused as invalid in the audit log, without its input', async () => {
    const body = { name: 'Acme', surprise: 'a value of the caller' };
    const refused = await api.call('POST', '/admin/orgs', {
      key: admin,
      body,
      headers: { 'x-request-id': 'refused-1' },
    });
    expect(refused.status).toBe(400);
    const log = await api.call('GET', '/admin/audit?limit=100', { key: admin });
    const acts = listIn(log, 'acts').filter(({ requestId }) => requestId === 'refused-1');
    expect(acts).toMatchObject([{ action: 'POST /admin/orgs' }]);
    expect(JSON.stringify(acts)).toContain('refused');
    expect(JSON.stringify(acts)).not.toContain('a value of the caller');
  });

  it('is called a caller, and not a key, where they may not do something', async () => {
    const { key } = await api.createCustomer();
    const { status, json } = await api.call('GET', '/admin/orgs', { key });
    expect([status, json['title']]).toEqual([403, 'The caller may not do this']);
  });
});

it('S26 junk in place of a key is held up like a guess', async () => {
  const statuses: number[] = [];
  for (let tries = 0; tries < 6; tries += 1) {
    statuses.push((await api.call('GET', '/treasury/packs', { key: 'junk' })).status);
  }
  // How many of the three this process may give out at first depends on its share of the limit.
  expect([statuses[0], ...statuses.slice(3)]).toEqual([401, 429, 429, 429]);
  // A key that is in use still opens.
  expect((await api.call('GET', '/admin/orgs', { key: admin })).status).toBe(200);
});

it.each([
  [0, 10],
  [5, 15],
  [12, 19],
])('S26 what gives way comes after a process of priority %d', async (before, after) => {
  const program = `const { getPriority, setPriority } = await import('node:os');
    setPriority(${before});
    (await import('./src/jobs/events.ts')).giveWay({ debug: console.error });
    console.log(getPriority());`;
  const { stdout, stderr } = await startNode(['--input-type=module', '--eval', program]).finished;
  expect([stdout.trim(), stderr]).toEqual([String(after), '']);
});
