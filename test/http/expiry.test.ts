import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/core/clock.ts';
import { DEPOSIT_TERMS } from '../../src/core/ledger/head.ts';
import { openLedgerWriter } from '../../src/db/ledger/writer.ts';
import { checkBalanceReply } from '../../src/http/treasury/batch-schemas.ts';
import { settleOverdueWallets } from '../../src/jobs/expiry.ts';
import { startTestApi, type TestApi } from '../support/http/api.ts';
import { listIn } from '../support/asserts.ts';
import { card, hold, holdCalls } from '../support/ledger/holds.ts';
import { depositOf } from '../support/ledger/wallets.ts';

let api: TestApi;
beforeAll(async () => {
  // Nothing is written by itself: the moment before is looked at.
  api = await startTestApi(undefined, undefined, undefined, undefined, { jobs: false });
});
afterAll(async () => api.stop());

const { post, openHold, createCardHolder, audited } = holdCalls(() => api);

async function balance(key: string): Promise<unknown> {
  const { json } = await api.call('GET', '/treasury/balance', { key });
  return [json['availableUsd'], json['heldUsd'], json['freeGiftCards']];
}

describe('what is overdue', () => {
  it('is written down by the job: holds, gift cards and lots, each once', async () => {
    const { key, wallet } = await createCardHolder(20n);
    await openHold(key, { ...hold, expiresInSeconds: 60 });
    await openHold(key, { ...card, expiresInSeconds: 60 });
    const kept = await openHold(key, { ...hold, expiresInSeconds: 300 });
    const { command, ...rest } = depositOf(wallet, 3n);
    const terms = { ...DEPOSIT_TERMS, source: 'grant', promotional: true, expiresAtMs: Date.now() + 60_000 } as const;
    const grant = {
      ...command,
      op: 'credit',
      type: 'GRANT',
      contra: 'expenses:promo',
      amountMicros: 3n,
      terms,
    } as const;
    await api.writer.submit({ ...rest, command: grant });
    const clock = { ...systemClock, nowMs: () => Date.now() + 61_000 };
    const writer = openLedgerWriter({ url: api.database.appUrl, clock, deadlineMs: 10_000 });
    const settle = async (): Promise<void> =>
      settleOverdueWallets({ db: api.db, writer, clock }, (_wallet, error) => {
        throw error;
      });
    const before = await audited(wallet);
    await settle();
    await Promise.all([settle(), settle()]);
    await writer.stop();
    const written = (await audited(wallet)).slice(before.length);
    expect(written).toEqual(['HOLD_RELEASE', 'GIFT_HOLD_RELEASE', 'LOT_EXPIRY']);
    expect((await post(key, 'consume-hold', { holdId: kept, amountUsd: '5' })).status).toBe(200);
  });

  it('is written down by the service by itself', async () => {
    const { key, wallet } = await api.createCustomer(20n);
    await openHold(key, { ...hold, expiresInSeconds: 1 });
    const service = await api.spawn();
    try {
      await expect.poll(async () => audited(wallet), { timeout: 15_000 }).toEqual(['DEPOSIT', 'HOLD', 'HOLD_RELEASE']);
    } finally {
      await service.stop();
    }
  });
});

describe('an overdue hold', () => {
  it('counts as not held at once, before anything is written, and cannot be captured', async () => {
    const { key, wallet } = await api.createCustomer(20n);
    const holdId = await openHold(key, { ...hold, expiresInSeconds: 60 });
    api.advance(59_000);
    expect(await balance(key)).toEqual(['15.00', '5.00', 0]);
    api.advance(1_001);
    expect(await balance(key)).toEqual(['20.00', '0.00', 0]);
    const checked = await post(key, 'check-balance', { amountUsd: '20' });
    expect(checkBalanceReply.parse(checked.json)).toEqual({ sufficient: true, availableUsd: '20.00', status: 'OK' });
    expect(listIn(await api.call('GET', '/treasury/holds', { key }), 'holds')[0]).toMatchObject({
      state: 'expired',
      leftUsd: '0.00',
    });
    expect(await audited(wallet)).toEqual(['DEPOSIT', 'HOLD']);
    const { status, json } = await post(key, 'consume-hold', { holdId, amountUsd: '1' });
    expect([status, json['code']]).toEqual([409, 'HOLD_NOT_PENDING']);
    expect((await post(key, 'debit', { serviceType: 'AI_API', amountUsd: '20' })).status).toBe(200);
    expect(await audited(wallet)).toEqual(['DEPOSIT', 'HOLD', 'HOLD_RELEASE', 'AI_API_CALL']);
  });
});
