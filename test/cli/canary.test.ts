/** `coffer canary` at a real service, and at one that answers wrongly; its org in the reports. */
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { meterCanary } from '../../src/cli/canary/figures.ts';
import { runCanary, type CanaryRun } from '../../src/cli/canary/probe.ts';
import { createApiKey } from '../../src/core/access/api-key.ts';
import { systemClock } from '../../src/core/clock.ts';
import { INTERNAL_ORGS_MAX } from '../../src/db/access/orgs.ts';
import { listIn } from '../support/asserts.ts';
import { startTestApi, type Answer, type TestApi } from '../support/http/api.ts';
import { startNode, type Finished } from '../support/process/processes.ts';

const GRANTED = { type: 'GRANT', amountUsd: '1.00', reason: 'the canary' };
const folder = mkdtempSync(join(tmpdir(), 'coffer-canary-'));
const keyFile = join(folder, 'key');
let api: TestApi;
let admin: string;
let org: string;
beforeAll(async () => {
  api = await startTestApi('first_come', []);
  admin = await api.createKey({ kind: 'admin' });
  ({ id: org } = JSON.parse((await coffer('orgs', 'create', '--name', 'canary', '--internal', '--json')).stdout) as {
    id: string;
  });
  await api.call('POST', `/admin/orgs/${org}/entries`, { key: admin, body: GRANTED });
  writeFileSync(keyFile, `${await api.createKey({ org, scopes: ['treasury:spend'] })}\n`);
});
afterAll(async () => {
  await api.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function coffer(...args: readonly string[]): Promise<Finished> {
  return startNode(['src/cli/main.ts', ...args], {
    DATABASE_URL: api.database.appUrl,
    DATABASE_OWNER_URL: api.database.ownerUrl,
    COFFER_CONFIG: '',
  }).finished;
}

const ledger = async (): Promise<Record<string, unknown>[]> => {
  const key = await api.createKey({ org });
  return listIn(await api.call('GET', '/treasury/ledger?limit=100', { key }), 'entries');
};

describe('coffer canary', () => {
  it('spends one micro-dollar and leaves no hold, with a key that only spends', async () => {
    const before = (await ledger()).length;
    const { code, stdout, stderr } = await coffer('canary', '--url', api.url(), '--key-file', keyFile, '--json');
    expect([code, stderr]).toEqual([0, '']);
    expect(JSON.parse(stdout)).toMatchObject({
      ok: true,
      availableUsd: '0.999999',
      steps: ['hold', 'capture', 'replay', 'release'].map((step) => ({ step })),
    });
    const entries = await ledger();
    expect([entries.length - before, entries[0]?.['availableAfterUsd'], entries[0]?.['heldAfterUsd']]).toEqual([
      3,
      '0.999999',
      '0.00',
    ]);
  });

  it('fails with an exit code and without showing the key: a revoked key, nobody there, no key in the file', async () => {
    const revoked = createApiKey().key;
    const [other, empty] = [join(folder, 'other'), join(folder, 'empty')];
    writeFileSync(other, revoked);
    writeFileSync(empty, 'hunter2');
    const refused = await coffer('canary', '--url', api.url(), '--key-file', other);
    expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining('hold: answered 401 UNAUTHENTICATED')]);
    expect(refused.stdout + refused.stderr).not.toContain(revoked.slice(17));
    const keyless = await coffer('canary', '--url', api.url(), '--key-file', empty);
    expect([keyless.code, keyless.stderr.includes('hunter2')]).toEqual([2, false]);
    const plain = await coffer('canary', '--url', 'http://credits.example', '--key-file', keyFile);
    expect([plain.code, plain.stderr]).toEqual([2, expect.stringContaining('https')]);
  });

  it('is in no report, and cannot be taken out of the books later', async () => {
    const { org: customer, key } = await api.createCustomer(5n);
    await api.call('POST', '/treasury/debit', { key, body: { serviceType: 'AI_API', amountUsd: '2' } });
    const month = new Date().toISOString().slice(0, 7);
    const ask = async (name: string): Promise<Answer> => {
      const asked = name === 'trial-balance' || name === 'liability' ? '' : `month=${month}`;
      return api.call('GET', `/admin/reports/${name}?${asked}`, { key: admin });
    };
    const journal = listIn(await ask('journal'), 'lines');
    expect([...new Set(journal.map(({ orgId }) => orgId))]).toEqual([customer]);
    expect(listIn(await ask('revenue'), 'revenue')).toMatchObject([{ serviceType: 'AI_API', revenueUsd: '2.00' }]);
    const { json: balance } = await ask('trial-balance');
    expect(balance).toMatchObject({ differenceUsd: '0.00', debitUsd: '5.00', creditUsd: '5.00' });
    expect((await ask('liability')).json).toMatchObject({ paidUsd: '3.00', promotionalUsd: '0.00' });
    const sold = listIn(await ask('deferred'), 'lines').map(({ line, totalUsd }) => [line, totalUsd]);
    expect(sold).toEqual(expect.arrayContaining([['closing', '3.00']]));

    expect((await api.call('GET', `/admin/orgs/${org}`, { key: admin })).json).toMatchObject({ internal: true });
    expect((await api.call('GET', `/admin/orgs/${customer}`, { key: admin })).json).toMatchObject({ internal: false });
    const body = { internal: true };
    expect((await api.call('PATCH', `/admin/orgs/${customer}`, { key: admin, body })).status).toBe(400);
  });

  it('has bounded company', async () => {
    await api.db.raw(
      `INSERT INTO org (id, name, created_at, internal)
       SELECT gen_random_uuid(), 'one of many', now(), true FROM generate_series(2, ?)`,
      [INTERNAL_ORGS_MAX],
    );
    const { code, stderr } = await coffer('orgs', 'create', '--name', 'one more', '--internal');
    expect([code, stderr]).toEqual([1, expect.stringContaining(`${INTERNAL_ORGS_MAX} internal orgs`)]);
  });
});

