/**
 * Random lives of orders at Creem, each told in several ways: webhooks in any order, twice, lost; no webhook at all; a process that
 * dies between its steps. What came in at Creem and did not go back is what was credited less what was taken back, to the cent and in
 * every way the same, and it is what is due on the rail.
 */
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { takenBackOf } from '../../../src/core/billing/take-back.ts';
import { processInbox } from '../../../src/payments/process.ts';
import { openCreemWorld, type Bought, type CreemWorld } from '../../support/billing/creem-world.ts';

const RUNS = 6;
const TIMEOUT_MS = 240_000;
const HOUR_MS = 3_600_000;

let world: CreemWorld;
beforeAll(async () => {
  world = await openCreemWorld(7);
});
afterAll(async () => world.close());

const STEPS = ['pay', 'pay_taxed', 'refund_half', 'refund', 'dispute', 'win', 'ask refund', 'settle_refunds'] as const;
type Step = (typeof STEPS)[number];
const WAYS = ['as it happens', 'shuffled', 'twice', 'lost', 'crashing'] as const;
type Way = (typeof WAYS)[number];

interface Life {
  readonly first: Step;
  readonly steps: readonly Step[];
  readonly cents: number;
  /** Whether refunds by the API are accepted first and made later. */
  readonly pending: boolean;
}

const life: fc.Arbitrary<Life> = fc.record({
  first: fc.constantFrom<Step>('pay', 'pay', 'pay_taxed', 'refund'),
  steps: fc.array(fc.constantFrom(...STEPS), { maxLength: 7 }),
  cents: fc.integer({ min: 100, max: 99_999 }),
  pending: fc.boolean(),
});

/** Does what is possible at that moment, and nothing otherwise. */
async function take(order: { order: string; session: string }, step: Step): Promise<void> {
  try {
    if (step === 'ask refund') await askRefund(order);
    else world.creem.act(order.session, step);
  } catch {
    // It was not possible.
  }
}

/** A refund as the cashier asks for it, whether or not the payment is known here already. */
async function askRefund({ order, session }: { order: string; session: string }): Promise<void> {
  const payment = world.creem.transactionOf(session).id;
  await world.processing.settle(await world.account.refund({ payment, order, key: 'k' }));
}

/** Settles with a process that dies after it has settled, before it has noted that. */
async function crash(): Promise<void> {
  const settle = world.processing.settle;
  let left = 2;
  const dying: typeof settle = async (fact) => {
    const settlement = await settle(fact);
    left -= 1;
    if (left >= 0) throw new Error('the process died');
    return settlement;
  };
  await world.creem.idle();
  await processInbox({ ...world.processing, settle: dying });
  world.creem.clock.advance(HOUR_MS);
}

/** One life, told in one way, to its end. */
async function tell(
  way: Way,
  { first, steps, cents, pending }: Life,
): Promise<Bought & { back: bigint; paid: bigint }> {
  const { creem, shop } = world;
  shop.books.pendingRefunds = pending;
  Object.assign(creem.weather, {
    hold: way === 'shuffled',
    duplicate: way === 'twice' ? 1 : 0,
    drop: way === 'lost' ? 1 : 0,
    unknownKind: way === 'twice' ? 1 : 0,
  });
  const order = await world.order(cents);
  for (const step of [first, ...steps]) {
    await take(order, step);
    if (way === 'as it happens' || way === 'twice') await world.work();
    if (way === 'crashing') await crash();
  }
  // Refunds that are under way arrive; what is left of it is only there to be read.
  await take(order, 'settle_refunds');
  await creem.deliveries.release();
  await world.work();
  for (let round = 0; round < 2; round += 1) {
    creem.clock.advance(HOUR_MS);
    await world.look();
  }
  const { paid, back } = sumsOf(order.session);
  return { ...(await world.bought(order)), paid, back };
}

/** What came in at the provider for a checkout, and what of it went back. */
function sumsOf(session: string): { paid: bigint; back: bigint } {
  if (world.shop.books.get('checkout', session).order === undefined) return { paid: 0n, back: 0n };
  const { amount_paid: paid, refunded_amount: refunded, status } = world.creem.transactionOf(session);
  return { paid: BigInt(paid), back: BigInt(status === 'chargedBack' ? paid : (refunded ?? 0)) };
}

test(
  'what Creem holds is what was credited less what was taken back, however it is reported',
  { timeout: TIMEOUT_MS },
  async () => {
    await fc.assert(
      fc.asyncProperty(life, async (lived) => {
        const ends: unknown[] = [];
        for (const way of WAYS) {
          const end = await tell(way, lived);
          const price = BigInt(lived.cents);
          const credited = end.paid > 0n ? price : 0n;
          const worth = { paidMicros: credited * 10_000n, bonusMicros: 0n, giftCards: 0 };
          const taken = takenBackOf(worth, end.paid, end.back).paidMicros / 10_000n;
          expect({ way, ...end }).toMatchObject({
            way,
            state: credited > 0n ? 'credited' : 'awaiting_payment',
            creditedMinor: credited,
            takenMinor: taken,
            availableMinor: credited - taken,
          });
          ends.push(end);
        }
        for (const end of ends) expect(end).toEqual(ends[0]);
        const { due, got, frozen } = await world.compare();
        expect([due, frozen]).toEqual([got, false]);
      }),
      { numRuns: RUNS, seed: 20_261_130 },
    );
  },
);
