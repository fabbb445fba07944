import { describe, expect, it } from 'vitest';
import { DEPOSIT_TERMS, type LotTerms, type OpenLot } from '../ledger/head.ts';
import { lotsAfter, lotsThen, type LotLine } from './lots-then.ts';

const PROMO: LotTerms = { ...DEPOSIT_TERMS, source: 'grant', priority: 50, promotional: true };
const terms = new Map<number, LotTerms>([
  [1, DEPOSIT_TERMS],
  [2, DEPOSIT_TERMS],
  [3, PROMO],
]);
const lot = (number: number, left: bigint): OpenLot => ({ lot: number, left, terms: terms.get(number) ?? PROMO });
const line = (seq: number, of: number, lotLeft: bigint, availableDelta: bigint, available: bigint): LotLine => ({
  seq,
  lot: of,
  lotLeft,
  availableDelta,
  available,
});
const left = (lots: readonly OpenLot[]): unknown => lots.map((one) => [one.lot, one.left]);

describe('the lots after some entries', () => {
  it('have what the last entry that names each of them says, in spending order', () => {
    const lines = [line(1, 1, 10n, 10n, 10n), line(3, 3, 5n, 5n, 15n), line(4, 3, 2n, -3n, 12n)];
    expect(left(lotsAfter(lines, terms))).toEqual([
      [3, 2n],
      [1, 10n],
    ]);
  });

  it('are gone once they are empty, or taken over by another lot', () => {
    expect(left(lotsAfter([line(1, 1, 10n, 10n, 10n), line(4, 1, 0n, -10n, 0n)], terms))).toEqual([]);
    // Lot 2 opens with 5 of its own and the 10 that lot 1 had left.
    expect(left(lotsAfter([line(1, 1, 10n, 10n, 10n), line(2, 2, 15n, 5n, 15n)], terms))).toEqual([[2, 15n]]);
  });

  it('get less than what came in where a debt is paid first', () => {
    expect(left(lotsAfter([line(5, 1, 4n, 10n, 4n)], terms))).toEqual([[1, 4n]]);
  });
});

describe('the lots at a time', () => {
  it('are those that entries name, where these add up', () => {
    expect(lotsThen(10n, [lot(1, 10n)], { inUse: undefined, untouched: [lot(2, 7n)] })).toEqual({
      lots: [lot(1, 10n)],
      isComplete: true,
    });
  });

  it('are also those after the lot in use, as they opened', () => {
    const found = lotsThen(17n, [lot(1, 10n)], { inUse: lot(1, 0n), untouched: [lot(2, 7n), lot(3, 99n)] });
    expect([left(found.lots), found.isComplete]).toEqual([
      [
        [1, 10n],
        [2, 7n],
      ],
      true,
    ]);
  });

  it('are also those that spending passed over, since they are for something else', () => {
    const restricted = { ...lot(4, 6n), terms: { ...PROMO, restrictedTo: { services: ['GPU'] } } };
    const found = lotsThen(16n, [lot(1, 10n)], { inUse: lot(1, 0n), untouched: [restricted, lot(3, 99n)] });
    expect([left(found.lots), found.isComplete]).toEqual([
      [
        [4, 6n],
        [1, 10n],
      ],
      true,
    ]);
  });

  it('have one without a name where something is missing, or nothing fits', () => {
    const missing = lotsThen(30n, [lot(1, 10n)], { inUse: undefined, untouched: [lot(2, 7n)] });
    expect([left(missing.lots), missing.isComplete]).toEqual([
      [
        [1, 10n],
        [0, 20n],
      ],
      false,
    ]);
    const tooMuch = lotsThen(3n, [lot(1, 10n)], { inUse: undefined, untouched: [] });
    expect([left(tooMuch.lots), tooMuch.isComplete]).toEqual([[[0, 3n]], false]);
  });

  it('are none in debt', () => {
    expect(lotsThen(-5n, [], { inUse: undefined, untouched: [] })).toEqual({ lots: [], isComplete: true });
  });
});
