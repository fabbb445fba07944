#!/usr/bin/env node
// The `coffer` command: runs src/cli/main on Node 24, whatever Node started this file.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { constants } from 'node:os';

const NODE_MAJOR_MIN = 24;
/** How often the launcher looks whether the npm that started it is still there. */
const PARENT_LOOK_MS = 200;
const project = join(dirname(fileURLToPath(import.meta.url)), '..');
const isWindows = process.platform === 'win32';
// A checkout has TypeScript, which Node runs as it is; the package that production installs has JavaScript.
const [program] = ['main.ts', 'main.js'].map((file) => join(project, 'src', 'cli', file)).filter(existsSync);
const bundledNode = join(project, 'node_modules', 'node', 'bin', isWindows ? 'node.exe' : 'node');

const [major] = process.versions.node.split('.');
const node = existsSync(bundledNode) ? bundledNode : process.execPath;
if (node === process.execPath && major < NODE_MAJOR_MIN) {
  console.error(
    `coffer: Node ${NODE_MAJOR_MIN} was not found. Run \`npm ci\` in ${project} first: it brings it along.`,
  );
  process.exit(1);
}

const child = spawn(node, [program, ...process.argv.slice(2)], {
  stdio: 'inherit',
});
child.on('error', (error) => {
  console.error(`coffer: could not start Node ${NODE_MAJOR_MIN}: ${error.message}`);
  process.exit(1);
});
// Ctrl-C in a terminal reaches the child by itself; a signal sent to this process alone is handed on.
process.on('SIGINT', () => process.stdin.isTTY || child.kill('SIGINT'));
for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
// npm and npx hand a signal to a shell that does not hand it on: under them, the end of the shell is the signal.
if (process.env['npm_command'] !== undefined && !isWindows) {
  const parent = process.ppid;
  const looking = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(looking);
    child.kill('SIGTERM');
  }, PARENT_LOOK_MS);
}
child.on('exit', (code, signal) => {
  // 128 + n is what a shell reports for a program ended by signal n.
  process.exit(signal === null ? (code ?? 1) : 128 + constants.signals[signal]);
});
