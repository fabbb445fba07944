/**
 * Every request that the adapter sends is one that Stripe's own stripe-mock accepts, and the fake's objects have the members
 * that stripe-mock's have. Where the two versions of the API differ is written down, and held against both.
 */
import { createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { FakeAccount } from '../../devnet/stripe/account.ts';
import { startFakeStripe, type FakeStripe } from '../../devnet/stripe/fake.ts';
import { findStripeMock, startStripeMock, type StripeMock } from '../../devnet/stripe/mock-binary.ts';
import type { ArrivedCall } from '../../devnet/stripe/server.ts';
import { systemClock } from '../../src/core/clock.ts';
import { openStripeAccount } from '../../src/payments/stripe/account.ts';
import type { FactKind } from '../../src/core/billing/facts.ts';
import type { EventAccount } from '../../src/payments/port.ts';
import { pauseSubscription } from '../../devnet/stripe/billing/changes.ts';
import { API_AGREEMENTS, API_DIFFERENCES, API_REWRITTEN } from '../support/billing/api-differences.ts';
import { sdkOf } from '../support/billing/stripe-sdk.ts';

const binary = await findStripeMock();
const isRequired = process.env['COFFER_REQUIRE_STRIPE_MOCK'] === '1';
if (binary === undefined && !isRequired) {
  console.log('stripe-mock: none here, so the requests are held against the fake alone');
}

let fake: FakeStripe;
let shop: FakeAccount;
let mock: StripeMock | undefined;

beforeAll(async () => {
  fake = await startFakeStripe();
  shop = fake.addAccount();
  if (binary !== undefined) mock = await startStripeMock(binary, { http: await freePort(), https: await freePort() });
  else if (isRequired) throw new Error('no stripe-mock: run node devnet/stripe/mock-binary.ts --build, which needs Go');
  await callAboutClocks();
  await callAll(
    openStripeAccount({ name: 'stripe', secretKey: shop.createKey(), clock: systemClock, apiUrl: fake.url }),
  );
});
afterAll(async () => {
  await mock?.stop();
  await fake.stop();
});

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const address = server.address();
  await new Promise<void>((resolve) => server.close(() => resolve()));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

/** Makes the calls about products, when they are made and when they are found. */
async function sellProducts(
  account: EventAccount,
  open: (order: string, price: string) => Promise<string>,
): Promise<void> {
  const item = {
    id: 'own-1',
    name: 'Ten',
    active: true,
    currency: 'usd',
    priceMinor: 999n,
    createdAtMs: Date.now(),
    revision: 1,
  };
  for (const mayExist of [false, true]) {
    const product = await account.makeProduct({ ...item, mayExist });
    const price = await account.makePrice({ ...item, mayExist }, product);
    await open(`order-of-${mayExist}`, price);
    await account.showItem({ ...item, mayExist }, { product, price });
  }
}

/** Makes every call of the adapter once, on objects that exist. */
async function callAll(account: EventAccount): Promise<void> {
  const create = async (order: string, method?: string, price?: string): Promise<string> => {
    const { id } = await account.createCheckout({
      order,
      name: 'Credit',
      ...(price !== undefined && { item: price }),
      currency: 'usd',
      priceMinor: price === undefined ? 1_000n : 999n,
      successUrl: 'https://a.example/yes?s={CHECKOUT_SESSION_ID}',
      cancelUrl: 'https://a.example/no',
      expiresAtMs: Date.now() + 3_600_000,
      metadata: { type: 'wallet_topup' },
    });
    if (method !== undefined) fake.pay(id, method);
    return id;
  };
  const fetchFirst = async (
    kind: FactKind,
    type: Parameters<ReturnType<FakeAccount['books']>['list']>[0],
  ): Promise<string> => {
    const id = shop.books().list(type)[0]?.id ?? '';
    await account.fetch({ kind, id });
    return id;
  };
  await create('order-1', 'pm_card_createDispute');
  const dispute = await fetchFirst('dispute', 'dispute');
  const evidence = { product: 'Credit', activity: 'Used', statement: 'Delivered' };
  await account.submitEvidence({ dispute, evidence, key: 'evidence-1' });
  await account.acceptDispute(dispute);
  await create('order-2', 'pm_card_createIssuerFraudRecord');
  await fetchFirst('checkout', 'checkout.session');
  await fetchFirst('early_warning', 'radar.early_fraud_warning');
  const payment = await fetchFirst('payment', 'payment_intent');
  await account.refund({ payment, amountMinor: 300n, key: 'refund-1', order: 'order-2' });
  await account.refund({ payment, key: 'refund-2', order: 'order-2' });
  await fetchFirst('refund', 'refund');
  await account.listRefunds(payment);
  await account.expireCheckout(await create('order-3'));
  await sellProducts(account, async (order, price) => create(order, undefined, price));
  const customer = await account.createCustomer({ key: 'customer-1', org: 'org-1' });
  const asked = { customer, method: 'pm_card_visa', currency: 'usd', amountMinor: 1_000n };
  const charged = await account.createPayment({ ...asked, order: 'order-4' });
  await account.confirmPayment(charged, 'order-4');
  await account.cancelPayment(await account.createPayment({ ...asked, order: 'order-5' }));
  await callAboutSubscriptions(account, customer, fetchFirst);
  await account.createCheckout({
    order: 'order-6',
    name: 'Credit',
    currency: 'usd',
    priceMinor: 1_000n,
    successUrl: 'https://a.example/yes',
    cancelUrl: 'https://a.example/no',
    expiresAtMs: Date.now() + 3_600_000,
    customer,
    saveMethod: true,
  });
  const range = { sinceMs: Date.now() - 60_000, untilMs: Date.now() };
  const { events } = await account.listEvents(range);
  await account.listEvents({ ...range, after: events[0]?.id ?? '' });
  const { movements } = await account.listBalance(range);
  await account.listBalance({ ...range, after: movements[0]?.id ?? '' });
}

/** Makes every call about subscriptions, their invoices and the portal. */
async function callAboutSubscriptions(
  account: EventAccount,
  customer: string,
  fetchFirst: (kind: FactKind, type: 'subscription' | 'invoice') => Promise<string>,
): Promise<void> {
  const sdk = sdkOf(fake, shop.createKey());
  const product = await sdk.products.create({ name: 'Plan' });
  const prices: string[] = [];
  for (const cents of [1_000, 2_000]) {
    const price = {
      product: product.id,
      currency: 'usd',
      unit_amount: cents,
      recurring: { interval: 'month' as const },
    };
    prices.push((await sdk.prices.create(price)).id);
  }
  const [small = '', large = ''] = prices;
  const { id: session } = await account.createCheckout({
    order: 'order-7',
    name: 'Plan',
    item: small,
    interval: 'month',
    customer,
    currency: 'usd',
    priceMinor: 1_000n,
    successUrl: 'https://a.example/yes',
    cancelUrl: 'https://a.example/no',
    expiresAtMs: Date.now() + 3_600_000,
  });
  fake.pay(session);
  const subscription = await fetchFirst('subscription', 'subscription');
  await fetchFirst('invoice', 'invoice');
  await account.listFollowing(shop.books().list('payment_intent')[0]?.id ?? '');
  const calls = account.subscriptions;
  const named = (key: string): { subscription: string; key: string } => ({ subscription, key });
  await calls.switchNow({ ...named('up'), price: large, priceMinor: 2_000n, interval: 'month' });
  await calls.switchAtPeriodEnd({ ...named('down'), price: small, priceMinor: 1_000n, interval: 'month' });
  await calls.dropPlanned({ ...named('drop'), price: large, priceMinor: 2_000n, interval: 'month' });
  await calls.cancel({ ...named('end'), atPeriodEnd: true });
  await calls.keep(named('keep'));
  pauseSubscription(shop.books(), shop.books().get('subscription', subscription));
  await calls.unpause(named('unpause'));
  const portal = await calls.makePortal('portal');
  await calls.openPortal({ customer, portal, returnUrl: 'https://a.example/back' });
  await calls.cancel({ ...named('now'), atPeriodEnd: false });
}

/** Makes every call about test clocks, which the adapter does not make. */
async function callAboutClocks(): Promise<void> {
  const sdk = sdkOf(fake, shop.createKey());
  const clocks = sdk.testHelpers.testClocks;
  const { id, frozen_time: from } = await clocks.create({ frozen_time: 1_800_000_000, name: 'one' });
  await sdk.customers.create({ test_clock: id });
  await clocks.list({ limit: 1 });
  await clocks.advance(id, { frozen_time: from + 86_400 });
  await clocks.retrieve(id);
  await clocks.create({ frozen_time: 1_800_000_000 });
  await clocks.del(id);
}

async function send(
  url: string,
  { method, path, query, body }: Pick<ArrivedCall, 'method' | 'path' | 'query' | 'body'>,
  key: string,
): Promise<{ status: number; json: Record<string, unknown> }> {
  const answer = await fetch(`${url}${path}${query === '' ? '' : `?${query}`}`, {
    method,
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/x-www-form-urlencoded' },
    ...(method === 'POST' && { body }),
  });
  return { status: answer.status, json: (await answer.json()) as Record<string, unknown> };
}

test('the adapter makes every kind of call', () => {
  const made = fake.calls.map(({ method, path }) => `${method} ${path.replace(/_[0-9a-f]{24}/g, '')}`);
  expect([...new Set(made)].toSorted()).toEqual([
    'DELETE /v1/subscriptions/sub',
    'DELETE /v1/test_helpers/test_clocks/clock',
    'GET /v1/balance_transactions',
    'GET /v1/checkout/sessions/cs_test',
    'GET /v1/disputes',
    'GET /v1/disputes/du',
    'GET /v1/events',
    'GET /v1/invoices/in',
    'GET /v1/payment_intents/pi',
    'GET /v1/prices',
    'GET /v1/prices/price',
    'GET /v1/products',
    'GET /v1/radar/early_fraud_warnings',
    'GET /v1/radar/early_fraud_warnings/issfr',
    'GET /v1/refunds',
    'GET /v1/refunds/re',
    'GET /v1/subscriptions/sub',
    'GET /v1/test_helpers/test_clocks',
    'GET /v1/test_helpers/test_clocks/clock',
    'POST /v1/billing_portal/configurations',
    'POST /v1/billing_portal/sessions',
    'POST /v1/checkout/sessions',
    'POST /v1/checkout/sessions/cs_test/expire',
    'POST /v1/customers',
    'POST /v1/disputes/du',
    'POST /v1/disputes/du/close',
    'POST /v1/payment_intents',
    'POST /v1/payment_intents/pi/cancel',
    'POST /v1/payment_intents/pi/confirm',
    'POST /v1/prices',
    'POST /v1/prices/price',
    'POST /v1/products',
    'POST /v1/products/prod',
    'POST /v1/refunds',
    'POST /v1/subscription_schedules',
    'POST /v1/subscription_schedules/sub_sched',
    'POST /v1/subscription_schedules/sub_sched/release',
    'POST /v1/subscriptions/sub',
    'POST /v1/subscriptions/sub/resume',
    'POST /v1/test_helpers/test_clocks',
    'POST /v1/test_helpers/test_clocks/clock/advance',
  ]);
});

/** A body with what stripe-mock's version takes in another form. */
function inItsVersion(body: string): string {
  return API_REWRITTEN.reduce((text, { pinned, stripeMock }) => text.replace(pinned, stripeMock), body);
}

test('what has another form in each version is sent in the form of the pinned one', () => {
  for (const { pinned } of API_REWRITTEN) expect(fake.calls.some(({ body }) => body.includes(pinned))).toBe(true);
});

test('stripe-mock accepts each of them, and shows no member that the fake lacks', async () => {
  if (mock === undefined) return;
  for (const call of fake.calls) {
    const answer = await send(mock.url, { ...call, body: inItsVersion(call.body) }, 'sk_test_123');
    expect([call.method, call.path, answer.status, answer.json['error']]).toEqual([
      call.method,
      call.path,
      200,
      undefined,
    ]);
    const kind = answer.json['object'];
    const own = shop.books().list(kind as 'refund')[0];
    if (own === undefined || 'deleted' in answer.json) continue;
    // Payments are part of an invoice only where they are asked for.
    const lacking = Object.keys(answer.json).filter((name) => !(name in own) && name !== 'payments');
    expect([kind, lacking]).toEqual([kind, []]);
  }
});

describe('what may be sent', () => {
  test.each([...API_DIFFERENCES, ...API_AGREEMENTS])(
    '$parameter: $why',
    async ({ call, parameter, stripeMock, pinned }) => {
      const valid = fake.calls.find(({ method, path }) => method === 'POST' && path === call);
      const given = { method: 'POST', path: call, query: '', body: `${valid?.body ?? ''}&${parameter}` };
      expect((await send(fake.url, given, shop.createKey())).status === 200).toBe(pinned);
      if (mock !== undefined) expect((await send(mock.url, given, 'sk_test_123')).status === 200).toBe(stripeMock);
    },
  );
});
