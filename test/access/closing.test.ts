/** Closing an org: what stops, what goes on, what is left to be booked, and what a reopened org gets back. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signInSettings, startIssuer, type Issuer } from '../../devnet/issuer.ts';
import { uuidV7 } from '../../src/core/ids.ts';
import { closedOrgReply } from '../../src/http/admin/closing.ts';
import { orgReply } from '../../src/http/admin/schemas.ts';
import { startTestApi, type Answer, type TestApi } from '../support/http/api.ts';
import { pathsOfErrors } from '../support/asserts.ts';
import { queryRows } from '../support/process/query.ts';

let issuer: Issuer;
let api: TestApi;
let admin: string;
let platform: string;
beforeAll(async () => {
  issuer = await startIssuer();
  api = await startTestApi('first_come', undefined, { sso: signInSettings(issuer) });
  admin = await api.createKey({ kind: 'admin' });
  platform = await api.createKey({ kind: 'platform' });
});
afterAll(async () => {
  await api.stop();
  await issuer.stop();
});

async function close(org: string, reason = 'they left'): Promise<Answer> {
  return api.call('POST', `/admin/orgs/${org}/close`, { key: admin, body: { reason } });
}

async function reopen(org: string): Promise<Answer> {
  return api.call('POST', `/admin/orgs/${org}/reopen`, { key: admin, body: {} });
}

/** A call of a platform key for an org. */
async function act(org: string, method: string, path: string, body?: unknown): Promise<Answer> {
  return api.call(method, path, { key: platform, body, headers: { 'coffer-org': org } });
}

const spent = { serviceType: 'AI_API', amountUsd: '1' };
const CLOSED = [403, 'ORG_SUSPENDED', 'the org is closed; its operator can reopen it'];
const whyNot = ({ status, json }: Answer): unknown[] => [status, json['code'], json['detail']];

