/** Reorgs and false money that only the simulated Starknet node can make. */
import type { SimTransaction, Step } from '../../../devnet/starknet-sim/chain-state.ts';
import { toFelt, TRANSFER_SELECTOR } from '../../../devnet/starknet-sim/felt.ts';
import type { SimDevChain } from '../../../devnet/starknet-sim/sim-chain.ts';
import type { Scenario } from './chain-bench.ts';
import { reorgScenarios, type Party } from './reorg-scenarios.ts';
import {
  countsOwnEvents,
  countsThousands,
  detectsSameHash,
  followsChange,
  wakesOnNotice,
  type SendShifty,
} from '../deposits/rewritten-money.ts';

/** Methods of a Starknet node, and how many answers with events one read takes. */
export const STARKNET = { logs: 'starknet_getEvents', blocks: 'starknet_getBlockWithTxHashes', pages: 1 };

/** Set by `useSim` once the chain is open, before any scenario runs. */
const opened: { chain?: SimDevChain } = {};

/** Sets the chain on which the scenarios run. */
export function useSim(chain: SimDevChain): void {
  opened.chain = chain;
}

function getSim(): SimDevChain {
  if (opened.chain === undefined) throw new Error('the chain is not open yet');
  return opened.chain;
}

const sendShiftySim: SendShifty = async ({ chain }, { sender }, change) => {
  const { simulator } = getSim();
  const { usdc: token, accounts, creditsAddress } = chain;
  const step = (to: string, amount: bigint): Step => ({
    kind: 'transfer',
    token: toFelt(token),
    from: toFelt(sender),
    to: toFelt(to),
    amount,
  });
  const transaction = simulator.submit(sender, [step(creditsAddress, 7n)]);
  const { number } = simulator.chain.head;
  const steps =
    change === 'more' ? [step(creditsAddress, 9n)] : [step(accounts[0] ?? '', 17n), step(creditsAddress, 10n)];
  const rewrite = async (): Promise<void> => {
    const other: SimTransaction = { ...transaction, steps };
    simulator.reorg((await chain.head()) - number + 1, [[other]]);
  };
  const txHash = `0x${transaction.hash.slice(2).padStart(64, '0')}`;
  return Promise.resolve({ txHash, rewrite });
};

const fillSimBlock = async ({ sender }: Party, transactions: number): Promise<void> => {
  const { simulator, usdc, creditsAddress } = getSim();
  const one: Step = {
    kind: 'transfer',
    token: toFelt(usdc),
    from: toFelt(sender),
    to: toFelt(creditsAddress),
    amount: 1n,
  };
  const steps = Array.from({ length: 1_000 }, () => one);
  for (let sent = 0; sent < transactions; sent += 1) simulator.chain.submit(sender, steps);
  simulator.mine();
  return Promise.resolve();
};

const boastSim = async ({ sender }: Party): Promise<string> => {
  const { simulator, usdc, creditsAddress } = getSim();
  const parties = [toFelt(sender), toFelt(creditsAddress)];
  const fake: Step = {
    kind: 'event',
    event: { from_address: simulator.addToken(), keys: [TRANSFER_SELECTOR, ...parties], data: ['0x1388', '0x0'] },
  };
  const real: Step = {
    kind: 'transfer',
    token: toFelt(usdc),
    from: toFelt(sender),
    to: toFelt(creditsAddress),
    amount: 5n,
  };
  const { hash } = simulator.submit(sender, [fake, real, fake]);
  return Promise.resolve(`0x${hash.slice(2).padStart(64, '0')}`);
};

/** The scenarios that run on the simulated node. */
export const simScenarios: readonly Scenario[] = [
  ...reorgScenarios(STARKNET, 2_000),
  [
    'F03 another amount after a rewrite is another credit',
    async (bench) => followsChange(bench, sendShiftySim, 'more'),
  ],
  [
    'F03 another place among the events is another deposit',
    async (bench) => followsChange(bench, sendShiftySim, 'later'),
  ],
  [
    'F07 two blocks with one hash and other transactions are told apart',
    async (bench) => {
      const { chain } = getSim().simulator;
      chain.blockHashCommitsTo = 'count';
      await detectsSameHash(bench);
      chain.blockHashCommitsTo = 'content';
    },
  ],
  ['F11 the notice of a reorg is a wake-up and no head', wakesOnNotice],
  [
    'A05 of one transaction only the events of the token itself count',
    async (bench) => countsOwnEvents(bench, boastSim),
  ],
  [
    'F34 a thousand events in a transaction and twenty thousand in a block are all counted',
    async (bench) => countsThousands(bench, fillSimBlock),
  ],
];
