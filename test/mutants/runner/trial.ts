/** A copy of the tree in which mutants are tested, and a PostgreSQL of its own that all their tests share. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { asAdmin, dropTestDatabases } from '../../support/process/database-server.ts';
import { openServer } from '../../support/process/global-database.ts';

const RUN_TIMEOUT_MS = 600_000;
const OUTPUT_TAIL_CHARS_MAX = 3_000;
const TERMINATE_GRACE_MS = 15_000;

export interface TestRun {
  readonly outcome: 'passed' | 'failed' | 'timeout';
  /** The end of the tests' output. */
  readonly output: string;
}

/** Copies the tree as it is, with uncommitted work, and links in the installed packages. */
function copyTree(project: string): string {
  const copy = mkdtempSync(join(tmpdir(), 'coffer-mutants-'));
  process.on('exit', () => rmSync(copy, { recursive: true, force: true }));
  const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
    cwd: project,
    encoding: 'utf8',
  });
  // Where node_modules is a link, git lists it as a file.
  const paths = listed.split('\n').filter((path) => path !== '' && path !== 'node_modules');
  for (const path of paths.filter((one) => existsSync(join(project, one)))) {
    mkdirSync(dirname(join(copy, path)), { recursive: true });
    copyFileSync(join(project, path), join(copy, path));
  }
  symlinkSync(join(project, 'node_modules'), join(copy, 'node_modules'));
  // The house rules ask git for the project's files.
  execFileSync('git', ['init', '--quiet'], { cwd: copy });
  writeFileSync(join(copy, '.git', 'info', 'exclude'), 'node_modules\n');
  return copy;
}

/** The vitest project that a test file belongs to, as vitest.config.ts has it. */
function projectOf(path: string): string {
  if (!path.startsWith('test/')) return 'unit';
  return path.startsWith('test/long/') ? 'long' : 'system';
}

function startVitest(tree: string, tests: readonly string[], env: NodeJS.ProcessEnv): ChildProcess {
  const projects = [...new Set(tests.map(projectOf))].flatMap((name) => ['--project', name]);
  const args = [join('node_modules', 'vitest', 'vitest.mjs'), 'run', '--bail=1', ...projects, ...tests];
  return spawn(process.execPath, args, { cwd: tree, stdio: ['ignore', 'pipe', 'pipe'], env });
}

function endOf(child: ChildProcess): Promise<TestRun> {
  return new Promise((resolve, reject) => {
    let output = '';
    const collect = (chunk: Buffer): void => {
      output = (output + chunk.toString()).slice(-OUTPUT_TAIL_CHARS_MAX);
    };
    child.stdout?.on('data', collect);
    child.stderr?.on('data', collect);
    child.on('error', reject);
    let timedOut = false;
    const timer = setTimeout(() => {
      timedOut = true;
      child.kill('SIGTERM');
      setTimeout(() => child.kill('SIGKILL'), TERMINATE_GRACE_MS).unref();
    }, RUN_TIMEOUT_MS);
    child.on('close', (code) => {
      clearTimeout(timer);
      resolve({ outcome: timedOut ? 'timeout' : code === 0 ? 'passed' : 'failed', output });
    });
  });
}

type Server = Awaited<ReturnType<typeof openServer>>;

/**
 * Drops the databases and connections that tests leave behind when they stop at their first failure. A server that
 * TEST_DATABASE_URL names is only checked to answer.
 *
 * @throws when the server cannot be reached: then that is why tests failed, and the run proves nothing about a mutant
 */
async function clear(server: Server): Promise<void> {
  if (server.isOwn) await dropTestDatabases(server.adminUrl);
  else await asAdmin(server.adminUrl, ['SELECT 1']);
}

export class Trial {
  readonly #tree: string;
  /** Started for the first tests that need a database. */
  #server: Server | undefined;
  #child: ChildProcess | undefined;

  constructor(project: string) {
    this.#tree = copyTree(project);
  }

  /** Runs tests in the tree; a changed file is restored afterwards. */
  async run(tests: readonly string[], changed?: { readonly file: string; readonly text: string }): Promise<TestRun> {
    if (tests.some((path) => projectOf(path) !== 'unit')) this.#server ??= await openServer();
    const target = join(this.#tree, changed?.file ?? '');
    const original = changed && readFileSync(target, 'utf8');
    if (changed) writeFileSync(target, changed.text);
    try {
      const database = this.#server ? { TEST_DATABASE_URL: this.#server.adminUrl } : {};
      this.#child = startVitest(this.#tree, tests, { ...process.env, NO_COLOR: '1', ...database });
      return await endOf(this.#child);
    } finally {
      if (original !== undefined) writeFileSync(target, original);
      if (this.#server) await clear(this.#server);
    }
  }

  /** Ends running tests and the server. */
  async close(): Promise<void> {
    this.#child?.kill('SIGTERM');
    await this.#server?.close();
  }
}
