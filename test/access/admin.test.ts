import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ENTRY_TYPES } from '../../src/core/ledger/vocabulary.ts';
import { BOOKINGS } from '../../src/core/ledger/bookings.ts';
import { uuidV7, walletId } from '../../src/core/ids.ts';
import { bookingReply, orgDetailReply, orgReply, orgsReply } from '../../src/http/admin/schemas.ts';
import { startTestApi, type Answer, type TestApi } from '../support/http/api.ts';
import { listIn, pathsOfErrors } from '../support/asserts.ts';
import { auditWallet, connect, depositOf } from '../support/ledger/wallets.ts';

let api: TestApi;
let admin: string;
beforeAll(async () => {
  api = await startTestApi();
  admin = await api.createKey({ kind: 'admin' });
});
afterAll(async () => api.stop());

const debit = { serviceType: 'AI_API', amountUsd: '1' };

async function book(org: string, body: unknown): Promise<Answer> {
  return api.call('POST', `/admin/orgs/${org}/entries`, { key: admin, body });
}

async function contras(wallet: string): Promise<(readonly [string, string | null, bigint, string | null])[]> {
  const client = await connect(api.database.ownerUrl);
  const entries = await auditWallet(client, wallet);
  await client.end();
  return entries.map(
    ({ type, contra, available, text }) => [type, contra, available / 1_000_000n, text?.description ?? null] as const,
  );
}

describe('calls for running the place', () => {
  const calls = [
    ['POST', '/admin/orgs', { name: 'X' }],
    ['GET', '/admin/orgs', undefined],
    ['GET', `/admin/orgs/${uuidV7(0)}`, undefined],
    ['PATCH', `/admin/orgs/${uuidV7(0)}`, { suspended: true }],
    ['POST', `/admin/orgs/${uuidV7(0)}/entries`, { type: 'GRANT', amountUsd: '1', reason: 'r' }],
  ] as const;

  it.each(calls)('%s %s is for admin keys alone', async (method, path, body) => {
    const { key, org } = await api.createCustomer();
    const platform = await api.createKey({ kind: 'platform' });
    for (const other of [key, platform]) {
      const answer = await api.call(method, path, { key: other, body, headers: { 'coffer-org': org } });
      expect([answer.status, answer.json['code']]).toEqual([403, 'FORBIDDEN']);
    }
    expect((await api.call(method, path, { body })).status).toBe(401);
    const { status } = await api.call(method, path, { key: admin, body });
    expect([200, 201, 404]).toContain(status);
  });

  it.each(calls.slice(2))('%s %s of an org that is not there is 404', async (method, path, body) => {
    for (const id of [uuidV7(0), 'x', 'null', '%27']) {
      const answer = await api.call(method, path.replace(uuidV7(0).slice(0, 8), id), { key: admin, body });
      expect([answer.status, answer.json['code']]).toEqual([404, 'NOT_FOUND']);
    }
  });
});

