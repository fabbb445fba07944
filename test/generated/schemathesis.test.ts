/**
 * Schemathesis, which makes requests of the API's document alone: no request that breaks the document is taken, nothing fails, and
 * every answer has a status, a type, headers and a body that the document names. Needs Python.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApi, type TestApi } from '../support/http/api.ts';
import { folderOf, installIn, runIn } from '../support/generated/workshop.ts';

const VERSION = '4.32.5';
const CHECKS = [
  'not_a_server_error',
  'status_code_conformance',
  'content_type_conformance',
  'response_schema_conformance',
  'response_headers_conformance',
  'negative_data_rejection',
  'unsupported_method',
  'ignored_auth',
];
/** Calls of an org. A stream does not end; without a provider or addresses to give, a call rightly answers 503. */
const INCLUDED = '^/(treasury|events|webhook-endpoints)';
const LEFT_OUT = 'stream|members|checkout|create-wallet';
/** Lists whose items are judged one by one: an invalid item is refused in an answer of 200. */
const JUDGED_BY_ITEM = '/treasury/(batch|usage)$';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(async () => api.stop());

test.each([
  ['calls of an org', `${LEFT_OUT}|${JUDGED_BY_ITEM}`, INCLUDED, CHECKS],
  [
    'lists that are judged by item',
    LEFT_OUT,
    JUDGED_BY_ITEM,
    CHECKS.filter((one) => one !== 'negative_data_rejection'),
  ],
])('S22 %s: nothing invalid is taken, and nothing fails', async (_what, exclude, include, checks) => {
  const folder = folderOf({ name: 'schemathesis', version: VERSION });
  await installIn(folder, [
    ['python3', '-m', 'venv', 'venv'],
    ['venv/bin/pip', 'install', '--quiet', `schemathesis==${VERSION}`],
  ]);
  const { key, org } = await api.createCustomer(1_000_000n);
  const printed = await runIn(folder, [
    'venv/bin/schemathesis',
    'run',
    `${api.url()}/openapi.json`,
    '--no-color',
    '--header',
    `Authorization: Bearer ${key}`,
    '--header',
    `Coffer-Org: ${org}`,
    '--include-path-regex',
    include,
    '--exclude-path-regex',
    exclude,
    '--phases',
    'coverage',
    '--checks',
    checks.join(','),
  ]);
  expect(printed).toMatch(/No issues found|passed/);
});
