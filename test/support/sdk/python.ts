/** The Python SDK: its tools, its package as users have it, and its programs as the runners of the tests want them. */
import { execFile, spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { z } from 'zod';
import type { Sdk } from './cases.ts';
import type { Program } from './random-calls.ts';

/** Which of the two clients of the Python SDK. */
export type Flavour = 'sync' | 'async';

const PROJECT = join(import.meta.dirname, '..', '..', '..');
const PROGRAMS = join(import.meta.dirname, 'programs');
const COMMAND_TIMEOUT_MS = 5 * 60_000;
export const PYTHON_SDK = join(PROJECT, 'sdk', 'python');
const VERSIONS = { httpx: '0.28.1', mypy: '1.18.2', generator: '0.89.0', setuptools: '80.9.0' };

const outcomeSchema = z.strictObject({
  reply: z.record(z.string(), z.unknown()).optional(),
  ids: z.array(z.string()).optional(),
  error: z.record(z.string(), z.unknown()).optional(),
});

/** What a folder with a virtual environment has. */
export interface PythonHome {
  readonly folder: string;
  readonly python: string;
}

/** Runs a command in a folder; returns what it printed. @throws Error with what it printed when it fails */
export async function runIn(folder: string, command: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<string> {
  const [program = '', ...args] = command;
  const options = { cwd: folder, timeout: COMMAND_TIMEOUT_MS, env: { ...process.env, ...env } };
  return (await promisify(execFile)(program, args, options)).stdout;
}

/** The tools: the generator of models, the type checker, and what builds the wheel. Installed once. */
export async function installTools(): Promise<PythonHome> {
  // An empty variable counts as not set.
  const cache =
    process.env['COFFER_CACHE_DIR'] || join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'coffer');
  const folder = join(cache, `sdk-python-${Object.values(VERSIONS).join('-')}`);
  const python = join(folder, 'venv', 'bin', 'python');
  const done = join(folder, 'installed');
  if (existsSync(done)) return { folder, python };
  const packages = [
    `httpx==${VERSIONS.httpx}`,
    `mypy==${VERSIONS.mypy}`,
    `datamodel-code-generator==${VERSIONS.generator}`,
    `setuptools==${VERSIONS.setuptools}`,
  ];
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await runIn(folder, ['python3', '-m', 'venv', 'venv']);
  await runIn(folder, [python, '-m', 'pip', 'install', '--quiet', ...packages]);
  await writeFile(done, '');
  return { folder, python };
}

/** Builds a wheel of the SDK and installs it, with what it needs, into an environment that has nothing else. */
export async function installWheel({ python }: PythonHome): Promise<PythonHome> {
  const folder = await mkdtemp(join(tmpdir(), 'coffer-sdk-python-'));
  // Setuptools leaves its work beside the sources, so that it gets a copy of them.
  await runIn(folder, ['cp', '-r', PYTHON_SDK, 'source']);
  await runIn(folder, [
    python,
    '-m',
    'pip',
    'wheel',
    '--quiet',
    '--no-deps',
    '--no-build-isolation',
    './source',
    '-w',
    'wheels',
  ]);
  await runIn(folder, ['python3', '-m', 'venv', 'venv']);
  const own = join(folder, 'venv', 'bin', 'python');
  await runIn(folder, ['sh', '-c', `"${own}" -m pip install --quiet wheels/*.whl httpx==${VERSIONS.httpx}`]);
  return { folder, python: own };
}

function start({ python, folder }: PythonHome, program: string, flavour: Flavour): ChildProcessWithoutNullStreams {
  const child = spawn(python, [join(PROGRAMS, program), flavour], { cwd: folder });
  child.stderr.pipe(process.stderr);
  return child;
}

/** The SDK as the runner of the cases wants it; `stop` ends its process. */
export function openPython(home: PythonHome, flavour: Flavour): Sdk & { stop(): void } {
  const child = start(home, 'cases.py', flavour);
  const lines = createInterface({ input: child.stdout });
  const ended = once(child, 'exit').then(() => {
    throw new Error('the Python program ended');
  });
  // It also ends when nobody asks anything.
  ended.catch(() => undefined);
  const ask = async (line: object): Promise<z.output<typeof outcomeSchema>> => {
    const answered = once(lines, 'line');
    child.stdin.write(`${JSON.stringify(line)}\n`);
    const [text] = (await Promise.race([answered, ended])) as [string];
    return outcomeSchema.parse(JSON.parse(text));
  };
  return {
    call: async (target, call) => present(await ask({ target, call })),
    verify: async (delivery) => present(await ask({ delivery })),
    amounts: async (amounts) => present(await ask({ amounts })),
    stop: () => void child.stdin.end(),
  };
}

/** Without the members that are undefined. */
function present(outcome: z.output<typeof outcomeSchema>): Awaited<ReturnType<Sdk['verify']>> {
  return Object.fromEntries(Object.entries(outcome).filter(([, value]) => value !== undefined));
}

/** The program of the random calls. */
export function pythonProgram(home: PythonHome, flavour: Flavour): Program {
  return async (target, intents) => {
    const child = start(home, 'random_calls.py', flavour);
    let printed = '';
    child.stdout.on('data', (text: Buffer) => {
      printed += text.toString();
    });
    const ended = once(child, 'exit');
    child.stdin.end(`${JSON.stringify({ target, intents })}\n`);
    const [code] = (await ended) as [number | null];
    if (code !== 0) throw new Error(`the Python program ended with ${code}`);
    return z.array(z.object({ key: z.string(), outcome: z.string() })).parse(JSON.parse(printed));
  };
}
