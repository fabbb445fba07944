/**
 * Random lives of card orders against a model of the provider: what it holds for us is what was credited less what was taken
 * back, to the micro-dollar and with tax what is due on its rail, and every order of the same facts, each of them once or more,
 * ends the same.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ProviderFact } from '../../src/core/billing/facts.ts';
import { dueOf } from '../../src/core/billing/rails.ts';
import { takenBackOf } from '../../src/core/billing/take-back.ts';
import { uuidV7 } from '../../src/core/ids.ts';
import { inputHash } from '../../src/core/ledger/entry.ts';
import { storeMovements } from '../../src/db/billing/balance-movements.ts';
import { readDue, readGot } from '../../src/db/billing/rail-sums.ts';
import { useCardBench, type CardOrder, type CardState } from '../support/billing/card-bench.ts';
import { PROVIDER_STEPS, type ProviderStep } from '../support/billing/provider.ts';

const NOTHING_DUE = { creditedMicros: 0n, taxMicros: 0n, sellerMicros: 0n, parkedMicros: 0n };
const RUNS = 12;
const TIMEOUT_MS = 120_000;
const bench = useCardBench();

/** Payment is likely, so that most lives get to the steps after it. */
const step = fc.oneof(
  { weight: 1, arbitrary: fc.constantFrom<ProviderStep>('pay', 'pay later') },
  { weight: 5, arbitrary: fc.constantFrom(...PROVIDER_STEPS) },
);
const life = fc.record({
  steps: fc.array(step, { minLength: 1, maxLength: 12 }),
  /** For each fact, when it arrives in the second order: facts of equal weight keep their order. */
  weights: fc.array(fc.nat(100), { minLength: 40, maxLength: 40 }),
  /** Which facts arrive twice. */
  twice: fc.array(fc.boolean(), { minLength: 40, maxLength: 40 }),
  priceMinor: fc.bigInt(1n, 99_999n),
  taxMinor: fc.bigInt(0n, 9_999n),
  spentMicros: fc.bigInt(1n, 900_000_000n),
});

/** Spends more than there may be, as an operator's correction may: it is written whenever it comes. */
async function spend({ wallet }: CardOrder, amountMicros: bigint): Promise<void> {
  const shared = { type: 'ADJUSTMENT', contra: 'equity:adjustments', mayOwe: true } as const;
  await bench().ledger.submit({
    wallet,
    command: { op: 'debit', amountMicros, ...shared },
    key: uuidV7(Date.now()),
    inputHash: inputHash('spent'),
  });
}

async function settleAll(facts: readonly ProviderFact[], atOnce: boolean): Promise<void> {
  if (!atOnce) for (const fact of facts) await bench().settle(fact);
  else await Promise.all(facts.map(async (fact) => bench().settle(fact)));
}

const inOrderOf = (facts: readonly ProviderFact[], weights: readonly number[]): ProviderFact[] =>
  facts
    .map((fact, index) => ({ fact, weight: weights[index % weights.length] ?? 0 }))
    .sort((a, b) => a.weight - b.weight)
    .map(({ fact }) => fact);

test(
  'what the provider holds is what was credited less what was taken back, in every order of its facts',
  { timeout: TIMEOUT_MS },
  async () => {
    await fc.assert(
      fc.asyncProperty(life, async ({ steps, weights, twice, priceMinor, taxMinor, spentMicros }) => {
        const ends: CardState[] = [];
        for (const way of ['as it happened', 'permuted', 'reversed', 'at once'] as const) {
          const order = await bench().order({ priceMinor, taxMinor });
          const { provider } = order;
          const facts = steps.flatMap((one) => provider.take(one));
          const arriving = facts.flatMap((fact, index) =>
            twice[index % twice.length] === true ? [fact, fact] : [fact],
          );
          if (way === 'permuted') await settleAll(inOrderOf(arriving, weights), false);
          else await settleAll(way === 'reversed' ? arriving.toReversed() : arriving, way === 'at once');
          await spend(order, spentMicros);
          const account = { name: 'stripe', mode: 'live' } as const;
          await storeMovements(bench().db, account, provider.movements(Date.now()).toReversed(), new Date());
          const end = await bench().stateOf(order);
          ends.push(end);
          const worth = { paidMicros: priceMinor * 10_000n, bonusMicros: 0n, giftCards: 10 };
          const back = takenBackOf(worth, provider.paidMinor, provider.backMinor);
          const credited = provider.paidMinor > 0n ? worth.paidMicros : 0n;
          const left = credited - back.paidMicros;
          expect({ way, ...end }).toMatchObject({
            way,
            takenMicros: back.paidMicros,
            depositedMicros: left,
            availableMicros: left - spentMicros,
            giftCards: credited === 0n ? 0 : worth.giftCards - back.giftCards,
          });
        }
        for (const end of ends) expect(end).toEqual(ends[0]);
        const got = (await readGot(bench().db, new Date())).get('stripe')?.gotMicros ?? 0n;
        expect(dueOf((await readDue(bench().db)).get('stripe') ?? NOTHING_DUE)).toBe(got);
      }),
      { numRuns: RUNS, seed: 20_261_130 },
    );
  },
);
