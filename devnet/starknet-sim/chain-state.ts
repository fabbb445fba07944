import { hashToFelt, toFelt, toU256Felts, TRANSFER_SELECTOR } from './felt.ts';

const STRK_TOKEN = toFelt('0x04718f5a0fc34cc1af16a1cdee98ffb20c31f5cd61d6ab07201858f4287c938d');
export const SEQUENCER = '0x1000';
export const FEE = '0x8f4e6d1036000';
const GENESIS_PARENT = '0x0';

/** L1: `from` and `to` are keys. L0: only the selector is a key (Cairo 0 and early StarkGate tokens). */
export type TransferLayout = 'L0' | 'L1';

export interface SimEvent {
  from_address: string;
  keys: string[];
  data: string[];
}

/** One effect of a transaction when a block executes it. `from` 0x0 mints, and `to` 0x0 burns. */
export type Step =
  | { kind: 'transfer'; token: string; from: string; to: string; amount: bigint }
  | { kind: 'event'; event: SimEvent }
  | { kind: 'fail'; reason: string };

export interface SimTransaction {
  hash: string;
  sender: string;
  steps: readonly Step[];
}

export interface ExecutedTransaction {
  transaction: SimTransaction;
  events: SimEvent[];
  revertReason: string | undefined;
}

export interface SimBlock {
  number: number;
  hash: string;
  parentHash: string;
  timestamp: number;
  executed: ExecutedTransaction[];
  /** The balance changes of the block, by `token/holder`. */
  balanceChanges: Map<string, bigint>;
}

export interface SimToken {
  address: string;
  name: string;
  symbol: string;
  decimals: number;
  layout: TransferLayout;
  classHash: string;
}

/** The chain itself, without network or clock: blocks, tokens, balances. No felt has leading zeros. */
export class ChainState {
  readonly blocks: SimBlock[] = [];
  readonly tokens = new Map<string, SimToken>();
  readonly accounts = new Set<string>();
  /** Accepted by the node, but not in a block yet. */
  readonly pending: SimTransaction[] = [];
  /** The highest block accepted on L1; -1 while there is none. */
  l1AcceptedNumber = -1;
  /** `count` gives different blocks of one height the same hash when they hold equally many transactions. */
  blockHashCommitsTo: 'content' | 'count' = 'content';
  readonly #balances = new Map<string, bigint>();
  #made = 0;
  /** Differs between forks, so that two forks never make the same block. */
  #branch = '';

  constructor(timestamp: number) {
    this.mine(timestamp);
  }

