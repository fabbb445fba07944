import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ENTRY_SHAPES, type EntryShape, type Sign } from '../ledger/shapes.ts';
import { ENTRY_TYPES, type EntryType } from '../ledger/vocabulary.ts';
import { journalLinesOf } from './accounts.ts';
import type { Sums } from './sums.ts';

const SERVICE = 'TRANSLATION';
const RAIL = 'assets:usdc:eip155:8453';
const GIVEN: ReadonlySet<EntryType> = new Set(ENTRY_TYPES.filter((type) => type.includes('GRANT')));

const amountOf = (sign: Sign): bigint => (sign === '-' ? -7n : sign === '+' ? 7n : 0n);
const accountOf = (name: string): string =>
  name === 'assets:' ? RAIL : name === 'revenue:' || name === 'revenue:(service)' ? `revenue:${SERVICE}` : name;

/** The sums of one entry of a shape. */
function entryOf(type: EntryType, { available, held, cardPaid }: EntryShape, contra: string | undefined): Sums {
  const promotional = GIVEN.has(type) || contra === 'expenses:promo';
  return {
    type,
    service: type === 'GIFT_REDEEM' ? 'GIFT_CARD' : SERVICE,
    contra: contra === undefined ? null : accountOf(contra),
    source: promotional ? 'grant' : 'deposit',
    promotional,
    entries: 1n,
    available: amountOf(available),
    held: held === '-' && amountOf(available) === 0n ? -7n : held === '-' ? -amountOf(available) : amountOf(held),
    debt: 0n,
    cardPaid: cardPaid === true ? 7n : 0n,
    giftCards: 0n,
  };
}

/** The debit and credit account of every shape of a type: `credits` stands for the wallet's. */
function sidesOf(type: EntryType): string[] {
  const sides = ENTRY_SHAPES[type].flatMap((shape) =>
    (shape.contra.length === 0 ? [undefined] : shape.contra).map((contra) => {
      const [line, ...more] = journalLinesOf(entryOf(type, shape, contra));
      expect(more).toEqual([]);
      if (line) expect(line.amountMicros).toBe(7n);
      const name = (account: string | undefined): string =>
        (account ?? 'none').replace(/^liabilities:credits:.*/, 'credits');
      return `${name(line?.debit)} -> ${name(line?.credit)}`;
    }),
  );
  return [...new Set(sides)].toSorted();
}

/** The rows of the table in the documentation, by type. */
function documented(): Map<string, string[]> {
  const text = readFileSync(`${import.meta.dirname}/../../../docs/accounting.md`, 'utf8');
  const section = (text.split('## The two sides of each entry')[1] ?? '').split('\n## ')[0] ?? '';
  const rows = section.split('\n').filter((line) => /^\| [A-Z]/.test(line));
  const found = new Map<string, string[]>();
  for (const row of rows) {
    const [, about = '', debits = '', credits = ''] = row.split('|').map((cell) => cell.trim());
    const type = about.split(',')[0] ?? '';
    for (const debit of debits.split(', or ')) {
      for (const credit of credits.split(', or '))
        found.set(type, [...(found.get(type) ?? []), `${debit} -> ${credit}`]);
    }
  }
  return found;
}

describe('the two sides of every entry type', () => {
  it('the documentation has a row for each type', () => {
    expect([...documented().keys()].toSorted()).toEqual([...ENTRY_TYPES].toSorted());
  });

  it.each(ENTRY_TYPES)('%s is booked as documented', (type) => {
    const named = (documented().get(type) ?? []).map((side) =>
      side.replace('the rail', RAIL).replace('revenue:(service)', `revenue:${SERVICE}`),
    );
    // The claw-backs by hand have a rail of their own.
    const wanted = named.filter((side) => !side.includes('assets:clawbacks'));
    expect(sidesOf(type).filter((side) => type !== 'GIFT_REDEEM' || side !== 'none -> none')).toEqual(
      [...new Set(wanted)].toSorted(),
    );
  });

  it('debt takes the place of credit, and the journal has a line for each', () => {
    const deposit = { ...entryOf('DEPOSIT', ENTRY_SHAPES.DEPOSIT[0] ?? never(), 'assets:'), debt: -4n };
    expect(journalLinesOf(deposit)).toEqual([
      { debit: RAIL, credit: 'liabilities:credits:paid', amountMicros: 3n },
      { debit: RAIL, credit: 'assets:debts', amountMicros: 4n },
    ]);
    const release = { ...entryOf('HOLD_RELEASE', ENTRY_SHAPES.HOLD_RELEASE[0] ?? never(), undefined), debt: -4n };
    expect(journalLinesOf({ ...release, held: -7n })).toEqual([
      { debit: 'liabilities:credits:paid', credit: 'assets:debts', amountMicros: 4n },
    ]);
  });
});

function never(): never {
  throw new Error('a shape was expected');
}
