/** An app that knows the published pages of credits and subscriptions alone walks through all of it. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PATIENCE } from '../support/contract/api.ts';
import { openPeopleApi, type PeopleApi } from '../support/contract/people.ts';
import { CreditsClient, MeterClient, OperatorClient } from './credits.ts';

const TOKEN_LIFE_SECONDS = 30 * 24 * 3_600;
const URLS = { success_url: 'https://shop.example/yes', cancel_url: 'https://shop.example/no' };

let api: PeopleApi;
let meter: MeterClient;
let operator: OperatorClient;
beforeAll(async () => {
  api = await openPeopleApi();
  meter = new MeterClient(api.url(), api.serviceKey);
  operator = new OperatorClient(api.url(), api.adminKey);
});
afterAll(async () => api.stop());

let made = 0;
async function newUser(): Promise<{ readonly user: string; readonly app: CreditsClient }> {
  made += 1;
  const user = `sso|${made}`;
  const token = await api.issuer.sign({ user, lifeSeconds: TOKEN_LIFE_SECONDS });
  return { user, app: new CreditsClient(api.url(), token) };
}

test('a user buys credits, is charged for them, and sees the order and each movement', async () => {
  const { user, app } = await newUser();
  expect(await app.balance()).toBe(0);
  const opened = await app.createSession({ channel: 'stripe', type: 'topup', credits: 15_000, ...URLS });
  const id = String(opened['order_id']);
  expect(await app.order(id)).toMatchObject({ state: 'awaiting_payment', credits: 15_000, paid_at: null });
  api.stripe.pay(String(opened['session_id']));
  await expect.poll(async () => app.balance(), PATIENCE).toBe(15_000);
  expect(await app.orders()).toMatchObject([
    { id, channel: 'stripe', type: 'topup', state: 'credited', price_cents: 1_500, currency: 'usd', plan_id: null },
  ]);
  const charge = { user_id: user, amount: 250, description: 'a summary', idempotency_key: `run-${user}` };
  expect(await meter.deduct(charge)).toMatchObject({ balance: 14_750 });
  expect(await meter.deduct(charge)).toMatchObject({ balance: 14_750 });
  expect(await meter.deduct({ user_id: user, amount: 1, type: 'usage' })).toMatchObject({ balance: 14_749 });
  const all = await app.transactions();
  expect(all.map(({ type, amount, description }) => [type, amount, description])).toEqual([
    ['usage', -1, null],
    ['ai_usage', -250, 'a summary'],
    ['topup', 15_000, 'Card payment'],
  ]);
  expect([...(await app.transactions(2)), ...(await app.transactions(2, 2))]).toEqual(all);
  const short = await meter.call('POST', '/credits/deduct', { user_id: user, amount: 14_750 });
  expect([short.status, short.json]).toMatchObject([402, { success: false, code: 'CREDIT_INSUFFICIENT' }]);
  expect(await app.balance()).toBe(14_749);
});

test('an operator turns check-ins on; a user gets the credits of the day once', async () => {
  const { app } = await newUser();
  expect(await operator.checkInConfig()).toMatchObject({ enabled: false });
  const off = await app.call('POST', '/checkin');
  expect([off.status, off.json]).toMatchObject([409, { success: false, code: 'CHECKIN_DISABLED' }]);
  await operator.setCheckIn({ enabled: true, credits_per_day: 20, time_zone: 'Europe/Berlin' });
  expect(await app.checkIn()).toMatchObject({ credits: 20, streak: 1, balance: 20 });
  const again = await app.call('POST', '/checkin');
  expect([again.status, again.json]).toMatchObject([409, { success: false, code: 'ALREADY_CHECKED_IN' }]);
  api.advance(24 * 3_600_000);
  expect(await app.checkIn()).toMatchObject({ credits: 20, streak: 2, balance: 40 });
  expect(await app.transactions()).toMatchObject([{ type: 'checkin', amount: 20 }, { type: 'checkin' }]);
});

test('an operator makes a coupon; each user redeems it as often as it says', async () => {
  const { app } = await newUser();
  const coupon = await operator.makeCoupon({ code: 'Spring-2027', credits: 500, limit_total: 2 });
  expect((await operator.coupons()).map(({ code }) => code)).toContain(coupon['code']);
  await app.redeem('spring-2027');
  expect(await app.balance()).toBe(500);
  const again = await app.call('POST', '/credits/redeem', { code: 'SPRING-2027' });
  expect([again.status, again.json]).toMatchObject([409, { code: 'COUPON_UNUSABLE', reason: 'used_by_you' }]);
  expect(await app.transactions()).toMatchObject([{ type: 'coupon', amount: 500 }]);
});

test('an operator gives and takes credits by hand, and sees the movements of all users', async () => {
  const { user, app } = await newUser();
  await operator.manual(user, 300, 'sorry for the outage');
  await operator.manual(user, -100, 'given twice');
  expect(await app.balance()).toBe(200);
  const own = await app.transactions();
  expect(own.map(({ type, amount }) => [type, amount])).toEqual([
    ['manual', -100],
    ['manual', 300],
  ]);
  expect((await operator.transactions()).slice(0, 2)).toMatchObject(own);
  const tooMuch = await operator.call('POST', '/admin/credits/manual', { user_id: user, amount: -201, reason: 'x' });
  expect([tooMuch.status, tooMuch.json]).toMatchObject([402, { success: false }]);
});

test('nobody but an operator is let in to what operators do', async () => {
  const { app } = await newUser();
  for (const path of ['/admin/billing/coupons', '/admin/credits/transactions', '/admin/checkin/config']) {
    for (const caller of [app, meter]) {
      const refused = await caller.call('GET', path);
      expect([path, refused.status, refused.json['success']]).toEqual([path, 403, false]);
    }
  }
});
