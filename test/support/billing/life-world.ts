/** Orgs that buy at the fake Stripe, in a world that reports what happens there in several ways, and what both sides have at the end. */
import type { FakeAccount } from '../../../devnet/stripe/account.ts';
import type { Books } from '../../../devnet/stripe/books.ts';
import { CALM, type Weather } from '../../../devnet/stripe/deliveries.ts';
import { dueOf } from '../../../src/core/billing/rails.ts';
import { takenNow } from '../../../src/core/billing/take-back.ts';
import { toCount } from '../../../src/core/integers.ts';
import { listMovements } from '../../../src/db/billing/movements.ts';
import { listOrders, type Order } from '../../../src/db/billing/orders.ts';
import { readRails } from '../../../src/db/billing/rails.ts';
import type { LedgerWriter } from '../../../src/db/ledger/writer.ts';
import { acquireLease, releaseLease } from '../../../src/db/leases.ts';
import { refillRound } from '../../../src/payments/refill.ts';
import { openSettle } from '../../../src/payments/settle.ts';
import { checkRails } from '../../../src/payments/solvency.ts';
import { sweepAccount } from '../../../src/payments/sweep.ts';
import { queryRows } from '../process/query.ts';
import { openRefillWorld, type RefillOrg, type RefillWorld } from './refill-world.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const CENT = 10_000n;
const USD = 1_000_000n;
/** What each org begins with. */
const GIVEN_USD = 12n;
/** How often what waits is tried again at the end, with a pause before each. */
const LAST_ROUNDS = 6;
const OLD_VERSION = '2020-08-27';
const quiet = { warn: () => undefined, error: () => undefined, info: () => undefined };

/** How a life is reported: each step at once; all of it at the end; by the list of events alone; at once, with crashes. */
export const WAYS = ['as it happens', 'late, twice and shuffled', 'lost, then swept', 'crashing'] as const;
export type Way = (typeof WAYS)[number];

const WEATHER: Readonly<Record<Way, Partial<Weather>>> = {
  'as it happens': {},
  'late, twice and shuffled': { hold: true, duplicate: 0.5, twin: 0.5 },
  'lost, then swept': { drop: 1 },
  crashing: { duplicate: 0.3, twin: 0.3, beforeAnswer: true },
};

/** Where settling ends as by a crash: before it, before or after an entry is written, or before its outcome is noted. */
export const CRASHES = ['before', 'entry unwritten', 'entry written', 'after'] as const;
export type Crash = (typeof CRASHES)[number];

/** An org whose purchases happen in one of the ways. */
export interface Life extends RefillOrg {
  readonly way: Way;
  /** Its checkouts, oldest first. */
  readonly bought: { readonly order: string; readonly session: string }[];
  /** Orders that somebody else's checkouts name. */
  readonly named: Set<string>;
  /** What took effect. */
  readonly done: Set<string>;
  readonly givenMicros: bigint;
  spentMicros: bigint;
}

/** What the provider holds for an order, and what follows for its credit. */
export interface Held {
  readonly creditMicros: bigint;
  readonly backMicros: bigint;
  readonly giftCards: number;
  readonly isWarned: boolean;
}

/** What our side has at the end. */
export interface LifeEnd {
  readonly orders: readonly {
    readonly channel: string;
    readonly state: string;
    readonly creditedMicros: bigint;
    readonly takenMicros: bigint;
    readonly isFrozen: boolean;
  }[];
  readonly availableMicros: bigint;
  readonly giftCards: number;
  /** Objects that are still to be settled. */
  readonly waiting: number;
}

export interface LifeWorld extends RefillWorld {
  /** An org with an account of its own, which knows the secret of its webhooks. */
  readonly thief: { readonly org: string; readonly fake: FakeAccount; readonly secret: string };
  /** Lets settling crash there, once. */
  crash(where: Crash): void;
  begin(way: Way): Promise<Life>;
  /** Has what happened seen at once, where the way of this life reports it at once. */
  seen(life: Life): Promise<void>;
  /** Days pass, and everything that was not reported is. */
  finish(life: Life): Promise<void>;
  endOf(life: Life): Promise<LifeEnd>;
  heldFor(life: Life): Promise<Held[]>;
  /** Payments of auto-refill that succeeded twice for one order, and payments that somebody could still confirm. */
  refillsOf(life: Life): Promise<{ readonly twice: number; readonly open: number }>;
  /** How far what is due differs from what the provider holds, over all lives. */
  rail(): Promise<{ readonly differs: bigint; readonly frozen: boolean }>;
}

