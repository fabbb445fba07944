import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nextMovements, returnsOf, takenBackOf, takenNow, type WrittenMovement, type Worth } from './take-back.ts';

const worth: Worth = { paidMicros: 10_000_000n, bonusMicros: 1_000_001n, giftCards: 10 };
const parts = ({ paidMicros, bonusMicros, giftCards }: Worth): unknown[] => [paidMicros, bonusMicros, giftCards];

test.each<[string, bigint, bigint, readonly unknown[]]>([
  ['nothing went back', 1_000n, 0n, [0n, 0n, 0]],
  ['a third, rounded down in each part', 1_000n, 333n, [3_330_000n, 333_000n, 3]],
  ['a cent less than all', 1_000n, 999n, [9_990_000n, 999_000n, 9]],
  ['all of it', 1_000n, 1_000n, [10_000_000n, 1_000_001n, 10]],
  ['a refund and a dispute of the same payment', 1_000n, 2_000n, [10_000_000n, 1_000_001n, 10]],
  ['with tax, the share of what was paid in all', 1_200n, 600n, [5_000_000n, 500_000n, 5]],
  ['nothing was paid', 0n, 5n, [0n, 0n, 0]],
])('%s', (_, paidMinor, backMinor, expected) => {
  expect(parts(takenBackOf(worth, paidMinor, backMinor))).toEqual(expected);
});

/** Writes what is due until nothing is; `there`: the most cards that one movement finds. */
function write(written: WrittenMovement[], target: Worth, there = Infinity, all = worth): void {
  for (let round = 0; round < 4; round += 1) {
    const due = nextMovements(all, written, target);
    if (due.length === 0) return;
    for (const one of due) {
      written.push({ ...one, cardsMoved: one.kind === 'take_bonus' ? Math.min(one.giftCards, there) : one.giftCards });
    }
  }
  throw new Error('it does not come to an end');
}

const NOTHING: Worth = { paidMicros: 0n, bonusMicros: 0n, giftCards: 0 };

test('the credit comes once, with its cards, and before anything is taken', () => {
  const written: WrittenMovement[] = [];
  write(written, worth);
  expect(written.map(({ kind, giftCards }) => [kind, giftCards])).toEqual([
    ['credit_paid', 10],
    ['credit_bonus', 0],
    ['take_paid', 0],
    ['take_bonus', 10],
  ]);
});

test('cards that were used are not given again when the money comes back', () => {
  const written: WrittenMovement[] = [];
  write(written, NOTHING);
  write(written, worth, 7);
  write(written, NOTHING);
  expect(written.slice(-2)).toMatchObject([{ kind: 'give_paid' }, { kind: 'give_bonus', giftCards: 7 }]);
  write(written, worth, 7);
  expect(written.at(-1)).toMatchObject({ kind: 'take_bonus', giftCards: 10, cardsMoved: 7 });
});

test('whatever goes back and returns, what is taken at the end is what the last of it says', () => {
  fc.assert(
    fc.property(fc.array(fc.bigInt(0n, 1_300n), { minLength: 1, maxLength: 12 }), (backs) => {
      const written: WrittenMovement[] = [];
      for (const back of backs) write(written, takenBackOf(worth, 1_200n, back));
      const target = takenBackOf(worth, 1_200n, backs.at(-1) ?? 0n);
      expect(takenNow(written)).toBe(target.paidMicros + target.bonusMicros);
      expect(nextMovements(worth, written, target)).toEqual([]);
    }),
  );
});

/** What of each part is taken back, by what is written. */
function takenOf(written: readonly WrittenMovement[]): Worth {
  const sum = (part: 'paid' | 'bonus'): bigint =>
    takenNow(written.filter(({ kind }) => kind === `take_${part}` || kind === `give_${part}`));
  return { paidMicros: sum('paid'), bonusMicros: sum('bonus'), giftCards: written.at(-1)?.cardsAsked ?? 0 };
}

const anyOrder = fc.record({
  // A plan's credit is any number of credits, and a credit any number of micros: neither need divide a cent.
  worth: fc.record({
    paidMicros: fc.bigInt(1n, 10n ** 13n),
    bonusMicros: fc.bigInt(0n, 10n ** 13n),
    giftCards: fc.nat(100),
  }),
  refunds: fc.array(fc.bigInt(1n, 5_000n), { minLength: 1, maxLength: 10 }),
});

test('refunds in any number of parts take back exactly what was granted, and never more than their share', () => {
  fc.assert(
    fc.property(anyOrder, ({ worth: granted, refunds }) => {
      const paidMinor = refunds.reduce((sum, one) => sum + one, 0n);
      const written: WrittenMovement[] = [];
      let [back, before] = [0n, NOTHING];
      for (const refund of refunds) {
        back += refund;
        write(written, takenBackOf(granted, paidMinor, back), Infinity, granted);
        const taken = takenOf(written);
        for (const part of ['paidMicros', 'bonusMicros', 'giftCards'] as const) {
          const [all, now, then] = [granted[part], taken[part], before[part]].map(BigInt) as [bigint, bigint, bigint];
          // In total the share of what went back, rounded down.
          expect(now * paidMinor <= all * back && (now + 1n) * paidMinor > all * back).toBe(true);
          // Each step its own share, rounded down or up: what the steps before rounded down comes with it.
          expect(now >= then && (now - then - 1n) * paidMinor < all * refund).toBe(true);
        }
        before = taken;
      }
      expect(takenOf(written)).toEqual(granted);
    }),
    { numRuns: 500 },
  );
});

test.each<[string, 'give_paid' | 'give_bonus', bigint, readonly [bigint, bigint, bigint], readonly [string, bigint][]]>(
  [
    ['what its own lot gave returns there', 'give_paid', 50n, [50n, 0n, 0n], [['paid', 50n]]],
    [
      'a part drawn from the bonus lot returns there',
      'give_paid',
      50n,
      [30n, 20n, 0n],
      [
        ['paid', 30n],
        ['bonus', 20n],
      ],
    ],
    ['what was drawn last returns first', 'give_paid', 10n, [30n, 20n, 0n], [['bonus', 10n]]],
    [
      'debt and other lots come before both',
      'give_paid',
      15n,
      [30n, 20n, 10n],
      [
        ['paid', 10n],
        ['bonus', 5n],
      ],
    ],
    ['a bonus that the paid lot gave returns there', 'give_bonus', 10n, [10n, 0n, 0n], [['paid', 10n]]],
    [
      'of a bonus from both, its own lot comes first',
      'give_bonus',
      12n,
      [10n, 5n, 0n],
      [
        ['bonus', 5n],
        ['paid', 7n],
      ],
    ],
    ['a bonus that became debt returns to its own lot', 'give_bonus', 5n, [0n, 0n, 5n], [['bonus', 5n]]],
  ],
)('%s', (_, kind, amountMicros, [paidLotMicros, bonusLotMicros, elsewhereMicros], expected) => {
  const drawn = { paidLotMicros, bonusLotMicros, elsewhereMicros };
  const returns = returnsOf({ kind, amountMicros, giftCards: 3, cardsAsked: 1 }, drawn);
  expect(returns.map(({ to, amountMicros: micros }) => [to, micros])).toEqual(expected);
  expect(returns.map(({ giftCards }) => giftCards)).toEqual([3, 0].slice(0, returns.length));
});
