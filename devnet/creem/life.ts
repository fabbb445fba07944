/** What happens at the fake Creem: people pay, decline, get their money back and dispute; subscriptions renew and end. */
import { CreemRefusal, type Books } from './books.ts';
import type { Checkout, Order, Product, Subscription, Transaction } from './objects.ts';

/** How somebody pays. Amounts in cents. */
export interface Paying {
  /** On top of the price, or inside it, as the product's tax_mode says. */
  readonly tax?: number;
  readonly discount?: number;
}

export function addProduct(
  books: Books,
  { price, currency = 'USD', recurring }: { price: number; currency?: 'USD' | 'EUR'; recurring?: 'month' | 'year' },
): Product {
  const at = books.iso();
  return books.add('product', {
    id: books.newId('product'),
    mode: books.mode,
    object: 'product',
    name: 'Credit',
    description: 'Credit',
    price,
    currency,
    billing_type: recurring === undefined ? 'onetime' : 'recurring',
    billing_period: recurring === undefined ? 'once' : `every-${recurring}`,
    status: 'active',
    tax_mode: 'exclusive',
    tax_category: 'saas',
    created_at: at,
    updated_at: at,
  });
}

/** The amounts of a purchase: tax comes on top of the price, or is inside it. */
function amountsOf(
  { price, tax_mode: taxMode }: Product,
  units: number,
  { tax = 0, discount = 0 }: Paying,
): Pick<Order, 'amount' | 'sub_total' | 'tax_amount' | 'discount_amount'> {
  const list = price * units;
  const amount = list - discount + (taxMode === 'exclusive' ? tax : 0);
  const subTotal = taxMode === 'exclusive' ? list : list - tax;
  return { amount, sub_total: subTotal, tax_amount: tax, discount_amount: discount };
}

/** A person pays a checkout. @returns the transaction @throws CreemRefusal when it is not open */
export function pay(books: Books, checkout: Checkout, paying: Paying = {}): Transaction {
  if (checkout.status !== 'pending') throw new CreemRefusal(400, `the checkout is ${checkout.status}`);
  const product = books.get('product', checkout.product);
  const amounts = amountsOf(product, checkout.units, paying);
  const customer = addCustomer(books);
  const isRecurring = product.billing_type === 'recurring';
  const subscription = isRecurring ? addSubscription(books, { product, customer, checkout }) : undefined;
  const orderId = books.newId('order');
  const transaction = addTransaction(books, { amounts, customer, order: orderId, subscription, product });
  const at = books.iso();
  books.add('order', {
    id: orderId,
    mode: books.mode,
    object: 'order',
    customer,
    product: product.id,
    transaction: transaction.id,
    ...amounts,
    amount_due: amounts.amount,
    amount_paid: amounts.amount,
    currency: product.currency,
    status: 'paid',
    type: isRecurring ? 'recurring' : 'onetime',
    created_at: at,
    updated_at: at,
  });
  Object.assign(checkout, { status: 'completed', order: orderId, customer });
  if (subscription) {
    checkout.subscription = subscription.id;
    subscription.last_transaction_id = transaction.id;
  }
  books.emit('checkout.completed', books.show('checkout', checkout.id));
  if (subscription) {
    books.emit('subscription.active', books.show('subscription', subscription.id));
    books.emit('subscription.paid', books.show('subscription', subscription.id));
    planRenewal(books, subscription);
  }
  return transaction;
}

/** A card is declined: the checkout stays open, and no event says so. */
export function decline(books: Books, checkout: Checkout): void {
  if (checkout.status !== 'pending') throw new CreemRefusal(400, `the checkout is ${checkout.status}`);
  const product = books.get('product', checkout.product);
  const amounts = amountsOf(product, checkout.units, {});
  addTransaction(books, { amounts, customer: addCustomer(books), order: null, product, status: 'declined' });
}

/** The checkout is over; no event says so. */
export function expire(checkout: Checkout): void {
  if (checkout.status === 'pending') checkout.status = 'expired';
}

