/** The setting of auto-refill over HTTP: off by default, and each time it is turned on is a consent that is kept. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { changeRefillSetting, findRefillSetting, stopRefill } from '../../src/db/billing/refill-settings.ts';
import type { RefillNames } from '../../src/core/billing/auto-refill.ts';
import { openMemoryAccount } from '../support/billing/account.ts';
import { startTestApi, type Answer, type TestApi } from '../support/http/api.ts';
import { queryRows } from '../support/process/query.ts';
import { listIn } from '../support/asserts.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi('first_come', undefined, {}, {}, { account: openMemoryAccount() });
});
afterAll(async () => api.stop());

const PATH = '/treasury/auto-refill';
const put = async (key: string, body: object): Promise<Answer> => api.call('PUT', PATH, { key, body });
const on = { enabled: true, thresholdUsd: '5.00', packId: 'growth' };
const consentsOf = async (org: string): Promise<number> => {
  const { rows } = await queryRows<{ n: number }>(
    api.db,
    'SELECT count(*)::integer AS n FROM auto_refill_consent WHERE org = ?',
    [org],
  );
  return rows[0]?.n ?? 0;
};
const names: RefillNames = {
  enabled: 'auto_refill_enabled',
  threshold: 'auto_refill_threshold',
  what: 'auto_refill_product_id',
  maxDay: 'auto_refill_max_day_cents',
  maxMonth: 'auto_refill_max_month_cents',
  maxDayCount: 'auto_refill_max_day_count',
};
const stop = async (org: string): Promise<void> =>
  api.db.transaction(async (trx) => stopRefill(trx, org, { reason: 'dispute', at: new Date() }));

describe('GET, PUT /treasury/auto-refill', () => {
  test('is off by default, with the ceilings of the contract', async () => {
    const { key, org } = await api.createCustomer();
    const { status, json } = await api.call('GET', PATH, { key });
    expect([status, json]).toEqual([
      200,
      {
        enabled: false,
        state: 'off',
        thresholdUsd: null,
        packId: null,
        targetUsd: null,
        maxDayUsd: '500.00',
        maxMonthUsd: '2000.00',
        maxDayCount: 5,
        stopped: null,
        nextAttemptAt: null,
        openOrderId: null,
        consent: null,
      },
    ]);
    expect(await consentsOf(org)).toBe(0);
  });

  test('turning it on records who agreed to what, and when', async () => {
    const { key, org } = await api.createCustomer();
    const { status, json } = await put(key, { ...on, maxDayUsd: '50.00', consentTextVersion: 'v3' });
    expect([status, json]).toMatchObject([
      200,
      {
        enabled: true,
        state: 'waiting_for_payment_method',
        thresholdUsd: '5.00',
        packId: 'growth',
        targetUsd: null,
        maxDayUsd: '50.00',
        consent: {
          by: expect.stringMatching(/^key:/) as string,
          packId: 'growth',
          maxDayUsd: '50.00',
          textVersion: 'v3',
        },
      },
    ]);
    expect(await consentsOf(org)).toBe(1);
    expect((await api.call('GET', PATH, { key })).json).toEqual(json);
  });

  test('the same again is no new consent; other terms are one, and what was agreed to before is kept', async () => {
    const { key, org } = await api.createCustomer();
    const first = await put(key, on);
    expect((await put(key, on)).json).toEqual(first.json);
    expect(await consentsOf(org)).toBe(1);
    const changed = await put(key, { enabled: true, maxDayCount: 2 });
    expect(changed.json).toMatchObject({ thresholdUsd: '5.00', maxDayCount: 2, consent: { maxDayCount: 2 } });
    expect(await consentsOf(org)).toBe(2);
    await expect(api.db.raw('DELETE FROM auto_refill_consent WHERE org = ?', [org])).rejects.toThrow(
      'permission denied',
    );
  });

  test('the same under another version of the text is a consent, and only once', async () => {
    const { key, org } = await api.createCustomer();
    await put(key, { ...on, consentTextVersion: 'v8' });
    const other = await put(key, { ...on, consentTextVersion: 'v9' });
    expect(other.json).toMatchObject({ consent: { textVersion: 'v9' } });
    await put(key, { ...on, consentTextVersion: 'v9' });
    expect((await put(key, on)).json).toEqual(other.json);
    expect(await consentsOf(org)).toBe(2);
  });

  test('turning it off keeps its terms, and changing them then asks for no consent', async () => {
    const { key, org } = await api.createCustomer();
    await put(key, on);
    const off = await put(key, { enabled: false });
    expect(off.json).toMatchObject({ enabled: false, state: 'off', packId: 'growth', consent: { packId: 'growth' } });
    const changed = await put(key, { enabled: false, targetUsd: '40.00' });
    expect(changed.json).toMatchObject({ packId: null, targetUsd: '40.00', consent: { packId: 'growth' } });
    expect(await consentsOf(org)).toBe(1);
    expect((await put(key, { enabled: true })).json).toMatchObject({ state: 'waiting_for_payment_method' });
    expect(await consentsOf(org)).toBe(2);
  });

  test('what the service stopped says why, once in the log, and goes on only under another consent', async () => {
    const { key, org } = await api.createCustomer();
    await put(key, on);
    await stop(org);
    await stop(org);
    expect((await api.call('GET', PATH, { key })).json).toMatchObject({
      enabled: false,
      state: 'stopped',
      stopped: { reason: 'dispute' },
    });
    expect((await put(key, { enabled: false })).json).toMatchObject({ state: 'stopped' });
    expect((await put(key, { enabled: true })).json).toMatchObject({
      state: 'waiting_for_payment_method',
      stopped: null,
    });
    expect(await consentsOf(org)).toBe(2);
    const stops = async (): Promise<unknown[]> =>
      listIn(await api.call('GET', '/events?types=auto_refill.stopped', { key }), 'events').map((one) => one['data']);
    await expect.poll(stops, { timeout: 20_000 }).toEqual([{ account: 'platform', reason: 'dispute' }]);
  });

  test('an org has one setting enabled: the second is refused, naming the field, whichever comes first', async () => {
    const { key, org } = await api.createCustomer();
    await put(key, on);
    const change = { enabled: true, thresholdMicros: 1_000_000n, what: { kind: 'pack', pack: 'pro' } } as const;
    const own = { org, account: `stripe:${org}`, change, actor: 'key:1', at: new Date(), names };
    await expect(changeRefillSetting(api.db, own)).rejects.toMatchObject({
      code: 'VALIDATION_FAILED',
      issues: [{ path: 'auto_refill_enabled' }],
    });
    await put(key, { enabled: false });
    await changeRefillSetting(api.db, own);
    const refused = await put(key, on);
    expect([refused.status, refused.json['errors']]).toMatchObject([400, [{ path: 'enabled' }]]);
    expect(await findRefillSetting(api.db, org, `stripe:${org}`)).toMatchObject({ enabled: true });
  });

  test('two that turn on both settings at once: one is refused', async () => {
    const { org } = await api.createCustomer();
    const change = { enabled: true, thresholdMicros: 1_000_000n, what: { kind: 'pack', pack: 'pro' } } as const;
    const asked = { org, change, actor: 'key:1', at: new Date(), names };
    const both = await Promise.allSettled(
      ['stripe', `stripe:${org}`].map(async (account) => changeRefillSetting(api.db, { ...asked, account })),
    );
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  });

  test.each([
    ['packId', { ...on, targetUsd: '40.00' }],
    ['packId', { ...on, packId: 'huge' }],
    ['packId', { enabled: true, thresholdUsd: '5.00' }],
    ['thresholdUsd', { enabled: true, packId: 'growth' }],
    ['targetUsd', { enabled: true, thresholdUsd: '5.00', targetUsd: '5.49' }],
    ['maxDayUsd', { ...on, maxDayUsd: '24.99' }],
    ['maxDayUsd', { ...on, maxDayUsd: '30.001' }],
    ['maxMonthUsd', { ...on, maxMonthUsd: '0' }],
    ['maxDayCount', { ...on, maxDayCount: 0 }],
    ['thresholdUsd', { ...on, thresholdUsd: 5 }],
    ['consentTextVersion', { ...on, consentTextVersion: '' }],
    ['enabled', {}],
  ])('refuses, naming %s, and changes nothing', async (path, body) => {
    const { key, org } = await api.createCustomer();
    const { status, json } = await put(key, body);
    expect([status, json['code'], json['errors']]).toMatchObject([400, 'VALIDATION_FAILED', [{ path }]]);
    expect(await findRefillSetting(api.db, org, 'stripe')).toBeUndefined();
  });

  test('is for admins of the org, and an org sees its own alone', async () => {
    const { org } = await api.createCustomer();
    const other = await api.createCustomer();
    const spender = await api.createKey({ org, scopes: ['treasury:spend', 'treasury:read'] });
    expect((await put(spender, on)).status).toBe(403);
    expect((await api.call('GET', PATH, { key: spender })).status).toBe(403);
    await put(other.key, on);
    expect(await findRefillSetting(api.db, org, 'stripe')).toBeUndefined();
  });
});

test('without an account it cannot be turned on', async () => {
  const bare = await startTestApi('first_come');
  try {
    const { key } = await bare.createCustomer();
    const { status, json } = await bare.call('PUT', PATH, { key, body: on });
    expect([status, json]).toMatchObject([409, { code: 'PAYMENTS_NOT_CONFIGURED' }]);
  } finally {
    await bare.stop();
  }
});
