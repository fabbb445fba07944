import { createHmac } from 'node:crypto';
import { createServer, type ServerResponse } from 'node:http';
import {
  exportJWK,
  exportSPKI,
  generateKeyPair,
  importJWK,
  SignJWT,
  type JWTHeaderParameters,
  type JWTPayload,
} from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  AUDIENCE,
  requestToken,
  signInSettings,
  startIssuer,
  type Issuer,
  type TokenOrder,
} from '../../devnet/issuer.ts';
import { ROLES } from '../../src/core/access/roles.ts';
import { uuidV7 } from '../../src/core/ids.ts';
import { startTestApi, type Answer, type TestApi } from '../support/http/api.ts';

const HOUR_S = 3_600;
let issuer: Issuer;
let api: TestApi;
beforeAll(async () => {
  issuer = await startIssuer();
  api = await startTestApi('first_come', undefined, { sso: signInSettings(issuer) });
});
afterAll(async () => {
  await api.stop();
  await issuer.stop();
});

const nowS = (): number => Math.floor(Date.now() / 1_000);
const fine = (org: string): JWTPayload => ({
  sub: 'u',
  iss: issuer.url,
  aud: AUDIENCE,
  exp: nowS() + HOUR_S,
  orgs: { [org]: 'owner' },
  platform_role: 'admin',
});
const without = (claims: JWTPayload, name: string): JWTPayload =>
  Object.fromEntries(Object.entries(claims).filter(([one]) => one !== name));

/** A token with claims of the test's own, signed by the issuer's key unless told otherwise. */
async function sign(
  claims: JWTPayload,
  header: Partial<JWTHeaderParameters> = {},
  key: Parameters<SignJWT['sign']>[0] = issuer.privateKey,
): Promise<string> {
  return new SignJWT(claims).setProtectedHeader({ alg: 'ES256', kid: issuer.keyId, ...header }).sign(key);
}

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

async function ask(token: string, path = '/treasury/balance', headers: Record<string, string> = {}): Promise<Answer> {
  return api.call('GET', path, { key: token, headers });
}

async function statusOf(
  order: TokenOrder,
  method: string,
  path: string,
  body?: unknown,
  org?: string,
): Promise<number> {
  const headers = org === undefined ? {} : { 'coffer-org': org };
  return (await api.call(method, path, { key: await issuer.sign(order), body, headers })).status;
}

/** Tokens that must not be believed, made for an org that is there. */
const BAD_TOKENS: readonly (readonly [string, (org: string) => Promise<string>])[] = [
  ['no algorithm', async (org) => Promise.resolve(`${encode({ alg: 'none', typ: 'JWT' })}.${encode(fine(org))}.`)],
  [
    'no algorithm, in other letters',
    async (org) => Promise.resolve(`${encode({ alg: 'nOnE' })}.${encode(fine(org))}.`),
  ],
  [
    'HS256 with the public key for a secret, as JWK',
    async (org) => {
      const text = `${encode({ alg: 'HS256', kid: issuer.keyId })}.${encode(fine(org))}`;
      const secret = JSON.stringify(issuer.publicJwk);
      return Promise.resolve(`${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`);
    },
  ],
  [
    'HS256 with the public key for a secret, as PEM',
    async (org) => {
      const key = await importJWK(issuer.publicJwk, 'ES256', { extractable: true });
      if (key instanceof Uint8Array) throw new TypeError('a public key was expected');
      const text = `${encode({ alg: 'HS256', kid: issuer.keyId })}.${encode(fine(org))}`;
      return `${text}.${createHmac('sha256', await exportSPKI(key))
        .update(text)
        .digest('base64url')}`;
    },
  ],
  [
    'an algorithm that is not configured',
    async (org) => {
      const { privateKey } = await generateKeyPair('RS256');
      return sign(fine(org), { alg: 'RS256' }, privateKey);
    },
  ],
  [
    "another issuer's key under the right id",
    async (org) => sign(fine(org), {}, (await generateKeyPair('ES256')).privateKey),
  ],
  ['an unknown key', async (org) => sign(fine(org), { kid: 'k2' }, (await generateKeyPair('ES256')).privateKey)],
  [
    'a key that it brings along',
    async (org) => {
      const { privateKey } = await generateKeyPair('ES256');
      return sign(fine(org), { jwk: { kty: 'EC', crv: 'P-256', x: 'AA', y: 'AA' } }, privateKey);
    },
  ],
  ['another issuer', async (org) => sign({ ...fine(org), iss: `${issuer.url}/` })],
  ['no issuer', async (org) => sign(without(fine(org), 'iss'))],
  ['no audience', async (org) => sign(without(fine(org), 'aud'))],
  ['another audience', async (org) => sign({ ...fine(org), aud: 'another' })],
  ['an audience that only begins like ours', async (org) => sign({ ...fine(org), aud: [`${AUDIENCE}-admin`] })],
  ['an end in the past', async (org) => sign({ ...fine(org), exp: nowS() - 31 })],
  ['no end', async (org) => sign(without(fine(org), 'exp'))],
  ['a beginning in the future', async (org) => sign({ ...fine(org), nbf: nowS() + 60 })],
  ['no user', async (org) => sign({ ...fine(org), sub: '' })],
  ['a user with a line break', async (org) => sign({ ...fine(org), sub: 'u\nadmin' })],
  [
    'a critical header that nobody knows',
    async (org) =>
      sign(fine(org)).then((token) => {
        const [, payload = '', signature = ''] = token.split('.');
        return `${encode({ alg: 'ES256', kid: issuer.keyId, crit: ['exp'], exp: 1 })}.${payload}.${signature}`;
      }),
  ],
  [
    'another payload under a right signature',
    async (org) => {
      const [header, , signature] = (await sign(fine(uuidV7(0)))).split('.');
      return `${header}.${encode(fine(org))}.${signature}`;
    },
  ],
  ['a part missing', async (org) => (await sign(fine(org))).split('.').slice(0, 2).join('.')],
  ['nothing in it', async () => Promise.resolve('..')],
  ['a key of another kind', async () => Promise.resolve('sk_live_0123456789')],
];

