import { startWorld } from '../../devnet/world.ts';
import { describeDetector } from '../support/chains/suite.ts';

/** Upper case, and without the leading zeros that the canonical form has. */
const otherForm = (address: string): string => `0x${BigInt(address).toString(16).toUpperCase()}`;

describeDetector(
  'Starknet with keyed Transfers (the real node where there is one)',
  async () => {
    const world = await startWorld({ evm: false, blockTimeSeconds: 0, log: (line) => console.log(line) });
    if (!world.starknet) throw new Error('the Starknet node did not start');
    return { chain: world.starknet, stop: async () => world.stop() };
  },
  otherForm,
);

// Only the simulator has this layout.
describeDetector(
  'Starknet with un-keyed Transfers (simulated)',
  async () => {
    const world = await startWorld({ evm: false, blockTimeSeconds: 0, starknet: { node: 'simulator', layout: 'L0' } });
    if (!world.starknet) throw new Error('the simulator did not start');
    return { chain: world.starknet, stop: async () => world.stop() };
  },
  otherForm,
  { processes: false },
);
