/** Dry runs: the same answer as the real call, of the same rule, and nothing written. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listIn, pathsOfErrors } from '../support/asserts.ts';
import { startTestApi, type Answer, type TestApi } from '../support/http/api.ts';
import { holdCalls } from '../support/ledger/holds.ts';
import { queryRows } from '../support/process/query.ts';

let api: TestApi;
let admin: string;
beforeAll(async () => {
  api = await startTestApi('first_come', undefined, { adminEntryLimitUsd: '100' }, {}, { jobs: false });
  admin = await api.createKey({ kind: 'admin' });
});
afterAll(async () => api.stop());

const DRY = { 'coffer-dry-run': 'true' };
const debit = { serviceType: 'AI_API', amountUsd: '1.5', reference: 'r', metadata: { a: 'b' } };

async function post(
  key: string,
  name: string,
  body: object,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  return api.call('POST', `/treasury/${name}`, { key, body, headers });
}

/** How much is written: rows of every table that a command may change. */
async function written(): Promise<unknown> {
  const tables = ['entry', 'lot', 'lot_open', 'hold_open', 'entry_text', 'entry_metadata', 'entry_approval'];
  const counts = tables.map((table) => `(SELECT count(*) FROM ${table})`).join(', ');
  return queryRows(api.db, `SELECT ARRAY[${counts}] AS counts`);
}

const GONE = new Set([
  'id',
  'entryId',
  'commandId',
  'holdId',
  'lotId',
  'createdAt',
  'dryRun',
  'idempotencyKey',
  'requestId',
  'expiresAt',
]);

const TIME = /\d{4}-\d\d-\d\dT[0-9:.]+Z/g;

/** An answer without what a dry run cannot have, or what the time changes. */
function comparable(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(comparable);
  if (typeof value === 'string') return value.replaceAll(TIME, 'then');
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([name]) => !GONE.has(name));
  return Object.fromEntries(kept.map(([name, inner]: [string, unknown]) => [name, comparable(inner)]));
}

