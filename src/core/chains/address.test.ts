import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Refusal } from '../errors.ts';
import { canonicalAddress, claimsChecksum, deduceFamily, familyOf } from './address.ts';

const mixCase = (hex: string, upper: readonly boolean[]): string =>
  Array.from(hex, (digit, index) => (upper[index % upper.length] === true ? digit.toUpperCase() : digit)).join('');
const cases = fc.array(fc.boolean(), { minLength: 1, maxLength: 64 });

describe('canonical addresses', () => {
  it('are the same for every case and padding of a Starknet address', () => {
    const felt = fc.bigInt({ min: 1n, max: 2n ** 251n - 257n });
    fc.assert(
      fc.property(felt, fc.integer({ min: 0, max: 64 }), cases, (value, width, upper) => {
        const written = `0x${mixCase(value.toString(16).padStart(width, '0'), upper)}`;
        const canonical = canonicalAddress('starknet', written);
        expect(canonical).toMatch(/^0x[0-9a-f]{64}$/);
        expect(BigInt(canonical)).toBe(value);
      }),
    );
  });

  it('are the same for every case of an EVM address', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 2n ** 160n - 1n }), cases, (value, upper) => {
        const lower = value.toString(16).padStart(40, '0');
        expect(canonicalAddress('eip155', `0x${mixCase(lower, upper)}`)).toBe(`0x${lower}`);
      }),
    );
  });

  it.each([
    ['eip155', ''],
    ['eip155', '0x'],
    ['eip155', `0x${'0'.repeat(40)}`],
    ['eip155', `0x${'1'.repeat(39)}`],
    ['eip155', `0x${'1'.repeat(41)}`],
    ['eip155', `0X${'1'.repeat(40)}`],
    ['eip155', `0x${'g'.repeat(40)}`],
    ['eip155', `0x${'１'.repeat(40)}`],
    ['eip155', ` 0x${'1'.repeat(40)}`],
    ['starknet', '0x'],
    ['starknet', '0x0'],
    ['starknet', `0x${'0'.repeat(64)}`],
    ['starknet', `0x${'1'.repeat(65)}`],
    ['starknet', `0x${(2n ** 251n - 256n).toString(16)}`],
    ['starknet', `0x${'f'.repeat(64)}`],
    ['starknet', '1234'],
    ['starknet', '0x12 '],
  ] as const)('%s refuses %j', (family, text) => {
    expect(() => canonicalAddress(family, text)).toThrow(Refusal);
  });

  it('takes the last Starknet address', () => {
    const last = `0x${(2n ** 251n - 257n).toString(16)}`;
    expect(canonicalAddress('starknet', last)).toBe(`0x0${last.slice(2)}`);
  });
});

describe('families', () => {
  it('follow from the form only where it leaves no doubt', () => {
    expect(deduceFamily(`0x${'a'.repeat(40)}`)).toBe('eip155');
    expect(deduceFamily(`0x${'a'.repeat(56)}`)).toBe('starknet');
    for (const digits of [39, 41, 55]) expect(deduceFamily(`0x${'a'.repeat(digits)}`)).toBeUndefined();
    expect(deduceFamily(`0x0${'a'.repeat(63)}`)).toBe('starknet');
    expect(deduceFamily('0x1234')).toBeUndefined();
    expect(deduceFamily(`0x${'a'.repeat(65)}`)).toBeUndefined();
    expect(deduceFamily('vitalik.eth')).toBeUndefined();
  });

  it('follow from a chain id', () => {
    expect(familyOf('eip155:8453')).toBe('eip155');
    expect(familyOf('starknet:SN_MAIN')).toBe('starknet');
    expect(() => familyOf('solana:1')).toThrow(RangeError);
  });

  it('know a written checksum from plain upper or lower case', () => {
    expect(claimsChecksum('0xABCDEF0000000000000000000000000000000001')).toBe(false);
    expect(claimsChecksum('0xabcdef0000000000000000000000000000000001')).toBe(false);
    expect(claimsChecksum('0xabcdeF0000000000000000000000000000000001')).toBe(true);
  });
});
