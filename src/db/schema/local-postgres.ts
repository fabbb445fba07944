/**
 * The default database when none is configured: PostgreSQL from npm, in `.data/postgres`, started and stopped by this
 * process. A keeper process stops the server when a pipe from this process closes, which happens however it ends.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  closeSync,
  existsSync,
  linkSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { Client } from 'pg';

import { findCount } from '../../core/integers.ts';
import { DEFAULT_DATA_DIR, findPostgresHome, type PostgresHome } from './local-postgres-home.ts';

const START_TIMEOUT_MS = 60_000;
const STOP_TIMEOUT_MS = 20_000;
const CONNECT_TIMEOUT_MS = 5_000;
const POLL_INTERVAL_MS = 50;
const START_ATTEMPTS_MAX = 5;
/** Pause before a server that ended by itself is started again; it doubles up to the second value while that fails. */
const RESTART_DELAY_MS = 500;
const RESTART_DELAY_MS_MAX = 30_000;
const LOG_SIZE_MAX_BYTES = 10_000_000;
/** A socket's path may have 104 bytes on macOS and 108 on Linux; the file name takes 18 of them. */
const SOCKET_DIR_LENGTH_MAX = 80;
const LOG_TAIL_CHARS_MAX = 2_000;

/** Every role needs its password, and connections from other machines are refused. */
const HOST_RULES = 'local all all scram-sha-256\nhost all all 127.0.0.1/32 scram-sha-256\n';

/** Stops the server when the pipe on stdin closes, and exits when the server does. */
const KEEPER = `
exec 3<&0 </dev/null
"$@" 3<&- & server=$!
( read -r _ <&3; kill -INT $server ) 2>/dev/null & watch=$!
exec 3<&-
wait $server; code=$?
kill $watch 2>/dev/null
exit $code`;

export interface LocalPostgresOptions {
  /** Default: `.data/postgres` in the project. */
  readonly dataDir?: string;
  /** Default: a free one, chosen at the first start and stored. */
  readonly port?: number;
  /** Extra server settings, by name. */
  readonly settings?: Readonly<Record<string, string>>;
  readonly log?: (line: string) => void;
  /** Starts the server again, on the same port, whenever it ends by itself. */
  readonly keepRunning?: boolean;
}

export interface LocalPostgres {
  /** Owner of the database `coffer`: migrations. May create databases. */
  readonly ownerUrl: string;
  /** The service's role, with only the rights that the migrations granted. */
  readonly appUrl: string;
  /** The superuser, on the database `postgres`. */
  readonly adminUrl: string;
  /** Stops the server if this call started it; resolves when it is down. */
  stop(): Promise<void>;
}

interface State {
  readonly port: number;
  readonly passwords: { readonly postgres: string; readonly coffer_owner: string; readonly coffer_app: string };
}

type Role = keyof State['passwords'];

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
}

function isPortFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.on('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}

const stateFile = (homeDir: string): string => join(homeDir, 'coffer.json');

function writeState(homeDir: string, state: State): void {
  const unfinished = `${stateFile(homeDir)}.${process.pid}`;
  writeFileSync(unfinished, `${JSON.stringify(state, undefined, 2)}\n`, { mode: 0o600 });
  renameSync(unfinished, stateFile(homeDir));
}

/** Reads the state, or makes it; if several processes make it at once, all get that of the first. */
async function readOrCreateState(homeDir: string): Promise<State> {
  if (!existsSync(stateFile(homeDir))) {
    const password = (): string => randomBytes(24).toString('base64url');
    const state: State = {
      port: await freePort(),
      passwords: { postgres: password(), coffer_owner: password(), coffer_app: password() },
    };
    const unfinished = `${stateFile(homeDir)}.${process.pid}`;
    writeFileSync(unfinished, `${JSON.stringify(state, undefined, 2)}\n`, { mode: 0o600 });
    try {
      linkSync(unfinished, stateFile(homeDir));
    } catch (error) {
      if (!existsSync(stateFile(homeDir))) throw error;
    } finally {
      rmSync(unfinished, { force: true });
    }
  }
  return JSON.parse(readFileSync(stateFile(homeDir), 'utf8')) as State;
}

function url(state: State, port: number, role: Role, database: string): string {
  return `postgres://${role}:${state.passwords[role]}@127.0.0.1:${port}/${database}`;
}

function run(home: PostgresHome, program: string, args: readonly string[], input: string): void {
  const outcome = spawnSync(join(home.binDir, program), args, {
    ...home.runAs,
    cwd: home.homeDir,
    input,
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], LC_ALL: 'C', TZ: 'UTC' },
    timeout: START_TIMEOUT_MS,
  });
  // In single-user mode PostgreSQL prints a failed statement and continues: the exit code does not show it.
  if (outcome.status !== 0 || /\b(ERROR|FATAL|PANIC):/.test(outcome.stderr)) {
    throw new Error(`${program} failed: ${outcome.error?.message ?? outcome.stderr.slice(-LOG_TAIL_CHARS_MAX)}`);
  }
}

