import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { API_KEY_PATTERN, createApiKey, hashApiKey } from '../../src/core/access/api-key.ts';
import { uuidV7 } from '../../src/core/ids.ts';
import { findApiKey, insertApiKey } from '../../src/db/access/api-keys.ts';
import { changeRows } from '../../src/db/rows.ts';
import { findIpRange, openIpRanges } from '../../src/core/access/ip-ranges.ts';
import { ACCESS_CACHE_TTL_MS } from '../../src/http/access/guard.ts';
import { keyReply, keysReply, newKeyReply } from '../../src/http/endpoint/key-schemas.ts';
import { encodeCursor } from '../../src/http/endpoint/cursor.ts';
import { startTestApi, type Answer, type TestApi } from '../support/http/api.ts';
import { listIn, pathsOfErrors } from '../support/asserts.ts';
import { queryRows } from '../support/process/query.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
let api: TestApi;
let admin: string;
beforeAll(async () => {
  api = await startTestApi();
  admin = await api.createKey({ kind: 'admin' });
});
afterAll(async () => api.stop());

const idOf = (key: string): string => key.slice(8, 16);
const asAdmin = async (method: string, path: string, body?: unknown): Promise<Answer> =>
  api.call(method, path, { key: admin, body });

async function make(body: object): Promise<string> {
  const answer = await asAdmin('POST', '/admin/keys', {
    kind: 'platform',
    name: 'k',
    scopes: ['treasury:read'],
    ...body,
  });
  expect(answer.status).toBe(201);
  return newKeyReply.parse(answer.json).key;
}

async function rotate(key: string, body: object = {}): Promise<string> {
  const answer = await asAdmin('POST', `/admin/keys/${idOf(key)}/rotate`, body);
  expect(answer.status).toBe(201);
  return newKeyReply.parse(answer.json).key;
}

const works = async (key: string): Promise<boolean> => {
  const { status } = await api.call('GET', '/treasury/packs', { key });
  expect([200, 401]).toContain(status);
  return status === 200;
};

