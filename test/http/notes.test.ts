/** What callers note with a command: shown wherever its entries are, handed on by holds, and found by filters. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { uuidV7 } from '../../src/core/ids.ts';
import { listIn, pathsOfErrors } from '../support/asserts.ts';
import { startTestApi, type Answer, type TestApi } from '../support/http/api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(async () => api.stop());

const NOTES = {
  reference: 'chat-8812',
  description: 'two pages for Ann',
  appId: 'writer',
  userId: 'u-17',
  teamId: 't-4',
  metadata: { env: 'prod', '2': 'b', '10': 'a' },
};
const debit = { serviceType: 'AI_API', amountUsd: '1', ...NOTES };

async function post(key: string, name: string, body: object, named?: string): Promise<Answer> {
  const headers = named === undefined ? {} : { 'idempotency-key': named };
  return api.call('POST', `/treasury/${name}`, { key, body, headers });
}

async function ledger(key: string, query = ''): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const answer = await api.call('GET', `/treasury/ledger?limit=100${query}`, { key });
  expect([query, answer.status]).toEqual([query, 200]);
  return listIn(answer, 'entries');
}

async function idsOf(key: string, query: string): Promise<readonly unknown[]> {
  return (await ledger(key, query)).map(({ id }) => String(id).split('_').at(-1));
}

describe('S08 the notes of a debit', () => {
  it('are in the answer, on each entry, in the event, and in the same bytes again', async () => {
    const { key, wallet } = await api.createCustomer(1n);
    await api.call('POST', `/treasury/debit`, { key, body: { serviceType: 'AI_API', amountUsd: '0.5' } });
    await api.db.raw('SELECT 1');
    const first = await post(key, 'debit', { ...debit, amountUsd: '0.25' }, 'order-7');
    expect(first.json).toMatchObject({ ...NOTES, entries: [{ ...NOTES, idempotencyKey: 'order-7' }] });
    const again = await post(key, 'debit', { ...debit, amountUsd: '0.25' }, 'order-7');
    expect([again.status, again.text]).toEqual([200, first.text]);
    expect((await ledger(key))[0]).toMatchObject({ ...NOTES, commandId: `cmd_${wallet}_3`, idempotencyKey: 'order-7' });
    const { rows } = { rows: await ledger(key) };
    expect(rows.map(({ metadata }) => metadata)).toEqual([NOTES.metadata, null, null]);
  });

  it('are part of the request: other metadata under the same key is a conflict, another order of it is not', async () => {
    const { key } = await api.createCustomer(9n);
    await post(key, 'debit', debit, 'k');
    const sorted = { ...debit, metadata: { '10': 'a', env: 'prod', '2': 'b' } };
    expect((await post(key, 'debit', sorted, 'k')).headers.get('idempotency-replayed')).toBe('true');
    for (const change of [{ metadata: { env: 'prod' } }, { userId: 'u' }, { teamId: 't' }, { metadata: undefined }]) {
      expect((await post(key, 'debit', { ...debit, ...change }, 'k')).json['code']).toBe('IDEMPOTENCY_CONFLICT');
    }
    await post(key, 'debit', { serviceType: 'AI_API', amountUsd: '1' }, 'bare');
    const empty = await post(key, 'debit', { serviceType: 'AI_API', amountUsd: '1', metadata: {} }, 'bare');
    expect(empty.headers.get('idempotency-replayed')).toBe('true');
  });

  it('show the key of a caller, whatever its form, and one command id for all parts', async () => {
    const { key } = await api.createCustomer(1n);
    await api.createCustomer(1n);
    const uuid = uuidV7(Date.now());
    for (const named of ['a word', uuid]) await post(key, 'debit', { ...debit, amountUsd: '0.1' }, named);
    const made = await post(key, 'debit', { ...debit, amountUsd: '0.1' });
    const keys = (await ledger(key)).map(({ idempotencyKey }) => idempotencyKey);
    expect(keys.slice(0, 3)).toEqual([made.json['idempotencyKey'], uuid, 'a word']);
  });

  it.each([
    ['16 pairs', Object.fromEntries(Array.from({ length: 16 }, (_, n) => [`k${n}`, 'v']))],
    ['a name of 41 characters', { ['k'.repeat(41)]: 'v' }],
    ['an empty name', { '': 'v' }],
    ['a value of 501 characters', { k: 'v'.repeat(501) }],
    ['a number', { k: 1 }],
    ['a control character', { k: 'a\u0000' }],
    ['a list', ['v']],
  ])('are refused with %s as metadata', async (_name, metadata) => {
    const { key } = await api.createCustomer(9n);
    const paths = pathsOfErrors(await post(key, 'debit', { ...debit, metadata }));
    expect(paths).toHaveLength(1);
    expect(paths[0]).toMatch(/^metadata/);
    expect(await ledger(key)).toHaveLength(1);
  });

  it('may have 15 pairs of the longest texts', async () => {
    const { key } = await api.createCustomer(9n);
    const metadata = Object.fromEntries(
      Array.from({ length: 15 }, (_, n) => [`${n}`.padEnd(40, 'ü'), 'ü'.repeat(500)]),
    );
    const { status, json } = await post(key, 'debit', { ...debit, metadata });
    expect([status, json['metadata']]).toEqual([200, metadata]);
  });
});

describe('S08 the notes of a hold', () => {
  it('are handed on to captures, releases and expiry, and shown with the hold', async () => {
    const { key } = await api.createCustomer(20n);
    const hold = { serviceType: 'AI_API', amountUsd: '4', expiresInSeconds: 60, ...NOTES };
    const open = async (): Promise<string> => {
      const { status, json } = await post(key, 'hold', hold);
      expect([status, json['description'], json['metadata']]).toEqual([200, NOTES.description, NOTES.metadata]);
      return String(json['holdId']);
    };
    const [first, second, third] = [await open(), await open(), await open()];
    const { description, ...ids } = NOTES;
    const captured = await post(key, 'consume-hold', { holdId: first, amountUsd: '1', final: false });
    expect(captured.json).toMatchObject({ entries: [{ ...NOTES, holdId: first }] });
    const released = await post(key, 'release-hold', { holdId: first, reason: 'not needed' });
    expect(released.json).toMatchObject({ reason: 'not needed', entries: [{ ...ids, description: 'not needed' }] });
    const plain = await post(key, 'release-hold', { holdId: second });
    expect(plain.json).toMatchObject({ reason: null, entries: [{ ...NOTES }] });
    api.advance(61_000);
    await post(key, 'debit', { serviceType: 'AI_API', amountUsd: '1' });
    const expired = (await ledger(key, `&holdId=${third}`)).find(({ type }) => type === 'HOLD_RELEASE');
    expect(expired).toMatchObject({ ...ids, description });
    const holds = listIn(await api.call('GET', '/treasury/holds', { key }), 'holds');
    expect(holds.map((one) => [one['state'], one['description'], one['userId']])).toEqual([
      ['expired', description, 'u-17'],
      ['released', description, 'u-17'],
      ['released', description, 'u-17'],
    ]);
  });

  it('are found by metadata', async () => {
    const { key } = await api.createCustomer(20n);
    const hold = { serviceType: 'AI_API', amountUsd: '1' };
    await post(key, 'hold', { ...hold, metadata: { a: '1', b: '2' } });
    await post(key, 'hold', { ...hold, metadata: { a: '1' } });
    await post(key, 'hold', hold);
    const found = async (query: string): Promise<number> =>
      listIn(await api.call('GET', `/treasury/holds?${query}`, { key }), 'holds').length;
    expect(await found('metadata[a]=1')).toBe(2);
    expect(await found('metadata[a]=1&metadata[b]=2')).toBe(1);
    expect(await found('metadata[a]=2')).toBe(0);
    expect(await found('metadata[a]=1&state=open&serviceType=AI_API')).toBe(2);
  });
});

describe('S08 the ledger is filtered', () => {
  it('by reference, key, hold, app and metadata, alone and together, page by page', async () => {
    const { key } = await api.createCustomer(20n);
    await post(key, 'debit', { ...debit, metadata: { a: '1' }, reference: 'r1' }, 'k1');
    await post(key, 'debit', { ...debit, metadata: { a: '1', b: '2' }, reference: 'r2', appId: 'other' }, 'k2');
    const held = await post(key, 'hold', {
      serviceType: 'AI_API',
      amountUsd: '2',
      reference: 'r1',
      metadata: { a: '1' },
    });
    const holdId = String(held.json['holdId']);
    await post(key, 'consume-hold', { holdId, amountUsd: '1' }, 'k3');
    expect(await idsOf(key, '&reference=r1')).toEqual(['5', '4', '2']);
    expect(await idsOf(key, '&idempotencyKey=k2')).toEqual(['3']);
    expect(await idsOf(key, '&idempotencyKey=%22k2%22')).toEqual(['3']);
    expect(await idsOf(key, '&idempotencyKey=k9')).toEqual([]);
    expect(await idsOf(key, `&holdId=${holdId}`)).toEqual(['5', '4']);
    expect(await idsOf(key, '&appId=other')).toEqual(['3']);
    expect(await idsOf(key, '&metadata[a]=1')).toEqual(['5', '4', '3', '2']);
    expect(await idsOf(key, '&metadata[a]=1&metadata[b]=2')).toEqual(['3']);
    expect(await idsOf(key, '&metadata[a]=1&type=HOLD')).toEqual(['4']);
    expect(await idsOf(key, '&metadata[a]=1&metadata[b]=2&reference=r1')).toEqual([]);
    expect(await idsOf(key, '&metadata[a]=2')).toEqual([]);
    const first = await api.call('GET', '/treasury/ledger?limit=3&metadata[a]=1', { key });
    const cursor = String(first.json['nextCursor']);
    const second = await api.call('GET', `/treasury/ledger?limit=3&metadata[a]=1&cursor=${cursor}`, { key });
    expect([listIn(first, 'entries').length, listIn(second, 'entries').length, second.json['nextCursor']]).toEqual([
      3,
      1,
      null,
    ]);
    const csv = await api.call('GET', '/treasury/ledger?format=csv&metadata[b]=2', { key });
    expect(csv.text.trimEnd().split('\r\n')).toHaveLength(2);
  });

  it('over the parts of a command that drew on several lots', async () => {
    const { key, org, wallet } = await api.createCustomer(1n);
    const admin = await api.createKey({ kind: 'admin' });
    for (const amountUsd of ['1', '1']) {
      const body = { type: 'GRANT', amountUsd, reason: 'welcome' };
      await api.call('POST', `/admin/orgs/${org}/entries`, { key: admin, body });
    }
    await post(key, 'debit', { ...debit, amountUsd: '3', metadata: { a: '1' } }, 'parts');
    expect(await idsOf(key, '&metadata[a]=1')).toEqual(['6', '5', '4']);
    expect(await idsOf(key, '&idempotencyKey=parts')).toEqual(['6', '5', '4']);
    const ids = (await ledger(key, '&metadata[a]=1')).map(({ commandId }) => commandId);
    expect(new Set(ids)).toEqual(new Set([`cmd_${wallet}_4`]));
  });

  it("never to another org's hold, and by no filter that nobody knows", async () => {
    const [mine, theirs] = [await api.createCustomer(9n), await api.createCustomer(9n)];
    const held = await post(theirs.key, 'hold', { serviceType: 'AI_API', amountUsd: '2' });
    const query = `/treasury/ledger?holdId=${String(held.json['holdId'])}`;
    expect((await api.call('GET', query, { key: mine.key })).status).toBe(404);
    for (const wrong of [
      'metadata=1',
      'metadata[]=1',
      'metadata[a]b=1',
      'other[a]=1',
      `metadata[${'k'.repeat(41)}]=1`,
    ]) {
      expect([wrong, (await api.call('GET', `/treasury/ledger?${wrong}`, { key: mine.key })).status]).toEqual([
        wrong,
        400,
      ]);
    }
  });
});

describe('S08 the notes of a booking', () => {
  it('are its reason and metadata, also where it waited for an approval', async () => {
    const limited = await startTestApi('first_come', undefined, { adminEntryLimitUsd: '10' });
    const [alice, bob] = [await limited.createKey({ kind: 'admin' }), await limited.createKey({ kind: 'admin' })];
    const { org, key } = await limited.createCustomer();
    for (const amountUsd of ['5', '50']) {
      const body = { type: 'GRANT', amountUsd, reason: `${amountUsd} for Ann`, metadata: { ticket: amountUsd } };
      const { status, json } = await limited.call('POST', `/admin/orgs/${org}/entries`, { key: alice, body });
      if (status === 202) {
        expect(json).toMatchObject({ booking: { metadata: { ticket: '50' } } });
        await limited.call('POST', `/admin/approvals/${String(json['id'])}/approve`, { key: bob, body: {} });
      } else expect(json).toMatchObject({ reason: '5 for Ann', metadata: { ticket: '5' } });
    }
    const entries = listIn(await limited.call('GET', '/treasury/ledger', { key }), 'entries');
    expect(entries.map(({ description, metadata }) => [description, metadata])).toEqual([
      ['50 for Ann', { ticket: '50' }],
      ['5 for Ann', { ticket: '5' }],
    ]);
    await limited.stop();
  });
});
