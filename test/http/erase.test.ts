/** Erasing what was written about a person. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openDatabase } from '../../src/db/database.ts';
import { verifyLedger } from '../../src/db/ledger/verify.ts';
import { listIn, pathsOfErrors } from '../support/asserts.ts';
import { startTestApi, type Answer, type TestApi } from '../support/http/api.ts';
import { holdCalls } from '../support/ledger/holds.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(async () => api.stop());

const USER = 'auth0|42';
const about = (userId: string): object => ({
  serviceType: 'AI_API',
  amountUsd: '1',
  userId,
  description: `a call for ${userId}`,
  metadata: { person: userId },
});

async function erase(user: string, key: string): Promise<Answer> {
  return api.call('POST', `/admin/users/${encodeURIComponent(user)}/erase`, { key, body: {} });
}

it('S08 texts of a user go, with their salts and their metadata; the entries stay, and are proven', async () => {
  const [{ key }, other] = [await api.createCustomer(100n), await api.createCustomer(100n)];
  const admin = await api.createKey({ kind: 'admin' });
  const post = async (name: string, body: object, by = key): Promise<Answer> =>
    api.call('POST', `/treasury/${name}`, { key: by, body });
  await post('debit', about(USER));
  await post('debit', about(USER), other.key);
  await post('debit', about('somebody else'));
  const { holdId } = (await post('hold', about(USER))).json;
  await post('consume-hold', { holdId, amountUsd: '0.5' });

  const first = await erase(USER, admin);
  // The hold and its capture have one text.
  expect([first.status, first.json]).toEqual([200, { userId: USER, erasedTexts: 3 }]);
  expect((await erase(USER, admin)).json).toEqual({ userId: USER, erasedTexts: 0 });

  const entries = listIn(await api.call('GET', '/treasury/ledger', { key }), 'entries');
  const texts = entries.map(({ userId, description, metadata }) => [userId, description, metadata]);
  expect(texts).toEqual([
    [USER, null, null],
    // Our own words, on the entry itself.
    [USER, 'Hold for 900 s', null],
    ['somebody else', 'a call for somebody else', { person: 'somebody else' }],
    [USER, null, null],
    [null, null, null],
  ]);
  const found = async (person: string): Promise<number> => {
    const query = `metadata[person]=${encodeURIComponent(person)}`;
    return listIn(await api.call('GET', `/treasury/ledger?${query}`, { key }), 'entries').length;
  };
  expect([await found(USER), await found('somebody else')]).toEqual([0, 1]);
  const left = await api.db.raw('SELECT FROM entry_text');
  expect(left).toMatchObject({ rowCount: 1 });
  const db = openDatabase(api.database.appUrl, 1);
  const { faults, erased } = await verifyLedger(db);
  await db.destroy();
  expect([faults, erased]).toEqual([[], 4]);
});

it('S08 what a hold brought stays erased when the hold is released with a reason afterwards', async () => {
  const { key } = await api.createCustomer(100n);
  const admin = await api.createKey({ kind: 'admin' });
  const post = async (name: string, body: object): Promise<Answer> =>
    api.call('POST', `/treasury/${name}`, { key, body });
  const holds = [];
  for (const user of ['auth0|53', 'auth0|54']) holds.push((await post('hold', about(user))).json['holdId']);
  await erase('auth0|53', admin);
  const entries = [];
  for (const holdId of holds) {
    const released = await post('release-hold', { holdId, reason: 'out of stock' });
    expect(released.status).toBe(200);
    entries.push(...listIn(released, 'entries'));
  }
  expect(entries.map(({ description, metadata }) => [description, metadata])).toEqual([
    ['out of stock', null],
    ['out of stock', { person: 'auth0|54' }],
  ]);
  const query = `metadata[person]=${encodeURIComponent('auth0|53')}`;
  expect(listIn(await api.call('GET', `/treasury/ledger?${query}`, { key }), 'entries')).toEqual([]);
});

it('S08 what a hold brought stays erased when the hold is captured afterwards', async () => {
  const { key } = await api.createCustomer(100n);
  const admin = await api.createKey({ kind: 'admin' });
  const post = async (name: string, body: object): Promise<Answer> =>
    api.call('POST', `/treasury/${name}`, { key, body });
  const [erased, kept] = [about('auth0|43'), about('auth0|44')];
  const holds = [(await post('hold', erased)).json['holdId'], (await post('hold', kept)).json['holdId']];
  await erase('auth0|43', admin);
  for (const holdId of holds) expect((await post('consume-hold', { holdId, amountUsd: '0.5' })).status).toBe(200);
  const found = async (person: string): Promise<number> => {
    const query = `metadata[person]=${encodeURIComponent(person)}`;
    return listIn(await api.call('GET', `/treasury/ledger?${query}`, { key }), 'entries').length;
  };
  expect([await found('auth0|43'), await found('auth0|44')]).toEqual([0, 2]);
  const db = openDatabase(api.database.appUrl, 1);
  expect((await verifyLedger(db)).faults).toEqual([]);
  await db.destroy();
});

it('S08 only operators erase, and only what can be a user', async () => {
  const { key } = await api.createCustomer();
  expect((await erase(USER, key)).status).toBe(403);
  const admin = await api.createKey({ kind: 'admin' });
  expect(pathsOfErrors(await erase('x'.repeat(256), admin))).toEqual(['id']);
  expect((await erase('nobody', admin)).json).toEqual({ userId: 'nobody', erasedTexts: 0 });
});

it('S08 a free gift card is held without an amount, money is not', async () => {
  const { createCardHolder, post } = holdCalls(() => api);
  const { key } = await createCardHolder(5n);
  const card = await post(key, 'hold', { serviceType: 'GIFT_CARD', useGiftCard: true });
  expect([card.status, card.json['useGiftCard'], card.json['amountUsd']]).toEqual([200, true, '0.00']);
  expect(pathsOfErrors(await post(key, 'hold', { serviceType: 'GIFT_CARD' }))).toEqual(['amountUsd']);
});
