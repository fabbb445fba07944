/** The figures of one process from end to end: what it registers, and where it serves them, if it does. */
import type { Registry } from 'prom-client';
import type { Route } from '../endpoint/endpoint.ts';
import { meterRoutes, openRegistry, serveMetrics } from './metrics.ts';

export interface Figures {
  /** Undefined where no port is configured: nothing is measured then. */
  readonly registry: Registry | undefined;
  /** The routes, measured. */
  meter(routes: readonly Route[]): readonly Route[];
  /** Begins to serve; gives where. `refresh` brings figures up to date before each answer. */
  serve(refresh?: (registry: Registry) => () => Promise<void>): Promise<string | undefined>;
  stop(): Promise<void>;
}

/** Opens the figures of a process. @param at.metricsPort 0 takes a free one; undefined: there are none. */
export function openFigures({
  metricsPort: port,
  host,
}: {
  readonly metricsPort: number | undefined;
  readonly host: string;
}): Figures {
  const registry = port === undefined ? undefined : openRegistry();
  let stop = async (): Promise<void> => Promise.resolve();
  return {
    registry,
    meter: (routes) => (registry ? meterRoutes(routes, registry) : routes),
    serve: async (refresh) => {
      if (!registry || port === undefined) return undefined;
      const served = await serveMetrics(registry, { port, host, refresh: refresh?.(registry) });
      stop = served.stop;
      return served.url;
    },
    stop: async () => stop(),
  };
}
