/** Subscriptions from the checkout to the ledger, at the fake Stripe on its own clock. */
import type Stripe from 'stripe';
import * as billing from '../../../devnet/stripe/billing/subscriptions.ts';
import type { Books } from '../../../devnet/stripe/books.ts';
import { idOf } from '../../../devnet/stripe/checkout.ts';
import type { CheckoutRequest } from '../../../src/core/billing/cashier.ts';
import type { Interval } from '../../../src/core/billing/order.ts';
import { uuidV7 } from '../../../src/core/ids.ts';
import { stripePriceOf, termsOf, type PlanVersion } from '../../../src/core/subscriptions/plan.ts';
import type { SubscriptionDesk } from '../../../src/core/subscriptions/desk.ts';
import { openUserWallet } from '../../../src/db/access/users.ts';
import { openLedgerWriter, type LedgerWriter } from '../../../src/db/ledger/writer.ts';
import { findPlan, storePlanVersion } from '../../../src/db/subscriptions/plans.ts';
import { openCashier } from '../../../src/payments/cashier.ts';
import { openSettle } from '../../../src/payments/settle.ts';
import { openSubscriptionDesk } from '../../../src/payments/subscriptions/desk.ts';
import { openPaymentWorld, type PaymentWorld } from '../billing/payment-world.ts';
import { sdkOf } from '../billing/stripe-sdk.ts';
import { queryRows } from '../process/query.ts';

/** A plan as tests ask for it: dollars a month, a year, and what a month is worth. */
export interface PlanAsked {
  readonly monthly?: number;
  readonly yearly?: number;
  readonly credit?: number;
  readonly ends?: PlanVersion['creditEnd'];
}

/** What a payer has, in cents. */
export interface WalletShown {
  readonly available: number;
  readonly deposited: number;
}

export interface SubscriptionWorld extends PaymentWorld {
  readonly writer: LedgerWriter;
  readonly books: Books;
  readonly desk: SubscriptionDesk;
  makePlan(asked?: PlanAsked): Promise<PlanVersion>;
  /** Adds a version to a plan, in force from now on. */
  changePlan(plan: string, change: Partial<PlanVersion>): Promise<PlanVersion>;
  makeUser(): Promise<string>;
  /** Opens a checkout of a subscription. */
  open(payer: string, plan: PlanVersion, interval?: Interval): Promise<{ order: string; session: string }>;
  /** Subscribes on the page, and settles what comes of it. */
  subscribe(payer: string, plan: PlanVersion, interval?: Interval): Promise<Stripe.Subscription>;
  /** Time passes until the next period is charged. */
  renew(subscription: Stripe.Subscription): Promise<void>;
  wallet(payer: string): Promise<WalletShown>;
  entries(payer: string): Promise<{ type: string; cents: number; contra: string }[]>;
  orders(payer: string): Promise<{ state: string; reason: string | null; recurring: boolean; cents: number }[]>;
  state(payer: string): Promise<string>;
  events(): Promise<{ kind: string; data: Record<string, unknown> }[]>;
}

export async function openSubscriptionWorld(): Promise<SubscriptionWorld> {
  const world = await openPaymentWorld();
  const closeWorld = world.close.bind(world);
  const { db, clock, stripe, shop } = world;
  const writer = openLedgerWriter({ url: world.database.appUrl, clock, deadlineMs: 10_000 });
  const settle = openSettle({ db, writer, clock });
  world.answer = settle;
  const accounts = { find: async () => Promise.resolve(world.platform), note: async () => Promise.resolve() };
  const means = { db, writer, clock, accounts, mode: 'test' as const };
  const desk = openSubscriptionDesk({ ...means, settle });
  return Object.assign(world, {
    writer,
    desk,
    books: shop.books(),
    ...shopOf(world, writer),
    ...readingsOf(world),
    renew: async (subscription: Stripe.Subscription) => {
      stripe.clock.advance(billing.untilRenewedMs(shop.books(), subscription));
      await world.work();
    },
    close: async () => {
      await writer.stop();
      await closeWorld();
    },
  });
}

const LIMITS = { checkoutsPerHour: 1_000, openOrders: 1_000, failedPerDay: 1_000 };

function shopOf(
  world: PaymentWorld,
  writer: LedgerWriter,
): Pick<SubscriptionWorld, 'makePlan' | 'changePlan' | 'makeUser' | 'open' | 'subscribe'> {
  const { db, clock, stripe, shop } = world;
  const accounts = { find: async () => Promise.resolve(world.platform), note: async () => Promise.resolve() };
  const cashier = openCashier({ db, writer, clock, accounts, mode: 'test', limits: LIMITS });
  let users = 0;
  const open: SubscriptionWorld['open'] = async (payer, plan, interval = 'month') =>
    cashier.openCheckout(requestOf(plan, interval, { payer, user: await userOf(world, payer), nowMs: clock.nowMs() }));
  return {
    open,
    ...plansOf(world),
    makeUser: async () => {
      users += 1;
      return (await openUserWallet(db, { id: `user-${users}`, at: new Date(clock.nowMs()) })).wallet;
    },
    subscribe: async (payer, plan, interval) => {
      const { session } = await open(payer, plan, interval);
      stripe.pay(session);
      await world.work();
      const { subscription } = shop.books().get('checkout.session', session);
      return shop.books().get('subscription', idOf(subscription));
    },
  };
}

