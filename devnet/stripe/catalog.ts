/** Customers, products and prices. */
import type Stripe from 'stripe';
import type { z } from 'zod';
import type { Books, Cause, WirePrice } from './books.ts';
import type { customerCreate, priceCreate, priceUpdate, productCreate, productUpdate } from './parameters.ts';

export function createCustomer(books: Books, given: z.output<typeof customerCreate>, cause: Cause): Stripe.Customer {
  const clockId = given.test_clock ?? books.settings.testClock;
  const clock = clockId === undefined ? null : books.get('test_helpers.test_clock', clockId, 'test_clock');
  const customer = books.add<Stripe.Customer>({
    id: books.newId('cus'),
    object: 'customer',
    address: null,
    balance: 0,
    created: clock?.frozen_time ?? books.now(),
    currency: null,
    default_source: null,
    delinquent: false,
    description: given.description ?? null,
    discount: null,
    email: given.email ?? null,
    invoice_prefix: 'COFFER1',
    invoice_settings: { custom_fields: null, default_payment_method: null, footer: null, rendering_options: null },
    livemode: books.livemode,
    metadata: given.metadata ?? {},
    name: given.name ?? null,
    next_invoice_sequence: 1,
    phone: null,
    preferred_locales: [],
    shipping: null,
    tax_exempt: 'none',
    test_clock: clock?.id ?? null,
  });
  books.emit('customer.created', customer, cause);
  return customer;
}

export function createProduct(books: Books, given: z.output<typeof productCreate>, cause: Cause): Stripe.Product {
  const product = books.add<Stripe.Product>({
    id: books.newId('prod'),
    object: 'product',
    active: given.active ?? true,
    created: books.now(),
    default_price: null,
    description: given.description ?? null,
    images: [],
    livemode: books.livemode,
    marketing_features: [],
    metadata: given.metadata ?? {},
    name: given.name,
    package_dimensions: null,
    shippable: null,
    tax_details: null,
    statement_descriptor: null,
    tax_code: null,
    unit_label: null,
    type: 'service',
    updated: books.now(),
    url: null,
  });
  books.emit('product.created', product, cause);
  return product;
}

export function updateProduct(
  books: Books,
  product: Stripe.Product,
  given: z.output<typeof productUpdate>,
  cause: Cause,
): Stripe.Product {
  product.name = given.name ?? product.name;
  product.active = given.active ?? product.active;
  product.description = given.description ?? product.description;
  product.metadata = { ...product.metadata, ...given.metadata };
  product.updated = books.now();
  books.emit('product.updated', product, cause);
  return product;
}

export function createPrice(books: Books, given: z.output<typeof priceCreate>, cause: Cause): WirePrice {
  books.get('product', given.product, 'product');
  const price = books.add<WirePrice>({
    id: books.newId('price'),
    object: 'price',
    active: given.active ?? true,
    billing_scheme: 'per_unit',
    created: books.now(),
    currency: given.currency,
    custom_unit_amount: null,
    livemode: books.livemode,
    lookup_key: given.lookup_key ?? null,
    metadata: given.metadata ?? {},
    nickname: given.nickname ?? null,
    product: given.product,
    recurring: given.recurring
      ? { ...given.recurring, meter: null, trial_period_days: null, usage_type: 'licensed' }
      : null,
    tax_behavior: given.tax_behavior ?? 'unspecified',
    tiers_mode: null,
    transform_quantity: null,
    type: given.recurring ? 'recurring' : 'one_time',
    unit_amount: given.unit_amount,
    unit_amount_decimal: String(given.unit_amount),
  });
  books.emit('price.created', price, cause);
  return price;
}

/** Changes a price; its amount never changes. */
export function updatePrice(
  books: Books,
  price: WirePrice,
  given: z.output<typeof priceUpdate>,
  cause: Cause,
): WirePrice {
  price.active = given.active ?? price.active;
  price.nickname = given.nickname ?? price.nickname;
  price.metadata = { ...price.metadata, ...given.metadata };
  books.emit('price.updated', price, cause);
  return price;
}
