/** Card payments from end to end: a checkout through the API, the fake Stripe, its webhooks, and the ledger. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sign } from '../../devnet/stripe/deliveries.ts';
import type { FakeAccount } from '../../devnet/stripe/account.ts';
import { startFakeStripe, type FakeStripe } from '../../devnet/stripe/fake.ts';
import { startTestApi, type TestApi } from '../support/http/api.ts';

const DAY_MS = 24 * 3_600_000;
/** A process lets a tenth of it through before it asks for more. */
const LIMIT = 50;
/** The inbox is worked on twice a second. */
const WITHIN = { timeout: 20_000, interval: 200 };

let fake: FakeStripe;
let shop: FakeAccount;
let api: TestApi;
let folder: string;
const secret = 'whsec_of_the_platform';

beforeAll(async () => {
  fake = await startFakeStripe();
  shop = fake.addAccount();
  folder = mkdtempSync(join(tmpdir(), 'coffer-stripe-'));
  const [keyFile, secretFile] = [join(folder, 'key'), join(folder, 'secret')];
  writeFileSync(keyFile, shop.createKey());
  writeFileSync(secretFile, secret);
  api = await startTestApi('first_come', undefined, {
    payments: {
      mode: 'test',
      redirectOrigins: ['https://shop.example'],
      stripe: { secretKeyFile: keyFile, webhookSecretFiles: [secretFile], apiUrl: fake.url },
    },
    rateLimits: { unsignedWebhooks: { requests: LIMIT, seconds: 3_600 } },
  });
  shop.addEndpoint(`${api.url()}/webhooks/stripe`, { secret });
});
afterAll(async () => {
  await api.stop();
  await fake.stop();
  rmSync(folder, { recursive: true });
});

async function checkOut(key: string): Promise<{ order: string; session: string }> {
  const body = { packId: 'growth', successUrl: 'https://shop.example/yes', cancelUrl: 'https://shop.example/no' };
  const { status, json } = await api.call('POST', '/treasury/checkout', { key, body });
  expect(status).toBe(200);
  return { order: String(json['orderId']), session: String(json['sessionId']) };
}

async function stateOf(key: string, order: string): Promise<unknown> {
  return (await api.call('GET', `/treasury/orders/${order}`, { key })).json['state'];
}

async function availableOf(key: string): Promise<unknown> {
  return (await api.call('GET', '/treasury/balance', { key })).json['availableUsd'];
}

/** Posts a body to a webhook URL; gives status and code. */
async function post(path: string, body: string, signedWith?: string): Promise<[number, unknown]> {
  const signature = signedWith === undefined ? {} : { 'stripe-signature': sign(body, [signedWith], fake.clock.now()) };
  const headers = { 'content-type': 'application/json; charset=utf-8', ...signature };
  const answer = await fetch(`${api.url()}${path}`, { method: 'POST', body, headers });
  const json = (await answer.json()) as Record<string, unknown>;
  return [answer.status, json['code']];
}

const about = (id: string): string =>
  JSON.stringify({
    id: `evt_${id}`,
    object: 'event',
    type: 'refund.created',
    created: 1,
    livemode: false,
    data: { object: { id } },
  });

test('A51 A52 a checkout that is paid is credited once, with the price of our order and not with its tax', async () => {
  Object.assign(shop.books().settings, { taxPercent: 19 });
  Object.assign(fake.weather, { duplicate: 1, twin: 1 });
  const { key } = await api.createCustomer();
  const { order, session } = await checkOut(key);
  expect(await stateOf(key, order)).toBe('awaiting_payment');
  fake.pay(session);
  await expect.poll(async () => stateOf(key, order), WITHIN).toBe('credited');
  Object.assign(shop.books().settings, { taxPercent: 0 });
  Object.assign(fake.weather, { duplicate: 0, twin: 0 });
  await fake.idle();
  expect(await availableOf(key)).toBe('25.00');
});

test('A53 what is refunded and disputed is taken back, and what is won comes back', async () => {
  const { key } = await api.createCustomer();
  const { order, session } = await checkOut(key);
  fake.pay(session);
  await expect.poll(async () => stateOf(key, order), WITHIN).toBe('credited');
  fake.act(session, 'dispute');
  await expect.poll(async () => availableOf(key), WITHIN).toBe('0.00');
  fake.act(session, 'win');
  await expect.poll(async () => availableOf(key), WITHIN).toBe('25.00');
  fake.act(session, 'refund');
  await expect.poll(async () => availableOf(key), WITHIN).toBe('0.00');
});

