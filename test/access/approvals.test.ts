import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signInSettings, startIssuer, type Issuer } from '../../devnet/issuer.ts';
import { approvalsReply } from '../../src/http/admin/approval-schemas.ts';
import { approvalReply } from '../../src/http/money/approval-schema.ts';
import { bookingReply } from '../../src/http/admin/schemas.ts';
import { systemClock } from '../../src/core/clock.ts';
import { uuidV7 } from '../../src/core/ids.ts';
import { decideBooking, findBookingApproval } from '../../src/db/approvals/bookings.ts';
import { startApprovals, writeApprovedBookings } from '../../src/jobs/approvals.ts';
import { startTestApi, type Answer, type TestApi } from '../support/http/api.ts';
import { listIn, pathsOfErrors } from '../support/asserts.ts';
import { auditWallet, connect, debitOf } from '../support/ledger/wallets.ts';

const DAY_MS = 86_400_000;
let issuer: Issuer;
let api: TestApi;
let alice: string;
let bob: string;
let folder: string;
beforeAll(async () => {
  issuer = await startIssuer();
  const more = { adminEntryLimitUsd: '100', sso: signInSettings(issuer) };
  api = await startTestApi('first_come', undefined, more);
  alice = await api.createKey({ kind: 'admin' });
  bob = await api.createKey({ kind: 'admin' });
  folder = mkdtempSync(join(tmpdir(), 'coffer-approvals-'));
});
afterAll(async () => {
  await api.stop();
  await issuer.stop();
  rmSync(folder, { recursive: true, force: true });
});

const idOf = (key: string): string => key.slice(8, 16);
const large = { type: 'ADJUSTMENT', amountUsd: '100.000001', reason: 'ticket 7', reference: 't7' };

async function book(org: string, body: object = large, key = alice, headers = {}): Promise<Answer> {
  return api.call('POST', `/admin/orgs/${org}/entries`, { key, body, headers });
}

async function ask(org: string, body: object = large, key = alice): Promise<string> {
  const answer = await book(org, body, key);
  expect(answer.status).toBe(202);
  return approvalReply.parse(answer.json).id;
}

async function decide(id: string, verdict: 'approve' | 'reject', key = bob, body: object = {}): Promise<Answer> {
  return api.call('POST', `/admin/approvals/${id}/${verdict}`, { key, body });
}

async function makeAdmin(key: string): Promise<string> {
  const body = { kind: 'admin', name: 'k', scopes: ['treasury:read'] };
  return String((await api.call('POST', '/admin/keys', { key, body })).json['key']);
}

const refusalOf = ({ status, json }: Answer): unknown[] => [status, json['code']];

/** Types and amounts of a wallet's entries, whose hashes and balances are checked on the way. */
async function entriesOf(wallet: string): Promise<string[]> {
  const client = await connect(api.database.ownerUrl);
  const entries = await auditWallet(client, wallet);
  await client.end();
  return entries.map(({ type, availableDelta }) => `${type} ${availableDelta}`);
}

