import type { DevChain } from './dev-chain.ts';
import { startEvmDevChain, type EvmDevChain } from './evm-token.ts';
import { findStarknetDevnet } from './starknet-binary.ts';
import { startSimDevChain, type SimDevChain } from './starknet-sim/sim-chain.ts';
import type { TransferLayout } from './starknet-sim/chain-state.ts';
import { startStarknetDevnetChain, type StarknetDevnetChain } from './starknet-token.ts';

export type { DevChain, SentTransaction, TransferOrder } from './dev-chain.ts';

const STARKNET_ACCOUNTS = 24;

export interface EvmWorldOptions {
  chainId?: number;
  accounts?: number;
  /** Slots per epoch: `finalized` is two epochs behind the head. Default 1. */
  slotsInAnEpoch?: number;
}

export interface StarknetWorldOptions {
  /** `auto` (default): the real node if a binary is found, else the simulator. `devnet`: the real one or an error. */
  node?: 'auto' | 'devnet' | 'simulator';
  accounts?: number;
  /** Layout of Transfer events; only the simulator has L0. Default L1. */
  layout?: TransferLayout;
  /** Whether the binary may be downloaded from the release page. Default false. */
  download?: boolean;
}

export interface WorldOptions {
  /** Default true. */
  evm?: boolean | EvmWorldOptions;
  /** Default true. */
  starknet?: boolean | StarknetWorldOptions;
  /** Seconds between blocks on both chains, whole; 0 mines a block with each transaction. Default 1. */
  blockTimeSeconds?: number;
  log?: (line: string) => void;
}

/** The Starknet chain, and the kind of node that it runs on. */
export type StarknetWorld =
  | (StarknetDevnetChain & { readonly node: 'starknet-devnet' })
  | (SimDevChain & { readonly node: 'simulator' });

/** The running development chains that were asked for. */
export interface World {
  evm?: EvmDevChain;
  starknet?: StarknetWorld;
  /** All running chains, EVM first. */
  chains: DevChain[];
  stop(): Promise<void>;
}

/** Starts the chains in parallel. When one cannot be started, the others are stopped and its error is thrown. */
export async function startWorld(options: WorldOptions = {}): Promise<World> {
  const log = options.log ?? (() => undefined);
  const { blockTimeSeconds } = options;
  const [evm, starknet] = await Promise.allSettled([
    startEvm(options.evm ?? true, blockTimeSeconds, log),
    startStarknet(options.starknet ?? true, blockTimeSeconds, log),
  ]);
  const chains = [evm, starknet].flatMap((one): DevChain[] =>
    one.status === 'fulfilled' && one.value !== undefined ? [one.value] : [],
  );
  const stop = async (): Promise<void> => {
    await Promise.all(chains.map((chain) => chain.stop()));
  };
  if (evm.status === 'rejected' || starknet.status === 'rejected') {
    await stop();
    const reasons = [evm, starknet].flatMap((one) => (one.status === 'rejected' ? [String(one.reason)] : []));
    throw new Error(`the development chains did not start: ${reasons.join('; ')}`);
  }
  return {
    ...(evm.value === undefined ? {} : { evm: evm.value }),
    ...(starknet.value === undefined ? {} : { starknet: starknet.value }),
    chains,
    stop,
  };
}

async function startEvm(
  wanted: boolean | EvmWorldOptions,
  blockTimeSeconds: number | undefined,
  log: (line: string) => void,
): Promise<EvmDevChain | undefined> {
  if (wanted === false) return undefined;
  const chain = await startEvmDevChain({ ...(wanted === true ? {} : wanted), blockTimeSeconds });
  log(`EVM node: anvil, ${chain.caip2} (real)`);
  return chain;
}

async function startStarknet(
  wanted: boolean | StarknetWorldOptions,
  blockTimeSeconds: number | undefined,
  log: (line: string) => void,
): Promise<StarknetWorld | undefined> {
  if (wanted === false) return undefined;
  const options = wanted === true ? {} : wanted;
  const accounts = options.accounts ?? STARKNET_ACCOUNTS;
  const node = options.node ?? 'auto';
  if (node === 'devnet' && options.layout === 'L0') throw new Error('only the simulated node has a token of layout L0');
  const wantsSimulator = node === 'simulator' || options.layout === 'L0';
  const path = wantsSimulator ? undefined : await findStarknetDevnet({ download: options.download ?? false, log });
  if (path !== undefined) {
    const chain = await startStarknetDevnetChain({ path, blockTimeSeconds, accounts });
    log(`Starknet node: starknet-devnet ${chain.version} (real)`);
    return Object.assign(chain, { node: 'starknet-devnet' as const });
  }
  if (node === 'devnet') {
    throw new Error(
      'no starknet-devnet binary found; set STARKNET_DEVNET_BIN or run node devnet/starknet-binary.ts --build',
    );
  }
  const chain = await startSimDevChain({ blockTimeSeconds, accounts, layout: options.layout });
  log(
    wantsSimulator
      ? 'Starknet node: simulated (as asked)'
      : 'Starknet node: simulated (no starknet-devnet binary found; set STARKNET_DEVNET_BIN or run node devnet/starknet-binary.ts --build)',
  );
  return Object.assign(chain, { node: 'simulator' as const });
}
