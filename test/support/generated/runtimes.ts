/** The runtimes that the SDK is run in, each by its package of npm, and how a program is started in them. */
import { copyFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { rolldown } from 'rolldown';
import { folderOf, installIn, runIn, type Command } from './workshop.ts';

const PROGRAM = join(import.meta.dirname, '..', '..', 'generated', 'programs', 'sdk-runtime.mjs');

/** A runtime, named by its package of npm. */
export interface Runtime {
  readonly name: string;
  readonly version: string;
  /** Prints what `useSdk` returned as one line of JSON. */
  readonly start: Command;
  /** What the SDK sees of a debit that is refused with 503 and whose next answer is lost: the status of each attempt. */
  readonly attempts: readonly (number | 'lost')[];
  /** Its own files, made of the program's main module. */
  readonly files?: (folder: string, main: string) => Promise<void>;
}

/** The parts of workers' configuration: one module, and a network that reaches this machine. */
const WORKER = `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (services = [
  (name = "main", worker = (
    modules = [(name = "worker", esModule = embed "worker.js")],
    compatibilityDate = "2026-01-01",
    globalOutbound = "network",
  )),
  (name = "network", network = (allow = ["private"])),
]);
`;

/** Everything in one module, as deployments to workers have it. What is not for browsers and workers fails to resolve. */
async function writeWorker(folder: string, main: string): Promise<void> {
  const input = join(folder, 'worker.mjs');
  await writeFile(input, `${main}export default { test: run };\n`);
  const bundle = await rolldown({ input, platform: 'browser' });
  await bundle.write({ format: 'esm', file: join(folder, 'worker.js') });
  await bundle.close();
  await writeFile(join(folder, 'worker.capnp'), WORKER);
}

const ATTEMPTS = [503, 'lost', 200] as const;

export const RUNTIMES: readonly Runtime[] = [
  {
    name: 'deno',
    version: '2.9.6',
    start: ['deno', 'run', '--no-remote', '--allow-net=127.0.0.1', 'main.mjs'],
    // Its `fetch` sends a request again by itself when a connection breaks that was used before.
    attempts: [503, 200],
  },
  { name: 'bun', version: '1.4.5', start: ['bun', 'main.mjs'], attempts: ATTEMPTS },
  {
    name: 'workerd',
    version: '1.20261117.1',
    start: ['workerd', 'test', 'worker.capnp'],
    attempts: ATTEMPTS,
    files: writeWorker,
  },
];

/**
 * Runs the program in the runtime, in a project that has the SDK installed; returns what it printed.
 * @throws Error with what was printed when it fails
 */
export async function runProgram(runtime: Runtime, project: string, given: object): Promise<unknown> {
  const { name, version, start, files } = runtime;
  const tools = folderOf({ name: `runtime-${name}`, version });
  await installIn(tools, [
    ['npm', 'init', '--yes', '--init-type=module'],
    ['npm', 'install', '--no-audit', '--no-fund', '--save-exact', `${name}@${version}`],
  ]);
  await copyFile(PROGRAM, join(project, 'sdk-runtime.mjs'));
  const main = `import { useSdk } from './sdk-runtime.mjs';
const run = async () => console.log(JSON.stringify(await useSdk(${JSON.stringify(given)})));
`;
  await writeFile(join(project, 'main.mjs'), `${main}await run();\n`);
  await files?.(project, main);
  const [program, ...args] = start;
  const printed = await runIn(project, [join(tools, 'node_modules', '.bin', program), ...args]);
  return JSON.parse(printed.trim().split('\n').at(-1) ?? '');
}
