/**
 * Keeps the products of orgs in step with the provider. Our row is what counts: it is stored first, then the provider gets
 * its product and its price, whose ids are stored as soon as each is made. What failed in between goes on with the next
 * call for the product, or with the next round; one process at a time pushes a product.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Catalog, NewProduct, ProductChange } from '../core/billing/catalog.ts';
import { accountName } from '../core/billing/facts.ts';
import type { Clock } from '../core/clock.ts';
import { Refusal } from '../core/errors.ts';
import { uuidV7 } from '../core/ids.ts';
import {
  bindProduct,
  changeProduct,
  claimSync,
  closeSync,
  findProduct,
  listUnsynced,
  storeProduct,
  type Product,
} from '../db/billing/products.ts';
import type { Database } from '../db/database.ts';
import { failpoint } from '../db/failpoint.ts';
import { callAccount, getAccount, type AccountMeans } from './account-calls.ts';
import { ProviderFailed, type CatalogItem, type ProviderAccount } from './port.ts';

const CURRENCY = 'usd';
/** Longer than pushing a product takes: some calls, each with its tries. */
const LEASE_MS = 300_000;
/** How long a call waits for another that pushes the same product. */
const WAIT_MS = 15_000;
const LOOK_MS = 200;
/** Most products that one round pushes. */
const ROUND_MAX = 20;
const FIRST_PAUSE_MS = 60_000;
const PAUSE_MS_MAX = 24 * 3_600_000;

export interface CatalogMeans extends AccountMeans {
  /** Sees every org. */
  readonly db: Database;
  readonly clock: Clock;
}

/** Opens the catalog of all orgs. */
export function openCatalog(means: CatalogMeans): Catalog {
  return {
    create: async (request) => create(means, request),
    change: async (org, id, change) => changeOne(means, org, { id, ...change }),
    getPrice: async (org, id) => {
      const product = await getProduct(means, org, id);
      await accountOf(means, product);
      return (await pushed(means, product)).price;
    },
  };
}

async function create(
  means: CatalogMeans,
  { billingModel, ...request }: NewProduct,
): Promise<{ readonly id: string; readonly replayed: boolean }> {
  const { db, clock } = means;
  const account = await getAccount(means, accountName('stripe', request.org));
  const nowMs = clock.nowMs();
  const { product, isNew } = await storeProduct(db, {
    ...request,
    billingModel,
    id: uuidV7(nowMs),
    account: account.name,
    mode: account.mode,
    currency: CURRENCY,
    at: new Date(nowMs),
  });
  failpoint('product.stored');
  await pushed(means, product);
  return { id: product.id, replayed: !isNew };
}

async function changeOne(
  means: CatalogMeans,
  org: string,
  { id, ...change }: ProductChange & { readonly id: string },
): Promise<void> {
  await accountOf(means, await getProduct(means, org, id));
  const changed = await changeProduct(means.db, { ...change, org, id, at: new Date(means.clock.nowMs()) });
  if (changed) await pushed(means, changed);
}

async function getProduct({ db }: CatalogMeans, org: string, id: string): Promise<Product> {
  const product = await findProduct(db, org, id);
  if (product) return product;
  throw new Refusal('NOT_FOUND', 'there is no such product');
}

/** The account of a product, with a key of the deployment's mode and of the product's. @throws PAYMENTS_NOT_CONFIGURED */
async function accountOf(means: AccountMeans, { account, mode }: Product): Promise<ProviderAccount> {
  await getAccount(means, account);
  return getAccount({ ...means, mode }, account);
}

/** Sees to it that the provider has a product as it is, and gives the ids there. */
async function pushed(means: CatalogMeans, { org, id }: Product): Promise<{ product: string; price: string }> {
  const { clock } = means;
  const untilMs = clock.nowMs() + WAIT_MS;
  while (clock.nowMs() < untilMs) {
    const now = await getProduct(means, org, id);
    const { providerProduct: product, providerPrice: price } = now;
    if (now.synced >= now.revision && product !== null && price !== null) return { product, price };
    if (!(await push(means, now))) await sleep(LOOK_MS);
  }
  const fault = { outcome: 'unknown', code: null, requestId: null, lacks: null } as const;
  throw new ProviderFailed('another call is bringing the product to the provider; try again', fault, { productId: id });
}

/** Pushes a product as it is. @returns false when somebody else is pushing it */
async function push(means: CatalogMeans, { id }: Product): Promise<boolean> {
  const { db, clock } = means;
  const claim = uuidV7(clock.nowMs());
  const product = await claimSync(db, { id, claim, now: new Date(clock.nowMs()), leaseMs: LEASE_MS });
  if (!product) return false;
  let revision: number | null = null;
  try {
    const account = await accountOf(means, product);
    await callAccount(means, { account, what: 'product' }, async () => pushTo(means, account, { ...product, claim }));
    revision = product.revision;
  } finally {
    const pauseMs = Math.min(FIRST_PAUSE_MS * 2 ** Math.min(product.tries, 20), PAUSE_MS_MAX);
    await closeSync(db, { id, claim, revision, nextAt: new Date(clock.nowMs() + pauseMs) });
  }
  return true;
}

async function pushTo(
  { db }: CatalogMeans,
  account: ProviderAccount,
  product: Product & { readonly claim: string },
): Promise<void> {
  const { id, claim, providerProduct, providerPrice, revision, tries } = product;
  const item: CatalogItem = { ...product, priceMinor: product.priceCents, mayExist: tries > 0 || revision > 1 };
  const made = providerProduct ?? (await account.makeProduct(item));
  if (providerProduct === null) await bindProduct(db, { id, claim, product: made, price: null });
  failpoint('product.product-made');
  const price = providerPrice ?? (await account.makePrice(item, made));
  if (providerPrice === null) await bindProduct(db, { id, claim, product: made, price });
  failpoint('product.price-made');
  // What was just made is as it should be, unless it was found from before.
  if (providerPrice !== null || item.mayExist) await account.showItem(item, { product: made, price });
}

/**
 * Pushes products that the provider does not have as they are, up to a bound. One that fails delays no other, and is
 * tried again with growing pauses.
 */
export async function repairProducts(
  means: CatalogMeans,
  onTrouble: (product: string, error: unknown) => void,
  stopped: () => boolean = () => false,
): Promise<void> {
  const { db, clock } = means;
  for (const { id, org } of await listUnsynced(db, { now: new Date(clock.nowMs()), limit: ROUND_MAX })) {
    if (stopped()) return;
    try {
      await push(means, await getProduct(means, org, id));
    } catch (error) {
      onTrouble(id, error);
    }
  }
}
