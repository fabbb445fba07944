/** Holds of credit that has ended: what is answered, and how long they may keep it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { uuidV7 } from '../../src/core/ids.ts';
import { listIn } from '../support/asserts.ts';
import { startTestApi, type Answer, type TestApi } from '../support/http/api.ts';
import { hold, holdCalls } from '../support/ledger/holds.ts';
import { grantOf, submissionOf } from '../support/ledger/submissions.ts';
import { depositOf } from '../support/ledger/wallets.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(async () => api.stop());

const { post, openHold } = holdCalls(() => api);

async function balance(key: string): Promise<unknown> {
  const { json } = await api.call('GET', '/treasury/balance', { key });
  return [json['availableUsd'], json['heldUsd'], json['freeGiftCards']];
}

describe('S05 a hold on a grant that has ended', () => {
  /** A customer with six dollars that end in a minute and lie in a hold of two. */
  async function holdOnGrant(): Promise<{ readonly key: string; readonly wallet: string; readonly holdId: string }> {
    const { key, wallet } = await api.createCustomer();
    const { at } = (await api.call('GET', '/treasury/balance', { key })).json;
    const expiresAtMs = Date.parse(String(at)) + 60_000;
    await api.writer.submit(submissionOf(wallet, grantOf(6n, expiresAtMs), uuidV7(Date.now())));
    return { key, wallet, holdId: await openHold(key, { ...hold, amountUsd: '6', expiresInSeconds: 120 }) };
  }
  const shown = ({ json }: Answer): unknown[] => [json['availableUsd'], json['heldUsd']];

  it.each([
    ['consume-hold', { amountUsd: '2' }, 'releasedUsd', '4.00'],
    ['release-hold', {}, 'releasedUsd', '6.00'],
  ])('%s answers the balance after the grant’s end, and the same when asked again', async (call, rest, freed, usd) => {
    const { key, wallet, holdId } = await holdOnGrant();
    api.advance(90_000);
    const headers = { 'Idempotency-Key': uuidV7(Date.now()) };
    const ask = async (path = call, more: object = {}): Promise<Answer> =>
      api.call('POST', `/treasury/${path}`, { key, headers: { ...headers, ...more }, body: { holdId, ...rest } });
    const preview = await ask(call, { 'Coffer-Dry-Run': 'true' });
    const first = await ask();
    expect([preview, first].map(shown)).toEqual([
      ['0.00', '0.00'],
      ['0.00', '0.00'],
    ]);
    expect(first.json[freed]).toBe(usd);
    expect(await balance(key)).toEqual(['0.00', '0.00', 0]);
    await api.writer.submit(depositOf(wallet, 3n));
    const [again, seen] = [await ask(), await ask(call, { 'Coffer-Dry-Run': 'true' })];
    expect([again.text, again.headers.get('Idempotency-Replayed')]).toEqual([first.text, 'true']);
    expect(shown(seen)).toEqual(['0.00', '0.00']);
    expect(await balance(key)).toEqual(['3.00', '0.00', 0]);
  });

  it('is not extended, and says until when it could have been', async () => {
    const { key, holdId } = await holdOnGrant();
    const { status, json } = await post(key, 'extend-hold', { holdId, expiresInSeconds: 300 });
    expect([status, json['code'], json['reason']]).toEqual([409, 'HOLD_NOT_PENDING', 'credit_ends']);
    const [{ expiresAt } = { expiresAt: '' }] = listIn(await api.call('GET', '/treasury/holds', { key }), 'holds') as {
      expiresAt: string;
    }[];
    expect(json['latestEnd']).toBe(expiresAt);
    await api.restart();
    expect((await post(key, 'extend-hold', { holdId, expiresInSeconds: 300 })).status).toBe(409);
  });
});