describe('A47 a key that was stolen or guessed', () => {
  it('is not in the database: only its hash under the pepper is, and no answer but the first carries it', async () => {
    const { org } = await api.createCustomer();
    const key = await make({ kind: 'org', org });
    const result = await queryRows<{ row: string; hash: Buffer }>(
      api.db,
      'SELECT api_key::text AS row, secret_hash AS hash FROM api_key WHERE id = ?',
      [idOf(key)],
    );
    const [stored] = result.rows;
    expect(stored?.row).not.toContain(key.slice(17, 30));
    expect(stored?.hash.toString('latin1')).not.toContain(key.slice(17, 25));
    expect(stored?.hash.equals(createHmac('sha256', '').update(key).digest())).toBe(false);
    expect(stored?.hash.length).toBe(32);
    const told = await Promise.all([
      asAdmin('GET', `/admin/keys/${idOf(key)}`),
      asAdmin('GET', '/admin/keys?limit=100'),
    ]);
    for (const { text } of told) expect(text).not.toContain(key.slice(17));
  });

  it('gets the same 401 whatever is wrong: no id can be found out, no key be told from none', async () => {
    const now = new Date();
    const put = async (over: object): Promise<string> => {
      const { id, key } = createApiKey();
      const terms = { kind: 'platform', org: null, name: 'k', scopes: ['treasury:read'], createdAt: now } as const;
      const hash = hashApiKey(key, 'a pepper that is used by tests and by nothing else');
      await insertApiKey(api.db, { id, ...terms, secretHash: hash, expiresAt: null, ...over });
      return key;
    };
    const fine = await put({});
    expect(await works(fine)).toBe(true);
    const revoked = await put({});
    await asAdmin('DELETE', `/admin/keys/${idOf(revoked)}`);
    const wrong = [
      ['unknown id', createApiKey().key],
      ['right id, other secret', await put({ secretHash: hashApiKey(fine, 'a pepper') })],
      ['hash under another pepper', await put({ secretHash: hashApiKey(fine, 'p'.repeat(40)) })],
      ['revoked', revoked],
      ['expired', await put({ expiresAt: now })],
      ['from elsewhere', await put({ allowedIps: ['203.0.113.0/24', '2001:db8::/32'] })],
      ['wrong checksum', `${fine.slice(0, -1)}${fine.endsWith('0') ? '1' : '0'}`],
      ['cut short', fine.slice(0, -1)],
      ['another prefix', fine.replace('ck_live_', 'ck_test_')],
      ['in lower case', fine.toLowerCase() === fine ? fine.toUpperCase() : fine.toLowerCase()],
    ] as const;
    const answers = await Promise.all(wrong.map(async ([, key]) => api.call('GET', '/treasury/packs', { key })));
    const shown = answers.map(({ status, json, headers }) => ({
      status,
      body: { ...json, requestId: '' },
      headers: [...headers.keys()].toSorted(),
      asks: headers.get('www-authenticate'),
    }));
    for (const [index, one] of shown.entries()) expect([wrong[index]?.[0], one]).toEqual([wrong[index]?.[0], shown[0]]);
    expect(shown[0]).toMatchObject({ status: 401, asks: 'Bearer' });
    expect(await works(fine)).toBe(true);
  });

  it('opens nothing with a secret of its own under an id that is in use, before or after the right one was shown', async () => {
    const mine = await make({});
    const theirs = createApiKey().key;
    const forged = mine.slice(0, 17) + theirs.slice(17);
    expect(await works(forged)).toBe(false);
    expect(await works(mine)).toBe(true);
    expect(await works(forged)).toBe(false);
    expect(await works(mine)).toBe(true);
  });

  it('is told from other secrets by the published pattern, and is used from the listed addresses only', async () => {
    const doc = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'access.md'), 'utf8');
    const published = /`(ck_live_\S+)`/.exec(doc)?.[1] ?? '';
    const key = await make({ allowedIps: ['127.0.0.1', '::1/128'] });
    const leak = `AUTH="${key}"; # x`;
    expect(new RegExp(published).exec(leak)?.[0]).toBe(key);
    expect(new RegExp(`^${published}$`).test(createApiKey().key)).toBe(true);
    expect(API_KEY_PATTERN.test(key)).toBe(true);
    expect(await works(key)).toBe(true);
    const other = await make({ allowedIps: ['10.0.0.0/8'] });
    expect(await works(other)).toBe(false);
  });

  it('ends at once in the process that revokes it, and for ever', async () => {
    const key = await make({});
    expect(await works(key)).toBe(true);
    const gone = await asAdmin('DELETE', `/admin/keys/${idOf(key)}`);
    expect([gone.status, gone.text]).toEqual([204, '']);
    expect(await works(key)).toBe(false);
    const first = await findApiKey(api.db, idOf(key));
    api.advance(1_000);
    expect((await asAdmin('DELETE', `/admin/keys/${idOf(key)}`)).status).toBe(204);
    expect(await findApiKey(api.db, idOf(key))).toEqual(first);
    expect((await asAdmin('GET', `/admin/keys/${idOf(key)}`)).json).toMatchObject({ state: 'revoked' });
  });

  it('ends within the time that look-ups are kept in every other process', async () => {
    const key = await make({});
    expect(await works(key)).toBe(true);
    await api.db.raw('UPDATE api_key SET revoked_at = now() WHERE id = ?', [idOf(key)]);
    api.advance(ACCESS_CACHE_TTL_MS);
    expect(await works(key)).toBe(false);
  });
});

