/** The packed SDK for TypeScript, in runtimes that are not Node: Deno, Bun and Cloudflare's workers. Gets them from npm. */
import { rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { RUNTIMES, runProgram } from '../support/generated/runtimes.ts';
import { startTestApi, type TestApi } from '../support/http/api.ts';
import { openFaultProxy, type FaultProxy } from '../support/sdk/fault-proxy.ts';
import { installPacked } from '../support/sdk/packed.ts';

const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const EVENT = { id: 'evt_1', type: 'deposit.credited', timestamp: '2026-01-31T12:00:00.000Z', data: { usd: '12.50' } };

let api: TestApi;
let proxy: FaultProxy;
let project: string;
beforeAll(async () => {
  [project, api] = await Promise.all([installPacked(), startTestApi()]);
  proxy = await openFaultProxy(() => api.url());
}, 240_000);
afterAll(async () => {
  await proxy?.close();
  await api?.stop();
  if (project !== undefined) rmSync(dirname(project), { recursive: true, force: true });
});

test.each(RUNTIMES)('$name $version: pays once, is refused, reads pages, believes a delivery', async (runtime) => {
  const { key } = await api.createCustomer(10n);
  const body = JSON.stringify(EVENT);
  const now = new Date();
  const headers = {
    'webhook-id': EVENT.id,
    'webhook-timestamp': String(Math.floor(now.getTime() / 1_000)),
    'webhook-signature': new Webhook(SECRET).sign(EVENT.id, now, body),
  };
  proxy.setFaults([
    {
      do: 'answer',
      status: 503,
      headers: { 'retry-after': '1' },
      body: { code: 'LEDGER_UNAVAILABLE', detail: 'away' },
    },
    { do: 'lose-answer' },
  ]);
  expect(await runProgram(runtime, project, { url: proxy.url, key, secret: SECRET, body, headers })).toEqual({
    attempts: runtime.attempts,
    charged: '1.25',
    captured: '0.75',
    refusal: [true, 'balance', '992.00'],
    entryTypes: ['AI_API_CALL', 'HOLD', 'AI_API_CALL', 'DEPOSIT'],
    event: 'deposit.credited',
    forged: [true, 'signature'],
    left: '8.00',
  });
  // The debit came three times, under one key; the last is the one that is refused.
  const [first, ...others] = proxy.asked.filter(({ path }) => path === '/treasury/debit').map((asked) => asked.key);
  expect(others.map((one) => one === first)).toEqual([true, true, false]);
});
