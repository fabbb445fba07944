import { describe, expect, it } from 'vitest';
import { formatUsd } from '../money.ts';
import { HOLD_DURATION_MAX_MS, type Command } from './commands.ts';
import { decide, type Decision } from './decide.ts';
import { entryHash, GENESIS_HASH } from './entry.ts';
import { DEPOSIT_TERMS, emptyHead, type Head, type LotTerms } from './head.ts';
import { Posting } from './posting.ts';

const WALLET = '00000000-0000-5000-8000-000000000001';
const USD = 1_000_000n;
let keys = 0;

function run(head: Head, command: Command, atMs = 1_000): { head: Head; types: string[]; code?: string } {
  const posting = new Posting(head);
  keys += 1;
  const key = `00000000-0000-7000-8000-${String(keys).padStart(12, '0')}`;
  const { refusal } = decide(posting, command, { key, inputHash: '0011223344556677', atMs });
  let previous = head.hash;
  for (const entry of posting.entries) {
    expect(entry.hash).toBe(entryHash(previous, entry));
    previous = entry.hash;
  }
  const after = posting.head();
  const lots = after.lots.reduce((sum, { left }) => sum + left, 0n);
  expect(lots).toBe(after.available > 0n ? after.available : 0n);
  const held = [...after.holds.values()].flatMap(({ draws }) => draws).reduce((sum, { left }) => sum + left, 0n);
  expect(held).toBe(after.held);
  const types = posting.entries.map(({ type }) => type);
  return refusal ? { head: after, types, code: refusal.code } : { head: after, types };
}

const deposit = (usd: bigint, terms: LotTerms = DEPOSIT_TERMS): Command => ({
  op: 'credit',
  type: 'DEPOSIT',
  amountMicros: usd * USD,
  contra: 'assets:usdc:eip155:1',
  terms,
});
const debit = (usd: bigint): Command => ({
  op: 'debit',
  type: 'AI_API_CALL',
  amountMicros: usd * USD,
  contra: 'revenue:AI_API',
  service: 'AI_API',
});
const promo = (expiresAtMs: number): LotTerms => ({
  ...DEPOSIT_TERMS,
  source: 'grant',
  promotional: true,
  expiresAtMs,
});