/** Makes a cluster with its roles under another name and renames it when complete, so that none is ever half-made. */
function initialise(home: PostgresHome, state: State): void {
  const cluster = join(home.homeDir, 'cluster');
  if (existsSync(cluster)) return;
  const unfinished = `${cluster}.${process.pid}`;
  rmSync(unfinished, { recursive: true, force: true });
  const locale = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
  run(home, 'initdb', [`--pgdata=${unfinished}`, '--username=postgres', '--auth=trust', ...locale], '');
  writeFileSync(join(unfinished, 'pg_hba.conf'), HOST_RULES);
  const statements = [
    `ALTER ROLE postgres PASSWORD '${state.passwords.postgres}'`,
    `CREATE ROLE coffer_owner LOGIN CREATEDB PASSWORD '${state.passwords.coffer_owner}'`,
    `CREATE ROLE coffer_app LOGIN PASSWORD '${state.passwords.coffer_app}'`,
    'CREATE DATABASE coffer OWNER coffer_owner',
  ];
  run(home, 'postgres', ['--single', '-D', unfinished, 'postgres'], `${statements.join('\n')}\n`);
  try {
    renameSync(unfinished, cluster);
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    if (!existsSync(cluster)) throw error;
  }
}

async function accepts(adminUrl: string): Promise<boolean> {
  const client = new Client({ connectionString: adminUrl, connectionTimeoutMillis: CONNECT_TIMEOUT_MS });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

function isPostgresProcess(pid: number): boolean {
  const procFile = `/proc/${pid}/cmdline`;
  if (existsSync('/proc/self/cmdline')) {
    return existsSync(procFile) && readFileSync(procFile, 'utf8').includes('postgres');
  }
  return spawnSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).stdout.includes('postgres');
}

/** Process id and port from postmaster.pid, whose lines are pid, data, start, port, ...; undefined if it is not valid. */
function runningServer(cluster: string): { pid: number; port: number | undefined } | undefined {
  let lines: string[];
  try {
    lines = readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n');
  } catch {
    return undefined;
  }
  const pid = findCount((lines[0] ?? '').trim());
  if (pid === undefined || !isPostgresProcess(pid)) return undefined;
  return { pid, port: findCount((lines[3] ?? '').trim()) };
}

/** @returns the port of the server that runs here already, once it accepts connections; undefined when there is none */
async function findRunning(home: PostgresHome, state: State): Promise<number | undefined> {
  const cluster = join(home.homeDir, 'cluster');
  const deadline = Date.now() + START_TIMEOUT_MS;
  while (Date.now() < deadline) {
    const server = runningServer(cluster);
    if (server === undefined) return undefined;
    if (server.port !== undefined && (await accepts(url(state, server.port, 'postgres', 'postgres'))))
      return server.port;
    await sleep(POLL_INTERVAL_MS);
  }
  throw new Error(`a PostgreSQL runs on ${cluster} but does not answer; see ${join(home.homeDir, 'postgres.log')}`);
}

