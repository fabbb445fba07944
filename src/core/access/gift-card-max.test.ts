import { describe, expect, it } from 'vitest';
import { Refusal } from '../errors.ts';
import { giftCardMaxOf, judgeGiftCardMax, type GiftCardMax, type GiftCardMaxChange } from './gift-card-max.ts';

const change = (more: Partial<GiftCardMaxChange & GiftCardMax>): bigint | null | string => {
  const { setMicros = 1n, allowedMicros = null, ...rest } = more;
  try {
    const by = { wantedMicros: 2n, ceilingMicros: 1n, isMinter: false, ...rest };
    return judgeGiftCardMax({ setMicros, allowedMicros }, by).allowedMicros;
  } catch (error) {
    return error instanceof Refusal ? error.code : String(error);
  }
};

describe('S02 what a free gift card pays for', () => {
  it.each([
    ['what the org set', 1n, null, 2n, 1n],
    ["the deployment's ceiling, though the org set more", 3n, null, 2n, 2n],
    ['what a minter allowed above the ceiling', 3n, 3n, 2n, 3n],
    ['less than a minter allowed', 1n, 3n, 2n, 1n],
  ])('is %s', (_name, setMicros, allowedMicros, ceilingMicros, expected) => {
    expect(giftCardMaxOf({ setMicros, allowedMicros }, ceilingMicros)).toBe(expected);
  });

  it.each([
    ['the ceiling, by anybody', { wantedMicros: 1n }, null],
    ['more, by the org', {}, 'FORBIDDEN'],
    ['more, by a minter', { isMinter: true }, 2n],
    ['what it was, where it is left out', { wantedMicros: undefined, setMicros: 9n }, null],
    ['up to what a minter allowed, by the org', { allowedMicros: 2n }, 2n],
    ['beyond what a minter allowed, by the org', { allowedMicros: 2n, wantedMicros: 3n }, 'FORBIDDEN'],
  ] as const)('is set to %s', (_name, more, expected) => {
    expect(change(more)).toBe(expected);
  });
});
