/** An app that knows the published pages alone sells plans: a user subscribes, changes, cancels and buys once. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { endSubscription } from '../../devnet/stripe/billing/subscriptions.ts';
import { idOf } from '../../devnet/stripe/checkout.ts';
import { PATIENCE } from '../support/contract/api.ts';
import { openPeopleApi, type PeopleApi } from '../support/contract/people.ts';
import { sdkOf } from '../support/billing/stripe-sdk.ts';
import { CreditsClient, OperatorClient } from './credits.ts';
import type { Json } from './published.ts';

const BACK = 'https://shop.example/back';
const URLS = { success_url: BACK, cancel_url: BACK };
const NOBODY = { requestId: null, idempotencyKey: null };

let api: PeopleApi;
let operator: OperatorClient;
let small: Json;
let large: Json;
beforeAll(async () => {
  // The published webhook is the only one that the provider knows.
  api = await openPeopleApi({}, '/payment/webhook/stripe');
  operator = new OperatorClient(api.url(), api.adminKey);
  small = await makePlan('Small', 10, 12_000);
  large = await makePlan('Large', 40, 40_000);
});
afterAll(async () => api.stop());

/** A price at the provider, as a seller makes it before the plan. */
async function priceOf(dollars: number, interval: 'month' | 'year'): Promise<string> {
  const sdk = sdkOf(api.stripe, api.shop.createKey());
  const product = await sdk.products.create({ name: 'Plan' });
  const price = { product: product.id, currency: 'usd', unit_amount: dollars * 100, recurring: { interval } };
  return (await sdk.prices.create(price)).id;
}

async function makePlan(name: string, dollars: number, credits: number): Promise<Json> {
  return operator.makePlan({
    name,
    description: `The ${name} plan`,
    price_monthly: dollars,
    price_yearly: dollars * 10,
    credits_included: credits,
    features: ['support'],
    stripe_price_id_monthly: await priceOf(dollars, 'month'),
    stripe_price_id_yearly: await priceOf(dollars * 10, 'year'),
    creem_product_id: null,
    kind: 'subscription',
    credits_expire: 'never',
    active: true,
  });
}

let made = 0;
async function newUser(): Promise<CreditsClient> {
  made += 1;
  return new CreditsClient(api.url(), await api.issuer.sign({ user: `sso|${made}` }));
}

/** Somebody who has subscribed on the provider's page. */
async function subscriber(
  plan = small,
  interval: 'month' | 'year' = 'month',
): Promise<{ readonly app: CreditsClient; readonly session: string }> {
  const app = await newUser();
  const asked = { channel: 'stripe', type: 'subscription', plan_id: String(plan['id']), interval, ...URLS } as const;
  const opened = await app.createSession(asked);
  const session = String(opened['session_id']);
  api.stripe.pay(session);
  await expect.poll(async () => (await app.subscription())?.['state'], PATIENCE).toBe('active');
  // Its credits come right after.
  await expect.poll(async () => (await app.orders())[0]?.['state'], PATIENCE).toBe('credited');
  return { app, session };
}

test('plans are sold as the operator made them, and an operator may take one off sale', async () => {
  const app = await newUser();
  expect(await app.plans()).toContainEqual(
    expect.objectContaining({
      id: small['id'],
      name: 'Small',
      description: 'The Small plan',
      price_monthly: 10,
      price_yearly: 100,
      credits_included: 12_000,
      features: ['support'],
    }),
  );
  const old = await makePlan('Old', 7, 7_000);
  const { id, ...fields } = old;
  const { name, price_monthly, price_yearly, credits_included } = fields;
  await operator.setPlan(String(id), { name, price_monthly, price_yearly, credits_included, active: false });
  expect((await app.plans()).map((plan) => plan['id'])).not.toContain(id);
  expect((await operator.plans()).find((plan) => plan['id'] === id)).toMatchObject({ active: false });
});

