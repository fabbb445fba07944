/**
 * Finds or builds stripe-mock, Stripe's own server that judges requests by its published description of the API. It has no
 * state and sends nothing; it tells whether Stripe knows the calls and the parameters that are sent. Run with `--build`, this
 * file prints the path of a binary.
 */
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';

/** Its description of the API is one major version behind the one that the SDK pins. */
export const STRIPE_MOCK_VERSION = '0.203.0';

const VERSION_TIMEOUT_MS = 5_000;
const BUILD_TIMEOUT_MS = 15 * 60_000;
const START_TIMEOUT_MS = 20_000;
const PROBE_INTERVAL_MS = 50;
/** Where Go is when it is not in PATH. */
const GO_FOLDERS = ['/usr/local/go/bin'];

const run = promisify(execFile);

function cacheFolder(env: NodeJS.ProcessEnv = process.env): string {
  // An empty variable counts as not set.
  const cache = env['COFFER_CACHE_DIR'] || join(env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'coffer');
  return join(cache, `stripe-mock-${STRIPE_MOCK_VERSION}`);
}

async function runs(path: string): Promise<boolean> {
  try {
    await run(path, ['-version'], { timeout: VERSION_TIMEOUT_MS });
    return true;
  } catch {
    return false;
  }
}

/**
 * Looks for a stripe-mock that runs: `STRIPE_MOCK_BIN`, then the cache; with `build`, makes one there with Go. Undefined when
 * there is none.
 */
export async function findStripeMock({ build = false }: { readonly build?: boolean } = {}): Promise<
  string | undefined
> {
  const wanted = process.env['STRIPE_MOCK_BIN'];
  if (wanted !== undefined && wanted !== '') {
    if (await runs(wanted)) return wanted;
    throw new Error(`STRIPE_MOCK_BIN=${wanted} does not run; unset it, or point it at a stripe-mock`);
  }
  const cached = join(cacheFolder(), 'stripe-mock');
  if (await runs(cached)) return cached;
  if (!build) return undefined;
  await mkdir(cacheFolder(), { recursive: true });
  const path = [process.env['PATH'] ?? '', ...GO_FOLDERS].join(delimiter);
  await run('go', ['install', `github.com/stripe/stripe-mock@v${STRIPE_MOCK_VERSION}`], {
    timeout: BUILD_TIMEOUT_MS,
    env: { ...process.env, PATH: path, GOBIN: cacheFolder() },
  });
  return (await runs(cached)) ? cached : undefined;
}

/** A running stripe-mock. */
export interface StripeMock {
  readonly url: string;
  stop(): Promise<void>;
}

/**
 * Starts stripe-mock on the loopback interface; both addresses are given, since it opens HTTPS to everybody otherwise.
 * @throws Error when it does not answer in time
 */
export async function startStripeMock(
  path: string,
  ports: { readonly http: number; readonly https: number },
): Promise<StripeMock> {
  const args = ['-http-addr', `127.0.0.1:${ports.http}`, '-https-addr', `127.0.0.1:${ports.https}`];
  const child = spawn(path, args, { stdio: 'ignore' });
  const url = `http://127.0.0.1:${ports.http}`;
  const untilMs = Date.now() + START_TIMEOUT_MS;
  while (Date.now() < untilMs) {
    try {
      await (await fetch(url)).arrayBuffer();
      return { url, stop: async () => end(child) };
    } catch {
      await new Promise((resolve) => setTimeout(resolve, PROBE_INTERVAL_MS));
    }
  }
  await end(child);
  throw new Error('stripe-mock does not answer');
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
  });
  child.kill();
  await ended;
}

if (import.meta.main) {
  const found = await findStripeMock({ build: process.argv.includes('--build') });
  if (found === undefined) {
    console.error('no stripe-mock; run with --build, which needs Go, or set STRIPE_MOCK_BIN');
    process.exit(1);
  }
  console.log(found);
}
