/**
 * Decodes Transfer events of Starknet tokens. Two layouts are in use, and a token may change from one to the other:
 * keyed (keys = [Transfer, from, to], data = [low, high]) and un-keyed (keys = [Transfer], data = [from, to, low, high]).
 */
import { hash } from 'starknet';
import { z } from 'zod';
import type { TransferEvent } from '../../src/core/chains/transfer.ts';

/** The field's prime (Starknet's documentation, "STARK field"): every felt is below it. */
const PRIME = 2n ** 251n + 17n * 2n ** 192n + 1n;
const LIMB_BITS = 128n;

/** Canonical form of a felt: 0x + 64 lower-case hex digits. @throws RangeError for any other text. */
export function toFelt(text: string): string {
  if (!/^0[xX][0-9a-fA-F]{1,64}$/.test(text)) throw new RangeError(`not a felt: ${text.slice(0, 80)}`);
  const value = BigInt(text);
  if (value >= PRIME) throw new RangeError(`not a felt, because it is not below the field's prime: ${text}`);
  return `0x${value.toString(16).padStart(64, '0')}`;
}

/** The form that nodes require: no leading zeros. */
export function toWire(felt: string): string {
  return `0x${BigInt(felt).toString(16)}`;
}

const isFelt = (text: string): boolean => {
  try {
    return toFelt(text) === text;
  } catch {
    return false;
  }
};

/** Parses a felt in any form that a node writes; the output is canonical. */
export const feltSchema = z.string().transform((text, context) => {
  try {
    return toFelt(text);
  } catch {
    context.addIssue({ code: 'custom', message: 'not a felt' });
    return z.NEVER;
  }
});

/** starknet_keccak("Transfer"), the first key of every Transfer. */
export const TRANSFER_KEY = toFelt(hash.getSelectorFromName('Transfer'));

export type Layout = 'keyed' | 'unkeyed';

/** An event within a block. All felts canonical. */
export interface StarknetEvent {
  readonly token: string;
  readonly keys: readonly string[];
  readonly data: readonly string[];
  readonly txHash: string;
  readonly ordinal: number;
  readonly blockNumber: number;
  readonly blockHash: string;
}

type Shape = Pick<StarknetEvent, 'keys' | 'data'>;

/** The layout of an event by its shape; undefined for a shape of neither layout. */
export function layoutOf({ keys, data }: Shape): Layout | undefined {
  if (keys.length === 3 && data.length === 2) return 'keyed';
  return keys.length === 1 && data.length === 4 ? 'unkeyed' : undefined;
}

/** True for an event that calls itself a Transfer, whatever its shape. */
export function isTransfer({ keys }: Shape): boolean {
  return keys[0] === TRANSFER_KEY;
}

/**
 * Decodes a Transfer event. A shape of neither layout, or a limb above 128 bits, gives an event marked malformed, never an
 * error; its `to` is then the first of `recipients` that it names, or empty.
 */
export function decodeTransfer(event: StarknetEvent, recipients: ReadonlySet<string>): TransferEvent {
  const { token, txHash, ordinal, blockNumber, blockHash } = event;
  const shared = { token, txHash, ordinal, blockNumber, blockHash };
  const [from, to, low, high, ...more] = [...event.keys.slice(1), ...event.data];
  const named = [...event.keys.slice(1), ...event.data].find((felt) => recipients.has(felt)) ?? '';
  const malformed = (reason: string): TransferEvent => ({
    ...shared,
    from: '',
    to: named,
    amount: 0n,
    malformed: reason,
  });
  if (layoutOf(event) === undefined || from === undefined || to === undefined || low === undefined) {
    return malformed(`${event.keys.length} keys and ${event.data.length} data felts are not a Transfer`);
  }
  if (high === undefined || more.length > 0 || ![from, to, low, high].every(isFelt)) return malformed('not all felts');
  const [lowLimb, highLimb] = [BigInt(low), BigInt(high)];
  if (lowLimb >> LIMB_BITS !== 0n || highLimb >> LIMB_BITS !== 0n) return malformed('a limb above 128 bits');
  return { ...shared, from, to, amount: lowLimb + (highLimb << LIMB_BITS), malformed: null };
}
