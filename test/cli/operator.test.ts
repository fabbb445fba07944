/** What an operator asks the command line: money, holds, the configuration, and whether everything stands. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { EXIT } from '../../src/config/exit-codes.ts';
import { createKeyLine } from '../../src/core/access/vault.ts';
import { uuidV7 } from '../../src/core/ids.ts';
import { EVM, startTestApi, type TestApi } from '../support/http/api.ts';
import { startNode, type Finished } from '../support/process/processes.ts';

let api: TestApi;
let folder: string;
beforeAll(async () => {
  api = await startTestApi();
  folder = mkdtempSync(join(tmpdir(), 'coffer-operator-'));
  writeFileSync(join(folder, 'pepper'), 'a pepper that is used by tests and by nothing else', { mode: 0o600 });
  writeFileSync(join(folder, 'secrets'), createKeyLine(), { mode: 0o600 });
});
afterAll(async () => {
  await api.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function coffer(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Finished> {
  return startNode(['src/cli/main.ts', ...args], {
    DATABASE_URL: api.database.appUrl,
    DATABASE_OWNER_URL: api.database.ownerUrl,
    COFFER_KEY_PEPPER_FILE: join(folder, 'pepper'),
    COFFER_SECRETS_KEY_FILE: join(folder, 'secrets'),
    COFFER_CONFIG: '',
    ...env,
  }).finished;
}

async function json(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Record<string, unknown>> {
  const parsed: unknown = JSON.parse((await coffer([...args, '--json'], env)).stdout);
  if (typeof parsed !== 'object' || parsed === null) throw new TypeError('an object was expected');
  return { ...parsed };
}

function configFile(content: unknown): string {
  const path = join(folder, 'config.json');
  writeFileSync(path, JSON.stringify(content));
  return path;
}

const chain = (creditsAddress: string): object => ({
  caip2: EVM,
  rpcUrls: ['http://127.0.0.1:1'],
  tokens: [{ symbol: 'USDC', address: '0x00000000000000000000000000000000000005dc' }],
  creditsAddress,
  startBlock: 0,
  devnet: true,
});

describe('coffer balance and holds', () => {
  test('say what the API says', async () => {
    const { org, key } = await api.createCustomer(10n);
    const body = { serviceType: 'SKU_PURCHASE', amountUsd: '2.50', reference: 'basket-7' };
    const held = await api.call('POST', '/treasury/hold', { key, body });
    const told = (await api.call('GET', '/treasury/balance', { key })).json;
    const balance = await json(['balance', org]);
    expect(balance).toMatchObject({ availableUsd: '7.50', heldUsd: '2.50', totalUsd: '10.00', status: 'OK' });
    expect(told).toMatchObject({ availableUsd: balance['availableUsd'], heldUsd: balance['heldUsd'] });
    expect((await coffer(['balance', org])).stdout).toMatch(/7\.50.*2\.50/);

    const hold = {
      holdId: held.json['holdId'],
      state: 'open',
      amountUsd: '2.50',
      leftUsd: '2.50',
      reference: 'basket-7',
    };
    expect(await json(['holds', 'list', '--org', org])).toMatchObject({ holds: [hold] });
    await api.call('POST', '/treasury/release-hold', { key, body: { holdId: held.json['holdId'] } });
    expect(await json(['holds', 'list', '--org', org])).toEqual({ holds: [] });
    expect(await json(['holds', 'list', '--org', org, '--all'])).toMatchObject({ holds: [{ state: 'released' }] });
    expect((await coffer(['holds', 'list', '--org', org, '--all'])).stdout).toContain('basket-7');
  });

  test('of an org that is not there end with the code for it', async () => {
    const nobody = uuidV7(Date.now());
    expect(await coffer(['balance', nobody])).toMatchObject({ code: EXIT.notFound, stdout: '' });
    expect(await coffer(['holds', 'list', '--org', nobody])).toMatchObject({ code: EXIT.notFound, stdout: '' });
    expect(await coffer(['balance', 'acme'])).toMatchObject({ code: EXIT.usage });
  });
});

describe('coffer config check', () => {
  test('tells what the configuration amounts to, and no password', async () => {
    const file = configFile({ chains: [chain('0x00000000000000000000000000000000c0ffe2ee')] });
    const told = await json(['config', 'check'], { COFFER_CONFIG: file });
    expect(told).toMatchObject({ ok: true, chains: [{ chain: EVM, rpcs: 1 }] });
    const { code, stdout } = await coffer(['config', 'check'], { COFFER_CONFIG: file });
    expect(code).toBe(0);
    expect(stdout).toContain('the configuration is valid');
    const password = new URL(api.database.appUrl).password;
    expect(password.length).toBeGreaterThan(0);
    expect(stdout + JSON.stringify(told)).not.toContain(api.database.appUrl);
  });

  test('S20 warns of names that mean nothing, and refuses a key file without a key', async () => {
    const { code, stderr } = await coffer(['config', 'check'], { COFFER_LOGLEVEL: 'debug' });
    expect([code, stderr]).toEqual([0, expect.stringContaining('warning: COFFER_LOGLEVEL is no variable')]);
    const empty = configFile({});
    const refused = await coffer(['config', 'check'], { DATABASE_URL: '', COFFER_SECRETS_KEY_FILE: empty });
    expect([refused.code, refused.stderr]).toEqual([EXIT.config, expect.stringContaining('COFFER_SECRETS_KEY_FILE')]);
  });

  test.each([
    ['an address that is none', () => ({ COFFER_CONFIG: configFile({ chains: [chain('0x12')] }) }), 'creditsAddress'],
    ['an unknown field', () => ({ COFFER_CONFIG: configFile({ chain: [] }) }), 'chain'],
    ['a port that is none', () => ({ PORT: '70000' }), 'PORT'],
    ['a switch that is neither on nor off', () => ({ COFFER_DOCS: 'maybe' }), 'COFFER_DOCS'],
    ['S20 a deadline of nothing', () => ({ COFFER_LEDGER_DEADLINE_MS: '0' }), 'COFFER_LEDGER_DEADLINE_MS'],
    [
      'S18 a database that is none',
      () => ({ DATABASE_URL: 'mysql://u:p@h/db' }),
      'DATABASE_URL: not a URL of PostgreSQL',
    ],
    [
      'S18 hosts that take no writes',
      () => ({ DATABASE_OWNER_URL: 'postgres://u:p@h,i/db?target_session_attrs=any' }),
      'DATABASE_OWNER_URL: target_session_attrs',
    ],
    [
      'S18 a URL with a setting of its own',
      () => ({ DATABASE_URL: 'postgres://u:p@h/db?statement_timeout=0' }),
      'DATABASE_URL: leave statement_timeout out',
    ],
    [
      'S18 a URL with options of its own',
      () => ({ DATABASE_OWNER_URL: 'postgres://u:p@h/db?options=-c%20lock_timeout%3D1s' }),
      'DATABASE_OWNER_URL: leave lock_timeout out of options',
    ],
    ['a database without a pepper', () => ({ COFFER_KEY_PEPPER_FILE: '' }), 'COFFER_KEY_PEPPER_FILE'],
  ])('ends with its own code for %s, as the service itself does', async (_name, env, words) => {
    const given = env();
    const checked = await coffer(['config', 'check'], given);
    expect([checked.code, checked.stdout]).toEqual([EXIT.config, '']);
    expect(checked.stderr).toContain(words);
    const served = await coffer(['serve', '--roles=api'], { PORT: '0', ...given });
    expect([served.code, served.stdout]).toEqual([EXIT.config, '']);
    expect(served.stderr).toContain(words);
  });
});

test('docs/cli.md tells every noun and every exit code', async () => {
  const page = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'cli.md'), 'utf8');
  const { stdout } = await coffer(['--help']);
  const nouns = [...stdout.matchAll(/^ {2}([a-z][a-z-]*) /gm)]
    .map(([, noun = '']) => noun)
    .filter((noun) => noun !== 'help');
  expect(nouns.length).toBeGreaterThan(10);
  const told = [...page.matchAll(/^\| `([a-z][a-z-]*)/gm)].map(([, noun = '']) => noun);
  expect(told.toSorted()).toEqual([...new Set(nouns)].toSorted());
  for (const code of Object.values(EXIT)) expect(page).toMatch(new RegExp(`^\\| ${code} \\| `, 'm'));
});
