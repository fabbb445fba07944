/** Refunds, and disputes: their list, their evidence, sending it, giving them up by hand and below the threshold. */
import { hash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listIn } from '../support/asserts.ts';
import { openContractApi, PATIENCE, type ContractApi } from '../support/contract/api.ts';
import type { Answer } from '../support/http/api.ts';
import { queryRows } from '../support/process/query.ts';

const KEYS_FORGOTTEN_MS = 25 * 3_600_000;

let api: ContractApi;
beforeAll(async () => {
  api = await openContractApi();
});
afterAll(async () => api.stop());

interface Bought {
  readonly key: string;
  readonly order: string;
  readonly session: string;
}

/** @param usd credit of another kind that the org has, which is spent first */
async function bought(usd = 0n): Promise<Bought> {
  const { key } = await api.createCustomer(usd);
  const body = { packId: 'growth', successUrl: 'https://shop.example/yes', cancelUrl: 'https://shop.example/no' };
  const { json } = await api.call('POST', '/treasury/checkout', { key, body });
  const [order, session] = [String(json['orderId']), String(json['sessionId'])];
  api.stripe.pay(session);
  const state = async (): Promise<unknown> =>
    (await api.call('GET', `/treasury/orders/${order}`, { key })).json['state'];
  await expect.poll(state, PATIENCE).toBe('credited');
  return { key, order, session };
}

const asAdmin = async (
  method: string,
  path: string,
  body?: object,
  headers: Record<string, string> = {},
): Promise<Answer> => api.call(method, path, { key: api.adminKey, headers, ...(body === undefined ? {} : { body }) });

/** A purchase that its payer disputes. */
async function disputed(): Promise<Bought & { readonly dispute: string }> {
  const made = await bought();
  api.stripe.act(made.session, 'dispute');
  const mine = async (): Promise<Record<string, unknown> | undefined> =>
    listIn(await asAdmin('GET', '/admin/disputes?limit=100'), 'disputes').find(({ orderId }) => orderId === made.order);
  await expect.poll(async () => (await mine())?.['status'], PATIENCE).toBe('needs_response');
  return { ...made, dispute: String((await mine())?.['id']) };
}

test('POST /admin/orders/{id}/refunds: gives back a part and the rest, once for each key, to an admin only', async () => {
  const { key, order } = await bought();
  const path = `/admin/orders/${order}/refunds`;
  const part = await asAdmin('POST', path, { amountUsd: '5.00' }, { 'idempotency-key': 'part' });
  expect([part.status, part.json]).toMatchObject([200, { id: order, refundedCents: 500, takenBackUsd: '5.00' }]);
  const again = await asAdmin('POST', path, { amountUsd: '5.00' }, { 'idempotency-key': 'part' });
  expect([again.json['refundedCents'], again.headers.get('idempotency-replayed')]).toEqual([500, 'true']);
  expect((await asAdmin('POST', path, {})).json).toMatchObject({ refundedCents: 2500, takenBackUsd: '25.00' });
  const more = await asAdmin('POST', path, {});
  expect([more.status, more.json]).toMatchObject([409, { code: 'REFUND_NOT_POSSIBLE', reason: 'amount' }]);
  expect((await asAdmin('POST', path, { amountUsd: '0.001' })).status).toBe(400);
  const platform = await api.createKey({ kind: 'platform' });
  for (const caller of [key, platform])
    expect((await api.call('POST', path, { key: caller, body: {} })).status).toBe(403);
});

test('GET /admin/disputes: lists them, newest first, to an admin only', async () => {
  const { key, order, dispute } = await disputed();
  const { status, json } = await asAdmin('GET', '/admin/disputes?limit=1');
  expect([status, json]).toMatchObject([
    200,
    {
      disputes: [
        {
          id: dispute,
          orderId: order,
          account: 'stripe',
          status: 'needs_response',
          reason: 'fraudulent',
          currency: 'usd',
          amountCents: 2500,
          withdrawnCents: 2500,
          dueBy: expect.any(String),
        },
      ],
    },
  ]);
  expect((await api.call('GET', '/admin/disputes', { key })).status).toBe(403);
});

