/** The service: reads its environment, starts what its roles say, stops on a signal. */
import { startApi, startDetector, type Running } from './app.ts';
import { readConfig, type Config } from './config.ts';
import { startDetectorChild } from './jobs/detector-child.ts';
import { openLog } from './log.ts';
import type { Logger } from 'pino';

/** Arguments, and the variables that they stand for. */
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

/** What the detector beside the API is started with: its figures have the next port. */
function detectorArguments({ metricsPort }: Config): string[] {
  return [
    '--roles=detector',
    ...(metricsPort === undefined ? [] : [`--metrics-port=${metricsPort && metricsPort + 1}`]),
  ];
}

async function startAll(config: Config, log: Logger): Promise<Running> {
  if (!config.roles.includes('api')) return startDetector(config, { log });
  const api = await startApi(config, { log });
  console.log(`coffer listening on ${api.url}`);
  if (!config.roles.includes('detector') || config.chains.length === 0) return api;
  const detector = startDetectorChild(import.meta.filename, detectorArguments(config), log);
  return {
    stop: async () => {
      await detector.stop();
      await api.stop();
    },
  };
}

/** Resolves when this process is told to stop, or when the one that started it as a child is gone. */
async function toldToStop(): Promise<void> {
  // The channel to a parent was there and is closed; without such a parent there is no `connected`.
  if ('connected' in process && !process.connected) return;
  await new Promise<void>((resolve) => {
    for (const event of ['SIGINT', 'SIGTERM', 'disconnect']) process.once(event, () => resolve());
  });
}

async function main(): Promise<void> {
  const config = readConfig({ ...process.env, ...readArguments(process.argv.slice(2)) });
  const log = openLog(config.logLevel);
  // Listened for from the beginning: what comes while things start is not lost.
  const told = toldToStop();
  const running = await startAll(config, log);
  await told;
  log.info('stopping');
  await running.stop();
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(`coffer: ${error instanceof Error ? error.message : String(error)}`);
    process.exit(1);
  },
);
