/** Budgets: an org sets them, and every surface that spends from its wallet goes by them. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openContractApi, PATIENCE, type ContractApi } from '../support/contract/api.ts';
import { listIn, pathsOfErrors } from '../support/asserts.ts';
import type { Answer } from '../support/http/api.ts';

const DAY_MS = 86_400_000;
const UNKNOWN = '00000000-0000-7000-8000-000000000000';
const PATH = '/treasury/budgets';
const DRY = { 'coffer-dry-run': 'true' };

let api: ContractApi;
beforeAll(async () => {
  api = await openContractApi();
});
afterAll(async () => api.stop());

const OF_USER = { subject: 'userId', value: 'u1', period: 'month', limitUsd: '10.00', mode: 'hard' } as const;

async function create(key: string, change: object = {}): Promise<Answer> {
  return api.call('POST', PATH, { key, body: { ...OF_USER, ...change } });
}

async function created(key: string, change: object = {}): Promise<string> {
  const { status, json, text } = await create(key, change);
  expect([status, text]).toEqual([201, text]);
  return String(json['id']);
}

const post = async (key: string, name: string, body: object, headers = {}): Promise<Answer> =>
  api.call('POST', `/treasury/${name}`, { key, body, headers });
const debit = async (key: string, amountUsd: string, change: object = {}, headers = {}): Promise<Answer> =>
  post(key, 'debit', { serviceType: 'AI_API', amountUsd, userId: 'u1', ...change }, headers);
const budgetsOf = async (key: string): Promise<Record<string, unknown>[]> =>
  listIn(await api.call('GET', PATH, { key }), 'budgets');
/** What an answer says of budgets: what they have left, or the refusal. */
const leftIn = ({ status, json }: Answer): unknown => {
  if (status === 402) return json['kind'];
  const budgets = json['budgets'] as { leftUsd: string }[] | undefined;
  return budgets?.map(({ leftUsd }) => leftUsd);
};

test('POST /treasury/budgets: a budget counts from the next spend on, and a refusal says what is left and until when', async () => {
  const { key } = await api.createCustomer(100n);
  await debit(key, '5');
  const id = await created(key, { name: 'Research' });
  const now = new Date();
  const renewsAt = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 1)).toISOString();
  const spent = await debit(key, '8');
  expect(spent.json['budgets']).toEqual([{ budgetId: id, leftUsd: '2.00', renewsAt }]);
  const refused = await debit(key, '3');
  expect([refused.status, refused.json]).toMatchObject([
    402,
    {
      code: 'CREDIT_INSUFFICIENT',
      kind: 'budget',
      budgetId: id,
      budgetName: 'Research',
      leftUsd: '2.00',
      requiredUsd: '3.00',
      renewsAt,
    },
  ]);
  expect(leftIn(await debit(key, '2'))).toEqual(['0.00']);
  expect(leftIn(await debit(key, '50', { userId: 'u2' }))).toBeUndefined();
});

test('POST /treasury/budgets: what is wrong is said, and nothing is made', async () => {
  const { key, org } = await api.createCustomer(100n);
  const wrong = async (change: object): Promise<unknown> => pathsOfErrors(await create(key, change));
  expect(await wrong({ subject: 'org' })).toEqual(['subject']);
  expect(await wrong({ period: 'week' })).toEqual(['period']);
  expect(await wrong({ limitUsd: '0' })).toEqual(['limitUsd']);
  expect(await wrong({ limitUsd: 5 })).toEqual(['limitUsd']);
  expect(await wrong({ mode: 'firm' })).toEqual(['mode']);
  expect(await wrong({ warnAtPercent: 100 })).toEqual(['warnAtPercent']);
  expect(await wrong({ subject: 'serviceType', value: 'NO_SERVICE' })).toEqual(['value']);
  const stranger = await api.createCustomer(1n);
  for (const value of ['nobodys1', 'not a key', stranger.key.slice(8, 16)])
    expect(await wrong({ subject: 'key', value })).toEqual(['value']);
  const first = await created(key);
  expect((await create(key)).json['errors']).toMatchObject([
    { path: 'subject', message: expect.stringContaining(first) },
  ]);
  expect((await budgetsOf(key)).map(({ id }) => id)).toEqual([first]);
  const reader = await api.createKey({ org, scopes: ['treasury:read', 'treasury:spend'] });
  expect((await create(reader, { period: 'day' })).status).toBe(403);
  expect((await api.call('GET', PATH, { key: reader })).status).toBe(403);
});

