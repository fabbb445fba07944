/** The org billing surface: what an org sells, and a client that knows its published fields alone. */
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
  const id = await product({ amount_micros: 9_990_000 });
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

test('POST /orgs/{org}/checkout: what was opened is sold as it was, whatever becomes of its product and of the key', async () => {
  const { call, product, checkout, shop, key, balance } = await openOrgShop(api);
  const sold = await product();
  const { session, order } = await checkout(sold);
  await call('PATCH', `/products/${sold}`, { name: 'Renamed', active: false });
  await call('PUT', '/billing', { stripe_secret_key: null }, { key: api.adminKey });
  api.stripe.pay(session);
  await api.stripe.idle();
  const cannot = await call('POST', `/checkout/${session}/verify`);
  expect([cannot.status, cannot.json['code']]).toEqual([409, 'PAYMENTS_NOT_CONFIGURED']);
  const refused = await call('POST', '/checkout', { product_id: sold, ...URLS });
  expect([refused.status, refused.json['code']]).toEqual([409, 'PRODUCT_INACTIVE']);
  expect(await balance()).toBe(0);
  // What came in meanwhile waits, and is read with another key of the same account.
  await call('PUT', '/billing', { stripe_secret_key: shop.createKey() }, { key: api.adminKey });
  await expect.poll(balance, PATIENCE).toBe(10_000_000);
  expect((await api.call('GET', `/treasury/orders/${order}`, { key })).json).toMatchObject({
    state: 'credited',
    priceCents: 999,
    creditUsd: '10.00',
  });
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
