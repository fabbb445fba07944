/** A product that knows the published pages of the universal wallet alone walks through all of it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PATIENCE } from '../support/contract/api.ts';
import { openPeopleApi, type PeopleApi } from '../support/contract/people.ts';
import { WalletClient } from './wallet.ts';

const RETURN = 'https://shop.example/back';

let api: PeopleApi;
let product: WalletClient;
beforeAll(async () => {
  // The published webhook is the only one that the provider knows.
  api = await openPeopleApi({}, '/io/wallet/webhook');
  product = new WalletClient(api.url(), { serviceKey: api.serviceKey });
  for (const body of [
    { action: 'image_upscale', unit: 'image', rateUsd: '0.05' },
    { action: 'tokens', unit: 'token', rateUsd: '0.0000025' },
  ]) {
    await api.call('POST', '/admin/prices', { key: api.adminKey, body });
  }
});
afterAll(async () => api.stop());

let made = 0;
async function newUser(): Promise<{ readonly user: string; readonly own: WalletClient }> {
  made += 1;
  const user = `sso|${made}`;
  return { user, own: new WalletClient(api.url(), { bearer: await api.issuer.sign({ user }) }) };
}

/** Tops a user up on the provider's page. */
async function topUp(user: string, amountDollars: number): Promise<string> {
  const { url, sessionId } = await product.topupSession({ user_id: user, amountDollars, returnUrl: RETURN });
  expect(new URL(url).protocol).toMatch(/^https?:$/);
  const before = await product.balance(user);
  api.stripe.pay(sessionId);
  await expect.poll(async () => product.balance(user), PATIENCE).toBe(before + amountDollars);
  return sessionId;
}

test.each(['published.ts', 'wallet.ts', 'credits.ts'])('the client %s knows nothing of the project', (name) => {
  const imported = readFileSync(join(import.meta.dirname, name), 'utf8').matchAll(/from '([^']+)'/g);
  for (const [, path] of imported) expect(path).toBe('./published.ts');
});

test('a user is topped up, charged by rate and by amount, and sees each of it', async () => {
  const { user, own } = await newUser();
  expect([await product.balance(user), await own.balance()]).toEqual([0, 0]);
  expect(await product.deduct({ user_id: user, feature: 'image_upscale' })).toEqual({
    allowed: false,
    balanceBefore: 0,
    required: 0.05,
  });
  const session = await topUp(user, 10);
  expect(await product.deduct({ user_id: user, feature: 'image_upscale', count: 3 })).toMatchObject({
    allowed: true,
    balanceBefore: 10,
    balanceAfter: 9.85,
    deducted: 0.15,
  });
  expect(await product.deduct({ user_id: user, feature: 'tokens', units: 1 })).toMatchObject({ deducted: 0.000003 });
  const named = await product.deduct({ user_id: user, feature: 'agent run', amount: 0.25, count: 7 });
  expect(named).toMatchObject({ allowed: true, deducted: 0.25, balanceAfter: 9.599997 });
  const items = await own.transactions();
  expect(items.map(({ type, feature, credits }) => [type, feature, credits])).toEqual([
    ['deduct', 'agent run', -0.25],
    ['deduct', 'tokens', -0.000003],
    ['deduct', 'image_upscale', -0.15],
    ['topup', undefined, 10],
  ]);
  expect(items.at(-1)).toMatchObject({ stripe_session_id: session, balance_after: 10 });
  expect(await product.transactions(user)).toEqual(items);
  expect(await own.balance()).toBe(items[0]?.['balance_after']);
});

test('what a deduct needs is known before it, from the rates that anybody may read', async () => {
  const { user } = await newUser();
  await topUp(user, 10);
  const rates = await new WalletClient(api.url(), 'nobody').rates();
  expect(rates).toEqual([
    { feature: 'image_upscale', label: 'Image upscale', credits: 0.05, unit: 'image' },
    { feature: 'tokens', label: 'Tokens', credits: 0.0000025, unit: 'token' },
  ]);
  const [rate] = rates;
  const paid = await product.deduct({ user_id: user, feature: String(rate?.['feature']), count: 4 });
  expect(paid).toMatchObject({ deducted: 4 * (rate?.['credits'] as number) });
});