describe('S08 a dry run', () => {
  it.each([
    ['debit', debit],
    ['debit', { ...debit, amountUsd: '999' }],
    ['hold', { serviceType: 'AI_API', amountUsd: '2', expiresInSeconds: 60, description: 'd' }],
    ['hold', { serviceType: 'GIFT_CARD', amountUsd: '1', useGiftCard: true }],
    ['hold', { serviceType: 'GIFT_CARD', amountUsd: '2', useGiftCard: true }],
    ['consume-hold', { amountUsd: '2', final: false }],
    ['consume-hold', { amountUsd: '9' }],
    ['release-hold', { reason: 'why' }],
    ['extend-hold', { expiresInSeconds: 3_600 }],
    ['grow-hold', { byUsd: '1' }],
    ['hold', { serviceType: 'AI_API', amountUsd: '0.50', heartbeatSeconds: 60 }],
  ])('of a %s with %j answers what the call answers, and writes nothing', async (name, body) => {
    const { key, wallet } = await holdCalls(() => api).createCardHolder(20n);
    const holdId = await holdCalls(() => api).openHold(key);
    const whole = /^(?:consume|release|extend)/.test(name) ? { holdId, ...body } : body;
    const before = await written();
    const dry = await post(key, name, whole, { ...DRY, 'idempotency-key': 'k' });
    expect(await written()).toEqual(before);
    const real = await post(key, name, whole, { 'idempotency-key': 'k' });
    expect(real.headers.get('idempotency-replayed')).toBeNull();
    expect([dry.status, comparable(dry.json)]).toEqual([real.status, comparable(real.json)]);
    if (dry.status !== 200) return;
    expect(dry.json['dryRun']).toBe(true);
    expect('dryRun' in real.json).toBe(false);
    expect(dry.text).not.toContain(`ent_${wallet}_3`);
    // A hold that is there already may be named.
    expect(dry.json['holdId']).toBe(name.endsWith('-hold') ? holdId : undefined);
  });

  it('shows a key that was used as replayed, and another request under it as a conflict', async () => {
    const { key } = await api.createCustomer(9n);
    const named = { 'idempotency-key': 'k' };
    const real = await post(key, 'debit', debit, named);
    const again = await post(key, 'debit', debit, { ...named, ...DRY });
    expect([again.headers.get('idempotency-replayed'), again.json]).toEqual(['true', { dryRun: true, ...real.json }]);
    const other = await post(key, 'debit', { ...debit, amountUsd: '2' }, { ...named, ...DRY });
    expect(other.json['code']).toBe('IDEMPOTENCY_CONFLICT');
  });

  it('of a batch judges each line on those before it', async () => {
    const { key } = await api.createCustomer(4n);
    const line = (idempotencyKey: string, amountUsd: string): object => ({
      op: 'debit',
      serviceType: 'AI_API',
      amountUsd,
      idempotencyKey,
    });
    const commands = [line('a', '3'), line('b', '2'), line('c', '1'), line('a', '3'), line('a', '1'), { op: 'x' }];
    const before = await written();
    const dry = await post(key, 'batch', { commands }, DRY);
    expect([dry.status, dry.json['dryRun'], await written()]).toEqual([200, true, before]);
    const real = await post(key, 'batch', { commands });
    const statuses = [dry, real].map((answer) =>
      listIn(answer, 'results').map(({ status, replayed }) => [status, replayed]),
    );
    expect(statuses[0]).toEqual(statuses[1]);
    expect(statuses[0]?.map(([status]) => status)).toEqual([200, 402, 200, 200, 409, 400]);
  });

  it('counts what is overdue as settled', async () => {
    const { key } = await api.createCustomer(9n);
    await post(key, 'hold', { serviceType: 'AI_API', amountUsd: '8', expiresInSeconds: 60 });
    const all = { serviceType: 'AI_API', amountUsd: '9' };
    expect((await post(key, 'debit', all, DRY)).status).toBe(402);
    api.advance(61_000);
    expect((await post(key, 'debit', all, DRY)).json).toMatchObject({ availableUsd: '0.00', amountUsd: '9.00' });
  });

  it.each([
    ['5', 200],
    ['500', 202],
  ])('of a booking of %s answers as the booking does: %i', async (amountUsd, status) => {
    const { org } = await api.createCustomer(9n);
    const body = { type: 'GRANT', amountUsd, reason: 'welcome', metadata: { ticket: '7' } };
    const path = `/admin/orgs/${org}/entries`;
    const before = await written();
    const dry = await api.call('POST', path, { key: admin, body, headers: { ...DRY, 'idempotency-key': 'k' } });
    expect([dry.status, dry.json['dryRun'], await written()]).toEqual([status, true, before]);
    const real = await api.call('POST', path, { key: admin, body, headers: { 'idempotency-key': 'k' } });
    const { requestedAt: _dry, ...shown } = dry.json;
    const { requestedAt: _real, ...done } = real.json;
    expect(comparable(shown)).toEqual(comparable(done));
    const again = await api.call('POST', path, { key: admin, body, headers: { ...DRY, 'idempotency-key': 'k' } });
    expect([again.status, again.json]).toEqual([status, { dryRun: true, ...real.json }]);
  });

  it('has the rights of the real call', async () => {
    const { org, key } = await api.createCustomer(9n);
    const reader = await api.createKey({ org, scopes: ['treasury:read'] });
    expect((await post(reader, 'debit', debit, DRY)).status).toBe(403);
    const body = { type: 'GRANT', amountUsd: '1', reason: 'r' };
    expect((await api.call('POST', `/admin/orgs/${org}/entries`, { key, body, headers: DRY })).status).toBe(403);
  });

  it.each(['false', '1', 'TRUE', '', 'true, true'])('is asked for by true alone: %j is refused', async (value) => {
    const { key } = await api.createCustomer(9n);
    const before = await written();
    expect(pathsOfErrors(await post(key, 'debit', debit, { 'coffer-dry-run': value }))).toEqual(['Coffer-Dry-Run']);
    expect(await written()).toEqual(before);
  });

  it.each([
    ['PATCH', '/treasury/settings', {}],
    ['POST', '/treasury/check-balance', { amountUsd: '1' }],
    ['GET', '/treasury/balance', undefined],
    ['POST', '/treasury/create-wallet', {}],
  ])('is refused by %s %s', async (method, path, body) => {
    const { key } = await api.createCustomer(9n);
    const answer = await api.call(method, path, { key, body, headers: DRY });
    expect(pathsOfErrors(answer)).toEqual(['Coffer-Dry-Run']);
  });
});