describe('rotation', () => {
  it('gives a key with the same rights; both work for the overlap, then one', async () => {
    const { org } = await api.createCustomer();
    const terms = {
      kind: 'org',
      org,
      name: 'worker',
      scopes: ['treasury:spend', 'treasury:read'],
      allowedIps: ['127.0.0.1'],
    };
    const old = await make(terms);
    const next = await rotate(old, { overlapSeconds: 3_600 });
    expect(next).not.toBe(old);
    expect([await works(old), await works(next)]).toEqual([true, true]);
    const { json } = await asAdmin('GET', `/admin/keys/${idOf(next)}`);
    expect(keyReply.parse(json)).toMatchObject({
      ...terms,
      scopes: ['treasury:read', 'treasury:spend'],
      allowedIps: ['127.0.0.1/32'],
      state: 'active',
    });
    const before = keyReply.parse((await asAdmin('GET', `/admin/keys/${idOf(old)}`)).json);
    expect(before).toMatchObject({ state: 'replaced', replacedBy: idOf(next) });
    api.advance(HOUR_MS);
    expect([await works(old), await works(next)]).toEqual([false, true]);
  });

  it('never leaves three keys of one line alive', async () => {
    const first = await make({});
    const second = await rotate(first);
    expect([await works(first), await works(second)]).toEqual([true, true]);
    const third = await rotate(second);
    expect([await works(first), await works(second), await works(third)]).toEqual([false, true, true]);
    const again = await asAdmin('POST', `/admin/keys/${idOf(second)}/rotate`, {});
    expect([pathsOfErrors(again), again.json['detail']]).toEqual([
      ['id'],
      'id has been rotated already: rotate the key that took its place',
    ]);
  });

  it('of one key by several callers at once happens once', async () => {
    const key = await make({});
    const ask = async (): Promise<Answer> => asAdmin('POST', `/admin/keys/${idOf(key)}/rotate`, {});
    let asked: Promise<Answer[]> = Promise.resolve([]);
    // While the key is locked here, several callers get as far as they can, so that they really meet.
    await api.db.transaction(async (trx) => {
      await trx.raw('SELECT FROM api_key WHERE id = ? FOR UPDATE', [idOf(key)]);
      asked = Promise.all(Array.from({ length: 8 }, ask));
      const waiting = `SELECT FROM pg_stat_activity WHERE pg_backend_pid() = ANY(pg_blocking_pids(pid))
        OR (datname = current_database() AND wait_event_type = 'Lock')`;
      await expect.poll(async () => changeRows(trx, waiting), { timeout: 10_000 }).toBeGreaterThan(1);
    });
    const answers = await asked;
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([
      201, 400, 400, 400, 400, 400, 400, 400,
    ]);
  });

  it('without an overlap ends the old key at once; it keeps an earlier end, and passes its length of life on', async () => {
    const stolen = await make({});
    expect(await works(stolen)).toBe(true);
    const fresh = await rotate(stolen, { overlapSeconds: 0 });
    expect([await works(stolen), await works(fresh)]).toEqual([false, true]);
    const org = await asAdmin('POST', '/admin/orgs', { name: 'tells the time' });
    const now = Date.parse(String(org.json['createdAt']));
    const brief = await make({ expiresAt: new Date(now + 2 * HOUR_MS).toISOString() });
    api.advance(HOUR_MS);
    const next = await rotate(brief, { overlapSeconds: 30 * 86_400 });
    const [old, successor] = await Promise.all([findApiKey(api.db, idOf(brief)), findApiKey(api.db, idOf(next))]);
    expect(old?.expiresAt).toEqual(new Date(now + 2 * HOUR_MS));
    const far = await make({ expiresAt: new Date(now + 20 * DAY_MS).toISOString() });
    await rotate(far, { overlapSeconds: 3_600 });
    const end = (await findApiKey(api.db, idOf(far)))?.expiresAt?.getTime() ?? 0;
    expect(end).toBeLessThan(now + 3 * HOUR_MS);
    const lifeMs = (successor?.expiresAt?.getTime() ?? 0) - (successor?.createdAt.getTime() ?? 0);
    expect(Math.abs(lifeMs - 2 * HOUR_MS)).toBeLessThan(60_000);
  });

  it('is not for keys that have ended or never were', async () => {
    const [revoked, expired] = [await make({}), await api.createKey({ expiresAt: new Date(0) })];
    await asAdmin('DELETE', `/admin/keys/${idOf(revoked)}`);
    for (const key of [revoked, expired]) {
      expect(pathsOfErrors(await asAdmin('POST', `/admin/keys/${idOf(key)}/rotate`, {}))).toEqual(['id']);
    }
    for (const id of ['00000000', 'x', '%27', uuidV7(0)]) {
      for (const [method, path] of [
        ['POST', `/admin/keys/${id}/rotate`],
        ['GET', `/admin/keys/${id}`],
        ['DELETE', `/admin/keys/${id}`],
      ] as const) {
        expect((await asAdmin(method, path, method === 'POST' ? {} : undefined)).status).toBe(404);
      }
    }
  });
});

