import { setTimeout as sleep } from 'node:timers/promises';
import { Account, addAddressPadding, CallData, RpcProvider, uint256, type Call } from 'starknet';
import { z } from 'zod';
import {
  PerSender,
  type DevChain,
  type KeptTransaction,
  type SentTransaction,
  type TransferOrder,
} from './dev-chain.ts';
import { callRpc, RpcReplyError } from './json-rpc.ts';
import { startStarknetDevnet, type StarknetDevnet, type StarknetDevnetOptions } from './starknet-devnet.ts';

const ETH_TOKEN = '0x049d36570d4e46f48e99674bd3fcc84644ddd6b96f7c741b1562b82f9e004dc7';
const UNIVERSAL_DEPLOYER = '0x02ceed65a4bd731034c01113685c831b01c15d7d432f71afb1cf1634b53a2125';
const RECEIPT_TIMEOUT_MS = 60_000;
const RECEIPT_POLL_MS = 50;
const DEPLOY_TIMEOUT_MS = 60_000;
const TRANSACTION_NOT_FOUND = 29;
const LOOK_ALIKE_MICROS = 1_000_000_000n;
const MINTS_PER_TRANSACTION_MAX = 50;
/** Wide limits instead of an estimate: each transaction has one call, and one that fails still gets into a block. */
const RESOURCE_BOUNDS = {
  l1_gas: { max_amount: 100_000n, max_price_per_unit: 100_000_000_000n },
  l1_data_gas: { max_amount: 100_000n, max_price_per_unit: 100_000_000_000n },
  l2_gas: { max_amount: 400_000_000n, max_price_per_unit: 100_000_000_000n },
};

const accountsSchema = z.array(z.object({ address: z.string(), private_key: z.string() }));
const signedSchema = z.record(z.string(), z.unknown());
const receiptSchema = z.object({
  execution_status: z.enum(['SUCCEEDED', 'REVERTED']),
  revert_reason: z.string().optional(),
  block_number: z.int().optional(),
  block_hash: z.string().optional(),
  events: z.array(z.object({ from_address: z.string(), keys: z.array(z.string()), data: z.array(z.string()) })),
});
type Receipt = z.infer<typeof receiptSchema>;

/** The DevChain on the real starknet-devnet. */
export interface StarknetDevnetChain extends DevChain {
  readonly version: string;
  /** Makes any calls in one transaction of one of our accounts; resolves once in a block, throws if it reverted. */
  invoke(from: string, calls: readonly Call[]): Promise<SentTransaction>;
}

/** Starts starknet-devnet and deploys a USDC with 6 decimals on it, at the same addresses on every run. */
export async function startStarknetDevnetChain(options: StarknetDevnetOptions): Promise<StarknetDevnetChain> {
  const node = await startStarknetDevnet(options);
  try {
    return await ChainOnStarknetDevnet.deploy(node, options.blockTimeSeconds === 0);
  } catch (error) {
    await node.stop();
    throw error;
  }
}

class ChainOnStarknetDevnet implements StarknetDevnetChain {
  readonly caip2: string;
  readonly rpcUrl: string;
  readonly wsUrl: string;
  readonly version: string;
  usdc = '';
  creditsAddress = '';
  readonly accounts: string[] = [];
  readonly #node: StarknetDevnet;
  /** Whether each transaction makes its own block. */
  readonly #minesEach: boolean;
  readonly #provider: RpcProvider;
  readonly #signers = new Map<string, Account>();
  readonly #senders = new PerSender();
  #owner = '';
  #tokenCount = 0;

  static async deploy(node: StarknetDevnet, minesEach: boolean): Promise<ChainOnStarknetDevnet> {
    const chain = new ChainOnStarknetDevnet(node, minesEach);
    await chain.#readAccounts();
    chain.usdc = await chain.#deployToken();
    return chain;
  }

  private constructor(node: StarknetDevnet, minesEach: boolean) {
    this.#minesEach = minesEach;
    this.caip2 = `starknet:${node.chainId}`;
    this.rpcUrl = node.rpcUrl;
    this.wsUrl = node.wsUrl;
    this.version = node.version;
    this.#node = node;
    this.#provider = new RpcProvider({ nodeUrl: node.rpcUrl });
  }

  newAccounts(): Promise<string[]> {
    return Promise.reject(new Error('starknet-devnet has the accounts it was started with; ask for more at the start'));
  }

