/**
 * Random lives of subscriptions against the provider's own books: what was credited less what was taken back is what the provider
 * holds of paid invoices, whatever is lost, repeated or late, and nothing is granted twice.
 */
import type Stripe from 'stripe';
import { pauseSubscription } from '../../../devnet/stripe/billing/changes.ts';
import { paymentsOf } from '../../../devnet/stripe/billing/invoices.ts';
import * as billing from '../../../devnet/stripe/billing/subscriptions.ts';
import type { Books } from '../../../devnet/stripe/books.ts';
import { openDispute, stepDispute } from '../../../devnet/stripe/disputes.ts';
import { createRefund } from '../../../devnet/stripe/refunds.ts';
import { StripeRefusal } from '../../../devnet/stripe/refusal.ts';
import { Refusal } from '../../../src/core/errors.ts';
import type { PlanVersion } from '../../../src/core/subscriptions/plan.ts';
import { sweepAccount } from '../../../src/payments/sweep.ts';
import type { SubscriptionWorld } from './world.ts';

const DAY_MS = 86_400_000;
const NOBODY = { requestId: null, idempotencyKey: null };

/** What may happen in a life. */
export const STEPS = [
  'renew',
  'fail',
  'recover',
  'upgrade',
  'downgrade',
  'pause',
  'resume',
  'cancel',
  'refund',
  'refund half',
  'dispute',
  'win',
  'days',
  'lose webhooks',
  'repeat webhooks',
  'crash',
  'calm',
] as const;
export type Step = (typeof STEPS)[number];

interface Life {
  readonly world: SubscriptionWorld;
  readonly payer: string;
  readonly subscription: Stripe.Subscription;
  readonly plans: readonly PlanVersion[];
  readonly turn: number;
}

/** The charge that was made last for the subscription. */
function lastCharge(books: Books, { id }: Stripe.Subscription): Stripe.Charge | undefined {
  const paid = books.list('invoice').find((one) => billing.isOf(one, id) && one.status === 'paid');
  const intent = paid && paymentsOf(books, paid.id).at(0)?.payment.payment_intent;
  return books.list('charge').find((charge) => charge.payment_intent === intent && charge.paid);
}

/** What the provider holds for the subscription, in cents. */
function heldFor(books: Books, { id }: Stripe.Subscription): number {
  const intents = books
    .list('invoice')
    .filter((one) => billing.isOf(one, id))
    .flatMap((one) => paymentsOf(books, one.id))
    .map(({ payment }) => payment.payment_intent);
  const charges = books
    .list('charge')
    .filter(({ payment_intent: intent, paid }) => paid && intents.includes(intent as string));
  const ids = charges.map((charge) => charge.id);
  const back = books
    .list('refund')
    .filter(({ charge, status }) => ids.includes(charge as string) && status !== 'failed');
  const disputes = books.list('dispute').filter(({ charge }) => ids.includes(charge as string));
  const taken = disputes
    .flatMap((dispute) => dispute.balance_transactions)
    .reduce((sum, { amount }) => sum + amount, 0);
  const sum = (all: readonly { readonly amount: number }[]): number =>
    all.reduce((total, { amount }) => total + amount, 0);
  return sum(charges) - sum(back) + taken;
}

