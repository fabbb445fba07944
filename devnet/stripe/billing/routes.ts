/** The simulated calls about subscriptions, their invoices and the billing portal. */
import { answerOf, pageOf } from '../answers.ts';
import { call, expanded, retrieve, type SimulatedCall } from '../call.ts';
import { StripeRefusal, wrongState } from '../refusal.ts';
import { onlyExpand } from '../parameters.ts';
import { booksOf } from './clocks.ts';
import { CLOCK_CALLS } from './clock-routes.ts';
import { changePrice, resumeSubscription } from './changes.ts';
import { endSubscription, isOf, setCancelAtPeriodEnd } from './subscriptions.ts';
import * as parameters from './parameters.ts';
import { createConfiguration, createPortalSession } from './portal.ts';
import { createSchedule, releaseSchedule, updateSchedule } from './schedules.ts';

const SUBSCRIPTIONS: readonly SimulatedCall[] = [
  retrieve('subscriptions', 'subscription', 'subscription_read'),
  call('GET', 'subscriptions', 'subscription_read', parameters.subscriptionList, ({ books }, given) => {
    const isWanted = (status: string): boolean =>
      given.status === 'all' || (given.status === undefined ? status !== 'canceled' : status === given.status);
    const all = books
      .list('subscription')
      .filter(({ status, customer }) => isWanted(status) && (given.customer ?? customer) === customer);
    return expanded(books, pageOf(all, given, '/v1/subscriptions'), given.expand);
  }),
  call(
    'POST',
    'subscriptions/:id',
    'subscription_write',
    parameters.subscriptionUpdate,
    ({ books, id, cause }, given) => {
      const subscription = books.get('subscription', id);
      const [item] = given.items ?? [];
      const isManaged =
        subscription.schedule !== null && (item !== undefined || given.cancel_at_period_end !== undefined);
      if (isManaged) throw wrongState('This subscription is managed by a schedule: release it first.');
      if (subscription.status === 'canceled') throw wrongState('A canceled subscription can only update its metadata.');
      if (item !== undefined && given.proration_behavior !== 'none') {
        throw new StripeRefusal(400, 'Only changes without prorations are simulated.', { param: 'proration_behavior' });
      }
      subscription.metadata = { ...subscription.metadata, ...given.metadata };
      if (item !== undefined) {
        const change = {
          price: item.price,
          anchorNow: given.billing_cycle_anchor?.type === 'now',
          failsWhole: given.payment_behavior === 'error_if_incomplete',
        };
        changePrice(booksOf(books, subscription.customer), subscription, change, cause);
      }
      if (given.cancel_at_period_end !== undefined) {
        const clocked = booksOf(books, subscription.customer);
        setCancelAtPeriodEnd(clocked, subscription, given.cancel_at_period_end, cause);
      }
      return answerOf(books, subscription, given.expand);
    },
  ),
  call(
    'DELETE',
    'subscriptions/:id',
    'subscription_write',
    parameters.subscriptionCancel,
    ({ books, id, cause }, { expand }) => {
      const subscription = books.get('subscription', id);
      if (subscription.status === 'canceled')
        throw wrongState('This subscription is canceled already.', 'resource_missing');
      endSubscription(booksOf(books, subscription.customer), subscription, cause);
      return answerOf(books, subscription, expand);
    },
  ),
  call(
    'POST',
    'subscriptions/:id/resume',
    'subscription_write',
    parameters.subscriptionResume,
    ({ books, id, cause }, { expand }) => {
      const subscription = books.get('subscription', id);
      resumeSubscription(booksOf(books, subscription.customer), subscription, cause);
      return answerOf(books, subscription, expand);
    },
  ),
];

const SCHEDULES: readonly SimulatedCall[] = [
  call('POST', 'subscription_schedules', 'subscription_write', parameters.scheduleCreate, ({ books, cause }, given) =>
    answerOf(books, createSchedule(books, given.from_subscription, cause), given.expand),
  ),
  retrieve('subscription_schedules', 'subscription_schedule', 'subscription_read'),
  call(
    'POST',
    'subscription_schedules/:id',
    'subscription_write',
    parameters.scheduleUpdate,
    ({ books, id, cause }, given) =>
      answerOf(books, updateSchedule(books, books.get('subscription_schedule', id), given, cause), given.expand),
  ),
  call(
    'POST',
    'subscription_schedules/:id/release',
    'subscription_write',
    onlyExpand,
    ({ books, id, cause }, { expand }) =>
      answerOf(books, releaseSchedule(books, books.get('subscription_schedule', id), cause), expand),
  ),
];

const INVOICES: readonly SimulatedCall[] = [
  retrieve('invoices', 'invoice', 'invoice_read'),
  call('GET', 'invoices', 'invoice_read', parameters.invoiceList, ({ books }, given) => {
    const all = books
      .list('invoice')
      .filter(
        (one) =>
          (given.subscription === undefined || isOf(one, given.subscription)) &&
          (given.status === undefined || one.status === given.status) &&
          (given.customer === undefined || one.customer === given.customer),
      );
    return expanded(books, pageOf(all, given, '/v1/invoices'), given.expand);
  }),
  call('GET', 'invoice_payments', 'invoice_read', parameters.invoicePaymentList, ({ books }, given) => {
    const all = books
      .list('invoice_payment')
      .filter(
        ({ invoice, payment }) =>
          (given.invoice === undefined || invoice === given.invoice) &&
          (given.payment === undefined || payment.payment_intent === given.payment.payment_intent),
      );
    return expanded(books, pageOf(all, given, '/v1/invoice_payments'), given.expand);
  }),
];

const PORTAL: readonly SimulatedCall[] = [
  call(
    'POST',
    'billing_portal/configurations',
    'customer_portal_write',
    parameters.portalConfiguration,
    ({ books, cause }, given) => answerOf(books, createConfiguration(books, given, cause), given.expand),
  ),
  retrieve('billing_portal/configurations', 'billing_portal.configuration', 'customer_portal_read'),
  call(
    'POST',
    'billing_portal/sessions',
    'customer_portal_write',
    parameters.portalSession,
    ({ books, cause }, given) => answerOf(books, createPortalSession(books, given, cause), given.expand),
  ),
];

/** Every simulated call about subscriptions. */
export const BILLING_CALLS: readonly SimulatedCall[] = [
  ...SUBSCRIPTIONS,
  ...SCHEDULES,
  ...INVOICES,
  ...PORTAL,
  ...CLOCK_CALLS,
];
