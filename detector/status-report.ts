/** Stores this process's status of each chain in the database every few seconds, where other processes read it. */
import type { Clock } from '../src/core/clock.ts';
import { dropWorkerReports, saveWorkerReports } from '../src/db/chains/status.ts';
import type { Database } from '../src/db/database.ts';
import type { DetectorLog } from './chain/log.ts';
import type { ChainStatus } from './chain-worker.ts';

const EVERY_MS = 5_000;

/**
 * Stores the status at once and then every 5 seconds. A write that fails is logged, the first of
 * several in a row alone, and the next one covers it. stop() ends that and deletes this process's rows.
 */
export function startStatusReport(options: {
  readonly db: Database;
  readonly clock: Clock;
  readonly holder: string;
  readonly log: DetectorLog;
  readonly status: () => readonly ChainStatus[];
}): { readonly stop: () => Promise<void> } {
  const { db, clock, holder, log, status } = options;
  let stopped = false;
  let isFailing = false;
  let cancel = (): void => undefined;
  let writing = Promise.resolve();
  const report = async (): Promise<void> => {
    const rows = status().map(({ chain, state, headBlock, nextBlock, roundEndedAtMs, problem }) => ({
      chain,
      state,
      headBlock: headBlock ?? null,
      nextBlock: nextBlock ?? null,
      roundEndedAt: roundEndedAtMs === undefined ? null : new Date(roundEndedAtMs).toISOString(),
      problem: problem ?? null,
    }));
    try {
      await saveWorkerReports(db, { holder, rows, at: new Date(clock.nowMs()) });
      isFailing = false;
    } catch (error) {
      if (!isFailing) log.error({ event: 'detector.status_not_stored', problem: String(error) });
      isFailing = true;
    }
    if (!stopped) cancel = clock.after(EVERY_MS, begin);
  };
  const begin = (): void => {
    writing = report();
  };
  begin();
  return {
    stop: async () => {
      stopped = true;
      cancel();
      await writing;
      await dropWorkerReports(db, holder).catch(() => undefined);
    },
  };
}
