/** A person tops up, in a real browser against the real service: by a transfer on anvil and by card. */
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { toCount } from '../../src/core/integers.ts';
import { parseUsd, parseUsdOrZero } from '../../src/core/money.ts';
import { findBarriers, openChromium, type Look, type WatchedPage } from '../support/browser/chromium.ts';
import { findStarknetDevnet } from '../../devnet/starknet-binary.ts';
import { addEvmWallet, WALLET_NAME } from '../support/browser/evm-wallet.ts';
import { findObstacles, LOOKS, signIn } from '../support/browser/pages.ts';
import { openStage, type Stage } from '../support/browser/stage.ts';
import { addStarknetWallet, WALLET_NAME as STARKNET_WALLET } from '../support/browser/starknet-wallet.ts';

const CREDIT_MS = 60_000;
/** How long a figure may take to be on the page. */
const SHOWN = { timeout: 20_000 };
const hasDevnet = (await findStarknetDevnet()) !== undefined || process.env['COFFER_REQUIRE_STARKNET_DEVNET'] === '1';
const legs: { readonly name: string }[] = hasDevnet ? [{ name: 'starknet-devnet' }] : [];
if (!hasDevnet) console.log('top-up: no starknet-devnet binary here, so its leg is not in this run');
const PAGES = [
  '',
  '/top-up',
  '/money-in',
  '/ledger',
  '/holds',
  '/statements',
  '/budgets',
  '/auto-refill',
  '/team',
  '/webhooks',
  '/settings',
];

let stage: Stage;
let browser: Browser;
let org: string;
let key: string;
beforeAll(async () => {
  [stage, browser] = await Promise.all([openStage({ starknet: hasDevnet }), openChromium()]);
  ({ org, key } = await stage.createOrg('Acme Robotics'));
  stage.issuer.setPerson({ user: 'ada', orgs: { [org]: 'owner' } });
  stage.issuer.setPerson({ user: 'vik', orgs: { [org]: 'viewer' } });
  stage.issuer.setPerson({ user: 'opal', platformAdmin: true });
}, 180_000);
afterAll(async () => {
  await browser.close();
  await stage.stop();
});

const signedIn = async (user: string, look: Look = {}): Promise<WatchedPage> => signIn(browser, stage, { user, look });
const available = async (page: Page): Promise<string> => page.getByTestId('available').innerText();

it('signs in, sends USDC from a wallet and watches it become credit', { timeout: 120_000 }, async () => {
  const { page, faults, context } = await signedIn('ada');
  await expect.poll(async () => available(page), SHOWN).toBe('$0.00');
  await page.getByRole('button', { name: 'Top up' }).click();
  await page.getByRole('button', { name: /^Growth/ }).click();
  const sender = stage.chain.accounts[1] ?? '';
  await stage.chain.faucet(sender, parseUsd('500'));
  await page.getByLabel('Sending address').fill(sender);
  await page.getByRole('button', { name: 'Show where to send' }).click();
  await page.getByText(stage.chain.creditsAddress, { exact: true }).waitFor();
  await page.getByText('Waiting for your transfer').waitFor();
  // A page that is loaded anew shows the same.
  await page.reload();
  await page.getByText(stage.chain.creditsAddress, { exact: true }).waitFor();
  await stage.chain.send({ from: sender, to: stage.chain.creditsAddress, amountMicros: parseUsd('25') });
  const life = page.getByTestId('life');
  await life.getByText(/Seen on chain|Confirming|Credited/).waitFor({ timeout: CREDIT_MS });
  await life.getByText('Credited').waitFor({ timeout: CREDIT_MS });
  await page.getByRole('link', { name: 'Overview' }).click();
  await expect.poll(async () => available(page), SHOWN).toBe('$25.00');
  await page.getByText('Healthy').waitFor();
  expect(faults).toEqual([]);
  await context.close();
});

