// Installs what is missing before `npm run demo` and `npm test`. Plain JavaScript without dependencies:
// on a fresh clone nothing else is installed, and the Node that runs this may be as old as 18.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const NODE_MAJOR_MIN = 18;
const NODE_MAJOR_WANTED = 24;
const PROGRESS_INTERVAL_MS = 5_000;
const OUTPUT_TAIL_CHARS_MAX = 8_000;

const project = join(dirname(fileURLToPath(import.meta.url)), '..');
const lockFile = join(project, 'package-lock.json');
const stampFile = join(project, 'node_modules', '.coffer-installed');
const isWindows = process.platform === 'win32';
const bundledNode = join(project, 'node_modules', '.bin', isWindows ? 'node.cmd' : 'node');

/** Ends the run with what happened and what to do next. */
function fail(...lines) {
  console.error(['', ...lines].map((line) => `coffer: ${line}`.trimEnd()).join('\n'));
  process.exit(1);
}

/** Whether an earlier `npm ci` installed the locked packages, checked without running npm. */
function matchesLock(lockText) {
  const hiddenLock = join(project, 'node_modules', '.package-lock.json');
  if (!existsSync(hiddenLock)) return false;
  const installed = JSON.parse(readFileSync(hiddenLock, 'utf8')).packages;
  const wanted = JSON.parse(lockText).packages;
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === '') return true;
    const present = installed[path];
    // The lock lists optional packages of other platforms, which are rightly not installed.
    if (present === undefined) return entry.optional === true;
    return present.version === entry.version && present.integrity === entry.integrity;
  });
}

/** @returns the version that node_modules/.bin/node answers, or undefined when it does not run */
function bundledNodeVersion() {
  if (!existsSync(bundledNode)) return undefined;
  const answer = spawnSync(bundledNode, ['--version'], { encoding: 'utf8', shell: isWindows, timeout: 60_000 });
  return answer.status === 0 ? answer.stdout.trim() : undefined;
}

/** npm as [command, first arguments]: the npm that runs this script, else the one in the PATH. */
function npmCommand() {
  const { npm_execpath: npm, npm_node_execpath: node } = process.env;
  // Only npm: the same variable may hold the path of another package manager.
  if (npm && node && /npm-cli\.[cm]?js$/.test(npm) && existsSync(npm) && existsSync(node)) return [node, [npm]];
  return ['npm', []];
}

/** Runs npm, shows that it is still working, and resolves to its exit code and the end of its output. */
function runNpm(first) {
  const [command, npm] = npmCommand();
  const args = [...npm, ...first, '--no-fund', '--no-audit', '--loglevel=error'];
  const startedAt = Date.now();
  const elapsed = () => `${Math.round((Date.now() - startedAt) / 1000)} s`;
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: project,
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: isWindows && command === 'npm',
      // Colours and spinners are for terminals; npm's output is a pipe here.
      env: { ...process.env, npm_config_progress: 'false', npm_config_update_notifier: 'false' },
    });
    let tail = '';
    const show = (stream) => (chunk) => {
      tail = (tail + chunk).slice(-OUTPUT_TAIL_CHARS_MAX);
      stream.write(chunk);
    };
    child.stdout.on('data', show(process.stdout));
    child.stderr.on('data', show(process.stderr));
    const ticker = setInterval(() => console.log(`coffer: still installing, ${elapsed()}`), PROGRESS_INTERVAL_MS);
    child.on('error', (error) => {
      clearInterval(ticker);
      resolve({ code: 1, tail: String(error), missing: error.code === 'ENOENT' });
    });
    child.on('close', (code) => {
      clearInterval(ticker);
      resolve({ code: code ?? 1, tail, missing: false });
    });
  });
}

/**
 * Installs what the lock file names. Whatever npm's configuration says, install scripts run only for the few packages
 * that package.json names (`allowScripts`): they unpack the programs that they ship.
 */
async function install() {
  console.log(
    'coffer: installing packages (Node 24, PostgreSQL and anvil come along); the first time takes a minute ...',
  );
  const unpacked = await runNpm(['ci', '--include=dev', '--include=optional', '--ignore-scripts']);
  if (unpacked.code !== 0) return unpacked;
  const { allowScripts } = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8'));
  const approved = Object.keys(allowScripts).filter(
    (name) => allowScripts[name] === true && existsSync(join(project, 'node_modules', name)),
  );
  return runNpm(['rebuild', '--ignore-scripts=false', ...approved]);
}

function explain({ code, tail, missing }) {
  if (missing) fail('npm was not found.', 'Install Node.js 18 or newer together with npm, then run the command again.');
  if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ERR_SOCKET_TIMEOUT/.test(tail)) {
    fail(
      'npm could not reach its registry.',
      'Check the network, a proxy (`npm config get proxy`) and `npm ping`, then run the command again.',
    );
  }
  if (/EACCES|EPERM/.test(tail)) fail(`npm may not write to ${project}.`, 'Check who owns the folder, then run again.');
  fail(`npm ended with code ${code}; its own words are above.`, 'Run `npm ci` by hand to see more.');
}

async function main() {
  const [nodeMajor] = process.versions.node.split('.');
  if (nodeMajor < NODE_MAJOR_MIN)
    fail(`Node ${process.versions.node} is too old; ${NODE_MAJOR_MIN} or newer is needed.`);
  if (!existsSync(lockFile)) fail(`${lockFile} is missing; clone the repository again.`);
  const lockText = readFileSync(lockFile, 'utf8');
  const stamp = `${createHash('sha256').update(lockText).digest('hex')} ${process.platform}-${process.arch}\n`;
  if (existsSync(bundledNode) && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return;

  if (!matchesLock(lockText)) {
    const startedAt = Date.now();
    const outcome = await install();
    if (outcome.code !== 0) explain(outcome);
    console.log(`coffer: packages installed in ${Math.round((Date.now() - startedAt) / 1000)} s`);
  }
  const version = bundledNodeVersion();
  if (version === undefined || !version.startsWith(`v${NODE_MAJOR_WANTED}.`)) {
    fail(
      `node_modules/.bin/node should be Node ${NODE_MAJOR_WANTED}, but ${version === undefined ? 'does not run' : `is ${version}`}.`,
      'The install script of the package `node` must be allowed to run: it puts that Node there.',
      'Remove node_modules and run the command again.',
    );
  }
  writeFileSync(stampFile, stamp);
}

await main();
