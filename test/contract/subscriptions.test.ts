/** Plans and subscriptions: what operators sell, and what people do about their own. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { endSubscription } from '../../devnet/stripe/billing/subscriptions.ts';
import { sign } from '../../devnet/stripe/deliveries.ts';
import { PATIENCE, WEBHOOK_SECRET } from '../support/contract/api.ts';
import { openPeopleApi, type PeopleApi, type Person } from '../support/contract/people.ts';
import { sdkOf } from '../support/billing/stripe-sdk.ts';
import type { Answer } from '../support/http/api.ts';
import { queryRows } from '../support/process/query.ts';

const PLANS = '/admin/billing/plans';
const BACK = 'https://shop.example/back';

let api: PeopleApi;
let small: Record<string, unknown>;
let large: Record<string, unknown>;
beforeAll(async () => {
  api = await openPeopleApi();
  small = dataOf(await makePlan({ price_monthly: 10 }));
  large = dataOf(await makePlan({ price_monthly: 25.5, name: 'Large', credits_included: 25_500 }));
});
afterAll(async () => api.stop());

const dataOf = ({ json }: Answer): Record<string, unknown> => json['data'] as Record<string, unknown>;
const listOf = ({ json }: Answer): Record<string, unknown>[] => json['data'] as Record<string, unknown>[];

async function priceOf(dollars: number, interval: 'month' | 'year' = 'month', currency = 'usd'): Promise<string> {
  const sdk = sdkOf(api.stripe, api.shop.createKey());
  const product = await sdk.products.create({ name: 'Plan' });
  const price = {
    product: product.id,
    currency,
    unit_amount: Math.round(dollars * 100),
    recurring: { interval },
  };
  return (await sdk.prices.create(price)).id;
}

async function makePlan(
  change: Readonly<Record<string, unknown>> & { readonly price_monthly: number },
): Promise<Answer> {
  const stripe_price_id_monthly = await priceOf(change.price_monthly);
  const body = {
    name: 'Small',
    description: 'For few',
    features: ['a'],
    credits_included: 10_000,
    stripe_price_id_monthly,
  };
  return api.call('POST', PLANS, { key: api.adminKey, body: { ...body, ...change } });
}

async function openSession(person: Person, change: object = {}, key: string = crypto.randomUUID()): Promise<Answer> {
  const body = { channel: 'stripe', type: 'subscription', plan_id: small['id'], success_url: BACK, cancel_url: BACK };
  return person.call('POST', '/payment/create-session', { ...body, ...change }, { 'idempotency-key': key });
}

/** A person who has subscribed on the provider's page. */
async function subscriber(): Promise<Person> {
  const person = await api.person(0n);
  api.stripe.pay(String(dataOf(await openSession(person))['session_id']));
  await expect.poll(async () => [await stateOf(person), await balanceOf(person)], PATIENCE).toEqual(['active', 10_000]);
  return person;
}

const stateOf = async (person: Person): Promise<unknown> =>
  dataOf(await person.call('GET', '/subscription'))?.['state'];
const balanceOf = async (person: Person): Promise<unknown> =>
  dataOf(await person.call('GET', '/credits/balance'))['balance'];

test('POST /admin/billing/plans: makes a plan with exact prices, once for its key', async () => {
  const body = { name: 'Once more', credits_included: 5, price_monthly: 0.07 };
  const headers = { 'idempotency-key': 'plan-1' };
  const made = await api.call('POST', PLANS, { key: api.adminKey, body, headers });
  expect(made.text).toContain('"price_monthly":0.07,');
  const shown = {
    id: expect.stringMatching(/^[0-9a-f-]{36}$/) as unknown,
    ...body,
    description: '',
    price_yearly: null,
    features: [],
    kind: 'subscription',
    version: 1,
    credits_expire: 'never',
    active: true,
    stripe_price_id_monthly: null,
    stripe_price_id_yearly: null,
    creem_product_id: null,
    updated_at: expect.stringMatching(/Z$/) as unknown,
  };
  expect(dataOf(made)).toEqual(shown);
  const listed = listOf(await api.call('GET', PLANS, { key: api.adminKey }));
  expect(listed.find(({ id }) => id === dataOf(made)['id'])).toEqual(dataOf(made));
  const again = await api.call('POST', PLANS, { key: api.adminKey, body, headers });
  expect(dataOf(again)['id']).toBe(dataOf(made)['id']);
});

