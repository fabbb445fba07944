/** Lives of subscriptions against the provider's own books, each with what goes wrong in it. Long and random ones: test/long. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { PlanVersion } from '../../src/core/subscriptions/plan.ts';
import { liveThrough, type Step } from '../support/subscriptions/lives.ts';
import { openSubscriptionWorld, type SubscriptionWorld } from '../support/subscriptions/world.ts';

const TIMEOUT_MS = 120_000;

let world: SubscriptionWorld;
let plans: PlanVersion[];
beforeAll(async () => {
  world = await openSubscriptionWorld();
  plans = [await world.makePlan({ monthly: 10 }), await world.makePlan({ monthly: 30 })];
});
afterAll(async () => world.close());

const LIVES: readonly (readonly [string, readonly Step[], number])[] = [
  ['lost and repeated webhooks', ['lose webhooks', 'renew', 'upgrade', 'repeat webhooks', 'renew'], 8_000],
  ['a card that fails and recovers', ['fail', 'crash', 'days', 'recover', 'refund half', 'renew'], 2_500],
  [
    'a switch back, and money that goes back',
    ['upgrade', 'downgrade', 'renew', 'dispute', 'win', 'renew', 'refund'],
    5_000,
  ],
  ['a pause', ['pause', 'days', 'resume', 'lose webhooks', 'renew', 'cancel', 'renew'], 3_000],
];

test.each(LIVES)(
  'after %s the credit is the paid periods less what went back',
  { timeout: TIMEOUT_MS },
  async (_, steps, held) => {
    expect(await liveThrough(world, plans, steps)).toEqual({ available: held, deposited: held, held, unsettled: [] });
  },
);
