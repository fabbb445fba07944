/** The URLs to which a payment provider sends its webhooks. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { signedHeaders } from '../../devnet/creem/deliveries.ts';
import { sign } from '../../devnet/stripe/deliveries.ts';
import { CREEM_SECRET, openContractApi, PATIENCE, WEBHOOK_SECRET, type ContractApi } from '../support/contract/api.ts';

let api: ContractApi;
beforeAll(async () => {
  api = await openContractApi();
});
afterAll(async () => api.stop());

const post = async (path: string, body: string, signature: string): Promise<[number, unknown]> => {
  const headers = { 'content-type': 'application/json', 'stripe-signature': signature };
  const response = await fetch(api.url() + path, { method: 'POST', body, headers });
  const json: unknown = await response.json();
  return [response.status, json];
};
const eventAbout = (object: object, type: string): string =>
  JSON.stringify({ id: 'evt_contract', object: 'event', type, created: 1, livemode: false, data: { object } });

test('POST /webhooks/stripe: a checkout that is completed is credited once, however often it is reported', async () => {
  const { key } = await api.createCustomer();
  const body = { packId: 'growth', successUrl: 'https://shop.example/a', cancelUrl: 'https://shop.example/b' };
  const { json } = await api.call('POST', '/treasury/checkout', { key, body });
  api.stripe.pay(String(json['sessionId']));
  const available = async (): Promise<unknown> =>
    (await api.call('GET', '/treasury/balance', { key })).json['availableUsd'];
  await expect.poll(available, PATIENCE).toBe('25.00');
  const again = eventAbout({ id: json['sessionId'] }, 'checkout.session.completed');
  const now = api.stripe.clock.now();
  expect(await post('/webhooks/stripe', again, sign(again, [WEBHOOK_SECRET], now))).toEqual([200, { received: true }]);
  const paid = `${again.slice(0, -1)} }`;
  expect(await post('/webhooks/stripe', paid, sign(again, [WEBHOOK_SECRET], now))).toMatchObject([
    400,
    { code: 'SIGNATURE_INVALID' },
  ]);
  await api.stripe.idle();
  expect(await available()).toBe('25.00');
});

test('POST /webhooks/stripe/{org}: only the secrets of the account that it is about verify it', async () => {
  const org = await api.createOrg();
  const event = eventAbout({ id: 're_1' }, 'refund.created');
  const signed = sign(event, ['whsec_of_nobody'], api.stripe.clock.now());
  expect(await post(`/webhooks/stripe/${org}`, event, signed)).toMatchObject([400, { code: 'SIGNATURE_INVALID' }]);
  expect(await post('/webhooks/stripe/no-such-org', event, signed)).toMatchObject([404, { code: 'NOT_FOUND' }]);
});

test("POST /payment/webhook/creem: takes what the platform's secret signs in either scheme, and nothing else", async () => {
  const object = { id: 'ch_contract', object: 'checkout', mode: 'test' };
  const event = JSON.stringify({ id: 'evt_contract', eventType: 'checkout.completed', created_at: 1, object });
  const send = async (headers: Record<string, string>): Promise<[number, unknown]> => {
    const init = { method: 'POST', body: event, headers: { 'content-type': 'application/json', ...headers } };
    const response = await fetch(`${api.url()}/payment/webhook/creem`, init);
    return [response.status, await response.json()];
  };
  const signing = (secret: string, scheme: 'older' | 'standard'): Record<string, string> =>
    signedHeaders(event, { id: 'evt_contract', secret, atMs: Date.now() }, scheme);
  const refused = [400, { code: 'SIGNATURE_INVALID' }];
  expect(await send({})).toMatchObject(refused);
  expect(await send(signing('whsec_of_nobody', 'older'))).toMatchObject(refused);
  // Another provider's secret signs nothing here.
  expect(await send(signing(WEBHOOK_SECRET, 'older'))).toMatchObject(refused);
  for (const scheme of ['older', 'standard'] as const) {
    expect(await send(signing(CREEM_SECRET, scheme))).toEqual([200, { received: true }]);
  }
  const { json } = await api.call('GET', '/admin/payments/explain?id=ch_contract', { key: api.adminKey });
  expect(json['inbox']).toMatchObject([{ account: 'creem', kind: 'checkout', object: 'ch_contract' }]);
});
