/** The fake's own pages, where a person does what payers, banks and account holders do. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type Stripe from 'stripe';
import { checkoutHtml, escapeHtml, serveCheckoutPage } from '../checkout-page.ts';
import type { Books } from './books.ts';
import { confirmOnPage, expireSession, idOf, payOnPage } from './checkout.ts';
import { booksOf } from './billing/clocks.ts';
import { pauseSubscription } from './billing/changes.ts';
import { paymentsOf } from './billing/invoices.ts';
import {
  endSubscription,
  isOf,
  payOpenInvoices,
  setCancelAtPeriodEnd,
  untilRenewedMs,
  useMethod,
} from './billing/subscriptions.ts';
import { BY_ITSELF } from './books.ts';
import { DISPUTE_STEPS, openDispute, stepDispute, warnOfFraud, type DisputeStep } from './disputes.ts';
import { createRefund, failRefund } from './refunds.ts';
import { StripeRefusal } from './refusal.ts';

const PATH = /^\/pay\/(cs_[a-z]+_[0-9a-f]+)(?:\/([a-z_]+))?$/;

/** What can be clicked while a session is open, with the method that is then used. */
const PAYING: Readonly<Record<string, { readonly label: string; readonly with: string }>> = {
  pay: { label: 'Pay', with: 'pm_card_visa' },
  decline: { label: 'Pay with a card that is declined', with: 'pm_card_chargeDeclined' },
  pay_later: { label: 'Pay by bank debit: arrives after days', with: 'pm_usBankAccount_success' },
  fail_later: { label: 'Pay by bank debit: fails after days', with: 'pm_usBankAccount_debitNotAuthorized' },
  ask: { label: 'Pay with a card that needs confirmation', with: 'pm_card_authenticationRequired' },
  pay_refund_fails: { label: 'Pay with a card whose refunds fail', with: 'pm_card_refundFail' },
};

/** Where a session lives. */
export interface Pages {
  readonly findBooks: (session: string) => Books | undefined;
}

/** Serves `/pay/<session>` and its buttons. @returns false when the path is for nobody here */
export function servePage({ findBooks }: Pages, request: IncomingMessage, response: ServerResponse): boolean {
  return serveCheckoutPage(
    {
      path: PATH,
      find: (id) => {
        const books = findBooks(id);
        return books && { books, session: books.get('checkout.session', id) };
      },
      html: ({ books, session }) => html(books, session),
      act: ({ books, session }, action) => act(books, session, action),
      next: ({ session }, action) => nextOf(session, action),
      refusalOf: (error) => (error instanceof StripeRefusal ? error.message : undefined),
    },
    request,
    response,
  );
}

function nextOf(session: Stripe.Checkout.Session, action: string): string {
  const back =
    session.status === 'complete' && (action in PAYING || action === 'confirm') ? session.success_url : undefined;
  return back?.replace('{CHECKOUT_SESSION_ID}', session.id) ?? `/pay/${session.id}`;
}

/** Does what a button of a session's page says. @throws StripeRefusal when the state does not allow it */
export function act(books: Books, session: Stripe.Checkout.Session, action: string): void {
  const paying = PAYING[action];
  if (paying) {
    payOnPage(books, session, paying);
    return;
  }
  if (action === 'confirm') {
    confirmOnPage(books, session);
    return;
  }
  if (action === 'cancel') {
    expireSession(books, session, BY_ITSELF);
    return;
  }
  if (typeof session.subscription === 'string' && action in SUBSCRIBED) {
    actOnSubscription(books, books.get('subscription', session.subscription), action);
    return;
  }
  const payment = lastPaymentOf(books, session);
  if (payment === undefined) throw new StripeRefusal(400, 'nothing was paid yet');
  actOnPayment(books, payment, action);
}

/** The payment of a session; of a subscription, that of its newest invoice. */
function lastPaymentOf(books: Books, { payment_intent, subscription }: Stripe.Checkout.Session): string | undefined {
  if (typeof payment_intent === 'string') return payment_intent;
  const paid = books.list('invoice').find((one) => isOf(one, idOf(subscription)) && one.status === 'paid');
  const intent = paid && paymentsOf(books, paid.id).at(0)?.payment.payment_intent;
  return typeof intent === 'string' ? intent : undefined;
}

