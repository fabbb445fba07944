/** Metrics about event logs and webhooks, read from the database, so that every process serves the same values. */
import { Gauge, type Registry } from 'prom-client';
import type { Clock } from '../../core/clock.ts';
import type { Database } from '../../db/database.ts';
import { countOverdueHolds } from '../../db/ledger/open-holds.ts';
import { readEventsBacklog } from '../../db/webhooks/backlog.ts';

/** Most holds that are counted. */
const COUNTED_MAX = 10_000;

/** Registers the metrics. @returns a function that reads them from the database, to be called before each answer. */
export function meterEvents(
  registry: Registry,
  { db, clock }: { readonly db: Database; readonly clock: Clock },
): () => Promise<void> {
  const gauge = (name: string, help: string): Gauge => {
    const made = new Gauge({ name, help, registers: [] });
    registry.registerMetric(made);
    return made;
  };
  const pending = gauge('coffer_webhook_deliveries_waiting', 'Deliveries that are not finished, 10,000 at most.');
  const age = gauge('coffer_webhook_overdue_seconds', 'How long the delivery that is due longest has been due.');
  const disabled = gauge('coffer_webhook_endpoints_disabled', 'Endpoints that are switched off.');
  const unlogged = gauge(
    'coffer_event_log_lag_seconds',
    'Age of the oldest recorded event without a place in its log.',
  );
  const overdue = gauge(
    'coffer_holds_overdue',
    'Open holds past their end that have no entry of it yet, 10,000 at most.',
  );
  const readable = gauge('coffer_events_readable', '0 when the metrics of events and holds are old: reading failed.');
  return async () => {
    try {
      const now = new Date(clock.nowMs());
      const backlog = await readEventsBacklog(db, now);
      pending.set(backlog.waiting);
      age.set(backlog.overdueSeconds);
      disabled.set(backlog.endpointsDisabled);
      unlogged.set(backlog.logLagSeconds);
      overdue.set(await countOverdueHolds(db, now, COUNTED_MAX));
      readable.set(1);
    } catch {
      readable.set(0);
    }
  };
}
