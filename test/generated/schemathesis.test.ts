/**
 * Schemathesis, which makes requests of the API's document alone, finds no difference between the document and the service:
 * nothing valid is refused, nothing invalid is taken, and nothing fails. Needs Python.
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, test } from 'vitest';
import { startTestApi, type TestApi } from '../support/http/api.ts';
import { folderOf, installIn, runIn } from '../support/generated/workshop.ts';

const VERSION = '4.32.5';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(async () => api.stop());

test('S22 nothing valid is refused, nothing invalid is taken, and nothing fails', async () => {
  const folder = folderOf({ name: 'schemathesis', version: VERSION });
  await installIn(folder, [
    ['python3', '-m', 'venv', 'venv'],
    ['venv/bin/pip', 'install', '--quiet', `schemathesis==${VERSION}`],
  ]);
  const { org } = await api.createCustomer(1_000_000n);
  const key = await api.createKey({ kind: 'admin' });
  await writeFile(join(folder, 'schemathesis.toml'), '');
  const url = api.url();
  const header = ['--header', `Authorization: Bearer ${key}`, '--header', `Coffer-Org: ${org}`];
  await runIn(folder, [
    'venv/bin/schemathesis',
    'run',
    `${url}/openapi.json`,
    ...header,
    '--phases',
    'examples,coverage,fuzzing',
  ]);
});
