import { startNodeProgram } from './child.ts';
import { STARKNET_DEVNET_VERSION } from './starknet-binary.ts';

const READY_TIMEOUT_MS = 30_000;
const READY_PROBE_TIMEOUT_MS = 1_000;

export interface StarknetDevnetOptions {
  /** The binary, from `findStarknetDevnet`. */
  path: string;
  /** Seconds between blocks; 0 mines a block with each transaction. Default 1. */
  blockTimeSeconds?: number | undefined;
  /** Predeployed, funded accounts. Default 24. */
  accounts?: number | undefined;
  /** `SN_SEPOLIA` (default, what the program calls TESTNET) or `SN_MAIN` (MAINNET). */
  chainId?: 'SN_SEPOLIA' | 'SN_MAIN' | undefined;
  port?: number | undefined;
  /** Records requests, so that `devnet_dump {path}` writes and `devnet_load {path}` replays them. Default false. */
  dumps?: boolean | undefined;
}

export interface StarknetDevnet {
  readonly rpcUrl: string;
  readonly wsUrl: string;
  readonly chainId: string;
  readonly version: string;
  readonly pid: number;
  stop(): Promise<void>;
}

/** Starts the real starknet-devnet with seed 0 and all states kept, so that blocks can be aborted and read by hash. */
export async function startStarknetDevnet(options: StarknetDevnetOptions): Promise<StarknetDevnet> {
  const seconds = options.blockTimeSeconds ?? 1;
  const chainId = options.chainId ?? 'SN_SEPOLIA';
  const { child, port } = await startNodeProgram({
    name: 'starknet-devnet',
    file: options.path,
    port: options.port,
    readyTimeoutMs: READY_TIMEOUT_MS,
    argsFor: (freePort) => {
      const network = ['--host', '127.0.0.1', '--port', `${freePort}`];
      const identity = ['--seed', '0', '--chain-id', chainId === 'SN_MAIN' ? 'MAINNET' : 'TESTNET'];
      const accounts = ['--accounts', `${options.accounts ?? 24}`];
      const blocks = ['--block-generation-on', seconds > 0 ? `${seconds}` : 'transaction'];
      const dumps = options.dumps === true ? ['--dump-on', 'request'] : [];
      return [...network, ...identity, ...accounts, ...blocks, ...dumps, '--state-archive-capacity', 'full'];
    },
    isReady: async (freePort) => {
      try {
        const url = `http://127.0.0.1:${freePort}/is_alive`;
        return (await fetch(url, { signal: AbortSignal.timeout(READY_PROBE_TIMEOUT_MS) })).ok;
      } catch {
        return false;
      }
    },
  });
  return {
    rpcUrl: `http://127.0.0.1:${port}/rpc`,
    wsUrl: `ws://127.0.0.1:${port}/ws`,
    chainId,
    version: STARKNET_DEVNET_VERSION,
    pid: child.pid,
    stop: async () => {
      await child.stop();
    },
  };
}
