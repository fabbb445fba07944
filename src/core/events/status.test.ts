import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { balanceStatus, BALANCE_STATUSES, type BalanceStatus, type Thresholds } from '../ledger/status.ts';
import { reportedStatus, statusChanges } from './status.ts';

const along = (balances: readonly bigint[]): { seq: number; atMs: number; available: bigint }[] =>
  balances.map((available, index) => ({ seq: index + 1, atMs: index, available }));

const severity = (status: BalanceStatus): number => BALANCE_STATUSES.indexOf(status);
const thresholds = fc
  .tuple(fc.bigInt({ min: 0n, max: 10_000n }), fc.bigInt({ min: 0n, max: 10_000n }), fc.nat(3))
  .map(([a, b, which]): Thresholds => {
    const [low, critical] = a > b ? [a, b] : [b, a];
    return { lowMicros: which % 2 === 0 ? low : null, criticalMicros: which < 2 ? critical : null };
  });
const balance = fc.bigInt({ min: -100n, max: 11_000n });

describe('the status that is reported', () => {
  it.each<[BalanceStatus, bigint, BalanceStatus]>([
    ['OK', 100n, 'OK'],
    ['OK', 99n, 'LOW'],
    ['LOW', 100n, 'LOW'],
    ['LOW', 104n, 'LOW'],
    ['LOW', 105n, 'OK'],
    ['LOW', 51n, 'LOW'],
    ['CRITICAL', 52n, 'CRITICAL'],
    ['CRITICAL', 53n, 'LOW'],
    ['CRITICAL', 104n, 'LOW'],
    ['CRITICAL', 105n, 'OK'],
    ['CRITICAL', 0n, 'SUSPENDED'],
    ['SUSPENDED', 1n, 'CRITICAL'],
    ['SUSPENDED', 51n, 'CRITICAL'],
    ['SUSPENDED', 100n, 'LOW'],
    ['SUSPENDED', 200n, 'OK'],
  ])('after %s, with %d available, is %s', (before, available, expected) => {
    expect(reportedStatus(before, available, { lowMicros: 100n, criticalMicros: 50n })).toBe(expected);
  });

  it('of a balance that dances on a threshold changes once, however often it does', () => {
    const dance = fc.tuple(fc.bigInt({ min: 100n, max: 10_000n }), fc.integer({ min: 2, max: 100 }), fc.boolean());
    fc.assert(
      fc.property(dance, ([threshold, times, isLow]) => {
        const limits = isLow
          ? { lowMicros: threshold, criticalMicros: null }
          : { lowMicros: null, criticalMicros: threshold };
        const below = threshold - 1n;
        const above = threshold + (threshold * 5n - 1n) / 100n;
        const balances = Array.from({ length: times }, (_one, index) => (index % 2 === 0 ? below : above));
        expect(statusChanges('OK', along(balances), limits)).toHaveLength(1);
      }),
    );
  });

  it('is never better than the plain one, and reaches it from any balance that is clear of all thresholds', () => {
    fc.assert(
      fc.property(thresholds, fc.array(balance, { maxLength: 30 }), (limits, balances) => {
        let reported: BalanceStatus = 'OK';
        for (const available of balances) {
          reported = reportedStatus(reported, available, limits);
          expect(severity(reported)).toBeGreaterThanOrEqual(severity(balanceStatus(available, limits)));
          expect(reportedStatus(reported, available, limits)).toBe(reported);
        }
        expect(reportedStatus(reported, 20_000n, limits)).toBe('OK');
        expect(reportedStatus(reported, 0n, limits)).toBe('SUSPENDED');
      }),
    );
  });

  it('changes from what was reported last to something else, each time', () => {
    fc.assert(
      fc.property(thresholds, fc.array(balance, { maxLength: 30 }), (limits, balances) => {
        const changes = statusChanges('OK', along(balances), limits);
        changes.forEach(({ from, to }, index) => {
          expect(from).toBe(changes[index - 1]?.to ?? 'OK');
          expect(to).not.toBe(from);
        });
      }),
    );
  });
});
