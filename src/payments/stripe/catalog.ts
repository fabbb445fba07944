/** Products and their prices in a Stripe account. Both carry our id in their metadata, so that each is found again. */
import type { Stripe } from 'stripe';
import type { CatalogItem } from '../port.ts';
import { callStripe } from './faults.ts';
import { minor } from './amount.ts';

/** The name of our id of a product in Stripe's metadata. */
export const PRODUCT_KEY = 'coffer_product';
const PAGE = 100;
/** Most pages of products or prices that are looked through. They begin at the product's creation. */
const PAGES_MAX = 20;
/** Clocks differ: what was made for a product may seem this much older than the product. */
const CLOCKS_SECONDS = 3_600;

/** Makes a product, or finds the one that carries our id. @throws ProviderFailed */
export async function makeProduct(stripe: Stripe, item: CatalogItem): Promise<string> {
  const known = item.mayExist ? await findProduct(stripe, item) : undefined;
  if (known !== undefined) return known;
  const call = { name: 'create a product', reads: false, permission: 'product_write' };
  const made = await callStripe(call, async () =>
    stripe.products.create(
      { name: item.name, active: item.active, metadata: { [PRODUCT_KEY]: item.id } },
      { idempotencyKey: `coffer-product-${item.id}-${item.revision}` },
    ),
  );
  return made.id;
}

/** Makes the price of a product, or finds the one that carries our id. @throws ProviderFailed */
export async function makePrice(stripe: Stripe, item: CatalogItem, product: string): Promise<string> {
  const known = item.mayExist ? await findPrice(stripe, item, product) : undefined;
  if (known !== undefined) return known;
  const call = { name: 'create a price', reads: false, permission: 'plan_write' };
  const made = await callStripe(call, async () =>
    stripe.prices.create(
      {
        product,
        currency: item.currency,
        unit_amount: minor(item.priceMinor),
        active: item.active,
        metadata: { [PRODUCT_KEY]: item.id },
      },
      { idempotencyKey: `coffer-price-${item.id}-${item.revision}` },
    ),
  );
  return made.id;
}

/** Gives a product and its price the name and the state of the item. @throws ProviderFailed */
export async function showItem(
  stripe: Stripe,
  { name, active }: CatalogItem,
  { product, price }: { readonly product: string; readonly price: string },
): Promise<void> {
  // No key of ours: what is so now is sent again after another state was, and must then have its effect.
  await callStripe({ name: 'change a product', reads: false, permission: 'product_write' }, async () =>
    stripe.products.update(product, { name, active }),
  );
  await callStripe({ name: 'change a price', reads: false, permission: 'plan_write' }, async () =>
    stripe.prices.update(price, { active }),
  );
}

async function findProduct(stripe: Stripe, item: CatalogItem): Promise<string | undefined> {
  const created = { gte: Math.floor(item.createdAtMs / 1_000) - CLOCKS_SECONDS };
  const call = { name: 'list products', reads: true, permission: 'product_read' };
  return findByOurId(item, async (after) =>
    callStripe(call, async () => stripe.products.list({ created, limit: PAGE, ...after })),
  );
}

async function findPrice(stripe: Stripe, item: CatalogItem, product: string): Promise<string | undefined> {
  const call = { name: 'list prices', reads: true, permission: 'plan_read' };
  return findByOurId(item, async (after) =>
    callStripe(call, async () => stripe.prices.list({ product, limit: PAGE, ...after })),
  );
}

interface Listed {
  readonly data: readonly { readonly id: string; readonly metadata: Stripe.Metadata }[];
  readonly has_more: boolean;
}

/** Looks through a list: Stripe's search would lag behind what was just made. */
async function findByOurId(
  { id }: CatalogItem,
  list: (after: { readonly starting_after?: string }) => Promise<Listed>,
): Promise<string | undefined> {
  let after: { readonly starting_after?: string } = {};
  for (let page = 0; page < PAGES_MAX; page += 1) {
    const { data, has_more: hasMore } = await list(after);
    const found = data.find(({ metadata }) => metadata[PRODUCT_KEY] === id);
    const last = data.at(-1);
    if (found !== undefined || !hasMore || last === undefined) return found?.id;
    after = { starting_after: last.id };
  }
  return undefined;
}
