/** One transfer of test USDC, in micro-dollars (one base unit of USDC). */
export interface TransferOrder {
  to: string;
  amountMicros: bigint;
}

export interface SentTransaction {
  txHash: string;
  blockNumber: number;
}

/** A transaction that a reorg keeps: it comes again in the block that lies `offset` above the first replaced one. */
export interface KeptTransaction {
  txHash: string;
  offset: number;
}

/**
 * A development chain with test USDC on it. The same for anvil, starknet-devnet and the simulated Starknet node, so that
 * callers need not care which one runs. Addresses and hashes come in canonical form: EVM lower-case 0x + 40 (hashes 64),
 * Starknet 0x + 64 lower-case hex.
 */
export interface DevChain {
  /** CAIP-2 name, such as `eip155:31337`. */
  readonly caip2: string;
  readonly rpcUrl: string;
  readonly wsUrl: string;
  readonly usdc: string;
  /** Where customers of the treasury send their USDC. */
  readonly creditsAddress: string;
  /** Senders with gas but no USDC; `newAccounts` adds to them. */
  readonly accounts: readonly string[];
  /** Makes more funded senders. Throws on a chain whose accounts are fixed at its start (starknet-devnet). */
  newAccounts(count: number): Promise<string[]>;
  /** Mints test USDC; resolves with the transaction hash once it is in a block. */
  faucet(to: string, amountMicros: bigint): Promise<string>;
  /** Destroys test USDC of one of our accounts, the treasury included. */
  burn(from: string, amountMicros: bigint): Promise<SentTransaction>;
  /** One transfer, of USDC unless `token` says otherwise; resolves once it is in a block. Throws when it reverted. */
  send(p: TransferOrder & { from: string; token?: string }): Promise<SentTransaction>;
  /** Several transfers of USDC in one transaction. */
  sendMany(p: { from: string; transfers: readonly TransferOrder[] }): Promise<SentTransaction>;
  /** A transaction that is included in a block and fails: it moves nothing. */
  sendReverted(p: TransferOrder & { from: string }): Promise<SentTransaction>;
  /** Another token with the same symbol and decimals; every account and the credits address hold some of it. */
  deployLookAlike(): Promise<string>;
  /** Mines blocks now, 1 unless told; the timer goes on. */
  mine(count?: number): Promise<void>;
  head(): Promise<number>;
  /** Replaces the newest `depth` blocks by as many: their transactions are gone, but for those that are kept. */
  reorg(depth: number, kept?: readonly KeptTransaction[]): Promise<void>;
  /** Takes the newest blocks away and puts none in their place: the chain is shorter. */
  rollback(count: number): Promise<void>;
  /** USDC of an address at the head, in micro-dollars. */
  balanceOf(address: string): Promise<bigint>;
  stop(): Promise<void>;
}

/** Work for one sender, one piece after the other: nonces must be used in order, different senders need not wait. */
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
