/** An entry of the ledger, and the hash that binds it to the entry before it. */
import { hash } from 'node:crypto';
import { writeHex } from '../hex.ts';
import type { EntryText } from './entry-text.ts';
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
  /** Gross deposits less reversals and claw-backs, without grants. */
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
  /**
   * Account that loses what the wallet gains; null where the money only moves within the wallet. Hashed by its name.
   */
  readonly contra: string | null;
  /** Part 0 only: first 8 bytes, in hex, of the hash of what the command asked for. */
  readonly inputHash: string | null;
  readonly deposit: string | null;
  readonly packOrder: string | null;
  readonly reference: string | null;
  readonly appId: string | null;
  /** Our own words on the entry; what a caller wrote is in `text`. Entries of earlier versions have both here. */
  readonly description: string | null;
  /** 32 bytes in hex; covers the previous entry's hash and every other column. */
  readonly hash: string;
  readonly userId: string | null;
  readonly teamId: string | null;
  /** The key as the caller named it, where `key` is only its hash. */
  readonly idempotencyKey: string | null;
  /** Names the text beside the ledger. */
  readonly textHash: string | null;
  /** What a free gift card paid for, in micros, out of `expenses:promo`: the wallet itself neither gains nor loses it. */
  readonly cardPaid: bigint | null;
  /** What was priced, and the stamp of its price (`formatStamp`); both or neither. */
  readonly action: string | null;
  readonly pricing: string | null;
  /** What alone the lot that it opened may pay for (`formatRestriction`). */
  readonly restrictedTo: string | null;
  /** The charge that it gives back, by the number of its first entry. */
  readonly refundOf: number | null;
  /** No column: the text of `textHash`, null when there is none or it was erased. */
  readonly text: EntryText | null;
}

/** The previous hash of the first entry of a wallet. */
export const GENESIS_HASH = '0'.repeat(64);

/**
 * The encodings below; the number is hashed too. Version 2 is version 1 followed by the name and value of each column that
 * was added later and is not NULL, so a row without these hashes as it always did, and a further column needs no version.
 */
const [FIRST_COLUMNS, WITH_LATER_COLUMNS] = [1, 2];

/**
 * The hash of an entry: SHA-256 over the previous hash (32 bytes), the version byte, and each stored column but the
 * hash, in table order. A column is `<byte length>:<text>`, or `-` for NULL; times are milliseconds, integers decimal,
 * bytes lower-case hex, text UTF-8. Length prefixes make the encoding injective.
 * @param previousHash of the wallet's entry before this one, {@link GENESIS_HASH} for the first; 64 hex digits.
 */
export function entryHash(previousHash: string, entry: Omit<Entry, 'hash'>): string {
  const { contra, inputHash: input, deposit, packOrder, reference, appId, description } = entry;
  const { userId, teamId, idempotencyKey, textHash, cardPaid, action, pricing, restrictedTo, refundOf } = entry;
  const isNoted = userId !== null || teamId !== null || idempotencyKey !== null || textHash !== null;
  const isPlain = cardPaid === null && action === null && pricing === null && restrictedTo === null;
  const isFirst = !isNoted && isPlain && refundOf === null;
  text.begin(previousHash, isFirst ? FIRST_COLUMNS : WITH_LATER_COLUMNS);
  text.ascii(entry.wallet);
  text.ascii(String(entry.seq));
  text.ascii(String(entry.atMs));
  text.ascii(String(entry.availableDelta));
  text.ascii(String(entry.heldDelta));
  text.ascii(String(entry.available));
  text.ascii(String(entry.held));
  text.ascii(String(entry.deposited));
  text.ascii(entry.lot === null ? null : String(entry.lot));
  text.ascii(entry.lotLeft === null ? null : String(entry.lotLeft));
  text.ascii(entry.hold === null ? null : String(entry.hold));
  text.ascii(entry.key);
  text.ascii(String(entry.giftDelta));
  text.ascii(String(entry.giftAvailable));
  text.ascii(String(entry.giftHeld));
  text.ascii(entry.type);
  text.ascii(entry.service);
  text.ascii(String(entry.part));
  text.ascii(contra);
  text.ascii(input);
  text.ascii(deposit);
  text.ascii(packOrder);
  text.utf8(reference);
  text.utf8(appId);
  text.utf8(description);
  if (!isFirst) {
    text.later('user_id', userId);
    text.later('team_id', teamId);
    text.later('idempotency_key', idempotencyKey);
    text.later('text_hash', textHash);
    text.later('card_paid', cardPaid === null ? null : String(cardPaid));
    text.later('action', action);
    text.later('pricing', pricing);
    text.later('restricted_to', restrictedTo);
    text.later('refund_of', refundOf === null ? null : String(refundOf));
  }
  return hash('sha256', text.bytes(), 'hex');
}

const HASH_BYTES = 32;
/** Bytes enough for all columns but the texts, with the length prefix of one text. */
const COLUMNS_BYTES_MAX = 1_024;
const [MINUS, COLON, ZERO] = [45, 58, 48];
const ASCII_MAX = 127;

/** The text that is hashed, written into one buffer that is reused for every entry. */
class HashedText {
  private buffer = Buffer.allocUnsafe(4 * COLUMNS_BYTES_MAX);
  private at = 0;

  begin(previousHash: string, version: number): void {
    this.at = writeHex(this.buffer, 0, previousHash);
    if (this.at !== HASH_BYTES) throw new RangeError('a hash has 64 hex digits');
    this.buffer[this.at++] = version;
  }

  /** A column that was added later: its name and value, or nothing for NULL. */
  later(name: string, column: string | null): void {
    if (column === null) return;
    this.ascii(name);
    this.utf8(column);
  }

  /** A column whose text is ASCII by construction: as many bytes as characters. @throws RangeError for 100 or more. */
  ascii(column: string | null): void {
    const { buffer } = this;
    let { at } = this;
    if (column === null) {
      buffer[at++] = MINUS;
    } else {
      const { length } = column;
      if (length >= 100) throw new RangeError(`a column of an entry has ${length} characters`);
      if (length >= 10) buffer[at++] = ZERO + Math.floor(length / 10);
      buffer[at++] = ZERO + (length % 10);
      buffer[at++] = COLON;
      for (let index = 0; index < length; index += 1) {
        const code = column.charCodeAt(index);
        if (code > ASCII_MAX) throw new RangeError('a column of an entry is not ASCII');
        buffer[at++] = code;
      }
    }
    this.at = at;
  }

  utf8(column: string | null): void {
    if (column === null) return this.ascii(null);
    const bytes = Buffer.byteLength(column);
    const room = this.at + bytes + COLUMNS_BYTES_MAX;
    if (room > this.buffer.length) this.buffer = Buffer.concat([this.buffer], 2 * room);
    this.at += this.buffer.write(`${bytes}:`, this.at, 'latin1');
    this.at += this.buffer.write(column, this.at, 'utf8');
  }

  bytes(): Uint8Array {
    return this.buffer.subarray(0, this.at);
  }
}

const text = new HashedText();

/** First 8 bytes, in hex, of SHA-256 over a command's canonical text; a repeated key is compared by it. */
export function inputHash(canonical: string): string {
  return hash('sha256', canonical, 'hex').slice(0, 16);
}
