/** While the ledger is away, clients of published pages are told so, and nothing is given away. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { uuidV7 } from '../../src/core/ids.ts';
import { startTestApi, type TestApi } from '../support/http/api.ts';
import { createTestDatabase } from '../support/process/database.ts';
import type { TestDatabase } from '../support/process/database-server.ts';
import { openTcpProxy, type TcpProxy } from '../support/process/tcp-proxy.ts';
import { MeterClient } from './credits.ts';
import { WalletClient } from './wallet.ts';

let database: TestDatabase;
let line: TcpProxy;
let api: TestApi;
let serviceKey: string;
beforeAll(async () => {
  database = await createTestDatabase();
  line = await openTcpProxy(database.appUrl);
  const behind = { ...database, appUrl: line.url, drop: async () => Promise.resolve() };
  api = await startTestApi('first_come', undefined, {}, { COFFER_LEDGER_DEADLINE_MS: '2000' }, { database: behind });
  serviceKey = await api.createKey({ kind: 'platform', scopes: ['treasury:spend'] });
});
afterAll(async () => {
  await api.stop();
  await line.close();
  await database.drop();
});

/** Leads to a server that is not there. */
const nowhere = (url: string): string => {
  const gone = new URL(url);
  gone.port = '9';
  return gone.href;
};

test('a deduct is answered 503 and not allowed, a charge of credits 503 and no success; afterwards both work', async () => {
  const [wallet, meter] = [new WalletClient(api.url(), { serviceKey }), new MeterClient(api.url(), serviceKey)];
  const user = `away|${uuidV7(Date.now())}`;
  const deduct = { user_id: user, feature: 'x', amount: 1 };
  const charge = { user_id: user, amount: 1 };
  expect(await wallet.deduct(deduct)).toMatchObject({ allowed: false, required: 1 });
  line.moveTo(nowhere(database.appUrl));
  const [denied, failed] = await Promise.all([
    wallet.call('POST', '/deduct', deduct),
    meter.call('POST', '/credits/deduct', charge),
  ]);
  expect([denied.status, denied.json]).toMatchObject([
    503,
    { allowed: false, code: 'LEDGER_UNAVAILABLE', error: expect.any(String) },
  ]);
  expect([failed.status, failed.json]).toMatchObject([503, { success: false, code: 'LEDGER_UNAVAILABLE' }]);
  const balance = await wallet.call('GET', `/balance?user_id=${encodeURIComponent(user)}`);
  expect([balance.status, balance.json]).toMatchObject([503, { error: expect.any(String) }]);
  line.moveTo(database.appUrl);
  await expect
    .poll(async () => (await wallet.call('POST', '/deduct', deduct)).status, { timeout: 20_000, interval: 200 })
    .toBe(200);
  expect((await meter.call('POST', '/credits/deduct', charge)).status).toBe(402);
});
