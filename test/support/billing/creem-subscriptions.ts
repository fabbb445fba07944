/** Subscriptions through the fake Creem, from the checkout to the ledger. */
import type { Subscription } from '../../../devnet/creem/objects.ts';
import { untilRenewedMs } from '../../../devnet/creem/subscriptions.ts';
import { uuidV7 } from '../../../src/core/ids.ts';
import type { SubscriptionDesk } from '../../../src/core/subscriptions/desk.ts';
import type { PlanVersion } from '../../../src/core/subscriptions/plan.ts';
import { openUserWallet } from '../../../src/db/access/users.ts';
import { storePlanVersion } from '../../../src/db/subscriptions/plans.ts';
import { openSettle } from '../../../src/payments/settle.ts';
import { openSubscriptionDesk } from '../../../src/payments/subscriptions/desk.ts';
import { queryRows } from '../process/query.ts';
import { openCreemWorld, type CreemWorld } from './creem-world.ts';

/** A plan as tests ask for it, in dollars. Without `credit` a month is worth its price. */
export interface CreemPlanAsked {
  readonly monthly?: number;
  readonly yearly?: number;
  readonly credit?: number;
}

/** A checkout that was opened for a plan. */
export interface OpenedPlan {
  readonly wallet: string;
  readonly order: string;
  readonly session: string;
}

export interface CreemSubscriptions extends CreemWorld {
  readonly desk: SubscriptionDesk;
  makePlan(asked?: CreemPlanAsked): Promise<PlanVersion>;
  makeUser(): Promise<string>;
  /** Opens a checkout of a subscription. */
  open(wallet: string, plan: PlanVersion): Promise<OpenedPlan>;
  /** Subscribes on the page, and settles what comes of it. */
  subscribe(wallet: string, plan: PlanVersion): Promise<Subscription>;
  /** What the fake has of the subscription that began at a checkout. */
  subscriptionOf(session: string): Subscription;
  /** Time passes until the next period is charged. */
  pass(subscription: Subscription): Promise<void>;
  /** As `pass`, and what comes of it is settled. */
  renew(subscription: Subscription): Promise<void>;
  /** What can be spent, in cents. */
  available(wallet: string): Promise<bigint>;
  state(wallet: string): Promise<string>;
  orders(wallet: string): Promise<{ state: string; reason: string | null; cents: number }[]>;
}

export async function openCreemSubscriptions(seed = 1): Promise<CreemSubscriptions> {
  const world = await openCreemWorld(seed);
  const { creem, shop, means, cashier, clock } = world;
  const { books } = shop;
  let users = 0;
  const subscriptionOf = (session: string): Subscription =>
    books.get('subscription', books.get('checkout', session).subscription ?? '');
  const open: CreemSubscriptions['open'] = async (wallet, plan) => {
    const request = {
      ...requestOf(plan),
      org: wallet,
      user: userOf(wallet),
      key: uuidV7(clock.nowMs()),
      hash: 'asked',
    };
    return { wallet, ...(await cashier.openCheckout(request)) };
  };
  const names = new Map<string, string>();
  const userOf = (wallet: string): string => names.get(wallet) ?? '';
  const pass = async (subscription: Subscription): Promise<void> => {
    creem.clock.advance(untilRenewedMs(books, subscription) + 1_000);
    await creem.idle();
  };
  return {
    ...world,
    desk: openSubscriptionDesk({ ...means, settle: openSettle(means) }),
    makePlan: async (asked) => makePlan(world, asked),
    makeUser: async () => {
      users += 1;
      const { wallet } = await openUserWallet(world.db, { id: `user-${users}`, at: new Date(clock.nowMs()) });
      names.set(wallet, `user-${users}`);
      return wallet;
    },
    open,
    subscribe: async (wallet, plan) => {
      const { session } = await open(wallet, plan);
      creem.act(session, 'pay');
      await world.work();
      return subscriptionOf(session);
    },
    subscriptionOf,
    pass,
    renew: async (subscription) => {
      await pass(subscription);
      await world.work();
    },
    ...readingsOf(world),
  };
}

async function makePlan(
  { db, clock, shop }: CreemWorld,
  { monthly, yearly, credit = monthly ?? 10 }: CreemPlanAsked = { monthly: 10 },
): Promise<PlanVersion> {
  const price = (monthly ?? yearly ?? 0) * 100;
  const recurring = monthly === undefined ? 'year' : 'month';
  const version: PlanVersion = {
    plan: uuidV7(clock.nowMs()),
    version: 1,
    fromMs: clock.nowMs(),
    name: 'Plan',
    description: '',
    features: [],
    kind: 'subscription',
    monthlyCents: monthly === undefined ? null : BigInt(monthly * 100),
    yearlyCents: yearly === undefined ? null : BigInt(yearly * 100),
    creditMicros: BigInt(credit) * 1_000_000n,
    creditEnd: 'never',
    isActive: true,
    stripeMonthly: null,
    stripeYearly: null,
    creemProduct: shop.addProduct({ price, recurring }).id,
  };
  await db.transaction(async (trx) => storePlanVersion(trx, version));
  return version;
}

const MICROS_PER_CENT = 10_000n;

/** What a payer asks for who subscribes. */
function requestOf({ plan, monthlyCents, yearlyCents, creditMicros, creemProduct }: PlanVersion) {
  const interval = monthlyCents === null ? ('year' as const) : ('month' as const);
  const priceMicros = (monthlyCents ?? yearlyCents ?? 0n) * MICROS_PER_CENT;
  const worth = creditMicros * (interval === 'year' ? 12n : 1n);
  const paid = worth < priceMicros ? worth : priceMicros;
  return {
    ownAccount: false,
    provider: 'creem' as const,
    pack: null,
    product: null,
    plan: { id: plan, interval },
    name: 'Plan',
    item: creemProduct ?? '',
    priceMicros,
    creditMicros: paid,
    bonusMicros: worth - paid,
    freeGiftCards: 0,
    successUrl: 'https://example.com/yes',
    cancelUrl: 'https://example.com/no',
    metadata: {},
    saveMethod: false,
  };
}

function readingsOf({ db }: CreemWorld): Pick<CreemSubscriptions, 'available' | 'state' | 'orders'> {
  return {
    available: async (wallet) => {
      const { rows } = await queryRows<{ available: string }>(
        db,
        'SELECT available FROM entry WHERE wallet = ? ORDER BY seq DESC LIMIT 1',
        [wallet],
      );
      return BigInt(rows[0]?.available ?? 0) / MICROS_PER_CENT;
    },
    state: async (wallet) => {
      const { rows } = await queryRows<{ state: string }>(
        db,
        'SELECT state FROM subscription WHERE org = ? ORDER BY created_at DESC LIMIT 1',
        [wallet],
      );
      return rows[0]?.state ?? 'none';
    },
    orders: async (wallet) => {
      const { rows } = await queryRows<{ state: string; reason: string | null; cents: number }>(
        db,
        `SELECT state, reason, (coalesce(asked, price) / 10000)::integer AS cents FROM pack_order WHERE org = ? ORDER BY id`,
        [wallet],
      );
      return rows;
    },
  };
}
