import { hash } from 'node:crypto';
import type { EntryType, ServiceType } from './vocabulary.ts';

/** One immutable row of the ledger. Amounts in micros; `available`, `held` and the like are the balances after it. */
export interface Entry {
  readonly wallet: string;
  /** Position in the wallet, from 1, without gaps. */
  readonly seq: number;
  readonly atMs: number;
  readonly availableDelta: bigint;
  readonly heldDelta: bigint;
  readonly available: bigint;
  readonly held: bigint;
  /** Gross deposits less reversals and claw-backs; grants are no part of it. */
  readonly deposited: bigint;
  /** Seq of the entry that opened the lot this one touched, and what that lot has left after it. */
  readonly lot: number | null;
  readonly lotLeft: bigint | null;
  /** Seq of the entry that opened the hold this one belongs to. */
  readonly hold: number | null;
  readonly key: string;
  readonly giftDelta: number;
  readonly giftAvailable: number;
  readonly giftHeld: number;
  readonly type: EntryType;
  readonly service: ServiceType | null;
  /** Position among the entries that one command wrote. */
  readonly part: number;
  /** Account that loses what the wallet gains; null where the money only moves within the wallet. */
  readonly contra: string | null;
  /** Part 0 only: first 8 bytes, in hex, of the hash of what the command asked for. */
  readonly inputHash: string | null;
  readonly deposit: string | null;
  readonly packOrder: string | null;
  readonly reference: string | null;
  readonly appId: string | null;
  readonly description: string | null;
  /** 32 bytes in hex; covers the previous entry's hash and every other column. */
  readonly hash: string;
}

/** What the first entry of a wallet takes as its previous hash. */
export const GENESIS_HASH = '0'.repeat(64);

/** Grows when the encoding below changes; part of what is hashed. */
const HASH_VERSION = '\x01';

/**
 * The hash of an entry: SHA-256 over the previous hash (32 bytes), the version byte, and each stored column but the
 * hash, in table order. A column is `<byte length>:<text>`, or `-` for NULL; times are milliseconds, integers decimal,
 * bytes lower-case hex, text UTF-8. Length prefixes make the encoding injective.
 * @param previousHash of the wallet's entry before this one, {@link GENESIS_HASH} for the first; 64 hex digits.
 */
export function entryHash(previousHash: string, entry: Omit<Entry, 'hash'>): string {
  // Every column before `reference` is ASCII by construction, so that its length in characters is its length in bytes.
  const text =
    HASH_VERSION +
    ascii(entry.wallet) +
    ascii(String(entry.seq)) +
    ascii(String(entry.atMs)) +
    ascii(String(entry.availableDelta)) +
    ascii(String(entry.heldDelta)) +
    ascii(String(entry.available)) +
    ascii(String(entry.held)) +
    ascii(String(entry.deposited)) +
    (entry.lot === null ? '-' : ascii(String(entry.lot))) +
    (entry.lotLeft === null ? '-' : ascii(String(entry.lotLeft))) +
    (entry.hold === null ? '-' : ascii(String(entry.hold))) +
    ascii(entry.key) +
    ascii(String(entry.giftDelta)) +
    ascii(String(entry.giftAvailable)) +
    ascii(String(entry.giftHeld)) +
    ascii(entry.type) +
    (entry.service === null ? '-' : ascii(entry.service)) +
    ascii(String(entry.part)) +
    utf8(entry.contra) +
    utf8(entry.inputHash) +
    utf8(entry.deposit) +
    utf8(entry.packOrder) +
    utf8(entry.reference) +
    utf8(entry.appId) +
    utf8(entry.description);
  const bytes = Buffer.allocUnsafe(32 + Buffer.byteLength(text));
  bytes.write(previousHash, 0, 32, 'hex');
  bytes.write(text, 32, 'utf8');
  return hash('sha256', bytes, 'hex');
}

function ascii(text: string): string {
  return `${text.length}:${text}`;
}

function utf8(text: string | null): string {
  return text === null ? '-' : `${Buffer.byteLength(text)}:${text}`;
}

/** First 8 bytes, in hex, of SHA-256 over a command's canonical text: what a repeated key is compared by. */
export function inputHash(canonical: string): string {
  return hash('sha256', canonical, 'hex').slice(0, 16);
}
