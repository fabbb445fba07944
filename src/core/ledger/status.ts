/** The status of a balance: it follows from what is available and from the thresholds that its owner has set. */
import { Refusal } from '../errors.ts';
import { formatUsd } from '../money.ts';

/** Thresholds of an org's balance, in micros; null where none is set. */
export interface Thresholds {
  readonly lowMicros: bigint | null;
  readonly criticalMicros: bigint | null;
}

export const BALANCE_STATUSES = ['OK', 'LOW', 'CRITICAL', 'SUSPENDED'] as const;
export type BalanceStatus = (typeof BALANCE_STATUSES)[number];

/** The status of a balance: SUSPENDED at or below zero, else CRITICAL or LOW below their thresholds, else OK. */
export function balanceStatus(availableMicros: bigint, { lowMicros, criticalMicros }: Thresholds): BalanceStatus {
  if (availableMicros <= 0n) return 'SUSPENDED';
  if (criticalMicros !== null && availableMicros < criticalMicros) return 'CRITICAL';
  if (lowMicros !== null && availableMicros < lowMicros) return 'LOW';
  return 'OK';
}

/**
 * Checks that the critical threshold is at or below the low one, where both are set.
 * @throws Refusal VALIDATION_FAILED naming the field that `changed` marks (if both or neither: the critical one).
 */
export function checkThresholds(
  { lowMicros, criticalMicros }: Thresholds,
  changed: { readonly low: boolean; readonly critical: boolean },
): void {
  if (lowMicros === null || criticalMicros === null || criticalMicros <= lowMicros) return;
  const [path, message] =
    changed.critical || !changed.low
      ? (['criticalThresholdUsd', `must be at most the low threshold, ${formatUsd(lowMicros)}`] as const)
      : (['lowBalanceThresholdUsd', `must be at least the critical threshold, ${formatUsd(criticalMicros)}`] as const);
  throw new Refusal('VALIDATION_FAILED', `${path} ${message}`, { issues: [{ path, message }] });
}
