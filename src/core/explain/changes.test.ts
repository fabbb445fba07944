import { describe, expect, it } from 'vitest';
import { bookingCommand } from '../ledger/bookings.ts';
import type { Command, DebitCommand } from '../ledger/commands.ts';
import { decide } from '../ledger/decide.ts';
import { DEPOSIT_TERMS, emptyHead, type Head } from '../ledger/head.ts';
import { Posting } from '../ledger/posting.ts';
import type { PriceRow } from '../pricing/price-book.ts';
import { nearestChanges } from './changes.ts';
import { judge, movesAlike, type Situation } from './judge.ts';

const WALLET = '00000000-0000-5000-8000-000000000001';
const USD = 1_000_000n;
const deposit = (amountMicros: bigint): Command => ({
  op: 'credit',
  type: 'DEPOSIT',
  amountMicros,
  contra: 'assets:usdc:eip155:1',
  terms: DEPOSIT_TERMS,
});
const debit = (amountMicros: bigint): DebitCommand => ({
  op: 'debit',
  type: 'AI_API_CALL',
  amountMicros,
  contra: 'revenue:AI_API',
  service: 'AI_API',
});
const hold = (amountMicros: bigint): Extract<Command, { readonly op: 'hold' }> => {
  return { op: 'hold', service: 'AI_API', amountMicros, gift: false, durationMs: 60_000 };
};
const capture = (amountMicros: bigint): Command => {
  return { op: 'capture', hold: 2, amountMicros, final: true, allowOverrun: false, giftCardMaxMicros: USD };
};

let keys = 0;
/** The head after some commands, one each second from 1 s on. */
function after(...commands: readonly Command[]): Head {
  const posting = new Posting(emptyHead(WALLET));
  for (const [index, command] of commands.entries()) {
    const key = `00000000-0000-7000-8000-${String((keys += 1)).padStart(12, '0')}`;
    decide(posting, command, { key, inputHash: '0011223344556677', atMs: 1_000 * (index + 1) });
  }
  return posting.head();
}

function situation(head: Head, command: Command, more: Partial<Situation> = {}): Situation {
  return { head, frozen: new Set(), command, atMs: 10_000, ...more };
}

