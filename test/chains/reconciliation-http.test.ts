/** What operators and Prometheus see of chains and of how they agree with the books. */
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { Registry } from 'prom-client';
import { meterDetector } from '../../detector/metrics.ts';
import { systemClock } from '../../src/core/clock.ts';
import { freezeChain } from '../../src/db/chains/freezes.ts';
import { saveWorkerReports } from '../../src/db/chains/status.ts';
import { acquireLease } from '../../src/db/leases.ts';
import type { Submission } from '../../src/db/ledger/submission.ts';
import type { LedgerWriter } from '../../src/db/ledger/writer.ts';
import { readEventsBacklog } from '../../src/db/webhooks/backlog.ts';
import { meterChains } from '../../src/http/service/chain-metrics.ts';
import { meterEvents } from '../../src/http/service/event-metrics.ts';
import { meterWriter } from '../../src/http/service/ledger-metrics.ts';
import { meterRoutes, openRegistry, serveMetrics } from '../../src/http/server/metrics.ts';
import { Refusal } from '../../src/core/errors.ts';
import { EVM, EVM_TOO, STARKNET, startTestApi, type TestApi } from '../support/http/api.ts';
import { NO_BODY, NO_QUERY, type Documented } from '../../src/http/server/route.ts';
import { SERVICE } from '../../src/http/service/surface.ts';

let api: TestApi;
let admin = '';
beforeAll(async () => {
  api = await startTestApi();
  admin = await api.createKey({ kind: 'admin' });
});
afterAll(async () => api.stop());

const CHAINS = [EVM, EVM_TOO, STARKNET];

describe('who may look', () => {
  test.each(['/admin/chains', '/admin/reconciliation'])('%s is for admin keys alone', async (path) => {
    expect((await api.call('GET', path)).status).toBe(401);
    const { key } = await api.createCustomer();
    expect((await api.call('GET', path, { key })).status).toBe(403);
    expect((await api.call('GET', path, { key: await api.createKey({}) })).status).toBe(403);
    expect((await api.call('GET', `${path}?all=1`, { key: admin })).status).toBe(400);
  });
});

test('a chain that was never read waits, and what it holds is unknown', async () => {
  const chains = await api.call('GET', '/admin/chains', { key: admin });
  expect(chains.json).toMatchObject({
    chains: CHAINS.map((chain) => ({ chain, state: 'waiting', leader: null, dues: null, freezes: [] })),
  });
  const reconciliation = await api.call('GET', '/admin/reconciliation', { key: admin });
  expect(reconciliation.json).toMatchObject({ status: 'UNKNOWN', heldUsd: '0.00' });
});

test('a chain shows who leads it, what its workers say, and why it is frozen', async () => {
  const { db } = api;
  await acquireLease(db, { name: `chain:${EVM}`, holder: 'one', ttlMs: 60_000 });
  const report = { chain: EVM, headBlock: 9, nextBlock: 8, roundEndedAt: null, problem: 'it is away' };
  await saveWorkerReports(db, { holder: 'one', rows: [{ ...report, state: 'failing' }], at: new Date() });
  const first = async (): Promise<unknown> => {
    const { chains } = (await api.call('GET', '/admin/chains', { key: admin })).json;
    return Array.isArray(chains) ? chains[0] : undefined;
  };
  expect(await first()).toMatchObject({
    state: 'failing',
    leader: { holder: 'one' },
    workers: [{ holder: 'one', problem: 'it is away' }],
  });
  await freezeChain(db, { chain: EVM, kind: 'operator', reason: 'to be sure', by: 'me', at: new Date() });
  expect(await first()).toMatchObject({
    state: 'frozen',
    freezes: [{ kind: 'operator', reason: 'to be sure', frozenBy: 'me' }],
    dues: { reversals: { count: 0 }, credits: { count: 0 } },
  });
});

