import { describe, expect, it } from 'vitest';
import { Refusal } from '../errors.ts';
import { BOOKINGS, bookingCommand, type BookingRequest } from './bookings.ts';
import { decide } from './decide.ts';
import { DEPOSIT_TERMS, emptyHead } from './head.ts';
import { Posting } from './posting.ts';
import { findShape } from './shapes.ts';
import { ENTRY_TYPES, type EntryType } from './vocabulary.ts';

const USD = 1_000_000n;
const request = (type: EntryType, usd: bigint, more: Partial<BookingRequest> = {}): BookingRequest => ({
  type,
  amountMicros: usd * USD,
  reason: 'because',
  ...more,
});
const issueOf = (one: BookingRequest): string => {
  try {
    bookingCommand(one);
    return 'accepted';
  } catch (error) {
    return error instanceof Refusal ? `${error.code} ${error.issues[0]?.path}` : String(error);
  }
};

/** A wallet with 10 deposited and 10 of a revenue share, on which a command is carried out. */
function carriedOut(one: BookingRequest): Posting {
  const posting = new Posting(emptyHead('00000000-0000-5000-8000-000000000001'));
  const commands = [
    { op: 'credit', type: 'DEPOSIT', amountMicros: 10n * USD, contra: 'assets:stripe', terms: DEPOSIT_TERMS } as const,
    bookingCommand(request('REV_SHARE_CREDIT', 10n)),
    bookingCommand(one),
  ];
  for (const [index, command] of commands.entries()) {
    const intent = {
      key: `00000000-0000-7000-8000-00000000000${index}`,
      inputHash: '0011223344556677',
      atMs: 1_000,
      salt: '5a'.repeat(16),
    };
    const { refusal } = decide(posting, command, intent);
    if (refusal) throw refusal;
  }
  return posting;
}

describe('a booking', () => {
  const rules = ENTRY_TYPES.flatMap((type) => {
    const rule = BOOKINGS[type];
    return typeof rule === 'string' ? [] : [{ type, ...rule }];
  });

  it.each(rules)('of $type ($sign) is written with the shape of its type, and refused with the wrong sign', (rule) => {
    for (const sign of [1n, -1n]) {
      const one = request(rule.type, 5n * sign);
      if (rule.sign !== '±' && (rule.sign === '+') !== sign > 0n) {
        expect(issueOf(one)).toBe('VALIDATION_FAILED amountUsd');
        continue;
      }
      const entry = carriedOut(one).entries.at(-1);
      if (!entry) throw new Error('nothing was written');
      expect(entry).toMatchObject({ type: rule.type, contra: rule.contra, text: { description: 'because' } });
      expect(entry.availableDelta).toBe(5n * sign * USD);
      expect(findShape(entry)).toBeDefined();
    }
    expect(issueOf(request(rule.type, 0n))).toBe('VALIDATION_FAILED amountUsd');
  });

  it('of every other type is refused with what writes it instead', () => {
    const others = ENTRY_TYPES.filter((type) => typeof BOOKINGS[type] === 'string');
    expect(others).toContain('DEPOSIT');
    for (const type of others) expect(issueOf(request(type, 1n))).toBe('VALIDATION_FAILED type');
  });

  it('wants a reason that people can read', () => {
    for (const reason of ['', '  ', 'a\u0000b', 'a\nb', 'x'.repeat(1_001)]) {
      expect(issueOf(request('GRANT', 1n, { reason }))).toBe('VALIDATION_FAILED reason');
    }
  });

  it('expires only where it was given away, names a service only where that gives back, a lot only where it takes back', () => {
    expect(issueOf(request('REFUND', 1n, { expiresAtMs: 9_000 }))).toBe('VALIDATION_FAILED expiresAt');
    expect(issueOf(request('GRANT', 1n, { service: 'AI_API' }))).toBe('VALIDATION_FAILED serviceType');
    expect(issueOf(request('WITHDRAWAL', -1n, { lotFirst: 1 }))).toBe('VALIDATION_FAILED lot');
    expect(issueOf(request('ADJUSTMENT', 1n, { lotFirst: 1 }))).toBe('VALIDATION_FAILED lot');
    expect(bookingCommand(request('GRANT', 1n, { expiresAtMs: 9_000 }))).toMatchObject({
      terms: { expiresAtMs: 9_000 },
    });
    expect(bookingCommand(request('REFUND', 1n, { service: 'AI_API' }))).toMatchObject({ contra: 'revenue:AI_API' });
    expect(bookingCommand(request('REFUND', 1n, { refundOf: 3 }))).toMatchObject({ op: 'credit', refundOf: 3 });
    for (const type of ['GRANT', 'ADJUSTMENT', 'CLAWBACK_REVERSAL'] as const)
      expect(issueOf(request(type, 1n, { refundOf: 3 }))).toBe('VALIDATION_FAILED refundOf');
    expect(bookingCommand(request('CLAWBACK', -1n, { lotFirst: 7 }))).toMatchObject({ lotsFirst: [7], mayOwe: true });
  });

  it('pays out no grant, and as a share of revenue only what a share brought', () => {
    expect(() => carriedOut(request('WITHDRAWAL', -20n))).not.toThrow();
    expect(() => carriedOut(request('WITHDRAWAL', -21n))).toThrow(/available/);
    expect(
      carriedOut(request('REV_SHARE_PAYOUT', -10n))
        .head()
        .lots.map(({ lot }) => lot),
    ).toEqual([1]);
    expect(() => carriedOut(request('REV_SHARE_PAYOUT', -11n))).toThrow(/may be paid out/);
  });
});
