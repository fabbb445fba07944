/** The org billing surface: who may call what, and what does not work against it. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sign } from '../../devnet/stripe/deliveries.ts';
import { signInSettings, startIssuer, type Issuer } from '../../devnet/issuer.ts';
import { openContractApi, PATIENCE, type ContractApi } from '../support/contract/api.ts';
import { openOrgShop, URLS, type OrgShop } from '../support/contract/org-shop.ts';
import { listIn } from '../support/asserts.ts';

let issuer: Issuer;
let api: ContractApi;
let shop: OrgShop;
beforeAll(async () => {
  issuer = await startIssuer();
  api = await openContractApi({ sso: signInSettings(issuer), adminEntryLimitUsd: '1000.00' });
  shop = await openOrgShop(api);
});
afterAll(async () => {
  await api.stop();
  await issuer.stop();
});

/** Who calls: a key's kind and scopes, or a person. */
const CALLERS = {
  'an org key with treasury:read': async () => api.createKey({ org: shop.org, scopes: ['treasury:read'] }),
  'an org key with treasury:spend': async () => api.createKey({ org: shop.org, scopes: ['treasury:spend'] }),
  'an org key with treasury:admin': async () => api.createKey({ org: shop.org, scopes: ['treasury:admin'] }),
  'a platform key with treasury:spend': async () => api.createKey({ scopes: ['treasury:spend'] }),
  'a platform key with treasury:admin': async () => api.createKey({ scopes: ['treasury:admin'] }),
  'an admin key with every scope': async () => Promise.resolve(api.adminKey),
  'an admin key without scopes': async () => api.createKey({ kind: 'admin', scopes: [] }),
  'the owner of the org': async () => issuer.sign({ user: 'o', orgs: { [shop.org]: 'owner' } }),
  'a member of the org': async () => issuer.sign({ user: 'm', orgs: { [shop.org]: 'member' } }),
  'a platform admin': async () => issuer.sign({ user: 'p', orgs: {}, platformAdmin: true }),
  'an owner of another org': async () => issuer.sign({ user: 'x', orgs: { [await api.createOrg()]: 'owner' } }),
} as const;
type Caller = keyof typeof CALLERS;

const READ: readonly Caller[] = [
  'an org key with treasury:read',
  'an admin key with every scope',
  'the owner of the org',
  'a member of the org',
];
const ADMIN: readonly Caller[] = [
  'an org key with treasury:admin',
  'a platform key with treasury:admin',
  'an admin key with every scope',
  'the owner of the org',
];
const SPEND: readonly Caller[] = [
  'an org key with treasury:spend',
  'a platform key with treasury:spend',
  'an admin key with every scope',
];
const MINT: readonly Caller[] = [
  'a platform key with treasury:admin',
  'an admin key with every scope',
  'an admin key without scopes',
  'a platform admin',
];

const dear = { name: 'p', price_cents: 100, amount_micros: 1_000_001 };
const CALLS: readonly (readonly [string, string, object | undefined, readonly Caller[]])[] = [
  ['GET', '/billing', undefined, READ],
  ['GET', '/wallet', undefined, READ],
  ['GET', '/transactions', undefined, READ],
  ['GET', '/products', undefined, READ],
  ['PUT', '/billing', { auto_refill_threshold: 7 }, ADMIN],
  ['PUT', '/billing', { free_tier_amount: 0 }, MINT],
  ['PUT', '/billing', { stripe_webhook_secret: 'whsec_again_and_again' }, MINT],
  ['PUT', '/billing', { stripe_secret_key: null }, MINT],
  ['POST', '/wallet', { operation: 'deposit', amount_micros: 1_000, description: 'd' }, MINT],
  ['POST', '/wallet', { operation: 'charge', amount_micros: 1, description: 'c' }, SPEND],
  ['POST', '/products', { ...dear, amount_micros: 1_000_000 }, ADMIN],
  ['POST', '/products', dear, ADMIN.filter((caller) => MINT.includes(caller))],
  ['POST', '/checkout/cs_none/verify', {}, ADMIN],
];

describe.each(Object.keys(CALLERS) as Caller[])('%s', (caller) => {
  test.each(CALLS)('%s %s %o', async (method, path, body, allowed) => {
    const key = await CALLERS[caller]();
    await api.call('POST', `/orgs/${shop.org}/wallet`, {
      key: api.adminKey,
      body: { operation: 'deposit', amount_micros: 1_000, description: 'enough' },
    });
    const { status, json } = await shop.call(method, path, body, { key });
    if (allowed.includes(caller)) {
      // Without the key of the account, what goes to the provider is 409; a checkout that is not there is 404.
      expect([200, 201, 409, path.endsWith('/verify') ? 404 : 200]).toContain(status);
      return;
    }
    expect([403, 404]).toContain(status);
    if (caller === 'an owner of another org') expect([status, json['code']]).toEqual([404, 'NOT_FOUND']);
    if (status === 403) expect(json['code']).toBe('FORBIDDEN');
  });
});

