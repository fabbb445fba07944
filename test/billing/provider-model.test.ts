/**
 * Random lives of an org's purchases at the fake Stripe, with webhooks that come twice, late, in another order, written in an old
 * version, or not at all, with crashes and lost answers, and with another account that signs what it likes. What the provider
 * holds for each order is what was credited less what was taken back, and the same life ends the same however it was reported.
 */
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { EVERYTHING, FIRST, LIFE_STEPS, takeStep, WHOLE_LIFE, type LifeStep } from '../support/billing/life-steps.ts';
import { openLifeWorld, WAYS, type LifeEnd, type LifeWorld, type Way } from '../support/billing/life-world.ts';
import { expectBooksBalance } from '../support/reports/books.ts';

const RUNS = 6;
const TIMEOUT_MS = 300_000;

let world: LifeWorld;
beforeAll(async () => {
  world = await openLifeWorld();
});
afterAll(async () => world.stop());

const sumOf = (amounts: readonly bigint[]): bigint => amounts.reduce((sum, one) => sum + one, 0n);

/** Lives a life that is reported in one way, and compares its end with what the provider has. */
async function live(steps: readonly LifeStep[], way: Way, done: Set<string>): Promise<LifeEnd> {
  const life = await world.begin(way);
  for (const step of [FIRST, ...steps]) await takeStep(world, life, step);
  await world.finish(life);
  for (const one of life.done) done.add(one);
  const held = await world.heldFor(life);
  const end = await world.endOf(life);
  expect({
    way,
    orders: end.orders.map(({ creditedMicros, takenMicros, isFrozen }) => [creditedMicros, takenMicros, isFrozen]),
    available: end.availableMicros,
    cards: end.giftCards,
    refills: await world.refillsOf(life),
  }).toEqual({
    way,
    orders: held.map(({ creditMicros, backMicros, isWarned }) => [creditMicros, backMicros, isWarned]),
    available:
      life.givenMicros +
      sumOf(held.map(({ creditMicros, backMicros }) => creditMicros - backMicros)) -
      life.spentMicros,
    cards: held.reduce((sum, { giftCards }) => sum + giftCards, 0),
    refills: { twice: 0, open: 0 },
  });
  return end;
}

test(
  'money in at the provider is what was credited less what was taken back, and ends the same however it is reported',
  { timeout: TIMEOUT_MS },
  async () => {
    const done = new Set<string>();
    await fc.assert(
      fc.asyncProperty(fc.array(LIFE_STEPS, { minLength: 10, maxLength: 26, size: 'max' }), async (steps) => {
        const ends: LifeEnd[] = [];
        for (const way of WAYS) ends.push(await live(steps, way, done));
        // Which purchases auto-refill makes depends on when it looks.
        if (steps.some((one) => one.do === 'auto-refill')) return;
        for (const end of ends) expect(end).toEqual(ends[0]);
      }),
      { numRuns: RUNS, seed: 20_261_130, examples: [[WHOLE_LIFE]] },
    );
    expect(EVERYTHING.filter((one) => !done.has(one))).toEqual([]);
    expect(await world.rail()).toEqual({ differs: 0n, frozen: false });
    await expectBooksBalance(world.db);
  },
);
