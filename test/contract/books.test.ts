/** The treasury's calls that show: balance, ledger, holds, orders. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openContractApi, type ContractApi } from '../support/contract/api.ts';
import { listIn } from '../support/asserts.ts';
import { EVM } from '../support/http/api.ts';

let api: ContractApi;
beforeAll(async () => {
  api = await openContractApi();
});
afterAll(async () => api.stop());

const debit = { serviceType: 'AI_API', amountUsd: '3', reference: 'r1', appId: 'app', metadata: { team: 'a' } };

/** An org with twenty dollars, a debit of three and an open hold of five. */
async function openSpender(): Promise<{ key: string; holdId: string }> {
  const { key } = await api.createCustomer(20n);
  await api.call('POST', '/treasury/debit', { key, body: debit, headers: { 'idempotency-key': 'one' } });
  const body = { serviceType: 'GIFT_CARD', amountUsd: '5', reference: 'held', metadata: { team: 'b' } };
  const { json } = await api.call('POST', '/treasury/hold', { key, body });
  return { key, holdId: String(json['holdId']) };
}

test('GET /treasury/balance: what there is, and what there was before a time', async () => {
  const { key } = await openSpender();
  const { status, json } = await api.call('GET', '/treasury/balance', { key });
  const none = { pendingUsd: '0.00', debtUsd: '0.00', frozenUsd: '0.00', freeGiftCards: 0 };
  const thresholds = { lowBalanceThresholdUsd: null, criticalThresholdUsd: null };
  expect([status, json]).toMatchObject([
    200,
    { totalUsd: '20.00', availableUsd: '12.00', heldUsd: '5.00', status: 'OK', ...none, ...thresholds },
  ]);
  const ledger = listIn(await api.call('GET', '/treasury/ledger', { key }), 'entries');
  const at = String(ledger.find(({ type }) => type === 'GIFT_HOLD')?.['createdAt']);
  const before = await api.call('GET', `/treasury/balance?at=${at}`, { key });
  expect(before.json).toMatchObject({ totalUsd: '20.00', availableUsd: '17.00', heldUsd: '0.00' });
  const ahead = new Date(Date.now() + 3_600_000).toISOString();
  expect((await api.call('GET', `/treasury/balance?at=${ahead}`, { key })).status).toBe(400);
});

test('GET /treasury/ledger: entries with face amounts, effects and what they are about, by every filter, as CSV', async () => {
  const { key, holdId } = await openSpender();
  await api.call('POST', '/treasury/consume-hold', { key, body: { holdId, amountUsd: '4' } });
  const all = listIn(await api.call('GET', '/treasury/ledger', { key }), 'entries');
  expect(all.map(({ type, amountUsd }) => [type, amountUsd])).toEqual([
    ['GIFT_REDEEM', '-4.00'],
    ['GIFT_HOLD', '-5.00'],
    ['AI_API_CALL', '-3.00'],
    ['DEPOSIT', '20.00'],
  ]);
  expect(all[2]).toMatchObject({
    id: expect.stringMatching(/^ent_/),
    commandId: expect.any(String),
    serviceType: 'AI_API',
    availableDeltaUsd: '-3.00',
    heldDeltaUsd: '0.00',
    availableAfterUsd: '17.00',
    heldAfterUsd: '0.00',
    idempotencyKey: 'one',
    reference: 'r1',
    appId: 'app',
    userId: null,
    teamId: null,
    description: null,
    metadata: { team: 'a' },
    holdId: null,
    depositId: null,
    orderId: null,
    txHash: null,
    chain: null,
    lotId: expect.any(String),
    lotLeftUsd: '17.00',
    giftCardsDelta: 0,
    giftCardsAvailableAfter: 0,
    giftCardsHeldAfter: 0,
    createdAt: expect.any(String),
  });
  const from = String(all[1]?.['createdAt']);
  for (const [query, types] of [
    ['type=DEPOSIT', ['DEPOSIT']],
    ['serviceType=GIFT_CARD', ['GIFT_REDEEM', 'GIFT_HOLD']],
    ['appId=app', ['AI_API_CALL']],
    ['reference=r1', ['AI_API_CALL']],
    ['idempotencyKey=one', ['AI_API_CALL']],
    [`holdId=${holdId}`, ['GIFT_REDEEM', 'GIFT_HOLD']],
    ['metadata[team]=a', ['AI_API_CALL']],
    [`from=${from}`, ['GIFT_REDEEM', 'GIFT_HOLD']],
    [`to=${from}`, ['AI_API_CALL', 'DEPOSIT']],
    ['limit=1', ['GIFT_REDEEM']],
  ] as const) {
    const found = listIn(await api.call('GET', `/treasury/ledger?${query}`, { key }), 'entries');
    expect([query, found.map(({ type }) => type)]).toEqual([query, types]);
  }
  const csv = await api.call('GET', '/treasury/ledger?format=csv', { key });
  expect([csv.status, csv.headers.get('content-type')?.split(';')[0]]).toEqual([200, 'text/csv']);
  expect(csv.text.trim().split('\n')).toHaveLength(5);
});

