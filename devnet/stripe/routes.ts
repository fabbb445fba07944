/** The calls of the Stripe API that are simulated. */
import type { z } from 'zod';
import { answerOf, listEvents, pageOf } from './answers.ts';
import { BILLING_CALLS } from './billing/routes.ts';
import type { Books, Cause } from './books.ts';
import { call, expanded, retrieve, type SimulatedCall } from './call.ts';
import { createCustomer, createPrice, createProduct, updatePrice, updateProduct } from './catalog.ts';
import { belongsToSession, createSession, expireSession } from './checkout.ts';
import { acceptDispute } from './disputes.ts';
import { confirmIntent, createIntent, declineOf } from './intents.ts';
import * as parameters from './parameters.ts';
import { cancelRefund, createRefund } from './refunds.ts';
import { StripeRefusal } from './refusal.ts';
import type Stripe from 'stripe';

type About = z.output<typeof parameters.aboutPaymentList>;

/** A list of objects that hang on a payment. */
function listAbout(
  path: string,
  type: 'refund' | 'dispute' | 'radar.early_fraud_warning' | 'charge',
  permission: string,
): SimulatedCall {
  return call('GET', path, permission, parameters.aboutPaymentList, ({ books }, given: About) => {
    const all = books.list(type).filter((one) => {
      const charge = one.object === 'charge' ? one.id : one.charge;
      const isOfCharge = given.charge === undefined || charge === given.charge;
      return isOfCharge && (given.payment_intent === undefined || one.payment_intent === given.payment_intent);
    });
    return expanded(books, pageOf(all, given, `/v1/${path}`), given.expand);
  });
}

const CHECKOUT: readonly SimulatedCall[] = [
  call('POST', 'checkout/sessions', 'checkout_session_write', parameters.checkoutCreate, ({ books, pageUrl }, given) =>
    answerOf(books, createSession(books, given, pageUrl), given.expand),
  ),
  call('GET', 'checkout/sessions', 'checkout_session_read', parameters.aboutPaymentList, ({ books }, given) => {
    const all = books
      .list('checkout.session')
      .filter((one) => given.payment_intent === undefined || one.payment_intent === given.payment_intent);
    return expanded(books, pageOf(all, given, '/v1/checkout/sessions'), given.expand);
  }),
  retrieve('checkout/sessions', 'checkout.session', 'checkout_session_read'),
  call(
    'POST',
    'checkout/sessions/:id/expire',
    'checkout_session_write',
    parameters.onlyExpand,
    ({ books, id, cause }, { expand }) =>
      answerOf(books, expireSession(books, books.get('checkout.session', id), cause), expand),
  ),
];

