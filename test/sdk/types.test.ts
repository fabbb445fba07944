/** The types of the SDK are those of the API as it is, and its package is what it says. */
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApi, type TestApi } from '../support/http/api.ts';

const PROJECT = join(import.meta.dirname, '..', '..');
const run = promisify(execFile);

let api: TestApi;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'coffer-sdk-'));
  // The generator is one of the packages of the web app.
  await run(process.execPath, [join(PROJECT, 'setup', 'dashboard.mjs')]);
  api = await startTestApi();
}, 600_000);
afterAll(async () => {
  await api?.stop();
  rmSync(folder, { recursive: true, force: true });
});

test('its types are made of the document as it is', async () => {
  const made = join(folder, 'api.ts');
  await run(process.execPath, [join(PROJECT, 'sdk/typescript/types.mjs'), `${api.url()}/openapi.json`, made]);
  const own = readFileSync(join(PROJECT, 'sdk/typescript/src/generated/api.ts'), 'utf8');
  // `npm run sdk:types` makes them anew, from a service that runs.
  expect(own === readFileSync(made, 'utf8')).toBe(true);
});
