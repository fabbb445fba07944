/** One wallet behind the surfaces: what comes in through one of them can be spent through the others of the same owner. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PATIENCE } from '../support/contract/api.ts';
import { openOrgShop } from '../support/contract/org-shop.ts';
import { dataOf, openPeopleApi, type PeopleApi } from '../support/contract/people.ts';

const BACK = 'https://shop.example/back';
const URLS = { success_url: BACK, cancel_url: BACK };

let api: PeopleApi;
beforeAll(async () => {
  api = await openPeopleApi();
});
afterAll(async () => api.stop());

describe('of an org', () => {
  async function orgOf(): Promise<{
    readonly org: string;
    readonly ask: (path: string, body?: object) => Promise<Record<string, unknown>>;
  }> {
    const org = await api.createOrg();
    const headers = { 'coffer-org': org };
    return {
      org,
      ask: async (path, body) => {
        const isOwn = path.startsWith('/orgs');
        const call = { key: api.adminKey, ...(isOwn ? {} : { headers }), ...(body && { body }) };
        const { status, json } = await api.call(body ? 'POST' : 'GET', path, call);
        expect([path, status < 300]).toEqual([path, true]);
        return json;
      },
    };
  }

  test('a card top-up of the treasury is charged through org billing', async () => {
    const { org, ask } = await orgOf();
    const body = { packId: 'growth', successUrl: BACK, cancelUrl: BACK };
    api.stripe.pay(String((await ask('/treasury/checkout', body))['sessionId']));
    const wallet = async (): Promise<unknown> => (await ask(`/orgs/${org}/wallet`))['wallet_balance'];
    await expect.poll(wallet, PATIENCE).toBe(25_000_000);
    const charge = { operation: 'charge', amount_micros: 25_000_000, description: 'all of it' };
    expect(await ask(`/orgs/${org}/wallet`, charge)).toMatchObject({ wallet_balance: 0 });
    expect(await ask('/treasury/balance')).toMatchObject({ availableUsd: '0.00', totalUsd: '25.00' });
  });

  test('a product and a deposit of org billing are spent through the treasury', async () => {
    const { org, call, product, checkout } = await openOrgShop(api);
    const { session } = await checkout(await product());
    api.stripe.pay(session);
    await expect.poll(async () => (await call('GET', '/wallet')).json['wallet_balance'], PATIENCE).toBe(10_000_000);
    const deposit = { operation: 'deposit', amount_micros: 500_000, description: 'by wire' };
    expect((await call('POST', '/wallet', deposit, { key: api.adminKey })).status).toBe(200);
    const about = { key: api.adminKey, headers: { 'coffer-org': org } };
    const spend = { serviceType: 'AI_API', amountUsd: '10.50' };
    expect((await api.call('POST', '/treasury/debit', { ...about, body: spend })).json).toMatchObject({
      availableUsd: '0.00',
    });
    expect((await call('GET', '/wallet')).json).toMatchObject({ wallet_balance: 0, wallet_balance_usd: '$0.00' });
  });
});

describe('of a user', () => {
  test('a top-up of the universal wallet is spent as credits', async () => {
    const { user, call } = await api.person();
    const body = { user_id: user, amountDollars: 10, returnUrl: BACK };
    api.stripe.pay(String((await api.serve('POST', '/io/wallet/topup-session', body)).json['sessionId']));
    await expect.poll(async () => dataOf(await call('GET', '/credits/balance')), PATIENCE).toEqual({ balance: 10_000 });
    const spent = await api.serve('POST', '/credits/deduct', { user_id: user, amount: 10_000 });
    expect(dataOf(spent)).toMatchObject({ balance: 0 });
    expect((await call('GET', '/io/wallet/balance')).json).toMatchObject({ credits: 0 });
  });

  test('credits that were bought, and those that were given, are spent as dollars', async () => {
    const { user, call } = await api.person();
    const bought = { channel: 'stripe', type: 'topup', credits: 10_000, ...URLS };
    api.stripe.pay(String(dataOf(await call('POST', '/payment/create-session', bought))['session_id']));
    await expect.poll(async () => (await call('GET', '/io/wallet/balance')).json['credits'], PATIENCE).toBe(10);
    const given = { user_id: user, amount: 500, reason: 'a present' };
    await api.call('POST', '/admin/credits/manual', { key: api.adminKey, body: given });
    const charge = { user_id: user, feature: 'x', amount: 10.5 };
    expect((await api.serve('POST', '/io/wallet/deduct', charge)).json).toMatchObject({ allowed: true, balance: 0 });
    expect(dataOf(await call('GET', '/credits/balance'))).toEqual({ balance: 0 });
  });

  test('the wallet of an org with the id of a user is another wallet', async () => {
    const { user } = await api.person(5n);
    const org = await api.createOrg(user);
    await api.call('PATCH', `/admin/orgs/${org}`, { key: api.adminKey, body: { externalId: user } });
    const { json } = await api.call('GET', `/orgs/${encodeURIComponent(user)}/wallet`, { key: api.adminKey });
    expect(json['wallet_balance']).toBe(0);
  });
});
