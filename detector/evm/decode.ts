/** Decodes Transfer logs of ERC-20 tokens into events; one that cannot be decoded says why. */
import type { Hex } from 'viem';
import { z } from 'zod';
import type { TransferEvent } from '../../src/core/chains/transfer.ts';

/** keccak256("Transfer(address,address,uint256)"). */
export const TRANSFER_TOPIC = '0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef';

const isHex = (text: string): text is Hex => /^0x[0-9a-fA-F]*$/.test(text);
export const hexSchema = z
  .custom<Hex>((value) => typeof value === 'string' && isHex(value), 'not hex')
  .transform(
    // The type is lost in toLowerCase; the text is still hex.
    (text) => text.toLowerCase() as Hex,
  );
export const hash32Schema = hexSchema.refine((text) => text.length === 66, 'not 32 bytes');
const address20Schema = hexSchema.refine((text) => text.length === 42, 'not 20 bytes');
/** A quantity, such as a height or a position: up to 14 hex digits; toCount checks that it is at most 2^53-1. */
export const quantitySchema = z.string().regex(/^0x[0-9a-fA-F]{1,14}$/);

export const logSchema = z.object({
  address: address20Schema,
  topics: z.array(hash32Schema).max(4),
  data: hexSchema,
  blockNumber: quantitySchema,
  blockHash: hash32Schema,
  transactionHash: hash32Schema,
  logIndex: quantitySchema,
  removed: z.boolean().nullish(),
});
export type EvmLog = z.output<typeof logSchema>;
/** An answer to a query for logs; some nodes give null where there are none. */
export const logsSchema = z
  .array(logSchema)
  .nullable()
  .transform((logs) => logs ?? []);

type Position = Pick<TransferEvent, 'ordinal' | 'blockNumber'>;

/** True for a log that calls itself a Transfer, whatever its shape. */
export function isTransfer(log: EvmLog): boolean {
  return log.topics[0] === TRANSFER_TOPIC;
}

/** Decodes one Transfer log; a shape that is not ERC-20's gives an event marked malformed, never an error. */
export function decodeTransfer(log: EvmLog, position: Position): TransferEvent {
  const shared = { token: log.address, txHash: log.transactionHash, blockHash: log.blockHash, ...position };
  const [, fromTopic, toTopic, ...more] = log.topics;
  const problem =
    more.length > 0 || toTopic === undefined || fromTopic === undefined
      ? `${log.topics.length} topics instead of 3`
      : log.data.length === 66
        ? undefined
        : `${(log.data.length - 2) / 2} bytes of data instead of 32`;
  if (fromTopic === undefined || toTopic === undefined || problem !== undefined) {
    return { ...shared, from: '', to: addressOfTopic(toTopic), amount: 0n, malformed: problem ?? 'no topics' };
  }
  // Two indexed addresses and one word of data, each encoded as its value (Solidity ABI, "Events").
  const [from, to] = [addressOfTopic(fromTopic), addressOfTopic(toTopic)];
  const malformed = from === '' || to === '' ? 'an address above 20 bytes' : null;
  return { ...shared, from, to, amount: malformed === null ? BigInt(log.data) : 0n, malformed };
}

/** The address in a topic; empty where there is no topic or its padding is not zero. */
export function addressOfTopic(topic: Hex | undefined): string {
  return topic !== undefined && topic.startsWith(`0x${'0'.repeat(24)}`) ? `0x${topic.slice(26)}` : '';
}
