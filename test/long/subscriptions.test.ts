/** Random lives of subscriptions: what was credited less what was taken back is what the provider holds, and nothing is granted twice. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { longSize } from '../support/long-size.ts';
import { liveThrough, STEPS } from '../support/subscriptions/lives.ts';
import { openSubscriptionWorld } from '../support/subscriptions/world.ts';

const TIMEOUT_MS = 4 * 3_600_000;

test('credits are paid periods less what was taken back, in every life', { timeout: TIMEOUT_MS }, async () => {
  const world = await openSubscriptionWorld();
  const plans = [await world.makePlan({ monthly: 10 }), await world.makePlan({ monthly: 30 })];
  await fc.assert(
    fc.asyncProperty(fc.array(fc.constantFrom(...STEPS), { minLength: 3, maxLength: 12 }), async (steps) => {
      const { available, deposited, held, unsettled } = await liveThrough(world, plans, steps);
      expect({ steps, available, deposited, unsettled }).toEqual({
        steps,
        available: held,
        deposited: held,
        unsettled: [],
      });
    }),
    { numRuns: longSize('LONG_SUBSCRIPTION_RUNS'), seed: longSize('LONG_SEED') },
  );
  await world.close();
});
