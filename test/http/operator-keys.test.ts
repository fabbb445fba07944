/** Idempotency keys of operators and clients: two domains, and the forms in which earlier versions stored them. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { approvalReply } from '../../src/http/money/approval-schema.ts';
import { bookingCommand } from '../../src/core/ledger/bookings.ts';
import { ledgerKey, uuidV7, walletId } from '../../src/core/ids.ts';
import { requestApproval } from '../../src/db/approvals/bookings.ts';
import { requestHash } from '../../src/http/endpoint/idempotency.ts';
import { startTestApi, type Answer, type TestApi } from '../support/http/api.ts';
import { auditWallet, connect } from '../support/ledger/wallets.ts';

const DAY_MS = 86_400_000;
let api: TestApi;
let alice: string;
let bob: string;
beforeAll(async () => {
  api = await startTestApi('first_come', undefined, { adminEntryLimitUsd: '100' });
  alice = await api.createKey({ kind: 'admin' });
  bob = await api.createKey({ kind: 'admin' });
});
afterAll(async () => api.stop());

const book = async (org: string, body: object, named: string, key = alice): Promise<Answer> =>
  api.call('POST', `/admin/orgs/${org}/entries`, { key, body, headers: { 'idempotency-key': named } });
const spend = async (key: string, named: string, amountUsd = '1'): Promise<Answer> =>
  api.call('POST', '/treasury/debit', {
    key,
    body: { serviceType: 'AI_API', amountUsd },
    headers: { 'idempotency-key': named },
  });
const typesIn = async (wallet: string): Promise<readonly string[]> => {
  const client = await connect(api.database.ownerUrl);
  const entries = await auditWallet(client, wallet);
  await client.end();
  return entries.map(({ type }) => type);
};

const BOOKING = { type: 'CLAWBACK', amountUsd: '2', reason: 'ticket 7' };

describe("S06 an operator's key", () => {
  it.each(['clawback-7', uuidV7(Date.now())])('cannot be taken by an org that guesses it: %s', async (named) => {
    const { org, wallet, key } = await api.createCustomer(10n);
    expect((await spend(key, named)).status).toBe(200);
    const first = await book(org, BOOKING, named);
    expect([first.status, first.json['type']]).toEqual([200, 'CLAWBACK']);
    expect(first.headers.get('idempotency-replayed')).toBeNull();
    const again = await book(org, BOOKING, named);
    expect([again.status, again.text]).toEqual([200, first.text]);
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect((await book(org, { ...BOOKING, amountUsd: '3' }, named)).json['code']).toBe('IDEMPOTENCY_CONFLICT');
    // And an operator takes no key from its org.
    expect((await spend(key, named)).headers.get('idempotency-replayed')).toBe('true');
    expect(await typesIn(wallet)).toEqual(['DEPOSIT', 'AI_API_CALL', 'CLAWBACK']);
  });

  it.each(['ticket-7', '"ticket-7"', uuidV7(Date.now())])(
    'finds what an earlier version booked under it: %s',
    async (named) => {
      const { org, wallet } = await api.createCustomer(10n);
      const request = { type: 'CLAWBACK', amountMicros: -2_000_000n, reason: 'ticket 7' } as const;
      const input = { ...request, service: undefined, expiresAt: undefined, reference: undefined };
      await api.writer.submit({
        wallet,
        key: ledgerKey('client', named),
        inputHash: requestHash('admin.entries', org, input),
        command: bookingCommand(request),
      });
      const again = await book(org, BOOKING, named);
      expect([again.status, again.headers.get('idempotency-replayed')]).toEqual([200, 'true']);
      expect((await book(org, { ...BOOKING, amountUsd: '3' }, named)).json['code']).toBe('IDEMPOTENCY_CONFLICT');
      expect(await typesIn(wallet)).toEqual(['DEPOSIT', 'CLAWBACK']);
    },
  );

  it("of a booking whose settings forbid it now does not pass because of an org's entry", async () => {
    const { org, wallet, key } = await api.createCustomer(10n);
    await spend(key, 'grant-7');
    const past = { type: 'GRANT', amountUsd: '1', reason: 'r', expiresAt: '2020-01-01T00:00:00Z' };
    expect((await book(org, past, 'grant-7')).status).toBe(400);
    expect(await typesIn(wallet)).toEqual(['DEPOSIT', 'AI_API_CALL']);
  });
});

describe('S06 a booking above the limit that an earlier version recorded', () => {
  const LARGE = { type: 'ADJUSTMENT', amountUsd: '101', reason: 'ticket 8' };

  /** Records the request as the version before does, under a key that clients share. */
  async function recordBefore(org: string, named: string): Promise<string> {
    const request = { type: 'ADJUSTMENT', amountMicros: 101_000_000n, reason: 'ticket 8' } as const;
    const input = { ...request, service: undefined, expiresAt: undefined, reference: undefined };
    const requestedAt = new Date();
    const { approval } = await requestApproval(api.db, {
      ...request,
      id: uuidV7(requestedAt.getTime()),
      org,
      user: null,
      wallet: walletId({ kind: 'org', id: org }),
      key: ledgerKey('client', named),
      inputHash: requestHash('admin.entries', org, input),
      idempotencyKey: named,
      service: null,
      creditExpiresAt: null,
      reference: null,
      metadata: null,
      requestedBy: 'key:somebody',
      hands: ['key:somebody'],
      requestedAt,
      expiresAt: new Date(requestedAt.getTime() + DAY_MS),
    });
    return approval.id;
  }

  it.each(['large-8', '"large-8"'])('is found by its key, and written once: %s', async (named) => {
    const { org, wallet, key } = await api.createCustomer(1n);
    const id = await recordBefore(org, named);
    const asked = await book(org, LARGE, named);
    expect([asked.status, approvalReply.parse(asked.json).id]).toEqual([202, id]);
    // The org takes the key that the request was recorded under.
    expect((await spend(key, named)).status).toBe(200);
    const approved = await api.call('POST', `/admin/approvals/${id}/approve`, { key: bob, body: {} });
    expect([approved.status, approved.json['refusal']]).toEqual([200, null]);
    expect((await book(org, LARGE, named)).json['id']).toBe(id);
    expect(await typesIn(wallet)).toEqual(['DEPOSIT', 'AI_API_CALL', 'ADJUSTMENT']);
  });
});

