/** Runs the real service as a child process of the demo and reads its log lines. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const ROOT = join(import.meta.dirname, '..');
const START_TIMEOUT_MS = 60_000;
const STOP_TIMEOUT_MS = 15_000;
const TAIL_LINES_MAX = 40;

/** One structured log line of the service. */
export type LogLine = Readonly<Record<string, unknown>>;

export interface Service {
  readonly url: string;
  readonly pid: number;
  stop(): Promise<void>;
}

/**
 * Starts API and detector as `npm start` does; resolves once the API listens. All output goes to `logFile`, log lines
 * also to `onLine`.
 */
export async function startService(
  env: NodeJS.ProcessEnv,
  { logFile, onLine }: { logFile: string; onLine: (line: LogLine) => void },
): Promise<Service> {
  const logged = createWriteStream(logFile);
  const child = spawn(process.execPath, [join(ROOT, 'src/main.ts')], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const tail: string[] = [];
  let settle: { resolve: (url: string) => void; reject: (error: Error) => void } | undefined;
  const listening = new Promise<string>((resolve, reject) => {
    settle = { resolve, reject };
  });
  const read = (line: string): void => {
    const url = /^coffer listening on (\S+)$/.exec(line)?.[1];
    if (url !== undefined) settle?.resolve(url);
    logged.write(`${line}\n`);
    tail.push(line);
    if (tail.length > TAIL_LINES_MAX) tail.shift();
    const parsed = parseLine(line);
    if (parsed) onLine(parsed);
  };
  for (const stream of [child.stdout, child.stderr]) createInterface({ input: stream }).on('line', read);
  child.once('exit', (code) =>
    settle?.reject(new Error(`the service ended with code ${code} before it listened:\n${tail.join('\n')}`)),
  );
  const timer = setTimeout(
    () =>
      settle?.reject(new Error(`the service does not listen after ${START_TIMEOUT_MS / 1000} s:\n${tail.join('\n')}`)),
    START_TIMEOUT_MS,
  );
  try {
    const url = await listening;
    return { url, pid: child.pid ?? 0, stop: async () => stopChild(child) };
  } catch (error) {
    await stopChild(child);
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

/** Runs the `coffer` command with `--json` and gives the JSON it printed. */
export async function coffer(env: NodeJS.ProcessEnv, args: readonly string[]): Promise<Record<string, unknown>> {
  const child = spawn(process.execPath, [join(ROOT, 'src/cli/main.ts'), ...args, '--json'], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  let errors = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  const [code]: unknown[] = await once(child, 'close');
  if (code !== 0) throw new Error(`coffer ${args.join(' ')} failed: ${errors || output}`);
  const answer: unknown = JSON.parse(output);
  if (!isRecord(answer)) throw new Error(`coffer ${args.join(' ')} did not print a JSON object`);
  return answer;
}

function parseLine(line: string): LogLine | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    const parsed: unknown = JSON.parse(line);
    return isRecord(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
}

/** True for a JSON object. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

async function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS);
  await ended;
  clearTimeout(timer);
}
