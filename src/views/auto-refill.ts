/** The setting of auto-refill as JSON. */
import type { RefillDraft } from '../core/billing/auto-refill.ts';
import type { StopReason } from '../core/billing/refill.ts';
import { formatUsd } from '../core/money.ts';
import type { RefillSetting } from '../db/billing/refill-settings.ts';

const MICROS_PER_CENT = 10_000n;

/**
 * `off`: its owner has not turned it on. `waiting_for_payment_method`: it is on, and nothing is saved that could pay.
 * `stopped`: the service turned it off; `stopped` says why.
 */
export const REFILL_STATES = ['off', 'on', 'waiting_for_payment_method', 'stopped'] as const;
export type RefillState = (typeof REFILL_STATES)[number];

/** What is bought, when, and how much of it at most. */
export interface RefillTermsView {
  readonly thresholdUsd: string | null;
  readonly packId: string | null;
  readonly targetUsd: string | null;
  readonly maxDayUsd: string;
  readonly maxMonthUsd: string;
  readonly maxDayCount: number;
}

export interface AutoRefillView extends RefillTermsView {
  readonly enabled: boolean;
  readonly state: RefillState;
  readonly stopped: { readonly at: string; readonly reason: StopReason } | null;
  /** Nothing is bought before it. */
  readonly nextAttemptAt: string | null;
  /** The order of the purchase that is under way; null when none is. */
  readonly openOrderId: string | null;
  /** Who agreed to which terms, and when; null while it was never turned on. */
  readonly consent:
    | (RefillTermsView & { readonly at: string; readonly by: string; readonly textVersion: string | null })
    | null;
}

/** The state of a setting. @param hasMethod whether a payment method is saved that could pay */
export function refillState(
  { enabled, stopped }: Pick<RefillSetting, 'enabled' | 'stopped'>,
  hasMethod: boolean,
): RefillState {
  if (!enabled) return stopped === null ? 'off' : 'stopped';
  return hasMethod ? 'on' : 'waiting_for_payment_method';
}

/** What is known beside a setting. */
export interface RefillAround {
  /** Whether a payment method is saved that could pay. */
  readonly hasMethod: boolean;
  readonly openOrder: string | undefined;
}

/** The JSON of a setting. */
export function viewOfAutoRefill(setting: RefillSetting, { hasMethod, openOrder }: RefillAround): AutoRefillView {
  const { enabled, stopped, nextAttemptAtMs, consent } = setting;
  return {
    enabled,
    state: refillState(setting, hasMethod),
    ...viewOfTerms(setting),
    stopped: stopped && { at: timeOf(stopped.atMs), reason: stopped.reason },
    nextAttemptAt: nextAttemptAtMs === null ? null : timeOf(nextAttemptAtMs),
    openOrderId: openOrder ?? null,
    consent: consent && {
      at: timeOf(consent.atMs),
      by: consent.actor,
      ...viewOfTerms(consent.terms),
      textVersion: consent.textVersion,
    },
  };
}

function viewOfTerms({ thresholdMicros, what, maxDayMinor, maxMonthMinor, maxDayCount }: RefillDraft): RefillTermsView {
  return {
    thresholdUsd: thresholdMicros === null ? null : formatUsd(thresholdMicros),
    packId: what?.kind === 'pack' ? what.pack : null,
    targetUsd: what?.kind === 'target' ? formatUsd(what.targetMicros) : null,
    maxDayUsd: formatUsd(maxDayMinor * MICROS_PER_CENT),
    maxMonthUsd: formatUsd(maxMonthMinor * MICROS_PER_CENT),
    maxDayCount,
  };
}

function timeOf(ms: number): string {
  return new Date(ms).toISOString();
}
