import { encodeAbiParameters, encodeFunctionData, type Hex } from 'viem';
import { expect } from 'vitest';
import { TRANSFER_TOPIC } from '../../detector/evm/decode.ts';
import { TEST_USDC_ABI, type EvmDevChain } from '../../devnet/evm-token.ts';
import { startWorld } from '../../devnet/world.ts';
import { balanceOf, newOrg, soon } from '../support/chains/bench.ts';
import { describeDetector, type Bench } from '../support/chains/suite.ts';
import { replacesKilledLeader } from '../support/chains/paused-leader.ts';

let evm: EvmDevChain | undefined;
const topicOf = (address: string): Hex => `0x${address.slice(2).padStart(64, '0')}`;
const dataOf = (amount: bigint): Hex => encodeAbiParameters([{ type: 'uint256' }], [amount]);

/** The token itself emits logs that ERC-20 does not know, and amounts that nobody can hold. */
async function quarantinesMalformed({ chain, db, takeAccount, reaches, detecting }: Bench): Promise<void> {
  const sender = takeAccount();
  const org = await newOrg(db, chain.caip2, [sender]);
  const emit = async (topics: readonly Hex[], data: Hex): Promise<string> => {
    const call = encodeFunctionData({ abi: TEST_USDC_ABI, functionName: 'emitLog', args: [topics, data] });
    const sent = await evm?.callContract({ from: evm.owner, to: chain.usdc, data: call });
    return sent?.txHash ?? '';
  };
  const named = [TRANSFER_TOPIC, topicOf(sender), topicOf(chain.creditsAddress)] as const;
  await detecting(async ({ lines }) => {
    const shortData = await emit(named, '0x01');
    const fourTopics = await emit([...named, dataOf(5n)], '0x');
    const huge = await emit(named, dataOf(2n ** 256n - 1n));
    const real = await chain.send({ from: sender, to: chain.creditsAddress, amountMicros: 3n });
    await reaches(real.txHash, 'credited');
    for (const txHash of [shortData, fourTopics, huge]) {
      expect(await reaches(txHash, 'quarantined')).toMatchObject([{ entry_seq: null }]);
      await soon(() => {
        expect(lines).toContainEqual(expect.objectContaining({ event: 'deposit.quarantined', txHash }));
      });
    }
    expect(await balanceOf(db, org)).toBe(3n);
  });
}

describeDetector(
  'anvil',
  async () => {
    const world = await startWorld({ starknet: false, blockTimeSeconds: 0 });
    if (!world.evm) throw new Error('anvil did not start');
    evm = world.evm;
    return { chain: world.evm, stop: async () => world.stop() };
  },
  (address) => `0x${address.slice(2).toUpperCase()}`,
  {
    extra: [
      ['a log of another shape and an impossible amount are quarantined', quarantinesMalformed],
      [
        'F30 A64 a leader that is killed is replaced, and what was on its way posted, within 15 seconds',
        replacesKilledLeader,
      ],
    ],
  },
);