describe('orgs', () => {
  it('are made with a wallet, and listed newest first', async () => {
    const made: string[] = [];
    for (const name of ['One', 'Two', 'Three']) {
      const { status, json } = await api.call('POST', '/admin/orgs', {
        key: admin,
        body: { name, externalId: `x-${name}` },
      });
      expect(status).toBe(201);
      const org = orgReply.parse(json);
      expect(org).toMatchObject({ name, externalId: `x-${name}`, suspendedAt: null });
      expect(org.walletId).toBe(walletId({ kind: 'org', id: org.id }));
      made.unshift(org.id);
      const key = await api.createKey({ org: org.id });
      const balance = await api.call('GET', '/treasury/balance', { key });
      expect([balance.status, balance.json['availableUsd']]).toEqual([200, '0.00']);
    }
    const first = await api.call('GET', '/admin/orgs?limit=2', { key: admin });
    orgsReply.parse(first.json);
    const next = `/admin/orgs?limit=1&cursor=${String(first.json['nextCursor'])}`;
    const second = await api.call('GET', next, { key: admin });
    expect([...listIn(first, 'orgs'), ...listIn(second, 'orgs')].map(({ id }) => id)).toEqual(made);
  });

  it('have external ids of their own', async () => {
    const post = async (externalId: string): Promise<Answer> =>
      api.call('POST', '/admin/orgs', { key: admin, body: { name: 'Y', externalId } });
    const { json } = await post('mine');
    expect(pathsOfErrors(await post('mine'))).toEqual(['externalId']);
    const other = await post('yours');
    const path = `/admin/orgs/${String(other.json['id'])}`;
    const taken = await api.call('PATCH', path, { key: admin, body: { externalId: 'mine' } });
    expect(pathsOfErrors(taken)).toEqual(['externalId']);
    await api.call('PATCH', `/admin/orgs/${String(json['id'])}`, { key: admin, body: { externalId: null } });
    const free = await api.call('PATCH', path, { key: admin, body: { externalId: 'mine', name: 'Z' } });
    expect(free.json).toMatchObject({ externalId: 'mine', name: 'Z' });
  });

  it('are suspended by hand and let go again, at once in this process', async () => {
    const { org, key } = await api.createCustomer(5n);
    const suspend = async (suspended: boolean): Promise<unknown> => {
      const { json } = await api.call('PATCH', `/admin/orgs/${org}`, { key: admin, body: { suspended } });
      return orgReply.parse(json).suspendedAt;
    };
    const spend = async (): Promise<number> => (await api.call('POST', '/treasury/debit', { key, body: debit })).status;
    expect(await spend()).toBe(200);
    const since = await suspend(true);
    expect(since).not.toBeNull();
    expect(await spend()).toBe(403);
    api.advance(1_000);
    expect(await suspend(true)).toBe(since);
    expect((await book(org, { type: 'REFUND', amountUsd: '1', reason: 'r' })).status).toBe(200);
    expect(await suspend(false)).toBeNull();
    expect(await spend()).toBe(200);
  });

  it('are suspended and let go by somebody for a reason, which is kept', async () => {
    const { org } = await api.createCustomer();
    const change = async (body: object): Promise<Answer> =>
      api.call('PATCH', `/admin/orgs/${org}`, { key: admin, body });
    const suspended = await change({ suspended: true, reason: 'chargeback' });
    expect(suspended.json).toMatchObject({ suspendedReason: 'chargeback' });
    expect((await change({ suspended: true, reason: 'again' })).json).toEqual(suspended.json);
    expect((await change({ name: 'Other' })).json).toMatchObject({ suspendedReason: 'chargeback' });
    expect((await change({ suspended: false, reason: 'paid' })).json).toMatchObject({
      suspendedAt: null,
      suspendedReason: null,
    });
    const { status, json } = await api.call('GET', `/admin/orgs/${org}`, { key: admin });
    expect([status, orgDetailReply.parse(json).suspensions]).toMatchObject([
      200,
      [
        { begins: false, reason: 'paid', actor: `key:${admin.slice(8, 16)}` },
        { begins: true, reason: 'chargeback', actor: `key:${admin.slice(8, 16)}` },
      ],
    ]);
    await expect(api.db.raw(`UPDATE org_suspension SET reason = 'x'`)).rejects.toThrow('permission denied');
  });

  it('suspended by hand take no new debit or hold; captures, releases and deposits work', async () => {
    const { org, key, wallet } = await api.createCustomer(10n);
    const post = async (path: string, body: object): Promise<Answer> => api.call('POST', path, { key, body });
    const held = await Promise.all([1, 2].map(async () => post('/treasury/hold', debit)));
    const [first, second] = held.map(({ json }) => String(json['holdId']));
    await api.call('PATCH', `/admin/orgs/${org}`, { key: admin, body: { suspended: true } });
    const batch = { commands: [{ op: 'debit', idempotencyKey: 'k', ...debit }] };
    for (const path of ['/treasury/debit', '/treasury/hold']) {
      const answer = await post(path, debit);
      expect([path, answer.status, answer.json['code']]).toEqual([path, 403, 'ORG_SUSPENDED']);
    }
    expect(JSON.stringify((await post('/treasury/batch', batch)).json)).toContain('ORG_SUSPENDED');
    expect((await post('/treasury/consume-hold', { holdId: first, amountUsd: '1' })).status).toBe(200);
    expect((await post('/treasury/release-hold', { holdId: second })).status).toBe(200);
    await api.writer.submit(depositOf(wallet, 5n));
    const { json } = await api.call('GET', '/treasury/balance', { key });
    expect(json).toMatchObject({ availableUsd: '14.00', heldUsd: '0.00' });
  });

  it('carry notes of the operator, which a change replaces as a whole', async () => {
    const body = { name: 'Noted', externalId: 'noted-1', metadata: { tier: 'gold', 'crm id': '§ 7' } };
    const made = await api.call('POST', '/admin/orgs', { key: admin, body });
    expect(made.json).toMatchObject(body);
    const path = `/admin/orgs/${String(made.json['id'])}`;
    expect((await api.call('PATCH', path, { key: admin, body: { name: 'N' } })).json).toMatchObject({
      metadata: body.metadata,
    });
    await api.call('PATCH', path, { key: admin, body: { metadata: { tier: '' } } });
    expect((await api.call('GET', path, { key: admin })).json['metadata']).toEqual({ tier: '' });
  });

  it.each([
    ['a list', ['a'], ['metadata']],
    ['a number', { a: 1 }, ['metadata.a']],
    ['a long text', { a: 'x'.repeat(501) }, ['metadata.a']],
    ['a control character', { a: '\u0000' }, ['metadata.a']],
    ['too many names', Object.fromEntries(Array.from({ length: 51 }, (_, n) => [`n${n}`, ''])), ['metadata']],
    ['a long name', { ['x'.repeat(41)]: '' }, [`metadata.${'x'.repeat(41)}`]],
    ['an empty name', { '': 'x' }, ['metadata.']],
  ])('take no notes with %s', async (_name, metadata, paths) => {
    const answer = await api.call('POST', '/admin/orgs', { key: admin, body: { name: 'x', metadata } });
    expect(pathsOfErrors(answer)).toEqual(paths);
  });

  it.each([
    ['POST', {}, ['name']],
    ['PATCH', { reason: 'alone' }, ['reason']],
    ['POST', { name: '' }, ['name']],
    ['POST', { name: 'x'.repeat(201) }, ['name']],
    ['POST', { name: 'x', externalId: '' }, ['externalId']],
    ['POST', { name: 'x', id: 'y' }, ['id']],
    ['PATCH', { suspended: 'yes' }, ['suspended']],
    ['PATCH', { name: null }, ['name']],
    ['PATCH', { balance: '1' }, ['balance']],
  ])('%s of %j is refused', async (method, body, paths) => {
    const path = method === 'POST' ? '/admin/orgs' : `/admin/orgs/${await api.createOrg()}`;
    expect(pathsOfErrors(await api.call(method, path, { key: admin, body }))).toEqual(paths);
  });
});

