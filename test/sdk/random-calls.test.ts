/** Random calls through the TypeScript SDK behind the fault proxy: the ledger holds each intent exactly once. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApi, type TestApi } from '../support/http/api.ts';
import { openFaultProxy, type FaultProxy } from '../support/sdk/fault-proxy.ts';
import { passRandomCalls } from '../support/sdk/random-calls.ts';
import { TYPESCRIPT_PROGRAM } from '../support/sdk/typescript-program.ts';

const CALLS = 700;

let api: TestApi;
let proxy: FaultProxy;
beforeAll(async () => {
  api = await startTestApi();
  proxy = await openFaultProxy(() => api.url());
});
afterAll(async () => {
  await proxy?.close();
  await api?.stop();
});

test(`${CALLS} random calls, each exactly once`, async () => {
  await expect(passRandomCalls(TYPESCRIPT_PROGRAM, { api, proxy, calls: CALLS, seed: 1 })).resolves.toBeUndefined();
}, 120_000);