const WORK: Readonly<Record<Step, (life: Life) => Promise<void> | void>> = {
  renew: async ({ world, subscription }) => world.renew(subscription),
  fail: async ({ world, subscription }) => {
    billing.useMethod(world.books, subscription, 'pm_card_chargeDeclined');
    await world.renew(subscription);
  },
  recover: ({ world, subscription }) => void billing.payOpenInvoices(world.books, subscription, 'pm_card_visa'),
  upgrade: async (life) => changeTo(life, 1),
  downgrade: async (life) => changeTo(life, 0),
  pause: ({ world, subscription }) => pauseSubscription(world.books, subscription),
  resume: async ({ world, payer, turn }) => void (await world.desk.resume({ payer, key: `resume-${turn}` })),
  cancel: async ({ world, payer, turn }) => void (await world.desk.cancel({ payer, key: `cancel-${turn}` })),
  refund: ({ world, subscription }) => giveBack(world.books, lastCharge(world.books, subscription), 1),
  'refund half': ({ world, subscription }) => giveBack(world.books, lastCharge(world.books, subscription), 2),
  dispute: ({ world, subscription }) => {
    const charge = lastCharge(world.books, subscription);
    const isFresh = charge !== undefined && !charge.disputed && charge.amount_refunded === 0;
    if (isFresh) openDispute(world.books, charge, 'chargeback');
  },
  win: ({ world, subscription }) => {
    const charge = lastCharge(world.books, subscription);
    const dispute = world.books.list('dispute').find((one) => one.charge === charge?.id);
    if (dispute) stepDispute(world.books, dispute, 'win');
  },
  days: ({ world }) => world.stripe.clock.advance(10 * DAY_MS),
  'lose webhooks': ({ world }) => void (world.stripe.weather.drop = 1),
  'repeat webhooks': ({ world }) => void Object.assign(world.stripe.weather, { drop: 0, duplicate: 1, twin: 1 }),
  crash: ({ world }) =>
    world.stripe.faults.add({ call: 'GET /v1/invoices', times: 2, effect: { kind: 'close_before' } }),
  calm: ({ world }) => void Object.assign(world.stripe.weather, { drop: 0, duplicate: 0, twin: 0 }),
};

async function changeTo({ world, payer, plans, turn }: Life, index: number): Promise<void> {
  await world.desk.change({ payer, key: `change-${turn}`, plan: plans[index]?.plan ?? '', interval: undefined });
}

function giveBack(books: Books, charge: Stripe.Charge | undefined, share: number): void {
  if (charge === undefined || charge.disputed) return;
  const amount = Math.floor((charge.amount - charge.amount_refunded) / share);
  if (amount > 0) createRefund(books, { charge: charge.id, amount }, NOBODY);
}

/** A step that the state does not allow is refused, and changes nothing. */
async function take(step: Step, life: Life): Promise<void> {
  try {
    await WORK[step](life);
  } catch (error) {
    if (!(error instanceof Refusal) && !(error instanceof StripeRefusal)) throw error;
  }
  await life.world.work();
  await sweep(life.world);
}

/** As the job does all the time: the provider lists events for a month only. */
async function sweep(world: SubscriptionWorld): Promise<void> {
  const { db, clock, accounts, backlog } = world;
  const log = { warn: () => undefined, info: () => undefined };
  try {
    await sweepAccount({ db, clock, log, accounts, backlog, holder: 'one' }, 'stripe');
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
  }
  await world.work();
}

/** What a payer has after a life, and what they should have: what the provider holds of their money. */
export interface LifeOutcome {
  readonly available: number;
  readonly deposited: number;
  readonly held: number;
  /** Orders that are neither credited nor parked. */
  readonly unsettled: readonly string[];
}

/** Lives one life: a payer subscribes, the steps happen, and then the weather is calm until everything is settled. */
export async function liveThrough(
  world: SubscriptionWorld,
  plans: readonly PlanVersion[],
  steps: readonly Step[],
): Promise<LifeOutcome> {
  const [first] = plans;
  if (first === undefined) throw new Error('no plan');
  const payer = await world.makeUser();
  const subscription = await world.subscribe(payer, first);
  for (const [turn, step] of steps.entries()) await take(step, { world, payer, subscription, plans, turn });
  Object.assign(world.stripe.weather, { drop: 0, duplicate: 0, twin: 0 });
  world.stripe.faults.clear();
  await sweep(world);
  world.stripe.clock.advance(3_600_000);
  await world.work();
  const orders = await world.orders(payer);
  return {
    ...(await world.wallet(payer)),
    held: heldFor(world.books, subscription),
    unsettled: orders.map(({ state }) => state).filter((state) => !['credited', 'parked'].includes(state)),
  };
}