describe('bookings', () => {
  it('of every kind, each against its own account', async () => {
    const { org, wallet } = await api.createCustomer(100n);
    const bookings = [
      { type: 'ADJUSTMENT', amountUsd: '5', reason: 'up' },
      { type: 'ADJUSTMENT', amountUsd: '-5', reason: 'down' },
      { type: 'REFUND', amountUsd: '3', reason: 'sorry', serviceType: 'AI_API' },
      { type: 'REFUND', amountUsd: '2', reason: 'sorry' },
      { type: 'SETTLEMENT', amountUsd: '10', reason: 'for' },
      { type: 'SETTLEMENT', amountUsd: '-10', reason: 'against' },
      { type: 'REV_SHARE_CREDIT', amountUsd: '20', reason: 'share' },
      { type: 'REV_SHARE_PAYOUT', amountUsd: '20', reason: 'paid' },
      { type: 'WITHDRAWAL', amountUsd: '50', reason: 'closing' },
      { type: 'GRANT', amountUsd: '7', reason: 'welcome', expiresAt: '2100-01-01T00:00:00+02:00' },
    ];
    const signed: string[] = [];
    for (const body of bookings) {
      const answer = await book(org, { ...body, reference: 'ticket 1' });
      expect([body.type, answer.status]).toEqual([body.type, 200]);
      const reply = bookingReply.parse(answer.json);
      expect(reply).toMatchObject({ type: body.type, reason: body.reason, reference: 'ticket 1' });
      signed.push(reply.amountUsd);
    }
    expect(signed).toEqual(['5', '-5', '3', '2', '10', '-10', '20', '-20', '-50', '7'].map((usd) => `${usd}.00`));
    const seen = (await contras(wallet)).slice(1);
    const types = new Map(seen.map(([type, contra, , reason]) => [`${type} ${contra}`, reason]));
    expect(Object.fromEntries(types)).toEqual({
      'ADJUSTMENT equity:adjustments': 'down',
      'REFUND revenue:AI_API': 'sorry',
      'REFUND expenses:refunds': 'sorry',
      'SETTLEMENT liabilities:settlements': 'against',
      'REV_SHARE_CREDIT expenses:rev_share': 'share',
      'REV_SHARE_PAYOUT assets:payouts': 'paid',
      'WITHDRAWAL assets:payouts': 'closing',
      'GRANT expenses:promo': 'welcome',
    });
    expect(seen.at(-1)).toEqual(['GRANT', 'expenses:promo', 62n, 'welcome']);
  });

  it('of a grant that expires: it is spent first, and gone at its time', async () => {
    const { org, key, wallet } = await api.createCustomer(10n);
    const expiresAt = new Date(Date.now() + 30 * 86_400_000).toISOString();
    await book(org, { type: 'GRANT', amountUsd: '4', reason: 'welcome', expiresAt });
    const { json } = await api.call('POST', '/treasury/debit', { key, body: debit });
    expect(json).toMatchObject({ entries: [{ lotId: `lot_${wallet}_2`, lotLeftUsd: '3.00' }] });
    const balance = async (): Promise<unknown> => (await api.call('GET', '/treasury/balance', { key })).json;
    expect(await balance()).toMatchObject({ totalUsd: '10.00', availableUsd: '13.00' });
    api.advance(31 * 86_400_000);
    expect(await balance()).toMatchObject({ totalUsd: '10.00', availableUsd: '10.00' });
    expect(pathsOfErrors(await book(org, { type: 'GRANT', amountUsd: '4', reason: 'r', expiresAt }))).toEqual([
      'expiresAt',
    ]);
  });

  it('of an adjustment downwards may leave a debt, which the next booking pays', async () => {
    const { org, key } = await api.createCustomer(1n);
    await book(org, { type: 'ADJUSTMENT', amountUsd: '-3', reason: 'fraud' });
    const balance = await api.call('GET', '/treasury/balance', { key });
    expect(balance.json).toMatchObject({ availableUsd: '-2.00', debtUsd: '2.00', status: 'SUSPENDED' });
    const { json } = await book(org, { type: 'REFUND', amountUsd: '5', reason: 'paid' });
    expect(json).toMatchObject({ availableUsd: '3.00' });
  });

  it.each([
    ['WITHDRAWAL', '10.000001'],
    ['REV_SHARE_PAYOUT', '0.000001'],
    ['SETTLEMENT', '-10.000001'],
  ])('%s of %s beyond what there is for it is 402', async (type, amountUsd) => {
    const { org, wallet } = await api.createCustomer(10n);
    const { status, json } = await book(org, { type, amountUsd, reason: 'r' });
    expect([status, json['code']]).toEqual([402, 'CREDIT_INSUFFICIENT']);
    expect(await contras(wallet)).toHaveLength(1);
  });

  it('pays out nothing that was given away', async () => {
    const { org } = await api.createCustomer();
    await book(org, { type: 'GRANT', amountUsd: '4', reason: 'welcome' });
    expect((await book(org, { type: 'WITHDRAWAL', amountUsd: '1', reason: 'r' })).status).toBe(402);
  });

  const refused = ENTRY_TYPES.filter((type) => typeof BOOKINGS[type] === 'string');
  it.each(refused)('%s cannot be booked, and the refusal says what writes it', async (type) => {
    const { org, wallet } = await api.createCustomer(10n);
    for (const amountUsd of ['1', '-1']) {
      const answer = await book(org, { type, amountUsd, reason: 'r' });
      expect(pathsOfErrors(answer)).toEqual(['type']);
      expect(answer.json['detail']).toContain(`${type} cannot be booked: `);
    }
    expect(await contras(wallet)).toHaveLength(1);
  });

  const grant = { type: 'GRANT', amountUsd: '1', reason: 'r' };
  it.each([
    ['nothing', {}, ['amountUsd', 'reason', 'type']],
    ['an unknown type', { ...grant, type: 'GIFT' }, ['type']],
    ['a type from the prototype', { ...grant, type: 'toString' }, ['type']],
    ['no reason', { type: 'GRANT', amountUsd: '1' }, ['reason']],
    ['an empty reason', { ...grant, reason: ' ' }, ['reason']],
    ['a reason of two lines', { ...grant, reason: 'a\nb' }, ['reason']],
    ['zero', { ...grant, amountUsd: '0' }, ['amountUsd']],
    ['minus zero', { ...grant, type: 'ADJUSTMENT', amountUsd: '-0' }, ['amountUsd']],
    ['two minuses', { ...grant, type: 'ADJUSTMENT', amountUsd: '--1' }, ['amountUsd']],
    ['a JSON number', { ...grant, amountUsd: 1 }, ['amountUsd']],
    ['a minus that the type has already', { ...grant, type: 'WITHDRAWAL', amountUsd: '-1' }, ['amountUsd']],
    ['a minus against the type', { ...grant, amountUsd: '-1' }, ['amountUsd']],
    ['an end for what was paid', { ...grant, type: 'REFUND', expiresAt: '2100-01-01T00:00:00Z' }, ['expiresAt']],
    ['an end without zone', { ...grant, expiresAt: '2100-01-01T00:00:00' }, ['expiresAt']],
    ['an end in the past', { ...grant, expiresAt: '2020-01-01T00:00:00Z' }, ['expiresAt']],
    ['a service of no refund', { ...grant, serviceType: 'AI_API' }, ['serviceType']],
    ['another field', { ...grant, contra: 'assets:usdc' }, ['contra']],
  ])('with %s are refused', async (_name, body, paths) => {
    const { org, wallet } = await api.createCustomer(10n);
    expect(pathsOfErrors(await book(org, body))).toEqual(paths);
    expect(await contras(wallet)).toHaveLength(1);
  });
});
