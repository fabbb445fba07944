/** Commands that name a quantity of an action: what they cost, when nothing, and what their entries say of it. */
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import type { PriceRow } from '../pricing/price-book.ts';
import { parseStamp } from '../pricing/stamp.ts';
import type { Command, DebitCommand } from './commands.ts';
import { decide, type Decision } from './decide.ts';
import { DEPOSIT_TERMS, emptyHead } from './head.ts';
import { Posting } from './posting.ts';
import { WalletAudit, type LotRow } from './verify.ts';

const WALLET = '00000000-0000-5000-8000-000000000001';
const UNIT = 1_000_000n;
const idOf = (number: number): string => `0198c0de-0000-7000-8000-${String(number).padStart(12, '0')}`;

const row = (rate: bigint, fromMs: number, number = 1): PriceRow => ({
  id: idOf(number),
  org: null,
  action: 'chat',
  unit: 'token',
  tiers: [{ upTo: null, rate }],
  fromMs,
  toMs: null,
  addedAtMs: 0,
});

const debitOf = (quantity: bigint): DebitCommand => ({
  op: 'debit',
  type: 'CHARGE',
  amountMicros: 0n,
  priced: { action: 'chat', quantity, org: null },
  contra: 'revenue:FEATURE',
  service: 'FEATURE',
});

const depositOf = (amountMicros: bigint): Command => ({
  op: 'credit',
  type: 'DEPOSIT',
  amountMicros,
  contra: 'assets:usdc:eip155:1',
  terms: { ...DEPOSIT_TERMS, source: 'card' },
});

/** A wallet, and what its commands get. */
function walletWith(...deposits: readonly bigint[]): {
  readonly posting: Posting;
  readonly ask: (command: Command, atMs: number, prices?: readonly PriceRow[]) => Decision;
} {
  const posting = new Posting(emptyHead(WALLET));
  let made = 1_000;
  const ask = (command: Command, atMs: number, prices?: readonly PriceRow[]): Decision =>
    decide(posting, command, { key: idOf((made += 1)), inputHash: '00'.repeat(8), atMs, prices });
  for (const amount of deposits) ask(depositOf(amount), 0);
  return { posting, ask };
}

function faultOf({ entries, newLots }: Posting): unknown {
  const audit = new WalletAudit(WALLET);
  const lots = new Map<number, LotRow>(newLots.map((lot) => [lot.lot, lot]));
  for (const entry of entries) audit.read(entry, lots.get(entry.seq));
  return audit.fault;
}

describe('a priced command', () => {
  it('takes what the row in force at its time says, and has its stamp on every entry', () => {
    const { posting, ask } = walletWith(2n, 10n);
    const rows = [row(UNIT, 0), row(2n * UNIT, 100, 2)];
    const cheap = ask(debitOf(3n * UNIT), 99, rows);
    const dear = ask(debitOf(3n * UNIT), 100, rows);
    expect(cheap.entries?.map(({ availableDelta }) => availableDelta)).toEqual([-2n, -1n]);
    expect(dear.entries?.map(({ availableDelta }) => availableDelta)).toEqual([-6n]);
    expect(cheap.entries?.map(({ action, pricing }) => [action, pricing])).toEqual(
      Array.from({ length: 2 }, () => ['chat', `${idOf(1)}:3000000:1000000`]),
    );
    expect(faultOf(posting)).toBeUndefined();
  });

  it('is judged at the time of its entry, which is never before the last one', () => {
    const { ask } = walletWith(100n);
    ask(depositOf(1n), 100);
    expect(ask(debitOf(UNIT), 99, [row(UNIT, 0), row(5n * UNIT, 100, 2)]).entries?.[0]).toMatchObject({
      atMs: 100,
      availableDelta: -5n,
    });
  });

  it('writes nothing where it costs nothing, not even in debt, and says so', () => {
    const { posting, ask } = walletWith(3n);
    expect(ask(debitOf(UNIT), 5, [row(0n, 0)])).toEqual({
      entries: [],
      free: { atMs: 5, available: 3n, held: 0n, pricing: { row: idOf(1), quantity: UNIT, rate: 0n, amountMicros: 0n } },
    });
    expect(posting.entries).toHaveLength(1);
  });

  it('is refused without a price, or above what is available, and writes nothing', () => {
    const { posting, ask } = walletWith(3n);
    expect(ask(debitOf(UNIT), 5, []).refusal?.code).toBe('VALIDATION_FAILED');
    expect(ask(debitOf(4n * UNIT), 5, [row(UNIT, 0)]).refusal?.code).toBe('CREDIT_INSUFFICIENT');
    expect(() => ask(debitOf(UNIT), 5)).toThrow('without the rows');
    expect(posting.entries).toHaveLength(1);
  });

  it('may hold, but not nothing', () => {
    const { posting, ask } = walletWith(10n);
    const hold: Command = { ...debitOf(4n * UNIT), op: 'hold', service: 'FEATURE', gift: false, durationMs: 60_000 };
    expect(ask(hold, 5, [row(0n, 0)]).refusal?.issues).toMatchObject([{ path: 'quantity' }]);
    expect(ask(hold, 5, [row(UNIT, 0)]).entries).toMatchObject([{ heldDelta: 4n, action: 'chat' }]);
    const captured = ask(
      { op: 'capture', hold: 2, amountMicros: 3n, final: true, allowOverrun: false, giftCardMaxMicros: 0n },
      6,
    );
    expect(captured.entries).toMatchObject([{ action: null, pricing: null }]);
    expect(faultOf(posting)).toBeUndefined();
  });
});

test('a month costs the same whatever prices are added after it', () => {
  const moments = fc.integer({ min: 0, max: 1_000 });
  const rates = fc.bigInt({ min: 0n, max: 10n ** 9n });
  const rows = fc.array(fc.tuple(rates, moments), { minLength: 1, maxLength: 6 });
  const asked = fc.array(fc.tuple(fc.bigInt({ min: 1n, max: 10n ** 9n }), moments), { maxLength: 20 });
  fc.assert(
    fc.property(rows, asked, rows, (known, commands, later) => {
      const book = known.map(([rate, fromMs], index) => row(rate, fromMs, index + 1));
      const added = later.map(([rate, fromMs], index) => row(rate, 1_001 + fromMs, 100 + index));
      const spend = (prices: readonly PriceRow[]): Posting => {
        const { posting, ask } = walletWith(10n ** 14n);
        for (const [quantity, atMs] of commands.toSorted(([, a], [, b]) => a - b)) ask(debitOf(quantity), atMs, prices);
        return posting;
      };
      const [month, again] = [spend(book), spend([...added, ...book].toReversed())];
      expect(again.head().hash).toBe(month.head().hash);
      // The stamps alone give the total, without the book.
      const charges = month.entries.flatMap(({ pricing }) => (pricing === null ? [] : [parseStamp(pricing)]));
      const due = charges.map(({ quantity, rate }) => (quantity * rate + 10n ** 12n - 1n) / 10n ** 12n);
      expect(10n ** 14n - month.available).toBe(due.reduce((sum, one) => sum + one, 0n));
      expect(faultOf(month)).toBeUndefined();
    }),
  );
});
