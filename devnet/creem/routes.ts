/** The calls that the fake Creem answers. */
import { CreemRefusal, type Books } from './books.ts';
import { addProduct, refund } from './life.ts';
import type { Shown, Stored, Subscription } from './objects.ts';
import { cancel, pause, resume, switchProduct } from './subscriptions.ts';

const PAGE_SIZE_MAX = 100;
const PAGE_SIZE = 10;

export interface CallInput {
  readonly books: Books;
  /** The id in the path. */
  readonly id: string;
  readonly query: URLSearchParams;
  readonly body: Shown;
  readonly pageUrl: (checkout: string) => string;
  /** Whether lists begin with the oldest. */
  readonly oldestFirst: boolean;
}

export interface SimulatedCall {
  readonly method: 'GET' | 'POST';
  readonly path: RegExp;
  readonly run: (input: CallInput) => Shown;
}

const byQuery = (kind: keyof Stored, path: RegExp, name: string): SimulatedCall => ({
  method: 'GET',
  path,
  run: ({ books, query }) => books.show(kind, required(query.get(name), name)),
});

function required(value: unknown, name: string): string {
  if (typeof value === 'string' && value !== '') return value;
  throw new CreemRefusal(400, `${name} must be a string`);
}

/** Checkouts know neither a URL to go back to nor idempotency: each call makes another one. */
const CHECKOUT_FIELDS = new Set([
  'product_id',
  'request_id',
  'units',
  'custom_price',
  'discount_code',
  'customer',
  'custom_fields',
  'success_url',
  'metadata',
]);

function createCheckout({ books, body, pageUrl }: CallInput): Shown {
  const unknown = Object.keys(body).find((name) => !CHECKOUT_FIELDS.has(name));
  if (unknown !== undefined) throw new CreemRefusal(400, `property ${unknown} should not exist`);
  const product = books.get('product', required(body['product_id'], 'product_id'));
  if (product.status !== 'active') throw new CreemRefusal(400, 'the product is archived');
  const id = books.newId('checkout');
  const { request_id: requestId, success_url: successUrl, units, metadata } = body;
  const made = books.add('checkout', {
    id,
    mode: books.mode,
    object: 'checkout',
    status: 'pending',
    ...(typeof requestId === 'string' && { request_id: requestId }),
    product: product.id,
    units: typeof units === 'number' ? units : 1,
    checkout_url: pageUrl(id),
    success_url: typeof successUrl === 'string' ? successUrl : null,
    metadata: typeof metadata === 'object' && metadata !== null ? { ...metadata } : {},
  });
  // The answer names the product by its id; later answers show it whole.
  return books.renamed({ ...made });
}

function pageOf({ books, query, oldestFirst }: CallInput, kind: 'transaction' | 'subscription'): Shown {
  const size = Math.min(countOf(query.get('page_size'), PAGE_SIZE), PAGE_SIZE_MAX);
  const page = countOf(query.get('page_number'), 1);
  const order = query.get('order_id');
  const customer = query.get('customer_id');
  const all = books
    .list(kind)
    .filter((one) => order === null || ('order' in one && one.order === order))
    .filter((one) => customer === null || one.customer === customer);
  const sorted = oldestFirst ? all : all.toReversed();
  const pages = Math.max(1, Math.ceil(sorted.length / size));
  return {
    items: sorted.slice((page - 1) * size, page * size).map(({ id }) => books.show(kind, id)),
    pagination: {
      total_records: sorted.length,
      total_pages: pages,
      current_page: page,
      next_page: page < pages ? page + 1 : null,
      prev_page: page > 1 ? page - 1 : null,
    },
  };
}

function countOf(text: string | null, otherwise: number): number {
  return text !== null && /^[1-9][0-9]{0,5}$/.test(text) ? Math.trunc(+text) : otherwise;
}

function createProduct({ books, body }: CallInput): Shown {
  const { price, currency } = body;
  if (typeof price !== 'number') throw new CreemRefusal(400, 'price must be an integer number');
  const isRecurring = body['billing_type'] === 'recurring';
  const recurring = isRecurring ? (body['billing_period'] === 'every-year' ? 'year' : 'month') : undefined;
  const made = addProduct(books, {
    price,
    currency: currency === 'EUR' ? 'EUR' : 'USD',
    ...(recurring !== undefined && { recurring }),
  });
  return books.show('product', made.id);
}

function onSubscription(name: string, act: (input: CallInput, subscription: Subscription) => void): SimulatedCall {
  return {
    method: 'POST',
    path: new RegExp(`^/v1/subscriptions/([^/]+)/${name}$`),
    run: (input) => {
      act(input, input.books.get('subscription', input.id));
      return input.books.show('subscription', input.id);
    },
  };
}

export const CALLS: readonly SimulatedCall[] = [
  { method: 'POST', path: /^\/v1\/products$/, run: createProduct },
  { method: 'GET', path: /^\/v1\/products\/([^/]+)$/, run: ({ books, id }) => books.show('product', id) },
  { method: 'POST', path: /^\/v1\/checkouts$/, run: createCheckout },
  byQuery('checkout', /^\/v1\/checkouts$/, 'checkout_id'),
  { method: 'GET', path: /^\/v1\/transactions\/search$/, run: (input) => pageOf(input, 'transaction') },
  byQuery('transaction', /^\/v1\/transactions$/, 'transaction_id'),
  {
    method: 'POST',
    path: /^\/v1\/refunds$/,
    run: ({ books, body }) => {
      const id = required(body['transaction_id'], 'transaction_id');
      return books.renamed({ status: refund(books, books.get('transaction', id)) });
    },
  },
  { method: 'GET', path: /^\/v1\/subscriptions\/search$/, run: (input) => pageOf(input, 'subscription') },
  byQuery('subscription', /^\/v1\/subscriptions$/, 'subscription_id'),
  onSubscription('cancel', ({ books, body }, subscription) =>
    cancel(books, subscription, body['mode'] === 'scheduled' ? 'scheduled' : 'immediate'),
  ),
  onSubscription('upgrade', ({ books, body }, subscription) => {
    const to = required(body['product_id'], 'product_id');
    switchProduct(books, subscription, to, body['update_behavior'] !== 'proration-none');
  }),
  onSubscription('pause', ({ books }, subscription) => pause(books, subscription)),
  onSubscription('resume', ({ books }, subscription) => resume(books, subscription)),
  {
    method: 'POST',
    path: /^\/v1\/customers\/billing$/,
    // There is no URL to return to.
    run: ({ books, body }) => {
      const { id } = books.get('customer', required(body['customer_id'], 'customer_id'));
      return { customer_portal_link: `https://creem.example/my-orders/login/${id}` };
    },
  },
];