describe('what would have turned a decision round', () => {
  it('of a refused debit: exactly what is missing', () => {
    const asked = situation(after(deposit(5n * USD)), debit(5_400_000n));
    expect(nearestChanges(asked, false)).toEqual([
      { of: 'available', byMicros: 400_000n },
      { of: 'amount', byMicros: -400_000n },
    ]);
  });

  it('of a debit in debt: the debt as well', () => {
    const owing = after(deposit(USD), {
      ...debit(3n * USD),
      type: 'ADJUSTMENT',
      contra: 'equity:adjustments',
      mayOwe: true,
    });
    expect(owing.available).toBe(-2n * USD);
    expect(nearestChanges(situation(owing, debit(USD)), false)).toEqual([{ of: 'available', byMicros: 3n * USD }]);
  });

  it('of an accepted debit: the first micro-dollar that is too much', () => {
    const asked = situation(after(deposit(5n * USD)), debit(2n * USD));
    expect(nearestChanges(asked, true)).toEqual([
      { of: 'available', byMicros: -3_000_001n },
      { of: 'amount', byMicros: 3_000_001n },
    ]);
  });

  it('of a capture beyond its hold: less, or an overrun', () => {
    const head = after(deposit(5n * USD), hold(2n * USD));
    expect(nearestChanges(situation(head, capture(2_500_000n)), false)).toEqual([
      { of: 'overrun' },
      { of: 'amount', byMicros: -500_000n },
    ]);
  });

  it('of a capture after the end of its hold: the time', () => {
    const open = after(deposit(5n * USD), hold(2n * USD));
    const beforeClosing = situation(open, capture(USD));
    // The hold was opened at 2 s and lasts a minute; the capture comes 10 s after its end.
    const closed = situation({ ...after(deposit(5n * USD)), seq: 3 }, capture(USD), { atMs: 72_000 });
    expect(nearestChanges(closed, false, { beforeClosing })).toEqual([{ of: 'time', earlierMs: 10_001 }]);
  });

  it('of a debit that only a frozen lot explains: that lot', () => {
    const frozen = new Set([1]);
    const asked = situation(after(deposit(5n * USD)), debit(USD), { frozen });
    expect(nearestChanges(asked, false)).toContainEqual({ of: 'frozen' });
  });

  it('of a debit that only a restriction explains: that', () => {
    const given = { ...deposit(5n * USD), terms: { ...DEPOSIT_TERMS, restrictedTo: { services: ['GAS_SUBSIDY'] } } };
    const asked = situation(after(given), debit(USD));
    expect(nearestChanges(asked, false)).toEqual([{ of: 'restricted' }, { of: 'available', byMicros: USD }]);
    const missing = situation(after(deposit(USD), given), debit(7n * USD));
    expect(nearestChanges(missing, false)).not.toContainEqual({ of: 'restricted' });
  });

  it('of a refund: how much of its charge was left', () => {
    const charge = { charge: 2, service: 'AI_API', tookMicros: 3n * USD, refundedMicros: USD, marks: [] };
    const refund = (amountMicros: bigint): Command =>
      bookingCommand({ type: 'REFUND', amountMicros, reason: 'sorry', refundOf: 2 });
    const head = after(deposit(5n * USD), debit(3n * USD));
    expect(nearestChanges(situation(head, refund(5n * USD), { charge }), false)).toEqual([
      { of: 'amount', byMicros: -3n * USD },
    ]);
    expect(nearestChanges(situation(head, refund(USD), { charge }), true)).toContainEqual({
      of: 'amount',
      byMicros: USD + 1n,
    });
    expect(judge(situation(head, refund(USD))).refusal).toMatchObject({ code: 'NOT_FOUND' });
  });

  it('of a hold beside too many: one fewer', () => {
    const head = after(deposit(5n * USD), hold(USD));
    const asked = situation(head, { ...hold(USD), openMax: 1 });
    expect(nearestChanges(asked, false)).toEqual([{ of: 'openHolds' }]);
  });

  it('of a suspended payer: the suspension, where the rule accepts, and nothing where it does not', () => {
    const head = after(deposit(5n * USD));
    expect(nearestChanges(situation(head, debit(USD)), false, { suspended: true })).toEqual([{ of: 'suspension' }]);
    expect(nearestChanges(situation(head, debit(9n * USD)), false, { suspended: true })).toEqual([]);
  });

  it('of a priced debit: the quantity', () => {
    const row: PriceRow = {
      id: '0198c0de-0000-7000-8000-000000000001',
      org: null,
      action: 'chat',
      unit: 'token',
      tiers: [{ upTo: null, rate: 2n * 10n ** 12n }],
      fromMs: 0,
      toMs: null,
      addedAtMs: 0,
    };
    const command = { ...debit(0n), priced: { action: 'chat', quantity: 3n * USD, org: null } };
    const asked = situation(after(deposit(5n * USD)), command, { prices: [row] });
    expect(nearestChanges(asked, false)).toEqual([
      { of: 'available', byMicros: USD },
      { of: 'quantity', by: -500_000n },
    ]);
  });
});

describe('judging again', () => {
  it('gives the entries that the rule gave, and says where they differ', () => {
    const asked = situation(after(deposit(5n * USD)), debit(USD));
    const { entries = [] } = judge(asked);
    expect(entries).toMatchObject([{ seq: 2, available: 4n * USD, lot: 1, lotLeft: 4n * USD }]);
    expect(movesAlike(entries, entries)).toBe(true);
    const [entry] = entries;
    const other = entry ? [{ ...entry, lotLeft: 0n }] : [];
    expect([movesAlike(entries, other), movesAlike(entries, [])]).toEqual([false, false]);
  });
});
