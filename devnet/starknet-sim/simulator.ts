import {
  ChainState,
  type SimBlock,
  type SimEvent,
  type SimTransaction,
  type Step,
  type TransferLayout,
} from './chain-state.ts';
import { FaultScript, type Fault } from './faults.ts';
import { hashToFelt, toFelt } from './felt.ts';
import type { NodeView } from './rpc-methods.ts';

const OPERATOR = hashToFelt('operator');

export interface SimulatorOptions {
  /** Seconds between blocks; 0 mines a block with each transaction; undefined mines on demand only. */
  blockTimeSeconds?: number | undefined;
  /** Default `SN_SEPOLIA`. */
  chainId?: string | undefined;
  /** Layout of the USDC's Transfer events. Default L1, like Circle's native USDC. */
  layout?: TransferLayout | undefined;
  accounts?: number | undefined;
  /**
   * Another node of the same chain, which shows that simulator's blocks with its own lag and faults. Blocks are mined
   * and removed through the original only.
   */
  mirrorOf?: Simulator | undefined;
  /** A fork: a node that starts from that one's present state and then continues on its own. */
  forkOf?: Simulator | undefined;
}

export interface SimTransfer {
  from: string;
  to: string;
  amountMicros: bigint;
}

export interface Reorg {
  starting_block_hash: string;
  starting_block_number: number;
  ending_block_hash: string;
  ending_block_number: number;
}

/** Messages of the simulator to its websocket subscribers. */
export interface SimListener {
  onBlock(block: SimBlock): void;
  onReorg(reorg: Reorg): void;
}

/** A simulated Starknet node without its network side: the chain, and everything that a test may do to it. */
export class Simulator implements NodeView {
  readonly chain: ChainState;
  readonly chainId: string;
  readonly faults = new FaultScript();
  readonly usdc: string;
  lagBlocks = 0;
  aboveHead: 'error' | 'clamp' = 'error';
  readonly #listeners = new Set<SimListener>();
  readonly #minesEach: boolean;
  readonly #timer: NodeJS.Timeout | undefined;

  constructor(options: SimulatorOptions = {}) {
    const original = options.mirrorOf ?? options.forkOf;
    this.chain = options.mirrorOf?.chain ?? options.forkOf?.chain.fork() ?? new ChainState(nowSeconds());
    this.chainId = original?.chainId ?? options.chainId ?? 'SN_SEPOLIA';
    if (original === undefined) {
      const identity = { name: 'USD Coin (test)', symbol: 'USDC', decimals: 6 };
      this.usdc = this.chain.addToken({ ...identity, layout: options.layout ?? 'L1' }).address;
      this.newAccounts(options.accounts ?? 24);
    } else {
      this.usdc = original.usdc;
      const tell = {
        onBlock: (block: SimBlock) => this.#tellBlock(block),
        onReorg: (reorg: Reorg) => this.#tellReorg(reorg),
      };
      options.mirrorOf?.listen(tell);
    }
    this.#minesEach = options.blockTimeSeconds === 0;
    const seconds = options.blockTimeSeconds ?? 0;
    this.#timer = seconds > 0 ? setInterval(() => this.mine(), seconds * 1000) : undefined;
  }

