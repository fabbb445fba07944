/** What operators do about users: coupons, check-ins, credits by hand, suspensions. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { listIn } from '../support/asserts.ts';
import type { Answer } from '../support/http/api.ts';
import { dataOf, openPeopleApi, type PeopleApi } from '../support/contract/people.ts';

let api: PeopleApi;
let second: string;
beforeAll(async () => {
  api = await openPeopleApi({ adminEntryLimitUsd: '100.00' });
  second = await api.createKey({ kind: 'admin' });
});
afterAll(async () => api.stop());

const ask = async (method: string, path: string, body?: unknown, headers = {}): Promise<Answer> =>
  api.call(method, path, { key: api.adminKey, body, headers });
const approve = async (id: unknown, key = second): Promise<Answer> =>
  api.call('POST', `/admin/approvals/${String(id)}/approve`, { key, body: {} });

test('POST /admin/billing/coupons: within the limit a coupon counts at once, above it a second person approves', async () => {
  const { call } = await api.person();
  const made = await ask('POST', '/admin/billing/coupons', { code: 'spring-26', credits: 500, limit_total: 200 });
  expect([made.status, made.json]).toMatchObject([
    200,
    { success: true, data: { code: 'SPRING-26', credits: 500, limit_total: 200, limit_per_user: 1, used: 0 } },
  ]);
  expect((await call('POST', '/credits/redeem', { code: 'Spring-26' })).status).toBe(200);
  const taken = await ask('POST', '/admin/billing/coupons', { code: 'SPRING-26', credits: 1, limit_total: 1 });
  expect([taken.status, taken.json]).toMatchObject([400, { success: false, errors: [{ path: 'code' }] }]);
  // One credit more in all than the limit; and one without an end.
  for (const body of [
    { code: 'SUMMER-26', credits: 100_001, limit_total: 1 },
    { code: 'ENDLESS-26', credits: 1 },
  ]) {
    const asked = await ask('POST', '/admin/billing/coupons', body);
    expect([asked.status, asked.json]).toMatchObject([202, { success: true, data: { state: 'pending' } }]);
    const early = await (await api.person()).call('POST', '/credits/redeem', { code: body.code });
    expect(early.json['reason']).toBe('unknown');
    expect((await approve(dataOf(asked)['id'], api.adminKey)).status).toBe(403);
    expect((await approve(dataOf(asked)['id'])).status).toBe(200);
    expect((await (await api.person()).call('POST', '/credits/redeem', { code: body.code })).status).toBe(200);
  }
});

test('GET /admin/billing/coupons: newest first, for operators alone', async () => {
  const expires_at = new Date(Date.now() + 86_400_000).toISOString();
  const body = { code: 'listed-26', credits: 7, limit_total: 3, limit_per_user: 2, expires_at, plans: ['pro'] };
  const made = await ask('POST', '/admin/billing/coupons', { ...body, restricted_to: { services: ['AI_API'] } });
  const listed = await ask('GET', '/admin/billing/coupons?limit=1');
  expect(listIn(listed, 'data')).toEqual([
    {
      ...body,
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      code: 'LISTED-26',
      restricted_to: { services: ['AI_API'], actions: null },
      used: 0,
      created_at: expect.stringMatching(/Z$/),
      created_by: expect.stringMatching(/^key:/),
    },
  ]);
  expect(dataOf(made)).toEqual(listIn(listed, 'data')[0]);
  const next = await ask('GET', `/admin/billing/coupons?limit=1&cursor=${String(listed.json['next_cursor'])}`);
  expect(listIn(next, 'data')).toEqual(listIn(await ask('GET', '/admin/billing/coupons?limit=1&offset=1'), 'data'));
  const { call } = await api.person();
  expect((await call('GET', '/admin/billing/coupons')).status).toBe(403);
  expect((await api.serve('POST', '/admin/billing/coupons', { code: 'MINE-ALONE', credits: 1 })).status).toBe(403);
  const unknown = await ask('POST', '/admin/billing/coupons', { code: 'AUTUMN-26', credits: 1, colour: 'red' });
  expect([unknown.status, unknown.json]).toMatchObject([400, { errors: [{ path: 'colour' }] }]);
});

test('GET, PUT /admin/checkin/config: off by default; what it gives on a thousand days counts against the limit', async () => {
  expect(dataOf(await ask('GET', '/admin/checkin/config'))).toMatchObject({ enabled: false, time_zone: 'UTC' });
  const rules = { enabled: true, credits_per_day: 100, time_zone: 'Europe/Berlin' };
  expect((await ask('PUT', '/admin/checkin/config', rules)).status).toBe(200);
  const more = await ask('PUT', '/admin/checkin/config', { ...rules, credits_per_day: 101 });
  expect(more.status).toBe(202);
  expect(dataOf(await ask('GET', '/admin/checkin/config'))).toMatchObject({ credits_per_day: 100 });
  await approve(dataOf(more)['id']);
  expect(dataOf(await ask('GET', '/admin/checkin/config'))).toEqual({
    enabled: true,
    credits_per_day: 101,
    streak_bonus: 0,
    streak_days: 7,
    time_zone: 'Europe/Berlin',
    require_claim: null,
    requireClaim: null,
  });
  expect((await ask('PUT', '/admin/checkin/config', { ...rules, time_zone: 'Mars/Base' })).status).toBe(400);
});

describe('POST /admin/credits/manual:', () => {
  const path = '/admin/credits/manual';

  test('gives and takes whole credits with a reason, and leaves no debt', async () => {
    const { user, call } = await api.person();
    const given = await ask('POST', path, { user_id: user, amount: 50, reason: 'sorry' });
    expect([given.status, given.json]).toMatchObject([
      200,
      { data: { balance: 50, transaction: { type: 'manual', amount: 50, description: 'sorry' } } },
    ]);
    const taken = await ask('POST', path, { user_id: user, amount: -20, reason: 'a mistake' });
    expect(taken.json['data']).toMatchObject({ balance: 30, transaction: { type: 'manual', amount: -20 } });
    const short = await ask('POST', path, { user_id: user, amount: -31, reason: 'too much' });
    expect([short.status, short.json]).toMatchObject([402, { success: false, code: 'CREDIT_INSUFFICIENT' }]);
    expect((await call('GET', '/credits/balance')).json['data']).toEqual({ balance: 30 });
    for (const wrong of [{ amount: 0 }, { amount: 1.5 }, { reason: '' }, { user_id: '' }]) {
      expect((await ask('POST', path, { user_id: user, amount: 1, reason: 'r', ...wrong })).status).toBe(400);
    }
  });

  test('above the limit it is given once, when a second person approves', async () => {
    const { user, call } = await api.person();
    const asked = await ask('POST', path, { user_id: user, amount: 100_001, reason: 'a large one' });
    expect([asked.status, asked.json]).toMatchObject([202, { data: { state: 'pending', user } }]);
    expect((await call('GET', '/credits/balance')).json['data']).toEqual({ balance: 0 });
    const { id } = dataOf(asked);
    expect((await approve(id, api.adminKey)).status).toBe(403);
    expect([(await approve(id)).status, (await approve(id)).status]).toEqual([200, 200]);
    expect((await call('GET', '/credits/balance')).json['data']).toEqual({ balance: 100_001 });
  });

  test('happens once for a key, and a dry run gives nothing', async () => {
    const { user } = await api.person();
    const body = { user_id: user, amount: 5, reason: 'r', idempotency_key: `k-${user}` };
    const dry = await ask('POST', path, { user_id: user, amount: 5, reason: 'r' }, { 'coffer-dry-run': 'true' });
    expect(dry.json['data']).toMatchObject({ dryRun: true, balance: 5 });
    const [first, again] = [await ask('POST', path, body), await ask('POST', path, body)];
    expect([again.json, again.headers.get('idempotency-replayed')]).toEqual([first.json, 'true']);
    expect(first.json['data']).toMatchObject({ balance: 5 });
  });
});

test('GET /admin/credits/transactions: those of all users, newest first, in pages', async () => {
  const people = [await api.person(1n), await api.person(2n), await api.person(3n)];
  for (const { user } of people) await api.serve('POST', '/credits/deduct', { user_id: user, amount: 1 });
  const all = listIn(await ask('GET', '/admin/credits/transactions?limit=6'), 'data');
  expect(all.slice(0, 3).map(({ user_id: user, type }) => [user, type])).toEqual(
    people.toReversed().map(({ user }) => [user, 'ai_usage']),
  );
  expect(all[0]).toEqual({
    user_id: people[2]?.user,
    id: expect.stringMatching(/^ent_/),
    type: 'ai_usage',
    amount: -1,
    description: null,
    created_at: expect.stringMatching(/Z$/),
  });
  const first = await ask('GET', '/admin/credits/transactions?limit=4');
  const rest = await ask('GET', `/admin/credits/transactions?limit=2&cursor=${String(first.json['next_cursor'])}`);
  expect([...listIn(first, 'data'), ...listIn(rest, 'data')]).toEqual(all);
  const skipped = await ask('GET', '/admin/credits/transactions?limit=3&offset=3');
  expect(listIn(skipped, 'data')).toEqual(all.slice(3));
  const own = listIn(await ask('GET', `/admin/credits/transactions?user_id=${people[0]?.user ?? ''}`), 'data');
  expect(own.map(({ amount }) => amount)).toEqual([-1, 1_000]);
});

test('a user is shown, suspended and let go again', async () => {
  const { user, wallet, call } = await api.person(4n);
  const path = `/admin/users/${encodeURIComponent(user)}`;
  expect((await ask('GET', path)).json).toMatchObject({ userId: user, walletId: wallet, availableUsd: '4.00' });
  const suspended = await ask('POST', `${path}/suspend`, { reason: 'abuse' });
  expect(suspended.json).toMatchObject({ suspendedAt: expect.any(String), suspendedReason: 'abuse' });
  const refused = await api.serve('POST', '/credits/deduct', { user_id: user, amount: 1 });
  expect([refused.status, refused.json]).toMatchObject([403, { success: false, code: 'USER_SUSPENDED' }]);
  expect((await call('GET', '/credits/balance')).status).toBe(200);
  expect((await ask('POST', `${path}/suspend`, { suspended: false })).json).toMatchObject({ suspendedAt: null });
  expect((await api.serve('POST', '/credits/deduct', { user_id: user, amount: 1 })).status).toBe(200);
  expect((await ask('GET', '/admin/users/nobody')).status).toBe(404);
  expect((await call('POST', `${path}/suspend`, {})).status).toBe(403);
});
