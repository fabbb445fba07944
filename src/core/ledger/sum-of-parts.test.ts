/** However an amount is cut into pieces, the pieces cost what the whole costs: nothing is rounded anywhere. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatUsd, MoneyError, parseUsd } from '../money.ts';
import type { Command } from './commands.ts';
import { decide } from './decide.ts';
import type { Entry } from './entry.ts';
import { DEPOSIT_TERMS, emptyHead } from './head.ts';
import { Posting } from './posting.ts';

const AMOUNT_MAX = 1_000_000_000n;
const amounts = fc.array(fc.bigInt({ min: 1n, max: AMOUNT_MAX }), { minLength: 1, maxLength: 40 });
const sum = (all: readonly bigint[]): bigint => all.reduce((total, one) => total + one, 0n);

/** Carries the commands out on a new wallet, one after the other; every one must be accepted. */
function carryOut(commands: readonly Command[]): { readonly entries: readonly Entry[]; readonly available: bigint } {
  let head = emptyHead('00000000-0000-5000-8000-000000000001');
  const entries: Entry[] = [];
  for (const [index, command] of commands.entries()) {
    const posting = new Posting(head);
    const key = `00000000-0000-7000-8000-${String(index).padStart(12, '0')}`;
    const { refusal } = decide(posting, command, { key, inputHash: '0011223344556677', atMs: 1_000 + index });
    if (refusal) throw refusal;
    entries.push(...posting.entries);
    head = posting.head();
  }
  return { entries, available: head.available };
}

const deposit = (amountMicros: bigint): Command => ({
  op: 'credit',
  type: 'DEPOSIT',
  amountMicros,
  contra: 'assets:usdc:eip155:1',
  terms: DEPOSIT_TERMS,
});
const debit = (amountMicros: bigint): Command => ({
  op: 'debit',
  type: 'AI_API_CALL',
  amountMicros,
  contra: 'revenue:AI_API',
  service: 'AI_API',
});
const capture = (amountMicros: bigint, final: boolean): Command => ({
  op: 'capture',
  hold: 2,
  amountMicros,
  final,
  allowOverrun: false,
  giftCardMaxMicros: 0n,
});

const gained = (entries: readonly Entry[], contra: string): bigint =>
  -sum(entries.filter((entry) => entry.contra === contra).map((entry) => entry.availableDelta + entry.heldDelta));

describe('A39 the sum of parts', () => {
  test('debits cost together what one debit of their sum costs, over however many lots they are drawn', () => {
    fc.assert(
      fc.property(amounts, amounts, (paid, spent) => {
        const total = sum(spent);
        const credits = [...paid, total].map(deposit);
        const [pieces, whole] = [spent.map(debit), [debit(total)]].map((all) => carryOut([...credits, ...all]));
        expect(pieces?.available).toBe(sum(paid));
        expect(whole?.available).toBe(sum(paid));
        expect(gained(pieces?.entries ?? [], 'revenue:AI_API')).toBe(total);
        expect(gained(whole?.entries ?? [], 'revenue:AI_API')).toBe(total);
      }),
    );
  });

  test('a hold captured in parts costs what one capture costs, and the rest comes back to the micro', () => {
    fc.assert(
      fc.property(amounts, fc.bigInt({ min: 0n, max: AMOUNT_MAX }), (spent, rest) => {
        const total = sum(spent);
        const hold: Command = {
          op: 'hold',
          service: 'AI_API',
          amountMicros: total + rest,
          gift: false,
          durationMs: 60_000,
        };
        const parts = spent.map((amount, index) => capture(amount, index === spent.length - 1));
        const { entries, available } = carryOut([deposit(total + rest), hold, ...parts]);
        expect([available, gained(entries, 'revenue:AI_API')]).toEqual([rest, total]);
      }),
    );
  });

  test('money that came in as dust is worth its sum', () => {
    fc.assert(
      fc.property(amounts, (dust) => {
        expect(carryOut(dust.map(deposit)).available).toBe(sum(dust));
      }),
    );
  });

  test('amounts on the wire lose nothing on the way, and what is smaller than a micro is refused', () => {
    fc.assert(
      fc.property(amounts, (parts) => {
        expect(sum(parts.map((one) => parseUsd(formatUsd(one))))).toBe(sum(parts));
        expect(parseUsd(formatUsd(sum(parts)))).toBe(sum(parts));
      }),
    );
    for (const text of ['0.0000001', '0.0000009', '1.0000001', '0.000000', '1e-7']) {
      expect(() => parseUsd(text)).toThrow(MoneyError);
    }
  });
});