describe('S06 a quoted key', () => {
  it('is the same key as the bare one, in header, body and batch', async () => {
    const { key, wallet } = await api.createCustomer(10n);
    const first = await spend(key, 'order-7');
    const quoted = await spend(key, '"order-7"');
    expect([quoted.status, quoted.text]).toEqual([200, first.text]);
    expect(quoted.headers.get('idempotency-key')).toBe('order-7');
    const command = { op: 'debit', serviceType: 'AI_API', amountUsd: '1', idempotencyKey: '"order-7"' };
    const batch = await api.call('POST', '/treasury/batch', { key, body: { commands: [command] } });
    expect(batch.json).toMatchObject({ results: [{ status: 200, replayed: true, idempotencyKey: 'order-7' }] });
    expect(await typesIn(wallet)).toEqual(['DEPOSIT', 'AI_API_CALL']);
  });

  it('finds what an earlier version wrote with its quotes', async () => {
    const { key, wallet, org } = await api.createCustomer(10n);
    const input = { service: 'AI_API', amountMicros: 1_000_000n };
    await api.writer.submit({
      wallet,
      key: ledgerKey('client', '"order-7"'),
      inputHash: requestHash('treasury.debit', org, input),
      command: {
        op: 'debit',
        type: 'AI_API_CALL',
        contra: 'revenue:AI_API',
        amountMicros: 1_000_000n,
        service: 'AI_API',
      },
    });
    const again = await spend(key, '"order-7"');
    expect([again.status, again.headers.get('idempotency-replayed')]).toEqual([200, 'true']);
    expect((await spend(key, '"order-7"', '2')).json['code']).toBe('IDEMPOTENCY_CONFLICT');
    expect(await typesIn(wallet)).toEqual(['DEPOSIT', 'AI_API_CALL']);
  });
});