describe('A55 a booking above the limit', () => {
  it('is written when somebody else approves it, and not before', async () => {
    const { org, wallet } = await api.createCustomer();
    const asked = await book(org);
    expect(asked.status).toBe(202);
    const approval = approvalReply.parse(asked.json);
    expect(approval).toMatchObject({
      org,
      state: 'pending',
      booking: { type: 'ADJUSTMENT', amountUsd: '100.000001', reason: 'ticket 7', reference: 't7', expiresAt: null },
      requestedBy: `key:${idOf(alice)}`,
      entryId: null,
    });
    expect(asked.headers.get('location')).toBe(`/admin/approvals/${approval.id}`);
    expect(await entriesOf(wallet)).toEqual([]);
    const { status, json } = await decide(approval.id, 'approve', bob, { reason: 'seen the ticket' });
    expect(status).toBe(200);
    expect(approvalReply.parse(json)).toMatchObject({
      state: 'approved',
      decidedBy: `key:${idOf(bob)}`,
      decisionReason: 'seen the ticket',
      entryId: `ent_${wallet}_1`,
    });
    expect(await entriesOf(wallet)).toEqual(['ADJUSTMENT 100000001']);
    const read = await api.call('GET', `/admin/approvals/${approval.id}`, { key: alice });
    expect(read.json).toEqual(json);
  });

  it('cannot be approved by whoever asked for it, whatever they do', async () => {
    const { org, wallet } = await api.createCustomer();
    const made = await makeAdmin(alice);
    const madeByMade = await makeAdmin(made);
    const sister = await makeAdmin(alice);
    const rotated = await api.call('POST', `/admin/keys/${idOf(made)}/rotate`, { key: bob, body: {} });
    const hands = [alice, made, madeByMade, sister, String(rotated.json['key'])];
    for (const asker of [alice, made, madeByMade]) {
      const id = await ask(org, large, asker);
      for (const key of [...hands, await makeAdmin(asker)]) {
        expect(refusalOf(await decide(id, 'approve', key))).toEqual([403, 'FORBIDDEN']);
      }
      const { json } = await api.call('GET', `/admin/approvals/${id}`, { key: bob });
      expect(json).toMatchObject({ state: 'pending', decidedBy: null });
    }
    expect(await entriesOf(wallet)).toEqual([]);
  });

  it('cannot be approved with a key that was made to look like somebody else after it was asked for', async () => {
    const { org, wallet } = await api.createCustomer();
    const ada = await issuer.sign({ user: 'ada', platformAdmin: true });
    const eve = await issuer.sign({ user: 'eve', platformAdmin: true });
    const id = await ask(org, large, ada);
    const mine = await makeAdmin(ada);
    for (const key of [ada, await issuer.sign({ user: 'ada', platformAdmin: true }), mine, await makeAdmin(mine)]) {
      expect(refusalOf(await decide(id, 'approve', key))).toEqual([403, 'FORBIDDEN']);
    }
    expect((await decide(id, 'approve', eve)).json).toMatchObject({ state: 'approved', decidedBy: 'user:eve' });
    expect(await entriesOf(wallet)).toEqual(['ADJUSTMENT 100000001']);
  });

  it('cannot be approved by who is no admin, nor past the service: the table itself refuses its own hands', async () => {
    const { org, key, wallet } = await api.createCustomer();
    const id = await ask(org);
    const owner = await issuer.sign({ user: 'o', orgs: { [org]: 'owner' } });
    for (const other of [key, owner, await api.createKey({ kind: 'platform' })]) {
      for (const verdict of ['approve', 'reject'] as const) {
        expect(refusalOf(await decide(id, verdict, other))).toEqual([403, 'FORBIDDEN']);
      }
      expect((await api.call('GET', '/admin/approvals', { key: other })).status).toBe(403);
    }
    const update = `UPDATE entry_approval SET state = 'approved', decided_by = ?, decided_at = now() WHERE id = ?`;
    await expect(api.db.raw(update, [`key:${idOf(alice)}`, id])).rejects.toThrow('check constraint');
    expect(await entriesOf(wallet)).toEqual([]);
  });

  it('is any amount above it, in either direction; the limit itself is not', async () => {
    const { org, wallet } = await api.createCustomer(500n);
    for (const body of [
      { ...large, amountUsd: '-100.01' },
      { type: 'GRANT', amountUsd: '101', reason: 'r' },
      { type: 'WITHDRAWAL', amountUsd: '101', reason: 'r' },
    ]) {
      expect((await book(org, body)).status).toBe(202);
    }
    expect(await entriesOf(wallet)).toHaveLength(1);
    const exact = await book(org, { ...large, amountUsd: '100' });
    expect(bookingReply.parse(exact.json).amountUsd).toBe('100.00');
    expect((await book(org, { ...large, amountUsd: '-100' })).status).toBe(200);
  });

  it('that makes no sense is refused when it is asked for', async () => {
    const { org } = await api.createCustomer();
    const past = { type: 'GRANT', amountUsd: '500', reason: 'r', expiresAt: '2020-01-01T00:00:00Z' };
    expect(pathsOfErrors(await book(org, past))).toEqual(['expiresAt']);
    expect(pathsOfErrors(await book(org, { ...large, type: 'DEPOSIT' }))).toEqual(['type']);
    expect(pathsOfErrors(await book(org, { ...large, reason: ' ' }))).toEqual(['reason']);
    const { json } = await api.call('GET', `/admin/approvals?org=${org}`, { key: bob });
    expect(json['approvals']).toEqual([]);
  });
});

