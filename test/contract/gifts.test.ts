/** What users are given: the daily check-in, and coupons. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { NO_CHECK_IN } from '../../src/core/credits/check-in.ts';
import { uuidV7 } from '../../src/core/ids.ts';
import { suspendUser } from '../../src/db/access/users.ts';
import { setCheckInRules } from '../../src/db/credits/check-ins.ts';
import { addCoupon, type Coupon } from '../../src/db/credits/coupons.ts';
import { listIn } from '../support/asserts.ts';
import { dataOf, openPeopleApi, type PeopleApi } from '../support/contract/people.ts';
import { queryRows } from '../support/process/query.ts';

const DAY_MS = 86_400_000;
const RULES = { ...NO_CHECK_IN, enabled: true, creditsPerDay: 10n, streakBonus: 5n, streakDays: 2 };

let api: PeopleApi;
beforeAll(async () => {
  api = await openPeopleApi();
  await setCheckInRules(api.db, RULES, new Date());
});
afterAll(async () => api.stop());

let made = 0;
async function coupon(terms: Partial<Coupon> = {}): Promise<string> {
  made += 1;
  const code = `WELCOME-${made}`;
  const id = uuidV7(Date.now());
  const all = {
    credits: 100n,
    limitTotal: 1,
    limitPerUser: 1,
    expiresAtMs: null,
    plans: [],
    restrictedTo: null,
    ...terms,
  };
  await addCoupon(api.db, { ...all, id, code, createdAtMs: Date.now(), createdBy: 'cli:test' });
  return code;
}

async function grantsOf(wallet: string): Promise<unknown> {
  const sql = `SELECT type::text AS type, available_delta::text AS amount FROM entry WHERE wallet = ? ORDER BY seq`;
  return (await queryRows(api.db, sql, [wallet])).rows;
}

describe('POST /checkin:', () => {
  test('gives the day its credits once, and a bonus for days in a row', async () => {
    const { call } = await api.person();
    const first = await call('POST', '/checkin');
    expect([first.status, first.json]).toEqual([200, { success: true, data: { credits: 10, streak: 1, balance: 10 } }]);
    const twice = await call('POST', '/checkin', { device: 'x' });
    expect([twice.status, twice.json]).toMatchObject([409, { success: false, code: 'ALREADY_CHECKED_IN' }]);
    api.advance(DAY_MS);
    expect((await call('POST', '/checkin')).json['data']).toEqual({ credits: 15, streak: 2, balance: 25 });
    const listed = listIn(await call('GET', '/credits/transactions'), 'data');
    expect(listed).toMatchObject([
      { type: 'checkin', amount: 15, description: 'Daily check-in' },
      { type: 'checkin', amount: 10 },
    ]);
  });

  test('of a hundred at once one is given', async () => {
    const { call, wallet } = await api.person();
    const all = await Promise.all(Array.from({ length: 100 }, async () => call('POST', '/checkin')));
    const statuses = all.map(({ status }) => status).toSorted((a, b) => a - b);
    expect(statuses).toEqual([200, ...Array.from({ length: 99 }, () => 409)]);
    expect(await grantsOf(wallet)).toEqual([{ type: 'CHECK_IN_GRANT', amount: '10000' }]);
  });

  test('answers the first outcome again under its key, and shows what it would do without doing it', async () => {
    const { call, wallet } = await api.person();
    const dry = await call('POST', '/checkin', {}, { 'coffer-dry-run': 'true' });
    expect(dry.json['data']).toEqual({ dryRun: true, credits: 10, streak: 1, balance: 10 });
    expect(await grantsOf(wallet)).toEqual([]);
    const key = { 'idempotency-key': 'today' };
    const done = await call('POST', '/checkin', {}, key);
    const again = await call('POST', '/checkin', {}, key);
    expect([again.json, again.headers.get('idempotency-replayed')]).toEqual([done.json, 'true']);
    expect((await call('POST', '/credits/redeem', { code: await coupon() }, key)).json['code']).toBe(
      'IDEMPOTENCY_CONFLICT',
    );
  });

  test('is for people who are not suspended, with the claim that is asked for, while it is on', async () => {
    const [plain, verified] = [await api.person(), await api.person(undefined, { email_verified: true })];
    await setCheckInRules(api.db, { ...RULES, requireClaim: 'email_verified' }, new Date());
    const refused = await plain.call('POST', '/checkin');
    expect([refused.status, refused.json]).toMatchObject([403, { code: 'FORBIDDEN', field: 'email_verified' }]);
    expect((await verified.call('POST', '/checkin')).status).toBe(200);
    await setCheckInRules(api.db, { ...RULES, enabled: false }, new Date());
    expect((await plain.call('POST', '/checkin')).json['code']).toBe('CHECKIN_DISABLED');
    await setCheckInRules(api.db, RULES, new Date());
    await suspendUser(api.db, { id: plain.user, at: new Date(), suspended: true, reason: null });
    api.advance(6_000);
    expect((await plain.call('POST', '/checkin')).json['code']).toBe('USER_SUSPENDED');
    expect((await api.serve('POST', '/checkin')).status).toBe(403);
  });

  test('what was decided and not written is written by the job, once', async () => {
    const { call, user, wallet } = await api.person(1n);
    await queryRows(
      api.db,
      `INSERT INTO user_grant (id, wallet, kind, amount, day, streak, decided_at)
       VALUES (?, ?, 'check_in', 7000, '2020-01-01', 1, now()) RETURNING id`,
      [uuidV7(Date.now()), wallet],
    );
    await expect
      .poll(async () => (await call('GET', '/credits/balance')).json['data'], { timeout: 10_000 })
      .toEqual({
        balance: 1_007,
      });
    expect((await api.serve('GET', `/io/wallet/balance?user_id=${encodeURIComponent(user)}`)).json['credits']).toBe(
      1.007,
    );
  });
});

describe('POST /credits/redeem:', () => {
  test('gives the credits of a coupon, whatever the case of its code', async () => {
    const { call } = await api.person();
    const code = await coupon();
    const done = await call('POST', '/credits/redeem', { code: ` ${code.toLowerCase()} ` });
    expect([done.status, done.json]).toEqual([200, { success: true, data: { credits: 100, balance: 100 } }]);
    expect(listIn(await call('GET', '/credits/transactions'), 'data')).toMatchObject([{ type: 'coupon', amount: 100 }]);
  });

  test('of a hundred redemptions of a single-use code one succeeds', async () => {
    const code = await coupon();
    const people = await Promise.all(Array.from({ length: 100 }, async () => api.person()));
    const all = await Promise.all(people.map(async ({ call }) => call('POST', '/credits/redeem', { code })));
    expect(all.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(new Set(all.filter(({ status }) => status !== 200).map(({ json }) => json['reason']))).toEqual(
      new Set(['used_up']),
    );
  });

  test('says why a coupon is of no use', async () => {
    const { call } = await api.person();
    const mine = await coupon({ limitTotal: null });
    expect((await call('POST', '/credits/redeem', { code: mine })).status).toBe(200);
    for (const [code, reason] of [
      ['NO-SUCH-CODE', 'unknown'],
      [await coupon({ expiresAtMs: Date.now() - 1_000 }), 'expired'],
      [mine, 'used_by_you'],
      [await coupon({ plans: ['pro'] }), 'not_for_this_plan'],
    ]) {
      const refused = await call('POST', '/credits/redeem', { code });
      expect([refused.status, refused.json]).toMatchObject([409, { code: 'COUPON_UNUSABLE', reason, success: false }]);
    }
  });

  test('ten failures within an hour are enough, also when they are asked as dry runs', async () => {
    const { call } = await api.person();
    const dry = { 'coffer-dry-run': 'true' };
    for (let count = 0; count < 10; count += 1) {
      const refused = await call('POST', '/credits/redeem', { code: `GUESS-${count}` }, count % 2 === 0 ? {} : dry);
      expect([refused.status, refused.json]).toMatchObject([409, { reason: 'unknown' }]);
    }
    const good = await coupon();
    for (const headers of [{}, dry]) {
      const blocked = await call('POST', '/credits/redeem', { code: good }, headers);
      expect([blocked.status, blocked.json]).toMatchObject([429, { code: 'RATE_LIMITED', limit: 'redemptions' }]);
    }
    expect((await (await api.person()).call('POST', '/credits/redeem', { code: good }, dry)).status).toBe(200);
    api.advance(3_601_000);
    expect(dataOf(await call('POST', '/credits/redeem', { code: good }))).toMatchObject({ credits: 100 });
  });

  test('the same key redeems once, and a dry run redeems nothing', async () => {
    const { call } = await api.person();
    const code = await coupon({ limitTotal: null, limitPerUser: 2 });
    const dry = await call('POST', '/credits/redeem', { code }, { 'coffer-dry-run': 'true' });
    expect(dry.json['data']).toEqual({ dryRun: true, credits: 100, balance: 100 });
    const body = { code, idempotency_key: 'k' };
    const [first, again] = [
      await call('POST', '/credits/redeem', body),
      await call('POST', '/credits/redeem', { ...body, code: code.toLowerCase() }),
    ];
    expect([first.json, again.json]).toEqual([again.json, { success: true, data: { credits: 100, balance: 100 } }]);
    expect((await call('POST', '/credits/redeem', { ...body, code: 'OTHER-CODE' })).json['code']).toBe(
      'IDEMPOTENCY_CONFLICT',
    );
  });
});
