/**
 * The pictures of the documentation, made of the real app and service over a history whose times are set: the same app shows the
 * same. A run compares the text of each page with the one that was kept. The pictures are written only where KEEP_SCREENSHOTS is
 * set, together with the texts, since the pixels of letters differ between machines.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { freePort } from '../../devnet/free-port.ts';
import { signInSettings, startIssuer, type Issuer } from '../../devnet/issuer.ts';
import { openChromium, type Look } from '../support/browser/chromium.ts';
import { signIn, waitLoaded } from '../support/browser/pages.ts';
import { writeDeposit } from '../support/deposits/rows.ts';
import { createSteppedClock } from '../support/fake-clock.ts';
import { startTestApi, type TestApi } from '../support/http/api.ts';
import { depositOf } from '../support/ledger/wallets.ts';

const PROJECT = join(import.meta.dirname, '..', '..');
const FOLDER = join(PROJECT, 'docs', 'screenshots');
const TEXTS = join(FOLDER, 'shown.json');
const isKept = process.env['KEEP_SCREENSHOTS'] !== undefined;
const QUALITY = 88;
const START_MS = Date.UTC(2026, 8, 1, 9, 30);
const DAY_MS = 86_400_000;
const DAYS = 27;
const PHONE = { width: 390, height: 844 };

/** Each picture: its name, whose page it is, where, and how it is looked at. */
const PICTURES: readonly (readonly [name: string, user: string, path: string, look: Look])[] = [
  ['overview', 'ada', '/billing', {}],
  ['overview-dark', 'ada', '/billing', { dark: true }],
  ['overview-phone', 'ada', '/billing', PHONE],
  ['top-up', 'ada', '/billing/top-up?pack=growth', {}],
  ['top-up-phone', 'ada', '/billing/top-up?pack=growth', PHONE],
  ['ledger', 'ada', '/billing/ledger', {}],
  ['budgets-dark', 'ada', '/billing/budgets', { dark: true }],
  ['credits', 'pia', '/credits', {}],
  ['desk', 'opal', '/desk', {}],
  ['desk-plans-dark', 'opal', '/desk/plans', { dark: true }],
];

const clock = createSteppedClock(START_MS);
let api: TestApi;
let issuer: Issuer;
let browser: Browser;
const shown: Record<string, string> = {};
beforeAll(async () => {
  execFileSync(process.execPath, ['setup/dashboard.mjs'], { cwd: PROJECT, stdio: 'pipe' });
  const port = String(await freePort());
  [issuer, browser] = await Promise.all([startIssuer(() => clock.nowMs()), openChromium()]);
  api = await startTestApi(
    'first_come',
    undefined,
    { sso: signInSettings(issuer) },
    { PORT: port, COFFER_PUBLIC_URL: `http://127.0.0.1:${port}` },
    { clock },
  );
  await makeHistory();
}, 120_000);
afterAll(async () => {
  await browser.close();
  await api.stop();
  await issuer.stop();
  if (isKept) writeFileSync(TEXTS, `${JSON.stringify(shown, undefined, 2)}\n`);
});

