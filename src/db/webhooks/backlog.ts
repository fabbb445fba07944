/** What of events and webhooks waits: for operators' metrics. */
import type { Database } from '../database.ts';
import { count, float, getRow } from '../rows.ts';

/** Most rows that are counted: what counting costs is bounded, however long a queue is. */
const COUNTED_MAX = 10_000;

export interface EventsBacklog {
  /** Deliveries that are not finished, {@link COUNTED_MAX} at most. */
  readonly waiting: number;
  /** How long the delivery that is due longest has been due; 0 when none is. */
  readonly overdueSeconds: number;
  readonly endpointsDisabled: number;
  /** Age of the oldest recorded event that has no place in its log yet, among so many; 0 when there is none. */
  readonly logLagSeconds: number;
}

/** Reads what waits, as of a time. */
export async function readEventsBacklog(db: Database, now: Date): Promise<EventsBacklog> {
  return getRow(
    db,
    (row) => ({
      waiting: count(row['waiting']),
      overdueSeconds: float(row['overdue']),
      endpointsDisabled: count(row['disabled']),
      logLagSeconds: float(row['lag']),
    }),
    `SELECT (SELECT count(*) FROM (SELECT FROM webhook_delivery WHERE state = 'pending' LIMIT :most) AS counted) AS waiting,
       (SELECT coalesce(max(late), 0)::float8 FROM webhook_endpoint w, LATERAL
         (SELECT greatest(0, extract(epoch FROM :now::timestamptz - min(d.next_attempt_at))) AS late
          FROM webhook_delivery d WHERE d.endpoint = w.id AND d.state = 'pending') AS first
         WHERE w.disabled_at IS NULL) AS overdue,
       (SELECT count(*) FROM webhook_endpoint WHERE disabled_at IS NOT NULL) AS disabled,
       (SELECT coalesce(greatest(0, extract(epoch FROM :now::timestamptz - min(at))), 0)::float8
         FROM (SELECT at FROM event_pending LIMIT :most) AS counted) AS lag`,
    { now, most: COUNTED_MAX },
  );
}
