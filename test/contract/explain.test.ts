/** Why a command was accepted or refused. */
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseApiKey } from '../../src/core/access/api-key.ts';
import { uuidV7 } from '../../src/core/ids.ts';
import { addPrice } from '../../src/db/pricing/prices.ts';
import { dropOldRefusals, forgetRefusalsOf, listRefusals, pruneRefusals } from '../../src/db/explain/refusals.ts';
import { listIn } from '../support/asserts.ts';
import { openContractApi, PATIENCE, type ContractApi } from '../support/contract/api.ts';
import type { Answer } from '../support/http/api.ts';
import { queryRows } from '../support/process/query.ts';

let api: ContractApi;
beforeAll(async () => {
  api = await openContractApi();
});
afterAll(async () => api.stop());

const spend = async (key: string, path: string, body: object): Promise<Answer> =>
  api.call('POST', `/treasury/${path}`, { key, body });
const debit = async (key: string, amountUsd: string, more: object = {}): Promise<Answer> =>
  spend(key, 'debit', { serviceType: 'AI_API', amountUsd, ...more });
const explain = async (key: string, query: string): Promise<Answer> =>
  api.call('GET', `/treasury/explain?${query}`, { key });
const requestIdOf = ({ json }: Answer): string => String(json['requestId']);
const count = async (): Promise<number> =>
  (await queryRows<{ n: number }>(api.db, 'SELECT count(*)::int AS n FROM refused_command')).rows[0]?.n ?? 0;

/** The decisions about a refused request, once they are kept. */
async function refused(key: string, requestId: string): Promise<Record<string, unknown>[]> {
  await expect.poll(async () => (await explain(key, `requestId=${requestId}`)).status, PATIENCE).toBe(200);
  return listIn(await explain(key, `requestId=${requestId}`), 'decisions');
}

test('GET /treasury/explain: an entry with the state before it, its lots, and what would have turned it round', async () => {
  const { key, wallet } = await api.createCustomer(10n);
  const answer = await debit(key, '2.50', { appId: 'app', userId: 'u' });
  const explained = await explain(key, `entry=${String(answer.json['entryId'])}`);
  expect(explained.json).toMatchObject({
    hold: null,
    decisions: [
      {
        outcome: 'accepted',
        operation: 'debit',
        refusal: null,
        reproduced: true,
        before: { entryId: `ent_${wallet}_1`, availableUsd: '10.00', heldUsd: '0.00', debtUsd: '0.00' },
        state: { complete: true },
        lots: [{ lotId: `lot_${wallet}_1`, source: 'deposit', deltaUsd: '-2.50', leftUsd: '7.50' }],
        changes: [
          { change: 'available', byUsd: '-7.500001', text: 'refused with 7.500001 USD less available' },
          { change: 'amount', byUsd: '7.500001' },
        ],
        asked: { appId: 'app', userId: 'u', idempotencyKey: answer.headers.get('idempotency-key') },
        entries: [{ id: answer.json['entryId'], amountUsd: '-2.50' }],
      },
    ],
  });
});

test('GET /treasury/explain: a refused debit by the id of its request, with exactly what was missing', async () => {
  const { key } = await api.createCustomer(1n);
  const answer = await debit(key, '1.40', { description: 'words of a person' });
  expect(answer.status).toBe(402);
  const [decision] = await refused(key, requestIdOf(answer));
  expect(decision).toMatchObject({
    outcome: 'refused',
    reproduced: true,
    refusal: { code: 'CREDIT_INSUFFICIENT', by: 'rule', message: answer.json['detail'] },
    before: { availableUsd: '1.00' },
    changes: [
      { change: 'available', byUsd: '0.40', text: 'accepted with 0.40 USD more available' },
      { change: 'amount', byUsd: '-0.40' },
    ],
    asked: { requestId: requestIdOf(answer), idempotencyKey: answer.headers.get('idempotency-key') },
    entries: [],
  });
  expect(String(Object(decision)['explanation'])).toContain(
    'It would have been accepted with 0.40 USD more available.',
  );
  // What it was refused on does not change with what comes later.
  await debit(key, '1.00');
  expect((await refused(key, requestIdOf(answer)))[0]).toMatchObject({
    reproduced: true,
    before: { availableUsd: '1.00' },
  });
});