test.each([
  [{ price_monthly: 0.001 }, 'price_monthly'],
  [{ price_monthly: null }, 'price_monthly'],
  [{ credits_included: 0 }, 'credits_included'],
  [{ credits_included: 1.5 }, 'credits_included'],
  [{ kind: 'one_time', price_yearly: 5 }, 'price_monthly'],
  [{ kind: 'one_time', credits_expire: 'period_end' }, 'credits_expire'],
  [{ stripe_price_id_yearly: 'price_1' }, 'price_yearly'],
  [{ stripe_price_id_monthly: 'not an id' }, 'stripe_price_id_monthly'],
  [{ colour: 'red' }, 'colour'],
])('POST /admin/billing/plans: refuses %j', async (change, path) => {
  const body = { name: 'Wrong', credits_included: 1, price_monthly: 1, ...change };
  const refused = await api.call('POST', PLANS, { key: api.adminKey, body });
  expect([refused.status, refused.json['errors']]).toMatchObject([400, [{ path }]]);
});

test('POST /admin/billing/plans: what cannot be sold at the provider is refused as it is made, and as it is changed', async () => {
  const wrong = [
    [{ stripe_price_id_monthly: await priceOf(8, 'month', 'eur') }, /charged in eur, not in usd/],
    [{ stripe_price_id_monthly: await priceOf(9) }, /costs 900 cents, not 800/],
    [{ stripe_price_id_monthly: await priceOf(8, 'year') }, /charged for each year, not for each month/],
    [{ stripe_price_id_monthly: 'price_of_nothing' }, /No such price/],
    [{ kind: 'one_time', stripe_price_id_monthly: await priceOf(8) }, /charged for each month, not once/],
    [{ stripe_price_id_yearly: await priceOf(80, 'year', 'eur'), price_yearly: 80 }, /charged in eur, not in usd/],
  ] as const;
  const before = listOf(await api.call('GET', PLANS, { key: api.adminKey })).length;
  const body = { name: 'Abroad', credits_included: 8_000, price_monthly: 8 };
  for (const [change, message] of wrong) {
    const refused = await api.call('POST', PLANS, { key: api.adminKey, body: { ...body, ...change } });
    const path = 'stripe_price_id_yearly' in change ? 'stripe_price_id_yearly' : 'stripe_price_id_monthly';
    expect([refused.status, refused.json]).toMatchObject([
      400,
      { success: false, code: 'VALIDATION_FAILED', errors: [{ path, message: expect.stringMatching(message) }] },
    ]);
  }
  const named = await api.call('POST', PLANS, { key: api.adminKey, body: { ...body, currency: 'eur' } });
  expect([named.status, named.json['errors']]).toMatchObject([400, [{ path: 'currency' }]]);
  expect(listOf(await api.call('GET', PLANS, { key: api.adminKey }))).toHaveLength(before);
  const plan = dataOf(await makePlan({ price_monthly: 8, name: 'Abroad' }));
  const put = async (change: object): Promise<Answer> =>
    api.call('PUT', `${PLANS}/${String(plan['id'])}`, { key: api.adminKey, body: { ...body, ...change } });
  expect((await put(wrong[0][0])).json['errors']).toMatchObject([{ path: 'stripe_price_id_monthly' }]);
  // What is not for sale may name anything: it is read when it is put on sale.
  expect((await put({ ...wrong[1][0], active: false })).status).toBe(200);
  expect((await put(wrong[1][0])).status).toBe(400);
  // Nobody answers at the other provider: what cannot be read is not put on sale.
  const away = await put({ stripe_price_id_monthly: plan['stripe_price_id_monthly'], creem_product_id: 'prod_1' });
  expect([away.status, away.json]).toMatchObject([502, { success: false, code: 'PAYMENT_PROVIDER_FAILED' }]);
}, 60_000);

