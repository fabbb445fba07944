/** Metrics for Prometheus, on their own port: access to the API gives no access to them. */
import { createServer, type IncomingMessage } from 'node:http';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { PROBLEMS, problemOf } from './problem.ts';
import { close, listen } from './server.ts';
import type { Reply } from './reply.ts';
import type { Route } from './route.ts';

const STOP_GRACE_MS = 1_000;
const DURATIONS_SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** The metrics of one process, and the server that serves them. */
export interface Figures {
  /** Undefined when no port is configured: then nothing is measured. */
  readonly registry: Registry | undefined;
  /** The routes with their requests measured; unchanged when no port is configured. */
  meter(routes: readonly Route[]): readonly Route[];
  /** Starts the server and gives its URL; undefined without a port. `refresh` updates metrics before each answer. */
  serve(refresh?: (registry: Registry) => () => Promise<void>): Promise<string | undefined>;
  stop(): Promise<void>;
}

/** Opens the metrics of a process. @param at.metricsPort 0 takes a free port; undefined measures nothing. */
export function openFigures(
  { metricsPort: port, host }: { readonly metricsPort: number | undefined; readonly host: string },
  about: { readonly role: string; readonly version: string },
): Figures {
  const registry = port === undefined ? undefined : openRegistry();
  if (registry) registerBuild(registry, about);
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

/** A registry with the default metrics of a process: memory, CPU, event loop. */
export function openRegistry(): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  return registry;
}

function registerBuild(registry: Registry, about: { readonly role: string; readonly version: string }): void {
  const info = new Gauge({
    name: 'coffer_build_info',
    help: '1; which version of which role this is.',
    labelNames: ['role', 'version'],
    registers: [registry],
  });
  info.set(about, 1);
}

/** The routes with their requests counted and timed, by method, declared path and status. */
export function meterRoutes(routes: readonly Route[], registry: Registry): Route[] {
  const durations = new Histogram({
    name: 'coffer_http_request_duration_seconds',
    help: 'Requests by route: how many, how long until the answer was made, with which status.',
    labelNames: ['method', 'route', 'status'],
    buckets: DURATIONS_SECONDS,
    registers: [registry],
  });
  const refusals = new Counter({
    name: 'coffer_http_problems_total',
    help: 'Answers that are problems, by their code; RATE_LIMITED are the refusals of rate limits.',
    labelNames: ['code'],
    registers: [registry],
  });
  const replays = new Counter({
    name: 'coffer_http_replays_total',
    help: 'Answers of an earlier call, given again under its idempotency key.',
    registers: [registry],
  });
  return routes.map((route) => {
    const { method, path } = route;
    const observe = (startedMs: number, status: number): void =>
      durations.observe({ method, route: path, status }, (performance.now() - startedMs) / 1000);
    return {
      ...route,
      handle: async (request: IncomingMessage, params: Parameters<Route['handle']>[1]): Promise<Reply> => {
        const startedMs = performance.now();
        try {
          const reply = await route.handle(request, params);
          if (reply.headers?.['Idempotency-Replayed'] === 'true') replays.inc();
          observe(startedMs, reply.status ?? (reply.body === undefined && !reply.pieces ? 204 : 200));
          return reply;
        } catch (error) {
          const { code } = problemOf(error);
          refusals.inc({ code });
          observe(startedMs, PROBLEMS[code].status);
          throw error;
        }
      },
    };
  });
}

/**
 * Serves `GET /metrics`, and `GET /healthz` for whether the process is alive. Port 0 takes a free port; the returned url names it.
 * @param at.refresh updates the metrics before each answer; when it rejects, the answer is 500.
 */
export async function serveMetrics(
  registry: Registry,
  at: { readonly port: number; readonly host: string; readonly refresh?: (() => Promise<void>) | undefined },
): Promise<{ readonly url: string; readonly stop: () => Promise<void> }> {
  const server = createServer((request, response) => {
    if (request.method === 'GET' && request.url === '/healthz') {
      response.writeHead(200, { 'Content-Type': 'application/json' }).end('{"status":"ok"}');
      return;
    }
    if (request.method !== 'GET' || request.url !== '/metrics') {
      response.writeHead(404).end();
      return;
    }
    const { refresh = async () => Promise.resolve() } = at;
    refresh()
      .then(async () => registry.metrics())
      .then(
        (text) => response.writeHead(200, { 'Content-Type': registry.contentType }).end(text),
        () => response.writeHead(500).end(),
      );
  });
  const url = await listen(server, at.port, at.host);
  return { url, stop: async () => close(server, STOP_GRACE_MS) };
}