test('PUT /orgs/{org}/billing: a body of both rights is refused as a whole, naming the field', async () => {
  const { call } = await openOrgShop(api, { setUp: false });
  for (const [field, value] of [
    ['free_tier_amount', 5],
    ['stripe_secret_key', 'sk_test_1234567890'],
    ['stripe_webhook_secret', 'whsec_1234567890'],
  ] as const) {
    const { status, json } = await call('PUT', '/billing', { auto_refill_threshold: 5, [field]: value });
    expect([status, json]).toMatchObject([403, { code: 'FORBIDDEN', field, detail: expect.stringContaining(field) }]);
  }
  expect((await call('GET', '/billing')).json).toMatchObject({ auto_refill_threshold: null, has_stripe_key: false });
});

test('PUT /orgs/{org}/billing: an org that an admin trusts sets its own keys, and sells more than it is paid for', async () => {
  const { org, key, call, shop: account } = await openOrgShop(api, { setUp: false });
  const keys = { stripe_secret_key: account.createKey(), stripe_webhook_secret: 'whsec_1234567890' };
  expect((await call('PUT', '/billing', keys)).status).toBe(403);
  const path = `/admin/orgs/${org}`;
  const body = { orgBilling: { trusted: true } };
  expect((await api.call('PATCH', path, { key, body })).status).toBe(403);
  const trusted = await api.call('PATCH', path, { key: api.adminKey, body });
  expect(trusted.json).toMatchObject(body);
  const noted = await api.call('GET', `/admin/audit?org=${org}&subject=org_settings`, { key: api.adminKey });
  expect(listIn(noted, 'acts')).toMatchObject([
    { before: { billing_trusted: false }, after: { billing_trusted: true } },
  ]);
  expect((await call('PUT', '/billing', keys)).json).toMatchObject({ has_stripe_key: true });
  expect((await call('POST', '/products', dear)).status).toBe(201);
  const free = await call('PUT', '/billing', { free_tier_amount: 1 });
  expect([free.status, free.json['field']]).toEqual([403, 'free_tier_amount']);
  const again = await call('POST', '/products', { ...dear, name: 'Again' });
  const product = `/products/${String(again.json['product_id'])}`;
  await api.call('PATCH', path, { key: api.adminKey, body: { orgBilling: { trusted: false } } });
  const refused = await call('POST', '/products', dear);
  expect([refused.status, refused.json]).toMatchObject([403, { field: 'amount_micros' }]);
  expect((await call('PATCH', product, { active: false }, { key: api.adminKey })).json).toMatchObject({
    active: false,
  });
  const onSale = await call('PATCH', product, { active: true, name: 'Back' });
  expect([onSale.status, onSale.json]).toMatchObject([403, { field: 'active' }]);
  expect((await call('GET', product)).json).toMatchObject({ active: false, name: 'Again' });
  expect((await call('PATCH', product, { name: 'Other' })).json).toMatchObject({ active: false, name: 'Other' });
  expect((await call('PATCH', product, { active: true }, { key: api.adminKey })).json).toMatchObject({ active: true });
});

test('POST /orgs/{org}/wallet: a deposit above the limit waits for a second person, and then has the same account', async () => {
  const { call, key } = await openOrgShop(api, { setUp: false });
  const body = { operation: 'deposit', amount_micros: 1_000_000_001, description: 'wire 9', app_id: 'bank' };
  const asked = await call('POST', '/wallet', body, { key: api.adminKey, name: 'w9' });
  expect([asked.status, asked.json]).toMatchObject([
    202,
    { state: 'pending', booking: { type: 'DEPOSIT', amountUsd: '1000.000001' } },
  ]);
  expect((await call('GET', '/wallet')).json['wallet_balance']).toBe(0);
  const approve = `/admin/approvals/${String(asked.json['id'])}/approve`;
  expect((await api.call('POST', approve, { key: api.adminKey, body: {} })).status).toBe(403);
  const second = await api.createKey({ kind: 'admin' });
  expect((await api.call('POST', approve, { key: second, body: {} })).status).toBe(200);
  expect(listIn(await call('GET', '/transactions'), 'transactions')).toMatchObject([
    { type: 'deposit', amount_micros: 1_000_000_001, description: 'wire 9', app_id: 'bank' },
  ]);
  const balance = await api.call('GET', '/treasury/balance', { key });
  expect(balance.json).toMatchObject({ totalUsd: '1000.000001' });
  const free = await call('PUT', '/billing', { free_tier_amount: 1_000_000_001 }, { key: api.adminKey });
  expect([free.status, free.json['change']]).toEqual([202, { kind: 'free_tier', countsUsd: '1000.000001' }]);
});

