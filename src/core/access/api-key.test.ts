import * as crypto from 'node:crypto';
import { crc32 as zlibCrc32 } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import {
  API_KEY_PATTERN,
  crc32,
  createApiKey,
  findOpener,
  hashApiKey,
  hashUnder,
  isKeyLive,
  keyStateOf,
  parseApiKey,
} from './api-key.ts';
import { pepperOf } from './peppers.ts';

vi.mock('node:crypto', async (original) => {
  const real = await original<typeof crypto>();
  return { ...real, timingSafeEqual: vi.fn(real.timingSafeEqual) };
});

const PEPPER = pepperOf('a pepper of thirty-two characters');
const OTHER = pepperOf('another pepper, of forty-one characters.');

describe('API keys', () => {
  it('have the published form and carry their id', () => {
    const { id, key } = createApiKey();
    expect(key).toMatch(API_KEY_PATTERN);
    expect(key).toHaveLength(55);
    expect(parseApiKey(key)).toEqual({ id });
  });

  it('are all different', () => {
    expect(new Set(Array.from({ length: 500 }, () => createApiKey().key)).size).toBe(500);
  });

  it('are refused with any one character changed', () => {
    const { key } = createApiKey();
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: key.length - 1 }),
        fc.constantFrom('0', '9', 'a', 'z', 'A', 'Z', '_', '-', 'é'),
        (at, character) => {
          fc.pre(key[at] !== character);
          expect(parseApiKey(key.slice(0, at) + character + key.slice(at + 1))).toBeUndefined();
        },
      ),
    );
  });

  it('are refused when shortened, padded or empty', () => {
    const { key } = createApiKey();
    for (const text of ['', key.slice(1), key.slice(0, -1), ` ${key}`, `${key}\n`, key + key]) {
      expect(parseApiKey(text)).toBeUndefined();
    }
  });

  it('use the CRC-32 that everybody uses', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme-ascii' }), (text) => {
        expect(crc32(text)).toBe(zlibCrc32(text));
      }),
    );
  });

  it('open only as themselves, under the pepper, before expiry, unrevoked', () => {
    const { key } = createApiKey();
    const terms = { ...hashUnder(PEPPER, key), expiresAt: new Date(1_000), revokedAt: null };
    expect(terms).toMatchObject({ pepper: PEPPER.id, secretHash: hashApiKey(key, PEPPER.secret) });
    expect(findOpener(key, [PEPPER], terms)).toBe(PEPPER);
    expect(isKeyLive(terms, 999)).toBe(true);
    expect(isKeyLive(terms, 1_000)).toBe(false);
    expect(isKeyLive({ ...terms, revokedAt: new Date(1) }, 999)).toBe(false);
    expect(findOpener(key, [OTHER], terms)).toBeUndefined();
    expect(findOpener(key, [], terms)).toBeUndefined();
    expect(findOpener(createApiKey().key, [PEPPER], terms)).toBeUndefined();
    expect(findOpener(key, [PEPPER], { ...terms, secretHash: Buffer.alloc(0) })).toBeUndefined();
  });

  it('open under any of several peppers, and say under which', () => {
    const { key } = createApiKey();
    for (const pepper of [PEPPER, OTHER]) {
      expect(findOpener(key, [OTHER, PEPPER], hashUnder(pepper, key))).toBe(pepper);
      expect(findOpener(createApiKey().key, [OTHER, PEPPER], hashUnder(pepper, key))).toBeUndefined();
    }
  });

  it('A47 are compared by their keyed hashes, in a time that does not depend on where they differ', () => {
    const { key } = createApiKey();
    const secretHash = hashApiKey(key, PEPPER.secret);
    const compare = vi.mocked(crypto.timingSafeEqual);
    compare.mockClear();
    const firstDiffers = Buffer.from(secretHash);
    firstDiffers[0] = (firstDiffers[0] ?? 0) ^ 1;
    const lastDiffers = Buffer.from(secretHash);
    lastDiffers[31] = (lastDiffers[31] ?? 0) ^ 1;
    const hashes = [secretHash, firstDiffers, lastDiffers];
    const openers = hashes.map((hash) => findOpener(key, [PEPPER], { secretHash: hash }));
    expect(openers).toEqual([PEPPER, undefined, undefined]);
    expect(compare.mock.calls).toEqual([
      [secretHash, secretHash],
      [secretHash, firstDiffers],
      [secretHash, lastDiffers],
    ]);
  });

  it('are shown by their state', () => {
    const live = { revokedAt: null, expiresAt: null, replacedBy: null };
    expect(keyStateOf(live, 0)).toBe('active');
    expect(keyStateOf({ ...live, replacedBy: 'abcdefgh' }, 0)).toBe('replaced');
    expect(keyStateOf({ ...live, replacedBy: 'abcdefgh', expiresAt: new Date(5) }, 5)).toBe('expired');
    expect(keyStateOf({ ...live, expiresAt: new Date(5), revokedAt: new Date(9) }, 5)).toBe('revoked');
  });
});
