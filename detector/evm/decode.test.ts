import fc from 'fast-check';
import { encodeAbiParameters } from 'viem';
import { describe, expect, test } from 'vitest';
import { decodeTransfer, logSchema, TRANSFER_TOPIC, type EvmLog } from './decode.ts';

const position = { ordinal: 0, blockNumber: 1 };
const hexOf = (bytes: number) =>
  fc.uint8Array({ minLength: bytes, maxLength: bytes }).map((raw) => Buffer.from(raw).toString('hex'));
const word = (hex: string): string => `0x${hex.padStart(64, '0')}`;
const [token, block, transaction] = [`0x${'a'.repeat(40)}`, `0x${'b'.repeat(64)}`, `0x${'c'.repeat(64)}`];
const logOf = (topics: readonly string[], data: string): EvmLog =>
  logSchema.parse({
    address: token,
    topics,
    data,
    blockNumber: '0x1',
    blockHash: block,
    transactionHash: transaction,
    logIndex: '0x0',
  });

describe('Transfer logs', () => {
  test('every address and every amount of 256 bits is read exactly', () => {
    fc.assert(
      fc.property(hexOf(20), hexOf(20), fc.bigInt({ min: 0n, max: 2n ** 256n - 1n }), (from, to, amount) => {
        const data = encodeAbiParameters([{ type: 'uint256' }], [amount]);
        expect(decodeTransfer(logOf([TRANSFER_TOPIC, word(from), word(to)], data), position)).toMatchObject({
          from: `0x${from}`,
          to: `0x${to}`,
          amount,
          malformed: null,
        });
      }),
    );
  });

  test('any other shape is marked malformed, without an amount, and tells the recipient it names', () => {
    const shape = fc.record({
      topicCount: fc.integer({ min: 1, max: 4 }),
      dataBytes: fc.integer({ min: 0, max: 100 }),
    });
    fc.assert(
      fc.property(shape, hexOf(20), hexOf(100), ({ topicCount, dataBytes }, address, bytes) => {
        fc.pre(topicCount !== 3 || dataBytes !== 32);
        const topics = [TRANSFER_TOPIC, word(address), word(address), word('1')].slice(0, topicCount);
        const event = decodeTransfer(logOf(topics, `0x${bytes.slice(0, dataBytes * 2)}`), position);
        expect(event.malformed).not.toBeNull();
        expect(event.amount).toBe(0n);
        expect(event.to).toBe(topicCount > 2 ? `0x${address}` : '');
      }),
    );
  });

  test.each([
    ['a fourth topic beside 32 bytes', [word('aa'), word('bb'), word('1')], word('5'), '4 topics instead of 3'],
    ['a missing topic', [word('aa')], word('5'), '2 topics instead of 3'],
    ['one byte more', [word('aa'), word('bb')], `${word('5')}00`, '33 bytes of data instead of 32'],
    ['no data', [word('aa'), word('bb')], '0x', '0 bytes of data instead of 32'],
  ])('%s is malformed', (_, topics, data, malformed) => {
    const event = decodeTransfer(logOf([TRANSFER_TOPIC, ...topics], data), position);
    expect(event).toMatchObject({ amount: 0n, malformed });
  });

  test('a topic above 20 bytes is no address', () => {
    const topics = [TRANSFER_TOPIC, `0x${'1'.repeat(64)}`, word('aa')];
    expect(decodeTransfer(logOf(topics, word('5')), position).malformed).not.toBeNull();
  });
});