export async function openLifeWorld(): Promise<LifeWorld> {
  const world = await openRefillWorld();
  const { db, clock, stripe } = world;
  const crashes = new Set<Crash>();
  const settle = openSettle({ db, clock, writer: crashingWriter(world.writer, crashes) });
  world.answer = async (fact) => {
    crashAt(crashes, 'before');
    const settlement = await settle(fact);
    crashAt(crashes, 'after');
    return settlement;
  };
  const thief = await openThief(world);
  const seen = async ({ way }: Life): Promise<void> => {
    if (way === 'as it happens' || way === 'crashing') await world.work();
  };
  return Object.assign(world, {
    thief,
    crash: (where: Crash) => void crashes.add(where),
    begin: async (way: Way): Promise<Life> => {
      const org = await world.open({ usd: GIVEN_USD, change: { maxDayMinor: 100_000n, maxMonthMinor: 500_000n } });
      await sweepAll(world, thief.org);
      Object.assign(stripe.weather, WEATHER[way]);
      if (way !== 'as it happens') world.shop.books().settings.apiVersion = OLD_VERSION;
      return {
        ...org,
        way,
        bought: [],
        named: new Set(),
        done: new Set(),
        givenMicros: GIVEN_USD * USD,
        spentMicros: 0n,
      };
    },
    seen,
    finish: async (life: Life) => {
      await world.set(life.org, { enabled: false });
      crashes.clear();
      stripe.clock.advance(5 * DAY_MS);
      Object.assign(stripe.weather, CALM);
      stripe.faults.clear();
      Object.assign(world.shop.books().settings, {
        apiVersion: '2026-10-28.endive',
        taxPercent: 0,
        discountPercent: 0,
      });
      await stripe.deliveries.release();
      if (life.way === 'lost, then swept') await sweepAll(world, thief.org);
      for (let round = 0; round < LAST_ROUNDS; round += 1) {
        stripe.clock.advance(11 * MINUTE_MS);
        // The claim of a round that was cut short ends by time.
        await db.raw('UPDATE auto_refill_purchase SET claim = NULL, claimed_until = NULL WHERE ended_at IS NULL');
        await refillRound(world.means);
        await world.work();
      }
    },
    endOf: async (life: Life) => endOf(world, life),
    heldFor: async (life: Life) =>
      (await ordersOf(world, life)).map((order) => heldFor(world.shop.books(), order, life)),
    refillsOf: async (life: Life) => refillsOf(world, life),
    rail: async () => compareRail(world),
  });
}

function crashAt(crashes: Set<Crash>, where: Crash): void {
  if (crashes.delete(where)) throw new Error(`crashed: ${where}`);
}

/** A writer whose caller dies before or after an entry is written. */
function crashingWriter(writer: LedgerWriter, crashes: Set<Crash>): Pick<LedgerWriter, 'submit'> {
  return {
    submit: async (submission) => {
      crashAt(crashes, 'entry unwritten');
      const outcome = await writer.submit(submission);
      crashAt(crashes, 'entry written');
      return outcome;
    },
  };
}

async function openThief(world: RefillWorld): Promise<LifeWorld['thief']> {
  const org = await world.createOrg();
  const fake = world.stripe.addAccount();
  const { secrets } = fake.addEndpoint(world.hookUrl(org));
  await world.accounts.store(org, { secretKey: fake.createKey(), webhookSecrets: secrets });
  return { org, fake, secret: secrets[0] ?? '' };
}

async function sweepAll({ db, clock, accounts, backlog }: RefillWorld, thief: string): Promise<void> {
  for (const name of ['stripe', `stripe:${thief}`]) {
    await sweepAccount({ db, clock, accounts, backlog, holder: 'one', log: quiet }, name);
  }
}

/** The orders of a life, oldest first, without the one that saved the org's method. */
async function ordersOf({ db, clock }: RefillWorld, { org }: Life): Promise<Order[]> {
  return (await listOrders(db, { org, nowMs: clock.nowMs(), limit: 100 })).toReversed().slice(1);
}

