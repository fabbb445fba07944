/** The org billing surface: settings, wallet, products and checkouts, in whole micro-dollars and snake_case. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openContractApi, PATIENCE, type ContractApi } from '../support/contract/api.ts';
import { openOrgShop, URLS } from '../support/contract/org-shop.ts';
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
  const noted = rows.filter(({ text }) => text.includes('webhook_secrets'));
  expect(noted.every(({ text }) => !/webhook_secrets\W+\[\W*v1/.test(text))).toBe(true);
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

test('POST /orgs/{org}/products: makes a Stripe product and price that carry our id, once for a key', async () => {
  const { call, shop } = await openOrgShop(api);
  const body = { name: 'Starter', price_cents: 999, amount_micros: 9_990_000 };
  const made = await call('POST', '/products', body, { name: 'k' });
  expect([made.status, made.json]).toEqual([
    201,
    {
      product_id: expect.any(String),
      billing_model: 'one_time',
      currency: 'usd',
      active: true,
      mode: 'test',
      stripe_product_id: expect.stringMatching(/^prod_/),
      stripe_price_id: expect.stringMatching(/^price_/),
      created_at: expect.any(String),
      ...body,
    },
  ]);
  const books = shop.books();
  const [product, price] = [books.list('product')[0], books.list('price')[0]];
  expect(product).toMatchObject({ id: made.json['stripe_product_id'], name: 'Starter' });
  expect(price).toMatchObject({
    id: made.json['stripe_price_id'],
    unit_amount: 999,
    currency: 'usd',
    product: product?.id,
  });
  for (const one of [product, price]) expect(one?.metadata).toEqual({ coffer_product: made.json['product_id'] });
  const again = await call('POST', '/products', body, { name: 'k' });
  expect([again.status, again.headers.get('idempotency-replayed'), again.json]).toEqual([201, 'true', made.json]);
  expect((await call('POST', '/products', { ...body, price_cents: 1_000 }, { name: 'k' })).status).toBe(409);
  expect(books.list('product')).toHaveLength(1);
  for (const [path, wrong] of [
    ['currency', { currency: 'eur' }],
    ['billing_model', { billing_model: 'recurring' }],
    ['price_cents', { price_cents: 9.5 }],
    ['price_cents', { price_cents: 0 }],
    ['amount_micros', { amount_micros: '10' }],
  ] as const) {
    const refused = await call('POST', '/products', { ...body, ...wrong });
    expect([refused.status, refused.json]).toMatchObject([400, { errors: [{ path }] }]);
  }
});

test('GET /orgs/{org}/products: those that are sold in the mode of the key, newest first', async () => {
  const { call, product, shop } = await openOrgShop(api);
  const [first, second] = [await product({ name: 'One' }), await product({ name: 'Two' })];
  await call('PATCH', `/products/${first}`, { active: false });
  const names = async (query = ''): Promise<unknown[]> =>
    listIn(await call('GET', `/products${query}`), 'products').map(({ name }) => name);
  expect(await names()).toEqual(['Two']);
  expect(await names('?include_inactive=true')).toEqual(['Two', 'One']);
  const page = await call('GET', '/products?include_inactive=true&limit=1');
  expect(await names(`?include_inactive=true&cursor=${String(page.json['next_cursor'])}`)).toEqual(['One']);
  await call('PUT', '/billing', { stripe_secret_key: shop.createKey('live') }, { key: api.adminKey });
  expect(await names('?include_inactive=true')).toEqual([]);
  expect((await call('GET', `/products/${second}`)).json).toMatchObject({ mode: 'test', name: 'Two' });
});

test('GET /orgs/{org}/products/{id}: a product, sold or not', async () => {
  const { call, product } = await openOrgShop(api);
  const id = await product();
  await call('PATCH', `/products/${id}`, { active: false });
  expect((await call('GET', `/products/${id}`)).json).toMatchObject({ product_id: id, active: false });
  expect((await call('GET', '/products/none')).status).toBe(404);
});

test('PATCH /orgs/{org}/products/{id}: changes name and state at Stripe too; price and amount never change', async () => {
  const { call, product, shop } = await openOrgShop(api);
  const id = await product();
  const changed = await call('PATCH', `/products/${id}`, { name: 'Renamed', active: false });
  expect([changed.status, changed.json]).toMatchObject([200, { name: 'Renamed', active: false, price_cents: 999 }]);
  expect(shop.books().list('product')).toMatchObject([{ name: 'Renamed', active: false }]);
  expect(shop.books().list('price')).toMatchObject([{ active: false }]);
  for (const path of ['price_cents', 'amount_micros']) {
    const refused = await call('PATCH', `/products/${id}`, { name: 'No', [path]: 1 });
    const message = 'never changes: set active to false, and create a new product';
    expect([refused.status, refused.json]).toMatchObject([400, { errors: [{ path, message }] }]);
  }
  const back = await call('PATCH', `/products/${id}`, { active: true });
  expect(back.json).toMatchObject({ name: 'Renamed', active: true });
  expect(shop.books().list('price')).toMatchObject([{ active: true }]);
});

test('POST /orgs/{org}/checkout: the price is paid credit, what is above it promotional, on the rail of the org', async () => {
  const { org, call, product, checkout, shop, key, balance } = await openOrgShop(api);
  const sold = await product();
  const opened = await call('POST', '/checkout', { product_id: sold, ...URLS }, { name: 'c' });
  expect([opened.status, opened.json]).toEqual([
    200,
    { checkout_url: expect.stringContaining('/pay/'), session_id: expect.any(String), order_id: expect.any(String) },
  ]);
  const again = await call('POST', '/checkout', { product_id: sold, ...URLS }, { name: 'c' });
  expect([again.headers.get('idempotency-replayed'), again.json]).toEqual(['true', opened.json]);
  expect(shop.books().list('checkout.session')).toHaveLength(1);
  api.stripe.pay(String(opened.json['session_id']));
  await expect.poll(balance, PATIENCE).toBe(10_000_000);
  const entries = await queryRows<{ type: string; contra: string; available_delta: string; promotional: boolean }>(
    api.db,
    `SELECT e.type, e.contra, e.available_delta, l.promotional FROM entry e JOIN wallet w ON w.id = e.wallet
     JOIN lot l ON l.wallet = e.wallet AND l.lot = e.seq WHERE w.owner = ? ORDER BY e.seq`,
    [org],
  );
  expect(entries.rows).toEqual([
    { type: 'DEPOSIT', contra: `assets:stripe:${org}`, available_delta: '9990000', promotional: false },
    { type: 'GRANT', contra: 'expenses:promo', available_delta: '10000', promotional: true },
  ]);
  const order = await api.call('GET', `/treasury/orders/${String(opened.json['order_id'])}`, { key });
  expect(order.json).toMatchObject({
    state: 'credited',
    productId: sold,
    amountUsd: '9.99',
    priceCents: 999,
    creditUsd: '10.00',
  });
  const less = await product({ price_cents: 500, amount_micros: 4_000_000 });
  const { session, order: second } = await checkout(less);
  api.stripe.pay(session);
  await expect.poll(balance, PATIENCE).toBe(14_000_000);
  expect((await api.call('GET', `/treasury/orders/${second}`, { key })).json).toMatchObject({
    amountUsd: '5.00',
    priceCents: 500,
    creditUsd: '4.00',
  });
  // Half of the price goes back, and with it half of the credit, rounded down.
  const refund = { amountUsd: '2.50' };
  const refunded = await api.call('POST', `/admin/orders/${second}/refunds`, { key: api.adminKey, body: refund });
  expect(refunded.json).toMatchObject({ refundedCents: 250, takenBackUsd: '2.00' });
  expect(await balance()).toBe(12_000_000);
  await call('PATCH', `/products/${sold}`, { active: false });
  const closed = await call('POST', '/checkout', { product_id: sold, ...URLS });
  expect([closed.status, closed.json['code']]).toEqual([409, 'PRODUCT_INACTIVE']);
  // What the same request has made is found all the same.
  expect((await call('POST', '/checkout', { product_id: sold, ...URLS }, { name: 'c' })).json).toMatchObject({
    order_id: opened.json['order_id'],
    checkout_url: null,
  });
  const wrong = await call('POST', '/checkout', { product_id: less, ...URLS, success_url: 'http://evil.example' });
  expect([wrong.status, wrong.json]).toMatchObject([400, { errors: [{ path: 'success_url' }] }]);
});

test('POST /orgs/{org}/checkout: a payment method is saved if that is asked for', async () => {
  const { call, product } = await openOrgShop(api);
  const body = { product_id: await product(), ...URLS, save_payment_method: true };
  const { json } = await call('POST', '/checkout', body);
  expect((await call('GET', '/billing')).json['has_payment_method']).toBe(false);
  api.stripe.pay(String(json['session_id']));
  await expect.poll(async () => (await call('GET', '/billing')).json['has_payment_method'], PATIENCE).toBe(true);
});

test('POST /orgs/{org}/checkout/{session}/verify: credits once what is paid, without any webhook and without a body', async () => {
  const { call, product, checkout, shop, balance } = await openOrgShop(api);
  const { session, order } = await checkout(await product());
  const path = `/checkout/${session}/verify`;
  expect((await call('POST', path)).json).toMatchObject({
    state: 'awaiting_payment',
    credited: false,
    wallet_balance: 0,
  });
  // Its webhooks arrive nowhere.
  Object.assign(api.stripe.weather, { drop: 1 });
  api.stripe.pay(session);
  const verified = await call('POST', path);
  expect([verified.status, verified.json]).toEqual([
    200,
    {
      session_id: session,
      order_id: order,
      state: 'credited',
      credited: true,
      wallet_balance: 10_000_000,
      wallet_balance_usd: '$10.00',
    },
  ]);
  const both = await Promise.all([call('POST', path), call('POST', path, {})]);
  expect(both.map(({ json }) => json['wallet_balance'])).toEqual([10_000_000, 10_000_000]);
  Object.assign(api.stripe.weather, { drop: 0 });
  expect((await call('POST', '/checkout/cs_unknown/verify')).status).toBe(404);
  expect([shop.books().list('charge').length, await balance()]).toEqual([1, 10_000_000]);
});

test('a client that knows the published fields alone sells, credits and charges', async () => {
  const org = await api.createOrg();
  const shop = api.stripe.addAccount();
  const headers = { authorization: `Bearer ${api.adminKey}`, 'content-type': 'application/json' };
  const ask = async (method: string, path: string, body?: unknown): Promise<Record<string, unknown>> => {
    const sent = body === undefined ? {} : { body: JSON.stringify(body) };
    const answer = await fetch(`${api.url()}/orgs/${org}${path}`, { method, headers, ...sent });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as Record<string, unknown>;
  };
  const secret = 'whsec_of_the_client';
  await ask('POST', '/billing', { stripe_secret_key: shop.createKey(), stripe_webhook_secret: secret });
  expect(await ask('GET', '/billing')).toMatchObject({ has_stripe_key: true, has_webhook_secret: true });
  shop.addEndpoint(`${api.url()}/webhooks/stripe`, { secret });
  const { product_id: id } = await ask('POST', '/products', {
    name: '$10',
    price_cents: 999,
    amount_micros: 10_000_000,
  });
  const session = await ask('POST', '/checkout', { product_id: id, ...URLS });
  expect(session['checkout_url']).toEqual(expect.any(String));
  api.stripe.pay(String(session['session_id']));
  await expect.poll(async () => (await ask('GET', '/wallet'))['wallet_balance'], PATIENCE).toBe(10_000_000);
  const body = { operation: 'charge', amount_micros: 600, description: 'gpt', app_id: 'a' };
  expect(await ask('POST', '/wallet', body)).toMatchObject({ wallet_balance: 9_999_400 });
  const { transactions } = await ask('GET', '/transactions');
  expect(transactions).toMatchObject([
    { type: 'charge', amount_micros: -600 },
    { type: 'deposit' },
    { type: 'deposit' },
  ]);
});