it('connects a wallet, proves its address, pays with it and watches the credit', { timeout: 120_000 }, async () => {
  const { page, faults, context } = await signedIn('ada');
  const before = parseUsdOrZero((await available(page)).replace('$', ''));
  const wallet = await addEvmWallet(page, {
    rpcUrl: stage.chain.rpcUrl,
    chainId: toCount(stage.chain.caip2.split(':')[1] ?? ''),
    addressIndex: 7,
  });
  await stage.chain.faucet(wallet.address, parseUsd('40'));
  await page.goto(`${stage.url}/app/billing/top-up?amount=12.34`);
  // Whoever refuses in the wallet is told so, and nothing is registered.
  wallet.refuse(true);
  await page.getByRole('button', { name: `Connect ${WALLET_NAME}` }).click();
  await page.getByText('You refused it in the wallet.').waitFor();
  wallet.refuse(false);
  await page.getByRole('button', { name: `Connect ${WALLET_NAME}` }).click();
  await page.getByText(stage.chain.creditsAddress, { exact: true }).waitFor();
  const { senders } = await stage.call(key, 'GET', '/treasury/senders');
  expect(senders).toContainEqual(
    expect.objectContaining({ address: wallet.address.toLowerCase(), provenAt: expect.stringMatching(/Z$/) }),
  );
  await page.getByRole('button', { name: `Pay $12.34 with ${WALLET_NAME}` }).click();
  await page.getByText(/^Sent: 0x[0-9a-f]{64}$/).waitFor();
  await page.getByTestId('life').getByText('Credited').waitFor({ timeout: CREDIT_MS });
  await page.getByRole('link', { name: 'Overview' }).click();
  const after = parseUsd('12.34') + before;
  await expect.poll(async () => parseUsd((await available(page)).replace('$', '')), SHOWN).toBe(after);
  // The page asked the wallet alone, which stood on another network at first.
  expect(wallet.asked).toContain('wallet_switchEthereumChain');
  expect(faults).toEqual([]);
  await context.close();
});

it('pays by card on the page of the provider, and comes back to the credit', { timeout: 120_000 }, async () => {
  const { page, faults, context } = await signedIn('ada');
  await page.goto(`${stage.url}/app/billing/top-up?rail=card`);
  await page.getByRole('button', { name: /^Pro/ }).click();
  await page.getByRole('button', { name: 'Pay by card' }).click();
  await page.getByRole('button', { name: 'Pay', exact: true }).click();
  await page.waitForURL(/card=back/);
  await page.getByTestId('order-life').getByText('Credited').first().waitFor({ timeout: CREDIT_MS });
  await page.getByRole('link', { name: 'Overview' }).click();
  await expect.poll(async () => available(page), SHOWN).toBe('$137.34');
  expect(faults).toEqual([]);
  await context.close();
});

it.each(legs)(
  'pays on $name with a wallet that proves its address, and watches the credit',
  { timeout: 120_000 },
  async () => {
    const { page, faults, context } = await signedIn('ada');
    const before = parseUsdOrZero((await available(page)).replace(/[$,]/g, ''));
    const chain = stage.starknet;
    const [sender = ''] = chain?.accounts ?? [];
    if (chain === undefined) throw new Error('starknet-devnet does not run');
    await chain.faucet(sender, parseUsd('30'));
    const wallet = await addStarknetWallet(page, { chain, address: sender });
    await page.goto(`${stage.url}/app/billing/top-up?amount=7.89`);
    wallet.refuse(true);
    await page.getByRole('button', { name: `Connect ${STARKNET_WALLET}` }).click();
    await page.getByText('You refused it in the wallet.').waitFor();
    wallet.refuse(false);
    await page.getByRole('button', { name: `Connect ${STARKNET_WALLET}` }).click();
    await page.getByText(chain.creditsAddress, { exact: true }).waitFor();
    const { senders } = await stage.call(key, 'GET', '/treasury/senders');
    expect(senders).toContainEqual(
      expect.objectContaining({ address: sender, chains: [chain.caip2], provenAt: expect.stringMatching(/Z$/) }),
    );
    await page.getByRole('button', { name: `Pay $7.89 with ${STARKNET_WALLET}` }).click();
    await page.getByText(/^Sent: 0x[0-9a-f]{64}$/).waitFor({ timeout: CREDIT_MS });
    await page.getByTestId('life').getByText('Credited').waitFor({ timeout: CREDIT_MS });
    const { deposits } = await stage.call(key, 'GET', '/treasury/deposits');
    expect(deposits).toContainEqual(
      expect.objectContaining({ chain: chain.caip2, fromAddress: sender, amountUsd: '7.89', state: 'credited' }),
    );
    await page.getByRole('link', { name: 'Overview' }).click();
    const after = parseUsd('7.89') + before;
    await expect.poll(async () => parseUsd((await available(page)).replace(/[$,]/g, '')), SHOWN).toBe(after);
    // The page asked the wallet alone, which was on another network at first.
    expect(wallet.asked).toContain('wallet_switchStarknetChain');
    expect(faults).toEqual([]);
    await context.close();
  },
);

it('shows to a viewer what they may see, and names what they may not do', async () => {
  const { page, faults, context } = await signedIn('vik');
  await expect.poll(async () => available(page), SHOWN).toMatch(/^\$/);
  expect(await page.getByRole('button', { name: 'Top up' }).count()).toBe(0);
  await page.goto(`${stage.url}/app/billing/top-up`);
  await page.getByText('Topping up needs the role owner or admin').waitFor();
  await page.goto(`${stage.url}/app/desk`);
  await page.getByText('The desk is for platform admins').waitFor();
  // The stream of events is for those who administer: the browser reports its refusal, and the page polls.
  expect(faults.filter((fault) => !fault.includes('403'))).toEqual([]);
  await context.close();
});

