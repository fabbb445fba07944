import { findStarknetDevnet } from '../../devnet/starknet-binary.ts';
import type { EvmDevChain } from '../../devnet/evm-token.ts';
import type { SimDevChain } from '../../devnet/starknet-sim/sim-chain.ts';
import type { StarknetDevnetChain } from '../../devnet/starknet-token.ts';
import { startWorld } from '../../devnet/world.ts';
import { describeScenarios } from '../support/chains/chain-bench.ts';
import {
  LOOK_ALIKES,
  oddTransferScenarios,
  oddTransfersOnEvm,
  oddTransfersOnSim,
  spoofedSender,
  spoofZeroOnStarknet,
} from '../support/deposits/odd-transfers.ts';

const opened: { evm?: EvmDevChain; sim?: SimDevChain; devnet?: StarknetDevnetChain } = {};
function getOpened<Chain>(chain: Chain | undefined): Chain {
  if (chain === undefined) throw new Error('the chain is not open yet');
  return chain;
}
const starknetForm = (address: string): string => `0x${BigInt(address).toString(16)}`;

describeScenarios(
  'anvil, with what is no deposit',
  async () => {
    const world = await startWorld({ starknet: false, blockTimeSeconds: 0 });
    if (world.evm) opened.evm = world.evm;
    return { chain: getOpened(world.evm), stop: async () => world.stop() };
  },
  {
    scenarios: oddTransferScenarios(oddTransfersOnEvm(() => getOpened(opened.evm))),
    otherForm: (address) => address.toUpperCase(),
    entriesMin: 6,
  },
);

describeScenarios(
  'the simulated Starknet node, with what is no deposit',
  async () => {
    const world = await startWorld({ evm: false, blockTimeSeconds: 0, starknet: { node: 'simulator' } });
    if (world.starknet?.node !== 'simulator') throw new Error('the simulator did not start');
    opened.sim = world.starknet;
    return { chain: world.starknet, stop: async () => world.stop() };
  },
  {
    scenarios: oddTransferScenarios(oddTransfersOnSim(() => getOpened(opened.sim))),
    otherForm: starknetForm,
    entriesMin: 6,
  },
);

const hasDevnet = (await findStarknetDevnet()) !== undefined || process.env['COFFER_REQUIRE_STARKNET_DEVNET'] === '1';
if (hasDevnet) {
  describeScenarios(
    'starknet-devnet, with what is no deposit',
    async () => {
      const world = await startWorld({ evm: false, blockTimeSeconds: 0, starknet: { node: 'devnet' } });
      if (world.starknet?.node !== 'starknet-devnet') throw new Error('starknet-devnet did not start');
      opened.devnet = world.starknet;
      return { chain: world.starknet, stop: async () => world.stop() };
    },
    {
      scenarios: [LOOK_ALIKES, spoofedSender(spoofZeroOnStarknet(() => getOpened(opened.devnet)))],
      otherForm: starknetForm,
      entriesMin: 2,
    },
  );
} else {
  console.log('inbox-chains: no starknet-devnet binary here, so its leg is not in this run');
}
