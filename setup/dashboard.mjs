// Builds the web app into dashboard/dist, if it is not built from these sources yet. Its packages are its own: they are
// installed here from its lock file, without running their scripts, and are not needed by the service.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const INSTALL_TIMEOUT_MS = 300_000;
const BUILD_TIMEOUT_MS = 300_000;
const TURN_POLL_MS = 200;

const project = join(dirname(fileURLToPath(import.meta.url)), '..');
const app = join(project, 'dashboard');
const lock = join(app, 'package-lock.json');
const installedStamp = join(app, 'node_modules', '.coffer-installed');
const turn = join(app, '.building');
const builtStamp = join(app, 'dist', '.built-from');
const OWN_FILES = ['package.json', 'package-lock.json', 'index.html', 'vite.config.js', 'tsconfig.json'];

/** Every file that the build reads, in a fixed order. */
function sources(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? sources(path) : [path];
    });
}

function hashOf(paths) {
  const hash = createHash('sha256');
  for (const path of paths)
    hash
      .update(`${path.slice(app.length)}\0`)
      .update(readFileSync(path))
      .update('\0');
  return hash.digest('hex');
}

const stamp = (path) => (existsSync(path) ? readFileSync(path, 'utf8') : '');

function run(what, command, args, timeout) {
  const isShell = process.platform === 'win32';
  const done = spawnSync(command, args, { cwd: app, encoding: 'utf8', timeout, shell: isShell });
  if (done.status === 0) return;
  console.error(`coffer: ${what} failed\n${done.stdout ?? ''}${done.stderr ?? ''}${done.error ?? ''}`);
  process.exit(1);
}

/** Waits until no other process builds here: two that install into one folder leave neither. */
function takeTurn() {
  for (;;) {
    try {
      mkdirSync(turn);
      process.on('exit', () => rmSync(turn, { recursive: true, force: true }));
      return;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    const since = statSync(turn, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
    // It was left by a process that was killed.
    if (Date.now() - since > INSTALL_TIMEOUT_MS + 2 * BUILD_TIMEOUT_MS) rmSync(turn, { recursive: true, force: true });
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, TURN_POLL_MS);
  }
}

const wanted = hashOf([...OWN_FILES.map((name) => join(app, name)), ...sources(join(app, 'src'))]);
if (stamp(builtStamp) !== wanted) takeTurn();
if (stamp(builtStamp) !== wanted) {
  const locked = hashOf([lock]);
  if (stamp(installedStamp) !== locked) {
    console.log('coffer: installing what the web app is built with');
    const { npm_execpath: npm, npm_node_execpath: node } = process.env;
    const isNpm = npm !== undefined && node !== undefined && /npm-cli\.[cm]?js$/.test(npm);
    const [command, first] = isNpm ? [node, [npm]] : ['npm', []];
    const flags = ['ci', '--ignore-scripts', '--no-fund', '--no-audit', '--loglevel=error'];
    run('installing the packages of the web app', command, [...first, ...flags], INSTALL_TIMEOUT_MS);
    writeFileSync(installedStamp, locked);
  }
  console.log('coffer: building the web app');
  const tool = (...path) => join(app, 'node_modules', ...path);
  run('compiling the web app', process.execPath, [tool('typescript', 'bin', 'tsc'), '-p', '.'], BUILD_TIMEOUT_MS);
  rmSync(join(app, 'dist'), { recursive: true, force: true });
  const build = [tool('vite', 'bin', 'vite.js'), 'build', '--logLevel', 'error'];
  run('building the web app', process.execPath, build, BUILD_TIMEOUT_MS);
  mkdirSync(join(app, 'dist'), { recursive: true });
  writeFileSync(builtStamp, wanted);
}
