import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/core/clock.ts';
import { Projector } from '../../src/events/projector.ts';
import { settingsReply } from '../../src/http/treasury/batch-schemas.ts';
import { startTestApi, type Answer, type TestApi } from '../support/http/api.ts';
import { pathsOfErrors } from '../support/asserts.ts';
import { debitOf, depositOf } from '../support/ledger/wallets.ts';
import { queryRows } from '../support/process/query.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(async () => api.stop());

async function patch(key: string, body: unknown): Promise<Answer> {
  return api.call('PATCH', '/treasury/settings', { key, body });
}

async function get(key: string): Promise<unknown> {
  const { json } = await api.call('GET', '/treasury/settings', { key });
  const { lowBalanceThresholdUsd, criticalThresholdUsd, freeGiftCardMaxUsd } = settingsReply.parse(json);
  return [lowBalanceThresholdUsd, criticalThresholdUsd, freeGiftCardMaxUsd];
}

describe('settings', () => {
  it('begin without thresholds, change one by one, and are cleared by null', async () => {
    const { key } = await api.createCustomer();
    expect(await get(key)).toEqual([null, null, '1.00']);
    expect((await patch(key, { lowBalanceThresholdUsd: '10' })).json).toEqual({
      lowBalanceThresholdUsd: '10.00',
      criticalThresholdUsd: null,
      freeGiftCardMaxUsd: '1.00',
      timeZone: 'UTC',
      expiryNoticeDays: [30, 7, 1],
    });
    await patch(key, { criticalThresholdUsd: '2.5', freeGiftCardMaxUsd: '0' });
    expect(await get(key)).toEqual(['10.00', '2.50', '0.00']);
    await patch(key, {});
    expect(await get(key)).toEqual(['10.00', '2.50', '0.00']);
    await patch(key, { lowBalanceThresholdUsd: null });
    expect(await get(key)).toEqual([null, '2.50', '0.00']);
  });

  it('S02 let free gift cards pay for more than the ceiling of the deployment only where a minter allows it', async () => {
    const { org, key } = await api.createCustomer();
    const refused = await patch(key, { freeGiftCardMaxUsd: '1.000001' });
    expect([refused.status, refused.json['code']]).toEqual([403, 'FORBIDDEN']);
    expect(refused.json['detail']).toContain('freeGiftCardMaxUsd');
    const headers = { 'coffer-org': org };
    const as = async (caller: string, freeGiftCardMaxUsd: string): Promise<number> =>
      (await api.call('PATCH', '/treasury/settings', { key: caller, headers, body: { freeGiftCardMaxUsd } })).status;
    const spending = await api.createKey({ kind: 'platform', scopes: ['treasury:spend'] });
    const platform = await api.createKey({ kind: 'platform' });
    const admin = await api.createKey({ kind: 'admin' });
    expect([await as(spending, '3'), await as(platform, '3'), await get(key)]).toEqual([
      403,
      200,
      [null, null, '3.00'],
    ]);
    // What was allowed stays: the org may lower it and raise it again.
    expect([await as(key, '2'), await as(key, '3'), await as(key, '3.1'), await as(admin, '5')]).toEqual([
      200, 200, 403, 200,
    ]);
    expect(await get(key)).toEqual([null, null, '5.00']);
  });

  it('S02 that an org made before there was a ceiling are held to it', async () => {
    const { org, key } = await api.createCustomer();
    await api.db.raw('UPDATE org_settings SET free_gift_card_max = 9000000 WHERE org = ?', [org]);
    expect(await get(key)).toEqual([null, null, '1.00']);
    const body = { amountUsd: '1.5', serviceType: 'GIFT_CARD', useGiftCard: true };
    const answer = await api.call('POST', '/treasury/hold', { key, body });
    expect(pathsOfErrors(answer)).toEqual(['amountUsd']);
  });

  it('never cross: each is compared with the one that is stored', async () => {
    const { key } = await api.createCustomer();
    await patch(key, { lowBalanceThresholdUsd: '10', criticalThresholdUsd: '10' });
    expect(pathsOfErrors(await patch(key, { criticalThresholdUsd: '10.000001' }))).toEqual(['criticalThresholdUsd']);
    expect(pathsOfErrors(await patch(key, { lowBalanceThresholdUsd: '9.999999' }))).toEqual(['lowBalanceThresholdUsd']);
    const both = { lowBalanceThresholdUsd: '20', criticalThresholdUsd: '21' };
    expect(pathsOfErrors(await patch(key, both))).toEqual(['criticalThresholdUsd']);
    expect(await get(key)).toEqual(['10.00', '10.00', '1.00']);
    expect((await patch(key, { lowBalanceThresholdUsd: '5', criticalThresholdUsd: '4' })).status).toBe(200);
    await patch(key, { lowBalanceThresholdUsd: null });
    expect((await patch(key, { criticalThresholdUsd: '99' })).status).toBe(200);
  });

  it('changed at the same instant from two sides, never cross either', async () => {
    for (let round = 0; round < 10; round += 1) {
      const { key } = await api.createCustomer();
      const answers = await Promise.all([
        patch(key, { lowBalanceThresholdUsd: '1' }),
        patch(key, { criticalThresholdUsd: '2' }),
      ]);
      expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 400]);
    }
  });

  it.each([
    ['a JSON number', { lowBalanceThresholdUsd: 1 }, ['lowBalanceThresholdUsd']],
    ['below zero', { criticalThresholdUsd: '-1' }, ['criticalThresholdUsd']],
    ['seven places', { freeGiftCardMaxUsd: '0.0000001' }, ['freeGiftCardMaxUsd']],
    ['no gift card limit', { freeGiftCardMaxUsd: null }, ['freeGiftCardMaxUsd']],
    ['a day that is none', { expiryNoticeDays: [1.5] }, ['expiryNoticeDays.0']],
    ['too many days ahead', { expiryNoticeDays: [7, 91] }, ['expiryNoticeDays.1']],
    ['too many notices', { expiryNoticeDays: [1, 2, 3, 4, 5, 6] }, ['expiryNoticeDays']],
    ['another field', { status: 'OK' }, ['status']],
    ['a list', [], ['']],
  ])('of %s are refused', async (_name, body, paths) => {
    const { key } = await api.createCustomer();
    expect(pathsOfErrors(await patch(key, body))).toEqual(paths);
    expect(await get(key)).toEqual([null, null, '1.00']);
  });

  it('of one org are not those of another', async () => {
    const [one, two] = [await api.createCustomer(), await api.createCustomer()];
    await patch(one.key, { lowBalanceThresholdUsd: '3' });
    expect(await get(two.key)).toEqual([null, null, '1.00']);
  });
});

