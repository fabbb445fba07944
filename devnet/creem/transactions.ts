/** Transactions at the fake Creem: what somebody paid, or tried to. */
import type { Books } from './books.ts';
import type { Order, Product, Subscription, Transaction } from './objects.ts';

/** How somebody pays. Amounts in cents. */
export interface Paying {
  /** On top of the price, or inside it, as the product's tax_mode says. */
  readonly tax?: number;
  readonly discount?: number;
}

/** The amounts of a purchase: tax comes on top of the price, or is inside it. */
export function amountsOf(
  { price, tax_mode: taxMode }: Product,
  units: number,
  { tax = 0, discount = 0 }: Paying,
): Pick<Order, 'amount' | 'sub_total' | 'tax_amount' | 'discount_amount'> {
  const list = price * units;
  const amount = list - discount + (taxMode === 'exclusive' ? tax : 0);
  const subTotal = taxMode === 'exclusive' ? list : list - tax;
  return { amount, sub_total: subTotal, tax_amount: tax, discount_amount: discount };
}

export interface NewTransaction {
  readonly amounts: Pick<Order, 'amount' | 'tax_amount' | 'discount_amount'>;
  readonly customer: string;
  readonly order: string | null;
  readonly product: Product;
  readonly subscription?: Subscription | undefined;
  readonly status?: Transaction['status'];
}

/** A transaction, as it is made. */
export function addTransaction(books: Books, made: NewTransaction): Transaction {
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