/** What a stand-in answers to a call, by its path and its number among the calls to it. */
type Script = (
  path: string,
  nth: number,
) => { readonly status?: number; readonly replayed?: boolean; readonly json: object };

interface StandIn {
  readonly run: CanaryRun;
  /** The calls that it got: path and idempotency key. */
  readonly calls: readonly (readonly [string, string])[];
}

/** Runs the canary at a stand-in whose pauses take no time. */
async function runAt(script: Script): Promise<StandIn> {
  const calls: [string, string][] = [];
  const server: Server = createServer((request: IncomingMessage, response) => {
    const path = (request.url ?? '').replace('/treasury/', '');
    const nth = calls.filter(([one]) => one === path).length;
    calls.push([path, String(request.headers['idempotency-key'])]);
    const { status = 200, replayed = false, json } = script(path, nth);
    request.resume();
    response.writeHead(status, { 'idempotency-replayed': String(replayed) }).end(JSON.stringify(json));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const clock = {
    ...systemClock,
    after: (ms: number, then: () => void) => systemClock.after(ms > 5_000 ? ms : 1, then),
  };
  const { key } = createApiKey();
  const run = await runCanary({ url: new URL(`http://127.0.0.1:${port}/`), key, service: 'AI_API', clock });
  server.closeAllConnections();
  server.close();
  return { run, calls };
}

const entry = (available: string, held: string): object => ({ availableDeltaUsd: available, heldDeltaUsd: held });
const FINE: Script = (path, nth) => {
  if (path === 'hold')
    return { json: { holdId: 'h', availableUsd: '1.00', entries: [entry('-0.000002', '0.000002')] } };
  if (path === 'release-hold') return { json: { availableUsd: '1.00', entries: [entry('0.000001', '-0.000001')] } };
  return { replayed: nth > 0, json: { entryId: 'e', availableUsd: '1.00', entries: [entry('0.00', '-0.000001')] } };
};

describe('a canary judges what it is answered', () => {
  it('and is content where all is as due', async () => {
    const { run, calls } = await runAt(FINE);
    expect(run).toMatchObject({ problem: undefined, availableUsd: '1.00' });
    expect(calls.map(([path]) => path)).toEqual(['hold', 'consume-hold', 'consume-hold', 'release-hold']);
    expect(calls[1]?.[1]).toBe(calls[2]?.[1]);
  });

  it.each<[string, Script, RegExp]>([
    [
      'money that was taken twice',
      (path, nth) => (path === 'release-hold' ? { json: { entries: [entry('0.00', '-0.000001')] } } : FINE(path, nth)),
      /took 2 micro-dollars/,
    ],
    [
      'money that is still held',
      (path, nth) => (path === 'release-hold' ? { json: { entries: [] } } : FINE(path, nth)),
      /hold 1/,
    ],
    [
      'a capture that was made anew',
      (path, nth) => (path === 'consume-hold' ? { ...FINE(path, nth), replayed: false } : FINE(path, nth)),
      /^replay:/,
    ],
    [
      'another entry for the same capture',
      (path, nth) =>
        path === 'consume-hold' && nth > 0 ? { replayed: true, json: { entryId: 'f', entries: [] } } : FINE(path, nth),
      /^replay:/,
    ],
    ['no hold', (path, nth) => (path === 'hold' ? { json: {} } : FINE(path, nth)), /names no hold/],
    [
      'amounts that are none',
      (path, nth) => (path === 'release-hold' ? { json: { entries: [entry('x', '0.00')] } } : FINE(path, nth)),
      /availableDeltaUsd/,
    ],
  ])('and fails for %s', async (_name, script, problem) => {
    const { run, calls } = await runAt(script);
    expect(run.problem).toMatch(problem);
    if (calls.length > 1) expect(calls.at(-1)?.[0]).toBe('release-hold');
  });

  it('tries again under the same key what was not decided, three times at most, and nothing that was refused', async () => {
    const away: Script = (path, nth) =>
      path === 'hold' && nth < 2 ? { status: 503, json: { code: 'LEDGER_UNAVAILABLE' } } : FINE(path, nth);
    const late = await runAt(away);
    expect(late.run.problem).toBeUndefined();
    expect(new Set(late.calls.slice(0, 3).map(([, key]) => key)).size).toBe(1);
    const gone = await runAt(() => ({ status: 503, json: { code: 'LEDGER_UNAVAILABLE' } }));
    expect([gone.run.problem, gone.calls.length]).toEqual(['hold: answered 503 LEDGER_UNAVAILABLE', 3]);
    const poor = await runAt(() => ({ status: 402, json: { code: 'CREDIT_INSUFFICIENT' } }));
    expect([poor.run.problem, poor.calls.length]).toEqual(['hold: answered 402 CREDIT_INSUFFICIENT', 1]);
  });

  it('and says so in its metrics: a failure at once, the last success by its time', async () => {
    const figures = meterCanary(1_000_000);
    const { registry } = figures;
    const valueOf = async (name: string): Promise<unknown> => {
      const found = (await registry.getMetricsAsJSON()).find((one) => one.name === name);
      return found?.values.map(({ value }) => value);
    };
    expect(await valueOf('coffer_canary_success_timestamp_seconds')).toEqual([1_000]);
    figures.note({ problem: 'x', steps: [], availableUsd: undefined }, 2_000_000);
    expect([await valueOf('coffer_canary_failing'), await valueOf('coffer_canary_success_timestamp_seconds')]).toEqual([
      [1],
      [1_000],
    ]);
    figures.note({ problem: undefined, steps: [{ step: 'hold', ms: 5 }], availableUsd: '1' }, 3_000_000);
    expect([await valueOf('coffer_canary_failing'), await valueOf('coffer_canary_success_timestamp_seconds')]).toEqual([
      [0],
      [3_000],
    ]);
    expect(await valueOf('coffer_canary_runs_total')).toEqual([1, 1]);
  });
});