describe('figures', () => {
  const read = async (registry: Registry, refresh?: () => Promise<void>): Promise<string> => {
    const served = await serveMetrics(registry, { port: 0, host: '127.0.0.1', refresh });
    try {
      expect((await fetch(`${served.url}/`)).status).toBe(404);
      return await (await fetch(`${served.url}/metrics`)).text();
    } finally {
      await served.stop();
    }
  };

  test('of requests are counted by route, method and status, failures included', async () => {
    const registry = openRegistry();
    const documented: Documented = {
      operation: 'getOrder',
      summary: 'An order',
      chapter: SERVICE,
      replies: {},
      access: 'open',
      scopes: [],
      query: NO_QUERY,
      body: NO_BODY,
    };
    const handle = async (): Promise<never> => Promise.reject(new Refusal('NOT_FOUND', 'no'));
    const routes = meterRoutes(
      [
        { method: 'GET', path: '/orders/:id', documented, handle: async () => Promise.resolve({ body: {} }) },
        { method: 'POST', path: '/gone', documented, handle },
      ],
      registry,
    );
    const call = async (index: number): Promise<unknown> => {
      const [request, route] = [{}, routes[index]];
      // Neither route looks at the request.
      return route?.handle(request as Parameters<typeof route.handle>[0], {});
    };
    await call(0);
    await call(0);
    await expect(call(1)).rejects.toThrow(Refusal);
    const text = await read(registry);
    expect(text).toContain(
      'coffer_http_request_duration_seconds_count{method="GET",route="/orders/:id",status="200"} 2',
    );
    expect(text).toContain('coffer_http_request_duration_seconds_count{method="POST",route="/gone",status="404"} 1');
    expect(text).toContain('process_resident_memory_bytes');
  });

  test('of chains come from the database, and say when that could not be read', async () => {
    const { db } = api;
    const registry = new Registry();
    const refresh = meterChains(registry, { db, clock: systemClock, chains: CHAINS });
    const text = await read(registry, refresh);
    expect(text).toContain(`coffer_chain_frozen{chain="${EVM}"} 1`);
    expect(text).toContain(`coffer_chain_leader_info{chain="${EVM}",holder="one"} 1`);
    expect(text).toContain(`coffer_reconciliation_status{chain="${STARKNET}",status="UNKNOWN"} 1`);
    expect(text).toContain(`coffer_reconciliation_delta_usd{chain="${EVM}",of="balance"} 0`);
    expect(text).toContain('coffer_database_readable 1');
    expect(text).toContain('coffer_write_wait_seconds 0');
    const away = { ...db, raw: async () => Promise.reject(new Error('away')) };
    const blind = new Registry();
    const broken = meterChains(blind, { db: away, clock: systemClock, chains: CHAINS });
    expect(await read(blind, broken)).toContain('coffer_database_readable 0');
  });

  test('of the ledger count commands by their outcome, and refusals by their code', async () => {
    const registry = new Registry();
    const answers = [
      async () => Promise.resolve({ entries: [{}, {}], replayed: false }),
      async () => Promise.resolve({ entries: [{}], replayed: true }),
      async () => Promise.reject(new Refusal('CREDIT_INSUFFICIENT', 'short')),
      async () => Promise.reject(new Refusal('LEDGER_UNAVAILABLE', 'away')),
    ];
    const status = { ready: true, problem: undefined, queued: 3, writes: 7 };
    const plain = { submit: async () => answers.shift()?.(), status: () => status } as unknown as LedgerWriter;
    const writer = meterWriter(plain, registry);
    for (let calls = 0; calls < 4; calls += 1) await writer.submit({} as Submission).catch(() => undefined);
    const text = await read(registry);
    for (const outcome of ['written', 'replayed', 'refused', 'failed']) {
      expect(text).toContain(`coffer_ledger_command_seconds_count{outcome="${outcome}"} 1`);
    }
    for (const code of ['CREDIT_INSUFFICIENT', 'LEDGER_UNAVAILABLE']) {
      expect(text).toContain(`coffer_ledger_refusals_total{code="${code}"} 1`);
    }
    expect(text).toContain('coffer_ledger_entries_total 2');
    expect(text).toContain('coffer_ledger_commands_waiting 3');
    expect(text).toContain('coffer_ledger_writes_total 7');
    expect(meterWriter(plain, undefined)).toBe(plain);
  });

  test('of events and holds come from the database', async () => {
    const { db } = api;
    const before = await readEventsBacklog(db, new Date());
    const org = await api.createCustomer(10n);
    const made = await api.call('POST', '/webhook-endpoints', {
      key: org.key,
      body: { url: 'https://example.com/hook' },
    });
    expect(made.status).toBe(201);
    const sent = await api.call('POST', `/webhook-endpoints/${String(made.json['id'])}/test`, {
      key: org.key,
      body: {},
    });
    expect(sent.status).toBeLessThan(300);
    const inAnHour = new Date(Date.now() + 3_600_000);
    await vi.waitFor(async () => {
      await db.raw(
        `UPDATE webhook_delivery SET state = 'pending', next_attempt_at = now(), finished_at = NULL,
           claimed_until = now() + interval '1 hour' WHERE endpoint = ?`,
        [String(made.json['id'])],
      );
      const backlog = await readEventsBacklog(db, inAnHour);
      expect(backlog.endpointsDisabled).toBe(before.endpointsDisabled);
      expect(backlog.waiting).toBeGreaterThan(before.waiting);
      expect(backlog.overdueSeconds).toBeGreaterThan(3_000);
    }, 10_000);
    const registry = new Registry();
    const text = await read(registry, meterEvents(registry, { db, clock: systemClock }));
    expect(text).toContain('coffer_events_readable 1');
    expect(text).toContain('coffer_holds_overdue 0');
  });

  test('of a detector count what it logs and tell where its workers stand', async () => {
    const registry = new Registry();
    const lines: unknown[] = [];
    const keep = (fields: object): void => void lines.push(fields);
    const log = meterDetector(registry, {
      log: { info: keep, warn: keep, error: keep },
      clock: systemClock,
      status: () => [
        {
          chain: EVM,
          state: 'running',
          headBlock: 20,
          nextBlock: 18,
          roundEndedAtMs: undefined,
          roundMs: 250,
          push: 'silent',
          problem: undefined,
          rpcs: [
            { rpc: 'a', state: 'ok', headBlock: 20, problem: undefined, sinceMs: Date.now() },
            { rpc: 'b', state: 'stale', headBlock: 15, problem: 'old', sinceMs: Date.now() },
          ],
        },
      ],
    });
    log.warn({ event: 'chain.rewound', chain: EVM, depth: 3 });
    log.warn({ event: 'deposit.orphaned', chain: EVM });
    log.error({ event: 'deposit.reversed', chain: EVM });
    expect(lines).toHaveLength(3);
    const text = await read(registry);
    for (const line of [
      `coffer_detector_events_total{chain="${EVM}",event="deposit.orphaned",level="warn"} 1`,
      `coffer_chain_reorg_depth_blocks_sum{chain="${EVM}"} 3`,
      `coffer_chain_cursor_lag_blocks{chain="${EVM}"} 3`,
      `coffer_chain_round_seconds{chain="${EVM}"} 0.25`,
      `coffer_chain_push_silent{chain="${EVM}"} 1`,
      `coffer_rpc_head_lag_blocks{chain="${EVM}",rpc="b"} 5`,
      `coffer_chain_state{chain="${EVM}",state="running"} 1`,
    ]) {
      expect(text).toContain(line);
    }
  });
});
