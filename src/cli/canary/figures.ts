/** The metrics of a canary that runs again and again, and the port that serves them. */
import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { CanaryRun } from './probe.ts';

const SECONDS = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

export interface CanaryFigures {
  readonly registry: Registry;
  /** To be called after each run. */
  note(run: CanaryRun, nowMs: number): void;
}

/** Metrics of runs. Until one succeeds, the last success counts as that of the start, so that a canary that never works is seen. */
export function meterCanary(startedMs: number): CanaryFigures {
  const registry = new Registry();
  const registers = [registry];
  const runs = new Counter({
    name: 'coffer_canary_runs_total',
    help: 'Runs of the canary, by outcome.',
    labelNames: ['outcome'],
    registers,
  });
  const failing = new Gauge({
    name: 'coffer_canary_failing',
    help: '1 while the last run of the canary failed.',
    registers,
  });
  const success = new Gauge({
    name: 'coffer_canary_success_timestamp_seconds',
    help: 'When the canary last succeeded; its start before that.',
    registers,
  });
  const seconds = new Histogram({
    name: 'coffer_canary_step_seconds',
    help: 'How long the steps of the canary took: hold, capture, replay, release.',
    labelNames: ['step'],
    buckets: SECONDS,
    registers,
  });
  success.set(startedMs / 1_000);
  for (const outcome of ['ok', 'failed']) runs.inc({ outcome }, 0);
  return {
    registry,
    note: ({ problem, steps }, nowMs) => {
      runs.inc({ outcome: problem === undefined ? 'ok' : 'failed' });
      failing.set(problem === undefined ? 0 : 1);
      if (problem === undefined) success.set(nowMs / 1_000);
      for (const { step, ms } of steps) seconds.observe({ step }, ms / 1_000);
    },
  };
}

/** Serves the metrics at `/metrics` on all addresses; resolves once it listens. @throws when the port is taken */
export async function serveFigures({ registry }: CanaryFigures, port: number): Promise<Server> {
  const server = createServer((request, response) => {
    if (request.url !== '/metrics') {
      response.writeHead(404).end();
      return;
    }
    void registry.metrics().then((text) => response.writeHead(200, { 'content-type': registry.contentType }).end(text));
  });
  server.listen(port);
  await once(server, 'listening');
  return server;
}
