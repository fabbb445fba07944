/** The treasury's settings, the event log and its push. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openContractApi, PATIENCE, type ContractApi } from '../support/contract/api.ts';
import { listIn } from '../support/asserts.ts';
import { startReceiver, type Receiver } from '../support/events/webhook-receiver.ts';

let api: ContractApi;
let receiver: Receiver;
beforeAll(async () => {
  [api, receiver] = await Promise.all([openContractApi(), startReceiver()]);
});
afterAll(async () => {
  await receiver.close();
  await api.stop();
});

test('GET, PATCH /treasury/settings: thresholds, critical at most low', async () => {
  const { key } = await api.createCustomer();
  const first = await api.call('GET', '/treasury/settings', { key });
  expect([first.status, first.json]).toEqual([
    200,
    {
      lowBalanceThresholdUsd: null,
      criticalThresholdUsd: null,
      freeGiftCardMaxUsd: '1.00',
      expiryNoticeDays: [30, 7, 1],
      timeZone: 'UTC',
    },
  ]);
  const body = {
    lowBalanceThresholdUsd: '10',
    criticalThresholdUsd: '2',
    freeGiftCardMaxUsd: '0.50',
    expiryNoticeDays: [3, 14, 3],
  };
  const changed = await api.call('PATCH', '/treasury/settings', { key, body });
  const amounts = { lowBalanceThresholdUsd: '10.00', criticalThresholdUsd: '2.00', freeGiftCardMaxUsd: '0.50' };
  const shown = { ...amounts, expiryNoticeDays: [14, 3], timeZone: 'UTC' };
  expect([changed.status, changed.json]).toEqual([200, shown]);
  const refused = await api.call('PATCH', '/treasury/settings', { key, body: { criticalThresholdUsd: '11' } });
  expect([refused.status, refused.json['code']]).toEqual([400, 'VALIDATION_FAILED']);
  expect((await api.call('GET', '/treasury/settings', { key })).json).toEqual(shown);
  const ordinary = await api.call('PATCH', '/treasury/settings', { key, body: { expiryNoticeDays: null } });
  expect(ordinary.json).toEqual({ ...amounts, expiryNoticeDays: [30, 7, 1], timeZone: 'UTC' });
  const none = await api.call('PATCH', '/treasury/settings', { key, body: { expiryNoticeDays: [] } });
  expect(none.json['expiryNoticeDays']).toEqual([]);
});

async function eventsOf(key: string, query = ''): Promise<Record<string, unknown>[]> {
  return listIn(await api.call('GET', `/events${query}`, { key }), 'events');
}

test('GET /events: what happened, oldest first, after any point', async () => {
  const { org, key } = await api.createCustomer(5n);
  await expect.poll(async () => (await eventsOf(key)).length, PATIENCE).toBe(2);
  const [first, second] = await eventsOf(key);
  expect(first).toMatchObject({
    id: expect.any(String),
    type: 'entry.created',
    orgId: org,
    cursor: expect.any(String),
  });
  expect(await eventsOf(key, `?after=${String(first?.['cursor'])}`)).toEqual([second]);
  const ahead = await api.call('GET', '/events?after=0000000000999999', { key });
  expect([ahead.status, ahead.json['code']]).toEqual([409, 'CURSOR_AHEAD']);
});

test('GET /events/stream: the same, as server-sent events', async () => {
  const { key } = await api.createCustomer(5n);
  await expect.poll(async () => (await eventsOf(key)).length, PATIENCE).toBe(2);
  const abort = new AbortController();
  const headers = { authorization: `Bearer ${key}` };
  const query = '?after=0000000000000000';
  const response = await fetch(`${api.url()}/events/stream${query}`, { headers, signal: abort.signal });
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/event-stream; charset=utf-8']);
  let text = '';
  for await (const chunk of response.body ?? []) {
    text += Buffer.from(chunk).toString('utf8');
    if (text.includes('event: balance.status_changed')) break;
  }
  abort.abort();
  expect(text).toContain('event: entry.created');
});

const open = async (key: string): Promise<Record<string, unknown>> => {
  const body = { url: receiver.url, types: ['webhook.test'], description: 'ours' };
  const { status, json } = await api.call('POST', '/webhook-endpoints', { key, body });
  expect(status).toBe(201);
  return json;
};

test('POST /webhook-endpoints: a URL, with the secret that is shown once', async () => {
  const { key } = await api.createCustomer();
  const json = await open(key);
  expect(json).toMatchObject({
    id: expect.any(String),
    url: receiver.url,
    types: ['webhook.test'],
    description: 'ours',
    enabled: true,
    secret: expect.stringMatching(/^whsec_/),
  });
});

test('GET /webhook-endpoints: lists them without their secrets', async () => {
  const { key } = await api.createCustomer();
  const { secret: _, ...shown } = await open(key);
  const { status, json } = await api.call('GET', '/webhook-endpoints', { key });
  expect([status, json]).toEqual([200, { endpoints: [shown], nextCursor: null }]);
});

test('GET, PATCH, DELETE /webhook-endpoints/{id}: shows, changes and removes one', async () => {
  const { key } = await api.createCustomer();
  const { secret: _, ...shown } = await open(key);
  const path = `/webhook-endpoints/${String(shown['id'])}`;
  expect((await api.call('GET', path, { key })).json).toEqual(shown);
  const changed = await api.call('PATCH', path, { key, body: { enabled: false } });
  expect([changed.status, changed.json]).toMatchObject([200, { enabled: false, disabledReason: 'by_hand' }]);
  expect((await api.call('DELETE', path, { key })).status).toBe(204);
  expect((await api.call('GET', path, { key })).status).toBe(404);
});

test('POST /webhook-endpoints/{id}/rotate-secret: a new secret, beside the old one for a time', async () => {
  const { key } = await api.createCustomer();
  const { id, secret } = await open(key);
  const { status, json } = await api.call('POST', `/webhook-endpoints/${String(id)}/rotate-secret`, { key, body: {} });
  expect([status, json]).toMatchObject([
    200,
    { id, secret: expect.stringMatching(/^whsec_/), previousSecretExpiresAt: expect.any(String) },
  ]);
  expect(json['secret']).not.toBe(secret);
});

test('POST /webhook-endpoints/{id}/test: sends an event of its own kind', async () => {
  const { key } = await api.createCustomer();
  const path = `/webhook-endpoints/${String((await open(key))['id'])}`;
  const { status, json } = await api.call('POST', `${path}/test`, { key, body: {} });
  expect([status, json]).toEqual([202, { eventId: expect.any(String) }]);
});

async function deliver(key: string): Promise<{ path: string; delivery: Record<string, unknown> }> {
  const path = `/webhook-endpoints/${String((await open(key))['id'])}`;
  await api.call('POST', `${path}/test`, { key, body: {} });
  const deliveries = async (): Promise<Record<string, unknown>[]> =>
    listIn(await api.call('GET', `${path}/deliveries`, { key }), 'deliveries');
  await expect.poll(async () => (await deliveries())[0]?.['state'], PATIENCE).toBe('delivered');
  return { path, delivery: (await deliveries())[0] ?? {} };
}

test('GET /webhook-endpoints/{id}/deliveries: each with its attempts', async () => {
  const { key } = await api.createCustomer();
  const { delivery } = await deliver(key);
  expect(delivery).toMatchObject({ type: 'webhook.test', state: 'delivered', attempts: [{ statusCode: 200 }] });
});

test('POST /webhook-endpoints/{id}/deliveries/{delivery}/redeliver: the same event once more', async () => {
  const { key } = await api.createCustomer();
  const { path, delivery } = await deliver(key);
  const again = await api.call('POST', `${path}/deliveries/${String(delivery['id'])}/redeliver`, { key, body: {} });
  expect([again.status, again.json]).toMatchObject([
    202,
    { eventId: delivery['eventId'], redeliveryOf: delivery['id'] },
  ]);
});
