/** Transfers that are not deposits, in both families: look-alike tokens, false senders, odd shapes and amounts. */
import { encodeAbiParameters, encodeFunctionData, type Hex } from 'viem';
import { expect } from 'vitest';
import { TRANSFER_TOPIC } from '../../../detector/evm/decode.ts';
import { TEST_USDC_ABI, type EvmDevChain } from '../../../devnet/evm-token.ts';
import { toFelt, TRANSFER_SELECTOR } from '../../../devnet/starknet-sim/felt.ts';
import type { SimDevChain } from '../../../devnet/starknet-sim/sim-chain.ts';
import type { StarknetDevnetChain } from '../../../devnet/starknet-token.ts';
import { USD, type Bench, type Scenario } from '../chains/chain-bench.ts';
import { balanceOf, eventually, newOrg, soon } from '../chains/bench.ts';

/** What differs by chain family. Each method returns the hash of the transaction that it sent. */
export interface OddTransfers {
  /** `spender` moves zero from `victim` to us: the event names the victim as its sender. */
  readonly spoofZero: (spender: string, victim: string) => Promise<string>;
  /** The token itself emits a transfer of this amount from that sender, whatever the sender holds. */
  readonly claimAmount: (from: string, amount: bigint) => Promise<string>;
  /** Emits events that look like the token's Transfers to us and cannot be read. */
  readonly emitMalformed: (from: string) => Promise<string[]>;
}

const topicOf = (address: string): Hex => `0x${address.slice(2).padStart(64, '0')}`;
const wordOf = (amount: bigint): Hex => encodeAbiParameters([{ type: 'uint256' }], [amount]);
const hexOf = (address: string): Hex => `0x${address.slice(2)}`;

/** On anvil, where the test token emits whatever its owner wants. */
export function oddTransfersOnEvm(getChain: () => EvmDevChain): OddTransfers {
  const emit = async (topics: readonly Hex[], data: Hex): Promise<string> => {
    const chain = getChain();
    const call = encodeFunctionData({ abi: TEST_USDC_ABI, functionName: 'emitLog', args: [topics, data] });
    return (await chain.callContract({ from: chain.owner, to: chain.usdc, data: call })).txHash;
  };
  const named = (from: string): Hex[] => [TRANSFER_TOPIC, topicOf(from), topicOf(getChain().creditsAddress)];
  return {
    spoofZero: async (spender, victim) => {
      const chain = getChain();
      const data = encodeFunctionData({
        abi: TEST_USDC_ABI,
        functionName: 'transferFrom',
        args: [hexOf(victim), hexOf(chain.creditsAddress), 0n],
      });
      return (await chain.callContract({ from: spender, to: chain.usdc, data })).txHash;
    },
    claimAmount: async (from, amount) => emit(named(from), wordOf(amount)),
    emitMalformed: async (from) => [await emit(named(from), '0x01'), await emit([...named(from), wordOf(5n)], '0x')],
  };
}

/** On the real Starknet node: a transfer of zero needs no allowance. */
export function spoofZeroOnStarknet(getChain: () => StarknetDevnetChain): OddTransfers['spoofZero'] {
  return async (spender, victim) => {
    const chain = getChain();
    const calldata = [victim, chain.creditsAddress, '0x0', '0x0'];
    const call = { contractAddress: chain.usdc, entrypoint: 'transfer_from', calldata };
    return (await chain.invoke(spender, [call])).txHash;
  };
}

/** On the simulated Starknet node. */
export function oddTransfersOnSim(getChain: () => SimDevChain): OddTransfers {
  const padded = (hash: string): string => `0x${hash.slice(2).padStart(64, '0')}`;
  const emit = (keys: readonly string[], data: readonly string[]): string => {
    const { simulator } = getChain();
    const event = { from_address: simulator.usdc, keys: [...keys], data: [...data] };
    return padded(simulator.emit([event]).hash);
  };
  const named = (from: string): string[] => [TRANSFER_SELECTOR, toFelt(from), toFelt(getChain().creditsAddress)];
  return {
    spoofZero: async (spender, victim) => {
      const { simulator, creditsAddress } = getChain();
      const step = {
        kind: 'transfer',
        token: simulator.usdc,
        from: toFelt(victim),
        to: toFelt(creditsAddress),
      } as const;
      return Promise.resolve(padded(simulator.submit(toFelt(spender), [{ ...step, amount: 0n }]).hash));
    },
    claimAmount: async (from, amount) =>
      Promise.resolve(emit(named(from), [toFelt(amount & (2n ** 128n - 1n)), toFelt(amount >> 128n)])),
    emitMalformed: async (from) =>
      // Too little data, and too many felts.
      Promise.resolve([emit(named(from), ['0x1']), emit(named(from), ['0x1', '0x0', '0x0'])]),
  };
}

/** Waits until a deposit sent now is credited: everything that came before it has been read and judged by then. */
async function flush({ chain, reaches }: Bench, sender: string): Promise<void> {
  const { txHash } = await chain.send({ from: sender, to: chain.creditsAddress, amountMicros: USD });
  await reaches(txHash, 'credited');
}