const INTENTS: readonly SimulatedCall[] = [
  call('POST', 'payment_intents', 'payment_intent_write', parameters.intentCreate, ({ books, cause }, given) => {
    if (given.customer !== undefined) books.get('customer', given.customer, 'customer');
    const intent = createIntent(books, given, cause);
    return given.confirm === true ? confirmed(books, intent, given, cause) : answerOf(books, intent, given.expand);
  }),
  retrieve('payment_intents', 'payment_intent', 'payment_intent_read'),
  call('POST', 'payment_intents/:id', 'payment_intent_write', parameters.intentUpdate, ({ books, id }, given) => {
    const intent = books.get('payment_intent', id);
    intent.amount = given.amount ?? intent.amount;
    intent.description = given.description ?? intent.description;
    intent.metadata = { ...intent.metadata, ...given.metadata };
    intent.payment_method = given.payment_method ?? intent.payment_method;
    return answerOf(books, intent, given.expand);
  }),
  call(
    'POST',
    'payment_intents/:id/confirm',
    'payment_intent_write',
    parameters.intentConfirm,
    ({ books, id, cause }, given) => {
      const intent = books.get('payment_intent', id);
      if (belongsToSession(intent))
        throw new StripeRefusal(400, 'This PaymentIntent belongs to a Checkout Session.', {
          code: 'payment_intent_unexpected_state',
        });
      return confirmed(books, intent, given, cause);
    },
  ),
  call(
    'POST',
    'payment_intents/:id/cancel',
    'payment_intent_write',
    parameters.cancelIntent,
    ({ books, id, cause }, { expand }) => {
      const intent = books.get('payment_intent', id);
      const isOpen = ['requires_payment_method', 'requires_confirmation', 'requires_action'].includes(intent.status);
      if (belongsToSession(intent) || !isOpen) {
        const why = belongsToSession(intent)
          ? 'it was created by Checkout; expire the Session instead'
          : `its status is ${intent.status}`;
        throw new StripeRefusal(400, `You cannot cancel this PaymentIntent because ${why}.`, {
          code: 'payment_intent_unexpected_state',
        });
      }
      intent.status = 'canceled';
      intent.canceled_at = books.now();
      books.emit('payment_intent.canceled', intent, cause);
      return answerOf(books, intent, expand);
    },
  ),
  retrieve('payment_methods', 'payment_method', 'payment_method_read'),
  call('GET', 'payment_methods', 'payment_method_read', parameters.ofCustomerList, ({ books }, given) => {
    const all = books
      .list('payment_method')
      .filter(({ customer }) => given.customer === undefined || customer === given.customer);
    return expanded(books, pageOf(all, given, '/v1/payment_methods'), given.expand);
  }),
];

/** Confirms, and answers as Stripe does: a declined card is 402. */
function confirmed(
  books: Books,
  intent: Stripe.PaymentIntent,
  given: z.output<typeof parameters.intentConfirm>,
  cause: Cause,
): object {
  const how = {
    method: given.payment_method,
    offSession: given.off_session ?? false,
    onlyNow: given.error_on_requires_action ?? false,
  };
  const { outcome, arrives } = confirmIntent(books, intent, how, cause);
  arrives?.(() => undefined);
  if (outcome === 'declined') throw declineOf(intent);
  return answerOf(books, intent, given.expand);
}

const MONEY_BACK: readonly SimulatedCall[] = [
  retrieve('charges', 'charge', 'charge_read'),
  listAbout('charges', 'charge', 'charge_read'),
  retrieve('balance_transactions', 'balance_transaction', 'balance_transaction_read'),
  call('GET', 'balance_transactions', 'balance_transaction_read', parameters.balanceList, ({ books }, given) => {
    const all = books.list('balance_transaction').filter(({ type }) => given.type === undefined || type === given.type);
    return expanded(books, pageOf(all, given, '/v1/balance_transactions'), given.expand);
  }),
  call('POST', 'refunds', 'refund_write', parameters.refundCreate, ({ books, cause }, given) =>
    answerOf(books, createRefund(books, given, cause), given.expand),
  ),
  listAbout('refunds', 'refund', 'refund_read'),
  retrieve('refunds', 'refund', 'refund_read'),
  call('POST', 'refunds/:id/cancel', 'refund_write', parameters.onlyExpand, ({ books, id, cause }, { expand }) =>
    answerOf(books, cancelRefund(books, books.get('refund', id), cause), expand),
  ),
  listAbout('disputes', 'dispute', 'dispute_read'),
  retrieve('disputes', 'dispute', 'dispute_read'),
  call('POST', 'disputes/:id', 'dispute_write', parameters.disputeUpdate, ({ books, id, cause }, given) => {
    const dispute = books.get('dispute', id);
    if (!dispute.status.endsWith('needs_response') || dispute.evidence_details.submission_count > 0) {
      throw new StripeRefusal(400, `This dispute is ${dispute.status} and takes no evidence.`);
    }
    dispute.metadata = { ...dispute.metadata, ...given.metadata };
    dispute.evidence = { ...dispute.evidence, ...given.evidence };
    dispute.evidence_details.has_evidence ||= given.evidence !== undefined;
    if (given.submit === true) {
      dispute.evidence_details.submission_count += 1;
      dispute.status = dispute.status.replace('needs_response', 'under_review');
    }
    books.emit('charge.dispute.updated', dispute, cause);
    return answerOf(books, dispute, given.expand);
  }),
  call('POST', 'disputes/:id/close', 'dispute_write', parameters.onlyExpand, ({ books, id, cause }, { expand }) =>
    answerOf(books, acceptDispute(books, books.get('dispute', id), cause), expand),
  ),
  listAbout('radar/early_fraud_warnings', 'radar.early_fraud_warning', 'charge_read'),
  retrieve('radar/early_fraud_warnings', 'radar.early_fraud_warning', 'charge_read'),
];