describe('an org that is closed', () => {
  it('spends nothing new, changes nothing, and can be read; what is left is answered', async () => {
    const { org } = await api.createCustomer(10n);
    await act(org, 'POST', '/treasury/hold', { serviceType: 'AI_API', amountUsd: '3' });
    const { status, json } = await close(org);
    expect([status, closedOrgReply.parse(json)]).toMatchObject([
      200,
      {
        id: org,
        availableUsd: '7.00',
        heldUsd: '3.00',
        closedReason: 'they left',
        suspendedReason: 'they left',
        closedAt: expect.any(String),
        suspendedAt: expect.any(String),
      },
    ]);
    const address = `0x${'7'.repeat(40)}`;
    const calls: readonly (readonly [string, string, unknown])[] = [
      ['POST', '/treasury/debit', spent],
      ['POST', '/treasury/hold', spent],
      ['POST', '/treasury/register-sender', { address }],
      ['POST', '/treasury/create-wallet', {}],
      ['PATCH', '/treasury/settings', { timeZone: 'Europe/Berlin' }],
      [
        'POST',
        '/treasury/budgets',
        { name: 'b', subject: 'userId', value: 'u', period: 'day', limitUsd: '1', mode: 'hard' },
      ],
      ['POST', '/webhook-endpoints', { url: 'https://hooks.example/' }],
      ['POST', `/orgs/${org}/wallet`, { operation: 'charge', amount_micros: 1, description: 'd' }],
      ['POST', `/orgs/${org}/products`, { name: 'p', price_cents: 100, amount_micros: 1 }],
    ];
    for (const [method, path, body] of calls) {
      expect([path, ...whyNot(await act(org, method, path, body))]).toEqual([path, ...CLOSED]);
    }
    const minted = { operation: 'deposit', amount_micros: 1, description: 'd' };
    expect(whyNot(await api.call('POST', `/orgs/${org}/wallet`, { key: admin, body: minted }))).toEqual(CLOSED);
    for (const path of [
      '/treasury/balance',
      '/treasury/ledger',
      '/treasury/holds',
      '/treasury/statement?month=2026-01',
    ]) {
      expect([path, (await act(org, 'GET', path)).status]).toEqual([path, 200]);
    }
    const asked = await act(org, 'POST', '/treasury/check-balance', { amountUsd: '1' });
    expect([asked.status, asked.json['sufficient']]).toEqual([200, false]);
  });

  it('has no keys any more and gets none; when it is reopened it gets new ones', async () => {
    const { org, key } = await api.createCustomer(10n);
    const other = await api.createCustomer(10n);
    const read = async (): Promise<number> => (await api.call('GET', '/treasury/balance', { key })).status;
    expect(await read()).toBe(200);
    await close(org);
    expect(await read()).toBe(401);
    const make = async (): Promise<Answer> => {
      const body = { kind: 'org', org, name: 'k', scopes: ['treasury:read'] };
      return api.call('POST', '/admin/keys', { key: admin, body });
    };
    const refused = await make();
    expect([refused.status, refused.json['code']]).toEqual([403, 'ORG_SUSPENDED']);
    await reopen(org);
    expect(await read()).toBe(401);
    expect((await make()).status).toBe(201);
    expect((await api.call('GET', '/treasury/balance', { key: other.key })).status).toBe(200);
  });

  it('ends its open holds, one by one and in a batch, and takes no more than they have', async () => {
    const { org } = await api.createCustomer(10n);
    const open = async (): Promise<string> =>
      String((await act(org, 'POST', '/treasury/hold', { serviceType: 'AI_API', amountUsd: '2' })).json['holdId']);
    const [first, second, third] = [await open(), await open(), await open()];
    await close(org);
    const beyond = { holdId: first, amountUsd: '5', allowOverrun: true };
    expect((await act(org, 'POST', '/treasury/consume-hold', beyond)).json['code']).toBe('ORG_SUSPENDED');
    expect((await act(org, 'POST', '/treasury/consume-hold', { holdId: first, amountUsd: '1' })).status).toBe(200);
    expect((await act(org, 'POST', '/treasury/release-hold', { holdId: second })).status).toBe(200);
    const { json } = await act(org, 'POST', '/treasury/batch', {
      commands: [
        { op: 'release-hold', idempotencyKey: 'a', holdId: third },
        { op: 'debit', idempotencyKey: 'b', ...spent },
        { op: 'hold', idempotencyKey: 'c', ...spent },
      ],
    });
    expect(json['results']).toMatchObject([
      { status: 200 },
      { problem: { code: 'ORG_SUSPENDED' } },
      { problem: { code: 'ORG_SUSPENDED' } },
    ]);
    const { json: balance } = await act(org, 'GET', '/treasury/balance');
    expect(balance).toMatchObject({ availableUsd: '9.00', heldUsd: '0.00' });
  });

  it('is paid out and written off by bookings, to the last micro-dollar', async () => {
    const { org } = await api.createCustomer(10n);
    await close(org);
    const book = async (type: string, amountUsd: string): Promise<unknown[]> => {
      const body = { type, amountUsd, reason: 'the end' };
      const { status, json } = await api.call('POST', `/admin/orgs/${org}/entries`, { key: admin, body });
      return [status, json['type']];
    };
    expect(await book('WITHDRAWAL', '9.999999')).toEqual([200, 'WITHDRAWAL']);
    expect(await book('ADJUSTMENT', '-0.000001')).toEqual([200, 'ADJUSTMENT']);
    expect((await close(org)).json).toMatchObject({ availableUsd: '0.00', heldUsd: '0.00' });
    const { rows } = await queryRows(
      api.db,
      'SELECT contra, available_delta FROM entry e JOIN wallet w ON w.id = e.wallet WHERE w.owner = ? ORDER BY seq',
      [org],
    );
    expect(rows).toMatchObject([
      { available_delta: '10000000' },
      { contra: 'assets:payouts', available_delta: '-9999999' },
      { contra: 'equity:adjustments', available_delta: '-1' },
    ]);
  });

  it('can be read by its people, who change nothing', async () => {
    const { org } = await api.createCustomer(10n);
    const token = await issuer.sign({ user: 'ada', orgs: { [org]: 'owner' } });
    await close(org);
    const { status, json } = await api.call('GET', '/treasury/balance', { key: token });
    expect([status, json['availableUsd'], json['status']]).toEqual([200, '10.00', 'OK']);
    const body = { timeZone: 'Europe/Berlin' };
    expect(whyNot(await api.call('PATCH', '/treasury/settings', { key: token, body }))).toEqual(CLOSED);
    const key = { name: 'k', scopes: ['treasury:read'] };
    expect(whyNot(await api.call('POST', '/treasury/keys', { key: token, body: key }))).toEqual(CLOSED);
  });

  it('keeps the first time and reason, also those of a suspension before it', async () => {
    const { org } = await api.createCustomer();
    const path = `/admin/orgs/${org}`;
    await api.call('PATCH', path, { key: admin, body: { suspended: true, reason: 'chargeback' } });
    const first = await close(org);
    expect(first.json).toMatchObject({ suspendedReason: 'chargeback', closedReason: 'they left' });
    api.advance(1_000);
    expect((await close(org, 'again')).json).toEqual(first.json);
    const shown = await api.call('GET', path, { key: admin });
    expect(shown.json).toMatchObject({ closedAt: first.json['closedAt'], closedReason: 'they left' });
  });
});

