/** The org billing surface: settings and wallet, in whole micro-dollars and snake_case. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openContractApi, PATIENCE, type ContractApi } from '../support/contract/api.ts';
import { openOrgShop } from '../support/contract/org-shop.ts';
import { listIn } from '../support/asserts.ts';
import { queryRows } from '../support/process/query.ts';

let api: ContractApi;
beforeAll(async () => {
  api = await openContractApi();
});
afterAll(async () => api.stop());

const NOTHING_SET = {
  mode: null,
  has_stripe_key: false,
  stripe_key_last4: null,
  has_webhook_secret: false,
  webhook_secret_last4: null,
  missing_permissions: [],
  has_payment_method: false,
  auto_refill_enabled: false,
  auto_refill_state: 'off',
  auto_refill_threshold: null,
  auto_refill_product_id: null,
  auto_refill_target_micros: null,
  auto_refill_max_day_cents: 50_000,
  auto_refill_max_month_cents: 200_000,
  auto_refill_max_day_count: 5,
  auto_refill_stopped: null,
  auto_refill_consent: null,
};

test('GET /orgs/{org}/billing: settings are there from the creation, by id and by external id', async () => {
  const { org, call } = await openOrgShop(api, { setUp: false });
  const { status, json } = await call('GET', '/billing');
  expect([status, json]).toEqual([
    200,
    {
      org_id: org,
      webhook_url: expect.stringContaining(`/webhooks/stripe/${org}`),
      free_tier_amount: 0,
      ...NOTHING_SET,
    },
  ]);
  const key = api.adminKey;
  await api.call('PATCH', `/admin/orgs/${org}`, { key, body: { externalId: 'acme/1' } });
  expect((await api.call('GET', '/orgs/acme%2F1/billing', { key })).json).toMatchObject({ org_id: org });
  expect((await api.call('GET', '/orgs/acme/billing', { key })).status).toBe(404);
  const two = await api.call('GET', `/orgs/${org}/billing`, { key, headers: { 'coffer-org': await api.createOrg() } });
  expect([two.status, two.json['code']]).toEqual([400, 'VALIDATION_FAILED']);
  const same = await api.call('GET', `/orgs/${org}/billing`, { key, headers: { 'coffer-org': org } });
  expect(same.status).toBe(200);
});

test('POST, PUT /orgs/{org}/billing: keys and secrets are sealed, shown by their last four, and removed by null', async () => {
  const { org, call, shop } = await openOrgShop(api, { setUp: false });
  const by = { key: api.adminKey };
  const key = shop.createKey('test');
  const set = await call('POST', '/billing', { stripe_secret_key: key, stripe_webhook_secret: 'whsec_12345678' }, by);
  expect([set.status, set.json]).toMatchObject([
    200,
    {
      mode: 'test',
      has_stripe_key: true,
      stripe_key_last4: key.slice(-4),
      has_webhook_secret: true,
      webhook_secret_last4: '5678',
    },
  ]);
  const restricted = shop.createKey('live', ['event_read']);
  const changed = await call('PUT', '/billing', { stripe_secret_key: restricted }, by);
  expect(changed.json).toMatchObject({
    mode: 'live',
    stripe_key_last4: restricted.slice(-4),
    webhook_secret_last4: '5678',
  });
  const { rows } = await queryRows<{ text: string }>(
    api.db,
    `SELECT a::text AS text FROM payment_account a WHERE org = ? UNION ALL SELECT a::text FROM audit a WHERE org = ?`,
    [org, org],
  );
  expect(rows.length).toBeGreaterThan(2);
  for (const text of [set.text, changed.text, ...rows.map((row) => row.text)]) {
    expect(text).not.toMatch(/[sr]k_(test|live)_|whsec_/);
  }
  expect(rows.some(({ text }) => text.includes('[secret]'))).toBe(true);
  const noted = await queryRows<{ shown: string }>(
    api.db,
    `SELECT after->>'webhook_secrets' AS shown FROM audit WHERE subject = 'payment_account' AND org = ?
       AND after->>'webhook_secrets' IS NOT NULL`,
    [org],
  );
  expect(noted.rows.map(({ shown }) => shown)).toEqual(['[secret]']);
  const removed = await call('PUT', '/billing', { stripe_secret_key: null, stripe_webhook_secret: null }, by);
  expect(removed.json).toMatchObject({ mode: null, has_stripe_key: false, has_webhook_secret: false });
});

test.each([
  ['stripe_secret_key', { stripe_secret_key: 'pk_live_1234567890' }],
  ['stripe_secret_key', { stripe_secret_key: 'whsec_1234567890' }],
  ['stripe_webhook_secret', { stripe_webhook_secret: 'sk_test_1234567890' }],
  ['free_tier_amount', { free_tier_amount: 1.5 }],
  ['colour', { colour: 'red' }],
])('POST /orgs/{org}/billing: a body with a wrong %s changes nothing', async (path, wrong) => {
  const { call, shop } = await openOrgShop(api);
  const good = { stripe_secret_key: shop.createKey(), auto_refill_threshold: 5 };
  const answer = await call('POST', '/billing', { ...good, ...wrong }, { key: api.adminKey });
  expect([answer.status, answer.json]).toMatchObject([400, { code: 'VALIDATION_FAILED', errors: [{ path }] }]);
  expect(answer.text).not.toContain('1234567890');
  expect((await call('GET', '/billing')).json).toMatchObject({ auto_refill_threshold: null, mode: 'test' });
});

test('PUT /orgs/{org}/billing: turning auto-refill on is the consent; it waits for a payment method', async () => {
  const { call, product } = await openOrgShop(api);
  const id = await product();
  const set = {
    auto_refill_enabled: true,
    auto_refill_threshold: 2_000_000,
    auto_refill_product_id: id,
    auto_refill_max_day_cents: 5_000,
    auto_refill_consent_text_version: '2026-11',
  };
  const { status, json } = await call('PUT', '/billing', set);
  expect([status, json]).toMatchObject([
    200,
    {
      auto_refill_enabled: true,
      auto_refill_threshold: 2_000_000,
      auto_refill_product_id: id,
      auto_refill_state: 'waiting_for_payment_method',
      auto_refill_consent: {
        text_version: '2026-11',
        auto_refill_max_day_cents: 5_000,
        by: expect.stringMatching(/^key:/),
      },
    },
  ]);
  for (const [path, wrong] of [
    ['auto_refill_product_id', { auto_refill_product_id: '00000000-0000-7000-8000-000000000000' }],
    ['auto_refill_max_day_cents', { auto_refill_max_day_cents: 998 }],
    ['auto_refill_max_day_count', { auto_refill_max_day_count: 101 }],
    ['auto_refill_target_micros', { auto_refill_target_micros: 2_000_001 }],
    ['auto_refill_target_micros', { auto_refill_product_id: id, auto_refill_target_micros: 9_000_000 }],
  ] as const) {
    const refused = await call('PUT', '/billing', wrong);
    expect([path, refused.status, refused.json]).toMatchObject([path, 400, { errors: [{ path }] }]);
  }
  await call('PATCH', `/products/${id}`, { active: false });
  expect((await call('PUT', '/billing', { auto_refill_threshold: 1 })).json).toMatchObject({
    errors: [{ path: 'auto_refill_product_id' }],
  });
  const off = await call('PUT', '/billing', { auto_refill_enabled: false });
  expect(off.json).toMatchObject({ auto_refill_enabled: false, auto_refill_state: 'off' });
});

test('GET, PUT /admin/free-tier: one amount of the deployment, which each new org is given once', async () => {
  const key = api.adminKey;
  const before = await openOrgShop(api, { setUp: false });
  const set = await api.call('PUT', '/admin/free-tier', { key, body: { amountUsd: '0.50' } });
  expect([set.status, set.json]).toEqual([200, { amountUsd: '0.50' }]);
  const named = await before.call('PUT', '/billing', { free_tier_amount: 750_000 }, { key });
  expect(named.json).toMatchObject({ free_tier_amount: 750_000 });
  expect((await api.call('GET', '/admin/free-tier', { key })).json).toEqual({ amountUsd: '0.75' });
  const { json } = await api.call('POST', '/admin/orgs', { key, body: { name: 'New' } });
  const made = String(json['id']);
  const wallet = await api.call('GET', `/orgs/${made}/wallet`, { key });
  expect(wallet.json).toEqual({ wallet_balance: 750_000, wallet_balance_usd: '$0.75' });
  const history = await api.call('GET', `/orgs/${made}/transactions`, { key });
  expect(listIn(history, 'transactions')).toMatchObject([
    { type: 'deposit', amount_micros: 750_000, description: 'Free tier grant', app_id: null },
  ]);
  const balance = await api.call('GET', '/treasury/balance', { key, headers: { 'coffer-org': made } });
  expect(balance.json).toMatchObject({ availableUsd: '0.75', totalUsd: '0.00' });
  // An org that is made without the API is given it as well, by a job.
  const other = await api.createOrg();
  await expect
    .poll(async () => (await api.call('GET', `/orgs/${other}/wallet`, { key })).json['wallet_balance'], PATIENCE)
    .toBe(750_000);
  await api.call('PUT', '/admin/free-tier', { key, body: { amountUsd: '0' } });
  expect(await before.balance()).toBe(0);
  const third = await api.createOrg();
  expect((await api.call('GET', `/orgs/${third}/transactions`, { key })).json).toEqual({
    transactions: [],
    next_cursor: null,
  });
});

test('GET /orgs/{org}/wallet: what can be spent, to the micro-dollar', async () => {
  const { call } = await openOrgShop(api, { setUp: false });
  expect((await call('GET', '/wallet')).json).toEqual({ wallet_balance: 0, wallet_balance_usd: '$0.00' });
  const body = { operation: 'deposit', amount_micros: 1_000_600, description: 'by cheque' };
  await call('POST', '/wallet', body, { key: api.adminKey });
  expect((await call('GET', '/wallet')).json).toEqual({ wallet_balance: 1_000_600, wallet_balance_usd: '$1.0006' });
});

test('POST /orgs/{org}/wallet: deposits by hand and charges, once for a key, with 402 beyond the balance', async () => {
  const { org, call } = await openOrgShop(api, { setUp: false });
  const deposit = { operation: 'deposit', amount_micros: 10_000_000, description: 'wire 77', app_id: 'bank' };
  const by = { key: api.adminKey, name: 'w77' };
  const paid = await call('POST', '/wallet', deposit, by);
  expect([paid.status, paid.json]).toEqual([
    200,
    {
      wallet_balance: 10_000_000,
      wallet_balance_usd: '$10.00',
      transaction: {
        transaction_id: expect.stringMatching(/^ent_/),
        type: 'deposit',
        amount_micros: 10_000_000,
        balance_after: 10_000_000,
        description: 'wire 77',
        app_id: 'bank',
        created_at: expect.any(String),
      },
    },
  ]);
  const again = await call('POST', '/wallet', deposit, by);
  expect([again.headers.get('idempotency-replayed'), again.text]).toEqual(['true', paid.text]);
  expect((await call('POST', '/wallet', { ...deposit, amount_micros: 1 }, by)).status).toBe(409);
  const { rows } = await queryRows<{ contra: string; deposited: string }>(
    api.db,
    `SELECT e.contra, e.deposited FROM entry e JOIN wallet w ON w.id = e.wallet WHERE w.owner = ?`,
    [org],
  );
  expect(rows).toEqual([{ contra: 'assets:offline', deposited: '10000000' }]);
  const charge = { operation: 'charge', amount_micros: 600, description: 'one call', app_id: 'chat' };
  const spent = await call('POST', '/wallet', charge);
  expect(spent.json).toMatchObject({
    wallet_balance: 9_999_400,
    wallet_balance_usd: '$9.9994',
    transaction: { type: 'charge', amount_micros: -600, balance_after: 9_999_400, app_id: 'chat' },
  });
  const beyond = await call('POST', '/wallet', { ...charge, amount_micros: 9_999_401 });
  expect([beyond.status, beyond.json['code']]).toEqual([402, 'CREDIT_INSUFFICIENT']);
  const dry = await api.call('POST', `/orgs/${org}/wallet`, {
    key: api.adminKey,
    body: charge,
    headers: { 'coffer-dry-run': 'true' },
  });
  expect(dry.json).toMatchObject({ dryRun: true, wallet_balance: 9_998_800, transaction: { amount_micros: -600 } });
  expect(Object.keys(dry.json['transaction'] as object)).not.toContain('transaction_id');
  expect((await call('GET', '/wallet')).json).toMatchObject({ wallet_balance: 9_999_400 });
});

test('GET /orgs/{org}/transactions: newest first, by app, in pages; the amounts sum to the balance', async () => {
  const { call } = await openOrgShop(api, { setUp: false });
  for (const part of [3_000_000, 2_000_000]) {
    const body = { operation: 'deposit', amount_micros: part, description: 'part' };
    await call('POST', '/wallet', body, { key: api.adminKey });
  }
  // More than one lot: still one transaction.
  await call('POST', '/wallet', { operation: 'charge', amount_micros: 4_000_000, description: 'a', app_id: 'one' });
  await call('POST', '/wallet', { operation: 'charge', amount_micros: 250_000, description: 'b', app_id: 'two' });
  const all = listIn(await call('GET', '/transactions'), 'transactions');
  expect(all.map(({ type, amount_micros: amount, balance_after: after }) => [type, amount, after])).toEqual([
    ['charge', -250_000, 750_000],
    ['charge', -4_000_000, 1_000_000],
    ['deposit', 2_000_000, 5_000_000],
    ['deposit', 3_000_000, 3_000_000],
  ]);
  const first = await call('GET', '/transactions?limit=3');
  const rest = await call('GET', `/transactions?limit=3&cursor=${String(first.json['next_cursor'])}`);
  expect([...listIn(first, 'transactions'), ...listIn(rest, 'transactions')]).toEqual(all);
  expect(rest.json['next_cursor']).toBeNull();
  expect(listIn(await call('GET', '/transactions?app_id=two'), 'transactions')).toEqual([all[0]]);
});