describe('a wallet', () => {
  it('starts its chain at 32 zero bytes and counts deposits', () => {
    const { head } = run(emptyHead(WALLET), deposit(10n));
    expect(head).toMatchObject({ seq: 1, available: 10n * USD, deposited: 10n * USD });
    expect(emptyHead(WALLET).hash).toBe(GENESIS_HASH);
  });

  it('refuses a debit beyond what is available and keeps no trace of it', () => {
    const { head } = run(emptyHead(WALLET), deposit(10n));
    const refused = run(head, debit(11n));
    expect(refused).toMatchObject({ code: 'CREDIT_INSUFFICIENT', types: [] });
    expect(refused.head.seq).toBe(1);
    expect(run(head, debit(10n)).head.available).toBe(0n);
  });

  it('ends the lots that are named, what they have left and once', () => {
    let { head } = run(emptyHead(WALLET), deposit(10n));
    ({ head } = run(head, { ...deposit(3n, promo(9_000_000)), type: 'GRANT' } as Command));
    ({ head } = run(head, debit(1n)));
    const ended = run(head, { op: 'end_lots', lots: [2] });
    expect([ended.types, ended.head.available]).toEqual([['LOT_EXPIRY'], 10n * USD]);
    expect(run(ended.head, { op: 'end_lots', lots: [2, 77] }).types).toEqual([]);
  });

  it('spends what expires soonest first, one entry for each lot', () => {
    let { head } = run(emptyHead(WALLET), deposit(10n));
    ({ head } = run(head, { ...deposit(3n, promo(9_000)), type: 'GRANT' } as Command));
    const spent = run(head, debit(5n));
    expect(spent.types).toEqual(['AI_API_CALL', 'AI_API_CALL']);
    expect(spent.head.lots.map(({ lot, left }) => [lot, formatUsd(left)])).toEqual([[1, '8.00']]);
  });

  it('spends by priority, then soonest expiry, then promotional before paid, then oldest', () => {
    let { head } = run(emptyHead(WALLET), deposit(1n));
    for (const terms of [
      {},
      { promotional: true },
      { expiresAtMs: 90_000 },
      { expiresAtMs: 50_000 },
      { priority: 50, expiresAtMs: null },
    ]) {
      ({ head } = run(head, deposit(1n, { ...DEPOSIT_TERMS, ...terms })));
    }
    expect(head.lots.map(({ lot }) => lot)).toEqual([6, 5, 4, 3, 1, 2]);
    expect(run(head, debit(4n)).head.lots.map(({ lot }) => lot)).toEqual([1, 2]);
  });

  it('expires what is left of a lot before it judges the next command', () => {
    let { head } = run(emptyHead(WALLET), { ...deposit(3n, promo(9_000)), type: 'GRANT' } as Command);
    const late = run(head, debit(1n), 9_000);
    expect(late).toMatchObject({ code: 'CREDIT_INSUFFICIENT', types: ['LOT_EXPIRY'] });
    ({ head } = late);
    expect(head).toMatchObject({ available: 0n, deposited: 0n, lots: [] });
  });

  it('turns money that is taken back after it was spent into debt, which the next deposit pays first', () => {
    let { head } = run(emptyHead(WALLET), deposit(10n));
    ({ head } = run(head, debit(7n)));
    const back: Command = {
      op: 'debit',
      type: 'DEPOSIT_REVERSAL',
      amountMicros: 10n * USD,
      contra: 'assets:usdc:eip155:1',
      lotsFirst: [1],
      mayOwe: true,
    };
    ({ head } = run(head, back));
    expect(head).toMatchObject({ available: -7n * USD, deposited: 0n, lots: [] });
    expect(run(head, debit(1n)).code).toBe('CREDIT_INSUFFICIENT');
    ({ head } = run(head, deposit(5n)));
    expect(head).toMatchObject({ available: -2n * USD, lots: [] });
    ({ head } = run(head, deposit(5n)));
    expect(head.available).toBe(3n * USD);
  });

  it('takes back no more than was deposited, and counts it off', () => {
    let { head } = run(emptyHead(WALLET), deposit(4n));
    ({ head } = run(head, { ...deposit(9n), type: 'ADJUSTMENT' } as Command));
    const back = { ...debit(5n), type: 'CLAWBACK', mayOwe: true } as Command;
    expect(run(head, back).code).toBe('VALIDATION_FAILED');
    expect(run(head, { ...back, amountMicros: 4n * USD } as Command).head).toMatchObject({
      deposited: 0n,
      available: 9n * USD,
    });
  });

  it('takes a deposit back in full that was clawed back before, and counts it off once', () => {
    let { head } = run(emptyHead(WALLET), deposit(4n));
    ({ head } = run(head, { ...deposit(9n), type: 'ADJUSTMENT' } as Command));
    ({ head } = run(head, { ...debit(3n), type: 'CLAWBACK', mayOwe: true } as Command));
    const back = { ...debit(4n), type: 'DEPOSIT_REVERSAL', lotsFirst: [1], mayOwe: true } as Command;
    const reversed = run(head, back);
    expect(reversed.types).toEqual(['DEPOSIT_REVERSAL', 'DEPOSIT_REVERSAL']);
    expect(reversed.head).toMatchObject({ deposited: 0n, available: 6n * USD });
  });

  it('takes free gift cards back with a deposit, once and as far as they are there', () => {
    const cards = (giftCards: number): Command => ({ ...deposit(4n), giftCards }) as Command;
    let { head } = run(emptyHead(WALLET), cards(2));
    ({ head } = run(head, debit(3n)));
    const back = { ...debit(4n), type: 'DEPOSIT_REVERSAL', lotsFirst: [1], mayOwe: true, giftCards: 2 } as Command;
    const reversed = run(head, back);
    expect(reversed.types).toEqual(['DEPOSIT_REVERSAL', 'DEPOSIT_REVERSAL']);
    expect(reversed.head.giftAvailable).toBe(0);
    const held: Command = { op: 'hold', service: 'GIFT_CARD', amountMicros: 0n, gift: true, durationMs: 60_000 };
    const [more, fewer] = [run(head, cards(3)).head, run(head, held).head];
    expect(run(more, back).head.giftAvailable).toBe(3);
    expect(run(fewer, back).head).toMatchObject({ giftAvailable: 0, giftHeld: 1 });
  });

  it('pays out of the lots that may leave only', () => {
    let { head } = run(emptyHead(WALLET), deposit(4n));
    ({ head } = run(head, deposit(3n, { ...promo(9_000), refundable: false })));
    const payout = { ...debit(5n), type: 'WITHDRAWAL', drawsOnly: 'refundable' } as Command;
    expect(run(head, payout).code).toBe('CREDIT_INSUFFICIENT');
    const paid = run(head, { ...payout, amountMicros: 4n * USD } as Command);
    expect(paid.head.lots.map(({ lot }) => lot)).toEqual([2]);
  });

  it('notes when each of its lots was opened', () => {
    const posting = new Posting(emptyHead(WALLET));
    for (const atMs of [1_000, 2_000]) {
      const key = `00000000-0000-7000-8000-${String(atMs).padStart(12, '0')}`;
      decide(posting, deposit(1n), { key, inputHash: '0011223344556677', atMs });
    }
    expect(posting.newLots.map(({ openedAtMs }) => openedAtMs)).toEqual([1_000, 2_000]);
  });

  it('does not let a debit other than a claw-back owe anything', () => {
    const owing = { ...debit(1n), mayOwe: true } as Command;
    expect(run(emptyHead(WALLET), owing).code).toBe('CREDIT_INSUFFICIENT');
  });
});

