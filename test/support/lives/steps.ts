/** What can happen in a life, each as a small command: done to the service, and to the model beside it. */
import fc from 'fast-check';
import { capture, grow, heartbeat, openHold, release } from './hold-steps.ts';
import { debit, deposit, endBudget, grant, OF_ORGS, refund, report, setBudget } from './org-steps.ts';
import { giveBack } from './provider.ts';
import { HOUR_MS, type Step } from './step.ts';
import {
  checkIn,
  deduct,
  deductCredits,
  manage,
  newest,
  OF_CREDITS,
  OF_SUBSCRIPTIONS,
  redeem,
  renew,
  subscribe,
} from './user-steps.ts';
import { ACTIONS } from './world.ts';

const actions = fc.constantFrom(...ACTIONS);

const weather = (name: string, change: object): fc.Arbitrary<Step> =>
  fc.constant({ name, run: async ({ base }) => Promise.resolve(void Object.assign(base.stripe.weather, change)) });

const OF_THE_PLACE: readonly fc.Arbitrary<Step>[] = [
  fc.tuple(actions, fc.bigInt(1n, 9_000_000_000n), fc.boolean()).map(([action, picos, own]) => ({
    name: `price of ${action}: ${picos}${own ? ' for the org' : ''}`,
    run: async (world, life) => world.setPrice({ action, picos, org: own ? life.org : null }, life),
  })),
  fc.integer({ min: 1, max: 60 }).map((hours) => ({
    name: `${hours} hours`,
    run: async ({ base }) => Promise.resolve(base.stripe.clock.advance(hours * HOUR_MS)),
  })),
  fc.constant({
    name: 'ten days',
    run: async ({ base }) => Promise.resolve(base.stripe.clock.advance(240 * HOUR_MS)),
  }),
  weather('webhooks are lost', { drop: 1 }),
  weather('webhooks come twice', { drop: 0, duplicate: 1, twin: 1 }),
  weather('webhooks are as they should be', { drop: 0, duplicate: 0, twin: 0 }),
  fc.constant({
    name: 'the provider hangs up',
    run: async ({ base }) =>
      Promise.resolve(base.stripe.faults.add({ call: 'GET /v1/invoices', times: 2, effect: { kind: 'close_before' } })),
  }),
  fc.constant({ name: 'crash', run: async (world) => Promise.resolve(world.crashNext()) }),
];

const GIFT = { micros: 3_000_000n, service: 'AI_API', hours: 40 } as const;

/** How lives begin: half of them with a subscription, a deposit, a grant and an envelope, so that much can happen from the start. */
export const BEGINNINGS: fc.Arbitrary<readonly Step[]> = fc.boolean().map((rich): Step[] =>
  rich
    ? [
        { name: 'subscribe to plan 0', run: async (world, life) => subscribe(world, life, 0) },
        { name: 'deposit 40', run: async (world, life) => deposit(world, life, 40_000_000n) },
        { name: 'grant 3', run: async (world, life) => grant(world, life, GIFT) },
        {
          name: 'hold 6 for 60 hours',
          run: async (world, life) => openHold(world, life, { micros: 6_000_000n, hours: 60 }),
        },
        {
          name: 'hold 4 of it, reported every 9 hours',
          run: async (world, life) => openHold(world, life, { micros: 4_000_000n, hours: 60, everyHours: 9, of: 0 }),
        },
      ]
    : [],
);

const HOUR: Step = {
  name: 'an hour',
  run: async ({ base }) => Promise.resolve(base.stripe.clock.advance(HOUR_MS)),
};
const DAYS: Step = {
  name: 'twenty days',
  run: async ({ base }) => Promise.resolve(base.stripe.clock.advance(480 * HOUR_MS)),
};
const RENEW: Step = { name: 'renew', run: async (world, life) => Promise.resolve(renew(world, life)) };
const toPlan = (index: 0 | 1): Step => ({
  name: `to plan ${index}`,
  run: async (world, life) => manage(world, life, 'change', { plan_id: world.plans[index].plan }),
});
const DEBIT = { id: 'event-1', action: 'chat', units: 900n, agoMs: HOUR_MS } as const;

const FOR_SKUS = { micros: 2_000_000n, service: 'SKU_PURCHASE', hours: 1 } as const;
const SKU = { micros: 2_000_000n, service: 'SKU_PURCHASE', about: { amountUsd: '2' } } as const;
const captureOf = (pick: number, micros: bigint, final: boolean): Step => ({
  name: `capture ${micros} of hold ${pick}`,
  run: async (world, life) => capture(world, life, { pick, micros, final }),
});

