import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { histories, playHistory, type History } from '../../../test/support/reports/random-ledger.ts';
import type { Entry } from '../ledger/entry.ts';
import { debtOf, type Head } from '../ledger/head.ts';
import { formatRestriction } from '../lots/restriction.ts';
import { changesOf, journalLinesOf } from './accounts.ts';
import { statementOf } from './statement.ts';
import { NO_SPLIT, plusSplit, splitOf, sumsOfEntry, SumTable, totalOf } from './sums.ts';

const WALLET = '00000000-0000-5000-8000-000000000001';
const START_MS = Date.UTC(2026, 0, 31);
const NONE: ReadonlyMap<string, bigint> = new Map();
const played = histories(60).map((deeds) => playHistory(WALLET, deeds, START_MS));

const sumsIn = ({ lots }: History, entry: Entry): ReturnType<typeof sumsOfEntry> =>
  sumsOfEntry(entry, entry.lot === null ? null : (lots.get(entry.lot) ?? null));

function add(sums: Map<string, bigint>, text: string, micros: bigint): void {
  const sum = (sums.get(text) ?? 0n) + micros;
  if (sum === 0n) sums.delete(text);
  else sums.set(text, sum);
}

/** What the lots of each restriction have left. */
function restrictedIn({ lots }: Head): ReadonlyMap<string, bigint> {
  const sums = new Map<string, bigint>();
  for (const { left, terms } of lots) {
    if (terms.restrictedTo) add(sums, formatRestriction(terms.restrictedTo), left);
  }
  return sums;
}

describe('paid and promotional credit', () => {
  it('is after every command what lots and holds of each kind have left, restricted ones too, and debt is the rest', () => {
    fc.assert(
      fc.property(played, (history) => {
        let split = NO_SPLIT;
        const restricted = new Map<string, bigint>();
        for (const entry of history.entries) {
          const sums = sumsIn(history, entry);
          split = plusSplit(split, splitOf(sums));
          const to = entry.lot === null ? undefined : history.lots.get(entry.lot)?.restrictedTo;
          if (to) add(restricted, formatRestriction(to), sums.available + sums.debt);
          const head = history.heads.get(entry.seq);
          if (!head) continue;
          const parts = [...head.lots, ...[...head.holds.values()].flatMap(({ draws }) => draws)];
          const leftOf = (promotional: boolean): bigint =>
            parts.reduce((sum, { left, terms }) => (terms.promotional === promotional ? sum + left : sum), 0n);
          expect(split).toEqual({ paid: leftOf(false), promotional: leftOf(true), debt: debtOf(head) });
          expect(totalOf(split)).toBe(head.available + head.held);
          expect(restricted).toEqual(restrictedIn(head));
        }
      }),
      { numRuns: 300 },
    );
  });

  it('leads from any opening to any closing, and two statements that meet are one', () => {
    const cuts = fc.tuple(fc.nat(), fc.nat(), fc.nat());
    fc.assert(
      fc.property(played, cuts, (history, asked) => {
        const [a = 0, b = 0, c = 0] = asked.map((cut) => cut % (history.entries.length + 1)).toSorted((x, y) => x - y);
        const at = (seq: number): Parameters<typeof statementOf>[0] => ({
          recorded: history.entries[seq - 1],
          sums: new SumTable().add(history.entries.slice(0, seq).map((entry) => sumsIn(history, entry))),
          restricted: NONE,
        });
        const [first, second, whole] = [
          statementOf(at(a), at(b)),
          statementOf(at(b), at(c)),
          statementOf(at(a), at(c)),
        ];
        expect(first.closing).toEqual(second.opening);
        expect([first.opening, second.closing]).toEqual([whole.opening, whole.closing]);
        const sum = (column: 'paid' | 'promotional' | 'available' | 'entries'): bigint[] =>
          [[...first.movements, ...second.movements], whole.movements].map((all) =>
            all.reduce((total, one) => total + one[column], 0n),
          );
        for (const column of ['paid', 'promotional', 'available', 'entries'] as const) {
          const [parts, together] = sum(column);
          expect(parts).toBe(together);
        }
      }),
    );
  });

  it('of a balance that is not the sum of its entries is not given', () => {
    const history = playHistory(WALLET, [{ kind: 'deposit', amount: 5n, pick: 0, afterMs: 0 }], START_MS);
    const [entry] = history.entries;
    if (!entry) throw new Error('an entry was expected');
    const sums = new SumTable().add([sumsIn(history, entry)]);
    const from = { recorded: undefined, sums: new SumTable(), restricted: NONE };
    expect(statementOf(from, { recorded: entry, sums, restricted: NONE }).closing.paid).toBe(5n);
    expect(() => statementOf(from, { recorded: { ...entry, available: 6n }, sums, restricted: NONE })).toThrow(
      'do not lead',
    );
    const empty = { recorded: entry, sums: new SumTable(), restricted: NONE };
    expect(() => statementOf(from, empty)).toThrow('do not lead');
    const more = { recorded: entry, sums, restricted: new Map([['{"services":["AI_API"]}', 1n]]) };
    expect(() => statementOf(from, more)).toThrow('not a part of what was given away');
  });
});

describe('the two sides of an entry', () => {
  it('are equal, in the journal and in the sums, and the journal has what the accounts get', () => {
    fc.assert(
      fc.property(played, (history) => {
        for (const entry of history.entries) {
          const sums = sumsIn(history, entry);
          const changes = changesOf(sums);
          expect(changes.reduce((sum, { micros }) => sum + micros, 0n)).toBe(0n);
          const accounts = new Map<string, bigint>();
          const give = (account: string, micros: bigint): void =>
            void accounts.set(account, (accounts.get(account) ?? 0n) + micros);
          for (const { debit, credit, amountMicros } of journalLinesOf(sums)) {
            expect(amountMicros).toBeGreaterThan(0n);
            give(debit, amountMicros);
            give(credit, -amountMicros);
          }
          for (const { account, micros } of changes) give(account, -micros);
          expect([...accounts.values()].filter((left) => left !== 0n)).toEqual([]);
        }
      }),
    );
  });
});
