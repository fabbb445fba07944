/** An org replaces the key of its Stripe account by one of another account: what was made at the former one is used no more. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { FakeAccount } from '../../devnet/stripe/account.ts';
import { uuidV7 } from '../../src/core/ids.ts';
import { listLeftBehind } from '../../src/db/billing/account-identity.ts';
import { listAccounts } from '../../src/db/billing/accounts.ts';
import { findCustomer, type Customer } from '../../src/db/billing/customers.ts';
import { expireOrders } from '../../src/db/billing/chain-orders.ts';
import { findOrder } from '../../src/db/billing/orders.ts';
import { bindPayment } from '../../src/db/billing/refill-purchases.ts';
import { decideRefill } from '../../src/db/billing/refill-decisions.ts';
import { claimSync, bindProduct, findProduct, type Product } from '../../src/db/billing/products.ts';
import { refillRound, type RefillMeans } from '../../src/payments/refill.ts';
import { openStripeAccount } from '../../src/payments/stripe/account.ts';
import { getCustomer } from '../../src/payments/customers.ts';
import type { ProviderAccount } from '../../src/payments/port.ts';
import { openCatalog, repairProducts, type CatalogMeans } from '../../src/payments/products.ts';
import { viewOfAccounts } from '../../src/views/payment-account.ts';
import { queryRows } from '../support/process/query.ts';
import { insertCheckout, insertOrder, openPaymentWorld, type PaymentWorld } from '../support/billing/payment-world.ts';
import { openRefillWorld, type RefillOrg, type RefillWorld } from '../support/billing/refill-world.ts';

let world: PaymentWorld;
let means: CatalogMeans;
let org: string;
let former: FakeAccount;
let now: FakeAccount;
beforeAll(async () => {
  world = await openPaymentWorld();
  const { db, clock, accounts } = world;
  means = { db, clock, accounts, mode: 'test' };
});
afterAll(async () => world.close());
beforeEach(async () => {
  org = await world.createOrg();
  former = world.stripe.addAccount();
  now = world.stripe.addAccount();
  await world.accounts.change(org, { secretKey: former.createKey() });
});

const name = (): `stripe:${string}` => `stripe:${org}`;
async function account(): Promise<ProviderAccount> {
  const found = await world.accounts.find(name());
  if (!found) throw new Error('the org has no account');
  return found;
}
const customer = async (): Promise<Customer | undefined> =>
  findCustomer(world.db, { org, account: name(), mode: 'test' });
const terms = { billingModel: 'one_time', priceCents: 999n, amountMicros: 10_000_000n, hash: 'asked' } as const;
async function sell(title: string): Promise<string> {
  return (await openCatalog(means).create({ ...terms, name: title, org, key: title })).id;
}
async function product(id: string): Promise<Product> {
  const found = await findProduct(world.db, org, id);
  if (!found) throw new Error('no product');
  return found;
}
const customersAt = (fake: FakeAccount): string[] =>
  fake
    .books()
    .list('customer')
    .map(({ id }) => id);

test('another key of the same account changes nothing', async () => {
  const made = await getCustomer(world, await account(), org);
  const id = await sell('Ten');
  const before = await product(id);
  await world.accounts.change(org, { secretKey: former.createKey() });
  expect(await getCustomer(world, await account(), org)).toBe(made);
  expect(await product(id)).toEqual(before);
  expect((await listLeftBehind(world.db)).filter((one) => one.account === name())).toEqual([]);
});

test('customers and saved methods of the former account are marked and never used again', async () => {
  const made = await getCustomer(world, await account(), org);
  await world.db.raw(
    `INSERT INTO pack_order (id, org, price, free_gift_cards, opened_at, expires_at, channel, state)
     VALUES (:order, :org, 1, 0, now(), now(), 'card', 'credited')`,
    { order: org, org },
  );
  await world.db.raw('UPDATE payment_customer SET method = ?, method_order = ? WHERE org = ?', ['pm_old', org, org]);
  await world.accounts.change(org, { secretKey: now.createKey() });
  const at = await account();
  expect(await customer()).toBeUndefined();
  const fresh = await getCustomer(world, at, org);
  expect(customersAt(now)).toEqual([fresh]);
  expect(fresh).not.toBe(made);
  expect(await customer()).toMatchObject({ customer: fresh, method: null });
  const view = viewOfAccounts(await listAccounts(world.db), [], await listLeftBehind(world.db));
  expect(view.find(({ org: of }) => of === org)?.leftBehind).toEqual([
    { providerAccount: former.id, customers: 1, products: 0 },
  ]);
});

test('products are made again at the new account, and their former ids are kept', async () => {
  const [active, inactive] = [await sell('Ten'), await sell('Twenty')];
  await openCatalog(means).change(org, inactive, { active: false });
  const before = await product(active);
  await world.accounts.change(org, { secretKey: now.createKey() });
  await account();
  expect(await product(active)).toMatchObject({ providerProduct: null, providerPrice: null });
  await repairProducts(means, (_, error) => {
    throw error;
  });
  const after = await product(active);
  expect(now.books().get('product', after.providerProduct ?? '').metadata).toMatchObject(
    former.books().get('product', before.providerProduct ?? '').metadata,
  );
  expect(after.synced).toBe(after.revision);
  expect(now.books().list('product')).toHaveLength(1);
  expect(await product(inactive)).toMatchObject({ active: false, providerProduct: null });
  await openCatalog(means).change(org, inactive, { active: true });
  expect(now.books().list('product')).toHaveLength(2);
  const { rows } = await queryRows<object>(
    world.db,
    'SELECT provider_product, provider_account FROM product_former WHERE product = ?',
    [active],
  );
  expect(rows).toEqual([{ provider_product: before.providerProduct, provider_account: former.id }]);
});

test('whoever pushes a product while the account changes stores no id of the former one', async () => {
  const id = await sell('Ten');
  await world.db.raw('UPDATE product SET revision = revision + 1 WHERE id = ?', [id]);
  const claim = uuidV7(1);
  const at = new Date(world.clock.nowMs());
  expect(await claimSync(world.db, { id, claim, now: at, leaseMs: 60_000 })).toBeDefined();
  await world.accounts.change(org, { secretKey: now.createKey() });
  await account();
  await expect(bindProduct(world.db, { id, claim, product: 'prod_old', price: null })).rejects.toThrow('claim');
  expect(await product(id)).toMatchObject({ providerProduct: null });
});

test('auto-refill at the account stops with its event', async () => {
  await account();
  const consent = uuidV7(1);
  await world.db.raw(
    `INSERT INTO auto_refill_consent (id, org, account, at, actor, threshold, target, max_day, max_month, max_day_count)
     VALUES (:consent, :org, :name, now(), 'ada', 1, 2, 3, 4, 5)`,
    { consent, org, name: name() },
  );
  await world.db.raw(
    `INSERT INTO auto_refill (org, account, wallet, enabled, consent, threshold, target, max_day, max_month, max_day_count, updated_at)
     VALUES (:org, :name, :org, true, :consent, 1, 2, 3, 4, 5, now())`,
    { consent, org, name: name() },
  );
  await world.accounts.change(org, { secretKey: now.createKey() });
  await account();
  const { rows } = await queryRows<object>(world.db, 'SELECT enabled, stopped_reason FROM auto_refill WHERE org = ?', [
    org,
  ]);
  expect(rows).toEqual([{ enabled: false, stopped_reason: 'other_account' }]);
});

test('a key that may not say whose it is shows what it lacks, and the account counts as the same until it does', async () => {
  const made = await getCustomer(world, await account(), org);
  await world.accounts.change(org, { secretKey: now.createKey('test', ['event_read']) });
  await account();
  expect(await customer()).toMatchObject({ customer: made });
  const stored = (await listAccounts(world.db)).find(({ org: of }) => of === org);
  expect(Object.values(stored?.lacks ?? {})).toEqual(['accounts_kyc_basic_read']);
  await world.accounts.change(org, { secretKey: now.createKey('test', ['accounts_kyc_basic_read']) });
  await account();
  expect(await customer()).toBeUndefined();
});

test('an order whose checkout nobody heard of any more is over after two days, and keeps the key of its request', async () => {
  const order = await insertOrder(world.db, org);
  await insertCheckout(world.db, { order, account: name(), session: `cs_of_${org}` });
  await world.db.raw("UPDATE pack_order SET request_key = 'k', request_hash = 'h' WHERE id = ?", [order]);
  const inHours = (hours: number): Date => new Date(Date.now() + hours * 3_600_000);
  await expireOrders(world.db, inHours(47));
  expect(await findOrder(world.db, order)).toMatchObject({ state: 'awaiting_payment' });
  await expireOrders(world.db, inHours(49));
  expect(await findOrder(world.db, order)).toMatchObject({ state: 'expired' });
  const { rows } = await queryRows<object>(world.db, 'SELECT request_key FROM pack_order WHERE id = ?', [order]);
  expect(rows).toEqual([{ request_key: 'k' }]);
});

describe('a purchase of auto-refill at the former account', () => {
  const MINUTES_MS = 60_000;
  let refills: RefillWorld;
  let elsewhere: RefillMeans;
  beforeAll(async () => {
    refills = await openRefillWorld();
    const { stripe, clock, means: here } = refills;
    const secretKey = stripe.addAccount().createKey();
    const another = openStripeAccount({ name: 'stripe', secretKey, clock, apiUrl: stripe.url });
    const accounts = { find: async () => Promise.resolve(another), note: async () => Promise.resolve() };
    elsewhere = { ...here, accounts };
  });
  afterAll(async () => refills.stop());
  const statesIn = async (of: RefillOrg): Promise<unknown> =>
    (await queryRows(refills.db, 'SELECT state FROM auto_refill_purchase WHERE org = ?', [of.org])).rows;

  test('that was never confirmed ends once its decision is old', async () => {
    const of = await refills.open({ usd: 1n });
    const at = new Date(refills.clock.nowMs());
    await decideRefill(refills.db, { org: of.org, account: 'stripe', mode: 'test' }, { ...refills.means, at });
    const [order] = await refills.orders(of.org);
    if (!order) throw new Error('nothing was decided');
    const asked = { order: order.id, customer: of.customer, currency: 'usd', amountMinor: 2_500n };
    const [method] = refills.shop
      .books()
      .list('payment_method')
      .filter((one) => one.customer === of.customer);
    const payment = await refills.platform.createPayment({ ...asked, method: method?.id ?? '' });
    await bindPayment(refills.db, { order: order.id, payment, at });
    await refills.set(of.org, { enabled: false });
    await refillRound(elsewhere);
    expect(await statesIn(of)).toEqual([{ state: 'bound' }]);
    refills.stripe.clock.advance(11 * MINUTES_MS);
    await refillRound(elsewhere);
    expect(await statesIn(of)).toEqual([{ state: 'released' }]);
    expect(refills.charged(of)).toEqual([]);
  });

  test('that may have been charged is parked, counts, and is credited if the former key says that it was', async () => {
    const of = await refills.open({ usd: 1n });
    refills.stripe.weather.hold = true;
    refills.stripe.faults.add({ call: 'GET /v1/payment_intents/', times: 3, effect: { kind: 'rate_limit' } });
    await refillRound(refills.means);
    refills.stripe.faults.clear();
    await refillRound(elsewhere);
    expect(await statesIn(of)).toEqual([{ state: 'confirming' }]);
    refills.stripe.clock.advance(11 * MINUTES_MS);
    await refillRound(elsewhere);
    expect(await statesIn(of)).toEqual([{ state: 'parked' }]);
    expect(await refills.setting(of.org)).toMatchObject({ enabled: false, stopped: { reason: 'other_account' } });
    expect(await refills.orders(of.org)).toMatchObject([{ state: 'parked', reason: 'other_account' }]);
    await refills.stripe.deliveries.release();
    refills.stripe.weather.hold = false;
    await refills.work();
    expect(await refills.orders(of.org)).toMatchObject([{ state: 'credited' }]);
    expect([refills.charged(of), await refills.available(of)]).toEqual([[2_500], 26_000_000n]);
  });
});