describe('POST /orgs/{org}/wallet: amounts are read exactly, or refused', () => {
  test.each([
    ['1e3', 1_000],
    ['1000.0', 1_000],
    ['0.1e4', 1_000],
  ])('%s is %d', async (written, amount) => {
    const { org, call } = await openOrgShop(api, { setUp: false });
    const body = `{"operation":"deposit","amount_micros":${written},"description":"d"}`;
    const { json } = await api.call('POST', `/orgs/${org}/wallet`, { key: api.adminKey, body });
    expect(json['wallet_balance']).toBe(amount);
    expect((await call('GET', '/wallet')).text).toContain(`"wallet_balance":${amount},`);
  });

  test.each(['0', '-1', '0.5', '1e-7', '"5"', '9007199254740993', '1000000000000001', 'true', 'null', '1e400'])(
    '%s is refused',
    async (written) => {
      const { org, call } = await openOrgShop(api, { setUp: false });
      const body = `{"operation":"deposit","amount_micros":${written},"description":"d"}`;
      const { status, json } = await api.call('POST', `/orgs/${org}/wallet`, { key: api.adminKey, body });
      expect([status, json]).toMatchObject([400, { errors: [{ path: 'amount_micros' }] }]);
      expect((await call('GET', '/wallet')).json['wallet_balance']).toBe(0);
    },
  );
});

test('A50 an org that signs an event about the checkout of another changes nothing', async () => {
  const [victim, attacker] = [await openOrgShop(api), await openOrgShop(api)];
  const { session, order } = await victim.checkout(await victim.product());
  const event = JSON.stringify({
    id: 'evt_forged',
    object: 'event',
    type: 'checkout.session.completed',
    created: Math.floor(api.stripe.clock.nowMs() / 1_000),
    livemode: false,
    data: {
      object: { id: session, object: 'checkout.session', payment_status: 'paid', metadata: { coffer_order: order } },
    },
  });
  const headers = {
    'content-type': 'application/json',
    'stripe-signature': sign(event, [attacker.secret], api.stripe.clock.now()),
  };
  for (const path of [`/webhooks/stripe/${attacker.org}`, `/webhooks/stripe/${victim.org}`, '/webhooks/stripe']) {
    const answer = await fetch(`${api.url()}${path}`, { method: 'POST', headers, body: event });
    expect([path, answer.status]).toEqual([path, 400]);
  }
  const verified = await attacker.call('POST', `/checkout/${session}/verify`);
  expect(verified.status).toBe(404);
  expect([await victim.balance(), await attacker.balance()]).toEqual([0, 0]);
  // What is really paid is credited to the one whose checkout it is.
  api.stripe.pay(session);
  await expect.poll(victim.balance, PATIENCE).toBe(10_000_000);
  expect(await attacker.balance()).toBe(0);
});

test('POST /orgs/{org}/checkout: without a key, or with one of the other mode, nothing is sold', async () => {
  const { call, product, shop: account } = await openOrgShop(api);
  const sold = await product();
  for (const [key, missing] of [
    [account.createKey('live'), 'a key of mode test'],
    [null, 'stripe_secret_key'],
  ] as const) {
    await call('PUT', '/billing', { stripe_secret_key: key }, { key: api.adminKey });
    for (const [method, path, body] of [
      ['POST', '/checkout', { product_id: sold, ...URLS }],
      ['POST', '/products', { name: 'x', price_cents: 100, amount_micros: 1 }],
      ['PATCH', `/products/${sold}`, { active: false }],
    ] as const) {
      const { status, json } = await call(method, path, body);
      expect([status, json]).toMatchObject([409, { code: 'PAYMENTS_NOT_CONFIGURED', missing }]);
    }
  }
  expect((await call('GET', `/products/${sold}`)).json).toMatchObject({ active: true });
});

test('POST /orgs/{org}/checkout: what a restricted key lacks is shown by name, until it does not lack it', async () => {
  const all = ['product_write', 'plan_write', 'checkout_session_write', 'event_read'];
  const { call, product, shop: account } = await openOrgShop(api, { permissions: all.slice(0, 2) });
  const sold = await product();
  const refused = await call('POST', '/checkout', { product_id: sold, ...URLS });
  expect([refused.status, refused.json]).toMatchObject([502, { code: 'PAYMENT_PROVIDER_FAILED', outcome: 'refused' }]);
  expect(refused.json['detail']).toContain('checkout_session_write');
  expect((await call('GET', '/billing')).json['missing_permissions']).toContain('checkout_session_write');
  await call('PUT', '/billing', { stripe_secret_key: account.createKey('test', all) }, { key: api.adminKey });
  expect((await call('POST', '/checkout', { product_id: sold, ...URLS })).status).toBe(200);
  expect((await call('GET', '/billing')).json['missing_permissions']).not.toContain('checkout_session_write');
});
