/** What the lots of a wallet had left at some time, from the entries just before it. */
import { AuditedLots } from '../ledger/audited-lots.ts';
import type { Entry } from '../ledger/entry.ts';
import { debtOf, DEPOSIT_TERMS, spendsBefore, type LotTerms, type OpenLot } from '../ledger/head.ts';

/** What an entry says about its lot. */
export type LotLine = Pick<Entry, 'seq' | 'lot' | 'lotLeft' | 'available' | 'availableDelta'>;

/** The open lots after some entries, in spending order; `isComplete`: they add up to what was available. */
export interface LotsThen {
  readonly lots: readonly OpenLot[];
  readonly isComplete: boolean;
}

/** Credit of lots that are not known by name, in a head that is not complete: it is spent last. */
const UNKNOWN_TERMS: LotTerms = { ...DEPOSIT_TERMS, priority: 2 ** 15 - 1 };

/**
 * The open lots after a run of entries that ends at the time in question, as far as these entries name them.
 * @param lines in their order, without a gap. @param terms of the lots that they name; a lot without terms is left out
 */
export function lotsAfter(lines: readonly LotLine[], terms: ReadonlyMap<number, LotTerms>): readonly OpenLot[] {
  const lots = new AuditedLots();
  for (const line of lines) {
    const known = line.lot === null ? undefined : terms.get(line.lot);
    if (line.lot === null || known === undefined) continue;
    const left = line.lotLeft ?? 0n;
    const before = left - gainOf(line);
    const isFirst = lots.get(line.lot) === undefined;
    if (isFirst) lots.add(line.lot, known, { ofOrder: false });
    const state = lots.get(line.lot);
    if (!state) continue;
    // The first of the entries that names a lot says what it had before, unless the lot opened with it.
    if (isFirst && line.lot !== line.seq) lots.setLeft(line.lot, state, before);
    else lots.takeOver(line.lot, state, before);
    lots.setLeft(line.lot, state, left);
  }
  return lots.inOrder.map(({ lot, terms: of }) => ({ lot, terms: of, left: lots.get(lot)?.left ?? 0n }));
}

/** What an entry brought to its lot: what pays debt does not get there. */
function gainOf({ available, availableDelta }: LotLine): bigint {
  const debt = debtOf({ available: available - availableDelta });
  if (availableDelta <= 0n) return availableDelta;
  return availableDelta > debt ? availableDelta - debt : 0n;
}

/**
 * The open lots: those that recent entries name, then those that these do not name and that are still as they opened, because
 * they come after the lot that was spent from. Where both do not add up to what was available, what is missing becomes one
 * lot without a name, and the result is not complete.
 * @param inUse the lot that was spent from last
 * @param untouched lots that opened before those entries, with what they had left then
 */
export function lotsThen(
  available: bigint,
  named: readonly OpenLot[],
  { inUse, untouched }: { readonly inUse: OpenLot | undefined; readonly untouched: readonly OpenLot[] },
): LotsThen {
  const due = available > 0n ? available : 0n;
  if (sumOf(named) === due) return { lots: named, isComplete: true };
  // A restricted lot is passed over by what it is not for, so that it may be as it opened although it is spent first.
  const later = untouched.filter(
    (lot) => lot.left > 0n && (inUse === undefined || lot.terms.restrictedTo || spendsBefore(inUse, lot) < 0),
  );
  const all = [...named, ...later].toSorted(spendsBefore);
  if (sumOf(all) === due) return { lots: all, isComplete: true };
  const rest = due - sumOf(named);
  if (rest < 0n) return { lots: [{ lot: 0, left: due, terms: UNKNOWN_TERMS }], isComplete: false };
  return { lots: [...named, { lot: 0, left: rest, terms: UNKNOWN_TERMS }], isComplete: false };
}

function sumOf(lots: readonly OpenLot[]): bigint {
  return lots.reduce((sum, { left }) => sum + left, 0n);
}
