/** The Python SDK, installed from its wheel, does what `sdk/cases.json` says and survives random calls. Needs Python and pip. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestApi, type TestApi } from '../support/http/api.ts';
import { longSize } from '../support/long-size.ts';
import { CASES, passCase, type Sdk } from '../support/sdk/cases.ts';
import { openFaultProxy, type FaultProxy } from '../support/sdk/fault-proxy.ts';
import {
  installTools,
  installWheel,
  openPython,
  PYTHON_SDK,
  pythonProgram,
  runIn,
  type PythonHome,
} from '../support/sdk/python.ts';
import { printedCode } from '../support/sdk/packed.ts';
import { passRandomCalls } from '../support/sdk/random-calls.ts';

const FLAVOURS = ['sync', 'async'] as const;
const MADE = ['models.py', '_client.py', '_holds.py'];
const SOURCE = join(PYTHON_SDK, 'src', 'coffer_treasury');

let api: TestApi;
let proxy: FaultProxy;
let tools: PythonHome;
let home: PythonHome;
beforeAll(async () => {
  tools = await installTools();
  [home, api] = await Promise.all([installWheel(tools), startTestApi()]);
  proxy = await openFaultProxy(() => api.url());
}, 600_000);
afterAll(async () => {
  await proxy?.close();
  await api?.stop();
  if (home !== undefined) rmSync(home.folder, { recursive: true, force: true });
});

describe.each(FLAVOURS)('the %s client', (flavour) => {
  let sdk: (Sdk & { stop(): void }) | undefined;
  const open = (): Sdk => (sdk ??= openPython(home, flavour));
  afterAll(() => sdk?.stop());

  test.each(CASES)('$name', async (one) => {
    await expect(passCase(one, open(), api, proxy)).resolves.toBeUndefined();
  });

  test('random calls, each exactly once', async () => {
    const size = { calls: longSize('LONG_SDK_CALLS'), seed: longSize('LONG_SEED') };
    await expect(passRandomCalls(pythonProgram(home, flavour), { api, proxy, ...size })).resolves.toBeUndefined();
  });

  test('the program of its README does what it says, as it is printed', async () => {
    const { key } = await api.createCustomer(10n);
    const code = await printedCode(join(PYTHON_SDK, 'README.md'), FLAVOURS.indexOf(flavour));
    const env = { COFFER_URL: api.url(), COFFER_KEY: key };
    const printed = await runIn(home.folder, [home.python, '-c', code], env);
    expect(printed.trim().split('\n')).toEqual([
      'charged 0.35, left 9.65',
      'an answer of 1500 tokens',
      'balance: short of 999990.38',
      'delivered 12 tokens for 0.12: source',
      'left 9.50',
    ]);
  });
});

test('its types and its blocking client are made of what they say', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'coffer-made-'));
  const make = join(PYTHON_SDK, 'make.mjs');
  await runIn(folder, [process.execPath, make, `${api.url()}/openapi.json`, folder, tools.python]);
  const differing = MADE.filter(
    (name) => readFileSync(join(SOURCE, name), 'utf8') !== readFileSync(join(folder, name), 'utf8'),
  );
  rmSync(folder, { recursive: true });
  // `node sdk/python/make.mjs` makes them anew, beside a service that runs.
  expect(differing).toEqual([]);
});

test('it is typed, strictly', async () => {
  const printed = await runIn(tools.folder, [tools.python, '-m', 'mypy', '--strict', SOURCE], {
    MYPYPATH: join(PYTHON_SDK, 'src'),
  });
  expect(printed).toContain('no issues found');
});