/** What a payer asks for who subscribes. */
function requestOf(
  plan: PlanVersion,
  interval: Interval,
  { payer, user, nowMs }: { readonly payer: string; readonly user: string; readonly nowMs: number },
): CheckoutRequest {
  const terms = termsOf(plan, interval);
  if (terms === undefined) throw new Error('the plan has no such price');
  return {
    org: payer,
    user,
    ownAccount: false,
    pack: null,
    product: null,
    plan: { id: plan.plan, interval },
    name: plan.name,
    item: stripePriceOf(plan, interval) ?? undefined,
    priceMicros: terms.priceMinor * 10_000n,
    creditMicros: terms.paidMicros,
    bonusMicros: terms.bonusMicros,
    freeGiftCards: 0,
    successUrl: 'https://a.example/yes',
    cancelUrl: 'https://a.example/no',
    metadata: {},
    saveMethod: false,
    key: uuidV7(nowMs),
    hash: 'asked',
  };
}

/** Plans, with their prices at the fake. */
function plansOf({ db, clock, stripe, shop }: PaymentWorld): Pick<SubscriptionWorld, 'makePlan' | 'changePlan'> {
  const sdk = sdkOf(stripe, shop.createKey());
  const priceOf = async (dollars: number | undefined, interval: Interval): Promise<string | null> => {
    if (dollars === undefined) return null;
    const product = await sdk.products.create({ name: 'Plan' });
    const price = { product: product.id, currency: 'usd', unit_amount: dollars * 100, recurring: { interval } };
    return (await sdk.prices.create(price)).id;
  };
  const store = async (version: PlanVersion): Promise<PlanVersion> => {
    await db.transaction(async (trx) => storePlanVersion(trx, version));
    return version;
  };
  return {
    makePlan: async ({ monthly = 10, yearly, credit = monthly, ends = 'never' } = {}) =>
      store({
        plan: uuidV7(clock.nowMs()),
        version: 1,
        fromMs: clock.nowMs(),
        name: `Plan of ${monthly}`,
        description: '',
        features: [],
        kind: 'subscription',
        monthlyCents: BigInt(monthly * 100),
        yearlyCents: yearly === undefined ? null : BigInt(yearly * 100),
        creditMicros: BigInt(credit) * 1_000_000n,
        creditEnd: ends,
        isActive: true,
        stripeMonthly: await priceOf(monthly, 'month'),
        stripeYearly: await priceOf(yearly, 'year'),
        creemProduct: null,
      }),
    changePlan: async (plan, change) => {
      const before = await findPlan(db, plan);
      if (before === undefined) throw new Error('no such plan');
      return store({ ...before, ...change, version: before.version + 1, fromMs: clock.nowMs() });
    },
  };
}

async function userOf({ db }: PaymentWorld, payer: string): Promise<string> {
  const { rows } = await queryRows<{ id: string }>(db, 'SELECT id FROM wallet_user WHERE wallet = ?', [payer]);
  return rows[0]?.id ?? '';
}

function readingsOf({
  db,
}: PaymentWorld): Pick<SubscriptionWorld, 'wallet' | 'entries' | 'orders' | 'state' | 'events'> {
  return {
    wallet: async (payer) => {
      const { rows } = await queryRows<WalletShown>(
        db,
        `SELECT (available / 10000)::integer AS available, (deposited / 10000)::integer AS deposited FROM entry
         WHERE wallet = ? ORDER BY seq DESC LIMIT 1`,
        [payer],
      );
      return rows[0] ?? { available: 0, deposited: 0 };
    },
    entries: async (payer) => {
      const { rows } = await queryRows<{ type: string; cents: number; contra: string }>(
        db,
        'SELECT type, (available_delta / 10000)::integer AS cents, contra FROM entry WHERE wallet = ? ORDER BY seq',
        [payer],
      );
      return rows;
    },
    orders: async (payer) => {
      const { rows } = await queryRows<Awaited<ReturnType<SubscriptionWorld['orders']>>[number]>(
        db,
        `SELECT state, reason, recurring, (coalesce(asked, price) / 10000)::integer AS cents FROM pack_order
         WHERE org = ? ORDER BY id`,
        [payer],
      );
      return rows;
    },
    state: async (payer) => {
      const { rows } = await queryRows<{ state: string }>(
        db,
        'SELECT state FROM subscription WHERE org = ? ORDER BY created_at DESC LIMIT 1',
        [payer],
      );
      return rows[0]?.state ?? 'none';
    },
    events: async () => {
      const { rows } = await queryRows<{ kind: string; data: Record<string, unknown> }>(
        db,
        `SELECT kind, data FROM event_pending WHERE kind LIKE 'subscription.%' ORDER BY turn`,
      );
      return rows;
    },
  };
}
