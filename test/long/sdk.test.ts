/** 10,000 random calls through each SDK behind the fault proxy: the ledger holds each intent exactly once. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApi, type TestApi } from '../support/http/api.ts';
import { longSize } from '../support/long-size.ts';
import { openFaultProxy, type FaultProxy } from '../support/sdk/fault-proxy.ts';
import { passRandomCalls } from '../support/sdk/random-calls.ts';
import { TYPESCRIPT_PROGRAM } from '../support/sdk/typescript-program.ts';

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

test('TypeScript', async () => {
  const size = { calls: longSize('LONG_SDK_CALLS'), seed: longSize('LONG_SEED') };
  await expect(passRandomCalls(TYPESCRIPT_PROGRAM, { api, proxy, ...size })).resolves.toBeUndefined();
});
