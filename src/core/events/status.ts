/** Which changes of a balance's status are reported, so that a balance that dances on a threshold reports one. */
import { balanceStatus, BALANCE_STATUSES, type BalanceStatus, type Thresholds } from '../ledger/status.ts';

/** A better status is reported once available is so many percent above the threshold that gave the worse one. */
export const CLEAR_PERCENT = 5n;

/** A change of the status of a wallet that is reported. */
export interface StatusChange {
  /** Seq of the entry after which the status was the new one. */
  readonly seq: number;
  readonly atMs: number;
  readonly from: BalanceStatus;
  readonly to: BalanceStatus;
  readonly availableMicros: bigint;
}

/**
 * The status that is reported of a balance, in micros, given the one that was reported last. A worse status is reported at
 * once. A better one waits until available is at least {@link CLEAR_PERCENT} above each threshold that it leaves behind;
 * the end of SUSPENDED has no such margin, since anything above zero can be spent.
 */
export function reportedStatus(before: BalanceStatus, availableMicros: bigint, thresholds: Thresholds): BalanceStatus {
  const plain = balanceStatus(availableMicros, thresholds);
  if (severity(plain) >= severity(before)) return plain;
  const clear = balanceStatus(availableMicros, {
    lowMicros: cleared(thresholds.lowMicros),
    criticalMicros: cleared(thresholds.criticalMicros),
  });
  return severity(clear) < severity(before) ? clear : before;
}

/** The changes of status along entries of a wallet that are reported, given the status that was reported last. */
export function statusChanges(
  before: BalanceStatus,
  entries: readonly { readonly seq: number; readonly atMs: number; readonly available: bigint }[],
  thresholds: Thresholds,
): StatusChange[] {
  const changes: StatusChange[] = [];
  let from = before;
  for (const { seq, atMs, available } of entries) {
    const to = reportedStatus(from, available, thresholds);
    if (to !== from) changes.push({ seq, atMs, from, to, availableMicros: available });
    from = to;
  }
  return changes;
}

function severity(status: BalanceStatus): number {
  return BALANCE_STATUSES.indexOf(status);
}

/** The least balance that is clear of a threshold, in micros. */
function cleared(thresholdMicros: bigint | null): bigint | null {
  return thresholdMicros === null ? null : (thresholdMicros * (100n + CLEAR_PERCENT) + 99n) / 100n;
}
