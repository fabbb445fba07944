import { setTimeout as sleep } from 'node:timers/promises';
import type { DevChain, KeptTransaction, SentTransaction, TransferOrder } from '../dev-chain.ts';
import type { SimTransaction } from './chain-state.ts';
import { toFelt, toPaddedFelt } from './felt.ts';
import { startSimServer, type SimServer } from './server.ts';
import type { Simulator, SimulatorOptions } from './simulator.ts';

const INCLUSION_TIMEOUT_MS = 30_000;
const INCLUSION_POLL_MS = 20;
const LOOK_ALIKE_MICROS = 1_000_000_000n;

/** The DevChain on the simulated node; `simulator` offers what only the simulation can do. */
export interface SimDevChain extends DevChain {
  readonly simulator: Simulator;
  readonly server: SimServer;
}

/** Starts a simulated Starknet node with a test USDC. It mines every second by default. */
export async function startSimDevChain(
  options: SimulatorOptions & { port?: number | undefined } = {},
): Promise<SimDevChain> {
  return new ChainOnSimulator(await startSimServer({ ...options, blockTimeSeconds: options.blockTimeSeconds ?? 1 }));
}

class ChainOnSimulator implements SimDevChain {
  readonly caip2: string;
  readonly rpcUrl: string;
  readonly wsUrl: string;
  readonly usdc: string;
  readonly creditsAddress: string;
  readonly accounts: string[];
  readonly simulator: Simulator;
  readonly server: SimServer;

  constructor(server: SimServer) {
    this.server = server;
    this.simulator = server.simulator;
    this.caip2 = `starknet:${server.simulator.chainId}`;
    this.rpcUrl = server.rpcUrl;
    this.wsUrl = server.wsUrl;
    this.usdc = toPaddedFelt(server.simulator.usdc);
    const [treasury, ...senders] = [...server.simulator.chain.accounts].map(toPaddedFelt);
    if (treasury === undefined) throw new Error('the simulated node needs at least one account');
    this.creditsAddress = treasury;
    this.accounts = senders;
  }

  newAccounts(count: number): Promise<string[]> {
    const added = this.simulator.newAccounts(count).map(toPaddedFelt);
    this.accounts.push(...added);
    return Promise.resolve(added);
  }

  async faucet(to: string, amountMicros: bigint): Promise<string> {
    return (await this.#included(this.simulator.mint(to, amountMicros))).txHash;
  }

  async send(p: TransferOrder & { from: string; token?: string }): Promise<SentTransaction> {
    return this.#included(this.simulator.transfer([p], p.token));
  }

  async sendMany(p: { from: string; transfers: readonly TransferOrder[] }): Promise<SentTransaction> {
    return this.#included(this.simulator.transfer(p.transfers.map((one) => ({ ...one, from: p.from }))));
  }

  async sendReverted(p: TransferOrder & { from: string }): Promise<SentTransaction> {
    return this.#included(this.simulator.transferReverted(p), true);
  }

  async burn(from: string, amountMicros: bigint): Promise<SentTransaction> {
    return this.#included(this.simulator.transfer([{ from, to: '0x0', amountMicros }]));
  }

  async deployLookAlike(): Promise<string> {
    const token = this.simulator.addToken();
    const holders = [...this.accounts, this.creditsAddress];
    const mints = holders.map((holder) => ({ from: '0x0', to: holder, amountMicros: LOOK_ALIKE_MICROS }));
    await this.#included(this.simulator.transfer(mints, token));
    return toPaddedFelt(token);
  }

  mine(count = 1): Promise<void> {
    this.simulator.mine(count);
    return Promise.resolve();
  }

  head(): Promise<number> {
    return Promise.resolve(this.simulator.chain.headNumber);
  }

  reorg(depth: number, kept: readonly KeptTransaction[] = []): Promise<void> {
    const replacements = Array.from({ length: depth }, (_, index) =>
      kept
        .filter(({ offset }) => offset === index)
        .map(({ txHash }) => {
          const found = this.simulator.chain.findTransaction(toFelt(txHash));
          if (found === undefined) throw new Error(`no transaction ${txHash} could be kept`);
          return found.executed.transaction;
        }),
    );
    this.simulator.reorg(depth, replacements);
    return Promise.resolve();
  }

  rollback(count: number): Promise<void> {
    this.simulator.abortFrom(this.simulator.chain.headNumber - count + 1);
    return Promise.resolve();
  }

  balanceOf(address: string): Promise<bigint> {
    const { chain, usdc } = this.simulator;
    return Promise.resolve(chain.balanceAt(usdc, toFelt(address), chain.headNumber));
  }

  async stop(): Promise<void> {
    await this.server.stop();
  }

  async #included(transaction: SimTransaction, mayRevert = false): Promise<SentTransaction> {
    const deadline = Date.now() + INCLUSION_TIMEOUT_MS;
    while (Date.now() < deadline) {
      const found = this.simulator.chain.findTransaction(transaction.hash);
      if (found !== undefined) {
        const reason = found.executed.revertReason;
        if (reason !== undefined && !mayRevert) throw new Error(`transaction ${transaction.hash} reverted: ${reason}`);
        return { txHash: toPaddedFelt(transaction.hash), blockNumber: found.block.number };
      }
      await sleep(INCLUSION_POLL_MS);
    }
    throw new Error(`transaction ${transaction.hash} was in no block after ${INCLUSION_TIMEOUT_MS} ms`);
  }
}
