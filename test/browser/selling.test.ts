/** What is sold through the app, in a real browser: an org's products at its own account, and plans and credits to people. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { sellPlan } from '../../devnet/demo/people.ts';
import { openChromium, type Look, type WatchedPage } from '../support/browser/chromium.ts';
import { findObstacles, LOOKS, signIn } from '../support/browser/pages.ts';
import { openStage, type Stage } from '../support/browser/stage.ts';

const CREDIT_MS = 60_000;
/** How long a figure may take to be on the page. */
const SHOWN = { timeout: 20_000 };
const DAILY = 100;
const COUPON = 'SPRING-2027';

let stage: Stage;
let browser: Browser;
let org: string;
let key: string;
beforeAll(async () => {
  [stage, browser] = await Promise.all([openStage(), openChromium()]);
  ({ org, key } = await stage.createOrg('Acme Robotics'));
  stage.issuer.setPerson({ user: 'ada', orgs: { [org]: 'owner' } });
  stage.issuer.setPerson({ user: 'vik', orgs: { [org]: 'viewer' } });
  stage.issuer.setPerson({ user: 'pia' });
  stage.issuer.setPerson({ user: 'opal', platformAdmin: true });
  const { key: admin } = await stage.run('keys', 'create', '--kind', 'admin', '--name', 'test');
  await stage.call(String(admin), 'PATCH', `/admin/orgs/${org}`, { orgBilling: { trusted: true } });
  await stage.call(String(admin), 'POST', '/admin/billing/coupons', { code: COUPON, credits: 50, limit_total: 10 });
  await stage.run('credits', 'checkin', '--per-day', String(DAILY));
  await sellPlan(stage.cards, stage.env);
}, 180_000);
afterAll(async () => {
  await browser.close();
  await stage.stop();
});

const signedIn = async (user: string, look: Look = {}): Promise<WatchedPage> => signIn(browser, stage, { user, look });

/** Pays on the page of the provider, and comes back. */
async function pay(page: Page): Promise<void> {
  await page.getByRole('heading', { name: 'Test checkout' }).waitFor();
  await page.getByRole('button', { name: 'Pay', exact: true }).click();
  await page.waitForURL(`${stage.url}/app/**`);
}

it('sells a product at the own account of an org, and credits what was bought', { timeout: 120_000 }, async () => {
  const { page, faults, context } = await signedIn('ada');
  await page.getByRole('link', { name: 'Products' }).click();
  await page.getByText('Not connected').waitFor();
  const secret = stage.cards.addAccount();
  await page.getByLabel('Secret key', { exact: true }).fill(secret);
  await page.getByRole('button', { name: 'Save the secrets' }).click();
  await page.getByText('Connected in test mode').waitFor();
  // What was sealed is never shown again.
  expect(await page.content()).not.toContain(secret);
  await page.getByText(`ends with ${secret.slice(-4)}`).waitFor();
  await page.getByRole('button', { name: 'Add a product' }).click();
  await page.getByLabel('Name', { exact: true }).fill('Bundle <b>large</b>');
  await page.getByLabel('Price, in dollars').fill('20');
  await page.getByLabel('Adds to the balance, in dollars').fill('25');
  await page.getByText('It adds $5.00 more than it costs').waitFor();
  await page.getByRole('button', { name: 'Add the product' }).click();
  // Text from outside is text.
  await page.getByText('Bundle <b>large</b>', { exact: true }).waitFor();
  await page.getByText('Costs $20.00, adds $25.00').waitFor();
  await page.getByRole('button', { name: 'Buy Bundle <b>large</b>' }).click();
  await pay(page);
  await page.getByTestId('purchase').getByText('Credited').waitFor({ timeout: CREDIT_MS });
  await page.getByText('is now $25.00').waitFor();
  expect(await stage.call(key, 'GET', '/treasury/balance')).toMatchObject({ availableUsd: '25.00' });
  await page.getByRole('button', { name: 'Stop selling Bundle <b>large</b>' }).click();
  await page.getByRole('button', { name: 'Stop selling it' }).click();
  await page.getByText('Not on sale').waitFor();
  expect(await page.getByRole('button', { name: 'Buy Bundle <b>large</b>' }).count()).toBe(0);
  await page.getByRole('button', { name: 'Sell it again' }).click();
  await page.getByText('On sale', { exact: true }).waitFor();
  expect(faults).toEqual([]);
  await context.close();
});

