import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

const OUTPUT_TAIL_CHARS_MAX = 4_000;
const STOP_TIMEOUT_MS = 3_000;
const READY_POLL_MS = 50;
const START_ATTEMPTS_MAX = 3;

/** A running program of another project, which must be stopped. */
export interface Child {
  readonly pid: number;
  /** The last few thousand characters it printed, for error messages. */
  outputTail(): string;
  /** True once the program has ended, by itself or by `stop`. */
  hasExited(): boolean;
  /** Ends the program and everything it started; resolves when it has exited. Safe to call twice. */
  stop(): Promise<void>;
}

/**
 * Starts a program in its own process group. The group is killed by `stop()` and when this process exits. Where `sh`
 * exists, a guard that waits for the end of a pipe also kills it when this process dies without cleaning up.
 * Throws when the program cannot be started at all.
 */
export async function startChild(file: string, args: readonly string[]): Promise<Child> {
  const child = spawn(file, args, { detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  let tail = '';
  const keep = (chunk: Buffer): void => {
    tail = (tail + chunk.toString('utf8')).slice(-OUTPUT_TAIL_CHARS_MAX);
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const exited = new Promise<void>((resolve) => {
    child.once('close', () => resolve());
  });
  const pid = await new Promise<number>((resolve, reject) => {
    child.once('error', (error) => reject(new Error(`cannot start ${file}: ${error.message}`, { cause: error })));
    child.once('spawn', () => (child.pid === undefined ? reject(new Error(`${file} has no pid`)) : resolve(child.pid)));
  });
  const endGuard = startGuard(pid);
  const killNow = (): void => killGroup(pid, 'SIGKILL');
  process.once('exit', killNow);
  const hasExited = (): boolean => child.exitCode !== null || child.signalCode !== null;
  return {
    pid,
    outputTail: () => tail.trim(),
    hasExited,
    stop: async () => {
      if (!hasExited()) {
        killGroup(pid, 'SIGTERM');
        await Promise.race([exited, sleep(STOP_TIMEOUT_MS, undefined, { ref: false })]);
      }
      if (!hasExited()) killGroup(pid, 'SIGKILL');
      await exited;
      process.removeListener('exit', killNow);
      endGuard();
    },
  };
}

function killGroup(pid: number, signal: 'SIGTERM' | 'SIGKILL'): void {
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, signal);
  } catch {
    // The group is already gone.
  }
}

/** A shell that reads a pipe held by this process: when the pipe ends without `endGuard`, the group is killed. */
function startGuard(pid: number): () => void {
  if (process.platform === 'win32') return () => undefined;
  const guard = spawn('sh', ['-c', `read -r line; [ "$line" = done ] || kill -s KILL -- -${pid}`], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  guard.on('error', () => undefined);
  guard.stdin.on('error', () => undefined);
  guard.unref();
  return () => {
    guard.stdin.end('done\n');
  };
}

/** A TCP port of the loopback interface that was free a moment ago. */
export async function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => {
        if (address === null || typeof address === 'string') reject(new Error('the system assigned no port'));
        else resolve(address.port);
      });
    });
  });
}

/**
 * Starts a node program on a free port and waits until `isReady` gives true. Another port is tried when the program
 * ends early, since another process may have taken the port. Throws with its last output when it does not start.
 */
export async function startNodeProgram(p: {
  name: string;
  file: string;
  argsFor: (port: number) => string[];
  port?: number | undefined;
  readyTimeoutMs: number;
  isReady: (port: number) => Promise<boolean>;
}): Promise<{ child: Child; port: number }> {
  let lastOutput = '';
  for (let attempt = 1; attempt <= START_ATTEMPTS_MAX; attempt += 1) {
    const port = p.port ?? (await findFreePort());
    const child = await startChild(p.file, p.argsFor(port));
    const deadline = Date.now() + p.readyTimeoutMs;
    while (!child.hasExited() && Date.now() < deadline) {
      if (await p.isReady(port)) return { child, port };
      await sleep(READY_POLL_MS);
    }
    const exitedEarly = child.hasExited();
    await child.stop();
    lastOutput = child.outputTail();
    if (!exitedEarly)
      throw new Error(`${p.name} was not ready within ${p.readyTimeoutMs} ms. It printed: ${lastOutput}`);
  }
  throw new Error(`${p.name} ended by itself ${START_ATTEMPTS_MAX} times. It printed: ${lastOutput}`);
}
