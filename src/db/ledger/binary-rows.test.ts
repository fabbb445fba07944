/** Every writer of a fixed width refuses what does not fit: nothing is cut off, and nothing wraps around. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toCount } from '../../core/integers.ts';
import { decide } from '../../core/ledger/decide.ts';
import { entryHash, GENESIS_HASH } from '../../core/ledger/entry.ts';
import { DEPOSIT_TERMS, emptyHead } from '../../core/ledger/head.ts';
import { Posting } from '../../core/ledger/posting.ts';
import { binaryArray, binaryColumn, BinaryRows, type ColumnType, type Value } from './binary-rows.ts';

/** The bytes of the only value of the only row. */
function bytesOf(type: ColumnType, value: Value): Buffer {
  const rows = new BinaryRows<Value>([{ type, value: (row) => row }]);
  rows.add(value);
  // Array header, row length and column count, type, length.
  return rows.toBuffer().subarray(20 + 8 + 8);
}

const asNumber = (value: bigint): number => (value < 0n ? -toCount(-value) : toCount(value));

const FIXED = [
  { type: 'smallint', bits: 16, read: (bytes: Buffer) => BigInt(bytes.readInt16BE()), toValue: asNumber },
  { type: 'integer', bits: 32, read: (bytes: Buffer) => BigInt(bytes.readInt32BE()), toValue: asNumber },
  { type: 'bigint', bits: 64, read: (bytes: Buffer) => bytes.readBigInt64BE(), toValue: (value: bigint) => value },
] as const;

describe.each(FIXED)('S03 a column of type $type', ({ type, bits, read, toValue }) => {
  const max = 2n ** BigInt(bits - 1) - 1n;
  const min = -max - 1n;
  const near = fc.tuple(fc.constantFrom(min, max, 0n), fc.bigInt({ min: -1_000n, max: 1_000n }));

  it('keeps every value that fits, and refuses every other one', () => {
    fc.assert(
      fc.property(near, ([edge, by]) => {
        const value = edge + by;
        if (value >= min && value <= max) expect(read(bytesOf(type, toValue(value)))).toBe(value);
        else expect(() => bytesOf(type, toValue(value))).toThrow(RangeError);
      }),
    );
    for (const value of [min, max]) expect(read(bytesOf(type, toValue(value)))).toBe(value);
    for (const value of [min - 1n, max + 1n]) expect(() => bytesOf(type, toValue(value))).toThrow(RangeError);
  });
});

describe('S03', () => {
  it('numbers that a double does not count exactly are refused', () => {
    for (const value of [2 ** 53, -(2 ** 53), 0.5, NaN, Infinity]) {
      expect(() => bytesOf('bigint', value)).toThrow(RangeError);
      expect(() => binaryArray('bigint', [value])).toThrow(RangeError);
    }
    for (const value of [0.5, NaN, Infinity]) expect(() => bytesOf('integer', value)).toThrow(RangeError);
  });

  it('a column keeps NULL between values, and an array of values refuses it', () => {
    const bytes = binaryColumn('integer', [7, null, -1]);
    // The header, then a length before each value.
    expect([bytes.readInt32BE(12), bytes.length]).toEqual([3, 20 + 3 * 4 + 2 * 4]);
    expect([20, 24, 28, 32, 36].map((at) => bytes.readInt32BE(at))).toEqual([4, 7, -1, 4, -1]);
    expect(() => binaryArray('integer', [7, null])).toThrow(TypeError);
  });

  it('times are kept to the millisecond as far as dates go, and refused beyond', () => {
    const edge = 8_640_000_000_000_000;
    fc.assert(
      fc.property(fc.integer({ min: -edge, max: edge }), (atMs) => {
        const micros = bytesOf('timestamptz', atMs).readBigInt64BE();
        expect(micros / 1_000n + 946_684_800_000n).toBe(BigInt(atMs));
      }),
    );
    expect(() => bytesOf('timestamptz', edge + 2)).toThrow(RangeError);
    expect(() => bytesOf('timestamptz', 0.5)).toThrow(RangeError);
  });

  it('hashes, UUIDs and labels of another length are refused', () => {
    const uuid = '0198c0de-0000-7000-8000-000000000001';
    expect(bytesOf('uuid', uuid).toString('hex')).toBe(uuid.replaceAll('-', ''));
    for (const wrong of [`${uuid}00`, uuid.slice(2), '']) expect(() => bytesOf('uuid', wrong)).toThrow(RangeError);
    expect(bytesOf('bytea', 'ab'.repeat(32))).toHaveLength(32);
    expect(() => bytesOf('bytea', 'ab'.repeat(33))).toThrow(RangeError);
    expect(() => bytesOf('own', 'X'.repeat(33))).toThrow(RangeError);
  });

  it('a column of an entry that its hash cannot take as it is is refused', () => {
    const posting = new Posting(emptyHead('00000000-0000-5000-8000-000000000001'));
    const contra = 'assets:usdc:eip155:1';
    decide(
      posting,
      { op: 'credit', type: 'DEPOSIT', amountMicros: 1n, contra, terms: DEPOSIT_TERMS },
      { key: '0198c0de-0000-7000-8000-000000000001', inputHash: '0011223344556677', atMs: 1 },
    );
    const [entry] = posting.entries;
    if (!entry) throw new Error('no entry');
    expect(entryHash(GENESIS_HASH, entry)).toHaveLength(64);
    for (const wrong of [`assets:${'x'.repeat(100)}`, 'assets:é']) {
      expect(() => entryHash(GENESIS_HASH, { ...entry, contra: wrong })).toThrow(RangeError);
    }
  });
});
