/** The service: reads its environment, starts its roles, stops on a signal. */
import type { Entrance } from './app/api.ts';
import type { Running, WorkerOptions } from './app/running.ts';
import { readConfig, type Config } from './config/config.ts';
import { ConfigError } from './config/error.ts';
import { EXIT } from './config/exit-codes.ts';
import type { ProcessRole } from './config/variables.ts';
import type { LedgerWriter } from './db/ledger/writer.ts';
import { DETECTOR_HEAP, startChild } from './jobs/child.ts';
import { hearWallets, WalletHints } from './jobs/wallet-hints.ts';
import { openLog } from './log.ts';
import project from '../package.json' with { type: 'json' };
import type { Logger } from 'pino';

/** Arguments, with the environment variables that they override. */
const ARGUMENTS = [
  [/^--roles=(.+)$/, 'COFFER_ROLES'],
  [/^--metrics-port=(.+)$/, 'COFFER_METRICS_PORT'],
] as const;

function readArguments(args: readonly string[]): Record<string, string> {
  const found = ARGUMENTS.flatMap(([pattern, name]) => {
    const value = args.map((arg) => pattern.exec(arg)?.[1]).find((one) => one !== undefined);
    return value === undefined ? [] : [[name, value] as const];
  });
  return Object.fromEntries(found);
}

/** Where a process that is started as a child serves its metrics: so many ports after its parent's. */
const METRICS_PORTS_AFTER: Readonly<Record<ProcessRole, number>> = { api: 0, detector: 1, events: 2 };

/** Arguments of a child process. It serves its metrics on a port after that of this process. */
function argumentsOf(role: ProcessRole, { metricsPort }: Config): string[] {
  if (metricsPort === undefined) return [`--roles=${role}`];
  // 0 takes any free port, in each process.
  const port = metricsPort === 0 ? 0 : metricsPort + METRICS_PORTS_AFTER[role];
  return [`--roles=${role}`, `--metrics-port=${port}`];
}

/** Runs the first role in this process and each other role in a child; without chains, no detector is started. */
async function startAll(config: Config, log: Logger, onBarred: (reason: Error) => void): Promise<Running> {
  const [own, ...others] = config.roles;
  const hints = new WalletHints();
  const running = await startRole(own, config, { log, onBarred, witnessFolder: config.dataDir }, hints);
  const children = others
    .filter((role) => role !== 'detector' || config.chains.length > 0)
    .map((role) => {
      const nodeFlags = role === 'detector' ? DETECTOR_HEAP : [];
      const program = { name: role, path: import.meta.filename, args: argumentsOf(role, config), nodeFlags };
      const child = startChild(program, log);
      if (role === 'events') hints.sendTo(child);
      return child;
    });
  return {
    stop: async () => {
      hints.stop();
      await Promise.all(children.map(async (child) => child.stop()));
      await running.stop();
    },
  };
}

/** Loads only the code that the role needs: loading the chain libraries alone takes a second. */
async function startRole(
  role: ProcessRole | undefined,
  config: Config,
  options: WorkerOptions,
  hints: WalletHints,
): Promise<Running> {
  if (role === 'detector') return (await import('./app/detector.ts')).startDetector(config, options);
  if (role === 'events') {
    const { startEventLogs } = await import('./app/events.ts');
    return startEventLogs(config, options, (hint) => hearWallets(process, hint));
  }
  const { startApi } = await import('./app/api.ts');
  const { isFront, startFront, startFronts } = await import('./app/fronts.ts');
  const { log, witnessFolder } = options;
  if (isFront()) return startFront(config, { log });
  const hint = (wallet: string): void => hints.add(wallet);
  const path = import.meta.filename;
  const reach = async (writer: LedgerWriter): Promise<Entrance> => startFronts(config, { path, log, writer, hint });
  const api = await startApi(config, { log, witnessFolder, hint, ...(config.apiProcesses > 1 ? { reach } : {}) });
  // For scripts and people, who read it from stdout; the log has the same for its readers.
  console.log(`coffer listening on ${api.url}`);
  log.info({ event: 'service.listening', url: api.url }, 'listening');
  return api;
}

/** Resolves on a signal to stop, or when the parent that started this process as a child has exited. */
async function stopRequested(): Promise<void> {
  // Only a child with a channel to its parent has `connected`; false means that the parent is already gone.
  if ('connected' in process && !process.connected) return;
  await new Promise<void>((resolve) => {
    for (const event of ['SIGINT', 'SIGTERM', 'disconnect']) process.once(event, () => resolve());
  });
}

async function main(): Promise<void> {
  const config = readConfig({ ...process.env, ...readArguments(process.argv.slice(2)) });
  const role = config.roles[0] ?? 'none';
  const log = openLog(config.logLevel, { role, version: project.version });
  // Listening begins before anything starts, so that a signal during the start is not lost.
  const stop = stopRequested();
  const barred = Promise.withResolvers<never>();
  // It may be rejected while the start is still under way.
  barred.promise.catch(() => undefined);
  const traces = config.traces && (await import('./app/tracing/start.ts')).startTracing(config.traces, { role, log });
  const running = await startAll(config, log, barred.reject);
  try {
    await Promise.race([stop, barred.promise]);
    log.info('stopping');
  } finally {
    await running.stop();
    await traces?.stop();
  }
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(`coffer: ${error instanceof Error ? error.message : String(error)}`);
    process.exit(error instanceof ConfigError ? EXIT.config : EXIT.failed);
  },
);