it.each(LOOKS)('has no barrier on any page: %s', { timeout: 120_000 }, async (name, look) => {
  const debits = ['AI_API', 'GAS_SUBSIDY', 'AI_API'] as const;
  for (const [index, serviceType] of debits.entries()) {
    const notes = { reference: `job-${name}-${index}`, description: '<script>alert(1)</script> \u202Eevil' };
    await stage.call(key, 'POST', '/treasury/debit', { serviceType, amountUsd: `0.${index + 1}5`, ...notes });
  }
  await stage.call(key, 'POST', '/treasury/hold', { serviceType: 'AI_API', amountUsd: '1.20', reference: 'render-7' });
  const { page, faults, context } = await signedIn('ada', look);
  for (const path of PAGES) {
    expect([path, await findObstacles(page, `${stage.url}/app/billing${path}`)]).toEqual([path, []]);
  }
  expect(faults).toEqual([]);
  await context.close();
});

it('lets an operator assign a deposit that belongs to nobody', { timeout: 120_000 }, async () => {
  const stranger = stage.chain.accounts[3] ?? '';
  await stage.chain.faucet(stranger, parseUsd('50'));
  await stage.chain.send({ from: stranger, to: stage.chain.creditsAddress, amountMicros: parseUsd('7.25') });
  const { page, faults, context } = await signedIn('opal');
  await page.getByRole('heading', { name: 'Unmatched deposits' }).waitFor();
  await page.getByText('$7.25').waitFor({ timeout: CREDIT_MS });
  expect(await findBarriers(page)).toEqual([]);
  await page.getByRole('button', { name: 'Decide' }).click();
  await page.getByRole('combobox', { name: 'Org' }).click();
  await page.getByRole('option', { name: 'Acme Robotics' }).click();
  await page.getByLabel('Reason, for the audit log').fill('the customer sent a signed letter');
  await page.getByRole('button', { name: 'Assign and credit' }).click();
  await page.getByText('Nothing waits').waitFor();
  const credited = async (): Promise<boolean> => {
    const { deposits } = await stage.call(key, 'GET', '/treasury/deposits');
    return (
      JSON.stringify(deposits).includes('"amountUsd":"7.25"') && !JSON.stringify(deposits).includes('"creditedAt":null')
    );
  };
  await expect.poll(credited, { timeout: CREDIT_MS, interval: 500 }).toBe(true);
  expect(faults).toEqual([]);
  await context.close();
});