test('POST /admin/billing/plans: a price belongs to one plan', async () => {
  const body = { name: 'Thief', credits_included: 1, price_monthly: 10 };
  const stolen = { ...body, stripe_price_id_monthly: small['stripe_price_id_monthly'] };
  const refused = await api.call('POST', PLANS, { key: api.adminKey, body: stolen });
  expect(refused.json['errors']).toMatchObject([{ path: 'stripe_price_id_monthly' }]);
});

test('PUT /admin/billing/plans/{id}: adds a version; what is off sale is not offered', async () => {
  const made = dataOf(await makePlan({ price_monthly: 3, name: 'Old' }));
  const id = String(made['id']);
  const body = { name: 'Old', credits_included: 10_000, price_monthly: 3, active: false };
  expect(dataOf(await api.call('PUT', `${PLANS}/${id}`, { key: api.adminKey, body }))).toMatchObject({
    id,
    version: 2,
  });
  const person = await api.person(0n);
  const ids = listOf(await person.call('GET', '/subscription/plans')).map((plan) => plan['id']);
  expect([ids.includes(id), ids.includes(small['id'])]).toEqual([false, true]);
  const missing = await api.call('PUT', `${PLANS}/${crypto.randomUUID()}`, { key: api.adminKey, body });
  expect(missing.status).toBe(404);
});

test('GET /admin/billing/plans: shows operators all of every plan; nobody else', async () => {
  const shown = listOf(await api.call('GET', PLANS, { key: api.adminKey }));
  expect(shown.find(({ id }) => id === large['id'])).toMatchObject({ price_monthly: 25.5, credits_expire: 'never' });
  expect((await api.call('GET', PLANS, { key: api.serviceKey })).status).toBe(403);
});

test('GET /subscription/plans: shows people what is for sale, and not the ids of prices', async () => {
  const person = await api.person();
  const shown = listOf(await person.call('GET', '/subscription/plans')).find(({ id }) => id === small['id']);
  expect(shown).toEqual({
    id: small['id'],
    name: 'Small',
    description: 'For few',
    price_monthly: 10,
    price_yearly: null,
    credits_included: 10_000,
    features: ['a'],
    kind: 'subscription',
  });
});

test('GET /subscription: null for a stranger; the plan, its period and what comes next for a subscriber', async () => {
  const stranger = await api.person();
  expect((await stranger.call('GET', '/subscription')).json).toEqual({ success: true, data: null });
  const person = await subscriber();
  const place = { plan_id: small['id'], interval: 'month' };
  const shown = dataOf(await person.call('GET', '/subscription'));
  expect(shown).toEqual({
    id: expect.stringMatching(/^sub_/),
    channel: 'stripe',
    state: 'active',
    ...place,
    period_start: expect.stringMatching(/Z$/),
    period_end: expect.stringMatching(/Z$/),
    next: place,
    created_at: expect.stringMatching(/Z$/),
  });
  const days = (Date.parse(String(shown['period_end'])) - Date.parse(String(shown['period_start']))) / 86_400_000;
  expect([28, 29, 30, 31]).toContain(days);
  expect(await balanceOf(person)).toBe(10_000);
});

test('POST /subscription/change: an upgrade is charged and granted at once, a downgrade waits', async () => {
  const person = await subscriber();
  const change = async (plan: unknown, key: string): Promise<Answer> =>
    person.call('POST', '/subscription/change', { plan_id: plan, colour: 'red' }, { 'idempotency-key': key });
  const upgraded = await change(large['id'], 'up');
  expect([dataOf(upgraded)['plan_id'], await balanceOf(person)]).toEqual([large['id'], 35_500]);
  expect(upgraded.headers.get('coffer-ignored-fields')).toBe('colour');
  expect((await change(large['id'], 'up')).headers.get('idempotency-replayed')).toBe('true');
  const downgraded = dataOf(await change(small['id'], 'down'));
  expect([downgraded['plan_id'], downgraded['next']]).toMatchObject([large['id'], { plan_id: small['id'] }]);
  expect(await balanceOf(person)).toBe(35_500);
  expect((await change(small['id'], 'up')).json).toMatchObject({ success: false, code: 'IDEMPOTENCY_CONFLICT' });
});

