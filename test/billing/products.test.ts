/** Products of orgs at the fake Stripe: what happens when a call fails in between, and how that is repaired. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { FakeAccount } from '../../devnet/stripe/account.ts';
import type { Catalog } from '../../src/core/billing/catalog.ts';
import { findProduct, type Product } from '../../src/db/billing/products.ts';
import { openCatalog, repairProducts, type CatalogMeans } from '../../src/payments/products.ts';
import { openPaymentWorld, type PaymentWorld } from '../support/billing/payment-world.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

let world: PaymentWorld;
let means: CatalogMeans;
let catalog: Catalog;
let org: string;
let shop: FakeAccount;
beforeAll(async () => {
  world = await openPaymentWorld();
  const { db, clock, accounts } = world;
  means = { db, clock, accounts, mode: 'test' };
  catalog = openCatalog(means);
});
afterAll(async () => world.close());
beforeEach(async () => {
  org = await world.createOrg();
  shop = world.stripe.addAccount();
  await world.accounts.change(org, { secretKey: shop.createKey() });
});

const terms = {
  name: 'Ten',
  billingModel: 'one_time',
  priceCents: 999n,
  amountMicros: 10_000_000n,
  hash: 'asked',
} as const;
const create = async (key = 'k'): Promise<string> => (await catalog.create({ ...terms, org, key })).id;
const made = (): [products: number, prices: number] => {
  const books = shop.books();
  return [books.list('product').length, books.list('price').length];
};
async function onlyProduct(): Promise<Product> {
  const rows = await world.db.raw<{ rows: { id: string }[] }>('SELECT id FROM product WHERE org = ?', [org]);
  const found = await findProduct(world.db, org, rows.rows[0]?.id ?? '');
  if (!found || rows.rows.length !== 1) throw new Error('not one product');
  return found;
}
const repair = async (): Promise<string[]> => {
  const trouble: string[] = [];
  await repairProducts(means, (product) => trouble.push(product));
  return trouble;
};

test.each([
  ['POST /v1/products', 'lose_answer'],
  ['POST /v1/products', 'close_before'],
  ['POST /v1/prices', 'lose_answer'],
  ['POST /v1/prices', 'close_before'],
] as const)('%s: %s; the same request again has one product and one price', async (call, kind) => {
  world.stripe.faults.add({ call, times: 3, effect: { kind } });
  await expect(create()).rejects.toMatchObject({ code: 'PAYMENT_PROVIDER_FAILED' });
  const { id, providerProduct, providerPrice } = await onlyProduct();
  expect(providerPrice).toBeNull();
  // What is known is kept at once.
  expect(providerProduct !== null).toBe(call === 'POST /v1/prices');
  expect(await create()).toBe(id);
  expect(made()).toEqual([1, 1]);
  expect(await onlyProduct()).toMatchObject({ synced: 1, revision: 1, tries: 0, providerPrice: expect.any(String) });
});

test('what a process made before it died is not made again by the next', async () => {
  const account = await world.accounts.find(`stripe:${org}`);
  if (!account) throw new Error('the org has no account');
  const rest = { active: true, currency: 'usd', revision: 1, createdAtMs: world.clock.nowMs(), mayExist: false };
  const item = { id: org, name: 'Ten', priceMinor: 999n, ...rest };
  const product = await account.makeProduct(item);
  expect(await account.makeProduct(item)).toBe(product);
  expect(await account.makePrice(item, product)).toBe(await account.makePrice(item, product));
  expect(made()).toEqual([1, 1]);
});

test('what was made and lost is found again when the provider has forgotten the key', async () => {
  world.stripe.faults.add({ call: 'POST /v1/products', times: 3, effect: { kind: 'lose_answer' } });
  await expect(create()).rejects.toMatchObject({ code: 'PAYMENT_PROVIDER_FAILED' });
  world.stripe.clock.advance(2 * DAY);
  expect(await repair()).toEqual([]);
  expect(made()).toEqual([1, 1]);
  world.stripe.faults.add({ call: 'POST /v1/prices', times: 3, effect: { kind: 'lose_answer' } });
  await expect(catalog.create({ ...terms, org, key: 'second' })).rejects.toMatchObject({
    code: 'PAYMENT_PROVIDER_FAILED',
  });
  expect(made()).toEqual([2, 2]);
  world.stripe.clock.advance(2 * DAY);
  expect(await repair()).toEqual([]);
  expect(made()).toEqual([2, 2]);
});

test('a change that the provider did not take counts at once, and is brought to it later, with growing pauses', async () => {
  const id = await create();
  world.stripe.faults.add({
    call: `POST /v1/prices/${(await onlyProduct()).providerPrice}`,
    times: 6,
    effect: { kind: 'close_before' },
  });
  await expect(catalog.change(org, id, { active: false, name: 'Gone' })).rejects.toMatchObject({
    code: 'PAYMENT_PROVIDER_FAILED',
  });
  expect(await onlyProduct()).toMatchObject({ active: false, name: 'Gone', revision: 2, synced: 1, tries: 1 });
  expect(shop.books().list('price')).toMatchObject([{ active: true }]);
  expect(await repair()).toEqual([]);
  expect(await onlyProduct()).toMatchObject({ tries: 1 });
  world.stripe.clock.advance(MINUTE);
  expect(await repair()).toEqual([id]);
  expect(await onlyProduct()).toMatchObject({ tries: 2, synced: 1 });
  world.stripe.clock.advance(MINUTE);
  expect(await repair()).toEqual([]);
  expect(await onlyProduct()).toMatchObject({ tries: 2 });
  world.stripe.clock.advance(MINUTE);
  expect(await repair()).toEqual([]);
  expect(await onlyProduct()).toMatchObject({ tries: 0, synced: 2 });
  expect(shop.books().list('price')).toMatchObject([{ active: false }]);
  expect(shop.books().list('product')).toMatchObject([{ active: false, name: 'Gone' }]);
});

test('requests at the same time under one key make one product, and changes at the same time end in one state', async () => {
  const ids = await Promise.all([create(), create(), create()]);
  expect(new Set(ids).size).toBe(1);
  expect(made()).toEqual([1, 1]);
  const [id] = ids;
  await Promise.all([false, true, false, true].map(async (active) => catalog.change(org, id, { active })));
  const { active, revision, synced } = await onlyProduct();
  expect(synced).toBe(revision);
  expect(shop.books().list('price')).toMatchObject([{ active }]);
  expect(shop.books().list('product')).toMatchObject([{ active }]);
});

test('a process that died while it pushed holds nobody up for longer than its claim', async () => {
  const id = await create();
  await world.db.raw(
    `UPDATE product SET revision = 2, active = false, claim = id, claimed_until = ?::timestamptz WHERE id = ?`,
    [new Date(world.clock.nowMs() + 5 * MINUTE), id],
  );
  expect(await repair()).toEqual([]);
  expect(await onlyProduct()).toMatchObject({ synced: 1 });
  world.stripe.clock.advance(5 * MINUTE);
  expect(await repair()).toEqual([]);
  expect(await onlyProduct()).toMatchObject({ synced: 2 });
});

test('another request under the key of a product is refused', async () => {
  await create();
  const other = catalog.create({ ...terms, org, key: 'k', hash: 'other' });
  await expect(other).rejects.toMatchObject({ code: 'IDEMPOTENCY_CONFLICT' });
  expect(made()).toEqual([1, 1]);
});
