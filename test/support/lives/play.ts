/** Plays random lives, and compares after each step what is there with what the model says. */
import fc from 'fast-check';
import { expect } from 'vitest';
import type { EntryType } from '../../../src/core/ledger/vocabulary.ts';
import { listIn } from '../asserts.ts';
import { queryRows } from '../process/query.ts';
import { expectBooksBalance } from '../reports/books.ts';
import { microsOf } from './amounts.ts';
import type { OrgHold } from './org-model.ts';
import { periodsOf } from './provider.ts';
import { BEGINNINGS, STEPS, TOUR } from './steps.ts';
import type { Step } from './step.ts';
import { userAvailable } from './user-steps.ts';
import { ACTIONS, openLivesWorld, type Life, type LivesWorld } from './world.ts';

const HOUR_MS = 3_600_000;
const MICROS_PER_CENT = 10_000n;
/** What the provider's books decide about a user's wallet. */
const OF_THE_PROVIDER: readonly EntryType[] = ['DEPOSIT', 'CLAWBACK', 'CLAWBACK_REVERSAL'];
const OF_BONUS: readonly EntryType[] = ['SUBSCRIPTION_GRANT', 'GRANT_REVERSAL'];

type Sums = ReadonlyMap<EntryType, bigint>;
const sumOf = (sums: Sums, types: readonly EntryType[]): bigint =>
  types.reduce((sum, type) => sum + (sums.get(type) ?? 0n), 0n);

/** What can be spent is what came in less what went out; the model knows what was given and spent. */
async function compare(world: LivesWorld, life: Life): Promise<void> {
  const { user } = life.model;
  await world.settle(life.wallet);
  const sums = await world.sums(life.wallet);
  expect(sumOf(sums, ['CHECK_IN_GRANT', 'COUPON_GRANT'])).toBe(user.giftedMicros);
  expect(-sumOf(sums, ['AI_API_CALL', 'CHARGE'])).toBe(user.spentMicros);
  const brought = sumOf(sums, [...OF_THE_PROVIDER, ...OF_BONUS]) + sumOf(sums, ['LOT_EXPIRY']);
  expect(await userAvailable(world, life)).toBe(brought + user.giftedMicros - user.spentMicros);
  await compareOrg(world, life);
}

/** The balance of an org, and its open holds with what each has left. */
async function compareOrg(world: LivesWorld, life: Life): Promise<void> {
  const { org } = life.model;
  const { status, json } = await world.asService(life, 'GET', '/treasury/balance');
  const { available, held } = org.at(world.nowMs());
  const shown = [microsOf(String(json['availableUsd'])), microsOf(String(json['heldUsd']))];
  expect([status, ...shown]).toEqual([200, available, held]);
  const open = listIn(await world.asService(life, 'GET', '/treasury/holds?state=open&limit=100'), 'holds');
  const expected = org.holds.filter((hold) => org.isOpen(hold)).map((hold) => [hold.id, org.leftIn(hold)] as const);
  expect(new Map(open.map(({ holdId, leftUsd }) => [holdId, microsOf(String(leftUsd))]))).toEqual(new Map(expected));
}

/** Floor, as the contract takes back. */
const shareOf = (micros: bigint, back: bigint, paid: bigint): bigint => (paid === 0n ? 0n : (micros * back) / paid);

/** At the end, when nothing is under way, what the provider's books say is what was credited and taken back. */
async function compareWithProvider(world: LivesWorld, life: Life): Promise<void> {
  const { base, plans } = world;
  const plansByPrice = new Map(plans.map((plan) => [plan.stripeMonthly, plan]));
  let [deposits, bonus, periods] = [0n, 0n, 0];
  for (const subscription of life.subscriptions) {
    for (const { price, paidMinor, backMinor } of periodsOf(base.books, subscription)) {
      const plan = plansByPrice.get(price);
      const paidMicros = paidMinor * MICROS_PER_CENT;
      const more = (plan?.creditMicros ?? 0n) - paidMicros;
      periods += 1;
      deposits += paidMicros - shareOf(paidMicros, backMinor, paidMinor);
      bonus += more - shareOf(more, backMinor, paidMinor);
    }
  }
  const sums = await world.sums(life.wallet);
  expect({ deposits: sumOf(sums, OF_THE_PROVIDER), bonus: sumOf(sums, OF_BONUS) }).toEqual({ deposits, bonus });
  const orders = await base.orders(life.wallet);
  expect(orders.filter(({ state }) => state === 'credited')).toHaveLength(periods);
  expect(orders.filter(({ state }) => !['credited', 'cancelled', 'expired'].includes(state))).toEqual([]);
}

