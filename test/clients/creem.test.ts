/** The same app as in `subscriptions.test.ts`, where the operator sells through Creem: its published webhook is all that it knows. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startFakeCreem, type FakeCreem, type FakeCreemAccount } from '../../devnet/creem/fake.ts';
import { CREEM_SECRET, PATIENCE } from '../support/contract/api.ts';
import { openPeopleApi, type PeopleApi } from '../support/contract/people.ts';
import { CreditsClient, OperatorClient } from './credits.ts';

const BACK = 'https://shop.example/back';

let folder: string;
let creem: FakeCreem;
let shop: FakeCreemAccount;
let api: PeopleApi;
let operator: OperatorClient;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'coffer-creem-'));
  creem = await startFakeCreem();
  shop = creem.addAccount();
  const [secretKeyFile, secretFile] = [join(folder, 'key'), join(folder, 'secret')];
  writeFileSync(secretKeyFile, shop.key);
  writeFileSync(secretFile, CREEM_SECRET);
  api = await openPeopleApi({
    payments: {
      mode: 'test',
      redirectOrigins: ['https://shop.example'],
      creem: { secretKeyFile, webhookSecretFiles: [secretFile], apiUrl: creem.url },
    },
  });
  shop.addEndpoint(`${api.url()}/payment/webhook/creem`, CREEM_SECRET);
  operator = new OperatorClient(api.url(), api.adminKey);
});
afterAll(async () => {
  await api.stop();
  await creem.stop();
  rmSync(folder, { recursive: true });
});

let made = 0;
async function newUser(): Promise<CreditsClient> {
  made += 1;
  return new CreditsClient(api.url(), await api.issuer.sign({ user: `sso|${made}` }));
}

test('a user subscribes at Creem, and buys once there; each is an order with its credits', async () => {
  const monthly = shop.addProduct({ price: 1_000, recurring: 'month' }).id;
  const plan = await operator.makePlan({
    name: 'Small',
    price_monthly: 10,
    credits_included: 12_000,
    creem_product_id: monthly,
  });
  const app = await newUser();
  const asked = { channel: 'creem', success_url: BACK } as const;
  const opened = await app.createSession({ ...asked, type: 'subscription', plan_id: String(plan['id']) });
  creem.act(String(opened['session_id']), 'pay');
  await expect.poll(async () => app.balance(), PATIENCE).toBe(12_000);
  await expect.poll(async () => (await app.subscription())?.['state'], PATIENCE).toBe('active');
  const once = await operator.makePlan({
    name: 'Once',
    kind: 'one_time',
    price_monthly: 5,
    credits_included: 5_000,
    creem_product_id: shop.addProduct({ price: 500 }).id,
  });
  const bought = await app.createSession({ ...asked, type: 'topup', plan_id: String(once['id']) });
  creem.act(String(bought['session_id']), 'pay');
  await expect.poll(async () => app.balance(), PATIENCE).toBe(17_000);
  const paid = { channel: 'creem', state: 'credited', currency: 'usd', refunded_cents: 0 };
  expect(await app.orders()).toMatchObject([
    { ...paid, id: bought['order_id'], type: 'topup', price_cents: 500, credits: 5_000, plan_id: once['id'] },
    { ...paid, id: opened['order_id'], type: 'subscription', price_cents: 1_000, credits: 12_000, plan_id: plan['id'] },
  ]);
  expect(await app.act('cancel')).toMatchObject({ state: 'cancelled_at_period_end', channel: 'creem' });
});

test('a product that cannot be sold as the plan says is refused as the plan is made', async () => {
  for (const [product, message] of [
    [{ price: 1_000, recurring: 'month', currency: 'EUR' }, /sold in eur, not in usd/],
    [{ price: 1_100, recurring: 'month' }, /costs 1100 cents, not 1000/],
    [{ price: 1_000, recurring: 'year' }, /billed every-year, not every-month/],
    [{ price: 1_000 }, /is no subscription/],
  ] as const) {
    const body = {
      name: 'Wrong',
      price_monthly: 10,
      credits_included: 1,
      creem_product_id: shop.addProduct(product).id,
    };
    const refused = await operator.call('POST', '/admin/billing/plans', body);
    expect([refused.status, refused.json]).toMatchObject([
      400,
      { success: false, errors: [{ path: 'creem_product_id', message: expect.stringMatching(message) }] },
    ]);
  }
  const body = { name: 'Nothing', price_monthly: 10, credits_included: 1, creem_product_id: 'prod_nothing' };
  expect((await operator.call('POST', '/admin/billing/plans', body)).status).toBe(400);
  expect((await operator.plans()).map(({ name }) => name)).not.toContain('Wrong');
});
