/**
 * The API in several processes: one owns the ledger's lanes and runs the periodic jobs, the others (fronts) serve callers, all on one
 * port, and send the owner their commands. So each wallet has one writer on a host however many cores its API uses.
 */
import cluster from 'node:cluster';
import type { ChildProcess } from 'node:child_process';
import type { Logger } from 'pino';
import type { Config } from '../config/config.ts';
import type { LedgerWriter } from '../db/ledger/writer.ts';
import { startChild } from '../jobs/child.ts';
import { channelOf } from '../processes/channel.ts';
import { openFrontWriter } from '../processes/front-writer.ts';
import { serveFront } from '../processes/owner.ts';
import { startApi, type Entrance, type RunningApi } from './api.ts';
import type { AppOptions } from './running.ts';

/** Ports of metrics after that of the API: those of its other children come first. */
const METRICS_PORT_AFTER = 3;

/** Whether this process is a front. */
export function isFront(): boolean {
  return cluster.isWorker;
}

/** Starts this process as a front of the one that forked it. */
export async function startFront(config: Config, options: AppOptions): Promise<RunningApi> {
  const writer = openFrontWriter(channelOf(process), config.ledgerDeadlineMs);
  // Wallets are hinted at by the owner.
  return startApi(config, { ...options, writer, jobs: false, hint: () => undefined });
}

/**
 * Starts the fronts. Resolves once each of them listens; from then on one that ends is started again.
 * @param path of the program, which calls {@link startFront} where it {@link isFront}.
 * @throws Error when one ends before it listens.
 */
export async function startFronts(
  config: Config,
  { path, log, writer, hint }: { path: string; log: Logger; writer: LedgerWriter; hint: (wallet: string) => void },
): Promise<Entrance> {
  const listening = Array.from({ length: config.apiProcesses }, () => Promise.withResolvers<string>());
  const fronts = listening.map(({ resolve, reject }, at) =>
    startChild(
      {
        name: `front ${at + 1}`,
        path,
        args: argumentsOf(config, at),
        start: forkFront,
        onStart: (started) => {
          serveFront(channelOf(started), writer, hint);
          started.once('exit', () =>
            reject(new Error('a process of the API ended before it listened; its log says why')),
          );
          onListening(started, config, resolve);
        },
      },
      log,
    ),
  );
  const stop = async (): Promise<void> => {
    await Promise.all(fronts.map(async (front) => front.stop()));
  };
  try {
    const [url = ''] = await Promise.all(listening.map(async ({ promise }) => promise));
    return { url, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function argumentsOf({ metricsPort }: Config, at: number): string[] {
  if (metricsPort === undefined) return ['--roles=api'];
  return ['--roles=api', `--metrics-port=${metricsPort === 0 ? 0 : metricsPort + METRICS_PORT_AFTER + at}`];
}

/** Forks a process that listens through this one: connections are given to the fronts by turns. */
function forkFront(path: string, args: readonly string[], execArgv: readonly string[]): ChildProcess {
  cluster.setupPrimary({
    exec: path,
    args: [...args],
    execArgv: [...execArgv],
    // BigInts and Dates pass as they are.
    serialization: 'advanced',
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  return cluster.fork().process;
}

function onListening(started: ChildProcess, { host }: Config, resolve: (url: string) => void): void {
  const worker = Object.values(cluster.workers ?? {}).find((one) => one?.process === started);
  worker?.once('listening', ({ port }) => resolve(`http://${host.includes(':') ? `[${host}]` : host}:${port}`));
}