/** Four weeks of an org and of a person, and what waits on the desk. */
async function makeHistory(): Promise<void> {
  const org = await api.createOrg('Acme Robotics');
  const [key, admin, platform] = [
    await api.createKey({ org }),
    await api.createKey({ kind: 'admin' }),
    await api.createKey({ kind: 'platform' }),
  ];
  issuer.setPerson({ user: 'ada', orgs: { [org]: 'owner' } });
  issuer.setPerson({ user: 'pia' });
  issuer.setPerson({ user: 'opal', platformAdmin: true });
  const call = async (by: string, method: string, path: string, body: object): Promise<Record<string, unknown>> => {
    const { status, json, text } = await api.call(method, path, { key: by, body });
    if (status >= 300) throw new Error(`${method} ${path}: ${status} ${text}`);
    return json;
  };
  const { json: balance } = await api.call('GET', '/treasury/balance', { key });
  const wallet = String(balance['walletId']);
  await call(key, 'PATCH', '/treasury/settings', { lowBalanceThresholdUsd: '150', criticalThresholdUsd: '50' });
  await call(key, 'POST', '/treasury/budgets', budgetOf('teamId', 'research', '120', 'hard'));
  await call(key, 'POST', '/treasury/budgets', budgetOf('appId', 'support-chat', '400', 'soft'));
  await sellPlans(async (body) => call(admin, 'POST', '/admin/billing/plans', body));
  await api.writer.submit(depositOf(wallet, 500n));
  for (let day = 0; day < DAYS; day += 1) {
    clock.step(DAY_MS);
    if (day === 12) await api.writer.submit(depositOf(wallet, 250n));
    if (day === 16) {
      const reason = 'Thank you for the interview';
      await call(admin, 'POST', `/admin/orgs/${org}/entries`, { type: 'GRANT', amountUsd: '25', reason });
    }
    await call(key, 'POST', '/treasury/debit', spendOf(day));
  }
  await call(key, 'POST', '/treasury/hold', { serviceType: 'AI_API', amountUsd: '12.50', reference: 'render-81' });
  await call(admin, 'POST', '/admin/credits/manual', { user_id: 'pia', amount: 5_000, reason: 'Welcome' });
  clock.step(60_000);
  await call(platform, 'POST', '/credits/deduct', { user_id: 'pia', amount: 1_250, description: 'Chat, 42 messages' });
  clock.step(60_000);
  const seen = { at: new Date(clock.nowMs()), blockNumber: 20_411 };
  const sender = `0x${'5a'.repeat(20)}`;
  await writeDeposit(api.db, {
    ...seen,
    txHash: `0x${'1d'.repeat(32)}`,
    from: sender,
    amount: 250_000_000n,
    org,
    state: 'confirming',
    reason: null,
  });
  await writeDeposit(api.db, {
    ...seen,
    txHash: `0x${'7c'.repeat(32)}`,
    from: `0x${'b3'.repeat(20)}`,
    amount: 75_500_000n,
  });
  await writeDeposit(api.db, {
    ...seen,
    txHash: `0x${'94'.repeat(32)}`,
    from: `0x${'e8'.repeat(20)}`,
    amount: 1_200_000_000n,
  });
  clock.step(60_000);
}

function budgetOf(subject: string, value: string, limitUsd: string, mode: string): object {
  return { subject, value, period: 'month', limitUsd, mode };
}

/** What is spent on a day: more on some, for one of three services. */
function spendOf(day: number): object {
  const cents = 700 + ((day * 397) % 1_150);
  const serviceType = (['AI_API', 'AI_API', 'GAS_SUBSIDY', 'AI_API', 'GIFT_CARD'] as const)[day % 5];
  const amountUsd = `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`;
  const about = day % 2 === 0 ? { teamId: 'research' } : { appId: 'support-chat' };
  return { serviceType, amountUsd, reference: `job-${4_100 + day}`, ...about };
}

async function sellPlans(add: (body: object) => Promise<unknown>): Promise<void> {
  await add({
    name: 'Starter',
    description: 'To try it out',
    price_monthly: 5,
    credits_included: 5_000,
    features: ['Chat'],
  });
  await add({
    name: 'Pro',
    description: 'For every day',
    price_monthly: 20,
    price_yearly: 200,
    credits_included: 20_000,
    features: ['Chat and images', 'Answers first'],
  });
  await add({
    name: 'Bundle',
    description: 'Does not end',
    kind: 'one_time',
    price_monthly: 50,
    credits_included: 50_000,
  });
}

async function takePicture(page: Page, name: string): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const { data } = await session.send('Page.captureScreenshot', { format: 'webp', quality: QUALITY });
  writeFileSync(join(FOLDER, `${name}.webp`), Buffer.from(data, 'base64'));
}

it.each(PICTURES)('%s shows what the documentation shows', { timeout: 60_000 }, async (name, user, path, look) => {
  const site = { url: api.url(), hosts: [new URL(api.url()).host, new URL(issuer.url).host] };
  const { page, faults, context } = await signIn(browser, site, { user, look: { ...look, nowMs: clock.nowMs() } });
  await page.goto(`${site.url}/app${path}`);
  await waitLoaded(page);
  shown[name] = await page.getByRole('main').innerText();
  if (isKept) await takePicture(page, name);
  const kept = isKept ? shown : (JSON.parse(readFileSync(TEXTS, 'utf8')) as Record<string, string>);
  // Where the app is meant to show something else: KEEP_SCREENSHOTS=1 npx vitest run --project system test/browser/screenshots.test.ts
  expect(shown[name]).toBe(kept[name]);
  expect(faults).toEqual([]);
  await context.close();
});
