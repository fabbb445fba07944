import { connect as connectSocket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApiKey, type Scope } from '../../src/core/access/api-key.ts';
import { uuidV7 } from '../../src/core/ids.ts';
import { toCount } from '../../src/core/integers.ts';
import { revokeApiKey } from '../../src/db/access/api-keys.ts';
import { ACCESS_CACHE_TTL_MS } from '../../src/http/access/guard.ts';
import { startTestApi, type TestApi } from '../support/http/api.ts';
import { depositOf } from '../support/ledger/wallets.ts';
import { queryRows } from '../support/process/query.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(async () => api.stop());

const ADDRESS = '0x00000000000000000000000000000000000a11ce';
const debit = { serviceType: 'AI_API', amountUsd: '1' };
const CALLS: readonly (readonly [string, string, unknown, readonly Scope[]])[] = [
  ['POST', '/treasury/register-sender', { address: ADDRESS }, ['treasury:admin', 'treasury:spend']],
  ['GET', '/treasury/senders', undefined, ['treasury:admin', 'treasury:spend']],
  ['DELETE', `/treasury/senders/${uuidV7(0)}`, undefined, ['treasury:admin', 'treasury:spend']],
  ['GET', '/treasury/balance', undefined, ['treasury:read']],
  ['GET', '/treasury/ledger', undefined, ['treasury:read']],
  ['GET', '/treasury/deposits', undefined, ['treasury:read']],
  ['GET', `/treasury/deposits/trace?tx=0x${'5'.repeat(64)}`, undefined, ['treasury:read']],
  ['POST', '/treasury/debit', debit, ['treasury:spend']],
  ['POST', '/treasury/hold', debit, ['treasury:spend']],
  ['POST', '/treasury/consume-hold', { holdId: 'hold', amountUsd: '1' }, ['treasury:spend']],
  ['POST', '/treasury/release-hold', { holdId: 'hold' }, ['treasury:spend']],
  ['POST', '/treasury/extend-hold', { holdId: 'hold', expiresInSeconds: 60 }, ['treasury:spend']],
  ['POST', '/treasury/grow-hold', { holdId: 'hold', byUsd: '1' }, ['treasury:spend']],
  ['POST', '/treasury/heartbeat-hold', { holdId: 'hold' }, ['treasury:spend']],
  ['GET', '/treasury/holds', undefined, ['treasury:read']],
  ['GET', '/treasury/orders', undefined, ['treasury:read']],
  ['GET', `/treasury/orders/${uuidV7(0)}`, undefined, ['treasury:read']],
  ['PATCH', `/treasury/orders/${uuidV7(0)}`, { poNumber: '7' }, ['treasury:admin']],
  ['POST', `/treasury/orders/${uuidV7(0)}/cancel`, {}, ['treasury:admin']],
  ['POST', '/treasury/check-balance', { amountUsd: '1' }, ['treasury:spend']],
  ['POST', '/treasury/batch', { commands: [{ op: 'debit', idempotencyKey: 'k', ...debit }] }, ['treasury:spend']],
  ['POST', '/treasury/usage', { events: [{}] }, ['treasury:spend']],
  ['GET', '/treasury/settings', undefined, ['treasury:admin']],
  ['PATCH', '/treasury/settings', { criticalThresholdUsd: '1' }, ['treasury:admin']],
];

describe('without a valid key', () => {
  it.each(CALLS)('%s %s is 401', async (method, path, body) => {
    const { key } = createApiKey();
    const { org } = await api.createCustomer();
    for (const authorization of ['', key, `Basic ${key}`, `Bearer ${key}`, 'Bearer ck_live_', `Bearer ${key} ${key}`]) {
      const headers = { authorization, 'coffer-org': org };
      const answer = await api.call(method, path, { body, headers });
      expect([answer.status, answer.json['code']]).toEqual([401, 'UNAUTHENTICATED']);
      expect(answer.headers.get('www-authenticate')).toBe('Bearer');
    }
  });

  it('a key with the right id and another secret is 401, as one that does not exist', async () => {
    const { key } = await api.createCustomer();
    const { key: other } = createApiKey();
    const answers = await Promise.all(
      [other, key.slice(0, 17) + other.slice(17)].map(async (wrong) =>
        api.call('GET', '/treasury/packs', { key: wrong }),
      ),
    );
    expect(answers.map(({ status, json }) => [status, json['detail']])).toEqual(
      answers.map(() => [
        401,
        'send a valid API key as `Authorization: Bearer ck_live_...`, or a valid token of your sign-in in its place',
      ]),
    );
  });
});

