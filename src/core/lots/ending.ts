/** Credit that ends: how many days ahead its owner hears of it, and what ends together. Days are those of UTC. */
import { Refusal } from '../errors.ts';

const DAY_MS = 86_400_000;
/** How many days ahead an org is told that has set nothing else, and every user. */
export const LEAD_DAYS: readonly number[] = [30, 7, 1];
/** Most lead times that an org may set, and the longest of them. */
export const LEADS_MAX = 5;
export const LEAD_DAYS_MAX = 90;

/** A lot, as far as its end is concerned. */
interface Ending {
  readonly left: bigint;
  readonly terms: { readonly expiresAtMs: number | null };
}

/** What ends on one day: what it has left in micros, and when the first of it ends (ms since the epoch). */
export interface EndingTogether {
  readonly left: bigint;
  readonly firstMs: number;
}

/** The day of a time, counted from 1970-01-01. */
export function dayOf(atMs: number): number {
  return Math.floor(atMs / DAY_MS);
}

/** When a day begins (ms since the epoch). */
export function beginOfDay(day: number): number {
  return day * DAY_MS;
}

/** What of some lots ends on a day and after a time (ms since the epoch); undefined where nothing does. */
export function endingOn(lots: readonly Ending[], day: number, afterMs = -Infinity): EndingTogether | undefined {
  let [left, firstMs] = [0n, Infinity];
  for (const lot of lots) {
    const { expiresAtMs } = lot.terms;
    if (expiresAtMs === null || expiresAtMs <= afterMs || dayOf(expiresAtMs) !== day) continue;
    [left, firstMs] = [left + lot.left, Math.min(firstMs, expiresAtMs)];
  }
  return left > 0n ? { left, firstMs } : undefined;
}

/** What of some lots ends first, with everything that ends on the same day; undefined where nothing ends. */
export function endingNext(lots: readonly Ending[]): EndingTogether | undefined {
  const first = Math.min(...lots.map(({ terms }) => terms.expiresAtMs ?? Infinity));
  return first === Infinity ? undefined : endingOn(lots, dayOf(first));
}

/**
 * The lead times that an org asks for, the longest first, each once. None is allowed.
 * @throws Refusal VALIDATION_FAILED for too many of them, or one that is not 1 to {@link LEAD_DAYS_MAX} whole days
 */
export function leadDaysOf(days: readonly number[]): readonly number[] {
  const different = [...new Set(days)].toSorted((a, b) => b - a);
  const isFine = different.every((day) => day % 1 === 0 && day >= 1 && day <= LEAD_DAYS_MAX);
  if (isFine && different.length <= LEADS_MAX) return different;
  const message = `must be at most ${LEADS_MAX} different whole numbers from 1 to ${LEAD_DAYS_MAX}`;
  throw new Refusal('VALIDATION_FAILED', `expiryNoticeDays ${message}`, {
    issues: [{ path: 'expiryNoticeDays', message }],
  });
}