test('GET /admin/disputes/{id}/evidence: shows what would be sent, with its hash, and nothing is stored or sent by it', async () => {
  const { key, order, session } = await bought(1n);
  const debit = {
    serviceType: 'AI_API',
    amountUsd: '1.25',
    reference: 'job-77',
    description: 'for Jane Doe',
    appId: 'app-1',
  };
  await api.call('POST', '/treasury/debit', { key, body: debit });
  await api.call('POST', '/treasury/debit', { key, body: { serviceType: 'GAS_SUBSIDY', amountUsd: '0.50' } });
  api.stripe.act(session, 'dispute');
  const find = async (): Promise<Record<string, unknown> | undefined> =>
    listIn(await asAdmin('GET', '/admin/disputes?limit=100'), 'disputes').find(({ orderId }) => orderId === order);
  await expect.poll(async () => (await find())?.['status'], PATIENCE).toBe('needs_response');
  const dispute = String((await find())?.['id']);
  const path = `/admin/disputes/${dispute}/evidence`;
  const { status, json } = await asAdmin('GET', path);
  const text = String(json['text']);
  expect([status, json]).toMatchObject([200, { disputeId: dispute, orderId: order, submittedAt: null }]);
  expect(json['hash']).toBe(hash('sha256', text, 'hex'));
  expect(text).toMatch(/Z AI_API 0\.25 USD reference job-77 app app-1 \(ent_/);
  expect(text).toMatch(/Z GAS_SUBSIDY 0\.50 USD \(ent_/);
  expect(text).toContain('2 uses of this credit, 0.75 USD in all.');
  expect(text).toContain('Price: 25.00 USD');
  expect(text).toMatch(/Z credited \(provider\)/);
  // Words of callers may name people.
  expect(text).not.toContain('Jane');
  const { rows } = await queryRows(api.db, 'SELECT 1 FROM dispute_evidence WHERE dispute = ?', [dispute]);
  expect(rows).toEqual([]);
  expect(api.shop.books().get('dispute', dispute).evidence_details.submission_count).toBe(0);
  expect((await asAdmin('GET', '/admin/disputes/dp_none/evidence')).status).toBe(404);
  expect((await api.call('GET', path, { key })).status).toBe(403);
});

test('POST /admin/disputes/{id}/submit: sends the stored text once, also when the answer was lost, and says that it did', async () => {
  const { key, order, dispute, session } = await disputed();
  const path = `/admin/disputes/${dispute}/submit`;
  api.stripe.faults.add({ call: `POST /v1/disputes/${dispute}`, effect: { kind: 'lose_answer' }, times: 10 });
  const lost = await asAdmin('POST', path, {}, { 'idempotency-key': 'k' });
  expect([lost.status, lost.json]).toMatchObject([502, { code: 'PAYMENT_PROVIDER_FAILED', outcome: 'unknown' }]);
  api.stripe.faults.clear();
  // The provider forgets keys after a day: whether the evidence arrived is asked, and not tried.
  api.advance(KEYS_FORGOTTEN_MS);
  api.stripe.clock.advance(KEYS_FORGOTTEN_MS);
  // What happened to the order in between changes nothing of what was sent.
  const shown = await asAdmin('GET', `/admin/disputes/${dispute}/evidence`);
  api.stripe.act(session, 'warn');
  const timeline = async (): Promise<unknown[]> =>
    listIn(await api.call('GET', `/treasury/orders/${order}`, { key }), 'timeline').map(({ what }) => what);
  await expect.poll(timeline, PATIENCE).toContain('early_warning');
  const sent = await asAdmin('POST', path, {}, { 'idempotency-key': 'k' });
  expect([sent.status, sent.headers.get('idempotency-key')]).toEqual([200, 'k']);
  expect(sent.json).toMatchObject({ disputeId: dispute, hash: shown.json['hash'], submittedAt: expect.any(String) });
  const stored = api.shop.books().get('dispute', dispute);
  expect(stored.evidence_details.submission_count).toBe(1);
  expect(stored.status).toBe('under_review');
  for (const part of ['product_description', 'access_activity_log', 'uncategorized_text'] as const) {
    expect(stored.evidence[part]).toEqual(expect.any(String));
    expect(String(sent.json['text'])).toContain(stored.evidence[part]);
  }
  const again = await asAdmin('POST', path, {});
  expect([again.status, again.headers.get('idempotency-replayed'), again.json]).toEqual([200, 'true', sent.json]);
  expect(stored.evidence_details.submission_count).toBe(1);
  const { rows } = await queryRows<{ secret: string }>(
    api.db,
    'SELECT secret FROM dispute_evidence WHERE dispute = ?',
    [dispute],
  );
  expect(rows).toHaveLength(1);
  expect(rows[0]?.secret).not.toContain('Price');
  const audit = listIn(await asAdmin('GET', `/admin/audit?subject=dispute_evidence&subjectId=${dispute}`), 'acts');
  expect(JSON.stringify(audit)).not.toContain(rows[0]?.secret);
  expect(audit.length).toBeGreaterThan(0);
  api.stripe.act(session, 'win');
  const listed = async (): Promise<unknown> =>
    listIn(await asAdmin('GET', '/admin/disputes?limit=100'), 'disputes').find(({ id }) => id === dispute)?.['status'];
  await expect.poll(listed, PATIENCE).toBe('won');
});

test('POST /admin/disputes/{id}/submit: what the provider refuses is made anew, and what was sent elsewhere is not sent again', async () => {
  const { dispute, key } = await disputed();
  const path = `/admin/disputes/${dispute}/submit`;
  const { evidence_details: details } = api.shop.books().get('dispute', dispute);
  api.stripe.faults.add({ call: `POST /v1/disputes/${dispute}`, effect: { kind: 'rate_limit' }, times: 10 });
  expect((await asAdmin('POST', path, {})).status).toBe(502);
  api.stripe.faults.clear();
  Object.assign(details, { submission_count: 1 });
  await queryRows(api.db, 'DELETE FROM dispute_evidence WHERE dispute = ?', [dispute]);
  const elsewhere = await asAdmin('POST', path, {});
  expect([elsewhere.status, elsewhere.json['code']]).toEqual([409, 'DISPUTE_NOT_OPEN']);
  expect((await asAdmin('POST', '/admin/disputes/dp_none/submit', {})).status).toBe(404);
  expect((await api.call('POST', path, { key, body: {} })).status).toBe(403);
});

test('POST /admin/disputes/{id}/accept: gives it up once; one that is closed is 409', async () => {
  const { key, order, dispute } = await disputed();
  const path = `/admin/disputes/${dispute}/accept`;
  const { status, json } = await asAdmin('POST', path, {});
  expect([status, json]).toMatchObject([200, { id: dispute, status: 'lost', withdrawnCents: 2500 }]);
  for (const call of ['accept', 'submit']) {
    const late = await asAdmin('POST', `/admin/disputes/${dispute}/${call}`, {});
    expect([late.status, late.json]).toMatchObject([409, { code: 'DISPUTE_NOT_OPEN', disputeStatus: 'lost' }]);
  }
  expect((await api.call('GET', `/treasury/orders/${order}`, { key })).json).toMatchObject({ takenBackUsd: '25.00' });
});
