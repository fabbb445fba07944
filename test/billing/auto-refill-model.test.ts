/**
 * Random lives of orgs with auto-refill, with faults at the provider, cards that change, and two processes that look at once:
 * what was charged is what was credited, no payment twice, no ceiling passed by a cent on the day of the charge itself.
 */
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CallEffect } from '../../devnet/stripe/faults.ts';
import { refillRound, type RefillMeans } from '../../src/payments/refill.ts';
import { depositOf } from '../support/ledger/wallets.ts';
import { queryRows } from '../support/process/query.ts';
import { openRefillWorld, type RefillOrg, type RefillWorld } from '../support/billing/refill-world.ts';

const RUNS = 10;
const TIMEOUT_MS = 240_000;
const MINUTE_MS = 60_000;
const CEILINGS = { maxDayMinor: 6_000n, maxMonthMinor: 16_000n, maxDayCount: 3 };
const MICROS_PER_CENT = 10_000n;

let world: RefillWorld;
let other: { readonly means: RefillMeans; stop(): Promise<void> };
beforeAll(async () => {
  world = await openRefillWorld();
  other = await world.process();
});
afterAll(async () => {
  await other.stop();
  await world.stop();
});

const METHODS = ['pm_card_visa', 'pm_card_visa', 'pm_card_chargeDeclined', 'pm_card_authenticationRequiredOnSetup'];
const CALLS = ['POST /v1/payment_intents', 'POST /v1/payment_intents/', 'GET /v1/payment_intents/'];
const EFFECTS: readonly CallEffect[] = [
  { kind: 'lose_answer' },
  { kind: 'cut_body' },
  { kind: 'close_before' },
  { kind: 'rate_limit' },
];

const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('round' as const), both: fc.boolean() }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('spend' as const), usd: fc.bigInt(1n, 30n) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('deposit' as const), usd: fc.bigInt(1n, 10n) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('card' as const), method: fc.constantFrom(...METHODS) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('fault' as const),
      call: fc.constantFrom(...CALLS),
      effect: fc.constantFrom(...EFFECTS),
      times: fc.constantFrom(1, 3, 6),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('wait' as const), minutes: fc.constantFrom(1, 11, 61, 600, 1_500) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('off' as const, 'on' as const, 'webhooks' as const) }) },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

async function take(org: RefillOrg, one: Step): Promise<void> {
  switch (one.do) {
    case 'round':
      await Promise.all([world.means, ...(one.both ? [other.means] : [])].map(async (means) => refillRound(means)));
      return;
    case 'spend':
      // What is not there is refused.
      await world.spend(org, one.usd).catch(() => undefined);
      return;
    case 'deposit':
      await world.writer.submit(depositOf(org.wallet, one.usd));
      return;
    case 'card':
      await world.save(org, one.method);
      return;
    case 'fault':
      world.stripe.faults.add(one);
      return;
    case 'wait':
      world.stripe.clock.advance(one.minutes * MINUTE_MS);
      return;
    case 'off':
    case 'on':
      await world.set(org.org, { enabled: one.do === 'on' });
      return;
    case 'webhooks':
      await world.work();
      return;
    default:
      one satisfies never;
  }
}

/** What auto-refill took from the org's card: cents and UTC day, by payment. */
function chargesOf({ customer }: RefillOrg): { payment: string; minor: bigint; day: string }[] {
  return world.shop
    .books()
    .list('charge')
    .filter((one) => one.paid && one.customer === customer && one.metadata['coffer_order'] !== 'first')
    .map(({ payment_intent: payment, amount, created }) => ({
      payment: typeof payment === 'string' ? payment : '',
      minor: BigInt(amount),
      day: new Date(created * 1_000).toISOString().slice(0, 10),
    }));
}

const sum = (amounts: readonly bigint[]): bigint => amounts.reduce((total, one) => total + one, 0n);

function expectCeilingsKept(org: RefillOrg): void {
  const charges = chargesOf(org);
  expect(new Set(charges.map(({ payment }) => payment)).size).toBe(charges.length);
  for (const ofDay of Map.groupBy(charges, ({ day }) => day).values()) {
    expect(sum(ofDay.map(({ minor }) => minor)) <= CEILINGS.maxDayMinor).toBe(true);
    expect(ofDay.length).toBeLessThanOrEqual(CEILINGS.maxDayCount);
  }
  for (const ofMonth of Map.groupBy(charges, ({ day }) => day.slice(0, 7)).values()) {
    expect(sum(ofMonth.map(({ minor }) => minor)) <= CEILINGS.maxMonthMinor).toBe(true);
  }
}

async function creditedTo({ org }: RefillOrg): Promise<bigint> {
  const { rows } = await queryRows<{ credited: string }>(
    world.db,
    `SELECT coalesce(sum(m.amount), 0)::text AS credited FROM pack_order o JOIN order_movement m ON m.order_id = o.id
     WHERE o.org = ? AND o.auto_refill AND m.kind = 'credit_paid' AND m.entry_seq IS NOT NULL`,
    [org],
  );
  return BigInt(rows[0]?.credited ?? 0);
}

/** Payments that somebody could still confirm, and whose ids are stored. */
async function openPayments({ org }: RefillOrg): Promise<number> {
  const { rows } = await queryRows<{ payment: string }>(
    world.db,
    `SELECT c.payment FROM order_checkout c JOIN pack_order o ON o.id = c.order_id
     WHERE o.org = ? AND o.auto_refill AND c.payment IS NOT NULL`,
    [org],
  );
  const over = new Set(['succeeded', 'canceled']);
  return rows.filter(({ payment }) => !over.has(world.shop.books().get('payment_intent', payment).status)).length;
}

test(
  'what was charged is what was credited, once for each payment, and within the ceilings of the day it was charged on',
  { timeout: TIMEOUT_MS },
  async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25 }), async (steps) => {
        const org = await world.open({ usd: 12n, change: { thresholdMicros: 10_000_000n, ...CEILINGS } });
        for (const one of steps) {
          await take(org, one);
          expectCeilingsKept(org);
        }
        world.stripe.faults.clear();
        await world.set(org.org, { enabled: false });
        for (let pause = 0; pause < 4; pause += 1) {
          world.stripe.clock.advance(5 * MINUTE_MS);
          // The claim of a round that was cut short ends by time.
          await world.db.raw(
            'UPDATE auto_refill_purchase SET claim = NULL, claimed_until = NULL WHERE ended_at IS NULL',
          );
          await world.rounds();
        }
        expectCeilingsKept(org);
        const charges = chargesOf(org);
        expect(await creditedTo(org)).toBe(sum(charges.map(({ minor }) => minor)) * MICROS_PER_CENT);
        expect(await openPayments(org)).toBe(0);
        const { rows } = await queryRows<{ state: string; low: boolean }>(
          world.db,
          'SELECT state, spendable < 10000000 AS low FROM auto_refill_purchase WHERE org = ?',
          [org.org],
        );
        expect(rows.filter(({ state }) => state === 'succeeded')).toHaveLength(charges.length);
        expect(rows.filter(({ state, low }) => !low || !['succeeded', 'released'].includes(state))).toEqual([]);
      }),
      { numRuns: RUNS, seed: 20_261_130 },
    );
  },
);