test('S22 what is no JSON object is no event of anybody, whereas an unsigned object may be another business', async () => {
  for (const body of ['[null, null]', 'null', '"evt_1"', 'evt_1']) {
    expect(await post('/webhooks/stripe', body)).toEqual([400, 'SIGNATURE_INVALID']);
  }
  expect(await post('/webhooks/stripe', ' {"id": "evt_1"}')).toEqual([200, undefined]);
});

test('A54 too much that nothing signs is 429, and what the platform signs is still taken', async () => {
  const org = await api.createOrg();
  expect(await post(`/webhooks/stripe/${org}`, about('re_1'), 'whsec_wrong')).toEqual([400, 'SIGNATURE_INVALID']);
  expect(await post('/webhooks/stripe', about('re_1'), 'whsec_wrong')).toEqual([200, undefined]);
  expect(await post('/webhooks/stripe', about('re_1'))).toEqual([200, undefined]);
  expect(await post('/webhooks/stripe/00000000-0000-7000-8000-000000000000', about('re_1'))).toEqual([
    404,
    'NOT_FOUND',
  ]);
  expect(await post(`/webhooks/stripe/${org}`, about('re_1'))).toEqual([400, 'SIGNATURE_INVALID']);
  // Shares of the limit are asked for once a second: it is used up when nothing comes through for some of them.
  let calm = 0;
  const noise = async (): Promise<number> => {
    const sent = Array.from({ length: LIMIT }, async () => post('/webhooks/stripe', about('re_1')));
    const through = (await Promise.all(sent)).filter(([status]) => status !== 429);
    calm = through.length === 0 ? calm + 1 : 0;
    return calm;
  };
  await expect.poll(noise, { timeout: 25_000, interval: 1_200 }).toBeGreaterThanOrEqual(4);
  expect(await post(`/webhooks/stripe/${org}`, about('re_1'))).toEqual([429, 'RATE_LIMITED']);
  for (let time = 0; time < LIMIT * 2; time += 1) {
    expect(await post('/webhooks/stripe', about(`re_${time}`), secret)).toEqual([200, undefined]);
  }
});

test('A54 cards that are tried on a checkout are counted: after five of a day it is closed, and no other one is opened', async () => {
  const { key } = await api.createCustomer();
  const { order, session } = await checkOut(key);
  const declined = async (): Promise<number> => {
    const { json } = await api.call('GET', `/treasury/orders/${order}`, { key });
    return JSON.stringify(json['timeline']).split('payment_declined').length - 1;
  };
  for (let count = 1; count <= 5; count += 1) {
    expect(await stateOf(key, order)).toBe('awaiting_payment');
    fake.pay(session, 'pm_card_chargeDeclined');
    await expect.poll(declined, WITHIN).toBe(count);
  }
  await expect.poll(async () => stateOf(key, order), WITHIN).toBe('expired');
  const body = { packId: 'growth', successUrl: 'https://shop.example/yes', cancelUrl: 'https://shop.example/no' };
  const refused = await api.call('POST', '/treasury/checkout', { key, body });
  expect([refused.status, refused.json]).toMatchObject([429, { code: 'RATE_LIMITED', limit: 'failed_payments' }]);
  await fake.idle();
  expect(await declined()).toBe(5);
});

test('a body above 1 MB is refused, and one of 900 kB is read as it is', async () => {
  const padded = (bytes: number): string => about('re_big').padEnd(bytes, ' ');
  expect(await post('/webhooks/stripe', padded(900_000), secret)).toEqual([200, undefined]);
  expect(await post('/webhooks/stripe', padded(1_000_001), secret)).toEqual([413, 'BODY_TOO_LARGE']);
});

test('A38 what is paid late is credited, and too little or another currency is parked', async () => {
  const { key } = await api.createCustomer();
  for (const wrong of [{ amount_subtotal: 2_400, amount_total: 2_400 }, { currency: 'eur' }]) {
    const { order, session } = await checkOut(key);
    Object.assign(shop.books().get('checkout.session', session), wrong);
    fake.pay(session);
    await expect.poll(async () => stateOf(key, order), WITHIN).toBe('parked');
  }
  const { order, session } = await checkOut(key);
  fake.pay(session, 'pm_usBankAccount_success');
  await expect.poll(async () => stateOf(key, order), WITHIN).toBe('processing');
  api.advance(5 * DAY_MS);
  fake.clock.advance(5 * DAY_MS);
  await expect.poll(async () => stateOf(key, order), WITHIN).toBe('credited');
  expect(await availableOf(key)).toBe('25.00');
});
