/** The detector: one worker per chain, and a timetable that wakes all of them every two minutes. */
import { hostname } from 'node:os';
import type { Registry } from 'prom-client';
import type { Clock } from '../src/core/clock.ts';
import type { SenderPolicy } from '../src/core/senders/registration.ts';
import { uuidV7 } from '../src/core/ids.ts';
import { openDatabase } from '../src/db/database.ts';
import { openLedgerWriter } from '../src/db/ledger/writer.ts';
import { ChainWorker, type ChainStatus } from './chain-worker.ts';
import type { ChainSettings } from './chain/settings.ts';
import type { DetectorLog } from './chain/log.ts';
import type { Screener } from './chain/screener.ts';
import { meterDetector } from './metrics.ts';
import { startFloor } from './timetable.ts';
import { startStatusReport } from './status-report.ts';

/** Life of a lease; a leader that stops is replaced within 4/3 of it. */
export const LEASE_TTL_MS = 10_000;
const POLL_MS = 3_000;
const PUSHED_POLL_MS = 15_000;
/** Database connections that a chain may need at the same time: for its lease, for decisions, and for notes beside them. */
const CONNECTIONS_PER_CHAIN = 3;
/** How long a ledger entry may take before its deposit is tried again. */
const LEDGER_DEADLINE_MS = 10_000;

export interface DetectorOptions {
  readonly chains: readonly ChainSettings[];
  readonly senderPolicy: SenderPolicy;
  /** Asked about each sender before a credit; without one nobody is screened. */
  readonly screener?: Screener | undefined;
  /** Connection of the service's role. */
  readonly databaseUrl: string;
  readonly clock: Clock;
  readonly log: DetectorLog;
  /** Whether the database is known to be complete: no chain is read or credited while it is not. Default: always. */
  readonly mayWork?: () => boolean;
  /** Where metrics are registered; without one there are none. */
  readonly registry?: Registry | undefined;
  /** Life of a chain's lease: a crashed leader is replaced after it. Default 10 s. */
  readonly leaseTtlMs?: number;
  /** Pause between polls of a node that pushes nothing. Default 3 s. */
  readonly pollMs?: number;
  /** The same while its pushes arrive. Default 15 s. */
  readonly pushedPollMs?: number;
}

export interface Detector {
  /** The status of each chain. */
  status(): readonly ChainStatus[];
  /** Ends every worker, releases the leases and closes every connection. */
  stop(): Promise<void>;
}

/** Starts reading every configured chain. Does not throw for a chain that cannot be read: its status says why. */
export function startDetector(options: DetectorOptions): Detector {
  const { chains, senderPolicy, screener, databaseUrl, clock, registry, mayWork } = options;
  const status = (): ChainStatus[] => workers.map((worker) => worker.status());
  const log = registry ? meterDetector(registry, { log: options.log, clock, status }) : options.log;
  const db = openDatabase(databaseUrl, 1 + CONNECTIONS_PER_CHAIN * chains.length);
  const ledger = openLedgerWriter({
    url: databaseUrl,
    clock,
    deadlineMs: LEDGER_DEADLINE_MS,
    onTrouble: (message, error, passing) =>
      log[passing === true ? 'warn' : 'error']({ event: 'ledger.trouble', message, problem: String(error) }),
  });
  const holder = `${hostname()}:${process.pid}:${uuidV7(clock.nowMs())}`;
  const timing = {
    leaseTtlMs: options.leaseTtlMs ?? LEASE_TTL_MS,
    pollMs: options.pollMs ?? POLL_MS,
    pushedPollMs: options.pushedPollMs ?? PUSHED_POLL_MS,
  };
  const shared = { senderPolicy, screener, db, ledger, clock, log };
  const workers = chains.map(
    (config) => new ChainWorker(config, { shared, timing, holder, ...(mayWork ? { mayWork } : {}) }),
  );
  for (const worker of workers) worker.start();
  const report = startStatusReport({ db, clock, holder, log, status });
  const floor = startFloor(() => workers.forEach((worker) => worker.wake(true)));
  return {
    status,
    stop: async () => {
      await floor.stop();
      await Promise.all(workers.map(async (worker) => worker.stop()));
      await report.stop();
      await ledger.stop();
      await db.destroy();
    },
  };
}
