/**
 * API keys: `ck_live_<8 characters: its id>_<32 random characters><6 characters: checksum>`, all base62. The checksum
 * (CRC-32 of everything before it) shows without a database whether a text is really a key. Scanners of leaked
 * secrets find keys by {@link API_KEY_PATTERN}.
 */
import { createHmac, randomInt, timingSafeEqual } from 'node:crypto';
import type { Pepper } from './peppers.ts';

export const SCOPES = ['treasury:read', 'treasury:spend', 'treasury:admin'] as const;
export type Scope = (typeof SCOPES)[number];

/** `org`: bound to one org. `platform` and `admin`: name the org in each call. */
export const KEY_KINDS = ['org', 'platform', 'admin'] as const;
export type KeyKind = (typeof KEY_KINDS)[number];

export const API_KEY_PATTERN = /^ck_live_([0-9A-Za-z]{8})_([0-9A-Za-z]{32})([0-9A-Za-z]{6})$/;
/** The id of a key: the part between the prefix and the secret. */
export const API_KEY_ID_PATTERN = /^[0-9A-Za-z]{8}$/;
/** Every key begins with this, and no other credential does. */
export const API_KEY_PREFIX = 'ck_live_';

const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const CRC32_POLYNOMIAL = 0xedb88320;

const randomText = (length: number): string => Array.from({ length }, () => BASE62.charAt(randomInt(62))).join('');

/** The CRC-32 of each byte. */
const CRC32_OF_BYTE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? CRC32_POLYNOMIAL : 0);
  return crc;
});

/** CRC-32 (ISO 3309, as in zlib) of ASCII text, as an unsigned number. */
export function crc32(text: string): number {
  let crc = 0xffffffff;
  for (let at = 0; at < text.length; at += 1) {
    crc = (crc >>> 8) ^ (CRC32_OF_BYTE[(crc ^ text.charCodeAt(at)) & 0xff] ?? 0);
  }
  return (crc ^ 0xffffffff) >>> 0;
}

function checksum(text: string): string {
  let rest = crc32(text);
  let digits = '';
  for (let place = 0; place < 6; place += 1) {
    digits = BASE62.charAt(rest % 62) + digits;
    rest = Math.floor(rest / 62);
  }
  return digits;
}

/** Makes a key with 190 random bits. It is shown once; only {@link hashApiKey} of it is kept. */
export function createApiKey(): { readonly id: string; readonly key: string } {
  const id = randomText(8);
  const head = `ck_live_${id}_${randomText(32)}`;
  return { id, key: head + checksum(head) };
}

/** The id in a key, or undefined when the text is not a key or its checksum is wrong. */
export function parseApiKey(text: string): { readonly id: string } | undefined {
  const id = API_KEY_PATTERN.exec(text)?.[1];
  if (id === undefined || checksum(text.slice(0, -6)) !== text.slice(-6)) return undefined;
  return { id };
}

/** The HMAC-SHA-256 of a key's whole text under a pepper. */
export function hashApiKey(key: string, pepper: string): Buffer {
  return createHmac('sha256', pepper).update(key).digest();
}

/** What is stored of a key: its hash, and the pepper under which it was made. */
export interface KeyHash {
  readonly secretHash: Buffer;
  /** Id of the pepper; null: made by a version that did not say. */
  readonly pepper: string | null;
}

/** What is stored of a key that is hashed under a pepper. */
export function hashUnder({ id, secret }: Pepper, key: string): KeyHash & { readonly pepper: string } {
  return { secretHash: hashApiKey(key, secret), pepper: id };
}

/** The stored facts that decide whether a key is accepted. */
export interface KeyTerms extends KeyHash {
  readonly expiresAt: Date | null;
  readonly revokedAt: Date | null;
}

/**
 * The pepper under which the presented key is the stored one, compared in constant time; undefined when it is another
 * key. The key may still be revoked or expired.
 */
export function findOpener(
  key: string,
  peppers: readonly Pepper[],
  { secretHash }: Pick<KeyHash, 'secretHash'>,
): Pepper | undefined {
  return peppers.find(({ secret }) => {
    const hash = hashApiKey(key, secret);
    return hash.length === secretHash.length && timingSafeEqual(hash, secretHash);
  });
}

/** Whether a key is neither revoked nor expired (expiry <= now is expired). */
export function isKeyLive(terms: Pick<KeyTerms, 'revokedAt' | 'expiresAt'>, nowMs: number): boolean {
  return terms.revokedAt === null && (terms.expiresAt === null || terms.expiresAt.getTime() > nowMs);
}

export type KeyState = 'active' | 'replaced' | 'expired' | 'revoked';

/** The state of a key as lists show it. `replaced`: it still works, as does the key that replaces it. */
export function keyStateOf(
  key: Pick<KeyTerms, 'revokedAt' | 'expiresAt'> & { readonly replacedBy: string | null },
  nowMs: number,
): KeyState {
  if (key.revokedAt !== null) return 'revoked';
  if (!isKeyLive(key, nowMs)) return 'expired';
  return key.replacedBy === null ? 'active' : 'replaced';
}