test('GET /treasury/explain: a hold, its capture after its end, and each refused command of a batch', async () => {
  const { key } = await api.createCustomer(10n);
  const held = await spend(key, 'hold', { serviceType: 'AI_API', amountUsd: '4', expiresInSeconds: 60 });
  const holdId = String(held.json['holdId']);
  const above = await spend(key, 'consume-hold', { holdId, amountUsd: '5' });
  expect((await refused(key, requestIdOf(above)))[0]).toMatchObject({
    refusal: { code: 'HOLD_EXCEEDED' },
    changes: [{ change: 'overrun' }, { change: 'amount', byUsd: '-1.00' }],
  });
  expect((await explain(key, `hold=${holdId}`)).json).toMatchObject({
    hold: { holdId, state: 'open', leftUsd: '4.00' },
    decisions: [{ operation: 'hold', outcome: 'accepted', reproduced: true }],
  });
  await spend(key, 'release-hold', { holdId });
  const late = await spend(key, 'consume-hold', { holdId, amountUsd: '1' });
  expect((await refused(key, requestIdOf(late)))[0]).toMatchObject({
    refusal: { code: 'HOLD_NOT_PENDING' },
    changes: [{ change: 'time', text: expect.stringMatching(/ s earlier, while the hold was open$/) }],
  });
  const commands = ['1', '100', '200'].map((amountUsd) => {
    return { op: 'debit', idempotencyKey: `k ${amountUsd}`, serviceType: 'AI_API', amountUsd };
  });
  const batch = await api.call('POST', '/treasury/batch', {
    key,
    body: { commands },
    headers: { 'X-Request-Id': 'b-1' },
  });
  expect(batch.status).toBe(200);
  await expect.poll(async () => (await refused(key, 'b-1')).length, PATIENCE).toBe(2);
  expect(await refused(key, 'b-1')).toMatchObject([
    { changes: [{ byUsd: '91.00' }, { byUsd: '-91.00' }] },
    { changes: [{ byUsd: '191.00' }, { byUsd: '-191.00' }] },
  ]);
});

test('GET /treasury/explain: a suspended org is told that this alone refused it', async () => {
  const { key, org } = await api.createCustomer(10n);
  const suspend = async (suspended: boolean): Promise<Answer> =>
    api.call('PATCH', `/admin/orgs/${org}`, { key: api.adminKey, body: { suspended } });
  expect((await suspend(true)).status).toBe(200);
  await expect.poll(async () => (await debit(key, '1')).status, PATIENCE).toBe(403);
  const answer = await debit(key, '1');
  expect((await refused(key, requestIdOf(answer)))[0]).toMatchObject({
    reproduced: null,
    refusal: { code: 'ORG_SUSPENDED', by: 'suspension' },
    changes: [{ change: 'suspension' }],
  });
});

test('GET /treasury/explain: a refusal by a budget says how much more of it would have done', async () => {
  const { key } = await api.createCustomer(100n);
  const body = { subject: 'userId', value: 'u', period: 'none', limitUsd: '5.00', mode: 'hard' };
  expect((await api.call('POST', '/treasury/budgets', { key, body })).status).toBeLessThan(300);
  expect((await debit(key, '3.50', { userId: 'u' })).status).toBe(200);
  const answer = await debit(key, '2.00', { userId: 'u' });
  expect(answer.json).toMatchObject({ code: 'CREDIT_INSUFFICIENT', kind: 'budget' });
  await debit(key, '1.50', { userId: 'u' });
  expect((await refused(key, requestIdOf(answer)))[0]).toMatchObject({
    reproduced: true,
    changes: [
      { change: 'budget', byUsd: '0.50', text: 'accepted with 0.50 USD more in the budget' },
      { change: 'amount', byUsd: '-0.50' },
    ],
  });
});