describe('scopes', () => {
  it.each(CALLS)('%s %s needs its own', async (method, path, body, needed) => {
    const { org } = await api.createCustomer(5n);
    for (const scope of ['treasury:read', 'treasury:spend', 'treasury:admin'] as const) {
      const key = await api.createKey({ org, scopes: [scope] });
      const { status, json } = await api.call(method, path, { key, body });
      if (needed.includes(scope)) expect([200, 404, 409]).toContain(status);
      else expect([status, json['code']]).toEqual([403, 'FORBIDDEN']);
    }
  });
});

describe('the end of a key', () => {
  it('by expiry is immediate', async () => {
    const { org } = await api.createCustomer();
    const key = await api.createKey({ org, expiresAt: new Date(Date.now() + 3_600_000) });
    expect((await api.call('GET', '/treasury/balance', { key })).status).toBe(200);
    api.advance(3_600_001);
    expect((await api.call('GET', '/treasury/balance', { key })).status).toBe(401);
  });

  it('by revocation holds within the time that look-ups are kept', async () => {
    const { key } = await api.createCustomer();
    expect((await api.call('GET', '/treasury/balance', { key })).status).toBe(200);
    expect(await revokeApiKey(api.db, key.slice(8, 16), new Date())).toBe(true);
    api.advance(ACCESS_CACHE_TTL_MS);
    expect((await api.call('GET', '/treasury/balance', { key })).status).toBe(401);
  });

  it('is preceded by a note of its last use, exact to a minute', async () => {
    const { key } = await api.createCustomer();
    const lastUsed = async (): Promise<Date | null> => {
      const result = await queryRows<{ last_used_at: Date | null }>(
        api.db,
        'SELECT last_used_at FROM api_key WHERE id = ?',
        [key.slice(8, 16)],
      );
      return result.rows[0]?.last_used_at ?? null;
    };
    await api.call('GET', '/treasury/packs', { key });
    await expect.poll(lastUsed).not.toBeNull();
    const first = await lastUsed();
    api.advance(30_000);
    await api.call('GET', '/treasury/packs', { key });
    expect(await lastUsed()).toEqual(first);
    api.advance(31_000);
    await api.call('GET', '/treasury/packs', { key });
    await expect.poll(lastUsed).not.toEqual(first);
  });

  it('is noted while somebody changes another key that is used', async () => {
    const [one, other] = [await api.createCustomer(), await api.createCustomer()];
    const unused = async (): Promise<unknown> =>
      (
        await queryRows(api.db, 'SELECT id FROM api_key WHERE id = ANY(?) AND last_used_at IS NULL', [
          [one, other].map(({ key }) => key.slice(8, 16)),
        ])
      ).rows;
    await api.db.transaction(async (trx) => {
      await trx.raw('SELECT 1 FROM api_key WHERE id = ? FOR UPDATE', [other.key.slice(8, 16)]);
      for (const { key } of [other, one]) await api.call('GET', '/treasury/packs', { key });
      await expect.poll(unused).toEqual([{ id: other.key.slice(8, 16) }]);
    });
  });
});

