/** Reorgs and false money that only an EVM chain can make. */
import { encodeFunctionData, type Hex } from 'viem';
import { expect } from 'vitest';
import { TEST_USDC_ABI, type EvmDevChain } from '../../../devnet/evm-token.ts';
import { callRpc } from '../../../devnet/json-rpc.ts';
import { USD, type Bench, type Scenario } from './chain-bench.ts';
import { eventually, type LogLine } from './bench.ts';
import { EAGER, newParty, reorgScenarios, send, type Party } from './reorg-scenarios.ts';
import {
  countsOwnEvents,
  countsThousands,
  creditsNothing,
  followsChange,
  type SendShifty,
} from '../deposits/rewritten-money.ts';

/** Set by `useEvm` once the chain is open, before any scenario runs. */
const opened: { chain?: EvmDevChain } = {};

/** Sets the chain on which the scenarios run. */
export function useEvm(chain: EvmDevChain): void {
  opened.chain = chain;
}

function getEvm(): EvmDevChain {
  if (opened.chain === undefined) throw new Error('the chain is not open yet');
  return opened.chain;
}

const call = (
  functionName: 'transferUpTo' | 'transferFalsely' | 'transferInVain' | 'transferWithFee',
  to: string,
  amount: bigint,
): Hex => encodeFunctionData({ abi: TEST_USDC_ABI, functionName, args: [to as Hex, amount] });

const sendShiftyEvm: SendShifty = async ({ chain }, { sender }, change) => {
  const evm = getEvm();
  // Leaves 7 in the account.
  await chain.send({ from: sender, to: evm.owner, amountMicros: (await chain.balanceOf(sender)) - 7n });
  const data = call('transferUpTo', chain.creditsAddress, 10n);
  const { txHash, blockNumber } = await evm.callContract({ from: sender, to: chain.usdc, data });
  const mint = await chain.faucet(sender, change === 'more' ? 2n : 20n);
  const rewrite = async (): Promise<void> => {
    const depth = (await chain.head()) - blockNumber + 1;
    await chain.reorg(depth, [
      { txHash: mint, offset: 0 },
      { txHash, offset: 1 },
    ]);
  };
  return { txHash, rewrite };
};

const fillEvmBlock = async ({ sender }: Party, transactions: number): Promise<void> => {
  const evm = getEvm();
  const [to, value] = [evm.creditsAddress as Hex, 1n];
  const args = [Array.from({ length: 1_000 }, () => to), Array.from({ length: 1_000 }, () => value)] as const;
  const data = encodeFunctionData({ abi: TEST_USDC_ABI, functionName: 'batchTransfer', args });
  await callRpc(evm.rpcUrl, 'evm_setAutomine', [false]);
  const sending = Array.from({ length: transactions }, async () =>
    evm.callContract({ from: sender, to: evm.usdc, data, gas: 8_000_000n }),
  );
  const waiting = async (): Promise<string> => {
    const status = (await callRpc(evm.rpcUrl, 'txpool_status')) as { pending: string };
    return status.pending;
  };
  await eventually(waiting, (pending) => BigInt(pending) === BigInt(transactions));
  await evm.mine();
  const blocks = new Set((await Promise.all(sending)).map(({ blockNumber }) => blockNumber));
  await callRpc(evm.rpcUrl, 'evm_setAutomine', [true]);
  expect(blocks.size).toBe(1);
};

const callUsdc = async (data: Hex, from: string, valueWei = 0n): Promise<string> => {
  const evm = getEvm();
  return (await evm.callContract({ from, to: evm.usdc, data, valueWei, gas: 300_000n })).txHash;
};

/** An inner call that moves tokens and coins is reverted, while its transaction succeeds. */
async function ignoresInnerCall(bench: Bench): Promise<void> {
  const { chain } = bench;
  const coins = async (): Promise<unknown> => callRpc(chain.rpcUrl, 'eth_getBalance', [chain.creditsAddress, 'latest']);
  const before = await coins();
  await creditsNothing(bench, async ({ sender }) =>
    callUsdc(call('transferInVain', chain.creditsAddress, USD), sender, 10n ** 18n),
  );
  expect(await coins()).toBe(before);
  await creditsNothing(bench, async ({ sender }) => {
    const evm = getEvm();
    const sent = await evm.callContract({ from: sender, to: chain.creditsAddress, data: '0x', valueWei: 10n ** 18n });
    return sent.txHash;
  });
}

const boastEvm = async ({ sender }: Party): Promise<string> => {
  const evm = getEvm();
  const lookAlike = await evm.deployLookAlike();
  const approve = encodeFunctionData({ abi: TEST_USDC_ABI, functionName: 'approve', args: [lookAlike as Hex, 5n] });
  await evm.callContract({ from: sender, to: evm.usdc, data: approve });
  const parties = [evm.usdc, sender, evm.creditsAddress] as [Hex, Hex, Hex];
  const data = encodeFunctionData({ abi: TEST_USDC_ABI, functionName: 'boast', args: [...parties, 5n] });
  return (await evm.callContract({ from: sender, to: lookAlike, data, gas: 300_000n })).txHash;
};

/** The event says 10,000 but 100 less arrive: the books follow the events, the balance check reports it. */
async function toldByBalance(bench: Bench): Promise<void> {
  const { chain, reaches, detecting } = bench;
  const { sender } = await newParty(bench);
  const differs = (line: LogLine): boolean => line.event === 'chain.balance_differs';
  await detecting(async ({ lines }) => {
    const before = await send(bench, sender, 7n);
    await reaches(before.txHash, 'credited');
    expect(lines.filter(differs)).toEqual([]);
    const txHash = await callUsdc(call('transferWithFee', chain.creditsAddress, 10_000n), sender);
    await reaches(txHash, 'credited');
    await eventually(
      async () => Promise.resolve(lines.filter(differs)),
      (told) => told.length > 0,
    );
  }, EAGER);
}

/** The scenarios that run on anvil. */
export const evmScenarios: readonly Scenario[] = [
  ...reorgScenarios({ logs: 'eth_getLogs', blocks: 'eth_getBlockByNumber', pages: 2 }, 300),
  [
    'F03 another amount after a rewrite is another credit',
    async (bench) => followsChange(bench, sendShiftyEvm, 'more'),
  ],
  [
    'F03 another place among the events is another deposit',
    async (bench) => followsChange(bench, sendShiftyEvm, 'later'),
  ],
  [
    'A02 a token that says false and moves nothing credits nothing',
    async (bench) =>
      creditsNothing(bench, async ({ sender }) =>
        callUsdc(call('transferFalsely', bench.chain.creditsAddress, USD), sender),
      ),
  ],
  ['A03 what an inner call moved and took back credits nothing, nor do coins of the chain', ignoresInnerCall],
  [
    'A05 of one transaction only the events of the token itself count',
    async (bench) => countsOwnEvents(bench, boastEvm),
  ],
  [
    'A15 a token that keeps a fee and is not listed credits nothing',
    async (bench) =>
      creditsNothing(bench, async ({ sender }) => {
        const evm = getEvm();
        const data = call('transferWithFee', evm.creditsAddress, USD);
        return (await evm.callContract({ from: sender, to: await evm.deployLookAlike(), data })).txHash;
      }),
  ],
  // From here on the chain holds less than its events say; what follows credits nothing.
  ['A15 a listed token that keeps a fee is told by the balance', toldByBalance],
  [
    'F34 a thousand events in a transaction and twenty thousand in a block are all counted',
    async (bench) => countsThousands(bench, fillEvmBlock),
  ],
];
