/** What operators see of payments that came in: the inbox, reading an object again, and what is known about an id. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sign } from '../../devnet/stripe/deliveries.ts';
import { listIn } from '../support/asserts.ts';
import { openContractApi, PATIENCE, WEBHOOK_SECRET, type ContractApi } from '../support/contract/api.ts';
import type { Answer } from '../support/http/api.ts';

let api: ContractApi;
beforeAll(async () => {
  api = await openContractApi();
});
afterAll(async () => api.stop());

const asAdmin = async (method: string, path: string, body?: object): Promise<Answer> =>
  api.call(method, path, { key: api.adminKey, ...(body === undefined ? {} : { body }) });

/** Reports an object that the provider does not have. */
async function report(object: string): Promise<void> {
  const event = { id: `evt_${object}`, object: 'event', type: 'refund.created', created: 1, livemode: false };
  const body = JSON.stringify({ ...event, data: { object: { id: object } } });
  const headers = { 'stripe-signature': sign(body, [WEBHOOK_SECRET], api.stripe.clock.now()) };
  expect(
    (await api.call('POST', '/webhooks/stripe', { body, headers: { ...headers, 'content-type': 'application/json' } }))
      .status,
  ).toBe(200);
}

async function parked(object: string): Promise<Record<string, unknown>> {
  await report(object);
  const find = async (): Promise<Record<string, unknown> | undefined> =>
    listIn(await asAdmin('GET', '/admin/payments/inbox?state=parked&limit=100'), 'inbox').find(
      (one) => one['object'] === object,
    );
  await expect.poll(find, PATIENCE).toBeDefined();
  return (await find()) ?? {};
}

test('GET /admin/payments/inbox: what is not settled and why, page by page, to an admin only', async () => {
  const first = await parked('re_first');
  expect(first).toMatchObject({
    account: 'stripe',
    org: null,
    mode: 'test',
    kind: 'refund',
    state: 'parked',
    reason: 'the provider has no such object in this account',
    orderId: null,
    nextAttemptAt: null,
  });
  await parked('re_second');
  const page = await asAdmin('GET', '/admin/payments/inbox?limit=1');
  expect(listIn(page, 'inbox')).toMatchObject([{ object: 're_second' }]);
  const next = await asAdmin('GET', `/admin/payments/inbox?limit=1&cursor=${String(page.json['nextCursor'])}`);
  expect(listIn(next, 'inbox')).toMatchObject([{ object: 're_first' }]);
  expect((await asAdmin('GET', '/admin/payments/inbox?state=lost')).status).toBe(400);
  const { key } = await api.createCustomer();
  expect((await api.call('GET', '/admin/payments/inbox', { key })).status).toBe(403);
});

test('POST /admin/payments/inbox/{id}/replay: has it read and settled again', async () => {
  const item = await parked('re_again');
  const replayed = await asAdmin('POST', `/admin/payments/inbox/${String(item['id'])}/replay`, {});
  expect([replayed.status, replayed.json]).toMatchObject([
    200,
    { id: item['id'], state: 'pending', reason: null, nextAttemptAt: expect.any(String) },
  ]);
  const state = async (): Promise<unknown> =>
    listIn(await asAdmin('GET', '/admin/payments/explain?id=re_again'), 'inbox')[0]?.['state'];
  await expect.poll(state, PATIENCE).toBe('parked');
  const none = '00000000-0000-7000-8000-000000000000';
  expect((await asAdmin('POST', `/admin/payments/inbox/${none}/replay`, {})).status).toBe(404);
  const audit = listIn(
    await asAdmin('GET', `/admin/audit?subject=payment_inbox&subjectId=${String(item['id'])}`),
    'acts',
  );
  expect(audit).toMatchObject([{ action: 'POST /admin/payments/inbox/:id/replay' }]);
});

test('GET /admin/payments/explain: everything that came in about a session, a payment or an order', async () => {
  const { key } = await api.createCustomer();
  const body = { packId: 'growth', successUrl: 'https://shop.example/yes', cancelUrl: 'https://shop.example/no' };
  const { json } = await api.call('POST', '/treasury/checkout', { key, body });
  const [order, session] = [String(json['orderId']), String(json['sessionId'])];
  api.stripe.pay(session);
  const kinds = async (id: string): Promise<unknown[]> => {
    const answer = await asAdmin('GET', `/admin/payments/explain?id=${id}`);
    return answer.status === 200
      ? listIn(answer, 'inbox')
          .map(({ kind, state }) => `${String(kind)} ${String(state)}`)
          .toSorted()
      : [];
  };
  await expect.poll(async () => kinds(session), PATIENCE).toEqual(['checkout settled', 'payment settled']);
  expect(await kinds(order)).toEqual(['checkout settled', 'payment settled']);
  const { json: about } = await asAdmin('GET', `/admin/payments/explain?id=${order}`);
  expect(about['events']).toContainEqual(
    expect.objectContaining({
      type: 'checkout.session.completed',
      object: session,
      account: 'stripe',
      source: 'webhook',
    }),
  );
  expect((await asAdmin('GET', '/admin/payments/explain?id=cs_unknown')).status).toBe(404);
  expect((await asAdmin('GET', '/admin/payments/explain')).status).toBe(400);
});