test('GET /treasury/budgets: what is used, reserved and left, by pages, the newest first', async () => {
  const { key } = await api.createCustomer(100n);
  const ids = [
    await created(key),
    await created(key, { period: 'day', mode: 'soft', limitUsd: '3', warnAtPercent: 50 }),
  ];
  await created(key, { value: 'nobody', period: 'none' });
  await debit(key, '4');
  await post(key, 'hold', { serviceType: 'AI_API', amountUsd: '2', userId: 'u1' });
  const [, second, first] = await budgetsOf(key);
  expect(first).toMatchObject({
    id: ids[0],
    ...OF_USER,
    usedUsd: '4.00',
    reservedUsd: '2.00',
    leftUsd: '4.00',
    warnAtPercent: null,
    timeZone: 'UTC',
  });
  expect(second).toMatchObject({ id: ids[1], mode: 'soft', usedUsd: '4.00', reservedUsd: '2.00', leftUsd: '0.00' });
  expect(Date.parse(String(second?.['renewsAt'])) - Date.parse(String(second?.['periodStart']))).toBe(DAY_MS);
  const page = await api.call('GET', `${PATH}?limit=2`, { key });
  const rest = await api.call('GET', `${PATH}?limit=2&cursor=${String(page.json['nextCursor'])}`, { key });
  expect([page, rest].map((one) => listIn(one, 'budgets').length)).toEqual([2, 1]);
  expect(rest.json['nextCursor']).toBeNull();
  expect(listIn(page, 'budgets')[0]).toMatchObject({ value: 'nobody', periodStart: null, renewsAt: null });
});

test('PATCH /treasury/budgets/{id}: the limit, mode, name and warning change, and what was counted stays', async () => {
  const { key } = await api.createCustomer(100n);
  const id = await created(key);
  expect(leftIn(await debit(key, '10'))).toEqual(['0.00']);
  const patch = async (body: object, of = id): Promise<Answer> => api.call('PATCH', `${PATH}/${of}`, { key, body });
  const changed = await patch({ limitUsd: '12', name: 'More', warnAtPercent: 10 });
  expect([changed.status, changed.json]).toMatchObject([
    200,
    { limitUsd: '12.00', name: 'More', warnAtPercent: 10, usedUsd: '10.00', leftUsd: '2.00' },
  ]);
  expect([leftIn(await debit(key, '3')), leftIn(await debit(key, '1'))]).toEqual(['budget', ['1.00']]);
  expect((await patch({ mode: 'soft', name: null })).json).toMatchObject({
    mode: 'soft',
    name: null,
    warnAtPercent: 10,
  });
  expect(leftIn(await debit(key, '3'))).toEqual(['0.00']);
  expect(pathsOfErrors(await patch({ subject: 'teamId' }))).toEqual(['subject']);
  expect((await patch({})).json).toMatchObject({ limitUsd: '12.00', mode: 'soft' });
  expect((await patch({ limitUsd: '1' }, UNKNOWN)).status).toBe(404);
  await created(key);
  expect(pathsOfErrors(await patch({ mode: 'hard' }))).toEqual(['mode']);
});

test('DELETE /treasury/budgets/{id}: it refuses nothing any more, and another may take its place', async () => {
  const { key } = await api.createCustomer(100n);
  const id = await created(key, { limitUsd: '1' });
  expect(leftIn(await debit(key, '2'))).toBe('budget');
  const remove = async (): Promise<number> => (await api.call('DELETE', `${PATH}/${id}`, { key })).status;
  expect([await remove(), await remove()]).toEqual([204, 404]);
  expect(leftIn(await debit(key, '2'))).toBeUndefined();
  expect(await budgetsOf(key)).toEqual([]);
  await created(key, { limitUsd: '1' });
  expect(leftIn(await debit(key, '2'))).toBe('budget');
});

