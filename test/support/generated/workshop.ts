/** Folders in which clients are generated: each keeps its installed tools between runs and begins with fresh files. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';

/** A program and its arguments. */
export type Command = readonly [program: string, ...args: string[]];

/** What a generator makes of the document, by the commands of its users. They run in a folder that has `openapi.json`. */
export interface Generator {
  readonly name: string;
  readonly version: string;
  /** Files of `test/generated/programs`, by their names in the folder. */
  readonly programs: Readonly<Record<string, string>>;
  /** Further files of the folder, by name. */
  readonly files: Readonly<Record<string, string>>;
  /** Gets the tools from their registry; skipped when they are there. */
  readonly install: readonly Command[];
  /** What the generator makes; removed before it runs. */
  readonly made: readonly string[];
  readonly generate: readonly Command[];
  readonly compile: readonly Command[];
  /** Calls the service at COFFER_URL with the key COFFER_KEY and prints what came back as one line of JSON. */
  readonly call: Command;
}

const PROGRAMS = join(import.meta.dirname, '..', '..', 'generated', 'programs');
const COMMAND_TIMEOUT_MS = 15 * 60_000;
const OUTPUT_BYTES_MAX = 64 * 1024 * 1024;
const SHOWN_CHARS = 4_000;
/** Where Go is when it is not in PATH. */
const GO_FOLDERS = ['/usr/local/go/bin'];

const run = promisify(execFile);

/** The folder of tools with this name and version, in the user's cache. */
export function folderOf({ name, version }: Pick<Generator, 'name' | 'version'>): string {
  // An empty variable counts as not set.
  const cache =
    process.env['COFFER_CACHE_DIR'] || join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'coffer');
  return join(cache, 'generated', `${name.replaceAll(/[^a-z0-9]+/g, '-')}-${version}`);
}

/**
 * Runs a command in a folder; returns what it printed.
 * @throws Error with the end of what it printed when it fails
 */
export async function runIn(folder: string, [program, ...args]: Command, env: NodeJS.ProcessEnv = {}): Promise<string> {
  const path = [
    join(folder, 'node_modules', '.bin'),
    join(folder, 'venv', 'bin'),
    dirname(process.execPath),
    process.env['PATH'] ?? '',
    ...GO_FOLDERS,
  ];
  try {
    const { stdout } = await run(program, args, {
      cwd: folder,
      timeout: COMMAND_TIMEOUT_MS,
      maxBuffer: OUTPUT_BYTES_MAX,
      env: { ...process.env, GOFLAGS: '-mod=mod', PATH: path.join(delimiter), ...env },
    });
    return stdout;
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    const said = `${stdout}\n${stderr}`.trim().slice(-SHOWN_CHARS);
    throw new Error(`${[program, ...args].join(' ')} failed in ${folder}:\n${said}`, { cause: error });
  }
}

/** Installs tools into a folder, once. */
export async function installIn(folder: string, commands: readonly Command[]): Promise<void> {
  const done = join(folder, 'installed');
  if (existsSync(done)) return;
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  for (const command of commands) await runIn(folder, command);
  await writeFile(done, '');
}

/** Generates and compiles a client of a document; returns its folder. @throws Error when a step fails */
export async function make(generator: Generator, document: string): Promise<string> {
  const folder = folderOf(generator);
  await installIn(folder, generator.install);
  for (const name of generator.made) await rm(join(folder, name), { recursive: true, force: true });
  await writeFile(join(folder, 'openapi.json'), document);
  for (const [name, text] of Object.entries(generator.files)) await writeFile(join(folder, name), text);
  for (const [name, program] of Object.entries(generator.programs)) {
    await copyFile(join(PROGRAMS, program), join(folder, name));
  }
  for (const command of [...generator.generate, ...generator.compile]) await runIn(folder, command);
  return folder;
}
