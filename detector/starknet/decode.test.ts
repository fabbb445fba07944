import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeTransfer, layoutOf, toFelt, toWire, TRANSFER_KEY, type StarknetEvent } from './decode.ts';

const PRIME = 2n ** 251n + 17n * 2n ** 192n + 1n;
const LIMB = 2n ** 128n;
const felt = (value: bigint): string => toFelt(`0x${value.toString(16)}`);
const feltValue = fc.bigInt({ min: 0n, max: PRIME - 1n });
const limbs = fc.bigInt({ min: 0n, max: 2n ** 256n - 1n });
const eventOf = (keys: readonly string[], data: readonly string[]): StarknetEvent => {
  return { token: felt(1n), keys, data, txHash: felt(2n), ordinal: 3, blockNumber: 4, blockHash: felt(5n) };
};
const none: ReadonlySet<string> = new Set();

describe('Transfer events', () => {
  test('both layouts give every address and every amount of 256 bits exactly', () => {
    fc.assert(
      fc.property(feltValue, feltValue, limbs, (from, to, amount) => {
        const addresses = [felt(from), felt(to)];
        const value = [felt(amount % LIMB), felt(amount / LIMB)];
        const expected = { from: felt(from), to: felt(to), amount, malformed: null, ordinal: 3 };
        const keyed = eventOf([TRANSFER_KEY, ...addresses], value);
        const unkeyed = eventOf([TRANSFER_KEY], [...addresses, ...value]);
        expect([layoutOf(keyed), layoutOf(unkeyed)]).toEqual(['keyed', 'unkeyed']);
        expect(decodeTransfer(keyed, none)).toMatchObject(expected);
        expect(decodeTransfer(unkeyed, none)).toMatchObject(expected);
      }),
    );
  });

  test('any other shape is marked malformed, without an amount, and tells which of ours it names', () => {
    const ours = felt(77n);
    const felts = fc.array(feltValue.map(felt), { maxLength: 7 });
    fc.assert(
      fc.property(felts, felts, fc.boolean(), (keys, data, named) => {
        const event = eventOf([TRANSFER_KEY, ...keys], named ? [...data, ours] : data);
        fc.pre(layoutOf(event) === undefined);
        const names = named || [...keys, ...data].includes(ours);
        const expected = { amount: 0n, to: names ? ours : '', malformed: expect.any(String) };
        expect(decodeTransfer(event, new Set([ours]))).toMatchObject(expected);
      }),
    );
  });

  test.each([
    ['low', [felt(LIMB), felt(0n)]],
    ['high', [felt(0n), felt(LIMB)]],
    ['both', [felt(PRIME - 1n), felt(PRIME - 1n)]],
  ])('a limb above 128 bits (%s) is malformed, not a smaller amount', (_, value) => {
    const event = decodeTransfer(eventOf([TRANSFER_KEY, felt(1n), felt(2n)], value), none);
    expect(event).toMatchObject({ amount: 0n, malformed: 'a limb above 128 bits' });
  });
});

describe('felts', () => {
  test('any writing of one felt has one canonical form, and goes to nodes without leading zeros', () => {
    fc.assert(
      fc.property(feltValue, fc.integer({ min: 1, max: 64 }), fc.boolean(), (value, width, upper) => {
        const digits = value.toString(16).padStart(width, '0');
        const written = `0x${upper ? digits.toUpperCase() : digits}`;
        expect(toFelt(written)).toMatch(/^0x[0-9a-f]{64}$/);
        expect(BigInt(toFelt(written))).toBe(value);
        expect(toWire(toFelt(written))).toBe(`0x${value.toString(16)}`);
      }),
    );
  });

  test.each(['', '0x', '12', '0xg', ' 0x1', `0x${'f'.repeat(64)}`, `0x${PRIME.toString(16)}`, `0x${'0'.repeat(65)}`])(
    '%j is no felt',
    (text) => {
      expect(() => toFelt(text)).toThrow(RangeError);
    },
  );
});