describe('an org that is reopened', () => {
  it('stays suspended until it is resumed; a closed one cannot be resumed', async () => {
    const { org } = await api.createCustomer(10n);
    const resume = async (): Promise<Answer> =>
      api.call('PATCH', `/admin/orgs/${org}`, { key: admin, body: { suspended: false, reason: 'back' } });
    await close(org);
    expect(pathsOfErrors(await resume())).toEqual(['suspended']);
    const { status, json } = await reopen(org);
    expect([status, orgReply.parse(json)]).toMatchObject([
      200,
      { closedAt: null, closedReason: null, suspendedReason: 'they left' },
    ]);
    expect((await act(org, 'POST', '/treasury/debit', spent)).json['code']).toBe('ORG_SUSPENDED');
    expect((await act(org, 'PATCH', '/treasury/settings', { timeZone: 'Europe/Berlin' })).status).toBe(200);
    expect((await resume()).json).toMatchObject({ suspendedAt: null });
    expect((await act(org, 'POST', '/treasury/debit', spent)).status).toBe(200);
    // One that is open stays as it is.
    expect((await reopen(org)).json).toMatchObject({ closedAt: null, suspendedAt: null });
  });
});

describe('closing and reopening', () => {
  it('are for operators, of an org that is there, and closing is for a reason', async () => {
    const { org } = await api.createCustomer();
    for (const [path, body] of [
      ['close', { reason: 'r' }],
      ['reopen', {}],
    ] as const) {
      const refused = await api.call('POST', `/admin/orgs/${org}/${path}`, { key: platform, body });
      expect([refused.status, refused.json['code']]).toEqual([403, 'FORBIDDEN']);
      const unknown = await api.call('POST', `/admin/orgs/${uuidV7(0)}/${path}`, { key: admin, body });
      expect([unknown.status, unknown.json['code']]).toEqual([404, 'NOT_FOUND']);
    }
    const bare = await api.call('POST', `/admin/orgs/${org}/close`, { key: admin, body: {} });
    expect(pathsOfErrors(bare)).toEqual(['reason']);
    expect((await api.call('GET', `/admin/orgs/${org}`, { key: admin })).json).toMatchObject({ closedAt: null });
  });

  it('cannot be told apart from a suspension by a version that knows no closing: the database keeps the org suspended', async () => {
    const { org } = await api.createCustomer();
    await close(org);
    await expect(api.db.raw('UPDATE org SET suspended_at = NULL WHERE id = ?', [org])).rejects.toThrow(
      'org_closed_suspended',
    );
  });
});
