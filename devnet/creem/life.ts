/** What happens at the fake Creem: people pay, decline, get their money back and dispute. */
import { CreemRefusal, type Books } from './books.ts';
import type { Checkout, Product, Transaction } from './objects.ts';
import { beginSubscription } from './subscriptions.ts';
import { addTransaction, amountsOf, type Paying } from './transactions.ts';

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

/** A person pays a checkout. @returns the transaction @throws CreemRefusal when it is not open */
export function pay(books: Books, checkout: Checkout, paying: Paying = {}): Transaction {
  if (checkout.status !== 'pending') throw new CreemRefusal(400, `the checkout is ${checkout.status}`);
  const product = books.get('product', checkout.product);
  const amounts = amountsOf(product, checkout.units, paying);
  const customer = addCustomer(books);
  const isRecurring = product.billing_type === 'recurring';
  const subscription = isRecurring ? beginSubscription(books, { product, customer, checkout }) : undefined;
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
  }
  return transaction;
}

/** A trial of a subscription begins: nothing is paid before its end. @throws CreemRefusal when there is none to begin */
export function beginTrial(books: Books, checkout: Checkout): void {
  if (checkout.status !== 'pending') throw new CreemRefusal(400, `the checkout is ${checkout.status}`);
  const product = books.get('product', checkout.product);
  if (product.billing_type !== 'recurring') throw new CreemRefusal(400, 'the product is no subscription');
  const customer = addCustomer(books);
  const subscription = beginSubscription(books, { product, customer, checkout });
  subscription.status = 'trialing';
  Object.assign(checkout, { status: 'completed', customer, subscription: subscription.id });
  books.emit('checkout.completed', books.show('checkout', checkout.id));
  books.emit('subscription.trialing', books.show('subscription', subscription.id));
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