function launch(home: PostgresHome, port: number, settings: Readonly<Record<string, string>>): ChildProcess {
  const cluster = join(home.homeDir, 'cluster');
  const socketDir = Buffer.byteLength(cluster) <= SOCKET_DIR_LENGTH_MAX ? cluster : '';
  const all = { listen_addresses: '127.0.0.1', unix_socket_directories: socketDir, port: String(port), ...settings };
  const flags = Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const logFile = join(home.homeDir, 'postgres.log');
  if (existsSync(logFile) && statSync(logFile).size > LOG_SIZE_MAX_BYTES) renameSync(logFile, `${logFile}.before`);
  const output = openSync(logFile, 'a', 0o600);
  try {
    // Detached, so that Ctrl-C in a terminal does not stop the server before the processes that use it.
    const keeper = spawn('sh', ['-c', KEEPER, 'sh', join(home.binDir, 'postgres'), '-D', cluster, ...flags], {
      ...home.runAs,
      cwd: home.homeDir,
      detached: true,
      stdio: ['pipe', output, output],
      env: { PATH: process.env['PATH'], LC_ALL: 'C', TZ: 'UTC' },
    });
    keeper.stdin?.on('error', () => undefined);
    return keeper;
  } finally {
    closeSync(output);
  }
}

/** @returns whether the keeper, and with it the server, ended in time */
async function endsInTime(keeper: ChildProcess): Promise<boolean> {
  if (keeper.exitCode !== null || keeper.signalCode !== null) return true;
  return new Promise((resolve) => {
    const late = setTimeout(() => resolve(false), STOP_TIMEOUT_MS);
    keeper.once('exit', () => {
      clearTimeout(late);
      resolve(true);
    });
  });
}

async function stopServer(keeper: ChildProcess, cluster: string): Promise<void> {
  keeper.ref();
  keeper.stdin?.end();
  if (await endsInTime(keeper)) return;
  // Stops without a last checkpoint: the next start replays the log, and nothing that was committed is lost.
  const server = runningServer(cluster);
  if (server !== undefined) process.kill(server.pid, 'SIGQUIT');
  if (!(await endsInTime(keeper))) throw new Error(`PostgreSQL on ${cluster} does not stop`);
}

/**
 * Removes a pid file that a crash left and whose process id another program has now: PostgreSQL would refuse to start. It
 * handles itself ids that no process has, and a file that is being written.
 */
function clearStrangePidFile(cluster: string): void {
  const pidFile = join(cluster, 'postmaster.pid');
  const aside = `${pidFile}.${process.pid}`;
  const judged = existsSync(pidFile) ? readFileSync(pidFile, 'utf8') : '';
  const pid = findCount((judged.split('\n')[0] ?? '').trim());
  if (pid === undefined || isPostgresProcess(pid)) return;
  renameSync(pidFile, aside);
  // Another process may have removed it and started a server between the reading and the renaming.
  if (readFileSync(aside, 'utf8') === judged) rmSync(aside);
  else renameSync(aside, pidFile);
}

/** Starts a server and waits until it accepts connections. @returns undefined when it exited instead */
async function start(
  home: PostgresHome,
  state: State,
  settings: Readonly<Record<string, string>>,
): Promise<ChildProcess | undefined> {
  const cluster = join(home.homeDir, 'cluster');
  clearStrangePidFile(cluster);
  const keeper = launch(home, state.port, settings);
  const ended = new AbortController();
  const end = (): void => ended.abort();
  keeper.once('error', end).once('exit', end);
  const deadline = Date.now() + START_TIMEOUT_MS;
  const adminUrl = url(state, state.port, 'postgres', 'postgres');
  while (!ended.signal.aborted && Date.now() < deadline) {
    if (runningServer(cluster)?.port === state.port && (await accepts(adminUrl))) break;
    await sleep(POLL_INTERVAL_MS);
  }
  if (ended.signal.aborted) return undefined;
  keeper.unref();
  return keeper;
}