describe('keys over HTTP', () => {
  it('are for admins alone', async () => {
    const { org, key } = await api.createCustomer();
    const platform = await api.createKey({ kind: 'platform' });
    for (const [method, path, body] of [
      ['POST', '/admin/keys', { kind: 'admin', name: 'k', scopes: ['treasury:read'] }],
      ['GET', '/admin/keys', undefined],
      ['GET', `/admin/keys/${idOf(key)}`, undefined],
      ['DELETE', `/admin/keys/${idOf(key)}`, undefined],
      ['POST', `/admin/keys/${idOf(key)}/rotate`, {}],
    ] as const) {
      for (const other of [key, platform]) {
        const answer = await api.call(method, path, { key: other, body, headers: { 'coffer-org': org } });
        expect([answer.status, answer.json['code']]).toEqual([403, 'FORBIDDEN']);
      }
    }
    expect(await works(key)).toBe(true);
  });

  it('of each kind do what their kind may', async () => {
    const { org } = await api.createCustomer(1n);
    const scopes = ['treasury:read'];
    const [own, platform, other] = [
      await make({ kind: 'org', org, scopes }),
      await make({ kind: 'platform', scopes }),
      await make({ kind: 'admin', scopes }),
    ];
    const balance = async (key: string, headers = {}): Promise<number> =>
      (await api.call('GET', '/treasury/balance', { key, headers })).status;
    expect(await Promise.all([own, platform, other].map(async (key) => balance(key)))).toEqual([200, 400, 400]);
    const named = [own, platform, other].map(async (key) => balance(key, { 'coffer-org': org }));
    expect(await Promise.all(named)).toEqual([200, 200, 200]);
    const orgs = [own, platform, other].map(async (key) => (await api.call('GET', '/admin/orgs', { key })).status);
    expect(await Promise.all(orgs)).toEqual([403, 403, 200]);
  });

  it('are listed newest first, page by page, by org and kind', async () => {
    const { org } = await api.createCustomer();
    const made: string[] = [];
    for (const name of ['1', '2', '3']) {
      api.advance(1);
      made.unshift(idOf(await make({ kind: 'org', org, name })));
    }
    const path = `/admin/keys?org=${org}&kind=org&limit=2`;
    const first = await asAdmin('GET', path);
    keysReply.parse(first.json);
    const second = await asAdmin('GET', `${path}&cursor=${String(first.json['nextCursor'])}`);
    const ids = [...listIn(first, 'keys'), ...listIn(second, 'keys')].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.filter((id) => made.includes(String(id)))).toEqual(made);
    const admins = listIn(await asAdmin('GET', '/admin/keys?kind=admin&limit=100'), 'keys');
    expect(new Set(admins.map(({ kind }) => kind))).toEqual(new Set(['admin']));
    for (const cursor of ['nonsense', encodeCursor('keys', 1, '\0'), encodeCursor('keys', 1, 'x'.repeat(9))]) {
      expect((await asAdmin('GET', `/admin/keys?cursor=${cursor}`)).status).toBe(400);
    }
  });

  it('remember who made them', async () => {
    const maker = await make({ kind: 'admin' });
    const made = await api.call('POST', '/admin/keys', {
      key: maker,
      body: { kind: 'admin', name: 'k', scopes: ['treasury:read'] },
    });
    const next = await rotate(newKeyReply.parse(made.json).key);
    const { json } = await asAdmin('GET', `/admin/keys/${idOf(next)}`);
    const line = [admin, maker, newKeyReply.parse(made.json).key].map((key) => `key:${idOf(key)}`);
    expect(json['madeBy']).toEqual(line);
  });

  const fine = { kind: 'platform', name: 'k', scopes: ['treasury:read'] };
  it.each([
    [{}, ['kind', 'name', 'scopes']],
    [{ ...fine, kind: 'root' }, ['kind']],
    [{ ...fine, kind: 'org' }, ['org']],
    [{ ...fine, org: uuidV7(0) }, ['org']],
    [{ ...fine, kind: 'org', org: uuidV7(0) }, ['org']],
    [{ ...fine, kind: 'org', org: 'x' }, ['org']],
    [{ ...fine, scopes: [] }, ['scopes']],
    [{ ...fine, scopes: ['treasury:everything'] }, ['scopes.0']],
    [{ ...fine, name: '' }, ['name']],
    [{ ...fine, expiresAt: '2020-01-01T00:00:00Z' }, ['expiresAt']],
    [{ ...fine, expiresAt: '2100-01-01' }, ['expiresAt']],
    [{ ...fine, allowedIps: [] }, ['allowedIps']],
    [{ ...fine, allowedIps: ['10.0.0.0/33'] }, ['allowedIps.0']],
    [{ ...fine, allowedIps: ['10.0.0.0/8', 'localhost'] }, ['allowedIps.1']],
    [{ ...fine, id: 'abcdefgh' }, ['id']],
    [{ ...fine, madeBy: [] }, ['madeBy']],
    [{ ...fine, secretHash: 'x' }, ['secretHash']],
  ])('of %j are refused', async (body, paths) => {
    expect(pathsOfErrors(await asAdmin('POST', '/admin/keys', body))).toEqual(paths);
  });

  it.each([
    [{ overlapSeconds: -1 }, ['overlapSeconds']],
    [{ overlapSeconds: 30 * 86_400 + 1 }, ['overlapSeconds']],
    [{ overlapSeconds: '60' }, ['overlapSeconds']],
    [{ expiresAt: '2020-01-01T00:00:00Z' }, ['expiresAt']],
    [{ scopes: ['treasury:admin'] }, ['scopes']],
  ])('rotated with %j are refused', async (body, paths) => {
    const key = await make({});
    expect(pathsOfErrors(await asAdmin('POST', `/admin/keys/${idOf(key)}/rotate`, body))).toEqual(paths);
    expect(await works(key)).toBe(true);
  });

  it('expire at their time', async () => {
    const key = await make({ expiresAt: new Date(Date.now() + 400 * DAY_MS).toISOString() });
    expect(await works(key)).toBe(true);
    api.advance(400 * DAY_MS);
    expect(await works(key)).toBe(false);
    expect((await asAdmin('GET', `/admin/keys/${idOf(key)}`)).json['state']).toBe('expired');
  });
});

describe('ranges of addresses', () => {
  it.each([
    ['192.0.2.7', '192.0.2.7/32'],
    ['192.0.2.0/24', '192.0.2.0/24'],
    ['2001:DB8::/32', '2001:db8::/32'],
    ['::1', '::1/128'],
    ['10.0.0.0/33', undefined],
    ['10.0.0.0/0x8', undefined],
    ['10.0.0.0/8/8', undefined],
    ['10.0.0.0/', undefined],
    ['10.0.0', undefined],
    ['fe80::1%eth0', undefined],
    ['example.com', undefined],
    ['', undefined],
  ])('%s is read as %s', (text, range) => {
    expect(findIpRange(text)).toBe(range);
  });

  it('hold what lies in them, and nothing that is no address', () => {
    const holds = openIpRanges(['192.0.2.0/24', '2001:db8::/32', '198.51.100.7/32']);
    expect(['192.0.2.0', '192.0.2.255', '198.51.100.7', '2001:db8::1', '2001:db8:ffff::'].filter(holds)).toHaveLength(
      5,
    );
    expect(['192.0.3.0', '198.51.100.8', '2001:db9::', '::', '', 'x', '192.0.2.1, 1.1.1.1'].filter(holds)).toEqual([]);
  });
});