test('POST /subscription/cancel: it ends with its period; a stranger has nothing to cancel', async () => {
  const person = await subscriber();
  const cancelled = dataOf(await person.call('POST', '/subscription/cancel', {}));
  expect(cancelled).toMatchObject({ state: 'cancelled_at_period_end', next: null, plan_id: small['id'] });
  const refused = await (await api.person(0n)).call('POST', '/subscription/cancel', {});
  expect([refused.status, refused.json]).toMatchObject([
    409,
    { success: false, code: 'SUBSCRIPTION_STATE', state: 'none' },
  ]);
});

test('POST /subscription/resume: takes a cancellation back', async () => {
  const person = await subscriber();
  await person.call('POST', '/subscription/cancel', {});
  expect(dataOf(await person.call('POST', '/subscription/resume', {}))['state']).toBe('active');
  expect((await person.call('POST', '/subscription/resume', {})).json).toMatchObject({ state: 'active' });
});

test('POST /subscription/portal: gives the URL of the portal, which leads back only where payers may be sent', async () => {
  const person = await subscriber();
  const opened = dataOf(await person.call('POST', '/subscription/portal', { return_url: BACK }));
  expect(opened['url']).toMatch(/^https:\/\/billing/);
  const refused = await person.call('POST', '/subscription/portal', { return_url: 'https://elsewhere.example' });
  expect(refused.json['errors']).toMatchObject([{ path: 'return_url' }]);
});

test('POST /payment/webhook/stripe: feeds the same intake', async () => {
  const object = { id: 'in_1', object: 'invoice' };
  const event = JSON.stringify({
    id: 'evt_in',
    object: 'event',
    type: 'invoice.paid',
    created: 1,
    livemode: false,
    data: { object },
  });
  const post = async (secret: string): Promise<number> => {
    const signature = sign(event, [secret], api.stripe.clock.now());
    const headers = { 'content-type': 'application/json', 'stripe-signature': signature };
    return (await fetch(`${api.url()}/payment/webhook/stripe`, { method: 'POST', body: event, headers })).status;
  };
  const stored = async (): Promise<unknown[]> =>
    (await queryRows(api.db, `SELECT kind FROM payment_inbox WHERE object = 'in_1'`)).rows;
  // It may be another business of an account's: it is answered, and nothing of it is stored.
  expect([await post('whsec_of_nobody'), await stored()]).toEqual([200, []]);
  expect([await post(WEBHOOK_SECRET), await stored()]).toEqual([200, [{ kind: 'invoice' }]]);
});

test('POST /payment/create-session: opens one checkout of a subscription at a time, and none beside a live one', async () => {
  const person = await api.person(0n);
  const first = dataOf(await openSession(person, {}, 'first'));
  expect(dataOf(await openSession(person, {}, 'first'))).toEqual(first);
  for (const plan_id of [small['id'], large['id']]) {
    const awaiting = await openSession(person, { plan_id });
    expect([awaiting.status, awaiting.json]).toMatchObject([
      409,
      { success: false, code: 'SUBSCRIPTION_STATE', state: 'awaiting_payment' },
    ]);
  }
  const statusOf = (session: unknown): unknown => api.shop.books().get('checkout.session', String(session)).status;
  expect(statusOf(first['session_id'])).toBe('open');
  // Cancelling closes it at the provider, so that it cannot be paid beside the next one.
  const cancelled = await person.call('POST', '/subscription/cancel', {}, { 'idempotency-key': 'close' });
  expect([cancelled.status, cancelled.json]).toEqual([200, { success: true, data: null }]);
  expect(statusOf(first['session_id'])).toBe('expired');
  expect(() => api.stripe.pay(String(first['session_id']))).toThrow(/no longer open/);
  expect(dataOf(await openSession(person, {}, 'first'))).toEqual({ ...first, url: null });
  const closed = await person.call('GET', `/orders/${String(first['order_id'])}`);
  expect(dataOf(closed)).toMatchObject({ id: first['order_id'], state: 'cancelled', credits: 10_000 });
  const second = dataOf(await openSession(person));
  expect(second['order_id']).not.toBe(first['order_id']);
  // The same request of before closes nothing of the new one.
  const again = await person.call('POST', '/subscription/cancel', {}, { 'idempotency-key': 'close' });
  expect([again.status, again.headers.get('idempotency-replayed')]).toEqual([200, 'true']);
  expect(statusOf(second['session_id'])).toBe('open');
  api.stripe.pay(String(second['session_id']));
  await expect.poll(async () => [await stateOf(person), await balanceOf(person)], PATIENCE).toEqual(['active', 10_000]);
  const refused = await openSession(person);
  expect([refused.status, refused.json]).toMatchObject([409, { code: 'SUBSCRIPTION_STATE', state: 'active' }]);
  const [order] = listOf(await person.call('GET', '/orders')).filter(({ state }) => state === 'credited');
  expect(order).toMatchObject({ type: 'subscription', plan_id: small['id'], price_cents: 1_000, credits: 10_000 });
  expect(listOf(await person.call('GET', '/credits/transactions'))).toMatchObject([
    { type: 'subscription', amount: 10_000 },
  ]);
});

