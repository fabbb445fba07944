/** What a check-in gives by the configuration file, and that what an operator sets counts from then on. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dataOf, openPeopleApi, type PeopleApi } from '../support/contract/people.ts';

const DAY_MS = 86_400_000;

let api: PeopleApi;
beforeAll(async () => {
  api = await openPeopleApi({
    checkin: { enabled: true, creditsPerDay: 7, streakBonus: 3, streakDays: 2, timeZone: 'Asia/Tokyo' },
  });
});
afterAll(async () => api.stop());

test('GET, PUT /admin/checkin/config: the file counts until an operator sets rules, and those outlive a restart', async () => {
  const { call } = await api.person();
  const shown = await api.call('GET', '/admin/checkin/config', { key: api.adminKey });
  expect(dataOf(shown)).toEqual({
    enabled: true,
    credits_per_day: 7,
    streak_bonus: 3,
    streak_days: 2,
    time_zone: 'Asia/Tokyo',
    requireClaim: null,
    require_claim: null,
  });
  expect((await call('POST', '/checkin')).json['data']).toEqual({ credits: 7, streak: 1, balance: 7 });
  api.advance(DAY_MS);
  expect((await call('POST', '/checkin')).json['data']).toEqual({ credits: 10, streak: 2, balance: 17 });
  const body = { enabled: true, credits_per_day: 1 };
  const set = await api.call('PUT', '/admin/checkin/config', { key: api.adminKey, body });
  expect([set.status, dataOf(set)]).toMatchObject([200, { credits_per_day: 1, streak_bonus: 0, time_zone: 'UTC' }]);
  await api.restart();
  const after = await api.call('GET', '/admin/checkin/config', { key: api.adminKey });
  expect(dataOf(after)).toMatchObject({ credits_per_day: 1, streak_bonus: 0, time_zone: 'UTC' });
  const other = await api.person();
  expect((await other.call('POST', '/checkin')).json['data']).toEqual({ credits: 1, streak: 1, balance: 1 });
});