describe('a token that must not be believed', () => {
  it.each(BAD_TOKENS)('%s: 401, as every other', async (_name, make) => {
    const { org } = await api.createCustomer(1n);
    const token = await make(org);
    for (const path of ['/treasury/balance', '/admin/orgs', '/events', '/treasury/packs']) {
      const { status, json } = await ask(token, path, { 'coffer-org': org });
      expect([path, status, json['code']]).toEqual([path, 401, 'UNAUTHENTICATED']);
      expect(json['detail']).toBe(
        'send a valid API key as `Authorization: Bearer ck_live_...`, or a valid token of your sign-in in its place',
      );
    }
    expect((await ask(await sign(fine(org)))).status).toBe(200);
  });

  it('one that has just ended is taken within the tolerance, and the end is looked at with each call', async () => {
    const { org } = await api.createCustomer();
    const token = await sign({ ...fine(org), exp: nowS() - 5 });
    expect((await ask(token)).status).toBe(200);
    api.advance(60_000);
    expect((await ask(token)).status).toBe(401);
    expect((await ask(await issuer.sign({ user: 'u', orgs: { [org]: 'viewer' } }))).status).toBe(200);
  });

  it('unknown keys do not make the issuer be asked again and again', async () => {
    const { org } = await api.createCustomer();
    await ask(await sign(fine(org)));
    const before = issuer.asked();
    const { privateKey } = await generateKeyPair('ES256');
    for (let n = 0; n < 20; n += 1) await ask(await sign(fine(org), { kid: `k${n}` }, privateKey));
    expect(issuer.asked() - before).toBeLessThanOrEqual(1);
  });
});

/** Something else at the address of the issuer's keys. */
async function serve(answer: (response: ServerResponse) => void): Promise<{ url: string; stop: () => Promise<void> }> {
  const server = createServer((_request, response) => answer(response));
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const stop = async (): Promise<void> => {
    server.closeAllConnections();
    await new Promise<void>((resolve) => {
      server.close(() => resolve());
    });
  };
  return { url: `http://127.0.0.1:${address.port}/jwks`, stop };
}

it.each([
  [401, ['ES256']],
  [200, ['ES256', 'RS256']],
])("%i for a token of the issuer's own RSA key where %j are believed", async (expected, algorithms) => {
  const { privateKey, publicKey } = await generateKeyPair('RS256');
  const keys = [issuer.publicJwk, { ...(await exportJWK(publicKey)), kid: 'rsa' }];
  const both = await serve((response) => response.end(JSON.stringify({ keys })));
  const sso = { ...signInSettings(issuer), jwksUrl: both.url, algorithms };
  const other = await startTestApi('first_come', undefined, { sso });
  try {
    const { org } = await other.createCustomer();
    const token = await sign(fine(org), { alg: 'RS256', kid: 'rsa' }, privateKey);
    expect((await other.call('GET', '/treasury/balance', { key: token })).status).toBe(expected);
    expect((await other.call('GET', '/treasury/balance', { key: await sign(fine(org)) })).status).toBe(200);
  } finally {
    await other.stop();
    await both.stop();
  }
});