test('GET /treasury/explain: a refusal by a budget of the calling key is explained as it was, also after a change', async () => {
  const { key, org } = await api.createCustomer(100n);
  const caller = await api.createKey({ org, scopes: ['treasury:spend', 'treasury:read', 'treasury:admin'] });
  const value = parseApiKey(caller)?.id;
  const limits = { subject: 'key', value, period: 'day', limitUsd: '5.00', mode: 'hard', name: 'The agent' };
  const made = await api.call('POST', '/treasury/budgets', { key, body: limits });
  expect(made.status).toBe(201);
  const answers = [await debit(caller, '6.00'), await debit(caller, '3.50'), await debit(caller, '2.00')];
  expect(answers.map(({ status, json }) => [status, json['kind']])).toEqual([
    [402, 'budget'],
    [200, undefined],
    [402, 'budget'],
  ]);
  // Another key is not counted there.
  expect((await debit(key, '6.00')).status).toBe(200);
  const explained = async (): Promise<void> => {
    for (const [at, byUsd] of [
      [0, '1.00'],
      [2, '0.50'],
    ] as const) {
      const answer = answers[at];
      if (!answer) throw new Error('an answer is missing');
      expect((await refused(caller, requestIdOf(answer)))[0]).toMatchObject({
        reproduced: true,
        refusal: { message: answer.json['detail'] },
        changes: [
          { change: 'budget', byUsd },
          { change: 'amount', byUsd: `-${byUsd}` },
        ],
      });
    }
  };
  await explained();
  const change = { limitUsd: '50.00', mode: 'soft', name: 'Another name' };
  const path = `/treasury/budgets/${String(made.json['id'])}`;
  expect((await api.call('PATCH', path, { key, body: change })).status).toBe(200);
  await explained();
});

test('GET /treasury/explain: a priced debit with the price that was in force', async () => {
  const { key } = await api.createCustomer(100n);
  const price = {
    id: uuidV7(Date.now()),
    org: null,
    action: 'explained',
    unit: 'token',
    fromMs: Date.now(),
    toMs: null,
  };
  const tiers = [{ upTo: null, rate: 2n * 10n ** 12n }];
  await addPrice(api.db, { ...price, tiers, addedAtMs: Date.now(), addedBy: 'a test' });
  const body = { serviceType: 'AI_API', action: 'explained', quantity: '1.5' };
  const answer = await spend(key, 'debit', body);
  expect((await explain(key, `entry=${String(answer.json['entryId'])}`)).json).toMatchObject({
    decisions: [{ reproduced: true, price: { action: 'explained', quantity: '1.5', price: { priceId: price.id } } }],
  });
  const above = await spend(key, 'debit', { ...body, quantity: '60' });
  expect((await refused(key, requestIdOf(above)))[0]).toMatchObject({
    reproduced: true,
    changes: [
      { change: 'available', byUsd: '23.00' },
      { change: 'quantity', byQuantity: '-11.5' },
    ],
  });
});

test('GET /treasury/explain: nothing of another org, and one thing at a time', async () => {
  const [one, other] = [await api.createCustomer(1n), await api.createCustomer(1n)];
  const answer = await debit(one.key, '2');
  const held = await spend(one.key, 'hold', { serviceType: 'AI_API', amountUsd: '1' });
  await refused(one.key, requestIdOf(answer));
  const theirs = [
    `requestId=${requestIdOf(answer)}`,
    `entry=ent_${one.wallet}_1`,
    `hold=${String(held.json['holdId'])}`,
  ];
  for (const query of theirs) expect([query, (await explain(other.key, query)).status]).toEqual([query, 404]);
  // The first wall by itself: this connection sees every org.
  const asked = { requestId: requestIdOf(answer), nowMs: Date.now() };
  expect(await listRefusals(api.db, { ...asked, org: other.org })).toEqual([]);
  expect(await listRefusals(api.db, { ...asked, org: one.org })).toHaveLength(1);
  for (const query of ['requestId=unknown', `entry=ent_${one.wallet}_99`, 'entry=x', `hold=hold_${one.wallet}_1`]) {
    expect([query, (await explain(one.key, query)).status]).toEqual([query, 404]);
  }
  for (const query of ['', 'entry=a&hold=b', 'requestId=%20']) {
    expect([query, (await explain(one.key, query)).status]).toEqual([query, 400]);
  }
});