  listen(listener: SimListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Account addresses, the same on every run. */
  newAccounts(count: number): string[] {
    const first = this.chain.accounts.size;
    const added = Array.from({ length: count }, (_, index) => hashToFelt('account', `${first + index}`));
    for (const address of added) this.chain.accounts.add(address);
    return added;
  }

  addToken(p: { symbol?: string; decimals?: number; layout?: TransferLayout } = {}): string {
    const { symbol = 'USDC', decimals = 6, layout = 'L1' } = p;
    return this.chain.addToken({ name: 'USD Coin (test)', symbol, decimals, layout }).address;
  }

  /** Submits a transaction; it is in a block at once only when the node mines a block with each transaction. */
  submit(sender: string, steps: readonly Step[]): SimTransaction {
    const transaction = this.chain.submit(sender, steps);
    if (this.#minesEach) this.mine();
    return transaction;
  }

  mint(to: string, amountMicros: bigint, token: string = this.usdc): SimTransaction {
    return this.submit(OPERATOR, [stepOf(token, { from: '0x0', to, amountMicros })]);
  }

  /** Submits one transaction with all the transfers; it reverts as a whole when a balance is too low. */
  transfer(transfers: readonly SimTransfer[], token: string = this.usdc): SimTransaction {
    const sender = transfers[0]?.from ?? OPERATOR;
    const steps = transfers.map((one) => stepOf(token, one));
    return this.submit(sender, steps);
  }

  /** A transfer that reverts: the block holds its transaction with the fee event only. */
  transferReverted(one: SimTransfer, token: string = this.usdc): SimTransaction {
    return this.submit(one.from, [stepOf(token, one), { kind: 'fail', reason: 'reverted on purpose' }]);
  }

  /** Events of any shape; no balance moves. */
  emit(events: readonly SimEvent[], sender: string = OPERATOR): SimTransaction {
    const steps = events.map((event): Step => ({ kind: 'event', event: unpad(event) }));
    return this.submit(sender, steps);
  }

  mine(count = 1): SimBlock[] {
    return Array.from({ length: count }, () => {
      const block = this.chain.mine(Math.max(nowSeconds(), this.chain.head.timestamp));
      this.#tellBlock(block);
      return block;
    });
  }

  /** Removes the blocks from `first` up to the head and notifies the subscribers. Returns the blocks newest first. */
  abortFrom(first: number): SimBlock[] {
    const aborted = this.chain.abortFrom(first);
    const [newest, oldest] = [aborted[0], aborted.at(-1)];
    if (newest !== undefined && oldest !== undefined) {
      const reorg = {
        starting_block_hash: oldest.hash,
        starting_block_number: oldest.number,
        ending_block_hash: newest.hash,
        ending_block_number: newest.number,
      };
      this.#tellReorg(reorg);
    }
    return aborted;
  }

  /**
   * Replaces the newest `depth` blocks by as many. `replacements[i]` are the transactions of the i-th new block: new
   * ones or ones from the old blocks; blocks without transactions are empty.
   */
  reorg(depth: number, replacements: readonly (readonly SimTransaction[])[] = []): void {
    this.abortFrom(this.chain.headNumber - depth + 1);
    for (let i = 0; i < depth; i += 1) {
      const timestamp = Math.max(nowSeconds(), this.chain.head.timestamp) + 1;
      const block = this.chain.mine(timestamp, replacements[i] ?? []);
      this.#tellBlock(block);
    }
  }

  /** Marks everything up to this block as accepted on L1. Returns the newly accepted blocks, newest first. */
  acceptOnL1(upTo: number): SimBlock[] {
    const accepted = this.chain.blocks.slice(this.chain.l1AcceptedNumber + 1, upTo + 1);
    this.chain.l1AcceptedNumber = Math.max(this.chain.l1AcceptedNumber, Math.min(upTo, this.chain.headNumber));
    return accepted.reverse();
  }

  /** From now on the node answers as if the last blocks had not reached it; numbers above its head are clamped. */
  setLag(blocks: number): void {
    this.lagBlocks = blocks;
  }

  addFault(fault: Fault): number {
    return this.faults.add(fault);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #tellBlock(block: SimBlock): void {
    for (const listener of this.#listeners) listener.onBlock(block);
  }

  #tellReorg(reorg: Reorg): void {
    for (const listener of this.#listeners) listener.onReorg(reorg);
  }
}

function stepOf(token: string, one: SimTransfer): Step {
  return {
    kind: 'transfer',
    token: toFelt(token),
    from: toFelt(one.from),
    to: toFelt(one.to),
    amount: one.amountMicros,
  };
}

function unpad(event: SimEvent): SimEvent {
  return {
    from_address: toFelt(event.from_address),
    keys: event.keys.map((key) => toFelt(key)),
    data: event.data.map((value) => toFelt(value)),
  };
}

function nowSeconds(): number {
  return Math.floor(Date.now() / 1000);
}
