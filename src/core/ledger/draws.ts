/** What is drawn from lots, and how many draws become one. */
import { mayPayFor, type Purpose } from '../lots/restriction.ts';
import { mayMerge, spendsBefore, type LotTerms, type OpenLot } from './head.ts';

/** Where a draw takes from more lots than this, neighbours of the same terms are drawn as one. */
export const DRAWN_LOTS_MAX = 16;
/** A command that spends may draw on so many lots, or runs of them; more is refused, with what can be spent at once. */
export const DRAWS_MAX = 1_000;

/** Restricts the lots that a draw takes from; within that, the spending order applies. */
export interface DrawFrom {
  /** These lots before all others, in this order. */
  readonly first?: readonly number[] | undefined;
  /** It spends on something: frozen lots, and lots that may not pay for it, are passed over. */
  readonly spends?: Purpose | undefined;
  /** Only lots whose terms fit. */
  readonly fits?: ((terms: LotTerms) => boolean) | undefined;
}

/** What is taken from one lot, and what it has left. */
export interface LotDraw extends OpenLot {
  readonly taken: bigint;
}

/** What taking up to `amount` out of open lots, given in spending order, takes from each. */
export function drawsOf(
  lots: readonly OpenLot[],
  amount: bigint,
  { first, fits, spends }: DrawFrom,
  frozen: ReadonlySet<number>,
): LotDraw[] {
  const draws: LotDraw[] = [];
  let missing = amount;
  const ordered = first === undefined ? lots : namedFirst(lots, first);
  for (const { lot, left, terms } of ordered) {
    if (missing === 0n) break;
    if (spends && (frozen.has(lot) || !mayPayFor(terms.restrictedTo, spends))) continue;
    if (fits?.(terms) === false) continue;
    const taken = left < missing ? left : missing;
    missing -= taken;
    draws.push({ lot, terms, taken, left: left - taken });
  }
  return draws;
}

/**
 * What is left in lots, given in spending order, that may not pay for something; frozen ones apart. Restricted lots come first,
 * so that a wallet without any is not looked through.
 */
export function leftForOthers(lots: readonly OpenLot[], use: Purpose, frozen: ReadonlySet<number>): bigint {
  let sum = 0n;
  for (const { lot, left, terms } of lots) {
    if (terms.restrictedTo === undefined) break;
    if (!mayPayFor(terms.restrictedTo, use) && !frozen.has(lot)) sum += left;
  }
  return sum;
}

/** The index of a lot among lots in spending order, or where to insert it. The order has no ties. */
export function placeOf(lots: readonly OpenLot[], lot: OpenLot): number {
  let [from, to] = [0, lots.length];
  while (from < to) {
    const middle = (from + to) >>> 1;
    const there = lots[middle];
    if (there && spendsBefore(there, lot) < 0) from = middle + 1;
    else to = middle;
  }
  return from;
}

function namedFirst(lots: readonly OpenLot[], named: readonly number[]): OpenLot[] {
  const first = named.flatMap((one) => lots.filter(({ lot }) => lot === one));
  return [...first, ...lots.filter(({ lot }) => !named.includes(lot))];
}

/** The draws, or their runs where they are many. */
export function runsOf(draws: readonly LotDraw[], { first }: DrawFrom): LotDraw[] {
  return draws.length > DRAWN_LOTS_MAX ? asRuns(draws, first) : [...draws];
}

/** Neighbours of the same terms become one draw on the last of them; lots that were named stay by themselves. */
function asRuns(draws: readonly LotDraw[], named: readonly number[] = []): LotDraw[] {
  const runs: LotDraw[] = [];
  for (const draw of draws) {
    const before = runs.at(-1);
    const isNamed = named.includes(draw.lot) || (before !== undefined && named.includes(before.lot));
    if (before && !isNamed && mayMerge(before.terms, draw.terms)) {
      runs[runs.length - 1] = { ...draw, taken: before.taken + draw.taken };
    } else {
      runs.push(draw);
    }
  }
  return runs;
}
