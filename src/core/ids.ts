/** Ids derived from what they name: the same thing has the same id on every machine and for ever. */
import { createHash, hash, randomFillSync } from 'node:crypto';

/** UUIDv5 namespace of this product; frozen, since all wallet and deposit ids derive from it. */
const NAMESPACE = Buffer.from('6d1f4b9ab0c35e0f8a4e2f1c7d5a9b30', 'hex');

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const UUID_V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** True for a UUID in its canonical lower-case text form. */
export function isUuid(text: string): boolean {
  return UUID.test(text);
}

/** Name-based UUID (version 5, RFC 9562 section 5.5) of the given parts, in order. Parts are length-prefixed. */
export function uuidV5(...parts: readonly string[]): string {
  const name = parts.map((part) => `${Buffer.byteLength(part)}:${part}`).join('');
  const digest = createHash('sha1').update(NAMESPACE).update(name).digest().subarray(0, 16);
  return stampUuid(digest, 5);
}

/**
 * Time-ordered UUID (version 7, RFC 9562 section 5.7) for the given time in milliseconds. The ids of one process
 * increase even within a millisecond (a counter in the 12 bits after the time, section 6.2 method 1), so that an index
 * over them grows at its end.
 */
export function uuidV7(atMs: number): string {
  counter = atMs > lastMs ? 0 : counter + 1;
  // A full counter moves on to the next millisecond; when the clock steps back, the last time is kept.
  lastMs = Math.max(lastMs, atMs) + (counter > COUNTER_MAX ? 1 : 0);
  if (counter > COUNTER_MAX) counter = 0;
  if (randomAt + RANDOM_BYTES > random.length) {
    randomFillSync(random);
    randomAt = 0;
  }
  const tail = random.toString('hex', randomAt, randomAt + RANDOM_BYTES);
  randomAt += RANDOM_BYTES;
  const time = lastMs.toString(16).padStart(12, '0');
  const variant = VARIANTS.charAt(random.readUInt8(randomAt - 1) & 3);
  const sequence = counter.toString(16).padStart(3, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${sequence}-${variant}${tail.slice(0, 3)}-${tail.slice(3, 15)}`;
}

const COUNTER_MAX = 0xfff;
const RANDOM_BYTES = 9;
const VARIANTS = '89ab';
let counter = 0;
let lastMs = 0;
/** Random bytes fetched in advance: one call of the system's generator serves many ids. */
const random = Buffer.alloc(4095);
let randomAt = random.length;

export type OwnerKind = 'org' | 'user';

/** Id of the wallet that an owner has in an asset. */
export function walletId(owner: { kind: OwnerKind; id: string }, asset = 'USD'): string {
  return uuidV5('wallet', owner.kind, owner.id, asset);
}

/** Id of the money that one Transfer log moved; without the block, since a reorg may move the transaction. */
export function depositId(identity: { chain: string; token: string; txHash: string; ordinal: number }): string {
  return uuidV5('deposit', identity.chain, identity.token, identity.txHash, String(identity.ordinal));
}

/**
 * Where an idempotency key comes from. Keys of different domains never collide: no client's key can be that of an
 * operator's booking, of a payment, or one of ours.
 */
export type KeyDomain = 'client' | 'operator' | 'deposit' | 'hold' | 'lot' | 'payment';

/**
 * The 16-byte form (as UUID text) of an idempotency key. A client's canonical UUIDv7 is kept as it is, so that
 * the index grows at its end; everything else becomes the first half of SHA-256(domain, key), stamped version 8,
 * which no version 7 can equal.
 */
export function ledgerKey(domain: KeyDomain, key: string): string {
  if (domain === 'client' && UUID_V7.test(key)) return key;
  return stampUuid(hash('sha256', `${domain}:${key}`, 'buffer').subarray(0, 16), 8);
}

/** An idempotency key as a request names it. */
export interface NamedKey {
  readonly text: string;
  /** How it was sent, where it was sent in quotes. */
  readonly quoted?: string | undefined;
}

/** The ledger's key of a call, and the keys under which earlier versions stored the same call. */
export interface CallKeys {
  readonly key: string;
  readonly formerKeys: readonly string[];
}

/**
 * The ledger's keys of a call. Earlier versions had no domain for operators and kept the quotes of a quoted key; a call
 * that they carried out must be found for ever, so both are looked up.
 */
export function callKeys(domain: 'client' | 'operator', { text, quoted }: NamedKey): CallKeys {
  const former = quoted === undefined ? [] : [ledgerKey('client', quoted)];
  const key = ledgerKey(domain, text);
  return { key, formerKeys: domain === 'client' ? former : [ledgerKey('client', text), ...former] };
}

/** Public id of an entry; it contains the id of its wallet. */
export function formatEntryId(wallet: string, seq: bigint): string {
  return `ent_${wallet}_${seq}`;
}

/** Public id of a command: the number of the first entry that it wrote. */
export function formatCommandId(wallet: string, seq: bigint): string {
  return `cmd_${wallet}_${seq}`;
}

/** The idempotency key that an entry shows; null where only its hash was kept, and for keys of our own. */
export function shownKey(key: string, named: string | null): string | null {
  return named ?? (UUID_V7.test(key) ? key : null);
}

/** Public id of a hold. */
export function formatHoldId(wallet: string, seq: bigint): string {
  return `hold_${wallet}_${seq}`;
}

/** Public id of a lot: the entry that opened it gives the number. */
export function formatLotId(wallet: string, seq: bigint): string {
  return `lot_${wallet}_${seq}`;
}

/** The wallet and seq in a hold's public id; undefined when the text is not such an id. */
export function parseHoldId(id: string): WalletPlace | undefined {
  return placeIn(/^hold_([0-9a-f-]{36})_([1-9][0-9]{0,17})$/.exec(id));
}

/** The wallet and seq in an entry's public id; undefined when the text is not such an id. */
export function parseEntryId(id: string): WalletPlace | undefined {
  return placeIn(/^ent_([0-9a-f-]{36})_([1-9][0-9]{0,17})$/.exec(id));
}

interface WalletPlace {
  readonly wallet: string;
  readonly seq: bigint;
}

function placeIn(match: RegExpExecArray | null): WalletPlace | undefined {
  const [, wallet, seq] = match ?? [];
  return wallet !== undefined && seq !== undefined && isUuid(wallet) ? { wallet, seq: BigInt(seq) } : undefined;
}

function stampUuid(bytes: Buffer, version: number): string {
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | (version << 4), 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** A test for version 7 ids made less than `withinMs` before or after a time. */
export function madeAround(atMs: number, withinMs: number): (id: string) => boolean {
  const [from, to] = [timeOfId(atMs - withinMs), timeOfId(atMs + withinMs)];
  return (id) => id.charAt(14) === '7' && id > from && id < to;
}

/** The first characters of a version 7 id made at that time: such ids sort by their time. */
function timeOfId(atMs: number): string {
  const time = Math.max(0, atMs).toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}`;
}