/** What the provider's books say of an order. Credit is due for a price that was paid in full, without a discount. */
function heldFor(books: Books, order: Order, { bought }: Life): Held {
  const intents = books.list('payment_intent').filter(({ metadata }) => metadata['coffer_order'] === order.id);
  const isOurs = ({ payment_intent: id }: { readonly payment_intent?: unknown }): boolean =>
    intents.some((intent) => intent.id === id);
  const paid = intents.reduce((sum, one) => (one.status === 'succeeded' ? sum + BigInt(one.amount_received) : sum), 0n);
  const refunded = books
    .list('refund')
    .filter((one) => isOurs(one) && one.status !== 'failed' && one.status !== 'canceled')
    .reduce((sum, { amount }) => sum + BigInt(amount), 0n);
  const disputed = books
    .list('dispute')
    .filter(isOurs)
    .flatMap(({ balance_transactions: moves }) => moves)
    .reduce((sum, { amount }) => sum - BigInt(amount), 0n);
  const session = bought.find((one) => one.order === order.id)?.session;
  const discount = session === undefined ? 0 : books.get('checkout.session', session).total_details?.amount_discount;
  const isCredited = paid > 0n && discount === 0;
  const back = refunded + disputed;
  const shareOf = (part: bigint): bigint => (!isCredited ? 0n : back >= paid ? part : (part * back) / paid);
  const cards = isCredited ? BigInt(order.freeGiftCards) : 0n;
  return {
    creditMicros: isCredited ? order.creditMicros : 0n,
    backMicros: shareOf(order.creditMicros),
    giftCards: toCount(String(cards - shareOf(cards))),
    isWarned: isCredited && books.list('radar.early_fraud_warning').some((one) => isOurs(one) && one.actionable),
  };
}

async function endOf(world: RefillWorld, life: Life): Promise<LifeEnd> {
  const { db } = world;
  const orders = await ordersOf(world, life);
  const movements = await listMovements(
    db,
    orders.map(({ id }) => id),
  );
  const frozen = await queryRows<{ order_id: string }>(
    db,
    'SELECT DISTINCT order_id FROM lot_frozen WHERE wallet = ? AND ended_at IS NULL',
    [life.wallet],
  );
  const last = await queryRows<{ available: string; gift_available: number }>(
    db,
    'SELECT available, gift_available FROM entry WHERE wallet = ? ORDER BY seq DESC LIMIT 1',
    [life.wallet],
  );
  const waiting = await queryRows<{ n: number }>(
    db,
    "SELECT count(*)::integer AS n FROM payment_inbox WHERE state IN ('pending', 'waiting')",
  );
  return {
    orders: orders.map(({ id, channel, state }) => {
      const written = (movements.get(id) ?? []).filter(({ entrySeq }) => entrySeq !== null);
      const credits = written.filter(({ kind }) => kind === 'credit_paid');
      return {
        channel,
        state,
        creditedMicros: credits.reduce((sum, { amountMicros }) => sum + amountMicros, 0n),
        takenMicros: takenNow(written),
        isFrozen: frozen.rows.some(({ order_id: order }) => order === id),
      };
    }),
    availableMicros: BigInt(last.rows[0]?.available ?? 0),
    giftCards: last.rows[0]?.gift_available ?? 0,
    waiting: waiting.rows[0]?.n ?? 0,
  };
}

async function refillsOf(world: RefillWorld, life: Life): Promise<{ readonly twice: number; readonly open: number }> {
  const books = world.shop.books();
  const orders = (await ordersOf(world, life)).filter(({ channel }) => channel === 'auto_refill');
  const intents = orders.map(({ id }) =>
    books.list('payment_intent').filter(({ metadata }) => metadata['coffer_order'] === id),
  );
  return {
    twice: intents.filter((some) => some.filter(({ status }) => status === 'succeeded').length > 1).length,
    open: intents.flat().filter(({ status }) => status !== 'succeeded' && status !== 'canceled').length,
  };
}

async function compareRail(world: RefillWorld): Promise<{ readonly differs: bigint; readonly frozen: boolean }> {
  const { db, clock, writer, accounts } = world;
  const lease = await acquireLease(db, { name: 'rails', holder: 'one', ttlMs: 120_000 });
  if (!lease) throw new Error('another process has the lease');
  await checkRails({ db, clock, writer, accounts, log: quiet, toleranceMicros: CENT }, lease);
  await releaseLease(db, lease);
  const found = (await readRails(db)).find(({ check }) => check.account === 'stripe');
  if (!found) throw new Error('nothing is known of the rail');
  return { differs: dueOf(found.check) - found.check.gotMicros, frozen: found.freeze !== undefined };
}