describe('changes of status', () => {
  async function derive(): Promise<void> {
    const onTrouble = (log: string, error: unknown): void => {
      throw new Error(`log ${log}`, { cause: error });
    };
    await new Projector({ db: api.db, clock: systemClock, onTrouble }).sweep();
  }

  async function events(wallet: string): Promise<string[]> {
    const result = await queryRows<{ text: string }>(
      api.db,
      `SELECT concat_ws(' ', v.seq, v.data->>'previousStatus', v.data->>'status', v.data->>'availableUsd') AS text
       FROM event v JOIN event_log l ON l.log = v.log
       WHERE l.wallet = ? AND v.kind = 'balance.status_changed' ORDER BY v.position`,
      [wallet],
    );
    return result.rows.map(({ text }) => text);
  }

  it('are recorded after the entry that brought them, and nothing else is', async () => {
    const { key, wallet } = await api.createCustomer(20n);
    await patch(key, { lowBalanceThresholdUsd: '10', criticalThresholdUsd: '5' });
    for (const usd of [5n, 5n, 1n, 5n, 4n]) await api.writer.submit(debitOf(wallet, usd));
    await api.writer.submit(depositOf(wallet, 7n));
    await derive();
    const expected = [
      '1 SUSPENDED OK 20.00',
      '4 OK LOW 9.00',
      '5 LOW CRITICAL 4.00',
      '6 CRITICAL SUSPENDED 0.00',
      '7 SUSPENDED LOW 7.00',
    ];
    expect(await events(wallet)).toEqual(expected);
    await derive();
    await Promise.all([derive(), derive(), derive()]);
    expect(await events(wallet)).toEqual(expected);
  });

  it('by other thresholds are recorded too, at the entry where the wallet stands', async () => {
    const { key, wallet } = await api.createCustomer(20n);
    await derive();
    await patch(key, { lowBalanceThresholdUsd: '30' });
    await derive();
    await patch(key, { criticalThresholdUsd: '25' });
    await derive();
    await patch(key, { freeGiftCardMaxUsd: '0.5' });
    await patch(key, { lowBalanceThresholdUsd: null, criticalThresholdUsd: null });
    await derive();
    expect(await events(wallet)).toEqual([
      '1 SUSPENDED OK 20.00',
      '1 OK LOW 20.00',
      '1 LOW CRITICAL 20.00',
      '1 CRITICAL OK 20.00',
    ]);
  });

  it('are the same whoever derives them and however often, among thousands of entries', async () => {
    const { wallet } = await api.createCustomer(3_000n);
    await Promise.all(Array.from({ length: 3_000 }, async () => api.writer.submit(debitOf(wallet, 1n))));
    await Promise.all([derive(), derive()]);
    expect(await events(wallet)).toEqual(['1 SUSPENDED OK 3000.00', '3001 OK SUSPENDED 0.00']);
    const result = await queryRows<unknown>(api.db, 'SELECT seq, status FROM event_log WHERE wallet = ?', [wallet]);
    expect(result.rows).toEqual([{ seq: '3001', status: 'SUSPENDED' }]);
  });

  it('are derived by the service by itself', async () => {
    const { wallet } = await api.createCustomer(1n);
    const service = await api.spawn();
    try {
      await expect.poll(async () => events(wallet), { timeout: 15_000 }).toEqual(['1 SUSPENDED OK 1.00']);
    } finally {
      await service.stop();
    }
  });
});