describe('a hold', () => {
  const hold = (usd: bigint, durationMs = 60_000): Command => ({
    op: 'hold',
    service: 'GIFT_CARD',
    amountMicros: usd * USD,
    gift: false,
    durationMs,
  });
  const capture = (holdSeq: number, usd: bigint, more: { final?: boolean; allowOverrun?: boolean } = {}): Command => ({
    op: 'capture',
    hold: holdSeq,
    amountMicros: usd * USD,
    final: true,
    allowOverrun: false,
    giftCardMaxMicros: USD,
    ...more,
  });

  it('is captured in one entry that frees the rest', () => {
    let { head } = run(emptyHead(WALLET), deposit(20n));
    ({ head } = run(head, hold(10n)));
    expect(head).toMatchObject({ available: 10n * USD, held: 10n * USD });
    const captured = run(head, capture(2, 7n));
    expect(captured.types).toEqual(['GIFT_REDEEM']);
    expect(captured.head).toMatchObject({ available: 13n * USD, held: 0n });
    expect(run(captured.head, capture(2, 1n)).code).toBe('HOLD_NOT_PENDING');
  });

  it('is captured in parts, and above its amount only where the caller allows it', () => {
    let { head } = run(emptyHead(WALLET), deposit(20n));
    ({ head } = run(head, hold(10n)));
    ({ head } = run(head, capture(2, 4n, { final: false })));
    expect(head).toMatchObject({ available: 10n * USD, held: 6n * USD });
    expect(run(head, capture(2, 7n)).code).toBe('HOLD_EXCEEDED');
    ({ head } = run(head, capture(2, 9n, { allowOverrun: true })));
    expect(head).toMatchObject({ available: 7n * USD, held: 0n });
  });

  it('counts as released from its expiry on, and gives back to a lot that has expired meanwhile for a moment only', () => {
    let { head } = run(emptyHead(WALLET), { ...deposit(5n, promo(9_000)), type: 'GRANT' } as Command);
    ({ head } = run(head, hold(5n, 19_000)));
    const late = run(head, capture(2, 1n), 20_000);
    expect(late).toMatchObject({ code: 'HOLD_NOT_PENDING', types: ['GIFT_HOLD_RELEASE', 'LOT_EXPIRY'] });
    expect(late.head).toMatchObject({ available: 0n, held: 0n });
  });

  it('gives back what has expired meanwhile for a moment only', () => {
    let { head } = run(emptyHead(WALLET), { ...deposit(5n, promo(9_000)), type: 'GRANT' } as Command);
    ({ head } = run(head, hold(5n, 60_000)));
    const late = run(head, { op: 'release', hold: 2 }, 10_000);
    expect(late).toMatchObject({ types: ['GIFT_HOLD_RELEASE', 'LOT_EXPIRY'], head: { available: 0n, held: 0n } });
  });

  it('S05 keeps credit beyond its end for its first life only, however it is prolonged', () => {
    let { head } = run(emptyHead(WALLET), { ...deposit(5n, promo(9_000)), type: 'GRANT' } as Command);
    ({ head } = run(head, deposit(5n)));
    const extend = (durationMs: number): Command => ({ op: 'extend', hold: 3, durationMs });
    // It outlives the grant from the start: no extension.
    const outliving = run(head, hold(8n, 10_000)).head;
    expect(run(outliving, capture(3, 5n, { final: false }), 9_500).types).toEqual(['GIFT_REDEEM']);
    expect(run(outliving, extend(8_000), 5_000).code).toBe('HOLD_NOT_PENDING');
    expect(run(outliving, extend(2_000), 9_500).code).toBe('HOLD_NOT_PENDING');
    // It ends before the grant: up to the end of the grant, once or in steps.
    const short = run(head, hold(8n, 4_000)).head;
    expect(run(short, extend(7_000), 2_001).code).toBe('HOLD_NOT_PENDING');
    const longer = run(short, extend(7_000), 2_000).head;
    expect([...longer.holds.values()]).toMatchObject([{ firstEndMs: 5_000, expiresAtMs: 9_000 }]);
    expect(run(longer, extend(6_000), 3_001).code).toBe('HOLD_NOT_PENDING');
    // What it keeps of the grant is spent: the rest never ends.
    const rest = run(longer, capture(3, 5n, { final: false }), 3_000).head;
    expect(run(rest, extend(60_000), 3_001).types).toEqual(['GIFT_HOLD']);
  });

  it('S05 is answered with the balances after what its end made overdue is settled', () => {
    let { head } = run(emptyHead(WALLET), { ...deposit(7n, promo(9_000)), type: 'GRANT' } as Command);
    ({ head } = run(head, hold(7n, 60_000)));
    const decided = (command: Command, atMs: number): Decision => {
      const posting = new Posting(head);
      return decide(posting, command, {
        key: '00000000-0000-7000-8000-0000000000ff',
        inputHash: '0011223344556677',
        atMs,
      });
    };
    expect(decided(capture(2, 1n), 10_000)).toMatchObject({ settled: { available: 0n, held: 0n } });
    expect(decided(capture(2, 1n), 8_000)).not.toHaveProperty('settled');
    expect(decided(capture(2, 7n), 10_000)).not.toHaveProperty('settled');
  });

  it('is prolonged by an entry that moves nothing, never shortened, and only while it is open', () => {
    let { head } = run(emptyHead(WALLET), deposit(5n));
    ({ head } = run(head, hold(5n, 9_000)));
    const longer = run(head, { op: 'extend', hold: 2, durationMs: 15_000 }, 5_000);
    expect(longer.types).toEqual(['GIFT_HOLD']);
    expect(longer.head).toMatchObject({ available: 0n, held: 5n * USD, seq: 3 });
    expect(run(longer.head, { op: 'extend', hold: 2, durationMs: 1_000 }, 6_000).code).toBe('HOLD_NOT_PENDING');
    expect(run(longer.head, capture(2, 5n), 19_999).types).toEqual(['GIFT_REDEEM']);
    expect(run(longer.head, capture(2, 5n), 20_000).code).toBe('HOLD_NOT_PENDING');
    expect(run(head, { op: 'extend', hold: 2, durationMs: 15_000 }, 10_000).code).toBe('HOLD_NOT_PENDING');
  });

  it('lasts between a moment and the longest that is allowed', () => {
    const { head } = run(emptyHead(WALLET), deposit(5n));
    for (const durationMs of [0, -1, Infinity, HOLD_DURATION_MAX_MS + 1]) {
      expect(run(head, hold(1n, durationMs)).code).toBe('VALIDATION_FAILED');
    }
    expect(run(head, hold(1n, HOLD_DURATION_MAX_MS)).head.held).toBe(USD);
  });

  it('of a free gift card works at a zero balance and never takes more cards than there are', () => {
    let { head } = run(emptyHead(WALLET), { ...deposit(1n), giftCards: 1 } as Command);
    ({ head } = run(head, debit(1n)));
    const card: Command = { op: 'hold', service: 'GIFT_CARD', amountMicros: 0n, gift: true, durationMs: 60_000 };
    ({ head } = run(head, card));
    expect(head).toMatchObject({ giftAvailable: 0, giftHeld: 1 });
    expect(run(head, card).code).toBe('CREDIT_INSUFFICIENT');
    expect(run(head, capture(3, 2n)).code).toBe('HOLD_EXCEEDED');
    expect(run(head, { op: 'release', hold: 3 }).head).toMatchObject({ giftAvailable: 1, giftHeld: 0 });
    expect(run(head, capture(3, 1n)).head).toMatchObject({ giftAvailable: 0, giftHeld: 0, available: 0n });
  });
});

