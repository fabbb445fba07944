/** The ledger by an app that is rare in it: a page looks at 10,000 entries, and its cursor leads on. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApi, type TestApi } from '../support/http/api.ts';

const BATCHES = 10;
const LINES = 1_000;

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(async () => api.stop());

test('a page without entries leads to the one that has them', async () => {
  const { key } = await api.createCustomer(200n);
  const rare = { serviceType: 'AI_API', amountUsd: '1.00', appId: 'rare' };
  const headers = { 'Idempotency-Key': 'rare' };
  expect((await api.call('POST', '/treasury/debit', { key, headers, body: rare })).status).toBe(200);
  for (let batch = 0; batch < BATCHES; batch += 1) {
    const commands = Array.from({ length: LINES }, (_, line) => ({
      op: 'debit',
      idempotencyKey: `common-${batch}-${line}`,
      serviceType: 'AI_API',
      amountUsd: '0.01',
      appId: 'common',
    }));
    expect((await api.call('POST', '/treasury/batch', { key, body: { commands } })).status).toBe(200);
  }
  const page = async (query: string): Promise<Record<string, unknown>> =>
    (await api.call('GET', `/treasury/ledger?limit=5&${query}`, { key })).json;

  const first = await page('appId=rare');
  expect([first['entries'], typeof first['nextCursor']]).toEqual([[], 'string']);
  const second = await page(`appId=rare&cursor=${String(first['nextCursor'])}`);
  expect(second).toMatchObject({ entries: [{ appId: 'rare', amountUsd: '-1.00' }], nextCursor: null });
  // What is found goes on as ever, and so does what is asked for by something that an index finds.
  expect(await page('appId=common')).toMatchObject({ entries: Array.from({ length: 5 }, () => ({ appId: 'common' })) });
  expect(await page('appId=rare&idempotencyKey=rare')).toMatchObject({
    entries: [{ appId: 'rare' }],
    nextCursor: null,
  });
}, 60_000);
