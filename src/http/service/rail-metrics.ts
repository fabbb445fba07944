/** Metrics about card rails, read from the database. */
import { Gauge, type Registry } from 'prom-client';
import { readAccountName } from '../../core/billing/facts.ts';
import { dueOf, railOf, verdictOfRail } from '../../core/billing/rails.ts';
import { findCount } from '../../core/integers.ts';
import { readRails } from '../../db/billing/rails.ts';
import type { Database } from '../../db/database.ts';

const MICROS_PER_USD = 1_000_000;
const VERDICTS = ['OK', 'GAP', 'UNKNOWN'] as const;

/**
 * Micros as the value of a metric, in dollars. A metric is a float: the nearest one to the amount, which is exact to the
 * micro-dollar up to nine billion dollars and capped there. For graphs and alarms; the books are not made of metrics.
 */
export function figureOf(micros: bigint): number {
  const absolute = findCount(micros < 0n ? -micros : micros) ?? 2 ** 53;
  return (micros < 0n ? -absolute : absolute) / MICROS_PER_USD;
}

/** Registers the metrics. @returns a function that reads them from the database, as of a time */
export function meterRails(registry: Registry, db: Database): (nowMs: number) => Promise<void> {
  const gauge = (name: string, help: string, ...labelNames: string[]): Gauge =>
    new Gauge({ name, help, labelNames, registers: [registry] });
  const delta = gauge('coffer_rail_delta_usd', 'Due on a card rail less what its provider holds for it.', 'rail');
  const verdict = gauge('coffer_rail_status', '1 for the verdict on a card rail.', 'rail', 'status');
  const frozen = gauge('coffer_rail_frozen', '1 while nothing is credited on a card rail.', 'rail');
  return async (nowMs) => {
    const rails = await readRails(db);
    for (const one of [delta, verdict, frozen]) one.reset();
    for (const { check, freeze } of rails.filter(({ check: { account } }) => readAccountName(account) !== undefined)) {
      const labels = { rail: railOf(check.account) };
      delta.set(labels, figureOf(dueOf(check) - check.gotMicros));
      const judged = verdictOfRail(check, nowMs);
      for (const status of VERDICTS) verdict.set({ ...labels, status }, status === judged ? 1 : 0);
      frozen.set(labels, freeze ? 1 : 0);
    }
  };
}