test('a user subscribes, and has the credits, the order and the movements of the period', async () => {
  expect(await (await newUser()).subscription()).toBeNull();
  const { app } = await subscriber();
  expect(await app.balance()).toBe(12_000);
  expect(await app.orders()).toMatchObject([
    {
      channel: 'stripe',
      type: 'subscription',
      state: 'credited',
      price_cents: 1_000,
      plan_id: small['id'],
      credits: 12_000,
    },
  ]);
  const moved = await app.transactions();
  expect(new Set(moved.map(({ type }) => type))).toEqual(new Set(['subscription']));
  expect(moved.reduce((sum, { amount }) => sum + (amount as number), 0)).toBe(12_000);
  const again = { channel: 'stripe', type: 'subscription', plan_id: small['id'], ...URLS };
  const second = await app.call('POST', '/payment/create-session', again);
  expect([second.status, second.json]).toMatchObject([409, { success: false, code: 'SUBSCRIPTION_STATE' }]);
});

test('a year brings twelve months at its start', async () => {
  const { app } = await subscriber(small, 'year');
  expect(await app.balance()).toBe(144_000);
});

test('a user changes, cancels, resumes, and is sent to the portal of the provider', async () => {
  const { app } = await subscriber();
  expect(await app.change(String(large['id']))).toMatchObject({ state: 'active' });
  await expect.poll(async () => app.balance(), PATIENCE).toBe(52_000);
  await app.change(String(small['id']));
  expect(await app.balance()).toBe(52_000);
  expect(await app.act('cancel')).toMatchObject({ state: 'cancelled_at_period_end' });
  expect(await app.act('resume')).toMatchObject({ state: 'active' });
  expect(new URL(await app.portal(BACK)).protocol).toBe('https:');
  const stranger = await (await newUser()).call('POST', '/subscription/cancel', {});
  expect([stranger.status, stranger.json]).toMatchObject([409, { success: false, code: 'SUBSCRIPTION_STATE' }]);
});

test('a coupon for a plan is for its active subscribers, and for nobody else', async () => {
  const code = 'FOR-SUBSCRIBERS';
  await operator.makeCoupon({ code, credits: 300, plans: [small['id']], limit_per_user: 5 });
  const redeem = async (app: CreditsClient): Promise<unknown> => {
    const { status, json } = await app.call('POST', '/credits/redeem', { code });
    return status === 200 ? 'given' : json['reason'];
  };
  const { app, session } = await subscriber();
  expect(await redeem(app)).toBe('given');
  await expect.poll(async () => app.balance(), PATIENCE).toBe(12_300);
  expect(await redeem(await newUser())).toBe('not_for_this_plan');
  expect(await redeem((await subscriber(large)).app)).toBe('not_for_this_plan');
  await app.act('cancel');
  expect(await redeem(app)).toBe('given');
  const books = api.shop.books();
  const { subscription } = books.get('checkout.session', session);
  endSubscription(books, books.get('subscription', idOf(subscription)), NOBODY);
  await expect.poll(async () => (await app.subscription())?.['state'], PATIENCE).toBe('ended');
  expect(await redeem(app)).toBe('not_for_this_plan');
});

test('a plan that is sold once brings its credits once', async () => {
  const once = await operator.makePlan({
    name: 'Once',
    description: '',
    price_monthly: 10,
    credits_included: 11_000,
    kind: 'one_time',
  });
  const app = await newUser();
  const opened = await app.createSession({ channel: 'stripe', type: 'topup', plan_id: String(once['id']), ...URLS });
  api.stripe.pay(String(opened['session_id']));
  await expect.poll(async () => app.balance(), PATIENCE).toBe(11_000);
  expect(await app.orders()).toMatchObject([
    { type: 'topup', price_cents: 1_000, credits: 11_000, plan_id: once['id'] },
  ]);
  expect(await app.subscription()).toBeNull();
});

test('what has no price at a channel cannot be bought there', async () => {
  const app = await newUser();
  const asked = { channel: 'creem', type: 'subscription', plan_id: small['id'], ...URLS };
  const refused = await app.call('POST', '/payment/create-session', asked);
  expect([refused.status, refused.json]).toMatchObject([400, { success: false, code: 'PLAN_NOT_SELLABLE' }]);
});
