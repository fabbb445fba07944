import { type ChildProcess, spawn } from 'node:child_process';

/** The exit and output of a finished program. */
export interface Finished {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A program under test, with everything that it has printed so far. */
export interface RunningProgram {
  readonly child: ChildProcess;
  readonly finished: Promise<Finished>;
  /** Resolves once stdout contains the text; rejects when the program ends first. */
  waitFor(text: string): Promise<void>;
}

/** Starts the Node that runs the tests with these arguments, from the project's folder. */
export function startNode(args: readonly string[], env: NodeJS.ProcessEnv = {}): RunningProgram {
  const child = spawn(process.execPath, args, {
    cwd: `${import.meta.dirname}/../../..`,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  const finished = new Promise<Finished>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve({ code, signal, stdout, stderr }));
  });
  const waitFor = (text: string): Promise<void> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        if (stdout.includes(text)) resolve();
      };
      child.stdout.on('data', look);
      look();
      void finished.then(() => reject(new Error(`ended without printing "${text}":\n${stdout}\n${stderr}`)));
    });
  return { child, finished, waitFor };
}
