import { execFile, spawn } from 'node:child_process';
import { chmod, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';

/** The starknet-devnet that the devnet and its tests are written for: JSON-RPC 0.10.2. */
export const STARKNET_DEVNET_VERSION = '0.10.1';

const VERSION_TIMEOUT_MS = 5_000;
const DOWNLOAD_TIMEOUT_MS = 15_000;
const UNPACK_TIMEOUT_MS = 30_000;
const BUILD_TIMEOUT_MS = 60 * 60_000;
const PROGRESS_INTERVAL_MS = 15_000;
const BUILD_ERROR_CHARS_MAX = 2_000;
const RELEASES = 'https://github.com/0xSpaceShard/starknet-devnet/releases/download';

const run = promisify(execFile);

export interface FindOptions {
  /** Whether it may download from the project's release page. Fails within seconds without a network. Default false. */
  download?: boolean;
  /** Whether it may build with cargo, which takes 15 to 20 minutes on two cores. Default false. */
  build?: boolean;
  log?: (line: string) => void;
}

/** Folder of the cached copy: `$COFFER_CACHE_DIR`, else `$XDG_CACHE_HOME/coffer`, else `~/.cache/coffer`. */
export function getCachedBinaryPath(env: NodeJS.ProcessEnv = process.env): string {
  // An empty variable counts as not set.
  const cache = env['COFFER_CACHE_DIR'] || join(env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'coffer');
  return join(getInstallRoot(cache), 'bin', 'starknet-devnet');
}

function getInstallRoot(cache: string): string {
  return join(cache, `starknet-devnet-${STARKNET_DEVNET_VERSION}`);
}

/** Where cargo keeps what it has compiled until the build is done. */
function getBuildFolder(root: string): string {
  return `${root}-build`;
}

/**
 * Looks for a starknet-devnet that runs, in this order: `STARKNET_DEVNET_BIN`, PATH, the cache, the release page with
 * `download`, a build from source with `build`. Gives its path, or undefined when there is none. A
 * `STARKNET_DEVNET_BIN` that does not run is an error, since it was set on purpose.
 */
export async function findStarknetDevnet(options: FindOptions = {}): Promise<string | undefined> {
  const log = options.log ?? (() => undefined);
  const wanted = process.env['STARKNET_DEVNET_BIN'];
  if (wanted !== undefined && wanted !== '') {
    if ((await findVersion(wanted)) !== undefined) return wanted;
    throw new Error(`STARKNET_DEVNET_BIN=${wanted} does not run; unset it, or point it at a starknet-devnet`);
  }
  const cached = getCachedBinaryPath();
  const inPath = (process.env['PATH'] ?? '').split(delimiter).map((folder) => join(folder, 'starknet-devnet'));
  for (const candidate of [...inPath, cached]) {
    const version = await findVersion(candidate);
    if (version === STARKNET_DEVNET_VERSION) return candidate;
    if (version !== undefined) log(`${candidate} is version ${version}, not ${STARKNET_DEVNET_VERSION}: skipped`);
  }
  if (options.download === true && (await download(cached, log))) return cached;
  if (options.build === true && (await build(cached, log))) return cached;
  return undefined;
}

/** The version that a binary reports, such as `0.10.1`; undefined when it does not run. */
async function findVersion(path: string): Promise<string | undefined> {
  try {
    const { stdout } = await run(path, ['--version'], { timeout: VERSION_TIMEOUT_MS });
    return /(\d+\.\d+\.\d+)/.exec(stdout)?.[1];
  } catch {
    return undefined;
  }
}

function findReleaseTarget(): string | undefined {
  const cpu = { x64: 'x86_64', arm64: 'aarch64' }[process.arch as string];
  const system = { linux: 'unknown-linux-gnu', darwin: 'apple-darwin' }[process.platform as string];
  return cpu === undefined || system === undefined ? undefined : `${cpu}-${system}`;
}

async function download(target: string, log: (line: string) => void): Promise<boolean> {
  const platform = findReleaseTarget();
  if (platform === undefined) return false;
  const url = `${RELEASES}/v${STARKNET_DEVNET_VERSION}/starknet-devnet-${platform}.tar.gz`;
  const folder = await mkdtemp(join(tmpdir(), 'coffer-starknet-devnet-'));
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(DOWNLOAD_TIMEOUT_MS) });
    if (!response.ok) throw new Error(`HTTP ${response.status}`);
    const archive = join(folder, 'release.tar.gz');
    await writeFile(archive, new Uint8Array(await response.arrayBuffer()));
    await run('tar', ['-xzf', archive, '-C', folder], { timeout: UNPACK_TIMEOUT_MS });
    const unpacked = join(folder, 'starknet-devnet');
    await chmod(unpacked, 0o755);
    const version = await findVersion(unpacked);
    if (version !== STARKNET_DEVNET_VERSION)
      throw new Error(`it does not run on this machine, or has another version (${version})`);
    await mkdir(join(target, '..'), { recursive: true });
    await run('cp', [unpacked, `${target}.${process.pid}`], { timeout: UNPACK_TIMEOUT_MS });
    await rename(`${target}.${process.pid}`, target);
    return true;
  } catch (error) {
    log(
      `starknet-devnet could not be downloaded from its release page (${error instanceof Error ? error.message : String(error)})`,
    );
    return false;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Builds with cargo into the cache. Prints its progress at least every 15 seconds. */
async function build(target: string, log: (line: string) => void): Promise<boolean> {
  const root = join(target, '..', '..');
  await mkdir(root, { recursive: true });
  log(`building starknet-devnet ${STARKNET_DEVNET_VERSION} with cargo: 15 to 20 minutes on two cores, once`);
  const args = ['install', 'starknet-devnet', '--locked', '--version', STARKNET_DEVNET_VERSION, '--root', root];
  // A target folder of its own, so that a build that is cut off goes on where it was.
  const env = { ...process.env, CARGO_TARGET_DIR: getBuildFolder(root) };
  const cargo = spawn('cargo', args, { env, stdio: ['ignore', 'ignore', 'pipe'], timeout: BUILD_TIMEOUT_MS });
  let crateCount = 0;
  let tail = '';
  const startedAt = Date.now();
  cargo.stderr.on('data', (chunk: Buffer) => {
    const text = chunk.toString('utf8');
    crateCount += text.split(' Compiling ').length - 1;
    tail = (tail + text).slice(-BUILD_ERROR_CHARS_MAX);
  });
  const progress = setInterval(() => {
    log(`  ${crateCount} crates compiled, ${Math.round((Date.now() - startedAt) / 1000)} s`);
  }, PROGRESS_INTERVAL_MS);
  const failure = await new Promise<string | undefined>((resolve) => {
    cargo.once('error', (error) => resolve(error.message));
    cargo.once('close', (code) => resolve(code === 0 ? undefined : `cargo ended with ${code}: ${tail}`));
  });
  clearInterval(progress);
  if (failure !== undefined) log(`starknet-devnet could not be built: ${failure}; the next try goes on from here`);
  const isBuilt = failure === undefined && (await findVersion(target)) === STARKNET_DEVNET_VERSION;
  if (isBuilt) await rm(getBuildFolder(root), { recursive: true, force: true });
  return isBuilt;
}

async function main(args: readonly string[]): Promise<number> {
  const unknown = args.filter((arg) => arg !== '--build');
  if (unknown.length > 0) {
    console.error(`unknown argument ${unknown[0]}; usage: node devnet/starknet-binary.ts [--build]`);
    return 2;
  }
  const path = await findStarknetDevnet({
    download: true,
    build: args.includes('--build'),
    log: (line) => console.error(line),
  });
  if (path === undefined) {
    console.error(
      'no starknet-devnet found; set STARKNET_DEVNET_BIN, or build one: node devnet/starknet-binary.ts --build',
    );
    return 1;
  }
  console.log(path);
  return 0;
}

if (import.meta.main) process.exitCode = await main(process.argv.slice(2));