const CATALOG: readonly SimulatedCall[] = [
  call('POST', 'customers', 'customer_write', parameters.customerCreate, ({ books, cause }, given) =>
    answerOf(books, createCustomer(books, given, cause), given.expand),
  ),
  retrieve('customers', 'customer', 'customer_read'),
  call('GET', 'customers', 'customer_read', parameters.ofCustomerList, ({ books }, given) =>
    expanded(books, pageOf(books.list('customer'), given, '/v1/customers'), given.expand),
  ),
  call(
    'POST',
    'payment_methods/:id/attach',
    'payment_method_write',
    parameters.attachMethod,
    ({ books, id }, { customer, expand }) => {
      const method = books.get('payment_method', id);
      method.customer = books.get('customer', customer, 'customer').id;
      return answerOf(books, method, expand);
    },
  ),
  call('POST', 'products', 'product_write', parameters.productCreate, ({ books, cause }, given) =>
    answerOf(books, createProduct(books, given, cause), given.expand),
  ),
  call('GET', 'products', 'product_read', parameters.productList, ({ books }, given) => {
    const all = books.list('product').filter(({ active }) => given.active === undefined || active === given.active);
    return expanded(books, pageOf(all, given, '/v1/products'), given.expand);
  }),
  retrieve('products', 'product', 'product_read'),
  call('POST', 'products/:id', 'product_write', parameters.productUpdate, ({ books, id, cause }, given) =>
    answerOf(books, updateProduct(books, books.get('product', id), given, cause), given.expand),
  ),
  call('POST', 'prices', 'plan_write', parameters.priceCreate, ({ books, cause }, given) =>
    answerOf(books, createPrice(books, given, cause), given.expand),
  ),
  call('GET', 'prices', 'plan_read', parameters.priceList, ({ books }, given) => {
    const all = books
      .list('price')
      .filter(
        ({ active, product }) =>
          (given.active === undefined || active === given.active) &&
          (given.product === undefined || product === given.product),
      );
    return expanded(books, pageOf(all, given, '/v1/prices'), given.expand);
  }),
  retrieve('prices', 'price', 'plan_read'),
  call('POST', 'prices/:id', 'plan_write', parameters.priceUpdate, ({ books, id, cause }, given) =>
    answerOf(books, updatePrice(books, books.get('price', id), given, cause), given.expand),
  ),
];

const EVENTS: readonly SimulatedCall[] = [
  call('GET', 'events', 'event_read', parameters.eventList, ({ books }, given) =>
    pageOf(listEvents(books, given), given, '/v1/events'),
  ),
  call('GET', 'events/:id', 'event_read', parameters.onlyExpand, ({ books, id }) => {
    const found = books.events.find((event) => event.id === id);
    if (found === undefined)
      throw new StripeRefusal(404, `No such event: '${id}'`, { code: 'resource_missing', param: 'id' });
    return found;
  }),
];

const ACCOUNT: readonly SimulatedCall[] = [
  call('GET', 'account', 'accounts_kyc_basic_read', parameters.onlyExpand, ({ account: id }) => ({
    id,
    object: 'account',
    type: 'standard',
  })),
];

/** Every simulated call. */
export const CALLS: readonly SimulatedCall[] = [
  ...ACCOUNT,
  ...CHECKOUT,
  ...INTENTS,
  ...MONEY_BACK,
  ...CATALOG,
  ...EVENTS,
  ...BILLING_CALLS,
];