it('shows the products of an org to a viewer, who can change and buy none', { timeout: 60_000 }, async () => {
  const { page, faults, context } = await signedIn('vik');
  await page.goto(`${stage.url}/app/billing/products`);
  await page.getByText('Costs $20.00, adds $25.00').waitFor();
  for (const name of ['Add a product', 'Buy Bundle <b>large</b>', 'Save the secrets'])
    expect([name, await page.getByRole('button', { name }).count()]).toEqual([name, 0]);
  // The stream of events is for those who administer: the browser reports its refusal, and the page polls.
  expect(faults.filter((fault) => !fault.includes('403'))).toEqual([]);
  await context.close();
});

it(
  'gives a person without an org what is theirs: a check-in, a coupon, a plan, credits',
  { timeout: 180_000 },
  async () => {
    const { page, faults, context } = await signedIn('pia');
    await page.waitForURL(`${stage.url}/app/credits`);
    const credits = async (): Promise<string> => page.getByTestId('credits').innerText();
    await expect.poll(credits, SHOWN).toBe('0 credits');
    await page.getByRole('button', { name: 'Check in' }).click();
    await page.getByText('100 credits for day 1 in a row').waitFor();
    await expect.poll(credits, SHOWN).toBe('100 credits');
    await page.getByLabel('Code', { exact: true }).fill(COUPON.toLowerCase());
    await page.getByRole('button', { name: 'Redeem it' }).click();
    await page.getByText('50 credits came with it.').waitFor();
    await expect.poll(credits, SHOWN).toBe('150 credits');
    await page.getByText('$20.00 a month').waitFor();
    await page.getByRole('button', { name: 'Subscribe to Pro' }).click();
    await pay(page);
    await page.getByText('Your payment is on its way').waitFor();
    await expect.poll(credits, { timeout: CREDIT_MS }).toBe('20,150 credits');
    await page.getByText('Active', { exact: true }).waitFor({ timeout: CREDIT_MS });
    await page.locator('.offer').getByText('Yours', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'End it…' }).click();
    await page.getByRole('button', { name: 'End the plan' }).click();
    await page.getByText('Ends with its period').waitFor();
    await page.getByRole('button', { name: 'Keep the plan' }).click();
    await page.getByText('Active', { exact: true }).waitFor();
    await page.getByLabel('How many').fill('10000');
    await page.getByRole('button', { name: 'Buy by card' }).click();
    await pay(page);
    await expect.poll(credits, { timeout: CREDIT_MS }).toBe('30,150 credits');
    for (const kind of ['Check-in', 'Coupon', 'Subscription', 'Top-up'])
      await page.getByRole('cell', { name: kind }).waitFor();
    // Without a role in an org nothing of one is shown.
    await page.goto(`${stage.url}/app/billing`);
    await page.getByText('You have no role in an org').waitFor();
    expect(faults).toEqual([]);
    await context.close();
  },
);

it('adds a plan on the desk, which people then see', { timeout: 60_000 }, async () => {
  const { page, faults, context } = await signedIn('opal');
  await page.getByRole('link', { name: 'Plans', exact: true }).click();
  await page.getByText('$20.00 a month · 20,000 credits for each month').waitFor();
  await page.getByRole('button', { name: 'Add a plan' }).click();
  await page.getByLabel('Name', { exact: true }).fill('Small');
  await page.getByLabel('Features').fill('Chat\n\n<i>Images</i>');
  await page.getByLabel('Price a month, in dollars').fill('4.50');
  await page.getByLabel('Credits a month').fill('4000');
  await page.getByRole('button', { name: 'Add the plan' }).click();
  await page.getByText('$4.50 a month · 4,000 credits for each month').waitFor();
  await page.getByRole('button', { name: 'Change Small' }).click();
  await page.getByRole('switch', { name: 'For sale' }).click();
  await page.getByRole('button', { name: 'Save the plan' }).click();
  await page.getByText('Not for sale').waitFor();
  await page.getByText('Subscription, version 2').waitFor();
  expect(faults).toEqual([]);
  await context.close();
});

it.each(LOOKS)('has no barrier on any of these pages: %s', { timeout: 120_000 }, async (_, look) => {
  for (const [user, paths] of [
    ['ada', ['/billing/products']],
    ['pia', ['/credits']],
    ['opal', ['/desk/plans']],
  ] as const) {
    const { page, faults, context } = await signedIn(user, look);
    for (const path of paths) expect([path, await findObstacles(page, `${stage.url}/app${path}`)]).toEqual([path, []]);
    expect(faults).toEqual([]);
    await context.close();
  }
});
