/** The account's balance at the provider. */
import type Stripe from 'stripe';
import type { Books } from './books.ts';

/** Books a movement on the account's balance at the provider. Fees are positive where they are taken. */
export function addBalance(
  books: Books,
  made: {
    readonly type: Stripe.BalanceTransaction.Type;
    readonly amount: number;
    readonly fee: number;
    readonly currency: string;
    readonly source: string;
  },
): Stripe.BalanceTransaction {
  const { type, amount, fee, currency, source } = made;
  return books.add<Stripe.BalanceTransaction>({
    id: books.newId('txn'),
    object: 'balance_transaction',
    amount,
    available_on: books.now(),
    balance_type: 'payments',
    created: books.now(),
    currency,
    description: null,
    exchange_rate: null,
    fee,
    fee_details:
      fee === 0
        ? []
        : [{ amount: fee, application: null, currency, description: 'Processing fees', type: 'stripe_fee' }],
    net: amount - fee,
    reporting_category: type === 'adjustment' ? 'dispute' : type,
    source,
    status: 'available',
    type,
  });
}