  /** Another chain with the same past. Blocks mined on either one later are missing on the other. */
  fork(): ChainState {
    const fork = new ChainState(this.head.timestamp);
    fork.blocks.splice(0, fork.blocks.length, ...this.blocks);
    for (const [address, token] of this.tokens) fork.tokens.set(address, { ...token });
    for (const account of this.accounts) fork.accounts.add(account);
    for (const [key, balance] of this.#balances) fork.#balances.set(key, balance);
    fork.l1AcceptedNumber = this.l1AcceptedNumber;
    fork.blockHashCommitsTo = this.blockHashCommitsTo;
    fork.#made = this.#made;
    fork.#branch = hashToFelt('branch', this.#branch, this.head.hash);
    return fork;
  }

  get headNumber(): number {
    return this.blocks.length - 1;
  }

  get head(): SimBlock {
    const head = this.blocks.at(-1);
    if (head === undefined) throw new Error('a chain has at least its genesis block');
    return head;
  }

  /** Adds a token; its address depends only on how many tokens were added before. */
  addToken(p: { name: string; symbol: string; decimals: number; layout: TransferLayout }): SimToken {
    const address = hashToFelt('token', `${this.tokens.size}`);
    const token = { ...p, address, classHash: classHashOf(p.layout) };
    this.tokens.set(address, token);
    return token;
  }

  /** Upgrades the token: its layout and class hash change from the next block on. */
  setLayout(address: string, layout: TransferLayout): void {
    const token = this.tokens.get(toFelt(address));
    if (token === undefined) throw new Error(`${address} is not a token of this chain`);
    token.layout = layout;
    token.classHash = classHashOf(layout);
  }

  /** Makes a transaction without submitting it. */
  makeTransaction(sender: string, steps: readonly Step[]): SimTransaction {
    this.#made += 1;
    return { hash: hashToFelt('transaction', `${this.#made}`, sender), sender: toFelt(sender), steps };
  }

  submit(sender: string, steps: readonly Step[]): SimTransaction {
    const transaction = this.makeTransaction(sender, steps);
    this.pending.push(transaction);
    return transaction;
  }

  /** Executes the given transactions, or all pending ones, in a new block at the head. */
  mine(timestamp: number, transactions: readonly SimTransaction[] = this.pending.splice(0)): SimBlock {
    const number = this.blocks.length;
    const parentHash = this.blocks.at(-1)?.hash ?? GENESIS_PARENT;
    const balanceChanges = new Map<string, bigint>();
    const executed = transactions.map((transaction) => this.#execute(transaction, balanceChanges));
    const content =
      this.blockHashCommitsTo === 'count'
        ? `${executed.length}`
        : JSON.stringify(executed.map((one) => [one.transaction.hash, one.events, one.revertReason])) +
          timestamp +
          this.#branch;
    const hash = hashToFelt('block', `${number}`, parentHash, content);
    const block = { number, hash, parentHash, timestamp, executed, balanceChanges };
    this.blocks.push(block);
    return block;
  }

  /** Removes the blocks from `first` up to the head, never the genesis. Returns them newest first. */
  abortFrom(first: number): SimBlock[] {
    if (first < 1 || first > this.headNumber) throw new RangeError(`no block ${first} that could be aborted`);
    const aborted = this.blocks.splice(first).reverse();
    for (const block of aborted) {
      for (const [key, change] of block.balanceChanges) this.#add(key, -change);
    }
    this.l1AcceptedNumber = Math.min(this.l1AcceptedNumber, this.headNumber);
    return aborted;
  }

  /** The balance after a block. Computed back from the head, so that recent blocks are cheap. */
  balanceAt(token: string, holder: string, blockNumber: number): bigint {
    const key = balanceKey(token, holder);
    let balance = this.#balances.get(key) ?? 0n;
    for (let number = this.headNumber; number > blockNumber; number -= 1) {
      balance -= this.blocks[number]?.balanceChanges.get(key) ?? 0n;
    }
    return balance;
  }

  findTransaction(hash: string): { block: SimBlock; index: number; executed: ExecutedTransaction } | undefined {
    for (let number = this.headNumber; number >= 0; number -= 1) {
      const block = this.blocks[number];
      const index = block?.executed.findIndex((one) => one.transaction.hash === hash) ?? -1;
      const executed = block?.executed[index];
      if (block !== undefined && executed !== undefined) return { block, index, executed };
    }
    return undefined;
  }

  #execute(transaction: SimTransaction, blockChanges: Map<string, bigint>): ExecutedTransaction {
    const events: SimEvent[] = [];
    const done: [string, bigint][] = [];
    let revertReason: string | undefined;
    for (const step of transaction.steps) {
      if (step.kind === 'event') events.push(step.event);
      else if (step.kind === 'fail') revertReason = step.reason;
      else revertReason = this.#transfer(step, events, done);
      if (revertReason !== undefined) break;
    }
    if (revertReason !== undefined) {
      for (const [key, change] of done) this.#add(key, -change);
      events.length = 0;
      done.length = 0;
    }
    for (const [key, change] of done) blockChanges.set(key, (blockChanges.get(key) ?? 0n) + change);
    events.push({
      from_address: STRK_TOKEN,
      keys: [TRANSFER_SELECTOR, transaction.sender, SEQUENCER],
      data: [FEE, '0x0'],
    });
    return { transaction, events, revertReason };
  }

  /** Moves the money and adds the event; returns the reason when it cannot. */
  #transfer(
    step: Extract<Step, { kind: 'transfer' }>,
    events: SimEvent[],
    done: [string, bigint][],
  ): string | undefined {
    const token = this.tokens.get(step.token);
    if (token === undefined) return `no contract at ${step.token}`;
    const fromKey = balanceKey(token.address, step.from);
    if (step.from !== '0x0') {
      if ((this.#balances.get(fromKey) ?? 0n) < step.amount) return 'ERC20: insufficient balance';
      this.#add(fromKey, -step.amount);
      done.push([fromKey, -step.amount]);
    }
    if (step.to !== '0x0') {
      const toKey = balanceKey(token.address, step.to);
      this.#add(toKey, step.amount);
      done.push([toKey, step.amount]);
    }
    events.push(transferEvent(token.address, token.layout, step));
    return undefined;
  }

  #add(key: string, change: bigint): void {
    this.#balances.set(key, (this.#balances.get(key) ?? 0n) + change);
  }
}

/** The Transfer event in either layout. */
export function transferEvent(
  token: string,
  layout: TransferLayout,
  p: { from: string; to: string; amount: bigint },
): SimEvent {
  const parties = [p.from, p.to];
  const amount = toU256Felts(p.amount);
  return layout === 'L1'
    ? { from_address: token, keys: [TRANSFER_SELECTOR, ...parties], data: amount }
    : { from_address: token, keys: [TRANSFER_SELECTOR], data: [...parties, ...amount] };
}

function classHashOf(layout: TransferLayout): string {
  return hashToFelt('class', layout);
}

function balanceKey(token: string, holder: string): string {
  return `${token}/${holder}`;
}