/** Buttons for what may happen to a subscription. */
const SUBSCRIBED: Readonly<Record<string, string>> = {
  next_period: 'Time passes to the next period',
  fail_next: 'The card is declined from now on',
  new_card: 'Another card pays what is open',
  pause: 'Pause the subscription',
  cancel_at_end: 'Cancel at the end of the period',
  cancel_now: 'Cancel now',
};

function actOnSubscription(own: Books, subscription: Stripe.Subscription, action: string): void {
  const books = booksOf(own, subscription.customer);
  if (action === 'next_period') books.schedule.advance(untilRenewedMs(books, subscription));
  else if (action === 'fail_next') useMethod(books, subscription, 'pm_card_chargeDeclined');
  else if (action === 'new_card') payOpenInvoices(books, subscription, 'pm_card_visa');
  else if (action === 'pause') pauseSubscription(books, subscription);
  else if (action === 'cancel_at_end') setCancelAtPeriodEnd(books, subscription, true, BY_ITSELF);
  else endSubscription(books, subscription, BY_ITSELF);
}

function actOnPayment(books: Books, payment: string, action: string): void {
  const charge = books.list('charge').find((one) => one.payment_intent === payment && one.paid);
  if (charge === undefined) throw new StripeRefusal(400, 'nothing was paid yet');
  const [dispute] = books.list('dispute').filter((one) => one.charge === charge.id);
  const [refund] = books.list('refund').filter((one) => one.charge === charge.id);
  const step = DISPUTE_STEPS.find((one) => one === action);
  if (action === 'dispute' || action === 'inquiry')
    openDispute(books, charge, action === 'dispute' ? 'chargeback' : 'inquiry');
  else if (action === 'warn') warnOfFraud(books, charge);
  else if (action === 'refund') createRefund(books, { payment_intent: payment }, BY_ITSELF);
  else if (action === 'refund_half')
    createRefund(books, { payment_intent: payment, amount: Math.max(1, Math.floor(charge.amount / 2)) }, BY_ITSELF);
  else if (action === 'refund_fails' && refund) failRefund(books, refund);
  else if (step !== undefined && dispute) stepDispute(books, dispute, step);
  else throw new StripeRefusal(400, `there is nothing to ${action}`);
}

/** Buttons for what may happen to money that was paid. */
const AFTER: Readonly<Record<string, string>> = {
  refund: 'Refund it',
  refund_half: 'Refund half of it',
  refund_fails: 'The last refund fails',
  warn: 'Warn of fraud',
  inquiry: 'Ask about it (inquiry)',
  dispute: 'Dispute it (chargeback)',
};

const STEP_LABELS: Readonly<Record<DisputeStep, string>> = {
  escalate: 'The inquiry becomes a chargeback',
  review: 'The bank reviews the evidence',
  win: 'The dispute is won',
  lose: 'The dispute is lost',
  close_inquiry: 'The inquiry ends',
  prevent: 'The dispute is prevented',
  appeal: 'Appeal',
  win_appeal: 'The appeal is won',
  lose_appeal: 'The appeal is lost',
};

function html(books: Books, session: Stripe.Checkout.Session): string {
  const isOpen = session.status === 'open';
  const waits =
    typeof session.payment_intent === 'string' &&
    books.get('payment_intent', session.payment_intent).status === 'requires_action';
  const paying = Object.entries(PAYING).map(([name, { label }]) => [name, label] as const);
  const buttons = [
    ...(isOpen ? paying : []),
    ...(waits ? [['confirm', 'Confirm to the bank'] as const] : []),
    ...(isOpen ? [['cancel', 'Close this checkout'] as const] : []),
    ...(typeof session.subscription === 'string' ? Object.entries(SUBSCRIBED) : []),
    ...(session.payment_status === 'paid' ? Object.entries({ ...AFTER, ...STEP_LABELS }) : []),
  ];
  const { cancel_url: back } = session;
  return checkoutHtml({
    provider: 'Stripe',
    checkout: session.id,
    amount: `${((session.amount_total ?? 0) / 100).toFixed(2)} ${String(session.currency).toUpperCase()}`,
    state: `${String(session.status)}, ${session.payment_status}`,
    buttons,
    after: back === null ? '' : `<p><a href="${escapeHtml(back)}">Back without paying</a></p>`,
  });
}
