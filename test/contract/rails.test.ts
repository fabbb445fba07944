/** The operator's view of card rails, and their release. */
import { Registry } from 'prom-client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemClock } from '../../src/core/clock.ts';
import { uuidV7 } from '../../src/core/ids.ts';
import { inputHash } from '../../src/core/ledger/entry.ts';
import { DEPOSIT_TERMS } from '../../src/core/ledger/head.ts';
import { meterChains } from '../../src/http/service/chain-metrics.ts';
import { openContractApi, PATIENCE, type ContractApi } from '../support/contract/api.ts';
import { listIn } from '../support/asserts.ts';
import { startNode } from '../support/process/processes.ts';

const MINUTE_MS = 60_000;
const RAIL = 'assets:stripe';
let api: ContractApi;
beforeAll(async () => {
  api = await openContractApi({ solvency: { toleranceUsd: '2.00' } });
});
afterAll(async () => api.stop());

const railOf = async (): Promise<Record<string, unknown> | undefined> =>
  listIn(await api.call('GET', '/admin/reconciliation', { key: api.adminKey }), 'rails').find(
    ({ rail }) => rail === RAIL,
  );

async function forge(usd: bigint): Promise<void> {
  const { wallet } = await api.createCustomer();
  await api.writer.submit({
    wallet,
    command: { op: 'credit', type: 'DEPOSIT', amountMicros: usd * 1_000_000n, contra: RAIL, terms: DEPOSIT_TERMS },
    key: uuidV7(Date.now()),
    inputHash: inputHash('forged'),
  });
}

/** Rounds come a minute apart; a restart begins one at once, once the lease of the process before is over. */
async function nextRound(): Promise<void> {
  await api.db.raw(`UPDATE lease SET expires_at = clock_timestamp() WHERE name = 'rails'`);
  const before = (await railOf())?.['checkedAt'];
  await api.restart();
  await expect.poll(async () => (await railOf())?.['checkedAt'] !== before, PATIENCE).toBe(true);
}

test('GET /admin/reconciliation: each rail with what is due on it, and what its provider holds', async () => {
  await nextRound();
  expect(await railOf()).toEqual({
    rail: RAIL,
    status: 'OK',
    frozen: false,
    frozenAt: null,
    reason: null,
    creditedUsd: '0.00',
    taxUsd: '0.00',
    sellerUsd: '0.00',
    parkedUsd: '0.00',
    dueUsd: '0.00',
    gotUsd: '0.00',
    deltaUsd: '0.00',
    acceptedUsd: '0.00',
    fees: [],
    checkedAt: expect.any(String),
    problem: null,
  });
});

