import { describe, expect, it } from 'vitest';
import { entryHash, GENESIS_HASH, type Entry } from './entry.ts';

const ENTRY: Omit<Entry, 'hash'> = {
  wallet: '00000000-0000-5000-8000-000000000001',
  seq: 1,
  atMs: 1_767_225_600_000,
  availableDelta: -5_000_000n,
  heldDelta: 0n,
  available: 5_000_000n,
  held: 0n,
  deposited: 10_000_000n,
  lot: 1,
  lotLeft: 5_000_000n,
  hold: null,
  key: '0198c0de-0000-7000-8000-000000000001',
  giftDelta: 0,
  giftAvailable: 1,
  giftHeld: 0,
  type: 'AI_API_CALL',
  service: 'AI_API',
  part: 0,
  contra: 'revenue:AI_API',
  inputHash: '0011223344556677',
  deposit: null,
  packOrder: null,
  reference: 'réf',
  appId: null,
  description: 'a call',
  userId: null,
  teamId: null,
  idempotencyKey: null,
  textHash: null,
  cardPaid: null,
  action: null,
  pricing: null,
  restrictedTo: null,
  refundOf: null,
  text: null,
};

const LATER = {
  userId: 'u',
  teamId: 't',
  idempotencyKey: 'k',
  textHash: 'ab'.repeat(32),
  cardPaid: 1n,
  action: 'a',
  pricing: 'p',
  restrictedTo: 'r',
  refundOf: 71,
} as const;

describe('S08 the hash of an entry', () => {
  it('without later columns is the one that the first version wrote', () => {
    expect(entryHash(GENESIS_HASH, ENTRY)).toBe('1bb96a43fa554c83febe654af290e8ea1fed8149a18154cbfb79a230c9604b33');
  });

  it('covers every later column, and which of them it is', () => {
    const changed = Object.entries(LATER).map(([name, value]) => ({ ...ENTRY, [name]: value }));
    for (const one of changed) {
      const [name = '', value] =
        Object.entries(LATER).find(([later]) => one[later as keyof typeof LATER] !== null) ?? [];
      const other = { ...ENTRY, [name]: typeof value === 'bigint' ? value + 1n : `${String(value).slice(1)}0` };
      expect([name, entryHash(GENESIS_HASH, other)]).not.toEqual([name, entryHash(GENESIS_HASH, one)]);
    }
    const swapped = [
      { ...ENTRY, userId: 't' },
      { ...ENTRY, teamId: 'u' },
      { ...ENTRY, idempotencyKey: 'u' },
      { ...ENTRY, userId: 'u', teamId: 't' },
      { ...ENTRY, ...LATER },
      { ...ENTRY, ...LATER, cardPaid: 2n },
    ];
    const hashes = [ENTRY, ...changed, ...swapped].map((entry) => entryHash(GENESIS_HASH, entry));
    expect(new Set(hashes).size).toBe(1 + changed.length + swapped.length);
  });

  it('covers long texts that need more than one piece of memory', () => {
    const long = { ...ENTRY, reference: 'ü'.repeat(255), userId: 'ü'.repeat(255), idempotencyKey: 'k'.repeat(255) };
    const other = { ...long, idempotencyKey: `${'k'.repeat(254)}l` };
    expect(entryHash(GENESIS_HASH, long)).not.toBe(entryHash(GENESIS_HASH, other));
  });

  it('does not cover the text itself, which may be erased', () => {
    const text = { hash: LATER.textHash, salt: '00'.repeat(16), description: 'd', metadata: null };
    const entry = { ...ENTRY, textHash: LATER.textHash };
    expect(entryHash(GENESIS_HASH, { ...entry, text })).toBe(entryHash(GENESIS_HASH, entry));
  });
});
