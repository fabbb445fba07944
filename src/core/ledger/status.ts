/** Thresholds of an org's balance, in micros; null where none is set. */
export interface Thresholds {
  readonly lowMicros: bigint | null;
  readonly criticalMicros: bigint | null;
}

export type BalanceStatus = 'OK' | 'LOW' | 'CRITICAL' | 'SUSPENDED';

/** The status of a balance: SUSPENDED at or below zero, else CRITICAL or LOW below their thresholds, else OK. */
export function balanceStatus(availableMicros: bigint, { lowMicros, criticalMicros }: Thresholds): BalanceStatus {
  if (availableMicros <= 0n) return 'SUSPENDED';
  if (criticalMicros !== null && availableMicros < criticalMicros) return 'CRITICAL';
  if (lowMicros !== null && availableMicros < lowMicros) return 'LOW';
  return 'OK';
}