describe('an approved booking is written once', () => {
  it('by many who approve at the same time', async () => {
    const { org, wallet } = await api.createCustomer();
    const id = await ask(org);
    const approvers = [
      bob,
      await api.createKey({ kind: 'admin' }),
      await issuer.sign({ user: 'eve', platformAdmin: true }),
    ];
    const answers = await Promise.all(
      Array.from({ length: 12 }, async (_, n) => decide(id, 'approve', approvers[n % approvers.length])),
    );
    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
    expect(answers[0]?.json).toMatchObject({ state: 'approved', entryId: `ent_${wallet}_1` });
    expect(await entriesOf(wallet)).toEqual(['ADJUSTMENT 100000001']);
  });

  it('or not at all: of an approval and a rejection at the same time one holds', async () => {
    for (let n = 0; n < 6; n += 1) {
      const { org, wallet } = await api.createCustomer();
      const id = await ask(org);
      const answers = await Promise.all([decide(id, 'approve'), decide(id, 'reject'), decide(id, 'approve')]);
      const { json } = await api.call('GET', `/admin/approvals/${id}`, { key: bob });
      expect(await entriesOf(wallet)).toHaveLength(json['state'] === 'approved' ? 1 : 0);
      expect(answers.map(({ status }) => status).includes(400)).toBe(true);
    }
  });

  it.each(['approval.before-entry', 'approval.after-entry'])('when the process dies at %s', async (failpoint) => {
    const { org, wallet } = await api.createCustomer();
    const id = await ask(org);
    const other = await api.spawn({ COFFER_FAILPOINT_FILES: folder });
    writeFileSync(join(folder, failpoint), '');
    await expect(other.call('POST', `/admin/approvals/${id}/approve`, { key: bob, body: {} })).rejects.toThrow(
      'fetch failed',
    );
    await other.stop();
    // The other process may have written it by now.
    expect((await entriesOf(wallet)).length).toBeLessThanOrEqual(1);
    expect((await findBookingApproval(api.db, id))?.decision).toBe('approved');
    expect((await decide(id, 'reject')).status).toBe(400);
    const [again, twice] = await Promise.all([decide(id, 'approve'), decide(id, 'approve')]);
    expect([again.json['entryId'], twice.json['entryId']]).toEqual([`ent_${wallet}_1`, `ent_${wallet}_1`]);
    expect(await entriesOf(wallet)).toEqual(['ADJUSTMENT 100000001']);
  });

  it('by another process, where nobody asks again', async () => {
    const { org, wallet } = await api.createCustomer();
    const id = await ask(org);
    const verdict = {
      id,
      verdict: 'approved',
      by: 'user:eve',
      hands: ['user:eve'],
      reason: null,
      at: new Date(),
    } as const;
    await decideBooking(api.db, verdict);
    const means = { db: api.db, writer: api.writer, clock: systemClock };
    const job = startApprovals({ ...means, mayRun: () => true, log: pino({ level: 'silent' }) });
    await expect.poll(async () => (await findBookingApproval(api.db, id))?.seq).toBe(1);
    await job.stop();
    await writeApprovedBookings(means, () => undefined);
    expect(await entriesOf(wallet)).toEqual(['ADJUSTMENT 100000001']);
  });
});

describe('the ledger has the last word', () => {
  it('on a withdrawal that is no longer covered; it may be approved again until it expires', async () => {
    const { org, wallet } = await api.createCustomer(150n);
    const id = await ask(org, { type: 'WITHDRAWAL', amountUsd: '120', reason: 'r' });
    await api.writer.submit(debitOf(wallet, 100n));
    expect(refusalOf(await decide(id, 'approve'))).toEqual([402, 'CREDIT_INSUFFICIENT']);
    const { json } = await api.call('GET', `/admin/approvals/${id}`, { key: alice });
    expect(json).toMatchObject({ state: 'approved', refusal: 'CREDIT_INSUFFICIENT', entryId: null });
    expect(refusalOf(await decide(id, 'approve', alice))).toEqual([403, 'FORBIDDEN']);
    expect((await book(org, { type: 'SETTLEMENT', amountUsd: '90', reason: 'r' })).status).toBe(200);
    await writeApprovedBookings({ db: api.db, writer: api.writer, clock: systemClock }, () => undefined);
    expect(await entriesOf(wallet)).toHaveLength(3);
    const done = await decide(id, 'approve');
    expect(done.json).toMatchObject({ state: 'approved', refusal: null });
    expect((await entriesOf(wallet)).filter((entry) => entry.startsWith('WITHDRAWAL'))).not.toEqual([]);
  });

  it('and a grant that would have ended meanwhile is not given', async () => {
    const { org, wallet } = await api.createCustomer();
    const { json: org2 } = await api.call('POST', '/admin/orgs', { key: alice, body: { name: 'tells the time' } });
    const expiresAt = new Date(Date.parse(String(org2['createdAt'])) + DAY_MS).toISOString();
    const id = await ask(org, { type: 'GRANT', amountUsd: '120', reason: 'r', expiresAt });
    api.advance(2 * DAY_MS);
    expect(pathsOfErrors(await decide(id, 'approve'))).toEqual(['expiresAt']);
    expect(await entriesOf(wallet)).toEqual([]);
  });
});