function addCustomer(books: Books): string {
  const at = books.iso();
  const id = books.newId('customer');
  const about = { email: `${id}@example.com`, name: 'A Payer', country: 'US' };
  return books.add('customer', {
    id,
    mode: books.mode,
    object: 'customer',
    ...about,
    created_at: at,
    updated_at: at,
  }).id;
}

interface NewTransaction {
  readonly amounts: Pick<Order, 'amount' | 'tax_amount' | 'discount_amount'>;
  readonly customer: string;
  readonly order: string | null;
  readonly product: Product;
  readonly subscription?: Subscription | undefined;
  readonly status?: Transaction['status'];
}

function addTransaction(books: Books, made: NewTransaction): Transaction {
  const { amounts, customer, order, product, subscription, status = 'paid' } = made;
  return books.add('transaction', {
    id: books.newId('transaction'),
    mode: books.mode,
    object: 'transaction',
    amount: amounts.amount,
    amount_paid: status === 'paid' ? amounts.amount : 0,
    discount_amount: amounts.discount_amount,
    currency: product.currency,
    type: subscription ? 'invoice' : 'payment',
    tax_country: amounts.tax_amount > 0 ? 'US' : null,
    tax_amount: amounts.tax_amount,
    status,
    refunded_amount: null,
    order,
    subscription: subscription?.id ?? null,
    customer,
    description: 'Credit',
    ...(subscription && {
      period_start: Date.parse(subscription.current_period_start_date),
      period_end: Date.parse(subscription.current_period_end_date),
    }),
    created_at: Math.floor(books.schedule.nowMs()),
  });
}

/** Money that came in and may go back. */
const HOLDS_MONEY: readonly Transaction['status'][] = ['paid', 'partialRefund'];

/**
 * Refunds a part of a transaction, or what is left.
 * @throws CreemRefusal when nothing is left, or less
 */
export function refund(books: Books, transaction: Transaction, amount?: number): 'succeeded' | 'pending' {
  const left = transaction.amount_paid - (transaction.refunded_amount ?? 0) - pendingOf(books, transaction);
  const asked = amount ?? left;
  if (!HOLDS_MONEY.includes(transaction.status) || asked <= 0 || asked > left) {
    throw new CreemRefusal(400, 'There is nothing left to refund');
  }
  const isPending = books.pendingRefunds && amount === undefined;
  const made = books.add('refund', {
    id: books.newId('refund'),
    mode: books.mode,
    object: 'refund',
    status: isPending ? 'pending' : 'succeeded',
    refund_amount: asked,
    refund_currency: transaction.currency,
    reason: 'requested_by_customer',
    transaction: transaction.id,
    created_at: Math.floor(books.schedule.nowMs()),
  });
  if (!isPending) showRefund(transaction, asked);
  books.emit('refund.created', books.show('refund', made.id));
  return isPending ? 'pending' : 'succeeded';
}

function pendingOf(books: Books, { id }: Transaction): number {
  const pending = books.list('refund').filter((one) => one.transaction === id && one.status === 'pending');
  return pending.reduce((sum, one) => sum + one.refund_amount, 0);
}

function showRefund(transaction: Transaction, amount: number): void {
  transaction.refunded_amount = (transaction.refunded_amount ?? 0) + amount;
  transaction.status = transaction.refunded_amount >= transaction.amount_paid ? 'refunded' : 'partialRefund';
}

/** Refunds that were pending are made. No event says so. */
export function settleRefunds(books: Books): void {
  for (const one of books.list('refund').filter(({ status }) => status === 'pending')) {
    one.status = 'succeeded';
    showRefund(books.get('transaction', one.transaction), one.refund_amount);
  }
}

