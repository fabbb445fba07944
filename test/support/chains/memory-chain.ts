/** A chain in memory behind the detector's port: a test writes and rewrites its blocks of transfers by hand. */
import type { ChainSource, NoticeQuery, Receipt, TokenNotice, TransferQuery } from '../../../detector/rpc/source.ts';
import { RpcFault } from '../../../detector/rpc/fault.ts';
import type { Block, TransferEvent } from '../../../src/core/chains/transfer.ts';

export const TOKEN = `0x${'a'.repeat(40)}`;
export const CREDITS = `0x${'c'.repeat(40)}`;

export interface MemoryTransfer {
  readonly txHash: string;
  readonly from: string;
  readonly amount: bigint;
  readonly to?: string;
  readonly ordinal?: number;
  /** The contract that emitted it, if other than the token. */
  readonly token?: string;
  /** Why the event cannot be read; null or left out for a readable one. */
  readonly malformed?: string | null;
}

interface MemoryBlock extends Block {
  readonly transfers: readonly MemoryTransfer[];
}

/** The same for every chain of a test, so that two chains can hold the same blocks. */
const START_MS = Date.now() - 1_000_000;

const hex = (text: string): string => `0x${Buffer.from(text).toString('hex').padStart(64, '0').slice(-64)}`;

export class MemoryChain implements ChainSource {
  readonly name: string;
  readonly caip2: string;
  hardFinalHeight: number | undefined;
  /** Changes to the receipt of a transaction, by hash; undefined as its result means that there is no receipt. */
  readonly receiptLies = new Map<string, (receipt: Receipt) => Receipt | undefined>();
  /** Also returns transfers that the filter does not ask for. */
  ignoresFilter = false;
  /** Runs after transfers were read and before they are returned. */
  afterTransfers: (() => void) | undefined;
  /** Transactions that are in their blocks and receipts but missing from reads of transfers. */
  readonly hidden = new Set<string>();
  /** Leaves out the hidden ones only in reads of several blocks, as a truncated answer does. */
  hidesInRangesOnly = false;
  /** What is added to every balance at that height. */
  balanceLie: (height: number) => bigint = () => 0n;
  balanceCalls = 0;
  /** The code behind the token's address. */
  code = 'first';
  readonly notices: TokenNotice[] = [];
  #blocks: MemoryBlock[] = [];
  /** Blocks that were removed; receipts of a whole removed block are still given, as some nodes do. */
  #gone: MemoryBlock[] = [];

  constructor(caip2 = 'eip155:1', name = 'memory') {
    this.caip2 = caip2;
    this.name = name;
  }

  /** Adds a block; another `branch` name gives it another hash. */
  mine(transfers: readonly MemoryTransfer[] = [], branch = 'main'): Block {
    const number = this.#blocks.length;
    const parentHash = this.#blocks.at(-1)?.hash ?? hex('genesis');
    const block = {
      number,
      hash: hex(`${branch}-${number}`),
      parentHash,
      timeMs: START_MS + number * 1_000,
      transfers,
    };
    this.#blocks.push(block);
    return block;
  }

  mineMany(count: number, branch = 'main'): void {
    for (let mined = 0; mined < count; mined += 1) this.mine([], branch);
  }

  /** Removes the newest blocks. */
  drop(count: number): void {
    this.#gone.push(...this.#blocks.slice(-count));
    this.#blocks = this.#blocks.slice(0, -count);
  }

  async chainId(): Promise<string> {
    return Promise.resolve(this.caip2);
  }
  async decimals(): Promise<number> {
    return Promise.resolve(6);
  }
  async symbol(): Promise<string> {
    return Promise.resolve('USDC');
  }
  async head(): Promise<Block> {
    const head = this.#blocks.at(-1);
    if (!head) throw new RpcFault('unknown_block', 'no block yet');
    return Promise.resolve(head);
  }
  async hardFinal(): Promise<number | undefined> {
    return Promise.resolve(this.hardFinalHeight);
  }
  async block(at: number | string): Promise<Block | undefined> {
    return Promise.resolve(this.#blocks.find(({ number, hash }) => number === at || hash === at));
  }
  async transfers(query: TransferQuery): Promise<TransferEvent[]> {
    const { fromBlock, target, tokens, recipients, direction } = query;
    const blocks = this.#blocks.filter(({ number }) => number >= fromBlock && number <= target.number);
    const events = blocks
      .flatMap((block) => eventsOf(block))
      .filter(({ txHash }) => !this.hidden.has(txHash) || (this.hidesInRangesOnly && blocks.length === 1))
      .filter(({ token, from, to }) => {
        const ours = recipients.has(direction === 'out' ? from : to);
        return this.ignoresFilter || (tokens.includes(token) && ours);
      });
    this.afterTransfers?.();
    return Promise.resolve(events);
  }
  async receipt(txHash: string): Promise<Receipt | undefined> {
    const block = this.#blocks.find(({ transfers }) => transfers.some((one) => one.txHash === txHash));
    return Promise.resolve(block && this.#receiptIn(block, txHash));
  }
  async receiptsOfBlock(blockHash: string): Promise<ReadonlyMap<string, Receipt> | undefined> {
    const block = [...this.#blocks, ...this.#gone].find(({ hash }) => hash === blockHash);
    const receipts = new Map<string, Receipt>();
    for (const { txHash } of block?.transfers ?? []) {
      const receipt = block && this.#receiptIn(block, txHash);
      if (receipt) receipts.set(txHash, receipt);
    }
    return Promise.resolve(block && receipts);
  }
  #receiptIn(block: MemoryBlock, txHash: string): Receipt | undefined {
    const receipt = {
      succeeded: true,
      blockNumber: block.number,
      blockHash: block.hash,
      transfers: eventsOf(block).filter((event) => event.txHash === txHash),
    };
    const lie = this.receiptLies.get(txHash);
    return lie ? lie(receipt) : receipt;
  }
  async balanceOf(token: string, address: string, blockHash: string): Promise<bigint> {
    this.balanceCalls += 1;
    const last = this.#blocks.findIndex(({ hash }) => hash === blockHash);
    if (last < 0) throw new RpcFault('unknown_block', 'no such block');
    const events = this.#blocks.slice(0, last + 1).flatMap((block) => eventsOf(block));
    const moved = events
      .filter((event) => event.token === token)
      .reduce((sum, { to, from, amount }) => {
        return sum + (to === address ? amount : 0n) - (from === address ? amount : 0n);
      }, 0n);
    return Promise.resolve(moved + this.balanceLie(last));
  }
  async tokenCode(): Promise<string | undefined> {
    return Promise.resolve(this.code);
  }
  async tokenNotices({ fromBlock, target }: NoticeQuery): Promise<TokenNotice[]> {
    return Promise.resolve(
      this.notices.filter(({ blockNumber }) => blockNumber >= fromBlock && blockNumber <= target.number),
    );
  }
  onHead(): undefined {
    return undefined;
  }
  close(): void {
    this.#blocks = [];
  }
}

function eventsOf(block: MemoryBlock): TransferEvent[] {
  return block.transfers.map(({ txHash, from, amount, to = CREDITS, ordinal = 0, token = TOKEN, malformed = null }) => {
    return {
      token,
      txHash,
      ordinal,
      blockNumber: block.number,
      blockHash: block.hash,
      from,
      to,
      amount,
      malformed,
    };
  });
}