test('what is kept is sealed, goes with the user, and is bounded in time and number', async () => {
  const { key, org } = await api.createCustomer(1n);
  const answer = await debit(key, '2', { userId: 'gone', description: 'words of a person', reference: 'a reference' });
  await refused(key, requestIdOf(answer));
  const { rows } = await queryRows<{ sealed: string }>(api.db, 'SELECT * FROM refused_command WHERE org = ?', [org]);
  expect(rows).toMatchObject([{ user_id: 'gone' }]);
  expect(JSON.stringify(rows)).not.toMatch(/words of a person|a reference/);
  const erased = await api.call('POST', '/admin/users/gone/erase', { key: api.adminKey, body: {} });
  expect(erased.status).toBe(200);
  expect((await explain(key, `requestId=${requestIdOf(answer)}`)).status).toBe(404);
  expect(await forgetRefusalsOf(api.db, 'gone')).toBe(0);

  const ids: string[] = [];
  for (let at = 0; at < 4; at += 1) ids.push(requestIdOf(await debit(key, '2')));
  for (const id of ids) await refused(key, id);
  expect(await pruneRefusals(api.db, org, 3)).toBe(1);
  const found = async (): Promise<number[]> =>
    Promise.all(ids.map(async (id) => (await explain(key, `requestId=${id}`)).status));
  expect(await found()).toEqual([404, 200, 200, 200]);
  await queryRows(api.db, "UPDATE refused_command SET at = now() - interval '8 days' WHERE org = ?", [org]);
  expect(await found()).toEqual([404, 404, 404, 404]);
  const before = await count();
  expect(await dropOldRefusals(api.db, Date.now())).toBe(3);
  expect(await count()).toBe(before - 3);
});

test('a storm of refusals keeps no more than its share, and dry runs keep nothing', async () => {
  const { key, org } = await api.createCustomer(1n);
  const headers = { 'Coffer-Dry-Run': 'true', 'X-Request-Id': `dry-${org}` };
  const dry = { key, body: { serviceType: 'AI_API', amountUsd: '9' }, headers };
  expect((await api.call('POST', '/treasury/debit', dry)).status).toBe(402);
  const commands = Array.from({ length: 500 }, (_, at) => {
    return { op: 'debit', idempotencyKey: `s ${at}`, serviceType: 'AI_API', amountUsd: '9' };
  });
  expect((await spend(key, 'batch', { commands })).status).toBe(200);
  const kept = async (): Promise<number> => {
    const { rows } = await queryRows<{ n: number }>(
      api.db,
      'SELECT count(*)::int AS n FROM refused_command WHERE org = ?',
      [org],
    );
    return rows[0]?.n ?? 0;
  };
  await expect.poll(kept, PATIENCE).toBeGreaterThanOrEqual(100);
  expect(await kept()).toBeLessThanOrEqual(200);
  expect((await explain(key, `requestId=dry-${org}`)).status).toBe(404);
});

test('a refusal is the same where it cannot be kept', async () => {
  const { key } = await api.createCustomer(1n);
  const owner = new pg.Client({ connectionString: api.database.ownerUrl });
  await owner.connect();
  await owner.query('ALTER TABLE refused_command RENAME TO elsewhere');
  try {
    const answers = [await debit(key, '2'), await debit(key, '1'), await debit(key, '1')];
    expect(answers.map(({ status, json }) => [status, json['code']])).toEqual([
      [402, 'CREDIT_INSUFFICIENT'],
      [200, undefined],
      [402, 'CREDIT_INSUFFICIENT'],
    ]);
  } finally {
    await owner.query('ALTER TABLE elsewhere RENAME TO refused_command');
    await owner.end();
  }
});
