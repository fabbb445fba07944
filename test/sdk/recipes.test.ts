/** The recipes of the documentation, as they are printed, against the real service. */
import { spawn, type ChildProcess } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { Usd } from '../../sdk/typescript/src/index.ts';
import { startTestApi, type TestApi } from '../support/http/api.ts';
import { installPacked, printedCode, runProgram } from '../support/sdk/packed.ts';

const RECIPES = join(import.meta.dirname, '..', '..', 'docs', 'recipes');
const STREAMS = 100;
const PROXIES = 4;
const TOKENS = 400;
const FUNDS_USD = 20n;

let api: TestApi;
let project: string;
const running: ChildProcess[] = [];
beforeAll(async () => {
  [project, api] = await Promise.all([installPacked(), startTestApi()]);
}, 240_000);
afterAll(async () => {
  for (const child of running) child.kill('SIGKILL');
  await api?.stop();
  if (project !== undefined) rmSync(dirname(project), { recursive: true, force: true });
});

async function run(recipe: string, key: string): Promise<string[]> {
  const env = { COFFER_URL: api.url(), COFFER_KEY: key };
  return runProgram(project, `${recipe}.js`, await printedCode(join(RECIPES, `${recipe}.md`)), env);
}

describe('a recipe as it is printed', () => {
  test('gift cards: two are sold and charged once, and what was held for the one that failed is free', async () => {
    const { key } = await api.createCustomer(80n);
    expect(await run('gift-cards', key)).toEqual(['CARD-1', '2: the supplier has none left', 'CARD-3', 'CARD-1']);
    expect((await api.call('GET', '/treasury/balance', { key })).json).toMatchObject({
      availableUsd: '31.80',
      heldUsd: '0.00',
    });
  });

  test('bill payments: a bill is paid once', async () => {
    const { key } = await api.createCustomer(50n);
    expect(await run('bill-payments', key)).toEqual([
      '2026-01-power paid 31.27, entry written',
      '2026-01-water paid 12.40, entry written',
      '2026-01-power paid 31.27, entry written',
      'left 6.33',
    ]);
  });

  test('nightly batch: a second run changes nothing', async () => {
    const { key } = await api.createCustomer(20n);
    expect(await run('nightly-batch', key)).toEqual([
      'first 1199 user-7: CREDIT_INSUFFICIENT',
      'second 1199 user-7: CREDIT_INSUFFICIENT',
      'left 8.01',
    ]);
  });
});

/** A process of the recipe; answers where it listens. */
async function startProxy(key: string): Promise<{ child: ChildProcess; url: string }> {
  const env = { ...process.env, COFFER_URL: api.url(), COFFER_KEY: key };
  const child = spawn(process.execPath, ['ai-proxy.js'], { cwd: project, env, stdio: ['ignore', 'pipe', 'inherit'] });
  running.push(child);
  const port = await new Promise<string>((resolve, reject) => {
    child.once('exit', () => reject(new Error('the proxy ended')));
    child.stdout.on('data', (text: Buffer) => {
      const found = /listening on (\d+)/.exec(text.toString())?.[1];
      if (found !== undefined) resolve(found);
    });
  });
  return { child, url: `http://127.0.0.1:${port}` };
}

/** How many tokens a customer got who may go away; undefined where the stream broke off. */
async function ask(url: string, question: string, goesAfterMs: number | undefined): Promise<number | undefined> {
  const signal = goesAfterMs === undefined ? null : AbortSignal.timeout(goesAfterMs);
  try {
    const text = await (await fetch(`${url}/?q=${question}`, { signal })).text();
    return text.split(' ').length - 1;
  } catch {
    return undefined;
  }
}

const entrySchema = z.object({
  type: z.string(),
  amountUsd: z.string(),
  heldDeltaUsd: z.string(),
  holdId: z.string().nullable(),
  reference: z.string().nullable(),
});

test(`AI proxy: ${STREAMS} streams, killed at random: no stream costs more than was held, and a minute later nothing is held`, async () => {
  await writeFile(join(project, 'ai-proxy.js'), await printedCode(join(RECIPES, 'ai-proxy.md')));
  const { key } = await api.createCustomer(FUNDS_USD);
  const proxies = await Promise.all(Array.from({ length: PROXIES }, async () => startProxy(key)));
  const asking = Array.from({ length: STREAMS }, async (_, at) => {
    const { url = '' } = proxies[at % PROXIES] ?? {};
    return ask(url, `q${at}`, at % 3 === 0 ? randomInt(100, 3_000) : undefined);
  });
  const killing = proxies.slice(1).map(async ({ child }) => {
    await sleep(randomInt(300, 3_000));
    child.kill('SIGKILL');
  });
  const got = await Promise.all(asking);
  await Promise.all(killing);
  // The one that was not killed settles what its customers left behind.
  await sleep(1_000);
  api.advance(60_000);

  const { json: balance } = await api.call('GET', '/treasury/balance', { key });
  expect(balance['heldUsd']).toBe('0.00');
  const entries: z.output<typeof entrySchema>[] = [];
  for (let cursor = ''; ;) {
    const { json } = await api.call('GET', `/treasury/ledger?limit=100${cursor}`, { key });
    entries.push(...z.array(entrySchema).parse(json['entries']));
    if (typeof json['nextCursor'] !== 'string') break;
    cursor = `&cursor=${json['nextCursor']}`;
  }
  const sumOf = (list: readonly { readonly amountUsd: string }[]): Usd =>
    list.reduce((sum, { amountUsd }) => sum.minus(amountUsd), Usd.ZERO);
  const captures = entries.filter(({ type }) => type === 'AI_API_CALL');
  const holds = new Set(captures.map(({ holdId }) => holdId));
  for (const holdId of holds) {
    const held = sumOf(entries.filter((one) => one.type === 'HOLD' && one.holdId === holdId));
    const captured = sumOf(captures.filter((one) => one.holdId === holdId));
    expect(captured.compare(held), `${holdId}: ${captured.toString()} of ${held.toString()}`).not.toBe(1);
  }
  const left = Usd.fromMicros(FUNDS_USD * 1_000_000n).minus(sumOf(captures));
  expect(balance['availableUsd']).toBe(left.toString());
  // Who got the whole answer paid for exactly that, and some of each kind there were.
  const whole = got.flatMap((tokens, at) => (tokens === TOKENS ? [`q${at}`] : []));
  for (const question of whole) {
    expect(sumOf(captures.filter(({ reference }) => reference === question)).toString()).toBe('0.08');
  }
  expect(whole.length).toBeGreaterThan(0);
  expect(got.filter((tokens) => tokens === undefined).length).toBeGreaterThan(PROXIES);
  expect(holds.size).toBeGreaterThan(STREAMS / PROXIES / 2);
}, 120_000);
