/** Chains, fault proxies and orgs of a soak. */
import { openSource } from '../../detector/open-source.ts';
import type { ChainSource } from '../../detector/rpc/source.ts';
import type { DevChain } from '../../devnet/dev-chain.ts';
import { faultsOfAllKinds, startRpcProxy, type RpcProxy } from '../../devnet/rpc-proxy.ts';
import { startWorld } from '../../devnet/world.ts';
import { systemClock } from '../../src/core/clock.ts';
import type { Database } from '../../src/db/database.ts';
import { newOrg } from '../../test/support/chains/bench.ts';

const RPCS_PER_CHAIN = 3;
const SENDERS_PER_CHAIN = 8;
/** How many of the senders nobody has registered. */
const STRANGERS = 2;
const FUNDS_MICROS = 100_000_000_000n;
/** Deeper than any reorg of a soak, so that nothing waits for an operator. */
const REORG_BLOCKS_MAX = 10_000;
const CREDIT_DEPTH = 2;
const INVENTED_TX = '0x50ab';

export interface SoakChain {
  readonly chain: DevChain;
  readonly proxies: readonly RpcProxy[];
  /** Reads the node directly, without a proxy that lies. */
  readonly truth: ChainSource;
  /** The blocks below it hold the token and the senders' funds. */
  readonly firstBlock: number;
  readonly senders: readonly string[];
  readonly strangers: ReadonlySet<string>;
  /** The org of each registered sender. */
  readonly orgs: ReadonlyMap<string, string>;
}

export interface SoakWorld {
  readonly chains: readonly SoakChain[];
  /** Content of a COFFER_CONFIG file: three RPCs for each chain, two of which must agree. */
  readonly config: object;
  stop(): Promise<void>;
}

/** Starts anvil and the simulated Starknet node, each behind three proxies that spoil that share of the calls. */
export async function openSoakWorld(
  db: Database,
  { faultShare, seed, log }: { faultShare: number; seed: number; log: (line: string) => void },
): Promise<SoakWorld> {
  const world = await startWorld({ evm: { slotsInAnEpoch: 100_000 }, starknet: { node: 'simulator' }, log });
  const chains: SoakChain[] = [];
  for (const [at, chain] of world.chains.entries()) {
    const senders = chain.accounts.slice(0, SENDERS_PER_CHAIN);
    for (const sender of senders) await chain.faucet(sender, FUNDS_MICROS);
    const registered = senders.slice(STRANGERS);
    const orgs = new Map<string, string>();
    for (const sender of registered) orgs.set(sender, await newOrg(db, chain.caip2, [sender]));
    const [, , from = ''] = senders;
    const lie = { token: chain.usdc, from, to: chain.creditsAddress, txHash: INVENTED_TX };
    const proxies: RpcProxy[] = [];
    for (let nth = 0; nth < RPCS_PER_CHAIN; nth += 1) {
      const { rpcUrl: target, wsUrl: wsTarget } = chain;
      const proxy = await startRpcProxy({ target, wsTarget, seed: seed * 100 + at * 10 + nth });
      for (const fault of faultsOfAllKinds(faultShare, lie)) proxy.addFault(fault);
      proxies.push(proxy);
    }
    const truth = openSource(chain.caip2, { url: chain.rpcUrl, clock: systemClock });
    const [firstBlock, strangers] = [(await chain.head()) + 1, new Set(senders.slice(0, STRANGERS))];
    chains.push({ chain, proxies, truth, firstBlock, senders, orgs, strangers });
  }
  return {
    chains,
    config: { senderPolicy: 'first_come', chains: chains.map(configOf) },
    stop: async () => {
      for (const { proxies, truth } of chains) {
        truth.close();
        await Promise.all(proxies.map(async (proxy) => proxy.stop()));
      }
      await world.stop();
    },
  };
}

function configOf({ chain, proxies }: SoakChain): object {
  return {
    caip2: chain.caip2,
    rpcUrls: proxies.map(({ rpcUrl }) => rpcUrl),
    wsUrl: proxies[0]?.wsUrl,
    quorum: 2,
    tokens: [{ symbol: 'USDC', address: chain.usdc }],
    creditsAddress: chain.creditsAddress,
    startBlock: 0,
    // The soak tells transfers apart by amounts of a few micro-dollars.
    minDepositUsd: '0',
    finality: { kind: 'depth', blocks: CREDIT_DEPTH },
    reorgBlocksMax: REORG_BLOCKS_MAX,
    devnet: true,
  };
}
