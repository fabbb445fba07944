/** A part of the service as a process of its own: what happens to it never happens to the API, and the other way round. */
import { fork, type ChildProcess } from 'node:child_process';
import type { Logger } from 'pino';

const RESTART_DELAY_MIN_MS = 250;
const RESTART_DELAY_MAX_MS = 30_000;
/** Having run this long, a child that ends is restarted without delay again. */
const HEALTHY_AFTER_MS = 60_000;
/** How long it may take to stop before it is killed. */
const STOP_TIMEOUT_MS = 15_000;

/**
 * How V8 keeps house where chains are read. Left alone it lets the heap grow to several times of what is alive while
 * pages of logs come and go; with these a long catch-up stays below 300 MB, and is as fast (docs/performance.md).
 * `npm run detector` names the same.
 */
export const DETECTOR_HEAP: readonly string[] = ['--max-semi-space-size=16', '--heap-growing-percent=80'];

export interface Program {
  /** What the log calls it. */
  readonly name: string;
  readonly path: string;
  readonly args: readonly string[];
  /** Flags of Node for it, beside our own. */
  readonly nodeFlags?: readonly string[];
}

export interface Child {
  /** Tells the one that runs at this moment; what it does not hear, it finds by itself. */
  tell(message: object): void;
  /** Stops it for good; resolves when it is gone. */
  stop(): Promise<void>;
}

/**
 * Runs a program as a child, and again whenever it ends. The channel between them closes when this process dies, in
 * whatever way: that tells the child to stop.
 */
export function startChild({ name, path, args, nodeFlags = [] }: Program, log: Logger): Child {
  let child: ChildProcess | undefined;
  let timer: NodeJS.Timeout | undefined;
  let delayMs = RESTART_DELAY_MIN_MS;
  let stopping = false;

  const start = (): void => {
    const startedAtMs = performance.now();
    const started = fork(path, args, {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      execArgv: [...process.execArgv, ...nodeFlags],
    });
    child = started;
    log.info({ pid: started.pid }, `${name} started`);
    const ended = (reason: Readonly<Record<string, unknown>>): void => {
      if (child !== started) return;
      child = undefined;
      if (stopping) return;
      if (performance.now() - startedAtMs >= HEALTHY_AFTER_MS) delayMs = RESTART_DELAY_MIN_MS;
      log.error({ ...reason, restartInMs: delayMs }, `${name} ended`);
      timer = setTimeout(start, delayMs);
      delayMs = Math.min(delayMs * 2, RESTART_DELAY_MAX_MS);
    };
    started.once('error', (error) => ended({ err: error }));
    started.once('exit', (code, signal) => ended({ code, signal }));
  };

  start();
  return {
    tell: (message) => {
      if (child?.connected === true) child.send(message, () => undefined);
    },
    stop: async () => {
      stopping = true;
      clearTimeout(timer);
      if (child !== undefined) await stopChild(child);
    },
  };
}

async function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  await new Promise<void>((resolve) => {
    const timer = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS);
    child.once('exit', () => {
      clearTimeout(timer);
      resolve();
    });
    child.kill('SIGTERM');
  });
}
