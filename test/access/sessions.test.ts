/** Sign-in sessions of the app: who gets one, what its cookie counts for, and how it ends. */
import { hash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { signInSettings, startIssuer, type Issuer, type TokenOrder } from '../../devnet/issuer.ts';
import { FRESH_MS, ROLES_AGE_MS_MAX, ROLES_STALE_MS } from '../../src/core/access/session.ts';
import { startTestApi, type Answer, type TestApi } from '../support/http/api.ts';
import { queryRows } from '../support/process/query.ts';
import { Browser } from '../support/http/browser.ts';

const MINUTE_MS = 60_000;
let offsetMs = 0;
let issuer: Issuer;
let api: TestApi;
let org: string;
let person: TokenOrder;
let made = 0;
beforeAll(async () => {
  issuer = await startIssuer(() => Date.now() + offsetMs);
  api = await startTestApi('first_come', undefined, { sso: signInSettings(issuer) });
});
afterAll(async () => {
  await api.stop();
  await issuer.stop();
});
beforeEach(async () => {
  ({ org } = await api.createCustomer(10n));
  made += 1;
  person = { user: `ada-${made}`, orgs: { [org]: 'admin' } };
  issuer.setPerson(person);
});

const advance = (ms: number): void => {
  api.advance(ms);
  offsetMs += ms;
};
const browserOf = (): Browser => new Browser(api.url(), issuer.url);
async function signedIn(user = person.user): Promise<Browser> {
  const browser = browserOf();
  await browser.signIn(user);
  return browser;
}
const balance = async (browser: Browser): Promise<number> => (await browser.call('GET', '/treasury/balance')).status;
const personIn = ({ json }: Answer): unknown => json['person'];

describe('signing in', () => {
  it('makes a caller of a person, with the roles that the issuer says', async () => {
    const browser = browserOf();
    expect(personIn(await browser.call('GET', '/app/me'))).toBeNull();
    expect(await balance(browser)).toBe(401);
    expect((await browser.signIn(person.user)).location).toMatch(/\/app$/);
    const me = await browser.call('GET', '/app/me');
    expect(me.json).toMatchObject({
      person: { user: person.user, isPlatformAdmin: false, isPlatformFinance: false },
      orgs: [{ id: org, name: 'Acme', role: 'admin' }],
    });
    expect((await browser.call('GET', '/treasury/balance')).json['availableUsd']).toBe('10.00');
    const changed = await browser.call('PATCH', '/treasury/settings', { lowBalanceThresholdUsd: '5.00' });
    expect(changed.status).toBe(200);
  });

  it('sets a cookie that scripts cannot read and other sites do not send, and stores its hash alone', async () => {
    const browser = await signedIn();
    expect(browser.cookieText).toMatch(
      /^coffer-\d+=[A-Za-z0-9_-]{43}; Path=\/; HttpOnly; SameSite=Strict; Max-Age=43200$/,
    );
    const { rows } = await queryRows<{ text: string }>(api.db, 'SELECT s::text AS text FROM sign_in_session s');
    const token = browser.sessionToken;
    expect(rows.filter(({ text }) => text.includes(hash('sha256', token, 'hex')))).toHaveLength(1);
    // Nor any part of it.
    const part = token.slice(0, 8);
    for (const { text } of rows) {
      expect(text).not.toContain(part);
      expect(text).not.toContain(Buffer.from(part).toString('hex'));
    }
  });

  it('leads to the path of the app that was asked for, and to no other place', async () => {
    expect((await browserOf().signIn(person.user, '?returnTo=%2Fapp%2Fledger%3Ftype%3DDEPOSIT')).location).toMatch(
      /\/app\/ledger\?type=DEPOSIT$/,
    );
    expect((await browserOf().signIn(person.user, '?returnTo=https%3A%2F%2Fevil.example')).location).toMatch(
      /:0\/app$/,
    );
  });

  it('asks with PKCE, state and nonce, and again for a proof when it has to be fresh', async () => {
    const url = new URL((await browserOf().begin('?fresh=true')).location);
    const asked = Object.fromEntries(url.searchParams);
    expect(asked).toMatchObject({
      response_type: 'code',
      code_challenge_method: 'S256',
      prompt: 'login',
      max_age: '0',
    });
    for (const name of ['state', 'nonce', 'code_challenge']) expect(asked[name]?.length).toBeGreaterThan(40);
  });
});

describe('a sign-in that is forged', () => {
  const failed = (location: string): void => expect(location).toMatch(/\/app\?problem=sign_in_failed$/);

  it('takes no session that was there before (fixation)', async () => {
    const browser = await signedIn();
    const planted = browser.sessionToken;
    await browser.signIn(person.user);
    expect(browser.sessionToken).not.toBe(planted);
    const attacker = browserOf();
    attacker.plant(planted);
    expect(personIn(await attacker.call('GET', '/app/me'))).toBeNull();
    const invented = browserOf();
    invented.plant('x'.repeat(43));
    await invented.signIn(person.user);
    expect(invented.sessionToken).not.toBe('x'.repeat(43));
  });

  it('is refused in another browser than the one in which it began', async () => {
    const victim = browserOf();
    const own = browserOf();
    const back = await own.pick((await own.begin()).location, person.user);
    failed((await victim.follow(back)).location);
    expect(victim.hasSession).toBe(false);
    await victim.begin();
    failed((await victim.follow(back)).location);
    expect(victim.hasSession).toBe(false);
  });

  it('is refused when its way back is used again', async () => {
    const browser = browserOf();
    const back = await browser.pick((await browser.begin()).location, person.user);
    await browser.follow(back);
    expect(browser.hasSession).toBe(true);
    browser.forgetSession();
    failed((await browser.follow(back)).location);
    expect(browser.hasSession).toBe(false);
  });

  it('makes one session, even if the issuer took its code twice', async () => {
    const browser = browserOf();
    const first = await browser.begin();
    const again = await browser.pick(first.location, person.user);
    await browser.follow(await browser.pick(first.location, person.user));
    browser.forgetSession();
    failed((await browser.follow(again)).location);
    expect(browser.hasSession).toBe(false);
  });

  it('is refused with another state, without one, and after ten minutes', async () => {
    const browser = browserOf();
    const back = await browser.pick((await browser.begin()).location, person.user);
    const other = new URL(back);
    other.searchParams.set('state', 'other');
    failed((await browser.follow(other.href)).location);
    other.searchParams.delete('state');
    failed((await browser.follow(other.href)).location);
    const late = await browser.pick((await browser.begin()).location, person.user);
    api.advance(10 * MINUTE_MS);
    failed((await browser.follow(late)).location);
    api.advance(-10 * MINUTE_MS);
    expect(browser.hasSession).toBe(false);
  });

  it('says that the issuer is away', async () => {
    const lost = await startIssuer();
    const other = await startTestApi('first_come', undefined, { sso: signInSettings(lost) });
    await lost.stop();
    try {
      const began = await new Browser(other.url(), lost.url).begin();
      expect(began.location).toMatch(/\/app\?problem=issuer_unavailable$/);
    } finally {
      await other.stop();
    }
  });

  it('does not exist where the app has no client', async () => {
    const { client: _, ...sso } = signInSettings(issuer);
    const other = await startTestApi('first_come', undefined, { sso });
    try {
      expect((await other.call('GET', '/app/sign-in')).status).toBe(404);
      expect((await other.call('GET', '/app/me')).json['signInPath']).toBeNull();
    } finally {
      await other.stop();
    }
  });
});

describe('requests that other pages make', () => {
  const foreign = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' };

  it.each([
    ['read from another origin', 'GET', foreign],
    ['read from nobody knows where', 'GET', { 'sec-fetch-site': '' }],
    ['read from a sibling domain', 'GET', { 'sec-fetch-site': 'same-site' }],
    ['change from another origin, with the token', 'PATCH', foreign],
    ['change without the token', 'PATCH', { 'x-coffer-csrf': '' }],
    ['change with another token', 'PATCH', { 'x-coffer-csrf': 'x'.repeat(43) }],
  ] as const)('do not %s', async (_, method, headers) => {
    const browser = await signedIn();
    const [path, body] =
      method === 'GET' ? ['/treasury/balance'] : ['/treasury/settings', { lowBalanceThresholdUsd: '1.00' }];
    expect((await browser.call(method, path, body, headers)).status).toBe(401);
    expect((await browser.call(method, path, body)).status).toBe(200);
  });

  it('do not sign out', async () => {
    const browser = await signedIn();
    expect((await browser.call('POST', '/app/sign-out', {}, foreign)).status).toBe(401);
    expect(await balance(browser)).toBe(200);
  });
});

it('counts a cookie only where no Authorization is sent', async () => {
  const browser = await signedIn();
  expect((await browser.call('GET', '/treasury/balance', undefined, { authorization: 'Bearer nobody' })).status).toBe(
    401,
  );
  expect((await browser.call('GET', '/treasury/balance', undefined, { authorization: '' })).status).toBe(401);
  const other = await api.createCustomer(3n);
  const answer = await browser.call('GET', '/treasury/balance', undefined, { authorization: `Bearer ${other.key}` });
  expect(answer.json['availableUsd']).toBe('3.00');
});

describe('the end of a session', () => {
  it('comes with the sign-out, for this browser alone', async () => {
    const [one, two] = [await signedIn(), await signedIn()];
    const token = one.sessionToken;
    expect((await one.call('POST', '/app/sign-out')).status).toBe(204);
    expect(one.hasSession).toBe(false);
    one.plant(token);
    expect(await balance(one)).toBe(401);
    expect(await balance(two)).toBe(200);
  });

  it('comes everywhere with the sign-out everywhere, and for nobody else', async () => {
    const [one, two] = [await signedIn(), await signedIn()];
    issuer.setPerson({ user: 'bob', orgs: { [org]: 'viewer' } });
    const bob = await signedIn('bob');
    expect((await one.call('POST', '/app/sign-out', { everywhere: true })).status).toBe(204);
    expect(await balance(two)).toBe(401);
    expect(await balance(bob)).toBe(200);
  });

  it('comes when it is not used for an hour, and does not while it is', async () => {
    const [idle, used] = [await signedIn(), await signedIn()];
    for (let minutes = 0; minutes < 60; minutes += 20) {
      advance(20 * MINUTE_MS);
      await vi.waitFor(async () => expect(await balance(used)).toBe(200));
    }
    expect(await balance(idle)).toBe(401);
  });

  it('comes after twelve hours, however much it is used', async () => {
    const browser = await signedIn();
    for (let hours = 0; hours < 12; hours += 0.5) {
      // The use of a session is noted beside the request.
      await vi.waitFor(async () => expect(await balance(browser)).toBe(200));
      advance(30 * MINUTE_MS);
    }
    expect(await balance(browser)).toBe(401);
  });

  it('comes when the person is erased', async () => {
    const browser = await signedIn();
    const admin = await api.createKey({ kind: 'admin' });
    await api.call('POST', `/admin/users/${person.user}/erase`, { key: admin, body: {} });
    advance(5_000);
    expect(await balance(browser)).toBe(401);
  });
});

describe('roles', () => {
  it('are read again within 15 minutes', async () => {
    const browser = await signedIn();
    issuer.setPerson({ ...person, orgs: { [org]: 'viewer' } });
    advance(ROLES_STALE_MS - MINUTE_MS);
    expect((await browser.call('PATCH', '/treasury/settings', { lowBalanceThresholdUsd: '1.00' })).status).toBe(200);
    advance(ROLES_AGE_MS_MAX - ROLES_STALE_MS);
    expect((await browser.call('PATCH', '/treasury/settings', { lowBalanceThresholdUsd: '2.00' })).status).toBe(403);
    expect(await balance(browser)).toBe(200);
  });

  it('are asked for once, however many requests come at once', async () => {
    const browser = await signedIn();
    advance(ROLES_AGE_MS_MAX);
    const all = await Promise.all(Array.from({ length: 8 }, async () => balance(browser)));
    expect(all).toEqual(Array.from({ length: 8 }, () => 200));
    expect(await balance(browser)).toBe(200);
  });

  it('end with the session when the issuer vouches for the person no longer', async () => {
    const browser = await signedIn();
    issuer.revoke(person.user);
    advance(ROLES_STALE_MS);
    expect(await balance(browser)).toBe(401);
    expect(await balance(browser)).toBe(401);
  });
});

describe('what needs a fresh sign-in', () => {
  it('is refused ten minutes after the person proved who they are, until they prove it again', async () => {
    issuer.setPerson({ ...person, platformAdmin: true });
    const browser = await signedIn();
    const body = { type: 'GRANT', amountUsd: '1.00', reason: 'a gift' };
    const book = async (): Promise<Answer> => browser.call('POST', `/admin/orgs/${org}/entries`, body);
    expect((await book()).status).toBe(200);
    advance(FRESH_MS + 1_000);
    const refused = await book();
    expect(refused.status).toBe(403);
    expect(refused.json).toMatchObject({ code: 'FORBIDDEN', reason: 'sign_in_too_old' });
    expect((await browser.call('POST', '/admin/keys', { kind: 'admin', name: 'k', scopes: [] })).status).toBe(403);
    expect(await balance(browser)).toBe(200);
    await browser.signIn(person.user, '?fresh=true');
    expect((await book()).status).toBe(200);
  });

  it('is every booking, every key and every refund', async () => {
    const document = await (await fetch(`${api.url()}/openapi.json`)).text();
    const { paths } = JSON.parse(document) as { paths: Record<string, Record<string, { description: string }>> };
    const needing = Object.entries(paths).flatMap(([path, calls]) =>
      Object.entries(calls).flatMap(([method, { description }]) =>
        description.includes('sign-in of the last 10 minutes') ? [`${method.toUpperCase()} ${path}`] : [],
      ),
    );
    const money = /\/(keys|entries|refunds|approve)(\/|$)/;
    const expected = Object.entries(paths).flatMap(([path, calls]) =>
      Object.keys(calls).flatMap((method) =>
        method !== 'get' && money.test(path) ? [`${method.toUpperCase()} ${path}`] : [],
      ),
    );
    expect(needing.toSorted()).toEqual([...expected, 'POST /orgs/{org}/wallet'].toSorted());
  });
});