describe('S03 the edges of what can be kept', () => {
  const adjustment = (amountMicros: bigint): Command => ({
    op: 'debit',
    type: 'ADJUSTMENT',
    amountMicros,
    contra: 'equity:adjustments',
    mayOwe: true,
  });

  it('a debt grows to the lowest balance and no further, whoever books it', () => {
    const lowest = -9_223_372_036_854_775_807n;
    const near = { ...emptyHead(WALLET), available: lowest + 5n };
    expect(run(near, adjustment(6n)).code).toBe('VALIDATION_FAILED');
    expect(
      run(near, { ...adjustment(6n), type: 'DEPOSIT_REVERSAL', contra: 'assets:usdc:eip155:1' } as Command).code,
    ).toBe('VALIDATION_FAILED');
    const { head } = run(near, adjustment(5n));
    expect(head.available).toBe(lowest);
    expect(run(head, adjustment(1n)).code).toBe('VALIDATION_FAILED');
    expect(run(head, deposit(1n)).head.available).toBe(lowest + USD);
  });

  it('free gift cards grow to what can be counted and no further', () => {
    const near = { ...emptyHead(WALLET), giftAvailable: 2 ** 31 - 3, giftHeld: 1 };
    const cards = (giftCards: number): Command => ({ ...deposit(1n), giftCards }) as Command;
    expect(run(near, cards(2)).code).toBe('VALIDATION_FAILED');
    expect(run(near, cards(1)).head.giftAvailable).toBe(2 ** 31 - 2);
  });
});