it('makes a key that works, and one that is revoked does not', { timeout: 60_000 }, async () => {
  const { page, faults, context } = await signedIn('ada');
  await page.goto(`${stage.url}/app/billing/team`);
  await page.getByRole('cell', { name: 'ada' }).waitFor();
  await page.getByRole('button', { name: 'Create a key' }).click();
  await page.getByLabel('Name').fill('reports <b>bold</b>');
  await page.getByRole('button', { name: 'Create the key' }).click();
  const made = await page.locator('.mono', { hasText: /^ck_/ }).innerText();
  expect(await stage.call(made, 'GET', '/treasury/balance')).toHaveProperty('availableUsd');
  await page.getByRole('button', { name: 'I have copied it' }).click();
  // Text from outside is text.
  await page.getByText('reports <b>bold</b>', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Revoke reports <b>bold</b>' }).click();
  await page.getByRole('button', { name: 'Revoke the key' }).click();
  await page.getByText('Revoked').waitFor();
  await expect(stage.call(made, 'GET', '/treasury/balance')).rejects.toThrow('401');
  expect(faults).toEqual([]);
  await context.close();
});

it('sets a budget, which refuses what passes it and says so', { timeout: 60_000 }, async () => {
  const { page, faults, context } = await signedIn('ada');
  await page.goto(`${stage.url}/app/billing/budgets`);
  await page.getByRole('button', { name: 'Add a budget' }).click();
  await page.getByLabel('Its id').fill('team-red');
  await page.getByLabel('Limit, in dollars').fill('1');
  await page.getByRole('button', { name: 'Add the budget' }).click();
  await page.getByText('team-red').waitFor();
  const spend = async (amountUsd: string): Promise<unknown> =>
    stage.call(key, 'POST', '/treasury/debit', { serviceType: 'AI_API', amountUsd, teamId: 'team-red' });
  await spend('0.60');
  await expect(spend('0.60')).rejects.toThrow('"kind":"budget"');
  await page.reload();
  await page.getByText('$0.40 left').waitFor();
  await page.goto(`${stage.url}/app/billing/ledger`);
  await page.getByRole('button', { name: 'AI call' }).first().click();
  await page.getByRole('button', { name: 'Why?' }).click();
  await page.getByTestId('why').waitFor();
  expect(faults).toEqual([]);
  await context.close();
});

it('turns auto-refill on with a consent, and off again', { timeout: 60_000 }, async () => {
  const { page, faults, context } = await signedIn('ada');
  await page.goto(`${stage.url}/app/billing/auto-refill`);
  const on = page.getByRole('button', { name: 'Turn auto-refill on' });
  expect(await on.isDisabled()).toBe(true);
  await page.getByLabel('At most a day, in dollars').fill('100');
  await page.getByLabel('At most a month, in dollars').fill('400');
  await page.getByLabel(/^I agree that my saved card is charged/).check();
  await on.click();
  await page.getByText(/^Agreed to by/).waitFor();
  expect(await stage.call(key, 'GET', '/treasury/auto-refill')).toMatchObject({
    enabled: true,
    maxDayUsd: '100.00',
    maxMonthUsd: '400.00',
    consent: { textVersion: 'app-1' },
  });
  await page.getByRole('button', { name: 'Turn off…' }).click();
  await page.getByRole('button', { name: 'Turn it off' }).click();
  await expect.poll(async () => (await stage.call(key, 'GET', '/treasury/auto-refill'))['enabled']).toBe(false);
  expect(faults).toEqual([]);
  await context.close();
});

it('says that the service is away, and goes on when it is back', { timeout: 60_000 }, async () => {
  const { page, context } = await signedIn('ada');
  await expect.poll(async () => available(page), SHOWN).toMatch(/^\$/);
  await context.setOffline(true);
  await page.getByRole('link', { name: 'Statements' }).click();
  await page.getByText('No connection to the service').waitFor();
  await context.setOffline(false);
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.getByText('Opening').waitFor();
  await context.close();
});

it('serves its page under a policy that lets nothing in, and below 300 kB of script', async () => {
  const [one, two] = await Promise.all([fetch(`${stage.url}/app`), fetch(`${stage.url}/app/billing/ledger`)]);
  const policies = [one, two].map(({ headers }) => headers.get('content-security-policy') ?? '');
  for (const policy of policies) {
    expect(policy).toMatch(/^default-src 'none'; script-src 'self'; style-src 'self' 'nonce-[\w+/]{24}'; /);
    expect(policy).toContain("connect-src 'self'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toMatch(/unsafe|\*|https?:/);
  }
  expect(policies[0]).not.toBe(policies[1]);
  const page = await one.text();
  expect(page).not.toMatch(/<script(?![^>]*src=)|\son\w+=|%PREFIX%|%STYLE_NONCE%/);
  expect(page).toContain(/nonce-([\w+/]+)/.exec(policies[0] ?? '')?.[1] ?? 'a nonce');
  const [, script = ''] = /src="([^"]+\.js)"/.exec(page) ?? [];
  const file = await fetch(stage.url + script, { headers: { 'accept-encoding': 'gzip' } });
  expect([file.status, file.headers.get('cache-control')]).toEqual([200, 'public, max-age=31536000, immutable']);
  const size = BigInt(file.headers.get('content-length') ?? '0');
  expect(size > 0n && size < 300_000n).toBe(true);
  const led = await fetch(`${stage.url}/configure/billing`, { redirect: 'manual' });
  expect([led.status, led.headers.get('location')]).toEqual([302, `${stage.url}/app/billing`]);
  expect((await fetch(`${stage.url}/app/assets/..%2Findex.html`)).status).toBe(404);
});

it('is compiled against the API as it is', async () => {
  const app = join(import.meta.dirname, '../../dashboard');
  const made = join(mkdtempSync(join(tmpdir(), 'coffer-types-')), 'schema.d.ts');
  await promisify(execFile)(process.execPath, [join(app, 'types.mjs'), `${stage.url}/openapi.json`, made]);
  // Else the app believes in fields that are gone: `npm run dashboard:types`, then compile it.
  expect(readFileSync(join(app, 'src/api/schema.d.ts'), 'utf8') === readFileSync(made, 'utf8')).toBe(true);
});

it('signs out', async () => {
  const { page, context } = await signedIn('ada');
  await page.getByRole('button', { name: 'Your account' }).click();
  await page.getByRole('menuitem', { name: 'Sign out', exact: true }).click();
  await page.getByText('Sign in to your balance').waitFor();
  await page.goto(`${stage.url}/configure/billing`);
  await page.getByText('Sign in to your balance').waitFor();
  expect((await context.cookies()).filter(({ name }) => /^coffer-\d+$/.test(name))).toEqual([]);
  await context.close();
});
