/** The TypeScript SDK does what `sdk/cases.json` says, behind a proxy that loses and cuts answers of the real service. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApi, type TestApi } from '../support/http/api.ts';
import { CASES, passCase } from '../support/sdk/cases.ts';
import { openFaultProxy, type FaultProxy } from '../support/sdk/fault-proxy.ts';
import { TYPESCRIPT } from '../support/sdk/typescript.ts';

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

test.each(CASES)('$name', async (one) => {
  await expect(passCase(one, TYPESCRIPT, api, proxy)).resolves.toBeUndefined();
});