test('POST /treasury/debit: teams, apps, services and calling keys have budgets as users have', async () => {
  const { key, org } = await api.createCustomer(100n);
  const caller = await api.createKey({ org, scopes: ['treasury:spend'] });
  const limits = { limitUsd: '1' };
  await created(key, { ...limits, subject: 'teamId', value: 't1' });
  await created(key, { ...limits, subject: 'appId', value: 'a1' });
  await created(key, { ...limits, subject: 'serviceType', value: 'GAS_SUBSIDY' });
  await created(key, { ...limits, subject: 'key', value: caller.slice(8, 16) });
  const by = async (change: object, with_ = key): Promise<unknown> =>
    leftIn(await debit(with_, '2', { userId: undefined, ...change }));
  expect(await by({})).toBeUndefined();
  for (const change of [{ teamId: 't1' }, { appId: 'a1' }, { serviceType: 'GAS_SUBSIDY' }])
    expect(await by(change)).toBe('budget');
  expect(await by({}, caller)).toBe('budget');
  expect(leftIn(await debit(caller, '1', { teamId: 't1', appId: 'a1' }))).toEqual(['0.00', '0.00', '0.00']);
});

test('POST /treasury/debit: a replay answers what the first answered, whatever was spent or changed since', async () => {
  const { key } = await api.createCustomer(100n);
  const id = await created(key);
  const named = { 'idempotency-key': 'of a budget' };
  const first = await debit(key, '4', {}, named);
  await debit(key, '5');
  await api.call('PATCH', `${PATH}/${id}`, { key, body: { limitUsd: '1' } });
  const again = await debit(key, '4', {}, named);
  expect([again.headers.get('idempotency-replayed'), again.json]).toEqual(['true', first.json]);
  expect(leftIn(first)).toEqual(['6.00']);
});

test('POST /treasury/debit: a dry run answers as the spend would, and counts nothing', async () => {
  const { key } = await api.createCustomer(100n);
  await created(key);
  expect(leftIn(await debit(key, '4', {}, DRY))).toEqual(['6.00']);
  expect(leftIn(await debit(key, '11', {}, DRY))).toBe('budget');
  expect(await budgetsOf(key)).toMatchObject([{ usedUsd: '0.00', reservedUsd: '0.00' }]);
});

test('POST /treasury/hold: it reserves; what it cost is used, and the rest is free again', async () => {
  const { key } = await api.createCustomer(100n);
  await created(key);
  const hold = async (amountUsd: string): Promise<Answer> =>
    post(key, 'hold', { serviceType: 'AI_API', amountUsd, userId: 'u1' });
  const held = await hold('8');
  expect([leftIn(held), leftIn(await hold('3'))]).toEqual([['2.00'], 'budget']);
  const { holdId } = held.json;
  expect(leftIn(await post(key, 'consume-hold', { holdId, amountUsd: '1', final: false }))).toEqual(['2.00']);
  const over = await post(key, 'consume-hold', { holdId, amountUsd: '12', allowOverrun: true });
  expect(leftIn(over)).toEqual(['0.00']);
  expect(await budgetsOf(key)).toMatchObject([{ usedUsd: '13.00', reservedUsd: '0.00', leftUsd: '0.00' }]);
  await api.call('PATCH', `${PATH}/${String((await budgetsOf(key))[0]?.['id'])}`, { key, body: { limitUsd: '20' } });
  const { json } = await hold('7');
  expect(leftIn(await post(key, 'release-hold', { holdId: json['holdId'] }))).toEqual(['7.00']);
});

test('POST /treasury/batch: each command goes by what those before it left', async () => {
  const { key } = await api.createCustomer(100n);
  await created(key);
  const commands = ['4', '4', '4', '2'].map((amountUsd, index) => ({
    op: 'debit',
    serviceType: 'AI_API',
    amountUsd,
    userId: 'u1',
    idempotencyKey: `of a batch ${index}`,
  }));
  const { json } = await post(key, 'batch', { commands });
  const results = json['results'] as { status: number; result?: { budgets: { leftUsd: string }[] } }[];
  expect(results.map(({ status, result }) => result?.budgets[0]?.leftUsd ?? status)).toEqual([
    '6.00',
    '2.00',
    402,
    '0.00',
  ]);
});

