import type { Logger } from 'pino';
import type { Clock } from '../core/clock.ts';

/** What every part of the service is started with. */
export interface AppOptions {
  readonly log: Logger;
  /** The system's, if left out. */
  readonly clock?: Clock;
}

/** A part of the service that runs. */
export interface Running {
  /** Where its metrics are served; undefined when no port is configured for them. */
  readonly metricsUrl?: string | undefined;
  /** Finishes what began, then closes everything. */
  stop(): Promise<void>;
}