async function startOrAttach(
  home: PostgresHome,
  state: State,
  options: LocalPostgresOptions,
): Promise<{ port: number; keeper: ChildProcess | undefined }> {
  let port = options.port ?? state.port;
  for (let attempt = 1; attempt <= START_ATTEMPTS_MAX; attempt += 1) {
    const running = await findRunning(home, state);
    if (running !== undefined) return { port: running, keeper: undefined };
    if (attempt > 1 && !(await isPortFree(port))) {
      if (options.port !== undefined) throw new Error(`port ${port} is taken: choose another one for PostgreSQL`);
      port = await freePort();
      writeState(home.homeDir, { ...state, port });
    }
    const keeper = await start(home, { ...state, port }, options.settings ?? {});
    if (keeper !== undefined) return { port, keeper };
  }
  const log = join(home.homeDir, 'postgres.log');
  const tail = existsSync(log) ? readFileSync(log, 'utf8').slice(-LOG_TAIL_CHARS_MAX) : '';
  throw new Error(`PostgreSQL did not start; the end of its log (${log}):\n${tail}`);
}

/**
 * Watches a server that this process started, and starts it again when it ends by itself, until `stop` is called.
 * @param begin starts the server once more; without a keeper in its answer, another process has done so meanwhile.
 */
function supervise(
  first: ChildProcess,
  begin: () => Promise<{ readonly keeper: ChildProcess | undefined }>,
  log: (line: string) => void,
): { readonly stop: () => Promise<ChildProcess | undefined> } {
  const stopping = new AbortController();
  let running: ChildProcess | undefined = first;
  let restart: Promise<void> = Promise.resolve();
  const watch = (keeper: ChildProcess): void => {
    const ended = (): void => {
      if (!stopping.signal.aborted) restart = again();
    };
    if (keeper.exitCode === null) keeper.once('exit', ended);
    else ended();
  };
  const again = async (): Promise<void> => {
    running = undefined;
    for (let delayMs = RESTART_DELAY_MS; ; delayMs = Math.min(2 * delayMs, RESTART_DELAY_MS_MAX)) {
      log('PostgreSQL has ended by itself; it is started again');
      await sleep(delayMs, undefined, { signal: stopping.signal, ref: false }).catch(() => undefined);
      if (stopping.signal.aborted) return;
      try {
        const { keeper } = await begin();
        if (!keeper) continue;
        running = keeper;
        return watch(keeper);
      } catch (error) {
        log(error instanceof Error ? error.message : String(error));
      }
    }
  };
  watch(first);
  return {
    stop: async () => {
      stopping.abort();
      await restart;
      return running;
    },
  };
}

/**
 * Starts the bundled PostgreSQL on a data folder, or attaches to it when another process of ours runs it already; makes
 * the cluster, its roles and the database `coffer` on first use. fsync and synchronous_commit stay on unless `settings`
 * turns them off. A server that this call started stops with this process, however that ends.
 * @throws Error when PostgreSQL cannot run here or does not start; the message has the end of its log
 */
export async function openLocalPostgres(options: LocalPostgresOptions = {}): Promise<LocalPostgres> {
  const log = options.log ?? ((): void => undefined);
  const home = await findPostgresHome(options.dataDir ?? DEFAULT_DATA_DIR, log);
  const state = await readOrCreateState(home.homeDir);
  initialise(home, state);
  const { port, keeper } = await startOrAttach(home, state, options);
  log(`PostgreSQL ${keeper === undefined ? 'already runs' : 'started'} on 127.0.0.1:${port}, data in ${home.homeDir}`);
  const again = async (): Promise<{ keeper: ChildProcess | undefined }> =>
    startOrAttach(home, state, { ...options, port });
  const supervised = keeper && options.keepRunning === true ? supervise(keeper, again, log) : undefined;
  return {
    ownerUrl: url(state, port, 'coffer_owner', 'coffer'),
    appUrl: url(state, port, 'coffer_app', 'coffer'),
    adminUrl: url(state, port, 'postgres', 'postgres'),
    stop: async () => {
      const running = supervised ? await supervised.stop() : keeper;
      if (running) await stopServer(running, join(home.homeDir, 'cluster'));
    },
  };
}