test('a client that tries again under its key is charged once, and a larger charge than the balance is not allowed', async () => {
  const { user } = await newUser();
  await topUp(user, 10);
  const charge = { user_id: user, feature: 'run', amount: 4, idempotency_key: `run-${user}` };
  const [first, ...again] = await Promise.all([1, 2, 3].map(async () => product.deduct(charge)));
  expect(again).toEqual([first, first]);
  expect(await product.balance(user)).toBe(6);
  expect(await product.deduct({ user_id: user, feature: 'run', amount: 6.000001 })).toEqual({
    allowed: false,
    balanceBefore: 6,
    required: 6.000001,
  });
});

describe('who calls', () => {
  test.each<[string, (user: string) => Promise<WalletClient>, number[]]>([
    ['nobody', async () => Promise.resolve(new WalletClient(api.url(), 'nobody')), [401, 401, 401, 401]],
    [
      'a key that is none',
      async () => Promise.resolve(new WalletClient(api.url(), { serviceKey: 'ck_live_none' })),
      [403, 403, 403, 403],
    ],
    [
      'a user',
      async (user) => new WalletClient(api.url(), { bearer: await api.issuer.sign({ user }) }),
      [200, 200, 403, 403],
    ],
    [
      'a service with its key as a bearer',
      async () => Promise.resolve(new WalletClient(api.url(), { bearer: api.serviceKey })),
      [200, 200, 200, 200],
    ],
  ])('%s', async (_name, open, statuses) => {
    const { user } = await newUser();
    const client = await open(user);
    const about = `?user_id=${encodeURIComponent(user)}`;
    const answers = [
      await client.call('GET', `/balance${about}`),
      await client.call('GET', `/transactions${about}`),
      await client.call('POST', '/deduct', { user_id: user, feature: 'x', amount: 1 }),
      await client.call('POST', '/topup-session', { user_id: user, amountDollars: 10, returnUrl: RETURN }),
    ];
    expect(answers.map(({ status }) => status)).toEqual(statuses);
    for (const { status, json } of answers) if (status !== 200) expect(json['error']).toEqual(expect.any(String));
    if (statuses[2] !== 200) expect(answers[2]?.json['allowed']).toBe(false);
  });
});

describe('the published names of a top-up', () => {
  test.each([
    { amountDollars: 10, returnUrl: RETURN },
    { amount_dollars: 10, success_url: RETURN, cancel_url: RETURN },
    { amount: 10, success_url: RETURN },
    { amount: 10, amountDollars: 10, cancel_url: RETURN },
  ])('%j opens a session', async (names) => {
    const { user } = await newUser();
    expect((await product.topupSession({ user_id: user, ...names })).sessionId).toMatch(/^cs_/);
  });

  test.each([
    [{ amountDollars: 12.34 }, 'amount_dollars must be an integer'],
    [{ amountDollars: 9 }, 'Minimum top-up is $10'],
    [{ amountDollars: 100_001 }, 'Maximum top-up per transaction is $100,000'],
  ])('%j is refused word for word', async (amount, error) => {
    const refused = await product.call('POST', '/topup-session', { user_id: 'u', returnUrl: RETURN, ...amount });
    expect([refused.status, refused.json['error'], refused.json['message']]).toEqual([400, error, error]);
  });

  test.each([
    '{"amountDollars":10,"amount":10.0}',
    '{"amount_dollars":1e1,"amountDollars":10}',
    '{"amount":10.00,"amount_dollars":10}',
  ])('the same value may be written in two ways: %s', async (written) => {
    const { user } = await newUser();
    const rest = JSON.stringify({ user_id: user, returnUrl: RETURN }).slice(1);
    const { status } = await product.call('POST', '/topup-session', `${written.slice(0, -1)},${rest}`);
    expect(status).toBe(200);
  });
});

test('a count is the same however it is written, and two names with two values are refused', async () => {
  const { user } = await newUser();
  await topUp(user, 10);
  const deduct = async (written: string): Promise<unknown> => {
    const { status, json } = await product.call(
      'POST',
      '/deduct',
      `{"user_id":"${user}","feature":"image_upscale",${written}}`,
    );
    return [status, json['deducted']];
  };
  expect(await deduct('"count":2,"units":2.0')).toEqual([200, 0.1]);
  expect(await deduct('"count":2e0')).toEqual([200, 0.1]);
  expect(await deduct('"count":0.5')).toEqual([200, 0.025]);
  expect(await deduct('"count":2,"units":2.5')).toEqual([400, undefined]);
});
