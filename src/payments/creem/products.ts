/** Products at Creem, which are all that it sells: each is read before anybody pays for it. */
import type { Interval } from '../../core/billing/order.ts';
import { callCreem, failed, readAnswer, type CreemCall, type CreemConnection } from './client.ts';
import type { SoldItem } from '../port.ts';
import { productShape, type CreemProduct } from './shapes.ts';

/** Creem's names of what a plan may be sold for. */
const PERIODS: Readonly<Record<Interval, string>> = { month: 'every-month', year: 'every-year' };

/**
 * Reads a product, and compares it with what is to be sold.
 * @throws ProviderFailed when it cannot be sold for that price and interval, with the tax on top
 */
export async function checkProduct(creem: CreemConnection, call: CreemCall, terms: SoldItem): Promise<void> {
  const { priceMinor, currency, interval } = terms;
  const product = await getProduct(creem, terms.item);
  const refuse = (why: string): never => {
    throw failed(call, 'refused', `the product ${product.id} ${why}`, { code: 'product_mismatch' });
  };
  if (product.status === 'archived') refuse('is archived');
  const isRecurring = product.billing_type === 'recurring';
  if (isRecurring !== (interval !== undefined)) refuse(isRecurring ? 'is a subscription' : 'is no subscription');
  if (interval !== undefined && product.billing_period !== PERIODS[interval]) {
    refuse(`is billed ${product.billing_period ?? 'at an unknown interval'}, not ${PERIODS[interval]}`);
  }
  if (product.currency !== currency) refuse(`is sold in ${product.currency}, not in ${currency}`);
  if (product.price !== priceMinor) refuse(`costs ${product.price} cents, not ${priceMinor}`);
  // Tax that is inside the price would become credit.
  if (product.tax_mode === 'inclusive') refuse('has its tax inside the price; its tax_mode must be exclusive');
}

async function getProduct(creem: CreemConnection, id: string): Promise<CreemProduct> {
  const call = { name: 'read a product', reads: true };
  return readAnswer(call, productShape, await callCreem(creem, call, async (sdk) => sdk.products.get(id)));
}