/**
 * After each entry of an org: no hold has less than nothing, and of an envelope (a hold with its holds) no more was captured than was
 * put into it. At the end, entries of each type add up to what the model wrote, and no credit of the user that has ended is open.
 */
async function compareEntries(world: LivesWorld, { wallet, orgWallet, model: { org } }: Life): Promise<void> {
  const { base } = world;
  await world.settle(orgWallet);
  const children = org.holds.filter(({ parent }) => parent);
  const seqs = (holds: readonly (OrgHold | undefined)[]): string[] =>
    holds.map((hold) => hold?.id.split('_').at(-1) ?? '');
  const { rows: beyond } = await queryRows(
    base.db,
    `SELECT seq, left_in, put, captured FROM (
       SELECT seq, sum(held_delta) OVER (PARTITION BY hold ORDER BY seq) AS left_in,
         sum(CASE WHEN contra IS NULL AND available_delta < 0 THEN -available_delta ELSE 0 END) OVER of_envelope AS put,
         sum(CASE WHEN contra LIKE 'revenue:%' THEN -available_delta - held_delta ELSE 0 END) OVER of_envelope AS captured
       FROM entry LEFT JOIN unnest(?::bigint[], ?::bigint[]) AS child (number, parent) ON child.number = hold
       WHERE wallet = ? AND hold IS NOT NULL
       WINDOW of_envelope AS (PARTITION BY coalesce(child.parent, hold) ORDER BY seq)) moved
     WHERE left_in < 0 OR captured > put`,
    [seqs(children), seqs(children.map(({ parent }) => parent)), orgWallet],
  );
  expect(beyond).toEqual([]);
  const { entries } = org.at(world.nowMs());
  const written = Map.groupBy(entries, ({ type }) => type);
  const due = [...written].map(
    ([type, own]) => [type, own.reduce((sum, { available }) => sum + available, 0n)] as const,
  );
  expect(new Map<string, bigint>(await world.sums(orgWallet))).toEqual(new Map(due));
  const { rows: ended } = await queryRows(base.db, 'SELECT lot FROM lot_open WHERE wallet = ? AND expires_at <= ?', [
    wallet,
    new Date(world.nowMs()),
  ]);
  expect(ended).toEqual([]);
}

async function playLife(world: LivesWorld, steps: readonly Step[]): Promise<void> {
  const { base } = world;
  const life = await world.begin();
  const done: string[] = [];
  try {
    for (const { name, run } of steps) {
      done.push(name);
      await run(world, life);
      await world.work();
      await compare(world, life);
    }
    done.push('the end');
    Object.assign(base.stripe.weather, { drop: 0, duplicate: 0, twin: 0 });
    base.stripe.faults.clear();
    await world.work();
    base.stripe.clock.advance(HOUR_MS);
    await world.work();
    await compare(world, life);
    await compareWithProvider(world, life);
    await compareEntries(world, life);
  } catch (error) {
    throw new Error(`after ${done.join('; ')}`, { cause: error });
  }
}

/** What lives came to. */
export interface Played {
  /** Calls that were answered with each status, such as `POST /checkin 200`. */
  readonly answered: ReadonlySet<string>;
  /** Types of the entries that were written. */
  readonly types: ReadonlySet<string>;
}

/**
 * Plays a life that has everything, and then so many random ones of so many steps; at the end the whole ledger is proven.
 * @throws Error with the steps of a life that ends otherwise than its model says
 */
export async function playLives(numRuns: number, stepsMax: number, seed: number): Promise<Played> {
  const world = await openLivesWorld();
  try {
    const lives = fc
      .tuple(BEGINNINGS, fc.array(STEPS, { minLength: Math.ceil(stepsMax / 2), maxLength: stepsMax }))
      .map(([beginning, steps]) => [...beginning, ...steps]);
    const first = await world.begin();
    for (const action of ACTIONS) await world.setPrice({ action, picos: 500_000_000n, org: null }, first);
    // A shorter life of another user is no better to read: the steps of the failed one are in its error.
    const options = { numRuns, seed, endOnFailure: true };
    await playLife(world, TOUR);
    await fc.assert(
      fc.asyncProperty(lives, async (steps) => playLife(world, steps)),
      options,
    );
    await expectBooksBalance(world.base.db);
    const { rows } = await queryRows<{ type: string }>(world.base.db, 'SELECT DISTINCT type FROM entry');
    return { answered: new Set(world.answered.keys()), types: new Set(rows.map(({ type }) => type)) };
  } finally {
    await world.close();
  }
}