test('POST /admin/rails/{rail}/release: what waited is credited, by an operator alone, and it is on record', async () => {
  const path = `/admin/rails/${RAIL}/release`;
  const { key } = await api.createCustomer();
  expect((await api.call('POST', path, { key, body: {} })).status).toBe(403);
  const unknown = await api.call('POST', '/admin/rails/assets:nothing/release', { key: api.adminKey, body: {} });
  expect([unknown.status, unknown.json['code']]).toEqual([404, 'NOT_FOUND']);
  const calm = await api.call('POST', path, { key: api.adminKey, body: {} });
  expect([calm.status, calm.json]).toEqual([200, { rail: RAIL, released: null }]);

  // Within the tolerance of this deployment, then above it.
  await forge(2n);
  await nextRound();
  await nextRound();
  expect(await railOf()).toMatchObject({ status: 'OK', frozen: false, deltaUsd: '2.00' });
  await forge(50n);
  await nextRound();
  await nextRound();
  expect(await railOf()).toMatchObject({ status: 'GAP', frozen: true, dueUsd: '52.00', gotUsd: '0.00' });
  const ready = await api.call('GET', '/readyz');
  expect([ready.status, ready.json]).toMatchObject([
    200,
    { status: 'ready', frozenRails: [{ rail: RAIL }], frozenRailsOfOrgs: 0 },
  ]);
  const registry = new Registry();
  await meterChains(registry, { db: api.db, clock: systemClock, chains: [] })();
  const figures = await registry.metrics();
  expect(figures).toContain(`coffer_rail_frozen{rail="${RAIL}"} 1`);
  expect(figures).toContain(`coffer_rail_delta_usd{rail="${RAIL}"} 52`);
  expect(figures).toContain(`coffer_rail_status{rail="${RAIL}",status="GAP"} 1`);

  const urls = { successUrl: 'https://shop.example/a', cancelUrl: 'https://shop.example/b' };
  const { json } = await api.call('POST', '/treasury/checkout', { key, body: { packId: 'growth', ...urls } });
  api.stripe.pay(String(json['sessionId']));
  const order = async (): Promise<unknown> =>
    (await api.call('GET', `/treasury/orders/${String(json['orderId'])}`, { key })).json;
  await expect.poll(order, PATIENCE).toMatchObject({ state: 'paid', reason: 'rail_frozen' });
  const released = await api.call('POST', path, { key: api.adminKey, body: { reason: 'the bug is mended' } });
  expect([released.status, released.json]).toEqual([
    200,
    {
      rail: RAIL,
      released: { reason: expect.stringContaining('52.00'), frozenBy: 'solvency', frozenAt: expect.any(String) },
    },
  ]);
  await expect.poll(order, PATIENCE).toMatchObject({ state: 'credited', reason: null });
  expect(await railOf()).toMatchObject({ frozen: false, acceptedUsd: '52.00' });
  expect((await api.call('GET', '/readyz')).json).toMatchObject({ frozenRails: [] });
  const acts = listIn(await api.call('GET', '/admin/audit?subject=rail_freeze', { key: api.adminKey }), 'acts');
  expect(acts).toMatchObject([{ action: 'POST /admin/rails/:rail/release' }]);
  const events = async (): Promise<unknown[]> =>
    listIn(await api.call('GET', '/admin/events?types=rail.frozen,rail.released', { key: api.adminKey }), 'events').map(
      ({ type }) => type,
    );
  await expect.poll(events, PATIENCE).toEqual(['rail.frozen', 'rail.released']);
});

test('coffer rails lists them, and releases one', { timeout: 120_000 }, async () => {
  const coffer = async (...args: string[]): Promise<{ code: number | null; stdout: string; stderr: string }> => {
    const { appUrl: DATABASE_URL, ownerUrl: DATABASE_OWNER_URL } = api.database;
    return startNode(['src/cli/main.ts', ...args], { DATABASE_URL, DATABASE_OWNER_URL, COFFER_LOG_LEVEL: 'silent' })
      .finished;
  };
  const at = new Date(Date.now() + MINUTE_MS);
  const { org } = await api.createCustomer();
  await api.db.raw(
    `INSERT INTO rail_freeze (id, account, reason, frozen_by, frozen_at) VALUES (?, 'stripe', 'as a test', 'solvency', ?)`,
    [uuidV7(Date.now()), at],
  );
  await api.db.raw(
    `INSERT INTO rail_freeze (id, account, reason, frozen_by, frozen_at) VALUES (?, ?, 'as a test', 'solvency', ?)`,
    [uuidV7(Date.now()), `stripe:${org}`, at],
  );
  const ready = await api.call('GET', '/readyz');
  expect(ready.json).toMatchObject({ frozenRails: [{ rail: RAIL }], frozenRailsOfOrgs: 1 });
  expect(ready.text).not.toContain(org);
  const listed = await coffer('rails', 'list');
  expect([listed.code, listed.stderr]).toEqual([0, '']);
  expect(listed.stdout).toContain(`${RAIL}: frozen since ${at.toISOString()}: as a test`);
  expect(await coffer('rails', 'release', RAIL)).toMatchObject({ code: 2 });
  const released = await coffer('rails', 'release', RAIL, '--yes', '--reason', 'all is well', '--json');
  expect([released.code, JSON.parse(released.stdout)]).toEqual([0, { rail: RAIL, released: { reason: 'as a test' } }]);
  expect((await coffer('rails', 'release', RAIL, '--yes')).stdout).toContain(`${RAIL} was not frozen`);
  expect(await coffer('rails', 'release', 'assets:nothing', '--yes')).toMatchObject({ code: 4 });
  const json = await coffer('rails', 'list', '--json');
  expect(JSON.parse(json.stdout)).toMatchObject({
    rails: [
      { rail: 'assets:creem', frozen: false },
      { rail: RAIL, frozen: false },
    ],
  });
});