describe('while the keys of the issuer cannot be had', () => {
  it.each([
    ['an error', (response: ServerResponse) => response.writeHead(500).end()],
    ['a page', (response: ServerResponse) => response.end('<html>')],
    ['no keys', (response: ServerResponse) => response.end('{"keys":[]}')],
    [
      'a redirect to the right ones',
      (response: ServerResponse) => response.writeHead(302, { location: issuer.jwksUrl }).end(),
    ],
  ])('(%s) no token is taken, and keys of ours still are', async (_name, answer) => {
    const away = await serve((response) => void answer(response));
    const jwksUrl = away.url;
    const down = await startTestApi('first_come', undefined, { sso: { ...signInSettings(issuer), jwksUrl } });
    try {
      const { org, key } = await down.createCustomer(1n);
      const refused = await down.call('GET', '/treasury/balance', { key: await sign(fine(org)) });
      expect([refused.status, refused.json['code']]).toEqual([401, 'UNAUTHENTICATED']);
      expect((await down.call('GET', '/treasury/balance', { key })).status).toBe(200);
    } finally {
      await down.stop();
      await away.stop();
    }
  });

  it('(not configured) no token is taken', async () => {
    const keysOnly = await startTestApi();
    try {
      const { org } = await keysOnly.createCustomer();
      expect((await keysOnly.call('GET', '/treasury/balance', { key: await sign(fine(org)) })).status).toBe(401);
    } finally {
      await keysOnly.stop();
    }
  });
});

