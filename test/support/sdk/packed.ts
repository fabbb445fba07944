/** The SDK as its users have it: packed, and installed into a project that has nothing else. */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';

export const SDK = join(import.meta.dirname, '..', '..', '..', 'sdk', 'typescript');
const BIN = join(import.meta.dirname, '..', '..', '..', 'node_modules', '.bin');
const PROGRAM_TIMEOUT_MS = 60_000;
const run = promisify(execFile);

/** Packs the SDK, which compiles it, and installs it; returns the project's folder. */
export async function installPacked(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'coffer-sdk-'));
  const npm = async (args: readonly string[], cwd: string): Promise<string> => {
    const flags = ['--no-audit', '--no-fund', '--loglevel=error', `--cache=${join(folder, 'cache')}`];
    return (
      await run('npm', [...args, ...flags], {
        cwd,
        env: { ...process.env, PATH: `${BIN}${delimiter}${process.env['PATH'] ?? ''}` },
      })
    ).stdout;
  };
  const packed = await npm(['pack', '--json', `--pack-destination=${folder}`], SDK);
  // What `prepack` prints comes first.
  const [{ filename } = { filename: '' }] = JSON.parse(packed.slice(packed.indexOf('[\n'))) as { filename: string }[];
  const project = join(folder, 'project');
  await mkdir(project);
  await writeFile(join(project, 'package.json'), '{"private": true, "type": "module"}');
  await npm(['install', join(folder, filename), '--ignore-scripts', '--offline'], project);
  return project;
}

/** The code of a page of the documentation, as it is printed: the block with that number, counted from 0. */
export async function printedCode(page: string, block = 0): Promise<string> {
  const text = await readFile(page, 'utf8');
  const found = [...text.matchAll(/```(?:js|ts|py)\n(.*?)```/gs)][block]?.[1];
  if (found === undefined) throw new Error(`${page} has no block of code ${block}`);
  return found;
}

/** Runs a program in the project; returns the lines that it prints. @throws Error when it fails */
export async function runProgram(
  project: string,
  name: string,
  code: string,
  env: NodeJS.ProcessEnv,
): Promise<string[]> {
  await writeFile(join(project, name), code);
  const { stdout } = await run(process.execPath, [name], {
    cwd: project,
    timeout: PROGRAM_TIMEOUT_MS,
    env: { PATH: process.env['PATH'], ...env },
  });
  return stdout.trim().split('\n');
}
