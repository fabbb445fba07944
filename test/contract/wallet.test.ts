/** The universal wallet, as its published pages describe it. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { uuidV7 } from '../../src/core/ids.ts';
import { suspendUser } from '../../src/db/access/users.ts';
import { listIn } from '../support/asserts.ts';
import { PATIENCE, WEBHOOK_SECRET } from '../support/contract/api.ts';
import { openPeopleApi, type PeopleApi } from '../support/contract/people.ts';
import { Browser } from '../support/http/browser.ts';

let api: PeopleApi;
beforeAll(async () => {
  api = await openPeopleApi();
  const prices = [
    { action: 'image_upscale', unit: 'image', rateUsd: '0.05' },
    { action: 'tokens', unit: 'token', rateUsd: '0.0000025' },
    { action: 'nothing', unit: 'call', rateUsd: '0' },
  ];
  for (const body of prices) {
    await api.call('POST', '/admin/prices', { key: api.adminKey, body });
  }
});
afterAll(async () => api.stop());

const RETURN = { returnUrl: 'https://shop.example/back' };

describe('who may call', () => {
  test('a key comes as a bearer or in its own header, and a bad one there is 403', async () => {
    const { user } = await api.person(3n);
    const path = `/io/wallet/balance?user_id=${encodeURIComponent(user)}`;
    const inHeader = async (key: string, more = {}): Promise<[number, unknown]> => {
      const { status, json } = await api.call('GET', path, { headers: { 'x-wallet-service-key': key, ...more } });
      return [status, json['credits'] ?? json['code']];
    };
    expect(await inHeader(api.serviceKey)).toEqual([200, 3]);
    expect(await inHeader('ck_live_wrong')).toEqual([403, 'FORBIDDEN']);
    expect(await inHeader(await api.issuer.sign({ user }))).toEqual([403, 'FORBIDDEN']);
    expect(await inHeader(api.serviceKey, { authorization: 'Bearer x' })).toEqual([400, 'VALIDATION_FAILED']);
    expect((await api.call('GET', path)).status).toBe(401);
    const elsewhere = await api.call('GET', '/treasury/balance', {
      headers: { 'x-wallet-service-key': api.serviceKey },
    });
    expect(elsewhere.status).toBe(401);
  });

  test('a key in its header beside the cookie of a sign-in session is refused: which caller is meant is not guessed', async () => {
    const { user } = await api.person(3n);
    api.issuer.setPerson({ user });
    const browser = new Browser(api.url(), api.issuer.url);
    await browser.signIn(user);
    const path = '/io/wallet/balance?user_id=somebody';
    expect((await browser.call('GET', path)).json).toMatchObject({ credits: 3, user_id: user });
    const header = { 'x-wallet-service-key': api.serviceKey };
    const refused = { code: 'VALIDATION_FAILED', errors: [{ path: 'x-wallet-service-key' }] };
    const both = await browser.call('GET', path, undefined, header);
    expect([both.status, both.json]).toMatchObject([400, refused]);
    const body = { user_id: user, feature: 'x', amount: 1 };
    const deducted = await browser.call('POST', '/io/wallet/deduct', body, header);
    expect([deducted.status, deducted.json]).toMatchObject([400, { ...refused, allowed: false }]);
    // A cookie that opens nothing is a credential all the same.
    browser.plant('x'.repeat(43));
    expect((await browser.call('GET', path, undefined, header)).status).toBe(400);
    // The documented order of the other two: the cookie counts only without Authorization.
    const bearer = { authorization: `Bearer ${api.serviceKey}` };
    expect((await browser.call('GET', path, undefined, bearer)).json).toMatchObject({ user_id: 'somebody' });
    expect((await api.serve('GET', `/io/wallet/balance?user_id=${encodeURIComponent(user)}`)).json['credits']).toBe(3);
  });

  test('an org that the request names is ignored: these calls are about none', async () => {
    const { user } = await api.person(3n);
    const named = encodeURIComponent(user);
    for (const org of [await api.createOrg(), '00000000-0000-7000-8000-000000000000', 'x']) {
      for (const path of [`/io/wallet/balance?user_id=${named}`, '/credits/balance']) {
        const key = path.startsWith('/io') ? api.serviceKey : await api.issuer.sign({ user });
        const answer = await api.call('GET', path, { key, headers: { 'coffer-org': org } });
        expect([org, path, answer.status]).toEqual([org, path, 200]);
      }
    }
  });

  test('keys of an org, and keys that may not spend, act for nobody', async () => {
    const { user, call } = await api.person(3n);
    const bound = (await api.createCustomer()).key;
    const reader = await api.createKey({ kind: 'platform', scopes: ['treasury:read', 'treasury:admin'] });
    for (const key of [bound, reader]) {
      for (const [method, path, body] of [
        ['GET', `/io/wallet/balance?user_id=${encodeURIComponent(user)}`, undefined],
        ['GET', `/io/wallet/transactions?user_id=${encodeURIComponent(user)}`, undefined],
        ['POST', '/io/wallet/deduct', { user_id: user, feature: 'tokens', amount: 1 }],
        ['POST', '/io/wallet/topup-session', { user_id: user, amountDollars: 10, ...RETURN }],
      ] as const) {
        expect([path, (await api.call(method, path, { key, body })).status]).toEqual([path, 403]);
      }
    }
    const own = await call('POST', '/io/wallet/deduct', { user_id: user, feature: 'tokens', amount: 1 });
    expect([own.status, own.json]).toMatchObject([403, { allowed: false, error: expect.any(String) }]);
    expect(
      (await call('POST', '/io/wallet/topup-session', { user_id: user, amountDollars: 10, ...RETURN })).status,
    ).toBe(403);
  });
});

test('GET /io/wallet/balance: people see their own whomever they name, and a stranger has 0', async () => {
  const [mine, other] = [await api.person(5n), await api.person(7n)];
  const asked = await mine.call('GET', `/io/wallet/balance?user_id=${encodeURIComponent(other.user)}`);
  expect(asked.text).toBe(`{"credits":5.00,"balance":5.00,"user_id":"${mine.user}"}`);
  expect(asked.headers.get('cache-control')).toBe('no-store');
  expect((await api.serve('GET', '/io/wallet/balance?user_id=nobody')).json).toEqual({
    credits: 0,
    balance: 0,
    user_id: 'nobody',
  });
});

test.each(['/io/wallet/balance', '/io/wallet/transactions'])(
  'GET %s: what a person names is not even read, and a service names a user',
  async (path) => {
    const { call, user } = await api.person(5n);
    const own = await call('GET', path);
    for (const named of ['', 'x'.repeat(256), 'line%0Abreak', '%00', '%ED%A0%80']) {
      const asked = await call('GET', `${path}?user_id=${named}`);
      expect([named, asked.status, asked.text]).toEqual([named, 200, own.text]);
      const served = await api.serve('GET', `${path}?user_id=${named}`);
      // A lone surrogate is no character in UTF-8: it is read as the one that stands for what cannot be read.
      const status = named === '%ED%A0%80' ? 200 : 400;
      expect([named, served.status]).toEqual([named, status]);
      if (status === 400) expect(served.json).toMatchObject({ errors: [{ path: 'user_id' }] });
    }
    expect((await call('GET', `${path}?userid=${user}`)).json).toMatchObject({ errors: [{ path: 'userid' }] });
    expect((await api.serve('GET', path)).json).toMatchObject({
      code: 'VALIDATION_FAILED',
      errors: [{ path: 'user_id', message: 'is required' }],
    });
  },
);

describe('POST /io/wallet/deduct:', () => {
  const deduct = async (body: object, headers = {}): ReturnType<PeopleApi['serve']> =>
    api.serve('POST', '/io/wallet/deduct', body, headers);

  test('charges units at the rate of the feature, to the micro-dollar', async () => {
    const { user } = await api.person(1n);
    const one = await deduct({ user_id: user, feature: 'image_upscale' });
    expect(one.text).toBe('{"allowed":true,"balanceBefore":1.00,"balanceAfter":0.95,"balance":0.95,"deducted":0.05}');
    const more = await deduct({ user_id: user, feature: 'tokens', units: 1_001 });
    expect(more.json).toMatchObject({ allowed: true, deducted: 0.002503, balanceAfter: 0.947497 });
    expect((await deduct({ user_id: user, feature: 'nothing' })).json).toMatchObject({ allowed: true, deducted: 0 });
  });

  test('takes an amount as the price, and then the feature may be anything', async () => {
    const { user } = await api.person(1n);
    const { json } = await deduct({ user_id: user, feature: 'agent run', amount: 0.25, count: 3 });
    expect(json).toMatchObject({ allowed: true, balanceBefore: 1, balanceAfter: 0.75, deducted: 0.25 });
    const exact = await api.serve('POST', '/io/wallet/deduct', `{"user_id":"${user}","feature":"x","amount":5e-05}`);
    expect(exact.json).toMatchObject({ allowed: true, deducted: 0.00005 });
    const unknown = await deduct({ user_id: user, feature: 'agent run' });
    expect([unknown.status, unknown.json]).toMatchObject([400, { code: 'VALIDATION_FAILED', allowed: false }]);
  });

  test('answers what is short, and charges nothing', async () => {
    const { user } = await api.person(1n);
    const short = await deduct({ user_id: user, feature: 'image_upscale', count: 21 });
    expect([short.status, short.text]).toEqual([200, '{"allowed":false,"balanceBefore":1.00,"required":1.05}']);
    expect((await deduct({ user_id: user, feature: 'image_upscale', count: 20 })).json).toMatchObject({
      allowed: true,
      balance: 0,
    });
    expect((await deduct({ user_id: uuidV7(Date.now()), feature: 'x', amount: 1 })).json).toEqual({
      allowed: false,
      balanceBefore: 0,
      required: 1,
    });
  });

  test('of a suspended user is refused, and not allowed', async () => {
    const { user } = await api.person(1n);
    await suspendUser(api.db, { id: user, at: new Date(), suspended: true, reason: 'abuse' });
    api.advance(6_000);
    const refused = await deduct({ user_id: user, feature: 'x', amount: 0.5 });
    expect([refused.status, refused.json]).toMatchObject([403, { code: 'USER_SUSPENDED', allowed: false }]);
  });

  test('happens once for a key, whatever the price is then', async () => {
    const { user } = await api.person(1n);
    const body = { user_id: user, feature: 'image_upscale', idempotency_key: 'one' };
    const [first, second] = [await deduct(body), await deduct(body)];
    expect([second.text, second.headers.get('idempotency-replayed')]).toEqual([first.text, 'true']);
    const other = await deduct({ ...body, count: 2 });
    expect([other.status, other.json]).toMatchObject([409, { code: 'IDEMPOTENCY_CONFLICT', allowed: false }]);
  });

  test('reads only what it knows: what looks like an amount is refused, the rest is named', async () => {
    const { user } = await api.person(1n);
    const body = { user_id: user, feature: 'x', amount: 0.1 };
    for (const name of ['quantity', 'credits', 'price', 'cost', 'amount_micros', 'amount_cents']) {
      expect((await deduct({ ...body, [name]: 1 })).json).toMatchObject({ errors: [{ path: name }] });
    }
    expect((await deduct({ ...body, count: 1, units: 2 })).json).toMatchObject({ errors: [{ path: 'units' }] });
    expect((await deduct({ ...body, count: 0 })).status).toBe(400);
    expect((await deduct({ ...body, amount: '0.1' })).status).toBe(400);
    const ignored = await deduct({ ...body, trace: 'abc', é: 1 });
    expect([ignored.status, ignored.headers.get('coffer-ignored-fields')]).toEqual([200, 'trace, %C3%A9']);
    const dry = await deduct(body, { 'coffer-dry-run': 'true' });
    expect([dry.status, dry.json['allowed']]).toEqual([400, false]);
  });

  test('never takes more than there is, however many ask at once', async () => {
    const { user } = await api.person(1n);
    const all = await Promise.all(
      Array.from({ length: 40 }, async () => deduct({ user_id: user, feature: 'image_upscale' })),
    );
    expect(all.filter(({ json }) => json['allowed'] === true)).toHaveLength(20);
    expect((await api.serve('GET', `/io/wallet/balance?user_id=${encodeURIComponent(user)}`)).json['credits']).toBe(0);
  });
});

describe('POST /io/wallet/topup-session:', () => {
  const topUp = async (body: object): ReturnType<PeopleApi['serve']> =>
    api.serve('POST', '/io/wallet/topup-session', body);

  test.each([
    [{ amountDollars: 10.5 }, 'amount_dollars must be an integer'],
    [{ amount: '20' }, 'amount_dollars must be an integer'],
    [{}, 'amount_dollars must be an integer'],
    [{ amount_dollars: 9 }, 'Minimum top-up is $10'],
    [{ amount: 100_001 }, 'Maximum top-up per transaction is $100,000'],
  ])('refuses %j word for word', async (amount, message) => {
    const { status, json } = await topUp({ user_id: 'somebody', ...RETURN, ...amount });
    expect([status, json]).toMatchObject([400, { code: 'VALIDATION_FAILED', message, error: message }]);
  });

  test('what is paid is credited once, to the user, and spendable on every surface', async () => {
    const { user, call } = await api.person();
    const opened = await topUp({ user_id: user, amountDollars: 25, product: 'studio', ...RETURN });
    expect(opened.json).toEqual({ url: expect.stringMatching(/^http/), sessionId: expect.stringMatching(/^cs_/) });
    api.stripe.pay(String(opened.json['sessionId']));
    await expect
      .poll(async () => (await call('GET', '/credits/balance')).json['data'], PATIENCE)
      .toEqual({
        balance: 25_000,
      });
    const spent = await api.serve('POST', '/credits/deduct', { user_id: user, amount: 1_000 });
    expect([spent.status, spent.json['data']]).toMatchObject([200, { balance: 24_000 }]);
    const listed = listIn(await call('GET', '/io/wallet/transactions'), 'items');
    expect(listed).toMatchObject([
      { type: 'deduct', credits: -1, balance_after: 24 },
      { type: 'topup', credits: 25, balance_after: 25, stripe_session_id: opened.json['sessionId'] },
    ]);
    const order = await api.call('GET', '/admin/orders?limit=1', { key: api.adminKey });
    expect(listIn(order, 'orders')).toMatchObject([{ orgId: null, userId: user, metadata: { product: 'studio' } }]);
    const eventsNow = async (): Promise<string> =>
      (await api.call('GET', '/admin/events?types=order.credited', { key: api.adminKey })).text;
    await expect.poll(eventsNow, PATIENCE).toContain(`"userId":"${user}"`);
  });

  test('the same key opens the same checkout, and a URL takes the place of a missing one', async () => {
    const { user } = await api.person();
    const body = { user_id: user, amount: 10, success_url: 'https://shop.example/yes', idempotency_key: 'k' };
    const [first, again] = [await topUp(body), await topUp(body)];
    expect([again.json, again.headers.get('idempotency-replayed')]).toEqual([first.json, 'true']);
    expect((await topUp({ ...body, amount: 11 })).json['code']).toBe('IDEMPOTENCY_CONFLICT');
    expect((await topUp({ ...body, idempotency_key: 'l', success_url: undefined })).status).toBe(400);
    expect((await topUp({ ...body, idempotency_key: 'm', success_url: 'https://evil.example/' })).status).toBe(400);
  });
});

test('GET /io/wallet/transactions: newest first, in pages, with the feature of each deduct; they sum to the balance', async () => {
  const { user, call } = await api.person(2n);
  await api.serve('POST', '/io/wallet/deduct', { user_id: user, feature: 'image_upscale', count: 2 });
  await api.serve('POST', '/io/wallet/deduct', { user_id: user, feature: 'agent run', amount: 0.5 });
  const all = listIn(await call('GET', '/io/wallet/transactions'), 'items');
  expect(all.map(({ type, feature, credits }) => [type, feature, credits])).toEqual([
    ['deduct', 'agent run', -0.5],
    ['deduct', 'image_upscale', -0.1],
    ['topup', undefined, 2],
  ]);
  const path = `/io/wallet/transactions?user_id=${encodeURIComponent(user)}&limit=2`;
  const first = await api.serve('GET', path);
  const next = await api.serve('GET', `${path}&cursor=${String(first.json['nextCursor'])}`);
  expect([...listIn(first, 'items'), ...listIn(next, 'items')]).toEqual(all);
  expect(next.json['nextCursor']).toBeNull();
});

test('GET /io/wallet/rates: anybody may read what features cost', async () => {
  const { status, text } = await api.call('GET', '/io/wallet/rates');
  expect([status, text]).toEqual([
    200,
    '{"rates":[{"feature":"image_upscale","label":"Image upscale","credits":0.05,"unit":"image"},' +
      '{"feature":"nothing","label":"Nothing","credits":0,"unit":"call"},' +
      '{"feature":"tokens","label":"Tokens","credits":0.0000025,"unit":"token"}]}',
  ]);
});

test('POST /io/wallet/webhook: takes what Stripe signed, and nothing else', async () => {
  const bad = await api.call('POST', '/io/wallet/webhook', {
    body: '{"type":"checkout.session.completed"}',
    headers: { 'stripe-signature': 't=1,v1=00' },
  });
  expect([bad.status, bad.json]).toMatchObject([400, { code: 'SIGNATURE_INVALID', error: expect.any(String) }]);
  const { user, call } = await api.person();
  api.shop.addEndpoint(`${api.url()}/io/wallet/webhook`, { secret: WEBHOOK_SECRET });
  const opened = await api.serve('POST', '/io/wallet/topup-session', { user_id: user, amountDollars: 12, ...RETURN });
  api.stripe.pay(String(opened.json['sessionId']));
  await expect.poll(async () => (await call('GET', '/io/wallet/balance')).json['credits'], PATIENCE).toBe(12);
});
