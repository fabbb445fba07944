/** The package of the TypeScript SDK: what is in it, how large it is, and that its README is true. */
import { execFile } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { rolldown } from 'rolldown';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApi, type TestApi } from '../support/http/api.ts';
import { installPacked, printedCode, runProgram, SDK } from '../support/sdk/packed.ts';

const BYTES_MAX = 15_000;
const TSC = join(import.meta.dirname, '..', '..', 'node_modules', '.bin', 'tsc');

let api: TestApi;
let project: string;
beforeAll(async () => {
  [project, api] = await Promise.all([installPacked(), startTestApi()]);
}, 240_000);
afterAll(async () => {
  await api?.stop();
  if (project !== undefined) rmSync(dirname(project), { recursive: true, force: true });
});

/** The size of a program that imports this, compressed. */
async function sizeOf(code: string): Promise<number> {
  const input = join(project, 'bundled.mjs');
  await writeFile(input, code);
  const bundle = await rolldown({ input, platform: 'browser', onLog: () => undefined });
  const { output } = await bundle.generate({ format: 'esm', minify: true });
  await bundle.close();
  return gzipSync(output[0].code, { level: 9 }).byteLength;
}

test('the first program of its README does what it says, as it is printed', async () => {
  const { key } = await api.createCustomer(10n);
  const code = await printedCode(join(SDK, 'README.md'));
  const lines = await runProgram(project, 'quickstart.js', code, { COFFER_URL: api.url(), COFFER_KEY: key });
  expect(lines.slice(0, 3)).toEqual([
    'charged 0.35, left 9.65',
    'an answer of 1500 tokens',
    'balance: short of 999990.38',
  ]);
  expect(lines.slice(3).map((line) => line.split(' ')[0])).toEqual(['AI_API_CALL', 'HOLD', 'AI_API_CALL', 'DEPOSIT']);
  const { json } = await api.call('GET', '/treasury/balance', { key });
  expect(json).toMatchObject({ availableUsd: '9.62', heldUsd: '0.00' });
});

test(`is below ${BYTES_MAX} bytes compressed with all that it has, and what is not used is left out`, async () => {
  const all = await sizeOf("export * from '@coffer-treasury/sdk';");
  expect(all).toBeLessThan(BYTES_MAX);
  const webhooks = await sizeOf("export { constructWebhookEvent } from '@coffer-treasury/sdk';");
  expect(webhooks).toBeLessThan(all / 3);
});

test('needs nothing else, and has the types for each of its entrances', async () => {
  const manifest: Record<string, unknown> = JSON.parse(
    readFileSync(join(project, 'node_modules/@coffer-treasury/sdk/package.json'), 'utf8'),
  );
  expect(manifest).not.toHaveProperty('dependencies');
  await writeFile(join(project, 'typed.ts'), TYPED);
  const strict = ['--strict', '--exactOptionalPropertyTypes', '--noUncheckedIndexedAccess', '--noEmit'];
  const form = ['--target', 'es2022', '--module', 'nodenext', '--lib', 'es2022,dom,dom.asynciterable', '--types', ''];
  const { stdout } = await promisify(execFile)(TSC, [...strict, ...form, 'typed.ts'], { cwd: project }).catch(
    (error: { stdout: string }) => error,
  );
  expect(stdout).toBe('');
});

/** A program that compiles only if the types say what they should; each line below a mark must be refused. */
const TYPED = `
import { Coffer, Usd, constructWebhookEvent, type Debit, type Entry } from '@coffer-treasury/sdk';
import { guard } from '@coffer-treasury/sdk/express';
import { guard as guardOfHono } from '@coffer-treasury/sdk/hono';

const coffer = new Coffer({ baseUrl: 'https://coffer.example', key: 'ck_live_...' });
const debit: Debit = await coffer.createDebit({ serviceType: 'AI_API', amountUsd: Usd.of('1') });
const text: string = debit.availableUsd;
// @ts-expect-error: a number is no amount
await coffer.createDebit({ serviceType: 'AI_API', amountUsd: 1.5 });
// @ts-expect-error: a misspelled field
await coffer.createDebit({ serviceType: 'AI_API', amountUsd: '1.50', referense: 'a' });
// @ts-expect-error: a call that does not exist
await coffer.request('GET /treasury/nothing');
const { url } = await coffer.request('POST /treasury/checkout', {
  body: { packId: 'starter', successUrl: text, cancelUrl: text },
});
const preview = await coffer.createDebit({ serviceType: 'AI_API', amountUsd: '1' }, { dryRun: true });
const isDry: true = preview.dryRun;
for await (const entry of coffer.listEntries({ type: 'DEPOSIT' })) {
  const one: Entry = entry;
  console.log(one.txHash, url, isDry);
}
const event = await constructWebhookEvent('', new Headers(), 'whsec_');
if (event.type === 'deposit.credited') {
  console.log(event.data.entryId);
  // @ts-expect-error: a field of other events
  console.log(event.data.holdId);
}
export const both = [
  guard(coffer, { amountUsd: '1', topUp: () => ({ url: '/top-up' }) }),
  guardOfHono(coffer, { topUp: () => ({ url: '/top-up' }) }),
];
`;