async function ignoresLookAlikes(bench: Bench): Promise<void> {
  const { chain, db, takeAccount, depositsOf, detecting } = bench;
  const sender = takeAccount();
  const org = await newOrg(db, chain.caip2, [sender]);
  const [known, unknown] = [await chain.deployLookAlike(), await chain.deployLookAlike()];
  await detecting(
    async () => {
      const order = { from: sender, to: chain.creditsAddress, amountMicros: 5n };
      const recorded = await chain.send({ ...order, token: known });
      const unseen = await chain.send({ ...order, token: unknown });
      await flush(bench, sender);
      expect(await depositsOf(recorded.txHash)).toMatchObject([
        { state: 'ignored', reason: 'wrong_asset', amount: '5', org: null, entry_seq: null },
      ]);
      expect(await depositsOf(unseen.txHash)).toEqual([]);
      expect(await balanceOf(db, org)).toBe(USD);
    },
    { knownTokens: [{ symbol: 'USDC.e', address: known }] },
  );
}

async function ignoresSpoofedSender(bench: Bench, { spoofZero }: Pick<OddTransfers, 'spoofZero'>): Promise<void> {
  const { chain, db, takeAccount, depositsOf, detecting } = bench;
  const [victim, spender] = [takeAccount(), takeAccount()];
  const org = await newOrg(db, chain.caip2, [victim]);
  await detecting(async () => {
    const txHash = await spoofZero(spender, victim);
    await flush(bench, victim);
    expect(await depositsOf(txHash)).toMatchObject([
      { state: 'ignored', reason: 'zero_amount', from_address: victim, org: null, entry_seq: null },
    ]);
    expect(await balanceOf(db, org)).toBe(USD);
  });
}

async function quarantinesMalformed(bench: Bench, { emitMalformed }: OddTransfers): Promise<void> {
  const { chain, db, takeAccount, reaches, detecting } = bench;
  const sender = takeAccount();
  const org = await newOrg(db, chain.caip2, [sender]);
  await detecting(async ({ lines }) => {
    const hashes = await emitMalformed(sender);
    await flush(bench, sender);
    for (const txHash of hashes) {
      const reason: unknown = expect.stringContaining('malformed: ');
      expect(await reaches(txHash, 'quarantined')).toMatchObject([{ reason, entry_seq: null }]);
      await soon(() => {
        expect(lines).toContainEqual(expect.objectContaining({ event: 'deposit.quarantined', txHash }));
      });
    }
    expect(await balanceOf(db, org)).toBe(USD);
  });
}

async function takesAmountsAsTheyAre(bench: Bench, { claimAmount }: OddTransfers): Promise<void> {
  const { chain, db, takeAccount, depositsOf, reaches, detecting } = bench;
  const sender = takeAccount();
  const org = await newOrg(db, chain.caip2, [sender]);
  await detecting(async ({ lines }) => {
    const huge = await claimAmount(sender, 2n ** 256n - 1n);
    const unit = await chain.send({ from: sender, to: chain.creditsAddress, amountMicros: 1n });
    await reaches(unit.txHash, 'credited');
    expect(await reaches(huge, 'quarantined')).toMatchObject([{ amount: String(2n ** 256n - 1n), entry_seq: null }]);
    await soon(() => {
      expect(lines).toContainEqual(expect.objectContaining({ event: 'deposit.quarantined', txHash: huge }));
    });
    expect(await balanceOf(db, org)).toBe(1n);
  });
  await detecting(
    async () => {
      const order = { from: sender, to: chain.creditsAddress };
      const first = await chain.send({ ...order, amountMicros: 6n });
      expect(await reaches(first.txHash, 'dust')).toMatchObject([{ reason: 'below_minimum', org, entry_seq: null }]);
      expect(await balanceOf(db, org)).toBe(1n);
      const second = await chain.send({ ...order, amountMicros: 4n });
      await reaches(second.txHash, 'credited');
      await eventually(
        async () => depositsOf(first.txHash),
        ([row]) => row?.state === 'credited',
      );
      expect(await balanceOf(db, org)).toBe(11n);
    },
    { minDepositMicros: 10n },
  );
}

/** F35, by the node's own means. */
export function spoofedSender(spoofZero: OddTransfers['spoofZero']): Scenario {
  return [
    'F35 A10 nothing that is sent in a customer’s name is no deposit of theirs',
    async (bench) => ignoresSpoofedSender(bench, { spoofZero }),
  ];
}

/** F18, F35, F41 and F42, by the family's own means. */
export function oddTransferScenarios(odd: OddTransfers): Scenario[] {
  return [
    ['F18 A04 another token with the same name credits nothing; one that is known is recorded', ignoresLookAlikes],
    spoofedSender(odd.spoofZero),
    [
      'F41 an event of a shape that cannot be read is quarantined with an alarm, and reading goes on',
      async (bench) => quarantinesMalformed(bench, odd),
    ],
    [
      'F42 an impossible amount is quarantined, one unit is exact, and dust waits until it adds up',
      async (bench) => takesAmountsAsTheyAre(bench, odd),
    ],
  ];
}

/** The cases that need no false token: for the real Starknet node. */
export const LOOK_ALIKES: Scenario = [
  'F18 A04 another token with the same name credits nothing; one that is known is recorded',
  ignoresLookAlikes,
];
