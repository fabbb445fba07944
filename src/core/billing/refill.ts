/** Decides whether auto-refill buys, and what follows when a purchase fails. Days and months are those of UTC. */
import type { RefillTerms } from './auto-refill.ts';
import type { Decline } from './facts.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** The pause after the first failed purchase, after the second, and so on. One more failure stops auto-refill. */
const PAUSES_MS: readonly number[] = [HOUR_MS, DAY_MS, 3 * DAY_MS];

/** The pause after an order that its org cancelled. */
export const PAUSE_AFTER_CANCEL_MS = HOUR_MS;

/** Why auto-refill was turned off without its owner asking for it. */
export const STOP_REASONS = [
  'repeated_failures',
  'do_not_try_again',
  'authentication_required',
  'payment_method_unusable',
  'product_inactive',
  'wrong_mode',
  'dispute',
  'early_warning',
  'refunded',
  'parked',
  'other_account',
  'org_closed',
] as const;
export type StopReason = (typeof STOP_REASONS)[number];

/** Why nothing is bought although the balance is below the threshold: one of the ceilings would be passed. */
export type CeilingReason = 'max_day' | 'max_day_count' | 'max_month';

/** What the org's purchases cost that count for a day and its month, in cents, and how many there were that day. */
export interface RefillSpent {
  readonly dayMinor: bigint;
  readonly monthMinor: bigint;
  readonly dayCount: number;
}

/** The balance of an org, at an entry of its ledger. */
export interface RefillBalance {
  /** What can be spent: available less frozen. */
  readonly spendableMicros: bigint;
  /** The number of the newest entry; 0 when there is none. */
  readonly seq: number;
}

export interface RefillSituation {
  readonly terms: RefillTerms;
  readonly balance: RefillBalance;
  /** The entry with which the last purchase was credited; 0 when there was none. */
  readonly creditedSeq: number;
  readonly spent: RefillSpent;
  /** What the purchase would cost, in cents. */
  readonly priceMinor: bigint;
  readonly nowMs: number;
}

export type RefillVerdict =
  | { readonly verdict: 'enough' | 'buy' }
  | { readonly verdict: 'wait'; readonly reason: CeilingReason; readonly untilMs: number };

/** Whether the balance asks for a purchase. One read from before the last purchase's credit says nothing. */
export function isBelow({
  terms,
  balance,
  creditedSeq,
}: Omit<RefillSituation, 'spent' | 'priceMinor' | 'nowMs'>): boolean {
  return balance.seq >= creditedSeq && balance.spendableMicros < terms.thresholdMicros;
}

/** Judges whether to buy now. A purchase that would pass a ceiling by a cent waits until that ceiling begins anew. */
export function judgeRefill(situation: RefillSituation): RefillVerdict {
  const { terms, spent, priceMinor, nowMs } = situation;
  if (!isBelow(situation)) return { verdict: 'enough' };
  if (spent.monthMinor + priceMinor > terms.maxMonthMinor) {
    return { verdict: 'wait', reason: 'max_month', untilMs: nextMonthMs(nowMs) };
  }
  if (spent.dayMinor + priceMinor > terms.maxDayMinor) {
    return { verdict: 'wait', reason: 'max_day', untilMs: nextDayMs(nowMs) };
  }
  if (spent.dayCount + 1 > terms.maxDayCount) {
    return { verdict: 'wait', reason: 'max_day_count', untilMs: nextDayMs(nowMs) };
  }
  return { verdict: 'buy' };
}

/** Whether a purchase that was decided at one time may still be charged at another: it counts for the day it was decided. */
export function isFresh(decidedAtMs: number, nowMs: number): boolean {
  return nowMs - decidedAtMs < FRESH_MS && dayOf(decidedAtMs) === dayOf(nowMs);
}

/** How long after its decision a purchase may be charged: the balance may be another one by then. */
const FRESH_MS = 10 * 60_000;

/** Why a purchase failed: what the provider said of the card, or another code of ours. */
export type RefillFailure = { readonly decline: Decline } | { readonly code: string };

/** The text of a failure. */
export function codeOfFailure(failure: RefillFailure): string {
  return 'code' in failure ? failure.code : (failure.decline.declineCode ?? failure.decline.code);
}

/** Declines that no later attempt heals, for issuers that give no advice. */
const NEVER_HEALS: ReadonlySet<string> = new Set([
  'lost_card',
  'stolen_card',
  'pickup_card',
  'fraudulent',
  'revocation_of_authorization',
  'revocation_of_all_authorizations',
  'stop_payment_order',
]);

/**
 * What follows a failed purchase: a pause, or the end of auto-refill.
 * @param failures how many purchases have failed since the last that succeeded, this one included.
 */
export function afterFailure(
  failure: RefillFailure,
  failures: number,
  nowMs: number,
): { readonly retryAtMs: number } | { readonly stop: StopReason } {
  if ('decline' in failure) {
    const { code, declineCode, advice } = failure.decline;
    if (code === 'authentication_required' || declineCode === 'authentication_required') {
      return { stop: 'authentication_required' };
    }
    if (advice === 'do_not_try_again' || NEVER_HEALS.has(declineCode ?? '')) return { stop: 'do_not_try_again' };
  }
  const pauseMs = PAUSES_MS[failures - 1];
  return pauseMs === undefined ? { stop: 'repeated_failures' } : { retryAtMs: nowMs + pauseMs };
}

/** The UTC day of a time, as `2026-01-31`. */
export function dayOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}

/** The first UTC day of the month of a time. */
export function monthOf(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 7)}-01`;
}

function nextDayMs(ms: number): number {
  return (Math.floor(ms / DAY_MS) + 1) * DAY_MS;
}

function nextMonthMs(ms: number): number {
  const at = new Date(ms);
  return Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1, 1);
}
