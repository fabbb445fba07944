/** `coffer canary`: spends one micro-dollar at a live deployment as a customer's service would, once or again and again. */
import { readFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { InvalidArgumentError, type Command } from 'commander';
import { parseApiKey } from '../../core/access/api-key.ts';
import { systemClock } from '../../core/clock.ts';
import { findCount } from '../../core/integers.ts';
import { CliError, EXIT, printJson } from '../context.ts';
import { meterCanary, serveFigures, type CanaryFigures } from './figures.ts';
import { runCanary, type CanaryRun, type CanaryTarget } from './probe.ts';

const MINUTE_MS = 60_000;
const MINUTES_MAX = 24 * 60;
const PORT_MAX = 65_535;
const SERVICE_DEFAULT = 'AI_API';
const LOOPBACK: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]']);

interface CanaryOptions {
  readonly url: URL;
  readonly keyFile: string;
  readonly service: string;
  readonly every?: number;
  readonly metricsPort?: number;
  readonly insecure?: boolean;
  readonly json?: boolean;
}

function readUrl(text: string): URL {
  const url = URL.parse(text.endsWith('/') ? text : `${text}/`);
  if (url?.protocol === 'https:' || url?.protocol === 'http:') return url;
  throw new InvalidArgumentError('It must be an http or https URL.');
}

function readMinutes(text: string): number {
  const minutes = findCount(text);
  if (minutes !== undefined && minutes > 0 && minutes <= MINUTES_MAX) return minutes;
  throw new InvalidArgumentError(`It must be a whole number of minutes from 1 to ${MINUTES_MAX}.`);
}

function readPort(text: string): number {
  const port = findCount(text);
  if (port !== undefined && port <= PORT_MAX) return port;
  throw new InvalidArgumentError(`It must be a port, up to ${PORT_MAX}.`);
}

function readKey(path: string): string {
  let text: string;
  try {
    text = readFileSync(path, 'utf8').trim();
  } catch {
    throw new CliError(`cannot read ${path}`, EXIT.notFound);
  }
  if (parseApiKey(text)) return text;
  throw new CliError(`${path} holds no API key`, EXIT.usage);
}

function print({ problem, steps, availableUsd }: CanaryRun, json: boolean): void {
  const at = new Date().toISOString();
  if (json) return console.log(JSON.stringify({ at, ok: problem === undefined, problem, steps, availableUsd }));
  const times = steps.map(({ step, ms }) => `${step} ${ms} ms`).join(', ');
  const line = `${at} ${problem === undefined ? 'ok' : `FAILED: ${problem}`}${times === '' ? '' : ` (${times})`}`;
  if (problem === undefined) console.log(`${line}; ${availableUsd ?? '?'} USD left`);
  else console.error(line);
}

/** Runs until a signal; a failure is given to `after` as a success is, and the next run comes at its time. */
async function runForever(target: CanaryTarget, everyMs: number, after: (run: CanaryRun) => void): Promise<void> {
  const { clock } = target;
  const stop = new AbortController();
  process.once('SIGINT', () => stop.abort()).once('SIGTERM', () => stop.abort());
  while (!stop.signal.aborted) {
    const startedMs = clock.elapsedMs();
    after(await runCanary(target));
    const leftMs = Math.max(0, everyMs - (clock.elapsedMs() - startedMs));
    // It rejects when a signal ends the pause.
    await pause(leftMs, undefined, { signal: stop.signal }).catch(() => undefined);
  }
}

async function canary(options: CanaryOptions): Promise<void> {
  const { url, keyFile, service, every, metricsPort, insecure, json } = options;
  if (url.protocol === 'http:' && !LOOPBACK.has(url.hostname) && insecure !== true) {
    throw new CliError('the key would cross the network unencrypted: use https, or pass --insecure', EXIT.usage);
  }
  if (metricsPort !== undefined && every === undefined) {
    throw new CliError('--metrics-port needs --every: a single run answers by its exit code', EXIT.usage);
  }
  const target = { url, key: readKey(keyFile), service, clock: systemClock };
  if (every === undefined) {
    const run = await runCanary(target);
    if (json === true) printJson({ ok: run.problem === undefined, ...run });
    else print(run, false);
    if (run.problem !== undefined) throw new CliError(`the canary failed: ${run.problem}`);
    return;
  }
  const figures: CanaryFigures = meterCanary(systemClock.nowMs());
  let server: Server | undefined;
  if (metricsPort !== undefined) server = await serveFigures(figures, metricsPort);
  await runForever(target, every * MINUTE_MS, (run) => {
    figures.note(run, systemClock.nowMs());
    print(run, json === true);
  });
  server?.closeAllConnections();
  server?.close();
}

/** `coffer canary`. */
export function addCanary(program: Command): void {
  program
    .command('canary')
    .description('spend one micro-dollar at a live deployment as a service would; fails if the answers are not as due')
    .requiredOption('--url <url>', 'where the deployment is', readUrl)
    .requiredOption(
      '--key-file <file>',
      "a file with a key of kind org, with the scope treasury:spend, of an org of the canary's own",
    )
    .option('--service <type>', 'the service that is charged', SERVICE_DEFAULT)
    .option('--every <minutes>', 'run again and again, until Ctrl-C; a failure ends nothing', readMinutes)
    .option('--metrics-port <port>', 'serve /metrics meanwhile', readPort)
    .option('--insecure', 'allow http to another machine, such as within a private network')
    .option('--json', 'print JSON, one line for each run with --every')
    .action(canary);
}
