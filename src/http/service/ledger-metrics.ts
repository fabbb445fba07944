/** Metrics about the ledger writer of this process: what was asked of it, how long that took, and what waits. */
import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import { Refusal } from '../../core/errors.ts';
import type { LedgerWriter } from '../../db/ledger/writer.ts';

const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

/**
 * The writer with its commands counted and timed; unchanged without a registry. `coffer_ledger_entries_total` by
 * `coffer_ledger_writes_total` is the mean size of a batch.
 */
export function meterWriter(writer: LedgerWriter, registry: Registry | undefined): LedgerWriter {
  if (!registry) return writer;
  const registers = [registry];
  const seconds = new Histogram({
    name: 'coffer_ledger_command_seconds',
    help: 'Commands by outcome (written, replayed, refused, failed): how many, and how long from arrival to answer.',
    labelNames: ['outcome'],
    buckets: SECONDS,
    registers,
  });
  const refusals = new Counter({
    name: 'coffer_ledger_refusals_total',
    help: 'Commands that the ledger refused, by code.',
    labelNames: ['code'],
    registers,
  });
  const entries = new Counter({ name: 'coffer_ledger_entries_total', help: 'Entries that were written.', registers });
  const status = (): { readonly queued: number; readonly writes: number } => writer.status();
  registerReading(
    registry,
    'coffer_ledger_commands_waiting',
    'Commands that wait to be judged.',
    () => status().queued,
  );
  registerReading(registry, 'coffer_ledger_writes_total', 'Batches that were sent.', () => status().writes);
  return {
    ...writer,
    submit: async (submission) => {
      const startedMs = performance.now();
      const observe = (outcome: string): void => seconds.observe({ outcome }, (performance.now() - startedMs) / 1000);
      try {
        const outcome = await writer.submit(submission);
        observe(outcome.replayed ? 'replayed' : 'written');
        if (!outcome.replayed) entries.inc(outcome.entries.length);
        return outcome;
      } catch (error) {
        const isRefused = error instanceof Refusal && error.code !== 'LEDGER_UNAVAILABLE';
        observe(isRefused ? 'refused' : 'failed');
        if (error instanceof Refusal) refusals.inc({ code: error.code });
        throw error;
      }
    },
  };
}

/** Registers a metric that is read when metrics are asked for. */
export function registerReading(registry: Registry, name: string, help: string, read: () => number): void {
  registry.registerMetric(
    new Gauge({
      name,
      help,
      registers: [],
      collect() {
        this.set(read());
      },
    }),
  );
}
