/** `coffer pay`, as an operator at the command line sees it. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createKeyLine } from '../../src/core/access/vault.ts';
import { openPaymentWorld, type PaymentWorld } from '../support/billing/payment-world.ts';
import { startNode, type Finished } from '../support/process/processes.ts';
import { queryRows } from '../support/process/query.ts';

const TIMEOUT_MS = 120_000;

let world: PaymentWorld;
let folder: string;
let org: string;
beforeAll(async () => {
  world = await openPaymentWorld();
  folder = mkdtempSync(join(tmpdir(), 'coffer-pay-cli-'));
  writeFileSync(join(folder, 'key'), world.shop.createKey());
  writeFileSync(join(folder, 'keys'), createKeyLine());
  writeFileSync(join(folder, 'secret'), 'whsec_12345678\n');
  const stripe = { secretKeyFile: join(folder, 'key'), apiUrl: world.stripe.url };
  const config = { payments: { mode: 'test', stripe }, adminEntryLimitUsd: '100.00' };
  writeFileSync(join(folder, 'config.json'), JSON.stringify(config));
  org = await world.createOrg();
});
afterAll(async () => {
  await world.close();
  rmSync(folder, { recursive: true, force: true });
});

async function coffer(...args: readonly string[]): Promise<Finished> {
  const { appUrl, ownerUrl } = world.database;
  const env = {
    DATABASE_URL: appUrl,
    DATABASE_OWNER_URL: ownerUrl,
    COFFER_SECRETS_KEY_FILE: join(folder, 'keys'),
    COFFER_CONFIG: join(folder, 'config.json'),
  };
  return startNode(['src/cli/main.ts', 'pay', ...args], env).finished;
}

async function json(...args: readonly string[]): Promise<Record<string, unknown>> {
  const { code, stdout, stderr } = await coffer(...args, '--json');
  expect([code, stderr]).toEqual([0, '']);
  return { ...(JSON.parse(stdout) as object) };
}

test(
  'sets an account up, sells at it, and charges',
  async () => {
    expect((await coffer('products')).stdout).toContain('Products (org: Acme)');
    writeFileSync(join(folder, 'own'), world.shop.createKey());
    const files = ['--stripe-key-file', join(folder, 'own'), '--webhook-secret-file', join(folder, 'secret')];
    expect(await json('set', ...files)).toMatchObject({ org_id: org, mode: 'test', webhook_secret_last4: '5678' });
    expect(await json('settings', '--org', org)).toMatchObject({ has_stripe_key: true, free_tier_amount: 0 });
    const made = await json('add-product', '--name', 'Ten', '--price', '999', '--amount', '10000000');
    const id = String(made['product_id']);
    expect(made).toMatchObject({ price_cents: 999, stripe_price_id: expect.stringMatching(/^price_/) });
    const terms = ['--auto-refill-threshold', '5000000', '--auto-refill-product', id, '--auto-refill-max-day', '2000'];
    const bounds = ['--auto-refill-max-month', '5000', '--auto-refill-max-day-count', '2'];
    const text = ['--auto-refill-consent-text', 'v1'];
    expect(await json('set', '--auto-refill', 'on', ...terms, ...bounds, ...text)).toMatchObject({
      auto_refill_enabled: true,
      auto_refill_threshold: 5_000_000,
      auto_refill_product_id: id,
      auto_refill_max_day_cents: 2_000,
      auto_refill_max_month_cents: 5_000,
      auto_refill_max_day_count: 2,
      auto_refill_consent: { by: expect.stringMatching(/^cli:/), text_version: 'v1' },
    });
    const clash = await coffer('set', '--auto-refill-target', '9000000', '--auto-refill-product', id);
    expect([clash.code, clash.stderr]).toEqual([2, expect.stringContaining('--auto-refill-target')]);
    const target = ['--auto-refill', 'off', '--auto-refill-target', '9000000'];
    expect(await json('set', ...target)).toMatchObject({
      auto_refill_enabled: false,
      auto_refill_product_id: null,
      auto_refill_target_micros: 9_000_000,
    });
    const listed = await coffer('products');
    expect(listed.stdout).toContain(`${id}  Ten   $9.99  $10.00   one_time  ✓`);
    const urls = ['--success-url', 'https://shop.example/yes', '--cancel-url', 'https://shop.example/no'];
    const { session_id: session } = await json('checkout', id, ...urls);
    world.stripe.pay(String(session));
    expect(await json('verify', String(session))).toMatchObject({ credited: true });
    expect((await coffer('wallet')).stdout).toBe('$10.00\n');
    const words = ['--description', 'by hand', '--app', 'till'];
    expect(await json('deposit', '--amount', '500', ...words)).toMatchObject({ wallet_balance: 10_000_500 });
    expect(await json('charge', '--amount', '600', ...words)).toMatchObject({ wallet_balance: 9_999_900 });
    const { transactions } = await json('transactions', '--app', 'till');
    expect(transactions).toMatchObject([{ amount_micros: -600 }, { amount_micros: 500 }]);
    expect((await coffer('deposit', '--amount', '100000001', ...words)).stderr).toContain('second person');
    expect((await coffer('set', '--free-tier', '100000001')).stdout).toContain('give each new org 100.000001 USD');
    expect(await json('update-product', id, '--active', 'false')).toMatchObject({ active: false });
    expect((await coffer('checkout', id, ...urls)).stderr).toContain('no longer sold');
    expect((await coffer('product', org)).code).toBe(4);
    expect((await coffer('wallet', '--org', 'nobody')).code).toBe(4);
    const { rows } = await queryRows<{ action: string }>(
      world.db,
      `SELECT DISTINCT action FROM audit WHERE org = ? AND actor LIKE 'cli:%' ORDER BY 1`,
      [org],
    );
    expect(rows.map(({ action }) => action)).toEqual([
      'coffer pay add-product',
      'coffer pay charge',
      'coffer pay checkout',
      'coffer pay deposit',
      'coffer pay set',
      'coffer pay update-product',
      'coffer pay verify',
    ]);
  },
  TIMEOUT_MS,
);
