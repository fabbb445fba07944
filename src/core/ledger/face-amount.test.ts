import { describe, expect, it } from 'vitest';
import { faceAmount } from './face-amount.ts';
import { WITHIN_HOLDS } from './vocabulary.ts';

describe('face amount', () => {
  it.each([
    ['a hold of 10', -10n, 10n, -10n],
    ['a capture of 7 that frees 3', 3n, -10n, -7n],
    ['a capture of 10', 0n, -10n, -10n],
    ['a full release', 10n, -10n, 10n],
    ['a debit', -4n, 0n, -4n],
    ['a deposit', 25n, 0n, 25n],
    ['a gift card', 0n, 0n, 0n],
  ])('of %s', (_name, availableDelta, heldDelta, face) => {
    expect(faceAmount({ availableDelta, heldDelta, contra: null })).toBe(face);
  });

  it('of money that moves between holds is that of a hold where it comes, and of a release where it leaves', () => {
    const moved = { availableDelta: 0n, contra: WITHIN_HOLDS };
    expect([5n, -5n].map((heldDelta) => faceAmount({ ...moved, heldDelta }))).toEqual([-5n, 5n]);
  });
});
