import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { histories, playHistory, type History } from '../../../test/support/reports/random-ledger.ts';
import type { Entry } from '../ledger/entry.ts';
import { debtOf } from '../ledger/head.ts';
import { changesOf, journalLinesOf } from './accounts.ts';
import { statementOf } from './statement.ts';
import { NO_SPLIT, plusSplit, splitOf, sumsOfEntry, SumTable, totalOf } from './sums.ts';

const WALLET = '00000000-0000-5000-8000-000000000001';
const START_MS = Date.UTC(2026, 0, 31);
const played = histories(60).map((deeds) => playHistory(WALLET, deeds, START_MS));

const sumsIn = ({ lots }: History, entry: Entry): ReturnType<typeof sumsOfEntry> =>
  sumsOfEntry(entry, entry.lot === null ? null : (lots.get(entry.lot) ?? null));

describe('paid and promotional credit', () => {
  it('is after every command what lots and holds of each kind have left, and debt is the rest', () => {
    fc.assert(
      fc.property(played, (history) => {
        let split = NO_SPLIT;
        for (const entry of history.entries) {
          split = plusSplit(split, splitOf(sumsIn(history, entry)));
          const head = history.heads.get(entry.seq);
          if (!head) continue;
          const parts = [...head.lots, ...[...head.holds.values()].flatMap(({ draws }) => draws)];
          const leftOf = (promotional: boolean): bigint =>
            parts.reduce((sum, { left, terms }) => (terms.promotional === promotional ? sum + left : sum), 0n);
          expect(split).toEqual({ paid: leftOf(false), promotional: leftOf(true), debt: debtOf(head) });
          expect(totalOf(split)).toBe(head.available + head.held);
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
    const [from, sums] = [{ recorded: undefined, sums: new SumTable() }, new SumTable().add([sumsIn(history, entry)])];
    expect(statementOf(from, { recorded: entry, sums }).closing.paid).toBe(5n);
    expect(() => statementOf(from, { recorded: { ...entry, available: 6n }, sums })).toThrow('do not lead');
    expect(() => statementOf(from, { recorded: entry, sums: new SumTable() })).toThrow('do not lead');
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
