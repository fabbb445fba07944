/** The inbox of deposits over HTTP: what operators see, and what they may do. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEPOSIT_STATES, type DepositState } from '../../src/core/deposits/states.ts';
import { uuidV7, walletId } from '../../src/core/ids.ts';
import { inboxDeposit, inboxReply, tracedDeposit } from '../../src/http/admin/deposit-schemas.ts';
import { EVM, EVM_TOO, startTestApi, TOKENS, type Answer, type TestApi } from '../support/http/api.ts';
import { listIn, pathsOfErrors } from '../support/asserts.ts';
import { writeDeposit, type DepositToWrite } from '../support/deposits/rows.ts';
import { queryRows } from '../support/process/query.ts';

let api: TestApi;
let admin: string;
beforeAll(async () => {
  api = await startTestApi();
  admin = await api.createKey({ kind: 'admin' });
});
afterAll(async () => api.stop());

async function act(id: string, name: 'assign' | 'ignore' | 'note', body: object, key = admin): Promise<Answer> {
  return api.call('POST', `/admin/deposits/${id}/${name}`, { key, body });
}

async function list(query: string): Promise<string[]> {
  const answer = await api.call('GET', `/admin/deposits?${query}`, { key: admin });
  expect(answer.status).toBe(200);
  return inboxReply.parse(answer.json).deposits.map(({ id }) => id);
}

async function pendingOf(org: string): Promise<unknown> {
  const { json } = await api.call('GET', '/treasury/balance', { key: admin, headers: { 'coffer-org': org } });
  return json['pendingUsd'];
}

const actsIn = (answer: Answer): Record<string, unknown>[] => listIn(answer, 'acts');
const refusalOf = ({ status, json }: Answer): unknown[] => [status, json['code']];

describe('the list', () => {
  it.each(DEPOSIT_STATES)('has what is %s under its state, with everything about it', async (state) => {
    const { org, wallet } = await api.createCustomer();
    const at = new Date('2021-03-04T05:06:07.089Z');
    const from = `0x${'ab'.repeat(20)}`;
    const { id } = await writeDeposit(api.db, { state, reason: 'why', org, wallet, from, at, amount: 1_234_567n });
    expect(await list(`state=${state}`)).toContain(id);
    for (const other of DEPOSIT_STATES) if (other !== state) expect(await list(`state=${other}`)).not.toContain(id);
    const answer = await api.call('GET', `/admin/deposits/${id}`, { key: admin });
    expect(tracedDeposit.parse(answer.json)).toMatchObject({
      id,
      state,
      reason: 'why',
      amountUsd: '1.234567',
      amountUnits: '1234567',
      symbol: 'USDC',
      fromAddress: from,
      org,
      observedAt: at.toISOString(),
      acts: [],
    });
  });

  it('filters by chain, reason and time, and pages newest first without gap or repetition', async () => {
    const times = [1, 2, 2, 2, 3, 4].map((second) => new Date(Date.UTC(2020, 0, 1, 0, 0, second)));
    const ids: string[] = [];
    for (const at of times) ids.push((await writeDeposit(api.db, { chain: EVM_TOO, reason: 'paged', at })).id);
    await writeDeposit(api.db, { chain: EVM, reason: 'paged', at: times[0] ?? new Date(0) });
    await writeDeposit(api.db, { chain: EVM_TOO, reason: 'else', at: times[0] ?? new Date(0) });
    const filter = `chain=${EVM_TOO}&reason=paged&from=2020-01-01T00:00:02Z&to=2020-01-01T00:00:04Z`;
    const found: string[] = [];
    let cursor = '';
    for (let page = 0; page < 4; page += 1) {
      const answer = await api.call('GET', `/admin/deposits?limit=1&${filter}${cursor}`, { key: admin });
      const { deposits, nextCursor } = inboxReply.parse(answer.json);
      found.push(...deposits.map(({ id }) => id));
      cursor = `&cursor=${nextCursor ?? ''}`;
    }
    const [, ...later] = ids.slice(0, 5);
    const tied = later.slice(0, 3).toSorted().toReversed();
    expect(found).toEqual([ids[4], ...tied]);
    expect(cursor).toBe('&cursor=');
  });

  it('uses an index: a page of a state is found without looking through the others', async () => {
    const text = await api.db.transaction(async (trx) => {
      await trx.raw('SET LOCAL enable_seqscan = off');
      const plan = await queryRows<{ 'QUERY PLAN': string }>(
        trx,
        `EXPLAIN SELECT * FROM deposit d WHERE d.state = 'unmatched' AND (d.observed_at, d.id) < (now(), ?::uuid)
         ORDER BY d.observed_at DESC, d.id DESC LIMIT 20`,
        [uuidV7(0)],
      );
      return plan.rows.map((row) => row['QUERY PLAN']).join('\n');
    });
    expect(text).toContain('deposit_by_state');
    expect(text).not.toContain('Sort');
  });

  it('refuses what it does not know', async () => {
    expect(pathsOfErrors(await api.call('GET', '/admin/deposits?state=lost', { key: admin }))).toEqual(['state']);
    expect(pathsOfErrors(await api.call('GET', '/admin/deposits?org=x', { key: admin }))).toEqual(['org']);
    expect(pathsOfErrors(await api.call('GET', '/admin/deposits?cursor=abc', { key: admin }))).toEqual(['cursor']);
  });
});

describe('who may', () => {
  const id = uuidV7(0);
  it.each([
    ['GET', '/admin/deposits', undefined],
    ['GET', `/admin/deposits/${id}`, undefined],
    ['POST', `/admin/deposits/${id}/assign`, { org: id, reason: 'r' }],
    ['POST', `/admin/deposits/${id}/ignore`, { reason: 'r' }],
    ['POST', `/admin/deposits/${id}/note`, { note: 'n' }],
  ])('%s %s: admin keys alone', async (method, path, body) => {
    const { key, org } = await api.createCustomer();
    const platform = await api.createKey({ kind: 'platform' });
    for (const other of [key, platform]) {
      const answer = await api.call(method, path, { key: other, body, headers: { 'coffer-org': org } });
      expect(refusalOf(answer)).toEqual([403, 'FORBIDDEN']);
    }
    expect((await api.call(method, path, { body })).status).toBe(401);
    expect([200, 404]).toContain((await api.call(method, path, { key: admin, body })).status);
  });
});

describe('assigning', () => {
  it('puts a deposit on its way to the org, and records who, why, and how it stood', async () => {
    const { org } = await api.createCustomer();
    const { id } = await writeDeposit(api.db);
    const answer = await act(id, 'assign', { org, reason: 'they sent a bank letter' });
    expect(answer.status).toBe(200);
    const view = inboxDeposit.parse(answer.json);
    expect(view).toMatchObject({
      state: 'confirming',
      org,
      assignment: { org, by: 'admin', actor: `key:${admin.slice(8, 16)}`, reason: 'they sent a bank letter' },
      acts: [
        {
          action: 'assign',
          actor: `key:${admin.slice(8, 16)}`,
          words: 'they sent a bank letter',
          before: { state: 'unmatched', reason: 'unknown_sender', org: null, assignedOrg: null, setAside: false },
          after: { state: 'confirming', reason: null, org, assignedOrg: org, setAside: false },
        },
      ],
    });
    expect(await pendingOf(org)).toBe('5.00');
  });

  it('the same again changes and records nothing; to another org it is 409', async () => {
    const [{ org }, { org: other }] = [await api.createCustomer(), await api.createCustomer()];
    const { id } = await writeDeposit(api.db);
    const first = await act(id, 'assign', { org, reason: 'one' });
    const again = await act(id, 'assign', { org, reason: 'two' });
    expect([again.status, again.json]).toEqual([200, first.json]);
    expect(refusalOf(await act(id, 'assign', { org: other, reason: 'three' }))).toEqual([409, 'DEPOSIT_NOT_OPEN']);
  });

  it('of two at once one wins, and there is one act', async () => {
    const orgs = await Promise.all(Array.from({ length: 8 }, async () => api.createOrg()));
    const { id } = await writeDeposit(api.db);
    const answers = await Promise.all(orgs.map(async (org) => act(id, 'assign', { org, reason: 'mine' })));
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([
      200,
      ...orgs.slice(1).map(() => 409),
    ]);
    expect(actsIn(await api.call('GET', `/admin/deposits/${id}`, { key: admin }))).toHaveLength(1);
  });

  it.each<[string, DepositToWrite]>([
    ['held by screening', { state: 'screening', reason: 'screening_held' }],
    ['denied by screening', { state: 'quarantined', reason: 'screening_denied' }],
    ['dust', { state: 'dust', reason: 'below_minimum' }],
    ['not final yet', { state: 'observed', reason: null }],
  ])('takes what is %s', async (_, deposit) => {
    const org = await api.createOrg();
    const { id } = await writeDeposit(api.db, deposit);
    expect((await act(id, 'assign', { org, reason: 'released' })).json).toMatchObject({ state: 'confirming', org });
  });

  it.each<[string, DepositToWrite]>([
    ['of another token', { state: 'ignored', reason: 'wrong_asset', token: `0x${'77'.repeat(20)}` }],
    ['of nothing', { state: 'ignored', reason: 'zero_amount', amount: 0n }],
    ['of an impossible amount', { state: 'quarantined', reason: 'amount_out_of_bounds', amount: 2n ** 256n - 1n }],
    ['that cannot be read', { state: 'quarantined', reason: 'malformed: 1 bytes of data instead of 32' }],
    ['between own addresses', { state: 'ignored', reason: 'own_transfer' }],
    ['that left the chain', { state: 'orphaned', reason: null }],
    ['that was taken back', { state: 'reversed', reason: null }],
  ])('refuses a transfer %s, also after it was ignored', async (_, deposit) => {
    const org = await api.createOrg();
    const { id } = await writeDeposit(api.db, deposit);
    const refused = await act(id, 'assign', { org, reason: 'please' });
    expect(refusalOf(refused)).toEqual([409, 'DEPOSIT_NOT_OPEN']);
    expect(refused.json['type']).toBe('/docs/errors/DEPOSIT_NOT_OPEN');
    await act(id, 'ignore', { reason: 'so that it looks ordinary' });
    expect(refusalOf(await act(id, 'assign', { org, reason: 'please' }))).toEqual([409, 'DEPOSIT_NOT_OPEN']);
    expect(await pendingOf(org)).toBe('0.00');
  });

  it('refuses what is credited to another org, and repeats what is credited to this one', async () => {
    const [org, other] = [await api.createOrg(), await api.createOrg()];
    const wallet = walletId({ kind: 'org', id: org });
    const { id } = await writeDeposit(api.db, { state: 'credited', reason: null, org, wallet });
    expect(refusalOf(await act(id, 'assign', { org: other, reason: 'r' }))).toEqual([409, 'DEPOSIT_NOT_OPEN']);
    const same = await act(id, 'assign', { org, reason: 'r' });
    expect([same.status, same.json['state'], actsIn(same)]).toEqual([200, 'credited', []]);
  });

  it('needs an org that exists, a reason, and a deposit that exists', async () => {
    const { id } = await writeDeposit(api.db);
    const org = await api.createOrg();
    expect(refusalOf(await act(id, 'assign', { org: uuidV7(0), reason: 'r' }))).toEqual([404, 'NOT_FOUND']);
    expect(pathsOfErrors(await act(id, 'assign', { org: 'x' }))).toEqual(['org', 'reason']);
    for (const unknown of [uuidV7(0), 'x', '%27']) {
      expect(refusalOf(await act(unknown, 'assign', { org, reason: 'r' }))).toEqual([404, 'NOT_FOUND']);
    }
  });
});

describe('ignoring', () => {
  it('sets aside what is open, once, and it can be assigned later', async () => {
    const org = await api.createOrg();
    const { id } = await writeDeposit(api.db);
    const first = await act(id, 'ignore', { reason: 'spam' });
    expect(first.json).toMatchObject({ state: 'ignored', reason: 'unknown_sender', setAside: true });
    expect((await act(id, 'ignore', { reason: 'spam again' })).json).toEqual(first.json);
    const later = await act(id, 'assign', { org, reason: 'not spam after all' });
    expect(later.json).toMatchObject({ state: 'confirming', org, setAside: false });
    expect(actsIn(later).map(({ action, words }) => [action, words])).toEqual([
      ['assign', 'not spam after all'],
      ['ignore', 'spam'],
    ]);
  });

  it('takes an assignment back that is not credited yet', async () => {
    const [org, other] = [await api.createOrg(), await api.createOrg()];
    const { id } = await writeDeposit(api.db);
    await act(id, 'assign', { org, reason: 'r' });
    expect((await act(id, 'ignore', { reason: 'wrong one' })).json).toMatchObject({ org: null, assignment: null });
    expect(await pendingOf(org)).toBe('0.00');
    expect((await act(id, 'assign', { org: other, reason: 'r' })).json).toMatchObject({ org: other });
  });

  it.each<DepositState>(['credited', 'orphaned', 'reversed'])('refuses what is %s', async (state) => {
    const org = await api.createOrg();
    const wallet = state === 'orphaned' ? null : walletId({ kind: 'org', id: org });
    const { id } = await writeDeposit(api.db, { state, org, wallet });
    expect(refusalOf(await act(id, 'ignore', { reason: 'r' }))).toEqual([409, 'DEPOSIT_NOT_OPEN']);
  });
});

describe('notes', () => {
  it.each(DEPOSIT_STATES)('are kept of what is %s, each once', async (state) => {
    const { id } = await writeDeposit(api.db, { state });
    const other = await api.createKey({ kind: 'admin' });
    await act(id, 'note', { note: 'called them' });
    await act(id, 'note', { note: 'called them' });
    await act(id, 'note', { note: 'called them' }, other);
    const last = await act(id, 'note', { note: 'they answered' });
    expect(last.json['state']).toBe(state);
    expect(actsIn(last).map(({ actor, words }) => [actor, words])).toEqual([
      [`key:${admin.slice(8, 16)}`, 'they answered'],
      [`key:${other.slice(8, 16)}`, 'called them'],
      [`key:${admin.slice(8, 16)}`, 'called them'],
    ]);
  });

  it('cannot be changed or taken away, by the service least of all', async () => {
    const { id } = await writeDeposit(api.db);
    await act(id, 'note', { note: 'as it was' });
    await expect(api.db.raw(`UPDATE deposit_act SET words = 'x'`)).rejects.toThrow('permission denied');
    await expect(api.db.raw('DELETE FROM deposit_act')).rejects.toThrow('permission denied');
  });
});

it('a token of another kind is told in its own units, never in dollars', async () => {
  const { id } = await writeDeposit(api.db, { token: `0x${'77'.repeat(20)}`, state: 'ignored', reason: 'wrong_asset' });
  const { json } = await api.call('GET', `/admin/deposits/${id}`, { key: admin });
  expect(json).toMatchObject({ amountUsd: null, amountUnits: '5000000', symbol: null });
  expect(TOKENS.evm).not.toBe(json['token']);
});
