import { setTimeout as sleep } from 'node:timers/promises';
import {
  createPublicClient,
  encodeFunctionData,
  getAddress,
  http,
  parseAbi,
  TransactionReceiptNotFoundError,
  type Address,
  type Hex,
  type PublicClient,
  type TransactionReceipt,
} from 'viem';
import { mnemonicToAccount, type HDAccount } from 'viem/accounts';
import { ANVIL_MNEMONIC, startAnvil, type AnvilOptions } from './anvil.ts';
import { toCount } from '../src/core/integers.ts';
import {
  PerSender,
  type DevChain,
  type KeptTransaction,
  type SentTransaction,
  type TransferOrder,
} from './dev-chain.ts';
import { callRpc } from './json-rpc.ts';
import { compileContract } from './solc.ts';

const RPC_TIMEOUT_MS = 10_000;
const REORG_TIMEOUT_MS = 60_000;
const RECEIPT_TIMEOUT_MS = 30_000;
const RECEIPT_POLL_MS = 50;
const TRANSFER_GAS = 120_000n;
const DEPLOY_GAS = 4_000_000n;
const MAX_FEE_PER_GAS_WEI = 100_000_000_000n;
const NEW_ACCOUNT_WEI = '0x3635c9adc5dea00000';
const LOOK_ALIKE_MICROS = 1_000_000_000n;
const OWNER_INDEX = 0;
const TREASURY_INDEX = 1;

/** The interface of devnet/contracts/TestUsdc.sol. */
export const TEST_USDC_ABI = parseAbi([
  'function symbol() view returns (string)',
  'function decimals() view returns (uint8)',
  'function balanceOf(address) view returns (uint256)',
  'function mint(address to, uint256 value)',
  'function transfer(address to, uint256 value) returns (bool)',
  'function transferFrom(address from, address to, uint256 value) returns (bool)',
  'function approve(address spender, uint256 value) returns (bool)',
  'function batchTransfer(address[] to, uint256[] value)',
  'function transferThenRevert(address to, uint256 value)',
  'function emitLog(bytes32[] topics, bytes data)',
  'function burn(uint256 value)',
  'function transferUpTo(address to, uint256 cap)',
  'function transferFalsely(address to, uint256 value) returns (bool)',
  'function transferWithFee(address to, uint256 value)',
  'function transferInVain(address to, uint256 value) payable',
  'function boast(address token, address from, address to, uint256 value)',
  'event Transfer(address indexed from, address indexed to, uint256 value)',
]);

/** `valueWei` is sent along in the chain's native coin. */
export interface ContractCall {
  from: string;
  to: string;
  data: Hex;
  gas?: bigint;
  valueWei?: bigint;
}

/** The DevChain on anvil, with functions that only an EVM chain has. */
export interface EvmDevChain extends DevChain {
  /** The signing account behind an address of `accounts`, the owner or the treasury. Throws for any other. */
  signerOf(address: string): HDAccount;
  /** Any call of a contract, from one of the chain's accounts. */
  callContract(p: ContractCall): Promise<SentTransaction>;
  /** The account that owns (mints) the test USDC. */
  readonly owner: string;
}

/** Starts anvil, deploys the test USDC from account 0 at nonce 0 (the same address on every run). */
export async function startEvmDevChain(options: AnvilOptions = {}): Promise<EvmDevChain> {
  const accountCount = options.accounts ?? 26;
  const anvil = await startAnvil({ ...options, accounts: accountCount });
  try {
    return await EvmDevChainOnAnvil.deploy(anvil, accountCount);
  } catch (error) {
    await anvil.stop();
    throw error;
  }
}

class EvmDevChainOnAnvil implements EvmDevChain {
  readonly caip2: string;
  readonly rpcUrl: string;
  readonly wsUrl: string;
  readonly owner: string;
  readonly creditsAddress: string;
  usdc = '';
  readonly accounts: string[] = [];
  readonly #signers = new Map<string, HDAccount>();
  readonly #senders = new PerSender();
  readonly #chain: { chainId: number; stop: () => Promise<void> };
  readonly #client: PublicClient;
  #code: Hex = '0x';

