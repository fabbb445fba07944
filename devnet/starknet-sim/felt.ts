import { createHash } from 'node:crypto';
import { hash } from 'starknet';

const FELT_HASH_BITS = 250n;
const LOW_MASK = (1n << 128n) - 1n;

/** A felt as nodes write it: lower-case hex without leading zeros. Throws when the value is not a felt. */
export function toFelt(value: string | bigint): string {
  return `0x${BigInt(value).toString(16)}`;
}

/** A felt as Coffer stores it: 0x and 64 lower-case hex digits. */
export function toPaddedFelt(value: string | bigint): string {
  return `0x${BigInt(value).toString(16).padStart(64, '0')}`;
}

/** A felt that commits to all parts, in order. It is not Starknet's own hash; only these properties matter here. */
export function hashToFelt(...parts: readonly string[]): string {
  const digest = createHash('sha256').update(JSON.stringify(parts)).digest('hex');
  return toFelt(BigInt(`0x${digest}`) & ((1n << FELT_HASH_BITS) - 1n));
}

/** A u256 as Cairo passes it: low and high 128 bits. */
export function toU256Felts(amount: bigint): [string, string] {
  return [toFelt(amount & LOW_MASK), toFelt(amount >> 128n)];
}

/** The selector of a function or event name. */
export function selectorOf(name: string): string {
  return toFelt(hash.getSelectorFromName(name));
}

export const TRANSFER_SELECTOR = selectorOf('Transfer');
