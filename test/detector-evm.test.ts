import { startWorld } from '../devnet/world.ts';
import { describeDetector } from './support/detector-suite.ts';

describeDetector(
  'anvil',
  async () => {
    const world = await startWorld({ starknet: false });
    if (!world.evm) throw new Error('anvil did not start');
    return { chain: world.evm, stop: async () => world.stop() };
  },
  (address) => `0x${address.slice(2).toUpperCase()}`,
);
