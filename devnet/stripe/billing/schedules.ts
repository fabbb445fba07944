/** Schedules of subscriptions: another price from the next period on. */
import type Stripe from 'stripe';
import type { z } from 'zod';
import type { Books, Cause } from '../books.ts';
import { StripeRefusal, wrongState } from '../refusal.ts';
import { intervalOf, itemOf, PHASE_AT } from './subscriptions.ts';
import { periodAfter } from './calendar.ts';
import type { scheduleUpdate } from './parameters.ts';

type Schedule = Stripe.SubscriptionSchedule;
type Phase = Schedule['phases'][number];

/** Makes the schedule of a running subscription; its one phase is the present period. @throws StripeRefusal */
export function createSchedule(books: Books, from: string, cause: Cause): Schedule {
  const subscription = books.get('subscription', from, 'from_subscription');
  if (subscription.schedule !== null) throw wrongState('This subscription is already attached to a schedule.');
  if (subscription.status === 'canceled') throw wrongState('A canceled subscription takes no schedule.');
  const { current_period_start: start, current_period_end: end, price } = itemOf(subscription);
  const schedule = books.add<Schedule>({
    id: books.newId('sub_sched'),
    object: 'subscription_schedule',
    application: null,
    billing_mode: { flexible: null, type: 'flexible' },
    canceled_at: null,
    completed_at: null,
    created: books.now(),
    current_phase: { start_date: start, end_date: end },
    customer: subscription.customer,
    customer_account: null,
    default_settings: DEFAULTS,
    end_behavior: 'release',
    livemode: books.livemode,
    metadata: {},
    pause_schedules: [],
    phases: [phaseObject(subscription.currency, price.id, start, end)],
    released_at: null,
    released_subscription: null,
    status: 'active',
    subscription: subscription.id,
    test_clock: subscription.test_clock,
  });
  subscription.schedule = schedule.id;
  PHASE_AT.set(subscription, (at) => beginPhase(schedule, subscription, at));
  books.emit('subscription_schedule.created', schedule, cause);
  return schedule;
}

const DEFAULTS: Schedule['default_settings'] = {
  application_fee_percent: null,
  billing_cycle_anchor: 'automatic',
  billing_thresholds: null,
  collection_method: 'charge_automatically',
  default_payment_method: null,
  description: null,
  invoice_settings: {
    account_tax_ids: null,
    custom_fields: null,
    days_until_due: null,
    description: null,
    footer: null,
    issuer: { type: 'self' },
  },
  on_behalf_of: null,
  transfer_data: null,
};

function phaseObject(currency: string, price: string, start: number, end: number): Phase {
  return {
    add_invoice_items: [],
    application_fee_percent: null,
    billing_cycle_anchor: null,
    billing_thresholds: null,
    collection_method: null,
    currency,
    default_payment_method: null,
    default_tax_rates: [],
    description: null,
    discounts: [],
    end_date: end,
    invoice_settings: null,
    items: [{ billing_thresholds: null, discounts: [], metadata: {}, plan: price, price, quantity: 1, tax_rates: [] }],
    metadata: {},
    on_behalf_of: null,
    proration_behavior: 'none',
    start_date: start,
    transfer_data: null,
    trial_end: null,
  };
}

/** Sets the phases; each begins as the one before ends. @throws StripeRefusal 400 for phases that do not follow each other */
export function updateSchedule(
  books: Books,
  schedule: Schedule,
  given: z.output<typeof scheduleUpdate>,
  cause: Cause,
): Schedule {
  if (schedule.status !== 'active') throw wrongState(`A schedule that is ${schedule.status} cannot be changed.`);
  const [present] = schedule.phases;
  if (present === undefined) throw new Error('a schedule without a phase');
  const phases: Phase[] = [];
  let start = present.start_date;
  for (const [index, phase] of (given.phases ?? []).entries()) {
    if (index === 0 && phase.start_date !== present.start_date) {
      throw new StripeRefusal(400, 'The first phase must begin as the present one did.', {
        param: 'phases[0][start_date]',
      });
    }
    const [item] = phase.items;
    if (item === undefined)
      throw new StripeRefusal(400, 'A phase needs an item.', { param: `phases[${index}][items]` });
    const price = books.get('price', item.price, `phases[${index}][items][0][price]`);
    const end = phase.end_date ?? periodAfter(start, phase.duration ?? intervalOf(price), 1);
    phases.push(phaseObject(price.currency, price.id, start, end));
    start = end;
  }
  if (phases.length > 0) schedule.phases = phases;
  schedule.end_behavior = given.end_behavior ?? schedule.end_behavior;
  schedule.metadata = { ...schedule.metadata, ...given.metadata };
  books.emit('subscription_schedule.updated', schedule, cause);
  return schedule;
}

/** The price of the phase that begins at a time; after the last phase has begun, the schedule lets go of the subscription. */
function beginPhase(schedule: Schedule, subscription: Stripe.Subscription, at: number): string | undefined {
  const phase = schedule.phases.find(({ start_date }) => start_date === at);
  if (schedule.status !== 'active' || phase === undefined) return undefined;
  schedule.current_phase = { start_date: phase.start_date, end_date: phase.end_date };
  if (phase === schedule.phases.at(-1)) letGo(schedule, subscription, at);
  const price = phase.items[0]?.price;
  return typeof price === 'string' ? price : price?.id;
}

function letGo(schedule: Schedule, subscription: Stripe.Subscription, at: number): void {
  schedule.status = 'released';
  schedule.released_at = at;
  schedule.released_subscription = subscription.id;
  schedule.subscription = null;
  subscription.schedule = null;
  PHASE_AT.delete(subscription);
}

/** Lets the subscription go on as it is now. @throws StripeRefusal 400 when it was released before */
export function releaseSchedule(books: Books, schedule: Schedule, cause: Cause): Schedule {
  if (schedule.status !== 'active') throw wrongState(`A schedule that is ${schedule.status} cannot be released.`);
  const id = typeof schedule.subscription === 'string' ? schedule.subscription : '';
  letGo(schedule, books.get('subscription', id), books.now());
  books.emit('subscription_schedule.released', schedule, cause);
  return schedule;
}