describe('roles', () => {
  const reads = [
    '/treasury/balance',
    '/treasury/ledger',
    '/treasury/deposits',
    '/treasury/holds',
    '/treasury/wallet-info',
  ];
  const debit = { serviceType: 'AI_API', amountUsd: '1' };

  it.each(ROLES)('%s: what it may', async (role) => {
    const { org } = await api.createCustomer(5n);
    const order = { user: 'u', orgs: { [org]: role } };
    const governs = role === 'owner' || role === 'admin';
    for (const path of reads) expect([path, await statusOf(order, 'GET', path)]).toEqual([path, 200]);
    const exports = await statusOf(order, 'GET', '/treasury/ledger?format=csv');
    expect(exports).toBe(governs || role === 'finance' ? 200 : 403);
    for (const [method, path, body] of [
      ['GET', '/treasury/settings', undefined],
      ['PATCH', '/treasury/settings', { lowBalanceThresholdUsd: '1' }],
      ['GET', '/treasury/senders', undefined],
      ['GET', '/events', undefined],
    ] as const) {
      expect([path, await statusOf(order, method, path, body)]).toEqual([path, governs ? 200 : 403]);
    }
    for (const [path, body] of [
      ['/treasury/debit', debit],
      ['/treasury/hold', debit],
      ['/treasury/check-balance', { amountUsd: '1' }],
      ['/treasury/batch', { commands: [{ op: 'debit', idempotencyKey: 'k', ...debit }] }],
    ] as const) {
      expect([path, await statusOf(order, 'POST', path, body)]).toEqual([path, 403]);
    }
    expect(await statusOf(order, 'GET', '/admin/orgs')).toBe(403);
    expect(await statusOf(order, 'POST', '/admin/keys', { kind: 'admin', name: 'k', scopes: ['treasury:read'] })).toBe(
      403,
    );
  });

  it('of several orgs are told apart: one must be named, and only what the role there says is allowed', async () => {
    const [mine, watched, foreign] = [
      await api.createCustomer(3n),
      await api.createCustomer(4n),
      await api.createCustomer(5n),
    ];
    const order = { user: 'u', orgs: { [mine.org]: 'owner', [watched.org]: 'viewer' } } as const;
    const unnamed = await ask(await issuer.sign(order));
    expect([unnamed.status, unnamed.json['code']]).toEqual([400, 'ORG_REQUIRED']);
    const balance = await ask(await issuer.sign(order), '/treasury/balance', { 'coffer-org': watched.org });
    expect(balance.json['availableUsd']).toBe('4.00');
    expect(await statusOf(order, 'GET', '/treasury/settings', undefined, mine.org)).toBe(200);
    expect(await statusOf(order, 'GET', '/treasury/settings', undefined, watched.org)).toBe(403);
    const bodies = [];
    for (const org of [
      foreign.org,
      uuidV7(Date.now()),
      'x',
      `${mine.org}, ${foreign.org}`,
      '__proto__',
      'constructor',
    ]) {
      const { status, json } = await ask(await issuer.sign(order), '/treasury/balance', { 'coffer-org': org });
      const { requestId: _, ...rest } = json;
      expect([status, json['code']]).toEqual([404, 'NOT_FOUND']);
      bodies.push(JSON.stringify(rest));
    }
    expect(new Set(bodies).size).toBe(1);
  });

  it('a user of one org means it, and finds no other; a user of none finds nothing', async () => {
    const [mine, foreign] = [await api.createCustomer(3n), await api.createCustomer(5n)];
    const order = { user: 'u', orgs: { [mine.org]: 'member' } } as const;
    expect((await ask(await issuer.sign(order))).json['availableUsd']).toBe('3.00');
    expect(await statusOf(order, 'GET', '/treasury/balance', undefined, foreign.org)).toBe(404);
    const gone = { user: 'u', orgs: { [uuidV7(Date.now())]: 'owner' } } as const;
    expect(await statusOf(gone, 'GET', '/treasury/balance')).toBe(404);
    expect(await statusOf({ user: 'u' }, 'GET', '/treasury/balance')).toBe(400);
    expect(await statusOf({ user: 'u' }, 'GET', '/treasury/balance', undefined, mine.org)).toBe(404);
    expect(await statusOf({ user: 'u' }, 'GET', '/treasury/packs')).toBe(200);
  });

  it('the platform admin runs the place, is kept with what they did, and sees no org from within without a role', async () => {
    const { org } = await api.createCustomer();
    const order = { user: 'ada', platformAdmin: true };
    expect(await statusOf(order, 'GET', '/admin/orgs')).toBe(200);
    expect(await statusOf(order, 'PATCH', `/admin/orgs/${org}`, { suspended: true, reason: 'chargeback' })).toBe(200);
    expect(await statusOf(order, 'GET', '/treasury/balance', undefined, org)).toBe(404);
    const { json } = await ask(await issuer.sign(order), `/admin/orgs/${org}`);
    expect(json['suspensions']).toMatchObject([{ begins: true, reason: 'chargeback', actor: 'user:ada' }]);
  });

  it('come with a token of the issuer that anybody on this machine can ask for', async () => {
    const { org } = await api.createCustomer(2n);
    const token = await requestToken(issuer.url, { user: 'u', orgs: { [org]: 'viewer' } });
    expect((await ask(token)).json['availableUsd']).toBe('2.00');
    await expect(requestToken(issuer.url, { user: '' })).rejects.toThrow('user');
  });
});

it('orgs may be called by their external ids, and roles by other names', async () => {
  const sso = { ...signInSettings(issuer), orgsBy: 'externalId', roles: { boss: 'admin', clerk: 'viewer' } };
  const other = await startTestApi('first_come', undefined, { sso });
  try {
    const admin = await other.createKey({ kind: 'admin' });
    const made = await other.call('POST', '/admin/orgs', { key: admin, body: { name: 'A', externalId: 'acme' } });
    const id = String(made.json['id']);
    const call = async (orgs: unknown, path: string, headers = {}): Promise<number> => {
      const key = await sign({ ...fine(id), orgs });
      return (await other.call('GET', path, { key, headers })).status;
    };
    expect(await call({ acme: 'boss' }, '/treasury/settings')).toBe(200);
    expect(await call({ acme: 'clerk' }, '/treasury/settings')).toBe(403);
    expect(await call({ acme: 'owner' }, '/treasury/settings')).toBe(400);
    expect(await call({ acme: 'boss', x: 'boss' }, '/treasury/settings', { 'coffer-org': id })).toBe(200);
    expect(await call({ [id]: 'boss' }, '/treasury/balance')).toBe(404);
    expect(await call({ [id]: 'boss' }, '/treasury/balance', { 'coffer-org': id })).toBe(404);
    expect(await call({ nobody: 'boss' }, '/treasury/balance')).toBe(404);
  } finally {
    await other.stop();
  }
});
