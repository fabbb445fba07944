/**
 * Auto-refill: an org lets credit be bought with a saved payment method whenever its balance falls below a threshold. Here are
 * its terms and what they have to fulfil; whether to buy is decided in refill.ts.
 */
import { Refusal } from '../errors.ts';
import { formatUsd } from '../money.ts';
import { findPack } from './packs.ts';

const MICROS_PER_CENT = 10_000n;

/** The least that one purchase costs, in micros: providers charge no card for less. */
export const PURCHASE_MIN_MICROS = 500_000n;
/** The most that a ceiling may be, in cents. */
const CEILING_MINOR_MAX = 100_000_000n;
const DAY_COUNT_MAX = 100;

/** Ceilings of a setting whose owner names none; money in cents. */
export const DEFAULT_CEILINGS = { maxDayMinor: 50_000n, maxMonthMinor: 200_000n, maxDayCount: 5 } as const;

/** What is bought: a pack, a product of the org's own account, or as much as brings the balance up to a target. */
export type RefillWhat =
  | { readonly kind: 'pack'; readonly pack: string }
  | { readonly kind: 'product'; readonly product: string }
  | { readonly kind: 'target'; readonly targetMicros: bigint };

/** How much all purchases of a UTC day and of a UTC month may cost, in cents, and how many there may be in a day. */
export interface RefillCeilings {
  readonly maxDayMinor: bigint;
  readonly maxMonthMinor: bigint;
  readonly maxDayCount: number;
}

/** What an org agrees to when it turns auto-refill on. */
export interface RefillTerms extends RefillCeilings {
  /** It buys when less than this can be spent. */
  readonly thresholdMicros: bigint;
  readonly what: RefillWhat;
}

/** A setting before it is complete. */
export interface RefillDraft extends RefillCeilings {
  readonly enabled: boolean;
  readonly thresholdMicros: bigint | null;
  readonly what: RefillWhat | null;
}

/** New values; undefined keeps the value that is stored. */
export type RefillChange = { readonly [Name in keyof RefillDraft]?: RefillDraft[Name] | undefined };

/** What a surface calls the fields, for its messages. */
export type RefillNames = Readonly<
  Record<'enabled' | 'threshold' | 'what' | 'maxDay' | 'maxMonth' | 'maxDayCount', string>
>;

/** A setting that nobody has made yet. */
export const NO_REFILL: RefillDraft = { enabled: false, thresholdMicros: null, what: null, ...DEFAULT_CEILINGS };

/**
 * The setting after a change.
 * @throws Refusal VALIDATION_FAILED, naming the field, for values that contradict each other, and for a setting that is
 *   enabled without all of its terms.
 */
export function changeRefill(before: RefillDraft, change: RefillChange, names: RefillNames): RefillDraft {
  const {
    enabled = before.enabled,
    thresholdMicros = before.thresholdMicros,
    what = before.what,
    maxDayMinor = before.maxDayMinor,
    maxMonthMinor = before.maxMonthMinor,
    maxDayCount = before.maxDayCount,
  } = change;
  checkCeilings({ maxDayMinor, maxMonthMinor, maxDayCount }, names);
  if (enabled && thresholdMicros === null) throw invalid(names.threshold, 'is required');
  if (enabled && what === null) throw invalid(names.what, 'is required');
  if (what !== null) checkWhat(what, { thresholdMicros: thresholdMicros ?? 0n, maxDayMinor }, names);
  return { enabled, thresholdMicros, what, maxDayMinor, maxMonthMinor, maxDayCount };
}

/** The terms of a setting that is enabled; undefined when they are not complete. */
export function termsOf({ thresholdMicros, what, ...ceilings }: RefillDraft): RefillTerms | undefined {
  if (thresholdMicros === null || what === null) return undefined;
  const { maxDayMinor, maxMonthMinor, maxDayCount } = ceilings;
  return { thresholdMicros, what, maxDayMinor, maxMonthMinor, maxDayCount };
}

/** Whether two settings mean the same terms. */
export function sameTerms(a: RefillDraft, b: RefillDraft): boolean {
  return (
    a.thresholdMicros === b.thresholdMicros &&
    a.maxDayMinor === b.maxDayMinor &&
    a.maxMonthMinor === b.maxMonthMinor &&
    a.maxDayCount === b.maxDayCount &&
    textOfWhat(a.what) === textOfWhat(b.what)
  );
}

function textOfWhat(what: RefillWhat | null): string {
  if (what === null) return '';
  if (what.kind === 'target') return `target ${what.targetMicros}`;
  return what.kind === 'pack' ? `pack ${what.pack}` : `product ${what.product}`;
}

function checkCeilings({ maxDayMinor, maxMonthMinor, maxDayCount }: RefillCeilings, names: RefillNames): void {
  for (const [name, minor] of [
    [names.maxDay, maxDayMinor],
    [names.maxMonth, maxMonthMinor],
  ] as const) {
    if (minor <= 0n || minor > CEILING_MINOR_MAX) {
      throw invalid(
        name,
        `must be above zero and at most ${formatUsd(CEILING_MINOR_MAX * MICROS_PER_CENT)} US dollars`,
      );
    }
  }
  if (maxDayCount >= 1 && maxDayCount <= DAY_COUNT_MAX) return;
  throw invalid(names.maxDayCount, `must be from 1 to ${DAY_COUNT_MAX}`);
}

/** A purchase at the threshold has to fit the ceiling of a day, or nothing would ever be bought. */
function checkWhat(
  what: RefillWhat,
  { thresholdMicros, maxDayMinor }: { readonly thresholdMicros: bigint; readonly maxDayMinor: bigint },
  names: RefillNames,
): void {
  const leastMicros = leastCost(what, thresholdMicros, names);
  if (leastMicros <= maxDayMinor * MICROS_PER_CENT) return;
  throw invalid(names.maxDay, `must be at least ${formatUsd(leastMicros)}, what one purchase costs`);
}

/** What one purchase costs at least, in micros; 0 where that is not known here. */
function leastCost(what: RefillWhat, thresholdMicros: bigint, names: RefillNames): bigint {
  if (what.kind === 'product') return 0n;
  if (what.kind === 'pack') {
    const pack = findPack(what.pack);
    if (!pack) throw invalid(names.what, 'is not the id of a pack');
    return pack.amountMicros;
  }
  const gapMicros = what.targetMicros - thresholdMicros;
  if (gapMicros >= PURCHASE_MIN_MICROS) return gapMicros;
  throw invalid(names.what, `must be at least ${formatUsd(PURCHASE_MIN_MICROS)} above the threshold`);
}

function invalid(path: string, message: string): Refusal {
  return new Refusal('VALIDATION_FAILED', `${path} ${message}`, { issues: [{ path, message }] });
}
