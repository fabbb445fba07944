/** Runs a part of the service as a process of its own, so that a crash or overload of one does not affect the other. */
import { fork, type ChildProcess } from 'node:child_process';
import type { Logger } from 'pino';

const RESTART_DELAY_MIN_MS = 250;
const RESTART_DELAY_MAX_MS = 30_000;
/** A child that ends after running this long is restarted with the shortest delay again. */
const HEALTHY_AFTER_MS = 60_000;
/** How long it may take to stop before it is killed. */
const STOP_TIMEOUT_MS = 15_000;

/**
 * V8's heap settings for the detector. With the defaults the heap grows to several times the live data while pages of
 * logs are read; with these a long catch-up stays below 300 MB and is as fast (docs/performance.md).
 * `npm run detector` passes the same.
 */
export const DETECTOR_HEAP: readonly string[] = ['--max-semi-space-size=16', '--heap-growing-percent=80'];

export interface Program {
  /** Its name in the log. */
  readonly name: string;
  readonly path: string;
  readonly args: readonly string[];
  /** Further Node flags for it, besides those of this process. */
  readonly nodeFlags?: readonly string[];
  /** Starts it; left out: it is forked by itself. */
  readonly start?: (path: string, args: readonly string[], execArgv: readonly string[]) => ChildProcess;
  /** Called with each process that is started. */
  readonly onStart?: (started: ChildProcess) => void;
}

export interface Child {
  /** Sends to the child if it is running and connected; otherwise the message is dropped. */
  send(message: object): void;
  /** Stops it for good; resolves when it has exited. */
  stop(): Promise<void>;
}

/**
 * Runs a program as a child process and restarts it whenever it ends, with a delay that doubles up to 30 s. The IPC
 * channel closes when this process dies, in whatever way; the child stops when it closes.
 */
export function startChild(
  { name, path, args, nodeFlags = [], start: startProcess = forkAlone, onStart }: Program,
  log: Logger,
): Child {
  let child: ChildProcess | undefined;
  let timer: NodeJS.Timeout | undefined;
  let delayMs = RESTART_DELAY_MIN_MS;
  let stopping = false;

  const start = (): void => {
    const startedAtMs = performance.now();
    const started = startProcess(path, args, [...process.execArgv, ...nodeFlags]);
    child = started;
    onStart?.(started);
    log.info({ childPid: started.pid }, `${name} started`);
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
    send: (message) => {
      if (child?.connected === true) child.send(message, () => undefined);
    },
    stop: async () => {
      stopping = true;
      clearTimeout(timer);
      if (child !== undefined) await stopChild(child);
    },
  };
}

function forkAlone(path: string, args: readonly string[], execArgv: readonly string[]): ChildProcess {
  return fork(path, args, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'], execArgv: [...execArgv] });
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
