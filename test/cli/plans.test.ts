/** `coffer plans` and `coffer subscriptions`, as a person types them. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createKeyLine } from '../../src/core/access/vault.ts';
import { openUserWallet } from '../../src/db/access/users.ts';
import { startNode, type Finished } from '../support/process/processes.ts';
import { openSubscriptionWorld, type SubscriptionWorld } from '../support/subscriptions/world.ts';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

let world: SubscriptionWorld;
let folder: string;
beforeAll(async () => {
  world = await openSubscriptionWorld();
  folder = mkdtempSync(join(tmpdir(), 'coffer-plans-'));
  writeFileSync(join(folder, 'key'), world.shop.createKey());
  writeFileSync(join(folder, 'secret'), 'whsec_of_the_platform');
  writeFileSync(join(folder, 'vault'), createKeyLine());
  const stripe = { secretKeyFile: 'key', webhookSecretFiles: ['secret'], apiUrl: world.stripe.url };
  writeFileSync(join(folder, 'coffer.json'), JSON.stringify({ payments: { mode: 'test', stripe } }));
});
afterAll(async () => {
  await world.close();
  rmSync(folder, { recursive: true });
});

const coffer = async (...args: readonly string[]): Promise<Finished> =>
  startNode(['src/cli/main.ts', ...args], {
    DATABASE_URL: world.database.appUrl,
    DATABASE_OWNER_URL: world.database.ownerUrl,
    COFFER_SECRETS_KEY_FILE: join(folder, 'vault'),
    COFFER_CONFIG: join(folder, 'coffer.json'),
  }).finished;
const jsonOf = ({ code, stdout, stderr }: Finished): unknown => (code === 0 ? JSON.parse(stdout) : stderr);

test('plans are added, changed from now on, and listed', async () => {
  const added = jsonOf(
    await coffer(
      'plans',
      'add',
      'Pro',
      '--credits',
      '25000',
      '--monthly',
      '20',
      '--feature',
      'a',
      '--feature',
      'b',
      '--json',
    ),
  ) as { id: string };
  expect(added).toMatchObject({
    name: 'Pro',
    version: 1,
    price_monthly: 20,
    credits_included: 25_000,
    features: ['a', 'b'],
  });
  const changed = await coffer('plans', 'change', added.id, '--monthly', '22.50', '--no-sale', '--json');
  expect(jsonOf(changed)).toMatchObject({ id: added.id, version: 2, price_monthly: 22.5, active: false, name: 'Pro' });
  expect(jsonOf(await coffer('plans', 'list', '--json'))).toMatchObject({ plans: [{ id: added.id, version: 2 }] });
  expect((await coffer('plans', 'list')).stdout).toMatch(/Pro\n[^]+USD a month +22\.50\n/);
}, 60_000);

test('a plan whose price at the provider is another one is refused as it is added', async () => {
  const price = (await world.makePlan({ monthly: 10 })).stripeMonthly ?? '';
  const add = ['plans', 'add', 'Wrong', '--credits', '5', '--stripe-monthly', price, '--monthly'];
  const refused = await coffer(...add, '11');
  expect([refused.code, refused.stdout]).toEqual([2, '']);
  expect(refused.stderr).toMatch(/stripe_price_id_monthly is not what the plan costs: .* costs 1000 cents, not 1100/);
  expect((await coffer('plans', 'list')).stdout).not.toContain('Wrong');
}, 60_000);

test.each([
  [['add', 'Pro', '--credits', '5'], 2, /price_monthly: a plan needs a price/],
  [['add', 'Pro', '--credits', '5', '--monthly', '0.001'], 2, /whole cents/],
  [['add', 'Pro', '--credits', '5', '--monthly', '1', '--kind', 'one_time', '--expire', 'period_end'], 2, /no period/],
  [['change', crypto.randomUUID(), '--sale'], 4, /there is no plan/],
] as const)('plans %j is refused', async (args, code, words) => {
  const refused = await coffer('plans', ...args);
  expect([refused.code, refused.stdout]).toEqual([code, '']);
  expect(refused.stderr).toMatch(words);
});

test('subscriptions are shown, changed and ended at the provider', async () => {
  const [small, large] = [await world.makePlan({ monthly: 10 }), await world.makePlan({ monthly: 30 })];
  const { wallet } = await openUserWallet(world.db, { id: 'alice', at: new Date() });
  await world.subscribe(wallet, small);
  const place = { plan_id: small.plan, interval: 'month' };
  expect(jsonOf(await coffer('subscriptions', 'show', 'alice', '--json'))).toMatchObject({
    user_id: 'alice',
    channel: 'stripe',
    state: 'active',
    ...place,
    next: place,
  });
  expect(jsonOf(await coffer('subscriptions', 'change', 'alice', large.plan, '--json'))).toMatchObject({
    plan_id: large.plan,
  });
  expect((await world.wallet(wallet)).available).toBe(4_000);
  const cancelled = jsonOf(await coffer('subscriptions', 'cancel', 'alice', '--json'));
  expect(cancelled).toMatchObject({ state: 'cancelled_at_period_end', next: null });
  const refused = await coffer('subscriptions', 'change', 'alice', small.plan);
  expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining('cannot be changed')]);
  expect((await coffer('subscriptions', 'resume', 'alice')).stdout).toMatch(/user +alice\n[^]+state +active\n/);
  const listed = jsonOf(await coffer('subscriptions', 'list', '--user', 'alice', '--state', 'active', '--json'));
  expect(listed).toMatchObject({ subscriptions: [{ user_id: 'alice' }] });
  const bob = await openUserWallet(world.db, { id: 'bob', at: new Date() });
  const { session } = await world.open(bob.wallet, small);
  expect(jsonOf(await coffer('subscriptions', 'cancel', 'bob', '--json'))).toBeNull();
  expect(world.books.get('checkout.session', session).status).toBe('expired');
  const none = await coffer('subscriptions', 'show', 'nobody');
  expect([none.code, none.stderr]).toEqual([4, 'coffer: no user nobody has a wallet\n']);
}, 120_000);