describe('a request', () => {
  it('may be turned down by everybody, its maker included, once and for good', async () => {
    const { org, wallet } = await api.createCustomer();
    for (const key of [alice, bob]) {
      const id = await ask(org);
      const rejected = await decide(id, 'reject', key, { reason: 'no ticket' });
      expect(rejected.json).toMatchObject({
        state: 'rejected',
        decidedBy: `key:${idOf(key)}`,
        decisionReason: 'no ticket',
      });
      expect((await decide(id, 'reject')).json).toEqual(rejected.json);
      expect(pathsOfErrors(await decide(id, 'approve'))).toEqual(['id']);
    }
    expect(await entriesOf(wallet)).toEqual([]);
  });

  it('expires after a week', async () => {
    const { org, wallet } = await api.createCustomer();
    const id = await ask(org);
    api.advance(7 * DAY_MS);
    for (const verdict of ['approve', 'reject'] as const) {
      const answer = await decide(id, verdict);
      expect([pathsOfErrors(answer), answer.json['detail']]).toEqual([['id'], 'id has expired']);
    }
    const listed = await api.call('GET', `/admin/approvals?state=expired&org=${org}`, { key: bob });
    expect(listIn(listed, 'approvals').map((one) => one['id'])).toEqual([id]);
    expect(await entriesOf(wallet)).toEqual([]);
  });

  it('is one under its key, before and after it is decided; the key books nothing else, and is not one of its org', async () => {
    const { org, wallet } = await api.createCustomer();
    const headers = { 'idempotency-key': 'k1' };
    const first = await book(org, large, alice, headers);
    const again = await book(org, { ...large, amountUsd: '100.000001' }, alice, headers);
    expect([again.status, again.text, again.headers.get('idempotency-replayed')]).toEqual([202, first.text, 'true']);
    expect(first.headers.get('idempotency-replayed')).toBeNull();
    for (const body of [
      { ...large, amountUsd: '200' },
      { ...large, amountUsd: '5' },
    ]) {
      expect(refusalOf(await book(org, body, alice, headers))).toEqual([409, 'IDEMPOTENCY_CONFLICT']);
    }
    await decide(String(first.json['id']), 'approve');
    const after = await book(org, large, alice, headers);
    expect([after.status, after.json['state']]).toEqual([202, 'approved']);
    const key = await api.createKey({ org });
    const debit = { serviceType: 'AI_API', amountUsd: '1' };
    const other = await api.call('POST', '/treasury/debit', { key, body: debit, headers });
    expect(other.status).toBe(200);
    expect(await entriesOf(wallet)).toEqual(['ADJUSTMENT 100000001', 'AI_API_CALL -1000000']);
  });

  it('of several callers at once under one key is one', async () => {
    const { org } = await api.createCustomer();
    const headers = { 'idempotency-key': 'k2' };
    const answers = await Promise.all(Array.from({ length: 8 }, async () => book(org, large, alice, headers)));
    expect(new Set(answers.map(({ status, json }) => `${status} ${String(json['id'])}`)).size).toBe(1);
  });

  it('is not made of what was written under the key before', async () => {
    const { org, wallet } = await api.createCustomer();
    const headers = { 'idempotency-key': 'k3' };
    expect((await book(org, { ...large, amountUsd: '5' }, alice, headers)).status).toBe(200);
    expect(refusalOf(await book(org, large, alice, headers))).toEqual([409, 'IDEMPOTENCY_CONFLICT']);
    expect(await entriesOf(wallet)).toHaveLength(1);
  });

  it('is listed newest first, by state and org, page by page', async () => {
    const { org } = await api.createCustomer();
    const ids: string[] = [];
    for (let n = 0; n < 3; n += 1) ids.unshift(await ask(org));
    await decide(ids[1] ?? '', 'reject');
    const list = async (query: string): Promise<Answer> =>
      api.call('GET', `/admin/approvals?org=${org}&${query}`, { key: bob });
    const first = await list('limit=2');
    approvalsReply.parse(first.json);
    const second = await list(`limit=2&cursor=${String(first.json['nextCursor'])}`);
    expect([...listIn(first, 'approvals'), ...listIn(second, 'approvals')].map(({ id }) => id)).toEqual(ids);
    const pending = await list('state=pending');
    expect(listIn(pending, 'approvals').map(({ id }) => id)).toEqual([ids[0], ids[2]]);
    expect((await list('state=lost')).status).toBe(400);
  });

  it('that is not there is 404', async () => {
    for (const id of [uuidV7(0), 'x', '%27']) {
      expect((await decide(id, 'approve')).status).toBe(404);
      expect((await decide(id, 'reject')).status).toBe(404);
      expect((await api.call('GET', `/admin/approvals/${id}`, { key: bob })).status).toBe(404);
    }
  });
});
