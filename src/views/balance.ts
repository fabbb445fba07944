/** The balance of an org as JSON. */
import { debtOf, type Head } from '../core/ledger/head.ts';
import { balanceStatus, type BalanceStatus, type Thresholds } from '../core/ledger/status.ts';
import { formatUsd } from '../core/money.ts';
import { viewOfLots, type LotsView } from './lots/restricted.ts';

export interface BalanceView extends LotsView {
  /** Everything that was ever deposited. */
  readonly totalUsd: string;
  readonly availableUsd: string;
  readonly heldUsd: string;
  /** Deposits that were seen and are not credited yet. */
  readonly pendingUsd: string;
  readonly debtUsd: string;
  /** What of the available credit cannot be spent, because its payment is probably fraud. */
  readonly frozenUsd: string;
  readonly freeGiftCards: number;
  readonly status: BalanceStatus;
  readonly lowBalanceThresholdUsd: string | null;
  readonly criticalThresholdUsd: string | null;
  readonly at: string;
}

/** The JSON of a balance as it was at the time `at`, with its status by the current thresholds. */
export function viewOfBalance(
  head: Pick<Head, 'available' | 'held' | 'deposited' | 'giftAvailable' | 'lots'> & { readonly frozen: bigint },
  beside: { readonly pendingMicros: bigint; readonly thresholds: Thresholds; readonly at: Date },
): BalanceView {
  const { pendingMicros, thresholds, at } = beside;
  const shown = (micros: bigint | null): string | null => (micros === null ? null : formatUsd(micros));
  return {
    totalUsd: formatUsd(head.deposited),
    availableUsd: formatUsd(head.available),
    heldUsd: formatUsd(head.held),
    pendingUsd: formatUsd(pendingMicros),
    debtUsd: formatUsd(debtOf(head)),
    frozenUsd: formatUsd(head.frozen),
    ...viewOfLots(head.lots),
    freeGiftCards: head.giftAvailable,
    status: balanceStatus(head.available - head.frozen, thresholds),
    lowBalanceThresholdUsd: shown(thresholds.lowMicros),
    criticalThresholdUsd: shown(thresholds.criticalMicros),
    at: at.toISOString(),
  };
}
