/** The credits surface: a user's wallet in whole credits. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPeopleApi, type PeopleApi } from '../support/contract/people.ts';

let api: PeopleApi;
beforeAll(async () => {
  api = await openPeopleApi();
});
afterAll(async () => api.stop());

test('GET /credits/balance: people see their own, in an envelope; a stranger has none', async () => {
  const [rich, stranger] = [await api.person(5n), await api.person()];
  expect((await rich.call('GET', '/credits/balance')).text).toBe('{"success":true,"data":{"balance":5000}}');
  expect((await stranger.call('GET', '/credits/balance')).json).toEqual({ success: true, data: { balance: 0 } });
});

test('GET /credits/balance: keys have no balance of their own, and nobody else is let in', async () => {
  const bound = (await api.createCustomer()).key;
  for (const key of [api.serviceKey, api.adminKey, bound]) {
    const refused = await api.call('GET', '/credits/balance', { key });
    expect([refused.status, refused.json]).toMatchObject([403, { success: false, code: 'FORBIDDEN' }]);
  }
  const unknown = await api.call('GET', '/credits/balance');
  expect([unknown.status, unknown.json]).toMatchObject([401, { success: false, code: 'UNAUTHENTICATED' }]);
});
