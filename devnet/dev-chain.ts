/** One transfer of test USDC, in micro-dollars (one base unit of USDC). */
export interface TransferOrder {
  to: string;
  amountMicros: bigint;
}

export interface SentTransaction {
  txHash: string;
  blockNumber: number;
}

/** A transaction that a reorg keeps: it is included again `offset` blocks above the first replaced one. */
export interface KeptTransaction {
  txHash: string;
  offset: number;
}

/**
 * A development chain with test USDC on it. The interface is the same for anvil, starknet-devnet and the simulated
 * Starknet node. Addresses and hashes are in canonical form, lower-case hex: EVM 0x + 40 digits (hashes 64), Starknet
 * 0x + 64 digits.
 */
export interface DevChain {
  /** CAIP-2 name, such as `eip155:31337`. */
  readonly caip2: string;
  readonly rpcUrl: string;
  readonly wsUrl: string;
  readonly usdc: string;
  /** The address that customers of the treasury send their USDC to. */
  readonly creditsAddress: string;
  /** Senders with gas but no USDC; `newAccounts` adds to them. */
  readonly accounts: readonly string[];
  /** Creates more funded senders. Throws on a chain whose accounts are fixed at its start (starknet-devnet). */
  newAccounts(count: number): Promise<string[]>;
  /** Mints test USDC; resolves with the transaction hash once it is in a block. */
  faucet(to: string, amountMicros: bigint): Promise<string>;
  /** Burns test USDC of one of the chain's accounts, the treasury included. */
  burn(from: string, amountMicros: bigint): Promise<SentTransaction>;
  /** One transfer, of USDC unless `token` names another; resolves once it is in a block. Throws when it reverts. */
  send(p: TransferOrder & { from: string; token?: string }): Promise<SentTransaction>;
  /** Several transfers of USDC in one transaction. */
  sendMany(p: { from: string; transfers: readonly TransferOrder[] }): Promise<SentTransaction>;
  /** A transaction that is included in a block and fails: it moves nothing. */
  sendReverted(p: TransferOrder & { from: string }): Promise<SentTransaction>;
  /** Another token with the same symbol and decimals; every account and the credits address hold some of it. */
  deployLookAlike(): Promise<string>;
  /** Mines blocks now, 1 by default; the timer goes on. */
  mine(count?: number): Promise<void>;
  head(): Promise<number>;
  /** Replaces the newest `depth` blocks by as many; their transactions are gone, except those that are kept. */
  reorg(depth: number, kept?: readonly KeptTransaction[]): Promise<void>;
  /** Removes the newest blocks without replacement: the chain gets shorter. */
  rollback(count: number): Promise<void>;
  /** USDC of an address at the head, in micro-dollars. */
  balanceOf(address: string): Promise<bigint>;
  stop(): Promise<void>;
}

/** Runs the work of each sender in order, since nonces must be used in order; different senders do not wait. */
export class PerSender {
  readonly #last = new Map<string, Promise<unknown>>();

  /** Runs `work` after everything given for this sender before, whether that succeeded or not. */
  async run<T>(sender: string, work: () => Promise<T>): Promise<T> {
    const before = this.#last.get(sender) ?? Promise.resolve();
    const mine = before.then(work, work);
    this.#last.set(
      sender,
      mine.catch(() => undefined),
    );
    return mine;
  }
}
