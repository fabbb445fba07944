/**
 * The port to one RPC node of one chain. Addresses and hashes are canonical: EVM lower-case 0x, Starknet felts
 * 0x + 64 lower-case hex. Every method ends within its own deadline and fails with an RpcFault.
 */
import type { Clock } from '../../src/core/clock.ts';
import type { Block, TransferEvent } from '../../src/core/chains/transfer.ts';
import type { RangeMemory } from './block-range.ts';
import type { CallClass } from './call-budget.ts';

export interface TransferQuery {
  /** First block to read. */
  readonly fromBlock: number;
  /** Last block to read, pinned by its hash: a node that does not have it must say so. */
  readonly target: Block;
  readonly tokens: readonly string[];
  /** Addresses of ours: the query is for what they receive, or for what they send when the direction is `out`. */
  readonly recipients: ReadonlySet<string>;
  readonly direction?: 'in' | 'out' | undefined;
  /** The budget class of the calls, so that old blocks do not starve the head of the chain; `head` when left out. */
  readonly callClass?: CallClass | undefined;
}

/** An event of a token that stops or resumes transfers, of all its holders or of one address. */
export interface TokenNotice {
  readonly token: string;
  readonly txHash: string;
  /** Position among the logs as the node counts them; only distinguishes two notices of a transaction. */
  readonly position: number;
  readonly blockNumber: number;
  readonly kind: 'paused' | 'unpaused' | 'blocked' | 'unblocked';
  /** The address that is blocked or unblocked; null where the notice is about the whole token. */
  readonly address: string | null;
}

export type NoticeQuery = Pick<TransferQuery, 'fromBlock' | 'target' | 'tokens'>;

export interface Receipt {
  readonly succeeded: boolean;
  readonly blockNumber: number;
  readonly blockHash: string;
  /** Its transfers of the tokens asked for. */
  readonly transfers: readonly TransferEvent[];
}

/** Wake-ups by the node. The content of a frame is never used. */
export interface HeadPush {
  /** True while frames arrive; otherwise the caller has to poll. */
  alive(): boolean;
  close(): void;
}

/** How one RPC is opened. */
export interface SourceOptions {
  readonly url: string;
  /** WebSocket URL on which the node pushes its heads; without one there are no pushes. */
  readonly wsUrl?: string | undefined;
  readonly clock: Clock;
  /** The block ranges that the node was found to accept. */
  readonly memory?: RangeMemory | undefined;
  /** Deadline of each call; 10 s by default. */
  readonly deadlineMs?: number | undefined;
}

export interface ChainSource {
  /** Name of the RPC for logs: its host, never a path or a query that may hold a key. */
  readonly name: string;
  /** CAIP-2 name that the node says it serves. */
  chainId(): Promise<string>;
  decimals(token: string): Promise<number>;
  symbol(token: string): Promise<string>;
  head(): Promise<Block>;
  /** Height up to which the chain is final (finalized, l1_accepted); undefined while the node names none. */
  hardFinal(): Promise<number | undefined>;
  /** A block of the canonical chain by number, or any block by hash; undefined where the node does not have it. */
  block(at: number | string): Promise<Block | undefined>;
  /**
   * Every Transfer of the tokens to the recipients in [fromBlock, target]. Fails with kind `moved` when the target is no
   * longer on the node's chain after the last page, and with `unknown_block` when the node never had it.
   */
  transfers(query: TransferQuery): Promise<TransferEvent[]>;
  /** Undefined while the transaction is in no block. `any` includes the Transfers of every contract. */
  receipt(txHash: string, tokens: readonly string[] | 'any'): Promise<Receipt | undefined>;
  /**
   * The receipts of a whole block by transaction, with the Transfers of the tokens; undefined where the node does not
   * give them together, or has no such block.
   */
  receiptsOfBlock(blockHash: string, tokens: readonly string[]): Promise<ReadonlyMap<string, Receipt> | undefined>;
  /** Base units of the token at a block. */
  balanceOf(token: string, address: string, blockHash: string): Promise<bigint>;
  /**
   * The code behind the token's address at a block, as text that changes when the code does: a class hash, or a hash of
   * the code with the implementation slots. Undefined where there is no contract.
   */
  tokenCode(token: string, blockHash: string): Promise<string | undefined>;
  /** Notices of the tokens in [fromBlock, target]. Fails as `transfers` does. */
  tokenNotices(query: NoticeQuery): Promise<TokenNotice[]>;
  /** Calls back, at most once a frame, when the node pushes a notification. Undefined without a push URL. */
  onHead(callback: () => void): HeadPush | undefined;
  close(): void;
}
