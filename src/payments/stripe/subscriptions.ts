/**
 * Changes of subscriptions, and the portal. An upgrade changes the price with a new period; a change at the period's end is a
 * schedule of two phases, which lets the subscription go when the second begins. A subscription with a schedule takes no
 * other change: the schedule is released first.
 */
import type { Stripe } from 'stripe';
import type { PriceChange, SubscriptionCall, SubscriptionCalls } from '../port.ts';
import { callStripe } from './faults.ts';
import { idOf } from './facts.ts';
import { checkPrice } from './prices.ts';

const CURRENCY = 'usd';
const WRITES = { reads: false, permission: 'subscription_write' } as const;

/** Opens the calls of an account. */
export function openSubscriptionCalls(stripe: Stripe): SubscriptionCalls {
  return {
    switchesNow: true,
    switchNow: async (change) => switchNow(stripe, change),
    switchAtPeriodEnd: async (change) => switchAtPeriodEnd(stripe, change),
    dropPlanned: async (change) => release(stripe, change),
    cancel: async ({ atPeriodEnd, ...change }) => {
      await release(stripe, change);
      if (atPeriodEnd) await setEnd(stripe, change, true);
      else await cancelNow(stripe, change);
    },
    keep: async (change) => setEnd(stripe, change, false),
    unpause: async ({ subscription, key }) => {
      await callStripe({ name: 'resume a subscription', ...WRITES }, async () =>
        // A new period begins, since Stripe's default is so.
        stripe.subscriptions.resume(subscription, {}, { idempotencyKey: key }),
      );
    },
    makePortal: async (key) => makePortal(stripe, key),
    openPortal: async (asked) => openPortal(stripe, asked),
  };
}

async function read(stripe: Stripe, id: string): Promise<Stripe.Subscription> {
  const call = { name: 'read a subscription', reads: true, permission: 'subscription_read' };
  return callStripe(call, async () => stripe.subscriptions.retrieve(id));
}

async function switchNow(stripe: Stripe, { subscription: id, key, ...wanted }: PriceChange): Promise<void> {
  const { price } = wanted;
  await checkPrice(stripe, { ...wanted, item: price, currency: CURRENCY });
  await release(stripe, { subscription: id, key });
  const { items } = await read(stripe, id);
  const [item] = items.data;
  await callStripe({ name: 'change a subscription', ...WRITES }, async () =>
    stripe.subscriptions.update(
      id,
      {
        items: [{ ...(item && { id: item.id }), price, quantity: 1 }],
        proration_behavior: 'none',
        billing_cycle_anchor: { type: 'now' },
        // A charge that fails, or that needs the payer, leaves the subscription as it was.
        payment_behavior: 'error_if_incomplete',
        off_session: true,
      },
      { idempotencyKey: `${key}-switch` },
    ),
  );
}

async function switchAtPeriodEnd(stripe: Stripe, { subscription: id, key, ...wanted }: PriceChange): Promise<void> {
  const { price } = wanted;
  await checkPrice(stripe, { ...wanted, item: price, currency: CURRENCY });
  await release(stripe, { subscription: id, key });
  const schedule = await callStripe({ name: 'plan a change', ...WRITES }, async () =>
    stripe.subscriptionSchedules.create({ from_subscription: id }, { idempotencyKey: `${key}-schedule` }),
  );
  const present = schedule.phases[0];
  const phases: Stripe.SubscriptionScheduleUpdateParams.Phase[] = [
    {
      items: [{ price: idOf(present?.items[0]?.price) ?? '', quantity: 1 }],
      start_date: present?.start_date ?? 0,
      end_date: present?.end_date ?? 0,
      proration_behavior: 'none',
    },
    { items: [{ price, quantity: 1 }], proration_behavior: 'none' },
  ];
  await callStripe({ name: 'plan a change', ...WRITES }, async () =>
    stripe.subscriptionSchedules.update(
      schedule.id,
      { end_behavior: 'release', proration_behavior: 'none', phases },
      { idempotencyKey: `${key}-phases` },
    ),
  );
}

/** Releases the schedule of a subscription, if it has one: its price then stays as it is. */
async function release(stripe: Stripe, { subscription: id, key }: SubscriptionCall): Promise<void> {
  const schedule = idOf((await read(stripe, id)).schedule);
  if (schedule === null) return;
  await callStripe({ name: 'drop a planned change', ...WRITES }, async () =>
    stripe.subscriptionSchedules.release(schedule, {}, { idempotencyKey: `${key}-release-${schedule}` }),
  );
}

async function setEnd(stripe: Stripe, { subscription: id, key }: SubscriptionCall, wanted: boolean): Promise<void> {
  await callStripe({ name: 'change the end of a subscription', ...WRITES }, async () =>
    stripe.subscriptions.update(id, { cancel_at_period_end: wanted }, { idempotencyKey: `${key}-end` }),
  );
}

async function cancelNow(stripe: Stripe, { subscription: id, key }: SubscriptionCall): Promise<void> {
  await callStripe({ name: 'cancel a subscription', ...WRITES }, async () =>
    stripe.subscriptions.cancel(id, {}, { idempotencyKey: `${key}-cancel` }),
  );
}

async function makePortal(stripe: Stripe, key: string): Promise<string> {
  const call = { name: 'set the portal up', reads: false, permission: 'customer_portal_write' };
  const made = await callStripe(call, async () =>
    stripe.billingPortal.configurations.create(
      {
        features: {
          invoice_history: { enabled: true },
          payment_method_update: { enabled: true },
          subscription_cancel: { enabled: true, mode: 'at_period_end' },
          // A switch there would be prorated: what it pays is then no plan's price.
          subscription_update: { enabled: false },
        },
      },
      { idempotencyKey: key },
    ),
  );
  return made.id;
}

async function openPortal(
  stripe: Stripe,
  asked: { readonly customer: string; readonly portal: string; readonly returnUrl: string },
): Promise<string> {
  const { customer, portal, returnUrl } = asked;
  const call = { name: 'open the portal', reads: false, permission: 'customer_portal_write' };
  const session = await callStripe(call, async () =>
    stripe.billingPortal.sessions.create({ customer, configuration: portal, return_url: returnUrl }),
  );
  return session.url;
}