  async faucet(to: string, amountMicros: bigint): Promise<string> {
    return (await this.#execute(this.#owner, [mintCall(this.usdc, to, amountMicros)])).txHash;
  }

  async send(p: TransferOrder & { from: string; token?: string }): Promise<SentTransaction> {
    return this.#execute(p.from, [transferCall(p.token ?? this.usdc, p)]);
  }

  async invoke(from: string, calls: readonly Call[]): Promise<SentTransaction> {
    return this.#execute(from, calls);
  }

  async sendMany(p: { from: string; transfers: readonly TransferOrder[] }): Promise<SentTransaction> {
    const calls = p.transfers.map((transfer) => transferCall(this.usdc, transfer));
    return this.#execute(p.from, calls);
  }

  /** Makes the transfer, then one that no balance covers: the transaction reverts as a whole. */
  async sendReverted(p: TransferOrder & { from: string }): Promise<SentTransaction> {
    const tooMuch = { to: p.to, amountMicros: (await this.balanceOf(p.from)) + 1n };
    const txHash = await this.#broadcast(p.from, [transferCall(this.usdc, p), transferCall(this.usdc, tooMuch)]);
    const receipt = await this.#waitForReceipt(txHash);
    if (receipt.execution_status !== 'REVERTED') throw new Error(`${txHash} should have reverted`);
    return { txHash, blockNumber: blockNumberOf(receipt) };
  }

  async burn(from: string, amountMicros: bigint): Promise<SentTransaction> {
    const { low, high } = uint256.bnToUint256(amountMicros);
    const call = { contractAddress: this.usdc, entrypoint: 'permissioned_burn', calldata: [from, low, high] };
    return this.#execute(this.#owner, [call]);
  }

  async deployLookAlike(): Promise<string> {
    const token = await this.#deployToken();
    const holders = [...this.accounts, this.creditsAddress, this.#owner];
    for (let i = 0; i < holders.length; i += MINTS_PER_TRANSACTION_MAX) {
      const page = holders.slice(i, i + MINTS_PER_TRANSACTION_MAX);
      await this.#execute(
        this.#owner,
        page.map((holder) => mintCall(token, holder, LOOK_ALIKE_MICROS)),
      );
    }
    return token;
  }

  async mine(count = 1): Promise<void> {
    for (let i = 0; i < count; i += 1) await callRpc(this.rpcUrl, 'devnet_createBlock', {});
  }

  async head(): Promise<number> {
    return this.#provider.getBlockNumber();
  }

  async reorg(depth: number, kept: readonly KeptTransaction[] = []): Promise<void> {
    const signed = await Promise.all(
      kept.map(async ({ txHash, offset }) => ({ offset, transaction: await this.#getSigned(txHash) })),
    );
    await this.rollback(depth);
    for (let offset = 0; offset < depth; offset += 1) {
      const again = signed.filter((one) => one.offset === offset);
      for (const { transaction } of again) {
        await callRpc(this.rpcUrl, 'starknet_addInvokeTransaction', { invoke_transaction: transaction });
      }
      if (again.length === 0 || !this.#minesEach) await this.mine();
    }
  }

  async rollback(count: number): Promise<void> {
    const first = (await this.head()) - count + 1;
    await callRpc(this.rpcUrl, 'devnet_abortBlocks', { starting_block_id: { block_number: first } });
  }

  /** A transaction as it was submitted, ready to be submitted again once its block is gone. */
  async #getSigned(txHash: string): Promise<Record<string, unknown>> {
    const asked = { transaction_hash: `0x${BigInt(txHash).toString(16)}` };
    const found = signedSchema.parse(await callRpc(this.rpcUrl, 'starknet_getTransactionByHash', asked));
    return Object.fromEntries(Object.entries(found).filter(([name]) => name !== 'transaction_hash'));
  }

  async balanceOf(address: string): Promise<bigint> {
    const [low, high] = await this.#provider.callContract(
      { contractAddress: this.usdc, entrypoint: 'balance_of', calldata: [address] },
      'latest',
    );
    return BigInt(low ?? '0') + (BigInt(high ?? '0') << 128n);
  }

  async stop(): Promise<void> {
    await this.#node.stop();
  }

  async #readAccounts(): Promise<void> {
    const listed = accountsSchema.parse(await callRpc(this.rpcUrl, 'devnet_getPredeployedAccounts', {}));
    const addresses = listed.map((account) => {
      const address = addAddressPadding(account.address);
      const signer = new Account({ provider: this.#provider, address, signer: account.private_key, cairoVersion: '1' });
      this.#signers.set(address, signer);
      return address;
    });
    const [owner, treasury, ...senders] = addresses;
    if (owner === undefined || treasury === undefined) throw new Error('starknet-devnet has fewer than two accounts');
    this.#owner = owner;
    this.creditsAddress = treasury;
    this.accounts.push(...senders);
  }

  /** Deploys the class of the ETH token, which the node declares itself: no Cairo compiler is needed. */
  async #deployToken(): Promise<string> {
    const classHash = await this.#provider.getClassHashAt(ETH_TOKEN);
    const { abi } = await this.#provider.getClassByHash(classHash);
    const calldata = new CallData(abi).compile('constructor', {
      name: 'USD Coin (test)',
      symbol: 'USDC',
      decimals: 6,
      initial_supply: uint256.bnToUint256(0n),
      recipient: this.#owner,
      permitted_minter: this.#owner,
      governance_admin: this.#owner,
      upgrade_delay: 0,
    });
    this.#tokenCount += 1;
    const call: Call = {
      contractAddress: UNIVERSAL_DEPLOYER,
      entrypoint: 'deployContract',
      calldata: [
        classHash,
        `0x${this.#tokenCount.toString(16)}`,
        '0x0',
        `0x${calldata.length.toString(16)}`,
        ...calldata,
      ],
    };
    const receipt = await this.#waitForReceipt(await this.#broadcast(this.#owner, [call]), DEPLOY_TIMEOUT_MS);
    const deployed = receipt.events.find((event) => BigInt(event.from_address) === BigInt(UNIVERSAL_DEPLOYER));
    const address = deployed?.data[0];
    if (receipt.execution_status !== 'SUCCEEDED' || address === undefined) {
      throw new Error(`the test USDC could not be deployed: ${receipt.revert_reason ?? 'no deployment event'}`);
    }
    return addAddressPadding(address);
  }

  async #execute(from: string, calls: readonly Call[]): Promise<SentTransaction> {
    const txHash = await this.#broadcast(from, calls);
    const receipt = await this.#waitForReceipt(txHash);
    if (receipt.execution_status !== 'SUCCEEDED') {
      throw new Error(`transaction ${txHash} reverted: ${receipt.revert_reason ?? 'no reason given'}`);
    }
    return { txHash, blockNumber: blockNumberOf(receipt) };
  }

  /** Signs and submits; senders wait for one another only until the node has accepted the transaction. */
  async #broadcast(from: string, calls: readonly Call[]): Promise<string> {
    const signer = this.#signers.get(addAddressPadding(from.toLowerCase()));
    if (signer === undefined) throw new Error(`${from} is not an account of this development chain`);
    return this.#senders.run(signer.address, async () => {
      const nonce = await signer.getNonce('pre_confirmed');
      const sent = await signer.execute([...calls], { nonce, tip: 0n, resourceBounds: RESOURCE_BOUNDS });
      return addAddressPadding(sent.transaction_hash);
    });
  }

  async #waitForReceipt(txHash: string, timeoutMs = RECEIPT_TIMEOUT_MS): Promise<Receipt> {
    const deadline = Date.now() + timeoutMs;
    while (Date.now() < deadline) {
      try {
        const hash = `0x${BigInt(txHash).toString(16)}`;
        const receipt = receiptSchema.parse(await callRpc(this.rpcUrl, 'starknet_getTransactionReceipt', [hash]));
        if (receipt.block_hash !== undefined) return receipt;
      } catch (error) {
        if (!(error instanceof RpcReplyError) || error.code !== TRANSACTION_NOT_FOUND) throw error;
      }
      await sleep(RECEIPT_POLL_MS);
    }
    throw new Error(`transaction ${txHash} was in no block after ${timeoutMs} ms (does the chain mine?)`);
  }
}

function blockNumberOf(receipt: Receipt): number {
  if (receipt.block_number === undefined) throw new Error('the receipt names no block');
  return receipt.block_number;
}

function transferCall(token: string, p: TransferOrder): Call {
  const { low, high } = uint256.bnToUint256(p.amountMicros);
  return { contractAddress: token, entrypoint: 'transfer', calldata: [p.to, low, high] };
}

function mintCall(token: string, to: string, amountMicros: bigint): Call {
  const { low, high } = uint256.bnToUint256(amountMicros);
  return { contractAddress: token, entrypoint: 'permissioned_mint', calldata: [to, low, high] };
}
