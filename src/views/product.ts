/** A product of an org as JSON. Amounts are whole numbers: cents, and micro-dollars. */
import type { PaymentMode } from '../core/billing/facts.ts';
import type { BillingModel } from '../core/billing/product.ts';
import type { Product } from '../db/billing/products.ts';

export interface ProductView {
  readonly product_id: string;
  readonly name: string;
  readonly billing_model: BillingModel;
  readonly price_cents: bigint;
  readonly amount_micros: bigint;
  readonly currency: string;
  readonly active: boolean;
  readonly mode: PaymentMode;
  /** Null until the provider has made them. */
  readonly stripe_product_id: string | null;
  readonly stripe_price_id: string | null;
  readonly created_at: string;
}

/** The JSON of a product. */
export function viewOfProduct(product: Product): ProductView {
  return {
    product_id: product.id,
    name: product.name,
    billing_model: product.billingModel,
    price_cents: product.priceCents,
    amount_micros: product.amountMicros,
    currency: product.currency,
    active: product.active,
    mode: product.mode,
    stripe_product_id: product.providerProduct,
    stripe_price_id: product.providerPrice,
    created_at: new Date(product.createdAtMs).toISOString(),
  };
}
