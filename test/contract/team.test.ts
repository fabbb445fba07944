/** An org's own keys, and the people who were seen signed in for it. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { signInSettings, startIssuer, type Issuer } from '../../devnet/issuer.ts';
import { SCOPES, type Scope } from '../../src/core/access/api-key.ts';
import { openOrgDatabases } from '../../src/db/database.ts';
import { listMembers } from '../../src/db/access/members.ts';
import { openContractApi, type ContractApi } from '../support/contract/api.ts';
import type { Answer } from '../support/http/api.ts';
import { listIn, pathsOfErrors } from '../support/asserts.ts';

const DAY_MS = 86_400_000;
let issuer: Issuer;
let api: ContractApi;
beforeAll(async () => {
  issuer = await startIssuer();
  api = await openContractApi({ sso: signInSettings(issuer) });
});
afterAll(async () => {
  await api.stop();
  await issuer.stop();
});

const idOf = (key: string): string => key.slice(8, 16);
const soon = (ms: number): string => new Date(Date.now() + ms).toISOString();
async function make(key: string, body: object = {}, headers = {}): Promise<Answer> {
  const whole = { name: 'own', scopes: ['treasury:read'], ...body };
  return api.call('POST', '/treasury/keys', { key, body: whole, headers });
}
const works = async (key: string): Promise<number> => (await api.call('GET', '/treasury/balance', { key })).status;

test('GET, POST /treasury/keys: an org makes keys of its own, which work for it and are shown once', async () => {
  const { key, org } = await api.createCustomer(1n);
  const made = await make(key, { scopes: ['treasury:spend', 'treasury:read'] });
  const secret = String(made.json['key']);
  expect([made.status, made.json]).toMatchObject([
    201,
    { id: idOf(secret), kind: 'org', org, scopes: ['treasury:read', 'treasury:spend'], madeBy: [`key:${idOf(key)}`] },
  ]);
  expect(await works(secret)).toBe(200);
  const listed = await api.call('GET', '/treasury/keys', { key });
  expect(listIn(listed, 'keys').map(({ id }) => id)).toEqual([idOf(secret), idOf(key)]);
  expect(listed.text).not.toContain(secret);
  const first = await api.call('GET', '/treasury/keys?limit=1', { key });
  const next = await api.call('GET', `/treasury/keys?limit=1&cursor=${String(first.json['nextCursor'])}`, { key });
  expect([first, next].flatMap((page) => listIn(page, 'keys').map(({ id }) => id))).toEqual([idOf(secret), idOf(key)]);
  const other = await api.createCustomer();
  expect(listIn(await api.call('GET', '/treasury/keys', { key: other.key }), 'keys')).toHaveLength(1);
  expect(pathsOfErrors(await make(key, { expiresAt: '2020-01-01T00:00:00Z' }))).toEqual(['expiresAt']);
  expect((await make(key, { kind: 'admin' })).status).toBe(400);
});

test('POST /treasury/keys: no key does more than the one that makes it, nor than a person', async () => {
  const { org } = await api.createCustomer(1n);
  const expiresAt = soon(DAY_MS);
  const body = {
    kind: 'org',
    org,
    name: 'narrow',
    scopes: ['treasury:admin', 'treasury:read'],
    allowedIps: ['127.0.0.0/8', '::1/128'],
    expiresAt,
  };
  const narrow = String((await api.call('POST', '/admin/keys', { key: api.adminKey, body })).json['key']);
  const field = async (more: object): Promise<unknown[]> => {
    const { status, json } = await make(narrow, more);
    return [status, json['field']];
  };
  expect(await field({ scopes: ['treasury:spend'] })).toEqual([403, 'scopes']);
  expect(await field({ allowedIps: ['0.0.0.0/0'] })).toEqual([403, 'allowedIps']);
  expect(await field({ expiresAt: soon(2 * DAY_MS) })).toEqual([403, 'expiresAt']);
  const same = await make(narrow, { scopes: ['treasury:admin'] });
  expect(same.json).toMatchObject({ allowedIps: ['127.0.0.0/8', '::1/128'], expiresAt });
  // Nor does one that the new key makes.
  expect((await make(String(same.json['key']), { scopes: ['treasury:read'] })).status).toBe(403);

  const owner = await issuer.sign({ user: 'olga', orgs: { [org]: 'owner' } });
  const ofPerson = async (scopes: readonly Scope[]): Promise<number> => (await make(owner, { scopes })).status;
  expect([await ofPerson(['treasury:read', 'treasury:admin']), await ofPerson(['treasury:spend'])]).toEqual([201, 403]);
  const platform = await api.createKey({ kind: 'platform', scopes: ['treasury:admin'] });
  const headers = { 'coffer-org': org };
  expect((await make(platform, { scopes: ['treasury:read'] }, headers)).json['field']).toBe('scopes');
  expect((await make(platform, { scopes: ['treasury:admin'] }, headers)).json['org']).toBe(org);
  for (const scope of ['treasury:read', 'treasury:spend'] as const) {
    expect((await make(await api.createKey({ org, scopes: [scope] }), { scopes: [scope] })).status).toBe(403);
  }
  const member = await issuer.sign({ user: 'mia', orgs: { [org]: 'member' } });
  expect((await make(member)).status).toBe(403);
});

test('DELETE /treasury/keys/{id}: revokes a key of the org, at once, and no other', async () => {
  const { key } = await api.createCustomer(1n);
  const other = await api.createCustomer(1n);
  const secret = String((await make(key, { scopes: SCOPES })).json['key']);
  const revoke = async (id: string, by = key): Promise<number> =>
    (await api.call('DELETE', `/treasury/keys/${id}`, { key: by })).status;
  expect(await works(secret)).toBe(200);
  expect(await revoke(idOf(secret), other.key)).toBe(404);
  expect([await revoke(idOf(other.key)), await revoke(idOf(api.adminKey)), await revoke('x')]).toEqual([404, 404, 404]);
  expect([await works(secret), await works(other.key)]).toEqual([200, 200]);
  expect([await revoke(idOf(key)), await works(key)]).toEqual([400, 200]);
  expect([await revoke(idOf(secret)), await works(secret), await revoke(idOf(secret))]).toEqual([204, 401, 204]);
  const [shown] = listIn(await api.call('GET', '/treasury/keys', { key }), 'keys');
  expect(shown).toMatchObject({ id: idOf(secret), state: 'revoked' });
});

test('GET /treasury/members: who was seen signed in, with the role last seen, and nobody who was let in nowhere', async () => {
  const { key, org } = await api.createCustomer(1n);
  const seen = async (): Promise<unknown[]> =>
    listIn(await api.call('GET', '/treasury/members', { key }), 'members').map(({ user, role }) => [user, role]);
  const visit = async (user: string, role: 'owner' | 'viewer', path = '/treasury/balance'): Promise<void> => {
    const token = await issuer.sign({ user, orgs: { [org]: role } });
    await api.call('GET', path, { key: token });
  };
  expect(await seen()).toEqual([]);
  await visit('ada~1', 'viewer');
  await expect.poll(seen).toEqual([['ada~1', 'viewer']]);
  await visit('bob', 'owner', `/orgs/${org}/wallet`);
  await expect.poll(seen).toEqual([
    ['bob', 'owner'],
    ['ada~1', 'viewer'],
  ]);
  await visit('ada~1', 'owner');
  await expect.poll(seen).toEqual([
    ['bob', 'owner'],
    ['ada~1', 'owner'],
  ]);
  // Refused for their role.
  await visit('eve', 'viewer', '/treasury/members');
  const first = await api.call('GET', '/treasury/members?limit=1', { key });
  const next = await api.call('GET', `/treasury/members?limit=1&cursor=${String(first.json['nextCursor'])}`, { key });
  expect(listIn(next, 'members').map(({ user }) => user)).toEqual(['ada~1']);
  expect(await seen()).toHaveLength(2);

  const other = await api.createCustomer();
  expect(listIn(await api.call('GET', '/treasury/members', { key: other.key }), 'members')).toEqual([]);
  const databases = openOrgDatabases(api.database.appUrl);
  expect(await listMembers(databases.of(other.org), { org, limit: 10 })).toEqual([]);
  await databases.destroy();
  const viewer = await issuer.sign({ user: 'bob', orgs: { [org]: 'member' } });
  expect((await api.call('GET', '/treasury/members', { key: viewer })).status).toBe(403);
  await api.call('POST', '/admin/users/bob/erase', { key: api.adminKey, body: {} });
  expect((await seen()).map(String)).not.toContain('bob,owner');
});
