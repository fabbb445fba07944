/** What finance and support do on the desk, in a real browser against the real service. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parseUsdOrZero } from '../../src/core/money.ts';
import { findBarriers, openChromium, type Look, type WatchedPage } from '../support/browser/chromium.ts';
import { findObstacles, LOOKS, signIn } from '../support/browser/pages.ts';
import { waitLoaded } from '../support/browser/walk.ts';
import { openStage, type Stage } from '../support/browser/stage.ts';

const CREDIT_MS = 60_000;
const PAGES = [
  '',
  '/approvals',
  '/orders',
  '/disputes',
  '/inbox',
  '/solvency',
  '/reports',
  '/prices',
  '/rewards',
  '/chains',
  '/orgs',
  '/audit',
  '/jobs',
  '/search?q=Acme',
];

let stage: Stage;
let browser: Browser;
let org: string;
let key: string;
/** Pages of one thing, which come to be in the tests. */
const things: string[] = [];
beforeAll(async () => {
  [stage, browser] = await Promise.all([openStage(), openChromium()]);
  ({ org, key } = await stage.createOrg('Acme Robotics'));
  stage.issuer.setPerson({ user: 'ada', orgs: { [org]: 'owner' } });
  stage.issuer.setPerson({ user: 'opal', platformAdmin: true });
  stage.issuer.setPerson({ user: 'otto', platformAdmin: true });
}, 180_000);
afterAll(async () => {
  await browser.close();
  await stage.stop();
});

const signedMicros = (usd: string): bigint => (usd.startsWith('-') ? -1n : 1n) * parseUsdOrZero(usd.replace('-', ''));
const signedIn = async (user: string, look: Look = {}): Promise<WatchedPage> => signIn(browser, stage, { user, look });

it('adds a price that waits for a second person, who approves it', { timeout: 120_000 }, async () => {
  const { page, faults, context } = await signedIn('opal');
  await page.getByRole('link', { name: 'Price book' }).click();
  await page.getByRole('button', { name: 'Add a price' }).click();
  await page.getByLabel('Action').fill('chat.tokens');
  await page.getByLabel('Unit', { exact: true }).fill('token');
  await page.getByLabel('Dollars a unit').fill('0.0000025');
  await page.getByRole('button', { name: 'Add the price' }).click();
  await page.getByText('The price waits for a second person').waitFor();
  const second = await signedIn('otto');
  await second.page.getByRole('link', { name: 'Approvals' }).click();
  await second.page.getByRole('button', { name: 'Approve the change' }).click();
  await second.page.getByText('Approved').waitFor();
  await page.reload();
  await page.getByText('$0.0000025 a token').waitFor();
  const quote = await stage.call(key, 'GET', '/treasury/quote?action=chat.tokens&quantity=1000000');
  expect(quote).toMatchObject({ amountUsd: '2.50' });
  expect([...faults, ...second.faults]).toEqual([]);
  await Promise.all([context.close(), second.context.close()]);
});

it('sees a card payment disputed, reads the evidence and sends it', { timeout: 120_000 }, async () => {
  const ada = await signedIn('ada');
  await ada.page.goto(`${stage.url}/app/billing/top-up?rail=card&amount=80`);
  await ada.page.getByRole('button', { name: 'Pay by card' }).click();
  await ada.page.getByRole('heading', { name: 'Test checkout' }).waitFor();
  const session = ada.page.url();
  await ada.page.getByRole('button', { name: 'Pay', exact: true }).click();
  await ada.page.getByTestId('order-life').getByText('Credited').first().waitFor({ timeout: CREDIT_MS });
  await stage.call(key, 'POST', '/treasury/debit', {
    serviceType: 'AI_API',
    amountUsd: '1.000001',
    idempotencyKey: crypto.randomUUID(),
  });
  // The payer's page at the provider, where the bank's side can be played as well.
  await ada.page.goto(session);
  await ada.page.getByRole('button', { name: 'Dispute it (chargeback)' }).click();
  await ada.context.close();
  const { page, faults, context } = await signedIn('opal');
  await page.getByRole('link', { name: 'Disputes' }).click();
  const reload = async (): Promise<number> => {
    await page.reload();
    await waitLoaded(page);
    return page.getByText('Needs response').count();
  };
  await expect.poll(reload, { timeout: CREDIT_MS, interval: 1_000 }).toBe(1);
  await page.getByText('$80.00').first().waitFor();
  await page.getByRole('button', { name: 'Evidence…' }).click();
  await page.locator('pre').waitFor();
  expect(await findBarriers(page)).toEqual([]);
  await page.getByRole('button', { name: 'Send to the bank' }).click();
  await page.getByText(/^Sent/).waitFor();
  expect(faults).toEqual([]);
  await context.close();
});

it('proves a month: debits equal credits, and the file is what the page shows', { timeout: 60_000 }, async () => {
  const { page, faults, context } = await signedIn('opal');
  await page.getByRole('link', { name: 'Reports' }).click();
  await page.getByText('Debits and credits are equal').waitFor();
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download CSV' }).click(),
  ]);
  expect(file.suggestedFilename()).toMatch(/^trial-balance-\d{4}-\d\d\.csv$/);
  for (const [report, shown] of [
    ['Journal', 'revenue:AI_API'],
    ['Revenue', '$1.000001'],
    ['Liability', 'Paid'],
    ['Deferred revenue', 'Closing'],
  ] as const) {
    await page.getByRole('tab', { name: report, exact: true }).click();
    await page.getByText(shown).first().waitFor();
  }
  await page.getByRole('link', { name: 'Solvency' }).click();
  await page.getByText('Owed to wallets').waitFor();
  expect(faults).toEqual([]);
  await context.close();
});