test('POST /subscription/cancel: a checkout that was paid a moment before is a subscription, and ends with its period', async () => {
  const person = await api.person(0n);
  const opened = dataOf(await openSession(person));
  // Nobody hears of it until the call asks the provider.
  api.stripe.weather.drop = 1;
  api.stripe.pay(String(opened['session_id']));
  expect(await stateOf(person)).toBeUndefined();
  const cancelled = await person.call('POST', '/subscription/cancel', {});
  api.stripe.weather.drop = 0;
  expect([cancelled.status, dataOf(cancelled)]).toMatchObject([200, { state: 'cancelled_at_period_end' }]);
  await expect.poll(async () => balanceOf(person), PATIENCE).toBe(10_000);
});

test.each([[{ plan_id: 'nothing' }], [{ interval: 'year' }], [{ channel: 'creem' }], [{ type: 'topup' }]])(
  'POST /payment/create-session: what has no price there cannot be bought: %j',
  async (change) => {
    const refused = await openSession(await api.person(0n), change);
    expect([refused.status, refused.json]).toMatchObject([400, { success: false, code: 'PLAN_NOT_SELLABLE' }]);
  },
);

test('POST /payment/create-session: a one-time plan brings its credits once', async () => {
  const made = await makePlan({ price_monthly: 5, kind: 'one_time', name: 'Once', stripe_price_id_monthly: null });
  const person = await api.person(0n);
  const opened = dataOf(await openSession(person, { type: 'topup', plan_id: dataOf(made)['id'] }));
  api.stripe.pay(String(opened['session_id']));
  await expect.poll(async () => balanceOf(person), PATIENCE).toBe(10_000);
  expect(await stateOf(person)).toBeUndefined();
});

test('POST /credits/redeem: a coupon for plans is for their active subscribers alone', async () => {
  const body = { code: 'FOR-SMALL-PLANS', credits: 50, plans: [small['id']] };
  expect((await api.call('POST', '/admin/billing/coupons', { key: api.adminKey, body })).status).toBe(200);
  const redeem = async (person: Person): Promise<Answer> => person.call('POST', '/credits/redeem', { code: body.code });
  const refused = await redeem(await api.person(0n));
  expect(refused.json).toMatchObject({ success: false, code: 'COUPON_UNUSABLE', reason: 'not_for_this_plan' });
  const person = await subscriber();
  expect((await redeem(person)).status).toBe(200);
  expect(await balanceOf(person)).toBe(10_050);
  const former = await subscriber();
  const books = api.shop.books();
  const [newest] = books.list('subscription');
  if (newest) endSubscription(books, newest, { requestId: null, idempotencyKey: null });
  await expect.poll(async () => stateOf(former), PATIENCE).toBe('ended');
  expect((await redeem(former)).json).toMatchObject({ reason: 'not_for_this_plan' });
});