/** An envelope with a step that reports, one that dies, and one that outlives it; on credit for one service, and paid. */
const ENVELOPE: readonly Step[] = [
  { name: 'grant 2 for SKUs', run: async (world, life) => grant(world, life, FOR_SKUS) },
  { name: 'grant 3', run: async (world, life) => grant(world, life, GIFT) },
  { name: 'spend 2 on SKUs', run: async (world, life) => debit(world, life, SKU) },
  { name: 'hold 6', run: async (world, life) => openHold(world, life, { micros: 6_000_000n, hours: 5 }) },
  {
    name: 'hold 2 of it, reported each hour',
    run: async (world, life) => openHold(world, life, { micros: 2_000_000n, hours: 9, everyHours: 2, of: 0 }),
  },
  {
    name: 'hold 3 of it',
    run: async (world, life) => openHold(world, life, { micros: 3_000_000n, hours: 4, of: 0 }),
  },
  {
    name: 'hold 2 of it, beyond it',
    run: async (world, life) => openHold(world, life, { micros: 2_000_000n, hours: 4, of: 0 }),
  },
  // It takes 1 of what the envelope has left.
  captureOf(2, 4_000_000n, false),
  captureOf(1, 3_000_000n, false),
  HOUR,
  { name: 'report', run: async (world, life) => heartbeat(world, life, 1) },
  { name: 'report of what needs none', run: async (world, life) => heartbeat(world, life, 0) },
  HOUR,
  captureOf(1, 1_000_000n, false),
  { name: 'release the envelope', run: async (world, life) => release(world, life, 0) },
  HOUR,
  HOUR,
  { name: 'report of what has ended', run: async (world, life) => heartbeat(world, life, 6) },
  { name: 'give 0.6 of 1 back', run: async (world, life) => refund(world, life, 0, 600_000n) },
  { name: 'give 0.5 of it back, which is too much', run: async (world, life) => refund(world, life, 0, 500_000n) },
];

/** A life in which each thing happens once, and is refused once where it can be. */
export const TOUR: readonly Step[] = [
  { name: 'deposit 40', run: async (world, life) => deposit(world, life, 40_000_000n) },
  HOUR,
  { name: 'hold 6', run: async (world, life) => openHold(world, life, { micros: 6_000_000n, hours: 60 }) },
  { name: 'grow it by 3', run: async (world, life) => grow(world, life, 0, 3_000_000n) },
  {
    name: 'capture 10',
    run: async (world, life) => capture(world, life, { pick: 0, micros: 10_000_000n, final: false }),
  },
  {
    name: 'capture 7',
    run: async (world, life) => capture(world, life, { pick: 0, micros: 7_000_000n, final: false }),
  },
  { name: 'capture 1', run: async (world, life) => capture(world, life, { pick: 0, micros: 1_000_000n, final: true }) },
  { name: 'a budget of 5', run: async (world, life) => setBudget(world, life, 5_000_000n) },
  { name: 'hold 4', run: async (world, life) => openHold(world, life, { micros: 4_000_000n, hours: 1 }) },
  {
    name: 'hold 2, beyond the budget',
    run: async (world, life) => openHold(world, life, { micros: 2_000_000n, hours: 1 }),
  },
  { name: 'report', run: async (world, life) => report(world, life, DEBIT) },
  { name: 'report again', run: async (world, life) => report(world, life, DEBIT) },
  HOUR,
  { name: 'no budget', run: endBudget },
  { name: 'hold 1', run: async (world, life) => openHold(world, life, { micros: 1_000_000n, hours: 5 }) },
  { name: 'release it', run: async (world, life) => release(world, life, 0) },
  ...ENVELOPE,
  { name: 'subscribe', run: async (world, life) => subscribe(world, life, 0) },
  { name: 'subscribe again', run: async (world, life) => subscribe(world, life, 1) },
  { name: 'check in', run: checkIn },
  { name: 'check in again', run: checkIn },
  { name: 'redeem', run: async (world, life) => redeem(world, life, 0) },
  { name: 'redeem again', run: async (world, life) => redeem(world, life, 0) },
  { name: 'deduct credits', run: async (world, life) => deductCredits(world, life, 3_000) },
  { name: 'deduct more than there is', run: async (world, life) => deductCredits(world, life, 900_000) },
  { name: 'crash', run: async (world) => Promise.resolve(world.crashNext()) },
  { name: 'deduct', run: async (world, life) => deduct(world, life, { feature: 'x', amount: 1 }, 1_000_000n) },
  toPlan(1),
  RENEW,
  DAYS,
  {
    name: 'refund a half',
    run: async ({ base }, life) => {
      const subscription = newest(life);
      if (subscription) giveBack(base.books, subscription, 2);
      return Promise.resolve();
    },
  },
  toPlan(0),
  RENEW,
  { name: 'cancel', run: async (world, life) => manage(world, life, 'cancel') },
  RENEW,
];

/** Anything that can happen. */
export const STEPS: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.oneof(...OF_SUBSCRIPTIONS) },
  { weight: 4, arbitrary: fc.oneof(...OF_CREDITS) },
  { weight: 4, arbitrary: fc.oneof(...OF_ORGS) },
  { weight: 3, arbitrary: fc.oneof(...OF_THE_PLACE) },
);