it('freezes a chain with a reason and releases it', { timeout: 60_000 }, async () => {
  const { page, faults, context } = await signedIn('opal');
  await page.getByRole('link', { name: 'Chains' }).click();
  await page.getByRole('button', { name: 'Freeze…' }).click();
  await page.getByLabel('Reason, for the audit log').fill('trying the switch');
  await page.getByRole('button', { name: 'Freeze the chain' }).click();
  await page.getByText('trying the switch').waitFor();
  await page.getByRole('button', { name: 'Release…' }).click();
  await page.getByRole('button', { name: 'Release the chain' }).click();
  await page.getByRole('button', { name: 'Freeze…' }).waitFor();
  expect(faults).toEqual([]);
  await context.close();
});

it('finds a stray transfer by its hash, notes what is known and sets it aside', { timeout: 120_000 }, async () => {
  const stranger = stage.chain.accounts[6] ?? '';
  await stage.chain.faucet(stranger, 90_000_000n);
  const { txHash } = await stage.chain.send({
    from: stranger,
    to: stage.chain.creditsAddress,
    amountMicros: 7_250_000n,
  });
  const { page, faults, context } = await signedIn('opal');
  await page.goto(`${stage.url}/app/desk`);
  await page.getByText('$7.25').waitFor({ timeout: CREDIT_MS });
  // The field is reached, and left for what was found, by the keyboard alone.
  await page.keyboard.press('/');
  const field = page.getByRole('textbox', { name: 'Search everything' });
  await expect
    .poll(async () => field.evaluate((element) => element === element.ownerDocument.activeElement))
    .toBe(true);
  await page.keyboard.type(txHash.slice(0, 20));
  await page.getByRole('option', { name: txHash }).waitFor();
  expect(await findBarriers(page)).toEqual([]);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/app/desk/deposits/*');
  things.push(new URL(page.url()).pathname.replace('/app/desk', ''));
  await page.getByText('In the chain').waitFor();
  await page.getByLabel('Note, for everybody on the desk').fill('they wrote to support');
  await page.getByRole('button', { name: 'Add the note' }).click();
  await page.locator('bdi', { hasText: 'they wrote to support' }).waitFor();
  await page.getByRole('button', { name: 'Decide whose it is…' }).click();
  await page.getByLabel('Reason, for the audit log').fill('sent back by hand');
  await page.getByRole('button', { name: 'Ignore the deposit' }).click();
  await page.getByText('Ignored').first().waitFor();
  await page.locator('bdi', { hasText: 'sent back by hand' }).waitFor();
  expect(faults).toEqual([]);
  await context.close();
});

it(
  'finds an org by its name, books a grant with a reason, suspends it and ends that',
  { timeout: 120_000 },
  async () => {
    const { page, faults, context } = await signedIn('opal');
    await page.goto(`${stage.url}/app/desk`);
    const field = page.getByRole('textbox', { name: 'Search everything' });
    await field.fill('acme rob');
    await page.getByRole('option', { name: 'Acme Robotics' }).click();
    await page.getByRole('heading', { name: 'Acme Robotics' }).waitFor();
    things.push(`/orgs/${org}`);
    const before = await stage.call(key, 'GET', '/treasury/balance');
    await page.getByLabel('Amount, in dollars').fill('3.5');
    await page.getByLabel('Reason, for the ledger').fill('sorry for the wait');
    await page.getByRole('button', { name: 'Book…' }).click();
    await page.getByRole('button', { name: 'Book it' }).click();
    await page.getByText('The balance has it.').waitFor();
    const after = await stage.call(key, 'GET', '/treasury/balance');
    const [had, has] = [before, after].map(({ availableUsd }) => signedMicros(String(availableUsd)));
    expect((has ?? 0n) - (had ?? 0n)).toBe(3_500_000n);
    await page.getByRole('button', { name: 'Suspend…' }).click();
    await page.getByLabel('Reason, for the audit log').fill('they asked for it');
    await page.getByRole('button', { name: 'Suspend the org' }).click();
    await page.getByRole('button', { name: 'End the suspension…' }).click();
    await page.getByRole('button', { name: 'End the suspension', exact: true }).click();
    await page.getByText('Not suspended').waitFor();
    // Nothing chosen: Enter leads to all that was found. An entry has no page of its own: its org shows it.
    const { entries } = (await stage.call(key, 'GET', '/treasury/ledger?type=GRANT')) as { entries: { id: string }[] };
    await field.fill(entries[0]?.id ?? '');
    await field.press('Enter');
    await page.waitForURL('**/app/desk/search?q=*');
    await page.getByRole('link', { name: 'GRANT' }).click();
    await page.getByText('Found: ledger entries').waitFor();
    await field.fill('nothing is called that');
    await page.getByText('Nothing has that id').filter({ visible: true }).waitFor();
    expect(faults).toEqual([]);
    await context.close();
  },
);

it.each(LOOKS)('has no barrier on any page: %s', { timeout: 120_000 }, async (_, look) => {
  const { page, faults, context } = await signedIn('opal', look);
  for (const path of [...PAGES, ...things]) {
    expect([path, await findObstacles(page, `${stage.url}/app/desk${path}`)]).toEqual([path, []]);
  }
  expect(faults).toEqual([]);
  await context.close();
});
