import type { Logger } from 'pino';
import type { Clock } from '../core/clock.ts';

/** Options for starting any part of the service. */
export interface AppOptions {
  readonly log: Logger;
  /** The system's by default. */
  readonly clock?: Clock;
  /** Folder of what shows a restore across restarts; undefined: only this process's memory does. */
  readonly witnessFolder?: string | undefined;
}

/** Options for starting a part that cannot go on once the schema is too new for this version. */
export interface WorkerOptions extends AppOptions {
  /** Called at most once, with the reason; the process should then end. */
  readonly onBarred: (reason: Error) => void;
}

/** A running part of the service. */
export interface Running {
  /** Where its metrics are served; undefined when no port is configured for them. */
  readonly metricsUrl?: string | undefined;
  /** Finishes the work under way, then closes everything. */
  stop(): Promise<void>;
}
