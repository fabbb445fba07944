/** What is drawn from lots, and how many draws become one. */
import { mayMerge, type LotTerms, type OpenLot } from './head.ts';

/** Where a draw takes from more lots than this, neighbours of the same terms are drawn as one. */
export const DRAWN_LOTS_MAX = 16;
/** A command that spends may draw on so many lots, or runs of them; more is refused, with what can be spent at once. */
export const DRAWS_MAX = 1_000;

/** Restricts the lots that a draw takes from; within that, the spending order applies. */
export interface DrawFrom {
  /** These lots before all others, in this order. */
  readonly first?: readonly number[] | undefined;
  /** It spends: frozen lots are passed over. */
  readonly spends?: boolean | undefined;
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
    if ((spends === true && frozen.has(lot)) || fits?.(terms) === false) continue;
    const taken = left < missing ? left : missing;
    missing -= taken;
    draws.push({ lot, terms, taken, left: left - taken });
  }
  return draws;
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