test('GET /treasury/holds: with filters', async () => {
  const { key, holdId } = await openSpender();
  for (const query of ['', '?state=open', '?serviceType=GIFT_CARD', '?reference=held', '?metadata[team]=b']) {
    const { status, json } = await api.call('GET', `/treasury/holds${query}`, { key });
    expect([status, json]).toMatchObject([
      200,
      { holds: [{ holdId, state: 'open', amountUsd: '5.00', leftUsd: '5.00', capturedUsd: '0.00' }], nextCursor: null },
    ]);
  }
  expect((await api.call('GET', '/treasury/holds?state=released', { key })).json).toMatchObject({ holds: [] });
});

const order = {
  state: 'awaiting_payment',
  channel: 'chain',
  amountUsd: '25.00',
  priceCents: 2500,
  creditUsd: '25.00',
  refundedCents: 0,
  takenBackUsd: '0.00',
  dispute: null,
  receiptUrl: null,
  poNumber: null,
  metadata: {},
  timeline: [{ at: expect.any(String), what: 'created', source: 'api' }],
};
let addresses = 0;

async function openOrder(): Promise<{ key: string; id: string }> {
  const { key } = await api.createCustomer();
  addresses += 1;
  const body = { address: `0x${addresses.toString(16).padStart(40, '9')}`, chain: EVM, packId: 'growth' };
  const { json } = await api.call('POST', '/treasury/register-sender', { key, body });
  return { key, id: String(json['orderId']) };
}

test('GET /treasury/orders: every purchase, newest first', async () => {
  const { key, id } = await openOrder();
  const body = { packId: 'pro', successUrl: 'https://shop.example/a', cancelUrl: 'https://shop.example/b' };
  const { json } = await api.call('POST', '/treasury/checkout', { key, body });
  const listed = await api.call('GET', '/treasury/orders', { key });
  expect([listed.status, listed.json]).toMatchObject([
    200,
    {
      orders: [
        { id: json['orderId'], channel: 'card', priceCents: 10_000 },
        { id, ...order },
      ],
      nextCursor: null,
    },
  ]);
});

test('GET /treasury/orders/{id}: one with its timeline, to its own org only', async () => {
  const { key, id } = await openOrder();
  const { status, json } = await api.call('GET', `/treasury/orders/${id}`, { key });
  expect([status, json]).toMatchObject([200, { id, ...order }]);
  const { key: other } = await api.createCustomer();
  expect((await api.call('GET', `/treasury/orders/${id}`, { key: other })).status).toBe(404);
});

test('PATCH /treasury/orders/{id}: notes of the org', async () => {
  const { key, id } = await openOrder();
  const body = { poNumber: 'PO-7', metadata: { team: 'a' } };
  const { status, json } = await api.call('PATCH', `/treasury/orders/${id}`, { key, body });
  expect([status, json]).toMatchObject([200, { ...order, id, ...body }]);
});

test('POST /treasury/orders/{id}/cancel: an order that nothing was paid for, once', async () => {
  const { key, id } = await openOrder();
  const cancel = async (): ReturnType<ContractApi['call']> =>
    api.call('POST', `/treasury/orders/${id}/cancel`, { key, body: {} });
  const { status, json } = await cancel();
  expect([status, json]).toMatchObject([200, { id, state: 'cancelled' }]);
  const again = await cancel();
  expect([again.status, again.json['code']]).toEqual([409, 'ORDER_NOT_OPEN']);
});