/** The payer's bank takes the money back. */
export function dispute(books: Books, transaction: Transaction): void {
  if (!HOLDS_MONEY.includes(transaction.status)) throw new CreemRefusal(400, `it is ${transaction.status}`);
  transaction.status = 'chargedBack';
  const made = books.add('dispute', {
    id: books.newId('dispute'),
    mode: books.mode,
    object: 'dispute',
    amount: transaction.amount_paid - (transaction.refunded_amount ?? 0),
    currency: transaction.currency,
    transaction: transaction.id,
    created_at: Math.floor(books.schedule.nowMs()),
  });
  books.emit('dispute.created', books.show('dispute', made.id));
}

/** The dispute is won, and the money is there again. Creem has no event for that. */
export function win(transaction: Transaction): void {
  if (transaction.status !== 'chargedBack') throw new CreemRefusal(400, `it is ${transaction.status}`);
  transaction.status = (transaction.refunded_amount ?? 0) > 0 ? 'partialRefund' : 'paid';
}

function addSubscription(
  books: Books,
  {
    product,
    customer,
    checkout,
  }: { readonly product: Product; readonly customer: string; readonly checkout: Checkout },
): Subscription {
  const nowMs = books.schedule.nowMs();
  const [start, until] = [books.iso(nowMs), books.iso(periodEnd(product, nowMs))];
  return books.add('subscription', {
    id: books.newId('subscription'),
    mode: books.mode,
    object: 'subscription',
    product: product.id,
    customer,
    collection_method: 'charge_automatically',
    status: 'active',
    last_transaction_id: '',
    last_transaction_date: start,
    next_transaction_date: until,
    current_period_start_date: start,
    current_period_end_date: until,
    canceled_at: null,
    created_at: start,
    updated_at: start,
    metadata: checkout.metadata,
  });
}

function periodEnd({ billing_period: period }: Product, startMs: number): number {
  const until = new Date(startMs);
  if (period === 'every-year') until.setUTCFullYear(until.getUTCFullYear() + 1);
  else until.setUTCMonth(until.getUTCMonth() + 1);
  return until.getTime();
}

function planRenewal(books: Books, subscription: Subscription): void {
  const dueMs = Date.parse(subscription.current_period_end_date) - books.schedule.nowMs();
  books.schedule.after(dueMs, () => {
    if (subscription.status === 'scheduled_cancel') end(books, subscription);
    else if (subscription.status === 'active') renew(books, subscription);
  });
}

/** The next period is paid. @returns its transaction */
export function renew(books: Books, subscription: Subscription): Transaction {
  const product = books.get('product', subscription.product);
  const startMs = Date.parse(subscription.current_period_end_date);
  subscription.current_period_start_date = books.iso(startMs);
  subscription.current_period_end_date = books.iso(periodEnd(product, startMs));
  subscription.next_transaction_date = subscription.current_period_end_date;
  const { customer } = subscription;
  const amounts = amountsOf(product, 1, {});
  const transaction = addTransaction(books, { amounts, customer, order: null, product, subscription });
  subscription.last_transaction_id = transaction.id;
  subscription.last_transaction_date = books.iso();
  change(books, subscription, { status: 'active', event: 'subscription.paid' });
  planRenewal(books, subscription);
  return transaction;
}

/** A subscription comes to a state, and its event is sent. */
export function change(
  books: Books,
  subscription: Subscription,
  { status, event }: { readonly status: Subscription['status']; readonly event: string },
): void {
  subscription.status = status;
  subscription.updated_at = books.iso();
  books.emit(event, books.show('subscription', subscription.id));
}

/** Cancels at once, or at the end of the period. */
export function cancel(books: Books, subscription: Subscription, mode: 'immediate' | 'scheduled'): void {
  if (subscription.status === 'canceled') throw new CreemRefusal(400, 'the subscription is canceled');
  if (mode === 'immediate') end(books, subscription);
  else change(books, subscription, { status: 'scheduled_cancel', event: 'subscription.scheduled_cancel' });
}

function end(books: Books, subscription: Subscription): void {
  subscription.canceled_at = books.iso();
  change(books, subscription, { status: 'canceled', event: 'subscription.canceled' });
}