describe('orgs are told apart', () => {
  it.each(CALLS)('%s %s answers a foreign org as one that does not exist', async (method, path, body) => {
    const [mine, theirs] = [await api.createCustomer(5n), await api.createCustomer(5n)];
    const platform = await api.createKey({ kind: 'platform' });
    const bodies = [];
    for (const [key, org] of [
      [mine.key, theirs.org],
      [mine.key, uuidV7(Date.now())],
      [mine.key, 'not-an-id'],
      [mine.key, theirs.org.toUpperCase()],
      [platform, uuidV7(Date.now())],
      [platform, `${theirs.org}, ${mine.org}`],
      [platform, `${theirs.org}'--`],
    ] as const) {
      const { status, json } = await api.call(method, path, { key, body, headers: { 'coffer-org': org } });
      const { requestId: _, ...rest } = json;
      expect(status).toBe(404);
      bodies.push(rest);
    }
    expect(new Set(bodies.map((one) => JSON.stringify(one))).size).toBe(1);
    expect(bodies[0]).toMatchObject({ code: 'NOT_FOUND' });
  });

  it.each(CALLS)('%s %s asks a platform or admin key for the org', async (method, path, body) => {
    for (const kind of ['platform', 'admin'] as const) {
      const key = await api.createKey({ kind });
      for (const headers of [{}, { 'coffer-org': '' }]) {
        const { status, json } = await api.call(method, path, { key, body, headers });
        expect([status, json['code']]).toEqual([400, 'ORG_REQUIRED']);
      }
    }
  });

  it('a platform key acts for the org that it names, and for no other', async () => {
    const [one, two] = [await api.createCustomer(5n), await api.createCustomer(5n)];
    const key = await api.createKey({ kind: 'platform' });
    const headers = { 'coffer-org': one.org };
    expect((await api.call('POST', '/treasury/debit', { key, body: debit, headers })).status).toBe(200);
    expect((await api.call('GET', '/treasury/balance', { key: one.key })).json['availableUsd']).toBe('4.00');
    expect((await api.call('GET', '/treasury/balance', { key: two.key })).json['availableUsd']).toBe('5.00');
    expect((await api.call('GET', '/treasury/balance', { key: one.key, headers })).status).toBe(200);
  });

  it("another org's sender cannot be unbound, nor its entries reached with its cursor", async () => {
    const [mine, theirs] = [await api.createCustomer(), await api.createCustomer(1n)];
    await api.writer.submit(depositOf(theirs.wallet, 2n));
    const address = '0x0000000000000000000000000000000000000b0b';
    const registered = await api.call('POST', '/treasury/register-sender', { key: theirs.key, body: { address } });
    const path = `/treasury/senders/${String(registered.json['senderId'])}`;
    expect((await api.call('DELETE', path, { key: mine.key })).status).toBe(404);
    expect((await api.call('GET', '/treasury/senders', { key: theirs.key })).json['senders']).toHaveLength(1);
    const page = await api.call('GET', '/treasury/ledger?limit=1', { key: theirs.key });
    const next = `/treasury/ledger?cursor=${String(page.json['nextCursor'])}`;
    expect((await api.call('GET', next, { key: mine.key })).json['entries']).toEqual([]);
    expect((await api.call('GET', next, { key: theirs.key })).json['entries']).toHaveLength(1);
  });

  it('suspended by hand, an org spends nothing but learns what became of its earlier requests', async () => {
    const { org, key } = await api.createCustomer(5n);
    const headers = { 'idempotency-key': 'before' };
    const first = await api.call('POST', '/treasury/debit', { key, body: debit, headers });
    await api.db.raw('UPDATE org SET suspended_at = now() WHERE id = ?', [org]);
    api.advance(ACCESS_CACHE_TTL_MS);
    const refused = await api.call('POST', '/treasury/debit', { key, body: debit });
    expect([refused.status, refused.json['code']]).toEqual([403, 'ORG_SUSPENDED']);
    const again = await api.call('POST', '/treasury/debit', { key, body: debit, headers });
    expect([again.status, again.text]).toEqual([200, first.text]);
    expect((await api.call('GET', '/treasury/balance', { key })).json['availableUsd']).toBe('4.00');
  });
});

describe('every answer', () => {
  it('has a request id, is not cached, and does not tell what it runs on', async () => {
    const { headers, json } = await api.call('GET', '/nowhere', { headers: { 'x-request-id': 'mine-1' } });
    expect(headers.get('x-request-id')).toBe('mine-1');
    expect(json['requestId']).toBe('mine-1');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('x-powered-by')).toBeNull();
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    const odd = await api.call('GET', '/healthz', { headers: { 'x-request-id': 'a b"<' } });
    expect(odd.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('to a path that is not there is a 404 problem', async () => {
    const { status, json } = await api.call('GET', '/treasury/nothing?x=1');
    expect(status).toBe(404);
    expect(json).toMatchObject({
      type: '/docs/errors/NOT_FOUND',
      title: 'Not found',
      status: 404,
      instance: '/treasury/nothing',
      code: 'NOT_FOUND',
    });
  });

  it('to a wrong method is a 405 problem that names the right ones', async () => {
    const { status, json, headers } = await api.call('PUT', '/treasury/debit', { body: debit });
    expect([status, json['code'], headers.get('allow')]).toEqual([405, 'METHOD_NOT_ALLOWED', 'POST']);
    expect((await api.call('POST', '/treasury/senders')).headers.get('allow')).toBe('GET, HEAD');
  });
});

it('a client that sends half a request is cut off, and others are served meanwhile', async () => {
  const { port } = new URL(api.url());
  const socket = connectSocket({ port: toCount(port), host: '127.0.0.1' });
  await new Promise<void>((resolve) => socket.once('connect', () => resolve()));
  socket.write('POST /treasury/debit HTTP/1.1\r\nHost: x\r\n');
  expect((await api.call('GET', '/healthz')).status).toBe(200);
  const answer = await new Promise<string>((resolve, reject) => {
    let text = '';
    socket.on('data', (chunk: Buffer) => {
      text += chunk.toString();
    });
    socket.once('close', () => resolve(text));
    socket.once('error', reject);
  });
  expect(answer).toMatch(/^HTTP\/1\.1 408 /);
}, 40_000);
