/** Amounts come out of an event as they went in, or the event is marked: on both kinds of chain, for every number. */
import fc from 'fast-check';
import { encodeAbiParameters, type Hex } from 'viem';
import { describe, expect, test } from 'vitest';
import { AMOUNT_MICROS_MAX } from '../../src/core/money.ts';
import { classify } from '../../src/core/deposits/classify.ts';
import { decodeTransfer as decodeEvm, TRANSFER_TOPIC } from './decode.ts';
import { decodeTransfer as decodeStarknet, toFelt, TRANSFER_KEY } from '../starknet/decode.ts';

const LIMB_MAX = 2n ** 128n - 1n;
const FELT_MAX = 2n ** 251n + 17n * 2n ** 192n;
const RUNS = 2_000;
const EDGES = [1n, LIMB_MAX, LIMB_MAX + 1n, AMOUNT_MICROS_MAX, 2n ** 255n, 2n ** 256n - 1n];
const u256 = fc.oneof(fc.bigInt({ min: 0n, max: 2n ** 256n - 1n }), fc.constantFrom(...EDGES));

const [from, to] = [`0x${'a1'.repeat(20)}`, `0x${'c1'.repeat(20)}`];
const topicOf = (address: string): Hex => `0x${address.slice(2).padStart(64, '0')}`;
const evmLog = {
  address: from as Hex,
  topics: [TRANSFER_TOPIC, topicOf(from), topicOf(to)] as Hex[],
  blockNumber: '0x1',
  blockHash: topicOf('0x1'),
  transactionHash: topicOf('0x2'),
  logIndex: '0x0',
};
const felt = (value: bigint): string => toFelt(`0x${value.toString(16)}`);
const starknetEvent = { token: felt(1n), txHash: felt(2n), ordinal: 0, blockNumber: 1, blockHash: felt(3n) };
const [feltFrom, feltTo] = [felt(0xa1n), felt(0xc1n)];

describe('A17', () => {
  test('A17 EVM: a word is the number that it encodes', () => {
    fc.assert(
      fc.property(u256, (amount) => {
        const data = encodeAbiParameters([{ type: 'uint256' }], [amount]);
        expect(decodeEvm({ ...evmLog, data }, { ordinal: 0, blockNumber: 1 })).toMatchObject({
          from,
          to,
          amount,
          malformed: null,
        });
      }),
      { numRuns: RUNS },
    );
  });

  test('A17 Starknet, both layouts: the low limb comes first, and none is cut', () => {
    fc.assert(
      fc.property(u256, fc.boolean(), (amount, keyed) => {
        const limbs = [felt(amount & LIMB_MAX), felt(amount >> 128n)];
        const parties = [feltFrom, feltTo];
        const event = keyed
          ? { ...starknetEvent, keys: [TRANSFER_KEY, ...parties], data: limbs }
          : { ...starknetEvent, keys: [TRANSFER_KEY], data: [...parties, ...limbs] };
        const read = { from: feltFrom, to: feltTo, amount, malformed: null };
        expect(decodeStarknet(event, new Set())).toMatchObject(read);
      }),
      { numRuns: RUNS },
    );
  });

  test('A17 Starknet: a limb above 128 bits is no number, whatever the other one is', () => {
    const above = fc.bigInt({ min: LIMB_MAX + 1n, max: FELT_MAX });
    fc.assert(
      fc.property(above, fc.bigInt({ min: 0n, max: FELT_MAX }), fc.boolean(), (large, other, swap) => {
        const data = swap ? [felt(other), felt(large)] : [felt(large), felt(other)];
        const event = { ...starknetEvent, keys: [TRANSFER_KEY, feltFrom, feltTo], data };
        expect(decodeStarknet(event, new Set())).toMatchObject({ amount: 0n, malformed: 'a limb above 128 bits' });
      }),
      { numRuns: RUNS },
    );
  });

  test('A17 no number above what a command may move becomes a deposit, and none is negative', () => {
    fc.assert(
      fc.property(u256, (amount) => {
        const { state } = classify({ from, to, amount, malformed: null }, new Set([to]));
        const expected = amount === 0n ? 'ignored' : amount > AMOUNT_MICROS_MAX ? 'quarantined' : 'observed';
        expect(state).toBe(expected);
      }),
      { numRuns: RUNS },
    );
  });
});
