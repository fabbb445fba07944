import fc from 'fast-check';
import { expect, test } from 'vitest';
import { creditsMoved, wholeCredits } from './unit.ts';

test.each([
  [0n, 0n],
  [999n, 0n],
  [1_000n, 1n],
  [1_999n, 1n],
  [-1n, -1n],
  [-1_000n, -1n],
  [-1_001n, -2n],
])('%i micros are %i whole credits of 1000', (micros, credits) => {
  expect(wholeCredits(micros, 1_000n)).toBe(credits);
});

test('whatever moves, the credits that are shown sum to the balance that is shown', () => {
  const moves = fc.array(fc.bigInt({ min: -10_000n, max: 10_000n }), { maxLength: 20 });
  fc.assert(
    fc.property(moves, fc.bigInt({ min: 1n, max: 5_000n }), (deltas, unit) => {
      let [micros, shown] = [0n, 0n];
      for (const delta of deltas) {
        shown += creditsMoved({ beforeMicros: micros, afterMicros: micros + delta }, unit);
        micros += delta;
      }
      expect(shown).toBe(wholeCredits(micros, unit));
    }),
  );
});
