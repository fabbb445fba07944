/** The fake's own page, where a person does what payers, banks and account holders do. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { checkoutHtml, serveCheckoutPage } from '../checkout-page.ts';
import { CreemRefusal, type Books } from './books.ts';
import { beginTrial, decline, dispute, expire, pay, refund, settleRefunds, win } from './life.ts';
import type { Checkout, Transaction } from './objects.ts';

const PATH = /^\/pay\/(ch_[a-z0-9]+)(?:\/([a-z_]+))?$/;

/** Buttons while a checkout is open. */
const PAYING: Readonly<Record<string, string>> = {
  pay: 'Pay',
  pay_taxed: 'Pay with tax on top',
  pay_discounted: 'Pay with a discount',
  decline: 'Pay with a card that is declined',
  begin_trial: 'Begin a trial of its subscription',
  expire: 'Let this checkout expire',
};

/** Buttons for what may happen to money that was paid. */
const AFTER: Readonly<Record<string, string>> = {
  refund: 'Refund it',
  refund_half: 'Refund half of it',
  settle_refunds: 'Pending refunds are made',
  dispute: 'Dispute it (chargeback)',
  win: 'The dispute is won',
};

export interface Pages {
  readonly findBooks: (checkout: string) => Books | undefined;
}

/** Serves `/pay/<checkout>` and its buttons. @returns false when the path is for nobody here */
export function servePage({ findBooks }: Pages, request: IncomingMessage, response: ServerResponse): boolean {
  return serveCheckoutPage(
    {
      path: PATH,
      find: (id) => {
        const books = findBooks(id);
        return books && { books, checkout: books.get('checkout', id) };
      },
      html: ({ books, checkout }) => html(books, checkout),
      act: ({ books, checkout }, action) => act(books, checkout, action),
      next: ({ checkout }, action) => nextOf(checkout, action),
      refusalOf: (error) => (error instanceof CreemRefusal ? error.message : undefined),
    },
    request,
    response,
  );
}

function nextOf(checkout: Checkout, action: string): string {
  const isDone = checkout.status === 'completed' && action in PAYING;
  return isDone && checkout.success_url !== null ? returnUrl(checkout) : `/pay/${checkout.id}`;
}

/** Where the payer goes back to, with what Creem adds to it. */
function returnUrl({ id, success_url: url, order, request_id: requestId }: Checkout): string {
  const back = new URL(url ?? '');
  back.searchParams.set('checkout_id', id);
  if (order !== undefined) back.searchParams.set('order_id', order);
  if (requestId !== undefined) back.searchParams.set('request_id', requestId);
  return back.href;
}

/** Does what a button says. @throws CreemRefusal when the state does not allow it */
export function act(books: Books, checkout: Checkout, action: string): void {
  const price = books.get('product', checkout.product).price;
  if (action === 'pay') pay(books, checkout);
  else if (action === 'pay_taxed') pay(books, checkout, { tax: Math.ceil(price / 5) });
  else if (action === 'pay_discounted') pay(books, checkout, { discount: Math.floor(price / 4) });
  else if (action === 'decline') decline(books, checkout);
  else if (action === 'begin_trial') beginTrial(books, checkout);
  else if (action === 'expire') expire(checkout);
  else actOnPayment(books, transactionOf(books, checkout), action);
}

/** The transaction of a checkout. @throws CreemRefusal when nothing was paid */
export function transactionOf(books: Books, checkout: Checkout): Transaction {
  if (checkout.order === undefined) throw new CreemRefusal(400, 'nothing was paid yet');
  return books.get('transaction', books.get('order', checkout.order).transaction);
}

function actOnPayment(books: Books, transaction: Transaction, action: string): void {
  if (action === 'refund') refund(books, transaction);
  else if (action === 'refund_half') refund(books, transaction, Math.max(1, Math.floor(transaction.amount_paid / 2)));
  else if (action === 'settle_refunds') settleRefunds(books);
  else if (action === 'dispute') dispute(books, transaction);
  else if (action === 'win') win(transaction);
  else throw new CreemRefusal(400, `there is nothing to ${action}`);
}

function html(books: Books, checkout: Checkout): string {
  const { id, status, order, units } = checkout;
  const { price, currency } = books.get('product', checkout.product);
  return checkoutHtml({
    provider: 'Creem',
    checkout: id,
    amount: `${((price * units) / 100).toFixed(2)} ${currency}`,
    state: order === undefined ? status : `${status}, ${transactionOf(books, checkout).status}`,
    buttons: Object.entries(status === 'pending' ? PAYING : order === undefined ? {} : AFTER),
  });
}