  static async deploy(
    anvil: { rpcUrl: string; wsUrl: string; chainId: number; stop: () => Promise<void> },
    accountCount: number,
  ): Promise<EvmDevChainOnAnvil> {
    const chain = new EvmDevChainOnAnvil(anvil, accountCount);
    chain.#code = await compileContract('TestUsdc');
    chain.usdc = await chain.#deployToken();
    return chain;
  }

  private constructor(
    anvil: { rpcUrl: string; wsUrl: string; chainId: number; stop: () => Promise<void> },
    accountCount: number,
  ) {
    this.caip2 = `eip155:${anvil.chainId}`;
    this.rpcUrl = anvil.rpcUrl;
    this.wsUrl = anvil.wsUrl;
    this.#chain = anvil;
    this.#client = createPublicClient({
      transport: http(anvil.rpcUrl, { timeout: RPC_TIMEOUT_MS, retryCount: 0 }),
      cacheTime: 0,
    });
    this.owner = this.#addSigner(OWNER_INDEX);
    this.creditsAddress = this.#addSigner(TREASURY_INDEX);
    for (let index = TREASURY_INDEX + 1; index < accountCount; index += 1) this.accounts.push(this.#addSigner(index));
  }

  #addSigner(addressIndex: number): string {
    const signer = mnemonicToAccount(ANVIL_MNEMONIC, { addressIndex });
    const address = signer.address.toLowerCase();
    this.#signers.set(address, signer);
    return address;
  }

  signerOf(address: string): HDAccount {
    const signer = this.#signers.get(address.toLowerCase());
    if (signer === undefined) throw new Error(`${address} is not an account of this development chain`);
    return signer;
  }

  async newAccounts(count: number): Promise<string[]> {
    const added: string[] = [];
    for (let i = 0; i < count; i += 1) {
      const address = this.#addSigner(this.#signers.size);
      await callRpc(this.rpcUrl, 'anvil_setBalance', [address, NEW_ACCOUNT_WEI]);
      this.accounts.push(address);
      added.push(address);
    }
    return added;
  }

  async faucet(to: string, amountMicros: bigint): Promise<string> {
    return (await this.#mint(this.usdc, to, amountMicros)).txHash;
  }

  async send(p: TransferOrder & { from: string; token?: string }): Promise<SentTransaction> {
    const data = encodeFunctionData({
      abi: TEST_USDC_ABI,
      functionName: 'transfer',
      args: [toAddress(p.to), p.amountMicros],
    });
    return this.callContract({ from: p.from, to: p.token ?? this.usdc, data });
  }

  async sendMany(p: { from: string; transfers: readonly TransferOrder[] }): Promise<SentTransaction> {
    const to = p.transfers.map((transfer) => toAddress(transfer.to));
    const amounts = p.transfers.map((transfer) => transfer.amountMicros);
    const data = encodeFunctionData({ abi: TEST_USDC_ABI, functionName: 'batchTransfer', args: [to, amounts] });
    const gas = TRANSFER_GAS + 60_000n * BigInt(p.transfers.length);
    return this.callContract({ from: p.from, to: this.usdc, data, gas });
  }

  async sendReverted(p: TransferOrder & { from: string }): Promise<SentTransaction> {
    const data = encodeFunctionData({
      abi: TEST_USDC_ABI,
      functionName: 'transferThenRevert',
      args: [toAddress(p.to), p.amountMicros],
    });
    const receipt = await this.#submit({ from: p.from, to: toAddress(this.usdc), data, gas: TRANSFER_GAS });
    if (receipt.status !== 'reverted') throw new Error(`${receipt.transactionHash} should have reverted`);
    return sentOf(receipt);
  }

  async burn(from: string, amountMicros: bigint): Promise<SentTransaction> {
    const data = encodeFunctionData({ abi: TEST_USDC_ABI, functionName: 'burn', args: [amountMicros] });
    return this.callContract({ from, to: this.usdc, data });
  }

  async deployLookAlike(): Promise<string> {
    const token = await this.#deployToken();
    for (const address of [...this.accounts, this.creditsAddress]) {
      await this.#mintUnawaited(token, address, LOOK_ALIKE_MICROS);
    }
    await this.#mint(token, this.owner, LOOK_ALIKE_MICROS);
    return token;
  }

  async mine(count = 1): Promise<void> {
    await callRpc(this.rpcUrl, 'anvil_mine', [`0x${count.toString(16)}`]);
  }

  async head(): Promise<number> {
    return toCount(await this.#client.getBlockNumber({ cacheTime: 0 }));
  }

  async reorg(depth: number, kept: readonly KeptTransaction[] = []): Promise<void> {
    const again = await Promise.all(
      kept.map(async ({ txHash, offset }) => [
        await callRpc(this.rpcUrl, 'eth_getRawTransactionByHash', [txHash]),
        offset,
      ]),
    );
    await callRpc(this.rpcUrl, 'anvil_reorg', [depth, again], REORG_TIMEOUT_MS);
  }

  async rollback(count: number): Promise<void> {
    await callRpc(this.rpcUrl, 'anvil_rollback', [count]);
  }

  async balanceOf(address: string): Promise<bigint> {
    return this.#client.readContract({
      address: toAddress(this.usdc),
      abi: TEST_USDC_ABI,
      functionName: 'balanceOf',
      args: [toAddress(address)],
    });
  }

  async callContract(p: ContractCall): Promise<SentTransaction> {
    const receipt = await this.#submit({ ...p, to: toAddress(p.to), gas: p.gas ?? TRANSFER_GAS });
    if (receipt.status !== 'success') throw new Error(`transaction ${receipt.transactionHash} reverted`);
    return sentOf(receipt);
  }

  async stop(): Promise<void> {
    await this.#chain.stop();
  }

  async #deployToken(): Promise<string> {
    const hash = await this.#broadcast({ from: this.owner, data: this.#code, gas: DEPLOY_GAS });
    const receipt = await this.#waitForReceipt(hash);
    if (receipt.status !== 'success' || !receipt.contractAddress)
      throw new Error('the test USDC could not be deployed');
    return receipt.contractAddress.toLowerCase();
  }

  async #mint(token: string, to: string, amountMicros: bigint): Promise<SentTransaction> {
    return sentOf(await this.#waitForReceipt(await this.#mintUnawaited(token, to, amountMicros)));
  }

  async #mintUnawaited(token: string, to: string, amountMicros: bigint): Promise<Hex> {
    const data = encodeFunctionData({ abi: TEST_USDC_ABI, functionName: 'mint', args: [toAddress(to), amountMicros] });
    return this.#broadcast({ from: this.owner, to: toAddress(token), data, gas: TRANSFER_GAS });
  }

  async #submit(p: ContractCall & { to: Address; gas: bigint }): Promise<TransactionReceipt> {
    return this.#waitForReceipt(await this.#broadcast(p));
  }

  /** Signs and submits; the next transaction of the same sender waits only until the node has accepted this one. */
  async #broadcast(p: Omit<ContractCall, 'to'> & { to?: Address; gas: bigint }): Promise<Hex> {
    const signer = this.signerOf(p.from);
    return this.#senders.run(signer.address, async () => {
      const nonce = await this.#client.getTransactionCount({ address: signer.address, blockTag: 'pending' });
      const serializedTransaction = await signer.signTransaction({
        type: 'eip1559',
        chainId: this.#chain.chainId,
        nonce,
        gas: p.gas,
        maxFeePerGas: MAX_FEE_PER_GAS_WEI,
        maxPriorityFeePerGas: 1n,
        data: p.data,
        value: p.valueWei ?? 0n,
        ...(p.to === undefined ? {} : { to: p.to }),
      });
      return this.#client.sendRawTransaction({ serializedTransaction });
    });
  }

  async #waitForReceipt(hash: Hex): Promise<TransactionReceipt> {
    const deadline = Date.now() + RECEIPT_TIMEOUT_MS;
    while (Date.now() < deadline) {
      try {
        return await this.#client.getTransactionReceipt({ hash });
      } catch (error) {
        if (!(error instanceof TransactionReceiptNotFoundError)) throw error;
      }
      await sleep(RECEIPT_POLL_MS);
    }
    throw new Error(`transaction ${hash} was in no block after ${RECEIPT_TIMEOUT_MS} ms (does the chain mine?)`);
  }
}

/** Accepts any case and checks the length; the devnet does not check the checksum. */
function toAddress(text: string): Address {
  return getAddress(text.toLowerCase());
}

function sentOf(receipt: TransactionReceipt): SentTransaction {
  return { txHash: receipt.transactionHash.toLowerCase(), blockNumber: toCount(receipt.blockNumber) };
}
