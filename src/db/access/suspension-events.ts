/** Records the event of an org's suspension by an operator, or of its end, in the transaction that does it. */
import { eventId } from '../../core/events/kinds.ts';
import { reportedStatus } from '../../core/events/status.ts';
import { walletId } from '../../core/ids.ts';
import { BALANCE_STATUSES, type BalanceStatus, type Thresholds } from '../../core/ledger/status.ts';
import { formatUsd } from '../../core/money.ts';
import type { DatabaseTransaction } from '../database.ts';
import { recordEvents } from '../events/log.ts';
import { findRow, micros, oneOf, orNull, type Row } from '../rows.ts';
import { findAvailable } from '../wallet-facts.ts';

const NO_THRESHOLDS: Thresholds = { lowMicros: null, criticalMicros: null };

/**
 * Records the change between SUSPENDED and the status that follows from the last written balance, the thresholds and the
 * status that was reported last.
 */
export async function recordSuspensionEvent(
  trx: DatabaseTransaction,
  { org, suspended, at }: { readonly org: string; readonly suspended: boolean; readonly at: Date },
): Promise<void> {
  const found = await findRow(
    trx,
    reportedOf,
    `SELECT s.low_balance_threshold, s.critical_threshold, l.frozen, l.status
     FROM org_settings s LEFT JOIN event_log l ON l.log = s.org WHERE s.org = ?`,
    [org],
  );
  // An entry that is written between the two statements has its own event: what is reported here is a balance of that time.
  const wallet = walletId({ kind: 'org', id: org });
  const availableMicros = (await findAvailable(trx, [wallet])).get(wallet) ?? 0n;
  const nothing = { frozenMicros: 0n, thresholds: NO_THRESHOLDS, reported: 'OK' } as const;
  const { frozenMicros, thresholds, reported } = found ?? nothing;
  const byBalance = reportedStatus(reported, availableMicros - frozenMicros, thresholds);
  const kind = 'balance.status_changed';
  const data = {
    status: suspended ? ('SUSPENDED' as const) : byBalance,
    previousStatus: suspended ? byBalance : ('SUSPENDED' as const),
    availableUsd: formatUsd(availableMicros),
    cause: 'suspension' as const,
    entryId: null,
  };
  const id = eventId(kind, org, 'suspension', suspended ? 'begins' : 'ends', at.getTime());
  await recordEvents(trx, [{ log: org, event: { id, kind, atMs: at.getTime(), data } }]);
}

function reportedOf(row: Row): {
  /** What of the balance was frozen as the log last saw it. */
  readonly frozenMicros: bigint;
  readonly thresholds: Thresholds;
  readonly reported: BalanceStatus;
} {
  return {
    frozenMicros: orNull(row['frozen'], micros) ?? 0n,
    reported: orNull(row['status'], (status) => oneOf(BALANCE_STATUSES, status)) ?? 'OK',
    thresholds: {
      lowMicros: orNull(row['low_balance_threshold'], micros),
      criticalMicros: orNull(row['critical_threshold'], micros),
    },
  };
}
