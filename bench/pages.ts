/**
 * How soon the pages of the web app are there, alone and beside half of the debits that the service can take: `npm run bench -- pages
 * [--rounds 5] [--seconds 4]`. The browser, the callers and the service share the machine.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { freePort } from '../devnet/free-port.ts';
import { signInSettings, startIssuer } from '../devnet/issuer.ts';
import { uuidV7 } from '../src/core/ids.ts';
import { openChromium, openPage } from '../test/support/browser/chromium.ts';
import { passSignIn, waitLoaded } from '../test/support/browser/walk.ts';
import { openHttpWorld } from './support/http-world.ts';
import { closedLoop, openLoop } from './support/load.ts';
import { RawClient } from './support/raw-client.ts';
import { growHistory } from './support/read-costs.ts';
import { median, readSettings } from './support/rounds.ts';

const CALLERS = 64;
const ENTRIES = 5_000;
const DEBIT = JSON.stringify({ serviceType: 'AI_API', amountUsd: '0.01', reference: 'bench' });
const READY_MS_MAX = 20_000;

const PAGES = [
  ['ada', '/billing'],
  ['ada', '/billing/top-up'],
  ['ada', '/billing/money-in'],
  ['ada', '/billing/ledger'],
  ['ada', '/billing/statements'],
  ['opal', '/desk'],
  ['opal', '/desk/search?q=bench'],
  ['opal', '/desk/solvency'],
  ['opal', '/desk/reports'],
  ['opal', '/desk/orgs'],
  ['opal', '/desk/jobs'],
] as const;

/** Runs in the page: resolves in the frame in which it has its heading and nothing in it is loading. */
const READY = `new Promise((resolve, reject) => {
  const until = performance.now() + ${READY_MS_MAX};
  const look = () => {
    const loading = [...document.querySelectorAll('[aria-label=Loading], .mantine-Skeleton-root')];
    if (document.querySelector('h1') && !loading.some((one) => one.checkVisibility())) return resolve(performance.now());
    if (performance.now() > until) return reject(new Error('the page is still loading'));
    requestAnimationFrame(look);
  };
  look();
})`;

/** Entry point of `npm run bench -- pages`. */
export async function run(options: readonly string[]): Promise<void> {
  const { rounds, seconds } = readSettings(options, { rounds: 5, seconds: 4 });
  execFileSync(process.execPath, ['setup/dashboard.mjs'], { stdio: 'inherit' });
  const folder = mkdtempSync(join(tmpdir(), 'coffer-bench-pages-'));
  const [issuer, port] = await Promise.all([startIssuer(), freePort()]);
  const [config, url] = [join(folder, 'coffer.json'), `http://127.0.0.1:${port}`];
  writeFileSync(config, JSON.stringify({ sso: signInSettings(issuer), rateLimits: { perPerson: false } }));
  const world = await openHttpWorld({ PORT: String(port), COFFER_PUBLIC_URL: url, COFFER_CONFIG: config });
  const browser = await openChromium();
  try {
    const { org, wallet, key } = await world.addOrg();
    await growHistory(world.ledger.writer, wallet, 1, ENTRIES);
    await world.ledger.client.query('VACUUM ANALYZE');
    issuer.setPerson({ user: 'ada', orgs: { [org]: 'owner' } });
    issuer.setPerson({ user: 'opal', platformAdmin: true });
    const hosts = [new URL(url).host, new URL(issuer.url).host];
    const open = async (user: string): Promise<Page> => {
      const { page } = await openPage(browser, hosts);
      await passSignIn(page, url, user);
      await waitLoaded(page);
      return page;
    };
    const people = { ada: await open('ada'), opal: await open('opal') };
    const clients = await Promise.all(Array.from({ length: CALLERS }, async () => RawClient.open(url)));
    const debit = async (client: RawClient | undefined): Promise<void> => {
      const headers = `Authorization: Bearer ${key}\r\nIdempotency-Key: ${uuidV7(Date.now())}\r\n`;
      const answer = await client?.post('/treasury/debit', headers, DEBIT);
      if (answer?.status !== 200) throw new Error(`a debit: ${answer?.status} ${answer?.body}`);
    };
    const { opsPerSecond: peak } = await closedLoop(CALLERS, seconds, async (caller) => debit(clients[caller]));
    const times = new Map(PAGES.map(([, path]) => [path, { alone: [] as number[], beside: [] as number[] }]));
    for (let round = 0; round < rounds; round += 1) {
      for (const [user, path] of PAGES) {
        const address = `${url}/app${path}`;
        const taken = times.get(path);
        taken?.alone.push(await readyMs(people[user], address));
        const load = openLoop(clients, { perSecond: peak / 2, seconds: 2 }, debit);
        taken?.beside.push(await readyMs(people[user], address));
        await load;
      }
    }
    print(peak / 2, times);
    for (const client of clients) client.close();
  } finally {
    await browser.close();
    await world.close();
    await issuer.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** From the start of the navigation to the frame in which the page shows what it has. */
async function readyMs(page: Page, address: string): Promise<number> {
  await page.goto(address, { waitUntil: 'commit' });
  return page.evaluate<number>(READY);
}

function print(
  perSecond: number,
  times: ReadonlyMap<string, { readonly alone: readonly number[]; readonly beside: readonly number[] }>,
): void {
  console.log(`beside ${Math.round(perSecond)} debits a second`);
  console.log('| page | ready alone, ms | beside the load, ms | ratio |\n| --- | --- | --- | --- |');
  const ratios: Record<string, number> = {};
  for (const [path, { alone, beside }] of times) {
    const [one, other] = [median(alone), median(beside)];
    ratios[path] = other / one;
    console.log(`| \`${path}\` | ${one.toFixed(0)} | ${other.toFixed(0)} | ${(other / one).toFixed(2)} |`);
  }
  console.log(JSON.stringify({ readyBesideByAlone: ratios }));
}
