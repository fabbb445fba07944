/** How many holds of an org may be open, as its callers see it. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApi, type Answer, type TestApi } from '../support/http/api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi('first_come', undefined, {}, { COFFER_OPEN_HOLDS_MAX: '2' });
});
afterAll(async () => api.stop());

test('S18 one more than may be open is 429 with the name of the limit, until one is closed', async () => {
  const { key } = await api.createCustomer(10n);
  const body = { serviceType: 'AI_API', amountUsd: '1' };
  const hold = async (idempotencyKey: string, more: Record<string, string> = {}): Promise<Answer> =>
    api.call('POST', '/treasury/hold', { key, body, headers: { 'idempotency-key': idempotencyKey, ...more } });
  const first = await hold('one');
  expect([first.status, (await hold('two')).status]).toEqual([200, 200]);
  const limited = await hold('three');
  expect([limited.status, limited.json]).toMatchObject([429, { code: 'RATE_LIMITED', limit: 'open_holds' }]);
  expect((await hold('three', { 'coffer-dry-run': 'true' })).json).toMatchObject({ limit: 'open_holds' });
  const line = { op: 'hold', idempotencyKey: 'four', ...body };
  const batch = await api.call('POST', '/treasury/batch', { key, body: { commands: [line] } });
  expect(batch.json['results']).toMatchObject([{ status: 429, problem: { limit: 'open_holds' } }]);
  // What was done before is answered again, and the refused key is free.
  expect((await hold('one')).headers.get('idempotency-replayed')).toBe('true');
  const { holdId } = first.json;
  expect((await api.call('POST', '/treasury/release-hold', { key, body: { holdId } })).status).toBe(200);
  expect((await hold('three')).status).toBe(200);
  expect((await hold('five')).status).toBe(429);
  // It is the bound of one payer.
  const other = await api.createCustomer(10n);
  expect((await api.call('POST', '/treasury/hold', { key: other.key, body })).status).toBe(200);
});
