import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { callRpc } from './json-rpc.ts';
import { startNodeProgram } from './child.ts';

const READY_TIMEOUT_MS = 15_000;
const READY_PROBE_TIMEOUT_MS = 1_000;
const BLOCK_GAS_LIMIT = 300_000_000;

/** Anvil's default test mnemonic: the same accounts on every run. It is public; never use it with real money. */
export const ANVIL_MNEMONIC = 'test test test test test test test test test test test junk';

export interface AnvilOptions {
  /** Seconds between blocks; 0 mines a block with each transaction. Default 1. */
  blockTimeSeconds?: number | undefined;
  /** Default 31337. */
  chainId?: number | undefined;
  /** Funded accounts of the test phrase. Default 26. */
  accounts?: number | undefined;
  port?: number | undefined;
  /** Slots per epoch: `finalized` is two epochs behind the head. Default 1. */
  slotsInAnEpoch?: number | undefined;
}

export interface Anvil {
  readonly rpcUrl: string;
  readonly wsUrl: string;
  readonly chainId: number;
  readonly pid: number;
  stop(): Promise<void>;
}

/**
 * Path of the anvil binary. The `anvil` in node_modules/.bin is a script that starts it; killing the script would leave
 * the binary running. Throws where npm has no build for this platform.
 */
export function getAnvilPath(): string {
  const cpu = process.arch === 'x64' ? 'amd64' : process.arch;
  const platform = process.platform === 'win32' ? 'win32' : process.platform;
  const packageName = `@foundry-rs/anvil-${platform}-${cpu}`;
  try {
    const anvilPackage = createRequire(import.meta.url).resolve('@foundry-rs/anvil/package.json');
    const manifest = createRequire(anvilPackage).resolve(`${packageName}/package.json`);
    return join(dirname(manifest), 'bin', process.platform === 'win32' ? 'anvil.exe' : 'anvil');
  } catch (error) {
    throw new Error(`no anvil for this machine: the package ${packageName} is not installed (run npm ci)`, {
      cause: error,
    });
  }
}

/**
 * Starts anvil, with one slot per epoch by default, so that `finalized` is two blocks behind the head and the finality
 * policy of production can be used unchanged.
 */
export async function startAnvil(options: AnvilOptions = {}): Promise<Anvil> {
  const chainId = options.chainId ?? 31337;
  const blockTimeSeconds = options.blockTimeSeconds ?? 1;
  const timer = blockTimeSeconds > 0 ? ['--block-time', `${blockTimeSeconds}`] : [];
  const { child, port } = await startNodeProgram({
    name: 'anvil',
    file: getAnvilPath(),
    port: options.port,
    readyTimeoutMs: READY_TIMEOUT_MS,
    argsFor: (freePort) => {
      const network = ['--host', '127.0.0.1', '--port', `${freePort}`, '--chain-id', `${chainId}`, '--quiet'];
      const slots = `${options.slotsInAnEpoch ?? 1}`;
      const blocks = ['--slots-in-an-epoch', slots, '--gas-limit', `${BLOCK_GAS_LIMIT}`, ...timer];
      return [...network, ...blocks, '--mnemonic', ANVIL_MNEMONIC, '--accounts', `${options.accounts ?? 26}`];
    },
    isReady: async (freePort) => {
      try {
        await callRpc(`http://127.0.0.1:${freePort}`, 'eth_chainId', [], READY_PROBE_TIMEOUT_MS);
        return true;
      } catch {
        return false;
      }
    },
  });
  return {
    rpcUrl: `http://127.0.0.1:${port}`,
    wsUrl: `ws://127.0.0.1:${port}`,
    chainId,
    pid: child.pid,
    stop: async () => child.stop(),
  };
}
