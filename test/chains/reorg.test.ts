/** Chains that take blocks back, on anvil, the real starknet-devnet where there is one, and the simulated node. */
import type { EvmDevChain } from '../../devnet/evm-token.ts';
import { findStarknetDevnet } from '../../devnet/starknet-binary.ts';
import type { SimDevChain } from '../../devnet/starknet-sim/sim-chain.ts';
import { startWorld } from '../../devnet/world.ts';
import { describeScenarios } from '../support/chains/chain-bench.ts';
import { evmScenarios, useEvm } from '../support/chains/reorg-evm.ts';
import { reorgScenarios } from '../support/chains/reorg-scenarios.ts';
import { simScenarios, STARKNET, useSim } from '../support/chains/reorg-sim.ts';
import { detectsSameHash, wakesOnNotice } from '../support/deposits/rewritten-money.ts';

const openEvm = async (): Promise<{ chain: EvmDevChain; stop: () => Promise<void> }> => {
  // Nothing is final by itself: reorgs of any depth are within the policy.
  const world = await startWorld({
    starknet: false,
    blockTimeSeconds: 0,
    evm: { slotsInAnEpoch: 1_000, accounts: 40 },
  });
  if (!world.evm) throw new Error('anvil did not start');
  return { chain: world.evm, stop: async () => world.stop() };
};
const openSim = async (): Promise<{ chain: SimDevChain; stop: () => Promise<void> }> => {
  const world = await startWorld({ evm: false, blockTimeSeconds: 0, starknet: { node: 'simulator', accounts: 40 } });
  if (world.starknet?.node !== 'simulator') throw new Error('the simulator did not start');
  return { chain: world.starknet, stop: async () => world.stop() };
};

const starknetForm = (address: string): string => `0x${BigInt(address).toString(16)}`;

describeScenarios(
  'anvil, with reorgs',
  async () => {
    const opened = await openEvm();
    useEvm(opened.chain);
    return opened;
  },
  { scenarios: evmScenarios, otherForm: (address) => address.toUpperCase(), entriesMin: 10 },
);

describeScenarios(
  'the simulated Starknet node, with reorgs',
  async () => {
    const opened = await openSim();
    useSim(opened.chain);
    return opened;
  },
  { scenarios: simScenarios, otherForm: starknetForm, entriesMin: 10 },
);

const hasDevnet = (await findStarknetDevnet()) !== undefined || process.env['COFFER_REQUIRE_STARKNET_DEVNET'] === '1';
if (hasDevnet) {
  describeScenarios(
    'starknet-devnet, with reorgs',
    async () => {
      const world = await startWorld({ evm: false, blockTimeSeconds: 0, starknet: { node: 'devnet', accounts: 40 } });
      if (!world.starknet) throw new Error('starknet-devnet did not start');
      return { chain: world.starknet, stop: async () => world.stop() };
    },
    {
      scenarios: [
        ...reorgScenarios(STARKNET),
        ['F07 two blocks with one hash and other transactions are told apart', detectsSameHash],
        ['F11 the notice of a reorg is a wake-up and no head', wakesOnNotice],
      ],
      otherForm: starknetForm,
      entriesMin: 8,
    },
  );
} else {
  console.log('detector-reorg: no starknet-devnet binary here, so its leg is not in this run');
}
