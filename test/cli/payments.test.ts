/** `coffer payments` and the resealing of accounts' secrets, as a person at the command line sees them. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openVault } from '../../src/core/access/vault.ts';
import { systemClock } from '../../src/core/clock.ts';
import { PaymentAccounts } from '../../src/payments/accounts.ts';
import { openPaymentWorld, type PaymentWorld } from '../support/billing/payment-world.ts';
import { startNode, type Finished } from '../support/process/processes.ts';

const TIMEOUT_MS = 120_000;

let world: PaymentWorld;
let folder: string;
let keys: string;
beforeAll(async () => {
  world = await openPaymentWorld();
  folder = mkdtempSync(join(tmpdir(), 'coffer-payments-cli-'));
  keys = join(folder, 'keys');
  writeFileSync(join(folder, 'key'), world.shop.createKey());
  writeFileSync(join(folder, 'creem-key'), 'creem_test_0123456789');
  const stripe = { secretKeyFile: join(folder, 'key') };
  const creem = { secretKeyFile: join(folder, 'creem-key') };
  writeFileSync(join(folder, 'config.json'), JSON.stringify({ payments: { mode: 'test', stripe, creem } }));
});
afterAll(async () => {
  await world.close();
  rmSync(folder, { recursive: true, force: true });
});

async function coffer(...args: readonly string[]): Promise<Finished> {
  const { appUrl, ownerUrl } = world.database;
  const config = join(folder, 'config.json');
  const env = {
    DATABASE_URL: appUrl,
    DATABASE_OWNER_URL: ownerUrl,
    COFFER_SECRETS_KEY_FILE: keys,
    COFFER_CONFIG: config,
  };
  return startNode(['src/cli/main.ts', ...args], env).finished;
}

async function json(...args: readonly string[]): Promise<unknown> {
  const { code, stdout, stderr } = await coffer(...args, '--json');
  expect([code, stderr]).toEqual([0, '']);
  return JSON.parse(stdout);
}

test(
  'what is parked is listed with its reason, explained by session, payment and order, and replayed',
  async () => {
    const { order, session } = await world.checkout();
    world.answer = async (fact) => Promise.resolve({ outcome: 'parked', reason: 'wrong_amount', order: fact.order });
    world.stripe.pay(session);
    await world.work();
    const { inbox } = (await json('payments', 'inbox', '--state', 'parked')) as { inbox: { id: string }[] };
    expect(inbox).toMatchObject([
      { account: 'stripe', mode: 'test', state: 'parked', reason: 'wrong_amount', orderId: order },
      { account: 'stripe', mode: 'test', state: 'parked', reason: 'wrong_amount', orderId: order },
    ]);
    for (const id of [session, order]) {
      expect(await json('payments', 'explain', id)).toMatchObject({
        inbox: [{ orderId: order }, { orderId: order }],
        events: [{ source: 'webhook' }, { source: 'webhook' }],
      });
    }
    expect((await coffer('payments', 'explain', 'cs_test_none')).code).toBe(4);
    const [first] = inbox;
    expect(await json('payments', 'replay', first?.id ?? '')).toMatchObject({ state: 'pending', reason: null });
    expect((await coffer('payments', 'replay', order)).code).toBe(4);
    expect((await coffer('payments', 'inbox', '--state', 'lost')).code).toBe(2);
  },
  TIMEOUT_MS,
);

test(
  "accounts are listed without their secrets, and an org's are sealed anew with a new key",
  async () => {
    expect((await coffer('secrets', 'new-key', '--out', keys)).code).toBe(0);
    const vault = openVault(() => readFileSync(keys, 'utf8'));
    const log = { warn: () => undefined, info: () => undefined };
    const accounts = new PaymentAccounts({ db: world.db, vault, clock: systemClock, log, platform: {} });
    const org = await world.createOrg();
    const secretKey = world.stripe.addAccount().createKey();
    await accounts.store(org, { secretKey, webhookSecrets: ['whsec_a', 'whsec_b'] });
    const { stdout } = await coffer('payments', 'accounts', '--json');
    expect(JSON.parse(stdout)).toMatchObject({
      accounts: [
        { account: 'stripe', org: null, mode: 'test' },
        { account: 'creem', org: null, mode: 'test', keyLast4: '6789', webhookSecrets: 0 },
        { account: `stripe:${org}`, org, mode: 'test', keyLast4: secretKey.slice(-4), webhookSecrets: 2, lacks: [] },
      ],
    });
    expect(stdout).not.toMatch(/whsec_|sk_test_|creem_test_/);
    const before = readFileSync(keys, 'utf8').slice(0, 8);
    expect(await json('secrets', 'rotate')).toMatchObject({ sealed: 1 });
    expect(await json('secrets', 'status')).toEqual({
      keys: [{ key: readFileSync(keys, 'utf8').slice(0, 8), secrets: 3 }],
    });
    expect(readFileSync(keys, 'utf8').slice(0, 8)).not.toBe(before);
    expect(await accounts.webhookSecretsOf(`stripe:${org}`)).toEqual(['whsec_a', 'whsec_b']);
    expect((await accounts.find(`stripe:${org}`))?.mode).toBe('test');
  },
  TIMEOUT_MS,
);