test('POST /treasury/usage: what is priced counts as what it costs', async () => {
  const { key } = await api.createCustomer(100n);
  await created(key, { subject: 'serviceType', value: 'FEATURE' });
  const price = { action: 'a budgeted action', unit: 'call', rateUsd: '2' };
  expect((await api.call('POST', '/admin/prices', { key: api.adminKey, body: price })).status).toBe(200);
  const report = async (id: string, quantity: string): Promise<Answer> =>
    post(key, 'usage', { events: [{ id, action: price.action, quantity, at: new Date().toISOString() }] });
  const { json } = await report('one', '4');
  expect(json['charges']).toMatchObject([{ amountUsd: '8.00', budgets: [{ leftUsd: '2.00' }] }]);
  expect((await report('two', '2')).json['results']).toMatchObject([{ status: 402, problem: { kind: 'budget' } }]);
  expect((await report('two', '1')).json['results']).toMatchObject([{ status: 200, seen: false }]);
});

test('POST /orgs/{org}/wallet: a charge of the org’s billing goes by the budget of its app', async () => {
  const { key, org } = await api.createCustomer(100n);
  const id = await created(key, { subject: 'appId', value: 'app-1', period: 'none' });
  const charge = async (amount_micros: number): Promise<Answer> =>
    api.call('POST', `/orgs/${org}/wallet`, {
      key,
      body: { operation: 'charge', amount_micros, description: 'a charge', app_id: 'app-1' },
    });
  expect((await charge(7_000_000)).json['budgets']).toEqual([
    { budget_id: id, left_micros: 3_000_000, renews_at: null },
  ]);
  expect((await charge(4_000_000)).json).toMatchObject({ code: 'CREDIT_INSUFFICIENT', kind: 'budget' });
});

test('PATCH /treasury/settings: budgets begin anew by the days of the org’s zone, from the next period on', async () => {
  const { key } = await api.createCustomer(100n);
  const patch = async (timeZone: string): Promise<Answer> =>
    api.call('PATCH', '/treasury/settings', { key, body: { timeZone } });
  expect(pathsOfErrors(await patch('Mars/Olympus'))).toEqual(['timeZone']);
  expect((await patch('Asia/Kolkata')).json['timeZone']).toBe('Asia/Kolkata');
  await created(key, { period: 'day' });
  const [budget] = await budgetsOf(key);
  expect([budget?.['timeZone'], String(budget?.['renewsAt'])]).toEqual([
    'Asia/Kolkata',
    expect.stringMatching(/T18:30:00/),
  ]);
  await debit(key, '1');
  await patch('Europe/Berlin');
  expect(await budgetsOf(key)).toMatchObject([{ timeZone: 'Europe/Berlin', renewsAt: budget?.['renewsAt'] }]);
});

test('GET /events: a budget is reported once when it warns and once when nothing is left', async () => {
  const { key } = await api.createCustomer(100n);
  const id = await created(key, { warnAtPercent: 50, mode: 'soft', name: 'Research' });
  for (const amountUsd of ['4', '1', '1', '3', '1', '2']) await debit(key, amountUsd);
  const reported = async (): Promise<unknown> =>
    listIn(await api.call('GET', '/events?types=budget.warned,budget.exhausted', { key }), 'events').map(
      ({ type, data }) => [type, data],
    );
  const about = { budgetId: id, name: 'Research', subject: 'userId', value: 'u1', limitUsd: '10.00' };
  await expect.poll(reported, PATIENCE).toMatchObject([
    ['budget.warned', { ...about, usedUsd: '5.00', leftUsd: '5.00' }],
    ['budget.exhausted', { ...about, usedUsd: '10.00', leftUsd: '0.00' }],
  ]);
});

test('GET /treasury/explain: a refusal by a budget is found again from what the budget had left then', async () => {
  const { key } = await api.createCustomer(100n);
  await created(key);
  await debit(key, '8');
  const refused = await debit(key, '3');
  expect(leftIn(refused)).toBe('budget');
  await debit(key, '2');
  const requestId = String(refused.json['requestId']);
  const decisions = async (): Promise<unknown> =>
    (await api.call('GET', `/treasury/explain?requestId=${requestId}`, { key })).json['decisions'];
  await expect.poll(decisions, PATIENCE).toMatchObject([{ reproduced: true }]);
});
